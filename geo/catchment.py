"""Supply set against demand: the two-step floating catchment area, plain and with what is nearer counting more.

First the supply of each place is shared among all who can reach it; then each area adds up the shares of the places
that it can reach. Together the people of all areas have exactly the supply of the places that somebody reaches.

The method is Luo and Wang's (2003, Environment and Planning B 30: 865-884) and, with weights by distance, Luo and Qi's
(2009, Health and Place 15: 1100-1107). Arrays are areas down and places across, as `geo.reach.distances` gives them.
"""

from collections.abc import Sequence
from itertools import pairwise

import numpy as np

from geo.reach import Array, Flags, ReachError, reached

ZONES = ((1 / 3, 1.0), (2 / 3, 0.68), (1.0, 0.22))
"""Luo and Qi's slow decay over three equal zones: the share of the catchment, and the weight up to there."""


def access(metres: Array, supply: Array, demand: Array, *, catchment: float) -> Array:
    """Supply per head that each area can reach (2SFCA), one number an area, never NaN.

    It is 0 where nothing is within reach. Supply that nobody can reach, because no area with people is near or the
    place is nowhere, adds nothing to anyone. An area without people of its own is told what anyone there would have.

    Parameters
    ----------
    metres : distances (areas x places), infinite where there is no way.
    supply : of each place, in whatever unit it is counted; at least 0, and 0 is a place that gives nothing.
    demand : people of each area, at least 0; NaN, for an area without a figure, counts as nobody.
    catchment : the farthest that people go, in metres, itself included.

    Raises
    ------
    ReachError
        If the catchment is not above 0, a supply is missing, or supply or demand is below 0, infinite, or not one for
        each place and area.
    """
    return weighted(reached(metres, catchment), supply, demand)


def enhanced(
    metres: Array,
    supply: Array,
    demand: Array,
    *,
    catchment: float,
    zones: Sequence[tuple[float, float]] = ZONES,
) -> Array:
    """Supply per head that each area can reach, what is nearer counting more (E2SFCA).

    Distances weigh both in sharing the supply out and in adding the shares up. All else is as in `access`; `zones` are
    as in `decay`.

    Raises
    ------
    ReachError
        As `access` and `decay` do.
    """
    return weighted(decay(metres, catchment=catchment, zones=zones), supply, demand)


def decay(metres: Array, *, catchment: float, zones: Sequence[tuple[float, float]] = ZONES) -> Array:
    """The weight of each distance: that of the first zone that it is in, 0 beyond the catchment (areas x places).

    Parameters
    ----------
    metres : distances (areas x places).
    catchment : the farthest that people go, in metres, itself included.
    zones : from the nearest outwards, the share of the catchment in which each ends (the last in 1) and its weight.

    Raises
    ------
    ReachError
        If the catchment is not above 0, or the zones do not rise to 1 with weights of at least 0.
    """
    _require_zones(zones)
    weights = np.zeros(metres.shape)
    # From the outermost in, so that each zone is left with what is nearer than its end and beyond the one before.
    for share, weight in reversed(zones):
        weights[reached(metres, share * catchment)] = weight
    return weights


def weighted(weights: Array | Flags, supply: Array, demand: Array) -> Array:
    """The two steps for any weights: supply per head that each area can reach, as `access` has it.

    Parameters
    ----------
    weights : of each way (areas x places), at least 0; true and false are 1 and 0.
    supply, demand : as for `access`.

    Raises
    ------
    ReachError
        If a supply is missing, or supply or demand is below 0, infinite, or not one for each place and area.
    """
    supply, people = _supply(supply, weights.shape[1]), _people(demand, weights.shape[0])
    weights = np.asarray(weights, dtype=np.float64)
    seekers = people @ weights
    per_head = np.divide(supply, seekers, out=np.zeros_like(seekers), where=seekers > 0)
    return np.asarray(weights @ per_head)


def _supply(supply: Array, places: int) -> Array:
    supply = np.asarray(supply, dtype=np.float64)
    if missing := int(np.isnan(supply).sum()):
        raise ReachError(
            f"{missing:,} of {len(supply):,} places do not say how much they give. Give each a number, or leave it out."
        )
    return _amounts(supply, places, "places")


def _people(demand: Array, areas: int) -> Array:
    demand = np.asarray(demand, dtype=np.float64)
    return _amounts(np.where(np.isnan(demand), 0.0, demand), areas, "neighbourhoods")


def _amounts(amounts: Array, count: int, what: str) -> Array:
    """The amounts, if there is one for each and each can be."""
    if amounts.shape != (count,):
        raise ReachError(f"{amounts.size:,} numbers are given for {count:,} {what}. Give one for each.")
    wrong = amounts[(amounts < 0) | np.isinf(amounts)]
    if wrong.size:
        raise ReachError(
            f"{wrong.size:,} of {count:,} {what} have a number that cannot be, first {wrong[0]:g}. Give 0 or more."
        )
    return amounts


def _require_zones(zones: Sequence[tuple[float, float]]) -> None:
    ends = [0.0, *(share for share, _ in zones)]
    if not all(near < far for near, far in pairwise(ends)) or ends[-1] != 1:
        told = ", ".join(f"{share:g}" for share in ends[1:]) or "nowhere"
        raise ReachError(f"The zones end at {told} of the way. Each must end farther out, and the outermost at 1.")
    wrong = [weight for _, weight in zones if not 0 <= weight < np.inf]
    if wrong:
        raise ReachError(f"{len(wrong)} of {len(zones)} zones have a weight that cannot be, first {wrong[0]:g}.")
