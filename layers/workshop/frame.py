"""Which part of the region a scene's map shows on paper, in metres: the same each time it is asked."""

import json
import math
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

import numpy as np
import shapely
from pyproj import Transformer

from data.workshop.live import Prepared
from geo.crs import BNG, WGS84
from geo.lettered_grid import LetteredGrid, SquareError, grid_over

COLUMNS, ROWS = 12, 10
"""Squares of a worksheet's map. On A4 each is 15 mm wide, which takes a finger and a pen."""

WIDEST_SQUARE = 1_000
"""Metres of a square's side: a wider one may hold several neighbourhoods, so that it says none."""

_METRES_PER_PIXEL = 156_543.034
"""Of a web map at the equator and zoom 0: its tiles of 256 pixels go once round the Earth."""

_SCREEN = (1_000, 750)
"""Pixels of a screen's map, from which a zoom becomes an extent."""

_CLOSEST = 14
"""A map that is sent to bounds never looks closer than at this zoom."""

_MARGIN = 0.02
"""Of the longer side, left free around bounds."""

_TO_METRES = Transformer.from_crs(WGS84, BNG, always_xy=True)
_TO_DEGREES = Transformer.from_crs(BNG, WGS84, always_xy=True)


@dataclass(frozen=True, kw_only=True)
class Frame:
    """What a map on paper shows: edges in metres (EPSG:27700), and the zoom of a web map that shows as much."""

    west: float
    south: float
    east: float
    north: float
    zoom: float

    @property
    def bounds(self) -> tuple[float, float, float, float]:
        """West, south, east and north."""
        return self.west, self.south, self.east, self.north

    @property
    def box(self) -> shapely.Polygon:
        """The frame as a shape."""
        return shapely.box(*self.bounds)


def frame_of(view: Mapping[str, Any], *, aspect: float) -> Frame:
    """What a map of `aspect` (width by height) shows of a step's `view`, all that a screen would show at least.

    Parameters
    ----------
    view : `bounds` ([[south, west], [north, east]]), or `at` (latitude, longitude) and `zoom`.
    """
    if view.get("at"):
        [[east, north]] = metres([view["at"]])
        pixel = _pixel(view["at"][0], view["zoom"])
        west, south, east, north = _around(east, north, _SCREEN[0] * pixel, _SCREEN[1] * pixel)
    else:
        (low, left), (high, right) = view["bounds"]
        points = metres([(low, left), (low, right), (high, left), (high, right)])
        (west, south), (east, north) = points.min(axis=0), points.max(axis=0)
        pixel = _pixel(low, _CLOSEST)
        width, height = max(east - west, _SCREEN[0] * pixel), max(north - south, _SCREEN[1] * pixel)
        free = 2 * _MARGIN * max(width, height)
        west, south, east, north = _around((west + east) / 2, (south + north) / 2, width + free, height + free)
    return _fitted(west, south, east, north, aspect=aspect)


def frame_around(bounds: tuple[float, float, float, float]) -> Frame:
    """The frame with these edges: west, south, east and north, in metres."""
    west, south, east, north = bounds
    [[latitude, _]] = degrees([((west + east) / 2, (south + north) / 2)])
    zoom = math.log2(_pixel(latitude, 0) / max((east - west) / _SCREEN[0], (north - south) / _SCREEN[1]))
    return Frame(west=west, south=south, east=east, north=north, zoom=round(zoom, 2))


def grid_of(prepared: Prepared) -> LetteredGrid:
    """The lettered grid of a scene's worksheet, `too_wide` or not: it depends on nothing but where the scene looks."""
    frame = frame_of(json.loads(prepared.step)["view"], aspect=COLUMNS / ROWS)
    return grid_over(frame.bounds, columns=COLUMNS, rows=ROWS)


def too_wide(grid: LetteredGrid) -> bool:
    """Whether a square of a grid is too wide to say which neighbourhood is meant."""
    return grid.side > WIDEST_SQUARE


def square_to_point(grid: LetteredGrid, written: str) -> tuple[float, float]:
    """Latitude and longitude of the middle of a square such as "C4".

    Raises
    ------
    geo.lettered_grid.SquareError
        If it is no square of the grid, or squares are too wide; its message is for the person who typed it.
    """
    if too_wide(grid):
        raise SquareError(
            f"A square on this map is {grid.side / 1_000:g} km wide, too wide to say which neighbourhood. Choose the "
            "neighbourhood from the list."
        )
    [[latitude, longitude]] = degrees([grid.middle_of(written)])
    return round(float(latitude), 5), round(float(longitude), 5)


def metres(points: Any) -> np.ndarray:
    """Points as latitude and longitude, one a row, as easting and northing."""
    lat, lon = np.asarray(points, dtype=float).reshape(-1, 2).T
    return np.column_stack(_TO_METRES.transform(lon, lat))


def degrees(points: Any) -> np.ndarray:
    """Points as easting and northing, one a row, as latitude and longitude."""
    east, north = np.asarray(points, dtype=float).reshape(-1, 2).T
    lon, lat = _TO_DEGREES.transform(east, north)
    return np.column_stack((lat, lon))


def _fitted(west: float, south: float, east: float, north: float, *, aspect: float) -> Frame:
    """The smallest frame of that aspect which shows all of it."""
    height = max(north - south, (east - west) / aspect)
    return frame_around(_around((west + east) / 2, (south + north) / 2, height * aspect, height))


def _pixel(latitude: float, zoom: float) -> float:
    """Metres of a web map's pixel."""
    return _METRES_PER_PIXEL * math.cos(math.radians(latitude)) / 2**zoom


def _around(east: float, north: float, width: float, height: float) -> tuple[float, float, float, float]:
    return east - width / 2, north - height / 2, east + width / 2, north + height / 2
