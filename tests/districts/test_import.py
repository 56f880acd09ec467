"""plan_import and import_districts: say what a file changes, then change it."""

import json
from datetime import UTC, datetime

import pytest
import sqlalchemy as sa

from tests.districts.files import HAGA, MALMEN, crs, feature, square, text
from walkapp.core.actor import ANONYMOUS, SYSTEM, Actor, Kind
from walkapp.core.clock import pretend
from walkapp.core.errors import Conflict, Forbidden, Invalid, NotFound
from walkapp.core.geo import to_sweref
from walkapp.core.permissions import Role
from walkapp.districts import queries
from walkapp.districts.models import District
from walkapp.districts.service import import_districts, plan_import


@pytest.fixture
def bare(db):
    """A database without districts."""
    db.execute(sa.delete(District))
    return db


def load(db, *features, **members):
    plan = plan_import(db, text(*features, **members))
    import_districts(db, SYSTEM, plan)
    return plan


def kinds(plan):
    return {change.name: change.kind.value for change in plan.changes}


@pytest.mark.parametrize("role", [Role.LEADER, Role.STAFF, Role.OFFICIAL])
def test_only_an_administrator_changes_districts(bare, role):
    plan = plan_import(bare, text(HAGA))
    with pytest.raises(Forbidden):
        import_districts(bare, Actor(Kind.USER, role=role), plan)
    with pytest.raises(Forbidden):
        import_districts(bare, ANONYMOUS, plan)
    import_districts(bare, Actor(Kind.USER, role=Role.ADMIN), plan)


def test_a_file_that_is_none_changes_nothing(bare):
    load(bare, HAGA)
    with pytest.raises(Invalid, match="inte GeoJSON"):
        plan_import(bare, "<html>")
    assert [one.name for one in queries.all_districts(bare)] == ["Haga"]


def test_a_plan_with_refused_districts_is_not_carried_out_by_itself(bare):
    plan = plan_import(bare, text(HAGA, feature("Malmen")))
    assert plan.refused == ["Område 2 (Malmen) har inga koordinater."]
    with pytest.raises(Invalid, match="Område 2"):
        import_districts(bare, SYSTEM, plan)
    assert queries.all_districts(bare) == []
    import_districts(bare, SYSTEM, plan, without_refused=True)
    assert [one.name for one in queries.all_districts(bare)] == ["Haga"]


def test_a_plan_for_districts_that_have_changed_since_is_not_carried_out(bare):
    old = plan_import(bare, text(HAGA))
    load(bare, MALMEN)
    with pytest.raises(Conflict, match="Läs filen igen"):
        import_districts(bare, SYSTEM, old)


def test_making_a_plan_writes_nothing(bare):
    plan = plan_import(bare, text(HAGA, MALMEN))
    assert plan.anything and not bare.new and queries.all_districts(bare) == []


def test_new_districts_keep_the_order_of_the_file(bare):
    assert kinds(load(bare, MALMEN, HAGA)) == {"Malmen": "ny", "Haga": "ny"}
    malmen, haga = queries.all_districts(bare)
    assert (malmen.slug, haga.slug, haga.code, haga.approximate, haga.retired_at) == (
        "malmen",
        "haga",
        "1",
        False,
        None,
    )
    assert haga.box == (15.13, 59.13, 15.14, 59.14)
    assert json.loads(haga.geometry)["type"] == "MultiPolygon"


def test_the_same_file_again_changes_nothing(bare):
    load(bare, HAGA, MALMEN)
    was = [(one.id, one.version, one.updated_at) for one in queries.all_districts(bare)]
    plan = load(bare, HAGA, MALMEN)
    assert not plan.anything and plan.sentences() == ["Oförändrade: 2"]
    assert [(one.id, one.version, one.updated_at) for one in queries.all_districts(bare)] == was


def test_the_same_ground_in_another_coordinate_system_is_unchanged_or_nearly_so(bare):
    load(bare, HAGA)
    ring = [list(reversed(to_sweref(lat, lon))) for lon, lat in square(15.13, 59.13)]
    (change,) = plan_import(bare, text(feature("Haga", ring, code="1"), crs=crs("EPSG:3006"))).changes
    assert change.share < 1e-6


def test_a_district_that_grows_is_the_same_district_and_says_by_how_much(bare):
    load(bare, HAGA)
    (haga,) = queries.all_districts(bare)
    was = haga.id, haga.version
    plan = load(
        bare,
        feature("Haga", [[15.13, 59.13], [15.145, 59.13], [15.145, 59.14], [15.13, 59.14], [15.13, 59.13]], code="1"),
    )
    assert plan.sentences() == ["Haga: ändrad, 50,0 % av ytan"]
    assert haga.id == was[0] and haga.version != was[1] and haga.east == 15.145


def test_a_district_with_another_name_is_known_by_its_code_and_keeps_its_address(bare):
    load(bare, HAGA)
    plan = load(
        bare, feature("Stora Haga", square(15.13, 59.13), code="1"), feature("Haga", square(15.15, 59.13), code="3")
    )
    assert plan.sentences() == ["Haga: ny", "Stora Haga: ändrad, hette Haga, samma gräns"]
    renamed, new = queries.all_districts(bare)
    assert (renamed.name, renamed.slug, new.name, new.slug) == ("Stora Haga", "haga", "Haga", "haga-2")


def test_a_district_with_another_code_is_known_by_its_name(bare):
    load(bare, HAGA)
    plan = load(bare, feature("HAGA", square(15.13, 59.13), code="18810112"))
    assert kinds(plan) == {"HAGA": "ändrad"}


def test_a_district_that_the_file_lacks_is_taken_out_of_use_and_can_still_be_read(bare):
    load(bare, HAGA, MALMEN)
    with pretend(datetime(2026, 11, 24, 12, tzinfo=UTC)):
        plan = load(bare, HAGA)
    assert plan.sentences() == ["Malmen: tas ur bruk", "Oförändrade: 1"]
    assert [one.name for one in queries.all_districts(bare)] == ["Haga"]
    assert queries.by_slug(bare, "malmen").retired_at == datetime(2026, 11, 24, 12, tzinfo=UTC)


def test_a_district_that_comes_back_is_the_one_it_was(bare):
    load(bare, HAGA, MALMEN)
    id = queries.by_slug(bare, "malmen").id
    load(bare, HAGA)
    assert kinds(load(bare, HAGA, MALMEN)) == {"Haga": "oförändrad", "Malmen": "åter i bruk"}
    assert queries.by_slug(bare, "malmen").id == id
    assert len(queries.all_districts(bare)) == 2


def test_overlaps_and_mended_borders_are_told_with_the_plan(bare):
    bowtie = [[15.13, 59.13], [15.14, 59.14], [15.14, 59.13], [15.13, 59.14], [15.13, 59.13]]
    plan = plan_import(bare, text(HAGA, feature("Åsen", bowtie)))
    said = plan.sentences()
    assert said[:2] == ["Haga: ny", "Åsen: ny"]
    assert said[2].startswith("Haga och Åsen överlappar varandra på 3") and said[2].endswith("m²")
    assert said[3].startswith("Område 2 (Åsen) hade en gräns")


def test_the_extent_is_that_of_the_districts_in_use(bare):
    assert queries.extent(bare) is None
    load(bare, HAGA, MALMEN)
    assert queries.extent(bare) == (15.13, 59.13, 15.15, 59.14)
    load(bare, HAGA)
    assert queries.extent(bare) == (15.13, 59.13, 15.14, 59.14)


def test_an_address_that_no_district_has_is_not_found(bare):
    with pytest.raises(NotFound):
        queries.by_slug(bare, "haga")
