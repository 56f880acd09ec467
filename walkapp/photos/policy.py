"""Who may see photos."""

from collections.abc import Collection
from uuid import UUID

import sqlalchemy as sa

from walkapp.core.actor import Actor, Kind
from walkapp.core.permissions import Permission

from .models import Photo


def visible(actor: Actor, *, also: Collection[UUID] = ()) -> sa.ColumnElement[bool]:
    """Users see all, a phone its own. `also`: photos that something else opens, as a receipt its observation's."""
    opened = Photo.id.in_(also)
    if actor.may(Permission.VIEW_OBSERVATIONS):
        return sa.true()
    if actor.kind is Kind.WALKER and actor.sign_in_id is not None:
        return sa.or_(Photo.sign_in_id == actor.sign_in_id, opened)
    return opened
