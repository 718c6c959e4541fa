"""Divide an area among points when no official line between its pieces is held."""

from collections.abc import Sequence
from typing import TypeAlias

import numpy as np
import shapely
from shapely import MultiPoint, MultiPolygon, Point, Polygon

Shape: TypeAlias = Polygon | MultiPolygon


class SplitError(ValueError):
    """An area cannot be divided among these points."""


def nearest_point(place: Point, points: Sequence[Point]) -> int:
    """Position in `points` of the one nearest to `place`; of two equally near, the first.

    Both in the same metric coordinates (British National Grid).
    """
    return int(np.argmin(shapely.distance(place, np.asarray(points))))


def divide_by_nearest(parent: Shape, points: Sequence[Point], *, grid: float) -> list[Shape]:
    """The pieces of `parent` that lie nearest to each of `points` (Voronoi cells cut to the parent).

    Parameters
    ----------
    parent : the area to divide, in metres (British National Grid), its vertices on the grid.
    points : two or more different points inside it.
    grid : size in metres of the grid on which every new vertex is put.

    Returns
    -------
    One shape a point, in the order of the points. Together they cover the parent; neighbours share every
    vertex of the line between them. A piece is in several parts where the parent bends round another.

    Raises
    ------
    SplitError
        If there are fewer than two points, two coincide, or one is outside the parent.
    """
    _require_dividable(parent, points)
    edges = shapely.voronoi_polygons(MultiPoint(points), extend_to=parent, only_edges=True)
    # Noding the parent's outline and the dividing lines together gives both sides of a line the same
    # vertices; cutting out each cell on its own would round them apart.
    lines = shapely.union_all([parent.boundary, shapely.intersection(edges, parent)], grid_size=grid)
    faces = shapely.get_parts(shapely.polygonize(shapely.get_parts(lines)))
    inner = shapely.point_on_surface(faces)
    inside = shapely.intersects(parent, inner)
    owner = np.array([nearest_point(place, points) for place in inner], dtype=int)
    pieces = [shapely.union_all(faces[inside & (owner == i)]) for i in range(len(points))]
    return [shapely.normalize(piece) for piece in pieces]


def share_vertices(shape: Shape, vertices: Sequence[Point], *, tolerance: float) -> Shape:
    """`shape` with each of `vertices` that lies within `tolerance` metres of its outline put into it.

    When one of two neighbours gains a corner on the line between them, this gives the other the same
    corner, so that the two still meet without sliver or gap.
    """
    near = [v for v in vertices if shapely.dwithin(shape.boundary, v, tolerance)]
    if not near:
        return shape
    return shapely.normalize(shapely.snap(shape, MultiPoint(near), tolerance))


def _require_dividable(parent: Shape, points: Sequence[Point]) -> None:
    if len(points) < 2:
        raise SplitError(f"An area is divided among two points or more, not {len(points)}.")
    if len({(p.x, p.y) for p in points}) < len(points):
        raise SplitError(f"Two of the {len(points)} points are in the same place: no line runs between them.")
    if outside := [p for p in points if not shapely.intersects(parent, p)]:
        first = outside[0]
        raise SplitError(
            f"{len(outside)} of {len(points)} points are outside the area to divide, first "
            f"({first.x:.0f}, {first.y:.0f}). Are they in metres, and of this area?"
        )
