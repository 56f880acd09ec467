"""Reads about people and units."""

from collections.abc import Sequence
from datetime import datetime
from typing import NamedTuple
from uuid import UUID

import sqlalchemy as sa
from sqlalchemy.orm import Session, selectinload

from walkapp.core.actor import Actor
from walkapp.core.clock import now
from walkapp.core.errors import NotFound

from . import policy
from .models import SignIn, Unit, UnitKind, User

KIND_ORDER = list(UnitKind)
LOADED = (selectinload(User.units), selectinload(User.districts))


def get(db: Session, actor: Actor, id: UUID | None) -> User:
    """Raises NotFound for an account that the actor may not see."""
    user = db.scalar(sa.select(User).where(policy.visible(actor), User.id == id).options(*LOADED))
    if user is None:
        raise NotFound
    return user


class Account(NamedTuple):
    user: User
    last_seen_at: datetime | None


def accounts(db: Session, actor: Actor) -> Sequence[Account]:
    """All accounts by name, those that are shut last, each with when it was last used."""
    seen = sa.select(SignIn.user_id, sa.func.max(SignIn.last_seen_at).label("at")).group_by(SignIn.user_id).subquery()
    rows = db.execute(
        sa.select(User, seen.c.at)
        .outerjoin(seen, seen.c.user_id == User.id)
        .where(policy.visible(actor))
        .options(*LOADED)
        .order_by(User.active.desc(), sa.func.lower(User.name), User.email)
    )
    return [Account(*row) for row in rows]


def live_sessions(db: Session, user: User) -> Sequence[SignIn]:
    """Where a person is signed in now, the latest seen first."""
    live = sa.and_(SignIn.user_id == user.id, SignIn.ended_at.is_(None), SignIn.expires_at > now())
    return db.scalars(sa.select(SignIn).where(live).order_by(SignIn.last_seen_at.desc(), SignIn.id)).all()


def all_units(db: Session) -> Sequence[Unit]:
    """By kind (the municipality's own first), then by name."""
    return sorted(db.scalars(sa.select(Unit)), key=lambda unit: (KIND_ORDER.index(unit.kind), unit.name.casefold()))


def get_unit(db: Session, id: UUID) -> Unit:
    """Raises NotFound."""
    unit = db.get(Unit, id)
    if unit is None:
        raise NotFound
    return unit
