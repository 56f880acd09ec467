"""/loften: for everybody, every version with its period."""

import html
import re
from datetime import UTC, datetime

import pytest
import sqlalchemy as sa

from tests.cast import EVERYBODY
from walkapp.core.actor import SYSTEM
from walkapp.core.clock import pretend
from walkapp.promises.models import Pledge, Promise, PromiseTheme
from walkapp.promises.service import import_pledges


def sections(response):
    """The text of each pledge on the page, by its id."""
    assert response.status_code == 200
    found = re.findall(r'<section class="panel[^>]* id="([^"]+)".*?</section>', response.text, re.DOTALL)
    parts = re.split(r'<section class="panel', response.text)[1:]
    return {
        id: " ".join(html.unescape(re.sub(r"<[^>]+>", " ", part)).split())
        for id, part in zip(found, parts, strict=True)
    }


def test_without_pledges_the_page_says_what_will_be_there(client, db):
    for model in (PromiseTheme, Promise, Pledge):
        db.execute(sa.delete(model))
    response = client.get("/loften")
    assert response.status_code == 200 and "Inga löften än" in response.text


def test_text_from_a_file_is_only_text(client, db):
    hostile = "<script>alert(1)</script>{{ 7*7 }}"
    promise = f'{{"number": 1, "owner": "polis", "text": "{hostile}"}}'
    import_pledges(
        db, SYSTEM,
        f'{{"pledges": [{{"slug": "x", "title": "{hostile}", "valid_from": "2031-01-01", "valid_to": "2031-12-31",'
        f'"wording": "citat", "source": "{hostile}", "note": "{hostile}", "promises": [{promise}]}}]}}',
    )  # fmt: skip
    page = client.get("/loften").text
    assert "<script>alert" not in page and "{{ 7*7 }}" in html.unescape(page)


def test_nobody_needs_to_sign_in(client):
    assert list(sections(client.get("/loften"))) == [
        "demolofte-2025-2027", "medborgarlofte-2019-2020", "medborgarlofte-2017-2019",
    ]  # fmt: skip


@pytest.mark.parametrize("person", EVERYBODY, ids=lambda person: person.name)
def test_everybody_with_an_account_sees_the_same(client, person):
    assert len(sections(client.as_(person).get("/loften"))) == 3


def test_a_pledge_says_its_period_who_signed_it_and_who_promises_what(client):
    said = sections(client.get("/loften"))["medborgarlofte-2017-2019"]
    assert "1 juli 2017 – 30 juni 2019 . Undertecknat den 3 juli 2017 av Kumla kommun" in said
    assert "Löfte 6 Se över belysningen samt gallring av buskage och träd inom kommunen. Kommunen" in said
    assert "Belysning" in said and "Växtlighet och sikt" in said and "Kamerabehov" in said
    assert "i sammanfattning, inte ordagrant" in said and "Källa: Kumla kommun" in said


def test_an_example_says_that_nobody_has_signed_it(client):
    said = sections(client.get("/loften"))["demolofte-2025-2027"]
    assert "Exempel, inte undertecknat" in said and "Ingen har lovat det här." in said


@pytest.mark.parametrize(
    "at, standings",
    [
        (datetime(2026, 11, 24, 12, tzinfo=UTC), ["Gäller nu", "Har gällt", "Har gällt"]),
        (datetime(2019, 6, 30, 12, tzinfo=UTC), ["Kommer att gälla", "Kommer att gälla", "Gäller nu"]),
        # Half an hour into the first day by the clocks in Kumla.
        (datetime(2019, 6, 30, 22, 30, tzinfo=UTC), ["Kommer att gälla", "Gäller nu", "Har gällt"]),
    ],
)
def test_a_pledge_says_whether_it_holds_today(client, at, standings):
    with pretend(at):
        shown = sections(client.get("/loften"))
    for said, expected in zip(shown.values(), standings, strict=True):
        assert expected in said and not any(other in said for other in {*standings} - {expected})


def test_the_page_costs_the_same_however_many_promises_there_are(client, connection):
    asked = []
    sa.event.listen(connection, "before_cursor_execute", lambda *call: asked.append(call[2]))
    client.get("/loften")
    assert len([sql for sql in asked if sql.lstrip().startswith("SELECT")]) == 3
