"""Reads of photos, scoped to who asks."""

from collections.abc import Collection
from uuid import UUID

import sqlalchemy as sa
from sqlalchemy.orm import Session

from walkapp.core.actor import Actor
from walkapp.core.errors import NotFound

from . import policy
from .models import Photo


def get(db: Session, actor: Actor, id: UUID, *, also: Collection[UUID] = ()) -> Photo:
    """The photo, if the actor may see it. Raises NotFound."""
    photo = db.scalar(sa.select(Photo).where(Photo.id == id, policy.visible(actor, also=also)))
    if photo is None:
        raise NotFound("Bilden finns inte, eller så får du inte se den.")
    return photo
