"""What a sighting leads to: it joins an action, reopens one, or starts a new one. No person decides here."""

from uuid import UUID

import sqlalchemy as sa
from sqlalchemy.orm import Session

from walkapp.accounts.models import Unit
from walkapp.core.clock import now, today
from walkapp.core.text import line
from walkapp.observations.models import Observation, ObservationTheme
from walkapp.promises.rules import Theme

from . import grouping, linking, rules
from .history import Before, record
from .models import Action, ActionObservation, Verb
from .naming import suggested_title
from .regrouping import absorb
from .rules import Kind, Return, State

LINE_LIMIT = 200


def propose(db: Session, observation: Observation) -> list[Action]:
    """Give each theme of an observation its action: one that is open near by, or a new one. Twice is once.

    Bush before lamp: where both are seen at once, the lamp is judged after the bush is cut.
    """
    linking.one_at_a_time(db)
    by_theme: dict[Theme, Action] = {}
    for wish in sorted(observation.themes, key=lambda one: (one.theme is not Theme.GREENERY, one.position)):
        kind = rules.kind_of(wish.theme)
        if kind is not None:
            by_theme[wish.theme] = _home(db, observation, wish, kind)
    bush, lamp = by_theme.get(Theme.GREENERY), by_theme.get(Theme.LIGHTING)
    if bush and lamp and lamp.before_id is None and linking.is_open(bush):
        lamp.before_id = bush.id
        db.flush()
    return list(by_theme.values())


def _home(db: Session, observation: Observation, wish: ObservationTheme, kind: Kind) -> Action:
    known = sa.and_(ActionObservation.observation_id == observation.id, ActionObservation.theme == wish.theme)
    held = db.scalar(sa.select(Action).join(ActionObservation).where(known))
    if held is not None:
        return held
    new = linking.sighting(observation)
    near = linking.candidates(db, wish.theme, new)
    groups = [linking.group_of(action) for action in near if linking.is_open(action)]
    match = grouping.propose(new, groups)
    if match.group is not None:
        return _join(db, observation, wish, match, [g for g in groups if g is not match.group])
    closed = [linking.group_of(action) for action in near if not linking.is_open(action)]
    return _return(db, observation, wish, kind, match, grouping.propose(new, closed))


def _return(
    db: Session, observation: Observation, wish: ObservationTheme, kind: Kind, match: grouping.Match,
    closed: grouping.Match,
) -> Action:  # fmt: skip
    """No open action is near; a closed one may be: late news of the same thing, a repair that did not hold, or new."""
    earlier = closed.group.id if closed.group else None
    if not isinstance(earlier, Action) or earlier.closed_at is None:
        return _start(db, observation, wish, kind, match.reason)
    means = rules.came_back(earlier.kind, earlier.state, earlier.closed_at, observation.observed_at)
    if means is Return.NEW:
        word = earlier.state.label_for(earlier.kind)
        return _start(
            db, observation, wish, kind, f"Kommit tillbaka: {earlier.code} på samma plats är {word}.", earlier=earlier
        )
    _join(db, observation, wish, closed, [])
    if means is Return.REOPEN:
        before = Before(earlier)
        reopen(earlier)
        note = "Sett igen efter att åtgärden blev klar."
        record(db, None, earlier, Verb.STATE, data=before.changes(), note=note)
    return earlier


def _start(
    db: Session, observation: Observation, wish: ObservationTheme, kind: Kind, reason: str, *,
    earlier: Action | None = None,
) -> Action:  # fmt: skip
    at, place = now(), linking.place_of(db, observation)
    owner = sa.select(Unit.id).where(Unit.slug == rules.suggested_unit(wish.theme))
    action = Action(
        number=linking.next_number(db), kind=kind, theme=wish.theme, place=place,
        title=line(suggested_title(wish.theme, place)[:LINE_LIMIT], limit=LINE_LIMIT),
        district_id=observation.district_id, promise_id=wish.promise_id, unit_id=db.scalar(owner), state=State.PROPOSED,
        confirmed=False, version=1, created_at=at, updated_at=at, returned_from_id=earlier.id if earlier else None,
    )  # fmt: skip
    linking.keep_group(action, grouping.Group.of(action, [linking.sighting(observation)]))
    db.add(action)
    db.flush()
    _link(db, action, observation, wish, 0.0 if observation.lat is not None else None, reason)
    record(db, None, action, Verb.PROPOSED, data={"observation": str(observation.id)}, note=reason)
    return action


def _join(
    db: Session, observation: Observation, wish: ObservationTheme, match: grouping.Match, others: list[grouping.Group]
) -> Action:
    group, action = match.group, match.group.id if match.group else None
    assert group is not None and isinstance(action, Action)
    group.add(linking.sighting(observation))
    linking.keep_group(action, group)
    action.district_id = action.district_id or observation.district_id
    action.promise_id = action.promise_id or wish.promise_id
    if not action.place and (place := linking.place_of(db, observation)):
        if action.title == suggested_title(action.theme):
            action.title = suggested_title(action.theme, place)[:LINE_LIMIT]
        action.place = place
    _link(db, action, observation, wish, match.distance_m, match.reason)
    record(db, None, action, Verb.JOINED, data={"observation": str(observation.id)}, note=match.reason)
    while twin := (found := grouping.twin(group, others)).group:
        others.remove(twin)
        assert isinstance(twin.id, Action)
        into, other = sorted((action, twin.id), key=lambda one: one.number)
        absorb(db, None, into, other, note=f"Platserna visade sig vara en: {found.reason}")
        action, group = into, linking.group_of(into)
    return action


def _link(
    db: Session, action: Action, observation: Observation, wish: ObservationTheme, metres: float | None, reason: str
) -> None:
    link = ActionObservation(action_id=action.id, observation_id=observation.id, theme=wish.theme)
    link.distance_m, link.reason, link.linked_at = metres, reason, now()
    db.add(link)
    db.flush()


def reopen(action: Action) -> None:
    """Open again, with a new day to be done by; what was promised before stands in the history."""
    action.state, action.closed_at, action.done_on, action.decline_reason = State.REOPENED, None, None, None
    action.due, action.due_by_hand = rules.due_date(action.theme, action.cost_class, today()), False


def refile(db: Session) -> int:
    """After districts have changed: each action lies where most of its observations lie. Returns how many moved."""
    seen: dict[UUID, list[UUID | None]] = {}
    rows = sa.select(ActionObservation.action_id, Observation.district_id).join(Observation)
    for action_id, district_id in db.execute(rows.order_by(ActionObservation.linked_at, ActionObservation.id)):
        seen.setdefault(action_id, []).append(district_id)
    moved = 0
    for action in db.scalars(sa.select(Action).where(Action.merged_into_id.is_(None))):
        district_id = linking.commonest(seen.get(action.id, []))
        moved += action.district_id != district_id
        action.district_id = district_id
    return moved
