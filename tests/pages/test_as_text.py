"""Names from data are text, never HTML, wherever they stand."""

import re

import pytest

from pages import _edge
from tests import toytown
from tests.pages.visit import NEIGHBOURHOOD, SOURCES, as_read, told, visit

pytestmark = pytest.mark.usefixtures("in_toytown")

PLACES = {"places": "support,anchors,community,institutions", "unconfirmed": "yes", "table": "yes"}
PAGES = {
    "beside the map": ("map.py", PLACES | {"place": "T2", "area": toytown.CODE["A1"]}),
    "found on the map": ("map.py", PLACES | {"place": "T2", "at": "T2"}),
    "near a neighbourhood": (NEIGHBOURHOOD, {"area": toytown.CODE["A1"], "at": "T2"}),
    "sources": (SOURCES, {}),
}
LIVE = re.compile(r"(?<!\\)<(?=[a-zA-Z/!])")
"""The beginning of a tag that Markdown would not take as text."""


def texts_as_markdown(at):
    """All text of the page that Streamlit renders as Markdown: running text, headings, labels and table cells."""
    for kind in ("markdown", "caption", "title", "header", "info", "warning", "error"):
        yield from (each.value for each in getattr(at, kind))
    yield from (button.label for button in at.button)
    for table in at.table:
        yield from (str(cell) for cell in [*table.value.index, *table.value.columns, *table.value.to_numpy().ravel()])


@pytest.mark.parametrize("where", PAGES)
def test_no_text_on_the_page_is_live_markup(where):
    page, link = PAGES[where]
    at = visit(page, **link)
    assert not at.exception
    assert not [text for text in texts_as_markdown(at) if LIVE.search(text)]


@pytest.mark.parametrize("where", PAGES)
def test_no_element_allows_html(where):
    page, link = PAGES[where]
    at = visit(page, **link)
    assert len(at.markdown) + len(at.caption) > 0
    assert not [each for each in [*at.markdown, *at.caption] if each.allow_html]
    assert not at.html and not at.get("iframe")


def test_a_place_is_named_in_the_heading_beside_the_map_as_it_is():
    [heading, _] = visit(place="T2", area=toytown.CODE["A1"]).header
    assert heading.value == _edge.plain(toytown.NASTY) != toytown.NASTY
    assert as_read(heading.value) == toytown.NASTY


def test_a_place_is_named_in_the_tables_as_it_is():
    at = visit(**PLACES)
    assert toytown.NASTY in at.dataframe[1].value["Place"].tolist()
    near = visit(NEIGHBOURHOOD, area=toytown.CODE["A1"]).table
    cells = [str(cell) for table in near for cell in table.value.to_numpy().ravel()]
    assert toytown.NASTY in [as_read(cell) for cell in cells] and toytown.NASTY not in cells


def test_a_place_is_named_on_the_buttons_that_find_it():
    at = visit()
    at.text_input(key="find").set_value(toytown.NASTY).run()
    assert not at.exception and told(at)["mark"]["label"] == toytown.NASTY
    assert f"Forget {toytown.NASTY}" in [as_read(button.label) for button in at.button]


def test_no_name_can_end_the_script_that_the_map_is_sent():
    at = visit(at="T2")
    [component] = at.get("component_instance")
    assert "<img" not in component.proto.json_args and "onerror" in component.proto.json_args
