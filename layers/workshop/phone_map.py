"""The map on a phone: the wider neighbourhoods and their names, as few bytes as will do.

Every line is sent once, though two areas share it, and knows the areas on its two sides. From that a phone draws the
map, finds the area that a pin is in, and sees which lines part two districts.
"""

import hashlib
import json
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import geopandas as gpd
import numpy as np
import pandas as pd
import shapely

from data.store import Store
from geo.areas import Geography
from geo.crs import WGS84
from layers.outlines import Asset

STEPS_PER_DEGREE = 5_000
"""Grid of the lines: 22 m north to south and 13 m east to west here, far less than the 200 m of the outlines."""

COARSE_METRES = 100
"""Square root of the area that a bend must cut off to be kept (Visvalingam and Whyatt)."""

Areas = tuple[tuple[str, tuple[tuple[str, str], ...]], ...]
"""By district, the code and local name of each neighbourhood."""

_LOOKED_AT = 0.25
"""A district that fills so much of a map is one that the map looks at."""

_SCREEN = (360, 320)
"""Pixels, wide and high, of the map on a phone: how much is seen around a point."""

_FIRST, _DIGITS = 35, 45
_AVOIDED, _INSTEAD = chr(92), chr(126)


def phone_map(store: Store) -> Asset:
    """The outlines and names of a pack's wider neighbourhoods (MSOA) and districts, as JSON.

    `lines`, `sides`, `labels` and `towns` are texts of `packed`. `lines`: each line in steps of 1/`steps` of a degree
    from `corner` (latitude, longitude). `sides`: for each line its two areas by position, -1 for outside. `codes`,
    `names`, `of` (the district by position) and `labels` (where a name is written): for each area. `districts` and
    `towns`: the districts' names and where they are written.
    """
    msoas, districts = store.shapes(Geography.MSOA21), store.shapes(Geography.DISTRICT)
    lines, sides = _lines(msoas)
    corner = np.floor(np.min([shapely.get_coordinates(line).min(axis=0) for line in lines], axis=0))
    of_district = {code: i for i, code in enumerate(districts["code"])}
    told = {
        "steps": STEPS_PER_DEGREE,
        "corner": [int(corner[1]), int(corner[0])],
        "lines": [packed(shapely.get_coordinates(line) - corner) for line in lines],
        "sides": packed(np.array(sides)),
        "codes": msoas["code"].tolist(),
        "names": msoas["local_name"].tolist(),
        "of": [of_district[code] for code in msoas["district_code"]],
        "labels": packed(_labels(msoas) - corner),
        "districts": districts["name"].tolist(),
        "towns": packed(_labels(districts) - corner),
    }
    body = json.dumps(told, ensure_ascii=False, separators=(",", ":")).encode()
    return Asset(f"/j/map/{hashlib.sha256(body).hexdigest()[:16]}.json", body, "application/json")


def area_list(store: Store) -> Areas:
    """The wider neighbourhoods to choose from: by district, the code and local name of each, in the order of names."""
    msoas = pd.DataFrame(store.shapes(Geography.MSOA21)[["code", "local_name", "district_name"]])
    return tuple(
        (str(district), tuple(zip(group["code"], group["local_name"], strict=True)))
        for district, group in msoas.sort_values(["local_name", "code"]).groupby("district_name")
    )


@dataclass(frozen=True, eq=False)
class Districts:
    """Where the districts are. The same only as itself."""

    names: tuple[str, ...]
    """In the order of the pack, by whose positions a map says which are in focus."""
    shapes: Sequence[shapely.Geometry]
    """Rough outlines, in degrees."""

    def looked_at(self, view: Mapping[str, Any], focus: Iterable[int] = ()) -> tuple[str, ...]:
        """Names of the districts that a map looks at: those in focus, else those that fill most of it, the most first.

        None if it looks at all of them alike. `view` is as `layers.workshop.phone.view` tells it.
        """
        seen = sorted(self.names[i] for i in focus if i < len(self.names))
        if not seen and (window := _window(view)):
            shares = [window.intersection(shape).area / window.area for shape in self.shapes]
            filling = [i for i, share in enumerate(shares) if share >= _LOOKED_AT]
            seen = [self.names[i] for i in sorted(filling, key=lambda i: -shares[i])]
        return tuple(seen) if len(seen) < len(self.names) else ()


def district_list(store: Store) -> Districts:
    """The districts of a pack, for `Districts.looked_at`."""
    districts = store.shapes(Geography.DISTRICT)
    rough = gpd.GeoSeries(districts.geometry.simplify(2 * COARSE_METRES), crs=districts.crs).to_crs(WGS84)
    return Districts(tuple(districts["name"]), tuple(rough))


def in_order(areas: Areas, first: Sequence[str]) -> Areas:
    """The same list with these districts first, in this order, and the others after them as they stood."""
    place = {name: i for i, name in enumerate(first)}
    return tuple(sorted(areas, key=lambda each: place.get(each[0], len(place))))


def _window(view: Mapping[str, Any]) -> shapely.Polygon | None:
    """What of the world a map shows on a phone, in degrees; None if that cannot be told."""
    if at := view.get("at"):
        wide = _SCREEN[0] / 2 * 360 / (256 * 2 ** view.get("zoom", 14))
        high = wide * _SCREEN[1] / _SCREEN[0] * np.cos(np.radians(at[0]))
        return shapely.box(at[1] - wide, at[0] - high, at[1] + wide, at[0] + high)
    if bounds := view.get("bounds"):
        (south, west), (north, east) = bounds
        return shapely.box(west, south, east, north)
    return None


def area_codes(areas: Areas) -> dict[str, str]:
    """The code of each neighbourhood by its name: of those whose name no other has."""
    named: dict[str, list[str]] = {}
    for _, inside in areas:
        for code, name in inside:
            named.setdefault(name, []).append(code)
    return {name: codes[0] for name, codes in named.items() if len(codes) == 1}


def _lines(areas: gpd.GeoDataFrame) -> tuple[list[shapely.LineString], list[tuple[int, int]]]:
    """The lines between areas on the grid (longitude, latitude, in steps), each once, with the areas on its sides."""
    simple = gpd.GeoSeries(shapely.coverage_simplify(areas.geometry.to_numpy(), COARSE_METRES), crs=areas.crs)
    stepped = shapely.transform(simple.to_crs(WGS84).to_numpy(), lambda at: np.rint(at * STEPS_PER_DEGREE))
    rims = shapely.boundary(stepped)
    lines = shapely.get_parts(shapely.line_merge(shapely.union_all(rims)))
    tree, sides = shapely.STRtree(rims), []
    for line in lines:
        beside = [int(i) for i in tree.query(line) if shapely.covers(rims[i], line)]
        sides.append((beside[0], beside[1] if len(beside) > 1 else -1))
    return list(lines), sides


def _labels(areas: gpd.GeoDataFrame) -> np.ndarray:
    """Where each area's name is written (longitude, latitude, in steps): where its people live, if we know."""
    points = gpd.GeoSeries.from_xy(areas["point_e"], areas["point_n"], crs=areas.crs).to_crs(WGS84)
    return np.column_stack([points.x, points.y]) * STEPS_PER_DEGREE


def packed(points: np.ndarray) -> str:
    """Points (longitude, latitude, in steps) as text: the difference from one to the next, latitude first.

    Near numbers take one sign and most others two, none of which JSON writes differently.
    """
    whole = np.rint(points).astype(int)[:, ::-1]
    return "".join(map(_number, np.diff(whole, axis=0, prepend=np.zeros((1, 2), dtype=int)).ravel().tolist()))


def unpacked(text: str) -> np.ndarray:
    """The points (longitude, latitude, in steps) that `packed` wrote."""
    numbers = np.array(list(_numbers(text)), dtype=int).reshape(-1, 2)
    return np.cumsum(numbers, axis=0)[:, ::-1]


def _number(value: int) -> str:
    """A whole number in signs: every one but the last is from the upper half of the alphabet."""
    rest, signs = (2 * value if value >= 0 else -2 * value - 1), ""
    while rest >= _DIGITS:
        signs += chr(_FIRST + _DIGITS + rest % _DIGITS)
        rest //= _DIGITS
    return (signs + chr(_FIRST + rest)).replace(_AVOIDED, _INSTEAD)


def _numbers(text: str) -> Iterable[int]:
    rest, worth = 0, 1
    for sign in text.replace(_INSTEAD, _AVOIDED):
        digit = ord(sign) - _FIRST
        rest += worth * (digit % _DIGITS)
        worth *= _DIGITS
        if digit < _DIGITS:
            yield rest // 2 if rest % 2 == 0 else -(rest + 1) // 2
            rest, worth = 0, 1
