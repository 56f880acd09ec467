"""Verbs of the walk leader, and the one of the phone: join."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any
from uuid import UUID

import sqlalchemy as sa
from sqlalchemy.orm import Session

from walkapp.accounts import service as accounts
from walkapp.core.actor import Actor
from walkapp.core.clock import now
from walkapp.core.errors import Conflict, Gone, Invalid, NotFound
from walkapp.core.text import line

from . import policy, rules
from .models import Stop, Walk
from .rules import Light, StopLine, WalkState


def plan(
    db: Session, actor: Actor, *, title: str, starts_at: datetime, district_id: UUID | None, light: Light,
    meeting_place: str = "", expected_walkers: int | None = None, stops: Sequence[StopLine | dict[str, Any]] = (),
) -> Walk:  # fmt: skip
    """A new walk with a code of its own; phones can join when it is opened."""
    policy.ensure_leader(actor)
    walk = Walk(code=_free_code(db), state=WalkState.PLANNED, created_at=now(), created_by=actor.user_id)
    change_plan(
        db, actor, walk, title=title, starts_at=starts_at, district_id=district_id, light=light,
        meeting_place=meeting_place, expected_walkers=expected_walkers,
    )  # fmt: skip
    route = [StopLine(s["name"], s.get("lat"), s.get("lon")) if isinstance(s, dict) else s for s in stops or ()]
    lay_route(db, actor, walk, route)
    db.add(walk)
    db.flush()
    return walk


def change_plan(
    db: Session, actor: Actor, walk: Walk, *, title: str, starts_at: datetime, district_id: UUID | None, light: Light,
    meeting_place: str, expected_walkers: int | None,
) -> Walk:  # fmt: skip
    policy.ensure_leader(actor)
    title = line(title, limit=120)
    if not title:
        raise Invalid("Ge vandringen ett namn.", {"title": "Ge vandringen ett namn."})
    walk.title, walk.starts_at, walk.district_id, walk.light = title, starts_at, district_id, light
    walk.meeting_place, walk.expected_walkers = line(meeting_place, limit=200), expected_walkers
    return walk


def lay_route(db: Session, actor: Actor, walk: Walk, route: list[StopLine]) -> None:
    """The stops, in order. One that stays keeps its id, and so the observations that were made at it.

    Once phones may have joined they know the stops by number: then a stop can get another name or place, and new ones
    can come last. Raises Invalid for anything else.
    """
    policy.ensure_leader(actor)
    if walk.opened_at:
        _ensure_numbers_hold(walk.stops, route)
    for stop, wanted in zip(walk.stops, route, strict=False):
        stop.name, stop.lat, stop.lon = line(wanted.name, limit=120), wanted.lat, wanted.lon
    del walk.stops[len(route) :]
    for number, wanted in enumerate(route[len(walk.stops) :], start=len(walk.stops) + 1):
        walk.stops.append(Stop(number=number, name=line(wanted.name, limit=120), lat=wanted.lat, lon=wanted.lon))


def _ensure_numbers_hold(stops: list[Stop], route: list[StopLine]) -> None:
    names = [wanted.name for wanted in route]
    moved = any(stop.name in names and names[at] != stop.name for at, stop in enumerate(stops[: len(names)]))
    if moved or len(names) < len(stops):
        sentence = (
            "Vandringen har öppnat och telefonerna känner stoppen vid deras nummer."
            " Byt namn på dem, eller lägg nya sist; ingen kan tas bort eller flyttas."
        )
        raise Invalid(sentence, {"stops": sentence})


def take_to(db: Session, actor: Actor, walk: Walk, to: WalkState) -> Walk:
    """Open or close the walk, or open it again. Asked twice, it is done once."""
    policy.ensure_leader(actor)
    if to is walk.state:
        return walk
    if to not in rules.TRANSITIONS[walk.state]:
        raise Conflict(
            "Vandringen har inte öppnat än." if walk.state is WalkState.PLANNED else "Vandringen har redan öppnat."
        )
    walk.state = to
    if to is WalkState.OPEN:
        walk.opened_at, walk.closed_at = walk.opened_at or now(), None
    else:
        walk.closed_at = now()
    return walk


def find_open(db: Session, code: str) -> Walk:
    """The walk that a code leads to. Raises NotFound for a wrong code, Conflict or Gone when it is not open."""
    try:
        code = rules.read_code(code)
    except Invalid as error:
        raise NotFound(error.sentence) from None
    walk = db.scalar(sa.select(Walk).where(Walk.code == code))
    if walk is None:
        raise NotFound("Det finns ingen vandring med den koden. Kontrollera bokstäverna.")
    if walk.state is WalkState.PLANNED:
        raise Conflict("Vandringen har inte öppnat än. Försök igen när ledaren säger till.")
    if walk.state is WalkState.CLOSED:
        raise Gone("Vandringen är avslutad. Tack för att ni gick!")
    return walk


def join(db: Session, walk: Walk, *, days: int) -> tuple[Actor, str]:
    """A phone joins; nothing is asked of its holder. Returns who it now is, and its token."""
    signed_in, token = accounts.start_walking(db, walk.id, days=days)
    return accounts.walker(signed_in), token


def _free_code(db: Session) -> str:
    while True:
        code = rules.new_code()
        if not db.scalar(sa.select(Walk.id).where(Walk.code == code)):
            return code
