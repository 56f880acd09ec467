from math import inf, nan

import pytest
from hypothesis import given
from hypothesis import strategies as st

from walkapp.core.errors import Invalid
from walkapp.core.geo import (
    check_position,
    distance_m,
    from_sweref,
    looks_like_metres,
    metres_per_degree,
    to_sweref,
)

KUMLA = (59.1277, 15.1434)

# Lantmäteriet, "Kontrollpunkter för SWEREF 99 TM", 2007-11-20: degrees north and east; metres north and east.
CONTROL_POINTS = [
    (55.0, 12.75, 6097106.672, 356083.438),
    (55.0, 14.25, 6095048.642, 452024.069),
    (57.0, 12.75, 6319636.937, 363331.554),
    (57.0, 19.5, 6326392.707, 773251.054),
    (59.0, 11.25, 6546096.724, 284626.066),
    (59.0, 19.5, 6548757.206, 758410.519),
    (61.0, 12.75, 6764877.311, 378323.440),
    (61.0, 18.75, 6768593.345, 702745.127),
    (63.0, 12.0, 6989134.048, 348083.148),
    (63.0, 19.5, 6993565.630, 727798.671),
    (65.0, 13.5, 7209293.753, 429270.201),
    (65.0, 21.75, 7225449.115, 817833.405),
    (67.0, 16.5, 7432168.174, 565398.458),
    (67.0, 24.0, 7459745.672, 891298.142),
    (69.0, 21.0, 7666089.698, 739639.195),
]

swedish_lats, swedish_lons = st.floats(55, 69.1), st.floats(10.5, 24.2)


def refusal(lat, lon):
    with pytest.raises(Invalid) as refused:
        check_position(lat, lon)
    assert set(refused.value.fields) == {"lat", "lon"}
    return refused.value.sentence


@pytest.mark.parametrize("lat, lon", [(nan, 15.1), (59.1, nan), (inf, 15.1), (59.1, -inf), (nan, nan), (10**400, 15.1)])
def test_a_position_without_numbers_is_refused(lat, lon):
    assert refusal(lat, lon) == "Platsen saknar siffror: latitud och longitud ska vara vanliga tal."


@pytest.mark.parametrize("lat, lon", [(0, 0), (0.0, -0.0), (0.0004, 0.0004)])
def test_a_phone_that_does_not_know_where_it_is_says_zero_zero_and_is_refused(lat, lon):
    assert "0, 0" in refusal(lat, lon)


def test_swapped_coordinates_are_recognised():
    assert refusal(15.1434, 59.1277) == "Latitud och longitud verkar ha bytt plats."


@pytest.mark.parametrize("lat, lon", [(6554000.0, 508000.0), (508000.0, 6554000.0)])
def test_a_position_in_metres_is_recognised(lat, lon):
    assert refusal(lat, lon) == "Platsen är angiven i meter. Ange den i grader, till exempel 59,1277 och 15,1434."


@pytest.mark.parametrize(
    "lat, lon, word",
    [
        (90.1, 15, "Latituden"),
        (-91, 15, "Latituden"),
        (1e308, 15, "Latituden"),
        (59, 180.1, "Longituden"),
        (59, -181, "Longituden"),
    ],
)
def test_a_position_off_the_globe_is_refused(lat, lon, word):
    assert refusal(lat, lon).startswith(word)


@given(st.floats(), st.floats())
def test_any_two_numbers_are_a_position_or_refused_with_a_sentence(lat, lon):
    try:
        assert check_position(lat, lon) == (lat, lon)
    except Invalid as refused:
        assert refused.sentence.endswith(".")


@pytest.mark.parametrize("lat, lon", [KUMLA, (59.2, 18.0), (52.5, 13.4), (-33.9, 151.2), (90, 0), (0, 15), (59, 0)])
def test_any_place_on_earth_is_kept(lat, lon):
    assert check_position(lat, lon) == (lat, lon)


@given(swedish_lats, swedish_lons)
def test_all_of_sweden_is_kept_and_all_of_it_swapped_is_refused(lat, lon):
    assert check_position(lat, lon) == (lat, lon)
    assert "bytt plats" in refusal(lon, lat)


@pytest.mark.parametrize("lat, lon, north, east", CONTROL_POINTS)
def test_the_control_points_of_lantmateriet_come_out_to_the_millimetre(lat, lon, north, east):
    assert to_sweref(lat, lon) == pytest.approx((north, east), abs=0.0006)
    assert from_sweref(north, east) == pytest.approx((lat, lon), abs=2e-8)


@given(swedish_lats, swedish_lons)
def test_there_and_back_is_the_same_place(lat, lon):
    north, east = to_sweref(lat, lon)
    assert looks_like_metres(east, north) and looks_like_metres(north, east)
    assert from_sweref(north, east) == pytest.approx((lat, lon), abs=1e-9)


def test_degrees_are_not_taken_for_metres():
    assert not looks_like_metres(15.1434, 59.1277)
    assert not looks_like_metres(508000.0, 508000.0)


def test_a_degree_in_kumla_has_the_length_of_the_ellipsoid():
    assert metres_per_degree(KUMLA[0]) == pytest.approx((111397.336, 57262.341), rel=1e-8)  # PROJ's geod, GRS 80


def test_the_distance_to_the_same_place_is_nothing():
    assert distance_m(*KUMLA, *KUMLA) == 0


@pytest.mark.parametrize(
    "there, metres",  # PROJ's geod, GRS 80
    [((59.1283, 15.1434), 66.838), ((59.1277, 15.1534), 572.623), ((59.18, 15.35), 13179.089)],
)
def test_distances_agree_with_the_ellipsoid(there, metres):
    assert distance_m(*KUMLA, *there) == pytest.approx(metres, rel=0.0001)


@given(st.floats(55, 69), st.floats(11, 19), st.floats(-0.4, 0.4), st.floats(-0.8, 0.8))
def test_distances_agree_with_the_swedish_grid(lat, lon, north, east):
    here, there = (lat - north / 2, lon - east / 2), (lat + north / 2, lon + east / 2)
    (n1, e1), (n2, e2) = to_sweref(*here), to_sweref(*there)
    assert distance_m(*here, *there) == distance_m(*there, *here)
    # The grid itself is 0.4 ‰ short at its meridian, and 0.8 ‰ long four degrees from it.
    assert distance_m(*here, *there) == pytest.approx(((n2 - n1) ** 2 + (e2 - e1) ** 2) ** 0.5, rel=0.0015, abs=1e-3)
