"""What a choice of sites must keep to, and whether any choice can."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt
from scipy.optimize import Bounds, LinearConstraint, milp

Array = npt.NDArray[np.float64]
Flags = npt.NDArray[np.bool_]
Whole = npt.NDArray[np.int64]

_SLACK = 1e-9
"""How far a sum of costs may pass the budget by rounding, as a share of it."""


class SitingError(ValueError):
    """A question that has no answer; the message says why and what to change."""


@dataclass(frozen=True, kw_only=True)
class Rules:
    """Conditions on the sites, which are named by their position among the candidates.

    `must` are chosen whatever they add and `never` are not; `groups` are sites of which at most a number may be chosen,
    such as those of one district; `costs` has one figure a site, in the unit of `budget`.
    """

    must: Sequence[int] = ()
    never: Sequence[int] = ()
    groups: Sequence[tuple[Sequence[int], int]] = ()
    costs: Sequence[float] | None = None
    budget: float | None = None


NO_RULES = Rules()


@dataclass(frozen=True)
class Terms:
    """Rules as numbers: from `least` to `most` sites, and their `weights` within the `room` of each limit.

    `weights` are limits x sites: 1 for a member of a cap's group, and what a site costs.
    """

    least: int
    most: int
    weights: Array
    room: Array

    def opens(self, sites: Sequence[int]) -> Flags:
        """The sites that may join `sites` without passing a limit, now or on the way to `least`."""
        used = self.weights[:, list(sites)].sum(axis=1)
        to_come = max(self.least - len(sites) - 1, 0)
        others = np.sort(np.delete(self.weights, list(sites), axis=1), axis=1)[:, :to_come].sum(axis=1)
        may: Flags = (self.weights <= (self.room - used - others + _SLACK)[:, None]).all(axis=0)
        may[list(sites)] = False
        return may

    def swaps(self, sites: Sequence[int]) -> Flags:
        """Whether each of `sites` may give way to each site there is (chosen x all)."""
        left = self.room - self.weights[:, list(sites)].sum(axis=1) + _SLACK
        free = np.ones((len(sites), self.weights.shape[1]), dtype=bool)
        for weights, room in zip(self.weights, left, strict=True):
            free &= weights[None, :] - weights[list(sites)][:, None] <= room
        free[:, list(sites)] = False
        return free

    def after(self, taken: Whole, kept: Whole) -> "Terms":
        """What is left to keep to, for the sites `kept`, once `taken` are chosen."""
        room = self.room - self.weights[:, taken].sum(axis=1)
        count = len(taken)
        return Terms(max(self.least - count, 0), self.most - count, self.weights[:, kept], room)


@dataclass(frozen=True)
class Frame:
    """A question that has an answer: its terms over all sites, the sites that are given and open, and one choice."""

    terms: Terms
    must: Whole
    open: Whole
    possible: tuple[int, ...]


def check(sites: int, p: int | None, rules: Rules) -> Frame:
    """Refuse what no choice can meet, and say the rest in numbers.

    Parameters
    ----------
    sites : how many candidates there are.
    p : how many to choose; None for one or more, as the limits allow.

    Raises
    ------
    SitingError
        If there is nothing to choose from, the rules contradict each other or no choice of `p` sites meets them.
    """
    must, never = set(rules.must), set(rules.never)
    _named(sites, rules)
    _counted(sites, p, must, never)
    _priced(sites, rules)
    for members, most in rules.groups:
        if len(must & set(members)) > most:
            raise SitingError(
                f"{sites_text(len(must & set(members)))} that must be chosen share a cap of {most}. "
                "Raise the cap, or take one off the list."
            )
    opened = np.array(sorted(set(range(sites)) - must - never), dtype=np.int64)
    weights, room = _limits(sites, rules)
    fixed = np.array(sorted(must), dtype=np.int64)
    least, most = (p, p) if p is not None else (max(1, len(must)), sites - len(never))
    terms = Terms(least, most, weights, room)
    return Frame(terms, fixed, opened, _possible(terms, fixed, opened, rules))


def _named(sites: int, rules: Rules) -> None:
    if sites == 0:
        raise SitingError("There are no places to choose from. Choose more kinds of place, or bring in a list.")
    named = [*rules.must, *rules.never, *(site for members, _ in rules.groups for site in members)]
    if strange := sorted({site for site in named if not 0 <= site < sites}):
        raise SitingError(
            f"The rules name {sites_text(len(strange))} beyond the {sites} candidates, first number {strange[0]}. "
            "Take that off the rules, or add it to the candidates."
        )


def _counted(sites: int, p: int | None, must: set[int], never: set[int]) -> None:
    free = sites - len(never)
    if both := len(must & never):
        raise SitingError(f"{sites_text(both)} must be chosen and must not be. Take each off one of the two lists.")
    if free == 0:
        raise SitingError(f"All {sites_text(sites)} are ruled out. Allow at least one.")
    if p is None:
        return
    if p < 1:
        raise SitingError(f"You ask for {p} sites. Ask for at least one.")
    if p > free:
        raise SitingError(f"You ask for {sites_text(p)}, but only {free} may be chosen. Ask for fewer, or allow more.")
    if len(must) > p:
        raise SitingError(f"{sites_text(len(must))} must be chosen, but you ask for {p}. Ask for more, or free some.")


def _priced(sites: int, rules: Rules) -> None:
    if rules.budget is None:
        return
    if not rules.budget >= 0:
        raise SitingError(f"A budget of {rules.budget:g} is less than nothing. Say how much there is to spend.")
    if rules.costs is None:
        raise SitingError(f"There is a budget of {_money(rules.budget)} but no costs. Say what each site costs.")
    costs = np.asarray(rules.costs, dtype=float)
    if len(costs) != sites:
        raise SitingError(f"There are {len(costs)} costs for {sites_text(sites)}. Give one cost a site.")
    if odd := int((~np.isfinite(costs) | (costs < 0)).sum()):
        raise SitingError(f"{odd} of {sites_text(sites)} have no cost, or one below 0. Give each what it costs.")
    spent = float(costs[sorted(set(rules.must))].sum())
    if spent > rules.budget:
        raise SitingError(
            f"The sites that must be chosen cost {_money(spent)}, more than the budget of {_money(rules.budget)}. "
            "Raise the budget, or take one off the list."
        )


def _limits(sites: int, rules: Rules) -> tuple[Array, Array]:
    """One row a limit: each cap, and the budget."""
    rows, room = [np.zeros(sites) for _ in rules.groups], [float(most) for _, most in rules.groups]
    for row, (members, _) in zip(rows, rules.groups, strict=True):
        row[list(members)] = 1.0
    if rules.budget is not None and rules.costs is not None:
        rows, room = [*rows, np.asarray(rules.costs, dtype=float)], [*room, rules.budget * (1 + _SLACK)]
    return np.array(rows).reshape(len(rows), sites), np.array(room)


def _possible(terms: Terms, must: Whole, opened: Whole, rules: Rules) -> tuple[int, ...]:
    """The cheapest choice within the caps, or the sentence that says why there is none."""
    most = _within_caps(terms, must, opened, rules)
    if len(most) < terms.least:
        raise SitingError(
            f"The caps leave room for {sites_text(len(most))}, but you ask for {terms.least}. "
            "Raise a cap, or ask for fewer."
        )
    if rules.budget is None or rules.costs is None:
        return most[: terms.least]
    costs = np.asarray(rules.costs, dtype=float)
    chosen = _cheapest(terms, must, opened, costs, len(rules.groups))
    total = float(costs[list(chosen)].sum())
    if total > rules.budget * (1 + _SLACK):
        what = f"cheapest {terms.least} sites" if terms.least > 1 else "cheapest site"
        raise SitingError(
            f"The {what} within your rules cost {_money(total)} in all, more than the budget of "
            f"{_money(rules.budget)}. Raise the budget, or ask for fewer."
        )
    return chosen


def _within_caps(terms: Terms, must: Whole, opened: Whole, rules: Rules) -> tuple[int, ...]:
    """As many sites as the caps allow, those that are given first."""
    if not rules.groups:
        return (*must.tolist(), *opened.tolist())
    least = len(must)
    caps = Terms(least, least + len(opened), terms.weights[: len(rules.groups)], terms.room[: len(rules.groups)])
    chosen = _lightest(caps, must, opened, -np.ones(terms.weights.shape[1]))
    return (*must.tolist(), *sorted(set(chosen) - set(must.tolist())))


def _cheapest(terms: Terms, must: Whole, opened: Whole, costs: Array, caps: int) -> tuple[int, ...]:
    if caps == 0:
        order = opened[np.argsort(costs[opened], kind="stable")]
        return tuple(sorted([*must.tolist(), *order[: terms.least - len(must)].tolist()]))
    within = Terms(terms.least, terms.least, terms.weights[:caps], terms.room[:caps])
    return _lightest(within, must, opened, costs)


def _lightest(terms: Terms, must: Whole, opened: Whole, costs: Array) -> tuple[int, ...]:
    """The choice of least cost; a small whole-number question of its own, since caps may share sites."""
    sites = len(costs)
    low, high = np.zeros(sites), np.zeros(sites)
    low[must], high[must], high[opened] = 1.0, 1.0, 1.0
    rows = np.vstack([np.ones(sites), terms.weights])
    least = np.concatenate([[terms.least], np.full(len(terms.room), -np.inf)])
    most = np.concatenate([[terms.most], terms.room])
    found = milp(
        costs,
        integrality=np.ones(sites),
        bounds=Bounds(low, high),
        constraints=LinearConstraint(rows, least, most),
        options={"mip_rel_gap": 0.0},
    )
    return tuple(np.flatnonzero(found.x > 0.5).tolist())


def sites_text(count: int) -> str:
    """ "1 site", "2 sites"."""
    return f"{count:,} site" if count == 1 else f"{count:,} sites"


def _money(sum_of: float) -> str:
    return f"{sum_of:,.0f}" if float(sum_of).is_integer() else f"{sum_of:,.2f}"
