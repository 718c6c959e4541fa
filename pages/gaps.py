"""Gaps: where need is high and help is far, side by side, with the reasons."""

import pandas as pd
import streamlit as st

from layers.plan import gap_words, gaps
from layers.plan.choices import MEASURES, SHOWS
from layers.view import View
from pages import _draw, _edge, _link, _plan_take, _planning, _steps, _story_add, _sub, _worked

HEIGHT = 640
LISTED = 3


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
    found, i = _worked.found(view), _worked.position(view.area)
    with st.container(border=True):
        if i is None:
            st.markdown("**Why is this one high?** Click a neighbourhood on the map, or open one of the widest gaps.")
            return
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
        said=[_worked.told(view)],
        steps=steps(view),
        layers=_worked.sources(view),
    )


def page(view: View) -> None:
    """The whole page."""
    _planning.sidebar(view)
    shown = _steps.of_gaps(view)
    st.title(_edge.plain(shown.title), anchor=False)
    if shown.complaints:
        st.warning(_edge.plain(shown.complaints[0]), icon=":material/search_off:")
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
        _draw.draw(shown.step, key="gaps", height=HEIGHT, linked=True)
        st.markdown(_edge.plain(shown.summary))
        _story_add.control("gaps", view, shown)
        as_table(view, shown.title)
        _plan_take.how(steps(view))
    with right:
        why(view)
        first_of(view)


view = _link.view()
_sub.plan_menu("gaps.py", view)
page(view)
