"""Where to put help: the best places for a number of sessions, beside today and the reader's own choice."""

import streamlit as st

from geo.siting import SECONDS
from layers.view import View
from layers.words import be, listed
from pages import (
    _edge,
    _link,
    _plan_take,
    _siting,
    _siting_choose,
    _siting_map,
    _siting_tell,
    _steps,
    _story_add,
    _sub,
)


def warnings(view: View, told: _siting.Worked) -> None:
    """Why there is no best choice, and what of the link does not fit."""
    if view.mine and _siting.brought() is None:
        words = "Bring a list above, or choose among the places of the register. A link does not carry a list."
        st.info(words, icon=":material/upload_file:")
    elif told.best.problem:
        st.warning(_edge.plain(told.best.problem), icon=":material/search_off:")
    if others := _siting.strangers(view, told.candidates):
        st.caption(
            _edge.plain(
                f"{listed(others)} {be(len(others))} not among the places to choose from here, and left out of account."
            )
        )
    if told.candidates.capped:
        st.caption(
            _edge.plain(
                f"There are more places than can be compared: {len(told.candidates):,} are, spread over the map and at "
                f"each spot those that would reach most people; {told.candidates.capped:,} are left out."
            )
        )


def page(view: View) -> None:
    """The whole page."""
    _siting_choose.sidebar(view)
    st.title(_edge.plain(_steps.title_of("siting", view)), anchor=False)
    _siting_choose.question(view)
    many = len(_siting.candidates(view))
    with st.spinner(f"Looking for the best of {many:,} places, and for proof: up to {SECONDS:.0f} seconds."):
        told = _siting.worked(view)
    _siting_choose.conditions(view, told.candidates)
    if asked := _siting_tell.rules(view, told):
        st.caption(_edge.plain(" ".join(asked)))
    warnings(view, told)
    shown = _steps.of_siting(view, told)
    left, right = st.columns([7, 4], gap="medium")
    with left:
        _siting_map.show(shown, told)
    with right:  # on a narrow screen it comes next, so what a pin does is told under the map
        _siting_map.pin(view, told)
        _siting_tell.opened(view, told)
        _siting_tell.beside(view, told)
    left, right = st.columns([7, 4], gap="medium")
    with left:
        st.markdown("\n\n".join(map(_edge.plain, shown.said)))
        if not view.mine:  # a list of one's own is in no link, so no scene could show it
            _story_add.control("siting", view, shown)
    with right:
        _siting_tell.in_turn(view, told)
    st.toggle("Show the figures as tables, and take them away", **_link.bound("table", view.table))
    if view.table:
        _siting_tell.tables(view, told, title=shown.title)
    _plan_take.how(_siting_tell.steps(view, told))


view = _link.view()
_sub.plan_menu("siting.py", view)
page(view)
