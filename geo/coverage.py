"""Whether areas fit together: no gap, no overlap, and the same ground as those they were made from."""

from collections.abc import Sequence
from itertools import pairwise

import numpy as np
import shapely
from geopandas import GeoDataFrame
from shapely.geometry.base import BaseGeometry

SPECK = 1.0
"""Square metres below which a difference is rounding: outlines are held in whole metres."""


class CoverageError(ValueError):
    """Areas leave a gap, overlap, or do not cover what they should."""


def misfits(areas: GeoDataFrame) -> list[str]:
    """Codes of the areas with an edge that their neighbour does not have, corner for corner.

    `areas` has one row an area, columns `code` and `geometry`. An overlap or a sliver between two areas
    shows here; a whole area left out does not (see `same_ground`).
    """
    shapes = np.asarray(areas.geometry.values)
    bad = ~shapely.is_empty(shapely.coverage_invalid_edges(shapes))
    return sorted(areas["code"].to_numpy()[bad].tolist())


def difference(ours: Sequence[BaseGeometry], theirs: Sequence[BaseGeometry]) -> float:
    """Square metres of ground covered by one set of shapes and not by the other (both in metres)."""
    return float(shapely.union_all(ours).symmetric_difference(shapely.union_all(theirs)).area)


def require_clean(areas: GeoDataFrame, source: GeoDataFrame, *, tolerance: float) -> None:
    """Refuse `areas` unless they fit together as well as `source` does and cover the same ground.

    Parameters
    ----------
    areas, source : one row an area, columns `code`, `geometry` in metres (same CRS).
    tolerance : square metres by which the ground covered may differ (rounding of corners).

    Raises
    ------
    CoverageError
        If a geometry is missing or not valid, if areas misfit that fitted in the source, or if more than
        `tolerance` square metres were gained or lost.
    """
    _require_whole(areas)
    new = sorted(set(misfits(areas)) - set(misfits(source)))
    if new:
        raise CoverageError(
            f"{len(new)} of {len(areas)} areas overlap a neighbour or leave a gap, first {new[0]!r}. "
            "Their source does not: give both sides of a line the same corners."
        )
    changed = difference(list(areas.geometry), list(source.geometry))
    if changed > tolerance:
        raise CoverageError(
            f"The areas and their source differ by {changed:,.0f} square metres of ground; at most "
            f"{tolerance:,.0f} is rounding. Is an area left out, or one there twice?"
        )


def require_nested(inner: GeoDataFrame, outer: GeoDataFrame, *, by: str, tolerance: float = SPECK) -> None:
    """Refuse `outer` unless each of its areas is exactly the `inner` areas that name it.

    `inner` has a column `by` holding the `code` of its area in `outer`; both are in metres, and
    `tolerance` is in square metres.

    Raises
    ------
    CoverageError
        If a code is in one and not the other, or an outline differs from the union of its parts.
    """
    parts = {str(code): list(group.geometry) for code, group in inner.groupby(by)}
    wholes = dict(zip(outer["code"], outer.geometry, strict=True))
    if odd := sorted(parts.keys() ^ wholes.keys()):
        raise CoverageError(f"{len(odd)} codes are on one level only, first {odd[0]!r}.")
    wrong = [code for code in sorted(wholes) if difference([wholes[code]], parts[code]) > tolerance]
    if wrong:
        raise CoverageError(
            f"{len(wrong)} of {len(wholes)} outlines are not the union of their parts, first {wrong[0]!r}."
        )


def new_corners(before: BaseGeometry, after: Sequence[BaseGeometry]) -> list[tuple[float, float]]:
    """Corners of `after` that `before` does not have: what neighbours may have to be given too."""
    old = set(map(tuple, shapely.get_coordinates(before).tolist()))
    found = set(map(tuple, shapely.get_coordinates(list(after)).tolist()))
    return sorted((x, y) for x, y in found - old)


def _require_whole(areas: GeoDataFrame) -> None:
    shapes = np.asarray(areas.geometry.values)
    for wrong, what in (
        (shapely.is_missing(shapes) | shapely.is_empty(shapes), "no outline"),
        (~shapely.is_valid(shapes) & ~shapely.is_missing(shapes), "an outline that crosses itself"),
    ):
        if wrong.any():
            first = areas["code"].to_numpy()[wrong][0]
            raise CoverageError(f"{int(wrong.sum())} of {len(areas)} areas have {what}, first {first!r}.")
    codes = sorted(areas["code"])
    if twice := [a for a, b in pairwise(codes) if a == b]:
        raise CoverageError(f"{len(twice)} area codes appear more than once, first {twice[0]!r}.")
