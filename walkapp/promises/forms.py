"""The shape of a file of pledges, and what its faults are called."""

from datetime import date
from typing import Annotated, Any

import pydantic_core
from pydantic import BeforeValidator, ConfigDict, Field, field_validator, model_validator

from walkapp.core.errors import DomainError, Invalid
from walkapp.core.schema import Schema, Sentence, read
from walkapp.core.text import clean, line, slug

from .rules import PromiseOwner, Theme, Wording

MOST_BYTES = 1_000_000


def _theme(value: Any) -> Theme:
    try:
        return Theme.of(value)
    except DomainError as error:
        raise Sentence.of(error) from None


def _words(limit: int) -> BeforeValidator:
    """One line of text, cleaned; what is not text is left for the type to refuse."""

    def tidy(value: Any) -> Any:
        if not isinstance(value, str):
            return value
        try:
            return line(value, limit=limit)
        except Invalid as error:
            raise Sentence.of(error) from None

    return BeforeValidator(tidy)


class PromiseIn(Schema):
    model_config = ConfigDict(extra="forbid")

    number: Annotated[int, Field(ge=1, le=999, strict=True)]
    owner: PromiseOwner
    text: Annotated[str, Field(min_length=1), _words(1000)]
    themes: Annotated[list[Annotated[Theme, BeforeValidator(_theme)]], Field(default_factory=list)]


class PledgeIn(Schema):
    """A pledge as a file gives it. Both days of the period belong to it."""

    model_config = ConfigDict(extra="forbid")

    slug: Annotated[str, Field(min_length=1, max_length=64)]
    title: Annotated[str, Field(min_length=1), _words(120)]
    valid_from: date
    valid_to: date
    signed_on: date | None = None
    signed_by: Annotated[str, _words(300)] = ""
    wording: Wording
    example: bool = False
    source: Annotated[str, _words(300)] = ""
    note: str = ""
    promises: Annotated[list[PromiseIn], Field(min_length=1, max_length=100)]

    @field_validator("slug")
    @classmethod
    def _slug(cls, value: str) -> str:
        if slug(value) != value:
            raise Sentence("Beteckningen (slug) ska bara ha små bokstäver a–z, siffror och bindestreck.")
        return value

    @field_validator("note", mode="before")
    @classmethod
    def _note(cls, value: Any) -> Any:
        try:
            return clean(value, limit=2000) if isinstance(value, str) else value
        except Invalid as error:
            raise Sentence.of(error) from None

    @model_validator(mode="after")
    def _whole(self) -> "PledgeIn":
        if self.valid_to < self.valid_from:
            raise Sentence(f"{self.title}: perioden slutar innan den börjar.")
        numbers = [promise.number for promise in self.promises]
        if twice := next((n for n in numbers if numbers.count(n) > 1), None):
            raise Sentence(f"{self.title}: två löften har nummer {twice}.")
        themes = [theme for promise in self.promises for theme in promise.themes]
        if shared := next((theme for theme in Theme if themes.count(theme) > 1), None):
            raise Sentence(f"{self.title}: {shared.label} hör till två löften. Ett tema kan bara höra till ett.")
        return self


class PledgesIn(Schema):
    model_config = ConfigDict(extra="forbid")

    pledges: Annotated[list[PledgeIn], Field(min_length=1, max_length=100)]


def _bytes(text: str | bytes) -> bytes:
    data = text.encode(errors="replace") if isinstance(text, str) else text
    return data.removeprefix(b"\xef\xbb\xbf")


def read_pledges(text: str | bytes) -> list[PledgeIn]:
    """The pledges of a JSON file. Raises Invalid with the first fault as its sentence and all of them in `fields`."""
    if len(text) > MOST_BYTES:
        raise Invalid("Filen är för stor för att vara medborgarlöften.")
    try:
        data = pydantic_core.from_json(_bytes(text), allow_inf_nan=False)
    except ValueError:
        raise Invalid("Filen går inte att läsa som JSON.") from None
    if not isinstance(data, dict) or "pledges" not in data:
        raise Invalid("Filen ska vara ett JSON-objekt med listan ”pledges”.")
    return read(PledgesIn, data).pledges
