"""What people do to the grouping: split, merge, move over, and undo. Nothing loses where it came from."""

from collections.abc import Collection, Sequence
from uuid import UUID

import sqlalchemy as sa
from sqlalchemy.orm import Session

from walkapp.core.actor import Actor
from walkapp.core.clock import now, today
from walkapp.core.errors import Conflict, Forbidden, Invalid
from walkapp.core.geo import distance_m
from walkapp.core.text import clean
from walkapp.observations.models import Observation

from . import history, linking, policy, rules
from .history import Before, record
from .models import Action, ActionEvent, ActionObservation, Verb
from .naming import suggested_title
from .rules import State

NOTE_LIMIT = 2000


def claim(db: Session, action: Action, version: int | None = None) -> None:
    """Be the only one who changes actions now, and see this one as it is now.

    Raises Conflict, with what happened, when it is no longer as the person saw it.
    """
    linking.one_at_a_time(db)
    db.flush()
    db.refresh(action)
    if version is not None and version != action.version:
        events = history.changes_since(db, action, version)
        told = [
            f"{event.actor.name if event.actor else 'walkapp'}: {history.describe(event, action.id)}"
            for event in events
        ]
        sentence = (
            f"{action.code} har ändrats medan du arbetade ({'; '.join(told)}). Läs igenom och gör om det som behövs."
        )
        raise Conflict(sentence, version=action.version, changes=told)
    if action.merged_into_id:
        into = db.get_one(Action, action.merged_into_id)
        raise Conflict(f"{action.code} har slagits ihop med {into.code}. Arbeta vidare där.", merged_into=str(into.id))


def split(
    db: Session, actor: Actor, action: Action, observation_ids: Collection[UUID], *, note: str = "",
    version: int | None = None,
) -> Action:  # fmt: skip
    """Take some observations out into an action of their own. Returns the new one."""
    policy.ensure(actor, "group", action)
    claim(db, action, version)
    links = _links(db, action, observation_ids)
    if len(links) == _count(db, action):
        raise Invalid("Minst en iakttagelse ska vara kvar. Välj bara dem som hör till något annat.")
    observations = [link.observation for link in links]
    place = next(filter(None, (linking.place_of(db, one) for one in observations)), "")
    at = now()
    new = Action(
        number=linking.next_number(db), kind=action.kind, theme=action.theme, place=place,
        title=suggested_title(action.theme, place)[:200], confirmed=True, version=1, created_at=at, updated_at=at,
        district_id=linking.commonest([one.district_id for one in observations]), promise_id=action.promise_id,
        unit_id=action.unit_id, state=State.PROPOSED if action.state is State.PROPOSED else State.RECEIVED,
        before_id=action.before_id,
    )  # fmt: skip
    if new.state is State.RECEIVED:
        new.due = rules.due_date(new.theme, None, today())
    db.add(new)
    db.flush()
    before = Before(action)
    action.confirmed = True
    for link in links:
        before.move(link, new, reason=f"Delades av från {action.code}.", distance_m=None)
    db.flush()
    linking.recentre(db, (action, new))
    data = before.changes() | {"created": str(new.id)}
    record(db, actor, action, Verb.SPLIT, data=data, note=clean(note, limit=NOTE_LIMIT, field="note"), other=new)
    return new


def merge(
    db: Session, actor: Actor, into: Action, others: Sequence[Action], *, note: str = "", version: int | None = None
) -> list[ActionEvent]:
    """Make several actions one. `into` keeps its number, state and owner; one event for each of the others."""
    for action in (into, *others):
        policy.ensure(actor, "group", action)
    claim(db, into, version)
    if not others:
        raise Invalid("Välj minst en åtgärd att slå ihop med.", {"others": "Välj minst en."})
    for other in others:
        claim(db, other)
        if other is into:
            raise Invalid(f"{into.code} kan inte slås ihop med sig själv.")
        if other.kind is not into.kind:
            raise Invalid("En prövning av kamerabehov slås inte ihop med en åtgärd: kameran är aldrig en åtgärd.")
        if not (linking.is_open(into) and linking.is_open(other)):
            closed = into if not linking.is_open(into) else other
            raise Invalid(f"{closed.code} är {closed.state_label}. Återöppna den först.")
    note = clean(note, limit=NOTE_LIMIT, field="note")
    return [absorb(db, actor, into, other, note=note) for other in others]


def absorb(db: Session, actor: Actor | None, into: Action, other: Action, *, note: str) -> ActionEvent:
    """All that `other` has goes into `into`; `other` stays as a pointer to it."""
    after_other = db.scalars(sa.select(Action).where(Action.before_id == other.id)).all()
    before = Before(*dict.fromkeys((into, other, *after_other)))
    for link in db.scalars(sa.select(ActionObservation).where(ActionObservation.action_id == other.id)):
        before.move(link, into, reason=f"Kom med från {other.code}.", distance_m=link.distance_m)
    other.merged_into_id = into.id
    for later in after_other:
        later.before_id = into.id if later is not into else None
    if into.before_id == other.id:
        into.before_id = None
    into.before_id = into.before_id or (other.before_id if other.before_id != into.id else None)
    into.promise_id = into.promise_id or other.promise_id
    into.district_id = into.district_id or other.district_id
    into.place = into.place or other.place
    into.confirmed = into.confirmed or actor is not None
    db.flush()
    linking.recentre(db, (into,))
    return record(db, actor, into, Verb.MERGED, data=before.changes(), note=note, other=other)


def move_over(
    db: Session, actor: Actor, action: Action, observation_ids: Collection[UUID], to: Action, *, note: str = "",
    version: int | None = None,
) -> ActionEvent:  # fmt: skip
    """Move some observations to another action. The last one cannot be moved: then they are merged."""
    policy.ensure(actor, "group", action)
    policy.ensure(actor, "group", to)
    claim(db, action, version)
    claim(db, to)
    if to is action:
        raise Invalid("Välj en annan åtgärd att flytta till.", {"to": "Välj en annan åtgärd."})
    if to.kind is not action.kind:
        raise Invalid("Ett kamerabehov flyttas inte till en åtgärd: kameran är aldrig en åtgärd.")
    links = _links(db, action, observation_ids)
    if len(links) == _count(db, action):
        return merge(db, actor, to, [action], note=note)[0]
    before = Before(action, to)
    for link in links:
        before.move(link, to, reason=f"Flyttades hit från {action.code}.", distance_m=_distance(link.observation, to))
    action.confirmed = to.confirmed = True
    db.flush()
    linking.recentre(db, (action, to))
    note = clean(note, limit=NOTE_LIMIT, field="note")
    return record(db, actor, action, Verb.MOVED_OVER, data=before.changes(), note=note, other=to)


def undo(db: Session, actor: Actor, event: ActionEvent, *, note: str = "") -> ActionEvent:
    """Put back exactly what an event changed. Returns the event that says so.

    Raises Conflict when it is undone already, or when something of it has been changed since.
    """
    action = db.get_one(Action, event.action_id)
    regroups = event.verb in (Verb.SPLIT, Verb.MERGED, Verb.MOVED_OVER)
    policy.ensure(actor, "group" if regroups else "work", action)
    linking.one_at_a_time(db)
    if event.verb not in history.UNDOABLE:
        raise Invalid("Det här går inte att ångra. Rätta det med en ny ändring i stället.")
    if event.was and event.became:
        needs = rules.moves(action.kind, event.was).get(event.became)
        if needs and not actor.may(needs.permission):
            raise Forbidden("Bara en samordnare får ångra en verifiering.")
    if db.scalar(sa.select(ActionEvent.id).where(ActionEvent.undoes_id == event.id)):
        raise Conflict("Det är redan ångrat.")
    db.flush()
    db.expire_all()
    if action.merged_into_id:
        raise Conflict(f"{action.code} har slagits ihop med en annan åtgärd. Ångra det först.")
    concerned = history.restore(db, event)
    linking.recentre(db, concerned)
    other = db.get(Action, event.other_id) if event.other_id else None
    data = {"undone": event.verb.value, "what": history.describe(event)}
    note = clean(note, limit=NOTE_LIMIT, field="note")
    return record(db, actor, action, Verb.UNDONE, data=data, note=note, other=other, undoes=event)


def _links(db: Session, action: Action, observation_ids: Collection[UUID]) -> Sequence[ActionObservation]:
    """The links of these observations, all of which must belong to the action."""
    wanted = set(observation_ids)
    links = db.scalars(
        sa.select(ActionObservation)
        .where(ActionObservation.action_id == action.id, ActionObservation.observation_id.in_(wanted))
        .order_by(ActionObservation.linked_at, ActionObservation.id)
    ).all()
    if not wanted:
        raise Invalid("Välj minst en iakttagelse.", {"observations": "Välj minst en iakttagelse."})
    if {link.observation_id for link in links} != wanted:
        raise Conflict(f"Någon av iakttagelserna hör inte längre till {action.code}. Läs om sidan.")
    return links


def _count(db: Session, action: Action) -> int:
    return db.scalar(sa.select(sa.func.count()).where(ActionObservation.action_id == action.id)) or 0


def _distance(observation: Observation, to: Action) -> float | None:
    if observation.lat is None or observation.lon is None or to.lat is None or to.lon is None:
        return None
    return distance_m(observation.lat, observation.lon, to.lat, to.lon)
