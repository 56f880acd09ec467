"""district_at: which district a position lies in."""

import json
import uuid
from pathlib import Path
from time import perf_counter

import pytest
import sqlalchemy as sa
from hypothesis import given
from hypothesis import strategies as st
from shapely import to_geojson

from tests.districts.files import collection, feature, square
from walkapp import districts
from walkapp.core.actor import SYSTEM
from walkapp.core.geo import distance_m, metres_per_degree
from walkapp.core.text import slug
from walkapp.districts import service
from walkapp.districts.layer import read_layer
from walkapp.districts.models import District
from walkapp.districts.queries import Index, district_at
from walkapp.districts.rules import BORDER_M, Flag

LAT, LON = 59.13, 15.13
NORTH, EAST = metres_per_degree(LAT)


def load(db, *features):
    """These districts and no others."""
    service.import_districts(db, SYSTEM, service.plan_import(db, json.dumps(collection(*features))))


def two(db):
    """Haga, and Malmen to the east of it; they meet at 15.14."""
    load(db, feature("Haga", square(LON, LAT)), feature("Malmen", square(LON + 0.01, LAT)))


def at(db, east_m, north_m=500.0):
    """What lies so many metres from Haga's south-east corner, where the two meet."""
    return district_at(db, LAT + north_m / NORTH, LON + 0.01 + east_m / EAST)


def test_without_districts_everything_is_outside(db):
    db.execute(sa.update(District).values(retired_at=sa.func.current_timestamp()))
    assert district_at(db, 59.1277, 15.1434) == (None, Flag.OUTSIDE, None, None)


def test_outside_all_districts_the_nearest_is_a_hint(db):
    two(db)
    filing = at(db, 0, north_m=-250)
    assert (filing.district, filing.flag) == (None, Flag.OUTSIDE)
    assert filing.near.name in ("Haga", "Malmen") and filing.metres == pytest.approx(250, rel=0.01)
    assert district_at(db, 55.605, 13.0038).metres == pytest.approx(distance_m(55.605, 13.0038, LAT, LON), rel=0.02)


def test_just_outside_the_outer_border_is_outside_however_near(db):
    two(db)
    filing = district_at(db, LAT + 500 / NORTH, LON - 1 / EAST)
    assert (filing.district, filing.flag, filing.near.name) == (None, Flag.OUTSIDE, "Haga")
    assert filing.metres == pytest.approx(1, rel=0.01)


def test_well_inside_is_inside(db):
    two(db)
    filing = at(db, -200)
    assert (filing.district.slug, filing.flag, filing.near, filing.metres) == ("haga", Flag.INSIDE, None, None)


def test_near_the_outer_border_is_inside(db):
    two(db)
    assert district_at(db, LAT + 500 / NORTH, LON + 1 / EAST).flag is Flag.INSIDE


@pytest.mark.parametrize("metres, home, other", [(-14, "haga", "malmen"), (14, "malmen", "haga")])
def test_near_an_inner_border_is_one_district_and_flagged(db, metres, home, other):
    two(db)
    filing = at(db, metres)
    assert (filing.district.slug, filing.flag, filing.near.slug) == (home, Flag.BORDER, other)
    assert filing.metres == pytest.approx(14, rel=0.01)


@pytest.mark.parametrize("metres", [-15.5, 15.5])
def test_beyond_the_reach_of_a_phones_error_the_border_does_not_matter(db, metres):
    two(db)
    assert at(db, metres).flag is Flag.INSIDE


def test_on_the_border_itself_the_first_in_order_has_it(db):
    two(db)
    filing = district_at(db, LAT + 0.005, LON + 0.01)
    assert (filing.district.slug, filing.flag, filing.near.slug) == ("haga", Flag.BORDER, "malmen")


def test_where_districts_overlap_the_first_in_order_has_it(db):
    load(db, feature("Malmen", square(LON + 0.005, LAT)), feature("Haga", square(LON, LAT)))
    filing = at(db, -200)
    assert (filing.district.slug, filing.flag, filing.near.slug, filing.metres) == ("malmen", Flag.BORDER, "haga", 0)


def test_a_crack_between_two_districts_belongs_to_the_nearer_one(db):
    load(db, feature("Haga", square(LON, LAT)), feature("Malmen", square(LON + 0.01 + 20 / EAST, LAT)))
    filing = at(db, 7)
    assert (filing.district.slug, filing.flag, filing.near.slug) == ("haga", Flag.BORDER, "malmen")
    assert at(db, 13).district.slug == "malmen"


def test_a_hole_is_outside_and_what_lies_in_it_is_its_own(db):
    ring = feature("Landet", square(LON, LAT, 0.03), square(LON + 0.01, LAT + 0.01))
    load(db, ring)
    assert district_at(db, LAT + 0.015, LON + 0.015).flag is Flag.OUTSIDE
    load(db, ring, feature("Byn", square(LON + 0.01, LAT + 0.01)))
    assert district_at(db, LAT + 0.015, LON + 0.015).district.slug == "byn"


def test_new_outlines_hold_at_once_in_the_same_transaction(db):
    two(db)
    assert at(db, -200).district.slug == "haga"
    load(db, feature("Malmen", square(LON, LAT, 0.02)))
    assert at(db, -200).district.slug == "malmen"


def test_outlines_that_were_rolled_back_do_not_hold(db):
    two(db)
    with pytest.raises(RuntimeError), db.begin_nested():
        load(db, feature("Malmen", square(LON, LAT, 0.02)))
        assert at(db, -200).district.slug == "malmen"
        raise RuntimeError
    assert at(db, -200).district.slug == "haga"


def test_another_process_sees_new_outlines_in_its_next_transaction(db, monkeypatch):
    two(db)
    db.commit()
    assert at(db, -200).district.slug == "haga"
    # What another process does: it writes rows, and no event of ours tells of it.
    geometry = db.scalar(sa.select(District.geometry).where(District.slug == "malmen"))
    moved = sa.update(District).where(District.slug == "haga").values(geometry=geometry, version=uuid.uuid4())
    db.execute(moved, execution_options={"synchronize_session": False})
    assert at(db, -200).district.slug == "haga"
    db.commit()
    assert at(db, -200).flag is Flag.OUTSIDE


def test_the_outlines_are_read_once_and_asked_for_once_a_transaction(db, connection):
    two(db)
    at(db, -200)
    db.commit()
    asked = []
    sa.event.listen(connection, "before_cursor_execute", lambda *call: asked.append(call[2]))
    for metres in range(-300, 300, 10):
        at(db, metres)
    assert len([sql for sql in asked if "SELECT" in sql]) == 1 and "geometry" not in asked[-1]


KUMLA = Index(
    [
        District(
            id=uuid.uuid4(), slug=slug(one.name), name=one.name, geometry=to_geojson(one.shape), south=59, north=59.2
        )
        for one in read_layer(Path(districts.__file__).with_name("kumla.geojson").read_bytes()).outlines
    ]
)


@given(st.floats(59.05, 59.18), st.floats(14.95, 15.33))
def test_every_position_in_kumla_has_one_district_or_a_nearest_one(lat, lon):
    filing = KUMLA.file(lat, lon)
    assert filing == KUMLA.file(lat, lon)
    if filing.flag is Flag.OUTSIDE:
        assert filing.district is None and filing.near is not None and filing.metres > 0
    else:
        assert filing.district is not None
        assert (filing.near is None) is (filing.flag is Flag.INSIDE)
        assert filing.metres is None or filing.metres <= BORDER_M * 1.01


def test_a_lookup_is_no_part_of_what_one_waits_for(db):
    spots = [(59.1277 + n % 50 * 0.0002, 15.12 + n // 50 * 0.001) for n in range(2000)]
    district_at(db, *spots[0])
    begun = perf_counter()
    for lat, lon in spots:
        district_at(db, lat, lon)
    # About 20 µs; ten times as much is allowed for a machine that does other things too.
    assert (perf_counter() - begun) / len(spots) < 200e-6
