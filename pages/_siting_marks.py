"""What the map of “Where to put help” marks: sites as pins, whom they newly reach outlined, and what that means."""

import numpy as np

from layers import render
from layers.view import View
from pages import _siting, _worked


def kinds(view: View) -> tuple[str, ...]:
    """Kinds of place to draw: the help that counts, and the places to choose from."""
    register = () if view.mine else view.candidates
    return tuple(dict.fromkeys([*_worked.kinds_to_reach(view), *register]))


def outlined(told: _siting.Worked) -> tuple[np.ndarray, str]:
    """The neighbourhoods to outline, and what the outline means."""
    if told.pin is not None:
        return told.pin.newly, "Outlined: neighbourhoods that help at the pin would newly reach."
    if told.best.choice is not None:
        words = "Outlined: neighbourhoods that the best sites would newly reach. The numbers are their order."
        return told.best.choice.newly, words
    if told.own is not None:
        return told.own.newly, "Outlined: neighbourhoods that your own choice would newly reach."
    return np.zeros(len(told.ground.people), dtype=bool), "Nothing is outlined: no site is chosen."


def sites(view: View, told: _siting.Worked) -> tuple[render.Site, ...]:
    """The best sites, the reader's own and their pin."""
    found = told.candidates

    def site(i: int, kind: str) -> render.Site:
        latitude, longitude = found.degrees[i].tolist()
        return render.Site(at=(latitude, longitude), label=found.names[i], kind=kind)  # type: ignore[arg-type]

    chosen = [site(i, "chosen") for i in told.best.choice.sites] if told.best.choice else []
    own = [site(i, "own") for i in told.own.sites] if told.own else []
    pin = [render.Site(at=view.pinned, label="Your pin", kind="pin")] if view.pinned else []
    return (*chosen, *own, *pin)
