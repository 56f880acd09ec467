"""A leader plans a walk."""

import re
from datetime import UTC, datetime
from typing import Any

import pytest
import sqlalchemy as sa
from sqlalchemy.orm import Session

from tests import make
from tests.cast import LENA, OLOF, STEN, Person
from tests.conftest import Client
from walkapp.walks.models import Walk
from walkapp.walks.rules import ALPHABET, Light, WalkState

PLAN = {"title": "Höstvandring i Haga", "date": "2026-11-24", "time": "18:30", "light": "sol", "district": ""}


def walks(db: Session) -> list[Walk]:
    return list(db.scalars(sa.select(Walk)))


@pytest.mark.parametrize("person", [STEN, OLOF], ids=lambda p: p.name)
def test_only_a_leader_plans(client: Client, db: Session, person: Person) -> None:
    client.as_(person)
    assert client.get("/vandringar/ny").status_code == 403
    assert client.post("/vandringar/ny", data=PLAN).status_code == 403
    assert "Ny vandring" not in client.get("/vandringar").text
    assert walks(db) == []


@pytest.mark.parametrize(
    "wrong, sentence",
    [
        ({"title": ""}, "Ge vandringen ett namn"),
        ({"title": "   "}, "Ge vandringen ett namn"),
        ({"title": "\x00\u202e"}, "Ge vandringen ett namn"),
        ({"title": "x" * 121}, "Högst 120 tecken"),
        ({"date": ""}, "Välj ett datum"),
        ({"date": "24/11 2026"}, "Något behöver rättas"),
        ({"date": "0202-11-24"}, "Kontrollera årtalet"),
        ({"time": "25:99"}, "Något behöver rättas"),
        ({"light": "skymning"}, "Något behöver rättas"),
        ({"district": "inget-uuid"}, "Något behöver rättas"),
        ({"district": "00000000-0000-4000-8000-000000000000"}, "Något behöver rättas"),
        ({"expected_walkers": "många"}, "Något behöver rättas"),
        ({"expected_walkers": "0"}, "mellan 1 och 500"),
        ({"meeting_place": "x" * 201}, "Högst 200 tecken"),
        ({"stops": "Skolan; 15.14340, 59.12770"}, "Stopp 1: Latitud och longitud verkar ha bytt plats"),
        ({"stops": "x" * 6001}, "Högst 6000 tecken"),
    ],
)
def test_a_wrong_field_is_named_and_the_rest_is_kept_on_the_page(
    client: Client, db: Session, wrong: dict[str, str], sentence: str
) -> None:
    answer = client.as_(LENA).post("/vandringar/ny", data=PLAN | {"meeting_place": "Skolans entré"} | wrong)
    assert answer.status_code == 422
    assert sentence in answer.text
    assert walks(db) == []
    if "meeting_place" not in wrong:
        assert "Skolans entré" in answer.text


def test_a_planned_walk_has_a_code_and_waits(client: Client, db: Session) -> None:
    haga = make.district(db, "haga")
    filled = PLAN | {"district": str(haga.id), "meeting_place": "Skolans entré", "expected_walkers": "14"}
    filled["stops"] = "1. Skolgården\r\n2. Gångtunneln; 59.12770, 15.14340\r\n"
    answer = client.as_(LENA).post("/vandringar/ny", data=filled)
    (walk,) = walks(db)
    assert (answer.status_code, answer.headers["Location"]) == (303, f"/vandringar/{walk.id}")
    assert re.fullmatch(f"[{ALPHABET}]{{6}}", walk.code)
    assert (walk.state, walk.district_id, walk.expected_walkers) == (WalkState.PLANNED, haga.id, 14)
    assert walk.starts_at == datetime(2026, 11, 24, 17, 30, tzinfo=UTC)
    assert walk.created_by == make.make_user(db, LENA).id
    assert [(s.number, s.name, s.lat, s.lon) for s in walk.stops] == [
        (1, "Skolgården", None, None), (2, "Gångtunneln", 59.1277, 15.1434),
    ]  # fmt: skip
    page = client.get(f"/vandringar/{walk.id}").text
    for told in (
        "24 november 2026 kl. 18.30",
        "Skolans entré",
        "Haga",
        "Gångtunneln",
        "Koden börjar gälla när du öppnar",
    ):
        assert told in page


@pytest.mark.parametrize(
    "filled, light",
    [
        ({"date": "2026-11-24", "time": "18:30"}, Light.DARK),
        ({"date": "2026-06-21", "time": "21:30"}, Light.LIGHT),
        ({"date": "2026-06-21", "time": "21:30", "light": "morkt"}, Light.DARK),
        ({"date": "2026-11-24", "time": "18:30", "light": "ljust"}, Light.LIGHT),
    ],
)
def test_the_sun_knows_whether_it_will_be_dark_unless_the_leader_knows_better(
    client: Client, db: Session, filled: dict[str, Any], light: Light
) -> None:
    client.as_(LENA).post("/vandringar/ny", data=PLAN | filled)
    assert walks(db)[0].light is light


def test_more_than_twenty_is_allowed_with_a_hint(client: Client, db: Session) -> None:
    answer = client.as_(LENA).post("/vandringar/ny", data=PLAN | {"expected_walkers": "21"}, follow_redirects=True)
    assert answer.status_code == 200
    assert "dela i två vandringar" in answer.text
    assert walks(db)[0].expected_walkers == 21


def test_what_is_typed_is_shown_as_text(client: Client, db: Session) -> None:
    nasty = "<script>alert(1)</script>{{ 7*7 }}"
    client.as_(LENA).post("/vandringar/ny", data=PLAN | {"title": nasty, "meeting_place": nasty, "stops": nasty})
    (walk,) = walks(db)
    for path in (
        "/",
        "/vandringar",
        f"/vandringar/{walk.id}",
        f"/vandringar/{walk.id}/affisch",
        f"/vandringar/{walk.id}/andra",
    ):
        page = client.get(path).text
        assert "<script>alert" not in page
        assert "49" not in page.replace(walk.code, "").replace(str(walk.id), "") or "{{ 7*7 }}" in page
