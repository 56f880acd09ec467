"""Which action comes first, and the words that say why."""

from datetime import date, timedelta

import pytest

from walkapp.actions.priority import WEIGHTS, Facts, priority, rank
from walkapp.actions.rules import CLOSED, OPEN, WAITING, State
from walkapp.observations.rules import Feeling

TODAY = date(2026, 11, 24)


def test_nothing_known_is_no_points_and_no_reasons() -> None:
    assert priority(Facts(State.PROPOSED), TODAY) == (0, ())


def test_the_reasons_are_words_and_the_weightiest_stands_first() -> None:
    known = {"walkers": 3, "feeling": Feeling.VERY_UNSAFE, "dark": True, "promise": "löfte 6"}
    facts = Facts(State.RECEIVED, first_seen=TODAY - timedelta(40), **known)  # type: ignore[arg-type]
    assert priority(facts, TODAY).reasons == ("mycket otryggt", "3 personer", "löfte 6", "i mörker", "väntat 5 veckor")


def test_the_score_is_the_sum_of_its_reasons() -> None:
    facts = Facts(State.RECEIVED, walkers=2, feeling=Feeling.SOMEWHAT_UNSAFE, dark=True)
    assert priority(facts, TODAY).score == 2 * WEIGHTS["walker"] + WEIGHTS[Feeling.SOMEWHAT_UNSAFE] + WEIGHTS["dark"]


@pytest.mark.parametrize(
    "more",
    [{"walkers": 4}, {"feeling": Feeling.VERY_UNSAFE}, {"dark": True}, {"hides_lamp": True}, {"promise": "löfte 6"},
     {"first_seen": TODAY - timedelta(70)}, {"due": TODAY - timedelta(1)}],
)  # fmt: skip
def test_each_of_these_raises_an_action(more: dict[str, object]) -> None:
    plain = {"walkers": 1, "feeling": Feeling.SOMEWHAT_UNSAFE}
    assert priority(Facts(State.PLANNED, **{**plain, **more}), TODAY) > priority(Facts(State.PLANNED, **plain), TODAY)  # type: ignore[arg-type]


def test_the_bush_comes_before_the_lamp_that_it_hides() -> None:
    bush = priority(Facts(State.PROPOSED, walkers=1, hides_lamp=True), TODAY)
    lamp = priority(Facts(State.PROPOSED, walkers=1, after="Å-11"), TODAY)
    assert bush.score > lamp.score
    assert "skymmer en lampa: gör den först" in bush.reasons
    assert "efter Å-11" in lamp.reasons


def test_late_is_said_in_days() -> None:
    assert priority(Facts(State.PLANNED, due=TODAY - timedelta(1)), TODAY).reasons == ("1 dag försenad",)
    assert priority(Facts(State.PLANNED, due=TODAY - timedelta(12)), TODAY).reasons == ("12 dagar försenad",)
    assert priority(Facts(State.DONE, due=TODAY - timedelta(12)), TODAY).reasons == ()


def test_a_crowd_and_a_long_wait_have_their_limits() -> None:
    ten, crowd = (priority(Facts(State.PLANNED, walkers=n), TODAY).score for n in (10, 500))
    assert ten == crowd
    old, older = (priority(Facts(State.PLANNED, first_seen=TODAY - timedelta(n)), TODAY).score for n in (200, 2000))
    assert old == older


def test_what_is_closed_waits_no_more() -> None:
    assert priority(Facts(State.DONE, first_seen=TODAY - timedelta(70)), TODAY).reasons == ()


def test_what_a_person_has_ranked_stands_above_all_points() -> None:
    by_points = priority(Facts(State.PLANNED, walkers=99, feeling=Feeling.VERY_UNSAFE, due=date(2020, 1, 1)), TODAY)
    assert priority(Facts(State.PLANNED, override=1), TODAY).score > by_points.score
    assert priority(Facts(State.PLANNED, override=-1, walkers=99), TODAY).score < 0
    assert priority(Facts(State.PLANNED, override=1), TODAY).reasons == ("satt för hand",)


def test_what_waits_stands_after_what_can_be_done_and_closed_last() -> None:
    for state in State:
        expected = 2 if state in CLOSED else 1 if state in WAITING else 0
        assert rank(Facts(state), TODAY) == expected
    assert WAITING < OPEN


def test_what_has_waited_long_enough_is_to_be_done_now() -> None:
    assert rank(Facts(State.AWAITS_SEASON, wait_until=TODAY), TODAY) == 0
    assert rank(Facts(State.AWAITS_SEASON, wait_until=TODAY + timedelta(1)), TODAY) == 1
    assert rank(Facts(State.FORWARDED, due=TODAY - timedelta(1)), TODAY) == 0
    assert priority(Facts(State.FORWARDED, wait_until=TODAY), TODAY).reasons == ("har väntat färdigt",)
    assert priority(Facts(State.PLANNED, wait_until=TODAY), TODAY).reasons == ()
