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
from .rules import WalkState


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
        sa.select(Walk)
        .where(policy.visible(actor))
        .options(joinedload(Walk.district))
        .order_by(Walk.starts_at.desc(), Walk.id)
    ).all()


class Agenda(NamedTuple):
    """Walks in the order in which people need them."""

    open: list[Walk]
    planned: list[Walk]
    closed: list[Walk]

    @classmethod
    def of(cls, newest_first: Sequence[Walk]) -> "Agenda":
        by_state = {state: [walk for walk in newest_first if walk.state is state] for state in WalkState}
        # What is planned comes in the order in which it will happen.
        return cls(by_state[WalkState.OPEN], by_state[WalkState.PLANNED][::-1], by_state[WalkState.CLOSED])


def ahead(db: Session, actor: Actor) -> Agenda:
    """The walks that go on or are planned."""
    alive = sa.select(Walk).where(policy.visible(actor), Walk.state != WalkState.CLOSED)
    newest_first = alive.options(joinedload(Walk.district)).order_by(Walk.starts_at.desc(), Walk.id)
    return Agenda.of(db.scalars(newest_first).all())


class Phones(NamedTuple):
    """The phones that have joined a walk: how many, and when one of them was last heard of."""

    joined: int = 0
    last_seen_at: datetime | None = None


def phones(db: Session, walks: Sequence[Walk]) -> dict[UUID, Phones]:
    """By the walk's id; a walk that nobody has joined is not in it."""
    rows = db.execute(
        sa.select(SignIn.walk_id, sa.func.count(), sa.func.max(SignIn.last_seen_at))
        .where(SignIn.walk_id.in_([walk.id for walk in walks]))
        .group_by(SignIn.walk_id)
    )
    return {walk_id: Phones(joined, seen) for walk_id, joined, seen in rows if walk_id}
