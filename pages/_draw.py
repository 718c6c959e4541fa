"""Drawing one view of the map on a page, and what a click on it does."""

from collections.abc import Callable
from dataclasses import replace
from typing import Any

import numpy as np
import streamlit as st
from streamlit_folium import st_folium

from layers import events, render
from layers.classes import classify
from layers.view import View
from pages import _edge, _link, _paint


def draw(
    step: render.Step,
    *,
    key: str,
    height: int,
    linked: bool = False,
    clicked: Callable[[dict[str, Any] | None], None] | None = None,
) -> None:
    """The map itself. Only a click runs the page again; moving the map tells the server nothing.

    `linked`: whether the page's link keeps where the map looks. `clicked`: what a click does with what the map tells of
    it (see `events.clicked` and `events.pointed`), where it does not open what was clicked.
    """
    assets = _edge.map_assets()
    st_folium(
        render.OfflineMap(assets, linked=linked),
        key=key,
        height=height,
        width=None,
        returned_objects=["last_active_drawing", *(["last_object_clicked"] if clicked else [])],
        feature_group_to_add=render.group(step, assets),
        on_change=lambda: (clicked or opened)(st.session_state.get(key)),
    )


def pick(*, key: str, height: int) -> tuple[float, float] | None:
    """A map to click: the latitude and longitude of the last click, or None."""
    assets = _edge.map_assets()
    view = View(places=())
    reading = _edge.reading(view.layer, view.geography.key, None)
    everywhere = np.ones(len(reading), dtype=bool)
    classes = classify(view.shown, reading, geography=view.geography, colouring=view.colouring, in_view=everywhere)
    shown = replace(_paint.step(view, None, reading, classes), compact=True, opacity=0.2)
    if point := events.pointed(st.session_state.get(key)):
        shown = replace(shown, mark=render.Mark(at=point, label="Here"))
    told = st_folium(
        render.OfflineMap(assets),
        key=key,
        height=height,
        width=None,
        returned_objects=["last_object_clicked"],
        feature_group_to_add=render.group(shown, assets),
    )
    return events.pointed(told)


def framed(step: render.Step, *, key: str, height: int) -> tuple[tuple[float, float], float] | None:
    """A map that tells where it looks whenever it is moved: the middle (degrees) and the zoom; None until it has."""
    assets = _edge.map_assets()
    told = st_folium(
        render.OfflineMap(assets),
        key=key,
        height=height,
        width=None,
        returned_objects=["center", "zoom"],
        feature_group_to_add=render.group(step, assets),
    )
    return events.framed(told)


def opened(event: dict[str, Any] | None) -> None:
    """Open what was clicked, as a step that Back undoes."""
    click = events.clicked(event)
    if click and click.kind == "area":
        _link.go(area=click.code, place="")
    elif click:
        _link.go(place=click.code, area=_edge.areas_of_places().get(click.code, ""))
