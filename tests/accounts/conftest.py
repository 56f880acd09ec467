"""A person with a password, and what a browser holds."""

from collections.abc import Callable

import pytest
from argon2 import PasswordHasher
from flask.testing import FlaskClient
from sqlalchemy.orm import Session

from tests import make
from tests.cast import Person
from walkapp.accounts import service
from walkapp.accounts.models import User
from walkapp.web.access import USER_COOKIE

PASSWORD = "lampan vid gångtunneln"


@pytest.fixture(autouse=True)
def cheap_hashes(monkeypatch: pytest.MonkeyPatch) -> None:
    # The real cost is meant to be felt, by a thousand tries as by these tests.
    monkeypatch.setattr(service, "_hasher", PasswordHasher(time_cost=1, memory_cost=8, parallelism=1))
    service._nobodys_hash.cache_clear()


@pytest.fixture
def with_password(db: Session) -> Callable[[Person], User]:
    def make_it(person: Person) -> User:
        user = make.make_user(db, person)
        service.set_password(db, user, PASSWORD, keep=None)
        return user

    return make_it


def held(client: FlaskClient) -> str:
    """The session token in the browser, "" when there is none."""
    cookie = client.get_cookie(USER_COOKIE)
    return cookie.value if cookie else ""
