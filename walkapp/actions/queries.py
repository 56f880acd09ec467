"""Reads about actions, scoped to who asks. The plan's rows and figures stand in `plan.py` and are asked for here."""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from datetime import datetime
from itertools import islice
from typing import NamedTuple
from uuid import UUID

import sqlalchemy as sa
from sqlalchemy.orm import Session, joinedload, selectinload

from walkapp.core.actor import Actor
from walkapp.core.errors import NotFound
from walkapp.core.geo import distance_m
from walkapp.observations.models import Observation, ObservationTheme
from walkapp.promises.models import Promise

from . import history, linking, policy
from .facets import Facets, facets
from .models import Action, ActionEvent, ActionObservation, Verb
from .plan import ALIVE, STANDING, PlanFilter, PlanRow, Sort, Summary, plan, summaries, summary
from .rules import State

__all__ = [
    "ALIVE", "Facets", "HistoryLine", "Near", "PlanFilter", "PlanRow", "Sort", "Summary", "candidates_near", "event",
    "facets", "get", "history_of", "observations_of", "of_observation", "plan", "row", "summaries", "summary",
]  # fmt: skip

LOADED = (
    joinedload(Action.district),
    joinedload(Action.unit),
    joinedload(Action.promise).joinedload(Promise.pledge),
    joinedload(Action.before),
    joinedload(Action.returned_from),
    joinedload(Action.merged_into),
    joinedload(Action.after_photo),
    selectinload(Action.links).joinedload(ActionObservation.observation).options(
        selectinload(Observation.themes).joinedload(ObservationTheme.promise),
        selectinload(Observation.photos),
        joinedload(Observation.walk),
        joinedload(Observation.stop),
    ),
)  # fmt: skip


def get(db: Session, actor: Actor, id: UUID) -> Action:
    """An action with its observations and their photos; also a merged one, which says into what. Raises NotFound."""
    found = db.scalar(
        sa.select(Action)
        .where(policy.visible(actor), Action.id == id)
        .options(*LOADED)
        .execution_options(populate_existing=True)
    )
    if found is None:
        raise NotFound("Åtgärden finns inte, eller så får du inte se den.")
    return found


def row(db: Session, actor: Actor, action: Action) -> PlanRow | None:
    """The action's line in the plan, with its rank and reasons; none for a merged one."""
    return next(iter(plan(db, actor, ids=[action.id])), None)


def observations_of(db: Session, ids: Iterable[UUID]) -> dict[UUID, list[UUID]]:
    """Action id → the ids of the observations that it is made of, the first one first."""
    found: dict[UUID, dict[UUID, None]] = defaultdict(dict)
    links = sa.select(ActionObservation.action_id, ActionObservation.observation_id)
    in_order = links.order_by(ActionObservation.linked_at, ActionObservation.id)
    for some in batched(ids, 10_000):  # a database counts its parameters
        for action_id, observation_id in db.execute(in_order.where(ActionObservation.action_id.in_(some))):
            found[action_id][observation_id] = None
    return {action_id: list(seen) for action_id, seen in found.items()}


def of_observation(db: Session, observation_id: UUID) -> Sequence[Action]:
    """What came of an observation: for whoever may read that observation, by role or by its receipt."""
    return db.scalars(
        sa.select(Action)
        .join(ActionObservation)
        .where(ActionObservation.observation_id == observation_id)
        .options(joinedload(Action.unit), joinedload(Action.district))
        .order_by(Action.number)
        .distinct()
    ).all()


def batched(ids: Iterable[UUID], size: int) -> Iterator[list[UUID]]:
    rest = iter(ids)
    while some := list(islice(rest, size)):
        yield some


class HistoryLine(NamedTuple):
    id: int
    at: datetime
    who: str
    what: str
    note: str
    verb: Verb
    state: State | None
    undone: bool
    can_undo: bool


def history_of(db: Session, actor: Actor, action: Action) -> list[HistoryLine]:
    """What has happened to an action, the latest first. Can be undone: by this actor, and not undone before."""
    events = db.scalars(
        sa.select(ActionEvent)
        .where(history.events_of(action))
        .options(joinedload(ActionEvent.actor), joinedload(ActionEvent.action), joinedload(ActionEvent.other))
        .order_by(ActionEvent.id.desc())
    ).all()
    undone = {event.undoes_id for event in events if event.undoes_id}
    works, groups = policy.may(actor, "work", action), policy.may(actor, "group", action)
    regroups = (Verb.SPLIT, Verb.MERGED, Verb.MOVED_OVER)
    return [
        HistoryLine(
            event.id, event.at, history.who(event), history.describe(event, action.id), event.note, event.verb,
            event.became if event.action_id == action.id else None, event.id in undone,
            event.id not in undone and event.verb in history.UNDOABLE and (groups if event.verb in regroups else works),
        )
        for event in events
    ]  # fmt: skip


def event(db: Session, actor: Actor, action: Action, id: int) -> ActionEvent:
    """One event of an action that the actor may see. Raises NotFound."""
    found = db.scalar(sa.select(ActionEvent).where(history.events_of(action), ActionEvent.id == id))
    if found is None:
        raise NotFound("Händelsen finns inte.")
    return found


class Near(NamedTuple):
    action: Action
    metres: float | None


def candidates_near(db: Session, actor: Actor, action: Action, *, metres: float = 150.0) -> list[Near]:
    """Open actions of the same kind to merge with or move to: near it, the same theme first, then by distance.

    Without a position: those of the same theme in the district.
    """
    same = [*STANDING, policy.visible(actor), Action.id != action.id, Action.kind == action.kind]
    if action.lat is None or action.lon is None:
        by_words = sa.select(Action).where(
            *same, Action.district_id == action.district_id, Action.theme == action.theme
        )
        return [Near(one, None) for one in db.scalars(by_words.order_by(Action.number))]
    found = db.scalars(sa.select(Action).where(*same, *linking.around(action.lat, action.lon, metres))).all()
    by_distance = [
        Near(one, distance_m(action.lat, action.lon, one.lat, one.lon))
        for one in found
        if one.lat is not None and one.lon is not None
    ]
    near = [one for one in by_distance if one.metres is not None and one.metres <= metres]
    return sorted(near, key=lambda one: (one.action.theme is not action.theme, one.metres, one.action.number))


class Told(NamedTuple):
    """A step as those who walked read it: what, when and why, never by whom."""

    at: datetime
    title: str
    note: str
    icon: str


def told_of(db: Session, action: Action) -> list[Told]:
    """What became of an action, for a receipt: its states, the latest first."""
    moved = sa.and_(
        ActionEvent.action_id == action.id, ActionEvent.became.is_not(None), ActionEvent.undoes_id.is_(None)
    )
    undone = sa.select(ActionEvent.undoes_id).where(ActionEvent.undoes_id.is_not(None))
    rows = db.execute(
        sa.select(ActionEvent.at, ActionEvent.became, ActionEvent.note)
        .where(moved, ActionEvent.id.not_in(undone))
        .order_by(ActionEvent.id.desc())
    )
    return [Told(at, state.label_for(action.kind).capitalize(), note, state.icon) for at, state, note in rows if state]
