"""A district over the years, beside its region and England."""

from dataclasses import dataclass

import pandas as pd

from data.store import Store
from layers import get
from layers.base import Layer

STARTING, LASTING = get("birth-rate"), get("survival-3")
"""The two figures that say most: how many start, and how many of them last."""

_NAMES = {"E12000003": "Yorkshire and the Humber", "E92000001": "England"}
_COMPARED_AS_PUBLISHED = ("birth_rate", "survival_")


@dataclass(frozen=True, kw_only=True)
class Series:
    """Lines to draw side by side.

    `lines` has one row per area and year: `area`, `year`, `value` (what is drawn), `shown` (that in words) and
    `behind` (the count behind it); the district comes first. `heading` says what is drawn, `table` holds the
    district's own figures, newest first.
    """

    heading: str
    lines: pd.DataFrame
    table: pd.DataFrame
    note: str = ""


def over_the_years(store: Store, layer: Layer, district: str) -> Series:
    """One layer's figures for a district (its code) and, where they are comparable, for its region and England.

    Percentages are compared as they are. Counts are compared by their change since the district's first year
    (that year = 100), because England's count would dwarf a district's. Starts per 10,000 people stand alone:
    the pack holds no population for larger areas.
    """
    told = store.ask("enterprise_series", code=district)
    told = told.assign(
        area=told["code"].map(_NAMES).fillna(told["area"]),
        value=told[layer.column],
        behind=told[layer.behind],
    )
    told = told.dropna(subset=["value"])
    ours = told["code"].eq(district)
    own = told[ours].sort_values("year")
    what = f"{layer.title} ({layer.unit})"
    note = ""
    if layer.column.startswith(_COMPARED_AS_PUBLISHED):
        lines, shown = pd.concat([own, told[~ours]]), layer.number.text
    elif layer.column in ("deaths", "active"):
        lines, shown = _indexed(pd.concat([own, told[~ours]]), first=own["year"].min()), "{:.0f}".format
        what = f"{layer.title}, change since {own['year'].min()} (that year = 100)"
    else:
        lines, shown = own, layer.number.text
        note = (
            "England and the region are not shown: we hold no count of people for them."
            if layer.column == "births_per_10k"
            else "England and the region are not shown: their counts would dwarf a district's."
        )
    return Series(
        heading=what,
        lines=lines.assign(shown=[shown(value) for value in lines["value"]])[
            ["area", "year", "value", "shown", "behind"]
        ].reset_index(drop=True),
        table=own.assign(value=own["value"].round(layer.number.decimals))
        .sort_values("year", ascending=False)[["year", "value", "behind"]]
        .reset_index(drop=True),
        note=note,
    )


def _indexed(told: pd.DataFrame, *, first: int) -> pd.DataFrame:
    start = told[told["year"] == first].set_index("code")["value"]
    return told.assign(value=100 * told["value"] / told["code"].map(start)).dropna(subset=["value"])
