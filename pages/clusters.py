"""Clusters: where high or low figures lie together more than chance explains. Off the main path, and never in it."""

import pandas as pd
import streamlit as st

from layers.plan import pattern_words, patterns
from layers.plan.choices import CLUSTER_HOW, CLUSTER_OF
from layers.plan.patterns import Patterns, Subject
from layers.plan.supply import nothing
from layers.view import View
from pages import (
    _choose,
    _clusters,
    _clusters_show,
    _edge,
    _link,
    _plan_take,
    _planning,
    _steps,
    _story_add,
    _sub,
    _worked,
)

ASKS = "Where do high figures, or low ones, lie together more than chance explains? Nothing else in a plan hangs on it."


def sidebar(view: View) -> None:
    """Where to look, and what makes the figure where it is worked out from choices."""
    with st.sidebar:
        _choose.find_box(view)
        _choose.districts(view)
        if view.cluster_of in ("need", "gap"):
            _planning.need(view)
        if view.cluster_of == "gap":
            _planning.reach(view)


def question(view: View) -> None:
    """In which figure clusters are looked for, and how."""
    of, how = st.columns(2, gap="medium")
    of.selectbox(
        "Figure",
        list(CLUSTER_OF),
        format_func=CLUSTER_OF.__getitem__,
        **_link.bound("cluster_of", view.cluster_of),
    )
    how.segmented_control(
        "Look at each neighbourhood",
        list(CLUSTER_HOW),
        format_func=CLUSTER_HOW.__getitem__,
        required=True,
        help="Beside: is it like those that it touches, or unlike them (local Moran’s I)? With: is it high or low "
        "taken together with them (Gi*)? Both share their p values, so that both agree is no second "
        "confirmation.",
        **_link.bound("cluster_how", view.cluster_how),
    )


def table(view: View, of: Subject, found: Patterns) -> pd.DataFrame:
    """The neighbourhoods in view, those of the largest cluster first."""
    statistic = pattern_words.STATISTIC[view.cluster_how]
    whole = patterns.table(of, found, _edge.areas(_worked.LSOA), _worked.people(), statistic=statistic)
    return whole[_worked.seen(view)].sort_values(["Cluster (1 is the largest)", "Code"], na_position="last")


def as_table(view: View, of: Subject, found: Patterns) -> None:
    """The same as rows, to sort and to take away; worked out only when it is open."""
    st.toggle("Show the figures as a table, and take them away", **_link.bound("table", view.table))
    if not view.table:
        return
    st.dataframe(
        table(view, of, found),
        hide_index=True,
        height=420,
        alt="Clusters, one row per neighbourhood",
        column_config={"p value": st.column_config.NumberColumn(format="%.5f")},
    )
    _plan_take.away(
        view,
        "clusters",
        title=_clusters.title(view, of),
        table=lambda: table(view, of, found),
        said=_clusters.said(view, of, found),
        steps=_clusters.steps(view, of, found),
        layers=_clusters.sources(view),
        register=view.cluster_of == "gap",
    )


def rest(view: View, of: Subject, found: Patterns) -> None:
    """What stands under the map: the same in words and as a table, and how it was worked out."""
    lines = _clusters.lines(view, of, found)
    st.markdown("\n".join(f"* **{_edge.plain(name)}**: {_edge.plain(words)}" for name, words in lines))
    st.caption(_edge.plain(f"{pattern_words.BY_CHANCE} {pattern_words.CAUTIONS}"))
    as_table(view, of, found)
    _plan_take.how(_clusters.steps(view, of, found))


def page(view: View) -> None:
    """The whole page."""
    sidebar(view)
    of = _clusters.subject(view)
    st.title(_edge.plain(_clusters.title(view, of)), anchor=False)
    st.caption(ASKS)
    question(view)
    if view.cluster_of == "gap" and not (supply := _worked.counted(view)).names:
        st.warning(_edge.plain(nothing(supply)), icon=":material/search_off:")
        return
    future = _clusters.current(view)
    found, trouble = _clusters.answer(future)
    left, right = st.columns([7, 4], gap="medium")
    with left:
        if found:
            st.markdown(_edge.plain(_clusters.head(view, found)))
        elif trouble:
            st.warning(_edge.plain(trouble), icon=":material/info:")
            if trouble == _clusters.BROKEN:
                st.button("Try again", on_click=_clusters.again, args=(view,), key="again")
        else:
            _clusters.wait(future)
        shown = _steps.of_clusters(view, of, found)
        _clusters_show.the_map(shown)
        if found:
            _story_add.control("clusters", view, shown)
            rest(view, of, found)
    if found:
        with right:
            _clusters_show.beside(view, of, found)


view = _link.view()
_sub.plan_menu("clusters.py", view)
page(view)
