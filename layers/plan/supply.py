"""What there is to reach: which help counts, where it is given and how much of it there is."""

from collections.abc import Set
from dataclasses import dataclass
from datetime import datetime

import numpy as np
import pandas as pd

from data.register.vocabulary import SUPPORT_TYPES
from geo.composite import Array
from layers.places import WELL_ATTESTED, of_types
from layers.provision import UNSAID, YES, Wants, fits
from layers.words import listed


@dataclass(frozen=True, kw_only=True)
class Supply:
    """What counts as help or as a place to reach, a row each, and how much was left out and why.

    `points` easting and northing (metres); `names` and `ids` of the places; `amounts` what each counts for.
    """

    points: Array
    names: tuple[str, ...]
    ids: tuple[str, ...]
    amounts: Array
    not_confirmed: int = 0
    """Left out, or counted if asked: not confirmed to be open, weakly attested or roughly placed."""
    nowhere: int = 0
    """Services that fit but are given online or by phone only, or at no place that we know."""
    unsaid: int = 0
    """Services that do not say whether they fit what was asked for."""
    with_capacity: int = 0
    """Of those counted, how many say their capacity."""

    @property
    def words(self) -> str:
        """What counts and what does not, in sentences."""
        many = len(self.names)
        said = [f"{many:,} {'place or service counts' if many == 1 else 'places and services count'}."]
        left = [
            f"{count:,} {why}"
            for count, why in (
                (self.not_confirmed, "not confirmed to be open or only roughly placed"),
                (self.nowhere, "given online or by phone only, or at no place that we know"),
                (self.unsaid, "silent on what you asked for"),
            )
            if count
        ]
        if left:
            said.append(f"Left out: {listed(left)}. What has ended, and what is only suggested, never counts.")
        return " ".join(said)


def supply(
    places: pd.DataFrame,
    offers: pd.DataFrame,
    *,
    types: Set[str],
    wants: Wants,
    unconfirmed: bool,
    capacity: bool,
    now: datetime,
) -> Supply:
    """What counts as help of some types on a day.

    Parameters
    ----------
    places, offers : rows of `layers.places.drawable` and of `layers.provision.provision`.
    types : place types; help counts a service at a time, any other place once.
    wants : what help must be known to fit.
    unconfirmed : whether what is not confirmed counts, too.
    capacity : whether a service counts for its capacity: one that does not say, for the middle of those that do.
    """
    helps = offers[offers["support_type"].isin(types & SUPPORT_TYPES.keys())]
    verdict = fits(helps, wants, now) if wants.any else np.full(len(helps), YES)
    good, placed = helps[verdict > UNSAID], helps["place"].notna().to_numpy()
    firm = _firm(good)
    at_places = good["place"].notna().to_numpy()
    kept = good[at_places & (firm | unconfirmed)]
    others = places[of_types(places, types - SUPPORT_TYPES.keys()) & ~places["suggested"].to_numpy(dtype=bool)]
    doors = others["firm"].to_numpy(dtype=bool)
    there = others[doors | unconfirmed]
    amounts = _capacity(kept) if capacity else np.ones(len(kept))
    named = places.set_index("id")["name"]
    return Supply(
        points=np.concatenate([part[["easting", "northing"]].to_numpy(dtype=float) for part in (kept, there)]),
        names=(*kept["place"].map(named).fillna(kept["organisation"]), *there["name"]),
        ids=(*kept["place"], *there["id"]),
        amounts=np.concatenate([amounts, np.ones(len(there))]),
        not_confirmed=0 if unconfirmed else int((at_places & ~firm).sum() + (~doors).sum()),
        nowhere=int((~at_places).sum()),
        unsaid=int(((verdict == UNSAID) & placed).sum()) if wants.any else 0,
        with_capacity=int(kept["capacity"].notna().sum()),
    )


def _firm(offers: pd.DataFrame) -> np.ndarray:
    """Whether each service is confirmed to be open, well attested and stands where it is placed."""
    open_ = offers["standing"].eq("active") & offers["verification"].isin(WELL_ATTESTED)
    return (open_ & offers["basis"].ne("approximate")).to_numpy(dtype=bool)


def _capacity(offers: pd.DataFrame) -> Array:
    """What each service counts for: its capacity as a multiple of the middle one that is counted in the same unit."""
    said = offers["capacity"].astype(float)
    middle = said.groupby(offers["capacity_unit"].fillna("")).transform("median")
    return (said / middle).where(middle > 0).fillna(1.0).to_numpy(dtype=float)


def nothing(found: Supply) -> str:
    """What is said where nothing counts."""
    return (
        "Nothing that we know of counts as this kind of help, so nobody's way to it can be measured. That may be a gap "
        "in our list. Choose more kinds of help, ask less of it, or count places not confirmed. "
        + found.words.partition(". ")[2]
    ).strip()
