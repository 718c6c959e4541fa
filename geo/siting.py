"""Where to put what there is to give: the best places for a number of sessions, and proof that none are better.

Maximal covering (Church and ReVelle 1974), the p-median (Hakimi 1964) and the smallest number that covers a share
(Toregas and others 1971; Daskin and Owen 1999). Each is solved to a proven optimum where the time allows; what is not
proven is said with how far it may be from the best. The same question has the same answer every time, down to which of
equals is given; only what is not proven may differ with the speed of the machine.
"""

from dataclasses import dataclass, replace
from time import monotonic

import numpy as np
from scipy.sparse import csc_array

from geo.siting_rules import NO_RULES, Array, Flags, Frame, Rules, SitingError, check
from geo.siting_search import SAME, Benefits, benefits
from geo.siting_solve import Found, best
from geo.siting_worth import coverage, gains, mean_metres, newly, to_gain

SECONDS = 10.0
"""How long to look for proof, unless people say otherwise."""


@dataclass(frozen=True)
class Answer:
    """The sites chosen (positions, rising), what they come to, and how sure it is that none do better.

    `worth` is counted from the sites: people newly reached, or for the p-median the mean distance in metres. `gap` is
    the share by which a better answer could still differ, 0 where it is `proven` that there is none; `status` says so.
    """

    sites: tuple[int, ...]
    worth: float
    proven: bool
    gap: float
    status: str


def covering(
    reached: Flags,
    people: Array,
    p: int | None,
    *,
    rules: Rules = NO_RULES,
    already: Flags | None = None,
    seconds: float = SECONDS,
) -> Answer:
    """The `p` sites from which most people are newly reached.

    Parameters
    ----------
    reached : which site reaches which area (areas x sites).
    people : to be reached in each area; NaN counts as nobody.
    p : exactly so many; None for as many as the budget pays for, leaving out those that add nobody.
    already : areas that are reached today; they add nothing.
    seconds : how long to look for proof.

    Raises
    ------
    SitingError
        If no choice meets the rules, or neither `p` nor a budget is given.
    """
    gain = to_gain(reached, people, already)
    frame = _frame(reached.shape[1], p, rules)
    found = best(_reach(reached, gain), frame, seconds=seconds)
    sites = found.sites
    if p is None:
        sites = tuple(sorted(at.site for at in gains(reached, gain, sites) if at.people > 0 or at.site in rules.must))
    worth = float(gain[newly(reached, sites)].sum())
    return _answer(found, sites, worth, better=found.bound - worth, seconds=seconds)


def p_median(
    metres: Array,
    people: Array,
    p: int | None,
    *,
    rules: Rules = NO_RULES,
    existing_m: Array | None = None,
    seconds: float = SECONDS,
) -> Answer:
    """The `p` sites that bring the mean distance from people to the nearest place down most.

    Parameters
    ----------
    metres : from each area to each site (areas x sites), all known.
    people : of each area; NaN counts as nobody.
    p : exactly so many; None for as many as the budget pays for.
    existing_m : from each area to the nearest place there is today, which stays; infinite where there is none.
    seconds : how long to look for proof.

    Raises
    ------
    SitingError
        If no choice meets the rules, a distance is not known, or neither `p` nor a budget is given.
    """
    weights = to_gain(metres, people, None)
    frame = _frame(metres.shape[1], p, rules)
    today = np.full(len(metres), np.inf) if existing_m is None else existing_m
    if unknown := int((~np.isfinite(metres)).sum() + np.isnan(today).sum()):
        raise SitingError(f"{unknown:,} distances are not known. Leave out areas and sites without a point.")
    start = np.minimum(today, metres.max(axis=1))
    saved = csc_array(weights[:, None] * np.maximum(start[:, None] - metres, 0))
    found = best(benefits(saved), frame, seconds=seconds)
    worth = mean_metres(metres, people, found.sites, existing_m=existing_m)
    everyone = float(weights.sum()) or 1.0
    least = (float(weights @ start) - found.bound) / everyone
    return _answer(found, found.sites, worth, better=worth - least, seconds=seconds)


def fewest(
    reached: Flags,
    people: Array,
    *,
    share: float,
    rules: Rules = NO_RULES,
    already: Flags | None = None,
    seconds: float = SECONDS,
) -> Answer:
    """The smallest number of sites from which, with what is there today, at least a share of people is reached.

    Parameters
    ----------
    reached, people, already : as for `covering`.
    share : of all people, from 0 to 1.
    seconds : how long to look for proof that fewer do not do.

    Raises
    ------
    SitingError
        If no choice meets the rules, or none reaches so many.
    """
    until = monotonic() + seconds
    if not 0 <= share <= 1:
        raise SitingError(f"A share of {share:.0%} is not from 0% to 100%.")
    gain = to_gain(reached, people, already)
    target = share * float(np.nansum(people)) * (1 - SAME) - coverage(reached, people, (), already)
    frame = check(reached.shape[1], None, rules)
    given = tuple(frame.must.tolist())
    if float(gain[newly(reached, given)].sum()) >= target:
        return _counted(given, len(given) - 1, gain, reached, seconds)
    whole = _reach(reached, gain)
    found = best(whole, frame, seconds=seconds, target=target)
    if found.worth < target:
        most = best(whole, frame, seconds=seconds)
        raise SitingError(_too_much(most.worth + coverage(reached, people, (), already), people, share))
    sites = _enough(found.sites, given, gain, reached, target)
    few = shown = len(given)
    while len(sites) - few > 1 and monotonic() < until:
        fewer = (few + len(sites)) // 2
        terms = replace(frame.terms, least=len(given), most=fewer)
        asked = replace(frame, terms=terms, possible=given)
        found = best(whole, asked, seconds=(until - monotonic()) / 2, target=target)
        if found.worth >= target:
            sites = _enough(found.sites, given, gain, reached, target)
        else:
            few, shown = fewer, fewer if found.bound < target else shown
    return _counted(sites, shown, gain, reached, seconds)


def best_for_each(
    reached: Flags,
    people: Array,
    most: int,
    *,
    rules: Rules = NO_RULES,
    already: Flags | None = None,
    seconds: float = SECONDS,
) -> tuple[Answer, ...]:
    """The answer of `covering` for every number of sites up to `most`, from 1 or from the number that must be chosen.

    `seconds` are shared by all; an answer for which none were left says that it is not proven.
    """
    until = monotonic() + seconds
    found = []
    for p in range(max(1, len(set(rules.must))), most + 1):
        share = max(until - monotonic(), 0.0) / (most + 1 - p)
        found.append(covering(reached, people, p, rules=rules, already=already, seconds=share))
    return tuple(found)


def _frame(sites: int, p: int | None, rules: Rules) -> Frame:
    if p is None and rules.budget is None:
        raise SitingError("Say how many sites to choose, or how much there is to spend.")
    return check(sites, p, rules)


def _reach(reached: Flags, gain: Array) -> Benefits:
    """What each site does for each area: it reaches all the people there, or nobody."""
    there = csc_array(reached, dtype=float)
    there.data = gain[there.indices]
    return benefits(there)


def _answer(found: Found, sites: tuple[int, ...], worth: float, *, better: float, seconds: float) -> Answer:
    if found.bound <= found.worth * (1 + SAME):
        return Answer(sites, worth, proven=True, gap=0.0, status="Proven: no other choice does better.")
    gap = better / worth if worth > 0 else np.inf
    how_far = "less than 0.1%" if gap < 0.001 else f"at most {gap:.1%}" if gap < np.inf else "any number"
    status = f"Not proven within {_seconds(seconds)}: {how_far} better is possible."
    return Answer(sites, worth, proven=False, gap=gap, status=status)


def _counted(sites: tuple[int, ...], shown: int, gain: Array, reached: Flags, seconds: float) -> Answer:
    """The answer on the fewest, where `shown` sites are known to be too few."""
    worth = float(gain[newly(reached, sites)].sum())
    fewer = len(sites) - 1 - shown
    if fewer == 0:
        return Answer(sites, worth, proven=True, gap=0.0, status="Proven: no fewer sites reach that share.")
    status = f"Not proven within {_seconds(seconds)}: at most {fewer} fewer may be enough."
    return Answer(sites, worth, proven=False, gap=fewer / len(sites), status=status)


def _enough(
    sites: tuple[int, ...], given: tuple[int, ...], gain: Array, reached: Flags, target: float
) -> tuple[int, ...]:
    """Those of `sites` that reach `target` people together, what adds most first, after those that are given."""
    left = np.where(newly(reached, given), 0.0, gain)
    kept = list(given)
    for at in gains(reached, left, sorted(set(sites) - set(given))):
        if float(gain[newly(reached, kept)].sum()) >= target:
            break
        kept.append(at.site)
    return tuple(sorted(kept))


def _too_much(most: float, people: Array, share: float) -> str:
    """The sentence on a share that is out of reach; the one it names is not rounded up."""
    reachable = np.floor(1000 * most / float(np.nansum(people))) / 10
    return (
        f"Even the most that the candidates and rules allow reaches only {reachable:g}% of people, "
        f"not {100 * share:g}%. Ask for a lower share, or allow more sites."
    )


def _seconds(seconds: float) -> str:
    return "1 second" if seconds == 1 else f"{seconds:.3g} seconds"
