"""The åtgärdsplan as rows: its lines with counts and reasons, its sums, its filters. Page and files show these."""

from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum
from typing import Any, NamedTuple
from uuid import UUID

import sqlalchemy as sa
from sqlalchemy.orm import Session, aliased

from walkapp.accounts.models import Unit
from walkapp.core.actor import Actor
from walkapp.core.clock import local_date, today
from walkapp.districts.models import District
from walkapp.observations.models import Observation, ObservationPhoto
from walkapp.observations.rules import Feeling
from walkapp.photos.models import Photo
from walkapp.promises.models import Pledge, Promise
from walkapp.promises.rules import Theme
from walkapp.walks.rules import Light

from . import policy, rules
from .models import Action, ActionObservation
from .priority import Facts, priority, rank
from .rules import CLOSED, OPEN, CostClass, Kind, State

#: Not merged into another one: that is only a pointer.
ALIVE = Action.merged_into_id.is_(None)
STANDING = (ALIVE, Action.state.in_(OPEN))


class Sort(StrEnum):
    FIRST = "forst"
    DUE = "senast"
    NUMBER = "nummer"
    PLACE = "plats"
    STATE = "lage"


@dataclass(frozen=True)
class PlanFilter:
    """What of a plan to show; nothing set shows all. `outside`: what falls under no promise.

    `outside_districts`: what lies in none of the districts; for a plan without a district.
    """

    themes: tuple[Theme, ...] = ()
    states: tuple[State, ...] = ()
    units: tuple[UUID, ...] = ()
    kind: Kind | None = None
    promise_id: UUID | None = None
    outside: bool = False
    cost_class: CostClass | None = None
    overdue: bool = False
    outside_districts: bool = False


@dataclass(frozen=True)
class PlanRow:
    """One line of the åtgärdsplan, with all that its page and its files show."""

    id: UUID
    number: int
    kind: Kind
    theme: Theme
    title: str
    place: str
    lat: float | None
    lon: float | None
    district: str | None
    district_slug: str | None
    promise_id: UUID | None
    promise_number: int | None
    promise_text: str | None
    pledge: str | None
    unit_id: UUID | None
    unit: str | None
    state: State
    confirmed: bool
    due: date | None
    overdue: bool
    cost_class: CostClass | None
    estimate: int | None
    wait_until: date | None
    forwarded_to: str
    done_on: date | None
    before_id: UUID | None
    before: str
    hides_lamp: bool
    seen: int
    walkers: int
    feeling: Feeling | None
    dark: int
    first_seen: datetime | None
    last_seen: datetime | None
    photo_ids: tuple[UUID, ...]
    score: int
    reasons: tuple[str, ...]
    rank: int
    version: int
    created_at: datetime
    updated_at: datetime
    closed_at: datetime | None

    @property
    def code(self) -> str:
        return f"Å-{self.number}"

    @property
    def photos(self) -> int:
        return len(self.photo_ids)

    @property
    def state_label(self) -> str:
        return self.state.label_for(self.kind)


def plan(
    db: Session, actor: Actor, district: District | None = None, wanted: PlanFilter | None = None,
    sort: Sort = Sort.FIRST, *, ids: Iterable[UUID] | None = None,
) -> list[PlanRow]:  # fmt: skip
    """The lines of a district's plan (of all districts without one), in three reads however many they are."""
    where = [ALIVE, policy.visible(actor), *_conditions(wanted or PlanFilter())]
    if district is not None:
        where.append(Action.district_id == district.id)
    if ids is not None:
        where.append(Action.id.in_(list(ids)))
    on = today()
    photos = _photos(db, where)
    hiding = set(
        db.scalars(sa.select(Action.before_id).where(Action.before_id.is_not(None), Action.state.in_(OPEN), ALIVE))
    )
    rows = [_row(one, photos.get(one.id, ()), one.id in hiding, on) for one in db.execute(_lines(where))]
    return _sorted(rows, sort)


def _conditions(wanted: PlanFilter) -> list[sa.ColumnElement[bool]]:
    where: list[sa.ColumnElement[bool]] = []
    if wanted.themes:
        where.append(Action.theme.in_(wanted.themes))
    if wanted.states:
        where.append(Action.state.in_(wanted.states))
    if wanted.units:
        where.append(Action.unit_id.in_(wanted.units))
    if wanted.kind:
        where.append(Action.kind == wanted.kind)
    if wanted.cost_class:
        where.append(Action.cost_class == wanted.cost_class)
    if wanted.promise_id:
        where.append(Action.promise_id == wanted.promise_id)
    if wanted.outside_districts:
        where.append(Action.district_id.is_(None))
    if wanted.outside:
        where.append(Action.promise_id.is_(None))
    if wanted.overdue:
        where.append(is_overdue(today()))
    return where


def is_overdue(on: date) -> sa.ColumnElement[bool]:
    """`rules.overdue` for the database."""
    return sa.and_(Action.due < on, Action.state.in_(OPEN))


_UNSAFE = sa.case(
    (Observation.feeling == Feeling.VERY_UNSAFE, 3),
    (Observation.feeling == Feeling.SOMEWHAT_UNSAFE, 2),
    (Observation.feeling == Feeling.SAFE, 1),
)
_FEELINGS = {3: Feeling.VERY_UNSAFE, 2: Feeling.SOMEWHAT_UNSAFE, 1: Feeling.SAFE}


def _lines(where: Sequence[sa.ColumnElement[bool]]) -> sa.Select[*tuple[Any, ...]]:
    f, before = sa.func, aliased(Action)
    # A phone that has been forgotten counts as somebody of its own: better one too many than a crowd unseen.
    walker = sa.func.coalesce(Observation.sign_in_id, Observation.id)
    seen = (
        sa.select(
            ActionObservation.action_id,
            f.count(f.distinct(Observation.id)).label("seen"),
            f.count(f.distinct(walker)).label("walkers"),
            f.max(_UNSAFE).label("unsafe"),
            f.sum(sa.case((Observation.light == Light.DARK, 1), else_=0)).label("dark"),
            f.min(Observation.observed_at).label("first_seen"),
            f.max(Observation.observed_at).label("last_seen"),
        )
        .join(Observation)
        .where(ActionObservation.action_id.in_(sa.select(Action.id).where(*where)))
        .group_by(ActionObservation.action_id)
        .subquery()
    )
    a = Action
    return (
        sa.select(
            a.id, a.number, a.kind, a.theme, a.title, a.place, a.lat, a.lon, a.promise_id, a.unit_id, a.state,
            a.confirmed, a.due, a.cost_class, a.estimate, a.wait_until, a.forwarded_to, a.done_on, a.before_id,
            a.override, a.version, a.created_at, a.updated_at, a.closed_at,
            District.name.label("district"), District.slug.label("district_slug"), Unit.name.label("unit"),
            Promise.number.label("promise_number"), Promise.text.label("promise_text"), Pledge.title.label("pledge"),
            before.number.label("before_number"), before.state.label("before_state"),
            seen.c.seen, seen.c.walkers, seen.c.unsafe, seen.c.dark, seen.c.first_seen, seen.c.last_seen,
        )
        .outerjoin(seen, seen.c.action_id == a.id)
        .outerjoin(District, District.id == a.district_id)
        .outerjoin(Unit, Unit.id == a.unit_id)
        .outerjoin(Promise, Promise.id == a.promise_id)
        .outerjoin(Pledge, Pledge.id == Promise.pledge_id)
        .outerjoin(before, before.id == a.before_id)
        .where(*where)
    )  # fmt: skip


def _photos(db: Session, where: Sequence[sa.ColumnElement[bool]]) -> dict[UUID, tuple[UUID, ...]]:
    found: dict[UUID, dict[UUID, None]] = defaultdict(dict)
    rows = (
        sa.select(ActionObservation.action_id, Photo.id)
        .join(Action, Action.id == ActionObservation.action_id)
        .join(ObservationPhoto, ObservationPhoto.observation_id == ActionObservation.observation_id)
        .join(Photo, Photo.id == ObservationPhoto.photo_id)
        .where(*where)
        .order_by(ActionObservation.linked_at, ActionObservation.id, ObservationPhoto.position)
    )
    for action_id, photo_id in db.execute(rows):
        found[action_id][photo_id] = None
    return {action_id: tuple(photos) for action_id, photos in found.items()}


def _row(one: sa.Row[*tuple[Any, ...]], photos: tuple[UUID, ...], hides_lamp: bool, on: date) -> PlanRow:
    data = dict(one._mapping)
    before_number, before_state = data.pop("before_number"), data.pop("before_state")
    override, unsafe = data.pop("override"), data.pop("unsafe")
    data["feeling"] = _FEELINGS.get(unsafe or 0)
    data |= {"seen": data["seen"] or 0, "walkers": data["walkers"] or 0, "dark": data["dark"] or 0}
    before = f"Å-{before_number}" if before_number and before_state in OPEN else ""
    hides_lamp = hides_lamp and data["state"] in OPEN
    facts = Facts(
        data["state"], walkers=data["walkers"], feeling=data["feeling"], dark=bool(data["dark"]), hides_lamp=hides_lamp,
        after=before, promise=f"löfte {data['promise_number']}" if data["promise_number"] else "",
        first_seen=local_date(data["first_seen"]) if data["first_seen"] else None, due=data["due"],
        wait_until=data["wait_until"], override=override,
    )  # fmt: skip
    score, reasons = priority(facts, on)
    return PlanRow(
        **data, before=before, hides_lamp=hides_lamp, photo_ids=photos, score=score, reasons=reasons,
        rank=rank(facts, on), overdue=rules.overdue(data["due"], data["state"], on),
    )  # fmt: skip


def _sorted(rows: list[PlanRow], sort: Sort) -> list[PlanRow]:
    match sort:
        case Sort.DUE:
            return sorted(rows, key=lambda r: (r.state in CLOSED, r.due or date.max, -r.score, r.number))
        case Sort.NUMBER:
            return sorted(rows, key=lambda r: r.number)
        case Sort.PLACE:
            return sorted(rows, key=lambda r: (r.place == "", r.place.casefold(), r.number))
        case Sort.STATE:
            return sorted(rows, key=lambda r: (list(State).index(r.state), -r.score, r.number))
    return _bush_first(sorted(rows, key=lambda r: (r.rank, -r.score, r.number)))


def _bush_first(rows: list[PlanRow]) -> list[PlanRow]:
    """What must be done before another line stands right before it, unless it waits for something itself."""
    by_id = {row.id: row for row in rows}
    placed: dict[UUID, PlanRow] = {}
    for row in rows:
        first = by_id.get(row.before_id) if row.before and row.before_id else None
        if first and first.rank <= row.rank:
            placed.setdefault(first.id, first)
        placed.setdefault(row.id, row)
    return list(placed.values())


class Summary(NamedTuple):
    """A district's plan in figures; `district` none: outside all districts."""

    district_id: UUID | None
    slug: str | None
    name: str
    open: int
    overdue: int
    proposed: int
    done: int
    verified: int
    declined: int
    first: PlanRow | None


def summaries(db: Session, actor: Actor) -> list[Summary]:
    """Every district in use, also one without actions; what lies outside comes last, if there is any."""
    by_district: dict[str | None, list[PlanRow]] = defaultdict(list)
    for row in plan(db, actor):
        by_district[row.district_slug].append(row)
    areas = db.execute(
        sa.select(District.id, District.slug, District.name)
        .where(sa.or_(District.retired_at.is_(None), District.slug.in_([slug for slug in by_district if slug])))
        .order_by(District.sort, District.slug)
    ).all()
    found = [summary(by_district.get(slug, []), id, slug, name) for id, slug, name in areas]
    outside = by_district.get(None)
    return [*found, summary(outside, None, None, "Utanför områdena")] if outside else found


def summary(rows: Sequence[PlanRow], district_id: UUID | None, slug: str | None, name: str) -> Summary:
    states = Counter(row.state for row in rows)
    opened = [row for row in rows if row.state in OPEN]
    return Summary(
        district_id, slug, name, len(opened), sum(row.overdue for row in rows), states[State.PROPOSED],
        # What is verified was done first: it is part of both figures, and stands apart too.
        states[State.DONE] + states[State.VERIFIED], states[State.VERIFIED], states[State.DECLINED],
        opened[0] if opened else None,
    )  # fmt: skip
