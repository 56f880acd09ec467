"""The database: engine, base class, column types. SQLite by default, PostgreSQL by its address."""

import uuid
from datetime import UTC, datetime
from enum import Enum, StrEnum
from typing import Any, ClassVar

import sqlalchemy as sa
from sqlalchemy import event
from sqlalchemy.orm import DeclarativeBase, Session, sessionmaker
from sqlalchemy.types import TypeDecorator

Sessions = sessionmaker[Session]


class UtcDateTime(TypeDecorator[datetime]):
    """An aware moment; kept as UTC in both databases (SQLite has no zone of its own)."""

    impl = sa.DateTime(timezone=True)
    cache_ok = True

    def process_bind_param(self, value: datetime | None, dialect: sa.Dialect) -> datetime | None:
        if value is None:
            return None
        if value.tzinfo is None:
            raise ValueError("a moment without a time zone is not a moment")
        return value.astimezone(UTC)

    def process_result_value(self, value: datetime | None, dialect: sa.Dialect) -> datetime | None:
        if value is None:
            return None
        return value.replace(tzinfo=UTC) if value.tzinfo is None else value.astimezone(UTC)


def _values(enum: type[Enum]) -> list[str]:
    return [str(member.value) for member in enum]


class Base(DeclarativeBase):
    metadata = sa.MetaData(
        naming_convention={
            "ix": "ix_%(table_name)s_%(column_0_N_name)s",
            "uq": "uq_%(table_name)s_%(column_0_N_name)s",
            "ck": "ck_%(table_name)s_%(constraint_name)s",
            "fk": "fk_%(table_name)s_%(column_0_N_name)s",
            "pk": "pk_%(table_name)s",
        }
    )
    # Enums as words, not as a database type: adding a word must not need a migration on PostgreSQL.
    type_annotation_map: ClassVar[dict[Any, Any]] = {
        datetime: UtcDateTime(),
        uuid.UUID: sa.Uuid(),
        StrEnum: sa.Enum(StrEnum, native_enum=False, create_constraint=False, length=32, values_callable=_values),
        dict[str, Any]: sa.JSON(),
    }


def new_id() -> uuid.UUID:
    return uuid.uuid4()


def make_engine(url: str, **options: Any) -> sa.Engine:
    """An engine for `url`. SQLite gets WAL, full synchronisation and explicit transactions.

    Python's sqlite3 opens transactions by its own rules (and none before DDL); here SQLAlchemy's begin says BEGIN, so
    that DDL rolls back too. Writers say BEGIN IMMEDIATE: two of them queue up at the start, where waiting is safe,
    and never meet in the middle. A connection with the option `reads_only` says plain BEGIN and disturbs nobody.
    """
    if not url.startswith("sqlite"):
        return sa.create_engine(url, pool_pre_ping=True, **options)
    engine = sa.create_engine(url, connect_args={"timeout": 15, "check_same_thread": False}, **options)

    @event.listens_for(engine, "connect")
    def _set_up(connection: Any, _record: Any) -> None:
        connection.isolation_level = None
        for pragma in ("journal_mode=WAL", "synchronous=FULL", "foreign_keys=ON", "busy_timeout=15000"):
            connection.execute(f"PRAGMA {pragma}")

    @event.listens_for(engine, "begin")
    def _begin(connection: sa.Connection) -> None:
        reads_only = connection.get_execution_options().get("reads_only", False)
        connection.exec_driver_sql("BEGIN" if reads_only else "BEGIN IMMEDIATE")

    return engine


def make_sessions(bind: sa.Engine | sa.Connection, **options: Any) -> Sessions:
    return sessionmaker(bind, expire_on_commit=False, **options)
