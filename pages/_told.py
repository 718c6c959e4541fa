"""What residents told us, laid over the map: which sessions, their pins, and the same in words and rows."""

import streamlit as st

from geo.areas import Geography
from layers.render import Told
from layers.view import View
from layers.workshop import told
from pages import _edge, _link


def choose(view: View) -> None:
    """Which sessions to lay over the map; nothing where none was published."""
    titles = {each.id: f"{each.title}, {told.day_words(each.day)}" for each in _edge.published()}
    if not titles:
        return
    st.multiselect(
        told.TITLE,
        list(titles),
        format_func=titles.__getitem__,
        placeholder="Choose a session",
        help=f"Places that people pointed to in workshops. {told.ROUGHLY}",
        **_link.bound("told", list(view.told), change=lambda ids: {"told": tuple(ids)}),
    )


def drawn(view: View) -> tuple[Told, ...]:
    """The pins of the sessions chosen, in the districts in focus."""
    return told.drawn(_heard(view))


def said(view: View) -> str:
    """What the sessions chosen told, in words; "" where none is chosen."""
    return told.summary(_heard(view)) if view.told else ""


def table(view: View) -> None:
    """The same as rows: how many people for each neighbourhood, and what they said place by place."""
    heard = _heard(view)
    if not any(each.results for each in heard):
        return
    st.markdown(f"**{told.TITLE}**, by neighbourhood and place by place")
    st.dataframe(told.counts(heard), hide_index=True, height=200, alt=f"{told.TITLE}, one row a neighbourhood")
    rows = told.rows(heard, _edge.msoa_names())
    st.dataframe(rows, hide_index=True, height=320, alt=f"{told.TITLE}, one row a place")


def _heard(view: View) -> list[told.Heard]:
    """The sessions chosen, in the order of the link, with what may be shown of each."""
    if not view.told:
        return []
    areas, names = _edge.areas(Geography.MSOA21.key), _edge.msoa_names()
    codes = frozenset(areas["code"][areas["district_name"].isin(view.focus)] if view.focus else areas["code"])
    rooms = [room for id_ in view.told if (room := _edge.rooms().room(id_))]
    return [told.heard(room.session, room.answers(), areas=codes, names=names) for room in rooms]
