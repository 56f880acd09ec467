"""How many lines of a plan each choice of its filters has."""

from collections import Counter
from dataclasses import dataclass
from uuid import UUID

import sqlalchemy as sa
from sqlalchemy.orm import Session

from walkapp.accounts.models import Unit
from walkapp.core.actor import Actor
from walkapp.districts.models import District
from walkapp.promises.models import Pledge, Promise
from walkapp.promises.rules import Theme

from . import policy
from .models import Action
from .plan import ALIVE
from .rules import CostClass, State


@dataclass(frozen=True)
class Facets:
    """How many lines each choice of a filter has in a plan, before any filter."""

    themes: dict[Theme, int]
    states: dict[State, int]
    units: dict[UUID | None, tuple[str, int]]
    promises: dict[UUID | None, tuple[str, int]]
    costs: dict[CostClass | None, int]


def facets(db: Session, actor: Actor, district: District | None = None) -> Facets:
    where = [ALIVE, policy.visible(actor)]
    if district is not None:
        where.append(Action.district_id == district.id)
    names = (Unit.name, Promise.number, Pledge.title)
    columns = (Action.theme, Action.state, Action.unit_id, Action.promise_id, Action.cost_class, *names)
    rows = db.execute(
        sa.select(*columns, sa.func.count())
        .outerjoin(Unit, Unit.id == Action.unit_id)
        .outerjoin(Promise, Promise.id == Action.promise_id)
        .outerjoin(Pledge, Pledge.id == Promise.pledge_id)
        .where(*where)
        .group_by(*columns)
    )
    themes, states, costs = Counter[Theme](), Counter[State](), Counter[CostClass | None]()
    units, promises = Counter[UUID | None](), Counter[UUID | None]()
    unit_names: dict[UUID | None, str] = {None: "Ingen ansvarig"}
    promise_names: dict[UUID | None, str] = {None: "Utanför löftena"}
    for theme, state, unit_id, promise_id, cost, unit, number, pledge, n in rows:
        themes[theme] += n
        states[state] += n
        costs[cost] += n
        units[unit_id] += n
        promises[promise_id] += n
        if unit_id:
            unit_names[unit_id] = unit
        if promise_id:
            promise_names[promise_id] = f"Löfte {number}, {pledge}"
    return Facets(
        {theme: themes[theme] for theme in Theme if themes[theme]},
        {state: states[state] for state in State if states[state]},
        {id: (unit_names[id], units[id]) for id in sorted(units, key=lambda id: unit_names[id])},
        {id: (promise_names[id], promises[id]) for id in sorted(promises, key=lambda id: promise_names[id])},
        {cost: costs[cost] for cost in (*CostClass, None) if costs[cost]},
    )
