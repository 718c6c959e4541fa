"""Drawing one view of the map on a page, and what a click on it does."""

import numpy as np
import pandas as pd
import streamlit as st
from streamlit_folium import st_folium

from geo.areas import Geography
from layers import render
from layers.classes import Classes
from layers.places import PLACE_GROUPS, shown
from layers.view import View
from layers.words import area_in_view, compared, dated
from pages import _edge, _link


def in_view(view: View, areas: pd.DataFrame) -> np.ndarray:
    """One truth value an area: whether it lies in the districts in focus."""
    if not view.focus:
        return np.ones(len(areas), dtype=bool)
    column = "name" if view.geography is Geography.DISTRICT else "district_name"
    return areas[column].isin(view.focus).to_numpy()


def draw(step: render.Step, *, key: str, height: int, linked: bool = False) -> None:
    """The map itself. Only a click runs the page again; moving the map tells the server nothing.

    `linked`: whether the page's link keeps where the map looks.
    """
    assets = _edge.map_assets()
    st_folium(
        render.OfflineMap(assets, linked=linked),
        key=key,
        height=height,
        width=None,
        returned_objects=["last_active_drawing"],
        feature_group_to_add=render.group(step, assets),
        on_change=lambda: _clicked(key),
    )


def step(view: View, year: int | None, reading: pd.DataFrame, classes: Classes) -> render.Step:
    """Everything that the map shows for one view."""
    layer, geography = view.shown, view.geography
    places, focus = _edge.places(), frozenset(view.focus)
    look, mark = _edge.look(view.at, view.focus)
    groups = [
        (group, kinds, len(shown(places, kinds, unconfirmed=view.unconfirmed, districts=focus)))
        for group in PLACE_GROUPS
        if (kinds := frozenset(view.places) & frozenset(group.types))
    ]
    unit = compared(layer, geography, view.colouring, area_in_view(view.focus))
    names = _edge.areas(Geography.DISTRICT.key)["name"].tolist()
    return render.Step(
        level=geography.key,
        layer=layer,
        values=reading["value"].tolist(),
        classes=classes,
        unit=unit + dated(layer, year),
        note=f"Under each colour, the number of {geography.plural} in view. Outlines simplified; dashed ones rough.",
        aria=f"Map of {layer.title}. The same figures stand in words and in a table under the map; open an "
        "area by keyboard with the Find box.",
        look=look,
        mark=mark,
        focus=tuple(names.index(name) for name in view.focus),
        selected=view.area or None,
        opacity=view.opacity / 100,
        pins=render.Pins(groups=tuple(groups), unconfirmed=view.unconfirmed),
    )


def _clicked(key: str) -> None:
    """Open what was clicked, as a step that Back undoes."""
    click = render.clicked(st.session_state.get(key))
    if click and click.kind == "area":
        _link.go(area=click.code, place="")
    elif click:
        _link.go(place=click.code, area=_edge.areas_of_places().get(click.code, ""))
