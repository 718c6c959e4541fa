"""Sheets of paper entered in a real browser: by keyboard alone, without script, and nothing that axe objects to."""

import re

import pytest
import streamlit as st

pytest.importorskip("playwright.sync_api", reason="playwright is not installed: pip install -r requirements.txt")

from playwright.sync_api import expect  # noqa: E402

from data.workshop.live import Settings  # noqa: E402
from tests.browser.conftest import WINDOW, served, visiting  # noqa: E402
from tests.pages.in_session import IN_A1, IN_B1, TITLE, a_session, points  # noqa: E402

AXE = pytest.importorskip("axe_playwright_python.sync_playwright", reason="axe-playwright-python is not installed").Axe
NARROW = {"width": 390, "height": 844}
NOTE = "A club & < 5 others"


@pytest.fixture(scope="module")
def hall(browser, tmp_path_factory, toytown_folder):
    """The origin of the application on Toytown, and two sessions: one to enter sheets for, one that was published."""
    folder = tmp_path_factory.mktemp("hall")
    settings = {"FOOTHOLD_PACK": str(toytown_folder), "FOOTHOLD_WORKSHOPS": str(folder / "workshops.duckdb")}
    with pytest.MonkeyPatch.context() as patch:
        for name, value in (settings | {"FOOTHOLD_REGISTER": "memory"}).items():
            patch.setenv(name, value)
        st.cache_resource.clear()
        session = a_session()
        published = a_session(title="What was told", settings=Settings(published=True, hide_small=False))
        for at, note in ((IN_A1, NOTE), (IN_A1, ""), (IN_B1, "A market")):
            points(published, at, note)
        st.cache_resource.clear()
    with served(folder / "log.txt", **settings) as origin:
        yield origin, session, published


@pytest.fixture(params=["with script", "without script"])
def presenter(request, browser, hall):
    """A presenter's browser on the form."""
    origin, session, _ = hall
    with (
        browser.new_context(viewport=WINDOW, java_script_enabled=request.param == "with script") as context,
        visiting(context, origin) as someone,
    ):
        someone.page.goto(f"{origin}/present/{session.id}/enter?key={session.key}")
        someone.page.goto(f"{origin}/present/{session.id}/sheets")
        yield someone


def typed_by_keyboard(page):
    """One sheet, from the field that has the focus: squares, a tick, an order and a text."""
    keys = page.keyboard
    keys.type("G6")
    keys.press("Tab")
    keys.type(NOTE)
    for _ in range(5):  # two more places with their notes
        keys.press("Tab")
    keys.press("Space")
    keys.press("Tab")
    for place in "213":
        keys.press("Tab")
        keys.type(place)
    keys.press("Tab")
    keys.type("A van")


def save(page, number=""):
    """Go on to the number of the sheet, and save from there: it is the last field."""
    page.keyboard.press("Tab")
    page.keyboard.press("Tab")
    expect(page.get_by_label("Number on the sheet")).to_be_focused()
    page.keyboard.type(number)
    page.keyboard.press("Enter")


def test_a_sheet_is_entered_by_keyboard_alone_and_the_next_begins_in_its_first_field(presenter):
    page = presenter.page
    expect(page.get_by_label("Place 1", exact=True)).to_be_focused()
    before = page.get_by_role("status").inner_text()
    typed_by_keyboard(page)
    save(page)
    expect(page.get_by_role("status")).to_have_text(re.compile(r"Sheet \d+ saved, with 4 answers\."))
    assert before == ""
    expect(page.get_by_label("Place 1", exact=True)).to_be_focused()
    expect(page.get_by_label("Place 1", exact=True)).to_have_value("")


def test_a_numbered_sheet_is_entered_refused_and_taken_back_by_keyboard_alone(presenter, request):
    page, number = presenter.page, "31" if "with script" in request.node.name else "32"
    typed_by_keyboard(page)
    save(page, number)
    expect(page.get_by_role("status")).to_have_text(f"Sheet number {number} saved, with 4 answers.")
    expect(page.get_by_label("Number on the sheet")).to_have_value("")
    typed_by_keyboard(page)
    save(page, number)
    field = page.get_by_label("Number on the sheet")
    expect(field).to_be_focused()
    expect(field).to_have_accessible_description(re.compile(f"Sheet number {number} has answered “When could you"))
    expect(page.get_by_label("Place 1", exact=True)).to_have_value("G6")
    page.get_by_role("button", name=f"Undo the last sheet (number {number})").press("Enter")
    expect(page.get_by_role("status")).to_contain_text(f"Sheet number {number} is taken back")
    expect(page.get_by_label("Number on the sheet")).to_have_value(number)
    expect(page.get_by_label("Mornings")).to_be_checked()


def test_what_must_be_mended_has_the_focus_and_nothing_is_lost(presenter):
    page = presenter.page
    page.locator("input:focus").wait_for()
    page.keyboard.type("Z99")
    page.keyboard.press("Tab")
    page.keyboard.type(NOTE)
    page.keyboard.press("Enter")
    place = page.get_by_label("Place 1", exact=True)
    expect(page.get_by_role("alert")).to_contain_text("nothing that you typed is lost")
    expect(place).to_be_focused()
    expect(place).to_have_value("Z99")
    expect(place).to_have_accessible_description(re.compile("is not on this map"))
    expect(page.get_by_label("What was written there (place 1)")).to_have_value(NOTE)


def test_the_last_sheet_can_be_taken_back_and_mended(presenter):
    page = presenter.page
    typed_by_keyboard(page)
    save(page)
    page.get_by_role("button", name="Undo the last sheet").press("Enter")
    expect(page.get_by_role("status")).to_contain_text("is taken back")
    expect(page.get_by_label("Place 1", exact=True)).to_have_value("G6")
    expect(page.get_by_label("Mornings")).to_be_checked()


@pytest.mark.parametrize("size", [WINDOW, NARROW], ids=["laptop", "phone"])
def test_axe_finds_nothing_before_saving_after_it_or_when_something_must_be_mended(browser, hall, size):
    origin, session, _ = hall
    with browser.new_context(viewport=size) as context, visiting(context, origin) as someone:
        page = someone.page
        page.goto(f"{origin}/present/{session.id}/enter?key={session.key}")
        for typed in ("", "Z99", "High Moor"):
            page.goto(f"{origin}/present/{session.id}/sheets")
            if typed:
                page.locator("input:focus").wait_for()  # until then, what is typed goes nowhere
                page.keyboard.type(typed)
                page.keyboard.press("Enter")
                expect(page.get_by_role("alert" if typed == "Z99" else "status")).to_contain_text("saved")
            found = AXE().run(page)
            assert found.violations_count == 0, found.generate_report()
            wide = page.evaluate("document.documentElement.scrollWidth - document.documentElement.clientWidth")
            assert wide == 0, f"{wide} pixels too wide"


def test_fewer_keys_with_script(browser, hall):
    origin, session, _ = hall
    with browser.new_context(viewport=WINDOW) as context, visiting(context, origin) as someone:
        page = someone.page
        page.goto(f"{origin}/present/{session.id}/enter?key={session.key}")
        page.goto(f"{origin}/present/{session.id}/sheets")
        expect(page.get_by_text("the number of an option ticks it")).to_be_visible()
        page.get_by_label("Mornings").focus()
        page.keyboard.press("2")
        expect(page.get_by_label("Evenings")).to_be_checked()
        expect(page.get_by_label("Evenings")).to_be_focused()
        page.keyboard.press("2")
        expect(page.get_by_label("Evenings")).not_to_be_checked()
        page.get_by_label("Answer 1").fill("A van")
        page.keyboard.press("Control+Enter")
        expect(page.get_by_role("status")).to_contain_text("saved, with 1 answer.")


def test_what_residents_told_us_is_drawn_told_and_in_the_key(browser, hall):
    origin, _, published = hall
    with browser.new_context(viewport=WINDOW) as context, visiting(context, origin) as someone:
        someone.open(painted="imd lsoa21", told=published.id)
        assert someone.on_map("() => document.body.dataset.told") == "3"
        key = someone.map.locator(".fh-key")
        expect(key).to_contain_text("What residents told us3")
        expect(key).to_contain_text("to about 100 m")
        marks = "(() => { const out = []; map.eachLayer((l) => l.note === undefined || out.push(l)); return out; })()"
        at = f"() => (({marks}).find((l) => l.note.startsWith('A club'))).getLatLng()"
        x, y = someone.point(at)
        someone.page.mouse.move(x - 60, y)
        someone.page.mouse.move(x, y)
        tip = someone.map.locator(".fh-tip")
        expect(tip).to_contain_text("What was told, 26 November 2026")
        expect(tip).to_contain_text(NOTE)
        someone.page.mouse.move(x - 60, y - 40)
        expect(tip.get_by_text(NOTE)).to_have_count(0)
        someone.page.mouse.click(x, y)
        someone.until_link(lambda link: "area" in link and link["told"] == published.id)


def test_without_it_nothing_more_is_made(browser, hall):
    origin, *_ = hall
    with browser.new_context(viewport=WINDOW) as context, visiting(context, origin) as someone:
        someone.open(painted="imd lsoa21")
        assert someone.on_map("() => map.getPane('fh-told') === undefined && !document.body.dataset.told")
        assert TITLE not in someone.page.content()
