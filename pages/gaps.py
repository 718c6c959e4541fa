"""Gaps: where need is high and help is far, side by side, with the reasons."""

import numpy as np
import pandas as pd
import streamlit as st

from layers.plan import gap_words, gaps
from layers.plan.choices import MEASURES, SHOWS
from layers.plan.supply import nothing
from layers.render import Grid
from layers.view import View
from layers.words import area_in_view
from pages import _draw, _edge, _link, _plan_take, _planning, _sub, _worked

HEIGHT = 640
LISTED = 3
GRID = Grid(heading="Need and reach", across="More need", up="Further from help", wide=gaps.THIRDS)


def steps(view: View) -> list[tuple[str, str]]:
    """How the gap score is worked out, for these choices."""
    counted = _worked.counted(view).words
    return gap_words.how(
        view.recipe, measure=MEASURES[view.measure], within=view.within, detour=view.detour, counted=counted
    )


def table(view: View) -> pd.DataFrame:
    """The neighbourhoods in view, the widest gap first."""
    whole = _worked.table(view)
    return whole[_worked.seen(view)].sort_values(["Place by gap", "Code"], na_position="last")


def why(view: View) -> None:
    """Why the neighbourhood that is open stands where it does; or which stand highest."""
    found, areas = _worked.found(view), _edge.areas(_worked.LSOA)
    at = np.flatnonzero((areas["code"] == view.area).to_numpy())
    with st.container(border=True):
        if not len(at):
            st.markdown("**Why is this one high?** Click a neighbourhood on the map, or open one of the widest gaps.")
            return
        i = int(at[0])
        st.header(_edge.plain(_worked.names()[i]), anchor=False)
        columns = [_worked.figures(each.layer) for each in view.recipe.indicators]
        said = gap_words.why(
            found,
            i,
            recipe=view.recipe,
            columns=columns,
            nearest=_worked.nearest(view)[i],
            within=view.within,
            people=_worked.people()[i],
        )
        for sentence in said:
            st.markdown(_edge.plain(sentence))
        st.page_link(
            "neighbourhood.py",
            label="Everything about this place",
            icon=":material/open_in_full:",
            query_params={"area": view.area},
        )


def first_of(view: View) -> None:
    """The widest gaps in view, each a way to its reasons."""
    found, names = _worked.found(view), _worked.names()
    codes = _edge.areas(_worked.LSOA)["code"]
    st.markdown("**The widest gaps in view**")
    for i in gaps.widest(found, _worked.seen(view), LISTED):
        st.button(
            _edge.plain(f"{found.score[i]:.0f}: {names[i]}"),
            key=f"gap-{codes[i]}",
            on_click=_link.go,
            kwargs={"area": codes[i], "at": codes[i], "place": ""},
            type="tertiary",
        )


def told(view: View) -> str:
    """What the map says, in words."""
    where, of = area_in_view(view.focus), _worked.compared(view)
    found, seen = _worked.found(view), _worked.seen(view)
    return gap_words.summary(found, _worked.names(), _worked.people(), seen, where=where, of=of)


def as_table(view: View, title: str) -> None:
    """The same as rows, to sort and to take away; worked out only when it is open."""
    st.toggle("Show the figures as a table, and take them away", **_link.bound("table", view.table))
    if not view.table:
        return
    st.dataframe(table(view), hide_index=True, height=420, alt="Gaps, one row per neighbourhood")
    _plan_take.away(
        view,
        "gaps",
        title=title,
        table=lambda: table(view),
        said=[told(view)],
        steps=steps(view),
        layers=[each.shown.source for each in view.recipe.indicators],
    )


def page(view: View) -> None:
    """The whole page."""
    _planning.sidebar(view)
    title = f"Where need is high and help is far: {area_in_view(view.focus)}"
    st.title(_edge.plain(title), anchor=False)
    supply = _worked.counted(view)
    if not supply.names:
        st.warning(_edge.plain(nothing(supply)), icon=":material/search_off:")
        return
    left, right = st.columns([7, 4], gap="medium")
    with left:
        st.segmented_control(
            "Show",
            list(SHOWS),
            format_func=SHOWS.__getitem__,
            required=True,
            label_visibility="collapsed",
            **_link.bound("show", view.show),
        )
        step = _draw.planned(view, _worked.painted(view), grid=GRID if view.show == "both" else None)
        _draw.draw(step, key="gaps", height=HEIGHT, linked=True)
        st.markdown(_edge.plain(f"{told(view)} {supply.words}"))
        as_table(view, title)
        _plan_take.how(steps(view))
    with right:
        why(view)
        first_of(view)


view = _link.view()
_sub.plan_menu("gaps.py", view)
page(view)
