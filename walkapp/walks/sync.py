"""The phone joins a walk."""

from uuid import UUID

from flask import Blueprint, Response, jsonify, request
from pydantic import BaseModel

from walkapp.core.errors import Invalid
from walkapp.core.schema import read
from walkapp.web import public, session, settings
from walkapp.web.limits import guesses
from walkapp.web.openapi import described

from . import service
from .forms import JoinIn
from .models import Walk
from .rules import Light

bp = Blueprint("walks_api", __name__, url_prefix="/api/v1")


LARGEST_JSON = 1_000_000


class JoinedStop(BaseModel):
    number: int
    name: str
    lat: float | None
    lon: float | None


class JoinedDistrict(BaseModel):
    slug: str
    name: str


class JoinedWalk(BaseModel):
    """What the phone must know of the walk when it has no coverage."""

    id: UUID
    title: str
    code: str
    starts_at: str
    light: Light
    district: JoinedDistrict | None
    stops: list[JoinedStop]


class Joined(BaseModel):
    """The token goes into `Authorization: Bearer` of every later call."""

    token: str
    walk: JoinedWalk


@bp.post("/join")
@public
@guesses
@described("join", body=JoinIn, answers={200: Joined}, refuses=(404, 409, 410, 422, 429))
def join() -> Response:
    """A code for a token, and what the phone must know of the walk when it has no coverage."""
    request.max_content_length = LARGEST_JSON
    try:
        body = request.get_json(silent=True)
    except RecursionError:  # a thousand brackets
        body = None
    if not isinstance(body, dict):
        raise Invalid('Skicka vandringskoden som JSON: {"code": "ABCDEF"}.')
    walk = service.find_open(session(), read(JoinIn, body).code)
    _actor, token = service.join(session(), walk, days=settings().walk_token_days)
    return jsonify(Joined(token=token, walk=describe(walk)).model_dump(mode="json"))


def describe(walk: Walk) -> JoinedWalk:
    district = walk.district
    return JoinedWalk(
        id=walk.id,
        title=walk.title,
        code=walk.code,
        starts_at=walk.starts_at.isoformat(),
        light=walk.light,
        district=JoinedDistrict(slug=district.slug, name=district.name) if district else None,
        stops=[JoinedStop(number=s.number, name=s.name, lat=s.lat, lon=s.lon) for s in walk.stops],
    )
