"""Outlines as geometry: what they may be, how they overlap, how far one differs from another."""

from collections.abc import Collection
from dataclasses import dataclass, field
from enum import StrEnum

from shapely import MultiPolygon, STRtree
from shapely.geometry.base import BaseGeometry

from walkapp.core.geo import metres_per_degree
from walkapp.core.text import slug

#: So near to a neighbour that a phone's error (5–15 m) decides: still one district, and flagged.
BORDER_M = 15.0

MOST_BYTES = 20_000_000
MOST_FEATURES = 500
MOST_CORNERS = 500_000
LEAST_AREA_M2 = 100.0
#: Neighbours drawn by hand overlap by a hair; from here on it is worth a sentence.
WORTH_TELLING_M2 = 100.0
#: A centimetre: finer digits are noise, and make files three times as long.
DECIMALS = 7

_SLUG_LENGTH = 60


class Flag(StrEnum):
    """How sure the district of a position is."""

    INSIDE = "inside"
    BORDER = "border"
    OUTSIDE = "outside"


@dataclass(frozen=True)
class Outline:
    """One district as a file gives it. `number` is its place in the file, from 1; `shape` in degrees WGS 84."""

    number: int
    name: str
    code: str | None
    shape: MultiPolygon
    municipality: str = ""
    approximate: bool = False
    source: str = ""

    @property
    def label(self) -> str:
        return f"Område {self.number} ({self.name})"


@dataclass(frozen=True)
class Layer:
    """What a file held: the outlines that can be used, a sentence for each that cannot, and what was mended."""

    outlines: list[Outline]
    refused: list[str] = field(default_factory=list)
    notes: list[str] = field(default_factory=list)


@dataclass(frozen=True)
class Overlap:
    one: str
    other: str
    area_m2: float


def area_m2(shape: BaseGeometry) -> float:
    """Within 1 ‰ for a shape the size of a municipality."""
    if shape.is_empty:
        return 0.0
    north, east = metres_per_degree(shape.centroid.y)
    return float(shape.area * north * east)


def changed_share(was: BaseGeometry, now: BaseGeometry) -> float:
    """How much ground changes hands, as a share of what there was: 0 for the same outline, 2 for one elsewhere."""
    if was.equals(now):
        return 0.0
    return float(was.symmetric_difference(now).area / was.area) if was.area else 1.0


def overlaps(outlines: list[Outline]) -> list[Overlap]:
    """Pairs that claim the same ground, the largest first."""
    shapes = [outline.shape for outline in outlines]
    tree = STRtree(shapes)
    pairs = ((i, j) for i, shape in enumerate(shapes) for j in tree.query(shape, predicate="intersects") if i < j)
    found = (Overlap(outlines[i].name, outlines[j].name, area_m2(shapes[i].intersection(shapes[j]))) for i, j in pairs)
    return sorted((one for one in found if one.area_m2 >= WORTH_TELLING_M2), key=lambda one: -one.area_m2)


def new_slug(name: str, taken: Collection[str]) -> str:
    """`Åbytorp-Hardemo` → `abytorp-hardemo`; the second one of the same slug gets a number."""
    first = slug(name)[:_SLUG_LENGTH].strip("-") or "omrade"
    candidate, n = first, 1
    while candidate in taken:
        n += 1
        candidate = f"{first}-{n}"
    return candidate
