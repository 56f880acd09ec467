"""Choosing a password."""

from collections.abc import Callable

import pytest
from sqlalchemy.orm import Session

from tests.accounts.conftest import PASSWORD, held
from tests.cast import LENA, Person
from tests.conftest import Client
from walkapp.accounts import service
from walkapp.accounts.models import User
from walkapp.web.access import USER_COOKIE

NEW = "en bänk under tre lampor"
WithPassword = Callable[[Person], User]


def choose(client: Client, password: str = NEW, again: str | None = None, current: str = PASSWORD):
    again = password if again is None else again
    return client.post("/konto/losenord", data={"current": current, "password": password, "again": again})


@pytest.mark.parametrize("weak", ["kort", "aaaaaaaaaaaaa", ""])
def test_a_weak_one_is_refused(client: Client, with_password: WithPassword, weak: str) -> None:
    with_password(LENA)
    answer = choose(client.as_(LENA), weak)
    assert answer.status_code == 422
    assert "Något behöver rättas" in answer.text


def test_two_different_ones_are_refused(client: Client, with_password: WithPassword) -> None:
    with_password(LENA)
    answer = choose(client.as_(LENA), again=NEW + "x")
    assert (answer.status_code, "inte lika" in answer.text) == (422, True)


def test_the_wrong_current_one_is_refused_and_counted(client: Client, with_password: WithPassword) -> None:
    user = with_password(LENA)
    client.as_(LENA)
    for _ in range(5):
        answer = choose(client, current="gissning på gissning")
        assert (answer.status_code, "stämmer inte" in answer.text) == (422, True)
    assert user.failed_tries == 5
    assert choose(client).status_code == 429


def test_who_has_one_must_say_it(client: Client, with_password: WithPassword) -> None:
    with_password(LENA)
    assert choose(client.as_(LENA), current="").status_code == 422


def test_a_new_one_ends_all_other_sessions_and_unused_links(
    client: Client, db: Session, with_password: WithPassword
) -> None:
    user = with_password(LENA)
    elsewhere = held(client.as_(LENA))
    client.as_(LENA)
    link = service.make_link(db, user)
    assert choose(client).status_code == 303
    assert client.get("/konto").status_code == 200
    client.set_cookie(USER_COOKIE, elsewhere)
    assert client.get("/konto").status_code == 303
    assert client.post(f"/logga-in/lank/{link}").status_code == 410
    assert client.post("/logga-in", data={"email": LENA.email, "password": PASSWORD}).status_code == 422
    assert client.post("/logga-in", data={"email": LENA.email, "password": NEW}).status_code == 303
