"""/atgardsplan/<område>: the page, and the same lines as files and on paper."""

import csv
import json
from io import StringIO

import pytest
from sqlalchemy.orm import Session

from tests import make
from tests.cast import OLOF, STEN
from tests.conftest import Client
from tests.counting import statements

PLAN = "/atgardsplan/stadshuset"


def text(client: Client, path: str) -> str:
    answer = client.get(path)
    assert answer.status_code == 200, answer.get_data(as_text=True)
    return answer.get_data(as_text=True)


def test_a_district_that_does_not_exist_is_404(client: Client) -> None:
    assert client.as_(OLOF).get("/atgardsplan/atlantis").status_code == 404


@pytest.mark.parametrize(
    "query",
    ["tema=ufo", "lage=sovande", "ansvarig=17", "lofte=6", "kostnad=gratis", "sida=0", "ordning=slump", "utskrift=x"],
)
def test_an_unknown_filter_is_said_in_a_sentence(client: Client, query: str) -> None:
    answer = client.as_(OLOF).get(f"{PLAN}?{query}")
    assert answer.status_code == 422
    assert "<h1" in answer.get_data(as_text=True)


def test_staff_see_the_lines_of_their_units_and_no_others(client: Client, db: Session) -> None:
    make.make_observation(db, "belysning", "vaxtlighet")
    page = text(client.as_(STEN), PLAN)  # Sten works for the park
    assert "Se över växtligheten" in page
    assert "Se över belysningen" not in page


def test_the_first_line_says_why_it_is_first(client: Client, db: Session) -> None:
    make.make_observation(db, "klotter", feeling="tryggt")
    make.make_observation(db, "belysning", feeling="mycket_otryggt", light="morkt")
    page = text(client.as_(OLOF), PLAN)
    assert page.index("Se över belysningen") < page.index("Ta bort klotter")
    assert "mycket otryggt" in page.lower()


def test_filters_keep_what_they_name(client: Client, db: Session) -> None:
    make.make_observation(db, "klotter")
    make.make_observation(db, "belysning")
    page = text(client.as_(OLOF), f"{PLAN}?tema=klotter")
    assert "Ta bort klotter" in page
    assert "Se över belysningen" not in page
    assert "Ta bort klotter" in text(client, f"{PLAN}?lofte=utanfor")
    assert "Ta bort klotter" not in text(client, f"{PLAN}?lage=stangda")


def test_what_lies_outside_has_a_plan_of_its_own(client: Client, db: Session) -> None:
    make.make_observation(db, "belysning", lat=59.5, lon=15.0)
    assert "Se över belysningen" in text(client.as_(OLOF), "/atgardsplan/utan-omrade")
    assert "Utanför områdena" in text(client, "/atgardsplan")


def test_excel_reads_it_as_swedes_write(client: Client, db: Session) -> None:
    make.make_observation(db, "belysning", place="=HYPERLINK(1)")
    data = client.as_(OLOF).get(f"{PLAN}.csv").data
    assert data.startswith(b"\xef\xbb\xbf")
    assert b"\r\n" in data
    (line,) = csv.DictReader(StringIO(data.decode("utf-8-sig")), delimiter=";")
    assert line["Plats"] == "'=HYPERLINK(1)"
    assert line["Latitud"].startswith("59,12")


def test_a_program_reads_it_as_programs_write(client: Client, db: Session) -> None:
    make.make_observation(db, "belysning", place="=HYPERLINK(1)")
    (line,) = csv.DictReader(StringIO(text(client.as_(OLOF), f"{PLAN}.csv?format=enkel")))
    assert line["Plats"] == "=HYPERLINK(1)"
    assert float(line["Latitud"]) == pytest.approx(make.KUMLA[0], abs=0.001)


def test_the_map_file_lists_what_each_line_came_from(client: Client, db: Session) -> None:
    seen = make.make_observation(db, "belysning")
    (feature,) = json.loads(text(client.as_(OLOF), f"{PLAN}.geojson"))["features"]
    assert feature["properties"]["observations"] == [str(seen.id)]
    assert feature["geometry"]["coordinates"] == pytest.approx([make.KUMLA[1], make.KUMLA[0]], abs=1e-5)


def test_page_paper_and_files_have_the_same_lines(client: Client, db: Session) -> None:
    for n in range(3):
        make.make_observation(db, "belysning", lat=make.KUMLA[0] + n * 0.001)
    client.as_(OLOF)
    codes = {line["Nr"] for line in csv.DictReader(StringIO(text(client, f"{PLAN}.csv?format=enkel")))}
    features = json.loads(text(client, f"{PLAN}.geojson"))["features"]
    assert {f["properties"]["number"] for f in features} == codes
    assert len(codes) == 3
    for path in (PLAN, f"{PLAN}?utskrift=ja"):
        assert all(code in text(client, path) for code in codes)


def test_more_lines_cost_no_more_questions(client: Client, db: Session) -> None:
    client.as_(OLOF)

    def cost(lines: int) -> int:
        for n in range(lines):
            make.make_observation(db, "belysning", lat=make.KUMLA[0] + n * 0.0008, lon=make.KUMLA[1] + lines / 1000)
        with statements(db) as asked:
            assert client.get(PLAN).status_code == 200
        return len(asked)

    assert cost(2) == cost(12)
