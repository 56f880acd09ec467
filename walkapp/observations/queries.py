"""Reads about observations, scoped to who asks."""

from collections.abc import Sequence
from datetime import datetime, time, timedelta
from typing import NamedTuple
from uuid import UUID

import sqlalchemy as sa
from sqlalchemy.orm import InstrumentedAttribute, Session, joinedload, selectinload

from walkapp.core.actor import Actor
from walkapp.core.clock import STOCKHOLM
from walkapp.core.errors import Invalid, NotFound
from walkapp.districts.models import District
from walkapp.photos.models import Photo
from walkapp.promises.models import Promise
from walkapp.walks.models import Walk
from walkapp.web.paging import SIZE, Page

from . import policy
from .forms import OUTSIDE_PROMISES, Filter
from .models import Observation, ObservationPhoto, ObservationTheme

LOADED = (
    selectinload(Observation.themes).joinedload(ObservationTheme.promise),
    selectinload(Observation.photos),
    joinedload(Observation.district),
    joinedload(Observation.stop),
    joinedload(Observation.walk),
)


def get(db: Session, actor: Actor, id: UUID) -> Observation:
    """Raises NotFound for an observation that the actor may not see."""
    found = db.scalar(sa.select(Observation).where(policy.visible(actor), Observation.id == id).options(*LOADED))
    if found is None:
        raise NotFound
    return found


def by_receipt(db: Session, receipt: str) -> Observation:
    """Whoever holds the receipt may read what it is for. Raises NotFound."""
    found = db.scalar(sa.select(Observation).where(Observation.receipt == read_receipt(receipt)).options(*LOADED))
    if found is None:
        raise NotFound("Det finns inget kvitto med den beteckningen. Kontrollera tecknen.")
    return found


def read_receipt(text: str) -> str:
    """What somebody copied from a slip of paper: case, spaces and hyphens do not matter."""
    signs = "".join(c for c in text.upper() if c.isalnum())
    return "-".join((signs[:4], signs[4:8], signs[8:]))


def sent_by(db: Session, phone: Actor) -> Sequence[Observation]:
    """What a phone has sent in its walk, the newest first."""
    return db.scalars(
        sa.select(Observation)
        .where(policy.visible(phone), Observation.walk_id == phone.walk_id)
        .options(*LOADED)
        .order_by(Observation.observed_at.desc(), Observation.id)
    ).all()


def held_photos(db: Session, observation: Observation) -> list[UUID]:
    """The photos of an observation that have arrived, in its order."""
    return list(
        db.scalars(
            sa.select(Photo.id)
            .join(ObservationPhoto, ObservationPhoto.photo_id == Photo.id)
            .where(ObservationPhoto.observation_id == observation.id)
            .order_by(ObservationPhoto.position)
        )
    )


def conditions(db: Session, wanted: Filter) -> list[sa.ColumnElement[bool]]:
    """The filter as SQL over observations. Raises Invalid for a district, walk or promise that is none."""
    parts: list[sa.ColumnElement[bool]] = []
    if wanted.themes or wanted.promise:
        parts.append(sa.exists().where(ObservationTheme.observation_id == Observation.id, *_theme_parts(db, wanted)))
    if wanted.district:
        parts.append(Observation.district_id == _known(db, District.id, District.slug == wanted.district, "Området"))
    if wanted.walk:
        parts.append(Observation.walk_id == _known(db, Walk.id, Walk.id == wanted.walk, "Vandringen"))
    if wanted.light:
        parts.append(Observation.light == wanted.light)
    if wanted.feeling:
        parts.append(Observation.feeling == wanted.feeling)
    first, last = wanted.days
    if first:
        parts.append(Observation.observed_at >= datetime.combine(first, time(), STOCKHOLM))
    if last:
        parts.append(Observation.observed_at < datetime.combine(last + timedelta(days=1), time(), STOCKHOLM))
    return parts


def _theme_parts(db: Session, wanted: Filter) -> list[sa.ColumnElement[bool]]:
    """Theme and promise belong together: "Belysning, promise 6" is one theme that fell under that promise."""
    parts: list[sa.ColumnElement[bool]] = []
    if wanted.themes:
        parts.append(ObservationTheme.theme.in_(wanted.themes))
    if wanted.promise == OUTSIDE_PROMISES:
        parts.append(ObservationTheme.promise_id.is_(None))
    elif wanted.promise:
        parts.append(ObservationTheme.promise_id == _known(db, Promise.id, Promise.id == wanted.promise, "Löftet"))
    return parts


def _known(db: Session, id: InstrumentedAttribute[UUID], where: sa.ColumnElement[bool], what: str) -> UUID:
    found = db.scalar(sa.select(id).where(where))
    if found is None:
        raise Invalid(f"{what} i filtret finns inte.")
    return found


def listing(db: Session, actor: Actor, wanted: Filter, number: int) -> Page[Observation]:
    """One page of what the actor may see, the newest first."""
    where = sa.and_(policy.visible(actor), *conditions(db, wanted))
    total = db.scalar(sa.select(sa.func.count()).select_from(Observation).where(where)) or 0
    rows = db.scalars(
        sa.select(Observation)
        .where(where)
        .options(*LOADED)
        .order_by(Observation.observed_at.desc(), Observation.id)
        .limit(SIZE)
        .offset((number - 1) * SIZE)
    ).all()
    return Page(rows, number, total)


def after(db: Session, actor: Actor, wanted: Filter, cursor: UUID | None, limit: int) -> Sequence[Observation]:
    """The next ones in the order in which they came in, so that a program that asks again misses nothing."""
    where = [policy.visible(actor), *conditions(db, wanted)]
    if cursor:
        last = db.get(Observation, cursor)
        if last is None:
            raise Invalid("Det finns ingen iakttagelse med det id som står i after.", {"after": "Finns inte."})
        later = sa.and_(Observation.received_at == last.received_at, Observation.id > last.id)
        where.append(sa.or_(Observation.received_at > last.received_at, later))
    rows = sa.select(Observation).where(*where).order_by(Observation.received_at, Observation.id).limit(limit)
    return db.scalars(rows.options(*LOADED)).all()


class Choices(NamedTuple):
    """What the filter bar offers."""

    districts: Sequence[sa.Row[str, str]]
    walks: Sequence[sa.Row[UUID, str, datetime]]
    promises: Sequence[Promise]
    first_seen: datetime | None


def choices(db: Session, actor: Actor) -> Choices:
    districts = db.execute(sa.select(District.slug, District.name).order_by(District.sort, District.name)).all()
    walks = db.execute(sa.select(Walk.id, Walk.title, Walk.starts_at).order_by(Walk.starts_at.desc())).all()
    fallen_under = sa.exists().where(ObservationTheme.promise_id == Promise.id)
    promises = db.scalars(sa.select(Promise).where(fallen_under).options(joinedload(Promise.pledge)))
    first_seen = db.scalar(sa.select(sa.func.min(Observation.observed_at)).where(policy.visible(actor)))
    newest_first = sorted(promises, key=lambda p: (-p.pledge.valid_from.toordinal(), p.number))
    return Choices(districts, walks, newest_first, first_seen)
