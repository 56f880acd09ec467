"""Which districts there are, and which one a position lies in."""

from collections.abc import Sequence
from threading import Lock
from typing import NamedTuple, cast
from uuid import UUID

import numpy as np
import shapely
import sqlalchemy as sa
from sqlalchemy.orm import Session

from walkapp.core.errors import NotFound
from walkapp.core.geo import metres_per_degree
from walkapp.core.mercator import Box
from walkapp.core.once import forget_when_changed, once

from .models import District
from .rules import BORDER_M, Flag

IN_USE = District.retired_at.is_(None)


def all_districts(db: Session) -> Sequence[District]:
    """Those in use, in their order."""
    return db.scalars(sa.select(District).where(IN_USE).order_by(District.sort, District.slug)).all()


def by_slug(db: Session, slug: str) -> District:
    """Also one that is no longer in use: its plan and its past can still be read. Raises NotFound."""
    found = db.scalar(sa.select(District).where(District.slug == slug))
    if found is None:
        raise NotFound("Området finns inte.")
    return found


def extent(db: Session) -> Box | None:
    """The box around all districts in use (degrees WGS 84); none when there are none."""
    low, high = sa.func.min, sa.func.max
    box = db.execute(
        sa.select(low(District.west), low(District.south), high(District.east), high(District.north)).where(IN_USE)
    ).one()
    return cast(Box, tuple(box)) if None not in box else None


# --- Filing ----------------------------------------------------------------------------------------------------------


class Known(NamedTuple):
    """A district by what stands on a line of text; safe to keep between requests, unlike a row."""

    id: UUID
    slug: str
    name: str


class Filing(NamedTuple):
    """Where a position belongs. `near` is a hint: at a border the neighbour, outside the nearest district."""

    district: Known | None
    flag: Flag
    near: Known | None = None
    metres: float | None = None


def district_at(db: Session, lat: float, lon: float) -> Filing:
    """The one district of a position (degrees WGS 84), the same one for the same position always.

    Where outlines overlap or meet, the first in order has it; a crack between two districts belongs to the nearer one.
    Right also on several processes: which outlines hold is asked of the database once a transaction.
    """
    return once(db, "districts", lambda: _index(db)).file(lat, lon)


forget_when_changed("districts", District)


class Index:
    """All outlines on a plane in metres, prepared: 7 µs a question for a dozen districts, 20 µs for 300.

    (One question to all of them at once is faster than an STRtree, which needs a point object first.) The plane is flat
    around the middle of the districts: true to 1 % within 100 km north and south of it, and on which side of a border a
    position lies does not depend on it.
    """

    def __init__(self, districts: Sequence[District]) -> None:
        self.known = [Known(one.id, one.slug, one.name) for one in districts]
        middle = sum(one.south + one.north for one in districts) / (2 * len(districts)) if districts else 0.0
        self.north, self.east = metres_per_degree(middle)
        plane = np.array([self.east, self.north])
        self.shapes = np.array(
            [shapely.transform(shapely.from_geojson(one.geometry), lambda points: points * plane) for one in districts]
        )
        # What is near a border lies in the rims of two districts; the core of one is what no other reaches.
        self.rims = shapely.buffer(self.shapes, BORDER_M, quad_segs=16)
        reach = shapely.STRtree(self.rims)
        self.cores = np.array(
            [
                shape - shapely.union_all([self.rims[j] for j in reach.query(shape, "intersects") if j != i])
                for i, shape in enumerate(self.shapes)
            ]
        )
        for prepared in (self.shapes, self.rims, self.cores):
            shapely.prepare(prepared)

    def file(self, lat: float, lon: float) -> Filing:
        x, y = lon * self.east, lat * self.north
        if (inside := shapely.intersects_xy(self.cores, x, y)).any():
            return Filing(self.known[inside.argmax()], Flag.INSIDE)
        near = np.flatnonzero(shapely.intersects_xy(self.rims, x, y))
        point = shapely.Point(x, y)
        if len(near) < 2:
            return self._outside(point)
        distances = shapely.distance(self.shapes[near], point)
        # In several at once, on a border or where they overlap, all distances are 0, and the first in order has it.
        home = int(distances.argmin())
        other = min((i for i in range(len(near)) if i != home), key=lambda i: float(distances[i]))
        return Filing(self.known[near[home]], Flag.BORDER, self.known[near[other]], float(distances[other]))

    def _outside(self, point: shapely.Point) -> Filing:
        if not self.known:
            return Filing(None, Flag.OUTSIDE)
        distances = shapely.distance(self.shapes, point)
        nearest = int(distances.argmin())
        return Filing(None, Flag.OUTSIDE, self.known[nearest], float(distances[nearest]))


# By the versions of all outlines in it: no two sets of districts share a key, not even those of two databases.
_indexes: dict[tuple[UUID, ...], Index] = {}
_lock = Lock()
_MOST_INDEXES = 4


def _index(db: Session) -> Index:
    order = (District.sort, District.slug)
    key = tuple(db.scalars(sa.select(District.version).where(IN_USE).order_by(*order)))
    found = _indexes.get(key)
    if found is None:
        districts = all_districts(db)
        found = Index(districts)
        with _lock:
            while len(_indexes) >= _MOST_INDEXES:
                _indexes.pop(next(iter(_indexes)))
            _indexes[tuple(one.version for one in districts)] = found
    return found
