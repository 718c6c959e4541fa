"""Every page and every choice, on Toytown and on the built-in pack."""

import re

import pytest

from layers import LAYERS
from layers.base import Colouring
from pages import _edge
from tests.pages.visit import MAP, NEIGHBOURHOOD, SOURCES, WORKSHOP, heading, link, map_script, told, visit, words
from tests.told import read_back

pytestmark = pytest.mark.usefixtures("on_either_pack")


def a_code(geography):
    """The first area of one geography in the pack that is served."""
    return _edge.areas(geography)["code"].iloc[0]


def press(at, key, value):
    """Choose one of a row of buttons, if it is not chosen already."""
    row = at.segmented_control(key=key)
    return at if row.value == value else row.set_value(value).run()


@pytest.mark.parametrize("page", [MAP, NEIGHBOURHOOD, SOURCES, WORKSHOP])
def test_page_opens_with_one_title(page):
    at = visit(page)
    assert not at.exception
    assert heading(at)


@pytest.mark.parametrize("geography", ["lsoa21", "msoa21"])
def test_neighbourhood_opens_for_an_area_of_either_level(geography):
    at = visit(NEIGHBOURHOOD, area=a_code(geography))
    assert not at.exception
    assert heading(at) in set(_edge.areas(geography)["local_name"])
    assert len(at.table) > 1 and at.code[0].value.count("(Source: ") >= 4


@pytest.mark.parametrize("geography", ["lsoa21", "msoa21", "district"])
def test_an_area_of_any_level_opens_beside_the_map(geography):
    at = visit(MAP, area=a_code(geography))
    assert not at.exception
    assert heading(at) and at.header[0].value
    assert told(at)["selected"] == a_code(geography)


@pytest.mark.parametrize("layer", LAYERS, ids=lambda layer: layer.key)
def test_layer_can_be_chosen_at_every_level_and_in_every_colouring_and_says_what_it_shows(layer):
    at = press(visit(), "choose_group", layer.group)
    at.selectbox(key="choose_layer").set_value(layer.key).run()
    for geography in layer.geographies:
        if len(layer.geographies) > 1:
            press(at, "choose_level", geography.key)
        for colouring in layer.colourings:
            if len(layer.colourings) > 1:
                press(at, "choose_colours", colouring.key)
            check_painted(at, layer, geography, colouring)
    said = words(at)
    assert layer.about in said and layer.caveat in said
    assert f"Published for each {layer.geographies[0].singular}" in said and "Outlines are simplified" in said


def check_painted(at, layer, geography, colouring):
    """The map shows just this, and every area is in a class or counted as missing."""
    assert not at.exception and not at.warning
    assert heading(at).startswith(layer.title)
    paint = told(at)
    assert paint["key"] == f"{layer.key} {geography.key}"
    assert sum(paint["counts"]) + paint["missing"] == len(read_back(paint)) == len(_edge.areas(geography.key))
    assert ("in the Leeds City Region, 1 = most deprived" in paint["unit"]) is (colouring is Colouring.HERE)
    assert (layer.unit in paint["unit"]) or colouring is not Colouring.BANDS
    assert len(paint["labels"]) == len(paint["colours"]) == len(paint["counts"])


@pytest.mark.parametrize("layer", [layer for layer in LAYERS if layer.period], ids=lambda layer: layer.key)
def test_every_year_can_be_chosen_and_a_district_shows_its_course(layer):
    years = _edge.years_of(layer.key)
    at = visit(layer=layer.key, year=str(years[-1]), area=a_code("district"))
    for year in reversed(years):
        at.selectbox(key="choose_year").set_value(year).run()
        assert not at.exception
        assert re.search(rf"\b{year}: ", heading(at)) and str(year) in told(at)["unit"]
        assert link(at)["year"] == str(year)
    assert at.get("vega_lite_chart") and len(at.dataframe[0].value) >= 1


def test_sources_lists_every_table_with_its_rows():
    at = visit(SOURCES)
    manifest = _edge.store().manifest
    listed = at.dataframe[0].value
    assert dict(zip(listed["Table"], listed["Rows"], strict=True)) == {e.name: e.rows for e in manifest.tables}
    assert listed["Fingerprint (SHA-256)"].str.fullmatch("[0-9a-f]{64}").all()


def test_the_map_itself_never_changes_from_one_view_to_another():
    """A change of the map's own script would mount it anew and lose the reader's place."""
    views = [{}, {"layer": "crime", "level": "msoa21"}, {"places": "support"}, {"opacity": "40"}]
    assert len({map_script(visit(**parts)) for parts in views}) == 1
