"""/iakttagelser: the list for those who work with observations, and its filters."""

import uuid
from datetime import UTC, datetime

import pytest
import sqlalchemy as sa
from sqlalchemy.orm import Session

from tests import make
from tests.cast import OLOF
from tests.conftest import Client
from tests.counting import statements
from walkapp.observations.models import Observation
from walkapp.promises.models import Promise
from walkapp.promises.rules import Theme

# A fixed one: the workers of a run must collect the same tests.
NOBODY = "00000000-0000-4000-8000-000000000000"


@pytest.fixture
def desk(client: Client) -> Client:
    return client.as_(OLOF)


def test_nobody_is_sent_to_the_sign_in(client: Client) -> None:
    assert client.get("/iakttagelser").location.startswith("/logga-in")


@pytest.mark.parametrize(
    ("query", "sentence"),
    [
        ("tema=ufo", "Ämnet finns inte"),
        ("tema=belysning&tema=ufo", "Ämnet finns inte"),
        ("omrade=atlantis", "Området i filtret finns inte"),
        ("omrade=" + "a" * 100, "för lång"),
        ("vandring=17", "Vandringen finns inte"),
        (f"vandring={NOBODY}", "Vandringen i filtret finns inte"),
        ("lofte=6", "Löftet finns inte"),
        (f"lofte={NOBODY}", "Löftet i filtret finns inte"),
        ("period=2026-q5", "Perioden går inte att läsa"),
        ("fran=i+g%C3%A5r", "Datumet går inte att läsa"),
        ("ljus=skymning", "ljust eller morkt"),
        ("kansla=arg", "tryggt, lite_otryggt"),
        ("sida=0", "Sidnumret"),
        ("sida=-1", "Sidnumret"),
    ],
)
def test_an_unknown_value_is_said_in_a_sentence(desk: Client, query: str, sentence: str) -> None:
    answer = desk.get(f"/iakttagelser?{query}")
    assert answer.status_code == 422
    assert sentence in answer.text


def test_an_empty_list_says_what_to_do(desk: Client) -> None:
    assert "Ändra eller rensa filtren" in desk.get("/iakttagelser?period=2019").text


def test_each_filter_keeps_what_it_names_and_leaves_the_rest(desk: Client, db: Session) -> None:
    walk = make.make_walk(db, title="Höstvandring")
    autumn = datetime(2026, 10, 5, 20, tzinfo=UTC)
    wanted = make.make_observation(
        db, "belysning", walk=walk, at=autumn, feeling="tryggt", light="morkt", text="Den här"
    )
    make.make_observation(db, "trafik", lat=59.2, lon=15.6, light="ljust", text="Någon annan")
    promise = wanted.themes[0].promise_id
    for query in (
        "tema=belysning", "tema=Belysning&tema=vaxtlighet", "omrade=stadshuset", f"vandring={walk.id}",
        f"lofte={promise}" if promise else "lofte=utanfor&tema=belysning", "period=2026-t3&till=2026-10-31",
        "fran=2026-10-05&till=2026-10-05", "ljus=morkt", "kansla=tryggt",
        "tema=&omrade=&ljus=morkt", "ljus=morkt&okand=1",
    ):  # fmt: skip
        page = desk.get(f"/iakttagelser?{query}").text
        assert "Den här" in page, query
        assert "Någon annan" not in page, query


def test_theme_and_promise_of_the_filter_belong_together(desk: Client, db: Session) -> None:
    """Two themes, one of them promised: "trafik under löfte 6" is not this observation."""
    promise = db.scalars(sa.select(Promise)).first()
    assert promise is not None
    seen = make.make_observation(db, "belysning", "trafik")
    link = next(link for link in seen.themes if link.theme is Theme.LIGHTING)
    link.promise_id = promise.id
    db.flush()
    assert "Lampan" in desk.get(f"/iakttagelser?tema=belysning&lofte={promise.id}").text
    assert "Lampan" not in desk.get(f"/iakttagelser?tema=trafik&lofte={promise.id}").text


def test_a_day_is_a_day_in_kumla(desk: Client, db: Session) -> None:
    make.make_observation(db, at=datetime(2026, 7, 1, 22, 30, tzinfo=UTC), text="Efter midnatt")
    assert "Efter midnatt" in desk.get("/iakttagelser?fran=2026-07-02&till=2026-07-02").text
    assert "Efter midnatt" not in desk.get("/iakttagelser?till=2026-07-01").text


def test_fifty_a_page_the_newest_first(desk: Client, db: Session) -> None:
    walk = make.make_walk(db)
    phone, _ = make.join(db, walk)
    for n in range(52):
        make.make_observation(db, phone=phone, at=datetime(2026, 11, 1, 12, n, tzinfo=UTC), text=f"nummer {n:02}")
    first, second = desk.get("/iakttagelser").text, desk.get("/iakttagelser?sida=2").text
    assert "nummer 51" in first
    assert "nummer 01" not in first
    assert "nummer 01" in second
    assert "Sida 2 av 2" in second


def test_the_list_costs_the_same_for_more_rows(desk: Client, db: Session) -> None:
    counts = []
    for _ in range(2):
        for _ in range(4):
            make.make_observation(db, "vaxtlighet", "belysning", photos=[uuid.uuid4()])
        with statements(db) as ran:
            assert desk.get("/iakttagelser").status_code == 200
        counts.append(len(ran))
    assert counts[0] == counts[1]


def test_words_are_only_words(desk: Client, db: Session) -> None:
    make.make_observation(db, text="<script>alert(1)</script> {{ 7 * 7 }}", place="<b>här</b>")
    page = desk.get("/iakttagelser").text
    assert "<script>alert" not in page
    assert "<b>här" not in page
    assert "{{ 7 * 7 }}" in page


def test_one_observation_shows_what_was_seen_and_how_it_came_in(desk: Client, db: Session) -> None:
    seen = make.make_observation(
        db, "belysning", text="Kolsvart", place="Gångtunneln", at=datetime(2026, 11, 1, 12, tzinfo=UTC)
    )
    page = desk.get(f"/iakttagelser/{seen.id}").text
    for words in (
        "Kolsvart",
        "Gångtunneln",
        "Stadshuset",
        "telefonens position",
        "1 november 2026 kl. 13.00",
        "i mörker också",
    ):
        assert words in page
    assert seen.receipt not in page


def test_one_that_does_not_exist_is_404(desk: Client, db: Session) -> None:
    assert desk.get(f"/iakttagelser/{uuid.uuid4()}").status_code == 404
    assert db.scalar(sa.select(sa.func.count()).select_from(Observation)) == 0
