"""The schema's way to today: alembic over the steps in `migrations/versions`."""

from pathlib import Path

import sqlalchemy as sa
from alembic import command
from alembic.config import Config
from alembic.runtime.migration import MigrationContext
from alembic.script import ScriptDirectory

ROOT = Path(__file__).resolve().parents[2]


def config(connection: sa.Connection | None = None) -> Config:
    alembic = Config(toml_file=str(ROOT / "pyproject.toml"))
    alembic.attributes["connection"] = connection
    return alembic


def upgrade(engine: sa.Engine, to: str = "head") -> None:
    """Take the schema to `to`, in one transaction: a kill in the middle leaves what stood before."""
    with engine.begin() as connection:
        command.upgrade(config(connection), to)


def downgrade(engine: sa.Engine, to: str) -> None:
    with engine.begin() as connection:
        command.downgrade(config(connection), to)


def is_current(engine: sa.Engine) -> bool:
    with engine.connect() as connection:
        return MigrationContext.configure(connection).get_current_revision() == head()


def head() -> str | None:
    return ScriptDirectory.from_config(config()).get_current_head()
