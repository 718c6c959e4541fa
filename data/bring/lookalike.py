"""Which places may be the same one under two names or two postcodes: alike in name and close by."""

from collections.abc import Sequence

import numpy as np
import shapely
from rapidfuzz import fuzz

from data.register.mend import plain_words

NEAR = 300
"""Metres: the same building may have two postcodes, and a postcode's point may be some way from its doors."""

ALIKE = 88
"""Likeness of names, out of 100, from which two near places may be the same."""

_SAYS_LITTLE = {"the", "ltd", "limited", "cic", "cio", "plc", "and", "of", "at", "in", "a", "for"}


def plain_name(name: str) -> str:
    """A name to compare by: without words that many names have."""
    words = plain_words(name.replace("'", "").replace("’", "")).split()
    return " ".join(word for word in words if word not in _SAYS_LITTLE) or " ".join(words)


def alike(one: str, other: str) -> bool:
    """Whether two plain names may be of the same place. A single shared word is not enough unless it is all of both."""
    if not one or not other:
        return False
    if min(len(one.split()), len(other.split())) < 2:
        return fuzz.ratio(one, other) >= ALIKE
    return max(fuzz.token_sort_ratio(one, other), fuzz.token_set_ratio(one, other)) >= ALIKE


def same_as(
    names: Sequence[str],
    points: Sequence[tuple[float, float]],
    others: Sequence[str],
    their_points: Sequence[tuple[float, float]],
) -> dict[int, int]:
    """For each place that may be one of the others: the position of the first such other, by its own.

    Names are plain names, points in metres.
    """
    if not len(names) or not len(others):
        return {}
    tree = shapely.STRtree(shapely.points(np.asarray(their_points, dtype=float)))
    mine = shapely.points(np.asarray(points, dtype=float))
    found: dict[int, int] = {}
    pairs = tree.query(mine, predicate="dwithin", distance=NEAR)
    for i, j in sorted(zip(*pairs.tolist(), strict=True)):
        if i not in found and alike(names[i], others[j]):
            found[i] = j
    return found


def same_within(names: Sequence[str], points: Sequence[tuple[float, float]]) -> dict[int, int]:
    """For each place that may be an earlier one of the same list: the position of the first such, by its own."""
    if not len(names):
        return {}
    here = shapely.points(np.asarray(points, dtype=float))
    found: dict[int, int] = {}
    pairs = shapely.STRtree(here).query(here, predicate="dwithin", distance=NEAR)
    for i, j in sorted(zip(*pairs.tolist(), strict=True)):
        if j < i and i not in found and j not in found and alike(names[i], names[j]):
            found[i] = j
    return found
