"""What can go wrong in the domain. Each error carries the Swedish sentence that the person reads; `web/errors.py` makes
it a page or a problem+json."""

from typing import Any


class DomainError(Exception):
    """The base: `status` is the HTTP status that fits, `sentence` what to tell the person."""

    status = 500

    def __init__(self, sentence: str, **facts: Any) -> None:
        super().__init__(sentence)
        self.sentence = sentence
        self.facts = facts


class Unauthenticated(DomainError):
    status = 401


class Forbidden(DomainError):
    status = 403


class NotFound(DomainError):
    status = 404

    def __init__(self, sentence: str = "Det du söker finns inte, eller så får du inte se det.", **facts: Any) -> None:
        super().__init__(sentence, **facts)


class Conflict(DomainError):
    status = 409


class Gone(DomainError):
    status = 410


class TooLarge(DomainError):
    status = 413


class Unsupported(DomainError):
    status = 415


class Invalid(DomainError):
    """Input that is wrong in shape or meaning. `fields` names the fields at fault, each with its own sentence."""

    status = 422

    def __init__(self, sentence: str, fields: dict[str, str] | None = None, **facts: Any) -> None:
        super().__init__(sentence, **facts)
        self.fields = fields or {}


class TooMany(DomainError):
    status = 429


class Unavailable(DomainError):
    status = 503
