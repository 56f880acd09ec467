"""Runs the migrations on a connection that `walkapp.core.migrate` hands over, or on the settings' database."""

import sqlalchemy as sa
from alembic import context

from walkapp.config import Settings
from walkapp.core.db import Base, UtcDateTime, make_engine


def plain(kind, item, _context):
    """A step names what the database keeps, not our types: it must still run when those have changed."""
    if kind == "type" and isinstance(item, UtcDateTime):
        return "sa.DateTime(timezone=True)"
    if kind == "type" and isinstance(item, sa.Enum):
        return f"sa.String({item.length})"
    return False


def run(connection):
    context.configure(
        connection=connection,
        target_metadata=Base.metadata,
        render_as_batch=True,
        render_item=plain,
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
