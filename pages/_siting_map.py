"""The map of “Where to put help”: need beneath, sites as pins, whom they newly reach outlined; a click drops a pin."""

from dataclasses import replace
from typing import Any

import streamlit as st

from geo.areas import Geography
from layers import events
from layers.plan import site_pin, site_words
from layers.view import View
from pages import _draw, _edge, _link, _siting, _siting_marks, _steps, _worked

HEIGHT = 600
KEY = "siting"
_DROPPING = "dropping_a_pin"


def show(shown: _steps.Shown, told: _siting.Worked) -> None:
    """The map, the switch that makes a click drop a pin, and what the outlines mean."""
    dropping = st.toggle(
        "Drop a pin to try a spot",
        key=_DROPPING,
        help="On: a click on the map says who would newly reach help there. Off: it opens what was clicked.",
    )
    step = replace(shown.step, selected=None) if dropping else shown.step
    # The component settles once what it tells of a click, so it tells both what and where.
    _draw.draw(step, key=KEY, height=HEIGHT, linked=True, clicked=_clicked)
    st.caption(_siting_marks.outlined(told)[1])


def _clicked(event: dict[str, Any] | None) -> None:
    """Put the pin where the map was clicked, or open what was; either is a step that Back undoes."""
    point = events.pointed(event)
    if not st.session_state.get(_DROPPING):
        _draw.opened(event)
    elif point:
        _link.go(pin="{:.5f},{:.5f}".format(*point))


def pin(view: View, told: _siting.Worked) -> None:
    """What a pin would do, or how to drop one."""
    if told.pin is None:
        if st.session_state.get(_DROPPING):
            site_pin.ready()
            words = "Click anywhere on the map. Who would newly have help within reach there is said here."
            st.info(words, icon=":material/add_location:")
        return
    with st.container(border=True):
        near = _worked.names()[told.pin.near]
        st.header(_edge.plain(f"Your pin, near {near}"), anchor=False)
        if site_pin.outside(told.pin, _edge.store().shapes(Geography.DISTRICT).geometry):
            words = "This spot is outside the ten districts: who lives there, and what help there is, we do not hold."
            st.warning(words, icon=":material/wrong_location:")
        said = site_words.pinned(told.ground, told.pin, _worked.names(), _worked.counted(view).names)
        st.markdown("\n\n".join(map(_edge.plain, said)))
        st.button("Take the pin away", icon=":material/wrong_location:", on_click=lambda: _link.go(pin=""))
