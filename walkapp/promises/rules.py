"""The themes of an observation, who owns a promise, and when a pledge holds."""

from datetime import date
from enum import StrEnum
from typing import NamedTuple
from unicodedata import normalize

from walkapp.core.errors import Invalid
from walkapp.core.text import slug


class _Look(NamedTuple):
    label: str
    phone_label: str
    letter: str
    shape: str
    icon: str


class Theme(StrEnum):
    """What an observation is about. Shape, colour and letter together: none of them alone carries the meaning."""

    LIGHTING = "belysning"
    GREENERY = "vaxtlighet"
    CAMERA = "kamera"
    TRAFFIC = "trafik"
    UPKEEP = "skotsel"
    GRAFFITI = "klotter"
    LITTER = "nedskrapning"
    ACCESS = "tillganglighet"
    ORDER = "ordning"
    SIGNS = "skyltning"
    SAFE_PLACE = "trygg_plats"
    OTHER = "ovrigt"

    @property
    def label(self) -> str:
        return _LOOKS[self].label

    @property
    def phone_label(self) -> str:
        """The word on the phone's button: what a walker says, not what an office calls it."""
        return _LOOKS[self].phone_label

    @property
    def letter(self) -> str:
        return _LOOKS[self].letter

    @property
    def shape(self) -> str:
        """Name of the shape in `static/img/marks.svg`."""
        return _LOOKS[self].shape

    @property
    def icon(self) -> str:
        """Name in bootstrap-icons."""
        return _LOOKS[self].icon

    @property
    def is_good(self) -> bool:
        """A good place: shown everywhere, and never a task."""
        return self is Theme.SAFE_PLACE

    @classmethod
    def of(cls, text: object) -> "Theme":
        """The theme by its value or its word on a screen: `vaxtlighet`, `Växtlighet och sikt`, `Igenvuxet`.

        Raises Invalid for a word that is none of them.
        """
        found = _WORDS.get(slug(normalize("NFC", text))) if isinstance(text, str) and len(text) <= 60 else None
        if found is None:
            raise Invalid("Ämnet finns inte. Välj bland " + ", ".join(theme.label.lower() for theme in cls) + ".")
        return found


_LOOKS = {
    Theme.LIGHTING: _Look("Belysning", "Mörkt", "B", "circle", "lightbulb"),
    Theme.GREENERY: _Look("Växtlighet och sikt", "Igenvuxet", "V", "triangle", "tree"),
    Theme.CAMERA: _Look("Kamerabehov", "Kamerabehov", "K", "square", "camera-video"),
    Theme.TRAFFIC: _Look("Trafik", "Trafik", "T", "diamond", "sign-stop"),
    Theme.UPKEEP: _Look("Skötsel", "Skötsel", "S", "pentagon", "tools"),
    Theme.GRAFFITI: _Look("Klotter", "Klotter", "G", "hexagon", "brush"),
    Theme.LITTER: _Look("Nedskräpning", "Nedskräpning", "N", "octagon", "trash"),
    Theme.ACCESS: _Look("Tillgänglighet", "Tillgänglighet", "H", "shield", "universal-access"),
    Theme.ORDER: _Look("Ordning", "Ordning", "O", "cross", "people"),
    Theme.SIGNS: _Look("Skyltning", "Skyltning", "Y", "flag", "signpost"),
    Theme.SAFE_PLACE: _Look("Trygg plats", "Trygg plats", "♥", "heart", "heart"),
    Theme.OTHER: _Look("Övrigt", "Annat", "Ö", "drop", "three-dots"),
}

_WORDS = {slug(word): theme for theme in Theme for word in (theme.value, *_LOOKS[theme][:2])}


class PromiseOwner(StrEnum):
    POLICE = "polis"
    MUNICIPALITY = "kommun"
    BOTH = "polis_kommun"

    @property
    def label(self) -> str:
        return _OWNERS[self]


_OWNERS = {
    PromiseOwner.POLICE: "Polisen",
    PromiseOwner.MUNICIPALITY: "Kommunen",
    PromiseOwner.BOTH: "Polisen och kommunen",
}


class Wording(StrEnum):
    """Whether the text of a pledge is what was signed, or tells it in other words."""

    QUOTE = "citat"
    SUMMARY = "sammanfattning"

    @property
    def label(self) -> str:
        return _WORDINGS[self]


_WORDINGS = {
    Wording.QUOTE: "Ordagrant ur det undertecknade medborgarlöftet.",
    Wording.SUMMARY: "Löftena är återgivna i sammanfattning, inte ordagrant.",
}


class Standing(StrEnum):
    """Where a pledge's period lies, seen from a day."""

    COMING = "kommande"
    CURRENT = "gallande"
    PAST = "tidigare"

    @property
    def label(self) -> str:
        return _STANDINGS[self]


_STANDINGS = {Standing.COMING: "kommer att gälla", Standing.CURRENT: "gäller nu", Standing.PAST: "har gällt"}


def standing(valid_from: date, valid_to: date, on: date) -> Standing:
    """Both days of a period belong to it."""
    if on < valid_from:
        return Standing.COMING
    return Standing.CURRENT if on <= valid_to else Standing.PAST
