"""How deprived each neighbourhood is: English Indices of Deprivation 2025."""

from typing import Any

from geo.areas import Geography
from layers.base import Bands, Layer, Number, Polarity, Tenths
from layers.palettes import BLUES

GROUP = "Deprivation"
_MOST_FIRST = tuple(reversed(BLUES))
_RANKS_PLACES = (
    "It describes places, not everyone in them: most people who live in a deprived neighbourhood are not "
    "themselves deprived, and many who are live elsewhere. Tenths rank places; they do not say how far apart "
    "two places are."
)
_AVERAGED = (
    "For wider neighbourhoods we average the tenths of the neighbourhoods inside, weighted by people: our "
    "own working, not an official figure."
)


def _tenth(key: str, title: str, column: str, about: str) -> Layer:
    return Layer(
        key=key,
        title=title,
        group=GROUP,
        source="iod2025",
        question="deprivation",
        column=column,
        tenth=column,
        order=column.replace("_decile", "_order"),
        geographies=(Geography.LSOA21, Geography.MSOA21),
        unit="tenth of England's neighbourhoods, 1 = most deprived",
        number=Number(decimals=1, trimmed=True),
        polarity=Polarity.LOW_IS_HARDER,
        style=Tenths(anchors=_MOST_FIRST),
        about=about,
        caveat=_RANKS_PLACES,
        behind="population",
        behind_unit="people living there",
        derived_above=_AVERAGED,
        unit_above="average tenth of the neighbourhoods inside, 1 = most deprived",
    )


def _measure(key: str, title: str, column: str, unit: str, **rest: Any) -> Layer:
    return Layer(
        key=key,
        title=title,
        group=GROUP,
        source="iod2025",
        question="deprivation",
        column=column,
        geographies=(Geography.LSOA21, Geography.MSOA21),
        unit=unit,
        polarity=Polarity.HIGH_IS_HARDER,
        derived_above=(
            "For wider neighbourhoods we average the neighbourhoods inside, weighted by the people counted: "
            "our own working, not an official figure."
        ),
        **rest,
    )


LAYERS: tuple[Layer, ...] = (
    _tenth(
        "imd",
        "Overall deprivation",
        "imd_decile",
        "How each neighbourhood ranks in England when income, work, schooling, health, crime, housing and "
        "surroundings are taken together (the Index of Multiple Deprivation).",
    ),
    _measure(
        "imd-score",
        "Overall deprivation score",
        "imd_score",
        "score, higher = more deprived",
        number=Number(decimals=1),
        style=Bands(limits=(10, 20, 30, 40, 50, 60), anchors=BLUES),
        tenth="imd_decile",
        order="imd_order",
        about="The score behind the overall rank: unlike the rank, it shows how far apart places are.",
        caveat="The score has no unit of its own: use it to compare places, not to count people.",
        behind="population",
        behind_unit="people",
    ),
    _measure(
        "income-share",
        "People on low incomes",
        "income_rate",
        "% of people",
        number=Number(decimals=1, after="%", times=100),
        style=Bands(limits=(10, 20, 30, 40, 50, 60), anchors=BLUES),
        tenth="income_decile",
        order="income_order",
        about="The share of people who get income-related benefits or support, or depend on someone who does.",
        caveat="People who are entitled but do not claim are not counted.",
        behind="population",
        behind_unit="people",
    ),
    _measure(
        "employment-share",
        "Working-age people kept out of work",
        "employment_rate",
        "% of people aged 18 to 66",
        number=Number(decimals=1, after="%", times=100),
        style=Bands(limits=(5, 10, 15, 20, 25, 35), anchors=BLUES),
        tenth="employment_decile",
        order="employment_order",
        about=(
            "The share of working-age people who would like to work but cannot: unemployment, ill health, "
            "disability or caring."
        ),
        caveat="Counted through benefits: people out of work who claim nothing are not in it.",
        behind="working_age",
        behind_unit="people aged 18 to 66",
    ),
    _tenth("income", "Income", "income_decile", "How each neighbourhood ranks in England for low income."),
    _tenth(
        "employment",
        "Employment",
        "employment_decile",
        "How each neighbourhood ranks in England for working-age people kept out of work.",
    ),
    _tenth(
        "education",
        "Education and skills",
        "education_decile",
        "How each neighbourhood ranks in England for schooling and adult skills.",
    ),
    _tenth(
        "health",
        "Health and disability",
        "health_decile",
        "How each neighbourhood ranks in England for early death, illness and disability.",
    ),
    _tenth("crime", "Crime", "crime_decile", "How each neighbourhood ranks in England for the risk of crime."),
    _tenth(
        "barriers",
        "Housing and services out of reach",
        "barriers_decile",
        "How each neighbourhood ranks in England for housing that people can get and services near by.",
    ),
    _tenth(
        "environment",
        "Living environment",
        "environment_decile",
        "How each neighbourhood ranks in England for the state of homes, air quality and road safety.",
    ),
)
