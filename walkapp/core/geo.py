"""Positions and distances: degrees WGS 84 in, metres out, and the Swedish grid SWEREF 99 TM.

WGS 84 and SWEREF 99 differ by less than a metre, far less than a phone's own error: here they are one.
"""

from math import asin, atan, atanh, cos, cosh, degrees, hypot, inf, isfinite, radians, sin, sinh, sqrt, tanh
from typing import NamedTuple

from .errors import Invalid

# Sweden with some sea around it: its latitudes and longitudes have no number in common, so a swap shows.
_SWEDISH_LAT, _SWEDISH_LON = (54.5, 69.5), (10.0, 25.0)

# GRS 80, the ellipsoid of SWEREF 99 (that of WGS 84 differs by a tenth of a millimetre).
_A, _F = 6_378_137.0, 1 / 298.257222101
_E2 = _F * (2 - _F)


class Position(NamedTuple):
    lat: float
    lon: float


def check_position(lat: float, lon: float) -> Position:
    """The position, if it is one on earth (degrees WGS 84). Raises Invalid with the reason.

    Where on earth is not asked here: what was seen outside the municipality is flagged when it is filed, and kept.
    """
    try:
        lat, lon = float(lat), float(lon)
    except OverflowError:  # a whole number with hundreds of digits
        lat = inf
    if not (isfinite(lat) and isfinite(lon)):
        raise _wrong("Platsen saknar siffror: latitud och longitud ska vara vanliga tal.")
    if abs(lat) < 0.001 and abs(lon) < 0.001:
        raise _wrong("Platsen 0, 0 betyder att telefonen inte visste var den var. Peka ut platsen på kartan i stället.")
    if _SWEDISH_LAT[0] <= lon <= _SWEDISH_LAT[1] and _SWEDISH_LON[0] <= lat <= _SWEDISH_LON[1]:
        raise _wrong("Latitud och longitud verkar ha bytt plats.")
    if looks_like_metres(lon, lat):
        raise _wrong("Platsen är angiven i meter. Ange den i grader, till exempel 59,1277 och 15,1434.")
    if not -90 <= lat <= 90:
        raise _wrong("Latituden ska ligga mellan −90 och 90 grader.")
    if not -180 <= lon <= 180:
        raise _wrong("Longituden ska ligga mellan −180 och 180 grader.")
    return Position(lat, lon)


def _wrong(sentence: str) -> Invalid:
    return Invalid(sentence, {"lat": sentence, "lon": sentence})


def looks_like_metres(x: float, y: float) -> bool:
    """Whether two numbers can be a place in Sweden in SWEREF 99 TM, in either order (the two never overlap)."""
    east, north = sorted((x, y))
    return 200_000 <= east <= 1_100_000 and 6_000_000 <= north <= 7_800_000


def metres_per_degree(lat: float) -> tuple[float, float]:
    """How long a degree of latitude and one of longitude are at a latitude, in metres, on the ellipsoid."""
    w = 1 - _E2 * sin(radians(lat)) ** 2
    return radians(_A * (1 - _E2) / w**1.5), radians(_A * cos(radians(lat)) / sqrt(w))


def distance_m(lat: float, lon: float, other_lat: float, other_lon: float) -> float:
    """Metres between two positions as on a flat map: within 1 ‰ up to 100 km at Swedish latitudes."""
    north, east = metres_per_degree((lat + other_lat) / 2)
    return hypot((other_lat - lat) * north, (other_lon - lon) * east)


# SWEREF 99 TM is Gauss–Krüger with these constants; the series are Krüger's, exact to a millimetre in Sweden.
# Lantmäteriet: "Gauss Conformal Projection (Transverse Mercator), Krüger's formulas" (2008).
_MERIDIAN, _SCALE, _FALSE_EAST = 15.0, 0.9996, 500_000.0
_n = _F / (2 - _F)
_RADIUS = _SCALE * _A / (1 + _n) * (1 + _n**2 / 4 + _n**4 / 64)
_BETA = (
    _n / 2 - _n**2 * 2 / 3 + _n**3 * 5 / 16 + _n**4 * 41 / 180,
    _n**2 * 13 / 48 - _n**3 * 3 / 5 + _n**4 * 557 / 1440,
    _n**3 * 61 / 240 - _n**4 * 103 / 140,
    _n**4 * 49561 / 161280,
)
_DELTA = (
    _n / 2 - _n**2 * 2 / 3 + _n**3 * 37 / 96 - _n**4 / 360,
    _n**2 / 48 + _n**3 / 15 - _n**4 * 437 / 1440,
    _n**3 * 17 / 480 - _n**4 * 37 / 840,
    _n**4 * 4397 / 161280,
)


def to_sweref(lat: float, lon: float) -> tuple[float, float]:
    """North and east in SWEREF 99 TM (EPSG:3006), metres."""
    e, phi, turn = sqrt(_E2), radians(lat), radians(lon - _MERIDIAN)
    tan_conformal = sinh(atanh(sin(phi)) - e * atanh(e * sin(phi)))
    xi, eta = atan(tan_conformal / cos(turn)), atanh(sin(turn) / hypot(1, tan_conformal))
    north = xi + sum(b * sin(2 * k * xi) * cosh(2 * k * eta) for k, b in enumerate(_BETA, 1))
    east = eta + sum(b * cos(2 * k * xi) * sinh(2 * k * eta) for k, b in enumerate(_BETA, 1))
    return _RADIUS * north, _RADIUS * east + _FALSE_EAST


def from_sweref(north: float, east: float) -> Position:
    """Latitude and longitude of a place given in SWEREF 99 TM (EPSG:3006), metres."""
    x, y = north / _RADIUS, (east - _FALSE_EAST) / _RADIUS
    xi = x - sum(d * sin(2 * k * x) * cosh(2 * k * y) for k, d in enumerate(_DELTA, 1))
    eta = y - sum(d * cos(2 * k * x) * sinh(2 * k * y) for k, d in enumerate(_DELTA, 1))
    conformal, turn = asin(sin(xi) / cosh(eta)), atan(sinh(eta) / cos(xi))
    e, phi = sqrt(_E2), conformal
    for _ in range(6):  # from conformal to geodetic latitude; every turn gains two digits
        phi = asin(tanh(atanh(sin(conformal)) + e * atanh(e * sin(phi))))
    return Position(degrees(phi), _MERIDIAN + degrees(turn))
