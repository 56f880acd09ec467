"""Input by schema: pydantic checks the shape, and what it finds is said in Swedish."""

from collections.abc import Mapping
from typing import Any, TypeVar

from pydantic import BaseModel, ConfigDict, ValidationError

from .errors import DomainError, Invalid

# pydantic's error type → our sentence
SENTENCES = {
    "missing": "Fältet saknas.",
    "string_type": "Här ska det stå text.",
    "string_too_long": "Texten är för lång.",
    "string_too_short": "Texten är för kort.",
    "float_type": "Här ska det stå ett tal.",
    "float_parsing": "Här ska det stå ett tal.",
    "int_type": "Här ska det stå ett heltal.",
    "int_parsing": "Här ska det stå ett heltal.",
    "int_from_float": "Här ska det stå ett heltal.",
    "finite_number": "Talet måste vara ändligt.",
    "greater_than_equal": "Talet är för litet.",
    "less_than_equal": "Talet är för stort.",
    "greater_than": "Talet är för litet.",
    "less_than": "Talet är för stort.",
    "enum": "Värdet finns inte bland de möjliga.",
    "uuid_parsing": "Här ska det stå ett UUID.",
    "uuid_type": "Här ska det stå ett UUID.",
    "list_type": "Här ska det stå en lista.",
    "too_long": "Listan är för lång.",
    "too_short": "Listan är för kort.",
    "datetime_parsing": "Tiden går inte att läsa; skriv den som 2026-11-24T18:30:00+01:00.",
    "datetime_from_date_parsing": "Tiden går inte att läsa; skriv den som 2026-11-24T18:30:00+01:00.",
    "datetime_type": "Tiden går inte att läsa; skriv den som 2026-11-24T18:30:00+01:00.",
    "date_parsing": "Datumet går inte att läsa; skriv det som 2026-11-24.",
    "date_from_datetime_parsing": "Datumet går inte att läsa; skriv det som 2026-11-24.",
    "date_type": "Datumet går inte att läsa; skriv det som 2026-11-24.",
    "bool_parsing": "Här ska det stå ja eller nej.",
    "extra_forbidden": "Fältet finns inte.",
    "model_type": "Innehållet har inte rätt form.",
    "dict_type": "Innehållet har inte rätt form.",
}


class Schema(BaseModel):
    model_config = ConfigDict(extra="ignore", str_strip_whitespace=True, frozen=True)


Model = TypeVar("Model", bound=BaseModel)


def read(model: type[Model], data: Mapping[str, Any]) -> Model:
    """`data` as a `model`. Raises Invalid with a sentence a field; a domain error from a validator passes as it is."""
    try:
        return model.model_validate(data)
    except ValidationError as error:
        fields: dict[str, str] = {}
        for one in error.errors(include_url=False):
            cause = one.get("ctx", {}).get("error")
            name = ".".join(str(part) for part in one["loc"]) or "innehåll"
            fields[name] = (
                cause.sentence
                if isinstance(cause, Sentence)
                else SENTENCES.get(one["type"], "Värdet går inte att använda.")
            )
        first, sentence = next(iter(fields.items()))
        raise Invalid(f"{first}: {sentence}" if sentence in SENTENCES.values() else sentence, fields) from None


class Sentence(ValueError):
    """Raised in a validator: pydantic collects it with the other errors, and its sentence reaches the person."""

    def __init__(self, sentence: str) -> None:
        super().__init__(sentence)
        self.sentence = sentence

    @classmethod
    def of(cls, error: DomainError) -> "Sentence":
        return cls(error.sentence)
