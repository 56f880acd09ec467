"""How the map gathers what was seen, and which words its filters know."""

from collections.abc import Iterable
from enum import StrEnum
from math import floor, log2

from walkapp.core.mercator import BITS, SIDE, Box, cells, grid

#: A world of zoom z is 256 · 2^z pixels wide: two levels finer, a cell is 64 px, room for a circle with a number.
CELLS_FINER_THAN_ZOOM = 2
MOST_ZOOM = 22

#: How far the page's map zooms out and in.
MIN_ZOOM, MAX_ZOOM = 8, 19

#: A view with more cells than this gets a coarser grid. 4K screens have 2,100.
MOST_CELLS = 4096

#: Widths and heights of the map on a usual phone and desk (static/css/map.css): for these the page brings its first
#: view along. Others draw the nearest one and ask.
SCREENS = ((328, 400), (816, 556))
#: Pixels left free around the box that the map opens on, and the steps of its zoom (render.py).
PADDING, ZOOM_STEP = 12, 0.25

#: Rows of the list beside the map.
ROWS_BESIDE = 20

#: Stands for the district of what was seen outside all of them, here and in the plan's address.
OUTSIDE = "utan-omrade"


class Progress(StrEnum):
    """What has come of an observation, where a single state would be too fine."""

    OPEN = "oppna"
    CLOSED = "avslutade"
    NONE = "utan"

    @property
    def label(self) -> str:
        return _PROGRESS[self]


_PROGRESS = {
    Progress.OPEN: "med öppen åtgärd",
    Progress.CLOSED: "alla åtgärder avslutade",
    Progress.NONE: "utan åtgärd",
}


def level_for(box: Box, zoom: int) -> int:
    """The level of the grid that a view is gathered by: 2^level cells on each side of the world."""
    level = min(zoom + CELLS_FINER_THAN_ZOOM, BITS)
    while level > 0:
        left, top, right, bottom = cells(box, level)
        if (right - left + 1) * (bottom - top + 1) <= MOST_CELLS:
            break
        level -= 1
    return level


def opening_zooms(box: Box, screens: Iterable[tuple[int, int]] = SCREENS) -> list[int]:
    """The grids that a map opening on a box asks for on usual screens, as Leaflet computes them, coarsest first."""
    west, south, east, north = box
    left, top = grid(north, west)
    right, bottom = grid(south, east)
    found = set()
    for width, height in screens:
        across, down = (max(side, 1) * 256 / SIDE for side in (right - left, bottom - top))
        scale = min((width - 2 * PADDING) / across, (height - 2 * PADDING) / down)
        zoom = floor(log2(scale) / ZOOM_STEP) * ZOOM_STEP
        found.add(min(max(floor(zoom + 0.5), MIN_ZOOM), MAX_ZOOM))
    return sorted(found)


def around(lat: float, lon: float, zoom: int) -> Box:
    """The box of a screen of 800 × 500 pixels or so around a position."""
    half = 360 * 400 / (256 * 2**zoom)
    return max(lon - half, -180), max(lat - half / 3, -85), min(lon + half, 180), min(lat + half / 3, 85)
