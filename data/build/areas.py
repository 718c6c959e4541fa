"""The three levels of area: neighbourhoods, the wider ones they make up, and districts."""

import geopandas as gpd
import numpy as np
import pandas as pd
import shapely
from geopandas import GeoDataFrame
from pandas import DataFrame

from geo.crs import BNG

HECTARE = 10_000.0
AREA_DECIMALS = 4
POINT_DECIMALS = 1

_PLACE = ["point_e", "point_n", "area_ha", "geometry"]
_DISTRICT = ["district_code", "district_name"]
LSOA_COLUMNS = [
    *["code", "name", "msoa_code", "msoa_name", "local_name", *_DISTRICT, "approximate"],
    *["point_e", "point_n", "point_postcodes", "area_ha", "geometry"],
]
MSOA_COLUMNS = [
    *["code", "name", "local_name", "has_local_name", "code_held", *_DISTRICT, "lsoas", "approximate"],
    *_PLACE,
]
DISTRICT_COLUMNS = ["code", "name", "lsoas", *_PLACE]


def lsoa_names(deprivation: DataFrame, local_names: DataFrame, totals: DataFrame) -> DataFrame:
    """One row an LSOA: `code`, `name`, and the names and codes of what it belongs to, without outlines.

    An LSOA's MSOA is its name less the last letter, and its district the words before the number.
    """
    name = deprivation["lsoa21nm"]
    msoa = name.str[:-1]
    district = name.str.rsplit(" ", n=1).str[0]
    local = local_names.set_index("msoa_ons_name")["msoa_local_name"]
    return DataFrame(
        {
            "code": deprivation["lsoa21cd"],
            "name": name,
            "msoa_name": msoa,
            "local_name": msoa.map(local).fillna(msoa),
            "district_code": district.map(totals.set_index("district")["lad22cd"]),
            "district_name": district,
            "population": deprivation["population"],
        }
    )


def msoa_codes(names: DataFrame, lookup: DataFrame, changes: DataFrame) -> dict[str, str]:
    """ONS codes by name, for the MSOAs of 2021 that are those of 2011 unchanged: same name, same LSOAs."""
    then = lookup.drop_duplicates("lsoa11cd")[["lsoa11cd", "msoa11cd", "msoa11nm"]]
    moved = then.merge(changes[["lsoa11cd", "lsoa21cd"]], on="lsoa11cd", how="left")
    moved["lsoa21cd"] = moved["lsoa21cd"].fillna(moved["lsoa11cd"])
    moved = moved[moved["lsoa21cd"].isin(set(names["code"]))]
    before = moved.groupby(["msoa11nm", "msoa11cd"])["lsoa21cd"].agg(frozenset)
    now = names.groupby("msoa_name")["code"].agg(frozenset)
    return {name: code for (name, code), lsoas in before.items() if now.get(name) == lsoas}


def lsoa_table(names: DataFrame, codes: dict[str, str], outlines: GeoDataFrame, postcodes: DataFrame) -> GeoDataFrame:
    """`areas_lsoa21`: one row an LSOA of 2021, sorted by code, with the mean place of its live postcodes.

    Where an LSOA has no postcode, its point is one inside the outline and `point_postcodes` is 0.
    """
    points = postcodes.groupby("lsoa21cd").agg(
        point_e=("easting", "mean"), point_n=("northing", "mean"), point_postcodes=("postcode", "size")
    )
    frame = outlines.merge(names, on="code", validate="one_to_one").merge(
        points, left_on="code", right_index=True, how="left"
    )
    inside = frame.geometry.representative_point()
    frame = frame.assign(
        msoa_code=frame["msoa_name"].map(lambda name: codes.get(name, name)),
        point_e=frame["point_e"].fillna(inside.x).round(POINT_DECIMALS),
        point_n=frame["point_n"].fillna(inside.y).round(POINT_DECIMALS),
        point_postcodes=frame["point_postcodes"].fillna(0).astype("int32"),
        area_ha=_hectares(frame),
    )
    return frame[LSOA_COLUMNS].sort_values("code", ignore_index=True)


def msoa_table(lsoas: GeoDataFrame, population: "pd.Series[int]", codes: dict[str, str]) -> GeoDataFrame:
    """`areas_msoa21`: one row an MSOA of 2021, dissolved from its LSOAs.

    Where no code is held the ONS name stands for it and `code_held` is false: codes are never made up.
    `population` is by LSOA code; it weighs the LSOAs' points into the MSOA's.
    """
    by = ["msoa_code", "msoa_name", "local_name", "district_code", "district_name"]
    frame = _dissolved(lsoas, population, by=by)
    frame = frame.rename(columns={"msoa_code": "code", "msoa_name": "name"})
    frame["has_local_name"] = frame["local_name"] != frame["name"]
    frame["code_held"] = frame["name"].isin(codes.keys())
    return frame[MSOA_COLUMNS].sort_values("code", ignore_index=True)


def district_table(lsoas: GeoDataFrame, population: "pd.Series[int]") -> GeoDataFrame:
    """`areas_district`: one row a district (codes of 2022), dissolved from its LSOAs."""
    frame = _dissolved(lsoas, population, by=["district_code", "district_name"])
    frame = frame.rename(columns={"district_code": "code", "district_name": "name"})
    return frame[DISTRICT_COLUMNS].sort_values("code", ignore_index=True)


def _dissolved(lsoas: GeoDataFrame, population: "pd.Series[int]", *, by: list[str]) -> GeoDataFrame:
    weight = lsoas["code"].map(population)
    rows, shapes = [], []
    for key, group in lsoas.groupby(by):
        people = weight[group.index]
        rows.append(
            dict(zip(by, key, strict=True))
            | {
                "lsoas": len(group),
                "approximate": bool(group["approximate"].any()),
                "point_e": round(float(np.average(group["point_e"], weights=people)), POINT_DECIMALS),
                "point_n": round(float(np.average(group["point_n"], weights=people)), POINT_DECIMALS),
            }
        )
        shapes.append(shapely.normalize(shapely.union_all(list(group.geometry))))
    frame = gpd.GeoDataFrame(rows, geometry=shapes, crs=BNG).astype({"lsoas": "int32"})
    return frame.assign(area_ha=_hectares(frame))


def _hectares(frame: GeoDataFrame) -> "pd.Series[float]":
    return (frame.area / HECTARE).round(AREA_DECIMALS)
