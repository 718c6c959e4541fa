"""A scene's map as a drawing on paper: SVG text, made without a browser, with the colours of the browser's map."""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

import geopandas as gpd
import numpy as np
import shapely

from data.store import Store
from geo.areas import Geography
from geo.lettered_grid import LetteredGrid
from layers.workshop import lettering, marks
from layers.workshop.frame import Frame
from layers.workshop.ink import EDGE, INK, OUTSIDE, PAPER, Ink
from layers.workshop.paper import WIDTH, Paper, tag, text
from layers.workshop.step import Step

CLOSE = 12
"""The zoom from which wider areas have outlines, as in the browser."""

NAMED = 22
"""Metres to a unit of paper, up to which there is room for the names of wider areas."""

_SELECTED = "#e11d74"


@dataclass(frozen=True, kw_only=True)
class Outlines:
    """The areas of a pack in metres (EPSG:27700), in the order of their codes, as the store gives them."""

    lsoas: gpd.GeoDataFrame
    msoas: gpd.GeoDataFrame
    districts: gpd.GeoDataFrame

    def of(self, level: Geography) -> gpd.GeoDataFrame:
        """The areas of one geography."""
        return {Geography.LSOA21: self.lsoas, Geography.MSOA21: self.msoas}.get(level, self.districts)

    @property
    def names(self) -> list[str]:
        """The districts' names."""
        return [str(name) for name in self.districts["name"]]


def outlines_of(store: Store) -> Outlines:
    """The outlines of a store's pack."""
    lsoas, msoas, districts = (store.shapes(geography) for geography in Geography)
    return Outlines(lsoas=lsoas, msoas=msoas, districts=districts)


@dataclass(frozen=True, kw_only=True)
class Besides:
    """What is drawn on a map besides what the step says."""

    places: Sequence[Mapping[str, Any]] = ()
    """As `layers.outlines.places_list` tells them, in the order that the step was made for."""
    spots: Sequence[marks.Spot] = ()
    """Where people pointed."""
    grid: LetteredGrid | None = None
    about: str = ""
    """What the map says, for those who cannot see it."""
    name: str = field(default="map")
    """Tells the parts of one drawing from those of others on the same page: a letter first, then letters and digits."""


def picture(step: Step, outlines: Outlines, *, frame: Frame, ink: Ink, besides: Besides, width: int = WIDTH) -> str:
    """The map of a step as SVG. Every text in it is text, and its lines run between whole units.

    Parameters
    ----------
    ink : what the classes are filled with; see `layers.workshop.ink`.
    width : units from side to side, about ten to a millimetre of the paper that it is for.
    """
    paper = Paper(frame, width)
    seen = marks.seen_places(step, besides.places, outlines.names)
    close, named = frame.zoom >= CLOSE, paper.unit <= NAMED
    drawn = [
        _areas(paper, step, outlines, ink, besides.name),
        _lines(paper, outlines.msoas.geometry, width=1.6, opacity=0.45) if close else "",
        _lines(paper, outlines.districts.geometry, width=3.2, opacity=0.85),
        _outlined(paper, step, outlines),
        marks.draw_places(paper, seen, colour=ink.marks),
        lettering.draw_grid(paper, besides.grid) if besides.grid else "",
        lettering.draw_names(paper, outlines.districts, outlines.msoas if named else None, grid=besides.grid),
        marks.draw_told(paper, step),
        marks.draw_sites(paper, step),
        marks.draw_spots(paper, besides.spots),
        lettering.draw_scale(paper),
    ]
    inside = tag("g", "".join(drawn), clip_path=f"url(#{besides.name}-f)", font_family=lettering.FONT)
    return _whole(paper, step, ink, besides, inside)


def _whole(paper: Paper, step: Step, ink: Ink, besides: Besides, inside: str) -> str:
    """The drawing with its definitions, its title and what it says, and a line around it."""
    name, edges = besides.name, {"width": paper.width, "height": paper.height}
    said = tag("title", text(f"Map of {step.title}"), id=f"{name}-t")
    said += tag("desc", text(besides.about), id=f"{name}-d") if besides.about else ""
    frame = tag("clipPath", tag("rect", **edges), id=f"{name}-f")
    fills = (ink.of(number, faded=faded) for number, faded in _kinds(step))
    hatched = "".join(fill.pattern(f"{name}-{i}") for i, fill in enumerate(fills) if fill.apart)
    ground = tag("rect", **edges, fill=PAPER)
    around = tag("rect", **edges, fill="none", stroke=INK, stroke_width=3)
    labelled = f"{name}-t {name}-d" if besides.about else f"{name}-t"
    return tag(
        "svg",
        said + tag("defs", frame + hatched) + ground + inside + around,
        xmlns="http://www.w3.org/2000/svg",
        viewBox=f"0 0 {paper.width} {paper.height}",
        role="img",
        aria_labelledby=labelled,
    )


def _kinds(step: Step) -> list[tuple[int, bool]]:
    """Every class, and none, each faded and not: in the order in which their patterns are numbered."""
    return [(number, faded) for number in range(-1, len(step.colours)) for faded in (False, True)]


def _areas(paper: Paper, step: Step, outlines: Outlines, ink: Ink, name: str) -> str:
    """One path for all areas that look alike."""
    areas = outlines.of(step.level)
    shapes = paper.clipped(areas.geometry)
    there = ~shapely.is_empty(shapes)
    focused = _in_focus(step, areas, outlines)
    faded = ~step.marked & bool(step.marked.any())
    rough = _rough(areas) & (paper.frame.zoom >= CLOSE)
    alike: dict[tuple[bool, int, bool, bool], list[int]] = defaultdict(list)
    for i in np.flatnonzero(there).tolist():
        key = (bool(focused[i]), int(step.of[i]), bool(faded[i]), bool(rough[i]))
        alike[key if focused[i] else (False, 0, False, False)].append(i)
    kinds = {kind: i for i, kind in enumerate(_kinds(step))}
    thin = step.level is Geography.LSOA21 and paper.frame.zoom < CLOSE - 1
    parts = []
    for (seen, number, pale, dashed), at in sorted(alike.items()):
        fill = ink.of(number, faded=pale)
        colour = f"url(#{name}-{kinds[number, pale]})" if fill.apart else fill.paper
        looks = {"fill": colour if seen else OUTSIDE, "stroke": PAPER if seen else EDGE}
        dashes = "6 8" if dashed else None
        parts.append(tag("path", d=paper.path(shapes[at]), **looks, stroke_dasharray=dashes))
    # Many thin white lines close together would make dark colours pale.
    lines = {"stroke_width": 0.8, "stroke_opacity": 0.5} if thin else {"stroke_width": 1.8}
    return tag("g", "".join(parts), stroke_linejoin="round", **lines)


def _in_focus(step: Step, areas: gpd.GeoDataFrame, outlines: Outlines) -> np.ndarray:
    """Whether each area lies in the districts in focus."""
    if not step.focus:
        return np.ones(len(areas), dtype=bool)
    names = {outlines.names[i] for i in step.focus}
    column = "name" if step.level is Geography.DISTRICT else "district_name"
    return np.asarray(areas[column].isin(names))


def _rough(areas: gpd.GeoDataFrame) -> np.ndarray:
    if "approximate" not in areas:
        return np.zeros(len(areas), dtype=bool)
    return np.asarray(areas["approximate"], dtype=bool)


def _lines(paper: Paper, shapes: gpd.GeoSeries, *, width: float, opacity: float = 1, colour: str = INK) -> str:
    path = paper.path(paper.clipped(shapes))
    looks = {"stroke": colour, "stroke_width": width, "stroke_opacity": opacity, "stroke_linejoin": "round"}
    return tag("path", d=path, fill="none", **looks) if path else ""


def _outlined(paper: Paper, step: Step, outlines: Outlines) -> str:
    """Areas that stand out, together: dark within white, which shows on every colour; and the one that is open."""
    parts, wide = [], 4 if paper.frame.zoom < CLOSE - 1 else 5.6
    if step.marked.any():
        whole = gpd.GeoSeries([shapely.union_all(outlines.of(step.level).geometry[step.marked])])
        parts += [_lines(paper, whole, width=2 * wide, colour=PAPER), _lines(paper, whole, width=wide)]
    for areas in (outlines.lsoas, outlines.msoas, outlines.districts):
        chosen = areas.geometry[areas["code"] == step.selected]
        if len(chosen):
            parts.append(_lines(paper, chosen, width=8, colour=_SELECTED))
    return "".join(parts)
