"""`GET /api/v1/map`: what lies in a view."""

import pytest

from tests.actions.acts import action_of, make_action, see, take_to
from tests.cast import EVERYBODY, OLOF, STEN
from tests.counting import statements
from tests.make import KUMLA, join, make_observation, make_walk
from walkapp.actions.rules import State
from walkapp.districts.models import District

TOWN = "15.10,59.11,15.18,59.145"


def ask(client, bbox=TOWN, zoom=18, **filters):
    answer = client.get("/api/v1/map", query_string={"bbox": bbox, "zoom": zoom, **filters})
    assert answer.status_code == 200, answer.get_json()
    return answer.get_json()


def ids(answer):
    return {f["id"] for f in answer["features"] if "cluster" not in f["properties"]}


def listed(answer):
    return {f["id"] for f in answer["rows"]}


# --- Who may not -----------------------------------------------------------------------------------------------------


def test_nobody_asks_without_signing_in(client):
    answer = client.get(f"/api/v1/map?bbox={TOWN}&zoom=12")
    assert answer.status_code == 401
    assert answer.content_type == "application/problem+json"


def test_a_walker_may_not_look_at_the_map(client, db):
    _, token = join(db)
    bearer = {"Authorization": f"Bearer {token}"}
    assert client.get(f"/api/v1/map?bbox={TOWN}&zoom=12", headers=bearer).status_code == 401


def test_staff_learn_nothing_of_an_action_that_is_not_theirs(client, db):
    lamp = make_action(db, "belysning", state=State.RECEIVED)
    answer = ask(client.as_(STEN))
    assert [f["properties"]["actions"] for f in answer["features"]] == [[]]
    assert ask(client.as_(STEN), status="mottagen")["total"] == 0
    assert ask(client.as_(OLOF), status="mottagen")["features"][0]["properties"]["actions"][0]["id"] == str(lamp.id)


@pytest.mark.parametrize("person", EVERYBODY, ids=lambda p: p.name)
def test_everybody_with_an_account_may(client, db, person):
    seen = see(db)
    assert ids(ask(client.as_(person))) == {str(seen.id)}


# --- Questions that are none -----------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("question", "sentence"),
    [
        ("zoom=12", "bbox"),
        (f"bbox={TOWN}", "zoom"),
        ("bbox=&zoom=12", "bbox"),
        ("bbox=15,59,16&zoom=12", "fyra tal"),
        ("bbox=a,b,c,d&zoom=12", "fyra tal"),
        ("bbox=nan,59,15.2,59.2&zoom=12", "fyra tal"),
        ("bbox=15,59,inf,60&zoom=12", "fyra tal"),
        ("bbox=15,59,1e400,60&zoom=12", "fyra tal"),
        ("bbox=15.2,59.2,15.1,59.1&zoom=12", "vänd"),
        ("bbox=59.1,15.1,59.2,15.2&zoom=12", "bytt plats"),
        ("bbox=15.1,59.1,15.1,59.2&zoom=12", "tom"),
        ("bbox=-999,0,999,1&zoom=12", "utanför jorden"),
        (f"bbox={TOWN}&zoom=-1", "zoom"),
        (f"bbox={TOWN}&zoom=99", "zoom"),
        (f"bbox={TOWN}&zoom=12.5", "zoom"),
        (f"bbox={TOWN}&zoom=²", "zoom"),
        (f"bbox={TOWN}&zoom=1{'0' * 5000}", "zoom"),
        (f"bbox={TOWN}&zoom=12&tema=ufo", "Ämnet finns inte"),
        (f"bbox={TOWN}&zoom=12&tema=belysning&tema=ufo", "Ämnet finns inte"),
        (f"bbox={TOWN}&zoom=12&omrade=atlantis", "Området"),
        (f"bbox={TOWN}&zoom=12&lofte=sex", "Löftet"),
        (f"bbox={TOWN}&zoom=12&lofte=5bd0e6a6-5a8d-4b27-8a70-8d8d7e7d0f11", "Löftet"),
        (f"bbox={TOWN}&zoom=12&status=borta", "Läget"),
        (f"bbox={TOWN}&zoom=12&fran=igår", "Datumet"),
        (f"bbox={TOWN}&zoom=12&period=2026-q5", "Perioden"),
        (f"bbox={TOWN}&zoom=12&tema={{{{7*7}}}}", "Ämnet finns inte"),
    ],
)
def test_each_is_refused_with_a_sentence(client, db, question, sentence):
    answer = client.as_(OLOF).get(f"/api/v1/map?{question}")
    assert answer.status_code == 422, question
    assert answer.content_type == "application/problem+json"
    assert sentence in answer.get_json()["detail"]
    assert "49" not in answer.get_json()["detail"]


def test_the_whole_world_at_the_nearest_zoom_is_answered_by_a_coarser_grid(client, db):
    see(db)
    see(db, east=5)
    answer = ask(client.as_(OLOF), bbox="-180,-90,180,90", zoom=22)
    assert [f["properties"]["cluster"] for f in answer["features"]] == [2]


# --- Answers ---------------------------------------------------------------------------------------------------------


def test_nothing_in_view_is_an_empty_collection(client, db):
    see(db)
    answer = ask(client.as_(OLOF), bbox="14.0,58.0,14.1,58.1")
    assert (answer["type"], answer["features"], answer["rows"], answer["total"]) == ("FeatureCollection", [], [], 0)


def test_an_observation_alone_in_its_cell_comes_with_all_that_its_card_shows(client, db):
    walk = make_walk(db, title="Runt Malmen", stops=[{"name": "Gångtunneln", "lat": KUMLA[0], "lon": KUMLA[1]}])
    seen = make_observation(
        db, "växtlighet", "belysning", walk=walk, stop=1, text="Busken <b>skymmer</b>", feeling="mycket_otryggt"
    )
    take_to(db, action_of(db, seen, "belysning"), State.RECEIVED)
    (feature,) = ask(client.as_(OLOF))["features"]
    assert feature["geometry"] == {"type": "Point", "coordinates": [KUMLA[1], KUMLA[0]]}
    facts = feature["properties"]
    assert facts["themes"] == ["vaxtlighet", "belysning"]
    assert facts["text"] == "Busken <b>skymmer</b>"
    assert (facts["feeling"], facts["walk"], facts["place"]) == (
        "mycket_otryggt",
        "Runt Malmen",
        "Stopp 1 – Gångtunneln",
    )
    assert facts["district"] == {"slug": "stadshuset", "name": "Stadshuset"}
    assert {a["state"] for a in facts["actions"]} == {"foreslagen", "mottagen"}
    assert facts["url"] == f"/iakttagelser/{seen.id}"
    assert facts["observed_at"].endswith("+00:00")


def test_several_in_one_cell_are_a_cluster_with_their_themes(client, db):
    for theme in ("belysning", "belysning", "trygg_plats"):
        see(db, theme)
    (feature,) = ask(client.as_(OLOF), zoom=12)["features"]
    assert feature["properties"]["cluster"] == 3
    assert feature["properties"]["themes"] == {"belysning": 2, "trygg_plats": 1}
    assert feature["properties"]["box"] == [KUMLA[1], KUMLA[0], KUMLA[1], KUMLA[0]]


def test_a_cluster_at_the_edge_of_the_view_counts_what_lies_outside(client, db):
    for east in (0, 20, 40):
        see(db, east=east)
    east_of_the_first = f"{KUMLA[1] + 0.0001},59.12,15.18,59.14"
    answer = ask(client.as_(OLOF), bbox=east_of_the_first, zoom=12)
    assert [f["properties"]["cluster"] for f in answer["features"]] == [3]
    assert answer["total"] == 2
    assert len(answer["rows"]) == 2


def test_every_observation_is_drawn_once_at_every_zoom(client, db):
    for n in range(30):
        see(db, "klotter" if n % 3 else "trygg_plats", east=n * 37 % 400, north=n * 53 % 300)
    client.as_(OLOF)
    for zoom in range(8, 20):
        answer = ask(client, zoom=zoom)
        assert sum(f["properties"].get("cluster", 1) for f in answer["features"]) == answer["total"] == 30


def test_what_has_no_place_is_not_on_the_map(client, db):
    see(db, text="Mörkt vid skolan")
    make_observation(db, lat=None, lon=None, accuracy_m=None)
    assert ask(client.as_(OLOF))["total"] == 1


# --- Filters ---------------------------------------------------------------------------------------------------------


def test_a_filter_by_theme_lets_that_theme_lead(client, db):
    both = see(db, "växtlighet", "belysning")
    see(db, "klotter", east=300)
    answer = ask(client.as_(OLOF), tema="belysning")
    assert ids(answer) == {str(both.id)}
    assert answer["features"][0]["properties"]["themes"] == ["belysning", "vaxtlighet"]
    see(db, "belysning")
    assert ask(client, tema="belysning", zoom=12)["features"][0]["properties"]["themes"] == {"belysning": 2}


def test_filters_meet(client, db):
    lamp = see(db, "belysning")
    bush = see(db, "växtlighet", east=300)
    outside = make_observation(db, "klotter", lat=59.1277, lon=14.5)
    client.as_(OLOF)
    wide = "14,59,16,60"
    assert listed(ask(client, bbox=wide)) == {str(lamp.id), str(bush.id), str(outside.id)}
    assert listed(ask(client, bbox=wide, omrade="utan-omrade")) == {str(outside.id)}
    assert listed(ask(client, bbox=wide, lofte="utanfor")) == {str(outside.id)}
    assert listed(ask(client, bbox=wide, omrade="stadshuset", tema="belysning")) == {str(lamp.id)}
    promise = lamp.themes[0].promise_id
    assert promise is not None
    assert str(lamp.id) in listed(ask(client, bbox=wide, lofte=str(promise), tema="belysning"))
    assert ask(client, bbox=wide, fran="2099-01-01")["total"] == 0
    assert ask(client, bbox=wide, till="2099-01-01")["total"] == 3


def test_what_came_of_it_is_a_filter_too(client, db):
    proposed = see(db, "belysning")
    done = see(db, "belysning", east=400)
    good = see(db, "trygg_plats", east=-400)
    take_to(db, action_of(db, done), State.DONE)
    client.as_(OLOF)
    assert ids(ask(client, status="oppna")) == {str(proposed.id)}
    assert ids(ask(client, status="avslutade")) == {str(done.id)}
    assert ids(ask(client, status="klar")) == {str(done.id)}
    assert ids(ask(client, status="utan")) == {str(good.id)}


def test_a_district_that_is_no_longer_in_use_can_still_be_asked_for(client, db):
    seen = see(db)
    db.get_one(District, seen.district_id).retired_at = seen.observed_at
    assert ids(ask(client.as_(OLOF), omrade="stadshuset")) == {str(seen.id)}


def test_fifty_cost_as_many_statements_as_five(client, db):
    client.as_(OLOF)

    def cost():
        with statements(db) as ran:
            ask(client)
        return len(ran)

    for n in range(5):
        see(db, east=n * 60)
    few = cost()
    for n in range(5, 50):
        see(db, east=n % 10 * 60, north=n // 10 * 60)
    assert cost() == few
