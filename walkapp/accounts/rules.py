"""Sign-in in figures, and what a password must be."""

import re
from datetime import timedelta

from walkapp.core.errors import Invalid

FREE_TRIES = 5
FIRST_LOCK = timedelta(minutes=1)
LONGEST_LOCK = timedelta(hours=1)
LINK_LIFE = timedelta(days=3)
DEMO_LINK_LIFE = timedelta(hours=12)
PASSWORD_LEAST = 12
# How exactly "last seen" is kept. Finer would make every page that is read a write.
SEEN_EVERY = timedelta(minutes=5)

_EMAIL = re.compile(r"[^@\s]{1,64}@[^@\s]{1,180}\.[^@\s]{2,}")


def lock_for(failed_tries: int) -> timedelta | None:
    """How long an account rests after so many failures in a row: doubling from a minute to an hour."""
    if failed_tries < FREE_TRIES:
        return None
    doublings = min(failed_tries - FREE_TRIES, 10)  # the power of a thousand tries has no timedelta
    return min(FIRST_LOCK * (1 << doublings), LONGEST_LOCK)


def email_address(text: str) -> str:
    """Lower case, checked in shape only: that mail arrives is shown by the link that was sent."""
    text = text.strip().lower()
    if not _EMAIL.fullmatch(text):
        raise Invalid("Skriv en e-postadress, till exempel namn@kommun.se.", {"email": "Skriv en e-postadress."})
    return text


def check_password(password: str) -> None:
    """Length, and not figures alone (NIST SP 800-63B): more rules about signs make passwords worse."""
    if not PASSWORD_LEAST <= len(password) <= 200 or len(set(password)) < 5 or password.isdecimal():
        sentence = f"Lösenordet ska ha minst {PASSWORD_LEAST} tecken, helst några ord efter varandra."
        raise Invalid(sentence, {"password": sentence})


def own_path(text: str) -> str:
    """Where to go after sign-in: a path of our own, or "" for whatever could lead to another site.

    Browsers read `//host`, `/\\host` and, since they drop tabs and line feeds, `/<tab>/host` as other sites.
    """
    if not text.startswith("/") or text.startswith("//") or "\\" in text or any(c <= " " or c == "\x7f" for c in text):
        return ""
    return text
