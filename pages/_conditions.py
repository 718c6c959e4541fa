"""The editor of conditions: one row each, in the layer's own unit."""

from collections.abc import Callable
from dataclasses import replace
from typing import Any

import streamlit as st

from layers import LAYERS
from layers.base import Tenths
from layers.plan.conditions import MOST, Condition, another, begun, kinds_of, meets, tidy
from layers.plan.target_words import together, whole_districts
from layers.view import View
from pages import _edge, _link, _worked

_TITLES = {layer.key: layer.title for layer in LAYERS}
_MATCHES = {"all": "All of them", "any": "Any of them"}
_TIES = 0.01
"""By how much more may be let in than was asked for before it is said that they tie."""
_ENDS = 9_999_999.0
"""No number of a condition is larger, so that a link can hold it."""


def editor(view: View) -> None:
    """A box with a row for each condition, to change, take out or add; the conditions in words where it is shut."""
    box = st.expander("Only neighbourhoods that meet conditions", key="conditions", on_change="rerun")
    if box.open:
        with box:
            _rows(view)
    elif view.when:
        told = together(view.when, every=view.match == "all")
        st.caption(f"Only neighbourhoods where {_edge.plain(told)}.")


def _rows(view: View) -> None:
    if len(view.when) > 1:
        st.segmented_control(
            "They must meet",
            list(_MATCHES),
            format_func=_MATCHES.__getitem__,
            required=True,
            **_link.bound("match", view.match),
        )
    for i, condition in enumerate(view.when):
        _row(view, i, condition)
    full = len(view.when) >= MOST
    st.button(
        "Add a condition",
        icon=":material/add:",
        on_click=lambda: _link.go(when=(*view.when, another(view.when))),
        disabled=full,
        help=f"{MOST} are the most that can still be read aloud." if full else None,
    )


def _row(view: View, i: int, condition: Condition) -> None:
    """One condition: the figure, how it is compared, the number or numbers, and what it lets in."""
    layer = condition.shown
    kinds = kinds_of(layer)

    def bound(name: str, value: Any, change: Callable[[Any], Condition]) -> dict[str, Any]:
        return _link.bound(f"when_{i}_{name}", value, change=lambda to: {"when": _put(view, i, tidy(change(to)))})

    what, how, low, high, out = st.columns([8, 6, 3, 3, 3], vertical_alignment="bottom")
    what.selectbox(
        "Figure",
        list(_TITLES),
        format_func=_TITLES.__getitem__,
        **bound("layer", condition.layer, lambda to: begun(to, condition.kind, _worked.figures(to).values)),
    )
    how.selectbox(
        "Compared",
        list(kinds),
        format_func=kinds.__getitem__,
        **bound("kind", condition.kind, lambda to: begun(layer.key, to, _worked.figures(layer.key).values)),
    )
    between = condition.kind == "between"
    first = "%" if condition.by_share else "From" if between else "Number"
    form = _form(condition)
    low.number_input(first, **form, **bound("low", condition.low, lambda to: replace(condition, low=to)))
    if between:
        high.number_input("To", **form, **bound("high", condition.high, lambda to: replace(condition, high=to)))
    out.button("Take out", key=f"out-{i}", on_click=lambda: _link.go(when=_put(view, i, None)))
    st.caption(_edge.plain(_lets_in(condition)))


def _form(condition: Condition) -> dict[str, Any]:
    """How the numbers of a condition are typed."""
    layer = condition.shown
    whole = condition.by_share or isinstance(layer.style, Tenths) or not layer.number.decimals
    low, high = (1.0, 100.0) if condition.by_share else (-_ENDS, _ENDS)
    return {"min_value": low, "max_value": high, "step": 1.0, "format": "%g" if whole else "%.1f"}


def _lets_in(condition: Condition) -> str:
    """The unit, how many neighbourhoods meet a condition alone, and whether it is one of whole districts."""
    figures = _worked.figures(condition.layer)
    meeting, whole = meets(condition, figures.values), len(figures.values)
    said = f"Unit: {condition.shown.unit}. Met by {meeting.sum():,} of the region’s {whole:,} neighbourhoods"
    tied = ", as all that tie are in" if condition.by_share and meeting.mean() > condition.low / 100 + _TIES else ""
    return f"{said}{tied}. {whole_districts([condition], [figures])}".strip()


def _put(view: View, i: int, condition: Condition | None) -> tuple[Condition, ...]:
    """The conditions with another in one's place, or with it gone; each once."""
    changed = [*view.when[:i], *([condition] if condition else []), *view.when[i + 1 :]]
    return tuple(dict.fromkeys(changed))
