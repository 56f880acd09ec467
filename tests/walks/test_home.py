"""The start page: a code for who walks, the work for who is signed in."""

import pytest
from sqlalchemy.orm import Session

from tests import make
from tests.cast import ADA, LENA, OLOF, STEN, Person
from tests.conftest import Client
from walkapp.walks.rules import WalkState


@pytest.mark.parametrize("typed", ["abc", "ACEFGI", "//example.org", "<b>x</b>", "x" * 200])
def test_what_is_no_code_stays_on_the_page_with_a_sentence(client: Client, typed: str) -> None:
    answer = client.get("/", query_string={"kod": typed})
    assert answer.status_code == 422
    assert "bokstäver" in answer.text
    assert "<b>x</b>" not in answer.text


def test_a_code_leads_to_its_walk(client: Client) -> None:
    answer = client.get("/?kod=ace+fgh")
    assert (answer.status_code, answer.headers["Location"]) == (303, "/v/ACEFGH")


def test_an_empty_field_asks_again_without_scolding(client: Client) -> None:
    answer = client.get("/?kod=")
    assert (answer.status_code, "Något behöver rättas" in answer.text) == (200, False)


def test_a_passer_by_sees_what_this_is_and_no_walk(client: Client, db: Session) -> None:
    walk = make.make_walk(db, title="Hemlig tills vidare")
    page = client.get("/").text
    assert "Är du på vandring?" in page
    assert walk.title not in page
    assert walk.code not in page


def test_a_phone_that_walks_finds_back_to_its_walk_alone(client: Client, db: Session) -> None:
    mine, other = make.make_walk(db, title="Min vandring"), make.make_walk(db, title="En annan vandring")
    _phone, token = make.join(db, mine)
    page = client.walking(token).get("/").text
    assert f'href="/v/{mine.code}"' in page
    assert other.title not in page


@pytest.mark.parametrize("person", [ADA, LENA, STEN, OLOF], ids=lambda p: p.name)
def test_who_is_signed_in_sees_what_goes_on_and_what_may_be_done(client: Client, db: Session, person: Person) -> None:
    now_open = make.make_walk(db, title="Pågår i Haga")
    make.make_walk(db, title="Planerad i Norra", state=WalkState.PLANNED)
    make.make_walk(db, title="Avslutad i Kumlaby", state=WalkState.CLOSED)
    make.join(db, now_open)
    page = client.as_(person).get("/").text
    assert "Pågår i Haga" in page
    assert "1 telefon har gått med" in page
    assert "Planerad i Norra" in page
    assert "Avslutad i Kumlaby" not in page
    leads = person in (ADA, LENA)
    assert (now_open.code[:3] in page, "Ny vandring" in page) == (leads, leads)
    assert ('href="/konton"' in page) == (person is ADA)
