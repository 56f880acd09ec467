"""No other site can make somebody's browser write here."""

import pytest
from flask import Flask
from sqlalchemy.orm import Session

from tests.cast import ADA
from tests.conftest import Client
from tests.contracts.ground import Ground
from walkapp.core.permissions import Permission

WRITING = ("POST", "PUT", "PATCH", "DELETE")


@pytest.fixture
def ground(app: Flask, db: Session) -> Ground:
    app.config["WTF_CSRF_ENABLED"] = True
    return Ground(app, db)


def test_a_page_takes_no_form_without_its_token(ground: Ground, client: Client) -> None:
    client.as_(ADA).walking(ground.token)
    pages = [route for route in ground.routes(*WRITING) if not route.is_api]
    assert pages
    taken = {}
    for route in pages:
        answer = client.open(route.address, method=route.method, data={"csrf_token": "hittepå"})
        if answer.status_code != 400:
            taken[str(route)] = answer.status_code
    assert taken == {}


def test_a_page_says_what_to_do_about_it(ground: Ground, client: Client) -> None:
    answer = client.as_(ADA).post("/konto/losenord")
    assert (answer.status_code, "Ladda om den och skicka igen" in answer.text) == (400, True)


def test_the_api_writes_for_a_bearer_of_a_token_and_for_no_cookie(ground: Ground, client: Client) -> None:
    client.as_(ADA).walking(ground.token)
    taken = {}
    for route in ground.routes(*WRITING):
        if route.is_api and isinstance(route.access, Permission):
            answer = client.open(route.address, method=route.method, json={})
            if answer.status_code != 401:
                taken[str(route)] = answer.status_code
    assert taken == {}
