"""A pin dropped anywhere: where it is in metres, and who would newly reach help that is put there."""

from dataclasses import dataclass
from functools import cache

import geopandas as gpd
import numpy as np
import shapely

from geo.composite import Array, Flags
from geo.crs import BNG, WGS84
from layers.plan.sites import Ground

_MIDDLE, _HALF = (53.8, -1.6), (0.7, 1.3)
"""Latitude and longitude of the middle of the region, and how far it may reach from there."""

_DEGREE, _KNOTS = 4, 9

_SIMPLIFIED = 200
"""Metres by which an outline may stray from the true one."""


@dataclass(frozen=True)
class Dropped:
    """Who would newly be within reach of help at a pin. Derived.

    `point` easting and northing (metres). `way_m` the way to it from each neighbourhood and `newly` whether that is
    newly within reach, in the order of the outlines; `people` how many live in these, `poor` about how many of them on
    low incomes, and `within` how many have the pin within reach at all. `near` is the position of the neighbourhood
    that is nearest to it; `helped` that of the nearest help among what counts, -1 for none, and `helped_m` the way.
    """

    point: tuple[float, float]
    way_m: Array
    newly: Flags
    people: float
    poor: float
    within: float
    near: int
    helped: int
    helped_m: float


def dropped(at: tuple[float, float], ground: Ground, *, poor: Array, help_points: Array) -> Dropped:
    """Who would newly be within reach of help at a pin.

    Parameters
    ----------
    at : latitude and longitude.
    poor : the share of people on low incomes in each neighbourhood, 0 to 1; NaN counts as none known.
    help_points : easting and northing of what counts as help today.
    """
    point = metres_of(at)
    here = np.array([point])
    way = ground.metres(here)[:, 0]
    reached = ground.reach(way)
    newly = reached & ~ground.already & (ground.people > 0)
    to_help = np.hypot(*(help_points - here).T) * ground.detour
    helped = int(to_help.argmin()) if len(to_help) else -1
    return Dropped(
        point=point,
        way_m=way,
        newly=newly,
        people=float(ground.people[newly].sum()),
        poor=float(np.nansum((ground.people * poor)[newly])),
        within=float(ground.people[reached].sum()),
        near=int(way.argmin()),
        helped=helped,
        helped_m=float(to_help[helped]) if helped >= 0 else float("inf"),
    )


def outside(pin: Dropped, districts: gpd.GeoSeries) -> bool:
    """Whether a pin lies outside the region. `districts` : outlines in metres (EPSG:27700), simplified to 200 m."""
    return bool(districts.distance(shapely.Point(pin.point)).min() > _SIMPLIFIED)


def metres_of(at: tuple[float, float]) -> tuple[float, float]:
    """Latitude and longitude in the region as easting and northing (metres, EPSG:27700), to the centimetre.

    Fitted once to the grid itself: to ask that takes a tenth of a second in each new thread, and every visit has one.
    """
    [point] = _terms(np.array([at])) @ _fitted()
    return float(point[0]), float(point[1])


def ready() -> None:
    """Fit the grid before the first pin is dropped, so that nobody waits for it."""
    _fitted()


@cache
def _fitted() -> Array:
    """What each of `_terms` is multiplied by to give easting and northing: least squares on a lattice of points."""
    along = np.cos(np.pi * (np.arange(_KNOTS) + 0.5) / _KNOTS)  # closer at the edges, where a fit strays most
    lattice = np.stack(np.meshgrid(along, along), axis=-1).reshape(-1, 2) * _HALF + _MIDDLE
    exact = gpd.GeoSeries.from_xy(lattice[:, 1], lattice[:, 0], crs=WGS84).to_crs(BNG)
    return np.asarray(np.linalg.lstsq(_terms(lattice), np.column_stack([exact.x, exact.y]))[0])


def _terms(at: Array) -> Array:
    north, east = ((at - _MIDDLE) / _HALF).T
    return np.stack([north**i * east**j for i in range(_DEGREE + 1) for j in range(_DEGREE + 1 - i)], axis=1)
