"""Rows for tests, made through the services where a person would make them."""

import uuid
from datetime import datetime, timedelta
from io import BytesIO
from typing import Any

import sqlalchemy as sa
from PIL import Image
from sqlalchemy.orm import Session

from tests.cast import Person
from walkapp.accounts import service as accounts
from walkapp.accounts.models import Unit, User
from walkapp.core.actor import SYSTEM, Actor, Kind
from walkapp.core.clock import now
from walkapp.districts.models import District
from walkapp.observations import service as observations
from walkapp.observations.forms import ObservationIn
from walkapp.observations.models import Observation
from walkapp.walks import service as walks
from walkapp.walks.models import Walk
from walkapp.walks.rules import Light, WalkState

# In the middle of Kumla, in the district Stadshuset.
KUMLA = (59.1277, 15.1434)


def district(db: Session, slug: str) -> District:
    return db.scalars(sa.select(District).where(District.slug == slug)).one()


def make_user(db: Session, person: Person) -> User:
    """The person's account, made once."""
    found = db.scalar(sa.select(User).where(User.email == person.email))
    if found:
        return found
    units = list(db.scalars(sa.select(Unit).where(Unit.slug.in_(person.units))))
    reach = [district(db, slug).id for slug in person.districts]
    return accounts.add_user(
        db, SYSTEM, email=person.email, name=person.name, role=person.role, units=units, districts=reach
    )


def actor(db: Session, person: Person) -> Actor:
    user = make_user(db, person)
    return Actor(
        Kind.USER, name=user.name, user_id=user.id, role=user.role,
        unit_ids=frozenset(u.id for u in user.units), district_ids=frozenset(d.id for d in user.districts),
    )  # fmt: skip


def make_walk(
    db: Session, *, state: WalkState = WalkState.OPEN, stops: list[dict[str, Any]] | None = None, **plan: Any
) -> Walk:
    plan = {"title": "Kvällsvandring", "starts_at": now(), "district_id": None, "light": Light.DARK} | plan
    walk = walks.plan(db, SYSTEM, stops=stops, **plan)
    if state is not WalkState.PLANNED:
        walks.take_to(db, SYSTEM, walk, WalkState.OPEN)
    if state is WalkState.CLOSED:
        walks.take_to(db, SYSTEM, walk, WalkState.CLOSED)
    return walk


def join(db: Session, walk: Walk | None = None) -> tuple[Actor, str]:
    """A phone in the walk, and its token."""
    return walks.join(db, walk or make_walk(db), days=14)


def make_observation(
    db: Session, *themes: str, walk: Walk | None = None, phone: Actor | None = None, id: uuid.UUID | None = None,
    at: datetime | None = None, **said: Any,
) -> Observation:  # fmt: skip
    """Filed as a phone files it: district, promise and proposed actions come with it."""
    phone = phone or join(db, walk)[0]
    said = {"lat": KUMLA[0], "lon": KUMLA[1], "accuracy_m": 8.0, "text": "Lampan är trasig"} | said
    said |= {"themes": list(themes) or ["belysning"], "observed_at": at or now() - timedelta(minutes=1)}
    filed = observations.file_observation(db, phone, id or uuid.uuid4(), ObservationIn.model_validate(said))
    db.flush()
    return filed.observation


def picture(width: int = 400, height: int = 300, colour: str = "navy", kind: str = "JPEG") -> bytes:
    """A real photo file."""
    out = BytesIO()
    Image.new("RGB", (width, height), colour).save(out, kind)
    return out.getvalue()
