"""The phone joins a walk."""

from typing import Any

from flask import Blueprint, Response, jsonify, request

from walkapp.core.errors import Invalid
from walkapp.core.schema import read
from walkapp.web import public, session, settings
from walkapp.web.limits import guesses

from . import service
from .forms import JoinIn
from .models import Walk

bp = Blueprint("walks_api", __name__, url_prefix="/api/v1")


@bp.post("/join")
@public
@guesses
def join() -> Response:
    """A code for a token, and what the phone must know of the walk when it has no coverage."""
    body = request.get_json(silent=True)
    if not isinstance(body, dict):
        raise Invalid('Skicka vandringskoden som JSON: {"code": "ABCDEF"}.')
    walk = service.find_open(session(), read(JoinIn, body).code)
    _actor, token = service.join(session(), walk, days=settings().walk_token_days)
    return jsonify(token=token, walk=describe(walk))


def describe(walk: Walk) -> dict[str, Any]:
    district = walk.district
    return {
        "id": str(walk.id),
        "title": walk.title,
        "code": walk.code,
        "starts_at": walk.starts_at.isoformat(),
        "light": walk.light.value,
        "district": {"slug": district.slug, "name": district.name} if district else None,
        "stops": [{"number": s.number, "name": s.name, "lat": s.lat, "lon": s.lon} for s in walk.stops],
    }
