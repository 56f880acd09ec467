"""What a walk is: its states, its light, its code, its route."""

import re
import secrets
from datetime import UTC, date, datetime, time, timedelta
from enum import StrEnum
from typing import NamedTuple

from walkapp.core.clock import STOCKHOLM, now
from walkapp.core.errors import Invalid
from walkapp.core.geo import check_position
from walkapp.core.text import line

# No I, O, Q, U, V, B, D, L, Z: read aloud in the wind or off a wet poster, each letter is only itself.
ALPHABET = "ACEFGHJKMNPRSTWXY"
CODE_LENGTH = 6
MOST_WALKERS = 20
MOST_STOPS = 40
EARLIEST = date(2000, 1, 1)
PLANNED_AHEAD = timedelta(days=3 * 366)


class WalkState(StrEnum):
    PLANNED = "planerad"
    OPEN = "oppen"
    CLOSED = "avslutad"

    @property
    def label(self) -> str:
        return {"planerad": "planerad", "oppen": "pågår", "avslutad": "avslutad"}[self.value]


TRANSITIONS = {
    WalkState.PLANNED: {WalkState.OPEN},
    WalkState.OPEN: {WalkState.CLOSED},
    WalkState.CLOSED: {WalkState.OPEN},
}


class Light(StrEnum):
    LIGHT = "ljust"
    DARK = "morkt"

    @property
    def label(self) -> str:
        return {"ljust": "dagsljus", "morkt": "mörker"}[self.value]


def new_code() -> str:
    """17^6 = 24 million codes, of which a handful are open at a time; guesses are slowed (`web.limits`)."""
    return "".join(secrets.choice(ALPHABET) for _ in range(CODE_LENGTH))


def read_code(text: str) -> str:
    """What somebody typed, as a code: case, spaces and hyphens do not matter. Raises Invalid."""
    code = "".join(c for c in text.upper() if not c.isspace() and c not in "-–.")
    if len(code) != CODE_LENGTH:
        sentence = "Vandringskoden har sex bokstäver och står under QR-koden."
        raise Invalid(sentence, {"code": "Skriv de sex bokstäverna."})
    if any(c not in ALPHABET for c in code):
        sentence = (
            f"Koden kan inte stämma: den har bara bokstäver ur {ALPHABET}. Kontrollera vad som står under QR-koden."
        )
        raise Invalid(sentence, {"code": "Kontrollera bokstäverna."})
    return code


def season(on: date) -> str:
    return ("vinter", "vår", "sommar", "höst")[on.month % 12 // 3]


def moment(on: date, at: time) -> datetime:
    """A day and an hour by the clocks in Kumla, in UTC. Raises Invalid for a year that must be a slip of the finger."""
    if not EARLIEST <= on <= now().date() + PLANNED_AHEAD:
        raise Invalid("Datumet ligger för långt bort. Kontrollera årtalet.", {"date": "Kontrollera årtalet."})
    return datetime.combine(on, at, tzinfo=STOCKHOLM).astimezone(UTC)


# --- The route: a line a stop, as people write it ---------------------------------------------------------------------


class StopLine(NamedTuple):
    name: str
    lat: float | None = None
    lon: float | None = None


_NUMBER = re.compile(r"^\d{1,2}[.):]\s+")
_PLACE = re.compile(r"^(?P<name>.*?)[\s;,(]*(?<!\d)(?P<lat>-?\d{1,3}[.,]\d{3,})[\s;,]+(?P<lon>-?\d{1,3}[.,]\d{3,})\)?$")


def read_route(text: str) -> list[StopLine]:
    """Stops in order, from `Gångtunneln` or `Gångtunneln; 59.12770, 15.14340`. Raises Invalid, naming the line."""
    route: list[StopLine] = []
    for written in text.splitlines():
        words = _NUMBER.sub("", written.strip())
        if not words:
            continue
        try:
            route.append(_stop(words, len(route) + 1))
        except Invalid as error:
            raise _wrong_route(f"Stopp {len(route) + 1}: {error.sentence}") from None
    if len(route) > MOST_STOPS:
        raise _wrong_route(f"Högst {MOST_STOPS} stopp får plats. Dela vandringen i två.")
    return route


def _stop(words: str, number: int) -> StopLine:
    found = _PLACE.match(words)
    if not found:
        return StopLine(line(words, limit=120))
    lat, lon = (float(found[part].replace(",", ".")) for part in ("lat", "lon"))
    check_position(lat, lon)
    return StopLine(line(found["name"], limit=120) or f"Stopp {number}", lat, lon)


def write_stop(name: str, lat: float | None, lon: float | None) -> str:
    """The line that `read_route` reads."""
    return name if lat is None or lon is None else f"{name}; {lat:.5f}, {lon:.5f}"


def _wrong_route(sentence: str) -> Invalid:
    return Invalid(sentence, {"stops": sentence})
