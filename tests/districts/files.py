"""GeoJSON files of districts for tests: squares in and around Kumla."""

import json
from typing import Any

Ring = list[list[float]]


def square(lon: float, lat: float, side: float = 0.01) -> Ring:
    """A square by its south-west corner, in degrees (or in metres, with a side in metres)."""
    return [[lon, lat], [lon + side, lat], [lon + side, lat + side], [lon, lat + side], [lon, lat]]


def feature(called: str | None, *rings: Ring, **properties: Any) -> dict[str, Any]:
    facts = ({"name": called} if called is not None else {}) | properties
    return {"type": "Feature", "properties": facts, "geometry": {"type": "Polygon", "coordinates": list(rings)}}


def collection(*features: Any, **members: Any) -> dict[str, Any]:
    return {"type": "FeatureCollection", "features": list(features)} | members


def text(*features: Any, **members: Any) -> str:
    return json.dumps(collection(*features, **members), ensure_ascii=False)


def crs(name: str) -> dict[str, Any]:
    return {"type": "name", "properties": {"name": name}}


HAGA = feature("Haga", square(15.13, 59.13), code="1")
MALMEN = feature("Malmen", square(15.14, 59.13), code="2")
