"""The map of clusters, and beside it what the neighbourhood that is open is and which clusters are the largest."""

import streamlit as st

from geo.clusters import Kind
from layers.plan import pattern_words, patterns
from layers.plan.patterns import Patterns, Subject
from layers.view import View
from pages import _draw, _edge, _link, _steps, _worked

HEIGHT = 620
LISTED = 3


def the_map(shown: _steps.Shown) -> None:
    """The map, with the cluster of the neighbourhood that is open outlined."""
    _draw.draw(shown.step, key="clusters", height=HEIGHT, linked=True)


def beside(view: View, of: Subject, found: Patterns) -> None:
    """What the neighbourhood that is open is, and the largest clusters of each kind, each a way to it."""
    areas, at, seen = _edge.areas(_worked.LSOA), _worked.position(view.area), _worked.seen(view)
    with st.container(border=True):
        if at is None:
            st.markdown("**Why this colour?** Click a neighbourhood on the map, or open one of the largest clusters.")
        else:
            st.header(_edge.plain(_worked.names()[at]), anchor=False)
            for sentence in pattern_words.why(of, found, at):
                st.markdown(_edge.plain(sentence))
    if any(seen[list(group.at)].any() for group in found.groups):
        st.markdown("**The largest in view**, by their number of neighbourhoods")
    for kind in patterns.SHOWN[view.cluster_how]:
        groups = patterns.largest(found, kind, seen, LISTED) if kind is not Kind.NONE else []
        if groups:
            st.caption(_edge.plain(of.label(kind)))
        for group in groups:
            core, told = areas.iloc[patterns.shown_at(group, seen)], pattern_words.short_name_of(group, areas, seen)
            to = {"area": core["code"], "at": core["district_code"], "place": ""}
            key = f"cluster-{core['code']}"
            st.button(_edge.plain(told), key=key, on_click=_link.go, kwargs=to, type="tertiary")
