"""A photo on the screen: only for those who may see it, and only as a picture."""

import uuid
from dataclasses import replace
from pathlib import Path

import pytest
import sqlalchemy as sa
from sqlalchemy.orm import Session

from tests import make
from tests.cast import EVERYBODY, STEN, Person
from tests.conftest import Client
from tests.photos import pictures
from walkapp.config import Settings
from walkapp.core.actor import ANONYMOUS, SYSTEM, Actor, Kind
from walkapp.core.errors import NotFound
from walkapp.photos import policy, queries, service
from walkapp.photos.models import Photo
from walkapp.photos.storage import FolderStorage


@pytest.fixture
def storage(settings: Settings) -> FolderStorage:
    return FolderStorage(settings.photos)


def taken(db: Session, storage: FolderStorage, phone: Actor) -> Photo:
    photo, _ = service.keep_photo(db, storage, phone, uuid.uuid4(), pictures.encoded(pictures.drawing(2000, 1000)))
    db.commit()
    return photo


def test_nobody_sees_a_photo_without_signing_in(client: Client, db: Session, storage: FolderStorage) -> None:
    photo = taken(db, storage, make.join(db)[0])
    for size in ("stor", "liten"):
        answer = client.get(f"/foton/{photo.id}/{size}.jpg")
        assert answer.status_code == 404
        assert answer.mimetype != "image/jpeg"


def test_another_phone_of_the_same_walk_does_not_see_it(client: Client, db: Session, storage: FolderStorage) -> None:
    walk = make.make_walk(db)
    photo = taken(db, storage, make.join(db, walk)[0])
    assert client.walking(make.join(db, walk)[1]).get(f"/foton/{photo.id}/stor.jpg").status_code == 404


def test_a_phone_whose_photo_lost_its_owner_sees_nothing(db: Session, storage: FolderStorage) -> None:
    """No sign-in on the photo and none on the actor are not the same sign-in."""
    photo = taken(db, storage, SYSTEM)
    with pytest.raises(NotFound):
        queries.get(db, Actor(Kind.WALKER), photo.id)


@pytest.mark.parametrize("path", ["mellan.jpg", "stor.png", "stor", "STOR.jpg", ""])
def test_there_are_two_sizes(client: Client, db: Session, storage: FolderStorage, path: str) -> None:
    photo = taken(db, storage, make.join(db)[0])
    assert client.as_(STEN).get(f"/foton/{photo.id}/{path}").status_code == 404


def test_a_photo_that_does_not_exist_is_not_found(client: Client) -> None:
    assert client.as_(STEN).get(f"/foton/{uuid.uuid4()}/stor.jpg").status_code == 404
    assert client.get("/foton/1/stor.jpg").status_code == 404


def test_a_lost_file_is_not_found_and_no_crash(client: Client, db: Session, storage: FolderStorage) -> None:
    photo = taken(db, storage, make.join(db)[0])
    storage.delete(photo.full_key)
    assert client.as_(STEN).get(f"/foton/{photo.id}/stor.jpg").status_code == 404
    assert client.get(f"/foton/{photo.id}/liten.jpg").status_code == 200


@pytest.mark.parametrize("person", EVERYBODY, ids=lambda person: person.name)
def test_every_user_sees_it(client: Client, db: Session, storage: FolderStorage, person: Person) -> None:
    photo = taken(db, storage, make.join(db)[0])
    assert client.as_(person).get(f"/foton/{photo.id}/liten.jpg").status_code == 200


def test_the_phone_that_took_it_sees_it(client: Client, db: Session, storage: FolderStorage) -> None:
    phone, token = make.join(db)
    photo = taken(db, storage, phone)
    assert client.walking(token).get(f"/foton/{photo.id}/liten.jpg").status_code == 200


def test_what_a_receipt_opens_is_open_and_nothing_else(db: Session, storage: FolderStorage) -> None:
    phone, _ = make.join(db)
    photo, other = taken(db, storage, phone), taken(db, storage, phone)
    assert queries.get(db, ANONYMOUS, photo.id, also=[photo.id]) is photo
    with pytest.raises(NotFound):
        queries.get(db, ANONYMOUS, other.id, also=[photo.id])
    stranger = replace(phone, sign_in_id=uuid.uuid4())
    seen = db.scalars(sa.select(Photo.id).where(policy.visible(stranger, also=[photo.id])))
    assert seen.all() == [photo.id]


def test_it_is_a_picture_and_cannot_be_anything_else(client: Client, db: Session, storage: FolderStorage) -> None:
    photo = taken(db, storage, make.join(db)[0])
    client.as_(STEN)
    for size, width in (("stor", 1600), ("liten", 320)):
        answer = client.get(f"/foton/{photo.id}/{size}.jpg")
        assert answer.headers["Content-Type"] == "image/jpeg"
        assert answer.headers["X-Content-Type-Options"] == "nosniff"
        assert answer.headers["Content-Security-Policy"] == "sandbox; default-src 'none'"
        assert answer.headers["Content-Disposition"].startswith('inline; filename="foto-')
        assert answer.headers["Cross-Origin-Resource-Policy"] == "same-origin"
        assert answer.headers["Cache-Control"].startswith("private")
        assert pictures.decoded(answer.data).width == width


def test_a_picture_that_the_browser_has_costs_no_bytes(client: Client, db: Session, storage: FolderStorage) -> None:
    photo = taken(db, storage, make.join(db)[0])
    address = f"/foton/{photo.id}/stor.jpg"
    tag = client.as_(STEN).get(address).headers["ETag"]
    again = client.get(address, headers={"If-None-Match": tag})
    assert (again.status_code, again.data) == (304, b"")
    # Who may not see it gets no 304 either: the tag would tell that the photo is there.
    client.delete_cookie("walkapp_session")
    assert client.get(address, headers={"If-None-Match": tag}).status_code == 404


def test_real_photos_from_beside_the_checkout_come_out_small(
    client: Client, db: Session, storage: FolderStorage, shared_data: Path
) -> None:
    phone, _ = make.join(db)
    data = (shared_data / "photos" / "landscape_orientation_6.jpg").read_bytes()
    photo, _ = service.keep_photo(db, storage, phone, uuid.uuid4(), data)
    db.commit()
    answer = client.as_(STEN).get(f"/foton/{photo.id}/stor.jpg")
    assert pictures.decoded(answer.data).size == (1600, 1067)
    assert len(answer.data) < 500_000
