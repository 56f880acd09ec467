"""Verbs of the walk leader, and the one of the phone: join."""

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
from .rules import Light, WalkState


def plan(
    db: Session, actor: Actor, *, title: str, starts_at: datetime, district_id: UUID | None, light: Light,
    meeting_place: str = "", expected_walkers: int | None = None, stops: list[dict[str, Any]] | None = None,
) -> Walk:  # fmt: skip
    """A new walk with a code of its own; phones can join when it is opened."""
    policy.ensure_leader(actor)
    walk = Walk(code=_free_code(db), created_at=now(), created_by=actor.user_id)
    change_plan(
        db, actor, walk, title=title, starts_at=starts_at, district_id=district_id, light=light,
        meeting_place=meeting_place, expected_walkers=expected_walkers,
    )  # fmt: skip
    db.add(walk)
    for number, stop in enumerate(stops or [], start=1):
        walk.stops.append(Stop(number=number, name=line(stop["name"], limit=120), lat=stop.get("lat"), lon=stop.get("lon")))
    db.flush()
    return walk


def change_plan(
    db: Session, actor: Actor, walk: Walk, *, title: str, starts_at: datetime, district_id: UUID | None, light: Light,
    meeting_place: str, expected_walkers: int | None,
) -> Walk:  # fmt: skip
    policy.ensure_leader(actor)
    walk.title = line(title, limit=120)
    if not walk.title:
        raise Invalid("Ge vandringen ett namn.", {"title": "Ge vandringen ett namn."})
    walk.starts_at, walk.district_id, walk.light = starts_at, district_id, light
    walk.meeting_place, walk.expected_walkers = line(meeting_place, limit=200), expected_walkers
    return walk


def name_stops(db: Session, actor: Actor, walk: Walk, names: list[str]) -> None:
    """The route as a list of names, in order. A stop that is still there keeps its id and so its observations."""
    policy.ensure_leader(actor)
    names = [name for name in (line(n, limit=120) for n in names) if name]
    for stop, name in zip(walk.stops, names, strict=False):
        stop.name = name
    del walk.stops[len(names) :]
    for number in range(len(walk.stops) + 1, len(names) + 1):
        walk.stops.append(Stop(number=number, name=names[number - 1]))


def take_to(db: Session, actor: Actor, walk: Walk, to: WalkState) -> Walk:
    """Open or close the walk, or open it again."""
    policy.ensure_leader(actor)
    if to not in rules.TRANSITIONS[walk.state]:
        raise Conflict(f"Vandringen är {walk.state.label} och kan inte bli {to.label}.")
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
