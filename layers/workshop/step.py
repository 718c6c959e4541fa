"""A step that was prepared for the browser, read back to be drawn on paper."""

import json
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

import numpy as np

from geo.areas import Geography
from layers import packing
from layers.classes import MISSING


@dataclass(frozen=True, kw_only=True)
class Step:
    """One state of the map, as `layers.render.told` wrote it.

    `of` holds a class for every area of `level`, in the order of their codes, `MISSING` where there is none; `marked`
    whether each is outlined strongly.
    """

    level: Geography
    of: np.ndarray
    colours: tuple[str, ...]
    labels: tuple[str, ...]
    counts: tuple[int, ...]
    missing: int
    title: str
    unit: str
    note: str
    opacity: float
    focus: tuple[int, ...]
    """Positions of the districts in focus; none means all."""
    selected: str | None
    marked: np.ndarray
    grid: Mapping[str, Any] | None
    view: Mapping[str, Any]
    mark: Mapping[str, Any] | None
    sites: tuple[Mapping[str, Any], ...]
    places: Mapping[str, Any]
    told: tuple[Mapping[str, Any], ...]
    """What residents told in other sessions: each has a `label` and `marks`."""


def read(text: str) -> Step:
    """The step that a scene was prepared with."""
    told = json.loads(text)
    of = _classes(told)
    return Step(
        level=Geography.of_key(told["level"]),
        of=of,
        colours=tuple(told["colours"]),
        labels=tuple(told["labels"]),
        counts=tuple(told["counts"]),
        missing=told["missing"],
        title=told["label"],
        unit=told["unit"],
        note=told["note"],
        opacity=told["opacity"],
        focus=tuple(told["focus"]),
        selected=told["selected"],
        marked=packing.unpacked_bits(told.get("marked", ""), len(of)),
        grid=told.get("grid"),
        view=told["view"],
        mark=told["mark"],
        sites=tuple(told.get("sites", ())),
        places=told["places"],
        told=tuple(told.get("told", ())),
    )


def _classes(told: Mapping[str, Any]) -> np.ndarray:
    """Every area's class: named one by one, or by the numbers in which the classes end and what differs from that."""
    classes = told["classes"]
    if "of" in classes:
        return np.nan_to_num(packing.unpacked(classes["of"]), nan=MISSING).astype(int)
    numbers = packing.unpacked(told["values"])
    known = ~np.isnan(numbers)
    # The first class whose end is not below the number. The ends of empty classes repeat, so they never fall.
    ends = np.array(classes["ends"], dtype=float)
    of = np.searchsorted(ends, np.where(known, classes["way"] * numbers, np.inf), side="left")
    of = np.where(known & (of < len(ends)), of, MISSING)
    of[classes["but"][::2]] = classes["but"][1::2]
    return of.astype(int)
