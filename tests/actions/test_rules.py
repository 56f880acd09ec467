"""States and their moves, due dates in working days, seasons, and what is said about a place."""

from datetime import UTC, date, datetime, timedelta
from itertools import pairwise

import pytest

from walkapp.actions import rules
from walkapp.actions.naming import at_place, place_in, suggested_title
from walkapp.actions.rules import CLOSED, OPEN, Ask, CostClass, Kind, Return, State, came_back, due_date, moves, overdue
from walkapp.actions.workdays import add_workdays, easter, is_workday, red_days
from walkapp.core.permissions import ROLE_PERMISSIONS, Permission, Role
from walkapp.promises.rules import Theme

# --- Kinds and states --------------------------------------------------------------------------------------------


def test_a_good_place_leads_to_nothing() -> None:
    assert rules.kind_of(Theme.SAFE_PLACE) is None


def test_a_camera_need_is_an_assessment_and_all_else_a_task() -> None:
    assert [theme for theme in Theme if rules.kind_of(theme) is Kind.ASSESSMENT] == [Theme.CAMERA]
    assert sum(rules.kind_of(theme) is Kind.TASK for theme in Theme) == len(Theme) - 2


def test_an_assessment_is_never_planned_worked_on_forwarded_or_verified() -> None:
    reached = {to for state in State for to in moves(Kind.ASSESSMENT, state)}
    never = {State.PLANNED, State.ONGOING, State.FORWARDED, State.AWAITS_SEASON, State.VERIFIED}
    assert not reached & never
    assert not any(moves(Kind.ASSESSMENT, state) for state in never)


def test_an_assessment_ends_with_a_documented_decision() -> None:
    for state in (State.EXAMINED, State.AWAITS_DECISION):
        assert moves(Kind.ASSESSMENT, state)[State.DONE].asks == (Ask.DECISION, Ask.NOTE)


def test_only_a_leader_verifies_and_only_what_is_done() -> None:
    from_where = {state for state in State if State.VERIFIED in moves(Kind.TASK, state)}
    assert from_where == {State.DONE}
    needs = moves(Kind.TASK, State.DONE)[State.VERIFIED]
    assert needs.permission is Permission.VERIFY_ACTIONS
    assert Ask.NOTE in needs.asks
    assert needs.permission not in ROLE_PERMISSIONS[Role.STAFF]


@pytest.mark.parametrize("kind", Kind)
def test_nothing_closes_silently(kind: Kind) -> None:
    for state in State:
        for to, needs in moves(kind, state).items():
            if to in CLOSED:
                assert needs.asks, f"{state} → {to}"
            if to is State.DECLINED:
                assert needs.asks == (Ask.REASON, Ask.NOTE)


@pytest.mark.parametrize("kind", Kind)
def test_what_is_closed_can_be_reopened_with_a_note_and_nothing_else(kind: Kind) -> None:
    for state in CLOSED - ({State.VERIFIED} if kind is Kind.ASSESSMENT else set()):
        onwards = moves(kind, state)
        assert onwards[State.REOPENED].asks == (Ask.NOTE,)
        assert set(onwards) <= {State.REOPENED, State.VERIFIED}


@pytest.mark.parametrize("kind", Kind)
def test_every_state_of_a_kind_can_be_reached_and_left(kind: Kind) -> None:
    reached, edge = {State.PROPOSED}, [State.PROPOSED]
    while edge:
        edge = [to for state in edge for to in moves(kind, state) if to not in reached]
        reached |= set(edge)
    assert all(moves(kind, state) for state in reached)
    assert len(reached) == (12 if kind is Kind.TASK else 7)


def test_the_whole_way_of_a_task_as_the_mission_draws_it() -> None:
    way = [State.PROPOSED, State.RECEIVED, State.EXAMINED, State.PLANNED, State.ONGOING, State.DONE, State.VERIFIED]
    for state, to in pairwise(way):
        assert to in moves(Kind.TASK, state)


def test_forwarding_says_to_whom_and_finishing_shows_a_day_or_a_photo() -> None:
    assert Ask.TO_WHOM in moves(Kind.TASK, State.RECEIVED)[State.FORWARDED].asks
    assert moves(Kind.TASK, State.ONGOING)[State.DONE].asks == (Ask.PROOF,)


def test_every_state_has_a_word_and_an_icon() -> None:
    assert len({state.label for state in State}) == len(State)
    assert len({state.icon for state in State}) == len(State)
    assert State.EXAMINED.label_for(Kind.ASSESSMENT) == "prövas"
    assert State.DONE.label_for(Kind.ASSESSMENT) == "prövad"
    assert State.DONE.label_for(Kind.TASK) == "klar"
    assert set(State) == OPEN | CLOSED
    assert all(ask.sentence for ask in Ask)
    assert all(reason.label for reason in rules.DeclineReason)
    assert all(cost.label for cost in CostClass)


# --- Working days ------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("year", "sunday"),
    [
        (2017, date(2017, 4, 16)),
        (2024, date(2024, 3, 31)),
        (2026, date(2026, 4, 5)),
        (2027, date(2027, 3, 28)),
        (2038, date(2038, 4, 25)),
    ],
)
def test_easter(year: int, sunday: date) -> None:
    assert easter(year) == sunday


def test_red_days_of_2026() -> None:
    assert sorted(red_days(2026)) == [
        date(2026, 1, 1), date(2026, 1, 6), date(2026, 4, 3), date(2026, 4, 5), date(2026, 4, 6), date(2026, 5, 1),
        date(2026, 5, 14), date(2026, 5, 24), date(2026, 6, 6), date(2026, 6, 19), date(2026, 6, 20),
        date(2026, 10, 31), date(2026, 12, 24), date(2026, 12, 25), date(2026, 12, 26), date(2026, 12, 31),
    ]  # fmt: skip


def test_midsummer_and_all_saints_are_always_a_saturday() -> None:
    for year in range(2020, 2050):
        saturdays = [day for day in red_days(year) if day.weekday() == 5 and day.month in (6, 10, 11)]
        assert any(20 <= day.day <= 26 for day in saturdays if day.month == 6)
        assert any(day.month == 11 or day.day == 31 for day in saturdays if day.month != 6)


def test_working_days_jump_over_christmas() -> None:
    # 23 December 2026 is a Wednesday: the 24th to the 27th and the 31st to the 3rd do not count, nor does 6 January.
    assert add_workdays(date(2026, 12, 23), 1) == date(2026, 12, 28)
    assert add_workdays(date(2026, 12, 23), 4) == date(2027, 1, 4)
    assert add_workdays(date(2026, 12, 23), 6) == date(2027, 1, 7)


def test_a_working_day_falls_on_a_working_day() -> None:
    for n in range(400):
        assert is_workday(add_workdays(date(2026, 1, 1) + timedelta(n), 1))


def test_no_days_are_the_day_itself() -> None:
    assert add_workdays(date(2026, 11, 24), 0) == date(2026, 11, 24)


# --- Due dates and seasons ---------------------------------------------------------------------------------------


def test_a_broken_lamp_has_two_weeks_and_a_new_one_longer() -> None:
    received = date(2026, 11, 24)
    assert due_date(Theme.LIGHTING, None, received) == date(2026, 12, 8)
    assert due_date(Theme.LIGHTING, CostClass.SMALL, received) == date(2026, 12, 8)
    assert due_date(Theme.LIGHTING, CostClass.LARGE, received) > due_date(Theme.LIGHTING, CostClass.SMALL, received)
    assert due_date(Theme.LIGHTING, CostClass.INVESTMENT, received) > date(2027, 11, 1)


@pytest.mark.parametrize("cost", [None, *CostClass])
@pytest.mark.parametrize("theme", [theme for theme in Theme if rules.kind_of(theme)])
def test_every_theme_and_cost_has_a_due_date_in_the_future(theme: Theme, cost: CostClass | None) -> None:
    assert due_date(theme, cost, date(2026, 11, 24)) > date(2026, 11, 24)


@pytest.mark.parametrize(
    ("received", "due"),
    [
        (date(2026, 11, 24), date(2027, 3, 31)),
        (date(2026, 5, 1), date(2027, 3, 31)),
        (date(2027, 2, 1), date(2027, 3, 31)),
    ],
)
def test_larger_thinning_is_due_when_the_next_felling_is_over(received: date, due: date) -> None:
    assert due_date(Theme.GREENERY, CostClass.LARGE, received) == due


@pytest.mark.parametrize(
    ("on", "opens"),
    [
        (date(2026, 5, 3), date(2026, 10, 1)),
        (date(2026, 11, 24), date(2027, 1, 1)),
        (date(2027, 1, 1), date(2027, 10, 1)),
        (date(2027, 2, 14), date(2027, 10, 1)),
    ],
)
def test_thinning_waits_for_october_with_its_wishes_and_for_january_with_its_saws(on: date, opens: date) -> None:
    assert rules.season_opens(Theme.GREENERY, on) == opens


def test_other_work_waits_for_the_frost_to_go() -> None:
    assert rules.season_opens(Theme.UPKEEP, date(2026, 11, 24)) == date(2027, 4, 1)
    assert rules.season_opens(Theme.UPKEEP, date(2027, 3, 31)) == date(2027, 4, 1)


def test_the_season_of_thinning() -> None:
    open_months = [month for month in range(1, 13) if rules.in_season(Theme.GREENERY, date(2026, month, 15))]
    assert open_months == [1, 2, 3, 10, 11, 12]
    assert rules.in_season(Theme.LIGHTING, date(2026, 7, 1))


def test_overdue_is_open_after_its_day() -> None:
    due, today = date(2026, 11, 23), date(2026, 11, 24)
    assert overdue(due, State.PLANNED, today)
    assert overdue(due, State.AWAITS_SEASON, today)
    assert not overdue(due, State.DONE, today)
    assert not overdue(due, State.DECLINED, today)
    assert not overdue(today, State.PLANNED, today)
    assert not overdue(None, State.PLANNED, today)


# --- Coming back -------------------------------------------------------------------------------------------------

CLOSED_AT = datetime(2026, 11, 1, 12, tzinfo=UTC)


@pytest.mark.parametrize(
    ("kind", "state", "days", "means"),
    [
        (Kind.TASK, State.DONE, -1, Return.SAME),
        (Kind.TASK, State.DECLINED, -1, Return.SAME),
        (Kind.TASK, State.DONE, 10, Return.REOPEN),
        (Kind.TASK, State.DONE, 61, Return.NEW),
        (Kind.TASK, State.VERIFIED, 10, Return.NEW),
        (Kind.TASK, State.DECLINED, 10, Return.NEW),
        (Kind.ASSESSMENT, State.DONE, 10, Return.NEW),
    ],
)
def test_what_a_sighting_means_where_an_action_is_closed(kind: Kind, state: State, days: int, means: Return) -> None:
    assert came_back(kind, state, CLOSED_AT, CLOSED_AT + timedelta(days=days)) is means


# --- Words -------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("theme", "place", "title"),
    [
        (Theme.LIGHTING, "Gångtunneln", "Se över belysningen vid gångtunneln"),
        (Theme.LIGHTING, "Cykelvägen bakom skolan", "Se över belysningen på cykelvägen bakom skolan"),
        (Theme.LIGHTING, "Fylstaparken", "Se över belysningen vid Fylstaparken"),
        (Theme.LIGHTING, "Skolvägen", "Se över belysningen på Skolvägen"),
        (Theme.LIGHTING, "Skolgatan", "Se över belysningen på Skolgatan"),
        (Theme.LIGHTING, "Skolgatan 12", "Se över belysningen vid Skolgatan 12"),
        (Theme.GREENERY, "Bakom skolan", "Se över växtligheten bakom skolan"),
        (Theme.GREENERY, "nära stopp 3, Tunneln", "Se över växtligheten nära stopp 3, Tunneln"),
        (Theme.CAMERA, "torget", "Prövning: kamerabehov på torget"),
        (Theme.LITTER, "", "Städa"),
    ],
)
def test_a_title_says_what_and_where(theme: Theme, place: str, title: str) -> None:
    assert suggested_title(theme, place) == title


def test_every_theme_that_leads_to_something_has_a_title_and_an_owner() -> None:
    for theme in Theme:
        if rules.kind_of(theme):
            assert suggested_title(theme, "torget")
            assert rules.suggested_unit(theme) in {
                "gata-belysning", "park", "gata-trafik", "fastighet", "kumla-bostader", "renhallning", "samordnare",
            }  # fmt: skip


def test_no_place_is_no_words() -> None:
    assert at_place("") == ""


@pytest.mark.parametrize(
    ("text", "place"),
    [
        ("Lampan vid Skolgatan 12 är trasig", "Skolgatan 12"),
        ("Mörkt i Fylstaparken", "Fylstaparken"),
        ("Buskarna växer ut över cykelvägen", ""),
        ("skolgatan", ""),
        ("Lampan är trasig", ""),
        ("", ""),
    ],
)
def test_a_street_that_the_words_name(text: str, place: str) -> None:
    assert place_in(text) == place
