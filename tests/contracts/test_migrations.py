"""Every migration goes both ways on both databases, and together they make what the models say."""

from collections.abc import Iterator

import pytest
import sqlalchemy as sa
from alembic.autogenerate import compare_metadata
from alembic.runtime.migration import MigrationContext
from alembic.script import ScriptDirectory

from tests.conftest import new_postgres_database
from walkapp.core import migrate
from walkapp.core.db import Base, make_engine


@pytest.fixture(params=["sqlite", "postgresql"])
def empty(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Iterator[sa.Engine]:
    sqlite = request.param == "sqlite"
    engine = make_engine(f"sqlite:///{tmp_path_factory.mktemp('m') / 'm.db'}" if sqlite else new_postgres_database())
    yield engine
    engine.dispose()


def revisions() -> list[str]:
    return [script.revision for script in ScriptDirectory.from_config(migrate.config()).walk_revisions()][::-1]


def tables(engine: sa.Engine) -> set[str]:
    return set(sa.inspect(engine).get_table_names()) - {"alembic_version"}


def test_every_step_goes_up_and_down_and_up_again(empty: sa.Engine) -> None:
    for before, step in zip(["base", *revisions()], revisions(), strict=False):
        migrate.upgrade(empty, step)
        stood = tables(empty)
        migrate.downgrade(empty, before)
        migrate.upgrade(empty, step)
        assert tables(empty) == stood
    migrate.downgrade(empty, "base")
    assert tables(empty) == set()


def test_the_steps_make_what_the_models_say(empty: sa.Engine) -> None:
    migrate.upgrade(empty)
    assert migrate.is_current(empty)
    with empty.connect() as connection:
        context = MigrationContext.configure(connection, opts={"compare_type": True})
        assert compare_metadata(context, Base.metadata) == []
