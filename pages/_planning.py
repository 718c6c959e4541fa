"""What people choose at the side of every planning page: which need, which help, how far, where."""

import streamlit as st

from data.register.vocabulary import SUPPORT_TYPES
from geo.composite import Scale, Sum
from geo.reach import DETOURS
from layers.nearby import distance_text
from layers.places import PLACE_TYPES
from layers.plan.choices import AMONG, MEASURES, TRIMS
from layers.plan.need import HEAVIEST, INDICATORS, PRESETS, Indicator, preset_of, unspeaking
from layers.view import View
from pages import _choose, _edge, _link, _worked

DISTANCES = (500, 800, 1_000, 1_500, 2_000, 3_000, 5_000, 8_000, 10_000)
_OWN = "own"
_SCALES = {
    Scale.RANK.value: "Order among neighbourhoods",
    Scale.MIN_MAX.value: "Between lowest and highest",
    Scale.Z_SCORE.value: "Distance from the average",
}
_SUMS = {Sum.ARITHMETIC.value: "Added up", Sum.GEOMETRIC.value: "Multiplied"}


def need(view: View) -> None:
    """Which need: a ready-made index or one's own, with its weights."""
    chosen = preset_of(view.index)
    titles = {preset.key: preset.title for preset in PRESETS}
    if chosen is None:
        titles[_OWN] = "My own mix"
    st.selectbox(
        "Need means",
        list(titles),
        format_func=titles.__getitem__,
        help="Three mixes are ready made. Change one below, and it becomes your own.",
        **_link.bound("preset", chosen.key if chosen else _OWN, change=_preset),
    )
    figures = [_worked.figures(each.layer).values for each in view.index]
    if said := unspeaking(view.recipe, figures):
        st.warning(_edge.plain(said), icon=":material/balance:")
    weights = st.expander("Weights", key="weights", on_change="rerun")
    if weights.open:
        with weights:
            _weights(view)
    mix = st.expander("What counts, and how", key="mix", on_change="rerun")
    if mix.open:
        with mix:
            _mix(view)


def _preset(key: str) -> dict[str, object]:
    chosen = next((preset for preset in PRESETS if preset.key == key), None)
    return {"index": chosen.indicators} if chosen else {}


def _weights(view: View) -> None:
    """A slider for each indicator."""
    for each in view.index:
        more = "high" if each.high_is_need else "low"
        whole = " Published for whole districts: it lifts or lowers all of one alike." if each.whole_district else ""
        st.slider(
            each.shown.title,
            1,
            HEAVIEST,
            help=f"A {more} figure counts as need.{whole}",
            **_link.bound(f"weight_{each.layer}", each.weight, change=lambda to, one=each: _weighed(view, one, to)),
        )


def _mix(view: View) -> None:
    """The indicators, their directions, and the steps that put them together."""
    held = {each.layer: each for each in view.index}
    st.multiselect(
        "What counts",
        list(INDICATORS),
        format_func=lambda key: INDICATORS[key].title,
        **_link.bound("index", list(held), change=lambda keys: _with(held, keys)),
    )
    st.multiselect(
        "Turn round",
        list(held),
        format_func=lambda key: INDICATORS[key].title,
        help="For these, count the opposite as need: high where low is usual, or low where high is.",
        placeholder="None",
        **_link.bound("turned", [k for k, each in held.items() if each.turned], change=lambda ks: _turned(held, ks)),
    )
    st.selectbox(
        "Figures are compared by", list(_SCALES), format_func=_SCALES.__getitem__, **_link.bound("scale", view.scale)
    )
    st.selectbox("And then", list(_SUMS), format_func=_SUMS.__getitem__, **_link.bound("sum", view.sum))
    st.select_slider(
        "Draw in the highest and lowest (%)",
        TRIMS,
        help="So that a few extreme figures do not decide. In order among neighbourhoods they never do.",
        **_link.bound("trim", view.trim),
    )


def _with(held: dict[str, Indicator], keys: list[str]) -> dict[str, object]:
    return {"index": tuple(held.get(key, Indicator(key)) for key in keys)} if keys else {}


def _weighed(view: View, one: Indicator, weight: int) -> dict[str, object]:
    changed = Indicator(one.layer, weight, one.turned)
    return {"index": tuple(changed if each.layer == one.layer else each for each in view.index)}


def _turned(held: dict[str, Indicator], keys: list[str]) -> dict[str, object]:
    return {"index": tuple(Indicator(each.layer, each.weight, key in keys) for key, each in held.items())}


def reach(view: View, *, measure: bool = True) -> None:
    """Which help, how far it may be, and how reach is measured."""
    if measure:
        st.selectbox(
            "Reach means", list(MEASURES), format_func=MEASURES.__getitem__, **_link.bound("measure", view.measure)
        )
    st.select_slider(
        "Within reach is within",
        sorted({*DISTANCES, view.within}),
        format_func=distance_text,
        help="Along the way: the straight line from where people live, on average, and a bit more for streets.",
        **_link.bound("within", view.within),
    )
    help_ = st.expander("Which help counts", key="which_help", on_change="rerun")
    if help_.open:
        with help_:
            _help(view)
    finer = st.expander("How it is measured", key="finer", on_change="rerun")
    if finer.open:
        with finer:
            _finer(view)


def _help(view: View) -> None:
    """The kinds of place to reach, and what help must fit."""
    st.multiselect(
        "Kinds of help or place",
        list(PLACE_TYPES),
        format_func=PLACE_TYPES.__getitem__,
        placeholder="All help to start or grow a business",
        **_link.bound("places", list(view.places), change=lambda kinds: {"places": tuple(kinds)}),
    )
    if not view.places or set(view.places) & set(SUPPORT_TYPES):
        _choose.wants(view)
    st.toggle(
        "Count places not confirmed",
        help="Not confirmed, from one weak source, or placed roughly: hollow on the map.",
        **_link.bound("unconfirmed", view.unconfirmed),
    )


def _finer(view: View) -> None:
    """How long a way is, and how much help counts for."""
    low, high = (round(100 * each) for each in DETOURS)
    st.slider(
        "A way is longer than the straight line by (%)",
        0,
        high - low,
        step=5,
        **_link.bound("detour", view.detour - 100, change=lambda more: {"detour": 100 + more}),
    )
    st.toggle(
        "Count help by its capacity, where known",
        help="A service counts for its capacity against the middle one; one that does not say counts as one.",
        **_link.bound("capacity", view.capacity),
    )


def where(view: View) -> None:
    """The districts to look at, and whether to compare with these alone."""
    _choose.districts(view)
    if view.focus:
        st.segmented_control(
            "Compare with",
            list(AMONG),
            format_func=AMONG.__getitem__,
            required=True,
            help="Standings, and so gap scores, are among all neighbourhoods, or only those of these districts.",
            **_link.bound("among", view.among),
        )


def sidebar(view: View) -> None:
    """All of it."""
    with st.sidebar:
        _choose.find_box(view)
        where(view)
        need(view)
        reach(view)
