"""A session in use lives on; one that lies still runs out."""

from datetime import timedelta

import sqlalchemy as sa
from sqlalchemy.orm import Session

from tests import make
from tests.cast import OLOF
from tests.conftest import Client
from walkapp.accounts.models import SignIn
from walkapp.core.clock import now, pretend


def sign_in(db: Session) -> SignIn:
    return db.scalars(sa.select(SignIn)).one()


def test_a_session_that_nobody_uses_runs_out(client: Client) -> None:
    client.as_(OLOF)
    with pretend(now() + timedelta(hours=1, seconds=1)):  # `as_` signs in for an hour
        assert client.get("/konto").status_code == 303


def test_reading_keeps_a_session_alive(client: Client, db: Session) -> None:
    start = now()
    with pretend(start):
        client.as_(OLOF)
    with pretend(start + timedelta(minutes=50)):
        assert client.get("/konto").status_code == 200
    assert sign_in(db).last_seen_at == start + timedelta(minutes=50)
    with pretend(start + timedelta(hours=9)):  # ten hours from when it was last used
        assert client.get("/konto").status_code == 200


def test_it_is_written_down_every_few_minutes_only(client: Client, db: Session) -> None:
    start = now()
    with pretend(start):
        client.as_(OLOF)
    with pretend(start + timedelta(minutes=4)):
        client.get("/konto")
    assert sign_in(db).last_seen_at == start


def test_an_answer_that_fails_still_counts_as_being_here(client: Client, db: Session) -> None:
    start = now()
    with pretend(start):
        client.as_(OLOF)
    with pretend(start + timedelta(minutes=20)):
        assert client.post("/konto/losenord", data={"password": "kort", "again": "kort"}).status_code == 422
    assert sign_in(db).last_seen_at == start + timedelta(minutes=20)


def test_a_phone_is_seen_but_its_token_keeps_its_date(client: Client, db: Session) -> None:
    start = now()
    with pretend(start):
        _phone, token = make.join(db)
    ends = sign_in(db).expires_at
    with pretend(start + timedelta(days=3)):
        client.walking(token).get("/")
    assert sign_in(db).last_seen_at == start + timedelta(days=3)
    assert sign_in(db).expires_at == ends
