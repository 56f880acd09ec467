"""One database session a request, and one rule for its end: a write that ends below 400 commits, everything else rolls
back, and GET never commits. Features never commit."""

from typing import cast

import sqlalchemy.exc
from flask import Flask, Response, current_app, g, request
from sqlalchemy.orm import Session

from walkapp.config import Settings
from walkapp.core.db import Sessions
from walkapp.core.errors import Unavailable

SAFE = {"GET", "HEAD", "OPTIONS"}


def settings() -> Settings:
    return cast(Settings, current_app.extensions["walkapp.settings"])


def session() -> Session:
    """The session of this request. Reads do not queue behind writers (see `core.db.make_engine`)."""
    if "db" not in g:
        sessions = cast(Sessions, current_app.extensions["walkapp.sessions"])
        g.db = sessions()
        if request.method in SAFE:
            g.db.connection(execution_options={"reads_only": True})
    return cast(Session, g.db)


def keep_despite_error() -> None:
    """The one exception to the rule: what this request wrote is kept although its answer is an error.

    For counting failed sign-ins, which must be remembered just because they failed.
    """
    g.keep = True


def init(app: Flask) -> None:
    @app.after_request
    def end(response: Response) -> Response:
        db: Session | None = g.get("db")
        if db is None or request.method in SAFE:
            return response
        if response.status_code < 400 or g.get("keep"):
            try:
                db.commit()
            except sqlalchemy.exc.OperationalError:
                db.rollback()
                app.logger.exception("the database did not take the commit")
                answer = app.handle_user_exception(
                    Unavailable(
                        "Databasen tog inte emot det du sparade. Försök igen om en stund; inget är sparat till hälften."
                    )
                )
                return app.make_response(answer)
        return response

    @app.teardown_request
    def close(_error: BaseException | None) -> None:
        db: Session | None = g.pop("db", None)
        if db is not None:
            db.close()
