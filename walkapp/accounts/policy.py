"""Who may see and change accounts."""

import sqlalchemy as sa

from walkapp.core.actor import Actor
from walkapp.core.errors import Forbidden
from walkapp.core.permissions import Permission

from .models import User


def visible(actor: Actor) -> sa.ColumnElement[bool]:
    """An administrator sees all accounts, everybody else their own."""
    return sa.true() if actor.may(Permission.MANAGE_USERS) else User.id == actor.user_id


def ensure_admin(actor: Actor) -> None:
    if not actor.may(Permission.MANAGE_USERS):
        raise Forbidden("Bara en administratör får ändra konton.")
