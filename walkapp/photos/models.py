"""A photo: whose it is, what it was made of, and where its two pictures lie."""

import uuid
from datetime import datetime
from enum import StrEnum

import sqlalchemy as sa
from sqlalchemy.orm import Mapped, mapped_column

from walkapp.core.db import Base


class Purpose(StrEnum):
    SEEN = "seen"
    BEFORE = "before"
    AFTER = "after"


class Photo(Base):
    """Its id is chosen by the phone, so that sending it again is the same photo.

    What it shows (an observation, a finished action) is known by that thing, which may arrive before its photo.
    """

    __tablename__ = "photos"

    id: Mapped[uuid.UUID] = mapped_column(primary_key=True)
    # Of the bytes as they were sent; they themselves are never kept.
    upload_sha256: Mapped[str] = mapped_column(sa.String(64))
    full_key: Mapped[str] = mapped_column(sa.String(64), index=True)
    thumb_key: Mapped[str] = mapped_column(sa.String(64), index=True)
    width: Mapped[int]
    height: Mapped[int]
    size_bytes: Mapped[int]
    purpose: Mapped[Purpose] = mapped_column(default=Purpose.SEEN)
    uploaded_at: Mapped[datetime] = mapped_column(index=True)
    sign_in_id: Mapped[uuid.UUID | None] = mapped_column(sa.ForeignKey("sign_ins.id", ondelete="SET NULL"), index=True)
    walk_id: Mapped[uuid.UUID | None] = mapped_column(sa.ForeignKey("walks.id", ondelete="SET NULL"), index=True)
