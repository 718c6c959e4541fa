"""Which areas touch, and which lie just outside a set of them."""

from collections.abc import Sequence

import numpy as np
import numpy.typing as npt
import shapely
from geopandas import GeoSeries

from geo.crs import BNG

TOLERANCE = 2.0
"""Metres that may lie between two outlines that touch: each corner is rounded to a whole metre in both of them."""

Positions = npt.NDArray[np.int64]


class ContiguityError(ValueError):
    """Outlines or positions from which nobody can tell who is next to whom."""


def touching(shapes: GeoSeries, *, tolerance: float = TOLERANCE) -> tuple[Positions, ...]:
    """For each area the positions of its neighbours, ascending.

    Areas are neighbours if their outlines come within `tolerance` of each other, along a side or at a corner. An area
    that touches none is joined, both ways, to the one whose inner point is nearest to its own, so that every area has a
    neighbour as long as there are two.

    Parameters
    ----------
    shapes : one polygon or multipolygon an area, in metres (EPSG:27700).
    tolerance : metres, 0 or more.

    Raises
    ------
    ContiguityError
        If the outlines are not in EPSG:27700, or an area has none.
    """
    _require_measurable(shapes)
    outlines = np.asarray(shapes.values)
    one, other = shapely.STRtree(outlines).query(outlines, predicate="dwithin", distance=tolerance)
    apart = one != other
    one, other = one[apart], other[apart]
    alone = np.setdiff1d(np.arange(len(outlines)), one)
    if len(outlines) > 1 and len(alone):
        near = _nearest(outlines, alone)
        one, other = np.concatenate([one, alone, near]), np.concatenate([other, near, alone])
    # Two areas alone may be each other's nearest: such a pair would be there twice.
    pairs = np.unique(np.column_stack([one, other]).astype(np.int64), axis=0)
    ends = np.searchsorted(pairs[:, 0], np.arange(len(outlines)), side="right")
    return tuple(np.split(pairs[:, 1], ends)[:-1])


def around(chosen: npt.ArrayLike, neighbours: Sequence[Positions]) -> Positions:
    """The areas next to a chosen set and not in it, ascending: where what is done may be felt, or missed.

    Parameters
    ----------
    chosen : positions of areas, in any order.
    neighbours : for each area the positions of its neighbours, as `touching` gives them.

    Raises
    ------
    ContiguityError
        If a position is not that of an area.
    """
    inside = np.asarray(chosen)
    if not inside.size:
        return np.empty(0, dtype=np.int64)
    if inside.dtype.kind not in "iu":
        raise ContiguityError(f"Areas are chosen by their positions, whole numbers, not by {inside.dtype.name} values.")
    if outside := inside[(inside < 0) | (inside >= len(neighbours))].tolist():
        raise ContiguityError(
            f"{len(outside)} of {inside.size} chosen areas are not among the {len(neighbours)}, first {outside[0]}. "
            "Choose from this map."
        )
    beside = np.concatenate([neighbours[i] for i in inside])
    return np.setdiff1d(beside, inside)


def _nearest(outlines: npt.NDArray[np.object_], alone: Positions) -> Positions:
    """The area nearest to each of `alone`, by a point inside each."""
    at = shapely.get_coordinates(shapely.point_on_surface(outlines))
    metres = np.hypot(at[alone, None, 0] - at[None, :, 0], at[alone, None, 1] - at[None, :, 1])
    metres[np.arange(len(alone)), alone] = np.inf
    return np.asarray(metres.argmin(axis=1))


def _require_measurable(shapes: GeoSeries) -> None:
    if shapes.crs is None or shapes.crs != BNG:
        what = "no known coordinates" if shapes.crs is None else f"coordinates of {shapes.crs.name}"
        raise ContiguityError(
            f"{len(shapes)} outlines have {what}, and neighbours are found in metres. Bring them to EPSG:{BNG} first."
        )
    without = np.asarray(shapes.isna() | shapes.is_empty)
    if without.any():
        raise ContiguityError(
            f"{int(without.sum())} of {len(shapes)} areas have no outline, first {shapes.index[without][0]!r}. "
            "Leave them out, or give them one."
        )
