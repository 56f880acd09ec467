"""Between rows and the rule that groups them: candidates, positions, the words for a place, one writer at a time."""

from collections.abc import Iterable, Sequence
from uuid import UUID

import sqlalchemy as sa
from sqlalchemy.orm import Session

from walkapp.core.geo import distance_m, metres_per_degree
from walkapp.core.text import line, slug
from walkapp.observations.models import Observation
from walkapp.promises.rules import Theme
from walkapp.walks.models import Stop

from .grouping import FARTHEST_M, Group, Sighting
from .models import Action, ActionObservation
from .naming import place_in
from .rules import OPEN

#: Any number that no other part of the application locks.
_LOCK = 1_881_712
#: As far as this from a stop of the walk, ”nära stoppet” still helps to find the place.
NEAR_STOP_M = 75.0


def one_at_a_time(db: Session) -> None:
    """Until the transaction ends nobody else groups or numbers actions. SQLite has one writer anyway."""
    if db.get_bind().dialect.name == "postgresql":
        db.execute(sa.select(sa.func.pg_advisory_xact_lock(_LOCK)))


def next_number(db: Session) -> int:
    return (db.scalar(sa.select(sa.func.max(Action.number))) or 0) + 1


def sighting(observation: Observation) -> Sighting:
    """Where an observation was made; without a position the words for it, to compare."""
    if observation.lat is not None and observation.lon is not None:
        return Sighting(observation.lat, observation.lon, observation.accuracy_m)
    if observation.stop_id:
        return Sighting(key=f"stopp:{observation.stop_id}")
    words = slug(observation.place)
    return Sighting(key=f"gata:{observation.district_id}:{words}" if words else "")


def group_of(action: Action) -> Group:
    box = action.west, action.south, action.east, action.north
    whole = None if None in box else box
    return Group(
        action, action.lat, action.lon, action.weight, whole, action.place_key, settled=action.confirmed  # type: ignore[arg-type]
    )  # fmt: skip


def keep_group(action: Action, group: Group) -> None:
    action.lat, action.lon, action.weight, action.place_key = group.lat, group.lon, group.weight, group.key
    action.west, action.south, action.east, action.north = group.box or (None, None, None, None)


def recentre(db: Session, actions: Iterable[Action]) -> None:
    """The place of actions anew, from the observations that they now have. One without any keeps its place."""
    for action in actions:
        seen = db.scalars(
            sa.select(Observation)
            .join(ActionObservation)
            .where(ActionObservation.action_id == action.id)
            .order_by(ActionObservation.linked_at, ActionObservation.id)
        ).all()
        if seen:
            keep_group(action, Group.of(action, map(sighting, seen)))


def candidates(db: Session, theme: Theme, new: Sighting) -> Sequence[Action]:
    """The actions that a sighting of a theme may belong to: near it, or at the same place in words."""
    alive = sa.select(Action).where(Action.theme == theme, Action.merged_into_id.is_(None)).order_by(Action.number)
    if new.lat is None or new.lon is None:
        return db.scalars(alive.where(Action.place_key == new.key)).all() if new.key else ()
    return db.scalars(alive.where(*around(new.lat, new.lon, FARTHEST_M))).all()


def around(lat: float, lon: float, metres: float) -> tuple[sa.ColumnElement[bool], ...]:
    """In the square of so many metres to each side of a position."""
    north, east = metres_per_degree(lat)
    return (
        Action.lat.between(lat - metres / north, lat + metres / north),
        Action.lon.between(lon - metres / east, lon + metres / east),
    )


def is_open(action: Action) -> bool:
    return action.state in OPEN


def place_of(db: Session, observation: Observation) -> str:
    """What people call the place: typed, the stop's name, a street that the words name, or the nearest stop."""
    if observation.place:
        return observation.place
    if observation.stop and observation.stop.name:
        return observation.stop.name
    if named := place_in(observation.text):
        return named
    if observation.lat is None or observation.lon is None:
        return ""
    placed = sa.select(Stop).where(Stop.walk_id == observation.walk_id, Stop.lat.is_not(None), Stop.lon.is_not(None))
    by_distance = [
        (distance_m(observation.lat, observation.lon, stop.lat, stop.lon), stop)
        for stop in db.scalars(placed.order_by(Stop.number))
        if stop.lat is not None and stop.lon is not None
    ]
    metres, stop = min(by_distance, key=lambda one: one[0], default=(NEAR_STOP_M, None))
    return line(f"nära {stop.name}", limit=200) if stop and stop.name and metres < NEAR_STOP_M else ""


def commonest(values: Sequence[UUID | None]) -> UUID | None:
    """The value that most of them have, the earliest of equals; nothing only where there is nothing else."""
    known = [value for value in values if value is not None]
    return max(dict.fromkeys(known), key=known.count, default=None)
