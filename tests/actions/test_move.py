"""State changes: who may, what each asks for, what it sets, and what is remembered."""

import uuid
from datetime import date, datetime
from typing import Any

import pytest
from sqlalchemy.orm import Session

from tests.actions.acts import DAY, GIVEN, events, make_action, see
from tests.cast import ADA, LENA, OLOF, STEN, Person
from tests.make import actor, picture
from walkapp.actions import policy, service
from walkapp.actions.models import Action, Verb
from walkapp.actions.rules import CLOSED, DeclineReason, Kind, State, moves
from walkapp.core.actor import SYSTEM
from walkapp.core.clock import STOCKHOLM, now, pretend, today
from walkapp.core.errors import Conflict, Forbidden, Invalid, NotFound
from walkapp.core.permissions import Role
from walkapp.photos import service as photos
from walkapp.photos.storage import FolderStorage

NOON = datetime(2026, 11, 24, 12, tzinfo=STOCKHOLM)


def test_olof_reads_and_moves_nothing(db: Session) -> None:
    with pytest.raises(Forbidden, match="läsa"):
        service.move(db, actor(db, OLOF), make_action(db, "vaxtlighet"), State.RECEIVED)


def test_sten_cannot_move_what_his_unit_does_not_own(db: Session) -> None:
    with pytest.raises(NotFound):
        service.move(db, actor(db, STEN), make_action(db, "belysning"), State.RECEIVED)


def test_sten_cannot_verify(db: Session) -> None:
    action = make_action(db, "vaxtlighet", state=State.DONE)
    with pytest.raises(Forbidden, match="samordnare"):
        service.move(db, actor(db, STEN), action, State.VERIFIED, note="Ser bra ut.")
    assert action.state is State.DONE


def test_lena_cannot_verify_what_she_finished_herself(db: Session) -> None:
    action = make_action(db, "vaxtlighet", state=State.ONGOING)
    service.move(db, actor(db, LENA), action, State.DONE, done_on=today())
    with pytest.raises(Forbidden, match="själv"):
        service.move(db, actor(db, LENA), action, State.VERIFIED, note="Ser bra ut.")
    service.move(db, actor(db, ADA), action, State.VERIFIED, note="Sett på återvandringen.")
    assert action.state is State.VERIFIED


WITH_MOVES = [(kind, state) for kind in Kind for state in State if moves(kind, state)]


@pytest.mark.parametrize(("kind", "state"), WITH_MOVES)
def test_only_the_moves_of_the_table_are_possible(db: Session, kind: Kind, state: State) -> None:
    action = make_action(db, "vaxtlighet" if kind is Kind.TASK else "kamera", state=state)
    for to in set(State) - set(moves(kind, state)):
        with pytest.raises(Invalid, match="kan inte bli"):
            service.move(db, SYSTEM, action, to, note="Prov.")
    assert action.state is state


@pytest.mark.parametrize(
    ("state", "to", "fields"),
    [
        (State.ONGOING, State.DONE, {"done_on"}),
        (State.RECEIVED, State.DECLINED, {"reason", "note"}),
        (State.RECEIVED, State.FORWARDED, {"to_whom"}),
        (State.RECEIVED, State.AWAITS_DECISION, {"decision"}),
        (State.DONE, State.VERIFIED, {"note"}),
        (State.DONE, State.REOPENED, {"note"}),
        (State.PLANNED, State.EXAMINED, {"note"}),
    ],
)
def test_what_a_move_asks_for_is_said_field_by_field(db: Session, state: State, to: State, fields: set[str]) -> None:
    action = make_action(db, "vaxtlighet", state=state)
    before = len(events(db, action))
    with pytest.raises(Invalid) as refused:
        service.move(db, SYSTEM, action, to, note="  ", to_whom=" ", decision="\n")
    assert set(refused.value.fields) == fields
    assert action.state is state
    assert len(events(db, action)) == before


@pytest.mark.parametrize(
    ("to", "given", "field"),
    [
        (State.DONE, {"done_on": date(2026, 11, 25)}, "done_on"),
        (State.DONE, {"photo_id": uuid.uuid4()}, "photo"),
        (State.AWAITS_SEASON, {"until": date(2026, 11, 24)}, "until"),
        (State.AWAITS_SEASON, {"until": date(9999, 12, 31)}, "until"),
        (State.FORWARDED, {"to_whom": "x" * 201}, "to_whom"),
        (State.PLANNED, {"note": "x" * 2001}, "note"),
    ],
)
def test_what_cannot_be_is_refused(db: Session, to: State, given: dict[str, Any], field: str) -> None:
    with pretend(NOON):
        action = make_action(db, "vaxtlighet", state=State.RECEIVED)
        with pytest.raises(Invalid) as refused:
            service.move(db, SYSTEM, action, to, **given)
    assert field in refused.value.fields
    assert action.state is State.RECEIVED


def test_somebody_else_was_faster_and_what_they_did_is_said(db: Session) -> None:
    action = make_action(db, "vaxtlighet", state=State.RECEIVED)
    seen = action.version
    service.move(db, actor(db, LENA), action, State.PLANNED)
    service.edit(db, actor(db, LENA), action, title="Klippa häcken", place="Skolan")
    with pytest.raises(Conflict) as refused:
        service.move(db, actor(db, STEN), action, State.EXAMINED, version=seen)
    assert refused.value.facts["changes"] == ["lena: mottagen → planerad", "lena: ändrade namn och plats"]
    assert action.state is State.PLANNED


def test_a_walker_who_adds_something_is_no_conflict(db: Session) -> None:
    action = make_action(db, "vaxtlighet", state=State.RECEIVED)
    seen = action.version
    see(db, "vaxtlighet", east=5)
    service.move(db, actor(db, STEN), action, State.PLANNED, version=seen)


def test_what_was_merged_away_cannot_be_moved(db: Session) -> None:
    gone, into = make_action(db, "vaxtlighet"), make_action(db, "vaxtlighet", east=200)
    service.merge(db, SYSTEM, into, [gone])
    with pytest.raises(Conflict, match=into.code) as refused:
        service.move(db, SYSTEM, gone, State.RECEIVED)
    assert refused.value.facts["merged_into"] == str(into.id)


# --- What a move sets -------------------------------------------------------------------------------------------------


def moved(db: Session, to: State, state: State = State.RECEIVED, theme: str = "vaxtlighet", **given: Any) -> Action:
    with pretend(NOON):
        action = make_action(db, theme, state=state)
        service.move(db, SYSTEM, action, to, **(GIVEN.get(to, {}) | given))
    return action


def test_a_move_is_remembered_with_who_when_and_why(db: Session) -> None:
    action, sten = make_action(db, "vaxtlighet", state=State.RECEIVED), actor(db, STEN)
    version = action.version
    with pretend(NOON):
        event = service.move(db, sten, action, State.PLANNED, note="  Vecka 50. ")
    assert (event.verb, event.was, event.became, event.note) == (Verb.STATE, State.RECEIVED, State.PLANNED, "Vecka 50.")
    assert (event.actor_id, event.at) == (sten.user_id, NOON)
    assert action.version == version + 1
    assert action.updated_at == NOON


def test_forwarded_starts_a_reply_clock(db: Session) -> None:
    action = moved(db, State.FORWARDED)
    assert action.forwarded_to == "Trafikverket"
    assert action.wait_until == date(2026, 12, 15)


def test_a_proposal_can_be_forwarded_at_once_and_still_has_a_day(db: Session) -> None:
    action = moved(db, State.FORWARDED, State.PROPOSED)
    assert action.confirmed
    assert action.due == date(2026, 12, 22)


def test_waiting_for_the_season_moves_the_day_with_it(db: Session) -> None:
    action = moved(db, State.AWAITS_SEASON)
    assert action.wait_until == date(2027, 1, 1)
    assert action.due is not None
    assert action.due > date(2027, 1, 1)


def test_a_day_set_by_hand_is_not_moved_by_the_season(db: Session) -> None:
    with pretend(NOON):
        action = make_action(db, "vaxtlighet", state=State.RECEIVED)
        service.edit(db, SYSTEM, action, due=date(2026, 12, 1))
        service.move(db, SYSTEM, action, State.AWAITS_SEASON, until=date(2027, 2, 1))
    assert (action.due, action.wait_until) == (date(2026, 12, 1), date(2027, 2, 1))


def test_going_on_ends_the_wait(db: Session) -> None:
    action = moved(db, State.ONGOING, State.AWAITS_SEASON)
    assert action.wait_until is None


def test_a_decision_that_is_awaited_is_named(db: Session) -> None:
    action = moved(db, State.AWAITS_DECISION, decision="Investeringsbudgeten", until=date(2027, 2, 1))
    assert (action.decision, action.wait_until) == ("Investeringsbudgeten", date(2027, 2, 1))


def test_done_by_a_day(db: Session) -> None:
    action = moved(db, State.DONE, done_on=date(2026, 11, 20))
    assert (action.done_on, action.closed_at) == (date(2026, 11, 20), NOON)


def test_done_by_a_photo(db: Session, tmp_path: Any) -> None:
    photo, _ = photos.keep_photo(db, FolderStorage(tmp_path), SYSTEM, uuid.uuid4(), picture())
    action = moved(db, State.DONE, photo_id=photo.id)
    assert (action.after_photo_id, action.done_on) == (photo.id, date(2026, 11, 24))


def test_declined_keeps_its_reason(db: Session) -> None:
    action = moved(db, State.DECLINED, reason=DeclineReason.NO_FAULT, note="Lampan lyste.")
    assert action.decline_reason is DeclineReason.NO_FAULT
    assert action.closed_at == NOON


@pytest.mark.parametrize("state", sorted(CLOSED))
def test_reopened_has_a_new_day_and_its_past(db: Session, state: State) -> None:
    action = make_action(db, "belysning", state=state)
    was = len(events(db, action))
    with pretend(now() + 30 * DAY):
        service.move(db, SYSTEM, action, State.REOPENED, note="Slocknade igen.")
        assert action.due is not None
        assert action.due > today()
    assert (action.closed_at, action.done_on, action.decline_reason) == (None, None, None)
    assert len(events(db, action)) == was + 1


def test_an_assessment_ends_with_a_decision(db: Session) -> None:
    action = make_action(db, "kamera", state=State.EXAMINED)
    with pytest.raises(Invalid) as refused:
        service.move(db, SYSTEM, action, State.DONE, done_on=today())
    assert set(refused.value.fields) == {"decision", "note"}
    service.move(db, SYSTEM, action, State.DONE, decision="KS 2026/77", note="Belysning först, ny prövning om ett år.")
    assert action.state_label == "prövad"
    assert action.decision == "KS 2026/77"


# --- The buttons ------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("person", [ADA, LENA, STEN, OLOF], ids=lambda person: person.name)
def test_each_is_offered_what_each_may_do(db: Session, person: Person) -> None:
    offered = policy.moves(actor(db, person), make_action(db, "vaxtlighet", state=State.DONE))
    verifies = person.role in (Role.ADMIN, Role.LEADER)
    works = person.role is not Role.OFFICIAL
    assert set(offered) == ({State.REOPENED} if works else set()) | ({State.VERIFIED} if verifies else set())


def test_the_whole_way(db: Session) -> None:
    sten, lena = actor(db, STEN), actor(db, LENA)
    action = make_action(db, "vaxtlighet")
    service.confirm(db, sten, action)
    for to in (State.EXAMINED, State.PLANNED, State.ONGOING):
        service.move(db, sten, action, to)
    service.move(db, sten, action, State.DONE, done_on=today())
    service.move(db, lena, action, State.VERIFIED, note="Återvandring 3 december: fri sikt.")
    assert [event.became for event in events(db, action) if event.became] == [
        State.RECEIVED, State.EXAMINED, State.PLANNED, State.ONGOING, State.DONE, State.VERIFIED,
    ]  # fmt: skip
    assert action.closed_at is not None
