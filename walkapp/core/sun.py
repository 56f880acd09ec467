"""How high the sun stands: makes light or dark a part of every observation without asking the walker."""

from datetime import UTC, datetime
from math import asin, atan2, cos, degrees, radians, sin

#: Below this it is dark outdoors: the end of civil dusk. A clear sky then gives about 3 lux, as little as the lamps of
#: a footpath do (EN 13201: 2 to 15 lux), so from here on they decide what one sees. It is the later of the customary
#: limits, since a lighting fault that is wrongly called light is only looked at once more, in the dark; one that is
#: wrongly called dark is not. Kumla gets there all year round, at midsummer for two and a half hours.
DARK_BELOW = -6.0


def sun_height(at: datetime, lat: float, lon: float) -> float:
    """Degrees from the horizon up to the middle of the sun, without refraction; within 0.05° in 1950–2100.

    `at` is an aware moment; the position is in degrees WGS 84. The method is NOAA's solar calculator, after
    J. Meeus, *Astronomical Algorithms* (1991), chapters 21 and 24.
    """
    at = at.astimezone(UTC)
    days = (at - datetime(2000, 1, 1, 12, tzinfo=UTC)).total_seconds() / 86_400
    t = days / 36_525
    mean_longitude = 280.46646 + t * (36_000.76983 + t * 0.0003032)
    anomaly = radians(357.52911 + t * (35_999.05029 - t * 0.0001537))
    centre = (
        sin(anomaly) * (1.914602 - t * (0.004817 + t * 0.000014))
        + sin(2 * anomaly) * (0.019993 - t * 0.000101)
        + sin(3 * anomaly) * 0.000289
    )
    node = radians(125.04 - 1_934.136 * t)
    longitude = radians(mean_longitude + centre - 0.00569 - 0.00478 * sin(node))
    tilt = radians(23.4392911 - 0.0130042 * t + 0.00256 * cos(node))
    declination = asin(sin(tilt) * sin(longitude))
    right_ascension = atan2(cos(tilt) * sin(longitude), cos(longitude))
    # Greenwich sidereal time instead of the calculator's equation of time: the same angle in one step.
    hour_angle = radians(280.46061837 + 360.98564736629 * days + lon) - right_ascension
    phi = radians(lat)
    return degrees(asin(sin(phi) * sin(declination) + cos(phi) * cos(declination) * cos(hour_angle)))


def is_dark(at: datetime, lat: float, lon: float) -> bool:
    """Whether it is dark outdoors at a moment and a position (degrees WGS 84)."""
    return sun_height(at, lat, lon) < DARK_BELOW
