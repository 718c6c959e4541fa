"""How much better any choice of sites could be, and what that already decides.

Every area is given a price, and a site is scored by what it does for areas above their prices. The prices and the best
scores together are never less than the worth of any choice (Lagrangian relaxation; Cornuejols, Fisher and Nemhauser
1977), so prices that bring that sum down prove how good a choice is, and rule sites in or out.
"""

from dataclasses import dataclass, replace
from time import monotonic

import numpy as np

from geo.siting_rules import Array, Flags, Terms, Whole
from geo.siting_search import Benefits, narrowed

FIRST_PACE = 0.5
_LAST_PACE = 0.001
_WAIT = 15
"""Steps without a better bound before prices move half as fast."""
_MEMORY = 0.7
"""How much of the last direction stays in the next (Camerini, Fratta and Maffioli 1975)."""
_MARGIN = 0.5


@dataclass(frozen=True)
class Bound:
    """No choice is worth more than `value`, on top of what areas have.

    `prices` (of areas) and `tolls` (of limits) show it. `scores` are of sites, `chosen` the best of them: one that
    comes in costs the sum `enter` less its score, one that goes its score less `leave`. `pace` is that of the prices.
    """

    value: float
    prices: Array
    tolls: Array
    scores: Array
    chosen: Whole
    enter: float
    leave: float
    pace: float


@dataclass(frozen=True)
class Settled:
    """What every choice that is worth as much as the best one known has in common.

    Sites that are in and out, and for each area an entry of the benefits than which it gets no less (-1: not known).
    """

    inside: Flags
    outside: Flags
    entry: Whole


def price(
    given: Benefits, terms: Terms, prices: Array, tolls: Array, *, pace: float, known: float, steps: int, until: float
) -> Bound:
    """The best bound found by moving prices against who is served more, or less, than once.

    Parameters
    ----------
    prices, tolls : where to begin.
    known : the worth of the best choice known; a bound down there shows all there is to show.
    steps, until : when to stop, at the latest (seconds of the monotonic clock).
    """
    best = now = at(given, terms, prices, tolls)
    waited, way, toll_way, scale = 0, np.zeros(given.areas), np.zeros(len(tolls)), _scale(given, terms)
    for _ in range(steps):
        if best.value <= known or pace < _LAST_PACE or monotonic() > until:
            break
        served, spare = _misfit(given, terms, now)
        way = _MEMORY * way + (1 - _MEMORY) * served
        toll_way = _MEMORY * toll_way + (1 - _MEMORY) * spare * scale
        move = np.where((now.prices <= 0) & (way > 0), 0.0, way)
        length = float((move**2).sum() + (toll_way**2).sum())
        if length == 0:
            break
        step = pace * (now.value - known) / length
        prices, tolls = np.maximum(now.prices - step * move, 0), np.maximum(now.tolls - step * toll_way * scale, 0)
        now = at(given, terms, prices, tolls)
        waited = 0 if now.value < best.value else waited + 1
        best = now if now.value < best.value else best
        if waited >= _WAIT:
            pace, waited, now = pace / 2, 0, best
            way, toll_way = 0 * way, 0 * toll_way
    return replace(best, pace=pace)


def at(given: Benefits, terms: Terms, prices: Array, tolls: Array) -> Bound:
    """The bound that these prices and tolls show."""
    scores = given.above(prices) - tolls @ terms.weights
    order = np.argsort(-scores, kind="stable")
    count = int(np.clip((scores > 0).sum(), min(terms.least, len(order)), min(terms.most, len(order))))
    chosen = order[:count]
    last = float(scores[chosen[-1]]) if count else 0.0
    after = float(scores[order[count]]) if count < len(order) else -np.inf
    enter = last if count == terms.most else min(0.0, last)
    leave = after if count <= terms.least else max(0.0, after)
    value = float(prices.sum() + scores[chosen].sum() + tolls @ terms.room)
    return Bound(value, prices, tolls, scores, chosen, enter, leave, FIRST_PACE)


def in_play(whole: Benefits, kept: Whole, floor: Array, prices: Array) -> tuple[Benefits, Array]:
    """Benefits that prices near `prices` may touch, and the level of each area that they are counted from.

    No bound is lost by leaving the rest out as long as no price falls below that level: what lies under a price counts
    for nothing. `prices` and `floor` count from nothing, and so does the level.
    """
    top = np.zeros(whole.areas)
    np.maximum.at(top, whole.area, whole.value)
    low = np.maximum(prices - _MARGIN * (top - prices), floor)
    under = (whole.value <= low[whole.area]) & (whole.value < top[whole.area])
    level = floor.copy()
    np.maximum.at(level, whole.area[under], whole.value[under])
    return narrowed(whole, kept, level), level


def settle(given: Benefits, bound: Bound, *, known: float) -> Settled:
    """What must hold for a choice to be worth `known` or more (on top of what areas have)."""
    slack = bound.value - known
    chosen = np.zeros(len(given.ids), dtype=bool)
    chosen[bound.chosen] = True
    outside = ~chosen & (bound.enter - bound.scores > slack)
    inside = chosen & (bound.scores - bound.leave > slack)
    # If no site did as much for an area as some entry says, every one of the chosen that does would have to go.
    loss = np.where(chosen, np.clip(bound.scores - bound.leave, 0, 2 * abs(slack)), 0.0)
    order = given.by_area
    area = given.area[order]
    lost = np.concatenate([[0.0], np.cumsum(loss[given.site[order]])])
    begin = np.searchsorted(area, np.arange(given.areas))
    shown = np.flatnonzero(lost[1:] - lost[begin[area]] > slack)[::-1]
    entry = np.full(given.areas, -1, dtype=np.int64)
    entry[area[shown]] = order[shown]
    return Settled(inside, outside, entry)


def _misfit(given: Benefits, terms: Terms, bound: Bound) -> tuple[Array, Array]:
    """How much less than once each area is served (more, below 0), and how much room each limit has left."""
    entries = given.entries(bound.chosen.tolist())
    area = given.area[entries]
    served = np.bincount(area[given.value[entries] > bound.prices[area]], minlength=given.areas)
    return (1.0 - served).astype(float), terms.room - terms.weights[:, bound.chosen].sum(axis=1)


def _scale(given: Benefits, terms: Terms) -> Array:
    """Tolls are paid by sites and prices by areas: how much faster tolls have to move."""
    areas_each = len(given.value) / max(len(given.ids), 1)
    usual = np.array([row[row > 0].mean() if (row > 0).any() else 1.0 for row in terms.weights])
    scale: Array = np.sqrt(max(areas_each, 1.0) / np.maximum(terms.room / usual, 1.0)) / usual
    return scale
