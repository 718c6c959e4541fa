"""Drawing one view of the map on a page, and what a click on it does."""

from collections.abc import Callable
from dataclasses import replace
from typing import Any

import numpy as np
import pandas as pd
import streamlit as st
from streamlit_folium import st_folium

from data.register.vocabulary import SUPPORT_TYPES
from geo.areas import Geography
from layers import render
from layers.classes import MISSING, Classes, classify
from layers.places import PLACE_GROUPS, mask, of_types
from layers.plan.gaps import Painted
from layers.view import View
from layers.words import area_in_view, compared, dated
from pages import _edge, _link, _worked


def in_view(view: View, areas: pd.DataFrame) -> np.ndarray:
    """One truth value an area: whether it lies in the districts in focus."""
    if not view.focus:
        return np.ones(len(areas), dtype=bool)
    column = "name" if view.geography is Geography.DISTRICT else "district_name"
    return areas[column].isin(view.focus).to_numpy()


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
    it (see `render.clicked` and `render.pointed`), where it does not open what was clicked.
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
    shown = replace(step(view, None, reading, classes), compact=True, opacity=0.2)
    if point := render.pointed(st.session_state.get(key)):
        shown = replace(shown, mark=render.Mark(at=point, label="Here"))
    told = st_folium(
        render.OfflineMap(assets),
        key=key,
        height=height,
        width=None,
        returned_objects=["last_object_clicked"],
        feature_group_to_add=render.group(shown, assets),
    )
    return render.pointed(told)


def step(view: View, year: int | None, reading: pd.DataFrame, classes: Classes) -> render.Step:
    """Everything that the map shows for one view."""
    layer, geography = view.shown, view.geography
    unit = compared(layer, geography, view.colouring, area_in_view(view.focus)) + dated(layer, year)
    note = f"Under each colour, the number of {geography.plural} in view. Outlines simplified; dashed ones rough."
    shown = Painted(layer.key, layer.title, reading["value"].to_numpy(dtype=float), layer.number, classes, unit)
    return _step(view, geography, shown, in_view(view, _edge.areas(geography.key)), note=note, pins=_pins(view))


def planned(
    view: View, shown: Painted, *, grid: render.Grid | None = None, outlined: str = "", **marks: Any
) -> render.Step:
    """What the map of a plan shows, with the places that people are to reach.

    `marks` are sites and highlights; `outlined` says what the highlighted neighbourhoods are.
    """
    outline = f"Outlined, the others faded: {outlined}. " if outlined and marks.get("highlight") else ""
    note = f"{outline}Derived. With each colour, the number of neighbourhoods in view; dashed outlines are rough."
    pins = _pins(replace(view, places=_worked.kinds_to_reach(view)))
    return _step(view, Geography.LSOA21, shown, _worked.seen(view), note=note, pins=pins, grid=grid, **marks)


def _step(view: View, geography: Geography, shown: Painted, seen: np.ndarray, **more: Any) -> render.Step:
    """What is painted, where the map looks, and what of it is in focus."""
    look, mark = _edge.look(view.at, view.focus)
    names = _edge.areas(Geography.DISTRICT.key)["name"].tolist()
    return render.Step(
        level=geography.key,
        key=shown.key,
        title=shown.title,
        number=shown.number,
        # Outside the districts in focus the map shows neither a figure nor a class, so none is told.
        values=np.where(seen, shown.values, np.nan).tolist(),
        classes=replace(shown.classes, of=np.where(seen, shown.classes.of, MISSING)),
        unit=shown.unit,
        aria=f"Map of {shown.title}",
        look=look,
        mark=mark,
        focus=tuple(names.index(name) for name in view.focus),
        selected=view.area or None,
        opacity=view.opacity / 100,
        **more,
    )


def _pins(view: View) -> render.Pins:
    """The places of one view, and of each group how many are shown."""
    places = _edge.fitting(view.wants)
    counted = ~places["suggested"].to_numpy(dtype=bool)
    shown = mask(places, view.places, unconfirmed=view.unconfirmed, districts=frozenset(view.focus))
    groups = [
        (group, kinds, int(np.count_nonzero(shown & counted & of_types(places, kinds))))
        for group in PLACE_GROUPS
        if (kinds := frozenset(view.places) & frozenset(group.types))
    ]
    if not view.wants.any:
        return render.Pins(groups=tuple(groups), unconfirmed=view.unconfirmed)
    helping = shown & of_types(places, frozenset(view.places) & frozenset(SUPPORT_TYPES))
    return render.Pins(groups=tuple(groups), unconfirmed=view.unconfirmed, fitting=shown, helping=helping)


def opened(event: dict[str, Any] | None) -> None:
    """Open what was clicked, as a step that Back undoes."""
    click = render.clicked(event)
    if click and click.kind == "area":
        _link.go(area=click.code, place="")
    elif click:
        _link.go(place=click.code, area=_edge.areas_of_places().get(click.code, ""))
