"""Whom a list serves, and whom the help that there is today serves: by district, by deprivation and by group."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
import pandas as pd

from geo.balance import BalanceError, Estimate, Shares, concentration, share_of_group, shares
from geo.composite import Array, Flags

EVERYONE = "Everyone"


@dataclass(frozen=True)
class Residents:
    """Who lives in each of the neighbourhoods in view; NaN where it is not known.

    `district` by name; `tenth` of England by overall deprivation (1 most deprived), and `order` (lowest = most
    deprived); `groups` maps a group's name to its number of people, derived.
    """

    people: Array
    district: Sequence[str]
    tenth: Array
    order: Array
    groups: dict[str, Array]


@dataclass(frozen=True)
class Served:
    """Whom something serves. Derived.

    `everyone` and `groups` are shares of people, 0 to 1, with intervals of 95%; `tilt` is the concentration index, None
    where nobody is served: then `why` says so.
    """

    people: float
    everyone: Estimate
    groups: dict[str, Estimate]
    districts: Shares
    tenths: Shares
    tilt: Estimate | None
    why: str


def residents(
    seen: Flags,
    *,
    people: Array,
    district: Sequence[str],
    tenth: Array,
    order: Array,
    low_income: Array,
    out_of_work: Array,
    workers: Array,
) -> Residents:
    """Who lives in the neighbourhoods that are `seen`; every other argument is of all neighbourhoods.

    Parameters
    ----------
    low_income : the share of people on low incomes, 0 to 1.
    out_of_work : the share of `workers`, people of working age, who are kept out of work, 0 to 1.
    """
    groups = {"People on low incomes": low_income * people, "People of working age out of work": out_of_work * workers}
    return Residents(
        people[seen],
        np.asarray(district, dtype=object)[seen].tolist(),
        tenth[seen],
        order[seen],
        {name: count[seen] for name, count in groups.items()},
    )


def served(there: Flags, of: Residents) -> Served:
    """Whom something serves that reaches all the people of some neighbourhoods, and nobody of the others.

    `there` : one truth value for each of the neighbourhoods of `of`.
    """
    reached = there.astype(float)
    why = ""
    try:
        tilt = concentration(reached, of.people, of.order)
    except BalanceError as error:
        tilt, why = None, str(error)
    return Served(
        people=float(np.nansum(reached * of.people)),
        everyone=share_of_group(reached * of.people, of.people),
        groups={name: share_of_group(reached * count, count) for name, count in of.groups.items()},
        districts=shares(reached, of.people, of.district),
        tenths=shares(reached, of.people, of.tenth.tolist()),
        tilt=tilt,
        why=why,
    )


def share_text(value: float, low: float, high: float) -> str:
    """ "34% (28 to 41)"; "no data" where there is nobody, no interval where every draw gives the same."""
    if not np.isfinite(value):
        return "no data"
    said = f"{_per_cent(value)}%"
    return f"{said} ({_per_cent(low)} to {_per_cent(high)})" if low < high else said


def _per_cent(share: float) -> str:
    """A share of 0 to 1 in per cent, finer where it is small: 34, 1.2, 0."""
    told = round(100 * share, 1)
    return f"{told:.0f}" if told >= 10 or told == 0 else f"{told:.1f}"


def by_group(today: Served, listed: Served, of: Residents) -> pd.DataFrame:
    """One row for everyone and one a group: its people, and what share each of the two serves."""
    rows = [(EVERYONE, of.people, today.everyone, listed.everyone)]
    rows += [(name, count, today.groups[name], listed.groups[name]) for name, count in of.groups.items()]
    return _frame("Who", [(name, float(np.nansum(count)), _told(one), _told(two)) for name, count, one, two in rows])


def by_district(today: Served, listed: Served) -> pd.DataFrame:
    """One row a district: its people in view, and what share each of the two serves."""
    return _frame("District", _rows(today.districts, listed.districts))


def by_tenth(today: Served, listed: Served) -> pd.DataFrame:
    """One row a tenth of England by deprivation: its people in view, and what share each of the two serves."""
    ends = {1: "1, most deprived", 10: "10, least deprived"}
    rows = _rows(today.tenths, listed.tenths)
    return _frame("Tenth of England", [(ends.get(int(of), f"{int(of)}"), *rest) for of, *rest in rows])


def _rows(today: Shares, listed: Shares) -> list[tuple[Any, ...]]:
    """Both are of the same neighbourhoods, so they have the same groups in the same order."""
    both = zip(today.rows, listed.rows, strict=True)
    return [
        (one.group, one.people, *(share_text(each.share, each.low, each.high) for each in (one, two)))
        for one, two in both
    ]


def _told(share: Estimate) -> str:
    return share_text(share.value, share.low, share.high)


def _frame(what: str, rows: Sequence[tuple[Any, ...]]) -> pd.DataFrame:
    frame = pd.DataFrame(rows, columns=[what, "People", "Today", "This list"])
    return frame.assign(People=[f"{count:,.0f}" for count in frame["People"]])
