"""The link is the state: every choice is read from it and written to it, so Back, reload and sharing all work."""

from dataclasses import replace
from typing import Any

import streamlit as st

from geo.areas import Geography
from layers.view import View, from_link
from pages import _edge


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
    districts = _edge.areas(Geography.DISTRICT.key)
    return from_link(
        st.query_params.to_dict(),
        districts=districts["name"],
        areas=[code for geography in Geography for code in _edge.areas(geography.key)["code"]],
        places=_edge.places()["id"],
    )
