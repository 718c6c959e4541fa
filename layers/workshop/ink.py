"""What the classes of a map are filled with on paper: their colours, or greys and lines that a printer without
colours tells apart."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from layers.classes import MISSING
from layers.palettes import oklab
from layers.workshop.paper import tag
from layers.workshop.step import Step

INK, PAPER, OUTSIDE, EDGE = "#1b2430", "#ffffff", "#f2f4f6", "#c9ced6"
"""As the map in the browser has them; `OUTSIDE` and `EDGE` are of areas that are not in focus."""

_HATCH = "#7b8494"
_FADED = 0.4
"""How strong the colours are beside areas that are outlined."""

_GREYS = (1.0, 0.62)
"""Lightness of the palest and the darkest grey: what is written on it stays readable."""

_TURNS = (45, 135, 0, 90)
"""Degrees by which the lines of one class after the other are turned."""


@dataclass(frozen=True)
class Fill:
    """What an area is filled with: a colour, and perhaps lines over it."""

    paper: str
    line: str = ""
    turn: int = 0
    apart: int = 0
    """Units from line to line; 0 means no lines."""
    wide: int = 3

    def pattern(self, name: str) -> str:
        """The definition that `url(#name)` refers to."""
        lines = tag("path", d=f"M0 {self.apart / 2:g}h{self.apart}", stroke=self.line, stroke_width=self.wide)
        back = tag("rect", width=self.apart, height=self.apart, fill=self.paper)
        turned = f"rotate({self.turn})"
        sizes = {"width": self.apart, "height": self.apart, "patternUnits": "userSpaceOnUse"}
        return tag("pattern", back + lines, id=name, patternTransform=turned, **sizes)


NO_DATA = Fill(PAPER, line=_HATCH, turn=45, apart=16)


@dataclass(frozen=True)
class Ink:
    """A fill for every class, and what an area is filled with that has none."""

    classes: tuple[Fill, ...]
    faded: tuple[Fill, ...]
    """The same beside areas that are outlined strongly."""
    missing: Fill = NO_DATA
    marks: str = ""
    """The one colour of all places; "" leaves each its own."""

    def of(self, number: int, *, faded: bool) -> Fill:
        """The fill of a class by its number."""
        if number == MISSING:
            return self.missing
        return (self.faded if faded else self.classes)[number]


def in_colour(step: Step) -> Ink:
    """The colours of the map in the browser, as strong as there."""
    return Ink(_mixed(step.colours, step.opacity), _mixed(step.colours, step.opacity * _FADED))


def in_grey(step: Step) -> Ink:
    """Greys, the darker the darker the colour, each with lines of its own: nothing is told by a colour alone.

    They are pale, so that pins and pencil marks show. Classes of one lightness differ in their lines.
    """
    light = np.array([oklab(colour)[0] for colour in step.colours])
    span = float(np.ptp(light)) or 1.0
    share = (light - light.min()) / span if len(light) > 1 else np.ones(1)
    order = np.argsort(-share, kind="stable")
    rank = np.empty(len(order), dtype=int)
    rank[order] = np.arange(len(order))
    fills = tuple(_hatched(float(share[i]), int(rank[i]), len(share)) for i in range(len(share)))
    return Ink(fills, fills, Fill(PAPER, line="#000000", turn=45, apart=40, wide=2), marks=INK)


def _hatched(share: float, rank: int, several: int) -> Fill:
    """The lightest of several plain, every other one with lines, the closer together the darker it is."""
    grey = round(255 * (_GREYS[1] + share * (_GREYS[0] - _GREYS[1])))
    paper = f"#{grey:02x}{grey:02x}{grey:02x}"
    if rank % 2 == 0:
        return Fill(paper)
    apart = round(24 - 12 * rank / max(1, several - 1))
    return Fill(paper, line="#666666", turn=_TURNS[rank // 2 % len(_TURNS)], apart=apart, wide=2)


def _mixed(colours: Sequence[str], opacity: float) -> tuple[Fill, ...]:
    """Colours on white paper."""
    return tuple(Fill(_on_paper(colour, opacity)) for colour in colours)


def _on_paper(colour: str, opacity: float) -> str:
    parts = (255 + (int(colour[at : at + 2], 16) - 255) * opacity for at in (1, 3, 5))
    return "#" + "".join(f"{round(part):02x}" for part in parts)
