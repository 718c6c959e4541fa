"""What is told to the browser: small, safe, and always the same map."""

import json
import re

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from streamlit_folium import _get_feature_group_string, _get_map_string

from geo.areas import Geography
from layers import get
from layers.base import Colouring
from layers.classes import classify
from layers.outlines import assets
from layers.places import PLACE_GROUPS
from layers.readings import read
from layers.render import _DIGITS, Click, Look, Mark, OfflineMap, Pins, Step, _as_script, _packed, clicked, group
from tests.toytown import NASTY

LSOA = Geography.LSOA21


def step(store, key="imd", **changes):
    layer = get(key)
    reading = read(layer, store, LSOA)
    everywhere = np.ones(len(reading), dtype=bool)
    classes = classify(layer, reading, geography=LSOA, colouring=layer.colourings[0], in_view=everywhere)
    told = {
        "level": "lsoa21",
        "layer": layer,
        "values": reading["value"].tolist(),
        "classes": classes,
        "unit": layer.unit,
        "note": "",
        "aria": "",
        "look": Look(key="all", bounds=[[0, 0], [1, 1]]),
    }
    return Step(**(told | changes))


def sent(store, **changes):
    """The script of a step as the map component would send it, and what it tells, read back."""
    served = assets(store)
    script = _get_feature_group_string(group(step(store, **changes), served), OfflineMap(served))
    return script, json.loads(re.search(r"foothold\.paint\((.*)\);", script)[1])


def unpacked(told):
    """As the browser reads it."""
    base, width = len(told["digits"]), told["width"]
    numbers = []
    for at in range(0, len(told["text"]), width):
        number = 0
        for sign in told["text"][at : at + width]:
            number = number * base + told["digits"].index(sign)
        numbers.append(None if number == base**width - 1 else number + told["low"])
    return numbers


def test_a_step_holds_a_class_and_a_value_for_every_area(toy):
    _, told = sent(toy, key="income-share")
    assert told["classes"] == "531/5210"
    assert unpacked(told["values"]) == [500, 300, 100, None, 500, 200, 100, 50]
    assert told["number"] == {"decimals": 1, "before": "", "after": "%", "signed": False, "trimmed": False}
    assert told["counts"] == [1, 2, 1, 1, 0, 2, 0] and told["missing"] == 1


def test_the_map_is_the_same_script_whatever_it_shows(toy):
    """The component mounts the map again when its script changes, so nothing that changes may be in it."""
    served = assets(toy)
    scripts = set()
    for key in ("imd", "population"):
        scripts.add(re.sub(r"[0-9a-f]{32}", "", _get_map_string(OfflineMap(served))))
        assert sent(toy, key=key)
    assert len(scripts) == 1


def test_everything_loaded_is_our_own(toy):
    shown = OfflineMap(assets(toy))
    links = [link for _, link in shown.default_js + shown.default_css]
    assert len(links) == 5 and all(link.startswith("/map/") for link in links)
    assert not re.search(r"https?://|//[a-z]", _get_map_string(shown))


def test_a_real_step_fits_in_a_few_kilobytes(held):
    script, _ = sent(held, key="imd-score")
    assert len(script.encode()) < 8_500


@pytest.mark.parametrize("words", [NASTY, "</script><script>alert(1)</script>", "{{ 'x' }}", "map_div_0_1", "`${1}`"])
def test_words_reach_the_browser_as_they_are_and_run_nothing(toy, words):
    script, told = sent(toy, mark=Mark(at=(53.8, -1.5), label=words))
    assert told["mark"]["label"] == words
    assert "<" not in script and "{{" not in script and "`" not in script


@given(st.text())
def test_no_text_leaves_its_quotes(text):
    written = _as_script({"words": text})
    assert json.loads(written) == {"words": text}
    assert not set(written) & set("<>&'`_")
    assert written.isascii()


@given(st.lists(st.one_of(st.none(), st.integers(-(10**6), 10**6)), max_size=50))
def test_packed_numbers_come_back(numbers):
    assert unpacked(_packed(np.array(numbers, dtype=float))) == numbers


def test_the_digits_need_no_escape():
    assert len(set(_DIGITS)) == len(_DIGITS) > 80
    assert json.dumps(_DIGITS) == f'"{_DIGITS}"'


def test_places_are_told_by_group_and_type(toy):
    support = PLACE_GROUPS[0]
    pins = Pins(groups=((support, frozenset({"jobcentre"}), 1),), unconfirmed=True)
    _, told = sent(toy, pins=pins)
    assert told["places"]["groups"] == [
        {"title": support.title, "shape": "triangle", "colour": support.colour, "types": ["jobcentre"], "count": 1}
    ]
    assert told["places"]["url"] == assets(toy)["places"].path


@pytest.mark.parametrize(
    ("event", "click"),
    [
        (None, None),
        ({}, None),
        ({"last_active_drawing": None}, None),
        ({"last_active_drawing": "E01000001"}, None),
        ({"last_active_drawing": {"properties": None}}, None),
        ({"last_active_drawing": {"properties": {"kind": "area"}}}, None),
        ({"last_active_drawing": {"properties": {"kind": "shape", "code": "x", "at": 1}}}, None),
        ({"last_active_drawing": {"properties": {"kind": "area", "code": ["x"], "at": 1}}}, None),
        ({"last_active_drawing": {"properties": {"kind": "area", "code": "x", "at": "1"}}}, None),
        (
            {"last_active_drawing": {"properties": {"kind": "area", "code": "E01000001", "at": 7}}},
            Click("area", "E01000001", 7),
        ),
        ({"last_active_drawing": {"properties": {"kind": "place", "code": "T1", "at": 8}}}, Click("place", "T1", 8)),
    ],
)
def test_a_click_is_understood_or_ignored(event, click):
    assert clicked(event) == click


def test_colours_of_the_area_in_view_are_told_in_its_own_words(toy):
    assert Colouring.HERE in get("imd").colourings
