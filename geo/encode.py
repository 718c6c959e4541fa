"""Shapes as short lists of whole numbers, to send an outline to a browser once and cheaply."""

from collections.abc import Iterable

import numpy as np
import shapely
from geopandas import GeoSeries

from geo.crs import WGS84

STEPS_PER_DEGREE = 100_000
"""Grid of the drawn outlines: 1/100,000 of a degree, about 1.1 m north to south and 0.7 m east to west here."""

Ring = list[int]
Shape = list[list[Ring]]


def encode(shapes: GeoSeries) -> list[Shape]:
    """Outlines as steps on a grid of degrees, in the order given.

    Parameters
    ----------
    shapes : polygons and multipolygons, in any CRS that is known.

    Returns
    -------
    For each shape its polygons; for each polygon its rings, outer first; for each ring
    `[lat0, lon0, dlat1, dlon1, ...]` in steps of 1/`STEPS_PER_DEGREE` of a degree (WGS84). The closing
    vertex is left out, as are vertices that fall on the one before. A ring with fewer than three
    distinct vertices left is dropped.

    Raises
    ------
    ValueError
        If the CRS is unknown.

    Notes
    -----
    Steps from vertex to vertex rather than whole coordinates: the method of Google's encoded polyline
    format, without its base-64 text, since gzip does that better.
    """
    if shapes.crs is None:
        raise ValueError(f"{len(shapes)} shapes have no CRS. Set it (EPSG:27700 for ours) before drawing.")
    return [_shape(geometry) for geometry in shapes.to_crs(WGS84)]


def decode(shape: Shape) -> shapely.MultiPolygon:
    """The outline that `encode` wrote, back in degrees (WGS84)."""
    polygons = []
    for rings in shape:
        corners = [_corners(ring) for ring in rings]
        polygons.append(shapely.Polygon(corners[0], corners[1:]))
    return shapely.MultiPolygon(polygons)


def bounds(shapes: Iterable[shapely.Geometry]) -> list[list[float]]:
    """`[[south, west], [north, east]]` of shapes in degrees, as web maps want it."""
    west, south, east, north = shapely.total_bounds(list(shapes))
    return [[round(float(south), 5), round(float(west), 5)], [round(float(north), 5), round(float(east), 5)]]


def _shape(geometry: shapely.Geometry) -> Shape:
    shape = []
    for polygon in shapely.get_parts(geometry):
        outer = _ring(polygon.exterior)
        if outer:
            shape.append([outer, *filter(None, (_ring(hole) for hole in polygon.interiors))])
    return shape


def _ring(line: shapely.LinearRing) -> Ring:
    lon_lat = np.rint(shapely.get_coordinates(line)[:-1] * STEPS_PER_DEGREE).astype(int)
    moved = np.ones(len(lon_lat), dtype=bool)
    moved[1:] = (np.diff(lon_lat, axis=0) != 0).any(axis=1)
    kept = lon_lat[moved]
    if len(np.unique(kept, axis=0)) < 3:
        return []
    return np.diff(kept[:, ::-1], axis=0, prepend=np.zeros((1, 2), dtype=int)).ravel().tolist()


def _corners(ring: Ring) -> np.ndarray:
    lat_lon = np.cumsum(np.array(ring).reshape(-1, 2), axis=0) / STEPS_PER_DEGREE
    return lat_lon[:, ::-1]
