"""Loading pledges from a file, as often as it is wanted."""

from dataclasses import dataclass, field
from itertools import pairwise

from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Session

from walkapp.core.actor import Actor
from walkapp.core.db import new_id
from walkapp.core.errors import Conflict, Forbidden, Invalid
from walkapp.core.permissions import Permission

from .forms import PledgeIn, read_pledges
from .models import Pledge, Promise, PromiseTheme
from .queries import pledges


@dataclass(frozen=True)
class Imported:
    """What an import did, by the titles of the pledges."""

    new: list[str] = field(default_factory=list)
    changed: list[str] = field(default_factory=list)
    unchanged: list[str] = field(default_factory=list)

    def sentences(self) -> list[str]:
        rows = (("Nytt", self.new), ("Ändrat", self.changed), ("Oförändrat", self.unchanged))
        return [f"{word}: {title}" for word, titles in rows for title in titles]


def import_pledges(db: Session, actor: Actor, text: str | bytes) -> Imported:
    """Take in the pledges of a JSON file; a known slug is the same pledge, corrected. Others stay as they are.

    What observations were filed under does not change by it. Raises Invalid for a file that is none and for periods
    that overlap; Conflict when a promise would go that observations stand under.
    """
    if not actor.may(Permission.MANAGE_USERS):
        raise Forbidden("Bara en administratör får läsa in medborgarlöften.")
    told = read_pledges(text)
    known = {pledge.slug: pledge for pledge in pledges(db)}
    _ensure_one_at_a_time(told, known)
    done = Imported()
    for one in told:
        pledge = known.get(one.slug)
        if pledge is None:
            pledge = Pledge(id=new_id(), slug=one.slug)
            db.add(pledge)
            done.new.append(one.title)
        elif _same(pledge, one):
            done.unchanged.append(one.title)
            continue
        else:
            done.changed.append(one.title)
        _write(db, pledge, one)
    return done


def _ensure_one_at_a_time(told: list[PledgeIn], known: dict[str, Pledge]) -> None:
    slugs = [one.slug for one in told]
    if twice := next((slug for slug in slugs if slugs.count(slug) > 1), None):
        raise Invalid(f"Filen har två medborgarlöften med beteckningen {twice}.")
    staying = [(p.valid_from, p.valid_to, p.title) for p in known.values() if p.slug not in slugs]
    periods = sorted(staying + [(one.valid_from, one.valid_to, one.title) for one in told])
    for (_, first_ends, first), (next_begins, _, second) in pairwise(periods):
        if next_begins <= first_ends:
            raise Invalid(
                f"Perioderna för ”{first}” och ”{second}” går in i varandra. En dag kan bara ha ett medborgarlöfte."
            )


_Promises = list[tuple[int, str, str, set[str]]]


def _same(pledge: Pledge, told: PledgeIn) -> bool:
    facts = told.model_dump(exclude={"promises"})
    was: _Promises = [(p.number, p.owner, p.text, set(p.themes)) for p in pledge.promises]
    told_promises: _Promises = sorted((p.number, p.owner, p.text, set(p.themes)) for p in told.promises)
    return all(getattr(pledge, name) == value for name, value in facts.items()) and was == told_promises


def _write(db: Session, pledge: Pledge, told: PledgeIn) -> None:
    for name, value in told.model_dump(exclude={"promises"}).items():
        setattr(pledge, name, value)
    by_number = {promise.number: promise for promise in pledge.promises}
    _remove(
        db,
        pledge,
        [promise for number, promise in by_number.items() if number not in {p.number for p in told.promises}],
    )
    for one in told.promises:
        promise = by_number.get(one.number)
        if promise is None:
            promise = by_number[one.number] = Promise(id=new_id(), number=one.number)
            pledge.promises.append(promise)
        promise.owner, promise.text = one.owner, one.text
        promise.theme_links = [link for link in promise.theme_links if link.theme in one.themes]
    db.flush()  # first what a theme leaves, then where it comes to: it has one promise at any time
    for one in told.promises:
        promise = by_number[one.number]
        new = [theme for theme in dict.fromkeys(one.themes) if theme not in promise.themes]
        promise.theme_links += [PromiseTheme(theme=theme, pledge_id=pledge.id) for theme in new]
    db.flush()


def _remove(db: Session, pledge: Pledge, gone: list[Promise]) -> None:
    if not gone:
        return
    numbers = ", ".join(str(promise.number) for promise in gone)
    refusal = Conflict(f"{pledge.title}: löfte {numbers} kan inte tas bort, för iakttagelser hör till det.")
    try:
        with db.begin_nested():
            for promise in gone:
                pledge.promises.remove(promise)
            db.flush()
    except IntegrityError:
        raise refusal from None
