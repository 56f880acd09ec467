"""Filing an observation gives each of its themes an action: one that is near and open, or a new one."""

import uuid
from datetime import timedelta

import pytest
import sqlalchemy as sa
from sqlalchemy.orm import Session

from tests.actions import spots
from tests.actions.acts import DAY, action_of, events, make_action, see, seen_in, take_to
from tests.make import district, join, make_observation, make_walk
from walkapp.accounts.models import Unit
from walkapp.actions import service
from walkapp.actions.models import Action, ActionObservation, Verb
from walkapp.actions.rules import Kind, State
from walkapp.core.clock import now, pretend
from walkapp.promises.queries import promise_for
from walkapp.promises.rules import Theme


def count(db: Session) -> int:
    return db.scalar(sa.select(sa.func.count()).select_from(Action).where(Action.merged_into_id.is_(None))) or 0


def test_a_good_place_becomes_no_action(db: Session) -> None:
    see(db, "trygg_plats")
    assert count(db) == 0


def test_a_camera_need_becomes_an_assessment_and_never_a_task(db: Session) -> None:
    action = make_action(db, "kamera", place="Torget")
    assert action.kind is Kind.ASSESSMENT
    assert action.title == "Prövning: kamerabehov på torget"


def test_another_theme_on_the_same_spot_is_another_action(db: Session) -> None:
    assert make_action(db, "belysning") is not make_action(db, "klotter")


def test_far_away_is_another_action(db: Session) -> None:
    assert make_action(db, "belysning") is not make_action(db, "belysning", east=80)


def test_without_a_place_each_observation_stands_alone(db: Session) -> None:
    first = make_action_without_place(db)
    second = make_action_without_place(db)
    assert first is not second
    assert first.lat is None
    assert first.links[0].reason == "Platsen är inte angiven, så iakttagelsen får en egen åtgärd."


def make_action_without_place(db: Session, **said: object) -> Action:
    return action_of(db, make_observation(db, "belysning", lat=None, lon=None, accuracy_m=None, **said))


def test_filing_twice_changes_nothing(db: Session) -> None:
    seen = see(db, "belysning")
    before = count(db)
    again = service.propose(db, seen)
    assert [action.id for action in again] == [action_of(db, seen).id]
    assert count(db) == before
    assert len(events(db, again[0])) == 1


def test_a_new_action_knows_its_place_owner_promise_and_district(db: Session) -> None:
    seen = see(db, "belysning", place="Gångtunneln", text="Två lampor är trasiga")
    action = action_of(db, seen)
    assert (action.kind, action.theme, action.state) == (Kind.TASK, Theme.LIGHTING, State.PROPOSED)
    assert action.title == "Se över belysningen vid gångtunneln"
    assert action.place == "Gångtunneln"
    assert action.unit_id == db.scalar(sa.select(Unit.id).where(Unit.slug == "gata-belysning"))
    assert action.district_id == seen.district_id is not None
    assert action.promise_id == seen.themes[0].promise_id
    assert (action.lat, action.lon) == (seen.lat, seen.lon)
    assert action.due is None
    assert not action.confirmed
    assert action.code == f"Å-{action.number}"


def test_the_promise_is_the_one_that_held_that_day(db: Session) -> None:
    day = now().replace(year=2018, month=5)
    with pretend(day + timedelta(hours=1)):
        action = action_of(db, see(db, "belysning", at=day))
    promise = promise_for(db, Theme.LIGHTING, day.date())
    assert promise is not None
    assert action.promise_id == promise.id


def test_numbers_run_on(db: Session) -> None:
    first, second = make_action(db, "belysning"), make_action(db, "klotter")
    assert second.number == first.number + 1


def test_the_same_lamp_seen_by_two_is_one_action_with_distance_and_reason(db: Session) -> None:
    first, second = see(db, "belysning"), see(db, "belysning", east=12)
    action = action_of(db, first)
    assert action_of(db, second) is action
    link = db.scalars(sa.select(ActionObservation).where(ActionObservation.observation_id == second.id)).one()
    assert link.distance_m == pytest.approx(12, abs=0.2)
    assert link.reason == "12 m från det andra som hör hit, vid en osäkerhet på 8 m."
    assert action.lon == pytest.approx((first.lon + second.lon) / 2)  # type: ignore[operator]
    assert [event.verb for event in events(db, action)] == [Verb.PROPOSED, Verb.JOINED]


def test_an_action_that_staff_work_on_still_takes_in_what_walkers_see(db: Session) -> None:
    action = make_action(db, "belysning", state=State.PLANNED)
    version = action.version
    assert action_of(db, see(db, "belysning", north=10)) is action
    assert action.state is State.PLANNED
    assert action.version == version


def test_a_sighting_in_between_makes_two_proposals_one(db: Session) -> None:
    west, east = see(db, "belysning"), see(db, "belysning", east=40)
    first, second = action_of(db, west), action_of(db, east)
    assert first is not second
    between = see(db, "belysning", east=18)
    assert action_of(db, between) is first
    assert action_of(db, east) is first
    assert second.merged_into_id == first.id
    assert seen_in(db, first) == {west.id, east.id, between.id}
    assert events(db, first)[-1].verb is Verb.MERGED


def test_what_a_person_has_confirmed_is_never_merged_by_a_sighting(db: Session) -> None:
    make_action(db, "belysning", state=State.RECEIVED)
    east = make_action(db, "belysning", east=40)
    see(db, "belysning", east=18)
    assert east.merged_into_id is None


def test_two_themes_give_two_actions_and_the_bush_comes_first(db: Session) -> None:
    seen = see(db, "belysning", "vaxtlighet")
    lamp, bush = action_of(db, seen, "belysning"), action_of(db, seen, "vaxtlighet")
    assert lamp.before_id == bush.id
    assert bush.before_id is None
    assert bush.number < lamp.number


def test_other_pairs_of_themes_do_not_wait_for_each_other(db: Session) -> None:
    seen = see(db, "belysning", "klotter")
    assert action_of(db, seen, "belysning").before_id is None
    assert action_of(db, seen, "klotter").before_id is None


def test_the_same_street_in_words_is_one_place_in_one_district(db: Session) -> None:
    here, there = (make_walk(db, district_id=district(db, slug).id) for slug in ("haga", "sorby"))
    first = make_action_without_place(db, place="Skolgatan", walk=here)
    assert make_action_without_place(db, place=" skolgatan ", walk=here) is first
    assert make_action_without_place(db, place="Storgatan", walk=here) is not first
    assert make_action_without_place(db, place="Skolgatan", walk=there) is not first
    assert first.title == "Se över belysningen på Skolgatan"


def test_a_stop_without_a_position_is_a_place_too(db: Session) -> None:
    walk = make_walk(db, stops=[{"name": "Lekplatsen"}, {"name": "Tunneln"}])
    first = make_action_without_place(db, stop=2, walk=walk)
    assert make_action_without_place(db, stop=2, walk=walk) is first
    assert make_action_without_place(db, stop=1, walk=walk) is not first
    assert first.place == "Tunneln"


def test_a_place_is_named_by_the_words_or_by_the_nearest_stop(db: Session) -> None:
    assert make_action(db, "belysning", text="Mörkt vid Skolgatan 12").place == "Skolgatan 12"
    walk = make_walk(db, stops=[{"name": "Lekplatsen", "lat": 59.1277, "lon": 15.1434}])
    assert make_action(db, "klotter", walk=walk, north=20).place == "nära Lekplatsen"
    assert make_action(db, "skotsel", walk=walk, north=200).place == ""


def test_a_later_sighting_names_a_place_that_had_no_name(db: Session) -> None:
    action = make_action(db, "belysning")
    assert action.title == "Se över belysningen"
    see(db, "belysning", place="Gångtunneln")
    assert (action.title, action.place) == ("Se över belysningen vid gångtunneln", "Gångtunneln")


# --- Where an action is closed already --------------------------------------------------------------------------------


def test_seen_before_it_was_done_and_sent_after_it_belongs_to_what_was_done(db: Session) -> None:
    phone = join(db)[0]
    action = make_action(db, "belysning", phone=phone)
    take_to(db, action, State.DONE)
    late = see(db, "belysning", phone=phone, at=now() - timedelta(hours=3))
    assert action_of(db, late) is action
    assert action.state is State.DONE


def test_seen_soon_after_it_was_done_it_did_not_hold(db: Session) -> None:
    action = make_action(db, "belysning")
    take_to(db, action, State.DONE)
    with pretend(now() + 10 * DAY):
        again = see(db, "belysning", east=5)
        assert action_of(db, again) is action
    assert action.state is State.REOPENED
    assert action.closed_at is None
    assert action.due is not None
    last = events(db, action)[-1]
    assert (last.verb, last.was, last.became, last.actor_id) == (Verb.STATE, State.DONE, State.REOPENED, None)


@pytest.mark.parametrize(
    ("state", "days", "word"),
    [(State.DONE, 100, "klar"), (State.VERIFIED, 10, "verifierad"), (State.DECLINED, 10, "avslås")],
)
def test_otherwise_it_is_a_new_action_that_knows_the_earlier_one(
    db: Session, state: State, days: int, word: str
) -> None:
    earlier = make_action(db, "belysning", state=state)
    with pretend(now() + days * DAY):
        action = action_of(db, see(db, "belysning"))
    assert action is not earlier
    assert earlier.state is state
    assert action.returned_from_id == earlier.id
    assert action.links[0].reason == f"Kommit tillbaka: {earlier.code} på samma plats är {word}."


def test_an_open_action_near_by_is_joined_before_a_closed_one(db: Session) -> None:
    make_action(db, "belysning", state=State.DECLINED)
    with pretend(now() + DAY):
        action = action_of(db, see(db, "belysning"))
        assert action_of(db, see(db, "belysning")) is action


# --- A whole walk -----------------------------------------------------------------------------------------------------


def test_two_hundred_observations_of_forty_spots(db: Session) -> None:
    phone = join(db)[0]
    labelled = spots.sample("scattered", "ring", 1)
    ids = [uuid.uuid4() for _ in labelled]
    for id, (_, seen) in zip(ids, labelled, strict=True):
        make_observation(db, "belysning", id=id, phone=phone, lat=seen.lat, lon=seen.lon, accuracy_m=seen.accuracy_m)
    where = dict(db.execute(sa.select(ActionObservation.observation_id, ActionObservation.action_id)).all())
    groups: dict[uuid.UUID, list[int]] = {}
    for place, id in enumerate(ids):
        groups.setdefault(where[id], []).append(place)
    assert spots.score(labelled, list(groups.values())).f1 >= 0.95
    assert len(where) == 200
