"""Long lists by pages: `?sida=2`."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Generic, TypeVar
from urllib.parse import urlencode

from flask import request

from walkapp.core.errors import Invalid

Row = TypeVar("Row")
SIZE = 50


@dataclass(frozen=True)
class Page(Generic[Row]):
    rows: Sequence[Row]
    number: int
    total: int
    size: int = SIZE

    @property
    def last(self) -> int:
        return max(1, -(-self.total // self.size))

    def address(self, number: int) -> str:
        """This page's address with another number, filters kept."""
        arguments = [(k, v) for k, v in request.args.items(multi=True) if k != "sida"]
        return f"{request.path}?{urlencode([*arguments, ('sida', str(number))])}"


def page_number() -> int:
    text = request.args.get("sida", "1")
    if not text.isascii() or not text.isdigit() or not 1 <= int(text[:9]) <= 1_000_000:
        raise Invalid("Sidnumret ska vara ett heltal från 1.")
    return int(text)
