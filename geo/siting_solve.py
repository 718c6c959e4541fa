"""The best choice of sites, and proof that it is the best.

A good choice is found by adding and swapping; a bound says how much better any could be, which settles most sites;
HiGHS finds and proves the best of what is left.
"""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from time import monotonic

import numpy as np

from geo.siting_bound import FIRST_PACE, Bound, Settled, in_play, price, settle
from geo.siting_model import Model, model, relaxed, solved
from geo.siting_rules import Array, Frame, Terms, Whole
from geo.siting_search import SAME, Benefits, best_two, first_of_equals, greedy, in_order, interchange, narrowed, shaken

_ROUNDS = (100, 150, 200, 300, 300, 300)
_FEW = 40
"""Sites that HiGHS takes at once."""
_SOME = 150
"""Sites that HiGHS takes a second or so for."""
_PATIENCE = 150
_LARGE, _MANY = 20_000, 150_000
"""Entries of a model for which HiGHS takes seconds, and of one for which it may not look at the clock in time."""
_NEAR = 1e-6
"""How far from a choice, as a share, what HiGHS makes of it may be."""
_CORE = 30_000
"""Entries among which swaps are quick."""


@dataclass(frozen=True)
class Found:
    """The best choice known (positions), its worth, and what no choice passes."""

    sites: tuple[int, ...]
    worth: float
    bound: float


@dataclass(frozen=True)
class Task:
    """The benefits of all sites, the frame, the worth that is enough (0: the most), and when to stop (monotonic)."""

    whole: Benefits
    frame: Frame
    target: float
    until: float

    @property
    def seconds(self) -> float:
        """What is left of the time."""
        return max(self.until - monotonic(), 0.01)

    def known(self, found: Found) -> float:
        """A choice that is worth less is of no interest."""
        return max(found.worth, self.target) * (1 - SAME)

    def with_choice(self, found: Found, sites: Sequence[int]) -> Found:
        """`found`, or `sites` if they are worth more."""
        worth = float(self.whole.best(sites).sum())
        if worth <= found.worth * (1 + SAME):
            return found
        return replace(found, sites=tuple(sorted(sites)), worth=worth)

    def closed(self, found: Found) -> Found:
        """`found`, once it is shown that nothing else is of interest."""
        return replace(found, bound=max(found.worth, min(found.bound, self.known(found))))

    def done(self, found: Found) -> bool:
        """Whether there is nothing left to find or to show, or no time."""
        enough = found.worth >= self.target > 0
        shown = found.bound <= max(found.worth * (1 + SAME), self.known(found))
        return enough or shown or monotonic() > self.until


@dataclass(frozen=True)
class Rest:
    """What is left to choose once some sites are `taken`.

    `floor` is what those give each area, `need` what it gets at least in every choice of interest; `given` is what lies
    above both.
    """

    given: Benefits
    terms: Terms
    taken: Whole
    floor: Array
    need: Array

    @property
    def base(self) -> Array:
        """What each area is counted from."""
        return np.maximum(self.floor, self.need)

    @property
    def impossible(self) -> bool:
        """Whether the sites taken leave no choice within the terms, so that none of interest exists."""
        return self.terms.most < 0 or len(self.given.ids) < self.terms.least or bool((self.terms.room < -SAME).any())

    def everywhere(self, local: Sequence[int]) -> list[int]:
        """Positions among all candidates of the sites taken and some that are left."""
        return [*self.taken.tolist(), *self.given.ids[list(local)].tolist()]


def best(whole: Benefits, frame: Frame, *, seconds: float, target: float = 0.0) -> Found:
    """The choice that is worth most, or, where `target` is above 0, any that is worth that.

    What is not shown within `seconds` comes with the bound reached by then.
    """
    task = Task(whole, frame, target, monotonic() + seconds)
    floor = whole.best(frame.must.tolist())
    terms = frame.terms.after(frame.must, frame.open)
    rest = Rest(narrowed(whole, frame.open, floor), terms, frame.must, floor, np.zeros(whole.areas))
    found = Found(tuple(sorted(frame.possible)), float(whole.best(frame.possible).sum()), np.inf)
    added = greedy(rest.given, rest.terms, enough=target - float(floor.sum()) if target else np.inf)
    if added is not None:
        found = task.with_choice(found, rest.everywhere(added))
    if found.worth >= target > 0:
        return found
    found, rest = _peeled(task, rest, found)
    if not task.done(found) and not rest.impossible and len(rest.given.ids) > _FEW and len(rest.given.value):
        found, rest = _relaxed(task, rest, found)
    if not task.done(found) or not np.isfinite(found.bound):
        found = _proven(task, rest, found)
    same = first_of_equals(whole, frame.terms, found.sites, frame.open) if not target else found.sites
    return replace(found, sites=tuple(same))


def _peeled(task: Task, rest: Rest, found: Found) -> tuple[Found, Rest]:
    """Rounds of bounding and improving; each settles sites and areas, so that the next is quicker."""
    first, second, _ = best_two(task.whole, list(found.sites))
    prices, tolls, pace = (first + second) / 2, np.zeros(len(rest.terms.room)), FIRST_PACE
    for steps in _ROUNDS:
        if rest.impossible or not len(rest.given.value):
            break
        before = found.bound - found.worth
        view, level = in_play(task.whole, rest.given.ids, rest.floor, prices)
        below = float(level.sum())
        start, known = np.maximum(prices - level, 0), task.known(found) - below
        bound = price(view, rest.terms, start, tolls, pace=pace, known=known, steps=steps, until=task.until)
        prices, tolls, pace = bound.prices + level, bound.tolls, min(FIRST_PACE, 4 * bound.pace)
        found = replace(found, bound=min(found.bound, bound.value + below))
        order, count = np.argsort(-bound.scores, kind="stable"), len(bound.chosen)
        found = _improved(task, rest, found, order, count, patience=5)
        if _stalled(found, before) and len(rest.given.value) > _LARGE:
            found = _improved(task, rest, found, order, count, patience=_PATIENCE)
        if task.done(found):
            break
        settled = settle(rest.given, _from(bound, below, rest), known=task.known(found) - float(rest.base.sum()))
        rest = _left(task, rest, settled)
        if len(rest.given.ids) <= _FEW or _stalled(found, before):
            break
    return found, rest


def _stalled(found: Found, before: float) -> bool:
    """Whether what could still be gained is hardly less than before."""
    return found.bound - found.worth > 0.9 * before


def _from(bound: Bound, below: float, rest: Rest) -> Bound:
    """The bound, counted from what areas have in `rest`."""
    return replace(bound, value=bound.value + below - float(rest.base.sum()))


def _improved(task: Task, rest: Rest, found: Found, order: Whole, count: int, *, patience: int) -> Found:
    """A better choice, if swaps find one among the most promising sites (`order`, best first)."""
    each = max(len(rest.given.value) // max(len(order), 1), 1)
    core = np.sort(order[: max(4 * count, _CORE // each)])
    some = replace(
        rest,
        given=narrowed(task.whole, rest.given.ids[core], rest.base),
        terms=rest.terms.after(np.zeros(0, dtype=np.int64), core),
    )
    ranked = np.searchsorted(core, order[np.isin(order, core)])
    begun = in_order(some.terms, ranked, count)
    if begun is None:
        return found
    tried = interchange(some.given, some.terms, begun)
    tried = shaken(some.given, some.terms, tried, patience=patience, until=task.until)
    return task.with_choice(found, some.everywhere(tried))


def _left(task: Task, rest: Rest, settled: Settled) -> Rest:
    """What is left when that is settled."""
    ids, terms = rest.given.ids, task.frame.terms
    taken = np.sort(np.concatenate([rest.taken, ids[settled.inside]]))
    floor = np.maximum(rest.floor, task.whole.best(ids[settled.inside].tolist()))
    shown = settled.entry >= 0
    need = rest.need.copy()
    need[shown] = task.whole.value[rest.given.origin[settled.entry[shown]]]
    kept = ids[~(settled.inside | settled.outside)]
    room = terms.room - terms.weights[:, taken].sum(axis=1) + SAME
    kept = kept[(terms.weights[:, kept] <= room[:, None]).all(axis=0)]
    return Rest(narrowed(task.whole, kept, np.maximum(floor, need)), terms.after(taken, kept), taken, floor, need)


def _model(task: Task, rest: Rest, found: Found) -> Model | None:
    worth = max(found.worth, task.target)
    return model(task.whole, rest.given.ids, rest.terms, floor=rest.floor, need=rest.need, worth=worth)


def _relaxed(task: Task, rest: Rest, found: Found) -> tuple[Found, Rest]:
    """The linear programme of what is left: a close bound, and sites to try."""
    asked = _model(task, rest, found)
    if asked is None:
        return task.closed(found), rest
    if asked.links.nnz > _MANY:
        return found, rest
    got = relaxed(asked, seconds=task.seconds)
    if got.status == 2:
        return task.closed(found), rest
    if got.status != 0:
        return found, rest
    bound = asked.base - got.fun * asked.unit
    found = replace(found, bound=max(found.worth, min(found.bound, bound)))
    share = got.x[: asked.sites]
    stays = got.lower.marginals[: asked.sites] * asked.unit
    goes = -got.upper.marginals[: asked.sites] * asked.unit
    found = _improved(task, rest, found, np.lexsort((stays, -share)), round(share.sum()), patience=0)
    shown = _by_share(task, found, bound, share, stays, goes)
    if (~(shown.inside | shown.outside)).sum() > _SOME or asked.links.nnz > _LARGE:
        found = _improved(task, rest, found, np.lexsort((stays, -share)), round(share.sum()), patience=_PATIENCE)
        shown = _by_share(task, found, bound, share, stays, goes)
    return found, _left(task, rest, shown)


def _by_share(task: Task, found: Found, bound: float, share: Array, stays: Array, goes: Array) -> Settled:
    """Sites that are in or out for what it would cost the linear programme to have them otherwise."""
    slack = bound - task.known(found)
    nothing = np.full(task.whole.areas, -1, dtype=np.int64)
    return Settled((share > 0.5) & (goes > slack), (share < 0.5) & (stays > slack), nothing)


def _proven(task: Task, rest: Rest, found: Found) -> Found:
    """HiGHS on what is left."""
    if rest.impossible:
        return task.closed(found)
    added = greedy(rest.given, rest.terms)
    if added is not None:
        found = task.with_choice(found, rest.everywhere(added))
    if not len(rest.given.ids):
        return task.closed(task.with_choice(found, rest.everywhere([])))
    asked = _model(task, rest, found)
    if asked is None:
        return task.closed(found)
    if asked.links.nnz > _MANY or (task.done(found) and len(asked.gain)):
        return found
    seconds = task.seconds * (0.6 if asked.links.nnz > 3 * _LARGE else 1.0)
    got = solved(asked, at_least=task.known(found) if task.target else 0.0, seconds=seconds)
    if got.status == 2:
        return task.closed(found)
    if got.x is None:
        return found
    found = task.with_choice(found, rest.everywhere(np.flatnonzero(got.x[: asked.sites] > 0.5).tolist()))
    bound = max(found.worth, min(found.bound, asked.base - got.mip_dual_bound * asked.unit))
    shown = got.status == 0 and bound <= found.worth * (1 + _NEAR)
    return replace(found, bound=found.worth if shown else bound)
