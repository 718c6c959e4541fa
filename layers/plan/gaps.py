"""Where need meets poor reach: both beside each other in three by three classes, and one gap score."""

from dataclasses import dataclass

import numpy as np
import pandas as pd

from geo.composite import Array, Scale, scaled
from layers.base import Number
from layers.classes import MISSING, Classes, counted
from layers.palettes import BLUES, EMBERS, PURPLES, bivariate, ramp
from layers.plan.access import PER_PERSON, Reached, poorness
from layers.plan.need import Index, placed

THIRDS = 3
FIFTHS = 5
_HAIR = 1e-9
"""So that a standing of two thirds is not below two thirds for want of a last digit."""

SCORE = Number()
"""How standings and gap scores are written: 0 to 100."""

NEEDS = ("less need", "middling need", "more need")
REACHES = ("good reach", "middling reach", "poor reach")
BOTH = tuple(f"{need}, {reach}" for reach in REACHES for need in NEEDS)
"""The nine classes: need across, poor reach upwards, from less need and good reach."""

WORST = len(BOTH) - 1


@dataclass(frozen=True)
class Gaps:
    """Need, reach and both together for every neighbourhood, in the order of the outlines. Derived.

    `need` and `poor` are standings, 0 to 1, among the neighbourhoods that are compared (`among`); `score` is 100 x
    one x the other; `place` is 1 for the highest; `both` is one of nine classes. NaN, or `MISSING`, where either part
    is missing or a neighbourhood is not among those compared.
    """

    index: Index
    reach: Reached
    among: np.ndarray
    need: Array
    poor: Array
    score: Array
    place: Array
    both: np.ndarray

    @property
    def compared(self) -> int:
        """How many neighbourhoods have a score."""
        return int(np.isfinite(self.score).sum())


def gaps(index: Index, reach: Reached, among: np.ndarray) -> Gaps:
    """Need and poor reach, each by its standing among the neighbourhoods that are compared, put together."""
    if among.all():
        need, poor = index.standing, reach.poor
    else:
        need = scaled(np.where(among, index.score, np.nan), high_is_need=True, scale=Scale.RANK)
        poor = poorness(reach.measure, np.where(among, reach.value, np.nan))
    score = 100 * need * poor
    across, up = _parts(need, THIRDS), _parts(poor, THIRDS)
    both = np.where((across == MISSING) | (up == MISSING), MISSING, up * THIRDS + across)
    return Gaps(index, reach, among, need, poor, score, placed(score), both)


def _parts(standing: Array, parts: int) -> np.ndarray:
    """Which of so many equal parts a standing (0 to 1) lies in, from 0."""
    known = np.isfinite(standing)
    lower = np.floor(np.nan_to_num(standing) * parts + _HAIR)
    return np.where(known, np.minimum(lower, parts - 1), MISSING).astype(int)


@dataclass(frozen=True)
class Painted:
    """What the map paints: numbers, how they are written, their classes and what these are classes of."""

    key: str
    title: str
    values: Array
    number: Number
    classes: Classes
    unit: str


def painted(
    found: Gaps, show: str, *, measure_title: str, unit: str, in_view: np.ndarray, of: str
) -> Painted:
    """One of `layers.plan.choices.SHOWS` as the map shows it: classes of what is compared, counts of what is in view.

    `of` : what is compared, in words.
    """
    hundred = np.round(found.score)
    fifths = f"fifths of {of}"
    if show == "need":
        need = np.round(100 * found.need)
        return Painted("need", "Need", need, SCORE, _fifths(found.need, BLUES, in_view), f"{fifths}, 0 to 100")
    if show == "reach":
        near = found.reach.measure == "nearest"
        values = found.reach.value / 1_000 if near else found.reach.value
        number = Number(decimals=0) if found.reach.measure == "count" else PER_PERSON
        classes = _fifths(found.poor, PURPLES, in_view)
        return Painted("reach", measure_title, values, number, classes, f"{unit}; {fifths}")
    if show == "gap":
        return Painted("gap", "Gap score", hundred, SCORE, _scores(hundred, in_view), "0 to 100")
    classes = counted(found.both, bivariate(), BOTH, in_view)
    return Painted("both", "Gap score", hundred, SCORE, classes, f"thirds of {of}")


def _fifths(standing: Array, anchors: tuple[str, ...], in_view: np.ndarray) -> Classes:
    words = ("lowest fifth", "second", "third", "fourth", "highest fifth")
    if anchors is PURPLES:
        words = ("best fifth", "second", "third", "fourth", "poorest fifth")
    return counted(_parts(standing, FIFTHS), ramp(anchors, FIFTHS), words, in_view)


def _scores(score: Array, in_view: np.ndarray) -> Classes:
    limits = (20, 40, 60, 80)
    of = np.where(np.isfinite(score), np.searchsorted(limits, np.nan_to_num(score), side="right"), MISSING)
    return counted(of, ramp(EMBERS, FIFTHS), ("under 20", "20 to 39", "40 to 59", "60 to 79", "80 or more"), in_view)


def widest(found: Gaps, in_view: np.ndarray, count: int) -> np.ndarray:
    """Positions of the highest gap scores in view, highest first; those that tie in the order of the outlines."""
    score = np.where(in_view, found.score, np.nan)
    order = np.argsort(-score, kind="stable")
    return order[np.isfinite(score[order])][:count]


def table(found: Gaps, areas: pd.DataFrame, people: Array, nearest: list[str], *, measure: str) -> pd.DataFrame:
    """One row per neighbourhood, in the order of the outlines: the gap score with its two parts beside it.

    `measure` : the chosen measure with its unit, in words. `nearest` : what is nearest, by name.
    """
    reach = found.reach
    value = reach.value / 1_000 if reach.measure == "nearest" else reach.value
    labels = [BOTH[of] if of != MISSING else "no data" for of in found.both]
    return pd.DataFrame(
        {
            "Neighbourhood": areas["local_name"],
            "ONS name": areas["name"],
            "District": areas["district_name"],
            "Gap score (0 to 100)": np.round(found.score, 1),
            "Need (0 to 100)": np.round(100 * found.need, 1),
            "Poor reach (0 to 100)": np.round(100 * found.poor, 1),
            measure: np.round(value, 2),
            "Nearest help": nearest,
            "Need and reach together": labels,
            "Place by gap": found.place,
            "Place by need": found.index.place,
            "People": people,
            "Code": areas["code"],
        }
    ).reset_index(drop=True)
