"""GET /api/v1/observations and one of them."""

import uuid
from datetime import timedelta

import pytest
from sqlalchemy.orm import Session

from tests import make
from tests.cast import OLOF
from tests.conftest import Client
from tests.counting import statements
from walkapp.core.clock import now, pretend

# A fixed one: the workers of a run must collect the same tests.
NOBODY = "00000000-0000-4000-8000-000000000000"


def test_nobody_and_no_phone_reads_them(client: Client, db: Session) -> None:
    _, token = make.join(db)
    assert client.get("/api/v1/observations").status_code == 401
    headers = {"Authorization": f"Bearer {token}"}
    assert client.get("/api/v1/observations", headers=headers).status_code == 401


@pytest.mark.parametrize(
    ("query", "sentence"),
    [
        ("after=allt", "UUID"),
        (f"after={NOBODY}", "ingen iakttagelse"),
        ("limit=många", "heltal"),
        ("tema=ufo", "Ämnet finns inte"),
        ("omrade=atlantis", "Området"),
        (f"vandring={NOBODY}", "Vandringen"),
    ],
)
def test_a_question_that_cannot_be_answered_is_422(client: Client, query: str, sentence: str) -> None:
    answer = client.as_(OLOF).get(f"/api/v1/observations?{query}")
    assert (answer.status_code, answer.content_type) == (422, "application/problem+json")
    assert sentence in answer.get_json()["detail"]


def test_one_that_does_not_exist_is_404(client: Client) -> None:
    assert client.as_(OLOF).get(f"/api/v1/observations/{uuid.uuid4()}").status_code == 404


def test_all_come_once_page_by_page_and_later_ones_after_them(client: Client, db: Session) -> None:
    walk = make.make_walk(db)
    sent = [str(make.make_observation(db, walk=walk).id) for _ in range(5)]
    client.as_(OLOF)
    got: list[str] = []
    address = f"/api/v1/observations?vandring={walk.id}&limit=2"
    while address:
        body = client.get(address).get_json()
        got += [item["id"] for item in body["items"]]
        address = body["next"]
    assert sorted(got) == sorted(sent)
    with pretend(now() + timedelta(minutes=1)):
        later = make.make_observation(db, walk=walk)
    items = client.get(f"/api/v1/observations?vandring={walk.id}&after={got[-1]}").get_json()["items"]
    assert [item["id"] for item in items] == [str(later.id)]


def test_an_item_says_what_was_seen_and_not_the_walkers_receipt(client: Client, db: Session) -> None:
    seen = make.make_observation(db, "vaxtlighet", "belysning", feeling="tryggt")
    answer = client.as_(OLOF).get(f"/api/v1/observations/{seen.id}")
    body = answer.get_json()
    assert [one["theme"] for one in body["themes"]] == ["vaxtlighet", "belysning"]
    assert (body["feeling"], body["district"], body["lat"]) == ("tryggt", "stadshuset", make.KUMLA[0])
    assert body["url"] == f"http://localhost/iakttagelser/{seen.id}"
    assert seen.receipt not in answer.text


def test_the_list_costs_the_same_for_more_rows(client: Client, db: Session) -> None:
    client.as_(OLOF)
    counts = []
    for _ in range(2):
        for _ in range(4):
            make.make_observation(db)
        with statements(db) as ran:
            client.get("/api/v1/observations")
        counts.append(len(ran))
    assert counts[0] == counts[1]


def test_the_phones_map_gets_the_outlines_of_all_districts(client: Client) -> None:
    answer = client.get("/api/v1/districts")
    assert answer.content_type == "application/geo+json"
    assert len(answer.get_json()["features"]) == 12
    again = client.get("/api/v1/districts", headers={"If-None-Match": answer.headers["ETag"]})
    assert again.status_code == 304
