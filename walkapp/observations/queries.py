"""Reads about observations, scoped to who asks."""

from collections.abc import Sequence
from uuid import UUID

import sqlalchemy as sa
from sqlalchemy.orm import Session, joinedload, selectinload

from walkapp.core.actor import Actor
from walkapp.core.errors import NotFound

from . import policy
from .models import Observation, ObservationTheme

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
    found = db.scalar(sa.select(Observation).where(Observation.receipt == receipt.strip().upper()).options(*LOADED))
    if found is None:
        raise NotFound("Det finns inget kvitto med den beteckningen. Kontrollera tecknen.")
    return found
