"""What stands near a point: the nearest of each kind, and all within a walk."""

from dataclasses import dataclass

import numpy as np
import pandas as pd

from layers.places import PLACE_GROUPS, PlaceGroup, of_types

WALKS = (800, 1_600)
"""Metres: about ten and twenty minutes on foot."""

_AT_LEAST = 3


@dataclass(frozen=True, kw_only=True)
class Nearby:
    """One kind of place around a point.

    `nearest` holds every place within the longest of `WALKS`, and at least the nearest three, nearest first (`name`,
    `what`, `distance_m`, `firm`, `why`); `within` the number inside each of `WALKS`.
    """

    group: PlaceGroup
    nearest: pd.DataFrame
    within: tuple[int, ...]


def around(places: pd.DataFrame, point: tuple[float, float], *, unconfirmed: bool = False) -> tuple[Nearby, ...]:
    """What stands around `point` (easting and northing, metres) of `places` (rows of `drawable`), a group at a time.

    What is only suggested is never among them.

    Distances are straight lines to the point of each place's postcode. Places that are not confirmed, or are
    placed roughly, count only if `unconfirmed`.
    """
    easting, northing = point
    near = places.assign(distance_m=np.hypot(places["easting"] - easting, places["northing"] - northing))
    near = near[~near["suggested"].astype(bool)].sort_values(["distance_m", "id"])
    if not unconfirmed:
        near = near[near["firm"]]
    found = []
    for group in PLACE_GROUPS:
        ours = near[of_types(near, group.types)]
        if ours.empty and not group.always:
            continue
        within = tuple(int((ours["distance_m"] <= walk).sum()) for walk in WALKS)
        nearest = ours.head(max(_AT_LEAST, within[-1])).reset_index(drop=True)
        found.append(Nearby(group=group, nearest=nearest, within=within))
    return tuple(found)


def distance_text(metres: float) -> str:
    """ "under 100 m", "350 m", "1.2 km": no finer than a postcode's point allows."""
    if metres < 100:
        return "under 100 m"
    if metres < 1_000:
        return f"{round(metres / 50) * 50:,} m" if metres < 975 else "1.0 km"
    return f"{metres / 1_000:.1f} km"


def walks_text(nearby: Nearby) -> str:
    """How many of one kind stand within each walk, in words."""
    return ", ".join(f"{count} within {distance_text(walk)}" for count, walk in zip(nearby.within, WALKS, strict=True))
