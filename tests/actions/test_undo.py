"""What people did can be undone exactly, as long as nobody has built on it."""

from collections.abc import Callable
from typing import Any

import pytest
from sqlalchemy.orm import Session

from tests.actions.acts import action_of, events, make_action, picture_of, see, seen_in
from tests.cast import LENA, OLOF, STEN
from tests.make import actor
from walkapp.actions import service
from walkapp.actions.models import Action, ActionEvent, Verb
from walkapp.actions.rules import CostClass, DeclineReason, State
from walkapp.core.actor import SYSTEM
from walkapp.core.clock import today
from walkapp.core.errors import Conflict, Forbidden, Invalid, NotFound


def last(db: Session, action: Action) -> ActionEvent:
    return events(db, action)[-1]


def test_olof_undoes_nothing(db: Session) -> None:
    action = make_action(db, "vaxtlighet", state=State.RECEIVED)
    with pytest.raises(Forbidden):
        service.undo(db, actor(db, OLOF), last(db, action))


def test_sten_undoes_nothing_of_another_unit(db: Session) -> None:
    with pytest.raises(NotFound):
        service.undo(db, actor(db, STEN), last(db, make_action(db, "belysning", state=State.RECEIVED)))


def test_sten_cannot_undo_a_verification(db: Session) -> None:
    action = make_action(db, "vaxtlighet", state=State.VERIFIED)
    with pytest.raises(Forbidden, match="verifiering"):
        service.undo(db, actor(db, STEN), last(db, action))
    service.undo(db, actor(db, LENA), last(db, action))
    assert action.state is State.DONE


def test_twice_is_refused(db: Session) -> None:
    action = make_action(db, "vaxtlighet", state=State.RECEIVED)
    event = last(db, action)
    service.undo(db, SYSTEM, event)
    with pytest.raises(Conflict, match="redan ångrat"):
        service.undo(db, SYSTEM, event)


def test_what_a_walker_saw_and_an_undo_itself_are_not_undone(db: Session) -> None:
    action = make_action(db, "vaxtlighet", state=State.RECEIVED)
    with pytest.raises(Invalid):
        service.undo(db, SYSTEM, events(db, action)[0])
    undone = service.undo(db, SYSTEM, last(db, action))
    with pytest.raises(Invalid):
        service.undo(db, SYSTEM, undone)


def test_a_state_that_has_gone_on_is_not_undone_below_it(db: Session) -> None:
    action = make_action(db, "vaxtlighet", state=State.RECEIVED)
    received = last(db, action)
    service.move(db, SYSTEM, action, State.PLANNED)
    with pytest.raises(Conflict, match=r"har ändrats sedan dess \(läge\)"):
        service.undo(db, SYSTEM, received)
    service.undo(db, SYSTEM, last(db, action))
    service.undo(db, SYSTEM, received)
    assert action.state is State.PROPOSED


def test_an_edit_under_a_later_edit_of_the_same_field_is_refused(db: Session) -> None:
    action = make_action(db, "vaxtlighet")
    first = service.edit(db, SYSTEM, action, title="Klippa")
    service.edit(db, SYSTEM, action, title="Fälla")
    assert first is not None
    with pytest.raises(Conflict, match="namn"):
        service.undo(db, SYSTEM, first)
    assert action.title == "Fälla"


def test_an_edit_under_a_later_edit_of_another_field_is_undone_alone(db: Session) -> None:
    action = make_action(db, "vaxtlighet")
    first = service.edit(db, SYSTEM, action, title="Klippa")
    service.edit(db, SYSTEM, action, estimate=5000)
    assert first is not None
    service.undo(db, SYSTEM, first)
    assert (action.title, action.estimate) == ("Se över växtligheten", 5000)


def test_observations_that_went_on_are_not_pulled_back(db: Session) -> None:
    first, second, far = see(db, "vaxtlighet"), see(db, "vaxtlighet", east=8), make_action(db, "vaxtlighet", east=300)
    action = action_of(db, first)
    new = service.split(db, SYSTEM, action, [second.id])
    split = last(db, action)
    service.move_over(db, SYSTEM, new, [second.id], far)
    with pytest.raises(Conflict, match="flyttats vidare"):
        service.undo(db, SYSTEM, split)
    assert seen_in(db, far) >= {second.id}


def test_a_split_off_action_that_was_worked_on_is_not_dissolved(db: Session) -> None:
    first, second = see(db, "vaxtlighet"), see(db, "vaxtlighet", east=8)
    action = action_of(db, first)
    new = service.split(db, SYSTEM, action, [second.id])
    split = last(db, action)
    service.move(db, SYSTEM, new, State.RECEIVED)
    with pytest.raises(Conflict, match="eget liv"):
        service.undo(db, SYSTEM, split)


def test_a_split_off_action_that_was_worked_on_and_undone_is_dissolved(db: Session) -> None:
    first, second = see(db, "vaxtlighet"), see(db, "vaxtlighet", east=8)
    action = action_of(db, first)
    new = service.split(db, SYSTEM, action, [second.id])
    split = last(db, action)
    service.move(db, SYSTEM, new, State.RECEIVED)
    service.undo(db, SYSTEM, last(db, new))
    service.undo(db, SYSTEM, split)
    assert seen_in(db, action) == {first.id, second.id}
    assert new.merged_into_id == action.id


def test_a_split_off_action_that_walkers_added_to_is_not_dissolved(db: Session) -> None:
    first, second = see(db, "vaxtlighet"), see(db, "vaxtlighet", east=30)
    action = action_of(db, first)
    new = service.split(db, SYSTEM, action, [second.id])
    split = last(db, action)
    see(db, "vaxtlighet", east=34)
    with pytest.raises(Conflict, match="eget liv"):
        service.undo(db, SYSTEM, split)
    assert new.merged_into_id is None


def test_an_action_that_was_merged_away_is_left_alone(db: Session) -> None:
    action, into = make_action(db, "vaxtlighet", state=State.RECEIVED), make_action(db, "vaxtlighet", east=200)
    event = last(db, action)
    service.merge(db, SYSTEM, into, [action])
    with pytest.raises(Conflict, match="slagits ihop"):
        service.undo(db, SYSTEM, event)


# --- Exactly ----------------------------------------------------------------------------------------------------------

Deed = Callable[[Session, list[Action], list[Any]], None]


def _merge_bush(db: Session, actions: list[Action], seen: list[Any]) -> None:
    service.merge(db, SYSTEM, actions[1], [actions[0]])


DEEDS: dict[str, Deed] = {
    "confirmed": lambda db, a, s: service.confirm(db, SYSTEM, a[0]) and None,
    "forwarded": lambda db, a, s: service.move(db, SYSTEM, a[0], State.FORWARDED, to_whom="Trafikverket") and None,
    "declined": lambda db, a, s: (
        service.move(db, SYSTEM, a[0], State.DECLINED, reason=DeclineReason.COST, note="Dyrt.") and None
    ),
    "edited": lambda db, a, s: (
        service.edit(
            db, SYSTEM, a[0], title="Annat", unit_id=None, due=today(), cost_class=CostClass.LARGE, override=-1,
            estimate=100, owner_note="Se upp", district_id=None, promise_id=None,
        )
        and None
    ),
    "split": lambda db, a, s: service.split(db, SYSTEM, a[0], [s[1].id]) and None,
    "moved over": lambda db, a, s: service.move_over(db, SYSTEM, a[0], [s[1].id], a[1]) and None,
    "merged": lambda db, a, s: service.merge(db, SYSTEM, a[0], [a[1]]) and None,
    "merged bush": _merge_bush,
}  # fmt: skip


@pytest.mark.parametrize("deed", DEEDS)
def test_an_undo_restores_all_that_was(db: Session, deed: str) -> None:
    seen = [see(db, "vaxtlighet", "belysning"), see(db, "vaxtlighet", east=8), see(db, "vaxtlighet", east=100)]
    actions = [action_of(db, seen[0], "vaxtlighet"), action_of(db, seen[2])]
    before = picture_of(db)
    DEEDS[deed](db, actions, seen)
    assert picture_of(db) != before
    event = max(events(db, actions[0]) + events(db, actions[1]), key=lambda one: one.id)
    undone = service.undo(db, actor(db, LENA), event, note="Fel.")
    after = picture_of(db)
    if deed == "split":  # its number is not used again: the action stays, empty, and points to where it came from
        new = db.get_one(Action, event.other_id)
        assert (new.merged_into_id, seen_in(db, new)) == (actions[0].id, set())
        after = picture_of(db, without=new)
    assert after == before
    assert (undone.verb, undone.undoes_id, undone.note) == (Verb.UNDONE, event.id, "Fel.")


def test_the_merge_that_a_sighting_caused_can_be_undone(db: Session) -> None:
    west, east = see(db, "belysning"), see(db, "belysning", east=40)
    first, second = action_of(db, west), action_of(db, east)
    see(db, "belysning", east=18)
    assert second.merged_into_id == first.id
    service.undo(db, SYSTEM, last(db, first))
    assert second.merged_into_id is None
    assert action_of(db, east) is second


def test_what_walkers_added_after_a_merge_stays_where_they_added_it(db: Session) -> None:
    into, other = make_action(db, "vaxtlighet"), make_action(db, "vaxtlighet", east=100)
    theirs = seen_in(db, other)
    (event,) = service.merge(db, SYSTEM, into, [other])
    later = see(db, "vaxtlighet", east=50)
    service.undo(db, SYSTEM, event)
    assert seen_in(db, other) == theirs
    assert later.id in seen_in(db, into)


def test_the_history_is_longer_never_shorter(db: Session) -> None:
    action = make_action(db, "vaxtlighet", state=State.PLANNED)
    before = events(db, action)
    service.undo(db, SYSTEM, before[-1])
    assert events(db, action)[:-1] == before
