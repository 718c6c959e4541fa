"""Shapes in metres as the paths of a drawing: whole units, and steps from point to point, so that few signs do."""

from collections.abc import Iterable
from dataclasses import dataclass
from html import escape

import numpy as np
import shapely

from layers.workshop.frame import Frame, metres

WIDTH = 2_000
"""Units across a drawing that is as wide as a page of A4: each is about a tenth of a millimetre."""

_BEYOND = 0.01
"""Of the width, by which shapes are kept beyond the edges, so that cutting them shows no line."""


@dataclass(frozen=True)
class Paper:
    """Units of a drawing over a frame: x from the west, y from the north."""

    frame: Frame
    width: int = WIDTH
    """Units from side to side; lines and letters have sizes in units, so it says how large the paper is."""

    @property
    def unit(self) -> float:
        """Metres."""
        return (self.frame.east - self.frame.west) / self.width

    @property
    def height(self) -> int:
        """Units from top to bottom."""
        return round((self.frame.north - self.frame.south) / self.unit)

    def units(self, points: np.ndarray) -> np.ndarray:
        """Points in metres, one a row, as whole units."""
        east, north = np.asarray(points, dtype=float).reshape(-1, 2).T
        return np.rint(np.column_stack((east - self.frame.west, self.frame.north - north)) / self.unit).astype(int)

    def spots(self, degrees: Iterable[Iterable[float]]) -> np.ndarray:
        """Points as latitude and longitude, one a row, as whole units."""
        found = np.array([list(each) for each in degrees], dtype=float).reshape(-1, 2)
        return self.units(metres(found)) if len(found) else np.empty((0, 2), dtype=int)

    def holds(self, spots: np.ndarray, *, within: int = 0) -> np.ndarray:
        """Whether each spot lies on the paper, and `within` units of its edges."""
        edges = np.array([self.width, self.height])
        return np.asarray(((spots >= within) & (spots <= edges - within)).all(axis=1))

    def clipped(self, shapes: Iterable[shapely.Geometry]) -> np.ndarray:
        """Shapes in metres, cut a little beyond the edges; what lies outside is empty."""
        frame, more = self.frame, _BEYOND * (self.frame.east - self.frame.west)
        edges = (frame.west - more, frame.south - more, frame.east + more, frame.north + more)
        return np.asarray(shapely.clip_by_rect(np.asarray(shapes, dtype=object), *edges))

    def path(self, shapes: Iterable[shapely.Geometry]) -> str:
        """The outlines of polygons as one path, each ring closed."""
        parts = shapely.get_parts(np.asarray(list(shapes), dtype=object))
        rings = shapely.get_rings(parts[shapely.get_type_id(parts) == shapely.GeometryType.POLYGON])
        points, ring = shapely.get_coordinates(rings, return_index=True)
        return "".join(map(_ring, np.split(self.units(points), np.flatnonzero(np.diff(ring)) + 1)))


def _ring(points: np.ndarray) -> str:
    """A closed ring; nothing if it is too small to be seen."""
    moved = np.ones(len(points), dtype=bool)
    moved[1:] = (np.diff(points, axis=0) != 0).any(axis=1)
    kept = points[moved]
    if len(kept) < 4:
        return ""
    steps = " ".join(map(str, np.diff(kept[:-1], axis=0).ravel().tolist())).replace(" -", "-")
    return f"M{kept[0][0]} {kept[0][1]}l{steps}z"


def tag(element: str, content: str = "", /, **attributes: object) -> str:
    """An element. `_` in an attribute's name stands for "-"; None leaves it out. `content` is markup already."""
    said = "".join(
        f' {key.strip("_").replace("_", "-")}="{text(value)}"' for key, value in attributes.items() if value is not None
    )
    return f"<{element}{said}>{content}</{element}>" if content else f"<{element}{said}/>"


def text(value: object) -> str:
    """A text that is only text in a drawing: nothing of it becomes markup, and what XML forbids is left out."""
    plain = "".join(sign for sign in str(value) if sign.isprintable() or sign == " ")
    return escape(plain, quote=True)
