"""Role × route: who may come in where, as a table, and every cell of it tried."""

from collections.abc import Iterator
from contextlib import contextmanager

import pytest
import sqlalchemy as sa
from flask import Flask
from sqlalchemy.orm import Session

from tests.cast import ADA, LENA, OLOF, STEN, Person
from tests.conftest import Client
from tests.contracts.ground import Ground, Route
from walkapp.core.permissions import ROLE_PERMISSIONS, WALKER_PERMISSIONS, Permission, Role

PUBLIC = "public"
P = Permission

# Written here a second time on purpose: a slip in `core/permissions.py` must not pass for what was meant.
#                       admin leader staff official walker
MAY = {
    P.VIEW_MAP:           "x     x     x     x      -",
    P.VIEW_PLAN:          "x     x     x     x      -",
    P.VIEW_OBSERVATIONS:  "x     x     x     x      -",
    P.VIEW_WALKS:         "x     x     x     x      -",
    P.EXPORT:             "x     x     x     x      -",
    P.OWN_ACCOUNT:        "x     x     x     x      -",
    P.WORK_ACTIONS:       "x     x     x     -      -",
    P.GROUP_ACTIONS:      "x     x     x     -      -",
    P.LEAD_WALKS:         "x     x     -     -      -",
    P.VERIFY_ACTIONS:     "x     x     -     -      -",
    P.MANAGE_USERS:       "x     -     -     -      -",
    P.FILE_OBSERVATION:   "-     -     -     -      x",
}  # fmt: skip
WHO: dict[str, Person | None] = {"admin": ADA, "leader": LENA, "staff": STEN, "official": OLOF, "walker": None}


def may(who: str, access: str | Permission) -> bool:
    if access == PUBLIC:
        return True
    return who != "nobody" and MAY[Permission(access)].split()[list(WHO).index(who)] == "x"


def enter(client: Client, ground: Ground, who: str) -> dict[str, str]:
    """Be somebody; returns the headers that say so."""
    person = WHO.get(who)
    if person:
        client.as_(person)
    if who == "walker":
        client.walking(ground.token)
        return {"Authorization": f"Bearer {ground.token}"}
    return {}


@pytest.fixture
def ground(app: Flask, db: Session) -> Ground:
    app.testing = False  # what breaks is a 500 in the list of faults, its traceback in the log, and the sweep goes on
    return Ground(app, db)


@contextmanager
def undone(connection: sa.Connection, db: Session) -> Iterator[None]:
    """What happens inside has not happened afterwards, so that one route does not spoil the next one's things."""
    db.commit()
    savepoint = connection.begin_nested()
    try:
        yield
    finally:
        db.rollback()
        savepoint.rollback()
        db.expire_all()


def fault(route: Route, who: str, status: int, location: str) -> str:
    """What is wrong with this cell, "" for nothing."""
    to_sign_in = status == 303 and location.startswith("/logga-in")
    if not may(who, route.access):
        # A phone that has not joined has nothing to sign in to: it is shown the door of the walk.
        to_sign_in |= status == 303 and route.access is Permission.FILE_OBSERVATION and location.startswith("/v/")
        if who in ("nobody", "walker"):
            right = to_sign_in or status == 401 if route.method == "GET" and not route.is_api else status == 401
        elif route.access is Permission.FILE_OBSERVATION:  # signed in, but not with the walk
            right = to_sign_in or status == 401
        else:
            right = status == 403
    elif route.method == "GET":
        # Staff see their own units' and districts' things, a phone what is its own: not visible is 404.
        hidden = {404} if who in ("staff", "walker", "nobody") and "<" in route.rule else set()
        right = status in {200, 303} | hidden and not to_sign_in
    else:
        # An empty call is refused for what it lacks, never for who sent it (verbs inside a route may ask for more).
        right = status < 500 and status not in (401, 405) and (status != 403 or who == "staff")
    return "" if right else f"{who}: {route} ({route.access}) gave {status} {location}"


def test_the_table_is_what_the_code_says() -> None:
    assert set(MAY) == set(Permission)
    for role in Role:
        assert {p for p in Permission if may(role.value, p)} == ROLE_PERMISSIONS[role], role
    assert {p for p in Permission if may("walker", p)} == WALKER_PERMISSIONS


def test_every_route_says_who_may_come_in(ground: Ground) -> None:
    assert [str(route) for route in ground.routes() if route.access != PUBLIC and route.access not in MAY] == []


@pytest.mark.parametrize("who", ["nobody", *WHO])
def test_reading(who: str, ground: Ground, client: Client) -> None:
    headers = enter(client, ground, who)
    faults = []
    for route in ground.routes("GET"):
        answer = client.get(route.address, headers=headers if route.is_api else {})
        faults.append(fault(route, who, answer.status_code, answer.headers.get("Location", "")))
        answer.close()  # some are open files
    assert [one for one in faults if one] == []


@pytest.mark.parametrize("who", ["nobody", *WHO])
def test_writing(who: str, ground: Ground, client: Client, db: Session, connection: sa.Connection) -> None:
    headers = enter(client, ground, who)
    faults = []
    for route in ground.routes("POST", "PUT", "PATCH", "DELETE"):
        cookies = dict(client._cookies)
        with undone(connection, db):
            answer = client.open(route.address, method=route.method, headers=headers if route.is_api else {})
        client._cookies = cookies  # signing out is one of the routes
        faults.append(fault(route, who, answer.status_code, answer.headers.get("Location", "")))
    assert [one for one in faults if one] == []


def test_who_is_kept_out_changes_nothing(
    ground: Ground, client: Client, db: Session, connection: sa.Connection
) -> None:
    """Not only the answer: the rows are the same afterwards."""
    tables = [table for table in sa.inspect(connection).get_table_names() if table != "alembic_version"]

    def rows() -> dict[str, list[tuple[object, ...]]]:
        found = {t: connection.execute(sa.text(f'SELECT * FROM "{t}"')).all() for t in tables}
        return {table: sorted((tuple(row) for row in some), key=repr) for table, some in found.items()}

    client.as_(OLOF)
    db.commit()
    before = rows()
    kept_out = [r for r in ground.routes("POST", "PUT", "PATCH", "DELETE") if not may("official", r.access)]
    assert kept_out
    for route in kept_out:
        answer = client.open(route.address, method=route.method)
        assert answer.status_code in (401, 403), str(route)
    assert rows() == before
