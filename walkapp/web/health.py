"""Two addresses for those who watch: is the process alive, and can it do its work."""

import os
import shutil

import sqlalchemy as sa
from flask import Blueprint, Response, jsonify

from .access import public
from .transaction import session, settings

bp = Blueprint("health", __name__)
LEAST_FREE_BYTES = 200_000_000


@bp.get("/healthz")
@public
def alive() -> Response:
    """Touches nothing: a slow database must not make the process look dead."""
    return jsonify(ok=True)


@bp.get("/readyz")
@public
def ready() -> tuple[Response, int]:
    checks = {"database": _database(), "disk": _disk()}
    return jsonify(ok=all(checks.values()), **checks), 200 if all(checks.values()) else 503


def _database() -> bool:
    try:
        return bool(session().scalar(sa.text("SELECT count(*) FROM alembic_version")))
    except sa.exc.SQLAlchemyError:
        return False


def _disk() -> bool:
    folder = settings().data
    return folder.is_dir() and os.access(folder, os.W_OK) and shutil.disk_usage(folder).free > LEAST_FREE_BYTES
