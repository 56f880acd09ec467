"""Reads of one action: itself, its history, what it can be merged with, what came of an observation."""

import uuid

import pytest
from sqlalchemy.orm import Session

from tests.actions.acts import action_of, events, make_action, see
from tests.cast import LENA, OLOF, STEN
from tests.make import actor
from walkapp.actions import queries, service
from walkapp.actions.models import Verb
from walkapp.actions.rules import State
from walkapp.core.actor import SYSTEM
from walkapp.core.errors import NotFound


def test_an_action_that_does_not_exist(db: Session) -> None:
    with pytest.raises(NotFound):
        queries.get(db, SYSTEM, uuid.uuid4())


def test_an_action_with_its_observations(db: Session) -> None:
    seen = [see(db, "belysning", east=east, text=text) for east, text in ((0, "Mörkt"), (5, "Kolsvart"))]
    action = action_of(db, seen[0])
    db.flush()
    db.expire_all()
    found = queries.get(db, SYSTEM, action.id)
    assert [link.observation.text for link in found.links] == ["Mörkt", "Kolsvart"]


def test_its_line_is_the_same_as_in_the_plan(db: Session) -> None:
    action = make_action(db, "belysning")
    make_action(db, "klotter")
    row = queries.row(db, SYSTEM, action)
    assert row in queries.plan(db, SYSTEM)
    assert row is not None
    assert row.id == action.id


# --- History ----------------------------------------------------------------------------------------------------------


def test_an_event_of_another_action_is_not_found(db: Session) -> None:
    one, other = make_action(db, "belysning"), make_action(db, "klotter")
    with pytest.raises(NotFound):
        queries.event(db, SYSTEM, one, events(db, other)[0].id)


def test_the_history_tells_who_what_and_why_the_latest_first(db: Session) -> None:
    sten = actor(db, STEN)
    action = make_action(db, "vaxtlighet")
    see(db, "vaxtlighet")
    service.confirm(db, sten, action)
    service.move(db, sten, action, State.PLANNED, note="Vecka 50.")
    service.edit(db, sten, action, title="Klippa", estimate=900)
    assert [(line.who, line.what, line.note) for line in queries.history_of(db, sten, action)] == [
        ("sten", "ändrade namn och uppskattad kostnad", ""),
        ("sten", "mottagen → planerad", "Vecka 50."),
        ("sten", "föreslagen → mottagen", ""),
        ("walkapp", "en iakttagelse till", "0 m från det andra som hör hit, vid en osäkerhet på 8 m."),
        ("walkapp", "föreslogs ur en iakttagelse", "Ingen öppen åtgärd om samma ämne i närheten."),
    ]


def test_a_split_a_merge_and_a_move_are_told_on_both_pages(db: Session) -> None:
    seen = [see(db, "vaxtlighet", east=east) for east in (0, 8, 16)]
    action = action_of(db, seen[0])
    new = service.split(db, SYSTEM, action, [seen[2].id])
    service.move_over(db, SYSTEM, action, [seen[1].id], new)
    service.merge(db, SYSTEM, action, [new])
    here = [line.what for line in queries.history_of(db, SYSTEM, action)][:3]
    there = [line.what for line in queries.history_of(db, SYSTEM, new)]
    assert here == [
        f"tog in {new.code} med 2 iakttagelser",
        f"flyttade 1 iakttagelse till {new.code}",
        f"delade av 1 iakttagelse till {new.code}",
    ]
    assert there == [
        f"slogs ihop med {action.code}",
        f"fick 1 iakttagelse från {action.code}",
        f"delades av från {action.code} med 1 iakttagelse",
    ]


def test_what_can_be_undone_and_by_whom(db: Session) -> None:
    action = make_action(db, "vaxtlighet", state=State.PLANNED)
    received, planned = events(db, action)[1:]
    service.undo(db, SYSTEM, planned)
    lines = {line.id: line for line in queries.history_of(db, actor(db, STEN), action)}
    assert lines[planned.id].undone
    assert not lines[planned.id].can_undo
    assert lines[received.id].can_undo
    undo = max(lines)
    assert lines[undo].verb is Verb.UNDONE
    assert lines[undo].what == "ångrade: mottagen → planerad"
    assert not lines[undo].can_undo
    assert not any(line.can_undo for line in queries.history_of(db, actor(db, OLOF), action))


# --- Beside it --------------------------------------------------------------------------------------------------------


def test_candidates_are_near_open_of_the_same_kind_and_seen_by_the_actor(db: Session) -> None:
    action = make_action(db, "vaxtlighet")
    graffiti = make_action(db, "klotter", east=5)
    near = make_action(db, "vaxtlighet", east=100)
    make_action(db, "vaxtlighet", east=160)
    make_action(db, "kamera", east=5)
    make_action(db, "skotsel", east=5, state=State.DECLINED)
    found = queries.candidates_near(db, actor(db, LENA), action)
    assert [one.action for one in found] == [near, graffiti]
    assert found[0].metres == pytest.approx(100, abs=1)
    assert [one.action for one in queries.candidates_near(db, actor(db, STEN), action)] == [near]


def test_without_a_position_the_same_theme_in_the_district_is_offered(db: Session) -> None:
    action = action_of(db, see(db, "vaxtlighet"))
    action.lat = action.lon = None
    other = make_action(db, "vaxtlighet", east=200)
    other.district_id = action.district_id
    make_action(db, "klotter")
    assert [one.action for one in queries.candidates_near(db, SYSTEM, action)] == [other]


def test_which_observations_an_action_is_made_of(db: Session) -> None:
    first, second, third = see(db, "belysning"), see(db, "belysning"), see(db, "klotter")
    lamp, graffiti = action_of(db, first), action_of(db, third)
    assert queries.observations_of(db, [lamp.id, graffiti.id]) == {
        lamp.id: [first.id, second.id],
        graffiti.id: [third.id],
    }
    assert queries.observations_of(db, []) == {}


def test_what_came_of_an_observation(db: Session) -> None:
    seen = see(db, "belysning", "vaxtlighet")
    assert [action.theme.value for action in queries.of_observation(db, seen.id)] == ["vaxtlighet", "belysning"]
    assert queries.of_observation(db, see(db, "trygg_plats").id) == []


def test_a_receipt_tells_states_and_reasons_and_nothing_undone(db: Session) -> None:
    action = make_action(db, "belysning", state=State.PLANNED)
    service.move(db, SYSTEM, action, State.ONGOING)
    service.undo(db, SYSTEM, events(db, action)[-1])
    service.move(db, SYSTEM, action, State.AWAITS_SEASON, note="Tjäle i marken.")
    assert [(one.title, one.note) for one in queries.told_of(db, action)] == [
        ("Väntar på årstid", "Tjäle i marken."), ("Planerad", ""), ("Mottagen", ""),
    ]  # fmt: skip
