"""What the register's pages keep in their links: plain words and lists of words, each checked where it is used."""

from collections.abc import Iterable
from typing import Any

import streamlit as st

_BETWEEN = "|"
_LONGEST = 200


def word(name: str) -> str:
    """One word of the link; "" if it is not there."""
    return str(st.query_params.get(name, ""))[:_LONGEST]


def words(name: str, known: Iterable[str]) -> list[str]:
    """Several words of the link; what is not known is left out."""
    asked = word(name).split(_BETWEEN)
    return [each for each in known if each in asked]


def put(**changes: str) -> None:
    """Change the link, as a step that Back undoes; "" takes a word out."""
    st.query_params.from_dict({name: text for name, text in (st.query_params.to_dict() | changes).items() if text})


def bound(name: str, value: Any) -> dict[str, Any]:
    """Arguments that make a widget show `value` and write its choice to the link."""
    key = f"query_{name}"
    st.session_state[key] = value
    return {"key": key, "on_change": _chosen, "args": (name, key)}


def _chosen(name: str, key: str) -> None:
    value = st.session_state[key]
    put(**{name: _BETWEEN.join(value) if isinstance(value, list) else str(value or "")})
