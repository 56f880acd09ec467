"""What an action is and how it moves: kinds, states, what each move asks for, due dates, seasons, who can act."""

from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from enum import StrEnum
from typing import NamedTuple

from walkapp.core.permissions import Permission
from walkapp.promises.rules import Theme

from .workdays import add_workdays


class Kind(StrEnum):
    """A camera is never a task: a need for one is assessed, decided and documented."""

    TASK = "task"
    ASSESSMENT = "assessment"

    @property
    def label(self) -> str:
        return "åtgärd" if self is Kind.TASK else "prövning"


def kind_of(theme: Theme) -> Kind | None:
    """What an observation of a theme leads to; a good place leads to nothing."""
    if theme is Theme.SAFE_PLACE:
        return None
    return Kind.ASSESSMENT if theme is Theme.CAMERA else Kind.TASK


class State(StrEnum):
    PROPOSED = "foreslagen"
    RECEIVED = "mottagen"
    EXAMINED = "utreds"
    PLANNED = "planerad"
    ONGOING = "pagar"
    DONE = "klar"
    VERIFIED = "verifierad"
    FORWARDED = "vidarebefordrad"
    AWAITS_SEASON = "vantar_arstid"
    AWAITS_DECISION = "vantar_beslut"
    DECLINED = "avslas"
    REOPENED = "ateroppnad"

    @property
    def label(self) -> str:
        return _LOOKS[self][0]

    @property
    def icon(self) -> str:
        """Name in bootstrap-icons."""
        return _LOOKS[self][1]

    @property
    def is_closed(self) -> bool:
        return self in CLOSED

    def label_for(self, kind: Kind) -> str:
        """The word on screen: an assessment is weighed, not worked on."""
        return _ASSESSED.get(self, self.label) if kind is Kind.ASSESSMENT else self.label


_LOOKS = {
    State.PROPOSED: ("föreslagen", "lightbulb"),
    State.RECEIVED: ("mottagen", "inbox"),
    State.EXAMINED: ("utreds", "search"),
    State.PLANNED: ("planerad", "calendar-check"),
    State.ONGOING: ("pågår", "hammer"),
    State.DONE: ("klar", "check-lg"),
    State.VERIFIED: ("verifierad", "patch-check"),
    State.FORWARDED: ("vidarebefordrad", "send"),
    State.AWAITS_SEASON: ("väntar på årstid", "snow"),
    State.AWAITS_DECISION: ("väntar på beslut", "hourglass-split"),
    State.DECLINED: ("avslås", "x-lg"),
    State.REOPENED: ("återöppnad", "arrow-counterclockwise"),
}
_ASSESSED = {State.EXAMINED: "prövas", State.DONE: "prövad"}

CLOSED = frozenset({State.DONE, State.VERIFIED, State.DECLINED})
OPEN = frozenset(State) - CLOSED
#: Nothing to do for the owner until somebody else, or the year, has moved.
WAITING = frozenset({State.FORWARDED, State.AWAITS_SEASON, State.AWAITS_DECISION})


class Ask(StrEnum):
    """What a move must be given."""

    NOTE = "note"
    REASON = "reason"
    PROOF = "proof"
    TO_WHOM = "to_whom"
    DECISION = "decision"
    UNTIL = "until"

    @property
    def sentence(self) -> str:
        return _ASKED[self]


_ASKED = {
    Ask.NOTE: "Skriv några ord om varför.",
    Ask.REASON: "Välj ett skäl.",
    Ask.PROOF: "Ange dagen då det blev klart, eller lägg till ett foto.",
    Ask.TO_WHOM: "Skriv till vem ärendet har lämnats.",
    Ask.DECISION: "Skriv vilket beslut, av vem och när, gärna med diarienummer.",
    Ask.UNTIL: "Ange en dag i framtiden, högst tio år bort.",
}


@dataclass(frozen=True)
class Needs:
    """What a move asks for. `offers` may be given and has a default; `permission` goes beyond working on the line."""

    asks: tuple[Ask, ...] = ()
    offers: tuple[Ask, ...] = ()
    permission: Permission = field(default=Permission.WORK_ACTIONS)


_FREELY = Needs(offers=(Ask.NOTE,))
_TOLD = Needs((Ask.NOTE,))
_DONE = Needs((Ask.PROOF,), offers=(Ask.NOTE,))
_DECLINED = Needs((Ask.REASON, Ask.NOTE))
_DECIDED = Needs((Ask.DECISION, Ask.NOTE))
_FORWARDED = Needs((Ask.TO_WHOM,), offers=(Ask.NOTE, Ask.UNTIL))
_SEASON = Needs(offers=(Ask.UNTIL, Ask.NOTE))
_DECISION = Needs((Ask.DECISION,), offers=(Ask.UNTIL, Ask.NOTE))
_VERIFIED = Needs((Ask.NOTE,), permission=Permission.VERIFY_ACTIONS)

Moves = dict[State, dict[State, Needs]]

_ASIDE = {
    State.FORWARDED: _FORWARDED,
    State.AWAITS_SEASON: _SEASON,
    State.AWAITS_DECISION: _DECISION,
    State.DECLINED: _DECLINED,
}
_AT_WORK = {State.PLANNED: _FREELY, State.ONGOING: _FREELY, State.DONE: _DONE}

TRANSITIONS: Moves = {
    State.PROPOSED: {State.RECEIVED: _FREELY, State.FORWARDED: _FORWARDED, State.DECLINED: _DECLINED},
    State.RECEIVED: {State.EXAMINED: _FREELY, **_AT_WORK, **_ASIDE},
    State.EXAMINED: {**_AT_WORK, **_ASIDE},
    State.PLANNED: {State.ONGOING: _FREELY, State.DONE: _DONE, State.EXAMINED: _TOLD, **_ASIDE},
    State.ONGOING: {State.DONE: _DONE, State.PLANNED: _TOLD, **_ASIDE},
    State.DONE: {State.VERIFIED: _VERIFIED, State.REOPENED: _TOLD},
    State.VERIFIED: {State.REOPENED: _TOLD},
    State.FORWARDED: {State.RECEIVED: _TOLD, State.EXAMINED: _TOLD, State.DONE: _DONE, State.DECLINED: _DECLINED},
    State.AWAITS_SEASON: {State.EXAMINED: _FREELY, **_AT_WORK, State.DECLINED: _DECLINED},
    State.AWAITS_DECISION: {State.EXAMINED: _TOLD, **_AT_WORK, State.DECLINED: _DECLINED},
    State.DECLINED: {State.REOPENED: _TOLD},
    State.REOPENED: {State.EXAMINED: _FREELY, **_AT_WORK, **_ASIDE},
}

# Decided and documented, never planned, done or verified like a task (Brå; kamerabevakningslagen 2018:1200).
_ASSESSMENTS: Moves = {
    State.PROPOSED: {State.RECEIVED: _FREELY, State.DECLINED: _DECLINED},
    State.RECEIVED: {State.EXAMINED: _FREELY, State.AWAITS_DECISION: _DECISION, State.DECLINED: _DECLINED},
    State.EXAMINED: {State.AWAITS_DECISION: _DECISION, State.DONE: _DECIDED, State.DECLINED: _DECLINED},
    State.AWAITS_DECISION: {State.EXAMINED: _TOLD, State.DONE: _DECIDED, State.DECLINED: _DECLINED},
    State.DONE: {State.REOPENED: _TOLD},
    State.DECLINED: {State.REOPENED: _TOLD},
    State.REOPENED: {State.EXAMINED: _FREELY, State.AWAITS_DECISION: _DECISION, State.DECLINED: _DECLINED},
}


def moves(kind: Kind, state: State) -> dict[State, Needs]:
    """Where an action may go from here, and what each move asks for, in the order of the buttons."""
    return (TRANSITIONS if kind is Kind.TASK else _ASSESSMENTS).get(state, {})


class DeclineReason(StrEnum):
    NOT_OURS = "inte_var_mark"
    COST = "kostnad"
    NO_FAULT = "inget_fel"
    OTHER_WAY = "loses_annorlunda"
    PROTECTED = "skyddat"
    LAW = "inte_tillatet"
    REPEATED = "redan_provat"
    OTHER = "annat"

    @property
    def label(self) -> str:
        return _REASONS[self]


_REASONS = {
    DeclineReason.NOT_OURS: "kommunen råder inte över platsen",
    DeclineReason.COST: "kostnaden står inte i rimlig proportion",
    DeclineReason.NO_FAULT: "inget fel hittades på plats",
    DeclineReason.OTHER_WAY: "löses på annat sätt",
    DeclineReason.PROTECTED: "natur- eller kulturvärden skyddas",
    DeclineReason.LAW: "lagen medger det inte",
    DeclineReason.REPEATED: "redan prövat",
    DeclineReason.OTHER: "annat skäl",
}


class CostClass(StrEnum):
    SMALL = "drift_liten"
    LARGE = "drift_stor"
    INVESTMENT = "investering"

    @property
    def label(self) -> str:
        return {"drift_liten": "drift, liten", "drift_stor": "drift, stor", "investering": "investering"}[self.value]


class _Days(NamedTuple):
    small: int
    large: int
    investment: int = 250


# Working days from the day an action is received; the municipality's own service promise will replace these.
_DAYS = {
    Theme.LIGHTING: _Days(10, 60),
    Theme.GREENERY: _Days(20, 90),
    Theme.CAMERA: _Days(60, 60, 120),
    Theme.TRAFFIC: _Days(20, 90),
    Theme.UPKEEP: _Days(15, 60),
    Theme.GRAFFITI: _Days(5, 20),
    Theme.LITTER: _Days(5, 20),
    Theme.ACCESS: _Days(20, 90),
    Theme.ORDER: _Days(10, 40),
    Theme.SIGNS: _Days(15, 40),
    Theme.OTHER: _Days(15, 60),
}
#: Working days that somebody outside gets to answer in.
REPLY_DAYS = 15


def due_date(theme: Theme, cost: CostClass | None, received: date) -> date:
    """When it should be done. Larger thinning is due when the next felling (January–March) is over."""
    if theme is Theme.GREENERY and cost is CostClass.LARGE:
        felling = date(received.year + (received.month > 3), 1, 1)
        return date(felling.year, 3, 31)
    days = _DAYS[theme]
    if cost is CostClass.INVESTMENT:
        return add_workdays(received, days.investment)
    return add_workdays(received, days.large if cost is CostClass.LARGE else days.small)


def reply_due(sent: date) -> date:
    return add_workdays(sent, REPLY_DAYS)


def overdue(due: date | None, state: State, today: date) -> bool:
    """Open after its day. Waiting does not stop the clock: what waits too long must be seen."""
    return due is not None and due < today and state in OPEN


# Month and day when the year lets the work go on. Thinning: wishes are handled October–January, felled January–March.
# The rest waits for ground without frost.
_OPENINGS = {Theme.GREENERY: ((1, 1), (10, 1))}
_FROST_GONE = ((4, 1),)


def season_opens(theme: Theme, on: date) -> date:
    """The next day after `on` when the season for this kind of work opens."""
    days = [date(year, m, d) for year in (on.year, on.year + 1) for m, d in _OPENINGS.get(theme, _FROST_GONE)]
    return min(day for day in days if day > on)


def in_season(theme: Theme, on: date) -> bool:
    """Whether thinning is handled or felled now (October–March). Other themes have no closed season."""
    return theme is not Theme.GREENERY or on.month >= 10 or on.month <= 3


# Who can act on what, by the slug of the unit; a municipality without such a unit leaves the owner open.
_UNITS = {
    Theme.LIGHTING: "gata-belysning",
    Theme.GREENERY: "park",
    Theme.CAMERA: "samordnare",
    Theme.TRAFFIC: "gata-trafik",
    Theme.UPKEEP: "park",
    Theme.GRAFFITI: "fastighet",
    Theme.LITTER: "renhallning",
    Theme.ACCESS: "gata-trafik",
    Theme.ORDER: "samordnare",
    Theme.SIGNS: "gata-trafik",
    Theme.OTHER: "samordnare",
}


def suggested_unit(theme: Theme) -> str:
    return _UNITS[theme]


#: After this long a finished thing that fails again is a new action: the old repair did hold.
HOLDS_FOR = timedelta(days=60)


class Return(StrEnum):
    """What a new sighting means where an action is already closed."""

    SAME = "same"
    REOPEN = "reopen"
    NEW = "new"


def came_back(kind: Kind, state: State, closed_at: datetime, seen_at: datetime) -> Return:
    """Seen before it was closed: it is about the same thing. Soon after it was done: it did not hold.

    What was verified, declined or assessed is never opened by a sighting alone; a person may.
    """
    if seen_at < closed_at:
        return Return.SAME
    if kind is Kind.TASK and state is State.DONE and seen_at - closed_at <= HOLDS_FOR:
        return Return.REOPEN
    return Return.NEW
