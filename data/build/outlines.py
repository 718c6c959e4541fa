"""Outlines of the LSOAs of 2021, made from those of 2011."""

from collections.abc import Mapping
from itertools import chain

import geopandas as gpd
import numpy as np
import shapely
from geopandas import GeoDataFrame
from pandas import DataFrame
from pyproj import network
from shapely import Point

from geo.coverage import new_corners, require_clean
from geo.crs import BNG, WGS84
from geo.split import Shape, divide_by_nearest, share_vertices

GRID = 1.0
"""Metres. Outlines simplified to 200 m lose nothing on it, and shared corners stay shared."""

ROUNDING = 500.0
"""Square metres of ground that all corners put on the grid may add or take, over the whole region."""


def on_grid(shapes: GeoDataFrame) -> GeoDataFrame:
    """The outlines in British National Grid, every corner in whole metres.

    Equal corners in degrees stay equal, so neighbours keep meeting.
    """
    # Shift grids fetched from the network would make the result depend on the machine.
    network.set_network_enabled(False)
    metric = shapes.to_crs(BNG)
    whole = shapely.transform(np.asarray(metric.geometry.values), lambda at: np.round(at / GRID) * GRID)
    return metric.set_geometry(gpd.GeoSeries(whole, index=metric.index, crs=BNG))


def lsoa21_outlines(lsoa11: GeoDataFrame, changes: DataFrame, points: Mapping[str, Point]) -> GeoDataFrame:
    """One row an LSOA of 2021: `code`, `approximate`, `geometry` (metres), sorted by code.

    Parameters
    ----------
    lsoa11 : `code`, `geometry` on the grid, one row an LSOA of 2011.
    changes : `lsoa21cd`, `lsoa11cd`, `change` (S = piece of a split, M = part of a merger); an LSOA that is
        not in it is the same in both years.
    points : a point in each LSOA that came of a split.

    Raises
    ------
    CoverageError
        If the new outlines do not fit together as the old ones did.
    SplitError
        If a point is outside the LSOA to be split.
    """
    old = dict(zip(lsoa11["code"], lsoa11.geometry, strict=True))
    split, corners = _split(old, changes[changes["change"] == "S"], points)
    gone = set(changes["lsoa11cd"])
    kept = {code: shape for code, shape in old.items() if code not in gone}
    new = dict(sorted((kept | _merge(old, changes[changes["change"] == "M"]) | split).items()))
    # Pieces are given the corners too: two LSOAs that were split may lie side by side.
    shapes = [share_vertices(shape, corners, tolerance=GRID) for shape in new.values()]
    frame = gpd.GeoDataFrame(
        {"code": list(new), "approximate": [code in split for code in new]},
        geometry=[shapely.normalize(shape) for shape in shapes],
        crs=BNG,
    )
    require_clean(frame, lsoa11, tolerance=ROUNDING)
    return frame


def as_points(points: DataFrame) -> dict[str, Point]:
    """`code`, `latitude`, `longitude` (degrees) as points in British National Grid, by code."""
    network.set_network_enabled(False)
    places = gpd.GeoSeries(gpd.points_from_xy(points["longitude"], points["latitude"]), crs=WGS84).to_crs(BNG)
    return dict(zip(points["code"], places, strict=True))


def _split(
    old: Mapping[str, Shape], changes: DataFrame, points: Mapping[str, Point]
) -> tuple[dict[str, Shape], list[Point]]:
    """Pieces by code, and the corners that the dividing lines made (some are on a neighbour's line too)."""
    pieces: dict[str, Shape] = {}
    corners: list[list[tuple[float, float]]] = []
    for parent, group in changes.groupby("lsoa11cd"):
        codes = sorted(group["lsoa21cd"])
        shapes = divide_by_nearest(old[str(parent)], [points[code] for code in codes], grid=GRID)
        pieces |= dict(zip(codes, shapes, strict=True))
        corners.append(new_corners(old[str(parent)], shapes))
    return pieces, [Point(at) for at in chain.from_iterable(corners)]


def _merge(old: Mapping[str, Shape], changes: DataFrame) -> dict[str, Shape]:
    return {
        str(code): shapely.union_all([old[parent] for parent in group["lsoa11cd"]])
        for code, group in changes.groupby("lsoa21cd")
    }
