"""Where the map should look, and what the place that was looked for is called."""

from collections.abc import Sequence

import geopandas as gpd
import pandas as pd

from data.store import Store
from geo.areas import Geography
from geo.crs import BNG, WGS84
from geo.encode import bounds
from geo.postcode import looks_like_postcode
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
    if (point := point_of(store, at)) is not None:
        [degrees] = gpd.GeoSeries.from_xy([point[0]], [point[1]], crs=BNG).to_crs(WGS84)
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


def point_of(store: Store, postcode: str) -> tuple[float, float] | None:
    """Easting and northing (metres) of a postcode of the region; None for anything else."""
    if not looks_like_postcode(postcode):
        return None
    answer = store.ask("find_postcode", postcode=postcode)
    return None if answer.empty else (float(answer["easting"].iloc[0]), float(answer["northing"].iloc[0]))


def name_of(store: Store, places: pd.DataFrame, at: str) -> str:
    """What people call a place's id or an area's code; anything else is returned as it is."""
    if len(place := places[places["id"] == at]):
        return str(place["name"].iloc[0])
    for geography in Geography:
        areas = store.shapes(geography)
        if len(area := areas[areas["code"] == at]):
            return str(area["local_name" if "local_name" in area else "name"].iloc[0])
    return at
