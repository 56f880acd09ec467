"""A leader changes a plan."""

import pytest
from sqlalchemy.orm import Session

from tests import make
from tests.cast import LENA, STEN
from tests.conftest import Client
from walkapp.core.clock import local
from walkapp.core.db import new_id
from walkapp.walks.models import Stop, Walk
from walkapp.walks.rules import WalkState, write_stop

ROUTE = [{"name": "Skolgården"}, {"name": "Gångtunneln", "lat": 59.1277, "lon": 15.1434}, {"name": "Lekplatsen"}]


def facts(walk: Walk, **other: str) -> dict[str, str]:
    at = local(walk.starts_at)
    kept = {"title": walk.title, "date": f"{at:%Y-%m-%d}", "time": f"{at:%H:%M}", "light": walk.light.value}
    kept |= {"district": str(walk.district_id or ""), "meeting_place": walk.meeting_place}
    return kept | {"stops": "\n".join(write_stop(s.name, s.lat, s.lon) for s in walk.stops)} | other


def change(client: Client, walk: Walk, **other: str):
    return client.post(f"/vandringar/{walk.id}/andra", data=facts(walk, **other))


def test_staff_change_nothing(client: Client, db: Session) -> None:
    walk = make.make_walk(db)
    assert change(client.as_(STEN), walk, title="Min vandring").status_code == 403
    assert walk.title == "Kvällsvandring"


def test_a_walk_that_is_not_there_is_not_found(client: Client) -> None:
    assert client.as_(LENA).get(f"/vandringar/{new_id()}/andra").status_code == 404


@pytest.mark.parametrize(
    "stops",
    [
        "Skolgården\nGångtunneln; 59.12770, 15.14340",
        "",
        "Gångtunneln; 59.12770, 15.14340\nSkolgården\nLekplatsen",
        "Busshållplatsen\nSkolgården\nGångtunneln; 59.12770, 15.14340\nLekplatsen",
    ],
    ids=["one less", "none", "turned around", "a new one first"],
)
def test_once_it_has_opened_the_numbers_hold(client: Client, db: Session, stops: str) -> None:
    walk = make.make_walk(db, state=WalkState.CLOSED, stops=ROUTE)
    answer = change(client.as_(LENA), walk, stops=stops, title="Annat namn")
    assert (answer.status_code, "telefonerna känner stoppen vid deras nummer" in answer.text) == (422, True)
    assert [stop.name for stop in walk.stops] == ["Skolgården", "Gångtunneln", "Lekplatsen"]
    assert walk.title == "Kvällsvandring"


def test_a_stop_with_another_name_is_the_same_stop(client: Client, db: Session) -> None:
    walk = make.make_walk(db, stops=ROUTE)
    ids = [stop.id for stop in walk.stops]
    stops = "Skolgården\nTunneln under 52:an; 59.12771, 15.14341\nLekplatsen\nVändplanen"
    assert change(client.as_(LENA), walk, stops=stops).status_code == 303
    db.refresh(walk, ["stops"])
    assert [stop.id for stop in walk.stops][:3] == ids
    assert [(s.number, s.name, s.lat) for s in walk.stops] == [
        (1, "Skolgården", None), (2, "Tunneln under 52:an", 59.12771), (3, "Lekplatsen", None), (4, "Vändplanen", None),
    ]  # fmt: skip


def test_before_it_opens_the_route_is_free(client: Client, db: Session) -> None:
    walk = make.make_walk(db, state=WalkState.PLANNED, stops=ROUTE)
    assert change(client.as_(LENA), walk, stops="Gångtunneln\nSkolgården").status_code == 303
    db.refresh(walk, ["stops"])
    assert [(s.number, s.name) for s in walk.stops] == [(1, "Gångtunneln"), (2, "Skolgården")]
    assert db.query(Stop).count() == 2


def test_a_change_keeps_code_and_state(client: Client, db: Session) -> None:
    walk = make.make_walk(db)
    code = walk.code
    answer = change(client.as_(LENA), walk, title="Vintervandring", time="06:05", light="sol", expected_walkers="8")
    assert answer.status_code == 303
    assert (walk.title, walk.code, walk.state, walk.expected_walkers) == ("Vintervandring", code, WalkState.OPEN, 8)
    assert f"{local(walk.starts_at):%H:%M}" == "06:05"


def test_a_district_that_is_no_longer_in_use_stays_with_its_walk(client: Client, db: Session) -> None:
    haga = make.district(db, "haga")
    walk = make.make_walk(db, district_id=haga.id)
    haga.retired_at = walk.created_at
    assert change(client.as_(LENA), walk, title="Rättat namn").status_code == 303
    assert (walk.title, walk.district_id) == ("Rättat namn", haga.id)
