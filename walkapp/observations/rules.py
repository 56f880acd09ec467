"""The words of an observation, and how the phone offers them."""

from collections.abc import Iterable
from datetime import datetime, timedelta
from enum import StrEnum

from walkapp.core.sun import is_dark
from walkapp.promises.rules import Theme
from walkapp.walks.rules import Light

# The phone's first page: what walks are mostly about, then the two that hold all the rest.
FIRST_THEMES = (Theme.LIGHTING, Theme.GREENERY, Theme.CAMERA)
NEXT_THEMES = (Theme.OTHER, Theme.SAFE_PLACE)
# Behind "Annat".
FURTHER_THEMES = tuple(theme for theme in Theme if theme not in (*FIRST_THEMES, *NEXT_THEMES))


def without_empty_words(themes: Iterable[Theme]) -> list[Theme]:
    """Each theme once, in order. "Annat" beside a theme that says something says nothing more, and goes."""
    once = list(dict.fromkeys(themes))
    return [theme for theme in once if theme is not Theme.OTHER] or once


class Feeling(StrEnum):
    SAFE = "tryggt"
    SOMEWHAT_UNSAFE = "lite_otryggt"
    VERY_UNSAFE = "mycket_otryggt"

    @property
    def label(self) -> str:
        return self.value.replace("_", " ")


class PlaceMethod(StrEnum):
    """How the place came about; all are equals, only their accuracy differs."""

    GPS = "gps"
    PIN = "pin"
    STOP = "stop"
    STREET = "street"
    NONE = "none"

    @property
    def label(self) -> str:
        return _METHODS[self]


_METHODS = {
    PlaceMethod.GPS: "telefonens position",
    PlaceMethod.PIN: "utpekad på kartan",
    PlaceMethod.STOP: "vid ett stopp",
    PlaceMethod.STREET: "gatunamn",
    PlaceMethod.NONE: "utan plats",
}

# Metres; what a place is worth when the phone does not say.
USUAL_ACCURACY = {PlaceMethod.GPS: 15.0, PlaceMethod.PIN: 10.0, PlaceMethod.STOP: 20.0}


class DistrictFlag(StrEnum):
    """How sure the district is. Nothing is dropped for lying outside."""

    INSIDE = "inside"
    BORDER = "border"
    OUTSIDE = "outside"
    NONE = "none"

    @property
    def label(self) -> str:
        return _FLAGS[self]


_FLAGS = {
    DistrictFlag.INSIDE: "",
    DistrictFlag.BORDER: "nära en områdesgräns",
    DistrictFlag.OUTSIDE: "utanför kommunens områden",
    DistrictFlag.NONE: "platsen saknas ännu",
}


def needs_a_look_in_the_dark(themes: Iterable[Theme], light: Light) -> bool:
    """A lamp that is out by day may only be a lamp that is off."""
    return light is Light.LIGHT and Theme.LIGHTING in themes


def light_at(at: datetime, lat: float, lon: float) -> Light:
    return Light.DARK if is_dark(at, lat, lon) else Light.LIGHT


def light_ahead(at: datetime, lat: float, lon: float, hours: int = 24) -> list[tuple[datetime, Light]]:
    """The light now, and each moment at which it turns (to five minutes), for a page that stays open."""
    ahead = [(at, light_at(at, lat, lon))]
    for minutes in range(5, hours * 60, 5):
        then = at + timedelta(minutes=minutes)
        light = light_at(then, lat, lon)
        if light is not ahead[-1][1]:
            ahead.append((then, light))
    return ahead
