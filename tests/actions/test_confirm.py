"""A person looks at a proposal and says: yes, this is one thing, and we have received it."""

from datetime import date, datetime

import pytest
from sqlalchemy.orm import Session

from tests.actions.acts import events, make_action
from tests.cast import LENA, OLOF, STEN
from tests.make import actor
from walkapp.actions import service
from walkapp.actions.models import Verb
from walkapp.actions.rules import State
from walkapp.core.clock import STOCKHOLM, pretend
from walkapp.core.errors import Conflict, Forbidden, Invalid, NotFound


def test_olof_reads_and_confirms_nothing(db: Session) -> None:
    with pytest.raises(Forbidden):
        service.confirm(db, actor(db, OLOF), make_action(db, "vaxtlighet"))


def test_sten_of_the_parks_does_not_know_of_a_lamp(db: Session) -> None:
    with pytest.raises(NotFound):
        service.confirm(db, actor(db, STEN), make_action(db, "belysning"))


def test_a_second_confirmation_is_refused(db: Session) -> None:
    action = make_action(db, "vaxtlighet", state=State.RECEIVED)
    with pytest.raises(Invalid, match="redan bekräftad"):
        service.confirm(db, actor(db, STEN), action)


def test_somebody_else_was_faster(db: Session) -> None:
    action = make_action(db, "vaxtlighet")
    seen = action.version
    service.confirm(db, actor(db, LENA), action, version=seen)
    with pytest.raises(Conflict, match=r"lena: föreslagen → mottagen") as refused:
        service.confirm(db, actor(db, STEN), action, version=seen)
    assert refused.value.facts["version"] == action.version


def test_confirmed_is_received_and_gets_its_day(db: Session) -> None:
    action = make_action(db, "vaxtlighet")
    sten = actor(db, STEN)
    with pretend(datetime(2026, 11, 24, 9, tzinfo=STOCKHOLM)):
        event = service.confirm(db, sten, action, note="Vi tar den.", version=action.version)
    assert (action.state, action.confirmed, action.version) == (State.RECEIVED, True, 2)
    assert action.due == date(2026, 12, 22)
    assert not action.due_by_hand
    assert (event.verb, event.was, event.became) == (Verb.CONFIRMED, State.PROPOSED, State.RECEIVED)
    assert (event.actor_id, event.note) == (sten.user_id, "Vi tar den.")
    assert events(db, action)[-1] is event
