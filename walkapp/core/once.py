"""What is read once a transaction and then kept with the session: facts that every observation asks for."""

from collections.abc import Callable
from typing import Any, TypeVar

from sqlalchemy import event
from sqlalchemy.orm import Session, object_session

T = TypeVar("T")
_KEPT = "walkapp.once"


def once(db: Session, key: str, read: Callable[[], T]) -> T:
    """What `read` gives, kept until the transaction ends: the next one sees what others have committed."""
    held = db.info.get(_KEPT, {}).get(key)
    if held is not None and held[0] is db.get_transaction():
        value: T = held[1]
        return value
    value = read()
    db.info.setdefault(_KEPT, {})[key] = (db.get_transaction(), value)
    return value


def forget_when_changed(key: str, *models: type[Any]) -> None:
    """A row of these models that is written in the same transaction makes what was kept old."""

    def forget(_mapper: object, _connection: object, row: object) -> None:
        session = object_session(row)
        if session is not None:
            session.info.get(_KEPT, {}).pop(key, None)

    for model in models:
        for change in ("after_insert", "after_update", "after_delete"):
            event.listen(model, change, forget)


@event.listens_for(Session, "after_soft_rollback")
def _forget_all(session: Session, _previous: object) -> None:
    # Also at the end of a savepoint alone: what was read inside it may never have been.
    session.info.pop(_KEPT, None)
