"""The verbs of an action: proposed by what walkers see, then confirmed, moved and edited by those who can act.

What happens when a walker sees something stands in `proposing.py`, what people do to the grouping in `regrouping.py`;
they are verbs of this service too.
"""

from collections.abc import Sequence
from datetime import date, timedelta
from typing import TypedDict, Unpack
from uuid import UUID

import sqlalchemy as sa
from sqlalchemy.orm import Session

from walkapp.core.actor import Actor
from walkapp.core.clock import local_date, now, today
from walkapp.core.errors import Forbidden, Invalid
from walkapp.core.text import clean, line
from walkapp.photos.models import Photo

from . import linking, policy, rules
from .history import Before, record
from .models import Action, ActionEvent, Verb
from .proposing import propose, refile, reopen
from .regrouping import claim, merge, move_over, split, undo
from .rules import Ask, CostClass, DeclineReason, State

__all__ = ["confirm", "edit", "merge", "move", "move_over", "propose", "refile", "split", "undo"]

NOTE_LIMIT, LINE_LIMIT = 2000, 200
LONGEST_WAIT = timedelta(days=10 * 366)


def confirm(db: Session, actor: Actor, action: Action, *, note: str = "", version: int | None = None) -> ActionEvent:
    """A person has looked: these observations are one thing, and it is received."""
    policy.ensure(actor, "work", action)
    claim(db, action, version)
    if action.state is State.PROPOSED:
        return move(db, actor, action, State.RECEIVED, note=note)
    if action.confirmed:
        raise Invalid(f"{action.code} är redan bekräftad.")
    before = Before(action)
    action.confirmed = True
    return record(db, actor, action, Verb.CONFIRMED, data=before.changes(), note=clean(note, limit=NOTE_LIMIT))


def move(
    db: Session, actor: Actor, action: Action, to: State, *, note: str = "", reason: DeclineReason | None = None,
    done_on: date | None = None, photo_id: UUID | None = None, to_whom: str = "", decision: str = "",
    until: date | None = None, version: int | None = None,
) -> ActionEvent:  # fmt: skip
    """Take an action to its next state, with what that move asks for (`rules.moves`), and remember who did.

    Raises Invalid with a sentence for each field that is missing, Conflict when somebody else was faster.
    """
    policy.ensure(actor, "work", action)
    claim(db, action, version)
    needs = rules.moves(action.kind, action.state).get(to)
    if needs is None:
        was, word = action.state.label_for(action.kind), to.label_for(action.kind)
        sentence = f"{action.code} är {was} och kan inte bli {word}."
        raise Invalid(sentence, {"to": sentence})
    if not actor.may(needs.permission):
        raise Forbidden("Bara en samordnare får verifiera: den som utför arbetet kontrollerar inte sig själv.")
    if to is State.VERIFIED and actor.user_id and actor.user_id == _who_finished(db, action):
        raise Forbidden("Den som gjorde åtgärden klar kan inte själv verifiera den. Be en annan samordnare.")
    note = clean(note, limit=NOTE_LIMIT, field="note")
    to_whom = line(to_whom, limit=LINE_LIMIT, field="to_whom")
    decision = line(decision, limit=LINE_LIMIT, field="decision")
    _ensure_given(
        needs.asks,
        {Ask.NOTE: note, Ask.REASON: reason, Ask.PROOF: done_on or photo_id, Ask.TO_WHOM: to_whom,
         Ask.DECISION: decision, Ask.UNTIL: until},
    )  # fmt: skip
    on = today()
    _ensure_days(on, done_on, until)
    _ensure_photo(db, photo_id)
    before = Before(action)
    was, action.state = action.state, to
    action.wait_until, action.confirmed = None, True
    match to:
        case State.FORWARDED:
            action.forwarded_to, action.wait_until = to_whom, until or rules.reply_due(on)
        case State.AWAITS_SEASON:
            action.wait_until = until or rules.season_opens(action.theme, on)
            if not action.due_by_hand:
                action.due = rules.due_date(action.theme, action.cost_class, action.wait_until)
        case State.AWAITS_DECISION:
            action.decision, action.wait_until = decision, until
        case State.DONE:
            action.done_on, action.closed_at = done_on or on, now()
            action.after_photo_id, action.decision = photo_id, decision or action.decision
        case State.DECLINED:
            action.decline_reason, action.closed_at = reason, now()
        case State.REOPENED:
            reopen(action)
    if linking.is_open(action):
        action.due = action.due or rules.due_date(action.theme, action.cost_class, on)
    verb = Verb.CONFIRMED if was is State.PROPOSED and to is State.RECEIVED else Verb.STATE
    return record(db, actor, action, verb, data=before.changes(), note=note)


def _ensure_given(asks: Sequence[Ask], given: dict[Ask, object]) -> None:
    missing = {"done_on" if ask is Ask.PROOF else ask.value: ask.sentence for ask in asks if not given[ask]}
    if missing:
        raise Invalid(" ".join(missing.values()), missing)


def _ensure_days(on: date, done_on: date | None, until: date | None) -> None:
    if done_on and done_on > on:
        sentence = "Dagen har inte varit än: ”planerad” är inte ”klar”."
        raise Invalid(sentence, {"done_on": sentence})
    if until and not on < until < on + LONGEST_WAIT:
        raise Invalid(Ask.UNTIL.sentence, {"until": Ask.UNTIL.sentence})


def _ensure_photo(db: Session, photo_id: UUID | None) -> None:
    if photo_id and db.get(Photo, photo_id) is None:
        raise Invalid("Fotot finns inte. Lägg till det igen.", {"photo": "Fotot finns inte."})


def _who_finished(db: Session, action: Action) -> UUID | None:
    finished = sa.and_(ActionEvent.action_id == action.id, ActionEvent.became == State.DONE)
    return db.scalar(sa.select(ActionEvent.actor_id).where(finished).order_by(ActionEvent.id.desc()).limit(1))


class Edits(TypedDict, total=False):
    """What staff set by hand. `due` none: by theme and cost again. `override`: 1 first, −1 last, none by its points."""

    title: str
    place: str
    unit_id: UUID | None
    district_id: UUID | None
    promise_id: UUID | None
    due: date | None
    cost_class: CostClass | None
    estimate: int | None
    override: int | None
    owner_note: str


def edit(
    db: Session, actor: Actor, action: Action, *, note: str = "", version: int | None = None, **facts: Unpack[Edits]
) -> ActionEvent | None:
    """Set what staff decide about an action. Only what is given is changed; nothing new gives no event."""
    policy.ensure(actor, "work", action)
    claim(db, action, version)
    before = Before(action)
    if "title" in facts:
        facts["title"] = line(facts["title"], limit=LINE_LIMIT, field="title")
        if not facts["title"]:
            raise Invalid("Åtgärden behöver ett namn.", {"title": "Åtgärden behöver ett namn."})
    if "place" in facts:
        facts["place"] = line(facts["place"], limit=LINE_LIMIT, field="place")
    if "owner_note" in facts:
        facts["owner_note"] = clean(facts["owner_note"], limit=NOTE_LIMIT, field="owner_note")
    if (facts.get("estimate") or 0) < 0:
        raise Invalid("Kostnaden kan inte vara under noll.", {"estimate": "Ange kronor, från noll och uppåt."})
    if facts.get("override") not in (None, 1, -1):
        raise Invalid("Ordningen är först, sist eller efter vad som setts.", {"override": "Välj bland de tre."})
    was_due, was_cost = action.due, action.cost_class
    for name, value in facts.items():
        setattr(action, name, value)
    if "due" in facts and facts["due"] != was_due:
        action.due_by_hand = facts["due"] is not None
    if action.due is None or (action.cost_class is not was_cost and not action.due_by_hand):
        action.due = _suggested_due(db, action)
    data = before.changes()
    if not data["changed"]:
        return None
    return record(db, actor, action, Verb.EDITED, data=data, note=clean(note, limit=NOTE_LIMIT, field="note"))


def _suggested_due(db: Session, action: Action) -> date | None:
    """From the day it was received; before that nobody has promised anything."""
    if action.state is State.PROPOSED:
        return None
    received = sa.and_(ActionEvent.action_id == action.id, ActionEvent.was == State.PROPOSED)
    at = db.scalar(sa.select(ActionEvent.at).where(received).order_by(ActionEvent.id.desc()).limit(1))
    return rules.due_date(action.theme, action.cost_class, local_date(at) if at else today())
