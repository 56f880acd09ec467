"""A phone joins by `POST /api/v1/join`."""

from typing import Any

import pytest
import sqlalchemy as sa
from sqlalchemy.orm import Session

from tests import make
from tests.conftest import Client
from walkapp.accounts.models import SignIn
from walkapp.walks.models import Walk
from walkapp.walks.rules import WalkState


def another_code(walk: Walk) -> str:
    return walk.code[:-1] + ("A" if walk.code[-1] != "A" else "C")


@pytest.mark.parametrize("code", ["ACEFGH", "", "OOOOOO", "12", "' OR 1=1 --", "\x00", "ÅÄÖ"])
def test_a_wrong_code_is_not_found(client: Client, db: Session, code: str) -> None:
    walk = make.make_walk(db)
    answer = client.post("/api/v1/join", json={"code": another_code(walk) if code == "ACEFGH" else code})
    assert answer.status_code == 404
    assert answer.content_type == "application/problem+json"
    assert answer.get_json()["detail"]
    assert db.scalars(sa.select(SignIn)).all() == []


@pytest.mark.parametrize(
    "sent",
    [
        {"data": b"ABCDEF", "content_type": "application/json"}, {"data": b"", "content_type": "application/json"},
        {"data": {"code": "ABCDEF"}}, {"json": ["ABCDEF"]}, {"json": "ABCDEF"}, {"json": None}, {"json": {}},
        {"json": {"code": None}}, {"json": {"code": 7}}, {"json": {"code": ["A"]}}, {"json": {"code": "A" * 10_000}},
        {"data": b'{"code": "\xff"}', "content_type": "application/json"},
    ],
)  # fmt: skip
def test_what_is_no_code_at_all_gets_a_sentence(client: Client, sent: dict[str, Any]) -> None:
    answer = client.post("/api/v1/join", **sent)
    assert answer.status_code == 422
    assert answer.content_type == "application/problem+json"
    assert answer.get_json()["detail"].endswith((".", "”", "}"))


def test_a_walk_that_has_not_opened_says_wait(client: Client, db: Session) -> None:
    answer = client.post("/api/v1/join", json={"code": make.make_walk(db, state=WalkState.PLANNED).code})
    assert (answer.status_code, "inte öppnat än" in answer.get_json()["detail"]) == (409, True)


def test_a_walk_that_has_closed_says_thanks(client: Client, db: Session) -> None:
    answer = client.post("/api/v1/join", json={"code": make.make_walk(db, state=WalkState.CLOSED).code})
    assert (answer.status_code, "avslutad" in answer.get_json()["detail"]) == (410, True)


def test_guessing_is_slowed(client: Client, db: Session) -> None:
    walk = make.make_walk(db)
    answers = [client.post("/api/v1/join", json={"code": another_code(walk)}).status_code for _ in range(12)]
    assert answers == [404] * 10 + [429] * 2


def test_twenty_phones_behind_one_address_all_get_in(client: Client, db: Session) -> None:
    walk = make.make_walk(db)
    answers = [client.post("/api/v1/join", json={"code": walk.code}) for _ in range(20)]
    assert {answer.status_code for answer in answers} == {200}
    assert len({answer.get_json()["token"] for answer in answers}) == 20


def test_the_code_may_be_typed_with_small_letters_and_spaces(client: Client, db: Session) -> None:
    code = make.make_walk(db).code.lower()
    assert client.post("/api/v1/join", json={"code": f" {code[:3]} {code[3:]} "}).status_code == 200


def test_the_phone_gets_what_it_must_know_without_coverage(client: Client, db: Session) -> None:
    haga = make.district(db, "haga")
    route = [{"name": "Skolgården"}, {"name": "Gångtunneln", "lat": 59.1277, "lon": 15.1434}]
    walk = make.make_walk(db, stops=route, district_id=haga.id)
    answer = client.post("/api/v1/join", json={"code": walk.code})
    assert answer.get_json()["walk"] == {
        "id": str(walk.id),
        "title": "Kvällsvandring",
        "code": walk.code,
        "starts_at": walk.starts_at.isoformat(),
        "light": "morkt",
        "district": {"slug": "haga", "name": "Haga"},
        "stops": [
            {"number": 1, "name": "Skolgården", "lat": None, "lon": None},
            {"number": 2, "name": "Gångtunneln", "lat": 59.1277, "lon": 15.1434},
        ],
    }


def test_nothing_is_known_of_the_person(client: Client, db: Session) -> None:
    walk = make.make_walk(db)
    token = client.post("/api/v1/join", json={"code": walk.code}).get_json()["token"]
    (phone,) = db.scalars(sa.select(SignIn))
    assert (phone.walk_id, phone.user_id) == (walk.id, None)
    assert token not in phone.token_hash
