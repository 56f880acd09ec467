"""After new districts: each action lies where most of its observations lie."""

from sqlalchemy.orm import Session

from tests.actions.acts import action_of, make_action, see
from tests.make import district
from walkapp.actions import service
from walkapp.core.actor import SYSTEM


def test_nothing_to_file(db: Session) -> None:
    assert service.refile(db) == 0


def test_an_action_follows_most_of_its_observations(db: Session) -> None:
    seen = [see(db, "belysning", east=east) for east in (0, 4, 8)]
    action, haga, sorby = action_of(db, seen[0]), district(db, "haga").id, district(db, "sorby").id
    for one, where in zip(seen, (haga, sorby, sorby), strict=True):
        one.district_id = where
    db.flush()
    assert service.refile(db) == 1
    assert action.district_id == sorby
    assert service.refile(db) == 0


def test_one_that_lies_nowhere_any_more_says_so(db: Session) -> None:
    seen = see(db, "belysning")
    seen.district_id = None
    db.flush()
    service.refile(db)
    assert action_of(db, seen).district_id is None


def test_what_was_merged_away_stays_as_it_was(db: Session) -> None:
    into, gone = make_action(db, "belysning"), make_action(db, "belysning", east=100)
    was = gone.district_id
    service.merge(db, SYSTEM, into, [gone])
    service.refile(db)
    assert gone.district_id == was
