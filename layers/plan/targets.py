"""Which neighbourhoods first: those in view that meet the conditions, in order, and where the line is drawn."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt
import pandas as pd

from geo.composite import Array, Flags
from geo.contiguity import around
from layers.plan.conditions import Condition, meets
from layers.plan.gaps import Gaps
from layers.plan.need import Column, placed

SHIFTS = (-5, 0, 5, 10)
"""By how many neighbourhoods the line is moved, to see what that does."""

NEXT = 10
"""Neighbourhoods just outside the list that are named."""

_DECIMALS = 9
"""Scores that differ by less than rounding tie."""

Positions = npt.NDArray[np.int64]


@dataclass(frozen=True)
class Targets:
    """A list of neighbourhoods, and where the others come; arrays in the order of the outlines. Derived.

    `score` is what they are ordered by, and `place` 1 for the highest, those that tie sharing the best; both are NaN
    for a neighbourhood that is out of view, does not meet the conditions or has no score. `chosen` are those on the
    list; `order` holds the positions of all that have a place, first to last, those that tie in the order of the
    outlines. `meeting` are those in view that meet the conditions, `unscored` how many of them have no score.
    """

    asked: int
    score: Array
    place: Array
    chosen: Flags
    order: Positions
    meeting: Flags
    unscored: int

    @property
    def many(self) -> int:
        """How many are on the list."""
        return int(self.chosen.sum())

    @property
    def tied(self) -> int:
        """How many tie for the last place; 0 unless that makes the list longer than was asked for."""
        return int((self.place == self.place[self.chosen].max()).sum()) if self.many > self.asked else 0

    @property
    def list(self) -> Positions:
        """The positions of those on the list, first to last."""
        return self.order[: self.many]


@dataclass(frozen=True)
class Line:
    """What the list would be if the line were drawn after `asked`: how many, their people, and how many a district.

    `districts` holds names and numbers, the most first.
    """

    asked: int
    many: int
    people: float
    districts: tuple[tuple[str, int], ...]


def targets(score: Array, in_view: Flags, meeting: Flags, *, top: int) -> Targets:
    """The first `top` neighbourhoods of those in view that meet the conditions.

    All that tie with the last of them are on the list, too: nothing in the question tells them apart.

    Parameters
    ----------
    score : what they are ordered by, the highest first; NaN where there is none.
    in_view, meeting : one truth value a neighbourhood.
    """
    ours = in_view & meeting
    ordered_by: Array = np.where(ours, score, np.nan).astype(np.float64).round(_DECIMALS)
    place = placed(ordered_by)
    known = int(np.isfinite(place).sum())
    order = np.argsort(np.where(np.isfinite(place), place, np.inf), kind="stable")[:known]
    return Targets(top, ordered_by, place, first(place, top), order, ours, int(ours.sum()) - known)


def first(place: Array, top: int) -> Flags:
    """Those among the first `top`, and all that tie with the last of these."""
    return np.asarray(np.isfinite(place) & (np.nan_to_num(place, nan=np.inf) <= top))


def outside(found: Targets) -> Positions:
    """Those that come next after the list, first to last."""
    return found.order[found.many : found.many + NEXT]


def beside(found: Targets, neighbours: Sequence[Positions]) -> Positions:
    """Those that touch the list and are not on it: by place, then those that have none.

    `neighbours` : for each neighbourhood those that it touches, as `geo.contiguity.touching` tells.
    """
    next_to = around(found.list, neighbours)
    return next_to[np.argsort(np.nan_to_num(found.place[next_to], nan=np.inf), kind="stable")]


def lines(found: Targets, people: Array, districts: Sequence[str]) -> list[Line]:
    """The list with the line where it is and a little higher and lower; a line past the last is left out."""
    known = len(found.order)
    tops = [found.asked + shift for shift in SHIFTS]
    return [_line(found, top, people, districts) for top in tops if top >= 1 and (top <= known or top == found.asked)]


def _line(found: Targets, top: int, people: Array, districts: Sequence[str]) -> Line:
    there = first(found.place, top)
    return Line(top, int(there.sum()), float(np.nansum(people[there])), by_district(there, districts))


def by_district(there: Flags, districts: Sequence[str]) -> tuple[tuple[str, int], ...]:
    """How many of the neighbourhoods lie in each district, the most first, those with none left out."""
    counted = Counter(district for district, ours in zip(districts, there, strict=True) if ours)
    return tuple(sorted(counted.items(), key=lambda pair: (-pair[1], pair[0])))


def reasons(conditions: Sequence[Condition], columns: Sequence[Column], rows: Positions) -> list[str]:
    """For each of some neighbourhoods the conditions that it meets, each with its figure; "" where there is none."""
    met = [meets(condition, column.values) for condition, column in zip(conditions, columns, strict=True)]
    return [
        "; ".join(
            f"{condition.words}: {condition.shown.number.text(column.values[i])}"
            for condition, column, flags in zip(conditions, columns, met, strict=True)
            if flags[i]
        )
        for i in rows
    ]


def listing(
    found: Targets, areas: pd.DataFrame, people: Array, score: Array, rows: Positions, heading: str
) -> pd.DataFrame:
    """One short row for each of some neighbourhoods: its place, its name, what it is ordered by, and its people.

    `score` : what `heading` says, of every neighbourhood.
    """
    named = areas.iloc[rows]
    return pd.DataFrame(
        {
            "Place": found.place[rows],
            "Neighbourhood": named["local_name"].to_numpy(),
            "ONS name": named["name"].to_numpy(),
            heading: np.round(score[rows], 1),
            "People": people[rows],
        }
    )


def table(
    found: Targets,
    worked: Gaps,
    areas: pd.DataFrame,
    *,
    people: Array,
    tenth: Array,
    nearest: Sequence[str],
    measure: str,
    met: Sequence[str],
) -> pd.DataFrame:
    """One row a neighbourhood on the list, first to last, with the reasons why it is there.

    Parameters
    ----------
    worked : need, reach and the gap between them.
    areas, people, tenth, nearest : of every neighbourhood; `tenth` is that of England by overall deprivation.
    measure : the measure of reach with its unit, in words.
    met : of those on the list, the conditions met; empty where none was asked.
    """
    at, reach = found.list, worked.reach
    value = reach.value / 1_000 if reach.measure == "nearest" else reach.value
    named = areas.iloc[at]
    told = {
        "Place": found.place[at],
        "Neighbourhood": named["local_name"].to_numpy(),
        "ONS name": named["name"].to_numpy(),
        "District": named["district_name"].to_numpy(),
        "Need (0 to 100)": np.round(100 * worked.need[at], 1),
        "Gap score (0 to 100)": np.round(worked.score[at], 1),
        measure: np.round(value[at], 2),
        "Nearest help": [nearest[i] for i in at],
        "People": people[at],
        "Tenth of England by deprivation (1 most)": tenth[at],
    }
    met_too = {"Conditions met": met} if met else {}
    return pd.DataFrame(told | met_too | {"Code": named["code"].to_numpy()})
