"""Where something is that people pointed to: no nearer than a square of a hundred metres."""

import math
from concurrent.futures import ThreadPoolExecutor

from data.gazetteer import Gazetteer
from data.store import Store
from data.workshop.live import GRID, Place
from geo.areas import Geography

_DECIMALS = 5
"""Of degrees: about a metre."""


class Whereabouts:
    """Pins and areas as places of the region. Safe to share between threads.

    Degrees are turned into metres in one thread of its own: the first time in each thread takes a tenth of a second.
    """

    def __init__(self, store: Store, gazetteer: Gazetteer) -> None:
        lsoas = store.shapes(Geography.LSOA21)
        self._gazetteer = gazetteer
        self._msoa_of = dict(zip(lsoas["code"], lsoas["msoa_code"], strict=True))
        self._msoas = frozenset(store.shapes(Geography.MSOA21)["code"])
        self._thread = ThreadPoolExecutor(1, thread_name_prefix="whereabouts")
        self._thread.submit(self._pin, *_ANYWHERE)  # so that the first who points does not wait

    def pin(self, lat: float, lon: float, note: str = "") -> Place | None:
        """The place of a pin (degrees), moved to the middle of its square; None outside the region.

        Its neighbourhood is that of the middle of the square, so it tells no more than the square does.
        """
        found = self._thread.submit(self._pin, lat, lon).result()
        return Place(area=found[0], lsoa21cd=found[1], at=found[2], note=note) if found else None

    def area(self, code: str, note: str = "") -> Place | None:
        """The place that is a wider neighbourhood (MSOA code); None if there is none of that code."""
        return Place(area=code, note=note) if code in self._msoas else None

    def _pin(self, lat: float, lon: float) -> tuple[str, str, tuple[float, float]] | None:
        metres = self._gazetteer.metres(lon, lat)
        if not all(math.isfinite(each) for each in metres):
            return None
        easting, northing = (math.floor(each / GRID) * GRID + GRID / 2 for each in metres)
        spot = self._gazetteer.point(easting, northing)
        if spot is None:
            return None
        longitude, latitude = self._gazetteer.degrees(easting, northing)
        at = (round(latitude, _DECIMALS), round(longitude, _DECIMALS))
        return self._msoa_of[spot.lsoa21cd], spot.lsoa21cd, at


_ANYWHERE = (53.8, -1.5)
