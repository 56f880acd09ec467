import json

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from tests.districts.files import HAGA, MALMEN, collection, crs, feature, square, text
from walkapp.core.errors import Invalid
from walkapp.core.geo import to_sweref
from walkapp.districts import layer
from walkapp.districts.layer import read_layer
from walkapp.districts.rules import area_m2


def refusal(data):
    with pytest.raises(Invalid) as refused:
        read_layer(data)
    return refused.value.sentence


def refused_alone(bad):
    """What is said of one bad district that stands in a file beside a good one."""
    found = read_layer(text(MALMEN, bad))
    assert [one.name for one in found.outlines] == ["Malmen"]
    (sentence,) = found.refused
    return sentence


# --- The file --------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "data, sentence",
    [
        ("", "Filen är tom."),
        (" \n\ufeff", "Filen är tom."),
        ("<gml/>", "Filen är XML eller HTML, inte GeoJSON. Exportera lagret som GeoJSON."),
        ("<!doctype html>", "Filen är XML eller HTML, inte GeoJSON. Exportera lagret som GeoJSON."),
        ("name;lat;lon", "Filen går inte att läsa som JSON (rad 1, tecken 1). Exportera lagret som GeoJSON."),
        ('{"type": "FeatureCollection",\n "features": [}', "Filen går inte att läsa som JSON (rad 2, tecken 15)."),
        ('{"type": "FeatureCollection", "features": [NaN]}', "Filen går inte att läsa som JSON."),
        ('{"type": "FeatureCollection", "features": [' + "9" * 5000 + "]}", "Filen går inte att läsa som JSON."),
        ("[" * 100_000, "Filen är nästlad för djupt för att vara en karta."),
        ("[]", "Filen är JSON, men inte en FeatureCollection med områden."),
        ("17", "Filen är JSON, men inte en FeatureCollection med områden."),
        ('{"type": "Topology"}', "Filen är JSON av typen Topology, men inte en FeatureCollection med områden."),
        ('{"type": "FeatureCollection"}', "Filens ”features” ska vara en lista med områden."),
        ('{"type": "FeatureCollection", "features": {}}', "Filens ”features” ska vara en lista med områden."),
        ('{"type": "FeatureCollection", "features": []}', "Filen innehåller inga områden."),
        (b"PK\x03\x04\x00", "Filen är packad eller en databas (Zip, GeoPackage), inte GeoJSON."),
        (b"SQLite format 3\x00", "Filen är packad eller en databas (Zip, GeoPackage), inte GeoJSON."),
        ('{"namn": "Åsen"}'.encode("latin-1"), "Filen är inte text i UTF-8. Exportera lagret som GeoJSON i UTF-8."),
    ],
    ids=lambda value: repr(value)[:80],
)
def test_a_file_that_is_no_geojson_is_refused_with_the_reason(data, sentence):
    assert refusal(data).startswith(sentence.removesuffix(".").rstrip("."))


def test_a_file_that_is_too_large_is_refused_unread(monkeypatch):
    monkeypatch.setattr(layer, "MOST_BYTES", 2_000_000)
    assert refusal("x" * 2_000_001) == "Filen är för stor: högst 2 MB. Förenkla lagret eller klipp ut kommunen."


def test_a_file_with_a_whole_country_is_refused():
    many = [feature(f"Distrikt {n}", square(15, 59)) for n in range(501)]
    assert refusal(text(*many)).startswith("Filen har 501 områden, och högst 500 kan läsas in.")


def test_a_file_with_too_many_corners_is_refused(monkeypatch):
    monkeypatch.setattr(layer, "MOST_CORNERS", 9)
    assert refusal(text(HAGA, MALMEN)) == "Filen har fler än 9 hörn. Förenkla lagret först."


@pytest.mark.parametrize(
    "name", ["EPSG:3021", "urn:ogc:def:crs:EPSG::3009", "SWEREF99 TM", "urn:ogc:def:crs:EPSG::3857"]
)
def test_other_coordinate_systems_are_refused_by_name(name):
    assert refusal(text(HAGA, crs=crs(name))) == (
        f"Filens koordinatsystem är {name}, som inte kan läsas. "
        "Spara om lagret i WGS 84 (EPSG:4326) eller SWEREF 99 TM (EPSG:3006) och försök igen."
    )


@pytest.mark.parametrize("odd", [17, "EPSG:3006", {}, {"type": "link"}, {"type": "name", "properties": {"name": 3006}}])
def test_a_coordinate_system_that_cannot_be_understood_is_refused(odd):
    assert refusal(text(HAGA, crs=odd)).startswith("Filens koordinatsystem (”crs”) går inte att förstå.")


def test_metres_without_a_coordinate_system_get_told_what_to_do():
    sentence = refusal(
        text(feature("Haga", square(507_000, 6_554_000, 500)), feature("Åsen", square(509_000, 6_554_000, 500)))
    )
    assert sentence.startswith(
        "Inget av filens 2 områden går att använda. Vart och ett har koordinater i meter, men filen"
    )
    assert "EPSG:3006" in sentence and "EPSG:4326" in sentence


def test_degrees_in_a_file_that_says_sweref_are_refused():
    sentence = refusal(text(HAGA, crs=crs("EPSG:3006")))
    assert sentence.startswith("Område 1 (Haga) har koordinater i grader, fast filen säger SWEREF 99 TM.")


def test_metres_outside_sweden_are_refused():
    sentence = refusal(text(feature("Haga", square(507_000, 554_000, 500)), crs=crs("EPSG:3006")))
    assert sentence == "Område 1 (Haga) ligger inte i Sverige enligt SWEREF 99 TM."


def test_swapped_latitude_and_longitude_are_refused():
    assert refusal(text(feature("Haga", square(59.13, 15.13)))) == (
        "Område 1 (Haga) verkar ha latitud och longitud omkastade. GeoJSON skriver longituden först."
    )


# --- One district among others ---------------------------------------------------------------------------------------


@pytest.mark.parametrize("geometry", [None, {}, [], "Polygon", {"type": "Point", "coordinates": [15, 59]}, {"type": 7}])
def test_what_is_no_area_is_refused_alone(geometry):
    sentence = refused_alone({"type": "Feature", "properties": {"name": "Torget"}, "geometry": geometry})
    assert sentence.startswith("Område 2 (Torget) ")


def test_the_sentence_says_what_it_is_instead():
    line = {"type": "LineString", "coordinates": [[15, 59], [16, 60]]}
    assert refused_alone({"type": "Feature", "properties": {"namn": "Leden"}, "geometry": line}) == (
        "Område 2 (Leden) är en LineString, men ska vara en yta (Polygon eller MultiPolygon)."
    )


@pytest.mark.parametrize(
    "coordinates, reason",
    [
        (None, "har inga koordinater."),
        ({}, "har inga koordinater."),
        ([], "har inga koordinater."),
        ([[]], "har en ring med färre än fyra hörn."),
        ([7], "har koordinater som inte är en lista av ringar."),
        ([[7, 7, 7, 7]], "har en koordinat som inte är två tal."),
        ([[[15.1, 59.1], [15.2, 59.1]]], "har en ring med färre än fyra hörn."),
        ([[["15.1", "59.1"]]], "har en koordinat som inte är två tal."),
        ([[[True, False]]], "har en koordinat som inte är två tal."),
        ([[[15.1]]], "har en koordinat som inte är två tal."),
        ([[[15.1, 59.1, 0, 0, 0]]], "har en koordinat som inte är två tal."),
        ([[[1e300, 59.1]]], "har en orimligt stor koordinat."),
        ([[[10**400, 59.1]]], "har en orimligt stor koordinat."),
        ([[[15.1, 59.1]] * 5], "har ingen yta att tala om."),
        ([[[15.1, 59.1], [15.2, 59.2], [15.1, 59.1], [15.1, 59.1]]], "har ingen yta att tala om."),
        ([square(15.1, 59.1, 0.00001)], "har ingen yta att tala om."),
        ([[[[[[[15.1, 59.1]]]]]]], "har en koordinat som inte är två tal."),
        ([square(200, 59.1)], "har koordinater som inte är grader."),
    ],
    ids=lambda value: repr(value)[:80],
)
def test_coordinates_that_make_no_area_are_refused_alone(coordinates, reason):
    bad = feature("Haga")
    bad["geometry"]["coordinates"] = coordinates
    assert refused_alone(bad).startswith(f"Område 2 (Haga) {reason}")


@pytest.mark.parametrize("odd", [None, 7, "Feature", [], {}, {"type": "Polygon"}])
def test_what_is_no_feature_is_refused_alone(odd):
    assert refused_alone(odd) == "Område 2 är inte en Feature."


@pytest.mark.parametrize(
    "properties", [{}, {"name": ""}, {"name": "  "}, {"name": None}, {"name": ["Haga"]}, {"name": True}]
)
def test_a_district_without_a_name_is_refused_alone(properties):
    nameless = feature(None, square(15.2, 59.1), **properties)
    assert refused_alone(nameless) == "Område 2 saknar namn: det ska stå i egenskapen name eller namn."


def test_a_name_that_fits_nowhere_is_refused_alone():
    assert "och högst 120 får plats" in refused_alone(feature("Å" * 121, square(15.2, 59.1)))


def test_the_second_of_the_same_name_is_refused_alone():
    assert refused_alone(feature("MALMEN", square(15.2, 59.1))) == (
        "Område 2 (MALMEN) heter likadant som område 1. Slå ihop dem eller ge dem olika namn."
    )


def test_when_nothing_can_be_used_the_first_reason_is_given():
    assert refusal(text(feature(None, square(15, 59)), feature("Haga"))) == (
        "Inget område går att använda. Område 1 saknar namn: det ska stå i egenskapen name eller namn."
    )


# --- What is mended --------------------------------------------------------------------------------------------------


def test_a_border_that_crosses_itself_is_mended_and_said():
    bowtie = [[15.13, 59.13], [15.14, 59.14], [15.14, 59.13], [15.13, 59.14], [15.13, 59.13]]
    found = read_layer(text(feature("Haga", bowtie)))
    assert found.outlines[0].shape.is_valid and len(found.outlines[0].shape.geoms) == 2
    assert found.notes == ["Område 1 (Haga) hade en gräns som korsar sig själv eller hål på fel plats; den är lagad."]


def test_an_open_ring_is_closed():
    found = read_layer(text(feature("Haga", square(15.13, 59.13)[:-1])))
    assert found.outlines[0].shape.equals(read_layer(text(HAGA)).outlines[0].shape)


def test_a_hole_stays_a_hole():
    found = read_layer(text(feature("Haga", square(15.13, 59.13), square(15.132, 59.132, 0.005))))
    (polygon,) = found.outlines[0].shape.geoms
    assert len(polygon.interiors) == 1


def test_codes_that_are_not_ones_own_are_left_out():
    found = read_layer(
        text(feature("Haga", square(15.13, 59.13), kod="1881"), feature("Åsen", square(15.2, 59.13), kod="1881"))
    )
    assert [one.code for one in found.outlines] == [None, None]
    assert found.notes == ["Flera områden har samma kod. Koderna används inte."]


# --- What is read ----------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "key", ["name", "namn", "NAMN", "Name", "regsonamn", "Områdesnamn", "VD_NAMN", "stadsdel", "distrikt"]
)
def test_a_name_is_found_under_the_words_that_are_in_use(key):
    assert read_layer(text(feature(None, square(15.13, 59.13), **{key: " Haga "}))).outlines[0].name == "Haga"


def test_ones_own_words_for_name_and_code_can_be_given():
    file = text(feature("nej", square(15.13, 59.13), BYDEL="Haga", NR=12))
    (outline,) = read_layer(file, name_keys=["bydel"], code_keys=["nr"]).outlines
    assert (outline.name, outline.code) == ("Haga", "12")


def test_a_district_that_has_only_a_code_is_called_by_it():
    (outline,) = read_layer(text(feature(None, square(15.13, 59.13), desokod="1881A0010"))).outlines
    assert (outline.name, outline.code) == ("1881A0010", "1881A0010")


def test_a_property_that_is_called_type_is_only_a_property():
    file = text(feature("Haga", square(15.13, 59.13), type="Polygon", geometry={"type": "Point", "coordinates": "x"}))
    assert read_layer(file).outlines[0].name == "Haga"


def test_names_are_cleaned_of_what_cannot_be_seen():
    assert read_layer(text(feature("Ha\u202ega\x00\n ", square(15.13, 59.13)))).outlines[0].name == "Haga"


def test_heights_and_a_byte_order_mark_are_no_obstacle():
    ring = [[*position, 47.5] for position in square(15.13, 59.13)]
    file = b"\xef\xbb\xbf" + text(feature("Haga", ring)).encode()
    assert read_layer(file).outlines[0].shape.equals(read_layer(text(HAGA)).outlines[0].shape)


def test_where_it_comes_from_and_how_sure_it_is_are_kept():
    own = feature("Haga", square(15.13, 59.13), approximate=True, source="egen ritning", kommun="Kumla")
    outline, other = read_layer(text(own, MALMEN), source="Lantmäteriet").outlines
    assert (outline.approximate, outline.source, outline.municipality) == (True, "egen ritning", "Kumla")
    assert (other.approximate, other.source) == (False, "Lantmäteriet")


@pytest.mark.parametrize(
    "name", ["urn:ogc:def:crs:OGC:1.3:CRS84", "EPSG:4326", "http://www.opengis.net/def/crs/EPSG/0/4258"]
)
def test_degrees_by_any_of_their_names_are_degrees(name):
    assert read_layer(text(HAGA, crs=crs(name))).outlines[0].shape.bounds[:2] == (15.13, 59.13)


@pytest.mark.parametrize(
    "name", ["EPSG:3006", "urn:ogc:def:crs:EPSG::3006", "http://www.opengis.net/def/crs/EPSG/0/3006"]
)
@pytest.mark.parametrize("north_first", [False, True])
def test_sweref_99_tm_becomes_degrees_in_either_order_of_its_axes(name, north_first):
    ring = [to_sweref(lat, lon) for lon, lat in square(15.13, 59.13)]
    ring = [[north, east] if north_first else [east, north] for north, east in ring]
    shape = read_layer(text(feature("Haga", ring), crs=crs(name))).outlines[0].shape
    assert shape.bounds == pytest.approx((15.13, 59.13, 15.14, 59.14), abs=1e-7)


def test_an_area_is_right_to_a_thousandth():
    (outline,) = read_layer(text(feature("Haga", square(507_000, 6_554_000, 1000)), crs=crs("EPSG:3006"))).outlines
    assert area_m2(outline.shape) == pytest.approx(1_000_000 / 0.9996**2, rel=0.001)


# --- Anything --------------------------------------------------------------------------------------------------------

words = st.sampled_from(
    ["type", "features", "FeatureCollection", "Feature", "Polygon", "MultiPolygon", "geometry", "coordinates", "crs",
     "properties", "name", "code", "EPSG:3006", "Haga", ""]
)  # fmt: skip
scalars = st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=8) | words
anything = st.recursive(
    scalars, lambda inner: st.lists(inner, max_size=5) | st.dictionaries(words | st.text(max_size=5), inner, max_size=5)
)
coordinate = st.one_of(
    st.floats(-200, 200), st.floats(14, 16), st.floats(59, 60), st.floats(allow_nan=False), st.integers(), scalars
)
ring = st.lists(st.lists(coordinate, min_size=1, max_size=4) | scalars, max_size=8)
geometry = st.fixed_dictionaries(
    {
        "type": st.sampled_from(["Polygon", "MultiPolygon", "GeometryCollection"]) | scalars,
        "coordinates": st.lists(ring, max_size=3) | st.lists(st.lists(ring, max_size=3), max_size=2) | anything,
    }
)
feature_like = st.fixed_dictionaries(
    {
        "type": st.just("Feature"),
        "properties": st.dictionaries(words | st.text(max_size=5), scalars, max_size=4) | st.just({"name": "Haga"}),
        "geometry": geometry,
    }
)
file_like = st.fixed_dictionaries(
    {"type": st.just("FeatureCollection"), "features": st.lists(feature_like | anything, max_size=4)},
    optional={"crs": st.just(crs("EPSG:3006")) | anything},
)


def read_or_refuse(data):
    """Any input either is a layer of valid outlines or is refused in a sentence."""
    try:
        found = read_layer(data)
    except Invalid as refused:
        assert refused.sentence and len(refused.sentence) < 500
        return
    assert found.outlines
    for outline in found.outlines:
        assert outline.shape.is_valid and area_m2(outline.shape) >= 100 and 0 < len(outline.name) <= 120


@given(st.text() | st.binary())
@example("\ud800")
def test_any_text_is_read_or_refused(data):
    read_or_refuse(data)


@given(anything)
def test_any_json_is_read_or_refused(value):
    read_or_refuse(json.dumps(value))


@given(file_like)
@example(collection(feature("\ud800", square(15, 59))))
@example(collection(feature("\u0958" * 300, square(15, 59)), crs=crs("\u0958" * 300)))
def test_any_collection_is_read_or_refused(value):
    read_or_refuse(json.dumps(value))


@given(st.lists(st.tuples(st.floats(15, 15.3), st.floats(59, 59.2)), min_size=1, max_size=12), st.booleans())
def test_any_ring_in_kumla_becomes_valid_ground_or_is_refused(points, in_metres):
    points = [list(reversed(to_sweref(lat, lon))) if in_metres else [lon, lat] for lon, lat in points]
    read_or_refuse(text(feature("Haga", points), **({"crs": crs("EPSG:3006")} if in_metres else {})))
