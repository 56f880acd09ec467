"""Staff set owner, day, cost, place and rank; the day follows theme and cost until somebody sets it by hand."""

from datetime import date, datetime
from typing import Any

import pytest
import sqlalchemy as sa
from sqlalchemy.orm import Session

from tests.actions.acts import events, make_action
from tests.cast import LENA, OLOF, STEN
from tests.make import actor
from walkapp.accounts.models import Unit
from walkapp.actions import policy, service
from walkapp.actions.models import Verb
from walkapp.actions.rules import CostClass, State
from walkapp.core.actor import SYSTEM
from walkapp.core.clock import STOCKHOLM, pretend
from walkapp.core.errors import Conflict, Forbidden, Invalid, NotFound

NOON = datetime(2026, 11, 24, 12, tzinfo=STOCKHOLM)


def unit(db: Session, slug: str) -> Unit:
    return db.scalars(sa.select(Unit).where(Unit.slug == slug)).one()


def test_olof_edits_nothing(db: Session) -> None:
    with pytest.raises(Forbidden):
        service.edit(db, actor(db, OLOF), make_action(db, "vaxtlighet"), title="Annat")


def test_sten_edits_nothing_of_another_unit(db: Session) -> None:
    with pytest.raises(NotFound):
        service.edit(db, actor(db, STEN), make_action(db, "belysning"), title="Annat")


def test_two_at_once_and_the_second_is_told(db: Session) -> None:
    action = make_action(db, "vaxtlighet")
    seen = action.version
    service.edit(db, actor(db, LENA), action, estimate=5000, version=seen)
    with pytest.raises(Conflict, match="lena: ändrade uppskattad kostnad"):
        service.edit(db, actor(db, STEN), action, title="Klippa", version=seen)
    assert action.title == "Se över växtligheten"


@pytest.mark.parametrize(
    ("facts", "field"),
    [
        ({"title": " "}, "title"),
        ({"title": "x" * 201}, "title"),
        ({"estimate": -1}, "estimate"),
        ({"override": 7}, "override"),
    ],
)
def test_what_cannot_be_is_refused(db: Session, facts: dict[str, Any], field: str) -> None:
    action = make_action(db, "vaxtlighet")
    with pytest.raises(Invalid) as refused:
        service.edit(db, SYSTEM, action, **facts)
    assert field in refused.value.fields


def test_nothing_new_is_no_event(db: Session) -> None:
    action = make_action(db, "vaxtlighet")
    before, version = len(events(db, action)), action.version
    assert service.edit(db, SYSTEM, action, title=action.title, unit_id=action.unit_id) is None
    assert (len(events(db, action)), action.version) == (before, version)


def test_all_that_staff_decide(db: Session) -> None:
    action, bostader = make_action(db, "vaxtlighet"), unit(db, "kumla-bostader")
    event = service.edit(
        db, actor(db, STEN), action, title="Klippa häcken\u202e", place="Skolan", unit_id=bostader.id, estimate=12000,
        override=1, owner_note="Ring först.", note="Deras mark.",
    )  # fmt: skip
    assert event is not None
    assert (event.verb, event.note) == (Verb.EDITED, "Deras mark.")
    assert event.data["changed"][str(action.id)]["estimate"] == [None, 12000]
    assert (action.title, action.place, action.unit_id) == ("Klippa häcken", "Skolan", bostader.id)
    assert (action.estimate, action.override, action.owner_note) == (12000, 1, "Ring först.")


def test_what_is_handed_over_is_out_of_sight(db: Session) -> None:
    action, sten = make_action(db, "vaxtlighet"), actor(db, STEN)
    service.edit(db, sten, action, unit_id=unit(db, "gata-trafik").id)
    assert not policy.sees(sten, action)


def test_a_proposal_has_no_day_whatever_it_costs(db: Session) -> None:
    action = make_action(db, "vaxtlighet")
    service.edit(db, SYSTEM, action, cost_class=CostClass.LARGE)
    assert action.due is None


def test_the_day_follows_the_cost_from_when_it_was_received(db: Session) -> None:
    with pretend(NOON):
        action = make_action(db, "belysning", state=State.RECEIVED)
        assert action.due == date(2026, 12, 8)
    service.edit(db, SYSTEM, action, cost_class=CostClass.LARGE)
    assert action.due == date(2027, 2, 23)


def test_a_day_set_by_hand_stays_when_the_cost_changes(db: Session) -> None:
    action = make_action(db, "belysning", state=State.RECEIVED)
    service.edit(db, SYSTEM, action, due=date(2027, 1, 15))
    service.edit(db, SYSTEM, action, cost_class=CostClass.INVESTMENT, due=date(2027, 1, 15))
    assert (action.due, action.due_by_hand) == (date(2027, 1, 15), True)


def test_a_day_taken_away_is_suggested_again(db: Session) -> None:
    with pretend(NOON):
        action = make_action(db, "belysning", state=State.RECEIVED)
    service.edit(db, SYSTEM, action, due=date(2027, 1, 15))
    service.edit(db, SYSTEM, action, due=None)
    assert (action.due, action.due_by_hand) == (date(2026, 12, 8), False)


def test_saving_the_form_unchanged_keeps_a_day_that_the_season_moved(db: Session) -> None:
    action = make_action(db, "vaxtlighet", state=State.AWAITS_SEASON)
    due = action.due
    assert service.edit(db, SYSTEM, action, due=due, cost_class=None, title=action.title) is None
    assert action.due == due
