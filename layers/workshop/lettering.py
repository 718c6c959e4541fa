"""What is written on a map on paper: names, the squares of a grid, and a scale."""

from collections.abc import Iterable
from typing import Any

import geopandas as gpd

from geo.lettered_grid import LetteredGrid
from layers.workshop.ink import INK, PAPER
from layers.workshop.paper import Paper, tag, text

FONT = "'Source Sans Pro','Source Sans 3','Segoe UI',Roboto,'Helvetica Neue',Arial,sans-serif"

_LETTER = 0.5
"""Of a letter's height, its width on average."""

_SCALES = (0.1, 0.2, 0.5, 1, 2, 5, 10, 20, 50)
"""Kilometres that a scale may show."""

Box = tuple[float, float, float, float]


def draw_names(
    paper: Paper, districts: gpd.GeoDataFrame, wider: gpd.GeoDataFrame | None, *, grid: LetteredGrid | None = None
) -> str:
    """Names of districts, and of wider areas where given, clear of each other and of the names of squares.

    A name that would touch another is set a little higher or lower; if it would there, too, it is left out.
    """
    taken: list[Box] = [(0, paper.height - 90, 80 + _scale(paper)[1], paper.height)]
    taken += [_box(x, y - 10, name, 30, anchor=0) for x, y, name in _squares(paper, grid)] if grid else []
    parts = [_named(paper, districts, districts["name"], taken, size=40, weight=700, fill=INK)]
    if wider is not None:
        parts.append(_named(paper, wider, wider["local_name"], taken, size=27, weight=600, fill="#33404f"))
    return "".join(parts)


def _named(paper: Paper, areas: gpd.GeoDataFrame, names: Iterable[str], taken: list[Box], **style: Any) -> str:
    spots, size, said = paper.units(areas[["point_e", "point_n"]].to_numpy()), style["size"], []
    for (x, y), name in zip(spots.tolist(), names, strict=True):
        boxes = (_box(x, y + shift * size, name, size, anchor=0.5) for shift in (0, -0.9, 0.9, -1.6, 1.6))
        box = next((box for box in boxes if _free(box, taken, paper)), None)
        if box is not None:
            taken.append(box)
            said.append((x, round((box[1] + box[3]) / 2 + size * 0.34), name))
    return lettering(said, **style)


def _box(x: float, y: float, name: str, size: int, *, anchor: float) -> Box:
    """About what a name takes up whose middle is at `y` and which begins `anchor` of its length left of `x`."""
    long, tall = len(name) * size * _LETTER, size * 0.6
    return (x - anchor * long, y - tall, x + (1 - anchor) * long, y + tall)


def _free(box: Box, taken: Iterable[Box], paper: Paper) -> bool:
    inside = box[0] >= 0 and box[2] <= paper.width and box[1] >= 0 and box[3] <= paper.height
    return inside and not any(box[0] < b[2] and box[2] > b[0] and box[1] < b[3] and box[3] > b[1] for b in taken)


def lettering(
    said: Iterable[tuple[int, int, str]], *, size: int, weight: int, fill: str = INK, anchor: str = "middle"
) -> str:
    """Texts with a white edge, so that they can be read on every colour."""
    texts = "".join(tag("text", text(words), x=x, y=y) for x, y, words in said)
    style = {"font_size": size, "font_weight": weight, "text_anchor": anchor}
    edge = {"stroke": PAPER, "stroke_width": round(size / 5), "stroke_linejoin": "round", "paint_order": "stroke"}
    return tag("g", texts, fill=fill, **style, **edge) if texts else ""


def draw_grid(paper: Paper, grid: LetteredGrid) -> str:
    """The lines of a lettered grid and each square's name in its corner. The grid covers the whole paper."""
    side = grid.side / paper.unit
    across = "".join(f"M{round(i * side)} 0v{paper.height}" for i in range(grid.columns + 1))
    down = "".join(f"M0 {round(i * side)}h{paper.width}" for i in range(grid.rows + 1))
    lines = tag("path", d=across + down, fill="none", stroke=PAPER, stroke_width=5, stroke_opacity=0.7)
    lines += tag("path", d=across + down, fill="none", stroke=INK, stroke_width=2)
    return lines + lettering(_squares(paper, grid), size=30, weight=600, anchor="start")


def _squares(paper: Paper, grid: LetteredGrid) -> list[tuple[int, int, str]]:
    """Where the name of each square is written: in its corner."""
    side = grid.side / paper.unit
    return [
        (round(column * side) + 7, round(row * side) + 31, grid.name(column, row))
        for row in range(grid.rows)
        for column in range(grid.columns)
    ]


def draw_scale(paper: Paper) -> str:
    """How long some kilometres are, at the bottom left."""
    kilometres, length = _scale(paper)
    y = paper.height - 34
    bar = f"M40 {y - 14}v14h{length}v-14"
    lines = tag("path", d=bar, fill="none", stroke=PAPER, stroke_width=12)
    lines += tag("path", d=bar, fill="none", stroke=INK, stroke_width=4)
    words = f"{kilometres:g} km" if kilometres >= 1 else f"{kilometres * 1_000:g} m"
    return lines + lettering([(40 + length // 2, y - 10, words)], size=32, weight=600)


def _scale(paper: Paper) -> tuple[float, int]:
    """How many kilometres the scale shows, and how many units that is."""
    wide = paper.width * paper.unit / 1_000
    shown = max((scale for scale in _SCALES if scale <= wide / 5), default=_SCALES[0])
    return shown, round(shown * 1_000 / paper.unit)
