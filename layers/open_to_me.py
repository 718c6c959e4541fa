"""What is open to someone: the help that reaches where they live and fits what they tell, best first."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime

import numpy as np
import pandas as pd

from data.register.vocabulary import COSTS, DELIVERY, SUPPORT_TYPES, UNITS
from layers.nearby import distance_text
from layers.places import WELL_ATTESTED
from layers.provision import NO, UNSAID, YES, Wants, capacity_words, fits, hours_words

FARTHEST = 10_000
"""Metres: help that does not say whom it serves is listed if it is given within this."""


@dataclass(frozen=True, kw_only=True)
class Here:
    """Where someone lives: a point (metres) and the codes of the areas that it is in, smallest first."""

    point: tuple[float, float]
    areas: tuple[str, ...]


@dataclass(frozen=True, kw_only=True)
class Offer:
    """One service for one person: what it is, and what to know before going."""

    service: str
    organisation_id: str
    name: str
    organisation: str
    kind: str
    distance_m: float | None
    """None where it is given at no place."""
    place: str | None
    facts: tuple[str, ...]
    ask: tuple[str, ...]
    """What it does not say, so that one should ask first."""


def open_to(
    offers: pd.DataFrame, here: Here, wants: Wants, now: datetime, *, area_of: Callable[[str], str | None]
) -> tuple[Offer, ...]:
    """The services open to someone, those that say that they fit first, then by distance.

    Parameters
    ----------
    offers : rows of `layers.provision.provision`.
    area_of : the code of the area that a name or code means, or None.
    """
    distance = np.hypot(offers["easting"] - here.point[0], offers["northing"] - here.point[1])
    near = offers.assign(distance_m=distance, fit=fits(offers, wants, now))
    near["reach"] = [_reaches(row, here, area_of) for row in near.to_dict(orient="records")]
    open_here = (near["fit"] > NO) & (near["reach"] > NO) & (near["standing"] != "paused")
    near = near[open_here].sort_values("distance_m", na_position="last")
    # Of a service given at several places, the nearest.
    near = near.drop_duplicates("id").assign(sure=near[["fit", "reach"]].min(axis=1))
    near = near.sort_values(["sure", "distance_m", "id"], ascending=[False, True, True], na_position="last")
    return tuple(_offer(row, wants, now) for row in near.to_dict(orient="records"))


def _reaches(row: dict[str, object], here: Here, area_of: Callable[[str], str | None]) -> int:
    """Whether help reaches where someone lives: YES, NO, or UNSAID where it does not say whom it serves."""
    distance, within = float(str(row["distance_m"])), row["serves_km"]
    serves = row["serves"] if isinstance(row["serves"], tuple) else ()
    if any((code := area_of(name)) == "region" or code in here.areas for name in serves):
        return YES
    if within is not None and not pd.isna(within):
        return YES if distance <= float(str(within)) * 1_000 else NO
    if serves:
        return NO
    return UNSAID if np.isnan(distance) or distance <= FARTHEST else NO


def _offer(row: dict[str, object], wants: Wants, now: datetime) -> Offer:
    facts = [
        _where(row),
        COSTS.get(str(row["cost"]), "") if row["cost"] != "unknown" else "",
        hours_words(_text(row["opening_hours"]) or _text(row["place_hours"]), now),
        _as_sentence(str(row["often"] or "")),
        capacity_words(row, UNITS),
        _wait_words(int(float(str(row["wait_days"])))) if pd.notna(row["wait_days"]) else "",
        str(row["eligibility"] or ""),
        _cautions(row),
    ]
    return Offer(
        service=str(row["id"]),
        organisation_id=str(row["organisation_id"]),
        name=str(row["name"]),
        organisation=str(row["organisation"]),
        kind=SUPPORT_TYPES.get(str(row["support_type"]), "Help"),
        distance_m=None if pd.isna(row["distance_m"]) else float(str(row["distance_m"])),
        place=_text(row["place"]),
        facts=tuple(fact for fact in facts if fact),
        ask=_asks(row, wants),
    )


def _asks(row: dict[str, object], wants: Wants) -> tuple[str, ...]:
    unsaid = {
        "for which stage of business it is": wants.stage and not row["stages"],
        "what it costs": row["cost"] in (None, "unknown"),
        "which languages are spoken": wants.language and not row["languages"],
        "whether it is especially for your group": wants.group and not row["priority_groups"],
        "when it is open": wants.open_now and not (row["opening_hours"] or row["place_hours"]),
        "which areas it serves": row["reach"] == UNSAID,
        "who can use it": not row["eligibility"],
        "whether it is still running": row["standing"] != "active",
        "where it is given": pd.isna(row["distance_m"]) and not row["delivery"],
    }
    return tuple(words for words, is_unsaid in unsaid.items() if is_unsaid)


def _where(row: dict[str, object]) -> str:
    """How far it is, as well as that is known; or how it is given without a place."""
    if pd.notna(row["distance_m"]):
        rough = ", placed roughly" if row["basis"] == "approximate" else ""
        return f"{distance_text(float(str(row['distance_m'])))}{rough}"
    ways = row["delivery"] if isinstance(row["delivery"], tuple) else ()
    return " and ".join(DELIVERY[way] for way in ways).capitalize()


def _cautions(row: dict[str, object]) -> str:
    return "Known from one weak source" if row["verification"] not in WELL_ATTESTED else ""


def _wait_words(days: int) -> str:
    return f"About {days:,} {'day' if days == 1 else 'days'} to wait" if days else "No waiting time"


def _as_sentence(words: str) -> str:
    """With a capital first, and the others as they are: "Every Tuesday"."""
    return words[:1].upper() + words[1:]


def _text(value: object) -> str | None:
    return value if isinstance(value, str) and value else None
