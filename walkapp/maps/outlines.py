"""The districts as the map draws them: thinned out together, so that neighbours keep one border."""

import json
from threading import Lock
from typing import Any, NamedTuple
from uuid import UUID

import shapely
import sqlalchemy as sa
from sqlalchemy.orm import Session

from walkapp.districts.models import District
from walkapp.districts.queries import IN_USE, all_districts

#: Degrees: 11 m north, 6 m east at 59° N; less than two pixels at zoom 14, and a fifth of the bytes.
TOLERANCE = 0.0001
DECIMALS = 5


class Outlines(NamedTuple):
    """`features` is a GeoJSON FeatureCollection: slug, name and where to write it; `sources` are the districts' own."""

    features: dict[str, Any]
    approximate: bool
    sources: list[str]


# By the versions of the districts in it, which change with every change.
_drawn: dict[tuple[UUID, ...], Outlines] = {}
_lock = Lock()
_MOST = 4


def outlines(db: Session) -> Outlines:
    key = tuple(db.scalars(sa.select(District.version).where(IN_USE).order_by(District.sort, District.slug)))
    found = _drawn.get(key)
    if found is None:
        found = _draw(db)
        with _lock:
            while len(_drawn) >= _MOST:
                _drawn.pop(next(iter(_drawn)))
            _drawn[key] = found
    return found


def _draw(db: Session) -> Outlines:
    districts = all_districts(db)
    shapes = shapely.from_geojson([district.geometry for district in districts])
    # Only borders that several share are safe to thin out: what is no coverage (overlaps, gaps) stays as it is.
    if len(shapes) and shapely.coverage_is_valid(shapes):
        shapes = shapely.coverage_simplify(shapes, TOLERANCE)
    features = [
        {
            "type": "Feature",
            "geometry": _rounded(shape),
            "properties": {"slug": district.slug, "name": district.name, "label": _label(shape)},
        }
        for district, shape in zip(districts, shapes, strict=True)
    ]
    return Outlines(
        {"type": "FeatureCollection", "features": features},
        any(district.approximate for district in districts),
        list(dict.fromkeys(district.source for district in districts if district.source)),
    )


def _rounded(shape: shapely.Geometry) -> dict[str, Any]:
    def short(coordinates: Any) -> Any:
        if isinstance(coordinates[0], float | int):
            return [round(number, DECIMALS) for number in coordinates]
        return [short(part) for part in coordinates]

    plain = json.loads(shapely.to_geojson(shape))
    return {"type": plain["type"], "coordinates": short(plain["coordinates"])}


def _label(shape: shapely.Geometry) -> list[float]:
    """The middle of the largest circle that fits: inside, and with room around it."""
    widest = max(shapely.get_parts(shape), key=lambda part: part.area)
    x, y = shapely.maximum_inscribed_circle(widest, tolerance=TOLERANCE).coords[0]
    return [round(x, DECIMALS), round(y, DECIMALS)]
