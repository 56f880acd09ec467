"""Who sees which action: the same in the database and at hand."""

import pytest
import sqlalchemy as sa
from sqlalchemy.orm import Session

from tests.actions.acts import make_action
from tests.cast import ADA, LENA, OLOF, STEN, Person
from tests.make import actor, join
from walkapp.actions import policy, queries
from walkapp.actions.models import Action
from walkapp.core.actor import ANONYMOUS, SYSTEM, Actor
from walkapp.core.errors import Forbidden, NotFound
from walkapp.core.permissions import Role
from walkapp.districts.models import District

NEWCOMER = Person("nina", Role.STAFF)


def nora(db: Session) -> Person:
    """Works for the district in the middle of Kumla, whatever unit owns the line."""
    here = make_action(db, "ovrigt")
    return Person("nora", Role.STAFF, districts=(db.get_one(District, here.district_id).slug,))


def sees(db: Session, who: Actor) -> set[str]:
    """The themes of the lines that somebody sees; both ways of asking must agree."""
    found = set(db.scalars(sa.select(Action.id).where(policy.visible(who))))
    everything = db.scalars(sa.select(Action)).all()
    assert found == {action.id for action in everything if policy.sees(who, action)}
    return {action.theme.value for action in everything if action.id in found}


def make_three(db: Session) -> None:
    make_action(db, "belysning")
    make_action(db, "vaxtlighet")
    make_action(db, "klotter", north=30_000)  # far outside all districts


def test_nobody_and_a_walker_see_no_line(db: Session) -> None:
    make_three(db)
    assert sees(db, ANONYMOUS) == set()
    assert sees(db, join(db)[0]) == set()


@pytest.mark.parametrize("person", [ADA, LENA, OLOF, NEWCOMER], ids=lambda person: person.name)
def test_leaders_officials_and_staff_without_a_unit_see_all(db: Session, person: Person) -> None:
    make_three(db)
    assert sees(db, actor(db, person)) == {"belysning", "vaxtlighet", "klotter"}
    assert sees(db, SYSTEM) == {"belysning", "vaxtlighet", "klotter"}


def test_sten_sees_what_his_unit_owns(db: Session) -> None:
    make_three(db)
    assert sees(db, actor(db, STEN)) == {"vaxtlighet"}


def test_nora_sees_what_lies_in_her_district(db: Session) -> None:
    make_three(db)
    assert sees(db, actor(db, nora(db))) == {"belysning", "vaxtlighet", "ovrigt"}


def test_who_has_both_sees_both(db: Session) -> None:
    make_three(db)
    both = Person("bo", Role.STAFF, units=("fastighet",), districts=nora(db).districts)
    assert sees(db, actor(db, both)) == {"belysning", "vaxtlighet", "ovrigt", "klotter"}


def test_what_is_not_seen_does_not_exist(db: Session) -> None:
    action = make_action(db, "belysning")
    with pytest.raises(NotFound):
        queries.get(db, actor(db, STEN), action.id)
    with pytest.raises(NotFound):
        policy.ensure(actor(db, STEN), "read", action)


@pytest.mark.parametrize("verb", ["work", "group"])
def test_olof_sees_and_does_nothing(db: Session, verb: policy.Verb) -> None:
    action = make_action(db, "belysning")
    policy.ensure(actor(db, OLOF), "read", action)
    assert not policy.may(actor(db, OLOF), verb, action)
    with pytest.raises(Forbidden):
        policy.ensure(actor(db, OLOF), verb, action)


@pytest.mark.parametrize("person", [ADA, LENA, STEN], ids=lambda person: person.name)
@pytest.mark.parametrize("verb", ["read", "work", "group"])
def test_those_who_work_may_work(db: Session, person: Person, verb: policy.Verb) -> None:
    policy.ensure(actor(db, person), verb, make_action(db, "vaxtlighet"))
