"""What the reader can choose on the map, at the side."""

from datetime import date

import streamlit as st

from data.register.vocabulary import COSTS, LANGUAGES, STAGES, SUPPORT_TYPES
from geo.areas import Geography
from layers import GROUPS, LAYERS
from layers.find import Found, NotFoundError, find
from layers.look import name_of
from layers.places import PLACE_GROUPS, PLACE_TYPES
from layers.view import View
from pages import _edge, _link, _told

_LEVEL_TITLES = {"lsoa21": "Neighbourhoods", "msoa21": "Wider areas"}
_MATCHES_SHOWN = 8
_FIND, _FOUND = "find", "found_for"


def controls(view: View) -> int | None:
    """Every choice, in the side bar; returns the year that the map shows, if its layer has years."""
    with st.sidebar:
        find_box(view)
        year = _layer(view)
        _comparison(view)
        districts(view)
        _places(view)
        _told.choose(view)
        st.slider("Strength of the colours (%)", 20, 100, step=5, **_link.bound("opacity", view.opacity))
    return year


def districts(view: View) -> None:
    """Which districts to look at."""
    names = _edge.areas(Geography.DISTRICT.key)["name"].tolist()
    st.multiselect(
        "Show only these districts",
        names,
        placeholder="All ten districts",
        **_link.bound("focus", list(view.focus), change=lambda names: {"focus": tuple(names)}),
    )


def _layer(view: View) -> int | None:
    layer = view.shown
    st.segmented_control(
        "What to show",
        GROUPS,
        required=True,
        **_link.bound("group", layer.group, change=lambda group: {"layer": _first_of(group or layer.group)}),
    )
    titles = {each.key: each.title for each in LAYERS if each.group == layer.group}
    st.selectbox("Figure", list(titles), format_func=titles.__getitem__, **_link.bound("layer", layer.key))
    if not layer.period:
        return None
    year, years = year_of(view), _years(view)
    if view.year not in (None, year):
        st.caption(f"There is no figure for {view.year}; showing {year}.")
    st.selectbox(layer.period.value, years, **_link.bound("year", year))
    return year


def year_of(view: View) -> int | None:
    """The year that the map shows: the one asked for, or the newest; None for a layer without years."""
    if not view.shown.period:
        return None
    years = _years(view)
    return view.year if view.year in years else years[0]


def _years(view: View) -> list[int]:
    return _edge.years_of(view.layer) or [date.today().year]  # a pack may hold no figure of it: then all is "no data"


def _first_of(group: str) -> str:
    return next(layer.key for layer in LAYERS if layer.group == group)


def _comparison(view: View) -> None:
    layer = view.shown
    if len(layer.colourings) > 1:
        titles = {colouring.key: colouring.title for colouring in layer.colourings}
        st.segmented_control(
            "Colours compare with",
            list(titles),
            format_func=titles.__getitem__,
            required=True,
            help="All of England, or only the places in view, each divided into ten equal groups.",
            **_link.bound("colours", view.colouring.key),
        )
    if len(layer.geographies) > 1:
        st.segmented_control(
            "Level",
            list(_LEVEL_TITLES),
            format_func=_LEVEL_TITLES.__getitem__,
            required=True,
            help="Neighbourhoods are LSOAs, of about 1,700 people; wider areas are MSOAs, of about 8,000.",
            **_link.bound("level", view.level),
        )


def _places(view: View) -> None:
    chosen = set(view.places)
    groups = {group.key: group for group in PLACE_GROUPS}
    st.pills(
        "Who is there",
        list(groups),
        selection_mode="multi",
        format_func=lambda key: groups[key].title,
        **_link.bound(
            "groups",
            [key for key, group in groups.items() if chosen & set(group.types)],
            change=lambda keys: {"places": _with_groups(chosen, set(keys))},
        ),
    )
    if not chosen:
        return
    # What is in a closed box need not be sent: together they would be a fifth of a step.
    by_type = st.expander("Choose by type", key="by_type", on_change="rerun")
    if by_type.open:
        by_type.multiselect(
            "Types of place",
            list(PLACE_TYPES),
            format_func=PLACE_TYPES.__getitem__,
            label_visibility="collapsed",
            **_link.bound("places", list(view.places), change=lambda kinds: {"places": tuple(kinds)}),
        )
    if chosen & set(SUPPORT_TYPES):
        fitting = st.expander("Only help that fits", expanded=view.wants.any, key="fitting", on_change="rerun")
        if fitting.open:
            with fitting:
                wants(view)
                st.caption("Help that does not say is left out of the map. A neighbourhood's own page lists it, too.")
    st.toggle(
        "Count places not confirmed",
        help="Not confirmed, from one weak source, or placed roughly: hollow. Only suggested: dashed, never counted.",
        **_link.bound("unconfirmed", view.unconfirmed),
    )


def wants(view: View, *, stage: bool = True) -> None:
    """What help must fit, with or without the stage of business."""
    groups = _edge.groups_named()
    groups = groups if view.who in ("", *groups) else (view.who, *groups)
    for label, name, titles in (
        ("Stage of business", "stage", STAGES),
        ("Cost", "cost", {key: title for key, title in COSTS.items() if key != "unknown"}),
        ("Language", "language", LANGUAGES),
        ("Especially for", "who", {group: group.capitalize() for group in groups}),
    ):
        if name == "stage" and not stage:
            continue
        keys = ["", *titles]
        st.selectbox(
            label, keys, format_func={"": "Any"}.__or__(titles).__getitem__, **_link.bound(name, getattr(view, name))
        )
    st.toggle("Open now", **_link.bound("open", view.open))


def _with_groups(chosen: set[str], keys: set[str]) -> tuple[str, ...]:
    """Types after groups were switched: a new group brings all of its types, a dropped one takes all away."""
    kept: list[str] = []
    for group in PLACE_GROUPS:
        if group.key in keys:
            kept += [kind for kind in group.types if kind in chosen] or list(group.types)
    return tuple(kept)


def find_box(view: View) -> None:
    """Find a postcode, a place or an organisation, and go there."""
    typed = st.text_input(
        "Find", type="search", placeholder="Postcode, place or organisation", key=_FIND, on_change=_looked_for
    )
    if typed and typed != st.session_state.get(_FOUND):
        _matches(typed)
    if view.at:
        title = _edge.plain(name_of(_edge.store(), _edge.places(), view.at))
        st.button(f"Forget {title}", icon=":material/close:", on_click=_forget, type="tertiary")


def _matches(typed: str) -> None:
    """What goes by the words typed, each a button; or why nothing does."""
    try:
        matches = find(_edge.store(), _edge.places(), typed)
    except NotFoundError as error:
        st.warning(_edge.plain(str(error)), icon=":material/search_off:")
        return
    more = len(matches) > _MATCHES_SHOWN
    st.caption(
        f"The first {_MATCHES_SHOWN} matches. Which one? Type more of the name to see others."
        if more
        else f"{len(matches)} match. Which one?"
    )
    for match in matches[:_MATCHES_SHOWN]:
        key = f"match-{match.kind}-{match.code}"
        st.button(_edge.plain(match.label), key=key, on_click=_go_to, args=(match,), width="stretch")


def _looked_for() -> None:
    """Go at once where there is only one match; otherwise the page asks which."""
    st.session_state[_FOUND] = None
    try:
        matches = find(_edge.store(), _edge.places(), st.session_state[_FIND])
    except NotFoundError:
        return
    if len(matches) == 1:
        _go_to(matches[0])


def _go_to(match: Found) -> None:
    st.session_state[_FOUND] = st.session_state[_FIND]
    if match.kind == "place":
        _link.go(at=match.code, place=match.code, area=_edge.areas_of_places().get(match.code, ""))
    else:
        _link.go(at=match.name if match.kind == "postcode" else match.code, area=match.code, place="")


def _forget() -> None:
    st.session_state[_FIND] = ""
    _link.go(at="")
