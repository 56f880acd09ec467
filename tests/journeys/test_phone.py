"""A walker's phone, from the QR code to the receipt: with and without coverage, scripts, position."""

import uuid
from collections.abc import Callable
from io import BytesIO
from typing import Any

import pytest
import sqlalchemy as sa
from axe_playwright_python.sync_playwright import Axe
from PIL import Image
from playwright.sync_api import BrowserContext, Page, expect

from tests.journeys.conftest import PHONE, Live, OpenPage
from tests.make import picture as photo_file
from walkapp.observations.models import Observation
from walkapp.observations.queries import LOADED
from walkapp.observations.rules import PlaceMethod
from walkapp.photos.storage import FolderStorage
from walkapp.promises.rules import Theme

pytestmark = pytest.mark.browser

GOOD = {"latitude": 59.1279, "longitude": 15.1438, "accuracy": 8}
POOR = GOOD | {"accuracy": 80}

Walker = Callable[..., Page]


@pytest.fixture
def walker(live: Live, open_page: OpenPage) -> Walker:
    """A phone that has joined the open walk; `at`: what its GPS says."""

    def join(at: dict[str, float] | None = GOOD, **options: Any) -> Page:
        page = open_page(size=PHONE, **options)
        if at:
            page.context.grant_permissions(["geolocation"])
            page.context.set_geolocation(at)  # type: ignore[arg-type]
        page.goto(f"/v/{live.code}")
        page.get_by_role("button", name="Gå med").click()
        expect(theme(page, "Mörkt")).to_be_visible()
        if options.get("script", True):
            page.locator("html[data-scripted]").wait_for()
        return page

    return join


def theme(page: Page, name: str) -> Any:
    return page.locator(".theme-buttons").get_by_role("button", name=name)


def save(page: Page) -> None:
    page.get_by_role("button", name="Spara").click()


def sent(page: Page, n: int = 1) -> None:
    expect(page.locator("[data-sent-rows] > li")).to_have_count(n)


def seen(live: Live, text: str) -> list[Observation]:
    with live.sessions() as db:
        return list(db.scalars(sa.select(Observation).where(Observation.text == text).options(*LOADED)))


def words(page: Page) -> str:
    """A sentence of this test's own, typed into the form."""
    text = f"Kolsvart {uuid.uuid4().hex[:8]}"
    page.get_by_label("Några ord").fill(text)
    return text


def place(page: Page) -> Any:
    return page.locator("[data-place] [data-slot=state]")


def go_offline(context: BrowserContext, off: bool = True) -> None:
    context.set_offline(off)


def test_three_taps_and_no_more(live: Live, walker: Walker, picture: Callable[[Page, str], None]) -> None:
    page = walker()
    picture(page, "telefon-start")
    theme(page, "Mörkt").tap()
    page.set_input_files("#camera", {"name": "IMG.jpg", "mimeType": "image/jpeg", "buffer": photo_file(3000, 2000)})
    expect(place(page)).to_have_text("± 8 m, bra")
    picture(page, "telefon-formular")
    page.get_by_role("button", name="Spara").tap()
    sent(page)
    picture(page, "telefon-skickad")
    with live.sessions() as db:
        newest = sa.select(Observation).order_by(Observation.received_at.desc()).limit(1).options(*LOADED)
        one = db.scalars(newest).one()
        assert [link.theme for link in one.themes] == [Theme.LIGHTING]
        assert (one.place_method, one.lat, one.accuracy_m) == (PlaceMethod.GPS, 59.1279, 8)
        [kept] = one.photos
    storage = live.app.extensions["walkapp.storage"]
    assert isinstance(storage, FolderStorage)
    with storage.open(kept.full_key) as file:
        assert Image.open(BytesIO(file.read())).size == (1600, 1067)
    page.get_by_role("link", name=f"Kvitto {one.receipt}").first.click()
    expect(page.get_by_role("heading", level=1)).to_contain_text("Tack! Din iakttagelse är mottagen")
    page.watch.assert_clean()  # type: ignore[attr-defined]


def test_it_works_as_a_plain_form(live: Live, walker: Walker) -> None:
    page = walker(at=None, script=False)
    theme(page, "Igenvuxet").click()
    page.get_by_text("Mycket otryggt").click()
    text = words(page)
    page.get_by_label("Gata eller plats").fill("Skolvägen")
    page.set_input_files("#gallery", {"name": "a.jpg", "mimeType": "image/jpeg", "buffer": photo_file()})
    save(page)
    expect(page.get_by_role("heading", level=1)).to_contain_text("Tack!")
    expect(page.get_by_text(text)).to_be_visible()
    [one] = seen(live, text)
    assert (one.place_method, len(one.photos)) == (PlaceMethod.STREET, 1)


def test_without_coverage_it_is_kept_and_goes_by_itself_later(live: Live, walker: Walker) -> None:
    page = walker()
    go_offline(page.context)
    theme(page, "Kamerabehov").tap()
    page.set_input_files("#camera", {"name": "a.jpg", "mimeType": "image/jpeg", "buffer": photo_file()})
    text = words(page)
    save(page)
    unsent = page.locator("[data-unsent-rows] > li")
    expect(unsent).to_contain_text("väntar på täckning")
    expect(page.locator("[data-tally]")).to_have_text("1 på telefonen · 0 skickade")
    page.close()  # the phone is put away, and the tab is gone

    again = page.context.new_page()
    go_offline(again.context, False)
    again.goto(f"/v/{live.code}")
    sent(again)
    expect(again.locator("[data-unsent]")).to_be_hidden()
    [one] = seen(live, text)
    assert len(one.photos) == 1


def test_coverage_that_comes_back_sends_without_a_tap(live: Live, walker: Walker) -> None:
    page = walker()
    go_offline(page.context)
    texts = []
    for name in ("Mörkt", "Igenvuxet"):
        theme(page, name).tap()
        texts.append(words(page))
        save(page)
    expect(page.locator("[data-unsent-rows] > li")).to_have_count(2)
    go_offline(page.context, False)
    sent(page, 2)
    assert [len(seen(live, text)) for text in texts] == [1, 1]


def test_a_receipt_cut_off_on_its_way_is_not_sent_twice(live: Live, walker: Walker) -> None:
    page = walker()

    def cut(route: Any) -> None:
        route.fetch()  # the server has it, and the phone never hears of it
        route.abort()

    page.route("**/api/v1/observations/*", cut, times=1)
    theme(page, "Mörkt").tap()
    text = words(page)
    save(page)
    expect(page.locator("[data-unsent-rows] > li")).to_contain_text("väntar på täckning")
    page.get_by_role("button", name="Skicka igen").click()
    sent(page)
    assert len(seen(live, text)) == 1


def test_what_the_server_refuses_is_said_and_can_be_mended(live: Live, walker: Walker) -> None:
    page = walker()
    theme(page, "Mörkt").tap()
    page.get_by_text("Lite otryggt").click()
    page.get_by_label("Några ord").evaluate(
        "field => { field.removeAttribute('maxlength'); field.value = 'a'.repeat(10000); }"
    )
    save(page)
    row = page.locator("[data-unsent-rows] > li")
    expect(row).to_contain_text("Texten är för lång: 10000 tecken")
    row.get_by_role("button", name="Rätta").click()
    expect(page.get_by_role("alert")).to_contain_text("Texten är för lång")
    expect(page.get_by_label("Lite otryggt")).to_be_checked()
    text = words(page)
    save(page)
    sent(page)
    [one] = seen(live, text)
    assert one.feeling == "lite_otryggt"


def test_a_file_that_is_no_photo_costs_nothing_else(live: Live, walker: Walker) -> None:
    page = walker()
    theme(page, "Mörkt").tap()
    page.set_input_files("#gallery", {"name": "a.jpg", "mimeType": "image/jpeg", "buffer": b"<html>hej</html>"})
    text = words(page)
    save(page)
    expect(page.locator("[data-said]")).to_contain_text("Ett foto kom inte med")
    expect(page.locator("[data-said]")).to_contain_text("en webbsida")
    assert len(seen(live, text)) == 1


def test_a_poor_position_asks_for_the_pin_which_keys_and_buttons_move(live: Live, walker: Walker) -> None:
    page = walker(at=POOR)
    theme(page, "Mörkt").tap()
    expect(place(page)).to_have_text("± 80 m, peka gärna ut")
    page.get_by_text("Ändra", exact=True).click()
    frame = page.locator("[data-pin-map]")
    expect(frame.locator(".pin-sign")).to_be_visible()
    frame.focus()
    for _ in range(4):
        frame.press("ArrowUp")
    page.get_by_role("button", name="Åt öster").click()
    expect(place(page)).to_have_text("utpekad på kartan")
    text = words(page)
    save(page)
    sent(page)
    [one] = seen(live, text)
    assert one.place_method is PlaceMethod.PIN
    assert one.lat is not None and one.lon is not None
    assert abs((one.lat - GOOD["latitude"]) * 111_320 - 20) < 0.5
    assert abs((one.lon - GOOD["longitude"]) * 57_130 - 5) < 0.5


def test_without_a_position_there_are_the_map_the_stops_and_the_street(live: Live, walker: Walker) -> None:
    page = walker(at=None)
    theme(page, "Trygg plats").tap()
    expect(place(page)).to_have_text("ingen position ännu – välj stopp eller peka ut")
    page.get_by_text("Ändra", exact=True).click()
    page.locator("[data-pin-map]").click()
    expect(place(page)).to_have_text("utpekad på kartan")
    page.get_by_label("Gata eller plats").fill("Torget")
    text = words(page)
    save(page)
    sent(page)
    [one] = seen(live, text)
    assert (one.place_method, one.place) == (PlaceMethod.PIN, "Torget")
    assert one.district is not None


def test_a_draft_survives_a_reload_and_the_back_button(live: Live, walker: Walker) -> None:
    page = walker()
    theme(page, "Mörkt").tap()
    page.set_input_files("#camera", {"name": "a.jpg", "mimeType": "image/jpeg", "buffer": photo_file()})
    text = words(page)
    page.get_by_text("Mycket otryggt").click()
    expect(page.locator("[data-thumbs] img")).to_have_count(1)
    page.reload()
    expect(page.get_by_label("Några ord")).to_have_value(text)
    expect(page.get_by_label("Mycket otryggt")).to_be_checked()
    expect(page.locator("[data-thumbs] img")).to_have_count(1)

    page.go_back()
    row = page.locator("[data-unsent-rows] > li")
    expect(row).to_contain_text("påbörjad")
    row.get_by_role("button", name="Fortsätt").click()
    expect(page.get_by_label("Några ord")).to_have_value(text)
    save(page)
    sent(page)
    assert len(seen(live, text)) == 1


def test_a_tap_alone_leaves_nothing_behind(walker: Walker) -> None:
    page = walker()
    theme(page, "Mörkt").tap()
    page.get_by_role("link", name="Tillbaka").click()
    expect(theme(page, "Mörkt")).to_be_visible()
    expect(page.locator("[data-unsent]")).to_be_hidden()


def test_annat_opens_the_rest_and_two_themes_are_one_tap_more(live: Live, walker: Walker) -> None:
    page = walker()
    theme(page, "Annat").tap()
    page.get_by_text("Trafik", exact=True).click()
    text = words(page)
    save(page)
    sent(page)
    theme(page, "Igenvuxet").tap()
    page.get_by_label("Mörkt").first.check()
    both = words(page)
    save(page)
    sent(page, 2)
    assert [[link.theme for link in seen(live, one)[0].themes] for one in (text, both)] == [
        [Theme.TRAFFIC],
        [Theme.GREENERY, Theme.LIGHTING],
    ]


@pytest.mark.parametrize("dark", [False, True], ids=["ljust", "morkt"])
def test_axe_finds_nothing_and_nothing_scrolls_sideways(walker: Walker, dark: bool, live: Live) -> None:
    page = walker(dark=dark)
    faults: list[Any] = []

    def look(where: str) -> None:
        for width in (320, 360):
            page.set_viewport_size({"width": width, "height": 740})
            wide = page.evaluate("() => document.documentElement.scrollWidth - document.documentElement.clientWidth")
            faults.extend([(where, width, wide)] if wide > 0 else [])
        found = Axe().run(page)
        faults.extend((where, v["id"], v["nodes"][0]["html"][:200]) for v in found.response["violations"])

    look("start")
    theme(page, "Mörkt").tap()
    page.get_by_text("Ändra", exact=True).click()
    expect(page.locator("[data-pin-map] .pin-sign")).to_be_visible()
    look("form")
    save(page)
    sent(page)
    look("sent")
    page.goto("/v/XXXXXX")
    look("wrong code")
    page.context.clear_cookies()
    page.goto(f"/v/{live.code}")
    look("join")
    assert faults == []
