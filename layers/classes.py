"""From values to classes: which colour a place gets, and what the key to the map says."""

from dataclasses import dataclass, replace
from itertools import pairwise

import numpy as np
import pandas as pd

from geo.areas import Geography
from layers.base import Bands, Colouring, Layer
from layers.palettes import BLUES, ramp

MISSING = -1
"""Class of a place without a figure."""

TENTHS = 10


@dataclass(frozen=True, kw_only=True)
class Classes:
    """A class for every place, and what each class is.

    `of` holds one whole number a place (`MISSING` where there is no figure), in the order of the values given;
    `colours`, `labels` and `counts` one entry a class, lowest first; `missing` counts the places without a
    figure. Places outside the area in view have a class but are not counted.
    """

    of: np.ndarray
    colours: tuple[str, ...]
    labels: tuple[str, ...]
    counts: tuple[int, ...]
    missing: int


@dataclass(frozen=True)
class Ends:
    """Classes as the numbers in which each ends, from which a reader of the numbers has every place's class.

    A place is in the first class whose entry in `ends` is not below `way` times its number; without a number, or
    beyond the last end, it is `MISSING`. `but` holds the places of which that is not true: positions and classes in
    turn.
    """

    way: int
    """1 where the classes rise with the numbers, -1 where they fall."""
    ends: tuple[int, ...]
    but: tuple[int, ...]


def classify(
    layer: Layer, reading: pd.DataFrame, *, geography: Geography, colouring: Colouring, in_view: np.ndarray
) -> Classes:
    """Put each place of a reading in a class.

    Parameters
    ----------
    layer : what the values are.
    reading : one row a place, columns `value`, `tenth` and `order` (NaN where missing; lowest order = most deprived).
    geography : what the places are.
    colouring : what the colours compare with; one that the layer does not offer falls back to its own first.
    in_view : one truth value a place, whether it lies in the area in view: sets the tenths of `HERE` and counts.
    """
    colouring = colouring if colouring in layer.colourings else layer.colourings[0]
    if colouring is Colouring.BANDS and isinstance(layer.style, Bands):
        return _banded(layer, layer.style, reading["value"], geography=geography, in_view=in_view)
    if colouring is Colouring.HERE:
        return _in_tenths(tenths_within(reading["order"], in_view), in_view)
    return _in_tenths(reading["tenth"].round(), in_view)


def by_ends(classes: Classes, numbers: np.ndarray) -> Ends:
    """The same classes, told by `numbers`: one whole number a place, or NaN, in the order of the classes.

    Numbers that were rounded may be alike in two classes; such places, few if the classes follow the numbers at all,
    are named one by one.
    """
    rising = _ends(classes, numbers, 1)
    return min(rising, _ends(classes, numbers, -1), key=lambda told: len(told.but)) if rising.but else rising


def tenths_within(values: pd.Series, in_view: np.ndarray) -> pd.Series:
    """The tenth (1 to 10) in which each value falls among those in view; NaN outside the view or where missing.

    Equal values share the tenth of the first of them, so tenths are of equal size only as far as ties allow, and the
    first is never empty. Tenth = floor(10 x (number of smaller values) / n) + 1, the smallest values first.
    """
    seen = values.where(in_view)
    smaller = seen.rank(method="min") - 1
    return np.floor(TENTHS * smaller / seen.notna().sum()) + 1


def counted(of: np.ndarray, colours: tuple[str, ...], labels: tuple[str, ...], in_view: np.ndarray) -> Classes:
    """Classes, one whole number a place (`MISSING` where it has none), with how many in view are in each."""
    seen = of[in_view]
    counts = np.bincount(seen[seen != MISSING], minlength=len(colours))
    return Classes(
        of=of,
        colours=colours,
        labels=labels,
        counts=tuple(int(count) for count in counts),
        missing=int((seen == MISSING).sum()),
    )


def _ends(classes: Classes, numbers: np.ndarray, way: int) -> Ends:
    """`way` times the number below which as many places lie as there are in the classes up to each."""
    told, of = way * numbers, classes.of
    known = ~np.isnan(told)
    both = known & (of != MISSING)
    upto = np.searchsorted(np.sort(of[both]), np.arange(len(classes.colours)), side="right")
    below = told[both].min(initial=0) - 1
    ends = np.concatenate(([below], np.sort(told[both])))[upto]
    read = np.where(known, np.searchsorted(ends, told), MISSING)
    read[read == len(ends)] = MISSING
    wrong = np.flatnonzero(read != of)
    but = np.column_stack((wrong, of[wrong])).ravel()
    return Ends(way, tuple(ends.astype(int).tolist()), tuple(but.astype(int).tolist()))


def _in_tenths(tenths: pd.Series, in_view: np.ndarray) -> Classes:
    of = tenths.sub(1).fillna(MISSING).to_numpy(dtype=int)
    labels = [str(tenth) for tenth in range(1, TENTHS + 1)]
    labels[0], labels[-1] = "1 most deprived", f"{TENTHS} least deprived"
    return counted(of, ramp(tuple(reversed(BLUES)), TENTHS), tuple(labels), in_view)


def _banded(layer: Layer, style: Bands, values: pd.Series, *, geography: Geography, in_view: np.ndarray) -> Classes:
    above = geography is not layer.geographies[0] and style.limits_above
    limits = style.limits_above if above else style.limits
    shown = (values * layer.number.times).round(layer.number.decimals)
    of = np.where(shown.isna(), MISSING, np.searchsorted(limits, shown.fillna(0), side="right"))
    return counted(of, ramp(style.anchors, len(limits) + 1), _band_labels(layer, limits), in_view)


def _band_labels(layer: Layer, limits: tuple[float, ...]) -> tuple[str, ...]:
    """ "under 10%", "10% to 19.9%" ... "60% or more", to the precision that the values are shown in."""
    step = 10.0**-layer.number.decimals
    number = replace(layer.number, trimmed=True)

    def text(shown: float) -> str:
        return number.text(shown / number.times)

    between = [f"{text(low)} to {text(high - step)}" for low, high in pairwise(limits)]
    return (f"under {text(limits[0])}", *between, f"{text(limits[-1])} or more")
