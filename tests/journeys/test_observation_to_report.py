"""The one natural path of the architecture, executed: from phones that file to the lists that officials read."""

import itertools
import random
import uuid
from collections import Counter, defaultdict
from typing import Any

import pytest
import sqlalchemy as sa
from sqlalchemy.orm import Session

from tests.cast import LENA, OLOF, STEN
from tests.conftest import Client
from tests.make import KUMLA, make_walk, picture
from walkapp.actions.models import Action
from walkapp.districts.models import District
from walkapp.observations.models import Observation
from walkapp.walks.models import Walk

METRE_LAT = 1 / 111_320
METRE_LON = METRE_LAT / 0.5133  # at 59.13° N


@pytest.fixture
def walk(db: Session) -> Walk:
    return make_walk(db)


def phone(client: Client, walk: Walk) -> str:
    """Joins as a phone does; returns its token."""
    answer = client.post("/api/v1/join", json={"code": walk.code})
    assert answer.status_code == 200, answer.get_data(as_text=True)
    return str(answer.get_json()["token"])


def plan_features(client: Client, db: Session) -> list[dict[str, Any]]:
    """The actions of all districts, as `/atgardsplan/*.geojson` gives them."""
    features = []
    for slug in [*db.scalars(sa.select(District.slug)), "utan-omrade"]:
        answer = client.get(f"/atgardsplan/{slug}.geojson")
        assert answer.status_code == 200, slug
        features += answer.get_json()["features"]
    return features


def test_two_hundred_observations_on_forty_spots_become_forty_actions(client: Client, db: Session, walk: Walk) -> None:
    chance = random.Random(1881)
    spots = [
        (KUMLA[0] + (row - 2) * 90 * METRE_LAT, KUMLA[1] + (column - 4) * 90 * METRE_LON)
        for row, column in itertools.product(range(5), range(8))
    ]
    phones = [phone(client, walk) for _ in range(8)]
    truth: dict[str, int] = {}
    reports = [spot for spot in range(40) for _ in range(5)]
    chance.shuffle(reports)
    for number, spot in enumerate(reports):
        token = chance.choice(phones)
        error = chance.uniform(5, 15)
        lat = spots[spot][0] + chance.gauss(0, error / 1.51) * METRE_LAT  # 68 % of a 2-D error lie within 1.51 sigma
        lon = spots[spot][1] + chance.gauss(0, error / 1.51) * METRE_LON
        photo, id = str(uuid.uuid4()), str(uuid.uuid4())
        kept = client.put(
            f"/api/v1/photos/{photo}", data=picture(64 + number, 64), headers={"Authorization": f"Bearer {token}"}
        )
        assert kept.status_code == 201, kept.get_data(as_text=True)
        body = {"themes": ["belysning"], "text": f"Lampa {number}", "lat": lat, "lon": lon, "accuracy_m": error}
        body |= {"photos": [photo], "place_method": "gps"}
        first = client.put_json(f"/api/v1/observations/{id}", body, token)
        assert (first.status_code, first.get_json()["photos"]) == (201, [photo])
        if number % 20 == 0:  # the answer was lost, and the phone repeats itself
            again = client.put_json(f"/api/v1/observations/{id}", body, token)
            assert (again.status_code, again.get_json()["receipt"]) == (200, first.get_json()["receipt"])
        truth[id] = spot

    features = plan_features(client.as_(OLOF), db)
    group_of = {id: f["properties"]["id"] for f in features for id in f["properties"]["observations"]}
    assert Counter(id for f in features for id in f["properties"]["observations"]) == Counter(list(truth))
    assert all(f["properties"]["observations"] for f in features)
    assert pair_f1(truth, group_of) >= 0.90
    in_districts = db.scalars(sa.select(Observation.district_id)).all()
    assert len(in_districts) == 200
    assert None not in in_districts


def pair_f1(truth: dict[str, int], found: dict[str, str]) -> float:
    """Of all pairs put together, how many belong together, and of all that belong together, how many were put so."""
    together = Counter[bool]()
    for a, b in itertools.combinations(truth, 2):
        same, put = truth[a] == truth[b], found[a] == found[b]
        if put and same:
            together[True] += 2
        elif put or same:
            together[False] += 1
    return together[True] / (together[True] + together[False])


def test_one_observation_goes_the_whole_way(client: Client, db: Session, walk: Walk) -> None:
    token = phone(client, walk)
    photo, id = str(uuid.uuid4()), str(uuid.uuid4())
    bearer = {"Authorization": f"Bearer {token}"}
    assert client.put(f"/api/v1/photos/{photo}", data=picture(), headers=bearer).status_code == 201
    body = {"themes": ["belysning", "växtlighet"], "text": "Trädet skymmer lampan", "lat": KUMLA[0], "lon": KUMLA[1]}
    body |= {"accuracy_m": 8, "place_method": "gps", "feeling": "mycket_otryggt", "photos": [photo]}
    filed = client.put_json(f"/api/v1/observations/{id}", body, token)
    assert filed.status_code == 201
    receipt = client.get(f"/kvitto/{filed.get_json()['receipt']}")
    assert receipt.status_code == 200
    assert "Trädet skymmer lampan" in receipt.get_data(as_text=True)

    client.as_(LENA)
    themes = db.execute(sa.select(Action.theme, Action.id).order_by(Action.number)).all()
    assert [theme for theme, _ in themes] == ["vaxtlighet", "belysning"]  # the vegetation is looked at first
    action = themes[1].id
    on_map = client.get("/api/v1/map?bbox=15.0,59.0,15.3,59.2&zoom=18").get_json()
    assert [f["properties"]["id"] for f in on_map["features"]] == [id]
    for to in ("mottagen", "planerad", "pagar"):
        moved = client.post(f"/atgarder/{action}/flytta", data={"to": to, "note": "Vi tar det"})
        assert moved.status_code == 303, moved.get_data(as_text=True)
    done = client.post(f"/atgarder/{action}/flytta", data={"to": "klar", "note": "Ny armatur", "done_on": "2026-11-20"})
    assert done.status_code == 303, done.get_data(as_text=True)
    assert "Klar" in client.get(f"/kvitto/{filed.get_json()['receipt']}").get_data(as_text=True)
    refused = client.as_(STEN).post(
        f"/atgarder/{action}/flytta", data={"to": "verifierad", "note": "Jag såg det själv"}
    )
    assert refused.status_code in (403, 404)


def test_every_line_of_the_plan_names_what_it_came_from(client: Client, db: Session, walk: Walk) -> None:
    token = phone(client, walk)
    ids = defaultdict(list)
    for theme in ("belysning", "klotter", "kamera", "trygg_plats"):
        id = str(uuid.uuid4())
        body = {"themes": [theme], "lat": KUMLA[0], "lon": KUMLA[1], "accuracy_m": 5, "text": theme}
        assert client.put_json(f"/api/v1/observations/{id}", body, token).status_code == 201
        ids[theme].append(id)
    features = plan_features(client.as_(OLOF), db)
    listed = {f["properties"]["theme"]: f["properties"] for f in features}
    assert set(listed) == {"belysning", "klotter", "kamera"}  # a good place is no task
    assert listed["kamera"]["kind"] == "assessment"
    assert listed["klotter"]["promise"] is None
