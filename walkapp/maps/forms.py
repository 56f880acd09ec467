"""What an address may ask of the map: the filters of the lists, the state of what came of it, and the view."""

from math import isfinite
from typing import Annotated, Any

from pydantic import Field, WithJsonSchema, field_validator

from walkapp.actions.rules import State
from walkapp.core.mercator import Box
from walkapp.core.schema import Sentence
from walkapp.observations.forms import Filter

from .rules import MOST_ZOOM, Progress

_BOX_SCHEMA = WithJsonSchema({"type": "string", "examples": ["15.10,59.10,15.20,59.16"]})


class MapFilter(Filter):
    """Which observations: the list's own filters, what has come of them, and perhaps only those in a box."""

    status: State | Progress | None = None
    bbox: Annotated[Box | None, _BOX_SCHEMA] = None

    @field_validator("status", mode="before")
    @classmethod
    def _status(cls, value: Any) -> Any:
        for kind in (State, Progress):
            if value in list(kind):
                return kind(value)
        raise Sentence("Läget finns inte. Välj bland " + ", ".join([*Progress, *State]) + ".")

    @field_validator("bbox", mode="before")
    @classmethod
    def _bbox(cls, value: Any) -> Any:
        return read_box(str(value))


class MapQuestion(MapFilter):
    """A view and its filters, as `/api/v1/map` is asked."""

    bbox: Annotated[Box, _BOX_SCHEMA]
    zoom: Annotated[int, Field(ge=0, le=MOST_ZOOM)]

    @field_validator("zoom", mode="before")
    @classmethod
    def _zoom(cls, value: Any) -> int:
        text = str(value)
        if not (text.isascii() and text.isdigit() and int(text[:3]) <= MOST_ZOOM):
            raise Sentence(f"zoom ska vara ett heltal från 0 till {MOST_ZOOM}.")
        return int(text)


def read_box(text: str) -> Box:
    """`väst,syd,öst,nord` in degrees WGS 84. Raises Sentence."""
    try:
        edges = [float(part) for part in text.split(",")]
    except ValueError:
        edges = []
    if len(edges) != 4 or not all(map(isfinite, edges)):
        raise Sentence("bbox ska vara fyra tal med komma emellan: väst,syd,öst,nord i grader.")
    west, south, east, north = edges
    if not (-180 <= west <= 180 and -180 <= east <= 180 and -90 <= south <= 90 and -90 <= north <= 90):
        raise Sentence("bbox ligger utanför jorden: longitud −180 till 180, latitud −90 till 90.")
    if 54 <= west <= 70 and 54 <= east <= 70 and 10 <= south <= 25 and 10 <= north <= 25:
        raise Sentence("Latitud och longitud verkar ha bytt plats i bbox: skriv väst,syd,öst,nord.")
    if west > east or south > north:
        raise Sentence("bbox är vänd: väst ska vara mindre än öst, och syd mindre än nord.")
    if west == east or south == north:
        raise Sentence("bbox är tom: väst och öst, syd och nord är samma.")
    return west, south, east, north
