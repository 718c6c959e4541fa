"""The map: one layer on its areas, the places on top, and beside it what was chosen."""

import streamlit as st

from layers import words
from layers.places import shown as places_shown
from layers.table import as_csv, rows, value_heading
from layers.view import View
from pages import _choose, _draw, _edge, _link, _panel, _steps, _story_add, _told

HEIGHT = 660


def as_table(view: View, found: _steps.Figures) -> None:
    """The same information as rows, to sort and to take away; worked out only when it is open."""
    layer, geography, areas = view.shown, view.geography, found.areas
    st.toggle("Show the figures as a table", **_link.bound("table", view.table))
    if not view.table:
        return
    compared = words.compared(layer, geography, view.colouring, words.area_in_view(view.focus))
    whole = rows(layer, areas, found.reading, found.classes, geography=geography, compared=compared)
    table = whole[found.seen]
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
        as_csv(table, source=layer.source, note=words.note(layer, geography, found.year)),
        file_name=f"foothold-{layer.key}-{geography.key}.csv",
        mime="text/csv",
        icon=":material/download:",
        on_click="ignore",
    )
    if view.places:
        there, types = _edge.fitting(view.wants), frozenset(view.places)
        focus = frozenset(view.focus)
        _panel.places_table(places_shown(there, types, unconfirmed=view.unconfirmed, districts=focus))
    _told.table(view)


view = _link.view()
_choose.controls(view)
found = _steps.figures(view)
shown = _steps.of_map(view, found)

st.title(_edge.plain(shown.title), anchor=False)
left, right = st.columns([7, 4], gap="medium")
with left:
    _draw.draw(shown.step, key="map", height=HEIGHT, linked=True)
    for paragraph in shown.said:
        st.markdown(_edge.plain(paragraph))
    _story_add.control("map", view, shown)
    as_table(view, found)
with right:
    _panel.chosen(view)
    _panel.about(view.shown, view.geography)
