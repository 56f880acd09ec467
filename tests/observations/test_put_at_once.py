"""The same observation many times at the same moment, on connections of their own."""

import uuid
from collections import Counter
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import sqlalchemy as sa

from tests import make
from walkapp.actions.models import Action
from walkapp.app import create_app
from walkapp.config import Settings
from walkapp.core import migrate
from walkapp.core.actor import SYSTEM
from walkapp.core.db import make_engine, make_sessions
from walkapp.observations.models import Observation
from walkapp.seed import lay_foundation


def test_a_phone_that_sends_it_eight_times_at_once_has_said_it_once(tmp_path: Path) -> None:
    settings = Settings(data=tmp_path, secret_key="only-for-tests", url="http://localhost")
    engine = make_engine(settings.database)
    migrate.upgrade(engine)
    sessions = make_sessions(engine)
    with sessions() as db:
        lay_foundation(db, SYSTEM)
        _, token = make.join(db)
        db.commit()
    app = create_app(settings, sessions)
    address = f"/api/v1/observations/{uuid.uuid4()}"
    body = {"themes": ["belysning"], "lat": make.KUMLA[0], "lon": make.KUMLA[1], "accuracy_m": 8, "text": "Kolsvart"}

    def send(_: int) -> tuple[int, str]:
        answer = app.test_client().put(address, json=body, headers={"Authorization": f"Bearer {token}"})
        return answer.status_code, answer.get_json()["receipt"]

    with ThreadPoolExecutor(8) as threads:
        answers = list(threads.map(send, range(8)))
    assert Counter(status for status, _ in answers) == {201: 1, 200: 7}
    assert len({receipt for _, receipt in answers}) == 1
    with sessions() as db:
        assert db.scalar(sa.select(sa.func.count()).select_from(Observation)) == 1
        assert db.scalar(sa.select(sa.func.count()).select_from(Action)) == 1
    engine.dispose()
