from hypothesis import given
from hypothesis import strategies as st

from walkapp.core.mercator import BITS, MAX_LAT, cells, grid, map_key, position, runs, shift_for, whole_cells

lats = st.floats(-85, 85)
lons = st.floats(-180, 179.999999)
kumla_lats = st.floats(59.0, 59.3)
kumla_lons = st.floats(14.8, 15.5)


def test_beyond_the_edge_of_the_map_the_edge_is_meant():
    assert grid(90, 200) == grid(MAX_LAT, 179.9999999) == (2**BITS - 1, 0)
    assert grid(-90, -200) == (0, 2**BITS - 1)


@given(lats, lons)
def test_a_key_gives_its_position_back(lat, lon):
    back = position(map_key(lat, lon))
    assert abs(back[0] - lat) < 2e-6 and abs(back[1] - lon) < 2e-6


@given(lats, lons)
def test_a_key_fits_in_a_big_integer_and_is_never_negative(lat, lon):
    assert 0 <= map_key(lat, lon) < 2 ** (2 * BITS)


def test_a_shifted_key_is_the_square_around_it():
    key = map_key(59.1277, 15.1434)
    assert key >> shift_for(14) == map_key(*position(key)) >> shift_for(14)
    assert key >> shift_for(0) == 0


@given(kumla_lats, kumla_lons, kumla_lats, kumla_lons, kumla_lats, kumla_lons)
def test_every_position_in_a_box_lies_in_one_of_its_runs(south, west, north, east, lat, lon):
    south, north = sorted((south, north))
    west, east = sorted((west, east))
    ranges = runs((west, south, east, north))
    assert len(ranges) <= 8
    if south <= lat <= north and west <= lon <= east:
        assert sum(first <= map_key(lat, lon) <= last for first, last in ranges) == 1


def test_the_runs_of_a_town_are_few_and_leave_the_world_outside():
    ranges = runs((14.91, 59.04, 15.36, 59.19))
    assert sum(last - first for first, last in ranges) < 2 ** (2 * BITS) / 10**4


@given(kumla_lats, kumla_lons, st.integers(2, 24))
def test_a_box_grown_to_whole_cells_holds_every_position_of_the_cells_it_touches(lat, lon, level):
    box = (lon, lat, lon + 0.01, lat + 0.01)
    west, south, east, north = whole_cells(box, level)
    assert west < box[0] and south < box[1] and east > box[2] and north > box[3]
    left, top, right, bottom = cells(box, level)
    grown = cells((west + 1e-9, south + 1e-9, east - 1e-9, north - 1e-9), level)
    side = 2**level - 1
    assert grown == (max(left - 1, 0), max(top - 1, 0), min(right + 1, side), min(bottom + 1, side))
