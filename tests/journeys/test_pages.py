"""Every page for every role, in light and dark: nothing foreign, no violation of the CSP, no fault that axe finds."""

from collections.abc import Callable
from typing import Any

import pytest
import sqlalchemy as sa
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Page

from tests.journeys.conftest import DESK, PHONE, Live, OpenPage
from walkapp.actions.models import Action
from walkapp.core.permissions import Role
from walkapp.observations.models import Observation
from walkapp.walks.models import Walk

pytestmark = pytest.mark.browser

PUBLIC = {
    "hem": "/",
    "loften": "/loften",
    "logga-in": "/logga-in",
    "tillganglighet": "/tillganglighet",
    "integritet": "/integritet",
}
READ = {
    "hem": "/",
    "karta": "/karta",
    "karta-lista": "/karta/lista",
    "atgardsplan": "/atgardsplan",
    "plan-omrade": "/atgardsplan/stadshuset",
    "plan-utskrift": "/atgardsplan/stadshuset?utskrift=ja",
    "iakttagelser": "/iakttagelser",
    "vandringar": "/vandringar",
    "konto": "/konto",
}
PAGES: dict[Role | None, dict[str, str]] = {
    None: PUBLIC,
    Role.OFFICIAL: READ,
    Role.STAFF: READ,
    Role.LEADER: READ | {"ny-vandring": "/vandringar/ny"},
    Role.ADMIN: READ | {"konton": "/konton"},
}


@pytest.mark.parametrize("dark", [False, True], ids=["ljust", "morkt"])
@pytest.mark.parametrize("role", PAGES, ids=lambda role: role.value if role else "ingen")
def test_every_page_is_accessible_and_keeps_to_itself(
    role: Role | None, dark: bool, live: Live, open_page: OpenPage, picture: Callable[[Page, str], None]
) -> None:
    faults: list[Any] = []
    page = open_page(role, dark=dark)
    for name, path in (PAGES[role] | details(live, role)).items():
        # The other size has the other scheme's turn: axe looks at both sizes and both schemes, at half the price.
        for size in (DESK, PHONE) if dark else (PHONE, DESK):
            page.set_viewport_size(size)  # type: ignore[arg-type]
            response = page.goto(path)
            assert response is not None and response.status == 200, path
            wide = page.evaluate("() => document.documentElement.scrollWidth - document.documentElement.clientWidth")
            faults += [(path, size["width"], f"scrolls sideways by {wide} px")] if wide > 0 else []
            picture(page, f"{name}-{role.value if role else 'ingen'}-{size['width']}-{'morkt' if dark else 'ljust'}")
        # axe is put in by the debugger, which the CSP does not bind
        found = Axe().run(page)
        faults += [(path, size["width"], v["id"], v["nodes"][0]["html"][:200]) for v in found.response["violations"]]
    page.watch.assert_clean()  # type: ignore[attr-defined]
    assert faults == []


def details(live: Live, role: Role | None) -> dict[str, str]:
    """Pages of one thing, for those who may see them."""
    if role is None:
        return {}
    with live.sessions() as db:
        paths = {
            "vandring": f"/vandringar/{db.scalars(sa.select(Walk.id).order_by(Walk.starts_at).limit(1)).one()}",
            "iakttagelse": f"/iakttagelser/{db.scalars(sa.select(Observation.id).limit(1)).one()}",
        }
        if role is not Role.STAFF:  # staff see their own units' actions only
            paths["atgard"] = f"/atgarder/{db.scalars(sa.select(Action.id).order_by(Action.number).limit(1)).one()}"
        return paths
