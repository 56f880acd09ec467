"""The phone's page sent as it stands, without JavaScript."""

import uuid
from io import BytesIO
from typing import Any

import pytest
import sqlalchemy as sa
from sqlalchemy.orm import Session

from tests import make
from tests.conftest import Client
from walkapp.core.actor import SYSTEM
from walkapp.observations.models import Observation
from walkapp.observations.rules import DistrictFlag, Feeling, PlaceMethod
from walkapp.photos.models import Photo
from walkapp.promises.rules import Theme
from walkapp.walks import service as walks
from walkapp.walks.models import Walk
from walkapp.walks.rules import Light, WalkState


@pytest.fixture
def walk(db: Session) -> Walk:
    return make.make_walk(db, stops=[{"name": "Skolgården", "lat": 59.1277, "lon": 15.1434}, {"name": "Lekplatsen"}])


@pytest.fixture
def phone(client: Client, db: Session, walk: Walk) -> Client:
    return client.walking(make.join(db, walk)[1])


def fields(**said: Any) -> dict[str, Any]:
    return {"id": str(uuid.uuid4()), "themes": ["belysning"], "text": "Lampan är trasig"} | said


def file(data: bytes, name: str = "foto.jpg") -> tuple[BytesIO, str]:
    return BytesIO(data), name


def seen(db: Session) -> list[Observation]:
    return list(db.scalars(sa.select(Observation)))


def test_a_stranger_is_asked_to_join(client: Client, db: Session, walk: Walk) -> None:
    answer = client.post(f"/v/{walk.code}/ny", data=fields())
    assert answer.status_code == 401
    assert "Gå med" in answer.text
    assert seen(db) == []


def test_a_phone_cannot_write_into_another_walk(phone: Client, db: Session) -> None:
    other = make.make_walk(db)
    assert phone.post(f"/v/{other.code}/ny", data=fields()).location == f"/v/{other.code}"
    assert seen(db) == []


@pytest.mark.parametrize(
    ("said", "sentence"),
    [
        ({"themes": []}, "Välj vad du har sett"),
        ({"themes": ["ufo"]}, "Ett av ämnena finns inte"),
        ({"themes": ["belysning", "trafik", "klotter", "ordning"]}, "Högst 3 ämnen"),
        ({"text": "a" * 10_000}, "Texten är för lång: 10000 tecken"),
        ({"place": "b" * 300, "text": "Kvar"}, "200 tecken"),
        ({"lat": "0", "lon": "0"}, "Platsen 0, 0"),
        ({"lat": "15.1434", "lon": "59.1277"}, "bytt plats"),
        ({"lat": "nan", "lon": "15.1"}, "vanliga tal"),
        ({"lat": "59.1"}, "både latitud och longitud"),
        ({"feeling": "rädd"}, "finns inte bland de möjliga"),
        ({"light": "skymning"}, "finns inte bland de möjliga"),
        ({"stop": "åtta"}, "ett heltal"),
    ],
)
def test_what_is_wrong_is_said_and_all_that_was_typed_is_still_there(
    phone: Client, db: Session, walk: Walk, said: dict[str, Any], sentence: str
) -> None:
    sent = fields(place="Vid bron", feeling="tryggt", light="morkt", stop="2") | said
    answer = phone.post(f"/v/{walk.code}/ny", data=sent)
    assert answer.status_code == 422
    assert sentence in answer.text
    assert sent["text"] in answer.text
    assert sent["place"] in answer.text
    assert sent["id"] in answer.text
    assert seen(db) == []


def test_a_closed_walk_says_so_and_keeps_the_words_on_the_page(phone: Client, db: Session, walk: Walk) -> None:
    walks.take_to(db, SYSTEM, walk, WalkState.CLOSED)
    answer = phone.post(f"/v/{walk.code}/ny", data=fields(text="Kolsvart bakom skolan"))
    assert answer.status_code == 410
    assert "tar inte emot mer" in answer.text
    assert "Kolsvart bakom skolan" in answer.text


@pytest.mark.parametrize(
    ("data", "sentence"),
    [
        (b"<html><script>alert(1)</script></html>", "en webbsida"),
        (b"", "tom"),
        (make.picture()[:300], "inte hel"),
        (b"%PDF-1.7", "PDF"),
    ],
)
def test_a_refused_photo_never_costs_the_words(
    phone: Client, db: Session, walk: Walk, data: bytes, sentence: str
) -> None:
    answer = phone.post(f"/v/{walk.code}/ny", data=fields(camera=file(data)), content_type="multipart/form-data")
    assert answer.status_code == 303
    [one] = seen(db)
    assert one.text == "Lampan är trasig"
    assert one.photo_links == []
    told = phone.get(answer.location).text
    assert "Ett foto kom inte med" in told or data == b""
    assert sentence in told or data == b""


def test_a_whole_photo_is_kept_when_something_else_was_wrong(phone: Client, db: Session, walk: Walk) -> None:
    sent = fields(text="x" * 10_000)
    answer = phone.post(f"/v/{walk.code}/ny", data=sent | {"camera": file(make.picture())})
    assert answer.status_code == 422
    [photo] = db.scalars(sa.select(Photo.id))
    assert f'name="photos" value="{photo}"' in answer.text

    again = phone.post(f"/v/{walk.code}/ny", data=sent | {"text": "Kort", "photos": [str(photo)]})
    assert again.status_code == 303
    assert [link.photo_id for link in seen(db)[0].photo_links] == [photo]


def test_more_photos_than_there_is_room_for(phone: Client, db: Session, walk: Walk) -> None:
    pictures = [file(make.picture(colour=colour)) for colour in ("red", "green", "blue", "white", "black")]
    answer = phone.post(f"/v/{walk.code}/ny", data=fields(gallery=pictures))
    assert answer.status_code == 303
    assert len(seen(db)[0].photo_links) == 4
    assert "Högst 4 foton" in phone.get(answer.location).text


def test_the_same_form_sent_twice_is_one_observation(phone: Client, db: Session, walk: Walk) -> None:
    sent = fields()
    first = phone.post(f"/v/{walk.code}/ny", data=sent | {"camera": file(make.picture())})
    second = phone.post(f"/v/{walk.code}/ny", data=sent | {"camera": file(make.picture())})
    assert first.location == second.location
    assert len(seen(db)) == 1
    assert db.scalar(sa.select(sa.func.count()).select_from(Photo)) == 1


def test_going_back_and_changing_it_offers_to_save_it_as_another_one(phone: Client, db: Session, walk: Walk) -> None:
    sent = fields()
    phone.post(f"/v/{walk.code}/ny", data=sent)
    answer = phone.post(f"/v/{walk.code}/ny", data=sent | {"text": "Och busken skymmer"})
    assert answer.status_code == 409
    assert "redan sparad" in answer.text
    assert "Och busken skymmer" in answer.text
    assert sent["id"] not in answer.text
    assert [one.text for one in seen(db)] == ["Lampan är trasig"]


def test_without_any_place_it_is_filed_under_the_walks_district(phone: Client, db: Session, walk: Walk) -> None:
    walk.district_id = make.district(db, "haga").id
    assert phone.post(f"/v/{walk.code}/ny", data=fields()).status_code == 303
    [one] = seen(db)
    assert (one.place_method, one.district_flag) == (PlaceMethod.NONE, DistrictFlag.NONE)
    assert one.district is not None
    assert one.district.slug == "haga"


def test_a_stop_is_as_good_a_place_as_gps(phone: Client, db: Session, walk: Walk) -> None:
    phone.post(f"/v/{walk.code}/ny", data=fields(stop="1"))
    [one] = seen(db)
    assert (one.place_method, one.lat, one.accuracy_m) == (PlaceMethod.STOP, 59.1277, 20.0)
    assert one.whereabouts == "Stopp 1 – Skolgården"


def test_a_street_name_is_a_place(phone: Client, db: Session, walk: Walk) -> None:
    phone.post(f"/v/{walk.code}/ny", data=fields(place="  Skolvägen   vid nr 4 "))
    [one] = seen(db)
    assert (one.place_method, one.place) == (PlaceMethod.STREET, "Skolvägen vid nr 4")


def test_everything_at_once_ends_at_the_receipt(phone: Client, db: Session, walk: Walk) -> None:
    sent = fields(
        themes=["vaxtlighet", "belysning"], feeling="mycket_otryggt", light="morkt", place="Gångtunneln",
        text="Häcken\r\nskymmer lampan\x00\u202e", observed_at="2026-11-20T18:05",
    )  # fmt: skip
    answer = phone.post(f"/v/{walk.code}/ny", data=sent)
    [one] = seen(db)
    assert (answer.status_code, answer.location) == (303, f"/kvitto/{one.receipt}")
    assert [link.theme for link in one.themes] == [Theme.GREENERY, Theme.LIGHTING]
    assert (one.feeling, one.light) == (Feeling.VERY_UNSAFE, Light.DARK)
    assert one.text == "Häcken\nskymmer lampan"
    told = phone.get(answer.location)
    assert told.status_code == 200
    assert "skymmer lampan" in told.text


def test_annat_with_another_theme_is_the_other_theme(phone: Client, db: Session, walk: Walk) -> None:
    phone.post(f"/v/{walk.code}/ny", data=fields(themes=["ovrigt", "trafik"]))
    assert [link.theme for link in seen(db)[0].themes] == [Theme.TRAFFIC]


@pytest.mark.parametrize("theme", ["", "?tema=ufo", "?tema="])
def test_a_form_about_nothing_leads_back_to_the_buttons(phone: Client, walk: Walk, theme: str) -> None:
    assert phone.get(f"/v/{walk.code}/ny{theme}").location == f"/v/{walk.code}"


def test_the_form_opens_on_the_theme_that_was_tapped(phone: Client, walk: Walk) -> None:
    page = phone.get(f"/v/{walk.code}/ny?tema=vaxtlighet").text
    assert '<input type="hidden" name="themes" value="vaxtlighet"' in page
    assert ">Igenvuxet</h1>" in page
    assert "Skolgården" in page
    assert 'capture="environment"' in page
