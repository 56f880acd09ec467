"""A demo with a past: three finished walks over three seasons and one that is open now, told through the services."""

import random
from collections.abc import Iterable
from datetime import datetime, time, timedelta
from typing import Any, NamedTuple
from uuid import UUID, uuid5

import shapely
import sqlalchemy as sa
from sqlalchemy.orm import Session

import walkapp.wiring  # noqa: F401  an observation of the demo leads to an action as any other
from walkapp.accounts import service as accounts
from walkapp.accounts.models import Unit, User
from walkapp.actions import service as actions
from walkapp.actions.models import Action, ActionObservation
from walkapp.actions.rules import DeclineReason, State, moves
from walkapp.config import Settings
from walkapp.core.actor import SYSTEM, Actor, Kind
from walkapp.core.clock import STOCKHOLM, now, pretend, today
from walkapp.core.db import new_id
from walkapp.core.geo import metres_per_degree
from walkapp.core.permissions import Role
from walkapp.districts.models import District
from walkapp.observations import service as observations
from walkapp.observations.forms import ObservationIn
from walkapp.observations.models import Observation
from walkapp.observations.rules import light_at
from walkapp.photos import service as photos
from walkapp.photos.scenes import draw_scene
from walkapp.photos.storage import FolderStorage
from walkapp.promises.rules import Theme
from walkapp.walks import service as walks
from walkapp.walks.models import Walk
from walkapp.walks.rules import Light, WalkState

from .foundation import content

DEMO_PEOPLE = {person["role"]: person["email"] for person in content()["people"]}

# What a move asks for, in the words of the demo's people.
_WITH: dict[State, dict[str, Any]] = {
    State.RECEIVED: {"note": "Vi har tagit emot det."},
    State.EXAMINED: {"note": "Vi tittar på platsen."},
    State.PLANNED: {"note": "Inlagt i veckoplanen."},
    State.ONGOING: {"note": "Arbetet har börjat."},
    State.DONE: {"note": "Klart på plats."},
    State.FORWARDED: {"to_whom": "Trafikverket", "note": "Vägen är statlig."},
    State.AWAITS_SEASON: {"note": "Vi väntar till oktober, då gallrar vi."},
    State.AWAITS_DECISION: {"decision": "Nämnden, investeringsbudgeten", "note": "Kantstenen kräver ombyggnad."},
    State.DECLINED: {"reason": DeclineReason.NOT_OURS, "note": "Mopeder på gångväg är en fråga för polisen."},
    State.REOPENED: {"note": "Trappan var hal igen efter nästa lövfall."},
    State.VERIFIED: {"note": "Återvandring i mörker: båda armaturerna lyser."},
}  # fmt: skip


class Scene(NamedTuple):
    """A spot of the demo, and when somebody first stood there."""

    spot: dict[str, Any]
    at: datetime
    observations: list[Observation]


def grow_demo(db: Session, settings: Settings) -> None:
    """Everything that happened in the demo, in the order in which it happened."""
    chance = random.Random(1881)
    staff = {person["role"]: _person(db, person) for person in content()["people"]}
    storage = FolderStorage(settings.photos)
    later: list[tuple[datetime, Scene, State]] = []
    for plan in content()["walks"]:
        start = datetime.combine(today() - timedelta(days=plan["days_ago"]), time(plan["hour"]), STOCKHOLM)
        start = min(start, now() - timedelta(minutes=50))
        for scene in _walk(db, settings, storage, chance, plan, start, staff["leader"]):
            fate = [*scene.spot.get("fate", ()), *([[52, "verifierad"]] if scene.spot.get("verdict") else ())]
            later += [(scene.at + timedelta(days=days, hours=-4), scene, State(state)) for days, state in fate]
    for at, scene, state in sorted(later, key=lambda one: one[0]):
        if at < now():
            with pretend(at):
                _move(db, staff["leader" if state is State.VERIFIED else "staff"], scene, state)


def _person(db: Session, person: dict[str, Any]) -> Actor:
    units = list(db.scalars(sa.select(Unit).where(Unit.slug.in_(person.get("units", ())))))
    with pretend(now() - timedelta(days=300)):
        user: User = accounts.add_user(
            db, SYSTEM, email=person["email"], name=person["name"], role=Role(person["role"]), units=units
        )
    return Actor(Kind.USER, name=user.name, user_id=user.id, role=user.role)


def _walk(
    db: Session, settings: Settings, storage: FolderStorage, chance: random.Random, plan: dict[str, Any],
    start: datetime, leader: Actor,
) -> Iterable[Scene]:  # fmt: skip
    district = db.scalars(sa.select(District).where(District.slug == plan["district"])).one()
    middle = shapely.from_geojson(district.geometry).representative_point()
    north, east = metres_per_degree(middle.y)

    def place(metres: list[int]) -> tuple[float, float]:
        return middle.y + metres[1] / north, middle.x + metres[0] / east

    at_stop = {spot["stop"]: place(spot["at"]) for spot in plan["spots"] if "stop" in spot}
    stops = [
        {"name": name, "lat": at_stop.get(number, (None, None))[0], "lon": at_stop.get(number, (None, None))[1]}
        for number, name in enumerate(plan["stops"], start=1)
    ]
    # The walk that is open now is as light as it is now.
    light = light_at(start, middle.y, middle.x) if plan["light"] == "sol" else Light(plan["light"])
    with pretend(start - timedelta(days=14)):
        walk = walks.plan(
            db, leader, title=plan["title"], starts_at=start, district_id=district.id, light=light,
            meeting_place=plan["meeting_place"], expected_walkers=plan["walkers"], stops=stops,
        )  # fmt: skip
    with pretend(start):
        walks.take_to(db, leader, walk, WalkState.OPEN)
        phones = [walks.join(db, walk, days=settings.walk_token_days)[0] for _ in range(plan["walkers"])]
    db.flush()
    scenes = [
        _stand_at(
            db,
            settings,
            storage,
            chance,
            walk,
            spot,
            place(spot["at"]),
            start + timedelta(minutes=5 + 5 * number),
            phones,
        )
        for number, spot in enumerate(plan["spots"])
    ]
    if plan["days_ago"]:
        with pretend(start + timedelta(hours=2)):
            walks.take_to(db, leader, walk, WalkState.CLOSED)
    return scenes


def _stand_at(
    db: Session, settings: Settings, storage: FolderStorage, chance: random.Random, walk: Walk, spot: dict[str, Any],
    place: tuple[float, float], at: datetime, phones: list[Actor],
) -> Scene:  # fmt: skip
    """Each sentence about a spot comes from a phone of its own, a few metres away; the first may have a photo."""
    north, east = metres_per_degree(place[0])
    seen = []
    for number, (words, phone) in enumerate(zip(spot["says"], chance.sample(phones, len(spot["says"])), strict=True)):
        with pretend(at + timedelta(seconds=40 * number)):
            photo = _photo(db, settings, storage, phone, spot, walk) if spot.get("photo") and number == 0 else None
            said = ObservationIn.model_validate(
                {
                    "themes": spot["themes"], "text": words, "place": spot["place"], "feeling": spot["feeling"],
                    "lat": place[0] + chance.gauss(0, 3) / north, "lon": place[1] + chance.gauss(0, 3) / east,
                    "accuracy_m": chance.choice([5, 6, 8, 12]), "light": walk.light, "stop": spot.get("stop"),
                    "observed_at": now(), "photos": [photo] if photo else [],
                }
            )  # fmt: skip
            seen.append(observations.file_observation(db, phone, new_id(), said).observation)
    return Scene(spot, at, seen)


def _photo(
    db: Session, settings: Settings, storage: FolderStorage, phone: Actor, spot: dict[str, Any], walk: Walk
) -> UUID:
    theme = Theme.of(spot["themes"][0])
    picture = draw_scene(theme.value, len(spot["place"]), walk.light is Light.DARK)
    return photos.keep_photo(
        db, storage, phone, uuid5(walk.id, spot["place"]), picture, pixels=settings.photo_max_pixels
    )[0].id


def _move(db: Session, actor: Actor, scene: Scene, to: State) -> None:
    """Take what a spot led to onwards. A camera need is assessed, and goes no further in the demo."""
    ids = [one.id for one in scene.observations]
    found = sa.select(Action).join(ActionObservation).where(ActionObservation.observation_id.in_(ids)).distinct()
    for action in db.scalars(found.order_by(Action.number)):
        if to in moves(action.kind, action.state):
            extra: dict[str, Any] = {"done_on": today()} if to is State.DONE else {}
            actions.move(db, actor, action, to, **_WITH[to], **extra)
