"""Text that wants to run: on the server as a template, in the browser as markup or script."""

from collections.abc import Callable
from dataclasses import dataclass

import sqlalchemy as sa
from sqlalchemy.orm import Session

from tests.actions.acts import action_of
from tests.make import KUMLA, make_observation, make_walk
from walkapp.accounts.models import Unit
from walkapp.districts.models import District
from walkapp.observations.models import Observation
from walkapp.promises.models import Promise

#: All of it in one, short enough for every field.
PAYLOAD = (
    "{{777*777}}{% for x in [1] %}€{% endfor %}${7*7}`${alert(1)}`"
    "</script><img src=x onerror=document.title='ägd'>'\"<!--"
)


@dataclass(frozen=True)
class Field:
    """A field of text that a person typed or imported: how to fill it, and where it is shown."""

    name: str
    fill: Callable[[Session, Observation], None]
    in_card: bool = True


def _set(model: type, column: str, of: Callable[[Observation], object]) -> Callable[[Session, Observation], None]:
    def fill(db: Session, seen: Observation) -> None:
        setattr(db.get_one(model, of(seen)), column, PAYLOAD)
        db.flush()

    return fill


def _action(db: Session, seen: Observation) -> None:
    action_of(db, seen).title = PAYLOAD
    db.flush()


def _unit(db: Session, seen: Observation) -> None:
    unit = db.scalars(sa.select(Unit).limit(1)).one()
    unit.name = PAYLOAD
    action_of(db, seen).unit_id = unit.id
    db.flush()


def _walk(db: Session, seen: Observation) -> None:
    seen.walk.title = PAYLOAD
    db.flush()


def _stop(db: Session, seen: Observation) -> None:
    assert seen.stop is not None
    seen.stop.name = PAYLOAD
    db.flush()


def _source(db: Session, seen: Observation) -> None:
    for district in db.scalars(sa.select(District)):
        district.source, district.approximate = PAYLOAD, False
    db.flush()


FIELDS = (
    Field("text", _set(Observation, "text", lambda seen: seen.id)),
    Field("place", _set(Observation, "place", lambda seen: seen.id)),
    Field("walk", _walk),
    Field("stop", _stop),
    Field("district", _set(District, "name", lambda seen: seen.district_id)),
    Field("source", _source, in_card=False),
    Field("promise", _set(Promise, "text", lambda seen: seen.themes[0].promise_id)),
    Field("action", _action),
    Field("unit", _unit, in_card=False),
)


def make_target(db: Session) -> Observation:
    """An observation that shows every one of the fields."""
    stops = [{"name": "Gångtunneln", "lat": KUMLA[0], "lon": KUMLA[1]}]
    return make_observation(db, "belysning", walk=make_walk(db, stops=stops), stop=1, place="Skolgatan")
