"""Text that a person typed, made safe to keep: what cannot be seen or printed goes, what was said stays."""

import re
import unicodedata

from .errors import Invalid

# Steers the direction of what comes after it: can make "gata 12" read as something else in a list (CVE-2021-42574).
BIDI = "\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069\u200e\u200f\u061c"
_UNSEEN = re.compile(f"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\ufeff\ufffe\uffff{BIDI}]")


def clean(text: str | None, *, limit: int, field: str = "text") -> str:
    """NFC, line feeds for all line ends, no control or bidi characters, no lone surrogates, no space at the ends.

    Raises Invalid when what is left is longer than `limit` characters: a person's words are never cut in silence.
    """
    if not text:
        return ""
    text = text.replace("\r\n", "\n").replace("\r", "\n")
    text = text.encode("utf-8", "ignore").decode()
    text = unicodedata.normalize("NFC", _UNSEEN.sub("", text)).strip()
    if len(text) > limit:
        sentence = f"Texten är för lång: {len(text)} tecken, och högst {limit} får plats. Korta den och försök igen."
        raise Invalid(sentence, {field: sentence})
    return text


def line(text: str | None, *, limit: int, field: str = "text") -> str:
    """Like `clean`, on one line."""
    return " ".join(clean(text, limit=limit, field=field).split())


_FOLD = str.maketrans("åäöÅÄÖéÉüÜ", "aaoAAOeEuU")


def slug(text: str) -> str:
    """`Åbytorp-Hardemo` → `abytorp-hardemo`: for addresses and for values that people type."""
    return re.sub(r"[^a-z0-9]+", "-", text.translate(_FOLD).casefold()).strip("-")
