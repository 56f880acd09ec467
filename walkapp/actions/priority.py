"""Which action first, and why: a sum of points, each with the words that explain it."""

from dataclasses import dataclass
from datetime import date
from typing import NamedTuple

from walkapp.observations.rules import Feeling

from .rules import CLOSED, WAITING, State, overdue


@dataclass(frozen=True)
class Facts:
    """What is known of an action when it is ranked. `promise` is what to call the promise at stake, or nothing."""

    state: State
    walkers: int = 0
    feeling: Feeling | None = None
    dark: bool = False
    hides_lamp: bool = False
    after: str = ""
    promise: str = ""
    first_seen: date | None = None
    due: date | None = None
    wait_until: date | None = None
    override: int | None = None


class Priority(NamedTuple):
    score: int
    reasons: tuple[str, ...]


#: The one table. Points; people count up to ten, age up to half a year, lateness up to thirty days.
WEIGHTS = {
    "walker": 6,
    Feeling.VERY_UNSAFE: 30,
    Feeling.SOMEWHAT_UNSAFE: 12,
    Feeling.SAFE: 0,
    "dark": 10,
    "hides lamp": 15,
    "after": -15,
    "promise": 12,
    "week": 1,
    "wait over": 20,
    "overdue": 40,
    "day late": 2,
}
MOST_WALKERS, MOST_WEEKS, MOST_DAYS_LATE = 10, 26, 30


def priority(facts: Facts, today: date) -> Priority:
    """Points and their reasons, the weightiest first. A rank set by hand stands above all points."""
    if facts.override is not None:
        return Priority(1000 + facts.override if facts.override > 0 else facts.override, ("satt för hand",))
    said: list[tuple[int, str]] = []

    def because(points: int, words: str) -> None:
        if points:
            said.append((points, words))

    because(min(facts.walkers, MOST_WALKERS) * WEIGHTS["walker"], _people(facts.walkers))
    if facts.feeling:
        because(WEIGHTS[facts.feeling], facts.feeling.label)
    because(facts.dark * WEIGHTS["dark"], "i mörker")
    because(facts.hides_lamp * WEIGHTS["hides lamp"], "skymmer en lampa: gör den först")
    because(bool(facts.after) * WEIGHTS["after"], f"efter {facts.after}")
    because(bool(facts.promise) * WEIGHTS["promise"], facts.promise)
    if facts.first_seen and facts.state not in CLOSED:
        weeks = max((today - facts.first_seen).days // 7, 0)
        because(min(weeks, MOST_WEEKS) * WEIGHTS["week"], "väntat 1 vecka" if weeks == 1 else f"väntat {weeks} veckor")
    if facts.due and overdue(facts.due, facts.state, today):
        late = (today - facts.due).days
        points = WEIGHTS["overdue"] + min(late, MOST_DAYS_LATE) * WEIGHTS["day late"]
        because(points, "1 dag försenad" if late == 1 else f"{late} dagar försenad")
    if facts.state in WAITING and facts.wait_until and facts.wait_until <= today:
        because(WEIGHTS["wait over"], "har väntat färdigt")
    said.sort(key=lambda one: -one[0])
    return Priority(sum(points for points, _ in said), tuple(words for _, words in said))


def _people(n: int) -> str:
    return "1 person" if n == 1 else f"{n} personer"


def rank(facts: Facts, today: date) -> int:
    """0: to do now, 1: waits for somebody else or for the year, 2: closed. What is late or need wait no more is 0."""
    if facts.state in CLOSED:
        return 2
    waits = facts.state in WAITING and not (facts.wait_until and facts.wait_until <= today)
    return int(waits and not overdue(facts.due, facts.state, today))
