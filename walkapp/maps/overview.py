"""The districts with their numbers as a still picture: what is on the map where no script runs."""

from collections.abc import Iterable, Mapping
from typing import Any, NamedTuple

from walkapp.core.mercator import grid

from .outlines import Outlines

WIDTH = 800


#: Room that a number needs, so that two never lie on each other; the table below the picture has them all.
ACROSS, DOWN = 48, 24


class Area(NamedTuple):
    """A district on the picture: its outline as an SVG path, and where its name and number stand, if there is room."""

    name: str
    seen: int
    path: str
    x: float
    y: float
    written: bool


class Picture(NamedTuple):
    width: int
    height: int
    areas: list[Area]


def picture(outlines: Outlines, counts: Mapping[str, int]) -> Picture:
    """`counts` by slug."""
    features = outlines.features["features"]
    corners = [grid(lat, lon) for feature in features for ring in _rings(feature["geometry"]) for lon, lat in ring]
    if not corners:
        return Picture(WIDTH, WIDTH // 2, [])
    left, top = min(x for x, _ in corners), min(y for _, y in corners)
    across, down = max(x for x, _ in corners) - left, max(y for _, y in corners) - top
    scale = WIDTH / max(across, 1)

    def at(lon: float, lat: float) -> tuple[float, float]:
        x, y = grid(lat, lon)
        return round((x - left) * scale, 1), round((y - top) * scale, 1)

    areas: list[Area] = []
    for feature in features:
        said = feature["properties"]
        path = "".join(_path(at(*corner) for corner in ring) for ring in _rings(feature["geometry"]))
        x, y = at(*said["label"])
        free = not any(a.written and abs(a.x - x) < ACROSS and abs(a.y - y) < DOWN for a in areas)
        areas.append(Area(said["name"], counts.get(said["slug"], 0), path, x, y, free))
    return Picture(WIDTH, round(down * scale), areas)


def _path(corners: Iterable[tuple[float, float]]) -> str:
    return "M" + "L".join(f"{x} {y}" for x, y in corners) + "Z"


def _rings(geometry: dict[str, Any]) -> Iterable[list[list[float]]]:
    polygons = [geometry["coordinates"]] if geometry["type"] == "Polygon" else geometry["coordinates"]
    return (ring for polygon in polygons for ring in polygon)
