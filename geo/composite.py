"""An index of several indicators, step by step as the OECD and JRC handbook on composite indicators (2008) sets out.

1. Missing: never filled with zero. An area that lacks an indicator is scored on the rest, which take over its weight;
   it has no score where what it lacks weighs more than `MOST_MISSING`. A value without end counts as missing.
2. Outliers: drawn in to a percentile at either end (`trim`).
3. One scale, 0 to 1 (`Scale`), and one direction, more for more need.
4. Weights, of which only the proportions matter, and a sum (`Sum`).
"""

from collections.abc import Sequence
from dataclasses import dataclass
from enum import Enum

import numpy as np
import numpy.typing as npt

Array = npt.NDArray[np.float64]
Flags = npt.NDArray[np.bool_]

MOST_MISSING = 1 / 3
"""The share of the weights that an area may lack and still have a score."""

MOST_TRIMMED = 0.25
"""The largest share that may be drawn in at either end."""

FLOOR = 0.01
"""The lowest value before a geometric mean, so that one lowest value does not make the whole score nothing."""

_DEVIATIONS = 3.0
_ROUNDING = 1e-9
_DECIMALS = 12  # of a score: areas that differ by rounding alone tie, and none is above 1


class CompositeError(ValueError):
    """Choices of which no index can be made; the message says which and what to change."""


class Scale(Enum):
    """How an indicator is brought to one scale, 0 (least need) to 1 (most)."""

    RANK = "rank"
    """The share of the other areas that lie below, a tie counting half."""
    MIN_MAX = "min-max"
    """How far along from the lowest value to the highest."""
    Z_SCORE = "z-score"
    """Standard deviations from the mean: three below (or fewer) is 0, the mean 0.5, three above (or more) is 1."""


class Sum(Enum):
    """How indicators are added up: a high value of one makes up for a low one of another wholly, or only partly."""

    ARITHMETIC = "arithmetic"
    GEOMETRIC = "geometric"


@dataclass(frozen=True)
class Weighed:
    """A score an area, from 0 to 1, and what each indicator does to it (areas x indicators).

    The parts of an area add up to its score or, under the geometric sum, multiply to it: 1 then holds the score where
    it is and less draws it down. NaN: an area without a score, and a part of which the area has no figure. The part of
    an indicator without weight is 0, or 1 under the geometric sum.
    """

    score: Array
    parts: Array


def scaled(values: Array, *, high_is_need: bool, scale: Scale, trim: float = 0.0) -> Array:
    """One indicator on a scale of need from 0 to 1; NaN where it is missing or infinite.

    An indicator that is everywhere equal says nothing, and is 0.5.

    Parameters
    ----------
    values : one value an area, in any unit.
    high_is_need : whether more of it means more need.
    trim : the share at either end, from 0 to `MOST_TRIMMED`, that is drawn in to the percentile there (between two
        values, on the straight line). It leaves ranks alone: outliers do not touch them.

    Raises
    ------
    CompositeError
        If `trim` is out of its bounds.
    """
    if not 0 <= trim <= MOST_TRIMMED:
        raise CompositeError(f"A trim of {trim:.0%} at either end is not between 0% and {MOST_TRIMMED:.0%}.")
    told = np.full(len(values), np.nan)
    there = np.isfinite(values)
    known = values[there].astype(np.float64)
    if trim and len(known) and scale is not Scale.RANK:
        known = np.clip(known, *np.quantile(known, [trim, 1 - trim]))
    if len(known) == 0 or known.min() == known.max():
        told[there] = 0.5
        return told
    way = {Scale.RANK: _ranks, Scale.MIN_MAX: _between, Scale.Z_SCORE: _deviations}[scale]
    told[there] = way(known) if high_is_need else 1 - way(known)
    return told


def needs(values: Array, *, high_is_need: Sequence[bool], scale: Scale, trim: float = 0.0) -> Array:
    """Several indicators (areas x indicators), each `scaled` on its own.

    Raises
    ------
    CompositeError
        If there is not one direction an indicator, or `trim` is out of its bounds.
    """
    if values.shape[1] != len(high_is_need):
        raise CompositeError(f"{values.shape[1]} indicators have {len(high_is_need)} directions. Give one to each.")
    told = np.empty(values.shape)
    for i, high in enumerate(high_is_need):
        told[:, i] = scaled(values[:, i], high_is_need=high, scale=scale, trim=trim)
    return told


def combined(need: Array, weights: Array, *, how: Sum = Sum.ARITHMETIC) -> Weighed:
    """The weighted mean of indicators, arithmetic or geometric, for each area.

    Only the proportions of the weights matter. An indicator that an area lacks passes its weight to the others, in
    proportion to theirs. Under the geometric sum values below `FLOOR` count as `FLOOR`.

    Parameters
    ----------
    need : indicators as `scaled` (areas x indicators), NaN where missing.
    weights : one an indicator, 0 or more; one of 0 is left out.

    Raises
    ------
    CompositeError
        If there is not one weight an indicator, one is negative or not a number, or all are 0.
    """
    weight = shares_of(weights)
    if need.shape[1] != len(weight):
        raise CompositeError(f"{need.shape[1]} indicators have {len(weight)} weights. Give one to each.")
    there = np.isfinite(need)
    share = there * weight
    held = share.sum(axis=1)
    scored = enough(held)
    share /= np.where(scored, held, np.nan)[:, None]
    filled = np.where(there, need, 1.0)  # weighs nothing: its share is 0
    if how is Sum.ARITHMETIC:
        parts = share * filled
        score = parts.sum(axis=1)
    else:
        logs = share * np.log(np.maximum(filled, FLOOR))
        parts = np.exp(logs)
        score = np.exp(logs.sum(axis=1))
    parts[~there] = np.nan
    return Weighed(score.round(_DECIMALS), parts)


def shares_of(weights: Array) -> Array:
    """Weights as shares of their sum.

    Raises
    ------
    CompositeError
        If one is negative or not a number, or all are 0.
    """
    wrong = ~(np.isfinite(weights) & (weights >= 0))
    if wrong.any():
        first = float(weights[wrong][0])
        raise CompositeError(
            f"{int(wrong.sum())} of {len(weights)} weights are not numbers from 0 up, first {first:g}. Change them."
        )
    if not weights.sum() > 0:
        raise CompositeError(f"All {len(weights)} weights are 0. Give at least one indicator a weight above 0.")
    return np.asarray(weights / weights.sum())


def enough(held: Array) -> Flags:
    """Whether areas that have figures for these shares of the weights have enough of them for a score."""
    return np.asarray(held >= 1 - MOST_MISSING - _ROUNDING)


def _ranks(known: Array) -> Array:
    ordered = np.sort(known)
    below, upto = np.searchsorted(ordered, known, "left"), np.searchsorted(ordered, known, "right")
    return np.asarray((below + upto - 1) / (2 * (len(known) - 1)))


def _between(known: Array) -> Array:
    low = known.min()
    return np.asarray((known - low) / (known.max() - low))


def _deviations(known: Array) -> Array:
    even = _between(known)  # changes no standard score, and keeps very large values from overflowing
    z = (even - even.mean()) / even.std()
    return np.asarray((np.clip(z, -_DEVIATIONS, _DEVIATIONS) + _DEVIATIONS) / (2 * _DEVIATIONS))
