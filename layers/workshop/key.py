"""The key to a map on paper, as rows: what each fill and each shape stands for, and how many there are."""

from dataclasses import dataclass

import numpy as np

from layers.classes import MISSING
from layers.places import PLACE_GROUPS
from layers.workshop.ink import Fill, Ink
from layers.workshop.marks import Seen, shape_path, swatch_of_group
from layers.workshop.paper import tag
from layers.workshop.step import Step

_TITLES = {group.key: group.title for group in PLACE_GROUPS}


@dataclass(frozen=True)
class Entry:
    """One row: a small drawing (SVG), what it stands for, and how many are in view; None where nobody counts them."""

    swatch: str
    label: str
    count: int | None


@dataclass(frozen=True, kw_only=True)
class Key:
    """What the map shows, and its rows: the classes, lowest first, and the places."""

    heading: str
    classes: tuple[Entry, ...]
    places: tuple[Entry, ...]
    notes: tuple[str, ...]


def key_of(step: Step, seen: Seen, ink: Ink, *, name: str, pointed: bool = False) -> Key:
    """The key to the map of a step.

    Parameters
    ----------
    seen : the places that it shows.
    name : tells its drawings from those of other keys on one page.
    pointed : whether marks show where people pointed.
    """
    heading = step.grid["heading"] if step.grid else step.title
    classes = [
        Entry(_swatch(fill, f"{name}-k{i}"), label, count)
        for i, (fill, label, count) in enumerate(zip(ink.classes, step.labels, step.counts, strict=True))
    ]
    if step.missing:
        classes.append(Entry(_swatch(ink.of(MISSING, faded=False), f"{name}-k"), "no data", step.missing))
    places = [
        Entry(_svg(swatch_of_group(group["key"], colour=ink.marks)), _TITLES[group["key"]], group["count"])
        for group in step.places["groups"]
    ]
    if step.told:
        bubble = tag("path", d=shape_path("bubble", _MIDDLE, 14), fill="#ffffff", stroke="#1b2430", stroke_width=4)
        told = sum(len(each["marks"]) for each in step.told)
        places.append(Entry(_svg(bubble), "What residents told us in other sessions", told))
    if pointed:
        dot = tag("path", d=shape_path("circle", _MIDDLE, 12), fill="#1b2430", stroke="#ffffff", stroke_width=5)
        places.append(Entry(_svg(dot), "Where people in this session pointed", None))
    return Key(
        heading=f"{heading} ({step.unit})", classes=tuple(classes), places=tuple(places), notes=_notes(step, seen)
    )


def _notes(step: Step, seen: Seen) -> tuple[str, ...]:
    said = [step.note]
    if seen.hollow:
        said.append("Hollow shapes: not confirmed, or only roughly known.")
    if seen.suggested:
        said.append("Small and dashed: suggested, not yet checked.")
    return tuple(filter(None, said))


_MIDDLE = np.array([[20, 20]])


def _swatch(fill: Fill, name: str) -> str:
    """A box with a fill."""
    pattern = tag("defs", fill.pattern(name)) if fill.apart else ""
    colour = f"url(#{name})" if fill.apart else fill.paper
    edge = {"stroke": "#1b2430", "stroke_opacity": 0.4, "stroke_width": 2}
    return _svg(pattern + tag("rect", x=1, y=1, width=78, height=38, fill=colour, **edge), width=80)


def _svg(inside: str, *, width: int = 40) -> str:
    sizes = {"viewBox": f"0 0 {width} 40", "width": width // 2, "height": 20}
    return tag("svg", inside, xmlns="http://www.w3.org/2000/svg", **sizes, aria_hidden="true")
