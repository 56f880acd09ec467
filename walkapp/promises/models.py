"""A pledge (medborgarlöfte) with its period, its promises, and the themes that fall under each."""

import uuid
from datetime import date

import sqlalchemy as sa
from sqlalchemy.orm import Mapped, mapped_column, relationship

from walkapp.core.clock import today
from walkapp.core.db import Base, new_id

from . import rules
from .rules import PromiseOwner, Standing, Theme, Wording


class Pledge(Base):
    """What police and municipality signed for a period. The next period is a new row: promises are versioned."""

    __tablename__ = "pledges"
    __table_args__ = (sa.CheckConstraint("valid_from <= valid_to", name="period"),)

    id: Mapped[uuid.UUID] = mapped_column(primary_key=True, default=new_id)
    slug: Mapped[str] = mapped_column(sa.String(64), unique=True)
    title: Mapped[str] = mapped_column(sa.String(120))
    valid_from: Mapped[date]
    valid_to: Mapped[date]
    signed_on: Mapped[date | None]
    # Offices, never names: who signed is in the document itself.
    signed_by: Mapped[str] = mapped_column(sa.String(300), default="")
    wording: Mapped[Wording]
    # For a demo: never signed by anybody, and said so wherever it is shown.
    example: Mapped[bool] = mapped_column(default=False)
    source: Mapped[str] = mapped_column(sa.String(300), default="")
    note: Mapped[str] = mapped_column(sa.Text, default="")

    promises: Mapped[list["Promise"]] = relationship(
        back_populates="pledge", order_by="Promise.number", cascade="all, delete-orphan"
    )

    @property
    def standing(self) -> Standing:
        return rules.standing(self.valid_from, self.valid_to, today())


class Promise(Base):
    __tablename__ = "promises"
    __table_args__ = (sa.UniqueConstraint("pledge_id", "number"),)

    id: Mapped[uuid.UUID] = mapped_column(primary_key=True, default=new_id)
    pledge_id: Mapped[uuid.UUID] = mapped_column(sa.ForeignKey("pledges.id", ondelete="CASCADE"))
    number: Mapped[int]
    owner: Mapped[PromiseOwner]
    text: Mapped[str] = mapped_column(sa.Text)

    pledge: Mapped[Pledge] = relationship(back_populates="promises")
    theme_links: Mapped[list["PromiseTheme"]] = relationship(cascade="all, delete-orphan")

    @property
    def themes(self) -> list[Theme]:
        """The themes that fall under this promise, in the order of the buttons."""
        linked = {link.theme for link in self.theme_links}
        return [theme for theme in Theme if theme in linked]


class PromiseTheme(Base):
    """A theme falls under one promise of a pledge at most; without one it is ”utanför löftena”."""

    __tablename__ = "promise_themes"
    __table_args__ = (sa.UniqueConstraint("pledge_id", "theme"),)

    promise_id: Mapped[uuid.UUID] = mapped_column(sa.ForeignKey("promises.id", ondelete="CASCADE"), primary_key=True)
    theme: Mapped[Theme] = mapped_column(primary_key=True)
    # Repeated from the promise, so that the database itself refuses a theme under two promises of one pledge.
    pledge_id: Mapped[uuid.UUID] = mapped_column(sa.ForeignKey("pledges.id", ondelete="CASCADE"))
