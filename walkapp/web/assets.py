"""Static files under one address that changes with their content: `/static/v-1a2b3c/js/phone/main.js`.

The version stands in the *folder*, so that ES modules find each other by relative imports and still never mix releases.
"""

import hashlib
from functools import cache
from pathlib import Path

from flask import Blueprint, Flask, Response, abort, send_from_directory

from walkapp.config import ROOT

from .access import public

STATIC = ROOT / "static"
NOT_SERVED = {"node_modules", "package.json", "package-lock.json", ".npmrc", "tsconfig.json", "biome.json"}

bp = Blueprint("assets", __name__)


@cache
def version() -> str:
    digest = hashlib.sha256()
    served = [folder for folder in STATIC.iterdir() if folder.is_dir() and folder.name not in NOT_SERVED]
    for path in sorted(path for folder in served for path in folder.rglob("*") if path.is_file()):
        digest.update(str(path.relative_to(STATIC)).encode() + b"\0" + path.read_bytes())
    return digest.hexdigest()[:12]


def asset(path: str) -> str:
    return f"/static/v-{version()}/{path}"


@bp.get("/static/<path:path>")
@public
def static_file(path: str) -> Response:
    first, _, rest = path.partition("/")
    hashed = first.startswith("v-")
    inside = rest if hashed else path
    if not inside or Path(inside).parts[0] in NOT_SERVED or any(part.startswith(".") for part in Path(inside).parts):
        abort(404)
    response = send_from_directory(STATIC, inside)
    # An old page may ask for its own version after an update: it gets today's file, and nobody keeps it.
    fresh = hashed and first == f"v-{version()}"
    response.headers["Cache-Control"] = "public, max-age=31536000, immutable" if fresh else "no-cache"
    return response


@bp.get("/favicon.ico")
@public
def favicon() -> Response:
    """Browsers ask for it by this name beside what is no page: a picture, a file."""
    return send_from_directory(STATIC / "img", "favicon.svg")


def init(app: Flask) -> None:
    app.register_blueprint(bp)
    app.jinja_env.globals["asset"] = asset
