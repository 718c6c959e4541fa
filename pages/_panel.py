"""What stands beside the map: the place that was chosen, and what the layer shows."""

import altair as alt
import pandas as pd
import streamlit as st

from data.catalogue import SOURCES
from geo.areas import Geography
from layers import portrait
from layers.base import Layer
from layers.look import name_of
from layers.nearby import WALKS, Nearby, distance_text
from layers.series import Series
from layers.view import View
from pages import _card, _edge

_PLACE_COLUMNS = {
    "name": "Place",
    "what": "What it is",
    "district": "District",
    "postcode": "Postcode",
    "why": "Caution",
    "as_at": "As at",
    "source": "Source",
}


def chosen(view: View) -> None:
    """The place and the area that are open, or how to open one."""
    if view.place:
        place(view.place)
    geography = _edge.geography_of(view.area)
    if geography is None:
        st.info("Click an area on the map to read about it here, or type a postcode.", icon=":material/touch_app:")
    elif geography is Geography.DISTRICT:
        district(view)
    elif (drawn := portrait.draw(_edge.store(), geography, view.area)) is None:
        st.info(_edge.plain(no_figures(view.area)), icon=":material/help:")
    else:
        neighbourhood(drawn, unconfirmed=view.unconfirmed)


def no_figures(area: str) -> str:
    """What is said of an area about which nothing is held."""
    return f"{name_of(_edge.store(), _edge.places(), area)}: we hold no figures for this area."


def neighbourhood(drawn: portrait.Portrait, *, unconfirmed: bool) -> None:
    """One area in brief, with a way to the whole page."""
    with st.container(border=True):
        st.header(_edge.plain(drawn.name), anchor=False)
        st.caption(_edge.plain(official_name(drawn)))
        brief = {figure.label: _edge.plain(portrait.in_a_line(figure, drawn.district)) for figure in drawn.figures[:3]}
        st.table(brief, border="horizontal")
        for nearby in _edge.near(*drawn.point, unconfirmed=unconfirmed)[:2]:
            st.markdown(nearest_line(nearby))
        st.page_link(
            "neighbourhood.py",
            label="Everything about this place",
            icon=":material/open_in_full:",
            query_params={"area": drawn.code} | ({"unconfirmed": "yes"} if unconfirmed else {}),
        )


def official_name(drawn: portrait.Portrait) -> str:
    """The official name and code, the kind of area and the people in it."""
    code = f", {drawn.code}" if drawn.code_is_official else ""
    rough = ". Its outline is approximate" if drawn.approximate else ""
    return (
        f"{drawn.geography.singular.capitalize()} in {drawn.district}: {drawn.geography.official} "
        f"{drawn.official}{code}; {drawn.population:,} people{rough}."
    )


def nearest_line(nearby: Nearby) -> str:
    """The nearest of one kind of place, in a line of Markdown."""
    title = f"**{nearby.group.title}**"
    if nearby.nearest.empty:
        return f"{title}: none that we know of and can confirm."
    first = nearby.nearest.iloc[0]
    caution = "" if first["firm"] else f" ({first['why'][0].lower()}{first['why'][1:]})"
    return (
        f"{title}: nearest {_edge.plain(first['name'])}{_edge.plain(caution)}, {distance_text(first['distance_m'])}; "
        f"{nearby.within[1]} within {WALKS[1] / 1000:g} km"
    )


def place(id_: str) -> None:
    """One place, with the organisation whose it is; or what a visitor suggests to be there."""
    row = _edge.places().set_index("id").loc[id_]
    entry = _edge.register().entry(str(row["organisation_id"]))
    with st.container(border=True):
        if entry is None:
            st.header(_edge.plain(row["name"]), anchor=False)
            st.warning(_edge.plain(f"{row['why']}."), icon=":material/help:")
            return
        _card.card(entry, place=id_, why=str(row["why"]))
        st.page_link(
            "register.py",
            label="Open in the register, or suggest a correction",
            icon=":material/edit_note:",
            query_params={"organisation": entry.organisation.id},
        )


def district(view: View) -> None:
    """One district over the years, beside its region and England."""
    layer = view.shown
    name = _edge.areas(Geography.DISTRICT.key).set_index("code")["name"][view.area]
    with st.container(border=True):
        st.header(_edge.plain(name), anchor=False)
        if layer.period is None:
            st.caption("Choose a figure under “Businesses” to see how this district has changed over the years.")
        else:
            over_the_years(_edge.series(layer.key, view.area), layer, name)


def over_the_years(told: Series, layer: Layer, name: str) -> None:
    """A small line chart of one figure, and the same as rows."""
    st.caption(_edge.plain(told.heading))
    st.altair_chart(_line_chart(told.lines), alt=f"{told.heading}: {name} over the years", height=330)
    if told.note:
        st.caption(told.note)
    st.dataframe(
        told.table,
        hide_index=True,
        alt=f"{layer.title} in {name}, one row per year",
        column_config={
            "year": st.column_config.NumberColumn(layer.period.value if layer.period else "Year", format="%d"),
            "value": st.column_config.NumberColumn(
                "Figure", format=f"%.{layer.number.decimals}f" if layer.number.decimals else "localized"
            ),
            "behind": st.column_config.NumberColumn(layer.behind_unit.capitalize(), format="localized"),
        },
    )


def _line_chart(lines: pd.DataFrame) -> alt.Chart:
    return (
        alt.Chart(lines)
        .mark_line(point=True, strokeWidth=2.5)
        .encode(
            x=alt.X("year:O", title=None, axis=alt.Axis(labelAngle=0)),
            y=alt.Y("value:Q", title=None, scale=alt.Scale(zero=False)),
            color=alt.Color("area:N", title=None, sort=None, legend=alt.Legend(orient="bottom", columns=1)),
            tooltip=[
                alt.Tooltip("area", title="Area"),
                alt.Tooltip("year:O", title="Year"),
                alt.Tooltip("shown", title="Figure"),
            ],
        )
    )


def places_table(places: pd.DataFrame) -> None:
    """The places on the map as rows."""
    st.dataframe(
        places[list(_PLACE_COLUMNS)].rename(columns=_PLACE_COLUMNS),
        hide_index=True,
        height=320,
        alt="Places on the map",
    )


def near_table(rows: pd.DataFrame) -> pd.DataFrame:
    """Places near by, as people read them."""
    return pd.DataFrame(
        {
            "Place": [_edge.plain(name) for name in rows["name"]],
            "What it is": [_edge.plain(what) for what in rows["what"]],
            "Distance": [distance_text(metres) for metres in rows["distance_m"]],
            "Caution": rows["why"],
        }
    )


def source_line(key: str) -> str:
    """A source and its vintage, in a line."""
    source = SOURCES[key]
    return f"Source: {source.attribution.removeprefix('Source: ')}. Of: {source.vintage}."


def about(layer: Layer, geography: Geography) -> None:
    """What the layer shows, in plain words, with its source, vintage and caveat."""
    with st.container(border=True):
        st.markdown(f"**What this shows.** {_edge.plain(layer.about)} {layer.polarity.value}")
        st.caption(_edge.plain(source_line(layer.source)))
        if how := layer.how_derived(geography):
            kind = "Experimental" if layer.experimental else "Derived"
            st.markdown(f"**{kind}.** {_edge.plain(how)}")
        st.markdown(f"**Bear in mind.** {_edge.plain(layer.caveat)}")
        st.caption(
            f"Published for each {layer.geographies[0].singular} ({layer.geographies[0].official}). Outlines are "
            "simplified to 200 m: good for looking, not for deciding on which side of a street a line runs."
        )
