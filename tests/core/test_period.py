from datetime import date

import pytest

from walkapp.core.errors import Invalid
from walkapp.core.period import periods_between, read_period


@pytest.mark.parametrize("text", ["", "2026-q5", "2026-t4", "26-q1", "2026q1", "1926", "2026-q1; drop", "i år"])
def test_what_is_no_period_is_refused_with_an_example(text: str) -> None:
    with pytest.raises(Invalid, match="2026-q4"):
        read_period(text)


@pytest.mark.parametrize(
    ("text", "first", "last"),
    [
        ("2026", date(2026, 1, 1), date(2026, 12, 31)),
        ("2026-q1", date(2026, 1, 1), date(2026, 3, 31)),
        ("2026-Q4", date(2026, 10, 1), date(2026, 12, 31)),
        ("2024-t1", date(2024, 1, 1), date(2024, 4, 30)),
        ("2026-t3", date(2026, 9, 1), date(2026, 12, 31)),
    ],
)
def test_a_period_has_its_first_and_last_day(text: str, first: date, last: date) -> None:
    period = read_period(text)
    assert (period.first, period.last) == (first, last)
    assert period.value == text.lower()


def test_the_periods_that_can_be_chosen_are_those_that_something_happened_in() -> None:
    values = [p.value for p in periods_between(date(2025, 11, 2), date(2026, 2, 1))]
    assert values == ["2026-q1", "2026-t1", "2026", "2025-q4", "2025-t3", "2025"]
