"""Our own drawing of Kumla, held against the real layers that lie beside the checkout."""

import json
from pathlib import Path

import pytest
import shapely
import sqlalchemy as sa

from walkapp import districts
from walkapp.core.actor import SYSTEM
from walkapp.districts import queries
from walkapp.districts.layer import read_layer
from walkapp.districts.models import District
from walkapp.districts.rules import Flag, area_m2, overlaps
from walkapp.districts.service import Kind, import_districts, plan_import

DRAWING = Path(districts.__file__).with_name("kumla.geojson")
NAMES = {
    "Stadshuset", "Fylsta", "Haga", "Skogstorp", "Malmen", "Vialund", "Kumlaby", "Åsen", "Sörby", "Hällabrottet",
    "Åbytorp-Hardemo", "Ekeby-Kvarntorp",
}  # fmt: skip


@pytest.fixture(scope="module")
def drawn():
    return read_layer(DRAWING.read_bytes())


def real(folder, name):
    return json.loads((folder / name).read_text(encoding="utf-8"))["features"]


def test_the_drawing_has_the_twelve_districts_by_name_and_says_that_it_is_rough(drawn):
    assert {one.name for one in drawn.outlines} == NAMES and len(drawn.outlines) == 12
    assert not drawn.refused and not drawn.notes
    assert all(one.approximate and "ungefärliga gränser" in one.source for one in drawn.outlines)
    assert len({one.code for one in drawn.outlines}) == 12


def test_the_drawing_has_neither_gaps_nor_overlaps(drawn):
    shapes = [polygon for one in drawn.outlines for polygon in one.shape.geoms]
    assert len(shapes) == 12 and shapely.coverage_is_valid(shapes)
    whole = shapely.coverage_union_all(shapes)
    assert isinstance(whole, shapely.Polygon) and not whole.interiors
    assert overlaps(drawn.outlines) == []
    assert 200e6 < area_m2(whole) < 212e6


def test_the_drawing_is_coarse(drawn):
    for one in drawn.outlines:
        corners = shapely.get_coordinates(one.shape)[:-1]
        assert 5 <= len(corners) <= 18
        assert (corners.round(4) == corners).all()


def test_each_drawn_district_is_mostly_the_real_one(drawn, shared_data):
    truth = {f["properties"]["name"]: f for f in real(shared_data, "districts_kumla.geojson")}
    for one in drawn.outlines:
        known = shapely.geometry.shape(truth[one.name]["geometry"])
        assert one.code == truth[one.name]["properties"]["code"]
        assert one.shape.intersection(known).area / one.shape.union(known).area > 0.75, one.name


@pytest.mark.parametrize("layer", ["drawing", "real"])
def test_the_known_places_lie_in_their_districts(db, shared_data, layer):
    if layer == "real":
        plan = plan_import(db, (shared_data / "districts_kumla.geojson").read_bytes())
        import_districts(db, SYSTEM, plan)
    for place in real(shared_data, "localities_kumla.geojson"):
        lon, lat = place["geometry"]["coordinates"]
        filing = queries.district_at(db, lat, lon)
        assert (filing.district.name, filing.flag) == (place["properties"]["district"], Flag.INSIDE)


def test_the_real_valdistrikt_replace_the_drawing_one_by_one(db, shared_data):
    was = {one.name: one.id for one in queries.all_districts(db)}
    plan = plan_import(db, (shared_data / "districts_kumla.geojson").read_bytes())
    assert [change.kind for change in plan.changes] == [Kind.CHANGED] * 12
    assert all(0.01 < change.share < 0.5 for change in plan.changes)
    assert not plan.refused and not plan.overlaps and not plan.notes
    import_districts(db, SYSTEM, plan)
    assert {one.name: one.id for one in queries.all_districts(db)} == was
    assert not any(one.approximate for one in queries.all_districts(db))
    assert not plan_import(db, (shared_data / "districts_kumla.geojson").read_bytes()).anything


def test_regso_replaces_the_valdistrikt_and_the_valdistrikt_come_back(db, shared_data):
    ids = {one.id for one in queries.all_districts(db)}
    plan = plan_import(db, (shared_data / "regso_kumla.geojson").read_bytes())
    assert len(plan.of(Kind.NEW)) == 5 and len(plan.of(Kind.RETIRED)) == 12 and not plan.overlaps
    import_districts(db, SYSTEM, plan)
    assert len(queries.all_districts(db)) == 5
    assert db.scalar(sa.select(sa.func.count()).select_from(District)) == 17
    back = plan_import(db, DRAWING.read_bytes())
    assert len(back.of(Kind.RETURNED)) == 12 and len(back.of(Kind.RETIRED)) == 5
    import_districts(db, SYSTEM, back)
    assert {one.id for one in queries.all_districts(db)} == ids


def test_whole_municipalities_can_be_districts_too(db, shared_data):
    plan = plan_import(db, (shared_data / "neighbours_outline.geojson").read_bytes())
    assert {change.name.split()[0] for change in plan.of(Kind.NEW)} == {
        "Hallsbergs",
        "Örebro",
        "Askersunds",
        "Lekebergs",
    }
    import_districts(db, SYSTEM, plan)
    assert queries.district_at(db, 59.2741, 15.2066).district.name == "Örebro kommun"
