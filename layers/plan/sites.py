"""Where to put help: whom it is to reach, among which places it is sought, and what any choice of them comes to."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Any

import numpy as np
import numpy.typing as npt
import pandas as pd

from geo.composite import Array, Flags
from geo.reach import distances, reached
from layers.places import mask

MOST = 2_000
"""Candidates that are compared: more would take the solver longer than people wait."""

MIDDLE = 0.5
"""What the people of a neighbourhood without a need score count for, where need counts: as those in the middle do."""

_AT_ONCE = 1_000
_SQUARE = 0.5  # of the distance within reach: what is nearer to each other reaches much the same people
"""Candidates that are measured at a time."""


@dataclass(frozen=True, kw_only=True)
class Candidates:
    """Places among which sites are sought, a row each.

    `points` easting and northing (metres), `degrees` latitude and longitude; `what` each is, in words. `costs` in
    pounds, NaN where not said; None where the places have none.
    """

    ids: tuple[str, ...]
    names: tuple[str, ...]
    what: tuple[str, ...]
    postcodes: tuple[str, ...]
    districts: tuple[str, ...]
    points: Array
    degrees: Array
    costs: Array | None = None
    not_confirmed: int = 0
    """Left out, or among them if asked: not confirmed to be open, weakly attested or roughly placed."""
    capped: int = 0
    """Left out because there are more than are compared."""

    def __len__(self) -> int:
        return len(self.ids)

    def at(self, ids: Sequence[str]) -> list[int]:
        """The positions of those of `ids` that are among them, in the order given."""
        where = {id_: i for i, id_ in enumerate(self.ids)}
        return [where[id_] for id_ in ids if id_ in where]

    def only(self, some: npt.NDArray[np.int64]) -> "Candidates":
        """Some of them, by position, where there are more than can be compared; all, if those are all."""
        if len(some) == len(self):
            return self
        told: dict[str, Any] = {
            name: tuple(getattr(self, name)[i] for i in some)
            for name in ("ids", "names", "what", "postcodes", "districts")
        }
        costs = None if self.costs is None else self.costs[some]
        told |= {"points": self.points[some], "degrees": self.degrees[some], "costs": costs}
        return replace(self, capped=len(self) - len(some), **told)


def registered(places: pd.DataFrame, *, types: Sequence[str], unconfirmed: bool, focus: Sequence[str]) -> Candidates:
    """The places of the register of some types, in the districts in focus (names; none means all).

    `places` : rows of `layers.places.drawable`. What is only suggested is never among them.
    """
    kept = places[~places["suggested"].to_numpy(dtype=bool)]
    every = mask(kept, types, unconfirmed=True, districts=frozenset(focus))
    ours = mask(kept, types, unconfirmed=unconfirmed, districts=frozenset(focus))
    rows = kept[ours]
    return Candidates(
        ids=tuple(rows["id"]),
        names=tuple(rows["name"]),
        what=tuple(rows["what"]),
        postcodes=tuple(rows["postcode"].fillna("")),
        districts=tuple(rows["district"].fillna("")),
        points=rows[["easting", "northing"]].to_numpy(dtype=float),
        degrees=rows[["lat", "lon"]].to_numpy(dtype=float),
        not_confirmed=int(every.sum() - ours.sum()),
    )


@dataclass(frozen=True, kw_only=True)
class Ground:
    """Where people are and what they reach today: what every choice of sites is judged by.

    Arrays in the order of the outlines. `points` is where the people of a neighbourhood live, on average; `people` how
    many are to be reached, 0 in the others; `weights` what they count for. `today_m` is metres along the way to what
    is there today, infinite where nothing counts, and `already` whether that is within reach.
    """

    points: Array
    people: Array
    weights: Array
    today_m: Array
    already: Flags
    within: int
    detour: float
    unscored: int = 0
    """Neighbourhoods without a need score, whose people count as in the middle."""

    @property
    def everyone(self) -> float:
        """How many people are to be reached."""
        return float(self.people.sum())

    @property
    def lacking(self) -> float:
        """How many of them reach nothing today."""
        return float(self.people[~self.already].sum())

    def metres(self, points: Array) -> Array:
        """Metres along the way from each neighbourhood to each point."""
        return distances(self.points, points, detour=self.detour)

    def reach(self, metres: Array) -> Flags:
        """Which of these ways are within reach."""
        return reached(metres, self.within)

    def average(self, metres: Array) -> float:
        """The average way of the people to be reached (metres); NaN where there is nobody, or no way for some."""
        if not self.everyone:
            return float("nan")
        served = self.people > 0
        mean = float(np.average(metres[served], weights=self.people[served]))
        return mean if np.isfinite(mean) else float("nan")


def ground(
    points: Array,
    people: Array,
    *,
    served: Flags,
    need: Array | None,
    today_m: Array,
    already: Flags,
    within: int,
    detour: float,
) -> Ground:
    """What sites are judged by.

    Parameters
    ----------
    people : of every neighbourhood; NaN, or where it is not known where they live, counts as nobody to be reached.
    served : the neighbourhoods whose people are to be reached.
    need : how far up each stands in need (0 to 1), where people count by that; NaN counts as `MIDDLE`.
    """
    there = served & np.isfinite(points).all(axis=1) & np.isfinite(people)
    living = np.where(there, np.nan_to_num(people), 0.0)
    if need is None:
        weights, unscored = living, 0
    else:
        weights = living * np.where(np.isfinite(need), need, MIDDLE)
        unscored = int((~np.isfinite(need) & (living > 0)).sum())
    return Ground(
        points=points,
        people=living,
        weights=weights,
        today_m=today_m,
        already=already,
        within=within,
        detour=detour,
        unscored=unscored,
    )


@dataclass(frozen=True, kw_only=True)
class Choice:
    """What some sites come to. Derived.

    `sites` are positions among the candidates, the one that gains most first, and so on; `gained` the people whom each
    brings within reach who were not before, in turn, and `average_m` the average way after each. Of neighbourhoods:
    `newly`, whether they are newly within reach; `way_m` the way to the nearest of all that is there then (metres), and
    `nearest` which of the sites that is, by its place in `sites`, -1 where what is there today is as near.
    """

    sites: tuple[int, ...]
    gained: Array
    average_m: Array
    newly: Flags
    way_m: Array
    nearest: npt.NDArray[np.int64]

    @property
    def total(self) -> float:
        """How many people are newly within reach."""
        return float(self.gained.sum())


def judged(ground: Ground, points: Array, sites: Sequence[int], *, by_way: bool) -> Choice:
    """What some sites come to, each after the one that gains most.

    Parameters
    ----------
    points : those of the candidates.
    sites : positions among them.
    by_way : whether a gain is a shorter way, rather than more people within reach; people count by their weights.
    """
    chosen = list(dict.fromkeys(sites))
    metres = ground.metres(points[chosen])
    near, order = ground.reach(metres), _order(ground, metres, by_way=by_way)
    covered, way, gained, average = ground.already.copy(), ground.today_m.copy(), [], []
    nearest = np.full(len(way), -1, dtype=np.int64)
    for turn, j in enumerate(order):
        gained.append(float(ground.people[near[:, j] & ~covered].sum()))
        covered |= near[:, j]
        nearest[metres[:, j] < way] = turn
        way = np.minimum(way, metres[:, j])
        average.append(ground.average(way))
    return Choice(
        sites=tuple(chosen[j] for j in order),
        gained=np.array(gained),
        average_m=np.array(average),
        newly=covered & ~ground.already & (ground.people > 0),
        way_m=way,
        nearest=nearest,
    )


def _order(ground: Ground, metres: Array, *, by_way: bool) -> list[int]:
    """The sites in the order of what each gains after those before it; of those that gain the same the first."""
    near, left, order = ground.reach(metres), list(range(metres.shape[1])), []
    covered, way = ground.already, ground.today_m
    while left:
        gains = _shorter(ground, way, metres[:, left]) if by_way else _more(ground, covered, near[:, left])
        best = left.pop(int(np.argmax(gains)))
        order.append(best)
        covered, way = covered | near[:, best], np.minimum(way, metres[:, best])
    return order


def _more(ground: Ground, covered: Flags, near: Flags) -> Array:
    """What each site newly brings within reach, by weight."""
    return np.asarray(np.where(covered, 0.0, ground.weights) @ near)


def _shorter(ground: Ground, way: Array, metres: Array) -> Array:
    """By how much each site makes the sum of all ways shorter, by weight; below 0 where there was no way before."""
    served = ground.weights > 0
    weights, before = ground.weights[served], way[served]
    after = weights @ np.minimum(before[:, None], metres[served])
    return np.asarray((weights @ before if np.isfinite(before).all() else 0.0) - after)


@dataclass(frozen=True)
class Next:
    """One site more: its position, the people whom it would newly bring within reach, and the average way then (m)."""

    site: int
    gained: float
    average_m: float


def best_next(ground: Ground, points: Array, choice: Choice, *, barred: Sequence[int], by_way: bool) -> Next | None:
    """The site that would gain most after a choice; None where no other gains anything.

    `barred` : positions that may not be taken.
    """
    covered = ground.already | choice.newly
    best: tuple[float, int] = (0.0, -1)
    left = np.setdiff1d(np.arange(len(points)), [*choice.sites, *barred])
    for some in np.split(left, range(_AT_ONCE, len(left), _AT_ONCE)):
        metres = ground.metres(points[some])
        gains = _shorter(ground, choice.way_m, metres) if by_way else _more(ground, covered, ground.reach(metres))
        if len(gains) and gains.max() > best[0]:
            best = (float(gains.max()), int(some[np.argmax(gains)]))
    if best[1] < 0:
        return None
    metres = ground.metres(points[[best[1]]])[:, 0]
    more = float(ground.people[ground.reach(metres) & ~covered].sum())
    return Next(best[1], more, ground.average(np.minimum(choice.way_m, metres)))


def strongest(ground: Ground, points: Array, *, keep: Sequence[int], most: int = MOST) -> npt.NDArray[np.int64]:
    """The positions of the `most` candidates to compare, in their order: spread, and of each spot the strongest.

    Of the candidates in one square, so small that help anywhere in it reaches much the same people, the one that would
    reach most by itself comes first; then the second of each square, and so on.

    `keep` : positions that stay whatever they reach.
    """
    if len(points) <= most:
        return np.arange(len(points))
    starts = range(0, len(points), _AT_ONCE)
    near = (ground.reach(ground.metres(points[start : start + _AT_ONCE])) for start in starts)
    alone = np.concatenate([_more(ground, ground.already, some) for some in near])
    squares = np.floor(points / (_SQUARE * ground.within / ground.detour)).astype(np.int64)
    turn = pd.DataFrame({"east": squares[:, 0], "north": squares[:, 1], "alone": -alone})
    turn["turn"] = turn.groupby(["east", "north"])["alone"].rank(method="first")
    turn.loc[list(keep), "turn"] = 0
    return np.sort(turn.sort_values(["turn", "alone"], kind="stable").index.to_numpy(dtype=np.int64)[:most])
