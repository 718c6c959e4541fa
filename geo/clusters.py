"""Where high or low values lie together more than chance would put them: local Moran's I and Getis-Ord Gi*.

Whether chance would is found by conditional permutation: an area keeps its value while those of the others are dealt
out anew many times, and its p value is how often its neighbours then come to as much, or as little, as they do; both
ways count. Since every area is a test, the false discovery rate is controlled (Benjamini and Hochberg 1995, for local
statistics Caldas de Castro and Singer 2006).

Everything here may run in a background thread: nothing outside is altered, and no shared generator of random numbers
is used.
"""

import math
from collections.abc import Sequence
from dataclasses import dataclass
from enum import Enum
from typing import Any

import numpy as np
import numpy.typing as npt

PERMUTATIONS = 99_999
"""Enough that among 1,865 areas one alone can pass: the least p value is 2 / 100,000, its limit 0.05 / 1,865."""

LEAST_PERMUTATIONS = 999

SEED = 1995
"""Where the generator of random numbers starts, so that the same values give the same clusters."""

_ALIKE = 1e-9
"""Standard deviations by which sums of the same values, or a value and the mean, may differ for rounding alone."""

Array = npt.NDArray[np.float64]
Positions = npt.NDArray[np.int64]


class ClustersError(ValueError):
    """Values among which no clusters can be looked for; the message says why."""


class Kind(Enum):
    """What an area is. The first four are told by `local_moran`, the next two by `hot_spots`.

    `MISSING`: nothing can be said, since the area has no value, or no neighbour that has one.
    """

    HIGH_AMONG_HIGH = "high among high"
    LOW_AMONG_LOW = "low among low"
    HIGH_AMONG_LOW = "high among low"
    LOW_AMONG_HIGH = "low among high"
    HOT = "hot spot"
    COLD = "cold spot"
    NONE = "no more than chance"
    MISSING = "missing"


_QUADRANTS = {1: Kind.HIGH_AMONG_HIGH, 2: Kind.LOW_AMONG_HIGH, 3: Kind.LOW_AMONG_LOW, 4: Kind.HIGH_AMONG_LOW}
"""The kinds by esda's numbers of the quadrants of Moran's scatter plot."""


@dataclass(frozen=True, kw_only=True)
class Clusters:
    """What each area is, in the order of the values given, and how sure that is.

    `statistic` is local Moran's I, or the standard score of Gi*; `p` the two-sided p value; both are NaN where the kind
    is `MISSING`. A p value up to `threshold` is more than chance; `tested` is the number of areas that have one.
    """

    kinds: tuple[Kind, ...]
    statistic: Array
    p: Array
    threshold: float
    tested: int


@dataclass(frozen=True)
class _Known:
    """The areas that have a value: their positions among all, standard scores, and neighbours among themselves."""

    at: Positions
    z: Array
    links: tuple[Positions, ...]


def local_moran(
    values: Array,
    neighbours: Sequence[Positions],
    *,
    alpha: float = 0.05,
    permutations: int = PERMUTATIONS,
    seed: int = SEED,
) -> Clusters:
    """Areas that are alike with their neighbours, or unlike them, more than chance explains (Anselin 1995).

    High and low are above the mean and not. Neighbours weigh equally, and an area's weights add up to 1. Areas without
    a value take no part: they are left out with their links.

    Parameters
    ----------
    values : one an area, in any unit; what is not finite is missing.
    neighbours : for each area the positions of its neighbours, each once, as `geo.contiguity.touching` gives them.
    alpha : the share of false finds that is accepted among all finds.
    permutations : how often values are dealt out anew.
    seed : where the generator of random numbers starts.

    Raises
    ------
    ClustersError
        If fewer than three areas have a value, all values are equal, no two areas with a value are neighbours, or
        with so few permutations no p value could pass.
    """
    _require_reachable(alpha, permutations)
    known = _known(values, neighbours)
    weights, moran_local, _ = load()
    found = moran_local(known.z, weights(_links(known), silence_warnings=True), permutations=0)
    p, _ = _chance(known, permutations, seed)
    # Where the value is the mean itself, I is 0 whatever the neighbours are.
    p = np.where(np.abs(known.z) <= _ALIKE, 1.0, p)
    return _told(len(values), known, [_QUADRANTS[int(quadrant)] for quadrant in found.q], found.Is, p, alpha)


def hot_spots(
    values: Array,
    neighbours: Sequence[Positions],
    *,
    alpha: float = 0.05,
    permutations: int = PERMUTATIONS,
    seed: int = SEED,
) -> Clusters:
    """Areas that together with their neighbours are high, or low, more than chance explains: Gi* (Ord and Getis 1995).

    An area and each of its neighbours weigh 1. Parameters, errors and the treatment of missing values are those of
    `local_moran`. Since an area keeps its own value while the others are dealt out, the p values are those of
    `local_moran` too; what differs is what is asked: how high the whole group is, not whether the area is like its
    neighbours. An area so unlike them that its own value turns the sum is no spot.
    """
    _require_reachable(alpha, permutations)
    known = _known(values, neighbours)
    weights, _, g_local = load()
    groups = {i: [i, *linked] for i, linked in _links(known).items()}
    # Gi* divides by the sum of the values, which must be positive; its score does not depend on where they start.
    with np.errstate(invalid="ignore", divide="ignore"):
        found = g_local(
            known.z - known.z.min(), weights(groups, silence_warnings=True), transform="B", star=True, permutations=0
        )
    # The group of an area that is next to all others is always the same: its score would be 0 / 0.
    score = np.where([len(group) == len(known.at) for group in groups.values()], 0.0, found.Zs)
    p, upper = _chance(known, permutations, seed)
    hot, cold = (score > 0) & upper, (score < 0) & ~upper
    kinds = [Kind.HOT if h else Kind.COLD if c else Kind.NONE for h, c in zip(hot, cold, strict=True)]
    return _told(len(values), known, kinds, score, p, alpha)


def fdr_threshold(p: Array, alpha: float) -> float:
    """The highest p value that passes when at most a share `alpha` of the finds may be false.

    Of n p values in order, the last that is at most k alpha / n, k its place, sets the limit: k alpha / n (Benjamini
    and Hochberg 1995). If none is, the limit is alpha / n, which none passes.
    """
    limits = alpha * np.arange(1, len(p) + 1) / len(p)
    passed = np.flatnonzero(np.sort(p) <= limits)
    return float(limits[passed[-1] if len(passed) else 0])


def load() -> tuple[Any, Any, Any]:
    """PySAL's weights, local Moran's I and local G.

    Only the statistics are PySAL's: esda's own permutations reseed the generator of the whole process, which is not
    safe beside other threads, and are one-sided.
    """
    # Imported here and nowhere else: it takes two seconds, which no page should wait for. Call from the background.
    from esda.getisord import G_Local  # noqa: N811
    from esda.moran import Moran_Local
    from libpysal.weights import W as Weights  # noqa: N817

    return Weights, Moran_Local, G_Local


def _known(values: Array, neighbours: Sequence[Positions]) -> _Known:
    _require_neighbours(len(values), neighbours)
    at = np.flatnonzero(np.isfinite(values))
    known = values[at]
    if len(at) < 3:
        raise ClustersError(f"{len(at)} of {len(values)} areas have a value: clusters are looked for among 3 or more.")
    if np.ptp(known) <= 1e-12 * np.abs(known).max():
        raise ClustersError(f"All {len(at)} values are equal ({known[0]:g}): nothing is higher or lower anywhere.")
    among = np.full(len(values), -1)
    among[at] = np.arange(len(at))
    links = tuple(linked[linked >= 0] for linked in (among[neighbours[i]] for i in at.tolist()))
    if not any(len(linked) for linked in links):
        raise ClustersError(f"None of the {len(at)} areas with a value is next to another. Choose a wider area.")
    return _Known(at, (known - known.mean()) / known.std(), links)


def _links(known: _Known) -> dict[int, list[int]]:
    return {i: linked.tolist() for i, linked in enumerate(known.links)}


def _chance(known: _Known, permutations: int, seed: int) -> tuple[Array, npt.NDArray[np.bool_]]:
    """Each area's two-sided p value, and whether its neighbours are high rather than low.

    All areas share the deals: the first k areas dealt are the neighbours of an area that has k, and where it is among
    them itself, the next takes its place. One deal is as good as another, so that costs nothing but the independence
    of one area's noise from the next one's.
    """
    z, counts = known.z, np.array([len(linked) for linked in known.links])
    dealt = _deals(len(z), int(counts.max()) + 1, permutations, seed)
    sums = np.cumsum(z[dealt], axis=0)
    ordered = np.sort(sums, axis=1)
    order = np.argsort(dealt, axis=None, kind="stable")
    starts = np.concatenate([[0], np.cumsum(np.bincount(dealt.ravel(), minlength=len(z)))])
    as_high, as_low = np.full(len(z), permutations), np.full(len(z), permutations)
    for i in np.flatnonzero(counts):
        k = counts[i]
        step, deal = np.divmod(order[starts[i] : starts[i + 1]], permutations)
        own = deal[step < k]
        wrong, right = sums[k - 1, own], sums[k, own] - z[i]
        low, high = z[known.links[i]].sum() + np.array([-_ALIKE, _ALIKE])
        below, upto = np.searchsorted(ordered[k - 1], low, "left"), np.searchsorted(ordered[k - 1], high, "right")
        as_high[i] = permutations - below - (wrong >= low).sum() + (right >= low).sum()
        as_low[i] = upto - (wrong <= high).sum() + (right <= high).sum()
    p = 2 * (np.minimum(as_high, as_low) + 1) / (permutations + 1)
    return np.minimum(p, 1.0), as_high < as_low


def _deals(n: int, many: int, permutations: int, seed: int) -> npt.NDArray[np.int32]:
    """The first `many` of `n` positions in random order (many x permutations).

    The shuffle of Fisher and Yates, stopped after `many` steps, in all permutations at once. Of the cards only those
    that were moved are held: where each was put, and which it was.
    """
    random = np.random.default_rng(seed)
    dealt, put, moved = (np.empty((many, permutations), dtype=np.int32) for _ in range(3))
    for step in range(many):
        at = random.integers(step, n, size=permutations, dtype=np.int32)
        here, there = np.full(permutations, step, dtype=np.int32), at.copy()
        for earlier in range(step):
            np.copyto(here, moved[earlier], where=put[earlier] == step)
            np.copyto(there, moved[earlier], where=put[earlier] == at)
        dealt[step], put[step], moved[step] = there, at, here
    return dealt


def _told(n: int, known: _Known, found: list[Kind], statistic: Array, p: Array, alpha: float) -> Clusters:
    """What was found among the areas with a value, told of all `n`."""
    tested = np.array([len(linked) > 0 for linked in known.links])
    threshold = fdr_threshold(p[tested], alpha)
    kinds = [Kind.MISSING] * n
    for i in np.flatnonzero(tested):
        kinds[known.at[i]] = found[i] if p[i] <= threshold else Kind.NONE
    all_statistic, all_p = np.full(n, np.nan), np.full(n, np.nan)
    all_statistic[known.at[tested]], all_p[known.at[tested]] = statistic[tested], p[tested]
    return Clusters(
        kinds=tuple(kinds), statistic=all_statistic, p=all_p, threshold=threshold, tested=int(tested.sum())
    )


def _require_reachable(alpha: float, permutations: int) -> None:
    if not 0 < alpha < 1:
        raise ClustersError(f"A share of false finds of {alpha:g} is not between 0 and 1. The usual one is 0.05.")
    least = max(LEAST_PERMUTATIONS, math.ceil(2 / alpha) - 1)
    if permutations < least:
        raise ClustersError(f"{permutations:,} permutations are too few to tell chance: ask for {least:,} or more.")


def _require_neighbours(n: int, neighbours: Sequence[Positions]) -> None:
    if len(neighbours) != n:
        raise ClustersError(f"There are {n} values but the neighbours of {len(neighbours)} areas. Give one of each.")
    for i, linked in enumerate(neighbours):
        if len(linked) and (min(linked) < 0 or max(linked) >= n or i in linked):
            raise ClustersError(f"Area {i} has itself or an area that is not there among its neighbours.")
