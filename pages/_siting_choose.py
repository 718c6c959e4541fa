"""What people choose on “Where to put help”: how many, among which places, for whom, and what else must hold."""

from collections.abc import Callable
from typing import Any

import streamlit as st
from streamlit.delta_generator import DeltaGenerator

from data.bring.files import MOST_BYTES
from layers.places import PLACE_TYPES
from layers.plan.choices import GOALS, SERVES, WEIGHS
from layers.plan.site_list import Brought
from layers.plan.site_list import brought as read_list
from layers.plan.site_words import many
from layers.plan.sites import Candidates
from layers.view import View
from pages import _choose, _edge, _link, _planning, _siting

_ENDINGS = ["csv", "tsv", "txt", "xlsx", "xls", "ods", "geojson", "json"]
_READ, _COUNT, _SAID = "site_list_read", "site_list_count", "site_list_error"
_REGISTER, _MINE = "Places of the register", "A list of my own"
_POUNDS, _SO_MANY = "site_budget_box", "site_so_many"
_SHOWN = 200
_MOST_SITES = 100
_WIDE, _NARROW = 430, 150
"""Pixels that the longest goal and a number take."""


def sidebar(view: View) -> None:
    """Where, which need the colours show, which help there is and how far it may be."""
    with st.sidebar:
        _choose.find_box(view)
        _planning.where(view)
        _planning.reach(view, measure=False)
        _planning.need(view)


def question(view: View) -> None:
    """What is asked: the goal, how many, and among which places."""
    with st.container(border=True):
        with st.container(horizontal=True, vertical_alignment="bottom"):
            st.selectbox(
                "What new places should do",
                list(GOALS),
                format_func=GOALS.__getitem__,
                width=_WIDE,
                **_link.bound("goal", view.goal),
            )
            _how_many(view)
            st.segmented_control(
                "Choose among",
                [_REGISTER, _MINE],
                required=True,
                **_link.bound("mine", _MINE if view.mine else _REGISTER, change=lambda said: {"mine": said == _MINE}),
            )
        if view.mine:
            _own_list()
        else:
            st.multiselect(
                "Kinds of place to choose from",
                list(PLACE_TYPES),
                format_func=PLACE_TYPES.__getitem__,
                placeholder="Choose at least one kind",
                **_link.bound("candidates", list(view.candidates), change=lambda kinds: {"candidates": tuple(kinds)}),
            )


def _how_many(view: View) -> None:
    """How many places or, where these are sought, what share of people they are to reach."""
    if view.goal != "fewest":
        st.number_input("How many places", 1, _MOST_SITES, width=_NARROW, **_link.bound("sites", view.sites))
        return
    help_ = "With those who have help within reach today."
    st.number_input("Share of people (%)", 1, 100, width=_NARROW, help=help_, **_link.bound("share", view.share))


def _own_list() -> None:
    """A file to choose from, or what came of it."""
    kept = _siting.brought()
    if kept is None:
        st.file_uploader(
            "Possible places: CSV, Excel, GeoJSON …, a place a row, with a postcode or coordinates",
            type=_ENDINGS,
            max_upload_size=MOST_BYTES // 1_000_000,
            key=f"{_READ}_{st.session_state.get(_COUNT, 0)}",
            on_change=_take,
            help="A name and a cost may stand beside them.",
        )
        if said := st.session_state.pop(_SAID, ""):
            st.error(_edge.plain(said), icon=":material/error:")
        st.caption(
            "It is read here, kept only for this visit and never written to the register. A link to this page does "
            "not carry it."
        )
        return
    _what_came(kept)
    st.button("Forget this list", on_click=_siting.keep, args=(None,), icon=":material/delete:")


def _take() -> None:
    """Read what was brought; say what is wrong with it where it cannot be read."""
    count = st.session_state.get(_COUNT, 0)
    file = st.session_state.get(f"{_READ}_{count}")
    if file is None:
        return
    try:
        with st.spinner("Placing what you brought"):
            _siting.keep(read_list(file.name, file.getvalue(), _edge.gazetteer()))
    except ValueError as error:  # FileError and SiteListError: the words are for the reader
        st.session_state[_SAID] = str(error)
    # The next list gets a box of its own: the file in this one is read and not needed any more.
    st.session_state[_COUNT] = count + 1


def _what_came(kept: Brought) -> None:
    """How a list was read, which rows cannot be placed and why."""
    placed = len(kept.found)
    st.markdown(
        _edge.plain(f"“{kept.name}”: {many(placed, 'place')} to choose from, kept only for this visit.")
        + " "
        + _edge.plain(" ".join(kept.notes))
    )
    if not kept.refused:
        return
    with st.expander(f"{many(len(kept.refused), 'row')} left out, with the reason", key="site_refused"):
        for each in kept.refused[:_SHOWN]:
            st.markdown(_edge.plain(f"Row {each.label}, {each.name}: {each.why}"))
        if len(kept.refused) > _SHOWN:
            st.caption(f"The first {_SHOWN} of {len(kept.refused):,}.")


def conditions(view: View, found: Candidates) -> None:
    """Whom it is for, what counts, and which places must, must not or could be among them; shut until asked for."""
    box = st.expander("Conditions, and my own choice", key="site_rules", on_change="rerun")
    if not box.open:
        return
    with box:
        left, right = st.columns(2, gap="medium")
        left.selectbox(
            "Who is to be reached", list(SERVES), format_func=SERVES.__getitem__, **_link.bound("serve", view.serve)
        )
        right.selectbox(
            "How people count", list(WEIGHS), format_func=WEIGHS.__getitem__, **_link.bound("weigh", view.weigh)
        )
        names = _labels(found)
        for field, label, help_ in (
            ("own", "My own choice", "Compared with the best."),
            ("must", "Must be among them", "Such as a place that is promised already."),
            ("never", "Must not be among them", "Such as a place that has no room."),
        ):
            kept = [id_ for id_ in _siting.named(view, field) if id_ in names]
            st.multiselect(
                label,
                list(names),
                format_func=lambda id_: names.get(id_, id_),
                placeholder="None",
                help=help_,
                **_bound(view, field, kept),
            )
        _limits(view, found)


def _limits(view: View, found: Candidates) -> None:
    left, right = st.columns(2, gap="medium")
    left.number_input("In one district at most (0: any number)", 0, _MOST_SITES, **_link.bound("cap", view.cap))
    if view.mine and found.costs is not None:
        _budget(view, right)
    st.toggle(
        "Count the help that is there today",
        help="Off: as if there were none, to see where it would stand if all were planned anew.",
        **_link.bound("counting", view.counting),
    )


def _budget(view: View, here: DeltaGenerator) -> None:
    """What the sites may cost together, and whether for the number asked for or as many as that pays for."""
    st.session_state[_POUNDS] = int(_siting.budget(view) or 0)
    st.session_state[_SO_MANY] = _siting.how_many(view) is not None and bool(_siting.budget(view))

    def spend() -> None:
        _siting.spend(st.session_state[_POUNDS], counted=st.session_state[_SO_MANY])

    here.number_input("Together at most, in pounds (0: any sum)", 0, 1_000_000_000, key=_POUNDS, on_change=spend)
    if _siting.budget(view) and view.goal != "fewest":
        words = f"For exactly {many(view.sites, 'place')}, rather than as many as that pays for"
        here.toggle(words, key=_SO_MANY, on_change=spend)


def _labels(found: Candidates) -> dict[str, str]:
    """Each candidate by name, with what tells it from others."""
    told = zip(found.ids, found.names, found.postcodes, found.districts, strict=True)
    return {id_: ", ".join(filter(None, (name, postcode, district))) for id_, name, postcode, district in told}


def _bound(view: View, field: str, kept: list[str]) -> dict[str, Any]:
    """What makes a widget keep named sites: in the link those of the register, for this visit those of one's list."""
    if not view.mine:
        return _link.bound(field, kept, change=lambda ids: {field: tuple(ids)})
    key = f"site_{field}"
    st.session_state[key] = kept
    changed: Callable[[], None] = lambda: _siting.name(field, st.session_state[key])  # noqa: E731
    return {"key": key, "on_change": changed}


def add(view: View, field: str, ids: list[str]) -> None:
    """Name sites as `own`, `must` or `never`, and take them off the list that contradicts."""
    other = {"must": "never", "never": "must"}.get(field)
    if view.mine:
        _siting.name(field, [*dict.fromkeys([*_siting.named(view, field), *ids])])
        if other:
            _siting.name(other, [id_ for id_ in _siting.named(view, other) if id_ not in ids])
        return
    changes = {field: tuple(dict.fromkeys([*getattr(view, field), *ids]))}
    if other:
        changes[other] = tuple(id_ for id_ in getattr(view, other) if id_ not in ids)
    _link.go(**changes)
