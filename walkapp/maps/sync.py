"""What the map view draws, as GeoJSON."""

from typing import Any

import geojson
from flask import Blueprint, Response, request
from pydantic import BaseModel

from walkapp.core.permissions import Permission
from walkapp.web import current_actor, requires, session
from walkapp.web.openapi import USER, described

from . import features, queries
from .forms import MapQuestion

bp = Blueprint("maps_api", __name__, url_prefix="/api/v1")


class MapAnswer(BaseModel):
    """A GeoJSON FeatureCollection.

    A feature with `properties.cluster` stands for so many observations in one square of the zoom's grid (`themes`: how
    many of each leading theme; `box`: west, south, east, north of them); every other feature is one observation.
    """

    type: str
    features: list[dict[str, Any]]
    bbox: list[float]
    zoom: int
    #: Observations in the box, and the newest of them as features of their own.
    total: int
    rows: list[dict[str, Any]]


@bp.get("/map")
@requires(Permission.VIEW_MAP)
@described("map", by=USER, query=MapQuestion, answers={200: MapAnswer}, refuses=(401, 403, 422), geojson=True)
def show() -> Response:
    """Clusters or points in a view, and the newest rows for a list beside it; filters as on the page."""
    db, actor = session(), current_actor()
    asked = MapQuestion.of(request.args)
    box = asked.bbox
    wanted = asked.model_copy(update={"bbox": None})
    where = queries.scope(db, actor, wanted)
    drawn = queries.drawn(db, actor, wanted, where, box, asked.zoom)
    beside = queries.beside(db, actor, wanted, [*where, *queries.inside(box)])
    body = features.collection(drawn, bbox=list(box), **features.listed(beside))
    return Response(geojson.dumps(body, ensure_ascii=False, separators=(",", ":")), mimetype="application/geo+json")
