"""A walk's QR code leads to `/v/<kod>`."""

import pytest
import sqlalchemy as sa
from sqlalchemy.orm import Session

from tests import make
from tests.cast import LENA
from tests.conftest import Client
from tests.counting import statements
from walkapp.accounts.models import SignIn
from walkapp.core.actor import SYSTEM
from walkapp.walks import service as walks
from walkapp.walks.rules import WalkState
from walkapp.web.access import WALK_COOKIE


def phones(db: Session) -> int:
    return db.scalar(sa.select(sa.func.count()).select_from(SignIn).where(SignIn.walk_id.is_not(None))) or 0


@pytest.mark.parametrize("method", ["GET", "POST"])
def test_a_wrong_code_is_said_in_a_sentence_with_room_for_another(client: Client, method: str) -> None:
    for code in ("XXXXXX", "kumla", "ÅÄÖÅÄÖ", "<b>hej", "A" * 300, "\u202eABC", "%00%00"):
        answer = client.open(f"/v/{code}", method=method)
        assert answer.status_code == 404
        assert "Koden stämmer inte" in answer.text
        assert 'name="kod"' in answer.text
        assert "<b>hej" not in answer.text


def test_a_closed_walk_takes_nobody_in(client: Client, db: Session) -> None:
    walk = make.make_walk(db, state=WalkState.CLOSED)
    for method in ("GET", "POST"):
        answer = client.open(f"/v/{walk.code}", method=method)
        assert answer.status_code == 410
        assert "Vandringen är avslutad" in answer.text
    assert phones(db) == 0


def test_a_walk_that_has_not_opened_asks_to_wait(client: Client, db: Session) -> None:
    walk = make.make_walk(db, state=WalkState.PLANNED)
    for method in ("GET", "POST"):
        answer = client.open(f"/v/{walk.code}", method=method)
        assert answer.status_code == 409
        assert "inte öppnat än" in answer.text


def test_guessing_codes_is_slowed_and_joining_is_not(client: Client, db: Session) -> None:
    walk = make.make_walk(db)
    assert {client.post(f"/v/{walk.code}").status_code for _ in range(25)} == {303}
    assert [client.get("/v/XXXXXX").status_code for _ in range(12)] == [404] * 10 + [429] * 2


def test_looking_at_the_code_does_not_join(client: Client, db: Session) -> None:
    walk = make.make_walk(db, title="Höstvandring", meeting_place="Skolans entré")
    page = client.get(f"/v/{walk.code}").text
    assert "Höstvandring" in page
    assert "Skolans entré" in page
    assert "Du behöver inget konto" in page
    assert phones(db) == 0


def test_a_phone_joins_without_saying_who_it_is(client: Client, db: Session) -> None:
    walk = make.make_walk(db)
    answer = client.post(f"/v/{walk.code}")
    assert (answer.status_code, answer.location) == (303, f"/v/{walk.code}")
    cookie = answer.headers["Set-Cookie"]
    assert cookie.startswith(f"{WALK_COOKIE}=")
    assert "HttpOnly" in cookie
    assert "SameSite=Lax" in cookie
    page = client.get(f"/v/{walk.code}").text
    assert "Mörkt" in page
    assert "Igenvuxet" in page
    assert "Kamerabehov" in page


def test_a_code_is_read_however_it_is_written(client: Client, db: Session) -> None:
    walk = make.make_walk(db)
    spaced = f"{walk.code[:3].lower()} {walk.code[3:].lower()}"
    assert "Gå med" in client.get(f"/v/{spaced}").text


def test_joining_twice_is_joining_once(client: Client, db: Session) -> None:
    walk = make.make_walk(db)
    client.post(f"/v/{walk.code}")
    assert client.post(f"/v/{walk.code}").status_code == 303
    assert phones(db) == 1


def test_a_phone_of_one_walk_is_a_stranger_at_the_next(client: Client, db: Session) -> None:
    first, second = make.make_walk(db), make.make_walk(db, title="Nästa vandring")
    client.post(f"/v/{first.code}")
    assert "Gå med" in client.get(f"/v/{second.code}").text
    assert client.get(f"/v/{second.code}/ny?tema=belysning").location == f"/v/{second.code}"


def test_a_leader_who_is_signed_in_joins_as_a_phone(client: Client, db: Session) -> None:
    walk = make.make_walk(db)
    client.as_(LENA).post(f"/v/{walk.code}")
    assert "Mörkt" in client.get(f"/v/{walk.code}").text


def test_the_start_page_has_the_three_great_buttons_first(client: Client, db: Session) -> None:
    walk = make.make_walk(db)
    client.post(f"/v/{walk.code}")
    page = client.get(f"/v/{walk.code}").text
    places = [
        page.index(f'value="{theme}"') for theme in ("belysning", "vaxtlighet", "kamera", "ovrigt", "trygg_plats")
    ]
    assert places == sorted(places)


def test_a_phone_sees_what_it_has_sent_and_nothing_of_others(client: Client, db: Session) -> None:
    walk = make.make_walk(db)
    phone, token = make.join(db, walk)
    mine = make.make_observation(db, walk=walk, phone=phone)
    others = make.make_observation(db, walk=walk)
    page = client.walking(token).get(f"/v/{walk.code}").text
    assert mine.receipt in page
    assert others.receipt not in page


def test_the_start_page_costs_the_same_for_more_of_them(client: Client, db: Session) -> None:
    walk = make.make_walk(db, stops=[{"name": "Skolgården"}])
    phone, token = make.join(db, walk)
    client.walking(token)
    counts = []
    for _ in range(2):
        for _ in range(4):
            make.make_observation(db, "vaxtlighet", "belysning", walk=walk, phone=phone, stop=1)
        with statements(db) as ran:
            client.get(f"/v/{walk.code}")
        counts.append(len(ran))
    assert counts[0] == counts[1]


def test_after_the_walk_the_phone_still_finds_its_receipts(client: Client, db: Session) -> None:
    walk = make.make_walk(db)
    phone, token = make.join(db, walk)
    mine = make.make_observation(db, walk=walk, phone=phone)
    walks.take_to(db, SYSTEM, walk, WalkState.CLOSED)
    answer = client.walking(token).get(f"/v/{walk.code}")
    assert answer.status_code == 410
    assert mine.receipt in answer.text
    assert "data-unsent" in answer.text  # what the phone still has is sent from this page too


def test_an_address_without_its_code_leads_to_where_one_is_asked_for(client: Client) -> None:
    assert client.get("/v").location == "/"
