"""Signing in with a password."""

from collections.abc import Callable
from datetime import timedelta

import pytest
import sqlalchemy as sa
from sqlalchemy.orm import Session

from tests import make
from tests.accounts.conftest import PASSWORD, held
from tests.cast import LENA, OLOF, Person
from tests.conftest import Client
from walkapp.accounts.models import SignIn, User
from walkapp.core.clock import now, pretend

WRONG_PAIR = "E-postadressen och lösenordet hör inte ihop."
WithPassword = Callable[[Person], User]


def try_in(client: Client, email: str = LENA.email, password: str = PASSWORD, **more: str):
    return client.post("/logga-in", data={"email": email, "password": password, **more})


def test_a_wrong_password_lets_nobody_in_and_keeps_the_address(client: Client, with_password: WithPassword) -> None:
    with_password(LENA)
    answer = try_in(client, password="något helt annat")
    assert answer.status_code == 422
    assert WRONG_PAIR in answer.text
    assert LENA.email in answer.text
    assert "något helt annat" not in answer.text
    assert held(client) == ""


def test_an_unknown_address_gets_the_same_answer(client: Client) -> None:
    answer = try_in(client, email="ingen@example.org")
    assert (answer.status_code, WRONG_PAIR in answer.text) == (422, True)


def test_an_account_without_password_gets_the_same_answer(client: Client, db: Session) -> None:
    make.make_user(db, OLOF)
    answer = try_in(client, email=OLOF.email, password="")
    assert answer.status_code == 422
    answer = try_in(client, email=OLOF.email)
    assert (answer.status_code, WRONG_PAIR in answer.text) == (422, True)


def test_a_shut_account_gets_the_same_answer(client: Client, with_password: WithPassword) -> None:
    with_password(LENA).active = False
    answer = try_in(client)
    assert (answer.status_code, WRONG_PAIR in answer.text) == (422, True)


@pytest.mark.parametrize(
    "fields", [{}, {"email": LENA.email}, {"password": PASSWORD}, {"email": "x" * 300, "password": "y" * 300}]
)
def test_a_form_with_holes_says_which(client: Client, fields: dict[str, str]) -> None:
    answer = client.post("/logga-in", data=fields)
    assert answer.status_code == 422
    assert "Något behöver rättas" in answer.text


def test_after_five_failures_the_account_rests_even_for_the_right_password(
    client: Client, db: Session, with_password: WithPassword
) -> None:
    user = with_password(LENA)
    for _ in range(5):
        assert try_in(client, password="fel fel fel fel").status_code == 422
    assert user.failed_tries == 5  # kept although each answer was an error
    answer = try_in(client)
    assert answer.status_code == 429
    assert "Kontot vilar" in answer.text
    with pretend(now() + timedelta(minutes=1, seconds=1)):
        assert try_in(client).status_code == 303
    assert (user.failed_tries, user.locked_until) == (0, None)


def test_the_eleventh_guess_in_a_minute_is_not_even_looked_at(client: Client, with_password: WithPassword) -> None:
    with_password(LENA)
    for number in range(10):
        assert try_in(client, email=f"gissning{number}@example.org").status_code == 422
    answer = try_in(client)
    assert answer.status_code == 429
    assert "Vänta en stund" in answer.text


@pytest.mark.parametrize("elsewhere", ["https://example.org/", "//example.org/", "/\\example.org", "/\t/example.org"])
def test_sign_in_never_leads_to_another_site(client: Client, with_password: WithPassword, elsewhere: str) -> None:
    with_password(LENA)
    assert "example.org/" not in client.get("/logga-in", query_string={"next": elsewhere}).text
    answer = try_in(client, next=elsewhere)
    assert (answer.status_code, answer.headers["Location"]) == (303, "/")


def test_whoever_was_stopped_at_a_page_comes_back_to_it(client: Client, with_password: WithPassword) -> None:
    with_password(LENA)
    stopped = client.get("/vandringar?sida=2")
    assert (stopped.status_code, stopped.headers["Location"]) == (303, "/logga-in?next=/vandringar?sida%3D2")
    form = client.get(stopped.headers["Location"]).text
    assert 'name="next" value="/vandringar?sida=2"' in form
    assert try_in(client, next="/vandringar?sida=2").headers["Location"] == "/vandringar?sida=2"


def test_the_cookie_is_out_of_reach_for_scripts_and_other_sites(client: Client, with_password: WithPassword) -> None:
    with_password(LENA)
    cookie = try_in(client).headers["Set-Cookie"]
    assert "HttpOnly" in cookie
    assert "SameSite=Lax" in cookie
    assert "Secure" not in cookie  # on plain HTTP, as on the machine that tries it out
    assert "Secure" in client.post(
        "/logga-in", data={"email": LENA.email, "password": PASSWORD}, base_url="https://localhost"
    ).headers["Set-Cookie"]  # fmt: skip


def test_the_database_does_not_hold_the_token_itself(client: Client, db: Session, with_password: WithPassword) -> None:
    with_password(LENA)
    try_in(client)
    assert held(client) not in set(db.scalars(sa.select(SignIn.token_hash)))


def test_a_session_that_was_there_before_ends(client: Client, db: Session, with_password: WithPassword) -> None:
    with_password(LENA)
    planted = held(client.as_(OLOF))
    assert try_in(client).status_code == 303
    assert held(client) not in ("", planted)
    client.set_cookie("walkapp_session", planted)
    assert client.get("/konto").status_code == 303


def test_case_and_spaces_around_the_address_do_not_matter(client: Client, with_password: WithPassword) -> None:
    with_password(LENA)
    assert try_in(client, email=f"  {LENA.email.upper()} ").status_code == 303
    assert LENA.name in client.get("/konto").text


def test_whoever_is_signed_in_is_not_asked_again(client: Client) -> None:
    answer = client.as_(LENA).get("/logga-in?next=/karta")
    assert (answer.status_code, answer.headers["Location"]) == (303, "/karta")
