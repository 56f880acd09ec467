"""The base of every form on a page: flask-wtf, with its messages in our Swedish."""

from collections.abc import Iterable
from typing import Any

from flask_wtf import FlaskForm
from wtforms import StringField, TextAreaField
from wtforms.fields.choices import SelectChoice  # type: ignore[attr-defined]  # newer than its stubs
from wtforms.validators import InputRequired, Length, ValidationError

from walkapp.core.errors import Invalid
from walkapp.core.text import clean, line


class Form(FlaskForm):
    class Meta:
        locales = ("sv",)


def choices(pairs: Iterable[tuple[Any, str]]) -> list[Any]:
    """(value, text) as a select or radio field wants its choices."""
    return [SelectChoice(str(value), text) for value, text in pairs]


def needed(sentence: str) -> InputRequired:
    return InputRequired(sentence)


def at_most(limit: int) -> Length:
    return Length(max=limit, message=f"Högst {limit} tecken får plats.")


class Line(StringField):
    """One line of text, cleaned (see `core.text`)."""

    def __init__(self, label: str, limit: int = 120, validators: Any = (), **kwargs: Any) -> None:
        super().__init__(label, [*validators, at_most(limit)], **kwargs)
        self.limit = limit

    def process_formdata(self, valuelist: list[str]) -> None:
        if valuelist:
            self.data = _cleaned(line, valuelist[0], self.limit)


class Words(TextAreaField):
    """Several lines of text, cleaned."""

    def __init__(self, label: str, limit: int = 2000, validators: Any = (), **kwargs: Any) -> None:
        super().__init__(label, [*validators, at_most(limit)], **kwargs)
        self.limit = limit

    def process_formdata(self, valuelist: list[str]) -> None:
        if valuelist:
            self.data = _cleaned(clean, valuelist[0], self.limit)


def _cleaned(how: Any, text: str, limit: int) -> str:
    # Length is judged by the validator, which keeps what was typed on the page.
    return str(how(text, limit=max(limit, len(text))))


__all__ = ["Form", "Invalid", "Line", "ValidationError", "Words", "at_most", "choices", "needed"]
