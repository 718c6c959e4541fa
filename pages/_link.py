"""The link is the state: every choice is read from it and written to it, so Back, reload and sharing all work."""

from dataclasses import replace
from typing import Any

import streamlit as st

from layers.view import View, from_link
from pages import _edge

_LINKS, _PAGE = "links_of_pages", "page_before"
_OF_A_NEIGHBOURHOOD = ("area", "at", "unconfirmed")


def arrive(page: str) -> None:
    """Keep what was chosen when a reader changes pages by the menu, which leaves the link empty.

    The map is found as it was left; the neighbourhood page opens what was open beside the map.
    """
    links = st.session_state.setdefault(_LINKS, {})
    before = st.session_state.get(_PAGE)
    if before not in (None, page) and not st.query_params:
        beside = {name: text for name, text in links.get(before, {}).items() if name in _OF_A_NEIGHBOURHOOD}
        kept = beside if page == "neighbourhood" and "area" in beside else links.get(page, {})
        if kept:
            st.query_params.from_dict(kept)
    st.session_state[_PAGE] = page
    links[page] = st.query_params.to_dict()


def view() -> View:
    """What the link asks for; what it asks for in vain is said once, at the top of the page."""
    read, complaints = _read()
    for complaint in complaints:
        st.warning(_edge.plain(complaint), icon=":material/link_off:")
    return read


def go(**changes: Any) -> None:
    """Change the view, as a step that Back undoes."""
    changed = replace(_read()[0], **changes)
    st.query_params.from_dict(changed.to_link())


def bound(name: str, value: Any, *, change: Any = None) -> dict[str, Any]:
    """Arguments that make a widget show `value` and write its choice to the link.

    `change` turns the widget's value into changes of the view; without it the value itself is the field's.
    """
    key = f"choose_{name}"
    st.session_state[key] = value
    return {"key": key, "on_change": _chosen, "args": (name, key, change)}


def _chosen(name: str, key: str, change: Any) -> None:
    value = st.session_state[key]
    go(**(change(value) if change else {name: value}))


def _read() -> tuple[View, list[str]]:
    return from_link(st.query_params.to_dict(), **_edge.known(), postcode_known=_edge.postcode_known)
