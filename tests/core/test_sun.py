from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from walkapp.core.clock import STOCKHOLM
from walkapp.core.sun import DARK_BELOW, is_dark, sun_height

KUMLA = (59.1277, 15.1434)


def by_the_clock(*when):
    return datetime(*when, tzinfo=STOCKHOLM)


@pytest.mark.parametrize(
    "at, place, height",
    [  # PyEphem 4.2 (VSOP 87), no air
        (datetime(2026, 11, 24, 14, 30, tzinfo=UTC), KUMLA, -1.925),
        (datetime(2026, 11, 24, 15, 0, tzinfo=UTC), KUMLA, -5.042),
        (datetime(2026, 6, 21, 22, 59, tzinfo=UTC), KUMLA, -7.437),
        (datetime(2026, 6, 21, 11, 0, tzinfo=UTC), KUMLA, 54.308),
        (datetime(2026, 12, 21, 11, 0, tzinfo=UTC), KUMLA, 7.431),
        (datetime(2026, 3, 20, 5, 0, tzinfo=UTC), KUMLA, -1.032),
        (datetime(2017, 7, 3, 20, 30, tzinfo=UTC), KUMLA, -2.092),
        (datetime(2026, 2, 14, 16, 30, tzinfo=UTC), (67.8558, 20.2253), -9.729),
        (datetime(2026, 9, 23, 17, 45, tzinfo=UTC), (55.605, 13.0038), -6.529),
    ],
)
def test_the_height_agrees_with_an_ephemeris(at, place, height):
    assert sun_height(at, *place) == pytest.approx(height, abs=0.02)


def test_the_same_moment_by_another_clock_has_the_same_sun():
    at = datetime(2026, 11, 24, 15, 0, tzinfo=UTC)
    assert sun_height(at.astimezone(STOCKHOLM), *KUMLA) == sun_height(at, *KUMLA)


def test_an_evening_in_november_is_dark_and_the_afternoon_before_it_is_not():
    assert not is_dark(by_the_clock(2026, 11, 24, 15, 0), *KUMLA)
    assert is_dark(by_the_clock(2026, 11, 24, 18, 30), *KUMLA)


def test_dusk_counts_as_light_until_the_lamps_decide():
    assert -6 < sun_height(by_the_clock(2026, 11, 24, 16, 0), *KUMLA) < -4
    assert not is_dark(by_the_clock(2026, 11, 24, 16, 0), *KUMLA)
    assert is_dark(by_the_clock(2026, 11, 24, 16, 15), *KUMLA)


def test_the_same_hour_is_dark_in_winter_and_light_in_summer():
    assert is_dark(by_the_clock(2026, 1, 15, 20, 0), *KUMLA)
    assert not is_dark(by_the_clock(2026, 6, 15, 20, 0), *KUMLA)


def test_at_midsummer_kumla_is_dark_around_one_by_the_clock_and_kiruna_never():
    assert is_dark(by_the_clock(2026, 6, 21, 1, 0), *KUMLA)
    night = [by_the_clock(2026, 6, 20, 12, 0) + timedelta(minutes=10 * n) for n in range(144)]
    assert not any(is_dark(at, 67.8558, 20.2253) for at in night)


@given(
    st.datetimes(datetime(1950, 1, 1), datetime(2100, 1, 1), timezones=st.just(UTC)),
    st.floats(-90, 90),
    st.floats(-180, 180),
)
def test_the_sun_has_a_height_everywhere_and_always(at, lat, lon):
    assert -90.1 <= sun_height(at, lat, lon) <= 90.1
    assert is_dark(at, lat, lon) is (sun_height(at, lat, lon) < DARK_BELOW)
