"""A link keeps the whole state of the map, and says what it does not understand."""

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from geo.composite import Scale, Sum
from layers import LAYERS
from layers.places import PLACE_GROUPS, PLACE_TYPES
from layers.plan.choices import AMONG, GOALS, MEASURES, ORDERS, SERVES, SHOWS, TRIMS, WEIGHS
from layers.plan.conditions import Condition
from layers.plan.need import HEAVIEST, INDICATORS, Indicator
from layers.view import View, from_link

KNOWN = {
    "districts": frozenset({"Ayton", "Beeton"}),
    "areas": frozenset({"E01000001", "E02000001", "E08000001"}),
    "places": frozenset({"T1", "T2"}),
    "sessions": frozenset({"w0001", "w0002"}),
    "postcode_known": lambda postcode: postcode == "LS8 4AA",
}

indicators = st.builds(Indicator, st.sampled_from(list(INDICATORS)), st.integers(1, HEAVIEST), st.booleans())
numbers = st.integers(-999, 999).map(float)
keys = st.sampled_from([layer.key for layer in LAYERS])
conditions = st.one_of(
    st.builds(Condition, keys, st.sampled_from(["from", "to"]), numbers),
    st.builds(lambda key, ends: Condition(key, "between", *sorted(ends)), keys, st.tuples(numbers, numbers)),
    st.builds(Condition, keys, st.sampled_from(["top", "bottom"]), st.integers(1, 100).map(float)),
)
views = st.builds(
    View,
    layer=st.sampled_from([layer.key for layer in LAYERS]),
    level=st.sampled_from(["lsoa21", "msoa21"]),
    colours=st.sampled_from(["", "bands", "england", "here"]),
    year=st.one_of(st.none(), st.integers(2017, 2024)),
    focus=st.lists(st.sampled_from(sorted(KNOWN["districts"])), unique=True).map(tuple),
    places=st.sets(st.sampled_from(list(PLACE_TYPES))).map(tuple),
    unconfirmed=st.booleans(),
    opacity=st.integers(20, 100),
    area=st.sampled_from(["", *sorted(KNOWN["areas"])]),
    place=st.sampled_from(["", *sorted(KNOWN["places"])]),
    at=st.sampled_from(["", "LS8 4AA", "E01000001", "T2"]),
    table=st.booleans(),
    told=st.sampled_from([(), ("w0002",), ("w0002", "w0001")]),
    index=st.lists(indicators, min_size=1, unique_by=lambda each: each.layer).map(tuple),
    scale=st.sampled_from([each.value for each in Scale]),
    sum=st.sampled_from([each.value for each in Sum]),
    trim=st.sampled_from(TRIMS),
    measure=st.sampled_from(list(MEASURES)),
    within=st.integers(200, 20_000),
    detour=st.integers(100, 160),
    capacity=st.booleans(),
    show=st.sampled_from(list(SHOWS)),
    among=st.sampled_from(list(AMONG)),
    by=st.sampled_from(list(ORDERS)),
    top=st.integers(1, 2_000),
    when=st.lists(conditions, max_size=4, unique=True).map(tuple),
    match=st.sampled_from(["all", "any"]),
    sites=st.integers(1, 100),
    goal=st.sampled_from(list(GOALS)),
    candidates=st.sets(st.sampled_from(list(PLACE_TYPES)), min_size=1).map(tuple),
    counting=st.booleans(),
    weigh=st.sampled_from(list(WEIGHS)),
    serve=st.sampled_from(list(SERVES)),
    must=st.sampled_from([(), ("T1",), ("T2", "T1")]),
    never=st.sampled_from([(), ("T2",)]),
    own=st.sampled_from([(), ("T1",)]),
    cap=st.integers(0, 100),
    share=st.integers(1, 100),
    pin=st.sampled_from(["", "53.8,-1.5", "54.12345,0.1"]),
)


def same(left, right):
    """Alike but for the order of types of place, of which groups are told by one word."""
    sets = ("places", "candidates")
    return all(set(getattr(left, name)) == set(getattr(right, name)) for name in sets) and (
        replace(left, places=(), candidates=()) == replace(right, places=(), candidates=())
    )


@given(views)
def test_any_view_survives_its_link(view):
    read, complaints = from_link(view.to_link(), **KNOWN)
    assert same(read, view)
    assert complaints == []


def test_a_plain_view_needs_no_link():
    assert View().to_link() == {}


def test_a_whole_group_of_places_is_one_word_in_the_link():
    support = next(group for group in PLACE_GROUPS if group.key == "support")
    assert View(places=tuple(support.types)).to_link() == {"places": "support"}
    assert View(places=("library",)).to_link() == {"places": "library"}


@pytest.mark.parametrize(
    ("link", "said"),
    [
        ({"index": "magic.2"}, "part of an index that we do not know: “magic.2”"),
        ({"index": "crime.9"}, "part of an index that we do not know: “crime.9”"),
        ({"when": "imd~near~3"}, "condition that we do not know: “imd~near~3”"),
        ({"when": "imd~top~0"}, "condition that we do not know: “imd~top~0”"),
        ({"when": "imd~from~1e9"}, "condition that we do not know: “imd~from~1e9”"),
        ({"within": "5"}, "distance that we do not know: “5”"),
        ({"detour": "90"}, "detour that we do not know: “90”"),
        ({"must": "T1,T9"}, "place that we do not know: “T9”"),
        ({"pin": "0,0"}, "point on the map that we do not know: “0,0”"),
        ({"trim": "3"}, "share to draw in that we do not know: “3”"),
        ({"layer": "magic"}, "map layer that we do not know: “magic”"),
        ({"level": "ward"}, "level that we do not know: “ward”"),
        ({"colours": "red-green"}, "way to colour"),
        ({"year": "soon"}, "year that we do not know: “soon”"),
        ({"year": "²"}, "year"),
        ({"focus": "Ayton,Narnia"}, "district that we do not know: “Narnia”"),
        ({"places": "library,dragons"}, "type of place that we do not know: “dragons”"),
        ({"unconfirmed": "maybe"}, "choice of places"),
        ({"opacity": "900"}, "an opacity that we do not know"),
        ({"opacity": "0000859999"}, "opacity"),
        ({"opacity": "85" + "0" * 5000}, "opacity"),
        ({"year": "0020219999"}, "year"),
        ({"layer": ""}, "map layer that we do not know: it is empty"),
        ({"area": "E01999999"}, "area that we do not know: “E01999999”"),
        ({"place": "T99"}, "place that we do not know: “T99”"),
        ({"at": "nowhere"}, "place that we do not know: “nowhere”"),
        ({"at": "LS9 9ZZ"}, "postcode that we do not know: “LS9 9ZZ”"),
        ({"table": "perhaps"}, "choice of table"),
        ({"told": "w0001,w0009"}, "a session that we do not know: “w0009”"),
    ],
)
def test_what_a_link_asks_in_vain_is_said_and_left_out(link, said):
    view, complaints = from_link(link | {"layer": link.get("layer", "crime")}, **KNOWN)
    assert len(complaints) == 1 and said in complaints[0]
    assert view.layer == ("imd" if "layer" in link else "crime")
    assert "Narnia" not in view.focus and "dragons" not in view.places


def test_a_long_nonsense_is_cut_short_when_it_is_said():
    _, [complaint] = from_link({"layer": "x" * 5000}, **KNOWN)
    assert len(complaint) < 200


@given(st.dictionaries(st.sampled_from([*vars(View()), "utm", "embed"]), st.text(max_size=60)))
def test_no_link_breaks_the_page(link):
    view, complaints = from_link(link, **KNOWN)
    assert view.shown and view.colouring in view.shown.colourings
    assert all(complaint.endswith("works.") for complaint in complaints)


def test_a_layer_is_drawn_on_what_it_is_published_for():
    assert View(layer="births-per-10k", level="msoa21").geography.key == "district"
    assert View(layer="imd", level="msoa21").geography.key == "msoa21"
