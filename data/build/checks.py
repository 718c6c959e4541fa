"""What must be true of the tables before a pack is written."""

from collections.abc import Mapping

from pandas import DataFrame

from data.build.inputs import BuildError
from geo.coverage import require_nested


def check_tables(tables: Mapping[str, DataFrame], totals: DataFrame) -> None:
    """Refuse tables that do not meet the official totals or do not fit each other.

    `totals` is data/figures/official_totals.csv: a row a district.

    Raises
    ------
    BuildError
        With the first thing that is wrong.
    CoverageError
        If an MSOA or district is not the union of its LSOAs.
    """
    lsoas, deprivation = tables["areas_lsoa21"], tables["deprivation"]
    _require_keys(tables)
    _require_full(tables)
    _require_counts("LSOAs", lsoas.groupby("district_name").size(), totals.set_index("district")["lsoa21"])
    worst = lsoas[lsoas["code"].isin(deprivation.loc[deprivation["imd_decile"] == 1, "lsoa21cd"])]
    _require_counts(
        "LSOAs in the most deprived tenth of England",
        worst.groupby("district_name").size(),
        totals.set_index("district")["imd2025_decile1"],
    )
    _require_same("deprivation", set(deprivation["lsoa21cd"]), set(lsoas["code"]))
    _require_same("postcodes", set(tables["postcodes"]["lsoa21cd"]), set(lsoas["code"]))
    _require_known("organisations", set(tables["organisations"]["lsoa21cd"]), set(lsoas["code"]))
    _require_districts(tables["organisations"], lsoas)
    require_nested(lsoas, tables["areas_msoa21"], by="msoa_code")
    require_nested(lsoas, tables["areas_district"], by="district_code")


KEYS = {
    "areas_lsoa21": ["code"],
    "areas_msoa21": ["code"],
    "areas_district": ["code"],
    "deprivation": ["lsoa21cd"],
    "enterprise": ["code", "year"],
    "postcodes": ["postcode"],
    "organisations": ["id"],
}
"""The columns that tell the rows of a table apart."""


def _require_keys(tables: Mapping[str, DataFrame]) -> None:
    for name, key in KEYS.items():
        twice = tables[name][tables[name].duplicated(key)]
        if len(twice):
            first = " ".join(str(value) for value in twice.iloc[0][key])
            raise BuildError(f"{len(twice)} rows of '{name}' are there more than once, first '{first}'.")


MAY_BE_BLANK = {"enterprise", "organisations"}


def _require_full(tables: Mapping[str, DataFrame]) -> None:
    for name, frame in tables.items():
        blanks = frame.isna().sum()
        blank = blanks[blanks > 0]
        if name not in MAY_BE_BLANK and len(blank):
            raise BuildError(f"The column '{blank.index[0]}' of '{name}' is blank in {blank.iloc[0]} rows.")


def _require_counts(what: str, ours: "DataFrame", official: "DataFrame") -> None:
    for district, expected in official.items():
        found = int(ours.get(district, 0))
        if found != expected:
            raise BuildError(f"{district} has {found} {what}; the official figure is {expected}.")


def _require_districts(places: DataFrame, lsoas: DataFrame) -> None:
    district = places["lsoa21cd"].map(lsoas.set_index("code")["district_name"])
    odd = places[district != places["district"]]
    if len(odd):
        first = odd.iloc[0]
        raise BuildError(
            f"{len(odd)} organisations are not in the district that they name, first '{first['name']}' "
            f"({first['postcode']}), said to be in {first['district']}."
        )


def _require_same(name: str, ours: set[str], areas: set[str]) -> None:
    _require_known(name, ours, areas)
    if missing := sorted(areas - ours):
        raise BuildError(f"{len(missing)} of {len(areas)} LSOAs have no row in '{name}', first '{missing[0]}'.")


def _require_known(name: str, ours: set[str], areas: set[str]) -> None:
    if unknown := sorted(ours - areas):
        raise BuildError(f"{len(unknown)} LSOA codes of '{name}' have no outline, first '{unknown[0]}'.")
