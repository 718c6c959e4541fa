"""What stands on a map on paper above its colours: places, sites, and where people pointed."""

import math
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np

from layers import packing
from layers.places import PLACE_GROUPS
from layers.workshop.ink import INK, PAPER
from layers.workshop.lettering import lettering
from layers.workshop.paper import Paper, tag, text
from layers.workshop.step import Step

MARK = "#e11d74"
"""Of what was looked for."""

_CORNERS = {
    "diamond": ((0, -1.25), (1.25, 0), (0, 1.25), (-1.25, 0)),
    "triangle": ((0, -1.2), (1.15, 0.85), (-1.15, 0.85)),
    "hexagon": ((-0.6, -1.04), (0.6, -1.04), (1.2, 0), (0.6, 1.04), (-0.6, 1.04), (-1.2, 0)),
    "square": ((-0.9, -0.9), (0.9, -0.9), (0.9, 0.9), (-0.9, 0.9)),
    "bubble": ((-1, -0.85), (1, -0.85), (1, 0.5), (0.05, 0.5), (-0.55, 1.15), (-0.5, 0.5), (-1, 0.5)),
    "teardrop": ((0, 0), (-0.62, -1.05), (-0.62, -1.6), (-0.25, -2.05), (0.25, -2.05), (0.62, -1.6), (0.62, -1.05)),
}
_RADIUS = 13
_TURN, _REACH = 2.4, 26
"""How marks on one spot are set around it: radians from one to the next, and units from its middle."""

_DRAWN = {group.key: group for group in PLACE_GROUPS}


@dataclass(frozen=True)
class Spot:
    """Where someone pointed: latitude and longitude, and what is written in the mark; "" draws a dot."""

    at: tuple[float, float]
    label: str = ""


@dataclass(frozen=True)
class Seen:
    """Places of a step as they are drawn: by group, whether firm and whether suggested, where."""

    kinds: Mapping[tuple[str, bool, bool], list[Sequence[float]]]

    @property
    def hollow(self) -> bool:
        """Whether any is not confirmed."""
        return any(not firm and not suggested for _, firm, suggested in self.kinds)

    @property
    def suggested(self) -> bool:
        """Whether any is only suggested."""
        return any(suggested for _, _, suggested in self.kinds)


def seen_places(step: Step, places: Sequence[Mapping[str, Any]], districts: Sequence[str]) -> Seen:
    """Which of the places (in the order that the step was made for) it shows, each as the first group it is of."""
    told = step.places
    fitting, helping = (
        None if told[name] is None else packing.unpacked_bits(told[name], len(places))
        for name in ("fitting", "helping")
    )
    focus = {districts[i] for i in step.focus}
    found: dict[tuple[str, bool, bool], list[Sequence[float]]] = defaultdict(list)
    for i, place in enumerate(places):
        suggested = bool(place["suggested"])
        if fitting is None:
            shown = (place["firm"] or told["unconfirmed"]) and (not focus or place["district"] in focus)
        else:
            shown = bool(fitting[i])
        helps = None if helping is None else bool(helping[i])
        group = _group_of(place["kinds"], told["groups"], helps) if shown else ""
        if group:
            found[group, bool(place["firm"]) and not suggested, suggested].append(place["at"])
    return Seen(dict(found))


def _group_of(kinds: int, groups: Iterable[Mapping[str, Any]], helps: bool | None) -> str:  # noqa: FBT001
    for group in groups:
        fits = helps if group["key"] == "support" and helps is not None else kinds & group["kinds"]
        if fits:
            return str(group["key"])
    return ""


def draw_places(paper: Paper, seen: Seen, *, colour: str = "") -> str:
    """Places as their shapes: firm ones filled, others hollow, suggestions small and dashed; later groups below.

    `colour` : one for all; "" leaves each group its own.
    """
    beside: dict[tuple[int, int], int] = defaultdict(int)
    drawn = []
    for (key, firm, suggested), at in seen.kinds.items():
        group, radius = _DRAWN[key], _RADIUS * (0.8 if suggested else 1)
        spots = paper.spots(at)
        spots = _aside(spots[paper.holds(spots)], beside)
        if not len(spots):
            continue
        outline = shape_path(group.shape, spots, radius)
        if not suggested:
            around = shape_path(group.shape, spots, radius + 2.5)
            drawn.append((key, tag("path", d=around, fill=INK, fill_opacity=0.55)))
        drawn.append((key, _marker(outline, colour or group.colour, firm=firm, suggested=suggested)))
    order = list(_DRAWN)
    return "".join(markup for _, markup in sorted(drawn, key=lambda each: -order.index(each[0])))


def swatch_of_group(key: str, *, colour: str = "") -> str:
    """A group's shape, in the middle of 40 by 40 units."""
    group = _DRAWN[key]
    outline = shape_path(group.shape, np.array([[20, 20]]), _RADIUS)
    return _marker(outline, colour or group.colour, firm=True, suggested=False)


def _marker(outline: str, colour: str, *, firm: bool, suggested: bool) -> str:
    if firm:
        return tag("path", d=outline, fill=colour, stroke=PAPER, stroke_width=3)
    dashes = "6 4" if suggested else None
    return tag(
        "path", d=outline, fill=PAPER, stroke=colour, stroke_width=4 if suggested else 5, stroke_dasharray=dashes
    )


def shape_path(shape: str, spots: np.ndarray, radius: float) -> str:
    """One path with a shape around each spot."""
    if shape == "circle":
        r = f"{radius:g}"
        return "".join(
            f"M{x} {y}m-{r} 0a{r} {r} 0 1 0 {2 * radius:g} 0a{r} {r} 0 1 0-{2 * radius:g} 0z" for x, y in spots
        )
    corners = np.rint(np.array(_CORNERS[shape]) * radius).astype(int)
    steps = " ".join(map(str, np.diff(corners, axis=0).ravel().tolist())).replace(" -", "-")
    return "".join(f"M{x + corners[0][0]} {y + corners[0][1]}l{steps}z" for x, y in spots)


def _aside(spots: np.ndarray, beside: dict[tuple[int, int], int]) -> np.ndarray:
    """Marks that share one spot stand around it, each after the first a mark's width to the side."""
    moved = []
    for x, y in spots.tolist():
        turn = beside[x, y]
        beside[x, y] += 1
        reach = (_REACH + 2 * turn) if turn else 0
        moved.append((round(x + reach * math.cos(_TURN * turn)), round(y + reach * math.sin(_TURN * turn))))
    return np.array(moved, dtype=int).reshape(-1, 2)


def draw_told(paper: Paper, step: Step) -> str:
    """What residents told in other sessions, as small speech bubbles."""
    spots = paper.spots(mark["at"] for told in step.told for mark in told["marks"])
    spots = _aside(spots[paper.holds(spots)], defaultdict(int))
    if not len(spots):
        return ""
    outline = shape_path("bubble", spots, 14)
    halo = tag("path", d=outline, fill=PAPER, stroke=PAPER, stroke_width=8, stroke_linejoin="round")
    return halo + tag("path", d=outline, fill=PAPER, stroke=INK, stroke_width=4, stroke_linejoin="round")


def draw_sites(paper: Paper, step: Step) -> str:
    """Sites in their order, the chosen ones numbered, and what was looked for with its name."""
    parts, number = [], 0
    for site in step.sites:
        number += site["kind"] == "chosen"
        spot = paper.spots([site["at"]])
        if paper.holds(spot)[0]:
            parts.append(_site(spot, site["kind"], str(number) if site["kind"] == "chosen" else ""))
    if step.mark:
        spot = paper.spots([step.mark["at"]])
        if paper.holds(spot)[0]:
            [[x, y]] = spot.tolist()
            parts.append(_pin(spot, MARK, ""))
            parts.append(lettering([(x + 30, y - 30, str(step.mark["label"]))], size=32, anchor="start", weight=700))
    return "".join(parts)


def _site(spot: np.ndarray, kind: str, label: str) -> str:
    if kind == "own":
        frame = shape_path("square", spot, 20)
        return tag("path", d=frame, fill=PAPER, stroke=INK, stroke_width=7)
    return _pin(spot, INK if kind == "chosen" else MARK, label)


def _pin(spot: np.ndarray, colour: str, label: str) -> str:
    """A teardrop whose point is where it is."""
    [[x, y]] = spot.tolist()
    drop = tag("path", d=shape_path("teardrop", spot, 36), fill=colour, stroke=PAPER, stroke_width=4)
    said = tag("text", text(label), x=x, y=y - 38, font_size=34, font_weight=700, fill=PAPER, text_anchor="middle")
    return drop + (said if label else "")


def draw_spots(paper: Paper, spots: Sequence[Spot]) -> str:
    """Where people pointed: numbered discs over dots, dark within white, which shows on every colour."""
    beside: dict[tuple[int, int], int] = defaultdict(int)
    dots = paper.spots(spot.at for spot in spots if not spot.label)
    dots = _aside(dots[paper.holds(dots)], beside)
    parts = []
    if len(dots):
        parts.append(tag("path", d=shape_path("circle", dots, 12), fill=INK, stroke=PAPER, stroke_width=5))
    discs, labels = [], []
    for spot in (spot for spot in spots if spot.label):
        at = paper.spots([spot.at])
        if paper.holds(at)[0]:
            [[x, y]] = _aside(at, beside).tolist()
            discs.append((x, y))
            labels.append(tag("text", text(spot.label), x=x, y=y + 9))
    if discs:
        circle = shape_path("circle", np.array(discs), 20)
        parts.append(tag("path", d=circle, fill=PAPER, stroke=PAPER, stroke_width=10))
        parts.append(tag("path", d=circle, fill=PAPER, stroke=INK, stroke_width=4))
        parts.append(tag("g", "".join(labels), font_size=26, font_weight=700, fill=INK, text_anchor="middle"))
    return "".join(parts)
