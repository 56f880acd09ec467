"""The edge that all features share: transaction, access, errors, assets. No feature is known here."""

from .access import current_actor, public, requires, walker
from .answers import created, page, see_other
from .transaction import keep_despite_error, session, settings

__all__ = [
    "created", "current_actor", "keep_despite_error", "page", "public",
    "requires", "see_other", "session", "settings", "walker",
]  # fmt: skip
