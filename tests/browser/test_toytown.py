"""Names from data are text in a real browser too, and the page says what it is to those who cannot see it."""

import pytest

from tests import toytown
from tests.browser.visitor import AREAS, MARKERS, expect

PLACES = "support,anchors,community,institutions"
NASTY_AT = f"() => {MARKERS}.find((l) => l.place.id === 'T2').getLatLng()"


def no_name_became_markup(visitor):
    """Whether no frame has an element that the name would have made."""
    return not any(frame.query_selector("img[src=x], [onerror]") for frame in visitor.page.frames)


@pytest.fixture
def at_the_nasty_place(toy_visitor):
    """Someone who sees the place with the nasty name on the map."""
    toy_visitor.open(places=PLACES, painted="imd lsoa21", hash_="#map=15/53.7940/-1.5400")
    toy_visitor.until_on_map("() => Number(document.body.dataset.places) === 4")
    toy_visitor.on_map(f"() => map.setView(({NASTY_AT})(), 15, {{ animate: false }})")
    return toy_visitor


def test_a_nasty_name_is_text_in_the_tooltip(at_the_nasty_place):
    visitor = at_the_nasty_place
    visitor.page.mouse.move(*visitor.point(NASTY_AT))
    expect(visitor.map.locator(".fh-tip b")).to_have_text(toytown.NASTY)
    assert no_name_became_markup(visitor)


def test_a_nasty_name_is_text_beside_the_map(at_the_nasty_place):
    visitor = at_the_nasty_place
    visitor.page.mouse.click(*visitor.point(NASTY_AT))
    visitor.until_link(lambda link: link.get("place") == "T2")
    expect(visitor.page.get_by_role("heading", name=toytown.NASTY, exact=True)).to_be_visible()
    assert no_name_became_markup(visitor)


def test_a_nasty_name_is_text_when_found_and_in_the_table(toy_visitor):
    toy_visitor.open(places=PLACES, table="yes", painted="imd lsoa21")
    toy_visitor.find(toytown.NASTY)
    toy_visitor.until_link(lambda link: link.get("at") == "T2")
    expect(toy_visitor.map.locator(".leaflet-tooltip b").filter(has_text="onerror")).to_have_text(toytown.NASTY)
    expect(toy_visitor.page.get_by_role("button", name=f"Forget {toytown.NASTY}")).to_be_visible()
    assert no_name_became_markup(toy_visitor)


def test_a_nasty_name_is_text_on_the_page_of_a_neighbourhood(toy_visitor):
    toy_visitor.open("neighbourhood", area=toytown.CODE["A1"], painted="imd lsoa21")
    expect(toy_visitor.page.get_by_role("cell", name=toytown.NASTY)).to_be_visible()
    assert no_name_became_markup(toy_visitor)


def test_the_area_without_a_figure_is_hatched_and_says_so(toy_visitor):
    toy_visitor.open(painted="imd lsoa21")
    assert toy_visitor.on_map(f"() => {AREAS}.map((l) => l.options.fillColor instanceof CanvasPattern)") == [
        name == "A4" for name in toytown.CORNERS
    ]
    toy_visitor.page.mouse.move(*toy_visitor.point(f"() => {AREAS}[3].getCenter()"))
    expect(toy_visitor.map.locator(".fh-tip")).to_have_text("High Moor (Ayton 002A4)Overall deprivation: no data")


def test_an_approximate_outline_says_so(toy_visitor):
    toy_visitor.open(painted="imd lsoa21")
    toy_visitor.page.mouse.move(*toy_visitor.point(f"() => {AREAS}[5].getCenter()"))
    expect(toy_visitor.map.locator(".fh-tip i")).to_have_text("Outline approximate")


@pytest.mark.parametrize("path", ["", "neighbourhood", "sources"])
def test_the_page_has_a_language_a_name_and_one_heading(toy_visitor, path):
    toy_visitor.open(path)
    expect(toy_visitor.title).to_have_count(1)
    expect(toy_visitor.title).to_be_visible()
    assert toy_visitor.page.evaluate("() => document.documentElement.lang").startswith("en")
    expect(toy_visitor.page).not_to_have_title("")


def test_the_map_says_what_it_is(toy_visitor):
    toy_visitor.open(layer="crime", painted="crime lsoa21")
    label = toy_visitor.on_map("() => map.getContainer().getAttribute('aria-label')")
    assert label.startswith("Map of Crime.") and "table" in label


def test_every_control_has_a_name(toy_visitor):
    toy_visitor.open(layer="births-per-10k", places="support", painted="births-per-10k district")
    nameless = toy_visitor.page.evaluate(
        "() => [...document.querySelectorAll('[data-testid=stSidebar] input, [data-testid=stMain] button,"
        " [data-testid=stMain] input')].filter((e) => e.offsetParent && !(e.labels && e.labels.length)"
        " && !e.getAttribute('aria-label') && !e.getAttribute('aria-labelledby') && !e.textContent.trim()"
        " && !e.title).map((e) => e.outerHTML.slice(0, 200))"
    )
    assert nameless == []
