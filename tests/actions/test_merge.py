"""Several actions turn out to be one thing."""

import pytest
from sqlalchemy.orm import Session

from tests.actions.acts import action_of, events, make_action, see, seen_in
from tests.cast import OLOF, STEN
from tests.make import actor
from walkapp.actions import queries, service
from walkapp.actions.models import Verb
from walkapp.actions.rules import State
from walkapp.core.actor import SYSTEM
from walkapp.core.errors import Conflict, Forbidden, Invalid, NotFound


def test_olof_merges_nothing(db: Session) -> None:
    with pytest.raises(Forbidden):
        service.merge(db, actor(db, OLOF), make_action(db, "vaxtlighet"), [make_action(db, "vaxtlighet", east=200)])


def test_sten_must_be_allowed_to_all_of_them(db: Session) -> None:
    with pytest.raises(NotFound):
        service.merge(db, actor(db, STEN), make_action(db, "vaxtlighet"), [make_action(db, "belysning")])


def test_a_camera_is_never_merged_into_a_task(db: Session) -> None:
    camera, lamp = make_action(db, "kamera"), make_action(db, "belysning")
    for into, other in ((camera, lamp), (lamp, camera)):
        with pytest.raises(Invalid, match="aldrig en åtgärd"):
            service.merge(db, SYSTEM, into, [other])


def test_nothing_chosen_or_itself_is_refused(db: Session) -> None:
    action = make_action(db, "vaxtlighet")
    with pytest.raises(Invalid, match="minst en"):
        service.merge(db, SYSTEM, action, [])
    with pytest.raises(Invalid, match="sig själv"):
        service.merge(db, SYSTEM, action, [action])


def test_a_closed_one_is_reopened_first(db: Session) -> None:
    action, done = make_action(db, "vaxtlighet"), make_action(db, "vaxtlighet", east=200, state=State.DONE)
    with pytest.raises(Invalid, match=f"{done.code} är klar"):
        service.merge(db, SYSTEM, action, [done])


def test_what_was_merged_away_is_not_merged_again(db: Session) -> None:
    first, second, third = (make_action(db, "vaxtlighet", east=east) for east in (0, 200, 400))
    service.merge(db, SYSTEM, first, [second])
    with pytest.raises(Conflict, match=first.code):
        service.merge(db, SYSTEM, third, [second])


def test_one_keeps_number_state_and_owner_and_gets_everything(db: Session) -> None:
    into = make_action(db, "vaxtlighet", state=State.PLANNED)
    others = [make_action(db, "vaxtlighet", east=east) for east in (100, 200)]
    seen = set().union(*(seen_in(db, action) for action in (into, *others)))
    number, due = into.number, into.due
    service.merge(db, actor(db, STEN), into, others, note="En enda häck.")
    assert seen_in(db, into) == seen
    assert (into.number, into.state, into.due) == (number, State.PLANNED, due)
    for other in others:
        assert seen_in(db, other) == set()
        assert other.merged_into_id == into.id
    merged = [event for event in events(db, into) if event.verb is Verb.MERGED]
    assert [event.other_id for event in merged] == [other.id for other in others]
    assert {event.note for event in merged} == {"En enda häck."}


def test_each_observation_says_which_action_it_came_with(db: Session) -> None:
    into, other = make_action(db, "vaxtlighet"), make_action(db, "vaxtlighet", east=100)
    service.merge(db, SYSTEM, into, [other])
    assert [link.reason for link in into.links][1] == f"Kom med från {other.code}."


def test_two_themes_can_be_one_task_and_remember_their_own(db: Session) -> None:
    into, other = make_action(db, "skotsel"), make_action(db, "nedskrapning")
    service.merge(db, SYSTEM, into, [other])
    assert {link.theme.value for link in into.links} == {"skotsel", "nedskrapning"}


def test_a_lamp_that_waited_for_the_merged_bush_waits_for_the_one_it_became(db: Session) -> None:
    seen = see(db, "belysning", "vaxtlighet")
    lamp, bush = action_of(db, seen, "belysning"), action_of(db, seen, "vaxtlighet")
    hedge = make_action(db, "vaxtlighet", east=100)
    service.merge(db, SYSTEM, hedge, [bush])
    assert lamp.before_id == hedge.id


def test_a_lamp_merged_with_its_own_bush_waits_for_nobody(db: Session) -> None:
    seen = see(db, "belysning", "vaxtlighet")
    lamp, bush = action_of(db, seen, "belysning"), action_of(db, seen, "vaxtlighet")
    service.merge(db, SYSTEM, lamp, [bush])
    assert lamp.before_id is None


def test_the_merged_one_is_no_line_any_more_and_still_says_where_it_went(db: Session) -> None:
    into, other = make_action(db, "vaxtlighet"), make_action(db, "vaxtlighet", east=100)
    service.merge(db, SYSTEM, into, [other])
    assert [row.id for row in queries.plan(db, SYSTEM)] == [into.id]
    found = queries.get(db, SYSTEM, other.id)
    assert found.merged_into is into
    assert queries.row(db, SYSTEM, other) is None
