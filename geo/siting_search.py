"""Good choices of sites, found fast: one site after the other, then swaps until none helps.

What a choice is worth is the sum over areas of the best that any chosen site does for the area; people covered and
metres saved are both of that kind (Cornuejols, Fisher and Nemhauser 1977).
"""

from collections.abc import Sequence
from dataclasses import dataclass
from time import monotonic

import numpy as np
from scipy.sparse import csc_array

from geo.siting_rules import Array, Flags, Terms, Whole

SAME = 1e-9
"""Two choices whose worth differs by less than this share are worth the same."""
_EQUAL = 1e-12
"""What rounding makes of two that are."""


@dataclass(frozen=True)
class Benefits:
    """What each site does for each area, where that is anything: one entry a pair, site by site.

    `ids` says which candidate each site is, `origin` which entry of the whole each entry is; entries of site `j` are
    from `start[j]` to `start[j + 1]`, and `by_area` orders them by area, most benefit first.
    """

    areas: int
    ids: Whole
    area: Whole
    site: Whole
    value: Array
    origin: Whole
    start: Whole
    by_area: Whole

    def entries(self, sites: Sequence[int]) -> Whole:
        """The entries of several sites."""
        spans = [np.arange(self.start[j], self.start[j + 1]) for j in sites]
        return np.concatenate(spans) if spans else np.zeros(0, dtype=np.int64)

    def best(self, sites: Sequence[int]) -> Array:
        """The best that any of `sites` does for each area."""
        got = np.zeros(self.areas)
        for j in sites:
            span = slice(self.start[j], self.start[j + 1])
            got[self.area[span]] = np.maximum(got[self.area[span]], self.value[span])
        return got

    def above(self, floor: Array) -> Array:
        """What each site would add where areas have `floor` already."""
        more = np.maximum(self.value - floor[self.area], 0)
        return np.bincount(self.site, weights=more, minlength=len(self.ids)).astype(float)


def benefits(matrix: csc_array) -> Benefits:
    """The entries above zero of `matrix` (areas x sites)."""
    areas, sites = matrix.shape
    matrix.sort_indices()
    there = matrix.data > 0
    area = matrix.indices[there].astype(np.int64)
    site = np.repeat(np.arange(sites), np.diff(matrix.indptr))[there]
    value = matrix.data[there].astype(float)
    start = np.searchsorted(site, np.arange(sites + 1))
    by_area = np.lexsort((site, -value, area))
    return Benefits(areas, np.arange(sites), area, site, value, np.arange(len(value)), start, by_area)


def narrowed(whole: Benefits, kept: Whole, floor: Array) -> Benefits:
    """`whole` for the sites `kept` (rising), counting only what is above `floor`."""
    position = np.full(len(whole.ids), -1)
    position[kept] = np.arange(len(kept))
    stays = (position[whole.site] >= 0) & (whole.value > floor[whole.area])
    place = np.cumsum(stays) - 1
    area, site = whole.area[stays], position[whole.site[stays]]
    return Benefits(
        whole.areas,
        kept,
        area,
        site,
        whole.value[stays] - floor[area],
        np.flatnonzero(stays),
        np.searchsorted(site, np.arange(len(kept) + 1)),
        place[whole.by_area[stays[whole.by_area]]],
    )


def greedy(
    given: Benefits, terms: Terms, *, begun: Sequence[int] = (), enough: float = np.inf
) -> list[int] | None:
    """Add the site that adds most, again and again, the first of equals; None where that ends in a dead end.

    Past `terms.least` only sites that add something are taken, and none once they are worth `enough`.
    """
    sites = list(begun)
    got = given.best(sites)
    while len(sites) < terms.most and (len(sites) < terms.least or got.sum() < enough):
        adds = np.where(terms.opens(sites), given.above(got), -1.0)
        site = int(adds.argmax()) if len(adds) else -1
        if site < 0 or adds[site] < 0 or (adds[site] == 0 and len(sites) >= terms.least):
            break
        sites.append(site)
        got = np.maximum(got, given.best([site]))
    return sites if len(sites) >= terms.least else None


def interchange(given: Benefits, terms: Terms, sites: Sequence[int], *, steps: int = 300) -> list[int]:
    """Swap one site for another while that helps, the best swap first (Teitz and Bart 1968)."""
    now = list(sites)
    if now and len(given.ids) > len(now):
        for _ in range(steps):
            change, worth = _swaps(given, now)
            change[~terms.swaps(now)] = -np.inf
            out, come = divmod(int(change.argmax()), len(given.ids))
            if change[out, come] <= SAME * worth:
                break
            now[out] = come
    return greedy(given, terms, begun=now) or now


def in_order(terms: Terms, order: Whole, count: int) -> list[int] | None:
    """The first `count` sites of `order` that keep to the terms together; None where they are too few."""
    sites: list[int] = [] if len(terms.room) else order[:count].tolist()
    while len(sites) < count and len(may := order[terms.opens(sites)[order]]):
        sites.append(int(may[0]))
    return sites if len(sites) >= terms.least else None


def shaken(
    given: Benefits, terms: Terms, sites: Sequence[int], *, patience: int, until: float, swapped: int = 4
) -> list[int]:
    """Swap a few sites at random and repair by `interchange`; keep what is no worse (iterated local search).

    It ends after `patience` goes in a row without gain, or at `until` (monotonic). Chance begins the same every time,
    so that the answer is the same.
    """
    chance = np.random.default_rng(0)
    best, worth = list(sites), float(given.best(sites).sum())
    left = patience if 0 < len(best) < len(given.ids) else 0
    while left > 0 and monotonic() < until:
        tried = list(best)
        for place in chance.permutation(len(best))[:swapped]:
            if len(may := np.flatnonzero(terms.swaps(tried)[place])):
                tried[place] = int(chance.choice(may))
        tried = interchange(given, terms, tried, steps=50)
        got = float(given.best(tried).sum())
        left = patience if got > worth * (1 + SAME) else left - 1
        if got >= worth:
            best, worth = tried, got
    return best


def first_of_equals(given: Benefits, terms: Terms, sites: Sequence[int], free: Whole, *, steps: int = 200) -> list[int]:
    """`sites`, each swapped for the first of those in `free` that do as well in its place."""
    now = sorted(sites)
    others = np.zeros(len(given.ids), dtype=bool)
    others[free] = True
    for _ in range(steps if now else 0):
        change, worth = _swaps(given, now)
        earlier = np.arange(len(given.ids))[None, :] < np.array(now)[:, None]
        same = terms.swaps(now) & others & others[now][:, None] & earlier & (change >= -_EQUAL * worth)
        if not same.any():
            break
        come = int(same.any(axis=0).argmax())
        now[int(np.flatnonzero(same[:, come])[-1])] = come
        now.sort()
    return now


def _swaps(given: Benefits, sites: list[int]) -> tuple[Array, float]:
    """What each swap changes (chosen x all sites), and what the choice is worth now."""
    first, second, whose = best_two(given, sites)
    held = whose >= 0
    loss = np.bincount(whose[held], weights=(first - second)[held], minlength=len(sites))
    # Where the site that goes was the best, the one that comes may do part of what it did.
    part = np.minimum(given.value, first[given.area]) - second[given.area]
    mends = (whose[given.area] >= 0) & (part > 0)
    where = whose[given.area[mends]] * len(given.ids) + given.site[mends]
    mended = np.bincount(where, weights=part[mends], minlength=len(sites) * len(given.ids))
    change = given.above(first)[None, :] - loss[:, None] + mended.reshape(len(sites), len(given.ids))
    return change, float(first.sum())


def best_two(given: Benefits, sites: Sequence[int]) -> tuple[Array, Array, Whole]:
    """The best and second best that `sites` do for each area, and whose the best is (-1 where there is none)."""
    first, second = np.zeros(given.areas), np.zeros(given.areas)
    whose = np.full(given.areas, -1, dtype=np.int64)
    for place, j in enumerate(sites):
        span = slice(given.start[j], given.start[j + 1])
        area, value = given.area[span], given.value[span]
        better: Flags = value > first[area]
        second[area] = np.where(better, first[area], np.maximum(second[area], value))
        first[area] = np.where(better, value, first[area])
        whose[area[better]] = place
    return first, second, whose
