"""Observations of the same thing become one action: unsure positions, hard layouts, any order, and speed."""

import csv
import random
import time
from pathlib import Path

import pytest

from tests.actions import spots
from tests.actions.spots import Labelled, sighting
from walkapp.actions import grouping
from walkapp.actions.grouping import WIDEST_M, Group, Sighting, SpatialGrid, diameter, group_all, propose, twin
from walkapp.core.geo import distance_m


def group(*seen: Sighting, settled: bool = False) -> Group:
    return Group.of("it", seen, settled=settled)


# --- What does not belong together -------------------------------------------------------------------------------


def test_nothing_is_near() -> None:
    match = propose(sighting(0, 0), [])
    assert match.group is None
    assert match.distance_m is None
    assert match.reason == "Ingen öppen åtgärd om samma ämne i närheten."


def test_sixty_metres_away_is_another_place_and_the_reason_says_how_far() -> None:
    match = propose(sighting(60, 0), [group(sighting(0, 0))])
    assert match.group is None
    assert match.reason == "Närmaste åtgärd om samma ämne är 60 m bort: räknas som en annan plats."


def test_a_position_that_could_be_anywhere_joins_nothing() -> None:
    assert propose(sighting(0, 0, 500), [group(sighting(0, 0))]).group is None


def test_without_a_position_and_without_words_nothing_is_guessed() -> None:
    match = propose(Sighting(), [group(Sighting()), group(sighting(0, 0))])
    assert match.group is None
    assert match.reason == "Platsen är inte angiven, så iakttagelsen får en egen åtgärd."


def test_other_words_are_another_place() -> None:
    assert propose(Sighting(key="gata:skolgatan"), [group(Sighting(key="gata:storgatan"))]).group is None


def test_words_and_positions_are_not_compared() -> None:
    assert propose(Sighting(key="gata:skolgatan"), [group(sighting(0, 0))]).group is None
    assert propose(sighting(0, 0), [group(Sighting(key="gata:skolgatan"))]).group is None


def test_what_a_person_has_settled_is_never_merged() -> None:
    loose, settled = group(sighting(0, 0)), group(sighting(5, 0), settled=True)
    assert twin(loose, [settled]).group is None
    assert twin(settled, [loose]).group is None


def test_a_group_is_not_its_own_twin() -> None:
    one = group(sighting(0, 0))
    assert twin(one, [one]).group is None


# --- What does ---------------------------------------------------------------------------------------------------


def test_the_same_lamp_seen_by_two() -> None:
    lamp = group(sighting(0, 0, 8))
    match = propose(sighting(12, 5, 9), [lamp])
    assert match.group is lamp
    assert match.distance_m == pytest.approx(13, abs=0.1)
    assert match.reason == "13 m från det andra som hör hit, vid en osäkerhet på 9 m."


def test_of_two_groups_in_reach_the_likelier_one_is_joined() -> None:
    near, far = group(sighting(10, 0)), group(sighting(-25, 0))
    assert propose(sighting(0, 0), [far, near]).group is near


def test_a_bad_position_reaches_farther_than_a_good_one() -> None:
    lamp = group(sighting(0, 0, 10))
    assert propose(sighting(45, 0, 5), [lamp]).group is None
    assert propose(sighting(45, 0, 50), [lamp]).group is lamp


def test_a_settled_group_still_takes_in() -> None:
    lamp = group(sighting(0, 0), settled=True)
    assert propose(sighting(5, 5), [lamp]).group is lamp


def test_the_same_stop_or_street_in_words() -> None:
    there = group(Sighting(key="gata:skolgatan"))
    match = propose(Sighting(key="gata:skolgatan"), [there])
    assert match.group is there
    assert match.distance_m is None
    assert match.reason == "Samma ämne på samma angivna plats."


def test_a_sighting_in_between_shows_that_two_groups_are_one() -> None:
    west, east = Group.of("west", [sighting(0, 0)]), Group.of("east", [sighting(40, 0)])
    assert twin(west, [east]).group is None
    west.add(sighting(18, 0))
    assert twin(west, [west, east]).group is east


def test_the_middle_is_weighted_by_how_sure_each_position_is() -> None:
    where = group(sighting(0, 0, 5), sighting(20, 0, 20))
    assert where.lat is not None
    assert where.lon is not None
    sure = sighting(0, 0)
    assert sure.lat is not None
    assert sure.lon is not None
    assert distance_m(where.lat, where.lon, sure.lat, sure.lon) == pytest.approx(20 / 17, abs=0.05)


def test_taking_another_group_is_the_same_as_having_seen_it_all() -> None:
    seen = [sighting(0, 0, 5), sighting(20, 0, 20), sighting(7, 9, 12)]
    whole, half, rest = group(*seen), group(*seen[:2]), group(*seen[2:])
    half.take(rest)
    assert (half.lat, half.lon, half.weight) == pytest.approx((whole.lat, whole.lon, whole.weight))
    assert half.box == whole.box


# --- Whole walks -------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("layout", spots.LAYOUTS)
@pytest.mark.parametrize("error", spots.ERRORS)
def test_two_hundred_sightings_of_forty_spots_find_their_spots(layout: str, error: str) -> None:
    f1 = [spots.graded(spots.sample(layout, error, seed)).f1 for seed in range(5)]
    # Packed as tightly as allowed and with a 68 % radius of up to 23 m, no method gets there: see the module's figures.
    hardest = (layout, error) == ("lattice", "per axis")
    assert sum(f1) / len(f1) >= (0.90 if hardest else 0.95)
    assert min(f1) >= (0.86 if hardest else 0.90)


@pytest.mark.parametrize("order", spots.ORDERS)
def test_the_order_of_arrival_hardly_matters(order: str) -> None:
    walks = [spots.sample(layout, "honest", seed) for layout in spots.LAYOUTS for seed in range(3)]
    f1 = [spots.graded(sorted(walk, key=spots.ORDERS[order])).f1 for walk in walks]  # type: ignore[arg-type]
    assert min(f1) >= 0.90
    assert sum(f1) / len(f1) >= 0.95


def test_every_sighting_is_in_exactly_one_group() -> None:
    labelled = [*spots.sample("dense", "per axis", 1), Labelled(99, Sighting()), Labelled(98, Sighting(key="gata:x"))]
    groups = group_all([one.sighting for one in labelled])
    assert sorted(place for group in groups for place in group) == list(range(len(labelled)))


def test_a_dark_street_does_not_become_one_action() -> None:
    for seed in range(4):
        seen = spots.stretch(random.Random(seed), metres=400, n=120)
        for members in group_all(seen):
            sure = [seen[place] for place in members if seen[place].radius <= grouping.SURE_M]
            assert diameter(group(*sure)) <= WIDEST_M


def test_unsure_positions_do_not_stretch_a_group() -> None:
    lamp = group(sighting(0, 0, 8))
    lamp.add(sighting(50, 0, 45))
    assert diameter(lamp) == 0
    assert propose(sighting(-15, 0, 8), [lamp]).group is lamp


def test_what_people_made_wider_takes_in_what_lies_within_it_and_no_more() -> None:
    hedge = group(sighting(0, 0), sighting(100, 0), settled=True)
    assert propose(sighting(40, 0), [hedge]).group is hedge
    assert propose(sighting(50, 20), [hedge]).group is None


def test_more_sightings_of_the_same_spots_stay_on_them() -> None:
    rnd = random.Random(7)
    labelled = spots.sightings(spots.dense(rnd), spots.honest, rnd, n=2000)
    assert spots.graded(labelled).f1 >= 0.95


def test_the_hard_cases_are_as_the_module_says() -> None:
    found = spots.hard_cases(seeds=8)
    assert found["two lamps 20 m apart"][0] == "2 spots → 1–1 groups"
    assert sum(found["two lamps 50 m apart"][1]) / 8 >= 0.9


def test_the_score_itself() -> None:
    labelled = [Labelled(spot, sighting(0, 0)) for spot in (1, 1, 1, 2, 2)]
    assert spots.score(labelled, [[0, 1, 2], [3, 4]]).f1 == 1
    assert spots.score(labelled, [[0, 1, 2, 3, 4]]) == pytest.approx((8 / 14, 0.4, 1.0))
    assert spots.score(labelled, [[0], [1], [2], [3], [4]]).f1 == 0


# --- Many --------------------------------------------------------------------------------------------------------


def test_the_grid_finds_all_that_may_match() -> None:
    rnd = random.Random(3)
    groups = [Group.of(n, [sighting(rnd.uniform(-400, 400), rnd.uniform(-400, 400))]) for n in range(300)]
    grid = SpatialGrid()
    for one in groups:
        grid.put(one)
    for one in groups:
        assert one.lat is not None
        assert one.lon is not None
        around = set(grid.around(Sighting(one.lat, one.lon)))
        for other in groups:
            if distance_m(one.lat, one.lon, other.lat, other.lon) <= grouping.FARTHEST_M:  # type: ignore[arg-type]
                assert other in around


def test_a_hundred_thousand_from_nothing_and_one_more() -> None:
    rnd = random.Random(5)
    seen = [sighting(rnd.uniform(0, 5000), rnd.uniform(0, 5000), rnd.uniform(4, 40)) for _ in range(10_000)]
    start = time.process_time()
    groups = group_all(seen)
    assert time.process_time() - start < 20 / 10 * 1.5  # a tenth of them, on a machine that does other things too
    grid = SpatialGrid()
    for number, members in enumerate(groups):
        grid.put(Group.of(number, [seen[place] for place in members]))
    new = sighting(2500, 2500)
    start = time.process_time()
    propose(new, grid.around(new))
    assert time.process_time() - start < 0.005


def test_real_reports_fall_into_groups_of_a_human_size(shared_data: Path) -> None:
    with (shared_data / "real_reports.csv").open(encoding="utf-8") as file:
        rows = list(csv.DictReader(file))
    for theme in {row["theme"] for row in rows}:
        seen = [Sighting(float(row["lat"]), float(row["lon"]), 10.0) for row in rows if row["theme"] == theme]
        groups = group_all(seen)
        assert sum(map(len, groups)) == len(seen)
        assert max(diameter(group(*(seen[place] for place in members))) for members in groups) <= WIDEST_M
        assert len(groups) > len(seen) / 3
