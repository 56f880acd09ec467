import pytest

from walkapp.core.mercator import cells
from walkapp.maps import rules

KUMLA = (14.918, 59.0466, 15.3586, 59.1893)
WORLD = (-180.0, -90.0, 180.0, 90.0)


@pytest.mark.parametrize("box", [KUMLA, WORLD])
@pytest.mark.parametrize("zoom", [0, 11, 22])
def test_no_view_has_more_cells_than_a_browser_can_draw(box, zoom):
    left, top, right, bottom = cells(box, rules.level_for(box, zoom))
    assert (right - left + 1) * (bottom - top + 1) <= rules.MOST_CELLS


def test_a_screen_at_its_own_zoom_is_gathered_by_cells_of_64_pixels():
    assert rules.level_for(KUMLA, 11) == 13


def test_the_page_brings_the_grids_of_a_phone_and_of_a_desk():
    assert rules.opening_zooms(KUMLA) == [10, 11]


def test_a_box_as_small_as_a_point_opens_as_near_as_the_map_goes():
    spot = (15.1434, 59.1277, 15.143400001, 59.127700001)
    assert rules.opening_zooms(spot) == [rules.MAX_ZOOM]


def test_without_districts_the_map_opens_around_its_setting():
    west, south, east, north = rules.around(59.1277, 15.1434, 12)
    assert west < 15.1434 < east
    assert south < 59.1277 < north
    assert rules.opening_zooms((west, south, east, north))[-1] == 12
