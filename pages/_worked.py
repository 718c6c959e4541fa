"""What the planning pages have worked out and keep: need, reach and gaps, each by short choices, never by a frame."""

from dataclasses import dataclass
from datetime import datetime

import numpy as np
import pandas as pd
import streamlit as st

from data.register.vocabulary import SUPPORT_TYPES
from geo.areas import Geography
from geo.composite import Array
from layers import get
from layers.plan import access, gaps
from layers.plan.choices import MEASURES
from layers.plan.gap_words import full_names, summary
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


@dataclass(frozen=True)
class _Help:
    """What decides which help counts. `minute` : that on which it must be open, if it must."""

    types: tuple[str, ...]
    wants: Wants
    minute: datetime | None
    unconfirmed: bool
    capacity: bool


@dataclass(frozen=True)
class _Way:
    """What decides how well that help is reached."""

    help: _Help
    measure: str
    within: int
    detour: int


def _way(view: View) -> _Way:
    minute = _edge.now().replace(second=0, microsecond=0) if view.wants.open_now else None
    helps = _Help(kinds_to_reach(view), view.wants, minute, view.unconfirmed, view.capacity)
    return _Way(helps, view.measure, view.within, view.detour)


def counted(view: View) -> Supply:
    """What counts as help."""
    return _counted(_way(view).help)


@_edge.of_today(_KEPT)
def _counted(of: _Help) -> Supply:
    return supply(
        _edge.places(),
        _edge.offers(),
        types=frozenset(of.types),
        wants=of.wants,
        unconfirmed=of.unconfirmed,
        capacity=of.capacity,
        now=of.minute or _edge.now(),
    )


def reached(view: View) -> access.Reached:
    """How well each neighbourhood reaches what counts."""
    return _reached(_way(view))


@_edge.of_today(_KEPT)
def _reached(way: _Way) -> access.Reached:
    found, detour = _counted(way.help), way.detour / 100
    return access.reached(found, points(), people(), measure=way.measure, within=way.within, detour=detour)


def seen(view: View) -> np.ndarray:
    """Which neighbourhoods are in view."""
    return _seen(view.focus)


@st.cache_resource(show_spinner=False, max_entries=256)
def _seen(focus: tuple[str, ...]) -> np.ndarray:
    districts = _edge.areas(LSOA)["district_name"]
    return districts.isin(focus).to_numpy() if focus else np.ones(len(districts), dtype=bool)


def found(view: View) -> gaps.Gaps:
    """Need, reach and the gap between them, among the neighbourhoods that are to be compared."""
    return _found(view.recipe, view.focus if view.among == "view" else (), _way(view))


@_edge.of_today(_KEPT)
def _found(recipe: Recipe, focus: tuple[str, ...], way: _Way) -> gaps.Gaps:
    return gaps.gaps(need(recipe), _reached(way), _seen(focus))


def compared(view: View) -> str:
    """What neighbourhoods are compared with, in words."""
    return area_in_view(view.focus) if view.among == "view" and view.focus else "the region"


def told(view: View) -> str:
    """What the map of gaps says, in words."""
    return summary(found(view), names(), people(), seen(view), where=area_in_view(view.focus), of=compared(view))


def sources(view: View) -> list[str]:
    """The sources of need, by key."""
    return [each.shown.source for each in view.recipe.indicators]


def position(area: str) -> int | None:
    """Where a neighbourhood stands among all, by its code; None if it is none."""
    at = np.flatnonzero((_edge.areas(LSOA)["code"] == area).to_numpy())
    return int(at[0]) if len(at) else None


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
