"""The map of “Where to put help”: need beneath, sites as pins, whom they newly reach outlined; a click drops a pin."""

from dataclasses import replace
from typing import Any

import numpy as np
import streamlit as st

from geo.areas import Geography
from layers import render
from layers.plan import site_pin, site_words
from layers.view import View
from pages import _draw, _edge, _link, _siting, _worked

HEIGHT = 600
KEY = "siting"
_DROPPING = "dropping_a_pin"


def show(view: View, told: _siting.Worked) -> None:
    """The map, the switch that makes a click drop a pin, and what the outlines mean."""
    dropping = st.toggle(
        "Drop a pin to try a spot",
        key=_DROPPING,
        help="On: a click on the map says who would newly reach help there. Off: it opens what was clicked.",
    )
    listed, outlined = _outlined(told)
    step = _draw.planned(
        replace(view, places=_both(view)),
        _worked.painted(replace(view, show="need")),
        sites=_pins(view, told),
        highlight=tuple(np.flatnonzero(listed).tolist()),
    )
    shown = replace(step, selected=None) if dropping else step
    # The component settles once what it tells of a click, so it tells both what and where.
    _draw.draw(shown, key=KEY, height=HEIGHT, linked=True, clicked=_clicked)
    st.caption(outlined)


def _both(view: View) -> tuple[str, ...]:
    """Kinds of place to draw: the help that counts, and the places to choose from."""
    register = () if view.mine else view.candidates
    return tuple(dict.fromkeys([*_worked.kinds_to_reach(view), *register]))


def _outlined(told: _siting.Worked) -> tuple[np.ndarray, str]:
    """The neighbourhoods to outline, and what the outline means."""
    if told.pin is not None:
        return told.pin.newly, "Outlined: neighbourhoods that help at the pin would newly reach."
    if told.best.choice is not None:
        words = "Outlined: neighbourhoods that the best sites would newly reach. The numbers are their order."
        return told.best.choice.newly, words
    if told.own is not None:
        return told.own.newly, "Outlined: neighbourhoods that your own choice would newly reach."
    return np.zeros(len(told.ground.people), dtype=bool), "Nothing is outlined: no site is chosen."


def _pins(view: View, told: _siting.Worked) -> tuple[render.Site, ...]:
    found = told.candidates

    def site(i: int, kind: str) -> render.Site:
        latitude, longitude = found.degrees[i].tolist()
        return render.Site(at=(latitude, longitude), label=found.names[i], kind=kind)  # type: ignore[arg-type]

    chosen = [site(i, "chosen") for i in told.best.choice.sites] if told.best.choice else []
    own = [site(i, "own") for i in told.own.sites] if told.own else []
    pin = [render.Site(at=view.pinned, label="Your pin", kind="pin")] if view.pinned else []
    return (*chosen, *own, *pin)


def _clicked(event: dict[str, Any] | None) -> None:
    """Put the pin where the map was clicked, or open what was; either is a step that Back undoes."""
    point = render.pointed(event)
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
