"""Businesses that start, stop and last, by district: ONS Business demography."""

from typing import Any

from geo.areas import Geography
from layers.base import Bands, Layer, Number, Period, Polarity
from layers.palettes import EMBERS, LOSS_TO_GAIN

GROUP = "Businesses"
_ROUNDED = (
    "Published for whole districts, so drawn on them: it says nothing about one neighbourhood. Counts are rounded to 5 "
    "by ONS."
)
_WHOLE_DISTRICT = _ROUNDED + " Harrogate, Craven and Selby end in 2023, when they became part of North Yorkshire."
_MORE_STARTS = " Many starts need not mean prosperity: look at how many last as well."
_SURVIVAL_LIMITS: dict[int, tuple[float, ...]] = {
    1: (90, 92, 94, 96),
    2: (64, 68, 72, 76, 80),
    3: (48, 52, 56, 60, 64, 68),
    4: (40, 44, 48, 52, 56),
    5: (36, 40, 44, 48, 52),
}
_PROVISIONAL = " Figures for 2023 and 2024 are provisional and may be revised."


def _enterprise(**rest: Any) -> Layer:
    rest = {"polarity": Polarity.NEITHER, "period": Period.YEAR} | rest
    return Layer(
        group=GROUP,
        source="ons-business-demography",
        question="enterprise",
        geographies=(Geography.DISTRICT,),
        **rest,
    )


def _survival(years: int) -> Layer:
    after = "1 year" if years == 1 else f"{years} years"
    return _enterprise(
        key=f"survival-{years}",
        title=f"Still trading after {after}",
        column=f"survival_{years}y_pct",
        unit=f"% of new businesses still active after {after}",
        number=Number(decimals=1, after="%"),
        polarity=Polarity.LOW_IS_HARDER,
        period=Period.COHORT,
        style=Bands(limits=_SURVIVAL_LIMITS[years], anchors=EMBERS),
        about=f"Of the businesses that started in the year chosen, the share still active {after} later.",
        caveat=_ROUNDED
        + " Each year's survivors are rounded on their own. For Harrogate, Craven and Selby only businesses that "
        "started by 2023, when they became part of North Yorkshire, are followed.",
        behind="births",
        behind_unit="businesses that started",
    )


LAYERS: tuple[Layer, ...] = (
    _enterprise(
        key="births-per-10k",
        title="New businesses per 10,000 people",
        column="births_per_10k",
        unit="businesses started per 10,000 residents",
        number=Number(decimals=1),
        style=Bands(limits=(35, 40, 45, 50, 55), anchors=EMBERS),
        about="How many businesses start in a year for every 10,000 people who live in the district.",
        caveat=_WHOLE_DISTRICT + _MORE_STARTS,
        behind="births",
        behind_unit="businesses that started",
        derived="Starts in the year (ONS) divided by people in mid-2022, for every year: our own working.",
    ),
    _enterprise(
        key="birth-rate",
        title="New businesses per 100 businesses",
        column="birth_rate",
        unit="businesses started as % of active, the birth rate of ONS",
        number=Number(decimals=1, after="%"),
        style=Bands(limits=(8, 9, 10, 11, 12, 13), anchors=EMBERS),
        about="Businesses that started in the year, out of all that were active in it.",
        derived="Starts divided by active businesses, both as ONS publishes them: our own working, equal to its rate.",
        caveat=_WHOLE_DISTRICT + _MORE_STARTS,
        behind="active",
        behind_unit="active businesses",
    ),
    _enterprise(
        key="deaths",
        title="Businesses that closed",
        column="deaths",
        unit="businesses that closed in the year",
        number=Number(),
        style=Bands(limits=(500, 1_000, 1_500, 2_000, 3_000, 4_000), anchors=EMBERS),
        about="How many businesses stopped trading in the year.",
        caveat="A count: larger districts have more. " + _WHOLE_DISTRICT + _PROVISIONAL,
        behind="active",
        behind_unit="active businesses",
    ),
    _enterprise(
        key="active",
        title="Active businesses",
        column="active",
        unit="businesses active in the year",
        number=Number(),
        style=Bands(limits=(5_000, 10_000, 15_000, 20_000, 30_000), anchors=EMBERS),
        about="How many businesses were active at any time in the year.",
        caveat="A count: larger districts have more. " + _WHOLE_DISTRICT,
        behind="active",
        behind_unit="active businesses",
    ),
    _enterprise(
        key="net-change",
        title="Businesses started less closed",
        column="net_change",
        unit="businesses started less businesses closed in the year",
        number=Number(signed=True),
        polarity=Polarity.LOW_IS_HARDER,
        style=Bands(limits=(-250, -100, -25, 25, 100, 250), anchors=LOSS_TO_GAIN),
        about="Businesses that started in the year less those that closed.",
        caveat="A count: larger districts move more. " + _WHOLE_DISTRICT + _PROVISIONAL,
        behind="active",
        behind_unit="active businesses",
        derived="Starts less closures, both ONS: our own subtraction of two rounded counts.",
    ),
    *(_survival(years) for years in range(1, 6)),
)
