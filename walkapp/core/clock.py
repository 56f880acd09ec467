"""Time: stored and computed in UTC, shown in Swedish local time."""

from datetime import UTC, date, datetime
from zoneinfo import ZoneInfo

STOCKHOLM = ZoneInfo("Europe/Stockholm")


def now() -> datetime:
    """The present moment, aware, in UTC."""
    return datetime.now(UTC)


def local(at: datetime) -> datetime:
    """The same moment by the clocks in Kumla."""
    return at.astimezone(STOCKHOLM)


def local_date(at: datetime) -> date:
    """The day in Kumla that a moment belongs to: 23.30 UTC in July is already tomorrow there."""
    return local(at).date()


def today() -> date:
    return local_date(now())
