"""/atgarder/<id>: what can be done to an action from its page, and what it says when something is wrong."""

import uuid
from io import BytesIO

import pytest
import sqlalchemy as sa
from sqlalchemy.orm import Session

from tests import make
from tests.cast import LENA, OLOF, STEN
from tests.conftest import Client
from walkapp.actions.models import Action, ActionEvent, ActionObservation
from walkapp.actions.rules import State


@pytest.fixture
def action(db: Session) -> Action:
    make.make_observation(db, "vaxtlighet")
    return db.scalars(sa.select(Action)).one()


def test_an_action_that_is_not_there_is_404(client: Client) -> None:
    assert client.as_(LENA).get(f"/atgarder/{uuid.uuid4()}").status_code == 404


def test_who_reads_cannot_move_it(client: Client, action: Action) -> None:
    assert client.as_(OLOF).post(f"/atgarder/{action.id}/flytta", data={"to": "mottagen"}).status_code == 403


def test_sten_cannot_move_what_is_not_his(client: Client, db: Session) -> None:
    make.make_observation(db, "belysning")
    other = db.scalars(sa.select(Action)).one()
    assert client.as_(STEN).post(f"/atgarder/{other.id}/flytta", data={"to": "mottagen"}).status_code == 404


def test_a_forbidden_move_is_said_and_changes_nothing(client: Client, action: Action) -> None:
    answer = client.as_(STEN).post(f"/atgarder/{action.id}/flytta", data={"to": "klar", "done_on": "2026-01-01"})
    assert answer.status_code == 422
    assert "kan inte bli klar" in answer.get_data(as_text=True)
    assert action.state is State.PROPOSED


def test_declining_asks_for_a_reason_and_keeps_what_was_typed(client: Client, action: Action) -> None:
    answer = client.as_(STEN).post(f"/atgarder/{action.id}/flytta", data={"to": "avslas", "note": "Eken är skyddad"})
    assert answer.status_code == 422
    page = answer.get_data(as_text=True)
    assert "Välj ett skäl." in page
    assert "Eken är skyddad" in page


def test_a_date_that_is_none_is_said(client: Client, action: Action) -> None:
    client.as_(STEN).post(f"/atgarder/{action.id}/bekrafta")
    answer = client.post(f"/atgarder/{action.id}/flytta", data={"to": "klar", "done_on": "i fredags"})
    assert answer.status_code == 422
    assert "2026-11-24" in answer.get_data(as_text=True)


def test_the_second_editor_is_told_what_changed(client: Client, action: Action) -> None:
    seen = action.version
    client.as_(STEN).post(f"/atgarder/{action.id}/bekrafta", data={"version": seen})
    answer = client.as_(LENA).post(f"/atgarder/{action.id}/flytta", data={"to": "planerad", "version": seen})
    assert answer.status_code == 409
    assert "sten" in answer.get_data(as_text=True)


def test_a_photo_closes_it_as_well_as_a_date(client: Client, action: Action) -> None:
    client.as_(STEN).post(f"/atgarder/{action.id}/bekrafta")
    photo = (BytesIO(make.picture()), "efter.jpg")
    answer = client.post(f"/atgarder/{action.id}/flytta", data={"to": "klar", "photo": photo})
    assert answer.status_code == 303, answer.get_data(as_text=True)
    assert action.state is State.DONE
    assert client.get(f"/foton/{action.after_photo_id}/liten.jpg").status_code == 200


def test_a_photo_that_is_none_is_said_and_nothing_is_closed(client: Client, action: Action) -> None:
    client.as_(STEN).post(f"/atgarder/{action.id}/bekrafta")
    photo = (BytesIO(b"<html>"), "efter.jpg")
    answer = client.post(f"/atgarder/{action.id}/flytta", data={"to": "klar", "photo": photo})
    assert answer.status_code == 422
    assert action.state is State.RECEIVED


def test_split_merge_and_undo_from_the_page(client: Client, db: Session, action: Action) -> None:
    second = make.make_observation(db, "vaxtlighet")
    client.as_(LENA)
    assert client.post(f"/atgarder/{action.id}/dela", data={"observations": [str(second.id)]}).status_code == 303
    linked = sa.select(ActionObservation.action_id).where(ActionObservation.observation_id == second.id)
    new = db.scalars(linked).one()
    assert new != action.id
    assert client.post(f"/atgarder/{action.id}/sla-ihop", data={"others": [str(new)]}).status_code == 303
    assert db.scalars(linked).one() == action.id
    merged = db.scalars(sa.select(ActionEvent).order_by(ActionEvent.id.desc())).first()
    assert merged is not None
    assert client.post(f"/atgarder/{action.id}/angra/{merged.id}").status_code == 303
    assert db.scalars(linked).one() == new


def test_editing_sets_owner_day_and_cost(client: Client, action: Action) -> None:
    facts = {
        "title": "Klipp häcken",
        "place": "Parken",
        "due": "2027-03-01",
        "cost_class": "drift_stor",
        "override": "1",
    }
    assert client.as_(LENA).post(f"/atgarder/{action.id}/andra", data=facts).status_code == 303
    assert (action.title, action.due.isoformat() if action.due else "", action.override) == (
        "Klipp häcken",
        "2027-03-01",
        1,
    )
    assert action.unit_id is None


def test_the_receipt_tells_it_without_saying_who(client: Client, db: Session, action: Action) -> None:
    seen = db.get_one(ActionObservation, action.links[0].id).observation
    client.as_(STEN).post(f"/atgarder/{action.id}/flytta", data={"to": "mottagen", "note": "Vi klipper i januari"})
    client.delete_cookie("walkapp_session")
    page = client.get(f"/kvitto/{seen.receipt.lower().replace('-', ' ')}").get_data(as_text=True)
    assert "Vi klipper i januari" in page
    assert "sten" not in page
    assert client.get("/kvitto/AAAA-AAAA-AAAA").status_code == 404


def test_a_receipt_opens_its_own_photos_and_no_others(client: Client, db: Session) -> None:
    phone, token = make.join(db)
    mine, other = uuid.uuid4(), uuid.uuid4()
    for id, colour in ((mine, "red"), (other, "blue")):
        bearer = {"Authorization": f"Bearer {token}"}
        assert client.put(f"/api/v1/photos/{id}", data=make.picture(colour=colour), headers=bearer).status_code == 201
    seen = make.make_observation(db, phone=phone, photos=[str(mine)])
    assert client.get(f"/kvitto/{seen.receipt}/foto/{mine}/liten.jpg").status_code == 200
    assert client.get(f"/kvitto/{seen.receipt}/foto/{other}/liten.jpg").status_code == 404
