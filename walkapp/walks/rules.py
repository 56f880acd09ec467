"""What a walk is: its states, its light, its code."""

import secrets
from datetime import date
from enum import StrEnum

from walkapp.core.errors import Invalid

# No I, O, Q, U, V, B, D, L, Z: read aloud in the wind or off a wet poster, each letter is only itself.
ALPHABET = "ACEFGHJKMNPRSTWXY"
CODE_LENGTH = 6
MOST_WALKERS = 20


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
    if len(code) != CODE_LENGTH or any(c not in ALPHABET for c in code):
        raise Invalid("Vandringskoden har sex bokstäver och står under QR-koden.", {"code": "Skriv de sex bokstäverna."})
    return code


def season(on: date) -> str:
    return ("vinter", "vår", "sommar", "höst")[on.month % 12 // 3]
