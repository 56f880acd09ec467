"""Runs the migrations on a connection that `walkapp.core.migrate` hands over, or on the settings' database."""

from alembic import context

import walkapp.app  # noqa: F401  so that every table is known
from walkapp.config import Settings
from walkapp.core.db import Base, make_engine


def run(connection):
    context.configure(
        connection=connection,
        target_metadata=Base.metadata,
        render_as_batch=connection.dialect.name == "sqlite",
        transactional_ddl=True,
        compare_type=True,
    )
    with context.begin_transaction():
        context.run_migrations()


given = context.config.attributes.get("connection")
if given is not None:
    run(given)
else:
    with make_engine(Settings.from_environment().database).begin() as connection:
        run(connection)
