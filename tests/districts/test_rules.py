import pytest
from hypothesis import given
from hypothesis import strategies as st
from shapely import MultiPolygon, Polygon

from tests.districts.files import feature, square, text
from walkapp.districts.layer import read_layer
from walkapp.districts.rules import changed_share, new_slug, overlaps


def ground(lon, lat, side=0.01):
    return MultiPolygon([Polygon(square(lon, lat, side))])


@pytest.mark.parametrize(
    "name, slug",
    [
        ("Åbytorp-Hardemo", "abytorp-hardemo"),
        ("Åsen", "asen"),
        ("Sörby", "sorby"),
        ("Östra  Ån & 12:an", "ostra-an-12-an"),
    ],
)
def test_a_name_becomes_an_address_without_swedish_letters(name, slug):
    assert new_slug(name, set()) == slug


def test_the_second_of_the_same_address_gets_a_number():
    assert new_slug("Ås", {"as"}) == "as-2"
    assert new_slug("Ås", {"as", "as-2"}) == "as-3"


def test_a_name_without_any_letter_of_ours_still_gets_an_address():
    assert new_slug("北", set()) == "omrade"


@given(st.text(min_size=1, max_size=120))
def test_any_name_fits_the_column(name):
    assert 0 < len(new_slug(name, {"omrade"})) <= 64


def test_the_same_outline_is_not_changed():
    assert changed_share(ground(15, 59), MultiPolygon([Polygon(square(15, 59)[::-1])])) == 0


def test_an_outline_that_grows_by_half_has_changed_by_half():
    grown = MultiPolygon([Polygon([(15, 59), (15.015, 59), (15.015, 59.01), (15, 59.01)])])
    assert changed_share(ground(15, 59), grown) == pytest.approx(0.5)


def test_an_outline_elsewhere_has_changed_altogether():
    assert changed_share(ground(15, 59), ground(16, 59)) == pytest.approx(2)


def test_overlaps_are_told_the_largest_first_and_touching_is_none():
    found = read_layer(
        text(
            feature("Haga", square(15.13, 59.13)),
            feature("Malmen", square(15.14, 59.13)),
            feature("Åsen", square(15.135, 59.13)),
            feature("Sörby", square(15.1499, 59.13)),
        )
    )
    pairs = [(one.one, one.other) for one in overlaps(found.outlines)]
    assert pairs == [("Haga", "Åsen"), ("Malmen", "Åsen"), ("Malmen", "Sörby")]
    assert overlaps(found.outlines)[0].area_m2 == pytest.approx(286.3 * 1114, rel=0.01)
