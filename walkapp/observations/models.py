"""An observation and its themes. Its id is the phone's own UUID, so that sending it again is the same observation."""

import uuid
from datetime import datetime

import sqlalchemy as sa
from sqlalchemy.orm import Mapped, mapped_column, relationship

from walkapp.core.db import Base
from walkapp.districts.models import District
from walkapp.photos.models import Photo
from walkapp.promises.models import Promise
from walkapp.promises.rules import Theme
from walkapp.walks.models import Stop, Walk
from walkapp.walks.rules import Light

from .rules import DistrictFlag, Feeling, PlaceMethod, needs_a_look_in_the_dark


class Observation(Base):
    __tablename__ = "observations"

    id: Mapped[uuid.UUID] = mapped_column(primary_key=True)
    walk_id: Mapped[uuid.UUID] = mapped_column(sa.ForeignKey("walks.id"), index=True)
    # The phone, not a person: says how many different walkers saw the same thing.
    sign_in_id: Mapped[uuid.UUID | None] = mapped_column(sa.ForeignKey("sign_ins.id", ondelete="SET NULL"), index=True)
    receipt: Mapped[str] = mapped_column(sa.String(32), unique=True)
    content_hash: Mapped[str] = mapped_column(sa.String(64))

    text: Mapped[str] = mapped_column(sa.Text, default="")
    feeling: Mapped[Feeling | None]
    light: Mapped[Light]

    lat: Mapped[float | None]
    lon: Mapped[float | None]
    accuracy_m: Mapped[float | None]
    place_method: Mapped[PlaceMethod]
    place: Mapped[str] = mapped_column(sa.String(200), default="")
    stop_id: Mapped[uuid.UUID | None] = mapped_column(sa.ForeignKey("stops.id", ondelete="SET NULL"))
    map_key: Mapped[int | None] = mapped_column(sa.BigInteger, index=True)

    district_id: Mapped[uuid.UUID | None] = mapped_column(sa.ForeignKey("districts.id"), index=True)
    district_flag: Mapped[DistrictFlag]

    observed_at: Mapped[datetime] = mapped_column(index=True)
    received_at: Mapped[datetime] = mapped_column(index=True)

    walk: Mapped[Walk] = relationship()
    stop: Mapped[Stop | None] = relationship()
    district: Mapped[District | None] = relationship()
    themes: Mapped[list["ObservationTheme"]] = relationship(
        back_populates="observation", order_by="ObservationTheme.position", cascade="all, delete-orphan"
    )
    photo_links: Mapped[list["ObservationPhoto"]] = relationship(
        order_by="ObservationPhoto.position", cascade="all, delete-orphan"
    )
    photos: Mapped[list[Photo]] = relationship(
        secondary="observation_photos",
        primaryjoin="Observation.id == ObservationPhoto.observation_id",
        secondaryjoin="foreign(ObservationPhoto.photo_id) == Photo.id",
        order_by="ObservationPhoto.position",
        viewonly=True,
    )

    @property
    def whereabouts(self) -> str:
        """The place in words, as far as anybody said any."""
        stop = f"Stopp {self.stop.number} – {self.stop.name}" if self.stop else ""
        return ", ".join(part for part in (stop, self.place) if part)

    @property
    def look_in_the_dark(self) -> bool:
        return needs_a_look_in_the_dark([link.theme for link in self.themes], self.light)


class ObservationTheme(Base):
    """One theme of an observation, with the promise that it fell under that day (none: utanför löftena)."""

    __tablename__ = "observation_themes"

    observation_id: Mapped[uuid.UUID] = mapped_column(
        sa.ForeignKey("observations.id", ondelete="CASCADE"), primary_key=True
    )
    theme: Mapped[Theme] = mapped_column(primary_key=True)
    position: Mapped[int]
    promise_id: Mapped[uuid.UUID | None] = mapped_column(sa.ForeignKey("promises.id"), index=True)

    observation: Mapped[Observation] = relationship(back_populates="themes")
    promise: Mapped[Promise | None] = relationship()


class ObservationPhoto(Base):
    """Which photos belong to an observation, by the ids that the phone gave them.

    No foreign key: the two may arrive in any order, and a refused photo must not cost the observation its text.
    """

    __tablename__ = "observation_photos"

    observation_id: Mapped[uuid.UUID] = mapped_column(
        sa.ForeignKey("observations.id", ondelete="CASCADE"), primary_key=True
    )
    photo_id: Mapped[uuid.UUID] = mapped_column(primary_key=True, index=True)
    position: Mapped[int]
