"""Verbs about observations: file one; file them all again when the districts change."""

import secrets
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from typing import NamedTuple
from uuid import UUID

import sqlalchemy as sa
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Session

from walkapp.core.actor import Actor, Kind
from walkapp.core.clock import local_date, now
from walkapp.core.errors import Conflict, Forbidden, Gone
from walkapp.core.mercator import map_key
from walkapp.districts.queries import district_at
from walkapp.photos.models import Photo
from walkapp.promises.queries import promise_for
from walkapp.walks.models import Stop, Walk
from walkapp.walks.rules import Light

from . import rules
from .forms import ObservationIn
from .models import Observation, ObservationPhoto, ObservationTheme
from .rules import DistrictFlag

RECEIPT_LETTERS = "ACEFGHJKMNPRTWXY34679"
CLOCK_SLACK = timedelta(minutes=5)
# Nobody walked with this service then: a phone that says so has lost its clock.
NO_CLOCK_BEFORE = datetime(2010, 1, 1, tzinfo=UTC)

# What else happens, in the same transaction, when an observation is filed: features to the right add themselves in
# `app.py`, since this one must not know them.
ON_FILED: list[Callable[[Session, Observation], object]] = []


class Filed(NamedTuple):
    observation: Observation
    new: bool


def file_observation(db: Session, actor: Actor, id: UUID, said: ObservationIn) -> Filed:
    """Keep what a walker saw, once, however often it is sent.

    Raises Conflict when `id` is taken by something else, Gone for what was seen after the walk had closed.
    """
    if actor.kind is not Kind.WALKER or actor.walk_id is None:
        raise Forbidden("Gå med i vandringen först.")
    known = db.get(Observation, id)
    if known is not None:
        return Filed(_same(known, actor, said), new=False)
    observation = _write(db, actor, id, said)
    try:
        with db.begin_nested():
            db.add(observation)
            db.flush()
    except IntegrityError:  # the same phone sent it twice at the same time, and the other one won
        return Filed(_same(db.get_one(Observation, id, populate_existing=True), actor, said), new=False)
    for also in ON_FILED:
        also(db, observation)
    return Filed(observation, new=True)


def _same(known: Observation, actor: Actor, said: ObservationIn) -> Observation:
    if known.walk_id != actor.walk_id or known.content_hash != said.content_hash():
        raise Conflict("En annan iakttagelse har redan detta id. Ingenting har skrivits över.")
    # A phone whose token ran out joins again and sends what it still has: whoever has id and content wrote it.
    known.sign_in_id = actor.sign_in_id
    return known


def _write(db: Session, actor: Actor, id: UUID, said: ObservationIn) -> Observation:
    received = now()
    seen = _seen_at(said, received)
    walk = db.get_one(Walk, actor.walk_id)
    if walk.closed_at and seen > walk.closed_at:
        raise Gone("Vandringen är avslutad och tar inte emot mer. Säg till ledaren om något saknas.")
    stop = _stop(db, walk, said)
    lat, lon = (said.lat, said.lon) if said.lat is not None else (stop.lat, stop.lon) if stop else (None, None)
    observation = Observation(
        id=id,
        walk_id=walk.id,
        sign_in_id=actor.sign_in_id,
        receipt=new_receipt(),
        content_hash=said.content_hash(),
        text=said.text,
        feeling=said.feeling,
        light=said.light or _light(seen, lat, lon, walk),
        lat=lat,
        lon=lon,
        accuracy_m=said.accuracy_m or rules.USUAL_ACCURACY.get(said.method),
        place_method=said.method,
        # A stop that the walk does not have is still what the walker said.
        place=said.place or (f"Stopp {said.stop}" if said.stop and not stop else ""),
        stop_id=stop.id if stop else None,
        observed_at=seen,
        received_at=received,
    )
    place_in_district(db, observation)
    for position, theme in enumerate(said.themes):
        promise = promise_for(db, theme, local_date(seen))
        promise_id = promise.id if promise else None
        observation.themes.append(ObservationTheme(theme=theme, position=position, promise_id=promise_id))
    of_others = sa.and_(Photo.id.in_(said.photos), Photo.walk_id != actor.walk_id)
    strangers = set(db.scalars(sa.select(Photo.id).where(of_others)))
    for position, photo_id in enumerate(dict.fromkeys(said.photos)):
        if photo_id not in strangers:
            observation.photo_links.append(ObservationPhoto(photo_id=photo_id, position=position))
    return observation


def _seen_at(said: ObservationIn, received: datetime) -> datetime:
    """The phone's time where it can be true. One that is ahead has seen nothing in the future."""
    seen = said.observed_at
    return min(seen, received) if seen and NO_CLOCK_BEFORE <= seen <= received + CLOCK_SLACK else received


def _stop(db: Session, walk: Walk, said: ObservationIn) -> Stop | None:
    if said.stop is None:
        return None
    return db.scalar(sa.select(Stop).where(Stop.walk_id == walk.id, Stop.number == said.stop))


def _light(seen: datetime, lat: float | None, lon: float | None, walk: Walk) -> Light:
    """By the sun at the place; without one where the walk is, which is what the phone's form shows."""
    if lat is None or lon is None:
        if walk.district is None:
            return walk.light
        lat, lon = walk.district.middle
    return rules.light_at(seen, lat, lon)


def place_in_district(db: Session, observation: Observation) -> None:
    """File under the district that the position lies in. Without a position, the walk's district is the best guess."""
    if observation.lat is None or observation.lon is None:
        walk = db.get_one(Walk, observation.walk_id)
        observation.district_id, observation.district_flag = walk.district_id, DistrictFlag.NONE
        observation.map_key = None
        return
    filing = district_at(db, observation.lat, observation.lon)
    observation.district_id = filing.district.id if filing.district else None
    observation.district_flag = DistrictFlag(filing.flag)
    observation.map_key = map_key(observation.lat, observation.lon)


def refile(db: Session) -> int:
    """File every observation anew, after the districts were replaced. Returns how many changed their district."""
    moved = 0
    for observation in db.scalars(sa.select(Observation).execution_options(yield_per=1000)):
        before = observation.district_id
        place_in_district(db, observation)
        moved += observation.district_id != before
    return moved


def new_receipt() -> str:
    """Twelve signs without lookalikes, in groups of four: 52 bits, and still copied by hand from a slip of paper."""
    signs = "".join(secrets.choice(RECEIPT_LETTERS) for _ in range(12))
    return "-".join((signs[:4], signs[4:8], signs[8:]))
