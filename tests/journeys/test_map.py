"""The map in a real browser: drawn without a second request, reached by finger and by keys, inert to hostile text."""

import re
from collections.abc import Iterator
from typing import Any

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Page, Request, Route, expect

from tests.actions.acts import see
from tests.journeys.conftest import DESK, PHONE, Live, OpenPage, serve
from tests.make import make_walk
from tests.maps.hostile import FIELDS, PAYLOAD, make_target
from walkapp.accounts import service as accounts
from walkapp.app import create_app
from walkapp.config import Settings
from walkapp.core import migrate
from walkapp.core.actor import SYSTEM
from walkapp.core.db import make_engine, make_sessions
from walkapp.core.permissions import Role
from walkapp.seed import DEMO_PEOPLE, lay_foundation

pytestmark = pytest.mark.browser


@pytest.fixture(scope="module")
def live(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Live]:
    """A server of our own: one observation full of hostile text, five on one spot, and some around them."""
    settings = Settings(data=tmp_path_factory.mktemp("map"), secret_key="only-for-tests")
    engine = make_engine(settings.database)
    migrate.upgrade(engine)
    sessions = make_sessions(engine)
    with sessions() as db:
        lay_foundation(db, SYSTEM)
        accounts.add_user(db, SYSTEM, email=DEMO_PEOPLE["official"], name="Olof", role=Role.OFFICIAL)
        target = make_target(db)
        for field in FIELDS:
            field.fill(db, target)
        walk = make_walk(db)
        for n in range(5):
            see(db, "klotter", east=700, walk=walk, text=f"Klotter {n}")
        for n in range(20):
            see(db, "trafik", "belysning", east=-300 - n * 40, north=n % 5 * 90, walk=walk, text=f"Korsning {n}")
        db.commit()
    app = create_app(settings, sessions)
    server, port = serve(app)
    yield Live(f"http://127.0.0.1:{port}", "", app, sessions)
    server.close()
    engine.dispose()


@pytest.fixture
def asked() -> list[str]:
    """What was asked of the API."""
    return []


def at(open_page: OpenPage, path: str, asked: list[str] | None = None, **how: Any) -> Page:
    page = open_page(Role.OFFICIAL, **how)

    def note(request: Request) -> None:
        if asked is not None and "/api/v1/map" in request.url:
            asked.append(request.url)

    page.on("request", note)
    page.goto(path, wait_until="networkidle")
    return page


def choose(page: Page, words: str) -> None:
    """By the arrow keys, as somebody does who sees no map."""
    page.locator(".map").focus()
    heard = []
    for key in [f"Arrow{way}" for way in ("Right", "Down", "Left", "Up", "Right", "Right", "Right", "Right")]:
        page.keyboard.press(key)
        heard.append(page.locator("#karta-status").text_content() or "")
        if words in heard[-1]:
            return
    raise AssertionError(f"{words!r} was not reached: {heard}")


# --- Hostile text ----------------------------------------------------------------------------------------------------


def test_hostile_text_is_shown_as_it_is_and_runs_nowhere(open_page: OpenPage) -> None:
    page = at(open_page, "/karta#18/59.1277/15.1434")
    dialogs: list[str] = []
    page.on("dialog", lambda dialog: (dialogs.append(dialog.message), dialog.dismiss()))
    expect(page.locator("#karta-rader")).to_contain_text(PAYLOAD)
    page.locator("#karta-rader a").first.click()
    card = page.locator("#karta-kort")
    expect(card).to_be_visible()
    shown = card.inner_text()
    assert shown.count(PAYLOAD) == len([field for field in FIELDS if field.in_card])
    expect(page.locator(".map-source")).to_contain_text(PAYLOAD)
    assert "ägd" not in page.title()
    assert page.locator("img[src=x]").count() == 0
    page.goto("/karta/lista")
    expect(page.locator("main")).to_contain_text(PAYLOAD)
    page.goto("/karta/oversikt.svg")
    assert page.locator("img").count() == 0
    assert dialogs == []
    page.watch.assert_clean()  # type: ignore[attr-defined]


# --- What goes wrong -------------------------------------------------------------------------------------------------


def test_without_reception_the_map_says_so_and_stays(open_page: OpenPage) -> None:
    page = at(open_page, "/karta")
    page.route("**/api/v1/map?*", lambda route: route.abort())
    page.locator("[data-map=closer]").click()
    expect(page.locator("#karta-status")).to_be_visible()
    expect(page.locator("#karta-status")).to_contain_text("Försök igen")
    page.unroute("**/api/v1/map?*")
    page.locator("[data-map=farther]").click()
    expect(page.locator("#karta-status")).not_to_have_attribute("data-trouble", "")


def test_a_refusal_is_told_in_the_server_s_own_words(open_page: OpenPage) -> None:
    def refuse(route: Route) -> None:
        route.fulfill(status=503, content_type="application/problem+json", body='{"detail": "Databasen vilar."}')

    page = at(open_page, "/karta")
    page.route("**/api/v1/map?*", refuse)
    page.locator("[data-map=closer]").click()
    expect(page.locator("#karta-status")).to_have_text("Databasen vilar.")


def test_a_fragment_that_is_no_view_is_left_alone(open_page: OpenPage) -> None:
    page = at(open_page, "/karta#99/999/<img>")
    expect(page.locator("#karta-antal")).to_contain_text("26 iakttagelser")
    page.watch.assert_clean()  # type: ignore[attr-defined]


def test_without_script_there_are_a_picture_a_list_and_a_table(open_page: OpenPage) -> None:
    page = at(open_page, "/karta", script=False)
    expect(page.locator("img.map-still")).to_be_visible()
    assert page.locator("img.map-still").evaluate("(picture) => picture.naturalWidth") > 0
    assert page.locator("#karta-rader li").count() == 20
    expect(page.get_by_role("table")).to_contain_text("Malmen")
    page.locator("#karta-rader a").first.click()
    assert "/iakttagelser/" in page.url
    page.watch.assert_clean()  # type: ignore[attr-defined]


# --- Seeing ----------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("size", [DESK, PHONE], ids=["desk", "phone"])
@pytest.mark.parametrize("dark", [False, True], ids=["ljust", "morkt"])
def test_the_first_view_is_drawn_without_asking_again(
    open_page: OpenPage, asked: list[str], size: dict[str, int], dark: bool
) -> None:
    page = at(open_page, "/karta", asked, size=size, dark=dark)
    assert asked == []
    assert inked(page) > 500
    assert page.locator(".leaflet-omraden-pane path").count() == 12
    page.watch.assert_clean()  # type: ignore[attr-defined]


def inked(page: Page) -> int:
    """Pixels of the canvas that something is drawn on."""
    return int(
        page.locator("canvas.map-observations").evaluate(
            "(canvas) => canvas.getContext('2d').getImageData(0, 0, canvas.width, canvas.height).data"
            ".filter((value, i) => i % 4 === 3 && value > 0).length"
        )
    )


def test_the_list_follows_the_view_and_leads_to_the_same_rows(open_page: OpenPage, asked: list[str]) -> None:
    page = at(open_page, "/karta#18/59.1277/15.1434", asked)
    expect(page.locator("#karta-antal")).to_have_text("1 iakttagelse i vyn")
    assert len(asked) == 1
    page.locator("[data-map=home]").click()
    expect(page.locator("#karta-antal")).to_have_text("26 iakttagelser i vyn")
    page.locator("#karta-fler").click()
    expect(page.locator("main")).to_contain_text("26 iakttagelser")
    assert "bbox=" in page.url


def test_a_filter_keeps_the_view_but_another_district_opens_there(open_page: OpenPage) -> None:
    page = at(open_page, "/karta#15/59.1277/15.1434")
    page.locator("#filter-tema").select_option("klotter")
    page.wait_for_url(re.compile(r"tema=klotter"))
    expect(page.locator("#karta-rader li")).to_have_count(5)
    assert "#15/" in page.url
    page.locator("#filter-omrade").select_option("malmen")
    page.wait_for_url(re.compile(r"omrade=malmen"))
    expect(page.locator("path.is-chosen")).to_have_count(1)
    assert "#15/" not in page.url


def test_the_scheme_changes_the_canvas_too(open_page: OpenPage) -> None:
    page = at(open_page, "/karta")
    before = page.locator("canvas.map-observations").evaluate("(canvas) => canvas.toDataURL()")
    page.emulate_media(color_scheme="dark")
    page.wait_for_function("(before) => document.querySelector('canvas').toDataURL() !== before", arg=before)


# --- Reaching --------------------------------------------------------------------------------------------------------


def test_arrow_keys_reach_enter_opens_escape_closes_and_gives_the_focus_back(open_page: OpenPage) -> None:
    page = at(open_page, "/karta#17.5/59.1277/15.1434")
    choose(page, "Belysning")
    page.keyboard.press("Enter")
    card = page.locator("#karta-kort")
    expect(card).to_be_visible()
    expect(card.locator("h2")).to_be_focused()
    expect(card.get_by_role("link", name="Öppna iakttagelsen")).to_be_visible()
    page.keyboard.press("Escape")
    expect(card).to_be_hidden()
    expect(page.locator(".map")).to_be_focused()


def test_a_cluster_opens_until_one_spot_is_left_and_that_one_is_a_list(open_page: OpenPage) -> None:
    page = at(open_page, "/karta?tema=klotter")
    page.locator(".map").focus()
    page.keyboard.press("ArrowRight")
    expect(page.locator("#karta-status")).to_contain_text("5 iakttagelser")
    page.keyboard.press("Enter")
    card = page.locator("#karta-kort")
    expect(card.locator("h2")).to_have_text("5 iakttagelser på samma plats")
    card.locator("a", has_text="Klotter 3").click()
    expect(card).to_contain_text("Klotter 3")
    expect(card.locator("h2")).to_be_focused()


@pytest.mark.parametrize("size", [DESK, PHONE], ids=["desk", "phone"])
def test_a_finger_opens_a_point_a_little_beside_it(open_page: OpenPage, size: dict[str, int]) -> None:
    page = at(open_page, "/karta#18/59.1277/15.1434", size=size)
    box = page.locator(".map").bounding_box()
    assert box
    x, y = box["x"] + box["width"] / 2 + 18, box["y"] + box["height"] / 2
    (page.touchscreen.tap if size is PHONE else page.mouse.click)(x, y)
    expect(page.locator("#karta-kort")).to_be_visible()
    page.locator("#karta-kort [data-close]").click()
    expect(page.locator("#karta-kort")).to_be_hidden()


@pytest.mark.parametrize("size", [DESK, PHONE], ids=["desk", "phone"])
def test_an_open_card_has_no_fault_that_axe_finds_and_fits_at_twice_the_text(
    open_page: OpenPage, size: dict[str, int]
) -> None:
    page = at(open_page, "/karta#18/59.1277/15.1434", size=size)
    page.locator("#karta-rader a").first.click()
    expect(page.locator("#karta-kort")).to_be_visible()
    found = Axe().run(page)
    assert [(v["id"], v["nodes"][0]["html"][:200]) for v in found.response["violations"]] == []
    page.evaluate("() => { document.documentElement.style.fontSize = '200%' }")
    page.evaluate("() => new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(done)))")
    wide = page.evaluate("() => document.documentElement.scrollWidth - document.documentElement.clientWidth")
    assert wide <= 0


def test_buttons_are_large_enough_for_a_finger(open_page: OpenPage) -> None:
    page = at(open_page, "/karta", size=PHONE)
    for button in page.locator(".map-buttons button").all():
        box = button.bounding_box()
        assert box
        assert min(box["width"], box["height"]) >= 44
