"""Photos from the phone."""

from uuid import UUID

from flask import Blueprint, Response, request
from pydantic import BaseModel

from walkapp.web import created, current_actor, session, settings, walker
from walkapp.web.openapi import PHONE, described

from . import imaging, service
from .render import storage

bp = Blueprint("photos_sync", __name__, url_prefix="/api/v1/photos")


class Kept(BaseModel):
    """`sha256` is of the bytes as they were sent; the size is that of the large picture made of them."""

    id: UUID
    sha256: str
    width: int
    height: int


@bp.put("/<uuid:id>")
@walker
@described("keep_photo", by=PHONE, picture=True, answers={201: Kept, 200: Kept}, refuses=(401, 409, 413, 415, 422, 503))
def put(id: UUID) -> tuple[Response, int]:
    """Keep a photo under the id that the phone gave it: 201 for a new one, 200 for the same again, 409 for another."""
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
