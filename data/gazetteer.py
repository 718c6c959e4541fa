"""Where things are, from what people know of them: a postcode, coordinates, the name of an area."""

import math
from collections.abc import Iterable
from dataclasses import dataclass
from itertools import product

import numpy as np
import shapely
from pyproj import Transformer

from data.store import Store
from geo.areas import Geography
from geo.crs import BNG, WGS84
from geo.neighbours import vote

_REACHES = (300, 1_000, 3_000)
"""Metres within which a point's nearest postcodes are looked for; farther from every door is nowhere of ours."""

_EDGE = 300
"""Metres by which the region is widened before a point is said to be outside: the outlines are simplified."""

_ALIKE = {"0": "O", "O": "0", "1": "IL", "I": "1", "L": "1", "5": "S", "S": "5", "8": "B", "B": "8", "2": "Z"}
_ALIKE |= {"Z": "2", "6": "G", "G": "6", "U": "V", "V": "U", "M": "N", "N": "M"}


@dataclass(frozen=True)
class Spot:
    """A place in the region: metres (EPSG:27700), its neighbourhood (LSOA code) and its district's name."""

    easting: int
    northing: int
    lsoa21cd: str
    district: str


class Gazetteer:
    """What a pack knows of where things are. Made once: it reads every postcode of the region."""

    def __init__(self, store: Store) -> None:
        found = store.ask("postcodes")
        columns = (found["easting"], found["northing"], found["lsoa21cd"], found["district"])
        self._spots = {
            postcode: Spot(int(e), int(n), lsoa, district)
            for postcode, e, n, lsoa, district in zip(found["postcode"], *columns, strict=True)
        }
        self._outward = {postcode.split()[0] for postcode in self._spots}
        self._postcodes = found["postcode"].to_numpy()
        self._points = found[["easting", "northing"]].to_numpy(dtype=float)
        self._tree = shapely.STRtree(shapely.points(self._points))
        self._lsoas = found["lsoa21cd"].to_numpy()
        self._district_of = dict(zip(found["lsoa21cd"], found["district"], strict=True))
        self._region = shapely.union_all(store.shapes(Geography.DISTRICT).geometry).buffer(_EDGE)
        shapely.prepare(self._region)
        self._to_metres = Transformer.from_crs(WGS84, BNG, always_xy=True)
        self._to_degrees = Transformer.from_crs(BNG, WGS84, always_xy=True)
        self._areas = _areas(store)

    def postcode(self, postcode: str) -> Spot | None:
        """Where a postcode is ("LS8 4AA"); None if it is not one of the region's in use."""
        return self._spots.get(postcode)

    def has_outward(self, outward: str) -> bool:
        """Whether any postcode of the region begins with this first half ("LS8")."""
        return outward in self._outward

    def likely(self, postcode: str) -> str | None:
        """The one postcode of the region that differs from this only by signs that look alike, if there is one."""
        choices = [f"{sign}{_ALIKE.get(sign, '')}" for sign in postcode]
        if math.prod(len(choice) for choice in choices) > 5_000:
            return None
        found = {tried for tried in map("".join, product(*choices)) if tried in self._spots}
        return found.pop() if len(found) == 1 else None

    def point(self, easting: float, northing: float) -> Spot | None:
        """The neighbourhood at a point (metres), by vote of its five nearest postcodes; None outside the region."""
        if not np.isfinite([easting, northing]).all():
            return None
        here = shapely.Point(easting, northing)
        if not self._region.contains(here):
            return None
        for reach in _REACHES:
            near = self._tree.query(here, predicate="dwithin", distance=reach)
            if len(near) >= 5 or (len(near) and reach == _REACHES[-1]):
                lsoa = vote(np.array([easting, northing]), self._points[near], self._lsoas[near])
                return Spot(round(easting), round(northing), lsoa, self._district_of[lsoa])
        return None

    def holds(self, lsoa21cd: str, easting: float, northing: float) -> bool:
        """Whether a neighbourhood may be that of a point: whether any postcode of it is near enough to vote."""
        if self._district_of.get(lsoa21cd) is None:
            return False
        near = self._tree.query(shapely.Point(easting, northing), predicate="dwithin", distance=_REACHES[1])
        return bool((self._lsoas[near] == lsoa21cd).any())

    def district_of(self, lsoa21cd: str) -> str:
        """The name of a neighbourhood's district."""
        return self._district_of[lsoa21cd]

    def nearest_postcode(self, easting: float, northing: float) -> tuple[str, float]:
        """The postcode nearest to a point, and how far it is (metres)."""
        here = shapely.Point(easting, northing)
        [nearest] = np.atleast_1d(self._tree.nearest(here))[:1]
        return str(self._postcodes[nearest]), float(shapely.distance(here, shapely.Point(self._points[nearest])))

    def metres(self, longitude: float, latitude: float) -> tuple[float, float]:
        """Degrees as metres; infinities where they are no place on the earth."""
        easting, northing = self._to_metres.transform(longitude, latitude)
        return float(easting), float(northing)

    def degrees(self, easting: float, northing: float) -> tuple[float, float]:
        """Metres as longitude and latitude."""
        longitude, latitude = self._to_degrees.transform(easting, northing)
        return float(longitude), float(latitude)

    def area(self, words: str) -> str | None:
        """The code of the area that people mean by a name or a code; None if there is none."""
        return self._areas.get(" ".join(words.split()).casefold())

    def unknown_areas(self, words: Iterable[str]) -> list[str]:
        """Those of several names or codes that are no area of ours."""
        return [each for each in words if self.area(each) is None]


def _areas(store: Store) -> dict[str, str]:
    """Codes by every name that an area goes by, in lower case; of equal names, the wider area."""
    named = {"whole region": "region", "leeds city region": "region", "region": "region"}
    for geography in (Geography.DISTRICT, Geography.MSOA21, Geography.LSOA21):
        shapes = store.shapes(geography)
        for column in ("name", "local_name", "code"):
            if column in shapes and not (column == "local_name" and geography is Geography.LSOA21):
                named = {
                    str(name).casefold(): code for name, code in zip(shapes[column], shapes["code"], strict=True)
                } | named
    return named
