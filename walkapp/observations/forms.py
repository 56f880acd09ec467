"""The shape of what comes in: an observation (one schema for the phone's JSON and the page's form), and a filter."""

import hashlib
from collections.abc import Mapping
from datetime import UTC, date, datetime
from typing import Annotated, Any, Literal, Self
from uuid import UUID

from flask_babel import lazy_gettext as _
from flask_wtf.file import FileField, MultipleFileField
from pydantic import AwareDatetime, BeforeValidator, Field, WithJsonSchema, field_validator, model_validator
from werkzeug.datastructures import MultiDict
from wtforms import HiddenField, RadioField, SelectField, SelectMultipleField

from walkapp.core.clock import STOCKHOLM
from walkapp.core.errors import DomainError, Invalid
from walkapp.core.geo import check_position
from walkapp.core.period import Period, read_period
from walkapp.core.schema import Schema, Sentence, read
from walkapp.core.text import clean, line
from walkapp.promises.rules import Theme
from walkapp.walks.models import Walk
from walkapp.walks.rules import Light
from walkapp.web.forms import Form, Line, Words, choices
from walkapp.web.refusal import refuse

from .rules import Feeling, PlaceMethod, without_empty_words

# Beyond these nobody has read the settings; what a municipality allows (`config`) lies below.
TEXT_LIMIT = 20_000
MOST_PHOTOS = 20
MOST_THEMES = 3


def _none_if_empty(value: Any) -> Any:
    return None if value == "" else value


def _local_if_naive(value: Any) -> Any:
    """A form's `datetime-local` has no zone: it means the clock on the wall."""
    try:
        at = datetime.fromisoformat(value) if isinstance(value, str) else value
    except ValueError:
        return value
    return at.replace(tzinfo=STOCKHOLM) if isinstance(at, datetime) and at.tzinfo is None else at


Optional = BeforeValidator(_none_if_empty)


class ObservationIn(Schema):
    """What a walker saw. Positions in degrees WGS 84, accuracy in metres (68 %), times with a zone."""

    themes: Annotated[list[Theme], Field(min_length=1, max_length=MOST_THEMES)]
    text: str = ""
    lat: Annotated[float | None, Optional] = None
    lon: Annotated[float | None, Optional] = None
    accuracy_m: Annotated[float | None, Optional] = None
    place_method: Annotated[PlaceMethod | None, Optional] = None
    stop: Annotated[Annotated[int, Field(ge=1, le=999)] | None, Optional] = None
    place: str = ""
    feeling: Annotated[Feeling | None, Optional] = None
    light: Annotated[Light | None, Optional] = None
    observed_at: Annotated[AwareDatetime | None, BeforeValidator(_local_if_naive), Optional] = None
    photos: list[UUID] = Field(default_factory=list, max_length=MOST_PHOTOS)

    @field_validator("themes", mode="before")
    @classmethod
    def _themes(cls, value: Any) -> Any:
        if not isinstance(value, list) or not value:
            raise Sentence("Välj vad du har sett.")
        try:
            themes = without_empty_words(Theme.of(one) for one in value)
        except (ValueError, AttributeError, TypeError, DomainError):
            raise Sentence("Ett av ämnena finns inte. Välj bland knapparna.") from None
        if len(themes) > MOST_THEMES:
            raise Sentence(f"Högst {MOST_THEMES} ämnen får plats i en iakttagelse. Skriv resten som en ny.")
        return themes

    @field_validator("text", "place", mode="before")
    @classmethod
    def _words(cls, value: Any, info: Any) -> Any:
        if value is None:
            return ""
        if not isinstance(value, str):
            return value
        try:
            return (
                line(value, limit=200, field="place") if info.field_name == "place" else clean(value, limit=TEXT_LIMIT)
            )
        except Invalid as error:
            raise Sentence.of(error) from None

    @field_validator("accuracy_m")
    @classmethod
    def _accuracy(cls, value: float | None) -> float | None:
        # Phones have reported -1, 0 and infinity for "don't know"; that must not cost the observation.
        return value if value is not None and 0 < value < 100_000 else None

    @model_validator(mode="after")
    def _position(self) -> "ObservationIn":
        if (self.lat is None) != (self.lon is None):
            raise Sentence("En plats behöver både latitud och longitud.")
        if self.lat is not None and self.lon is not None:
            try:
                check_position(self.lat, self.lon)
            except Invalid as error:
                raise Sentence.of(error) from None
        return self

    @property
    def method(self) -> PlaceMethod:
        """How the place came about, when the sender did not say."""
        if self.lat is not None:
            return self.place_method if self.place_method in (PlaceMethod.PIN, PlaceMethod.STOP) else PlaceMethod.GPS
        if self.stop is not None:
            return PlaceMethod.STOP
        return PlaceMethod.STREET if self.place else PlaceMethod.NONE

    def content_hash(self) -> str:
        """Tells whether something sent twice under one id is the same (UTC, sets in order)."""
        at = self.observed_at and self.observed_at.astimezone(UTC)
        body = self.model_copy(update={"photos": sorted(self.photos), "observed_at": at}).model_dump_json()
        return hashlib.sha256(body.encode()).hexdigest()


def read_observation(data: Mapping[str, Any], *, text_limit: int, most_photos: int) -> ObservationIn:
    """An observation within the limits of this municipality. Raises Invalid with a sentence a field."""
    said = read(ObservationIn, data)
    if len(said.text) > text_limit:
        clean(said.text, limit=text_limit)
    if len(said.photos) > most_photos:
        sentence = f"Högst {most_photos} bilder får plats i en iakttagelse. Ta bort några och försök igen."
        raise Invalid(sentence, {"photos": sentence})
    return said


class CaptureForm(Form):
    """The phone's page, sent as it stands. It has the fields; what they may hold is `ObservationIn`'s to say."""

    id = HiddenField()
    # The button that was tapped comes first, as a hidden input of the same name.
    themes = SelectMultipleField(validate_choice=False, choices=choices((theme.value, theme.label) for theme in Theme))
    feeling = RadioField(
        _("Hur trygg känns platsen?"),
        validate_choice=False,
        choices=choices((feeling.value, feeling.label.capitalize()) for feeling in Feeling),
    )
    camera = FileField(_("Ta foto"))
    gallery = MultipleFileField(_("Välj bild"))
    # Photos that the server already holds, when the page comes back because something else was wrong.
    photos = SelectMultipleField(validate_choice=False)
    stop = SelectField(_("Stopp"), validate_choice=False)
    place = Line(_("Gata eller plats"), 200)
    lat = HiddenField()
    lon = HiddenField()
    accuracy_m = HiddenField()
    place_method = HiddenField()
    text = Words(_("Några ord"), TEXT_LIMIT)
    light = RadioField(
        _("Hur ljust är det?"),
        validate_choice=False,
        choices=choices([(Light.LIGHT.value, _("Ljust")), (Light.DARK.value, _("Mörkt"))]),
    )
    observed_at = HiddenField()

    SAID = (
        "themes", "feeling", "photos", "stop", "place", "lat", "lon", "accuracy_m", "place_method", "text", "light",
        "observed_at",
    )  # fmt: skip

    def offer(self, walk: Walk) -> None:
        """The stops of the walk as choices."""
        stops = [(stop.number, f"{stop.number} – {stop.name}") for stop in walk.stops]
        self.stop.choices = choices([("", _("Inget av stoppen")), *stops])

    @property
    def main(self) -> Theme | None:
        """The theme whose button was tapped."""
        first = next(iter(self.themes.data or []), None)
        return Theme(first) if first in list(Theme) else None

    @property
    def said(self) -> dict[str, Any]:
        return {name: self[name].data for name in self.SAID}

    def blame(self, error: Invalid) -> None:
        """Put each sentence at its field; what has no field that can be seen goes to the nearest one that can."""
        told = {key.partition(".")[0]: sentence for key, sentence in error.fields.items()}
        refuse(self, Invalid(error.sentence, {_NEAREST.get(name, name): sentence for name, sentence in told.items()}))


_NEAREST = {"lat": "place", "lon": "place", "stop": "place", "photos": "camera", "observed_at": "", "place_method": ""}

OUTSIDE_PROMISES = "utanfor"


_AS_WRITTEN = WithJsonSchema({"type": "string", "examples": ["2026-q4", "2026-t3", "2026"]})


class Filter(Schema):
    """Which observations somebody wants to see: as it stands in addresses (`?tema=belysning&period=2026-q4`)."""

    themes: list[Theme] = Field(default_factory=list, alias="tema")
    district: Annotated[str, Field(alias="omrade", max_length=64)] = ""
    walk: Annotated[UUID | None, Field(alias="vandring")] = None
    #: A promise's id, or `utanfor`.
    promise: Annotated[UUID | Literal["utanfor"] | None, Field(alias="lofte")] = None
    period: Annotated[Period | None, _AS_WRITTEN] = None
    since: Annotated[date | None, Field(alias="fran")] = None
    until: Annotated[date | None, Field(alias="till")] = None
    light: Annotated[Light | None, Field(alias="ljus")] = None
    feeling: Annotated[Feeling | None, Field(alias="kansla")] = None

    @classmethod
    def of(cls, arguments: MultiDict[str, str]) -> Self:
        """Read a query string; what is empty or has another name is left out. Raises Invalid for an unknown value."""
        names = {field.alias or name for name, field in cls.model_fields.items()}
        given: dict[str, Any] = {k: v for k, v in arguments.items() if k in names and v}
        if themes := [v for v in arguments.getlist("tema") if v]:
            given["tema"] = themes
        return read(cls, given)

    @field_validator("themes", mode="before")
    @classmethod
    def _themes(cls, value: Any) -> Any:
        try:
            return list(dict.fromkeys(Theme.of(one) for one in value))
        except DomainError as error:
            raise Sentence.of(error) from None

    @field_validator("walk", "promise", "light", "feeling", mode="before")
    @classmethod
    def _known(cls, value: Any, info: Any) -> Any:
        kind, sentence = _KINDS[info.field_name]
        if info.field_name == "promise" and value == OUTSIDE_PROMISES:
            return value
        try:
            return kind(value)
        except ValueError:
            raise Sentence(sentence) from None

    @field_validator("period", mode="before")
    @classmethod
    def _period(cls, value: Any) -> Any:
        try:
            return read_period(value)
        except Invalid as error:
            raise Sentence.of(error) from None

    @property
    def days(self) -> tuple[date | None, date | None]:
        """The first and the last day, of the period and the two dates together."""
        firsts = [d for d in (self.since, self.period and self.period.first) if d]
        lasts = [d for d in (self.until, self.period and self.period.last) if d]
        return max(firsts, default=None), min(lasts, default=None)

    @property
    def active(self) -> int:
        """How many filters are set."""
        return len(self.model_fields_set)


_KINDS: dict[str, tuple[Any, str]] = {
    "walk": (UUID, "Vandringen finns inte."),
    "promise": (UUID, "Löftet finns inte."),
    "light": (Light, "Välj ljust eller morkt."),
    "feeling": (Feeling, "Välj tryggt, lite_otryggt eller mycket_otryggt."),
}
