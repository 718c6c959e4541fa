"""The list beside the map, and why the neighbourhood that is open is on it or not."""

import pandas as pd
import streamlit as st

from layers.plan import gap_words, target_words
from layers.plan.targets import Targets
from layers.view import View
from pages import _edge, _link, _targets, _worked

LISTED = 50
"""Rows of the list; the table has all."""


def the_list(view: View, found: Targets) -> None:
    """The list beside the map; a row opens its neighbourhood."""
    worked, names = _worked.found(view), _worked.names()
    rows = found.list[:LISTED]
    score, heading = (worked.score, "Gap") if view.by == "gap" else (100 * worked.need, "Need")
    told = pd.DataFrame(
        {
            "Place": found.place[rows],
            heading: score[rows].round(1),
            "Neighbourhood": [names[i] for i in rows],
        }
    )
    codes = _targets.codes(found)[:LISTED]
    key = f"list-{hash((*codes, view.by))}"
    st.dataframe(
        told,
        hide_index=True,
        height=min(38 + 35 * len(told), 458),
        alt="The list, one row per neighbourhood",
        column_config={name: st.column_config.NumberColumn(width=60) for name in ("Place", heading)},
        on_select=lambda: _opened(key, codes),
        selection_mode="single-row",
        key=key,
    )
    more = f" The first {LISTED} of {found.many:,}: the table has all." if found.many > LISTED else ""
    st.caption(f"Choose a row, or click the map, to see why one is on the list or not.{more}")


def why(view: View, found: Targets) -> None:
    """How the neighbourhood that is open stands to the list, and why."""
    codes = _edge.areas(_worked.LSOA)["code"].tolist()
    if view.area not in codes:
        return
    i, worked = codes.index(view.area), _worked.found(view)
    stands = target_words.stands(
        found, i, view.when, _targets.columns(view), every=view.match == "all", in_view=bool(_worked.seen(view)[i])
    )
    parts = gap_words.why(
        worked,
        i,
        recipe=view.recipe,
        columns=[_worked.figures(each.layer) for each in view.recipe.indicators],
        nearest=_worked.nearest(view)[i],
        within=view.within,
        people=_worked.people()[i],
    )
    with st.container(border=True):
        st.header(_edge.plain(_worked.names()[i]), anchor=False)
        st.markdown(f"**{_edge.plain(stands)}**")
        for sentence in parts:
            st.markdown(_edge.plain(sentence))


def _opened(key: str, codes: list[str]) -> None:
    """Open the neighbourhood whose row was chosen, or shut it."""
    rows = st.session_state[key]["selection"]["rows"]
    code = codes[rows[0]] if rows else ""
    _link.go(area=code, at=code, place="")
