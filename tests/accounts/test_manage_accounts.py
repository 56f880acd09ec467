"""The administrator's accounts."""

import re

import pytest
import sqlalchemy as sa
from sqlalchemy.orm import Session

from tests import make
from tests.accounts.conftest import held
from tests.cast import ADA, LENA, OLOF, STEN
from tests.conftest import Client
from tests.counting import statements
from walkapp.accounts.models import Unit, User
from walkapp.core.permissions import Role
from walkapp.web.access import USER_COOKIE

NEW = {"name": "Handläggare belysning", "email": "Ny@Example.org ", "role": "staff"}
LINK = re.compile(r'value="http://localhost(/logga-in/lank/[\w-]+)"')


def found(db: Session, email: str) -> User:
    return db.scalars(sa.select(User).where(User.email == email)).one()


def facts(user: User, **other: object) -> dict[str, object]:
    kept = {"name": user.name, "email": user.email, "role": user.role.value, "active": "y"}
    kept |= {"units": [str(u.id) for u in user.units], "districts": [str(d.id) for d in user.districts]}
    return {key: value for key, value in (kept | other).items() if value is not None}


@pytest.mark.parametrize("person", [LENA, STEN, OLOF], ids=lambda p: p.name)
def test_only_an_administrator_may_look_or_add(client: Client, db: Session, person) -> None:
    sten = make.make_user(db, STEN)
    client.as_(person)
    for path in ("/konton", "/konton/ny", f"/konton/{sten.id}", "/konton/enheter"):
        assert client.get(path).status_code == 403
    assert client.post("/konton/ny", data=NEW).status_code == 403
    assert client.post(f"/konton/{sten.id}", data=facts(sten, role="admin")).status_code == 403
    assert client.post(f"/konton/{sten.id}/lank").status_code == 403


@pytest.mark.parametrize(
    "wrong, sentence",
    [
        ({"email": "inte en adress"}, "Skriv en e-postadress"),
        ({"name": ""}, "Skriv ett namn eller en titel"),
        ({"role": ""}, "Välj en roll"),
        ({"role": "superuser"}, "Något behöver rättas"),
        ({"name": "x" * 121}, "Högst 120 tecken"),
        ({"units": "inget uuid"}, "Något behöver rättas"),
        ({"districts": "00000000-0000-4000-8000-000000000000"}, "Något behöver rättas"),
    ],
)
def test_a_wrong_field_is_named_and_nothing_is_kept(client: Client, db: Session, wrong, sentence: str) -> None:
    answer = client.as_(ADA).post("/konton/ny", data=NEW | wrong)
    assert answer.status_code == 422
    assert sentence in answer.text
    assert db.scalars(sa.select(User.email)).all() == [ADA.email]


def test_an_address_belongs_to_one_account(client: Client, db: Session) -> None:
    lena, sten = make.make_user(db, LENA), make.make_user(db, STEN)
    answer = client.as_(ADA).post("/konton/ny", data=NEW | {"email": lena.email.upper()})
    assert (answer.status_code, "redan ett konto" in answer.text) == (422, True)
    answer = client.post(f"/konton/{sten.id}", data=facts(sten, email=lena.email))
    assert (answer.status_code, "redan ett konto" in answer.text) == (422, True)
    assert sten.email == STEN.email


def test_a_new_account_shows_its_link_once(client: Client, db: Session) -> None:
    park = db.scalars(sa.select(Unit).where(Unit.slug == "park")).one()
    haga = make.district(db, "haga")
    added = client.as_(ADA).post("/konton/ny", data=NEW | {"units": str(park.id), "districts": str(haga.id)})
    user = found(db, "ny@example.org")
    assert added.headers["Location"] == f"/konton/{user.id}"
    assert (user.role, [u.slug for u in user.units], [d.slug for d in user.districts]) == (
        Role.STAFF,
        ["park"],
        ["haga"],
    )
    link = LINK.search(client.get(f"/konton/{user.id}").text)
    assert link is not None
    assert LINK.search(client.get(f"/konton/{user.id}").text) is None
    client.delete_cookie(USER_COOKIE)
    assert client.post(link[1]).status_code == 303
    assert user.name in client.get("/konto").text


def test_a_link_is_not_shown_on_the_page_of_somebody_else(client: Client, db: Session) -> None:
    sten, olof = make.make_user(db, STEN), make.make_user(db, OLOF)
    client.as_(ADA).post(f"/konton/{sten.id}/lank")
    assert LINK.search(client.get(f"/konton/{olof.id}").text) is None


def test_a_shut_account_gets_no_link(client: Client, db: Session) -> None:
    sten = make.make_user(db, STEN)
    sten.active = False
    assert client.as_(ADA).post(f"/konton/{sten.id}/lank").status_code == 409


def test_nobody_takes_the_last_key_from_themselves(client: Client, db: Session) -> None:
    ada = make.make_user(db, ADA)
    client.as_(ADA)
    for other in ({"role": "leader"}, {"active": None}):
        answer = client.post(f"/konton/{ada.id}", data=facts(ada, **other))
        assert answer.status_code == 422
        assert "Be en annan administratör" in answer.text
    assert (ada.role, ada.active) == (Role.ADMIN, True)


def test_another_name_keeps_people_signed_in_and_another_role_does_not(client: Client, db: Session) -> None:
    sten = make.make_user(db, STEN)
    stens = held(client.as_(STEN))
    client.as_(ADA).post(f"/konton/{sten.id}", data=facts(sten, name="Handläggare park"))
    assert sten.name == "Handläggare park"
    client.set_cookie(USER_COOKIE, stens)
    assert client.get("/konto").status_code == 200
    client.as_(ADA).post(f"/konton/{sten.id}", data=facts(sten, role="official"))
    assert sten.role is Role.OFFICIAL
    client.set_cookie(USER_COOKIE, stens)
    assert client.get("/konto").status_code == 303


def test_shutting_an_account_ends_everything_at_once(client: Client, db: Session) -> None:
    sten = make.make_user(db, STEN)
    stens = held(client.as_(STEN))
    client.as_(ADA).post(f"/konton/{sten.id}/lank")
    link = LINK.search(client.get(f"/konton/{sten.id}").text)
    assert link is not None
    assert client.post(f"/konton/{sten.id}", data=facts(sten, active=None)).status_code == 303
    client.set_cookie(USER_COOKIE, stens)
    assert client.get("/konto").status_code == 303
    client.as_(ADA).post(f"/konton/{sten.id}", data=facts(sten))
    assert sten.active
    assert client.post(link[1]).status_code == 410  # open again, but not by what was given out before


def test_units_and_districts_can_be_taken_away(client: Client, db: Session) -> None:
    sten = make.make_user(db, STEN)
    assert sten.units
    client.as_(ADA).post(f"/konton/{sten.id}", data=facts(sten, units=None))
    assert sten.units == []


def test_the_list_costs_the_same_for_many(client: Client, db: Session) -> None:
    client.as_(ADA)
    for person in (STEN, OLOF):
        make.make_user(db, person)
    with statements(db) as few:
        client.get("/konton")
    for number in range(20):
        db.add(User(email=f"{number}@example.org", name=f"Nr {number}", role=Role.STAFF, created_at=few.at))
    with statements(db) as many:
        page = client.get("/konton").text
    assert "Nr 19" in page
    assert len(many) == len(few)


def test_what_is_typed_is_shown_as_text(client: Client, db: Session) -> None:
    client.as_(ADA).post("/konton/ny", data=NEW | {"name": "<script>alert(1)</script>{{ 7*7 }}"})
    page = client.get("/konton").text
    assert "<script>alert" not in page
    assert "&lt;script&gt;alert(1)&lt;/script&gt;{{ 7*7 }}" in page
