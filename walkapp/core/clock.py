"""Time: stored and computed in UTC, shown in Swedish local time."""

from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from datetime import UTC, date, datetime
from zoneinfo import ZoneInfo

STOCKHOLM = ZoneInfo("Europe/Stockholm")

_pretended: ContextVar[datetime | None] = ContextVar("pretended", default=None)


def now() -> datetime:
    """The present moment, aware, in UTC."""
    return _pretended.get() or datetime.now(UTC)


@contextmanager
def pretend(at: datetime) -> Iterator[None]:
    """Stop the clock at a moment: for tests, and for a demo that has a past."""
    token = _pretended.set(at)
    try:
        yield
    finally:
        _pretended.reset(token)


def local(at: datetime) -> datetime:
    """The same moment by the clocks in Kumla."""
    return at.astimezone(STOCKHOLM)


def local_date(at: datetime) -> date:
    """The day in Kumla that a moment belongs to: 23.30 UTC in July is already tomorrow there."""
    return local(at).date()


def today() -> date:
    return local_date(now())
