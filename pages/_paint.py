"""What one view paints on the map, with the places on top: on any page, and prepared for a room."""

from dataclasses import replace
from typing import Any

import numpy as np
import pandas as pd

from data.register.vocabulary import SUPPORT_TYPES
from geo.areas import Geography
from layers import render, words
from layers.classes import MISSING, Classes
from layers.places import PLACE_GROUPS, mask, of_types
from layers.plan.gaps import Painted
from layers.view import View
from pages import _edge, _told, _worked


def in_view(view: View, areas: pd.DataFrame) -> np.ndarray:
    """One truth value an area: whether it lies in the districts in focus."""
    if not view.focus:
        return np.ones(len(areas), dtype=bool)
    column = "name" if view.geography is Geography.DISTRICT else "district_name"
    return areas[column].isin(view.focus).to_numpy()


def step(view: View, year: int | None, reading: pd.DataFrame, classes: Classes) -> render.Step:
    """Everything that the map shows for one view."""
    layer, geography = view.shown, view.geography
    unit = words.compared(layer, geography, view.colouring, words.area_in_view(view.focus)) + words.dated(layer, year)
    note = f"Under each colour, the number of {geography.plural} in view. Outlines simplified; dashed ones rough."
    values = reading["value"].to_numpy(dtype=float)
    painted = Painted(layer.key, layer.title, values, layer.number, classes, unit)
    seen, told = in_view(view, _edge.areas(geography.key)), _told.drawn(view)
    return _step(view, geography, painted, seen, note=note, pins=_pins(view), told=told)


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
    there = mask(places, view.places, unconfirmed=view.unconfirmed, districts=frozenset(view.focus))
    groups = [
        (group, kinds, int(np.count_nonzero(there & counted & of_types(places, kinds))))
        for group in PLACE_GROUPS
        if (kinds := frozenset(view.places) & frozenset(group.types))
    ]
    if not view.wants.any:
        return render.Pins(groups=tuple(groups), unconfirmed=view.unconfirmed)
    helping = there & of_types(places, frozenset(view.places) & frozenset(SUPPORT_TYPES))
    return render.Pins(groups=tuple(groups), unconfirmed=view.unconfirmed, fitting=there, helping=helping)
