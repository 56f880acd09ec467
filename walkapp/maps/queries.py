"""Reads for the map and its list, scoped to who asks. Rows, not objects: a view may hold thousands."""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import NamedTuple
from uuid import UUID

import sqlalchemy as sa
from sqlalchemy.orm import Session, aliased

from walkapp.actions import policy as actions_policy
from walkapp.actions.models import Action, ActionObservation
from walkapp.actions.rules import OPEN, Kind, State
from walkapp.core.actor import Actor
from walkapp.core.mercator import Box, runs, shift_for, whole_cells
from walkapp.districts.models import District
from walkapp.districts.queries import IN_USE
from walkapp.observations import policy, queries
from walkapp.observations.models import Observation, ObservationPhoto, ObservationTheme
from walkapp.observations.rules import DistrictFlag, Feeling
from walkapp.photos import policy as photos_policy
from walkapp.photos.models import Photo
from walkapp.promises.models import Pledge, Promise
from walkapp.promises.rules import Theme
from walkapp.walks.models import Stop, Walk
from walkapp.walks.rules import Light
from walkapp.web.paging import SIZE, Page

from .forms import MapFilter
from .rules import OUTSIDE, ROWS_BESIDE, Progress, level_for

Conditions = list[sa.ColumnElement[bool]]

# Under a name of its own: the filters ask for themes too, and would take the joined table for theirs.
Shown = aliased(ObservationTheme)


@dataclass(frozen=True)
class Named:
    """A district by its address and name."""

    slug: str
    name: str


@dataclass(frozen=True)
class Kept:
    """The promise that a theme fell under."""

    number: int
    text: str
    pledge: str


@dataclass(frozen=True)
class Handled:
    """An action that an observation led to."""

    id: UUID
    title: str
    kind: Kind
    state: State


@dataclass
class Finding:
    """One observation with everything that map and list show of it."""

    id: UUID
    text: str
    feeling: Feeling | None
    light: Light
    observed_at: datetime
    lat: float | None
    lon: float | None
    place: str
    district: Named | None
    flag: DistrictFlag
    walk: str
    themes: list[Theme] = field(default_factory=list)
    promises: list[Kept] = field(default_factory=list)
    photos: list[UUID] = field(default_factory=list)
    actions: list[Handled] = field(default_factory=list)


class Cell(NamedTuple):
    """Several observations in one square of the grid: how many, their middle, their box, their leading themes."""

    key: int
    n: int
    lat: float
    lon: float
    box: Box
    themes: dict[Theme, int]


class Drawn(NamedTuple):
    """What a view of the map shows: clusters, and by itself what lies alone in its cell."""

    zoom: int
    level: int
    cells: list[Cell]
    points: list[Finding]


class Beside(NamedTuple):
    """The first rows of the list beside the map, and how many there are in the view."""

    rows: list[Finding]
    total: int


def scope(db: Session, actor: Actor, wanted: MapFilter) -> Conditions:
    """What the actor may see of what is wanted. Raises Invalid for a district, walk or promise that is none."""
    outside = wanted.district == OUTSIDE
    where = [policy.visible(actor)]
    if outside:
        where.append(Observation.district_id.is_(None))
        wanted = wanted.model_copy(update={"district": ""})
    where += queries.conditions(db, wanted)
    if wanted.status:
        where.append(_came_of(actor, wanted.status))
    if wanted.bbox:
        where += inside(wanted.bbox)
    return where


def _came_of(actor: Actor, status: State | Progress) -> sa.ColumnElement[bool]:
    linked = sa.exists().where(ActionObservation.observation_id == Observation.id)
    if status is Progress.NONE:
        return ~linked
    linked = linked.where(ActionObservation.action_id == Action.id, actions_policy.visible(actor))
    if status is Progress.CLOSED:
        return linked & ~linked.where(Action.state.in_(OPEN))
    return linked.where(Action.state.in_(OPEN) if status is Progress.OPEN else Action.state == status)


def inside(box: Box) -> Conditions:
    """In a box: by the few ranges of keys that cover it, which the index finds, then exactly."""
    west, south, east, north = box
    return [
        sa.or_(*(Observation.map_key.between(first, last) for first, last in runs(box))),
        Observation.lat.between(south, north),
        Observation.lon.between(west, east),
    ]


def drawn(db: Session, actor: Actor, wanted: MapFilter, where: Conditions, box: Box, zoom: int) -> Drawn:
    """What a view shows of a scope, gathered by the cells of the zoom's grid; cells at its edge are whole."""
    level = level_for(box, zoom)
    cells, alone = _gather(db, [*where, *inside(whole_cells(box, level))], wanted.themes, level)
    known = findings(db, actor, alone, wanted.themes)
    return Drawn(zoom, level, cells, [known[id] for id in alone])


def beside(db: Session, actor: Actor, wanted: MapFilter, where: Conditions) -> Beside:
    ids = list(db.scalars(_newest(where).limit(ROWS_BESIDE)))
    known = findings(db, actor, ids, wanted.themes)
    return Beside([known[id] for id in ids], count(db, where))


def _newest(where: Conditions) -> sa.Select[UUID]:
    return sa.select(Observation.id).where(*where).order_by(Observation.observed_at.desc(), Observation.id)


def count(db: Session, where: Conditions) -> int:
    return db.scalar(sa.select(sa.func.count()).select_from(Observation).where(*where)) or 0


def _leading(wanted: Sequence[Theme]) -> sa.ColumnElement[bool]:
    """One theme an observation: its first one, or the one that was asked for."""
    return Shown.theme == wanted[0] if len(wanted) == 1 else Shown.position == 0


def _gather(db: Session, where: Conditions, themes: Sequence[Theme], level: int) -> tuple[list[Cell], list[UUID]]:
    # A number of our own making, and PostgreSQL must see that it groups by what it selects.
    cell = Observation.map_key.op(">>")(sa.literal_column(str(shift_for(level))))
    lat, lon, f = Observation.lat, Observation.lon, sa.func
    found = db.execute(
        sa.select(
            cell, Shown.theme, f.count(), f.sum(lat), f.sum(lon),
            f.min(lat), f.min(lon), f.max(lat), f.max(lon), f.min(sa.cast(Observation.id, sa.String)),
        )
        .join(Shown, sa.and_(Shown.observation_id == Observation.id, _leading(themes)))
        .where(*where)
        .group_by(cell, Shown.theme)
    )  # fmt: skip
    parts = defaultdict(list)
    for key, *part in found:
        parts[key].append(part)
    cells, alone = [], []
    for key, shares in parts.items():
        n = sum(share[1] for share in shares)
        if n == 1:
            alone.append(UUID(shares[0][-1]))
            continue
        box = (
            min(s[5] for s in shares), min(s[4] for s in shares), max(s[7] for s in shares), max(s[6] for s in shares)
        )  # fmt: skip
        middle = sum(s[2] for s in shares) / n, sum(s[3] for s in shares) / n
        cells.append(Cell(key, n, *middle, box, {s[0]: s[1] for s in shares}))
    return cells, alone


def findings(db: Session, actor: Actor, ids: Iterable[UUID], first: Sequence[Theme] = ()) -> dict[UUID, Finding]:
    """Observations with all that is shown of them, in four reads however many they are. Themes in `first` lead."""
    ids = list(ids)
    if not ids:
        return {}
    found = {row.id: row for row in _bare(db, ids)}
    link = ObservationTheme
    themes = sa.select(link.observation_id, link.theme, link.promise_id, Promise.number, Promise.text, Pledge.title)
    themes = themes.outerjoin(link.promise).outerjoin(Promise.pledge).order_by(link.position)
    for id, theme, promise, number, text, pledge in db.execute(themes.where(link.observation_id.in_(ids))):
        found[id].themes.append(theme)
        if promise and (kept := Kept(number, text, pledge)) not in found[id].promises:
            found[id].promises.append(kept)
    photos = sa.select(ObservationPhoto.observation_id, Photo.id).join(Photo, Photo.id == ObservationPhoto.photo_id)
    photos = photos.where(ObservationPhoto.observation_id.in_(ids), photos_policy.visible(actor))
    for id, photo in db.execute(photos.order_by(ObservationPhoto.position)):
        found[id].photos.append(photo)
    actions = sa.select(ActionObservation.observation_id, Action.id, Action.title, Action.kind, Action.state)
    actions = actions.join(Action, Action.id == ActionObservation.action_id).order_by(Action.number)
    actions = actions.where(ActionObservation.observation_id.in_(ids), actions_policy.visible(actor))
    for id, action, title, kind, state in db.execute(actions):
        # Two themes of it may lie in one action.
        if (handled := Handled(action, title, kind, state)) not in found[id].actions:
            found[id].actions.append(handled)
    for finding in found.values():
        finding.themes.sort(key=lambda theme: theme not in first)
    return found


def _bare(db: Session, ids: list[UUID]) -> Iterable[Finding]:
    o = Observation
    rows = db.execute(
        sa.select(
            o.id, o.text, o.feeling, o.light, o.observed_at, o.lat, o.lon, o.place, o.district_flag,
            District.slug, District.name, Walk.title, Stop.number, Stop.name,
        )
        .join(Walk, Walk.id == o.walk_id)
        .outerjoin(District, District.id == o.district_id)
        .outerjoin(Stop, Stop.id == o.stop_id)
        .where(o.id.in_(ids))
    )  # fmt: skip
    for id, text, feeling, light, at, lat, lon, place, flag, slug, district, walk, number, stop in rows:
        # As `Observation.whereabouts` has it, of a row.
        where = ", ".join(part for part in (f"Stopp {number} – {stop}" if stop else "", place) if part)
        named = Named(slug, district) if slug else None
        yield Finding(id, text, feeling, light, at, lat, lon, where, named, flag, walk)


def listing(db: Session, actor: Actor, wanted: MapFilter, number: int) -> Page[Finding]:
    """One page of the same content as a list, the newest first; what has no place is here too."""
    where = scope(db, actor, wanted)
    ids = list(db.scalars(_newest(where).limit(SIZE).offset((number - 1) * SIZE)))
    known = findings(db, actor, ids, wanted.themes)
    return Page([known[id] for id in ids], number, count(db, where))


class DistrictCount(NamedTuple):
    """A district, how many observations it has, and how many of each theme; no slug: outside all districts."""

    slug: str
    name: str
    total: int
    themes: dict[Theme, int]


def counts(db: Session, where: Conditions) -> list[DistrictCount]:
    """Per district, in the order of the districts, those without any too."""
    at = Observation.district_id
    totals = dict(db.execute(sa.select(at, sa.func.count()).where(*where).group_by(at)).all())
    themes: dict[UUID | None, dict[Theme, int]] = defaultdict(dict)
    linked = (
        sa.select(at, Shown.theme, sa.func.count()).join(Shown, Shown.observation_id == Observation.id).where(*where)
    )
    for id, theme, n in db.execute(linked.group_by(at, Shown.theme)):
        themes[id][theme] = n
    # One that is no longer in use has its past.
    shown = IN_USE | District.id.in_([id for id in totals if id])
    districts = sa.select(District.id, District.slug, District.name).where(shown).order_by(District.sort, District.slug)
    rows = [DistrictCount(slug, name, totals.get(id, 0), themes[id]) for id, slug, name in db.execute(districts)]
    if None in totals:
        rows.append(DistrictCount("", "", totals[None], themes[None]))
    return rows


def unplaced(db: Session, where: Conditions) -> int:
    """How many have no position, and stand in the list alone."""
    return count(db, [*where, Observation.map_key.is_(None)])
