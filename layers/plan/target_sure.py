"""How sure a list is: the same question asked a thousand times with other weights, scales and sums."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import pandas as pd

from geo.composite import Array, Flags
from geo.robustness import Robustness, drawn, robustness
from layers.plan.need import Recipe
from layers.plan.targets import Positions, Targets

COUNT = 1_000
SPREAD = 0.5
"""Each weight is drawn from this share less to this share more than what was chosen."""

SEED = 2005
"""Where the random numbers begin, so that the same question has the same answer."""

FIRM, EVEN, OFTEN = 0.9, 0.5, 0.25
"""In what share of the draws one is surely on the list; more likely than not; and comes in often."""


@dataclass(frozen=True)
class Sure:
    """How a list fares in the draws; arrays in the order of the outlines, NaN off the question. Derived.

    `share` is the share of draws in which a neighbourhood is among the first N; `low` and `high` are the places that 5%
    and 95% of the draws do not exceed. `firm`, `likely` and `shaky` count those on the list with a share of at least
    `FIRM`, at least `EVEN`, and less. `coming` are positions of those left out that come in in at least `OFTEN` of the
    draws, the most often first. `kept` is how many of the list stay on it, on average.
    """

    share: Array
    low: Array
    high: Array
    firm: int
    likely: int
    shaky: int
    coming: Positions
    kept: float


def sure(recipe: Recipe, columns: Sequence[Array], found: Targets, *, poor: Array | None, among: Flags) -> Sure:
    """Ask the question again with other weights, scales and sums, of the same neighbourhoods.

    Parameters
    ----------
    columns : the figures of the recipe's indicators in turn, of every neighbourhood.
    poor : poor reach, 0 to 1, where the list is by need and poor reach together; None where it is by need.
    among : the neighbourhoods whose standings are compared; matters only with `poor`.
    """
    able = np.isfinite(found.place)
    rows = np.ones(len(able), dtype=bool) if poor is None else among
    times = np.where(able, 1.0 if poor is None else poor, np.nan)[rows]
    told = robustness(
        np.column_stack(columns)[rows],
        high_is_need=[each.high_is_need for each in recipe.indicators],
        top=found.asked,
        draws=drawn(recipe.weights, count=COUNT, spread=SPREAD, seed=SEED),
        trim=recipe.trim / 100,
        times=None if poor is None and able.all() else times,
        chosen=found.chosen[rows],
    )
    return _read(told, rows, found)


def _read(told: Robustness, rows: Flags, found: Targets) -> Sure:
    share, low, high = (_spread(each, rows) for each in (told.in_top, told.rank_low, told.rank_high))
    ours = np.nan_to_num(share[found.chosen])
    others = np.where(found.chosen, np.nan, share)
    order = np.argsort(np.where(np.isfinite(others), -others, np.inf), kind="stable")
    firm, likely = int((ours >= FIRM).sum()), int(((ours >= EVEN) & (ours < FIRM)).sum())
    coming = order[np.nan_to_num(others[order]) >= OFTEN]
    kept = float(ours.sum())
    return Sure(share, low, high, firm, likely, found.many - firm - likely, coming, kept)


def _spread(told: Array, rows: Flags) -> Array:
    """Entries of some areas in their places among all, NaN elsewhere."""
    whole = np.full(len(rows), np.nan)
    whole[rows] = told
    return whole


def columns(told: Sure, found: Targets, rows: Positions) -> dict[str, Array]:
    """Columns of a table that say how sure each of some neighbourhoods is."""
    return {
        f"Among the first {found.asked:,} in (% of draws)": np.round(100 * told.share[rows], 1),
        "Usual place from": told.low[rows],
        "Usual place to": told.high[rows],
    }


def table(told: Sure, found: Targets, areas: pd.DataFrame, rows: Positions) -> pd.DataFrame:
    """One row for each of some neighbourhoods: where it stands, and how often and where it comes in the draws."""
    named = areas.iloc[rows]
    return pd.DataFrame(
        {
            "Place": found.place[rows],
            "Neighbourhood": named["local_name"].to_numpy(),
            "ONS name": named["name"].to_numpy(),
            "District": named["district_name"].to_numpy(),
        }
        | columns(told, found, rows)
    )
