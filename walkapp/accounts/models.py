"""Users, units, and the tokens that say who somebody is."""

import uuid
from datetime import datetime
from enum import StrEnum

import sqlalchemy as sa
from sqlalchemy.orm import Mapped, mapped_column, relationship

from walkapp.core.db import Base, new_id
from walkapp.core.permissions import Role
from walkapp.districts.models import District


class UnitKind(StrEnum):
    MUNICIPAL = "kommun"
    COMPANY = "bolag"
    OUTSIDE = "utomstaende"


user_units = sa.Table(
    "user_units",
    Base.metadata,
    sa.Column("user_id", sa.ForeignKey("users.id", ondelete="CASCADE"), primary_key=True),
    sa.Column("unit_id", sa.ForeignKey("units.id", ondelete="CASCADE"), primary_key=True),
)

user_districts = sa.Table(
    "user_districts",
    Base.metadata,
    sa.Column("user_id", sa.ForeignKey("users.id", ondelete="CASCADE"), primary_key=True),
    sa.Column("district_id", sa.ForeignKey("districts.id", ondelete="CASCADE"), primary_key=True),
)


class Unit(Base):
    """An owner with the power to act (rådighet): a unit of the municipality, a company, somebody outside."""

    __tablename__ = "units"

    id: Mapped[uuid.UUID] = mapped_column(primary_key=True, default=new_id)
    slug: Mapped[str] = mapped_column(sa.String(64), unique=True)
    name: Mapped[str] = mapped_column(sa.String(120))
    kind: Mapped[UnitKind] = mapped_column(default=UnitKind.MUNICIPAL)


class User(Base):
    __tablename__ = "users"

    id: Mapped[uuid.UUID] = mapped_column(primary_key=True, default=new_id)
    email: Mapped[str] = mapped_column(sa.String(254), unique=True)
    name: Mapped[str] = mapped_column(sa.String(120))
    role: Mapped[Role]
    password_hash: Mapped[str | None] = mapped_column(sa.String(200))
    active: Mapped[bool] = mapped_column(default=True)
    failed_tries: Mapped[int] = mapped_column(default=0)
    locked_until: Mapped[datetime | None]
    created_at: Mapped[datetime]

    units: Mapped[list[Unit]] = relationship(secondary=user_units, order_by=Unit.name)
    districts: Mapped[list[District]] = relationship(secondary=user_districts, order_by=District.sort)


class SignIn(Base):
    """A token that somebody holds: a user's session, or a phone that is with a walk. Only its hash is kept."""

    __tablename__ = "sign_ins"
    __table_args__ = (sa.CheckConstraint("(user_id IS NULL) <> (walk_id IS NULL)", name="user_or_walk"),)

    id: Mapped[uuid.UUID] = mapped_column(primary_key=True, default=new_id)
    token_hash: Mapped[str] = mapped_column(sa.String(64), unique=True)
    user_id: Mapped[uuid.UUID | None] = mapped_column(sa.ForeignKey("users.id", ondelete="CASCADE"), index=True)
    walk_id: Mapped[uuid.UUID | None] = mapped_column(sa.ForeignKey("walks.id", ondelete="CASCADE"), index=True)
    created_at: Mapped[datetime]
    last_seen_at: Mapped[datetime]
    expires_at: Mapped[datetime]
    ended_at: Mapped[datetime | None]

    user: Mapped[User | None] = relationship()


class OneTimeLink(Base):
    """Lets one person in once: the first administrator, somebody new, somebody who forgot the password."""

    __tablename__ = "one_time_links"

    id: Mapped[uuid.UUID] = mapped_column(primary_key=True, default=new_id)
    token_hash: Mapped[str] = mapped_column(sa.String(64), unique=True)
    user_id: Mapped[uuid.UUID] = mapped_column(sa.ForeignKey("users.id", ondelete="CASCADE"), index=True)
    created_at: Mapped[datetime]
    expires_at: Mapped[datetime]
    used_at: Mapped[datetime | None]

    user: Mapped[User] = relationship()
