"""Shortlists: the lists that were saved, what has changed since, and two of them side by side."""

from collections.abc import Sequence
from dataclasses import replace
from urllib.parse import parse_qsl, urlencode

import pandas as pd
import streamlit as st

from data.register.records import Shortlist
from data.register.shortlists import kept
from layers.view import View
from pages import _draw, _edge, _link, _plan_take, _query, _shortlist, _steps, _story_add, _sub, _who, _worked

HEIGHT = 560


def all_of_them(held: Sequence[Shortlist]) -> None:
    """Every shortlist in a line, to open."""
    living = _shortlist.people()
    rows = pd.DataFrame(
        {
            "Name": [each.name for each in held],
            "Neighbourhoods": [len(each.codes) for each in held],
            "People": [sum(living[code] for code in each.codes if living.get(code, 0) > 0) for each in held],
            "Owner": [each.owner or "" for each in held],
            "Saved on": [each.made_on for each in held],
        }
    )
    key = f"lists-{_query.word('list')}-{_edge.register().version}"  # anew once one is open, so that Back can leave it
    st.dataframe(
        rows,
        hide_index=True,
        on_select=lambda: _opened(key, held),
        selection_mode="single-row",
        key=key,
        alt="Saved shortlists",
    )


def _opened(key: str, held: Sequence[Shortlist]) -> None:
    """Open the list whose row was chosen."""
    rows = st.session_state[key]["selection"]["rows"]
    if rows:
        _query.put(list=held[rows[0]].id, against="")


def one(opened: Shortlist, held: Sequence[Shortlist]) -> None:
    """One shortlist: why, what has changed, where it is, and how it compares."""
    asked, _ = _link.read(dict(parse_qsl(opened.link or "")))
    shown = _steps.of_shortlist(opened)
    st.header(_edge.plain(shown.title), anchor=False)
    first, *others = shown.said
    st.caption(_edge.plain(first))
    for paragraph in others:
        st.markdown(_edge.plain(paragraph))
    with st.container(horizontal=True):
        link = asked.to_link()
        st.page_link("targets.py", label="Ask it again today", icon=":material/replay:", query_params=link or None)
        there = replace(asked, serve="list").to_link()
        st.page_link("siting.py", label="Put help there", icon=":material/add_location_alt:", query_params=there)
    _draw.draw(shown.step, key="shortlist", height=HEIGHT)
    _story_add.as_scene("shortlists", urlencode({"list": opened.id}), shown)
    away(opened, asked, others)
    _shortlist.side_by_side(opened, held)
    _shortlist.taken_out(opened)


def away(opened: Shortlist, asked: View, said: Sequence[str]) -> None:
    """The list as rows, and as files."""
    rows = _shortlist.table(opened, asked)
    st.dataframe(rows, hide_index=True, alt=f"{opened.name}, one row per neighbourhood")
    about = f"{opened.name}: {len(opened.codes):,} neighbourhoods, saved on {opened.made_on} from {opened.pack}."
    _plan_take.away(
        asked,
        "targets",
        title=opened.name,
        table=lambda: rows,
        said=[about, *said],
        steps=[("Order", "As they stood on the day, from the question below.")],
        layers=_worked.sources(asked),
    )


_sub.plan_menu("shortlists.py", _link.view())
_who.sign_in()
_sub.done()
st.title("Shortlists", anchor=False)
held = kept(_edge.register())
if not held:
    st.info("No list has been saved yet. Make one under “Which first”, and save it there.", icon=":material/bookmarks:")
    st.page_link("targets.py", label="Which neighbourhoods first?", icon=":material/format_list_numbered:")
else:
    all_of_them(held)
    opened = next((each for each in held if each.id == _query.word("list")), None)
    if opened:
        one(opened, held)
