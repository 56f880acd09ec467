"""One engine a database and run, a savepoint a test, a stopped network, nothing shared between tests."""

import os
import shutil
import subprocess
import tempfile
import uuid
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
import sqlalchemy as sa
from flask import Flask
from flask.testing import FlaskClient
from jinja2 import FileSystemBytecodeCache
from sqlalchemy.orm import Session

from tests import make
from tests.cast import Person
from walkapp.accounts import service as accounts
from walkapp.app import create_app
from walkapp.config import Settings
from walkapp.core import migrate
from walkapp.core.actor import SYSTEM
from walkapp.core.db import make_engine, make_sessions
from walkapp.seed import lay_foundation
from walkapp.web.access import USER_COOKIE, WALK_COOKIE

IN_CI = bool(os.environ.get("CI"))
POSTGRES = "WALKAPP_TEST_POSTGRES"


def unavailable(reason: str) -> None:
    """Something that the machine lacks skips a test here and fails it in CI."""
    if IN_CI:
        pytest.fail(f"CI must have it: {reason}")
    pytest.skip(reason)


# --- PostgreSQL: one server of our own for the whole run, started by the controlling process ------------------------


def pytest_configure(config: pytest.Config) -> None:
    if hasattr(config, "workerinput") or POSTGRES in os.environ or config.option.collectonly:
        return
    folder = _postgres_programs()
    if folder:
        config.stash[SERVER] = server = Postgres(folder)
        os.environ[POSTGRES] = server.url


def pytest_unconfigure(config: pytest.Config) -> None:
    server = config.stash.get(SERVER, None)
    if server:
        server.stop()
        del os.environ[POSTGRES]


def _postgres_programs() -> Path | None:
    found = sorted(Path("/usr/lib/postgresql").glob("*/bin/initdb")) if Path("/usr/lib/postgresql").is_dir() else []
    on_path = shutil.which("initdb")
    return found[-1].parent if found else Path(on_path).resolve().parent if on_path else None


class Postgres:
    """A server in a folder that is thrown away, reachable by a socket alone."""

    def __init__(self, programs: Path) -> None:
        self.programs = programs
        self.folder = Path(tempfile.mkdtemp(prefix="walkapp-pg-"))
        if os.geteuid() == 0:  # initdb refuses to run as root
            shutil.chown(self.folder, "postgres")
        self._run("initdb", "-D", str(self.folder / "data"), "-U", "walkapp", "-A", "trust", "--no-sync", "-E", "UTF8")
        options = (
            f"-k {self.folder} -c listen_addresses='' -c fsync=off -c synchronous_commit=off -c full_page_writes=off"
        )
        self._run(
            "pg_ctl", "-D", str(self.folder / "data"), "-w", "-o", options, "-l", str(self.folder / "log"), "start"
        )
        self.url = f"postgresql+psycopg://walkapp@/postgres?host={self.folder}"

    def stop(self) -> None:
        self._run("pg_ctl", "-D", str(self.folder / "data"), "-m", "immediate", "stop")
        shutil.rmtree(self.folder, ignore_errors=True)

    def _run(self, program: str, *arguments: str) -> None:
        command = [str(self.programs / program), *arguments]
        if os.geteuid() == 0:
            command = ["runuser", "-u", "postgres", "--", *command]
        subprocess.run(command, check=True, capture_output=True, cwd="/")


SERVER: pytest.StashKey[Postgres] = pytest.StashKey()


def new_postgres_database() -> str:
    """An empty database of one's own on the run's server."""
    if POSTGRES not in os.environ:
        unavailable("no PostgreSQL on this machine (Debian: postgresql)")
    name = f"t{uuid.uuid4().hex}"
    server = sa.make_url(os.environ[POSTGRES])
    engine = sa.create_engine(server, isolation_level="AUTOCOMMIT")
    with engine.connect() as connection:
        connection.exec_driver_sql(f"CREATE DATABASE {name} TEMPLATE template0")
    engine.dispose()
    return server.set(database=name).render_as_string(hide_password=False)


# --- Database and application ---------------------------------------------------------------------------------------


@pytest.fixture(scope="session", params=["sqlite", "postgresql"])
def engine(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Iterator[sa.Engine]:
    """Migrated, with Kumla's districts, promises and units. Every test that needs it runs on both databases."""
    if request.param == "sqlite":
        url = f"sqlite:///{tmp_path_factory.mktemp('db') / 'walkapp.db'}"
    else:
        url = new_postgres_database()
    engine = make_engine(url)
    migrate.upgrade(engine)
    with make_sessions(engine)() as db:
        lay_foundation(db, SYSTEM)
        db.commit()
    yield engine
    engine.dispose()


@pytest.fixture
def connection(engine: sa.Engine) -> Iterator[sa.Connection]:
    with engine.connect() as connection:
        transaction = connection.begin()
        yield connection
        transaction.rollback()


@pytest.fixture
def db(connection: sa.Connection) -> Iterator[Session]:
    with make_sessions(connection, join_transaction_mode="create_savepoint")() as db:
        yield db


@pytest.fixture(scope="session")
def settings(tmp_path_factory: pytest.TempPathFactory) -> Settings:
    return Settings(data=tmp_path_factory.mktemp("data"), secret_key="only-for-tests", url="http://localhost")


@pytest.fixture(scope="session")
def compiled(tmp_path_factory: pytest.TempPathFactory) -> FileSystemBytecodeCache:
    """Every test has an application of its own; compiling each template once for all of them is enough."""
    return FileSystemBytecodeCache(str(tmp_path_factory.mktemp("templates")))


@pytest.fixture
def app(connection: sa.Connection, db: Session, settings: Settings, compiled: FileSystemBytecodeCache) -> Flask:
    """The application on the test's own transaction: what it commits is a savepoint."""
    sessions = make_sessions(connection, join_transaction_mode="create_savepoint")
    app = create_app(settings, sessions)
    app.config.update(TESTING=True, WTF_CSRF_ENABLED=False)
    app.jinja_env.bytecode_cache = compiled
    return app


class Client(FlaskClient):
    """A browser: `as_` signs a person in, `walking` joins a walk, `phone` sends what a phone sends."""

    db: Session

    def open(self, *args: Any, **kwargs: Any) -> Any:
        # The test's own savepoint must be released before the request opens the next one, and read anew after it.
        self.db.commit()
        response = super().open(*args, **kwargs)
        self.db.expire_all()
        return response

    def as_(self, person: Person) -> "Client":
        token = accounts.start_session(self.db, make.make_user(self.db, person), hours=1)
        self.set_cookie(USER_COOKIE, token)
        return self

    def walking(self, token: str) -> "Client":
        self.set_cookie(WALK_COOKIE, token)
        return self

    def put_json(self, path: str, body: Any, token: str, **kwargs: Any) -> Any:
        return self.put(path, json=body, headers={"Authorization": f"Bearer {token}"}, **kwargs)


@pytest.fixture
def client(app: Flask, db: Session) -> Client:
    app.test_client_class = Client
    client = app.test_client()
    assert isinstance(client, Client)
    client.db = db
    return client


@pytest.fixture(scope="session")
def shared_data() -> Path:
    """Real geodata and photos that lie beside the checkout and are never committed."""
    folder = Path(__file__).resolve().parents[2] / "shared" / "data"
    if not folder.is_dir():
        pytest.skip("no ../shared/data beside the checkout")
    return folder
