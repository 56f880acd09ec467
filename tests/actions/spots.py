"""Labelled sightings: where things are is known, so that grouping can be scored. `python -m tests.actions.spots`."""

import random
from collections import Counter
from collections.abc import Callable, Sequence
from math import cos, dist, hypot, pi, sin
from typing import NamedTuple

from walkapp.actions.grouping import Sighting, group_all
from walkapp.core.geo import metres_per_degree

KUMLA = (59.1277, 15.1434)
NORTH, EAST = metres_per_degree(KUMLA[0])

Point = tuple[float, float]
# An error in metres, east and north, and the accuracy that the phone reports for it.
Error = tuple[float, float, float | None]


class Labelled(NamedTuple):
    spot: int
    sighting: Sighting


def sighting(east_m: float, north_m: float, accuracy_m: float | None = 10.0) -> Sighting:
    """A sighting so many metres from the middle of Kumla."""
    return Sighting(KUMLA[0] + north_m / NORTH, KUMLA[1] + east_m / EAST, accuracy_m)


# --- Where the spots are -----------------------------------------------------------------------------------------


def scattered(rnd: random.Random, spots: int = 40, *, apart: float = 60.0, side: float = 2500.0) -> list[Point]:
    """Anywhere in a square, but never nearer than `apart`."""
    points: list[Point] = []
    while len(points) < spots:
        point = rnd.uniform(0, side), rnd.uniform(0, side)
        if all(dist(point, other) >= apart for other in points):
            points.append(point)
    return points


def dense(rnd: random.Random) -> list[Point]:
    return scattered(rnd, side=600.0)


def lattice(rnd: random.Random) -> list[Point]:
    """Every spot exactly 60 m from its neighbours: the hardest layout that is still 60 m apart."""
    return [(60.0 * (n % 8), 60.0 * (n // 8)) for n in range(40)]


# --- How phones are wrong ----------------------------------------------------------------------------------------


def ring(rnd: random.Random) -> Error:
    """5–15 m off in any direction; what the phone says about it has nothing to do with it."""
    r, turn = rnd.uniform(5, 15), rnd.uniform(0, 2 * pi)
    return r * cos(turn), r * sin(turn), rnd.uniform(5, 15)


def honest(rnd: random.Random) -> Error:
    """Gaussian; the phone reports the 68 % radius, 5–15 m."""
    radius = rnd.uniform(5, 15)
    return rnd.gauss(0, radius * 0.66), rnd.gauss(0, radius * 0.66), radius


def per_axis(rnd: random.Random) -> Error:
    """Gaussian with 5–15 m along *each* axis (a 68 % radius of 8–23 m), reported as if that were the radius."""
    sigma = rnd.uniform(5, 15)
    return rnd.gauss(0, sigma), rnd.gauss(0, sigma), sigma


def silent(rnd: random.Random) -> Error:
    """As `honest`, but the phone does not say."""
    east, north, _ = honest(rnd)
    return east, north, None


def bad(rnd: random.Random) -> Error:
    """A 68 % radius of 50 m, and said so."""
    return rnd.gauss(0, 33), rnd.gauss(0, 33), 50.0


LAYOUTS: dict[str, Callable[[random.Random], list[Point]]] = {
    "scattered": scattered,
    "dense": dense,
    "lattice": lattice,
}
ERRORS = {"ring": ring, "honest": honest, "silent": silent, "per axis": per_axis}


def sightings(
    points: Sequence[Point], error: Callable[[random.Random], Error], rnd: random.Random, *, n: int = 200
) -> list[Labelled]:
    """`n` sightings of the spots, the same number of each, in random order."""
    spots = [i % len(points) for i in range(n)]
    rnd.shuffle(spots)
    labelled = []
    for spot in spots:
        east, north, accuracy = error(rnd)
        labelled.append(Labelled(spot, sighting(points[spot][0] + east, points[spot][1] + north, accuracy)))
    return labelled


def sample(layout: str, error: str, seed: int) -> list[Labelled]:
    rnd = random.Random(f"{layout} {error} {seed}")
    return sightings(LAYOUTS[layout](rnd), ERRORS[error], rnd)


# --- How good a grouping is --------------------------------------------------------------------------------------


class Score(NamedTuple):
    f1: float
    precision: float
    recall: float


def score(labelled: Sequence[Labelled], groups: Sequence[Sequence[int]]) -> Score:
    """Over all pairs of sightings: together when they should be, and only then."""

    def pairs(counts: Counter[object]) -> int:
        return sum(n * (n - 1) // 2 for n in counts.values())

    group_of = {place: number for number, group in enumerate(groups) for place in group}
    should = pairs(Counter(one.spot for one in labelled))
    are = pairs(Counter(group_of.values()))
    both = pairs(Counter((one.spot, group_of[place]) for place, one in enumerate(labelled)))
    return Score(2 * both / (should + are), both / are if are else 1.0, both / should)


def graded(labelled: Sequence[Labelled]) -> Score:
    return score(labelled, group_all([one.sighting for one in labelled]))


# Orders of arrival that are as unlike chance as orders get.
ORDERS: dict[str, Callable[[Labelled], object]] = {
    "spot by spot": lambda one: one.spot,
    "west to east": lambda one: one.sighting.lon,
    "best positions first": lambda one: one.sighting.accuracy_m,
    "worst positions first": lambda one: -(one.sighting.accuracy_m or 0),
    "outside in": lambda one: -hypot((one.sighting.lat or 0) - KUMLA[0], (one.sighting.lon or 0) - KUMLA[1]),
}


def hard_cases(seeds: int = 20) -> dict[str, tuple[str, list[float]]]:
    """What no rule by distance alone can get right, in figures: F1 and the number of groups made."""
    cases: dict[str, tuple[list[Point], Callable[[random.Random], Error], int]] = {
        "two lamps 20 m apart": ([(0, 0), (20, 0)], honest, 10),
        "two lamps 40 m apart": ([(0, 0), (40, 0)], honest, 10),
        "two lamps 50 m apart": ([(0, 0), (50, 0)], honest, 10),
        "bad GPS, 50 m": ([(0, 0), (150, 0), (0, 150), (150, 150)], bad, 20),
    }
    found = {}
    for name, (points, error, n) in cases.items():
        runs = [sightings(points, error, random.Random(f"{name} {seed}"), n=n) for seed in range(seeds)]
        groups = [len(group_all([one.sighting for one in run])) for run in runs]
        found[name] = (f"{len(points)} spots → {min(groups)}–{max(groups)} groups", [graded(run).f1 for run in runs])
    stretches = [stretch(random.Random(seed)) for seed in range(seeds)]
    groups = [len(group_all(run)) for run in stretches]
    found["dark stretch, 300 m, 40 sightings"] = (f"{min(groups)}–{max(groups)} groups", [])
    return found


def stretch(rnd: random.Random, *, metres: float = 300.0, n: int = 40) -> list[Sighting]:
    """A whole street without light, seen from anywhere along it."""
    made = []
    for _ in range(n):
        east, north, accuracy = honest(rnd)
        made.append(sighting(rnd.uniform(0, metres) + east, north, accuracy))
    return made


def main() -> None:
    for layout in LAYOUTS:
        cells = []
        for error in ERRORS:
            f1 = [graded(sample(layout, error, seed)).f1 for seed in range(20)]
            cells.append(f"{error} {sum(f1) / len(f1):.3f} / {min(f1):.3f}")
        print(f"{layout:10}", " · ".join(cells))
    for name, (groups, f1) in hard_cases().items():
        print(name, "·", groups, f"· F1 {sum(f1) / len(f1):.2f}, {min(f1):.2f}" if f1 else "")


if __name__ == "__main__":
    main()
