"""A real server with the Kumla demo, and a real browser that may talk to nobody else."""

import shutil
import threading
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest
import sqlalchemy as sa
import waitress.server
from flask import Flask
from playwright.sync_api import Browser, BrowserContext, Page

from tests.conftest import unavailable
from walkapp.accounts import service as accounts
from walkapp.accounts.models import User
from walkapp.app import create_app
from walkapp.config import Settings
from walkapp.core import migrate
from walkapp.core.actor import SYSTEM
from walkapp.core.db import Sessions, make_engine, make_sessions
from walkapp.core.permissions import Role
from walkapp.seed import DEMO_PEOPLE, grow_demo, lay_foundation
from walkapp.walks.models import Walk
from walkapp.walks.rules import WalkState
from walkapp.web.access import USER_COOKIE

PICTURES = Path(__file__).resolve().parents[2] / "artifacts"
PHONE = {"width": 360, "height": 740}
DESK = {"width": 1280, "height": 900}


@dataclass
class Live:
    """The running demo: its address, its open walk's code, its database."""

    url: str
    code: str
    app: Flask
    sessions: Sessions

    def session_token(self, role: Role) -> str:
        with self.sessions() as db:
            user = db.scalars(sa.select(User).where(User.email == DEMO_PEOPLE[role.value])).one()
            token = accounts.start_session(db, user, hours=1)
            db.commit()
        return token


def serve(app: Flask) -> tuple[Any, int]:
    server = waitress.server.create_server(app, host="127.0.0.1", port=0, threads=4)
    threading.Thread(target=server.run, daemon=True).start()
    return server, int(server.effective_port)


@pytest.fixture(scope="session")
def live(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Live]:
    settings = Settings(data=tmp_path_factory.mktemp("live"), secret_key="only-for-tests")
    engine = make_engine(settings.database)
    migrate.upgrade(engine)
    sessions = make_sessions(engine)
    with sessions() as db:
        lay_foundation(db, SYSTEM)
        grow_demo(db, settings)
        db.commit()
        code = db.scalars(sa.select(Walk.code).where(Walk.state == WalkState.OPEN)).one()
    app = create_app(settings, sessions)
    server, port = serve(app)
    yield Live(f"http://127.0.0.1:{port}", code, app, sessions)
    server.close()
    engine.dispose()


@pytest.fixture(scope="session")
def browser_type_launch_args() -> dict[str, Any]:
    chromium = shutil.which("chromium") or shutil.which("chromium-browser") or shutil.which("google-chrome")
    if chromium is None:
        unavailable("no Chromium on this machine (Debian: chromium)")
    flags = (
        "--no-sandbox", "--disable-gpu", "--disable-background-networking",
        "--disable-component-update", "--disable-sync", "--no-first-run",
    )  # fmt: skip
    return {"executable_path": chromium, "args": list(flags), "headless": True}


@dataclass
class Watch:
    """What a page did that it must not: foreign requests, CSP violations, script errors."""

    foreign: list[str]
    errors: list[str]

    def assert_clean(self) -> None:
        assert self.foreign == []
        assert self.errors == []


OpenPage = Callable[..., Page]


@pytest.fixture
def open_page(browser: Browser, live: Live) -> Iterator[OpenPage]:
    """`open_page(role=…, size=…, dark=…)` → a page in a context of its own, watched; `page.watch` says what it did."""
    contexts: list[BrowserContext] = []

    def open(
        role: Role | None = None, size: dict[str, int] = DESK, dark: bool = False, script: bool = True, **options: Any
    ) -> Page:
        phone = size["width"] < 600
        context = browser.new_context(
            viewport=size, color_scheme="dark" if dark else "light", java_script_enabled=script, locale="sv-SE",
            timezone_id="Europe/Stockholm", base_url=live.url, has_touch=phone, is_mobile=phone, **options,
        )  # fmt: skip
        contexts.append(context)
        if role:
            context.add_cookies([{"name": USER_COOKIE, "value": live.session_token(role), "url": live.url}])
        page = context.new_page()
        page.set_default_timeout(10_000)
        watch = Watch([], [])
        page.on(
            "request",
            lambda r: watch.foreign.append(r.url) if not r.url.startswith((live.url, "data:", "blob:")) else None,
        )
        page.on("console", lambda m: watch.errors.append(m.text) if m.type == "error" else None)
        page.on("pageerror", lambda e: watch.errors.append(str(e)))
        page.watch = watch  # type: ignore[attr-defined]
        return page

    yield open
    for context in contexts:
        context.close()


@pytest.fixture
def picture() -> Callable[[Page, str], None]:
    """Keeps a screenshot in artifacts/ (ignored by git)."""

    def take(page: Page, name: str) -> None:
        PICTURES.mkdir(exist_ok=True)
        page.screenshot(path=PICTURES / f"{name}.png", full_page=True)

    return take
