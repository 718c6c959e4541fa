"""What the planning pages have worked out and keep: need, reach and gaps, each by short choices, never by a frame."""

from typing import Any

import numpy as np
import pandas as pd
import streamlit as st

from data.register.vocabulary import SUPPORT_TYPES
from geo.areas import Geography
from geo.composite import Array
from layers import get
from layers.plan import access, gaps
from layers.plan.choices import MEASURES
from layers.plan.gap_words import full_names
from layers.plan.need import Column, Index, Recipe, column, indexed
from layers.plan.supply import Supply, supply
from layers.provision import Wants
from layers.view import View
from layers.words import area_in_view
from pages import _edge

LSOA = Geography.LSOA21.key

_KEPT = 64
"""Answers of one kind that are kept: each is some arrays of a figure a neighbourhood."""


@st.cache_resource(show_spinner=False)
def points() -> Array:
    """Where the people of each neighbourhood live, on average: easting and northing (metres). Shared."""
    return _edge.areas(LSOA)[["point_e", "point_n"]].to_numpy(dtype=float)


@st.cache_resource(show_spinner=False)
def people() -> Array:
    """How many people live in each neighbourhood; NaN where it is not known. Shared."""
    return _edge.reading("population", LSOA, None)["value"].to_numpy(dtype=float)


@st.cache_resource(show_spinner=False)
def names() -> list[str]:
    """Each neighbourhood by its local name and the ONS name. Shared."""
    return full_names(_edge.areas(LSOA))


@st.cache_resource(show_spinner=False)
def figures(layer: str) -> Column:
    """A layer's figures for every neighbourhood. Shared."""
    return column(get(layer), _edge.store())


@st.cache_resource(show_spinner=False, max_entries=512)
def need(recipe: Recipe) -> Index:
    """An index, worked out."""
    return indexed(recipe, [figures(each.layer).values for each in recipe.indicators])


def kinds_to_reach(view: View) -> tuple[str, ...]:
    """The kinds of place that people are to reach: those chosen, or all help."""
    return view.places or tuple(SUPPORT_TYPES)


def counted(view: View) -> Supply:
    """What counts as help."""
    return _counted(*_how(view)[:5])


@_edge.of_today(_KEPT)
def _counted(types: tuple[str, ...], wants: Wants, minute: object, *more: bool) -> Supply:
    del minute  # what is open now is kept for a minute
    unconfirmed, capacity = more
    return supply(
        _edge.places(),
        _edge.offers(),
        types=frozenset(types),
        wants=wants,
        unconfirmed=unconfirmed,
        capacity=capacity,
        now=_edge.now(),
    )


def _how(view: View) -> tuple[Any, ...]:
    """What reach depends on."""
    minute = _edge.now().replace(second=0, microsecond=0) if view.wants.open_now else None
    kinds, more = kinds_to_reach(view), (view.unconfirmed, view.capacity)
    return (kinds, view.wants, minute, *more, view.measure, view.within, view.detour)


def reached(view: View) -> access.Reached:
    """How well each neighbourhood reaches what counts."""
    return _reached(*_how(view))


@_edge.of_today(_KEPT)
def _reached(*how: Any) -> access.Reached:
    *which, measure, within, detour = how
    found = _counted(*which)
    return access.reached(found, points(), people(), measure=measure, within=within, detour=detour / 100)


def seen(view: View) -> np.ndarray:
    """Which neighbourhoods are in view."""
    return _seen(view.focus)


@st.cache_resource(show_spinner=False, max_entries=256)
def _seen(focus: tuple[str, ...]) -> np.ndarray:
    districts = _edge.areas(LSOA)["district_name"]
    return districts.isin(focus).to_numpy() if focus else np.ones(len(districts), dtype=bool)


def found(view: View) -> gaps.Gaps:
    """Need, reach and the gap between them, among the neighbourhoods that are to be compared."""
    return _found(view.recipe, view.focus if view.among == "view" else (), *_how(view))


@_edge.of_today(_KEPT)
def _found(recipe: Recipe, focus: tuple[str, ...], *how: Any) -> gaps.Gaps:
    return gaps.gaps(need(recipe), _reached(*how), _seen(focus))


def compared(view: View) -> str:
    """What neighbourhoods are compared with, in words."""
    return area_in_view(view.focus) if view.among == "view" and view.focus else "the region"


def nearest(view: View) -> list[str]:
    """The nearest help of each neighbourhood, by name; "" where there is none."""
    named = (*counted(view).names, "")
    return [named[i] for i in reached(view).nearest]


def unit(view: View) -> str:
    """The unit of the measure of reach."""
    return access.unit_of(view.measure, view.within)


def table(view: View) -> pd.DataFrame:
    """Every neighbourhood with its gap score and the parts of it."""
    measure = f"{MEASURES[view.measure]} ({unit(view)})"
    return gaps.table(found(view), _edge.areas(LSOA), people(), nearest(view), measure=measure)


def painted(view: View) -> gaps.Painted:
    """What the map of gaps paints."""
    title = MEASURES[view.measure]
    return gaps.painted(
        found(view), view.show, measure_title=title, unit=unit(view), in_view=seen(view), of=compared(view)
    )
