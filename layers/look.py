"""Where the map should look, and what the place that was looked for is called."""

from collections.abc import Sequence
from dataclasses import dataclass

import geopandas as gpd
import pandas as pd

from data.store import Store
from geo.areas import Geography
from geo.crs import BNG, WGS84
from geo.encode import bounds
from geo.postcode import looks_like_postcode, normalise
from layers.render import Look, Mark

_STREETS = 15
"""Zoom at which a postcode's surroundings fill the map."""


def look_at(store: Store, places: pd.DataFrame, at: str, focus: Sequence[str]) -> tuple[Look, Mark | None]:
    """Where the map should look, and the pin to put there.

    Parameters
    ----------
    places : rows of `layers.places.drawable`.
    at : a postcode, a place's id or an area's code; anything else, or nothing, means the districts in focus.
    focus : names of districts; none means all.
    """
    if (door := door_of(store, at)) is not None:
        [degrees] = gpd.GeoSeries.from_xy([door.point[0]], [door.point[1]], crs=BNG).to_crs(WGS84)
        where = (round(degrees.y, 5), round(degrees.x, 5))
        return Look(key=f"at {at}", at=where, zoom=_STREETS), Mark(at=where, label=at)
    if len(place := places[places["id"] == at]):
        where = (float(place["lat"].iloc[0]), float(place["lon"].iloc[0]))
        return Look(key=f"at {at}", at=where, zoom=_STREETS), Mark(at=where, label=place["name"].iloc[0])
    for geography in Geography:
        shapes = store.shapes(geography)
        if len(area := shapes[shapes["code"] == at]):
            return Look(key=f"at {at}", bounds=bounds(area.to_crs(WGS84).geometry)), None
    districts = store.shapes(Geography.DISTRICT)
    seen = districts[districts["name"].isin(focus)] if focus else districts
    return Look(key=f"focus {','.join(sorted(focus))}", bounds=bounds(seen.to_crs(WGS84).geometry)), None


@dataclass(frozen=True)
class Door:
    """Where a postcode is: easting and northing (metres) and the code of its neighbourhood."""

    point: tuple[float, float]
    lsoa21cd: str


def door_of(store: Store, postcode: str) -> Door | None:
    """Where a postcode of the region is; None for anything else."""
    if not looks_like_postcode(postcode):
        return None
    answer = store.ask("find_postcode", postcode=normalise(postcode))
    if answer.empty:
        return None
    row = answer.iloc[0]
    return Door((float(row["easting"]), float(row["northing"])), str(row["lsoa21cd"]))


def name_of(store: Store, places: pd.DataFrame, at: str) -> str:
    """What people call a place's id or an area's code; anything else is returned as it is."""
    if len(place := places[places["id"] == at]):
        return str(place["name"].iloc[0])
    for geography in Geography:
        areas = store.shapes(geography)
        if len(area := areas[areas["code"] == at]):
            return str(area["local_name" if "local_name" in area else "name"].iloc[0])
    return at
