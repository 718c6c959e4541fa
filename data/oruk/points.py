"""Places in degrees, for those who draw them; the register itself measures in metres."""

from collections.abc import Iterable
from functools import cache
from typing import Any

import numpy as np
from pyproj import Transformer, network

from data.register.records import Location
from geo.crs import BNG, WGS84

_DECIMALS = 7
"""Of a degree: about a centimetre, so that the metres come back whole."""


@cache
def _ways() -> tuple[Any, Any]:
    # Shift grids fetched from the network would make the result depend on the machine.
    network.set_network_enabled(False)
    there = Transformer.from_crs(BNG, WGS84, always_xy=True)
    return there, Transformer.from_crs(WGS84, BNG, always_xy=True)


def degrees_of(places: Iterable[Location]) -> dict[str, tuple[float, float]]:
    """Latitude and longitude by the place's id, of those that have a point which comes back to the same metres."""
    known = [place for place in places if place.easting is not None and place.northing is not None]
    if not known:
        return {}
    metres = np.array([(place.easting, place.northing) for place in known], dtype=float).T
    there, back = _ways()
    degrees = np.round(there.transform(*metres), _DECIMALS)
    # Far out at sea the way there and the way back are not the same one.
    same = (np.round(back.transform(*degrees)) == metres).all(axis=0)
    return {
        place.id: (float(latitude), float(longitude))
        for place, longitude, latitude, kept in zip(known, *degrees, same, strict=True)
        if kept
    }
