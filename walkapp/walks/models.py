"""A walk, and the numbered stops of its route."""

import uuid
from datetime import datetime

import sqlalchemy as sa
from sqlalchemy.orm import Mapped, mapped_column, relationship

from walkapp.core.db import Base, new_id
from walkapp.districts.models import District

from .rules import Light, WalkState


class Walk(Base):
    __tablename__ = "walks"

    id: Mapped[uuid.UUID] = mapped_column(primary_key=True, default=new_id)
    code: Mapped[str] = mapped_column(sa.String(6), unique=True)
    title: Mapped[str] = mapped_column(sa.String(120))
    starts_at: Mapped[datetime] = mapped_column(index=True)
    district_id: Mapped[uuid.UUID | None] = mapped_column(sa.ForeignKey("districts.id"), index=True)
    light: Mapped[Light]
    meeting_place: Mapped[str] = mapped_column(sa.String(200), default="")
    expected_walkers: Mapped[int | None]
    state: Mapped[WalkState] = mapped_column(default=WalkState.PLANNED)
    opened_at: Mapped[datetime | None]
    closed_at: Mapped[datetime | None]
    created_at: Mapped[datetime]
    created_by: Mapped[uuid.UUID | None] = mapped_column(sa.ForeignKey("users.id", ondelete="SET NULL"))

    district: Mapped[District | None] = relationship()
    stops: Mapped[list["Stop"]] = relationship(
        back_populates="walk", order_by="Stop.number", cascade="all, delete-orphan"
    )


class Stop(Base):
    """A numbered place of the route; standing at it is as good a position as GPS."""

    __tablename__ = "stops"
    __table_args__ = (sa.UniqueConstraint("walk_id", "number"),)

    id: Mapped[uuid.UUID] = mapped_column(primary_key=True, default=new_id)
    walk_id: Mapped[uuid.UUID] = mapped_column(sa.ForeignKey("walks.id", ondelete="CASCADE"), index=True)
    number: Mapped[int]
    name: Mapped[str] = mapped_column(sa.String(120))
    lat: Mapped[float | None]
    lon: Mapped[float | None]

    walk: Mapped[Walk] = relationship(back_populates="stops")
