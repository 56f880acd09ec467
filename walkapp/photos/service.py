"""Verbs about photos: keep one, forget those that nothing shows, clear away files without a photo."""

import hashlib
from collections.abc import Iterable
from datetime import timedelta
from itertools import islice
from typing import Any
from uuid import UUID

import sqlalchemy as sa
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Session

from walkapp.core.actor import Actor
from walkapp.core.clock import now
from walkapp.core.errors import Conflict

from . import imaging
from .models import Photo, Purpose
from .storage import Storage, address

MAX_BYTES = 25_000_000
# A phone may keep an observation for two weeks after its photos went ahead; nothing waits longer than a month.
UNUSED_LIFE = timedelta(days=30)
# A file is put before its row is committed; nobody's transaction is a day long.
FILE_GRACE = timedelta(days=1)


def keep_photo(
    db: Session, storage: Storage, actor: Actor, id: UUID, data: bytes, *,
    purpose: Purpose = Purpose.SEEN, max_bytes: int = MAX_BYTES, pixels: int = imaging.PIXELS,
) -> tuple[Photo, bool]:  # fmt: skip
    """Take in a picture under the id that its sender chose. Returns the photo, and whether it is new.

    The slow half (decode, write, fsync) comes before the database is touched: on SQLite a writer keeps all others
    waiting. Raises TooLarge, Unsupported, Invalid, Unavailable, and Conflict when the id holds another picture.
    """
    imaging.refuse_larger_than(max_bytes, len(data))
    ready = imaging.prepare(data, pixels=pixels)
    photo = Photo(
        id=id,
        upload_sha256=hashlib.sha256(data).hexdigest(),
        full_key=address(ready.full),
        thumb_key=address(ready.thumb),
        width=ready.width,
        height=ready.height,
        size_bytes=len(ready.full),
        purpose=purpose,
        uploaded_at=now(),
        sign_in_id=actor.sign_in_id,
        walk_id=actor.walk_id,
    )
    storage.put(photo.full_key, ready.full)
    storage.put(photo.thumb_key, ready.thumb)
    held = db.get(Photo, id) or _add(db, photo)
    if held is photo:
        return photo, True
    if held.upload_sha256 != photo.upload_sha256:
        raise Conflict("Det finns redan en annan bild med det här numret.")
    # A phone whose token ran out joins again and sends what it still has: whoever has bytes and id holds the photo.
    held.sign_in_id = actor.sign_in_id
    return held, False


def _add(db: Session, photo: Photo) -> Photo:
    """Write the row; when the same id came in at the same moment, the row that was first."""
    try:
        with db.begin_nested():
            db.add(photo)
    except IntegrityError:
        first = db.get(Photo, photo.id, populate_existing=True)
        if first is None:  # it was something else than the id
            raise
        return first
    return photo


def forget_unused(db: Session, used: Iterable[sa.Select[Any]]) -> int:
    """Delete photos that nothing has shown for UNUSED_LIFE; how many. Their files go with `clear_files`.

    `used` are queries for the ids that are in use: those who link to photos stand above this feature.
    """
    ids = [query.subquery().c[0] for query in used]
    # One NULL among the ids would make NOT IN true for nothing, and nothing would ever be forgotten.
    in_no_use = [Photo.id.not_in(sa.select(id).where(id.is_not(None))) for id in ids]
    unused = sa.and_(Photo.uploaded_at < now() - UNUSED_LIFE, *in_no_use)
    gone = db.scalars(sa.delete(Photo).where(unused).returning(Photo.id))
    return len(gone.all())


def clear_files(db: Session, storage: Storage, *, at_once: int = 500) -> int:
    """Remove files that no photo needs: of deleted photos, and of uploads whose row was never committed. How many.

    Run it in a transaction of its own: after a rollback of the same transaction the rows would be back, the files not.
    """
    cleared = 0
    keys = storage.keys(before=now() - FILE_GRACE)
    while batch := set(islice(keys, at_once)):
        needed = set(db.scalars(sa.select(Photo.full_key).where(Photo.full_key.in_(batch))))
        needed |= set(db.scalars(sa.select(Photo.thumb_key).where(Photo.thumb_key.in_(batch))))
        for key in batch - needed:
            storage.delete(key)
            cleared += 1
    return cleared
