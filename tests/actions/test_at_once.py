"""Phones sync at the same moment: on both databases each observation gets a home, and no number is used twice."""

from collections import Counter
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from threading import Barrier

import pytest
import sqlalchemy as sa

from tests.actions.acts import GIVEN, make_action, see
from tests.conftest import new_postgres_database
from tests.make import join, make_walk
from walkapp.actions import service
from walkapp.actions.models import Action, ActionEvent, ActionObservation
from walkapp.actions.rules import State
from walkapp.core import migrate
from walkapp.core.actor import SYSTEM
from walkapp.core.db import Sessions, make_engine, make_sessions
from walkapp.core.errors import Conflict
from walkapp.seed import lay_foundation

PHONES = 6


@pytest.fixture(params=["sqlite", "postgresql"])
def sessions(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Sessions]:
    """A database of its own: what is filed at once is committed for real."""
    folder: Path = tmp_path_factory.mktemp("at_once")
    url = new_postgres_database() if request.param == "postgresql" else f"sqlite:///{folder / 'walkapp.db'}"
    engine = make_engine(url)
    migrate.upgrade(engine)
    with make_sessions(engine)() as db:
        lay_foundation(db, SYSTEM)
        db.commit()
    yield make_sessions(engine)
    engine.dispose()


def test_six_phones_at_one_lamp_and_six_at_six_others(sessions: Sessions) -> None:
    with sessions() as db:
        walk = make_walk(db)
        phones = [join(db, walk)[0] for _ in range(PHONES)]
        db.commit()
    together = Barrier(PHONES)

    def file(place: int) -> None:
        together.wait()
        for theme, east in (("belysning", 0), ("klotter", 200 * place)):
            with sessions() as db:
                see(db, theme, phone=phones[place], walk=walk, east=east)
                db.commit()

    with ThreadPoolExecutor(PHONES) as pool:
        list(pool.map(file, range(PHONES)))
    with sessions() as db:
        linked = Counter(db.scalars(sa.select(ActionObservation.action_id)))
        numbers = list(db.scalars(sa.select(Action.number).order_by(Action.number)))
    assert sorted(linked.values()) == [1] * PHONES + [PHONES]
    assert numbers == list(range(1, PHONES + 2))


def test_two_who_work_on_one_line_and_the_second_is_told(sessions: Sessions) -> None:
    with sessions() as db:
        action = make_action(db, "vaxtlighet", north=500, state=State.RECEIVED)
        id, version = action.id, action.version
        db.commit()
    together = Barrier(2)

    def move(to: State) -> State | None:
        with sessions() as db:
            together.wait()
            try:
                service.move(db, SYSTEM, db.get_one(Action, id), to, version=version, **GIVEN.get(to, {}))
                db.commit()
            except Conflict:
                return None
            return to

    with ThreadPoolExecutor(2) as pool:
        done = list(pool.map(move, (State.PLANNED, State.DECLINED)))
    assert done.count(None) == 1
    with sessions() as db:
        assert db.get_one(Action, id).state in done
        moved = sa.select(sa.func.count()).where(ActionEvent.action_id == id, ActionEvent.was == State.RECEIVED)
        assert db.scalar(moved) == 1
