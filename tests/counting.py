"""How many statements the database was asked to run."""

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime
from typing import Any

import sqlalchemy as sa
from sqlalchemy.orm import Session

from walkapp.core.clock import now


class Statements(list[str]):
    at: datetime


@contextmanager
def statements(db: Session) -> Iterator[Statements]:
    """What runs on the test's connection meanwhile, savepoints left out."""
    seen = Statements()
    seen.at = now()

    def note(_connection: Any, _cursor: Any, statement: str, *_rest: Any) -> None:
        if not statement.startswith(("SAVEPOINT", "RELEASE", "ROLLBACK")):
            seen.append(statement)

    db.flush()
    connection = db.connection()
    sa.event.listen(connection, "before_cursor_execute", note)
    try:
        yield seen
    finally:
        sa.event.remove(connection, "before_cursor_execute", note)
