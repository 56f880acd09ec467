"""Some observations turn out to be about something else: they get an action of their own."""

import uuid

import pytest
from sqlalchemy.orm import Session

from tests.actions.acts import action_of, events, see, seen_in
from tests.cast import LENA, OLOF, STEN
from tests.make import actor
from walkapp.actions import service
from walkapp.actions.models import Action, Verb
from walkapp.actions.rules import State
from walkapp.core.actor import SYSTEM
from walkapp.core.errors import Conflict, Forbidden, Invalid, NotFound
from walkapp.observations.models import Observation


def three(db: Session, theme: str = "vaxtlighet") -> tuple[Action, list[Observation]]:
    """Three observations a few metres apart, in one action."""
    seen = [see(db, theme, east=east) for east in (0, 8, 16)]
    return action_of(db, seen[0]), seen


def test_olof_splits_nothing(db: Session) -> None:
    action, seen = three(db)
    with pytest.raises(Forbidden):
        service.split(db, actor(db, OLOF), action, [seen[2].id])


def test_sten_splits_nothing_of_another_unit(db: Session) -> None:
    action, seen = three(db, "belysning")
    with pytest.raises(NotFound):
        service.split(db, actor(db, STEN), action, [seen[2].id])


def test_nothing_chosen_is_refused(db: Session) -> None:
    action, _ = three(db)
    with pytest.raises(Invalid, match="Välj minst en"):
        service.split(db, SYSTEM, action, [])


def test_all_chosen_is_refused(db: Session) -> None:
    action, seen = three(db)
    with pytest.raises(Invalid, match="ska vara kvar"):
        service.split(db, SYSTEM, action, [one.id for one in seen])


@pytest.mark.parametrize("elsewhere", [True, False])
def test_an_observation_of_another_action_is_refused(db: Session, elsewhere: bool) -> None:
    action, seen = three(db)
    other = see(db, "vaxtlighet", east=300).id if elsewhere else uuid.uuid4()
    with pytest.raises(Conflict, match="hör inte längre till"):
        service.split(db, SYSTEM, action, [seen[0].id, other])
    assert len(seen_in(db, action)) == 3


def test_somebody_else_was_faster(db: Session) -> None:
    action, seen = three(db)
    version = action.version
    service.split(db, actor(db, LENA), action, [seen[0].id], version=version)
    with pytest.raises(Conflict, match="lena: delade av 1 iakttagelse till"):
        service.split(db, actor(db, STEN), action, [seen[1].id], version=version)


def test_a_split_keeps_where_everything_came_from(db: Session) -> None:
    action, seen = three(db)
    new = service.split(db, actor(db, STEN), action, [seen[2].id], note="Annan buske.")
    assert seen_in(db, action) == {seen[0].id, seen[1].id}
    assert seen_in(db, new) == {seen[2].id}
    assert new.links[0].reason == f"Delades av från {action.code}."
    event = events(db, action)[-1]
    assert (event.verb, event.other_id, event.note) == (Verb.SPLIT, new.id, "Annan buske.")
    assert event.data["moved"][0]["from"] == str(action.id)


def test_both_lie_where_their_own_observations_are(db: Session) -> None:
    action, seen = three(db)
    new = service.split(db, SYSTEM, action, [seen[2].id])
    assert (new.lat, new.lon) == (seen[2].lat, seen[2].lon)
    assert action.lon == pytest.approx((seen[0].lon + seen[1].lon) / 2)  # type: ignore[operator]


def test_the_new_one_has_a_number_an_owner_and_a_state_of_its_own(db: Session) -> None:
    action, seen = three(db)
    new = service.split(db, SYSTEM, action, [seen[2].id])
    assert new.number == action.number + 1
    assert (new.theme, new.kind, new.unit_id, new.promise_id) == (
        action.theme, action.kind, action.unit_id, action.promise_id,
    )  # fmt: skip
    assert (new.state, new.due) == (State.PROPOSED, None)


def test_what_was_received_stays_received_and_is_not_planned_by_that(db: Session) -> None:
    action, seen = three(db)
    service.move(db, SYSTEM, action, State.RECEIVED)
    service.move(db, SYSTEM, action, State.PLANNED)
    new = service.split(db, SYSTEM, action, [seen[2].id])
    assert action.state is State.PLANNED
    assert new.state is State.RECEIVED
    assert new.due is not None


def test_what_was_split_is_not_merged_again_by_the_next_sighting(db: Session) -> None:
    action, seen = three(db)
    new = service.split(db, SYSTEM, action, [seen[2].id])
    see(db, "vaxtlighet", east=10)
    assert action.merged_into_id is None
    assert new.merged_into_id is None
