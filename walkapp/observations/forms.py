"""The shape of an observation: one schema for the phone's JSON and the page's form."""

import hashlib
from datetime import datetime
from typing import Annotated, Any
from uuid import UUID

from pydantic import AwareDatetime, BeforeValidator, Field, field_validator, model_validator

from walkapp.core.clock import STOCKHOLM
from walkapp.core.errors import DomainError, Invalid
from walkapp.core.geo import check_position
from walkapp.core.schema import Schema, Sentence
from walkapp.core.text import clean, line
from walkapp.promises.rules import Theme
from walkapp.walks.rules import Light

from .rules import Feeling, PlaceMethod

TEXT_LIMIT = 2000
MOST_THEMES = 3
MOST_PHOTOS = 6


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
    stop: Annotated[int | None, Optional, Field(ge=1, le=999)] = None
    place: str = ""
    feeling: Annotated[Feeling | None, Optional] = None
    light: Annotated[Light | None, Optional] = None
    observed_at: Annotated[AwareDatetime | None, BeforeValidator(_local_if_naive), Optional] = None
    photos: Annotated[list[UUID], Field(max_length=MOST_PHOTOS)] = []

    @field_validator("themes", mode="before")
    @classmethod
    def _themes(cls, value: Any) -> Any:
        if not isinstance(value, list) or not value:
            raise Sentence("Välj vad du har sett.")
        try:
            return list(dict.fromkeys(Theme.of(one) for one in value))
        except (ValueError, AttributeError, TypeError, DomainError):
            raise Sentence("Ett av ämnena finns inte. Välj bland knapparna.") from None

    @field_validator("text", "place", mode="before")
    @classmethod
    def _words(cls, value: Any, info: Any) -> Any:
        if value is None:
            return ""
        if not isinstance(value, str):
            return value
        try:
            return clean(value, limit=TEXT_LIMIT) if info.field_name == "text" else line(value, limit=200, field="place")
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
        body = self.model_copy(update={"photos": sorted(self.photos)}).model_dump_json()
        return hashlib.sha256(body.encode()).hexdigest()
