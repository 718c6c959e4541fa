"""The best sites for a goal, with how sure that is; or why there are none, in a sentence."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from geo import siting
from layers.plan.sites import Candidates, Choice, Ground, Next, best_next, judged
from layers.words import listed

BY_WAY = "median"
"""The goal of which a gain is a shorter way, rather than more people within reach."""


@dataclass(frozen=True)
class Asked:
    """What is asked for. `goal` is a key of `layers.plan.choices.GOALS`; `must` and `never` are positions.

    `sites` is how many, None for as many as the budget pays for; `share` per cent of people; `cap` sites in one
    district at most, 0 for any number; `budget` pounds in all.
    """

    goal: str
    sites: int | None
    share: int
    must: tuple[int, ...] = ()
    never: tuple[int, ...] = ()
    cap: int = 0
    budget: float | None = None

    @property
    def by_way(self) -> bool:
        """Whether a gain is a shorter way."""
        return self.goal == BY_WAY


@dataclass(frozen=True)
class Best:
    """The best choice of sites; or None, and `problem` says why.

    `status` says in a sentence how sure it is that none is better, and `proven` whether that is certain; `after` is the
    best place for one site more, None where none would gain anything.
    """

    choice: Choice | None
    proven: bool = False
    status: str = ""
    after: Next | None = None
    problem: str = ""


def best(ground: Ground, found: Candidates, asked: Asked) -> Best:
    """The best of the candidates for what is asked; where there is no answer, why and what to change."""
    if problem := _nothing(ground, found, asked):
        return Best(None, problem=problem)
    try:
        answer = _solved(ground, found, asked)
    except siting.SitingError as error:
        return Best(None, problem=str(error))
    choice = judged(ground, found.points, answer.sites, by_way=asked.by_way)
    if problem := _idle(choice, asked):
        return Best(None, problem=problem)
    barred = _barred(found, asked, choice.sites)
    after = best_next(ground, found.points, choice, barred=barred, by_way=asked.by_way)
    return Best(choice, answer.proven, answer.status, after)


def _solved(ground: Ground, found: Candidates, asked: Asked) -> siting.Answer:
    """The solver's answer, for those who are to be reached; a share is one of people, whatever they weigh."""
    weights = ground.people if asked.goal == "fewest" else ground.weights
    there = weights > 0
    metres, weights = ground.metres(found.points)[there], weights[there]
    rules = _rules(found, asked)
    if asked.by_way:
        return siting.p_median(metres, weights, asked.sites, rules=rules, existing_m=ground.today_m[there])
    near, already = ground.reach(metres), ground.already[there]
    if asked.goal == "cover":
        return siting.covering(near, weights, asked.sites, rules=rules, already=already)
    return siting.fewest(near, weights, share=asked.share / 100, rules=rules, already=already)


def _rules(found: Candidates, asked: Asked) -> siting.Rules:
    """What else must hold: in each district at most `cap`, and together at most the budget.

    A place that does not say its cost is none that a budget could pay for.
    """
    districts = np.array(found.districts)
    capped = sorted(set(found.districts)) if asked.cap else []
    groups = tuple((tuple(np.flatnonzero(districts == name).tolist()), asked.cap) for name in capped)
    if asked.budget is None or found.costs is None:
        return siting.Rules(must=asked.must, never=asked.never, groups=groups)
    never = tuple(sorted({*asked.never, *_unpriced(found)}))
    costs = np.nan_to_num(found.costs).tolist()
    return siting.Rules(must=asked.must, never=never, groups=groups, costs=costs, budget=asked.budget)


def _unpriced(found: Candidates) -> set[int]:
    """The places that do not say their cost."""
    return set() if found.costs is None else set(np.flatnonzero(~np.isfinite(found.costs)).tolist())


def _nothing(ground: Ground, found: Candidates, asked: Asked) -> str:
    """Why there is nothing to seek; "" where there is."""
    if not ground.everyone:
        return "There is nobody to reach: we know of no people in the neighbourhoods chosen. Choose others."
    if not len(found):
        return (
            "There is no place to choose from. Choose more kinds of place or other districts, count places not "
            "confirmed, or bring a list of your own."
        )
    if asked.goal == "cover" and not ground.lacking:
        return (
            "Nothing is left to cover: everyone has help that counts within reach already. Make the distance shorter, "
            "count less as help, or seek to make the way short for everyone."
        )
    if asked.budget is not None and (silent := [found.names[i] for i in asked.must if i in _unpriced(found)]):
        return f"{listed(silent)} must be chosen, but no cost is known. Give it in the list, or take away the budget."
    return ""


def _barred(found: Candidates, asked: Asked, chosen: Sequence[int]) -> list[int]:
    """The places that one site more may not take: a must-not, one of a full district, or one beyond the budget."""
    full = [name for name, many in Counter(found.districts[i] for i in chosen).items() if 0 < asked.cap <= many]
    barred = np.isin(found.districts, full)
    if asked.budget is not None and found.costs is not None:
        left = asked.budget - found.costs[list(chosen)].sum()
        barred |= ~(found.costs <= left)
    return [*asked.never, *np.flatnonzero(barred).tolist()]


def _idle(choice: Choice, asked: Asked) -> str:
    """What is said where no place would help anybody; "" where one does."""
    if asked.goal != "cover" or choice.total:
        return ""
    return (
        "None of these places would newly bring anyone within reach. Make the distance longer, or choose among more "
        "places."
    )
