"""Web Mercator positions as Morton keys: one whole number that places a thing on every zoom's grid.

A key interleaves the x and y of the position, 28 bits each (0.15 m at the equator, 0.08 m in Sweden). The same key
shifted right by two bits is the square around it twice as large, so that grouping by `key >> shift` gives a map's cells
and a range of keys is one square of the map, however large.
"""

from math import atan, degrees, log, pi, radians, sinh, tan

BITS = 28
SIDE = 1 << BITS
#: Web Mercator is square: beyond this latitude there is no map.
MAX_LAT = 85.0511287798066

#: West, south, east, north in degrees WGS 84: the order of GeoJSON.
Box = tuple[float, float, float, float]

_SPREAD = (
    (16, 0x0000FFFF0000FFFF),
    (8, 0x00FF00FF00FF00FF),
    (4, 0x0F0F0F0F0F0F0F0F),
    (2, 0x3333333333333333),
    (1, 0x5555555555555555),
)


def _spread(n: int) -> int:
    for shift, mask in _SPREAD:
        n = (n | n << shift) & mask
    return n


def _gather(n: int) -> int:
    n &= 0x5555555555555555
    for shift, mask in ((1, 0x3333333333333333), (2, 0x0F0F0F0F0F0F0F0F), (4, 0x00FF00FF00FF00FF)):
        n = (n | n >> shift) & mask
    n = (n | n >> 8) & 0x0000FFFF0000FFFF
    return (n | n >> 16) & 0x00000000FFFFFFFF


def grid(lat: float, lon: float) -> tuple[int, int]:
    """Column and row of a position on the finest grid, counted from the north-west corner; outside is the edge."""
    lat = min(max(lat, -MAX_LAT), MAX_LAT)
    x = (lon + 180) / 360
    y = (1 - log(tan(pi / 4 + radians(lat) / 2)) / pi) / 2
    return min(max(int(x * SIDE), 0), SIDE - 1), min(max(int(y * SIDE), 0), SIDE - 1)


def map_key(lat: float, lon: float) -> int:
    """The Morton key of a position (degrees WGS 84): 56 bits, never negative."""
    x, y = grid(lat, lon)
    return _spread(x) | _spread(y) << 1


def position(key: int) -> tuple[float, float]:
    """Latitude and longitude of the middle of a key's finest square: the way back from `map_key`."""
    return _corner((_gather(key) + 0.5) / SIDE, (_gather(key >> 1) + 0.5) / SIDE)


def shift_for(level: int) -> int:
    """By how many bits a key is shifted to give its cell on a grid of 2^level × 2^level cells."""
    return 2 * (BITS - level)


def cells(box: Box, level: int) -> tuple[int, int, int, int]:
    """The first column, first row, last column and last row of a level's grid that a box touches."""
    west, south, east, north = box
    left, top = grid(north, west)
    right, bottom = grid(south, east)
    down = BITS - level
    return left >> down, top >> down, right >> down, bottom >> down


def whole_cells(box: Box, level: int) -> Box:
    """The box, grown to whole cells of a level's grid and by one more on each side."""
    left, top, right, bottom = cells(box, level)
    side = 1 << level
    north, west = _corner(max(left - 1, 0) / side, max(top - 1, 0) / side)
    south, east = _corner(min(right + 2, side) / side, min(bottom + 2, side) / side)
    return west, south, east, north


def _corner(x: float, y: float) -> tuple[float, float]:
    return degrees(atan(sinh(pi * (1 - 2 * y)))), x * 360 - 180


def runs(box: Box, *, most: int = 8) -> list[tuple[int, int]]:
    """The ranges of keys (first and last, both included) that cover a box, at most `most` of them.

    They may cover a little more than the box: the caller still compares latitude and longitude.
    """
    level, covered = 0, [(0, SIDE * SIDE - 1)]
    while level < BITS:
        level += 1
        left, top, right, bottom = cells(box, level)
        columns, rows = right - left + 1, bottom - top + 1
        if columns * rows > most * 4:
            break
        finer = _tiles(left, top, columns, rows, shift_for(level))
        if len(finer) > most:
            break
        covered = finer
    return covered


def _tiles(left: int, top: int, columns: int, rows: int, shift: int) -> list[tuple[int, int]]:
    keys = sorted(_spread(left + x) | _spread(top + y) << 1 for x in range(columns) for y in range(rows))
    joined: list[tuple[int, int]] = []
    for key in keys:
        first, last = key << shift, ((key + 1) << shift) - 1
        if joined and joined[-1][1] + 1 == first:
            first = joined.pop()[0]
        joined.append((first, last))
    return joined
