"""How well each neighbourhood reaches help, by the measure that people choose."""

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from geo.catchment import access, enhanced
from geo.composite import Array, Scale, scaled
from geo.reach import distances, reach
from layers.base import Number
from layers.nearby import distance_text
from layers.plan.supply import Supply


@dataclass(frozen=True)
class Reached:
    """How well each neighbourhood, in the order of the outlines, reaches what counts as help. Derived.

    `value` is the chosen measure in its own unit; `poor` the share of the other neighbourhoods that reach help
    better, ties counting half, and 1 where nothing at all is within reach; NaN where nothing counts anywhere.
    `nearest` is a position in the supply, -1 for none.
    """

    measure: str
    value: Array
    poor: Array
    nearest_m: Array
    nearest: npt.NDArray[np.int64]
    within: npt.NDArray[np.int64]


PER_PERSON = Number(decimals=1)
"""How help for each person is written: services for every 10,000 people."""

PER = 10_000


def reached(supply: Supply, points: Array, people: Array, *, measure: str, within: float, detour: float) -> Reached:
    """How well areas reach what counts.

    Parameters
    ----------
    points : where the people of each area live, on average: easting and northing (metres).
    people : how many they are; NaN counts as nobody seeking.
    measure : a key of `layers.plan.choices.MEASURES`.
    within : metres along the way within which help counts as within reach, and the catchment of the last two measures.
    detour : how much longer a way is than the straight line.
    """
    metres = distances(points, supply.points, detour=detour)
    near = reach(metres, within=within)
    if not len(supply.names):
        nothing = np.full(len(points), np.nan)
        return Reached(measure, nothing, nothing, near.nearest_m, near.nearest, near.within)
    if measure == "nearest":
        value = near.nearest_m
    elif measure == "count":
        value = near.within.astype(float)
    else:
        share = access if measure == "access" else enhanced
        value = PER * share(metres, supply.amounts, people, catchment=within)
    return Reached(measure, value, poorness(measure, value), near.nearest_m, near.nearest, near.within)


def poorness(measure: str, value: Array) -> Array:
    """The share of the other areas that reach help better, ties counting half; 1 where nothing is within reach."""
    poor = scaled(value, high_is_need=measure == "nearest", scale=Scale.RANK)
    return poor if measure == "nearest" else np.where(value == 0, 1.0, poor)


def value_text(measure: str, value: float, within: int) -> str:
    """One neighbourhood's reach as people read it."""
    if not np.isfinite(value):
        return "no help that counts"
    if measure == "nearest":
        return f"{distance_text(value)} to the nearest"
    if measure == "count":
        return f"{value:,.0f} within {distance_text(within)}"
    return f"{PER_PERSON.text(value)} for every {PER:,} people"


def unit_of(measure: str, within: int) -> str:
    """The unit of a measure, in words."""
    if measure == "nearest":
        return "km along the way to the nearest"
    if measure == "count":
        return f"within {distance_text(within)} along the way"
    return f"for every {PER:,} people who can reach it within {distance_text(within)}"
