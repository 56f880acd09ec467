"""What may be said of an observation, and what is wrong with the rest."""

import uuid
from typing import Any

import pytest

from tests.make import KUMLA
from walkapp.core.errors import Invalid
from walkapp.observations.forms import ObservationIn, read_observation
from walkapp.promises.rules import Theme

LEAST = {"themes": ["belysning"], "lat": KUMLA[0], "lon": KUMLA[1]}


def said(**more: Any) -> ObservationIn:
    return read_observation(LEAST | more, text_limit=2000, most_photos=4)


@pytest.mark.parametrize(
    ("more", "field", "sentence"),
    [
        ({"themes": None}, "themes", "Välj vad du har sett."),
        ({"themes": "belysning"}, "themes", "Välj vad du har sett."),
        ({"themes": []}, "themes", "Välj vad du har sett."),
        ({"themes": ["ufo"]}, "themes", "Ett av ämnena finns inte"),
        ({"themes": [None]}, "themes", "Ett av ämnena finns inte"),
        ({"themes": [{"a": 1}]}, "themes", "Ett av ämnena finns inte"),
        ({"themes": list(Theme)[:4]}, "themes", "Högst 3 ämnen"),
        ({"text": "a" * 10_000}, "text", "10000 tecken"),
        ({"text": 17}, "text", "text"),
        ({"text": ["a"]}, "text", "text"),
        ({"place": "b" * 201}, "place", "201 tecken"),
        ({"lat": 0, "lon": 0}, "", "Platsen 0, 0"),
        ({"lat": 15.1434, "lon": 59.1277}, "", "bytt plats"),
        ({"lat": float("nan")}, "", "vanliga tal"),
        ({"lat": float("inf")}, "", "vanliga tal"),
        ({"lat": 91}, "", "Latituden"),
        ({"lon": 181}, "", "Longituden"),
        ({"lat": None}, "", "både latitud och longitud"),
        ({"lat": "norr"}, "lat", "ett tal"),
        ({"lat": [1]}, "lat", "ett tal"),
        ({"lat": 6_554_000, "lon": 508_000}, "", "i meter"),
        ({"feeling": "rädd"}, "feeling", "bland de möjliga"),
        ({"place_method": "gissning"}, "place_method", "bland de möjliga"),
        ({"stop": 0}, "stop", "för litet"),
        ({"stop": "fyra"}, "stop", "heltal"),
        ({"observed_at": "i går"}, "observed_at", "Tiden går inte att läsa"),
        ({"observed_at": [2026]}, "observed_at", "Tiden går inte att läsa"),
        ({"photos": ["foto.jpg"]}, "photos.0", "UUID"),
        ({"photos": "foto"}, "photos", "lista"),
        ({"photos": [str(uuid.uuid4()) for _ in range(5)]}, "photos", "Högst 4 bilder"),
    ],
)
def test_each_fault_has_its_sentence(more: dict[str, Any], field: str, sentence: str) -> None:
    with pytest.raises(Invalid) as caught:
        said(**more)
    assert sentence in caught.value.sentence
    assert not field or sentence in caught.value.fields[field]


def test_all_faults_are_said_at_once() -> None:
    with pytest.raises(Invalid) as caught:
        said(themes=[], text="a" * 30_000, feeling="?")
    assert set(caught.value.fields) == {"themes", "text", "feeling"}


def test_photos_in_another_order_are_the_same_content() -> None:
    ids = [str(uuid.uuid4()), str(uuid.uuid4())]
    assert said(photos=ids).content_hash() == said(photos=ids[::-1]).content_hash()


def test_as_much_as_there_is_room_for() -> None:
    assert len(said(text="å" * 2000).text) == 2000
