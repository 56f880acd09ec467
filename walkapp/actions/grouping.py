"""Which observations are about the same thing. Pure, and one sighting at a time, in whatever order they arrive.

**The rule.** A sighting is a Gaussian around the thing it is about. Its variance is the position's (a phone's accuracy
is a 68 % radius: σ = 0.66 r) plus that of where somebody stands who points at something (`STANDS_OFF_M`). A group is a
weighted mean of its sightings and gets surer with each of them. Two explanations compete: the same thing, or another
one, of which there is one in 200 m × 200 m a theme (λ, `SPOTS_PER_M2`). With the variances added up to v and the
distance d, the log odds for the same thing are −ln(2π v λ) − d²/2v. Above zero the sighting joins the likeliest group,
but never from beyond `REACH_M`, unless the positions themselves are worse than that. So a good position joins within
about 30 m, a mediocre one a little farther, and one that could be anywhere joins nothing.

A street must not become one action: no sighting stretches the sure positions (`SURE_M`) of a group beyond `WIDEST_M`.
When a sighting between two groups shows that they are one, and no person has settled either, they are merged by the
same odds: that, and the weighted mean, makes the result nearly independent of the order.

Sightings without a position are grouped by the same words for the place (the same stop or street), or not at all.

**Figures** (`tests/actions/spots.py`; pair-F1, mean and lowest over 20 seeds, 200 sightings of 40 spots at least 60 m
apart; `python -m tests.actions.spots` prints them anew):

| layout | error 5–15 m any direction | 68 % radius 5–15 m | the same, not reported | σ 5–15 m along each axis |
|---|---|---|---|---|
| scattered over 2.5 km | 1.000, 1.000 | 1.000, 0.995 | 1.000, 0.995 | 0.986, 0.972 |
| packed in 600 m | 1.000, 1.000 | 1.000, 0.995 | 0.999, 0.995 | 0.977, 0.947 |
| lattice of exactly 60 m | 0.997, 0.978 | 0.994, 0.969 | 0.992, 0.966 | 0.930, 0.879 |

In the last corner knowing all positions at once (agglomerative, tuned to these data) gives no more than 0.95, 0.92.
Hard cases: two lamps 20 m apart become one action (a person splits it), 40 m apart 0.92, 50 m apart 0.95; with a GPS of
50 m, four spots become six to ten actions (a person merges); a dark stretch of 300 m becomes five to eight.
100,000 sightings from nothing: 3–10 s; one more among them: well below 1 ms.
"""

from collections.abc import Hashable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache
from math import hypot, inf, log, pi, sqrt
from typing import NamedTuple

from walkapp.core.geo import metres_per_degree
from walkapp.core.mercator import Box

#: Per axis, metres: a walker stands beside the bush, the lamp is at the other side of the street.
STANDS_OFF_M = 10.0
#: The share of a 68 % radius that is the standard deviation along one axis: 1 / √(−2 ln 0.32).
SIGMA_OF_RADIUS = 0.66
#: No position is better than this, whatever the phone says.
FLOOR_M = 3.0
#: What a position is taken to be worth when nothing says.
USUAL_M = 15.0
#: One thing of a theme in 200 m × 200 m, where people walk to find them.
SPOTS_PER_M2 = 1 / 40_000
REACH_M = 36.0
WIDEST_M = 80.0
SURE_M = 25.0

# Beyond this no odds are above zero: √(1 / (π e λ)), the largest d that any v can give.
FARTHEST_M = 69.0


@dataclass(frozen=True, slots=True)
class Sighting:
    """Where one observation of a theme was made. Degrees WGS 84, metres; `key` says the place in words, to compare."""

    lat: float | None = None
    lon: float | None = None
    accuracy_m: float | None = None
    key: str = ""

    @property
    def radius(self) -> float:
        return max(self.accuracy_m or USUAL_M, FLOOR_M)

    @property
    def variance(self) -> float:
        return (self.radius * SIGMA_OF_RADIUS) ** 2


@dataclass(slots=True, eq=False)
class Group:
    """What is known of an action's place: the weighted mean, the sum of weights (1/m²), the box of its sure positions.

    `settled`: a person has decided what belongs to it; it still takes in, but is never merged on its own.
    """

    id: Hashable
    lat: float | None = None
    lon: float | None = None
    weight: float = 0.0
    box: Box | None = None
    key: str = ""
    settled: bool = False

    def add(self, new: Sighting) -> None:
        if new.lat is None or new.lon is None:
            self.key = self.key or new.key
            return
        share = 1 / new.variance
        self._pull(new.lat, new.lon, share)
        self.box = _union(self.box, _box(new))

    def take(self, other: "Group") -> None:
        """All that another group has."""
        if other.lat is not None and other.lon is not None:
            self._pull(other.lat, other.lon, other.weight)
        self.box, self.key = _union(self.box, other.box), self.key or other.key

    def _pull(self, lat: float, lon: float, weight: float) -> None:
        self.weight += weight
        if self.lat is None or self.lon is None:
            self.lat, self.lon = lat, lon
            return
        part = weight / self.weight
        self.lat += (lat - self.lat) * part
        self.lon += (lon - self.lon) * part

    @classmethod
    def of(cls, id: Hashable, sightings: Iterable[Sighting], *, settled: bool = False) -> "Group":
        group = cls(id, settled=settled)
        for sighting in sightings:
            group.add(sighting)
        return group


class Match(NamedTuple):
    """The group to join, or none; how far its middle is; why, for the people who will read it."""

    group: Group | None
    distance_m: float | None
    reason: str


def propose(new: Sighting, near: Iterable[Group]) -> Match:
    """Which group of its theme a sighting belongs to. Groups farther off than `FARTHEST_M` need not be given."""
    if new.lat is None or new.lon is None:
        return _by_words(new, near)
    best, best_odds, best_m = None, 0.0, 0.0
    nearest = FARTHEST_M
    box, variance = _box(new), new.variance
    for group in near:
        if group.lat is None or group.lon is None:
            continue
        metres = _metres(new.lat, new.lon, group.lat, group.lon)
        nearest = min(nearest, metres)
        odds = _odds(metres, variance + 1 / group.weight)
        if odds > best_odds and _fits(box, group.box):
            best, best_odds, best_m = group, odds, metres
    if best is not None:
        return Match(best, best_m, f"{_m(best_m)} från det andra som hör hit, vid en osäkerhet på {_m(new.radius)}.")
    if nearest < FARTHEST_M:
        return Match(None, nearest, f"Närmaste åtgärd om samma ämne är {_m(nearest)} bort: räknas som en annan plats.")
    return Match(None, None, "Ingen öppen åtgärd om samma ämne i närheten.")


def _by_words(new: Sighting, near: Iterable[Group]) -> Match:
    if not new.key:
        return Match(None, None, "Platsen är inte angiven, så iakttagelsen får en egen åtgärd.")
    same = next((group for group in near if group.key == new.key), None)
    if same is None:
        return Match(None, None, "Ingen öppen åtgärd om samma ämne på samma angivna plats.")
    return Match(same, None, "Samma ämne på samma angivna plats.")


def twin(group: Group, near: Iterable[Group]) -> Match:
    """Another group that turns out to be the same thing, unless a person has settled either of them."""
    best, best_odds, best_m = None, 0.0, 0.0
    if group.lat is not None and group.lon is not None and not group.settled:
        for other in near:
            if other is group or other.settled or other.lat is None or other.lon is None:
                continue
            metres = _metres(group.lat, group.lon, other.lat, other.lon)
            odds = _odds(metres, 1 / group.weight + 1 / other.weight)
            if odds > best_odds and _stretch(group.box, other.box) <= WIDEST_M:
                best, best_odds, best_m = other, odds, metres
    if best is None:
        return Match(None, None, "")
    return Match(best, best_m, f"{_m(best_m)} mellan dem: fler iakttagelser visar att det är samma plats.")


def diameter(group: Group) -> float:
    """Across the box of the sure positions, metres."""
    return _stretch(group.box, group.box)


def _odds(metres: float, variance: float) -> float:
    """Log odds for the same thing, from the distance and the variance of the two positions together."""
    if metres > REACH_M and metres > sqrt(variance) / SIGMA_OF_RADIUS:
        return -inf
    v = variance + STANDS_OFF_M**2
    return -log(2 * pi * SPOTS_PER_M2 * v) - metres * metres / (2 * v)


@lru_cache(maxsize=4096)
def _scale(hundredths: int) -> tuple[float, float]:
    return metres_per_degree(hundredths / 100)


def _metres(lat: float, lon: float, other_lat: float, other_lon: float) -> float:
    # The same as core.geo.distance_m for neighbours, without its trigonometry: a hundredth of a degree is near enough.
    north, east = _scale(round(lat * 100))
    return hypot((lat - other_lat) * north, (lon - other_lon) * east)


def _box(sighting: Sighting) -> Box | None:
    if sighting.lat is None or sighting.lon is None or sighting.radius > SURE_M:
        return None
    return sighting.lon, sighting.lat, sighting.lon, sighting.lat


def _union(a: Box | None, b: Box | None) -> Box | None:
    if a is None or b is None:
        return a or b
    return min(a[0], b[0]), min(a[1], b[1]), max(a[2], b[2]), max(a[3], b[3])


def _stretch(a: Box | None, b: Box | None) -> float:
    if a is None or b is None:
        return 0.0
    west, south, east, north = min(a[0], b[0]), min(a[1], b[1]), max(a[2], b[2]), max(a[3], b[3])
    return _metres(south, west, north, east)


def _fits(box: Box | None, group: Box | None) -> bool:
    """Whether a position leaves a group narrow enough. One that people made wider takes in what lies within it."""
    stretch = _stretch(box, group)
    return stretch <= WIDEST_M or stretch <= _stretch(group, group)


def _m(metres: float) -> str:
    return f"{metres:.0f} m"


class SpatialGrid:
    """Groups by squares wider than the farthest match: what may match lies in the nine around a position.

    One scale for the whole grid, from its first position: good for three degrees of latitude around it.
    """

    SIDE_M = 75.0

    def __init__(self) -> None:
        self._scale: tuple[float, float] | None = None
        self._cells: dict[tuple[int, int], list[Group]] = {}
        self._words: dict[str, Group] = {}
        self._where: dict[Hashable, tuple[int, int]] = {}

    def _cell(self, lat: float, lon: float) -> tuple[int, int]:
        north, east = self._scale = self._scale or metres_per_degree(lat)
        return int(lat * north // self.SIDE_M), int(lon * east // self.SIDE_M)

    def around(self, new: Sighting) -> Iterator[Group]:
        """The groups that a sighting may belong to."""
        if new.lat is None or new.lon is None:
            if new.key in self._words:
                yield self._words[new.key]
            return
        row, column = self._cell(new.lat, new.lon)
        for r in (row - 1, row, row + 1):
            for c in (column - 1, column, column + 1):
                yield from self._cells.get((r, c), ())

    def put(self, group: Group) -> None:
        """Put in, or move to where it is now."""
        if group.key:
            self._words.setdefault(group.key, group)
        if group.lat is None or group.lon is None:
            return
        cell, was = self._cell(group.lat, group.lon), self._where.get(group.id)
        if cell != was:
            self._remove(group, was)
            self._cells.setdefault(cell, []).append(group)
            self._where[group.id] = cell

    def drop(self, group: Group) -> None:
        self._remove(group, self._where.pop(group.id, None))

    def _remove(self, group: Group, cell: tuple[int, int] | None) -> None:
        if cell is not None:
            self._cells[cell].remove(group)


def group_all(sightings: Sequence[Sighting]) -> list[list[int]]:
    """Group sightings of one theme from nothing: the places in the sequence that belong together, a list a group."""
    grid, members = SpatialGrid(), dict[Hashable, list[int]]()
    for place, new in enumerate(sightings):
        near = list(grid.around(new))
        group = propose(new, near).group
        if group is None:
            group = Group(place)
            members[group.id] = []
        group.add(new)
        members[group.id].append(place)
        grid.put(group)
        while other := twin(group, near).group:
            members[group.id] += members.pop(other.id)
            group.take(other)
            grid.drop(other)
            near.remove(other)
            grid.put(group)
    return list(members.values())
