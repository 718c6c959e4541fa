"""Need: an index that people build from the layers, and the ready-made ones for those who do not want to."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from data.store import Store
from geo.areas import Geography
from geo.composite import Array, Scale, Sum, combined, needs, scaled
from layers import LAYERS, get
from layers.base import Layer, Polarity
from layers.readings import read
from layers.words import listed

_COUNTS = {"population", "deaths", "active", "net-change"}
"""Counts of people or businesses: they grow with the size of a place, and say nothing of need."""

_FEWER_IS_NEED = {"births-per-10k", "birth-rate", "working-age"}
"""Figures neither good nor bad in themselves, of which an index would count low ones as need unless turned round."""

INDICATORS: dict[str, Layer] = {layer.key: layer for layer in LAYERS if layer.key not in _COUNTS}
"""The layers that may go into an index, by key."""

HEAVIEST = 5
"""The greatest weight."""


@dataclass(frozen=True)
class Indicator:
    """A layer in an index, with its weight (1 to `HEAVIEST`), and whether its usual direction is turned round."""

    layer: str
    weight: int = 1
    turned: bool = False

    @property
    def shown(self) -> Layer:
        """The layer itself."""
        return get(self.layer)

    @property
    def high_is_need(self) -> bool:
        """Whether a high figure counts as more need."""
        usual = {Polarity.HIGH_IS_HARDER: True, Polarity.LOW_IS_HARDER: False}
        return usual.get(self.shown.polarity, self.layer not in _FEWER_IS_NEED) != self.turned

    @property
    def whole_district(self) -> bool:
        """Whether the figure is published for districts only, so that all neighbourhoods of one have the same."""
        return self.shown.geographies == (Geography.DISTRICT,)


@dataclass(frozen=True)
class Recipe:
    """How an index is made: what goes in, how it is brought to one scale, how added up; `trim` per cent at each end."""

    indicators: tuple[Indicator, ...]
    scale: Scale = Scale.RANK
    sum: Sum = Sum.ARITHMETIC
    trim: int = 0

    @property
    def weights(self) -> Array:
        """The weights, one an indicator."""
        return np.array([each.weight for each in self.indicators], dtype=float)


@dataclass(frozen=True)
class Preset:
    """A ready-made index."""

    key: str
    title: str
    about: str
    indicators: tuple[Indicator, ...]


PRESETS: tuple[Preset, ...] = (
    Preset(
        "everyday",
        "Money, work and skills",
        "The three things that people in a hall name first, each weighing the same.",
        (Indicator("income-share"), Indicator("employment-share"), Indicator("education")),
    ),
    Preset(
        "community",
        "What holds people back",
        "For community organisers: low incomes and little work count twice, skills, health and services once.",
        (
            Indicator("income-share", 2),
            Indicator("employment-share", 2),
            Indicator("education"),
            Indicator("health"),
            Indicator("barriers"),
        ),
    ),
    Preset(
        "programme",
        "Deprivation, and how businesses start and last",
        "For officers: the official deprivation score above all, with few starts and short lives of businesses in the "
        "whole district.",
        (
            Indicator("imd-score", 3),
            Indicator("employment-share"),
            Indicator("births-per-10k"),
            Indicator("survival-3"),
        ),
    ),
)
USUAL = PRESETS[0].indicators


@dataclass(frozen=True)
class Column:
    """One layer's figures for every neighbourhood, in the order of the outlines; `year` if it has years."""

    values: Array
    year: int | None


@dataclass(frozen=True)
class Index:
    """An index worked out for every neighbourhood, in the order of the outlines. Derived.

    `score` runs from 0 to 1; `standing` is the share of the other neighbourhoods that have a lower score, ties
    counting half; `place` is 1 for the highest score, and those that tie share the best. All are NaN where more than a
    third of the weight is missing. `parts` (neighbourhoods x indicators) add up to the score, or multiply to it.
    """

    score: Array
    standing: Array
    place: Array
    parts: Array
    scaled: Array

    @property
    def scored(self) -> int:
        """How many neighbourhoods have a score."""
        return int(np.isfinite(self.score).sum())


def column(layer: Layer, store: Store) -> Column:
    """A layer's figures on neighbourhoods: its own, or those of the whole district that each lies in."""
    lsoas = store.shapes(Geography.LSOA21)
    if Geography.LSOA21 in layer.geographies:
        return Column(read(layer, store, Geography.LSOA21)["value"].to_numpy(dtype=float), None)
    year = _fullest_year(layer, store) if layer.period else None
    if layer.period and year is None:
        return Column(np.full(len(lsoas), np.nan), None)
    districts = read(layer, store, Geography.DISTRICT, year=year).set_index("code")["value"]
    return Column(lsoas["district_code"].map(districts).to_numpy(dtype=float), year)


def _fullest_year(layer: Layer, store: Store) -> int | None:
    """The newest of the years in which most districts have a figure."""
    held = store.ask("enterprise_years").set_index("year")[layer.column]
    most = held[held == held.max()] if len(held) and held.max() > 0 else held.iloc[:0]
    return int(most.index.max()) if len(most) else None


def indexed(recipe: Recipe, columns: Sequence[Array]) -> Index:
    """The index of a recipe, from the figures of its indicators in turn.

    Steps and names are those of the OECD/JRC Handbook on Constructing Composite Indicators (2008).
    """
    need = needs(
        np.column_stack(columns),
        high_is_need=[each.high_is_need for each in recipe.indicators],
        scale=recipe.scale,
        trim=recipe.trim / 100,
    )
    weighed = combined(need, recipe.weights, how=recipe.sum)
    standing = scaled(weighed.score, high_is_need=True, scale=Scale.RANK)
    return Index(weighed.score, standing, placed(weighed.score), weighed.parts, need)


def unspeaking(recipe: Recipe, columns: Sequence[Array]) -> str:
    """What is said of indicators that are the same, or missing, everywhere; "" where there is none."""
    same = [
        f"“{each.shown.title}”"
        for each, values in zip(recipe.indicators, columns, strict=True)
        if len(np.unique(values[np.isfinite(values)])) < 2
    ]
    if not same:
        return ""
    be, tell = ("is", "tells") if len(same) == 1 else ("are", "tell")
    return (
        f"{listed(same)} {be} the same or missing everywhere, and so {tell} no neighbourhood from another. Choose "
        "something else."
    )


def placed(score: Array) -> Array:
    """1 for the highest, and so on; those that tie share the best place. NaN where there is no score."""
    known = np.sort(score[np.isfinite(score)])
    higher = len(known) - np.searchsorted(known, score, side="right")
    return np.where(np.isfinite(score), higher + 1.0, np.nan)


def preset_of(indicators: tuple[Indicator, ...]) -> Preset | None:
    """The ready-made index that has just these indicators; None if it is someone's own."""
    return next((preset for preset in PRESETS if set(preset.indicators) == set(indicators)), None)
