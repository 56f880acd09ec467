"""Who may see and lead walks."""

import sqlalchemy as sa

from walkapp.core.actor import Actor, Kind
from walkapp.core.errors import Forbidden
from walkapp.core.permissions import Permission

from .models import Walk


def visible(actor: Actor) -> sa.ColumnElement[bool]:
    """Users see all walks, a phone the one that it is with."""
    if actor.kind is Kind.WALKER:
        return Walk.id == actor.walk_id
    return sa.true() if actor.may(Permission.VIEW_WALKS) else sa.false()


def ensure_leader(actor: Actor) -> None:
    if not actor.may(Permission.LEAD_WALKS):
        raise Forbidden("Bara samordnare får planera och leda vandringar.")
