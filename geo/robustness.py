"""How sure a list of the areas in greatest need is: the index worked out again a thousand ways that are as good.

Weights, scales and sums are drawn at random around what was chosen and every area is ranked in every draw, after
Saisana, Saltelli and Tarantola (2005), Journal of the Royal Statistical Society A 168, 307-323, and step 7 of the OECD
and JRC handbook on composite indicators (2008). The index is that of `geo.composite`.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from geo.composite import FLOOR, Array, CompositeError, Flags, Scale, Sum, enough, needs, shares_of

LOW, HIGH = 0.05, 0.95
"""The percentiles of an area's ranks between which its rank usually is."""

Whole = npt.NDArray[np.int32]

_STEPS = 2.0**40  # to a score: less than that apart is rounding, and a tie
_AT_ONCE = 64  # draws whose scores stay in the processor's cache
_NOWHERE = np.iinfo(np.int32).max


@dataclass(frozen=True)
class Draws:
    """Ways to work out an index: `weights` (draws x indicators), and for each draw a scale and a sum.

    Raises
    ------
    CompositeError
        If there is none, or there is not one scale and one sum a draw.
    """

    weights: Array
    scales: tuple[Scale, ...]
    sums: tuple[Sum, ...]

    def __post_init__(self) -> None:
        if not len(self.weights) == len(self.scales) == len(self.sums) > 0:
            raise CompositeError(
                f"{len(self.weights)} sets of weights, {len(self.scales)} scales and {len(self.sums)} sums are not "
                "one of each a draw, and one draw at least."
            )


@dataclass(frozen=True)
class Robustness:
    """Where each area comes in the draws: one entry an area, NaN where it has no score in any draw.

    `in_top` is the share of all draws in which it is among the first N; where areas tie at the edge, each counts for
    its share of the places left, so that the whole adds up to N. A draw in which it has no score is one in which it is
    not among them.

    `rank_low`, `rank_median` and `rank_high` are the ranks (1 = greatest need, ties sharing the best: joint 3rd) that
    5%, 50% and 95% of the draws in which it has a score do not exceed: whole numbers, each a rank that it did have.

    `kept` has one entry a draw: the share of that draw's first N that are also on the chosen list; NaN without one.
    """

    in_top: Array
    rank_low: Array
    rank_median: Array
    rank_high: Array
    kept: Array


def drawn(weights: Array, *, count: int = 1000, spread: float = 0.5, seed: int) -> Draws:
    """`count` ways around the `weights` chosen; the same seed gives the same.

    Each weight is drawn, independently and evenly, between 1 - `spread` and 1 + `spread` times what was chosen, so that
    an indicator left out stays out. The three scales and the two sums are equally likely.

    Raises
    ------
    CompositeError
        If no index can be made of the weights, there are no draws, or `spread` is not between 0 and 1.
    """
    shares_of(weights)
    if count < 1:
        raise CompositeError(f"{count} draws show nothing. Ask for at least one.")
    if not 0 <= spread <= 1:
        raise CompositeError(f"A spread of {spread:g} is not between 0 and 1.")
    random = np.random.default_rng(seed)
    factors = random.uniform(1 - spread, 1 + spread, (count, len(weights)))
    scales, sums = tuple(Scale), tuple(Sum)
    return Draws(
        weights * factors,
        tuple(scales[i] for i in random.integers(len(scales), size=count)),
        tuple(sums[i] for i in random.integers(len(sums), size=count)),
    )


def robustness(
    values: Array,
    *,
    high_is_need: Sequence[bool],
    top: int,
    draws: Draws,
    trim: float = 0.0,
    times: Array | None = None,
    chosen: Flags | None = None,
) -> Robustness:
    """Rank every area in every draw, and say how often it is among the first `top` and where it usually comes.

    Parameters
    ----------
    values : areas x indicators, in their own units; NaN where missing.
    high_is_need : one an indicator, whether more of it means more need.
    trim : as in `scaled`.
    times : from 0 to 1 an area, such as how poorly it reaches help. The scores of a draw are brought to ranks from 0 to
        1 and multiplied by it before they are ranked. NaN keeps an area out of the list, but not out of the scales.
    chosen : whether each area is on the list that is asked about, for `kept`.

    Raises
    ------
    CompositeError
        If there are no areas, `top` is below 1, `times` is not between 0 and 1, or no index can be made.
    """
    _require(values, top, draws, times)
    ranks = np.empty((len(draws.weights), len(values)), dtype=np.int32)
    in_top = np.zeros(len(values))
    kept = np.full(len(draws.weights), np.nan)
    for at, need in _scores(values, high_is_need, draws, trim):
        score = need if times is None else _gaps(need, times)
        order, lack = _ordered(score)
        ranks[at] = _ranks(order, lack)
        among = _among(score, -lack[:, min(top, len(values)) - 1], top)
        in_top += among.sum(axis=0)
        if chosen is not None:
            kept[at] = _mean_of(among, chosen)
    ordered = np.sort(np.ascontiguousarray(ranks.T), axis=1)
    low, median, high = (_usual(ordered, share) for share in (LOW, 0.5, HIGH))
    return Robustness(np.where(np.isnan(low), np.nan, in_top / len(ranks)), low, median, high, kept)


def _require(values: Array, top: int, draws: Draws, times: Array | None) -> None:
    if len(values) == 0:
        raise CompositeError("There are no areas to rank. Loosen the conditions.")
    if top < 1:
        raise CompositeError(f"The first {top} of a list are nobody. Ask for at least one.")
    if values.shape[1] != draws.weights.shape[1]:
        raise CompositeError(f"{values.shape[1]} indicators have {draws.weights.shape[1]} weights. Give one to each.")
    if times is not None and (wrong := (times < 0) | (times > 1)).any():
        first = float(times[wrong][0])
        raise CompositeError(f"{int(wrong.sum())} of {len(times)} factors are not from 0 to 1, first {first:g}.")


def _scores(
    values: Array, high_is_need: Sequence[bool], draws: Draws, trim: float
) -> Iterator[tuple[npt.NDArray[np.intp], Array]]:
    """Which draws, and the scores in them (draws x areas): -inf where there is none, whole numbers so that ties tie.

    Under the geometric sum it is the logarithm of the score, which comes in the same order.
    """
    weight = np.array([shares_of(row) for row in draws.weights])
    for scale in Scale:
        need = needs(values, high_is_need=high_is_need, scale=scale, trim=trim)
        there = np.isfinite(need).T.astype(np.float64)
        for how in Sum:
            told = need if how is Sum.ARITHMETIC else np.log(np.maximum(need, FLOOR))
            filled = np.nan_to_num(told).T  # weighs nothing where it is missing: what is held is divided by
            for at in _batches(draws, scale, how):
                held = weight[at] @ there
                score = np.full(held.shape, -np.inf)
                np.divide(weight[at] @ filled, held, out=score, where=enough(held))
                yield at, _ties(score)


def _batches(draws: Draws, scale: Scale, how: Sum) -> list[npt.NDArray[np.intp]]:
    of = [i for i, pair in enumerate(zip(draws.scales, draws.sums, strict=True)) if pair == (scale, how)]
    return [np.array(of[i : i + _AT_ONCE]) for i in range(0, len(of), _AT_ONCE)]


def _ties(score: Array) -> Array:
    return np.rint(score * _STEPS)


def _gaps(score: Array, times: Array) -> Array:
    """Ranks of the scores from 0 to 1, a tie counting half, times what is given; -inf where either is missing."""
    order, lack = _ordered(score)
    scored = np.isfinite(score)
    above, upto = _above(lack), lack.shape[1] - _above(lack[:, ::-1])[:, ::-1]
    others = np.maximum(1, scored.sum(axis=1, keepdims=True) - 1)
    need = np.empty(score.shape)
    np.put_along_axis(need, order, 1 - (above + upto - 1) / (2 * others), axis=1)
    return np.where(scored & ~np.isnan(times), _ties(need * times), -np.inf)


def _ordered(score: Array) -> tuple[npt.NDArray[np.intp], Array]:
    """For each row the areas from the highest score to the lowest, and their scores times -1."""
    order = np.argsort(-score, axis=1)
    return order, np.take_along_axis(-score, order, axis=1)


def _above(lack: Array) -> Whole:
    """How many entries of a sorted row stand before the first that is equal to each."""
    first = np.zeros(lack.shape, dtype=np.int32)
    first[:, 1:] = np.where(lack[:, 1:] != lack[:, :-1], np.arange(1, lack.shape[1]), 0)
    return np.maximum.accumulate(first, axis=1)


def _ranks(order: npt.NDArray[np.intp], lack: Array) -> Whole:
    """The rank of each area in each row, `_NOWHERE` without a score."""
    told = np.empty(order.shape, dtype=np.int32)
    np.put_along_axis(told, order, np.where(np.isfinite(lack), _above(lack) + 1, _NOWHERE), axis=1)
    return told


def _among(score: Array, edge: Array, top: int) -> Array:
    """Whether each area is among the first `top` of its row, from the score of the last of them.

    Those that tie there share the places that are left.
    """
    inside, level = score > edge[:, None], (score == edge[:, None]) & np.isfinite(score)
    left, tied = top - inside.sum(axis=1), np.maximum(1, level.sum(axis=1))
    return inside + level * np.minimum(1.0, left / tied)[:, None]


def _mean_of(among: Array, chosen: Flags) -> Array:
    size = among.sum(axis=1)
    return np.divide(among @ chosen, size, out=np.full(len(size), np.nan), where=size > 0)


def _usual(ordered: Whole, share: float) -> Array:
    """The rank that a `share` of the draws does not exceed, from the ranks of each area in order (areas x draws)."""
    count = (ordered != _NOWHERE).sum(axis=1)
    at = np.maximum(0, np.ceil(share * count).astype(np.intp) - 1)
    return np.where(count > 0, ordered[np.arange(len(ordered)), at], np.nan)
