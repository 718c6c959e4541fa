"""The boxes under the list: how sure it is, what lies next to it, whom it serves. Each is filled when it is opened."""

import pandas as pd
import streamlit as st

from layers.plan import target_balance, target_sure, target_words, targets
from layers.view import View
from layers.words import area_in_view
from pages import _edge, _targets, _worked

_ROWS = 100
"""Rows of the list that a box shows; the files hold all."""

_SHARE = st.column_config.ProgressColumn(format="%.0f%%", min_value=0, max_value=100, width="medium")


def boxes(view: View, found: targets.Targets) -> None:
    """All of them, shut until they are asked for."""
    for title, key, fill in (
        ("How sure is the list?", "sure", _sure),
        ("The neighbours: just outside the list, and next to it", "neighbours", _neighbours),
        ("Whom it serves, and whom today’s help serves", "balance", _balance),
    ):
        box = st.expander(title, key=f"box_{key}", on_change="rerun")
        if box.open:
            with box:
                fill(view, found)


def _sure(view: View, found: targets.Targets) -> None:
    told = _targets.sure(view)
    _say(target_words.how_sure(told, found, _worked.names(), by=view.by))
    areas = _edge.areas(_worked.LSOA)
    _rows(target_sure.table(told, found, areas, found.list[:_ROWS]), "The list, and how sure each is", bars=True)
    if found.many > _ROWS:
        st.caption(f"The first {_ROWS} of {found.many:,}; the files under the table hold all.")
    if len(told.coming):
        st.markdown("**Left out, but often in**")
        _rows(target_sure.table(told, found, areas, told.coming[:_ROWS]), "Left out, but often in", bars=True)
    st.caption(
        "The usual places are those between which a neighbourhood comes in nine draws of ten. What may be wrong in the "
        "figures themselves, or missing from our list of help, is not in it."
    )


def _neighbours(view: View, found: targets.Targets) -> None:
    people, areas = _worked.people(), _edge.areas(_worked.LSOA)
    score = _worked.found(view).score if view.by == "gap" else 100 * _worked.found(view).need
    heading = "Gap" if view.by == "gap" else "Need"
    with st.spinner("Finding which neighbourhoods touch…"):
        beside = targets.beside(found, _targets.neighbours())
    left, right = st.columns(2, gap="medium")
    with left:
        st.markdown(f"**The next {targets.NEXT}**")
        after = targets.outside(found)
        if len(after):
            _rows(targets.listing(found, areas, people, score, after, heading), "Just outside the list")
        else:
            st.markdown("Nobody is left out: every neighbourhood asked about is on the list.")
    with right:
        st.markdown("**Next to the list on the ground**")
        _say([target_words.next_to(beside, found, people, _worked.seen(view))])
        if len(beside):
            first = beside[: targets.NEXT]
            _rows(targets.listing(found, areas, people, score, first, heading), "Next to the list, highest first")
            st.caption(f"The first {len(first)} of {len(beside):,}." if len(beside) > len(first) else "")
    st.markdown("**If the line moved**")
    lines = targets.lines(found, people, _targets.districts())
    _table(target_words.lines_table(lines, found.asked))
    st.info(_edge.plain(target_words.EVIDENCE), icon=":material/swap_horiz:")


def _balance(view: View, _found: targets.Targets) -> None:
    today, ours, of = _targets.balance(view)
    _say(target_words.whom(today, ours, where=area_in_view(view.focus), within=view.within))
    _table(target_balance.by_group(today, ours, of))
    left, right = st.columns(2, gap="medium")
    with left:
        _table(target_balance.by_district(today, ours))
    with right:
        _table(target_balance.by_tenth(today, ours))
    st.caption(
        "Shares of people, with intervals of 95%: how far a share hangs on a few neighbourhoods. Derived: our own "
        "working. Today’s help is the kind chosen at the side."
    )


def _say(sentences: list[str]) -> None:
    st.markdown("\n\n".join(_edge.plain(each) for each in sentences))


def _rows(rows: pd.DataFrame, alt: str, *, bars: bool = False) -> None:
    share = {rows.columns[4]: _SHARE} if bars else {}
    st.dataframe(rows, hide_index=True, height=min(420, 38 + 35 * len(rows)), alt=alt, column_config=share)


def _table(rows: pd.DataFrame) -> None:
    safe = rows.map(lambda cell: _edge.plain(str(cell)))
    st.table(safe, border="horizontal", hide_index=True)
