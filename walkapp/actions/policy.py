"""Who may see an action, work on it, regroup it."""

from typing import Literal

import sqlalchemy as sa

from walkapp.core.actor import Actor
from walkapp.core.errors import Forbidden, NotFound
from walkapp.core.permissions import Permission

from . import rules
from .models import Action
from .rules import Needs, State

Verb = Literal["read", "work", "group"]

_NEEDED = {
    "read": Permission.VIEW_PLAN,
    "work": Permission.WORK_ACTIONS,
    "group": Permission.GROUP_ACTIONS,
}


def visible(actor: Actor) -> sa.ColumnElement[bool]:
    """Leaders and officials see all. Staff see what their units own and what lies in their districts.

    Staff without either see all: in a small municipality nobody has been sorted into units yet.
    """
    if not actor.may(Permission.VIEW_PLAN):
        return sa.false()
    if actor.sees_everything or not (actor.unit_ids or actor.district_ids):
        return sa.true()
    return sa.or_(Action.unit_id.in_(actor.unit_ids), Action.district_id.in_(actor.district_ids))


def sees(actor: Actor, action: Action) -> bool:
    """The same as `visible`, of an action at hand."""
    if not actor.may(Permission.VIEW_PLAN):
        return False
    if actor.sees_everything or not (actor.unit_ids or actor.district_ids):
        return True
    return action.unit_id in actor.unit_ids or action.district_id in actor.district_ids


def may(actor: Actor, verb: Verb, action: Action) -> bool:
    return sees(actor, action) and actor.may(_NEEDED[verb])


def ensure(actor: Actor, verb: Verb, action: Action) -> None:
    """Raises NotFound for what the actor may not see, Forbidden for what it may see and not do."""
    if not sees(actor, action):
        raise NotFound
    if not actor.may(_NEEDED[verb]):
        raise Forbidden("Du kan läsa åtgärdsplanen men inte ändra i den.")


def moves(actor: Actor, action: Action) -> dict[State, Needs]:
    """Where this actor may take an action: for the buttons."""
    if not may(actor, "work", action) or action.merged_into_id:
        return {}
    onwards = rules.moves(action.kind, action.state)
    return {to: needs for to, needs in onwards.items() if actor.may(needs.permission)}
