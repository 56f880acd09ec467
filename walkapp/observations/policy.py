"""Who may see observations."""

import sqlalchemy as sa

from walkapp.core.actor import Actor, Kind
from walkapp.core.permissions import Permission

from .models import Observation


def visible(actor: Actor) -> sa.ColumnElement[bool]:
    """Users see all, a phone its own."""
    if actor.kind is Kind.WALKER:
        return Observation.sign_in_id == actor.sign_in_id
    return sa.true() if actor.may(Permission.VIEW_OBSERVATIONS) else sa.false()
