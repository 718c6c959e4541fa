"""What is told to the browser: small, safe, and always the same map."""

import json
import re
from typing import get_args, get_type_hints

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from streamlit_folium import _get_feature_group_string, _get_map_string

from geo.areas import Geography
from layers import get
from layers.base import Colouring, Number
from layers.classes import Classes, classify
from layers.events import Click, clicked, framed, pointed
from layers.outlines import assets, drawing_script
from layers.packing import DIGITS, as_script
from layers.packing import bits as packed_bits
from layers.packing import numbers as packed
from layers.palettes import bivariate
from layers.places import PLACE_GROUPS, PLACE_TYPES, mask
from layers.readings import read
from layers.render import Grid, Look, Mark, OfflineMap, Pins, Site, Step, group
from tests.told import bits, read_back, unpacked
from tests.toytown import NASTY, served

LSOA = Geography.LSOA21


def classes_of(store, key, colouring=None):
    layer = get(key)
    reading = read(layer, store, LSOA)
    everywhere = np.ones(len(reading), dtype=bool)
    colouring = colouring or layer.colourings[0]
    return classify(layer, reading, geography=LSOA, colouring=colouring, in_view=everywhere)


def step(store, of="imd", **changes):
    layer = get(of)
    reading = read(layer, store, LSOA)
    classes = classes_of(store, of)
    told = {
        "level": "lsoa21",
        "key": layer.key,
        "title": layer.title,
        "number": layer.number,
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
    parts = served(store)
    script = _get_feature_group_string(group(step(store, **changes), parts), OfflineMap(parts))
    return script, json.loads(re.search(r"foothold\.paint\((.*)\);", script)[1])


def test_a_step_holds_a_class_and_a_value_for_every_area(toy):
    _, told = sent(toy, of="income-share")
    assert read_back(told) == [5, 3, 1, -1, 5, 2, 1, 0]
    assert told["classes"] == {"way": 1, "ends": [50, 100, 200, 300, 300, 500, 500], "but": []}
    assert unpacked(told["values"]) == [500, 300, 100, None, 500, 200, 100, 50]
    assert told["number"] == {"decimals": 1, "before": "", "after": "%", "signed": False, "trimmed": False}
    assert told["counts"] == [1, 2, 1, 1, 0, 2, 0] and told["missing"] == 1


def test_the_map_is_the_same_script_whatever_it_shows(toy):
    """The component mounts the map again when its script changes, so nothing that changes may be in it."""
    parts = served(toy)
    scripts = set()
    for key in ("imd", "population"):
        scripts.add(re.sub(r"[0-9a-f]{32}", "", _get_map_string(OfflineMap(parts))))
        assert sent(toy, of=key)
    assert len(scripts) == 1


def test_everything_loaded_is_our_own(toy):
    shown = OfflineMap(served(toy))
    links = [link for _, link in shown.default_js + shown.default_css]
    assert len(links) == 5 and all(link.startswith("/map/") for link in links)
    assert not re.search(r"https?://|//[a-z]", _get_map_string(shown))


@pytest.mark.parametrize("key", ["imd", "imd-score", "income-share", "population", "density"])
def test_a_real_step_is_small_and_every_area_keeps_its_class(held, key):
    for colouring in get(key).colourings:
        classes = classes_of(held, key, colouring)
        script, told = sent(held, of=key, classes=classes)
        assert read_back(told) == classes.of.tolist()
        assert len(script.encode()) < 6_000


def test_classes_that_do_not_follow_the_numbers_are_told_one_by_one(held):
    tenths_here = classes_of(held, "income", Colouring.HERE)
    _, told = sent(held, of="income", classes=tenths_here)
    assert list(told["classes"]) == ["of"]
    assert read_back(told) == tenths_here.of.tolist()


def test_the_script_knows_the_digits():
    assert f"const DIGITS = {json.dumps(DIGITS)};" in drawing_script()


def test_what_is_no_layer_is_told_by_its_own_key_title_and_number(toy):
    number = Number(decimals=1, before="£", trimmed=True)
    _, told = sent(toy, key="gap", title="Where help is missing", number=number, values=[0.25] * 8)
    assert (told["key"], told["label"]) == ("gap lsoa21", "Where help is missing")
    assert told["number"] == {"decimals": 1, "before": "£", "after": "", "signed": False, "trimmed": True}
    assert unpacked(told["values"]) == [2] * 8, "0.25 to one decimal, halves to even, in tenths"


def test_what_few_steps_have_costs_the_others_nothing(toy):
    _, told = sent(toy)
    assert not {"grid", "sites", "marked"} & set(told)


def test_a_grid_tells_its_ways_and_how_wide_it_is(toy):
    script, told = sent(toy, grid=Grid(heading="Both", across="More need", up=NASTY, wide=3))
    assert told["grid"] == {"heading": "Both", "across": "More need", "up": NASTY, "wide": 3}
    assert "<" not in script


def test_sites_are_told_in_their_order(toy):
    sites = (Site(at=(53.8, -1.5), label=NASTY, kind="own"), Site(at=(53.9, -1.6), label="Library", kind="chosen"))
    script, told = sent(toy, sites=sites)
    assert told["sites"] == [
        {"at": [53.8, -1.5], "label": NASTY, "kind": "own"},
        {"at": [53.9, -1.6], "label": "Library", "kind": "chosen"},
    ]
    assert "<" not in script


@pytest.mark.parametrize("kind", get_args(get_type_hints(Site)["kind"]))
def test_every_kind_of_site_has_its_place_and_its_look(toy, kind):
    assert re.search(rf"const ABOVE = {{.*\b{kind}: \d+.*}};", drawing_script())
    assert f".fh-site-{kind}" in assets(toy)["style"].body.decode()


def test_areas_to_outline_are_told_a_bit_each(toy):
    _, told = sent(toy, highlight=(6, 0))
    assert bits(told["marked"], 8) == [True, False, False, False, False, False, True, False]
    assert len(told["marked"]) == 2


def test_a_real_step_of_two_ways_is_small(held):
    """As large as they come: classes that do not follow the numbers, all of 0 to 100, and every area outlined."""
    place = np.arange(1_865)
    of = place * 7 % 9
    labels = tuple(f"{need} need, {far} help" for far in ("near", "some way from", "far from") for need in "123")
    classes = Classes(
        of=of, colours=bivariate(), labels=labels, counts=tuple(np.bincount(of, minlength=9).tolist()), missing=0
    )
    script, told = sent(
        held,
        key="gap",
        values=(place % 101.0).tolist(),
        number=Number(),
        classes=classes,
        grid=Grid(heading="Both", across="More need", up="Further from help", wide=3),
        highlight=tuple(place.tolist()),
    )
    assert read_back(told) == of.tolist()
    assert unpacked(told["values"]) == (place % 101).tolist()
    assert len(script.encode()) < 7_500


@pytest.mark.parametrize("words", [NASTY, "</script><script>alert(1)</script>", "{{ 'x' }}", "map_div_0_1", "`${1}`"])
def test_words_reach_the_browser_as_they_are_and_run_nothing(toy, words):
    script, told = sent(toy, mark=Mark(at=(53.8, -1.5), label=words))
    assert told["mark"]["label"] == words
    assert "<" not in script and "{{" not in script and "`" not in script


@given(st.text())
def test_no_text_leaves_its_quotes(text):
    written = as_script({"words": text})
    assert json.loads(written) == {"words": text}
    assert not set(written) & set("<>&'`_")
    assert written.isascii()


@given(st.lists(st.one_of(st.none(), st.integers(-(10**6), 10**6)), max_size=50))
def test_packed_numbers_come_back(numbers):
    assert unpacked(packed(np.array(numbers, dtype=float))) == numbers


@given(st.lists(st.booleans(), max_size=50))
def test_truth_values_come_back(flags):
    text = packed_bits(np.array(flags, dtype=bool))
    assert bits(text, len(flags)) == flags
    assert bool(text) is any(flags)


def test_the_digits_need_no_escape():
    assert len(set(DIGITS)) == len(DIGITS) > 80
    assert json.dumps(DIGITS) == f'"{DIGITS}"'


def test_places_are_told_by_group_and_type(toy):
    support = PLACE_GROUPS[0]
    _, told = sent(toy, pins=Pins(groups=((support, frozenset({"jobcentre"}), 1),), unconfirmed=True))
    [group] = told["places"]["groups"]
    assert group == {"key": "support", "kinds": 2 ** list(PLACE_TYPES).index("jobcentre"), "count": 1}
    assert told["places"]["url"] == served(toy)["places"].path
    assert (told["places"]["unconfirmed"], told["places"]["fitting"], told["places"]["helping"]) == (True, None, None)


def test_what_fits_is_told_a_bit_a_place(toy, toy_places):
    fitting = mask(toy_places, {"jobcentre"}, unconfirmed=True, districts=frozenset())
    _, told = sent(toy, pins=Pins(fitting=fitting, helping=~fitting))
    assert toy_places["id"][bits(told["places"]["fitting"], len(toy_places))].tolist() == ["T3"]
    assert bits(told["places"]["helping"], len(toy_places)) == (~fitting).tolist()
    assert sent(toy, pins=Pins(fitting=fitting & ~fitting))[1]["places"]["fitting"] == ""


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


@pytest.mark.parametrize(
    "event", [None, {}, {"last_object_clicked": None}, {"last_object_clicked": {"lat": "5", "lng": 1}}]
)
def test_a_point_that_is_none_is_ignored(event):
    assert pointed(event) is None


@pytest.mark.parametrize(
    ("event", "looks"),
    [
        (None, None),
        ({"center": None, "zoom": 9}, None),
        ({"center": {"lat": 53.8}, "zoom": 9}, None),
        ({"center": {"lat": "53.8", "lng": -1.5}, "zoom": 9}, None),
        ({"center": {"lat": 53.8, "lng": -1.5}, "zoom": "9"}, None),
        ({"center": {"lat": 53.8000049, "lng": -1.5}, "zoom": 9.25}, ((53.8, -1.5), 9.25)),
    ],
)
def test_where_a_map_looks_is_understood_or_ignored(event, looks):
    assert framed(event) == looks


def test_colours_of_the_area_in_view_are_told_in_its_own_words():
    assert Colouring.HERE in get("imd").colourings
