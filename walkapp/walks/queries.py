"""Reads about walks."""

from collections.abc import Sequence
from datetime import datetime
from typing import NamedTuple
from uuid import UUID

import sqlalchemy as sa
from sqlalchemy.orm import Session, joinedload, selectinload

from walkapp.accounts.models import SignIn
from walkapp.core.actor import Actor
from walkapp.core.errors import NotFound

from . import policy
from .models import Walk


def get(db: Session, actor: Actor, id: UUID) -> Walk:
    """Raises NotFound for a walk that the actor may not see."""
    walk = db.scalar(
        sa.select(Walk)
        .where(policy.visible(actor), Walk.id == id)
        .options(joinedload(Walk.district), selectinload(Walk.stops))
    )
    if walk is None:
        raise NotFound
    return walk


def all_walks(db: Session, actor: Actor) -> Sequence[Walk]:
    """The newest first."""
    return db.scalars(
        sa.select(Walk).where(policy.visible(actor)).options(joinedload(Walk.district)).order_by(Walk.starts_at.desc())
    ).all()


class Phone(NamedTuple):
    joined_at: datetime
    last_seen_at: datetime


def phones(db: Session, walk: Walk) -> Sequence[Phone]:
    """The phones that have joined, in that order."""
    rows = db.execute(
        sa.select(SignIn.created_at, SignIn.last_seen_at).where(SignIn.walk_id == walk.id).order_by(SignIn.created_at)
    )
    return [Phone(*row) for row in rows]
