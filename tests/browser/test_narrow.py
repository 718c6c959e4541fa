"""The map on a telephone: nothing to scroll sideways, and everything within reach."""

import pytest

from tests.browser.conftest import visiting
from tests.browser.visitor import expect

SIZES = {"390x844": (390, 844), "360x740": (360, 740)}
SIDEWAYS = "() => { const m = document.scrollingElement; return m.scrollWidth - m.clientWidth; }"
WITHIN = (
    "() => [...document.querySelectorAll('[data-testid=stMain], [data-testid=stMainBlockContainer], section.main')]"
    ".map((e) => e.scrollWidth - e.clientWidth)"
)


@pytest.fixture(params=SIZES.values(), ids=SIZES)
def narrow(request, browser, region):
    """Someone with a telephone."""
    width, height = request.param
    size = {"width": width, "height": height}
    with (
        browser.new_context(viewport=size, has_touch=True, is_mobile=True, service_workers="block") as context,
        visiting(context, region) as someone,
    ):
        yield someone


def fits(visitor):
    """Whether nothing has to be scrolled sideways: the window, the page in it, and the map's frame."""
    inside = visitor.page.evaluate(WITHIN)
    assert inside, "the page has no main part"
    return visitor.page.evaluate(SIDEWAYS) <= 0 and max(inside) <= 0


def test_the_map_and_its_key_fit(narrow):
    narrow.open(painted="imd lsoa21")
    assert fits(narrow)
    frame = narrow.map
    box = frame.frame_element().bounding_box()
    assert box["x"] >= 0 and box["x"] + box["width"] <= narrow.page.viewport_size["width"]
    assert frame.evaluate("() => map.getSize().x > 250 && map.getSize().y >= 300")
    expect(frame.get_by_role("region", name="Key to the map")).to_be_visible()
    assert frame.evaluate(SIDEWAYS) <= 0
    whole = "() => document.querySelector('.fh-key').getBoundingClientRect().bottom <= window.innerHeight + 1"
    frame.wait_for_function(whole)


def test_the_controls_open_from_the_side_bar_and_work(narrow):
    narrow.open(painted="imd lsoa21")
    bar = narrow.page.get_by_test_id("stSidebar")
    opener = narrow.page.get_by_test_id("stExpandSidebarButton")
    expect(opener).to_be_visible()
    opener.click()
    expect(bar.get_by_role("searchbox", name="Find")).to_be_in_viewport()
    bar.get_by_role("radio", name="Businesses", exact=True).click()
    narrow.painted("births-per-10k district")
    assert fits(narrow)


def test_an_open_area_and_the_pages_fit(narrow):
    narrow.open(area="E01011264", table="yes", painted="imd lsoa21")
    expect(narrow.page.get_by_role("heading", name="Yeadon East")).to_be_visible()
    assert fits(narrow)
    narrow.open("neighbourhood", area="E01011264", painted="imd lsoa21")
    expect(narrow.page.get_by_role("heading", name="Sentences for a funding bid")).to_be_visible()
    assert fits(narrow)
    narrow.open("sources")
    expect(narrow.page.get_by_role("heading", name="Credits")).to_be_visible()
    assert fits(narrow)


@pytest.mark.parametrize(
    ("page", "painted"), [("gaps", "both lsoa21"), ("targets", "need lsoa21"), ("siting", "need lsoa21")]
)
def test_the_pages_of_a_plan_fit_with_all_that_opens(narrow, page, painted):
    narrow.open(page, focus="Bradford", table="yes", pin="53.8,-1.76", painted=painted)
    expect(narrow.page.get_by_text("How this was worked out")).to_be_visible()
    narrow.page.get_by_text("How this was worked out").click()
    expect(narrow.page.get_by_text("straight line").first).to_be_visible()
    assert fits(narrow)
    assert narrow.map.evaluate(SIDEWAYS) <= 0


def test_clusters_fit_once_they_are_found(narrow):
    narrow.open("clusters", focus="Bradford")
    expect(narrow.page.get_by_text("stand out")).to_be_visible()
    assert fits(narrow)
