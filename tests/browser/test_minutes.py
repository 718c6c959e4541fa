"""Minutes as a page: nothing that axe-core objects to, nothing asked of anybody, and room enough on a phone."""

from datetime import datetime

import pytest

from layers.workshop.minutes import compose
from layers.workshop.minutes_html import as_html
from tests.layers.workshop.room_full import ASKED, evening, placed, region, session, texts

AXE = pytest.importorskip("axe_playwright_python.sync_playwright", reason="axe-playwright-python is not installed").Axe
LONG = "x" * 280


@pytest.fixture(scope="module")
def file(toy, toy_places, tmp_path_factory):
    """The minutes of a full evening, kept as a file."""
    prepared, answers = evening(toy)
    said = [*answers, *texts(LONG, scene="s00000005")]
    ours = session(ASKED, hide_small=True, next_steps="The council replies by March.")
    made = compose(
        ours, prepared, said, places=placed(toy_places), region=region(toy), made=datetime(2026, 11, 27, 9, 30)
    )
    kept = tmp_path_factory.mktemp("minutes") / "minutes.html"
    kept.write_bytes(as_html(made))
    return kept


@pytest.mark.parametrize("width", [1440, 390, 320])
def test_the_page_is_sound_at_every_width(browser, file, width):
    with browser.new_context(viewport={"width": width, "height": 900}) as context:
        page, asked = context.new_page(), []
        page.on("request", lambda request: asked.append(request.url))
        page.goto(file.as_uri())
        found = AXE().run(page).response["violations"]
        assert not found, [(each["id"], [node["html"] for node in each["nodes"]]) for each in found]
        assert page.evaluate("document.documentElement.scrollWidth <= window.innerWidth")
        assert asked == [file.as_uri()]


def test_its_maps_are_drawn_and_named(browser, file):
    with browser.new_context() as context:
        page = context.new_page()
        page.goto(file.as_uri())
        maps = page.get_by_role("img", name="Map of People on low incomes")
        assert maps.count() == len(ASKED)
        box = maps.first.bounding_box()
        assert box["width"] > 400 and box["width"] / box["height"] == pytest.approx(1.2, abs=0.02)
