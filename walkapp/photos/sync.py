"""Photos from the phone."""

from uuid import UUID

from flask import Blueprint, Response, request

from walkapp.web import created, current_actor, session, settings, walker

from . import imaging, service
from .render import storage

bp = Blueprint("photos_sync", __name__, url_prefix="/api/v1/photos")


@bp.put("/<uuid:id>")
@walker
def put(id: UUID) -> tuple[Response, int]:
    knobs = settings()
    data = _body(knobs.photo_max_bytes)
    # The token is read and nothing is written: let others write while this picture is decoded.
    session().rollback()
    photo, new = service.keep_photo(
        session(), storage(), current_actor(), id, data,
        max_bytes=knobs.photo_max_bytes, pixels=knobs.photo_max_pixels,
    )  # fmt: skip
    return created(new, id=str(photo.id), sha256=photo.upload_sha256, width=photo.width, height=photo.height)


def _body(limit: int) -> bytes:
    """The bytes sent, refused by the length they announce before any is read, and by their number while they are."""
    imaging.refuse_larger_than(limit, request.content_length or 0)
    # A body without a length is silently cut where the limit is; one byte more shows that it went on.
    request.max_content_length = limit + 1
    data = request.get_data(cache=False)
    imaging.refuse_larger_than(limit, len(data))
    return data
