"""Six thousand real reports and a real photo in all its orientations, through the phone's API into the product."""

import csv
import time
import uuid
from collections import Counter
from io import BytesIO
from pathlib import Path

import pytest
import sqlalchemy as sa
from flask import Flask
from PIL import Image, ImageChops, ImageStat
from sqlalchemy.orm import Session

from tests import make
from tests.cast import LENA
from tests.conftest import Client
from walkapp.actions.models import Action, ActionObservation
from walkapp.core.clock import now
from walkapp.districts.models import District
from walkapp.observations.models import Observation
from walkapp.observations.rules import DistrictFlag

pytestmark = pytest.mark.slow


@pytest.fixture
def reports(shared_data: Path, engine: sa.Engine) -> list[dict[str, str]]:
    """All six thousand; the second database gets every tenth, which is enough to see that it does the same."""
    with (shared_data / "real_reports.csv").open(encoding="utf-8", newline="") as f:
        return list(csv.DictReader(f))[:: 1 if engine.dialect.name == "sqlite" else 10]


def test_every_real_report_has_its_place_and_every_page_is_quick(
    client: Client, db: Session, reports: list[dict[str, str]]
) -> None:
    walk = make.make_walk(db)
    _, token = make.join(db, walk)
    for report in reports:
        body = {"themes": [report["theme"]], "lat": float(report["lat"]), "lon": float(report["lon"]), "accuracy_m": 10}
        answer = client.put_json(f"/api/v1/observations/{uuid.uuid4()}", body, token)
        assert answer.status_code == 201, answer.get_data(as_text=True)

    flags = Counter(db.scalars(sa.select(Observation.district_flag)))
    assert flags.total() == len(reports)
    placed = db.scalar(sa.select(sa.func.count()).where(Observation.district_id.is_not(None)))
    assert placed == flags[DistrictFlag.INSIDE] + flags[DistrictFlag.BORDER]
    linked = db.execute(sa.select(ActionObservation.observation_id).distinct()).all()
    assert len(linked) == len(reports)
    assert db.scalar(sa.select(sa.func.count()).select_from(Action)) < len(reports)

    client.as_(LENA)
    took = {}
    for path in ["/karta", "/karta/lista", *(f"/atgardsplan/{slug}" for slug in db.scalars(sa.select(District.slug)))]:
        start = time.perf_counter()
        assert client.get(path).status_code == 200
        took[path] = time.perf_counter() - start
    print({path: round(seconds, 2) for path, seconds in took.items()}, now())
    assert max(took.values()) < 2, took


def test_a_real_photo_stands_upright_however_the_phone_was_held(
    client: Client, app: Flask, db: Session, shared_data: Path
) -> None:
    _, token = make.join(db)
    client.walking(token)
    upright = []
    for number in range(1, 9):
        photo = uuid.uuid4()
        original = (shared_data / "photos" / f"landscape_orientation_{number}.jpg").read_bytes()
        bearer = {"Authorization": f"Bearer {token}"}
        assert client.put(f"/api/v1/photos/{photo}", data=original, headers=bearer).status_code == 201
        small = client.get(f"/foton/{photo}/liten.jpg")
        assert small.status_code == 200
        assert b"Exif" not in small.data
        upright.append(Image.open(BytesIO(small.data)).convert("L").resize((64, 48)))
    for other in upright[1:]:
        assert ImageStat.Stat(ImageChops.difference(upright[0], other)).mean[0] < 6
