"""The choice of sites as rows and columns for HiGHS.

For each area and each level of benefit a variable says whether some chosen site gives that much; it may be 1 only if
the level above is reached or a site of the level itself is chosen (Elloumi 2010). Levels that the same sites reach are
one variable, whichever area they are of (Garcia, Labbe and Marin 2011).
"""

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt
from scipy.optimize import Bounds, LinearConstraint, OptimizeResult, linprog, milp
from scipy.sparse import coo_array, csr_array, vstack

from geo.siting_rules import Array, Flags, Terms, Whole
from geo.siting_search import Benefits

UNITS = 1e4
"""What HiGHS sees as the worth of the best choice known: its tolerances are made for numbers of that size."""


@dataclass(frozen=True)
class Model:
    """Columns are the sites and then the levels; `gain` is what a level is worth, in units of which 1 is `unit`.

    `low` is 1 for a level that must be reached; `base` is what areas have in any case.
    """

    sites: int
    gain: Array
    low: Array
    links: csr_array
    limits: csr_array
    least: Array
    most: Array
    base: float
    unit: float


def model(whole: Benefits, kept: Whole, terms: Terms, *, floor: Array, need: Array, worth: float) -> Model | None:
    """The model of choosing among `kept`, or None where some area cannot get what it needs.

    Parameters
    ----------
    floor, need : what each area has in any case, and what it has to get where that is more.
    worth : of the best choice known.
    """
    place = np.full(len(whole.ids), -1)
    place[kept] = np.arange(len(kept))
    order = whole.by_area[place[whole.site[whole.by_area]] >= 0]
    value, area = whole.value[order], whole.area[order]
    counts = (value > floor[area]) & (value >= need[area])
    area, site = area[counts], place[whole.site[order[counts]]]
    base = np.maximum(floor, need)
    must = need > floor
    if len(kept) < terms.least or np.setdiff1d(np.flatnonzero(must), area).size:
        return None
    gain, low, links = _levels(area, site, value[counts] - base[area], must, len(kept))
    limits = np.vstack([np.ones(len(kept)), terms.weights])
    unit = max(worth, float(gain.max(initial=0.0)), 1e-300) / UNITS
    return Model(
        sites=len(kept),
        gain=gain / unit,
        low=np.concatenate([np.zeros(len(kept)), low]),
        links=links,
        limits=csr_array(np.hstack([limits, np.zeros((len(limits), len(gain)))])),
        least=np.concatenate([[terms.least], np.full(len(terms.room), -np.inf)]),
        most=np.concatenate([[min(terms.most, len(kept))], terms.room]),
        base=float(base.sum()),
        unit=unit,
    )


def relaxed(asked: Model, *, seconds: float) -> OptimizeResult:
    """The linear programme: sites may be chosen in part."""
    rows = vstack([asked.links, asked.limits, -asked.limits[:1]]).tocsr()
    room = np.concatenate([np.zeros(len(asked.gain)), asked.most, -asked.least[:1]])
    return linprog(
        np.concatenate([np.zeros(asked.sites), -asked.gain]),
        A_ub=rows,
        b_ub=room,
        bounds=np.stack([asked.low, np.ones(len(asked.low))], axis=1),
        method="highs",
        options={"time_limit": seconds},
    )


def solved(asked: Model, *, at_least: float, seconds: float) -> OptimizeResult:
    """The choice that is worth most, each site being chosen or not; those worth below `at_least` are not looked at."""
    rows = [LinearConstraint(asked.links, -np.inf, 0), LinearConstraint(asked.limits, asked.least, asked.most)]
    if at_least > asked.base:
        worth = csr_array(np.concatenate([np.zeros(asked.sites), asked.gain])[None, :])
        rows.append(LinearConstraint(worth, (at_least - asked.base) / asked.unit, np.inf))
    return milp(
        np.concatenate([np.zeros(asked.sites), -asked.gain]),
        integrality=np.concatenate([np.ones(asked.sites), np.zeros(len(asked.gain))]),
        bounds=Bounds(asked.low, 1),
        constraints=rows,
        options={"time_limit": seconds, "mip_rel_gap": 0.0},
    )


def _levels(area: Whole, site: Whole, above: Array, must: Flags, sites: int) -> tuple[Array, Array, csr_array]:
    """What each level is worth, which must be reached, and the rows that tie them (by area, most benefit first)."""
    if not len(area):
        return np.zeros(0), np.zeros(0), csr_array((0, sites))
    begins = np.concatenate([[True], area[1:] != area[:-1]])
    new = begins | np.concatenate([[True], above[1:] != above[:-1]])
    last = np.concatenate([new[1:], [True]])
    ends = np.concatenate([begins[1:], [True]])[last]
    below = np.where(ends, 0.0, np.concatenate([above[last][1:], [0.0]]))
    _, one, same = np.unique(_names(site, begins, sites)[last], axis=0, return_index=True, return_inverse=True)
    same = same.ravel()
    count = len(one)
    gain = np.bincount(same, weights=above[last] - below, minlength=count).astype(float)
    low = np.zeros(count)
    low[same[ends & must[area[last]]]] = 1.0
    # Of levels that are one, the first stands for all: its sites, and the level above it in its area.
    stands = np.zeros(len(same), dtype=bool)
    stands[one] = True
    level = np.cumsum(new) - 1
    mine = stands[level]
    chained = np.flatnonzero(~begins[new][one])
    rows = np.concatenate([same[level[mine]], chained, np.arange(count)])
    columns = np.concatenate([site[mine], sites + same[one[chained] - 1], sites + np.arange(count)])
    values = np.concatenate([np.full(int(mine.sum()) + len(chained), -1.0), np.ones(count)])
    return gain, low, coo_array((values, (rows, columns)), shape=(count, sites + count)).tocsr()


def _names(site: Whole, begins: Flags, sites: int) -> npt.NDArray[np.uint64]:
    """A name for the set of sites so far in each area: the sum of random marks, one a site (entries x 2).

    Two sets share a name by chance less than once in 10^30 pairs: 126 bits.
    """
    marks = np.random.default_rng(0).integers(0, 2**63, size=(sites, 2), dtype=np.uint64)
    total = np.cumsum(marks[site], axis=0, dtype=np.uint64)
    start = np.flatnonzero(begins)
    before = np.concatenate([np.zeros((1, 2), dtype=np.uint64), total])[start]
    return total - np.repeat(before, np.diff(np.append(start, len(site))), axis=0)
