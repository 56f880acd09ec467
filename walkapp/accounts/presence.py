"""When somebody was last here, and that a session in use does not run out.

A page that is read must not wait for a writer nor write with its reads, so this is done when the request is over, in a
transaction of its own, and at most every few minutes for each sign-in.
"""

from flask import Blueprint, current_app, g
from sqlalchemy.exc import SQLAlchemyError
from sqlalchemy.orm import Session

from walkapp.web import settings

from . import service


def init(bp: Blueprint) -> None:
    @bp.teardown_app_request
    def note(_error: BaseException | None) -> None:
        db: Session | None = g.get("db")
        unseen = db.info.pop("long_unseen", None) if db is not None else None
        if db is None or unseen is None:
            return
        try:
            db.rollback()  # what the request wanted kept is committed by now
            service.note_presence(db, unseen, hours=settings().session_hours)
            db.commit()
        except SQLAlchemyError:  # the next request tries again
            db.rollback()
            current_app.logger.warning("could not note a presence", exc_info=True)
