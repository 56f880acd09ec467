"""The pledges, for everybody."""

from flask import Blueprint

from walkapp.web import page, public, session

from . import queries

bp = Blueprint("promises", __name__)


@bp.get("/loften")
@public
def index() -> str:
    return page("promises/pledges.html", pledges=queries.pledges(session()))
