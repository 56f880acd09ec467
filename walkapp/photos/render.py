"""A photo as an answer: bytes that a browser can only show, and keeps only for the one who asked."""

from enum import StrEnum
from typing import cast

from flask import Response, current_app, request

from walkapp.core.errors import NotFound

from .models import Photo
from .storage import Storage

# The address of a photo may later carry a version with a face covered, so it is never called immutable;
# the tag is the content's own address, and asking again costs no bytes.
CACHE = "private, max-age=3600"
POLICY = "sandbox; default-src 'none'"


class Size(StrEnum):
    FULL = "stor"
    THUMB = "liten"


def storage() -> Storage:
    """Where this application keeps its pictures."""
    return cast(Storage, current_app.extensions["walkapp.storage"])


def picture(photo: Photo, size: Size) -> Response:
    """Whoever calls this has asked `queries.get` whether the actor may see the photo."""
    key = photo.full_key if size is Size.FULL else photo.thumb_key
    try:
        with storage().open(key) as file:
            response = Response(file.read(), content_type="image/jpeg")
    except FileNotFoundError:
        current_app.logger.error("photo %s: its file %s is missing", photo.id, key)
        raise NotFound("Bilden finns inte längre.") from None
    response.set_etag(key)
    response.headers["Cache-Control"] = CACHE
    response.headers["X-Content-Type-Options"] = "nosniff"
    response.headers["Content-Security-Policy"] = POLICY
    response.headers["Cross-Origin-Resource-Policy"] = "same-origin"
    response.headers["Content-Disposition"] = f'inline; filename="foto-{photo.id.hex[:8]}-{size}.jpg"'
    response.make_conditional(request)
    return response
