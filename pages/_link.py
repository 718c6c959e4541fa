"""The link is the state: every choice is read from it and written to it, so Back, reload and sharing all work."""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import Any

import streamlit as st
from streamlit.navigation.page import StreamlitPage

from layers.view import View, from_link
from pages import _edge

_LINKS, _NEIGHBOURHOOD = "links_of_pages", "neighbourhood"
_OF_A_NEIGHBOURHOOD = ("area", "at", "unconfirmed")


def menu(pages: Sequence[StreamlitPage], shown: StreamlitPage, *, under: StreamlitPage) -> None:
    """The way to every page, keeping what was chosen; `under` is the one that the page shown belongs to.

    The map is found as it was left; the neighbourhood page opens what was last open. Streamlit's own menu would
    leave the link empty.
    """
    links = st.session_state.setdefault(_LINKS, {})
    here = st.query_params.to_dict()
    links[shown.url_path] = here
    if "area" in here:
        links[_NEIGHBOURHOOD] = {name: here[name] for name in _OF_A_NEIGHBOURHOOD if name in here}
    with st.container(horizontal=True, gap="small"):
        for page in pages:
            label = f"**{page.title}**" if page is under else page.title
            st.page_link(page, label=label, query_params=links.get(page.url_path) or None)


def left(page: str) -> dict[str, str] | None:
    """The link of a page as it was last left in this visit; None if it was not visited. The map's path is empty."""
    links: dict[str, dict[str, str]] = st.session_state.get(_LINKS, {})
    return links.get("" if page == "map" else page)


def view() -> View:
    """What the link asks for; what it asks for in vain is said once, at the top of the page."""
    found, complaints = read(st.query_params.to_dict())
    for complaint in complaints:
        st.warning(_edge.plain(complaint), icon=":material/link_off:")
    return found


def go(**changes: Any) -> None:
    """Change the view, as a step that Back undoes."""
    changed = replace(read(st.query_params.to_dict())[0], **changes)
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


def read(link: Mapping[str, str]) -> tuple[View, list[str]]:
    """The view that a link asks for, and what it asks for in vain."""
    return from_link(link, **_edge.known(), postcode_known=_edge.postcode_known)
