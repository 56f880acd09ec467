"""Actions for tests, made as they come about: a walker sees something, staff take it on."""

from datetime import timedelta
from typing import Any

import sqlalchemy as sa
from sqlalchemy.orm import Session

from tests.make import KUMLA, make_observation
from walkapp.actions import service
from walkapp.actions.models import Action, ActionEvent, ActionObservation
from walkapp.actions.rules import CLOSED, DeclineReason, Kind, State
from walkapp.core.actor import SYSTEM
from walkapp.core.clock import today
from walkapp.core.geo import metres_per_degree
from walkapp.observations.models import Observation
from walkapp.promises.rules import Theme

NORTH, EAST = metres_per_degree(KUMLA[0])

# What each state asks for on the way in.
GIVEN: dict[State, dict[str, Any]] = {
    State.FORWARDED: {"to_whom": "Trafikverket"},
    State.AWAITS_DECISION: {"decision": "Nämnden, dnr 2026/12"},
    State.DECLINED: {"reason": DeclineReason.COST, "note": "För dyrt för nyttan."},
    State.VERIFIED: {"note": "Sett på återvandringen."},
    State.REOPENED: {"note": "Slocknade igen."},
}


def see(db: Session, *themes: str, east: float = 0.0, north: float = 0.0, **said: Any) -> Observation:
    """An observation so many metres from the middle of Kumla."""
    return make_observation(db, *themes, lat=KUMLA[0] + north / NORTH, lon=KUMLA[1] + east / EAST, **said)


def action_of(db: Session, observation: Observation, theme: str | None = None) -> Action:
    found = sa.select(Action).join(ActionObservation).where(ActionObservation.observation_id == observation.id)
    if theme:
        found = found.where(ActionObservation.theme == Theme(theme))
    return db.scalars(found).one()


def make_action(db: Session, *themes: str, state: State = State.PROPOSED, **where: Any) -> Action:
    action = action_of(db, see(db, *themes, **where), themes[0] if themes else None)
    return take_to(db, action, state)


def take_to(db: Session, action: Action, state: State) -> Action:
    """By the shortest way that the rules allow."""
    task = action.kind is Kind.TASK
    ways: dict[State, list[State]] = {
        State.PROPOSED: [],
        State.RECEIVED: [State.RECEIVED],
        State.EXAMINED: [State.RECEIVED, State.EXAMINED],
        State.DONE: [State.RECEIVED, State.DONE if task else State.EXAMINED, State.DONE],
        State.VERIFIED: [State.RECEIVED, State.DONE, State.VERIFIED],
        State.REOPENED: [State.RECEIVED, State.DECLINED, State.REOPENED],
    }
    for step in dict.fromkeys(ways.get(state, [State.RECEIVED, state])):
        given = GIVEN.get(step, {})
        if step is State.DONE:
            given = {"done_on": today(), "note": "Gjort.", "decision": "" if task else "Nämnden, dnr 2026/12"}
        service.move(db, SYSTEM, action, step, **given)
    assert action.state is state
    assert (action.closed_at is not None) == (state in CLOSED)
    return action


def seen_in(db: Session, action: Action) -> set[Any]:
    links = sa.select(ActionObservation.observation_id).where(ActionObservation.action_id == action.id)
    return set(db.scalars(links))


def events(db: Session, action: Action) -> list[ActionEvent]:
    return list(db.scalars(sa.select(ActionEvent).where(ActionEvent.action_id == action.id).order_by(ActionEvent.id)))


def picture_of(db: Session, *, without: Action | None = None) -> list[tuple[Any, ...]]:
    """All that grouping and people have decided, to tell whether an undo is exact. Positions to a centimetre."""
    db.flush()
    db.expire_all()
    placed = ("lat", "lon", "weight", "west", "south", "east", "north")
    skipped = {"version", "updated_at", *placed}
    columns = [column for column in sa.inspect(Action).columns if column.name not in skipped]
    others = Action.number != (without.number if without else 0)
    actions = db.execute(sa.select(*columns).where(others).order_by(Action.number))
    places = db.execute(sa.select(*(getattr(Action, name) for name in placed)).where(others).order_by(Action.number))
    link = ActionObservation
    links = db.execute(sa.select(link.id, link.action_id, link.distance_m, link.reason).order_by(link.id))
    rounded = [tuple(None if one is None else round(one, 7) for one in row) for row in places]
    return [*map(tuple, actions), *rounded, *map(tuple, links)]


DAY = timedelta(days=1)
