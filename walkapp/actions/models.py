"""An action, the observations that it is made of, and everything that happened to it."""

import uuid
from datetime import date, datetime
from enum import StrEnum
from typing import Any

import sqlalchemy as sa
from sqlalchemy.orm import Mapped, mapped_column, relationship

from walkapp.accounts.models import Unit, User
from walkapp.core.db import Base, new_id
from walkapp.districts.models import District
from walkapp.observations.models import Observation
from walkapp.photos.models import Photo
from walkapp.promises.models import Promise
from walkapp.promises.rules import Theme

from .rules import CostClass, DeclineReason, Kind, State


class Action(Base):
    """One measure (åtgärd), or one assessment of a camera need (prövning)."""

    __tablename__ = "actions"
    __table_args__ = (
        sa.Index(None, "theme", "lat"),
        sa.CheckConstraint("(lat IS NULL) = (lon IS NULL)", name="position"),
        sa.CheckConstraint("merged_into_id <> id", name="merged_into_another"),
    )

    id: Mapped[uuid.UUID] = mapped_column(primary_key=True, default=new_id)
    # What people say to each other: ”Å-12”.
    number: Mapped[int] = mapped_column(unique=True)
    kind: Mapped[Kind]
    theme: Mapped[Theme]
    title: Mapped[str] = mapped_column(sa.String(200))
    place: Mapped[str] = mapped_column(sa.String(200), default="")

    # The group (see grouping.py): middle, sum of weights in 1/m², the box of its sure positions, place in words.
    lat: Mapped[float | None]
    lon: Mapped[float | None]
    weight: Mapped[float] = mapped_column(default=0.0)
    west: Mapped[float | None]
    south: Mapped[float | None]
    east: Mapped[float | None]
    north: Mapped[float | None]
    place_key: Mapped[str] = mapped_column(sa.String(300), default="", index=True)
    # A person has decided what belongs to it: it is never merged on its own any more.
    confirmed: Mapped[bool] = mapped_column(default=False)

    district_id: Mapped[uuid.UUID | None] = mapped_column(sa.ForeignKey("districts.id"), index=True)
    promise_id: Mapped[uuid.UUID | None] = mapped_column(sa.ForeignKey("promises.id"), index=True)
    unit_id: Mapped[uuid.UUID | None] = mapped_column(sa.ForeignKey("units.id", ondelete="SET NULL"), index=True)

    state: Mapped[State] = mapped_column(default=State.PROPOSED, index=True)
    due: Mapped[date | None]
    due_by_hand: Mapped[bool] = mapped_column(default=False)
    cost_class: Mapped[CostClass | None]
    estimate: Mapped[int | None]  # kronor
    # Until when it waits: for the season, for a decision, for an answer from whom it was forwarded to.
    wait_until: Mapped[date | None]
    forwarded_to: Mapped[str] = mapped_column(sa.String(200), default="")
    decision: Mapped[str] = mapped_column(sa.String(200), default="")
    decline_reason: Mapped[DeclineReason | None]
    done_on: Mapped[date | None]
    after_photo_id: Mapped[uuid.UUID | None] = mapped_column(sa.ForeignKey("photos.id"))
    # Rank set by hand: 1 first, −1 last, none by what is known (see priority.py).
    override: Mapped[int | None]
    owner_note: Mapped[str] = mapped_column(sa.Text, default="")

    # The bush to cut before this lamp is judged; the earlier action that this is a return of; where a merged one went.
    before_id: Mapped[uuid.UUID | None] = mapped_column(sa.ForeignKey("actions.id"), index=True)
    returned_from_id: Mapped[uuid.UUID | None] = mapped_column(sa.ForeignKey("actions.id"))
    merged_into_id: Mapped[uuid.UUID | None] = mapped_column(sa.ForeignKey("actions.id"), index=True)

    created_at: Mapped[datetime]
    updated_at: Mapped[datetime]
    closed_at: Mapped[datetime | None]
    # Counts what people do to it (not what walkers add), so that two of them never overwrite each other.
    version: Mapped[int] = mapped_column(default=1)

    district: Mapped[District | None] = relationship()
    promise: Mapped[Promise | None] = relationship()
    unit: Mapped[Unit | None] = relationship()
    after_photo: Mapped[Photo | None] = relationship()
    before: Mapped["Action | None"] = relationship(foreign_keys=[before_id], remote_side=[id])
    returned_from: Mapped["Action | None"] = relationship(foreign_keys=[returned_from_id], remote_side=[id])
    merged_into: Mapped["Action | None"] = relationship(foreign_keys=[merged_into_id], remote_side=[id])
    links: Mapped[list["ActionObservation"]] = relationship(
        back_populates="action", order_by="(ActionObservation.linked_at, ActionObservation.id)", passive_deletes="all"
    )

    __mapper_args__ = {"version_id_col": version, "version_id_generator": False}  # noqa: RUF012 - SQLAlchemy's own form

    @property
    def code(self) -> str:
        return f"Å-{self.number}"

    @property
    def state_label(self) -> str:
        return self.state.label_for(self.kind)


class ActionObservation(Base):
    """One theme of an observation belongs to exactly one action; how it came there is kept."""

    __tablename__ = "action_observations"
    __table_args__ = (sa.UniqueConstraint("observation_id", "theme"),)

    id: Mapped[uuid.UUID] = mapped_column(primary_key=True, default=new_id)
    action_id: Mapped[uuid.UUID] = mapped_column(sa.ForeignKey("actions.id"), index=True)
    observation_id: Mapped[uuid.UUID] = mapped_column(sa.ForeignKey("observations.id", ondelete="CASCADE"))
    theme: Mapped[Theme]
    # Metres to the middle of the group when it was joined.
    distance_m: Mapped[float | None]
    reason: Mapped[str] = mapped_column(sa.String(300))
    linked_at: Mapped[datetime]
    linked_by: Mapped[uuid.UUID | None] = mapped_column(sa.ForeignKey("users.id", ondelete="SET NULL"))

    action: Mapped[Action] = relationship(back_populates="links")
    observation: Mapped[Observation] = relationship()


class Verb(StrEnum):
    PROPOSED = "proposed"
    JOINED = "joined"
    CONFIRMED = "confirmed"
    SPLIT = "split"
    MERGED = "merged"
    MOVED_OVER = "moved_over"
    STATE = "state"
    EDITED = "edited"
    UNDONE = "undone"


class ActionEvent(Base):
    """What happened, by whom; never changed. `data` holds all that undoing it exactly takes (see history.py)."""

    __tablename__ = "action_events"

    # A running number: events of the same moment keep their order.
    id: Mapped[int] = mapped_column(sa.BigInteger().with_variant(sa.Integer, "sqlite"), primary_key=True)
    action_id: Mapped[uuid.UUID] = mapped_column(sa.ForeignKey("actions.id"), index=True)
    # The other action of a split, a merge or a move over.
    other_id: Mapped[uuid.UUID | None] = mapped_column(sa.ForeignKey("actions.id"), index=True)
    at: Mapped[datetime] = mapped_column(index=True)
    actor_id: Mapped[uuid.UUID | None] = mapped_column(sa.ForeignKey("users.id", ondelete="SET NULL"))
    verb: Mapped[Verb]
    was: Mapped[State | None]
    became: Mapped[State | None]
    note: Mapped[str] = mapped_column(sa.Text, default="")
    data: Mapped[dict[str, Any]] = mapped_column(default=dict)
    undoes_id: Mapped[int | None] = mapped_column(sa.ForeignKey("action_events.id"), unique=True)

    action: Mapped[Action] = relationship(foreign_keys=[action_id])
    other: Mapped[Action | None] = relationship(foreign_keys=[other_id])
    actor: Mapped[User | None] = relationship()
