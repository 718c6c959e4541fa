"""Who a list serves: how service is spread between deprived and well-off areas, and between groups.

Intervals are the middle 95% of what comes out when the areas are drawn anew, with replacement, many times (the
percentile bootstrap, Efron 1979), widened where needed to hold the estimate. All areas are known, so this is not what
a sample might have missed: it says how much a figure hangs on just a few of its areas.
"""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

DRAWS = 1_000
"""How often areas are drawn anew."""

SEED = 1979
"""Where the generator of random numbers starts, so that the same list gives the same interval."""

_MIDDLE = (0.025, 0.975)

Array = npt.NDArray[np.float64]
Flags = npt.NDArray[np.bool_]


class BalanceError(ValueError):
    """A list whose balance cannot be told; the message says why."""


@dataclass(frozen=True)
class Estimate:
    """A figure with its interval of 95%, the areas that it rests on, and those left out because something is missing.

    `low` and `high` are NaN where there is only one area, or nothing to draw from.
    """

    value: float
    low: float
    high: float
    areas: int
    missing: int


@dataclass(frozen=True)
class GroupShare:
    """One group of areas: its people, those who are served, their share (0 to 1, with its interval of 95%), and areas.

    The share is NaN where the group has no people.
    """

    group: str | float
    people: float
    served: float
    share: float
    low: float
    high: float
    areas: int


@dataclass(frozen=True)
class Shares:
    """One row a group, in order of name or number, and how many areas are left out because something is missing."""

    rows: tuple[GroupShare, ...]
    missing: int


def concentration(outcome: Array, people: Array, rank: Array, *, draws: int = DRAWS, seed: int = SEED) -> Estimate:
    """The concentration index of service over people ranked from the most deprived area to the least.

    Negative: service is concentrated among the more deprived; positive: among the less deprived; 0: evenly spread. It
    lies between -1 and 1, and no further from 0 than 1 less the share of all people who are served (Wagstaff 2005):
    where nearly everybody is, it cannot be far from 0.

    C = 2 / (n m) sum(p y R) - 1, with p the people of an area, y its outcome, n all people, m the mean outcome, and R
    the share of people who are in more deprived areas, plus half of those who share the area's rank (Wagstaff, Paci and
    van Doorslaer 1991; Kakwani, Wagstaff and van Doorslaer 1997).

    Parameters
    ----------
    outcome : the share of each area's people who are served, 0 to 1.
    people : of each area, 0 or more.
    rank : the lower, the more deprived; only the order matters, and areas of equal rank share their place.
    draws, seed : of the interval. Draws in which nobody is served are left out.

    NaN in any of the three leaves an area out.

    Raises
    ------
    BalanceError
        If nobody is served, no area has all three, or the values are not shares and numbers of people.
    """
    _require_alike(outcome=outcome, people=people, rank=rank)
    known = np.isfinite(outcome) & np.isfinite(people) & np.isfinite(rank)
    # In one order whatever order the areas come in, so that the interval does not depend on that either.
    order = np.lexsort((outcome[known], people[known], rank[known]))
    outcome, people, rank = outcome[known][order], people[known][order], rank[known][order]
    _require_shares(outcome, people)
    served = outcome * people
    if not len(served):
        raise BalanceError(f"None of {len(known)} areas has people, a rank and a share served. Choose another ranking.")
    if not served.sum() > 0:
        raise BalanceError(f"Nobody is served in any of the {len(served)} areas: there is nothing to spread. Add one.")
    starts = np.flatnonzero(np.diff(rank, prepend=np.nan) != 0)
    index = _concentration(served[None, :], people[None, :], starts)[0]
    times = _drawn(len(people), draws, seed)
    return _estimate(index, _concentration(times * served, times * people, starts), known)


def shares(
    served: Array, people: Array, groups: Sequence[str | float | None], *, draws: int = DRAWS, seed: int = SEED
) -> Shares:
    """For each group of areas, such as a district or a tenth of deprivation, the share of its people who are served.

    Parameters
    ----------
    served : the share of each area's people who are served, 0 to 1.
    people : of each area, 0 or more.
    groups : the name or number of each area's group.
    draws, seed : of the intervals, each over its own group's areas.

    An area without one of the three (NaN, or None for a group) is left out and counted.

    Raises
    ------
    BalanceError
        If the values are not shares and numbers of people.
    """
    labels = np.array([None if group != group else group for group in groups], dtype=object)
    _require_alike(served=served, people=people, groups=labels)
    known = np.isfinite(served) & np.isfinite(people) & np.array([label is not None for label in labels], dtype=bool)
    _require_shares(served[known], people[known])
    rows = []
    for label in sorted(set(labels[known].tolist())):
        ours = known & (labels == label)
        count = served[ours] * people[ours]
        found = _share(count, people[ours], known[ours], draws, seed)
        rows.append(
            GroupShare(
                label,
                float(people[ours].sum()),
                float(count.sum()),
                found.value,
                found.low,
                found.high,
                found.areas,
            )
        )
    return Shares(tuple(rows), int((~known).sum()))


def share_of_group(served_people: Array, members: Array, *, draws: int = DRAWS, seed: int = SEED) -> Estimate:
    """Of the people of a group that is counted in every area, the share who are served.

    Parameters
    ----------
    served_people : those of the group who are served in each area, a number of people, not a share.
    members : people of the group in each area, such as its people times the share on low incomes; 0 or more.
    draws, seed : of the interval.

    NaN in either leaves an area out. The share is NaN if the group has nobody.

    Raises
    ------
    BalanceError
        If somewhere more of the group are served than there are, or a number is negative.
    """
    _require_alike(served_people=served_people, members=members)
    known = np.isfinite(served_people) & np.isfinite(members)
    count, all_of_them = served_people[known], members[known]
    # A share times a number may exceed it by the last digit.
    wrong = (count < 0) | (all_of_them < 0) | (count > all_of_them * (1 + 1e-9))
    if wrong.any():
        raise BalanceError(
            f"In {int(wrong.sum())} of {len(wrong)} areas the people served are not between 0 and all of the group: "
            f"first {count[wrong][0]:g} of {all_of_them[wrong][0]:g}."
        )
    return _share(count, all_of_them, known, draws, seed)


def _share(served: Array, people: Array, known: Flags, draws: int, seed: int) -> Estimate:
    order = np.lexsort((served, people))
    served, people = served[order], people[order]
    times = _drawn(len(people), draws, seed)
    value = _ratio(served.sum(keepdims=True), people.sum(keepdims=True))[0]
    return _estimate(value, _ratio(times @ served, times @ people), known)


def _concentration(served: Array, people: Array, starts: npt.NDArray[np.int64]) -> Array:
    """The index of each row; areas lie in order of rank, and those from one of `starts` to the next share theirs."""
    if len(starts) < served.shape[1]:
        served, people = np.add.reduceat(served, starts, axis=1), np.add.reduceat(people, starts, axis=1)
    upto = np.cumsum(people, axis=1)
    weighed = np.einsum("ij,ij->i", served, upto - people / 2)
    return 2 * _ratio(weighed, served.sum(axis=1) * upto[:, -1]) - 1


def _drawn(areas: int, draws: int, seed: int) -> Array:
    """How often each area comes up when as many areas as there are are drawn with replacement (draws x areas)."""
    if areas < 2:
        return np.empty((0, areas))
    drawn = np.random.default_rng(seed).integers(areas, size=(draws, areas))
    cells = drawn + np.arange(draws)[:, None] * areas
    return np.bincount(cells.ravel(), minlength=draws * areas).reshape(draws, areas).astype(float)


def _ratio(part: Array, whole: Array) -> Array:
    """NaN where the whole is nothing."""
    return np.divide(part, whole, out=np.full(len(whole), np.nan), where=whole > 0)


def _estimate(value: float, drawn: Array, known: Flags) -> Estimate:
    told = drawn[np.isfinite(drawn)]
    low, high = np.quantile(told, _MIDDLE) if len(told) else (np.nan, np.nan)
    return Estimate(
        value=float(value),
        low=float(np.minimum(low, value)),
        high=float(np.maximum(high, value)),
        areas=int(known.sum()),
        missing=int((~known).sum()),
    )


def _require_alike(**columns: npt.NDArray) -> None:
    if len({len(column) for column in columns.values()}) > 1:
        told = ", ".join(f"{len(column)} of {name}" for name, column in columns.items())
        raise BalanceError(f"Give one value an area of each: there are {told}.")


def _require_shares(outcome: Array, people: Array) -> None:
    if (wrong := (outcome < 0) | (outcome > 1)).any():
        raise BalanceError(
            f"{int(wrong.sum())} of {len(outcome)} shares served are not between 0 and 1, first {outcome[wrong][0]:g}."
        )
    if (wrong := people < 0).any():
        raise BalanceError(
            f"{int(wrong.sum())} of {len(people)} areas have fewer people than none, first {people[wrong][0]:g}."
        )
