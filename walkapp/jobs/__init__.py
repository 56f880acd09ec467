"""Later work, written in the same transaction as what causes it; `walkapp tick` runs what is due.

A job is claimed by one process, runs in a transaction of its own, and is tried again with growing pauses.
"""

import logging
import uuid
from collections.abc import Callable
from datetime import datetime, timedelta
from typing import Any

import sqlalchemy as sa
from sqlalchemy.orm import Mapped, Session, mapped_column

from walkapp.core.clock import now
from walkapp.core.db import Base, Sessions, new_id

log = logging.getLogger(__name__)

Work = Callable[[Session, dict[str, Any]], None]
MOST_TRIES = 8

# kind → what does it; filled by the factory (`app.WORK`)
WORK: dict[str, Work] = {}


class Job(Base):
    __tablename__ = "jobs"

    id: Mapped[uuid.UUID] = mapped_column(primary_key=True, default=new_id)
    kind: Mapped[str] = mapped_column(sa.String(64))
    payload: Mapped[dict[str, Any]]
    created_at: Mapped[datetime]
    run_after: Mapped[datetime] = mapped_column(index=True)
    tries: Mapped[int] = mapped_column(default=0)
    done_at: Mapped[datetime | None] = mapped_column(index=True)
    error: Mapped[str] = mapped_column(sa.Text, default="")


def enqueue(db: Session, kind: str, payload: dict[str, Any], *, after: timedelta = timedelta()) -> Job:
    at = now()
    job = Job(kind=kind, payload=payload, created_at=at, run_after=at + after)
    db.add(job)
    return job


def run_due(sessions: Sessions, *, most: int = 1000) -> tuple[int, int]:
    """Run what is due, one transaction a job. Returns (done, failed)."""
    done = failed = 0
    for _ in range(most):
        with sessions() as db:
            job = db.scalar(_due())
            if job is None:
                break
            try:
                with db.begin_nested():
                    WORK[job.kind](db, job.payload)
                job.done_at, job.error = now(), ""
                done += 1
            except Exception as error:  # one broken job must not stop the others
                log.exception("job %s failed", job.kind)
                job.tries += 1
                job.error = f"{type(error).__name__}: {error}"[:1000]
                job.run_after = now() + timedelta(minutes=2**job.tries)
                failed += 1
            db.commit()
    return done, failed


def _due() -> sa.Select[tuple[Job]]:
    return (
        sa.select(Job)
        .where(Job.done_at.is_(None), Job.run_after <= now(), Job.tries < MOST_TRIES)
        .order_by(Job.run_after)
        .limit(1)
        .with_for_update(skip_locked=True)
    )
