"""Units: those with the power to act."""

import pytest
import sqlalchemy as sa
from sqlalchemy.orm import Session

from tests.cast import ADA
from tests.conftest import Client
from walkapp.accounts.models import Unit, UnitKind


def slugs(db: Session, name: str) -> list[str]:
    return list(db.scalars(sa.select(Unit.slug).where(Unit.name == name)))


@pytest.mark.parametrize(
    "wrong, sentence",
    [
        ({"name": "", "kind": "kommun"}, "Ge enheten ett namn"),
        ({"name": "!?", "kind": "kommun"}, "Ge enheten ett namn"),
        ({"name": "x" * 121, "kind": "kommun"}, "Högst 120 tecken"),
        ({"name": "Ny", "kind": "hemlig"}, "Något behöver rättas"),
    ],
)
def test_a_wrong_field_is_named(client: Client, wrong: dict[str, str], sentence: str) -> None:
    answer = client.as_(ADA).post("/konton/enheter", data=wrong)
    assert answer.status_code == 422
    assert sentence in answer.text


def test_a_name_is_used_once_whatever_its_case(client: Client) -> None:
    client.as_(ADA).post("/konton/enheter", data={"name": "Ängsgruppen", "kind": "kommun"})
    answer = client.post("/konton/enheter", data={"name": "ÄNGSGRUPPEN", "kind": "bolag"})
    assert (answer.status_code, "redan en enhet" in answer.text) == (422, True)


def test_a_new_unit_gets_a_slug_of_its_own(client: Client, db: Session) -> None:
    client.as_(ADA)
    for name in ("Vägföreningen i Ekeby", "Vägföreningen, i Ekeby"):
        assert client.post("/konton/enheter", data={"name": name, "kind": "utomstaende"}).status_code == 303
    assert slugs(db, "Vägföreningen i Ekeby") == ["vagforeningen-i-ekeby"]
    assert slugs(db, "Vägföreningen, i Ekeby") == ["vagforeningen-i-ekeby-2"]


def test_a_new_name_keeps_the_slug_that_files_and_rules_name(client: Client, db: Session) -> None:
    park = db.scalars(sa.select(Unit).where(Unit.slug == "park")).one()
    answer = client.as_(ADA).post(f"/konton/enheter/{park.id}", data={"name": "Utemiljö", "kind": "bolag"})
    assert answer.status_code == 303
    assert (park.slug, park.name, park.kind) == ("park", "Utemiljö", UnitKind.COMPANY)
    assert "Utemiljö" in client.get("/konton/enheter").text


def test_a_unit_that_is_not_there_is_not_found(client: Client) -> None:
    assert client.as_(ADA).get("/konton/enheter/00000000-0000-4000-8000-000000000000").status_code == 404
