import json

import shapely
import sqlalchemy as sa

from walkapp.core.actor import SYSTEM
from walkapp.districts import service as districts
from walkapp.districts.models import District
from walkapp.maps.outlines import outlines
from walkapp.maps.overview import picture


def test_each_name_stands_inside_its_district(db):
    for feature in outlines(db).features["features"]:
        shape = shapely.from_geojson(json.dumps(feature["geometry"]))
        assert shape.contains(shapely.Point(feature["properties"]["label"])), feature["properties"]["name"]


def test_they_are_drawn_anew_after_a_change(db):
    before = outlines(db)
    assert outlines(db) is before
    db.scalars(sa.select(District).where(District.slug == "malmen")).one().name = "Malmen nya"
    db.flush()
    assert "Malmen nya" in {f["properties"]["name"] for f in outlines(db).features["features"]}


def test_real_outlines_are_thinned_out_and_still_share_their_borders(db, shared_data):
    text = (shared_data / "districts_kumla.geojson").read_text(encoding="utf-8")
    districts.import_districts(db, SYSTEM, districts.plan_import(db, text))
    db.flush()
    drawn = outlines(db)
    assert len(json.dumps(drawn.features)) < len(text) * 0.6
    shapes = [shapely.from_geojson(json.dumps(f["geometry"])) for f in drawn.features["features"]]
    assert shapely.coverage_is_valid(shapes)
    assert not drawn.approximate


def test_without_districts_there_is_an_empty_map(db):
    for district in db.scalars(sa.select(District)):
        district.retired_at = district.created_at
    db.flush()
    empty = outlines(db)
    assert empty.features["features"] == []
    assert picture(empty, {}).areas == []


def test_no_two_numbers_of_the_still_picture_lie_on_each_other(db):
    written = [area for area in picture(outlines(db), {"malmen": 3}).areas if area.written]
    assert len(written) >= 5
    for i, one in enumerate(written):
        assert not [other for other in written[i + 1 :] if abs(one.x - other.x) < 48 and abs(one.y - other.y) < 24]
