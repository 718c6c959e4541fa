"""The tables of figures: deprivation, enterprise and organisations, each as compiled in data/figures."""

import numpy as np
import pandas as pd
from pandas import DataFrame

from data.build.inputs import BuildError
from data.build.postcodes import Successors
from geo.postcode import PostcodeError, normalise

KINDS = {
    "E10000023": "county",
    "E06000065": "county",
    "E11000006": "county",
    "E12000003": "region",
    "E92000001": "nation",
    "K02000001": "uk",
}
"""What the areas of the enterprise table are, other than the districts. North Yorkshire has one code as a
county council and another as a unitary authority: the same ground, so the same kind."""


def enterprise_table(demography: DataFrame, districts: set[str]) -> DataFrame:
    """`enterprise`: one row an area and year, as published, with the `kind` of area; blanks stay blank.

    Raises
    ------
    BuildError
        If an area is of no known kind.
    """
    kind = demography["code"].map(KINDS | dict.fromkeys(districts, "district"))
    if kind.isna().any():
        odd = demography.loc[kind.isna(), "area"].unique()
        raise BuildError(
            f"{len(odd)} areas of business_demography.csv are of no known kind, first '{odd[0]}'. "
            "Say what it is in KINDS of data/build/subjects.py."
        )
    counts = dict.fromkeys(["year", "births", "deaths", "active", "edition"], "Int32")
    return demography.astype(counts).assign(kind=kind).sort_values(["code", "year"], ignore_index=True)


def organisations_table(
    rows: list[dict[str, str]],
    directory: DataFrame,
    lookup: DataFrame,
    live: DataFrame,
    successors: Successors,
) -> DataFrame:
    """`organisations`: one row a place, as compiled (blank = null), with `easting`, `northing`, `lsoa21cd`.

    A postcode that has closed is still found, in the directory and the lookup, which keep them.

    Raises
    ------
    BuildError
        If a postcode is malformed or in neither.
    """
    frame = DataFrame(rows)
    postcode = pd.Series([_postcode(row) for row in rows])
    found = _found(postcode, directory, lookup, live)
    lost = found["easting"].isna() | (found["lsoa11cd"].isna() & found["lsoa21cd"].isna())
    if lost.any():
        raise BuildError(
            f"{int(lost.sum())} of {len(rows)} organisations have a postcode that is not in the directory, "
            f"first '{postcode[lost].iloc[0]}' of '{frame.loc[lost, 'name'].iloc[0]}'."
        )
    closed = found["lsoa21cd"].isna()
    found.loc[closed, "lsoa21cd"] = [
        successors.at(row.lsoa11cd, row.easting, row.northing) for row in found[closed].itertuples()
    ]
    coordinates = found[["easting", "northing"]].astype(np.int32)
    return pd.concat([frame.mask(frame == "", None), coordinates, found["lsoa21cd"]], axis=1)


def _found(postcode: "pd.Series[str]", directory: DataFrame, lookup: DataFrame, live: DataFrame) -> DataFrame:
    """What is known of each postcode: its place, its LSOA of 2011, and that of 2021 if it is live."""
    place = directory.drop_duplicates("postcode").set_index("postcode")
    then = lookup.drop_duplicates("postcode").set_index("postcode")["lsoa11cd"]
    return DataFrame(
        {
            "easting": postcode.map(place["easting"]),
            "northing": postcode.map(place["northing"]),
            "lsoa11cd": postcode.map(then),
            "lsoa21cd": postcode.map(live.set_index("postcode")["lsoa21cd"]),
        }
    )


def _postcode(row: dict[str, str]) -> str:
    try:
        return normalise(row["postcode"])
    except PostcodeError as error:
        raise BuildError(f"The organisation '{row['name']}': {error}") from error
