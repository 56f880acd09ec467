"""Events: what changed in an action, kept so exactly that it can be undone, and told in Swedish.

`data` of an event: `changed` {action id: {field: [was, became]}}, `moved` [{link, from, to, distance_m, reason}] with
the link's former distance and reason, `created` the id of an action that did not exist before.
"""

from collections.abc import Iterable
from datetime import date, datetime
from enum import StrEnum
from typing import Any
from uuid import UUID

import sqlalchemy as sa
from sqlalchemy.orm import Session

from walkapp.core.actor import Actor
from walkapp.core.clock import now
from walkapp.core.errors import Conflict

from .models import Action, ActionEvent, ActionObservation, Verb
from .rules import CostClass, DeclineReason, State

# What people decide about an action, and how to read it back from JSON. Its position follows from its links.
_FIELDS: dict[str, Any] = {
    "title": str,
    "place": str,
    "state": State,
    "confirmed": bool,
    "district_id": UUID,
    "promise_id": UUID,
    "unit_id": UUID,
    "due": date.fromisoformat,
    "due_by_hand": bool,
    "cost_class": CostClass,
    "estimate": int,
    "wait_until": date.fromisoformat,
    "forwarded_to": str,
    "decision": str,
    "decline_reason": DeclineReason,
    "done_on": date.fromisoformat,
    "after_photo_id": UUID,
    "override": int,
    "owner_note": str,
    "before_id": UUID,
    "merged_into_id": UUID,
    "closed_at": datetime.fromisoformat,
}

#: Screen words of the fields, for the history and for a conflict.
FIELD_LABELS = {
    "title": "namn",
    "place": "plats",
    "state": "läge",
    "district_id": "område",
    "promise_id": "löfte",
    "unit_id": "ansvarig",
    "due": "klart senast",
    "cost_class": "kostnad",
    "estimate": "uppskattad kostnad",
    "wait_until": "väntar till",
    "forwarded_to": "lämnat till",
    "decision": "beslut",
    "decline_reason": "skäl",
    "done_on": "klart den",
    "after_photo_id": "foto",
    "override": "ordning",
    "owner_note": "anteckning",
    "before_id": "görs efter",
}

#: What walkers do: no person's work is overwritten by it, so it raises no version and is no conflict.
ADDED = (Verb.PROPOSED, Verb.JOINED)
UNDOABLE = frozenset(Verb) - {*ADDED, Verb.UNDONE}


def _plain(value: Any) -> Any:
    if isinstance(value, date):  # a datetime is one too
        return value.isoformat()
    if isinstance(value, UUID):
        return str(value)
    return value.value if isinstance(value, StrEnum) else value


class Before:
    """Actions as they are now, to tell what a verb changes in them."""

    def __init__(self, *actions: Action) -> None:
        self._was = {action: {name: getattr(action, name) for name in _FIELDS} for action in actions}
        self.moved: list[dict[str, Any]] = []

    def move(self, link: ActionObservation, to: Action, *, reason: str, distance_m: float | None) -> None:
        """Take an observation over to another action, remembering where it came from."""
        self.moved.append(
            {"link": str(link.id), "from": str(link.action_id), "to": str(to.id), "distance_m": link.distance_m,
             "reason": link.reason}
        )  # fmt: skip
        link.action, link.reason, link.distance_m = to, reason, distance_m

    def changes(self) -> dict[str, Any]:
        changed: dict[str, dict[str, list[Any]]] = {}
        for action, was in self._was.items():
            fields = {
                name: [_plain(old), _plain(getattr(action, name))]
                for name, old in was.items()
                if old != getattr(action, name)
            }
            if fields:
                changed[str(action.id)] = fields
        return {"changed": changed, **({"moved": self.moved} if self.moved else {})}


def record(
    db: Session, actor: Actor | None, action: Action, verb: Verb, *, data: dict[str, Any], note: str = "",
    other: Action | None = None, undoes: ActionEvent | None = None,
) -> ActionEvent:  # fmt: skip
    """Append an event; every action that it touches becomes one version newer, unless a walker caused it."""
    at = now()
    was, became = data.get("changed", {}).get(str(action.id), {}).get("state", (None, None))
    event = ActionEvent(
        action_id=action.id, other_id=other.id if other else None, at=at, actor_id=actor.user_id if actor else None,
        verb=verb, was=State(was) if was else None, became=State(became) if became else None, note=note, data=data,
        undoes_id=undoes.id if undoes else None,
    )  # fmt: skip
    db.add(event)
    for touched in (action, *((other,) if other else ())):
        touched.updated_at = at
        if verb not in ADDED:
            touched.version += 1
    db.flush()
    return event


def restore(db: Session, event: ActionEvent) -> list[Action]:
    """Put back what an event changed. Returns the actions concerned.

    Raises Conflict when any of it has been changed since: an undo never overwrites somebody else's later work.
    """
    changed, moved = event.data.get("changed", {}), event.data.get("moved", [])
    created = event.data.get("created")
    ids = {UUID(id) for id in changed} | {UUID(one[end]) for one in moved for end in ("from", "to")}
    actions = {action.id: action for action in db.scalars(sa.select(Action).where(Action.id.in_(ids)))}
    links = _links(db, [UUID(one["link"]) for one in moved])
    for one in moved:
        link = links.get(UUID(one["link"]))
        if link is None or link.action_id != UUID(one["to"]):
            raise Conflict("Iakttagelserna har flyttats vidare sedan dess. Ångra den senare ändringen först.")
    for id, fields in changed.items():
        for name, (_, became) in fields.items():
            if _plain(getattr(actions[UUID(id)], name)) != became:
                label = FIELD_LABELS.get(name, "åtgärden")
                raise Conflict(f"{actions[UUID(id)].code} har ändrats sedan dess ({label}). Ångra det senare först.")
    for id, fields in changed.items():
        for name, (was, _) in fields.items():
            setattr(actions[UUID(id)], name, None if was is None else _FIELDS[name](was))
    for one in moved:
        link = links[UUID(one["link"])]
        link.action, link.reason, link.distance_m = actions[UUID(one["from"])], one["reason"], one["distance_m"]
    db.flush()
    if created:
        _dissolve(db, event, actions[UUID(created)])
    return list(actions.values())


def _links(db: Session, ids: list[UUID]) -> dict[UUID, ActionObservation]:
    found = db.scalars(sa.select(ActionObservation).where(ActionObservation.id.in_(ids)))
    return {link.id: link for link in found}


def _dissolve(db: Session, event: ActionEvent, created: Action) -> None:
    """The action that a split made goes back into the one it came from, unless it has got a life of its own."""
    more = db.scalar(sa.select(sa.func.count()).where(ActionObservation.action_id == created.id))
    since = sa.select(ActionEvent.id).where(ActionEvent.action_id == created.id, ActionEvent.id > event.id)
    undone = sa.select(ActionEvent.undoes_id).where(ActionEvent.undoes_id.is_not(None))
    standing = since.where(ActionEvent.id.not_in(undone), ActionEvent.verb != Verb.UNDONE)
    if more or db.scalar(standing.limit(1)):
        raise Conflict(f"{created.code} har fått ett eget liv sedan dess. Slå ihop åtgärderna i stället.")
    created.merged_into_id = event.action_id


def events_of(action: Action) -> sa.ColumnElement[bool]:
    return sa.or_(ActionEvent.action_id == action.id, ActionEvent.other_id == action.id)


def changes_since(db: Session, action: Action, version: int) -> list[ActionEvent]:
    """The events that took an action from a version to the present one, the oldest first."""
    found = db.scalars(
        sa.select(ActionEvent)
        .where(events_of(action), ActionEvent.verb.not_in(ADDED))
        .order_by(ActionEvent.id.desc())
        .limit(max(action.version - version, 0))
    )
    return list(found)[::-1]


def who(event: ActionEvent) -> str:
    return event.actor.name if event.actor else "walkapp"


def describe(event: ActionEvent, seen_from: UUID | None = None) -> str:
    """What happened, as words that follow a name and a time. `seen_from`: the action on whose page it is told."""
    here = seen_from in (None, event.action_id)
    other = (event.other if here else event.action) if event.other_id else None
    name = other.code if other else ""
    count = len(event.data.get("moved", ()))
    seen = "1 iakttagelse" if count == 1 else f"{count} iakttagelser"
    match event.verb:
        case Verb.PROPOSED:
            return "föreslogs ur en iakttagelse"
        case Verb.JOINED:
            return "en iakttagelse till"
        case Verb.SPLIT:
            return f"delade av {seen} till {name}" if here else f"delades av från {name} med {seen}"
        case Verb.MERGED:
            return f"tog in {name} med {seen}" if here else f"slogs ihop med {name}"
        case Verb.MOVED_OVER:
            return f"flyttade {seen} till {name}" if here else f"fick {seen} från {name}"
        case Verb.UNDONE:
            return f"ångrade: {event.data['what']}"
    if event.was and event.became:
        return f"{event.was.label_for(event.action.kind)} → {event.became.label_for(event.action.kind)}"
    return "ändrade " + (_join(_fields(event)) or "åtgärden")


def _fields(event: ActionEvent) -> list[str]:
    fields = event.data.get("changed", {}).get(str(event.action_id), {})
    return [FIELD_LABELS[name] for name in fields if name in FIELD_LABELS]


def _join(words: Iterable[str]) -> str:
    *most, last = [*words] or [""]
    return f"{', '.join(most)} och {last}" if most else last
