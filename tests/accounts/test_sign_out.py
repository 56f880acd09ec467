"""Signing out: here, there and everywhere."""

import sqlalchemy as sa
from sqlalchemy.orm import Session

from tests import make
from tests.accounts.conftest import held
from tests.cast import LENA, OLOF
from tests.conftest import Client
from walkapp.accounts import service
from walkapp.accounts.models import SignIn
from walkapp.web.access import USER_COOKIE


def test_a_link_to_sign_out_only_asks(client: Client) -> None:
    assert "Logga ut?" in client.as_(LENA).get("/logga-ut").text
    assert client.get("/konto").status_code == 200


def test_signed_out_is_signed_out_also_for_who_copied_the_cookie(client: Client) -> None:
    copied = held(client.as_(LENA))
    assert client.post("/logga-ut").headers["Location"] == "/logga-in"
    assert held(client) == ""
    client.set_cookie(USER_COOKIE, copied)
    assert client.get("/konto").status_code == 303


def test_signing_out_twice_does_no_harm(client: Client) -> None:
    assert [client.post("/logga-ut").status_code for _ in range(2)] == [303, 303]


def test_nobody_ends_the_session_of_somebody_else(client: Client, db: Session) -> None:
    service.start_session(db, make.make_user(db, OLOF), hours=1)
    olofs = db.scalars(sa.select(SignIn.id)).one()
    assert client.as_(LENA).post(f"/konto/inloggningar/{olofs}/avsluta").status_code == 404
    assert db.get_one(SignIn, olofs).ended_at is None


def test_one_of_my_sessions_ends_and_the_others_live(client: Client, db: Session) -> None:
    library = held(client.as_(LENA))
    client.as_(LENA)
    sessions = db.scalars(sa.select(SignIn).order_by(SignIn.created_at)).all()
    assert client.post(f"/konto/inloggningar/{sessions[0].id}/avsluta").status_code == 303
    assert client.get("/konto").status_code == 200
    client.set_cookie(USER_COOKIE, library)
    assert client.get("/konto").status_code == 303


def test_everywhere_means_here_too(client: Client, db: Session) -> None:
    elsewhere = held(client.as_(LENA))
    here = held(client.as_(LENA))
    assert client.post("/konto/logga-ut-overallt").headers["Location"] == "/logga-in"
    for token in (elsewhere, here):
        client.set_cookie(USER_COOKIE, token)
        assert client.get("/konto").status_code == 303


def test_my_account_lists_where_i_am_signed_in(client: Client, db: Session) -> None:
    client.as_(OLOF)
    page = client.as_(LENA).as_(LENA).get("/konto").text
    assert page.count("Senast använd") == 2
    assert page.count(">Den här<") == 1
