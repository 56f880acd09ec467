"""Working days in Sweden: Monday to Friday except red days and the eves that count as them."""

from datetime import date, timedelta
from functools import cache

DAY = timedelta(days=1)


def easter(year: int) -> date:
    """Easter Sunday in the Gregorian calendar (Meeus, "Astronomical Algorithms", chapter 8)."""
    a, (b, c) = year % 19, divmod(year, 100)
    d, e = divmod(b, 4)
    h = (19 * a + b - d - (b - (b + 8) // 25 + 1) // 3 + 15) % 30
    i, k = divmod(c, 4)
    rest = (32 + 2 * e + 2 * i - h - k) % 7
    m = (a + 11 * h + 22 * rest) // 451
    month, day = divmod(h + rest - 7 * m + 114, 31)
    return date(year, month, day + 1)


@cache
def red_days(year: int) -> frozenset[date]:
    """Lag (1989:253) om allmänna helgdagar, and the eves that semesterlagen 7 § counts as Sundays."""
    sunday = easter(year)
    moving = {sunday + n * DAY for n in (-2, 0, 1, 39, 49)}  # långfredag, påsk, annandag, Kristi himmelsfärd, pingst
    midsummer, all_saints = _saturday(date(year, 6, 20)), _saturday(date(year, 10, 31))
    fixed = {date(year, m, d) for m, d in ((1, 1), (1, 6), (5, 1), (6, 6), (12, 24), (12, 25), (12, 26), (12, 31))}
    return frozenset(moving | fixed | {midsummer - DAY, midsummer, all_saints})


def _saturday(on: date) -> date:
    """The first Saturday on or after a day."""
    return on + (5 - on.weekday()) % 7 * DAY


def is_workday(on: date) -> bool:
    return on.weekday() < 5 and on not in red_days(on.year)


def add_workdays(start: date, days: int) -> date:
    """The working day that is `days` working days after `start`; `start` itself does not count."""
    on = start
    while days > 0:
        on += DAY
        days -= is_workday(on)
    return on
