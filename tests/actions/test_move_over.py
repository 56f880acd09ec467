"""One observation belongs to another action."""

import pytest
from sqlalchemy.orm import Session

from tests.actions.acts import EAST, action_of, events, make_action, see, seen_in
from tests.cast import OLOF, STEN
from tests.make import actor
from walkapp.actions import service
from walkapp.actions.models import Verb
from walkapp.core.actor import SYSTEM
from walkapp.core.errors import Conflict, Forbidden, Invalid, NotFound


def test_olof_moves_nothing_over(db: Session) -> None:
    seen, to = see(db, "vaxtlighet"), make_action(db, "vaxtlighet", east=200)
    with pytest.raises(Forbidden):
        service.move_over(db, actor(db, OLOF), action_of(db, seen), [seen.id], to)


def test_sten_must_be_allowed_to_both(db: Session) -> None:
    seen, to = see(db, "vaxtlighet"), make_action(db, "belysning")
    with pytest.raises(NotFound):
        service.move_over(db, actor(db, STEN), action_of(db, seen), [seen.id], to)


def test_a_camera_need_is_never_moved_to_a_task(db: Session) -> None:
    seen = see(db, "kamera")
    with pytest.raises(Invalid, match="aldrig en åtgärd"):
        service.move_over(db, SYSTEM, action_of(db, seen), [seen.id], make_action(db, "belysning"))


def test_to_itself_is_refused(db: Session) -> None:
    seen = see(db, "vaxtlighet")
    with pytest.raises(Invalid, match="annan åtgärd"):
        service.move_over(db, SYSTEM, action_of(db, seen), [seen.id], action_of(db, seen))


def test_what_has_moved_already_is_not_moved_twice(db: Session) -> None:
    seen, _, to = see(db, "vaxtlighet"), see(db, "vaxtlighet"), make_action(db, "vaxtlighet", east=200)
    action = action_of(db, seen)
    service.move_over(db, SYSTEM, action, [seen.id], to)
    with pytest.raises(Conflict):
        service.move_over(db, SYSTEM, action, [seen.id], to)


def test_it_is_moved_with_its_distance_and_both_know(db: Session) -> None:
    seen, stays, to = see(db, "vaxtlighet"), see(db, "vaxtlighet"), make_action(db, "vaxtlighet", east=100)
    action = action_of(db, seen)
    service.move_over(db, actor(db, STEN), action, [seen.id], to, note="Hör till häcken.")
    assert seen_in(db, action) == {stays.id}
    assert seen.id in seen_in(db, to)
    link = next(link for link in to.links if link.observation_id == seen.id)
    assert link.reason == f"Flyttades hit från {action.code}."
    assert link.distance_m == pytest.approx(100, abs=1)
    event = events(db, action)[-1]
    assert (event.verb, event.other_id, event.note) == (Verb.MOVED_OVER, to.id, "Hör till häcken.")
    assert to.confirmed
    assert seen.lon < to.lon < seen.lon + (100 / EAST)  # type: ignore[operator]


def test_with_the_last_one_the_action_itself_goes_over(db: Session) -> None:
    seen, to = see(db, "vaxtlighet"), make_action(db, "vaxtlighet", east=100)
    action = action_of(db, seen)
    event = service.move_over(db, SYSTEM, action, [seen.id], to)
    assert event.verb is Verb.MERGED
    assert action.merged_into_id == to.id
