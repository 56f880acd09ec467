"""Which pledges there are, and which promise a theme falls under on a day."""

from collections.abc import Sequence
from datetime import date

import sqlalchemy as sa
from sqlalchemy.orm import Session, joinedload, selectinload

from walkapp.core.once import forget_when_changed, once

from .models import Pledge, Promise, PromiseTheme
from .rules import Theme


def pledges(db: Session) -> Sequence[Pledge]:
    """All of them, the newest first, with their promises and themes."""
    promises = selectinload(Pledge.promises).selectinload(Promise.theme_links)
    return db.scalars(sa.select(Pledge).options(promises).order_by(Pledge.valid_from.desc(), Pledge.slug)).all()


def promise_for(db: Session, theme: Theme, on: date) -> Promise | None:
    """The promise that a theme falls under on a day; none: utanför löftena. Asks the database once a transaction."""
    for valid_from, valid_to, by_theme in once(db, "promises", lambda: _by_theme(db)):
        if valid_from <= on <= valid_to:
            return by_theme.get(theme)
    return None


forget_when_changed("promises", Pledge, Promise, PromiseTheme)

Mapped = tuple[date, date, dict[Theme, Promise]]


def _by_theme(db: Session) -> list[Mapped]:
    links = db.execute(
        sa.select(PromiseTheme.theme, Promise)
        .join(Promise, Promise.id == PromiseTheme.promise_id)
        .options(joinedload(Promise.pledge))
    )
    held: dict[Pledge, dict[Theme, Promise]] = {}
    for theme, promise in links:
        held.setdefault(promise.pledge, {})[theme] = promise
    return [(pledge.valid_from, pledge.valid_to, by_theme) for pledge, by_theme in held.items()]
