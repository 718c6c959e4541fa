"""Who can reach what: distances from where people live to where help is given, and what lies within them.

A distance is a straight line times a detour factor, since nobody walks through walls: 1.3 is usual in towns.
Everything works on plain arrays, areas down and places across, in metres of the British National Grid (EPSG:27700).
"""

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

DETOUR = 1.3
"""How much longer a way is than the straight line, unless people say otherwise."""

DETOURS = (1.0, 1.6)
"""The least and the most that may be said."""

Array = npt.NDArray[np.float64]
Flags = npt.NDArray[np.bool_]
Whole = npt.NDArray[np.int64]

_ROWS = 32
"""Areas measured at a time: few enough that what is worked on stays in the processor's own memory."""

_ROUNDING = 1 + 1e-12
"""So that 3,000 m times 1.1 lies within 3,300 m, though it comes out a hair above."""


class ReachError(ValueError):
    """A distance, a supply or a number of people that cannot be; the message says which and what to do."""


@dataclass(frozen=True)
class Reach:
    """How well each area reaches a set of places (one entry an area).

    `nearest_m` is metres to the nearest place and `nearest` its position among the places, the first of those equally
    near: infinite and -1 where there is no place, or the area or all places are nowhere. `within` counts the places
    within the distance that was asked for.
    """

    nearest_m: Array
    nearest: Whole
    within: Whole


def distances(areas: Array, places: Array, *, detour: float = DETOUR) -> Array:
    """Metres along the way from each area to each place (areas x places).

    What lacks an easting or a northing is nowhere, and infinitely far from everything. Without areas or without places
    there are no rows or no columns.

    Parameters
    ----------
    areas, places : easting and northing in metres (n x 2, EPSG:27700); NaN where not known.
    detour : how much longer the way is than the straight line, within `DETOURS`.

    Raises
    ------
    ReachError
        If the detour factor is not within `DETOURS`.
    """
    low, high = DETOURS
    if not low <= detour <= high:
        raise ReachError(f"A detour factor of {detour:g} is not from {low:g} to {high:g}. Choose one that is.")
    areas, places = _placed(areas), _placed(places)
    metres = np.empty((len(areas), len(places)))
    for start in range(0, len(areas), _ROWS):
        some = metres[start : start + _ROWS]
        np.subtract.outer(areas[start : start + _ROWS, 0], places[:, 0], out=some)
        north = np.subtract.outer(areas[start : start + _ROWS, 1], places[:, 1])
        np.sqrt(some * some + north * north, out=some)
        some *= detour
    metres[np.isnan(areas[:, 0])] = np.inf
    metres[:, np.isnan(places[:, 0])] = np.inf
    return metres


def reached(metres: Array, within: float) -> Flags:
    """Which places lie `within` so many metres of which areas, the limit included (areas x places, from `distances`).

    Raises
    ------
    ReachError
        If `within` is not a number of metres above 0.
    """
    if not 0 < within < np.inf:
        raise ReachError(f"Nothing can be said to lie within {within:g} metres. Choose a distance above 0.")
    return np.asarray(metres <= within * _ROUNDING)


def reach(metres: Array, *, within: float) -> Reach:
    """The nearest place of each area, and how many lie `within` so many metres, the limit included.

    Parameters
    ----------
    metres : distances (areas x places, from `distances`), infinite where there is no way.
    within : metres, above 0.

    Raises
    ------
    ReachError
        If `within` is not a number of metres above 0, or a distance is not known.
    """
    within_it = reached(metres, within).sum(axis=1, dtype=np.int64)
    if not metres.shape[1]:
        return Reach(np.full(len(metres), np.inf), np.full(len(metres), -1, dtype=np.int64), within_it)
    nearest = metres.argmin(axis=1)
    nearest_m = metres[np.arange(len(metres)), nearest]
    # argmin takes a NaN for the least, so one in any column shows here.
    if lost := int(np.isnan(nearest_m).sum()):
        raise ReachError(
            f"{lost:,} of {len(metres):,} neighbourhoods have a distance that is not known. "
            "Make it infinite where there is no way."
        )
    return Reach(nearest_m, np.where(np.isinf(nearest_m), -1, nearest), within_it)


def _placed(points: Array) -> Array:
    """The same points, with neither coordinate where one is missing or infinite."""
    points = np.asarray(points, dtype=np.float64)
    return np.where(np.isfinite(points).all(axis=1, keepdims=True), points, np.nan)
