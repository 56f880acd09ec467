"""How Swedes write dates, times and numbers; in templates as filters, in files by the same functions."""

from datetime import date, datetime

from flask import Flask

from walkapp.core.clock import local

MONTHS = (
    "januari", "februari", "mars", "april", "maj", "juni",
    "juli", "augusti", "september", "oktober", "november", "december",
)  # fmt: skip


def datum(at: date | datetime | None) -> str:
    """24 november 2026"""
    if at is None:
        return "–"
    day = local(at) if isinstance(at, datetime) else at
    return f"{day.day} {MONTHS[day.month - 1]} {day.year}"


def tid(at: datetime | None) -> str:
    """18.30, by the clocks in Kumla"""
    return "–" if at is None else f"{local(at):%H.%M}"


def datumtid(at: datetime | None) -> str:
    """24 november 2026 kl. 18.30"""
    return "–" if at is None else f"{datum(at)} kl. {tid(at)}"


def antal(number: float) -> str:
    """12 345, 3,5: a no-break space between thousands and a decimal comma"""
    text = f"{number:,.1f}" if number % 1 else f"{int(number):,}"
    return text.replace(",", "\u00a0").replace(".", ",")


def versal(text: str) -> str:
    """A capital first and the rest as it is: Jinja's `capitalize` would make Å-17 an å-17."""
    return text[:1].upper() + text[1:]


def init(app: Flask) -> None:
    for one in (datum, tid, datumtid, antal, versal):
        app.jinja_env.filters[one.__name__] = one
