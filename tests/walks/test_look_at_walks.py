"""The list of walks, the page of one, its QR code and its poster."""

from datetime import timedelta

import pytest
from flask import Flask
from sqlalchemy.orm import Session

from tests import make
from tests.cast import LENA, OLOF, STEN, Person
from tests.conftest import Client
from tests.counting import statements
from walkapp.core.clock import now
from walkapp.core.db import new_id
from walkapp.walks import render
from walkapp.walks.rules import WalkState


def test_nobody_lists_walks(client: Client) -> None:
    assert client.get("/vandringar").headers["Location"] == "/logga-in?next=/vandringar"


def test_a_phone_sees_no_page_of_a_walk(client: Client, db: Session) -> None:
    walk = make.make_walk(db)
    _phone, token = make.join(db, walk)
    assert client.walking(token).get(f"/vandringar/{walk.id}").status_code == 303


@pytest.mark.parametrize("person", [STEN, OLOF], ids=lambda p: p.name)
def test_the_code_is_for_leaders(client: Client, db: Session, person: Person) -> None:
    walk = make.make_walk(db)
    client.as_(person)
    for path in ("qr.svg", "affisch"):
        assert client.get(f"/vandringar/{walk.id}/{path}").status_code == 403


@pytest.mark.parametrize("path", ["", "/qr.svg", "/affisch", "/andra"])
def test_a_walk_that_is_not_there_is_not_found(client: Client, path: str) -> None:
    assert client.as_(LENA).get(f"/vandringar/{new_id()}{path}").status_code == 404


def test_an_id_that_is_none_is_not_found(client: Client) -> None:
    assert client.as_(LENA).get("/vandringar/1").status_code == 404


def test_an_empty_list_says_so(client: Client) -> None:
    assert "Inga vandringar än" in client.as_(OLOF).get("/vandringar").text


def test_what_goes_on_comes_first_then_what_comes_then_what_was(client: Client, db: Session) -> None:
    for title, days, state in [
        ("Längesen", -200, WalkState.CLOSED), ("Nyss", -3, WalkState.CLOSED), ("Sedan", 20, WalkState.PLANNED),
        ("Snart", 2, WalkState.PLANNED), ("Nu", 0, WalkState.OPEN),
    ]:  # fmt: skip
        make.make_walk(db, title=title, starts_at=now() + timedelta(days=days), state=state)
    page = client.as_(OLOF).get("/vandringar").text
    order = [page.index(f">{title}<") for title in ("Nu", "Snart", "Sedan", "Nyss", "Längesen")]
    assert order == sorted(order)


def test_the_list_costs_the_same_for_many(client: Client, db: Session) -> None:
    haga, norra = make.district(db, "haga"), make.district(db, "skogstorp")
    client.as_(OLOF)
    make.join(db, make.make_walk(db, district_id=haga.id))
    with statements(db) as few:
        client.get("/vandringar")
    for number in range(20):
        make.join(db, make.make_walk(db, title=f"Vandring {number}", district_id=norra.id))
    with statements(db) as many:
        assert "Vandring 19" in client.get("/vandringar").text
    assert len(many) == len(few)


def test_a_leader_sees_code_phones_and_the_ways_on(client: Client, db: Session) -> None:
    walk = make.make_walk(db, stops=[{"name": "Gångtunneln"}], expected_walkers=32)
    for _ in range(3):
        make.join(db, walk)
    page = client.as_(LENA).get(f"/vandringar/{walk.id}").text
    assert f"http://localhost/v/{walk.code}" in page
    assert "Gångtunneln" in page
    assert "<dt>Telefoner som gått med</dt><dd>3</dd>" in page
    assert "dela i två vandringar" in page
    for way in (f"/iakttagelser?vandring={walk.id}", f"/karta?vandring={walk.id}", f"/vandringar/{walk.id}/affisch"):
        assert f'href="{way}"' in page


def test_the_qr_code_leads_to_the_phones_page(client: Client, db: Session) -> None:
    walk = make.make_walk(db)
    answer = client.as_(LENA).get(f"/vandringar/{walk.id}/qr.svg")
    assert answer.content_type == "image/svg+xml"
    assert answer.data.startswith(b"<svg")
    assert answer.data == render.qr_svg(f"http://localhost/v/{walk.code}")
    assert answer.data != render.qr_svg(f"http://localhost/v/{walk.code[::-1]}x")


def test_the_poster_says_when_where_and_how(client: Client, db: Session) -> None:
    walk = make.make_walk(db, title="Höstvandring i Haga", meeting_place="Skolans entré")
    page = client.as_(LENA).get(f"/vandringar/{walk.id}/affisch").text
    for told in ("Höstvandring i Haga", "Skolans entré", walk.code, f"localhost/v/{walk.code}", "Trygg plats"):
        assert told in page
    assert page.count("<li>") == 5


def test_behind_a_prefix_all_addresses_keep_it(app: Flask, client: Client, db: Session) -> None:
    walk = make.make_walk(db)
    page = client.as_(LENA).get(f"/vandringar/{walk.id}", base_url="http://localhost/trygghet").text
    assert f"http://localhost/trygghet/v/{walk.code}" in page
    assert f'href="/trygghet/karta?vandring={walk.id}"' in page
