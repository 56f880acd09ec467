"""Photos that nothing shows, and files that no photo needs."""

import os
import uuid
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
import sqlalchemy as sa
from sqlalchemy.orm import Session

from tests import make
from walkapp.core.actor import SYSTEM
from walkapp.core.clock import now
from walkapp.photos import service
from walkapp.photos.models import Photo
from walkapp.photos.storage import FolderStorage, address


@pytest.fixture
def storage(tmp_path: Path) -> FolderStorage:
    return FolderStorage(tmp_path / "photos")


def taken(db: Session, storage: FolderStorage, colour: str, *, days_ago: int = 0) -> Photo:
    photo, _ = service.keep_photo(db, storage, SYSTEM, uuid.uuid4(), make.picture(colour=colour))
    photo.uploaded_at -= timedelta(days=days_ago)
    db.flush()
    return photo


def grow_old(storage: FolderStorage, *keys: str) -> None:
    at = (now() - timedelta(days=2)).timestamp()
    for key in keys:
        os.utime(storage._path(key), (at, at))


def in_use(*photos: Photo) -> sa.Select[Any]:
    """As a column that may be empty says it: with a NULL for what has no photo."""
    return sa.select(sa.case((Photo.id.in_([photo.id for photo in photos]), Photo.id), else_=None))


def test_a_photo_that_something_shows_is_never_forgotten(db: Session, storage: FolderStorage) -> None:
    seen, done = taken(db, storage, "navy", days_ago=400), taken(db, storage, "gold", days_ago=400)
    assert service.forget_unused(db, [in_use(seen), in_use(done)]) == 0


def test_a_phone_has_a_month_to_send_the_words_to_its_photo(db: Session, storage: FolderStorage) -> None:
    taken(db, storage, "navy", days_ago=29)
    late = taken(db, storage, "gold", days_ago=31)
    assert service.forget_unused(db, [in_use()]) == 1
    assert db.scalar(sa.select(Photo.id).where(Photo.id == late.id)) is None


def test_files_of_photos_stay(db: Session, storage: FolderStorage) -> None:
    photo = taken(db, storage, "navy")
    grow_old(storage, photo.full_key, photo.thumb_key)
    assert service.clear_files(db, storage) == 0
    assert storage.exists(photo.full_key) and storage.exists(photo.thumb_key)


def test_files_of_a_forgotten_photo_go_unless_another_shares_them(db: Session, storage: FolderStorage) -> None:
    gone, twin = taken(db, storage, "navy", days_ago=31), taken(db, storage, "navy")
    alone = taken(db, storage, "gold", days_ago=31)
    assert gone.full_key == twin.full_key
    grow_old(storage, gone.full_key, gone.thumb_key, alone.full_key, alone.thumb_key)
    assert service.forget_unused(db, [in_use()]) == 2
    assert service.clear_files(db, storage) == 2
    assert storage.exists(twin.full_key) and not storage.exists(alone.full_key)


def test_a_file_whose_row_is_still_on_its_way_stays(db: Session, storage: FolderStorage) -> None:
    """Written first, its row comes later: only after a day is it sure that none will."""
    storage.put(address(b"on its way"), b"on its way")
    storage.put(address(b"never came"), b"never came")
    grow_old(storage, address(b"never came"))
    assert service.clear_files(db, storage) == 1
    assert storage.exists(address(b"on its way"))


def test_more_files_than_one_question_holds(db: Session, storage: FolderStorage) -> None:
    keys = [address(bytes([n])) for n in range(23)]
    for n, key in enumerate(keys):
        storage.put(key, bytes([n]))
    grow_old(storage, *keys)
    assert service.clear_files(db, storage, at_once=10) == 23
