"""What a new installation for Kumla starts with: districts, promises, units."""

import json
from functools import cache
from pathlib import Path
from typing import Any

from sqlalchemy.orm import Session

from walkapp.accounts.models import Unit, UnitKind
from walkapp.core.actor import Actor
from walkapp.districts import service as districts
from walkapp.promises import service as promises

PACKAGE = Path(__file__).resolve().parent.parent
DISTRICTS = PACKAGE / "districts" / "kumla.geojson"
PROMISES = (PACKAGE / "promises" / "kumla.json", PACKAGE / "promises" / "demo.json")


@cache
def content() -> dict[str, Any]:
    read: dict[str, Any] = json.loads((PACKAGE / "seed" / "kumla_demo.json").read_text(encoding="utf-8"))
    return read


def lay_foundation(db: Session, actor: Actor) -> None:
    districts.import_districts(db, actor, districts.plan_import(db, DISTRICTS.read_text(encoding="utf-8")))
    for file in PROMISES:
        promises.import_pledges(db, actor, file.read_text(encoding="utf-8"))
    for unit in content()["units"]:
        db.add(Unit(slug=unit["slug"], name=unit["name"], kind=UnitKind(unit["kind"])))
    db.flush()
