"""What the service says about itself: accessibility, privacy, sources. Pages without data of their own."""

from flask import Blueprint

from .access import public
from .answers import page
from .transaction import settings

bp = Blueprint("about", __name__)


@bp.get("/tillganglighet")
@public
def accessibility() -> str:
    return page("web/accessibility.html")


@bp.get("/integritet")
@public
def privacy() -> str:
    knobs = settings()
    return page("web/privacy.html", token_days=knobs.walk_token_days, session_hours=knobs.session_hours)


@bp.get("/kallor")
@public
def sources() -> str:
    return page("web/sources.html")
