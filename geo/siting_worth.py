"""What a choice of sites comes to, counted from the sites themselves: people reached, who is new, and what each adds.

Areas run down and sites across; people of an area that are not known (NaN) count as nobody.
"""

from collections.abc import Sequence
from dataclasses import dataclass, replace

import numpy as np

from geo.siting_rules import NO_RULES, Array, Flags, Rules, SitingError, check


@dataclass(frozen=True)
class Gain:
    """A site (its position) and the people whom it adds to those reached before it."""

    site: int
    people: float


def newly(reached: Flags, sites: Sequence[int], already: Flags | None = None) -> Flags:
    """Whether each area is reached by one of `sites` and was not before.

    Parameters
    ----------
    reached : which site reaches which area (areas x sites).
    already : areas that are reached today; none, if not given.
    """
    flags = np.asarray(reached[:, list(sites)].any(axis=1), dtype=bool)
    return flags if already is None else flags & ~already


def coverage(reached: Flags, people: Array, sites: Sequence[int], already: Flags | None = None) -> float:
    """People who are reached in all: today, or by one of `sites`."""
    covered = newly(reached, sites)
    return float(np.nan_to_num(people)[covered if already is None else covered | already].sum())


def gains(reached: Flags, people: Array, sites: Sequence[int], *, already: Flags | None = None) -> tuple[Gain, ...]:
    """`sites` in the order in which each adds most, the first position of equals; together they add what all do."""
    order, missing = sorted(sites), to_gain(reached, people, already)
    each = reached[:, order].astype(float)
    adds = missing @ each
    found = []
    for _ in order:
        place = int(adds.argmax())
        new = reached[:, order[place]] & (missing > 0)
        found.append(Gain(order[place], float(missing[new].sum())))
        adds = adds - missing[new] @ each[new]
        adds[place] = -np.inf
        missing = np.where(new, 0.0, missing)
    return tuple(found)


def what_next(
    reached: Flags, people: Array, sites: Sequence[int], *, already: Flags | None = None, rules: Rules = NO_RULES
) -> Gain | None:
    """The further site that adds most to `sites` within the rules, the first of equals; None where none adds anyone."""
    frame = check(reached.shape[1], None, rules)
    may = replace(frame.terms, least=0).opens(sites)
    may[list(rules.never)] = False
    missing = np.where(newly(reached, sites), 0.0, to_gain(reached, people, already))
    adds = np.where(may, missing @ reached, 0.0)
    best = int(adds.argmax())
    return Gain(best, float(adds[best])) if adds[best] > 0 else None


def mean_metres(metres: Array, people: Array, sites: Sequence[int], *, existing_m: Array | None = None) -> float:
    """Mean distance from people to the nearest of `sites`, or of what is there today; 0 where there is nobody.

    Parameters
    ----------
    metres : from each area to each site (areas x sites).
    existing_m : from each area to the nearest place there is today; infinite where there is none.
    """
    nearest = metres[:, list(sites)].min(axis=1, initial=np.inf)
    if existing_m is not None:
        nearest = np.minimum(nearest, existing_m)
    weights = np.nan_to_num(people)
    there = weights > 0
    return float(np.average(nearest[there], weights=weights[there])) if there.any() else 0.0


def to_gain(reached: Flags | Array, people: Array, already: Flags | None) -> Array:
    """People of each area who are not reached today.

    Raises
    ------
    SitingError
        If the areas of the three are not the same number, or an area has fewer people than none.
    """
    areas = reached.shape[0]
    if len(people) != areas or (already is not None and len(already) != areas):
        raise SitingError(f"There are {areas:,} areas, but people of {len(people):,}. Give one figure an area.")
    if wrong := int((people < 0).sum()):
        raise SitingError(f"{wrong:,} of {areas:,} areas have fewer people than none. Count none as 0.")
    counted = np.nan_to_num(people)
    return counted if already is None else np.where(already, 0.0, counted)
