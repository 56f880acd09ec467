"""A district: its name, its outline, and how long it was in use."""

import uuid
from datetime import datetime

import sqlalchemy as sa
from sqlalchemy.orm import Mapped, mapped_column

from walkapp.core.clock import now
from walkapp.core.db import Base, new_id
from walkapp.core.mercator import Box


class District(Base):
    """A part of the municipality; data, not code. It is never deleted: what was filed under it keeps its meaning."""

    __tablename__ = "districts"
    __table_args__ = (sa.CheckConstraint("west <= east AND south <= north", name="box"),)

    id: Mapped[uuid.UUID] = mapped_column(primary_key=True, default=new_id)
    # Stands in addresses that people keep: a new name does not change it.
    slug: Mapped[str] = mapped_column(sa.String(64), unique=True)
    code: Mapped[str | None] = mapped_column(sa.String(32))
    name: Mapped[str] = mapped_column(sa.String(120))
    municipality: Mapped[str] = mapped_column(sa.String(120), default="")
    sort: Mapped[int] = mapped_column(default=0)
    # A GeoJSON MultiPolygon, degrees WGS 84, and the box around it.
    geometry: Mapped[str] = mapped_column(sa.Text)
    west: Mapped[float]
    south: Mapped[float]
    east: Mapped[float]
    north: Mapped[float]
    # Drawn roughly: shown as ”ungefärliga gränser”.
    approximate: Mapped[bool] = mapped_column(default=False)
    source: Mapped[str] = mapped_column(sa.String(300), default="")
    # New at every change, on whatever server: what was computed from the outlines knows by it that it is old.
    version: Mapped[uuid.UUID] = mapped_column(default=new_id, onupdate=new_id)
    created_at: Mapped[datetime] = mapped_column(default=now)
    updated_at: Mapped[datetime] = mapped_column(default=now, onupdate=now)
    retired_at: Mapped[datetime | None]

    @property
    def middle(self) -> tuple[float, float]:
        """Latitude and longitude of the middle of the box."""
        return (self.south + self.north) / 2, (self.west + self.east) / 2

    @property
    def box(self) -> Box:
        return self.west, self.south, self.east, self.north
