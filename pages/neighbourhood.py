"""One neighbourhood: its figures, what stands near it, and sentences fit for a funding bid."""

from dataclasses import replace

import pandas as pd
import streamlit as st

from geo.areas import Geography
from layers import portrait
from layers.bid import sentences
from layers.classes import classify
from layers.look import name_of
from layers.nearby import WALKS, Nearby, distance_text, walks_text
from layers.series import LASTING, STARTING
from layers.view import View
from layers.words import listed
from pages import _choose, _draw, _edge, _link, _open, _paint, _panel

_LISTED = 5


def figures(drawn: portrait.Portrait) -> None:
    """Every figure with its standing and the count behind it."""
    st.header("In figures", anchor=False)
    columns = ("label", "here", "england", "district")
    headings = ("Figure", "Here", "In England", f"In {drawn.district}")
    table = pd.DataFrame([[getattr(figure, name) for name in columns] for figure in drawn.figures])
    st.table(table.set_axis(headings, axis=1).set_index("Figure"), border="horizontal")
    st.caption(_edge.plain(_panel.source_line("iod2025")))
    counted = dict.fromkeys(figure.behind for figure in drawn.figures if figure.behind)
    st.caption(
        f"Counted among {listed(list(counted))}. Tenth 1 is the most deprived; 1st is the most deprived, or the "
        "highest share."
    )


def locator(view: View, drawn: portrait.Portrait) -> None:
    """A small map of the area among its neighbours; a click opens the one clicked."""
    if drawn.geography not in view.shown.geographies:
        view = replace(view, layer=View.layer, colours="", year=None)
    layer, geography = view.shown, drawn.geography
    areas = _edge.areas(geography.key)
    reading = _edge.reading(layer.key, geography.key, None)
    everywhere = _paint.in_view(view, areas)
    shown = replace(view, at=view.at or view.area, level=geography.key)
    classes = classify(layer, reading, geography=geography, colouring=view.colouring, in_view=everywhere)
    step = replace(_paint.step(shown, None, reading, classes), compact=True)
    _draw.draw(step, key="locator", height=480)


def around(view: View, near: tuple[Nearby, ...], start: str) -> None:
    """The nearest places of each kind and how many stand within a walk."""
    st.header("What is near", anchor=False)
    st.caption(
        _edge.plain(
            f"Straight lines from {start} to the postcode of each place; a walk is longer than a straight line."
        )
    )
    for nearby in near:
        st.markdown(f"**{nearby.group.title}**: {walks_text(nearby)}", help=nearby.group.about)
        if nearby.nearest.empty:
            st.caption("None that we know of and can confirm. That may be a gap in our list.")
            continue
        first, others = nearby.nearest.head(_LISTED), nearby.nearest.iloc[_LISTED:]
        st.table(_panel.near_table(first), border="horizontal", hide_index=True)
        if len(others):
            with st.expander(f"{len(others)} more within {distance_text(WALKS[-1])}"):
                st.table(_panel.near_table(others), border="horizontal", hide_index=True)
    st.toggle(
        "Count places not confirmed",
        help="Not confirmed to be open, known from one weak source, or placed roughly.",
        **_link.bound("unconfirmed", view.unconfirmed),
    )


def businesses(drawn: portrait.Portrait) -> None:
    """How businesses start and last in the whole district, since nothing smaller is published."""
    st.header(f"Businesses in the whole of {_edge.plain(drawn.district)}", anchor=False)
    st.caption("Published for districts only: these figures say nothing about one neighbourhood.")
    for column, layer in zip(st.columns(2, gap="medium"), (STARTING, LASTING), strict=True):
        with column:
            _panel.over_the_years(_edge.series(layer.key, drawn.district_code), layer, drawn.district)


def ask(area: str) -> None:
    """The way in, where the link names no neighbourhood that we can show."""
    st.title("Neighbourhood", anchor=False)
    name = name_of(_edge.store(), _edge.places(), area)
    if _edge.geography_of(area) is Geography.DISTRICT:
        st.info(_edge.plain(f"{name} is a whole district. Choose a neighbourhood in it."), icon=":material/map:")
        st.page_link("map.py", label=f"Choose on the map of {name}", query_params={"focus": name})
        return
    if area:
        st.info(_edge.plain(_panel.no_figures(area)), icon=":material/help:")
    st.markdown("Find a neighbourhood by a postcode, a name or an organisation in it, or click one on the map.")
    st.page_link("map.py", label="Choose on the map", icon=":material/map:")


def show(view: View, drawn: portrait.Portrait) -> None:
    """The whole page for one area."""
    st.title(_edge.plain(drawn.name), anchor=False)
    st.markdown(_edge.plain(_panel.official_name(drawn)))
    door = _edge.door(view.at)
    here = door is not None and door.lsoa21cd in (drawn.code, *drawn.inside)
    view = replace(view, at=view.at if here else "")
    near = _edge.near(*(door.point if door and here else drawn.point), unconfirmed=view.unconfirmed)
    left, right = st.columns([6, 5], gap="medium")
    with left:
        figures(drawn)
    with right:
        locator(view, drawn)
        if drawn.geography is Geography.LSOA21:
            st.button(
                "Open the wider neighbourhood",
                icon=":material/zoom_out_map:",
                on_click=lambda: _link.go(area=drawn.msoa, at=""),
            )
    _open.section(view, drawn, view.at if here else "")
    around(view, near, view.at if here else "where the people of the neighbourhood live, on average,")
    businesses(drawn)
    st.header("Sentences for a funding bid", anchor=False)
    st.caption("Each is true on its own and carries its source. Copy them all with the button at the corner.")
    said = [sentence.cited for sentence in sentences(_edge.store(), _edge.places(), drawn)]
    st.code("\n\n".join(said), language=None, wrap_lines=True)


view = _link.view()
with st.container(width=480):
    _choose.find_box(view)
door = _edge.door(view.at)
area = view.area or (door.lsoa21cd if door else "")
geography = _edge.geography_of(area)
found = None
if geography and geography is not Geography.DISTRICT:
    found = portrait.draw(_edge.store(), geography, area)
if found is None:
    ask(area)
else:
    show(replace(view, area=area), found)
