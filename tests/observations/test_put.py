"""PUT /api/v1/observations/<uuid>: what a phone says, kept once."""

import uuid
from typing import Any

import pytest
import sqlalchemy as sa
from sqlalchemy.orm import Session

from tests import make
from tests.cast import ADA
from tests.conftest import Client
from walkapp.core.actor import SYSTEM
from walkapp.observations.models import Observation
from walkapp.observations.rules import DistrictFlag, PlaceMethod
from walkapp.promises.rules import Theme
from walkapp.walks import service as walks
from walkapp.walks.rules import WalkState

WHOLE = {
    "themes": ["belysning"], "text": "Kolsvart", "lat": make.KUMLA[0], "lon": make.KUMLA[1], "accuracy_m": 8,
    "place_method": "gps", "feeling": "mycket_otryggt", "observed_at": "2026-11-20T17:30:00Z", "photos": [],
}  # fmt: skip


@pytest.fixture
def token(db: Session) -> str:
    return make.join(db)[1]


def send(client: Client, token: str, id: uuid.UUID | None = None, **said: Any) -> Any:
    return client.put_json(f"/api/v1/observations/{id or uuid.uuid4()}", WHOLE | said, token)


def seen(db: Session) -> list[Observation]:
    return list(db.scalars(sa.select(Observation)))


@pytest.mark.parametrize("headers", [{}, {"Authorization": "Bearer nonsens"}, {"Authorization": "Basic eDp5"}])
def test_a_stranger_is_401_with_a_sentence(client: Client, db: Session, headers: dict[str, str]) -> None:
    client.as_(ADA)
    answer = client.put(f"/api/v1/observations/{uuid.uuid4()}", json=WHOLE, headers=headers)
    assert (answer.status_code, answer.content_type) == (401, "application/problem+json")
    assert "Gå med" in answer.get_json()["detail"]
    assert seen(db) == []


def test_a_cookie_is_no_token(client: Client, db: Session, token: str) -> None:
    client.walking(token)
    assert client.put(f"/api/v1/observations/{uuid.uuid4()}", json=WHOLE).status_code == 401


@pytest.mark.parametrize(
    "body",
    [
        "", "null", "[]", "[1, 2]", '"text"', "17", "{", '{"themes": ["belysning"]', "<html>", "\ufeff{}x",
        "[" * 100_000, b"\xff\xfe\x00",
    ],
)  # fmt: skip
def test_what_is_no_json_object_is_said_to_be_none(client: Client, db: Session, token: str, body: Any) -> None:
    headers = {"Authorization": f"Bearer {token}", "Content-Type": "application/json"}
    answer = client.put(f"/api/v1/observations/{uuid.uuid4()}", data=body, headers=headers)
    assert (answer.status_code, answer.content_type) == (422, "application/problem+json")
    assert "JSON-objekt" in answer.get_json()["detail"]
    assert seen(db) == []


def test_a_book_is_too_large(client: Client, token: str) -> None:
    assert send(client, token, text="a" * 300_000).status_code == 413


def test_a_fault_is_named_at_its_field(client: Client, db: Session, token: str) -> None:
    answer = send(client, token, text="a" * 10_000)
    assert (answer.status_code, answer.content_type) == (422, "application/problem+json")
    assert "10000 tecken" in answer.get_json()["detail"]
    assert "10000 tecken" in answer.get_json()["fields"]["text"]
    assert seen(db) == []


def test_what_was_seen_after_the_walk_is_refused(client: Client, db: Session) -> None:
    walk = make.make_walk(db)
    _, token = make.join(db, walk)
    walks.take_to(db, SYSTEM, walk, WalkState.CLOSED)
    answer = send(client, token, observed_at=None)
    assert answer.status_code == 410
    assert "avslutad" in answer.get_json()["detail"]


def test_what_was_seen_before_it_closed_is_taken_afterwards(client: Client, db: Session) -> None:
    walk = make.make_walk(db)
    _, token = make.join(db, walk)
    walks.take_to(db, SYSTEM, walk, WalkState.CLOSED)
    assert walk.closed_at is not None
    before = walk.closed_at.replace(year=walk.closed_at.year - 1)
    assert send(client, token, observed_at=before.isoformat()).status_code == 201


def test_another_content_under_the_same_id_is_409_and_changes_nothing(client: Client, db: Session, token: str) -> None:
    id = uuid.uuid4()
    send(client, token, id)
    answer = send(client, token, id, text="Något annat")
    assert answer.status_code == 409
    assert [one.text for one in seen(db)] == ["Kolsvart"]


def test_another_walk_cannot_have_the_same_id(client: Client, db: Session, token: str) -> None:
    id = uuid.uuid4()
    send(client, token, id)
    assert send(client, make.join(db)[1], id).status_code == 409


def test_sent_again_it_is_the_same_with_the_same_receipt(client: Client, db: Session, token: str) -> None:
    id = uuid.uuid4()
    first, second = send(client, token, id), send(client, token, id)
    assert (first.status_code, second.status_code) == (201, 200)
    assert first.get_json() == second.get_json()
    assert len(seen(db)) == 1


def test_the_same_moment_in_another_zone_is_the_same(client: Client, token: str) -> None:
    id = uuid.uuid4()
    send(client, token, id, observed_at="2026-11-20T17:30:00Z")
    assert send(client, token, id, observed_at="2026-11-20T18:30:00+01:00").status_code == 200


def test_a_phone_that_joined_anew_sends_what_it_still_has(client: Client, db: Session) -> None:
    walk = make.make_walk(db)
    (_, old), (anew, new) = make.join(db, walk), make.join(db, walk)
    id = uuid.uuid4()
    send(client, old, id)
    assert send(client, new, id).status_code == 200
    assert seen(db)[0].sign_in_id == anew.sign_in_id


def test_the_answer_is_a_receipt(client: Client, db: Session, token: str) -> None:
    photo, missing = uuid.uuid4(), uuid.uuid4()
    client.put(f"/api/v1/photos/{photo}", data=make.picture(), headers={"Authorization": f"Bearer {token}"})
    id = uuid.uuid4()
    answer = send(client, token, id, photos=[str(missing), str(photo)])
    body = answer.get_json()
    assert answer.status_code == 201
    assert body["id"] == str(id)
    assert body["photos"] == [str(photo)]
    assert (body["district"], body["district_flag"]) == ("stadshuset", "inside")
    assert body["light"] == "morkt"
    assert body["receipt_url"] == f"http://localhost/kvitto/{body['receipt']}"
    assert client.get(body["receipt_url"]).status_code == 200


def test_anothers_photo_is_not_taken(client: Client, db: Session, token: str) -> None:
    photo = uuid.uuid4()
    other = make.join(db)[1]
    client.put(f"/api/v1/photos/{photo}", data=make.picture(), headers={"Authorization": f"Bearer {other}"})
    assert send(client, token, photos=[str(photo)]).get_json()["photos"] == []


def test_outside_the_municipality_is_kept_and_flagged(client: Client, db: Session, token: str) -> None:
    body = send(client, token, lat=59.3293, lon=18.0686).get_json()
    assert (body["district"], body["district_flag"]) == (None, "outside")
    assert seen(db)[0].district_flag is DistrictFlag.OUTSIDE


@pytest.mark.parametrize("accuracy", [-1, 0, float("inf"), float("nan"), 1e9])
def test_a_nonsense_accuracy_costs_nothing(client: Client, db: Session, token: str, accuracy: float) -> None:
    assert send(client, token, accuracy_m=accuracy).status_code == 201
    assert seen(db)[0].accuracy_m == 15


@pytest.mark.parametrize("at", ["2038-01-19T03:14:07Z", "1970-01-01T00:00:00Z", "9999-12-31T23:59:59Z", None])
def test_a_phone_whose_clock_is_lost_gets_ours(client: Client, db: Session, token: str, at: str | None) -> None:
    assert send(client, token, observed_at=at).status_code == 201
    [one] = seen(db)
    assert one.observed_at == one.received_at


def test_what_cannot_be_seen_is_taken_out_of_the_words(client: Client, db: Session, token: str) -> None:
    text = "  a\x00b\u202ec\u2066d\ufeff\x07 e\u0301\r\nf \ud800"
    assert send(client, token, text=text).status_code == 201
    assert seen(db)[0].text == "abcd é\nf"


def test_the_least_that_can_be_said(client: Client, db: Session, token: str) -> None:
    answer = client.put_json(f"/api/v1/observations/{uuid.uuid4()}", {"themes": ["trygg_plats"]}, token)
    assert answer.status_code == 201
    [one] = seen(db)
    assert (one.place_method, one.district_flag) == (PlaceMethod.NONE, DistrictFlag.NONE)


def test_themes_are_known_by_their_words_too(client: Client, db: Session, token: str) -> None:
    send(client, token, themes=["Växtlighet och sikt", "belysning", "belysning"])
    assert [link.theme for link in seen(db)[0].themes] == [Theme.GREENERY, Theme.LIGHTING]


def test_a_stop_that_the_walk_does_not_have_is_kept_in_words(client: Client, db: Session, token: str) -> None:
    assert send(client, token, lat=None, lon=None, stop=7).status_code == 201
    assert seen(db)[0].whereabouts == "Stopp 7"


def test_light_is_computed_where_the_phone_does_not_say(client: Client, db: Session, token: str) -> None:
    send(client, token, observed_at="2026-11-20T11:00:00Z")
    send(client, token, observed_at="2026-11-20T11:00:00Z", light="morkt")
    assert [(one.light.value, one.look_in_the_dark) for one in sorted(seen(db), key=lambda o: o.light)] == [
        ("ljust", True),
        ("morkt", False),
    ]
