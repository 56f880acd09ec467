"""A leader opens a walk, closes it, and opens it again."""

import pytest
from sqlalchemy.orm import Session

from tests import make
from tests.cast import LENA, OLOF, STEN, Person
from tests.conftest import Client
from walkapp.core.db import new_id
from walkapp.walks.rules import WalkState


@pytest.mark.parametrize("person", [STEN, OLOF], ids=lambda p: p.name)
def test_only_a_leader_opens_and_closes(client: Client, db: Session, person: Person) -> None:
    walk = make.make_walk(db)
    page = client.as_(person).get(f"/vandringar/{walk.id}").text
    assert "Stäng vandringen" not in page
    assert walk.code not in page
    assert client.post(f"/vandringar/{walk.id}/stang").status_code == 403
    assert walk.state is WalkState.OPEN


def test_a_walk_that_never_opened_cannot_close(client: Client, db: Session) -> None:
    walk = make.make_walk(db, state=WalkState.PLANNED)
    answer = client.as_(LENA).post(f"/vandringar/{walk.id}/stang")
    assert (answer.status_code, "har inte öppnat än" in answer.text) == (409, True)
    assert walk.state is WalkState.PLANNED


def test_a_walk_that_is_not_there_is_not_found(client: Client) -> None:
    assert client.as_(LENA).post(f"/vandringar/{new_id()}/oppna").status_code == 404


def test_looking_at_the_addresses_does_nothing(client: Client, db: Session) -> None:
    walk = make.make_walk(db, state=WalkState.PLANNED)
    assert client.as_(LENA).get(f"/vandringar/{walk.id}/oppna").status_code == 405
    assert walk.state is WalkState.PLANNED


def test_open_close_and_open_again(client: Client, db: Session) -> None:
    walk = make.make_walk(db, state=WalkState.PLANNED)
    client.as_(LENA)
    assert client.post(f"/vandringar/{walk.id}/oppna").headers["Location"] == f"/vandringar/{walk.id}"
    assert walk.state is WalkState.OPEN
    opened = walk.opened_at
    assert opened is not None
    client.post(f"/vandringar/{walk.id}/stang")
    assert (walk.state, walk.closed_at is not None) == (WalkState.CLOSED, True)
    client.post(f"/vandringar/{walk.id}/oppna")
    assert (walk.state, walk.opened_at, walk.closed_at) == (WalkState.OPEN, opened, None)


def test_two_leaders_who_press_at_once_both_succeed(client: Client, db: Session) -> None:
    walk = make.make_walk(db, state=WalkState.PLANNED)
    client.as_(LENA)
    assert [client.post(f"/vandringar/{walk.id}/oppna").status_code for _ in range(2)] == [303, 303]
    closed = [client.post(f"/vandringar/{walk.id}/stang").status_code for _ in range(2)]
    assert closed == [303, 303]
