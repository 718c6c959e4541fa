"""The map: one layer on its areas, the places on top, and beside it what was chosen."""

import pandas as pd
import streamlit as st

from layers import words
from layers.classes import Classes, classify
from layers.places import shown
from layers.table import as_csv, rows, value_heading
from layers.view import View
from pages import _choose, _draw, _edge, _link, _panel

HEIGHT = 660


def as_table(view: View, year: int | None, classes: Classes, places: pd.DataFrame) -> None:
    """The same information as rows, to sort and to take away; worked out only when it is open."""
    layer, geography = view.shown, view.geography
    st.toggle("Show the figures as a table", **_link.bound("table", view.table))
    if not view.table:
        return
    areas, reading = _edge.areas(geography.key), _edge.reading(layer.key, geography.key, year)
    compared = words.compared(layer, geography, view.colouring, words.area_in_view(view.focus))
    whole = rows(layer, areas, reading, classes, geography=geography, compared=compared)
    table = whole[_draw.in_view(view, areas)]
    value = st.column_config.NumberColumn(layer.title, help=layer.unit_at(geography), format="localized")
    st.dataframe(
        table,
        hide_index=True,
        height=420,
        alt=f"{layer.title}, one row per {geography.singular}",
        column_config={value_heading(layer, geography): value, whole.columns[-3]: "Colour on the map"},
    )
    st.download_button(
        "Download the table (CSV)",
        as_csv(table, source=layer.source, note=words.note(layer, geography, year)),
        file_name=f"foothold-{layer.key}-{geography.key}.csv",
        mime="text/csv",
        icon=":material/download:",
        on_click="ignore",
    )
    if view.places:
        _panel.places_table(places)


view = _link.view()
layer, geography = view.shown, view.geography
year = _choose.controls(view)
areas = _edge.areas(geography.key)
reading = _edge.reading(layer.key, geography.key, year)
seen = _draw.in_view(view, areas)
classes = classify(layer, reading, geography=geography, colouring=view.colouring, in_view=seen)
there = _edge.fitting(view.wants)
there = there if view.table else there[["kinds", "firm", "suggested", "district"]]  # all the words for a table alone
places = shown(there, frozenset(view.places), unconfirmed=view.unconfirmed, districts=frozenset(view.focus))
where = words.area_in_view(view.focus)

st.title(_edge.plain(f"{layer.title}{words.dated(layer, year)}: {where}"), anchor=False)
left, right = st.columns([7, 4], gap="medium")
with left:
    _draw.draw(_draw.step(view, year, reading, classes), key="map", height=HEIGHT, linked=True)
    named = areas[["name"]].assign(value=reading["value"])[seen]
    told = words.summary(layer, named, classes, colouring=view.colouring, where=where, geography=geography, year=year)
    st.markdown(_edge.plain(told))
    if view.places:
        st.markdown(
            _edge.plain(words.places_summary(places, frozenset(view.places), where=where, fitting=view.wants.words))
        )
    as_table(view, year, classes, places)
with right:
    _panel.chosen(view)
    _panel.about(layer, geography)
