"""Photos for people."""

from uuid import UUID

from flask import Blueprint, Response

from walkapp.core.errors import NotFound
from walkapp.web import current_actor, public, session

from . import queries, render

bp = Blueprint("photos", __name__)


@bp.get("/foton/<uuid:id>/<size>.jpg")
@public  # the policy decides: users, and the phone that took it; for all others there is no such photo
def show(id: UUID, size: str) -> Response:
    if size not in list(render.Size):
        raise NotFound("Bilden finns inte i den storleken.")
    photo = queries.get(session(), current_actor(), id)
    return render.picture(photo, render.Size(size))
