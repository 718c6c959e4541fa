"""Which LSOA of 2021 each live postcode is in, and on what basis."""

from collections.abc import Mapping

import numpy as np
import pandas as pd
from pandas import DataFrame
from shapely import Point

from geo.neighbours import vote
from geo.split import nearest_point

DISTRICTS_2025 = (
    "E06000014",
    "E06000065",
    "E08000032",
    "E08000033",
    "E08000034",
    "E08000035",
    "E08000036",
    "E08000038",
)
"""The ten districts as the directory of November 2025 names them: Harrogate, Craven and Selby are inside
North Yorkshire, and Barnsley has its later code."""


class Successors:
    """From an LSOA of 2011 and a place in it to the LSOA of 2021."""

    def __init__(self, changes: DataFrame, points: Mapping[str, Point]) -> None:
        self._to: dict[str, list[str]] = {
            str(old): sorted(rows) for old, rows in changes.groupby("lsoa11cd")["lsoa21cd"]
        }
        self._points = points

    def divided(self, lsoa11: str) -> bool:
        """Whether the LSOA has become several."""
        return len(self._to.get(lsoa11, ())) > 1

    def at(self, lsoa11: str, easting: float, northing: float) -> str:
        """The LSOA of 2021: the same code, the merged one, or the piece whose point is nearest."""
        codes = self._to.get(lsoa11, [lsoa11])
        if len(codes) == 1:
            return codes[0]
        return codes[nearest_point(Point(easting, northing), [self._points[code] for code in codes])]


def live_postcodes(
    directory: DataFrame, lookup: DataFrame, in_use: set[str], successors: Successors, *, lsoa21: set[str]
) -> DataFrame:
    """One row a live postcode of the LSOAs `lsoa21`: `postcode`, `lsoa21cd`, `basis`, `easting`, `northing`.

    A postcode is live if the lookup of May 2022 does not close it, or if it is in use again (`in_use`).
    `basis` is 'lookup', 'split' (the LSOA of 2011 by lookup, its piece by nearest point) or 'nearest' (not
    in the lookup, or used again since it closed: the LSOA of its nearest postcodes).
    """
    rows = directory.merge(lookup[["postcode", "closed", "lsoa11cd"]], on="postcode", how="left")
    listed = rows["lsoa11cd"].notna()
    closed = listed & rows["closed"].fillna(value=False).astype(bool)
    known = rows[listed & ~closed]
    unknown = rows[~listed | (closed & rows["postcode"].isin(in_use))]
    placed = pd.concat([known.assign(by="lookup"), place_by_neighbours(unknown, known).assign(by="nearest")])
    where = placed[["lsoa11cd", "easting", "northing"]]
    code = [successors.at(*place) for place in where.itertuples(index=False, name=None)]
    split = placed["lsoa11cd"].map(successors.divided) & (placed["by"] == "lookup")
    found = DataFrame(
        {
            "postcode": placed["postcode"],
            "lsoa21cd": code,
            "basis": placed["by"].mask(split, "split"),
            "easting": placed["easting"].astype(np.int32),
            "northing": placed["northing"].astype(np.int32),
        }
    )
    # North Yorkshire reaches beyond the region, so a nearest postcode may be outside it.
    return found[found["lsoa21cd"].isin(lsoa21)].sort_values("postcode", ignore_index=True)


def place_by_neighbours(unknown: DataFrame, known: DataFrame) -> DataFrame:
    """`unknown` with `lsoa11cd` by the vote of the nearest postcodes of `known` in the same district.

    Both have `laua`, `easting`, `northing` (metres); `known` has `lsoa11cd`. A neighbour's vote weighs the
    inverse of its squared distance. Outlines are not used: simplified, they never decide where a postcode is.
    """
    answers = []
    for district, group in unknown.groupby("laua"):
        pool = known[known["laua"] == district]
        at = pool[["easting", "northing"]].to_numpy(dtype=float)
        codes = pool["lsoa11cd"].to_numpy(dtype=object)
        votes = [vote(place, at, codes) for place in group[["easting", "northing"]].to_numpy(dtype=float)]
        answers.append(group.assign(lsoa11cd=votes))
    return pd.concat(answers) if answers else unknown
