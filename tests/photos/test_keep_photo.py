"""Taking in a picture: from the phone by PUT, and by the service that forms use too."""

import uuid
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from io import RawIOBase
from pathlib import Path
from threading import Event
from typing import Any

import pytest
import sqlalchemy as sa
from sqlalchemy.orm import Session

from tests import make
from tests.conftest import Client
from tests.photos import pictures
from walkapp.app import create_app
from walkapp.config import Settings
from walkapp.core.actor import SYSTEM
from walkapp.core.db import Base, make_engine, make_sessions
from walkapp.core.errors import Conflict, Invalid, TooLarge
from walkapp.photos import imaging, service
from walkapp.photos.models import Photo, Purpose
from walkapp.photos.storage import FolderStorage, address


@pytest.fixture
def storage(tmp_path: Path) -> FolderStorage:
    return FolderStorage(tmp_path / "photos")


def kept(storage: FolderStorage) -> set[str]:
    return {path.name for path in storage.root.rglob("*") if path.is_file()}


def put(client: Client, id: uuid.UUID | str, data: bytes, token: str, **options: Any) -> Any:
    client.db.commit()
    return client.put(f"/api/v1/photos/{id}", data=data, headers={"Authorization": f"Bearer {token}"}, **options)


# --- By PUT


def test_nobody_sends_photos_without_a_walk(client: Client, db: Session) -> None:
    id = uuid.uuid4()
    for token in ("", "made-up"):
        answer = put(client, id, make.picture(), token)
        assert answer.status_code == 401
        assert answer.content_type == "application/problem+json"
    assert db.get(Photo, id) is None


@pytest.mark.parametrize(
    ("data", "status", "word"),
    [
        (b"", 422, "tom"),
        (b"<html>hej</html>", 415, "webbsida"),
        (pictures.ftyp(b"heic", b"mif1"), 415, "JPEG"),
        (pictures.png(50_000, 50_000), 422, "bildpunkter"),
        (make.picture()[:300], 422, "trasig"),
    ],
)
def test_a_bad_picture_is_refused_with_a_sentence(
    client: Client, db: Session, data: bytes, status: int, word: str
) -> None:
    if word == "JPEG" and imaging._reads_heif():
        pytest.skip("the extra heic is here")
    _, token = make.join(db)
    id = uuid.uuid4()
    answer = put(client, id, data, token)
    assert answer.status_code == status
    assert answer.content_type == "application/problem+json"
    assert word in answer.json["detail"]
    assert db.get(Photo, id) is None


class Unread(RawIOBase):
    """A body that nobody may touch."""

    def readable(self) -> bool:
        return True

    def readinto(self, buffer: Any) -> int:
        raise AssertionError("the body was read")


class Endless(RawIOBase):
    """A body without a length and without an end."""

    given = 0

    def readable(self) -> bool:
        return True

    def readinto(self, buffer: Any) -> int:
        self.given += len(buffer)
        assert self.given < 40_000_000, "nobody stopped reading"
        return len(buffer)


def test_200_megabytes_are_refused_unread(client: Client, db: Session) -> None:
    _, token = make.join(db)
    announced = {"CONTENT_LENGTH": "200000000", "wsgi.input": Unread()}
    answer = put(client, uuid.uuid4(), b"", token, environ_overrides=announced)
    assert answer.status_code == 413
    assert "högst 25 MB" in answer.json["detail"]


def test_a_body_that_never_ends_is_cut_at_the_limit(client: Client, db: Session) -> None:
    _, token = make.join(db)
    endless = {"wsgi.input": Endless(), "wsgi.input_terminated": True, "CONTENT_LENGTH": ""}
    answer = put(client, uuid.uuid4(), b"", token, environ_overrides=endless)
    assert answer.status_code == 413
    assert "högst 25 MB" in answer.json["detail"]


def test_an_id_that_is_no_uuid_is_not_found(client: Client, db: Session) -> None:
    _, token = make.join(db)
    assert put(client, "1", make.picture(), token).status_code == 404


def test_the_same_id_with_another_picture_is_a_conflict(client: Client, db: Session) -> None:
    _, token = make.join(db)
    id = uuid.uuid4()
    first = put(client, id, make.picture(colour="navy"), token).json
    answer = put(client, id, make.picture(colour="gold"), token)
    assert answer.status_code == 409
    assert db.scalars(sa.select(Photo.upload_sha256).where(Photo.id == id)).one() == first["sha256"]


def test_sent_twice_is_kept_once(client: Client, db: Session) -> None:
    phone, token = make.join(db)
    id, data = uuid.uuid4(), make.picture(3000, 2000)
    first, second = put(client, id, data, token), put(client, id, data, token)
    assert (first.status_code, second.status_code) == (201, 200)
    assert first.json == {"id": str(id), "sha256": address(data), "width": 1600, "height": 1067}
    assert second.json == first.json
    photo = db.scalars(sa.select(Photo).where(Photo.upload_sha256 == address(data))).one()
    assert (photo.id, photo.walk_id, photo.sign_in_id) == (id, phone.walk_id, phone.sign_in_id)
    assert photo.purpose is Purpose.SEEN


def test_a_phone_that_joined_again_holds_what_it_sends_again(client: Client, db: Session) -> None:
    walk = make.make_walk(db)
    _, old = make.join(db, walk)
    phone, new = make.join(db, walk)
    id, data = uuid.uuid4(), make.picture()
    assert put(client, id, data, old).status_code == 201
    assert put(client, id, data, new).status_code == 200
    assert db.scalars(sa.select(Photo.sign_in_id).where(Photo.id == id)).one() == phone.sign_in_id


def test_a_real_photo_arrives_upright(client: Client, db: Session, shared_data: Path) -> None:
    _, token = make.join(db)
    data = (shared_data / "photos" / "landscape_orientation_6.jpg").read_bytes()
    answer = put(client, uuid.uuid4(), data, token)
    assert (answer.status_code, answer.json["width"], answer.json["height"]) == (201, 1600, 1067)


class Queue:
    """Stands in for the semaphore before the decoder: tells when somebody waits, and lets in when told."""

    def __init__(self) -> None:
        self.waiting, self.open = Event(), Event()

    def acquire(self, timeout: float) -> bool:
        self.waiting.set()
        return self.open.wait(timeout)

    def release(self) -> None: ...


def test_others_can_write_while_a_picture_waits_for_its_turn(
    settings: Settings, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """On SQLite one writer keeps all others waiting, so a decode must not be inside a transaction."""
    queue = Queue()
    monkeypatch.setattr(imaging, "_slots", queue)
    engine = make_engine(f"sqlite:///{tmp_path / 'walkapp.db'}")
    Base.metadata.create_all(engine)
    sessions = make_sessions(engine)
    app = create_app(replace(settings, data=tmp_path), sessions)
    with sessions() as db:
        _, token = make.join(db)
        db.commit()
    address, bearer = f"/api/v1/photos/{uuid.uuid4()}", {"Authorization": f"Bearer {token}"}
    with ThreadPoolExecutor(1) as pool:
        sent = pool.submit(lambda: app.test_client().put(address, data=make.picture(), headers=bearer).status_code)
        assert queue.waiting.wait(10)
        with sessions() as db:
            make.make_walk(db)  # would fail with "database is locked"
            db.commit()
        queue.open.set()
        assert sent.result() == 201
    engine.dispose()


# --- By the service


def test_a_refused_picture_leaves_no_file_and_no_row(db: Session, storage: FolderStorage) -> None:
    with pytest.raises(TooLarge):
        service.keep_photo(db, storage, SYSTEM, uuid.uuid4(), make.picture(), max_bytes=100)
    with pytest.raises(Invalid):
        service.keep_photo(db, storage, SYSTEM, uuid.uuid4(), make.picture(), pixels=100)
    assert not storage.root.exists()


def test_the_files_are_there_before_the_row(db: Session, storage: FolderStorage) -> None:
    photo, new = service.keep_photo(db, storage, SYSTEM, uuid.uuid4(), make.picture(), purpose=Purpose.AFTER)
    assert new and photo.purpose is Purpose.AFTER
    assert kept(storage) == {photo.full_key, photo.thumb_key}
    with storage.open(photo.full_key) as file:
        assert len(file.read()) == photo.size_bytes
    with pytest.raises(Conflict):
        service.keep_photo(db, storage, SYSTEM, photo.id, make.picture(colour="gold"))


def test_a_disk_that_fails_makes_no_row(db: Session, storage: FolderStorage) -> None:
    storage.root.parent.joinpath("photos").write_text("a file where the folder should be")
    id = uuid.uuid4()
    with pytest.raises(OSError):
        service.keep_photo(db, storage, SYSTEM, id, make.picture())
    assert db.get(Photo, id) is None


@pytest.fixture
def committed(engine: sa.Engine) -> Iterator[uuid.UUID]:
    """An id whose row is really committed, for several connections to see; removed afterwards."""
    id = uuid.uuid4()
    yield id
    with engine.begin() as connection:
        connection.execute(sa.delete(Photo).where(Photo.id == id))


def test_the_same_photo_from_six_requests_at_once_is_one(
    engine: sa.Engine, storage: FolderStorage, committed: uuid.UUID
) -> None:
    data, sessions = make.picture(), make_sessions(engine)

    def send() -> bool:
        with sessions() as db:
            _, new = service.keep_photo(db, storage, SYSTEM, committed, data)
            db.commit()
            return new

    with ThreadPoolExecutor(6) as pool:
        results = [future.result() for future in [pool.submit(send) for _ in range(6)]]
    assert sorted(results) == [False] * 5 + [True]


def test_who_came_second_at_the_same_moment_gets_the_first_row(db: Session, storage: FolderStorage) -> None:
    """Between looking and writing, another request wrote the row: nothing of this transaction is lost."""
    data = make.picture()
    first, _ = service.keep_photo(db, storage, SYSTEM, uuid.uuid4(), data)
    other, _ = service.keep_photo(db, storage, SYSTEM, uuid.uuid4(), data)
    db.flush()
    db.expunge_all()
    columns = [column.key for column in sa.inspect(Photo).columns]
    second = Photo(**{name: getattr(first, name) for name in columns})
    held = service._add(db, second)
    assert held is not second and held.id == first.id
    assert db.get(Photo, other.id) is not None
