"""The periods of a follow-up: a year, a quarter, or a tertial (four months), as they stand in addresses."""

import re
from datetime import date, timedelta
from typing import NamedTuple

from .errors import Invalid

_WRITTEN = re.compile(r"(20\d\d)(?:-(?:q([1-4])|t([1-3])))?")


class Period(NamedTuple):
    """Both days belong to it, by the clocks in Kumla."""

    value: str
    label: str
    first: date
    last: date


def read_period(text: str) -> Period:
    """`2026-q4`, `2026-t3` or `2026`. Raises Invalid."""
    found = _WRITTEN.fullmatch(text.strip().lower())
    if found is None:
        sentence = "Perioden går inte att läsa. Skriv den som 2026-q4, 2026-t3 eller 2026."
        raise Invalid(sentence, {"period": sentence})
    year, quarter, tertial = (int(part) if part else None for part in found.groups())
    assert year is not None  # the pattern has it
    if quarter:
        return _months(year, quarter, 3, f"{year}-q{quarter}", f"Kvartal {quarter} {year}")
    if tertial:
        return _months(year, tertial, 4, f"{year}-t{tertial}", f"Tertial {tertial} {year}")
    return _months(year, 1, 12, str(year), f"Hela {year}")


def _months(year: int, nth: int, length: int, value: str, label: str) -> Period:
    first = date(year, (nth - 1) * length + 1, 1)
    end = nth * length
    after = date(year + 1, 1, 1) if end == 12 else date(year, end + 1, 1)
    return Period(value, label, first, after - timedelta(days=1))


def periods_between(first: date, last: date) -> list[Period]:
    """Every quarter, tertial and year that two days touch, the newest first and shorter ones before longer ones."""
    values = [f"{year}{part}" for year in range(first.year, last.year + 1) for part in _PARTS]
    touched = [p for p in map(read_period, values) if p.first <= last and p.last >= first]
    return sorted(touched, key=lambda p: (-p.first.year, p.last.month - p.first.month, -p.first.month))


_PARTS = ("", "-q1", "-q2", "-q3", "-q4", "-t1", "-t2", "-t3")
