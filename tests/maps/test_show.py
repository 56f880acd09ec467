"""`/karta` and `/karta/lista`: the map for officials, and the same content as a list."""

import json
import re

import pytest

from tests.actions.acts import see
from tests.cast import EVERYBODY, OLOF
from tests.counting import statements
from tests.make import join, make_observation
from walkapp.districts.models import District

PAGES = ("/karta", "/karta/lista", "/karta/oversikt.svg")


def text(answer):
    assert answer.status_code == 200
    return answer.get_data(as_text=True)


def facts(page, id):
    """What the page tells its scripts."""
    found = re.search(rf'<script type="application/json" id="{id}">(.*?)</script>', page, re.DOTALL)
    return json.loads(found[1])


def counted(page, slug):
    """The numbers of a district: all, lighting, vegetation, camera, good places."""
    row = re.search(rf'<a href="/atgardsplan/{slug}".*?</tr>', page, re.DOTALL)[0]
    return re.findall(r"<td>(\d+)</td>", row)


# --- Who may not -----------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("path", PAGES)
def test_nobody_sees_the_map_without_signing_in(client, path):
    answer = client.get(path)
    assert answer.status_code == 303
    assert answer.location.startswith("/logga-in")


@pytest.mark.parametrize("path", PAGES)
def test_a_walker_has_no_map(client, db, path):
    _, token = join(db)
    assert client.walking(token).get(path).status_code in (303, 403)


@pytest.mark.parametrize("path", PAGES)
@pytest.mark.parametrize("person", EVERYBODY, ids=lambda p: p.name)
def test_everybody_with_an_account_does(client, db, person, path):
    assert client.as_(person).get(path).status_code == 200


# --- Addresses that ask for what is not there ------------------------------------------------------------------------


@pytest.mark.parametrize("path", PAGES)
@pytest.mark.parametrize(
    "wrong", ["tema=ufo", "omrade=atlantis", "status=borta", "bbox=1,2,3", "bbox=9,9,1,1", "period=snart"]
)
def test_an_unknown_filter_is_a_page_with_a_sentence(client, db, path, wrong):
    answer = client.as_(OLOF).get(f"{path}?{wrong}")
    assert answer.status_code == 422
    assert "Traceback" not in answer.get_data(as_text=True)


@pytest.mark.parametrize("number", ["0", "-1", "två", "9" * 30])
def test_a_page_number_that_is_none_is_refused(client, db, number):
    assert client.as_(OLOF).get(f"/karta/lista?sida={number}").status_code == 422


def test_a_page_behind_the_last_one_is_empty(client, db):
    see(db)
    assert "Inga iakttagelser här" in text(client.as_(OLOF).get("/karta/lista?sida=7"))


# --- The map ---------------------------------------------------------------------------------------------------------


def test_the_first_view_is_in_the_page(client, db):
    seen = see(db, text="Kolsvart vid bron")
    page = text(client.as_(OLOF).get("/karta"))
    brought = facts(page, "karta-data")
    assert [answer["zoom"] for answer in brought["answers"]] == [10, 11]
    assert [f["id"] for answer in brought["answers"] for f in answer["features"]] == [str(seen.id)] * 2
    assert brought["total"] == 1
    assert len(facts(page, "karta-omraden")["features"]) == 12
    assert facts(page, "karta-ord")["controls"]["base"] == "Ungefärliga gränser – walkapp"


def test_its_script_has_the_nonce_of_the_answer_and_nothing_is_foreign(client, db):
    answer = client.as_(OLOF).get("/karta")
    page = text(answer)
    nonce = re.search(r"'nonce-([^']+)'", answer.headers["Content-Security-Policy"])[1]
    (script,) = re.findall(r'<script type="module" nonce="([^"]+)">', page)
    assert script == nonce
    assert "unsafe" not in answer.headers["Content-Security-Policy"]
    assert not re.findall(r'(?:src|href)="(?:https?:)?//', page)
    for cdn in ("jsdelivr", "jquery", "cdnjs", "bootstrap"):
        assert cdn not in page


def test_a_filter_by_district_opens_the_map_there(client, db):
    make_observation(db)
    page = text(client.as_(OLOF).get("/karta?omrade=malmen"))
    west, south, east, north = db.query(District).filter_by(slug="malmen").one().box
    assert f"[[{south}, {west}], [{north}, {east}]]" in page
    assert facts(page, "karta-ord")["districts"] == ["malmen"]
    assert facts(page, "karta-data")["total"] == 0


def test_a_box_in_the_address_says_where_it_opens_and_not_what_is_counted(client, db):
    see(db)
    page = text(client.as_(OLOF).get("/karta?bbox=15.2,59.1,15.3,59.2"))
    assert "[[59.1, 15.2], [59.2, 15.3]]" in page
    assert facts(page, "karta-data")["total"] == 0
    assert counted(page, "stadshuset")[0] == "1"


def test_each_district_is_counted_beside_its_plan(client, db):
    see(db, "belysning")
    see(db, "trygg_plats")
    make_observation(db, "klotter", lat=59.1277, lon=14.5)
    page = text(client.as_(OLOF).get("/karta"))
    assert counted(page, "stadshuset") == ["2", "1", "0", "0", "1"]
    assert counted(page, "malmen") == ["0", "0", "0", "0", "0"]
    assert counted(page, "utan-omrade") == ["1", "0", "0", "0", "0"]
    assert "Utanför områdena" in page


def test_filters_are_carried_along_also_those_without_a_field(client, db):
    see(db)
    page = text(client.as_(OLOF).get("/karta?tema=belysning&ljus=morkt&tema=kamera"))
    assert '<input type="hidden" name="ljus" value="morkt">' in page
    assert "/karta/lista?tema=belysning&amp;tema=kamera&amp;ljus=morkt" in page
    assert facts(page, "karta-ord")["filters"] == "tema=belysning&tema=kamera&ljus=morkt"


def test_without_districts_and_observations_the_map_still_opens(client, db):
    for district in db.query(District):
        district.retired_at = district.created_at
    page = text(client.as_(OLOF).get("/karta"))
    assert "Inga iakttagelser här" in page
    assert facts(page, "karta-omraden")["features"] == []


# --- The list --------------------------------------------------------------------------------------------------------


def test_the_list_has_what_the_map_has_and_what_has_no_place(client, db):
    see(db, "växtlighet", "belysning", text="Busken skymmer lampan", feeling="lite_otryggt")
    make_observation(db, "klotter", lat=None, lon=None, accuracy_m=None, text="Klotter i tunneln")
    page = text(client.as_(OLOF).get("/karta/lista"))
    for words in (
        "Busken skymmer lampan",
        "Växtlighet och sikt",
        "Lite otryggt",
        "Klotter i tunneln",
        "saknar plats på kartan",
    ):
        assert words in page
    assert "2 iakttagelser" in page
    assert "1 iakttagelse saknar plats" in text(client.get("/karta"))
    assert "Klotter i tunneln" not in text(client.get("/karta/lista?bbox=15.1,59.1,15.2,59.2"))


def test_the_list_is_read_by_pages(client, db):
    for n in range(51):
        see(db, "klotter", east=n * 5, text=f"Nummer {n}")
    client.as_(OLOF)
    first, second = text(client.get("/karta/lista?tema=klotter")), text(client.get("/karta/lista?tema=klotter&sida=2"))
    assert len(re.findall(r"Nummer \d+", first)) == 50
    assert len(re.findall(r"Nummer \d+", second)) == 1
    assert "tema=klotter&amp;sida=2" in first


@pytest.mark.parametrize("path", PAGES)
def test_fifty_cost_as_many_statements_as_five(client, db, path):
    client.as_(OLOF)

    def cost():
        with statements(db) as ran:
            client.get(path)
        return len(ran)

    for n in range(5):
        see(db, east=n * 60)
    cost()
    few = cost()
    for n in range(5, 50):
        see(db, east=n % 10 * 60, north=n // 10 * 60)
    assert cost() == few
