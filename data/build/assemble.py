"""Put the tables of the built-in pack together and check them."""

from collections.abc import Callable

from geopandas import GeoDataFrame
from pandas import DataFrame

from data.build import inputs
from data.build.areas import (
    district_table,
    lsoa_names,
    lsoa_table,
    msoa_codes,
    msoa_table,
)
from data.build.checks import check_tables
from data.build.outlines import as_points, lsoa21_outlines, on_grid
from data.build.postcodes import DISTRICTS_2025, Successors, live_postcodes
from data.build.subjects import enterprise_table, organisations_table

PACK = "leeds-city-region"
VERSION = "2025-11"
"""The month of the newest figures in it."""

Tell = Callable[[str], None]


def make_tables(*, tell: Tell) -> dict[str, DataFrame]:
    """Every table of the built-in pack, by name; `tell` is given a line as each step begins.

    Raises
    ------
    BuildError, CoverageError, SplitError
        If an input is missing, or the tables fail a check.
    """
    tell("Reading data/figures ...")
    deprivation = inputs.figures("iod2025").sort_values("lsoa21cd", ignore_index=True)
    changes, totals = inputs.figures("lsoa_changes"), inputs.figures("official_totals")
    points = as_points(inputs.figures("new_lsoa_points"))
    lsoa21 = set(deprivation["lsoa21cd"])

    tell("Drawing the LSOAs of 2021 on the outlines of 2011 ...")
    codes11 = (lsoa21 - set(changes["lsoa21cd"])) | set(changes["lsoa11cd"])
    outlines = lsoa21_outlines(on_grid(inputs.lsoa11_outlines(codes11)), changes, points)

    tell("Reading the postcode lookup of May 2022 (400 MB unpacked) and the directory of November 2025 ...")
    directory, lookup, in_use = _postcode_inputs()
    tell("Finding the LSOA of each live postcode ...")
    successors = Successors(changes, points)
    postcodes = live_postcodes(directory, lookup, in_use, successors, lsoa21=lsoa21)

    tell("Assembling areas and figures ...")
    names = lsoa_names(deprivation, inputs.figures("msoa_names"), totals)
    codes = msoa_codes(names, lookup[lookup["lsoa11cd"].isin(codes11)], changes)
    places = organisations_table(inputs.organisation_rows(), directory, lookup, postcodes, successors)
    tables = _area_tables(lsoa_table(names, codes, outlines, postcodes), deprivation, codes) | {
        "deprivation": deprivation,
        "enterprise": enterprise_table(inputs.figures("business_demography"), set(totals["lad22cd"])),
        "postcodes": postcodes,
        "organisations": places,
    }
    tell("Checking every table ...")
    check_tables(tables, totals)
    return tables


def _area_tables(lsoas: GeoDataFrame, deprivation: DataFrame, codes: dict[str, str]) -> dict[str, DataFrame]:
    population = deprivation.set_index("lsoa21cd")["population"]
    return {
        "areas_lsoa21": lsoas,
        "areas_msoa21": msoa_table(lsoas, population, codes),
        "areas_district": district_table(lsoas, population),
    }


def _postcode_inputs() -> tuple[DataFrame, DataFrame, set[str]]:
    """The directory, the lookup's rows for the same postcodes, and the postcodes in use in 2025."""
    directory = inputs.directory_nov_2025(DISTRICTS_2025)
    lookup = inputs.lookup_may_2022()
    lookup = lookup[lookup["postcode"].isin(set(directory["postcode"]))]
    areas = set(directory["postcode"].str.extract(r"^([A-Z]+)")[0])
    return directory, lookup, inputs.code_point_2025(areas)
