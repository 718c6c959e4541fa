"""Who lives where: people, how closely, and how many of working age."""

from typing import Any

from geo.areas import Geography
from layers.base import Bands, Layer, Number, Polarity
from layers.palettes import PURPLES

GROUP = "People"
_COUNTED = "Estimates of mid-2022, as used for the 2025 deprivation figures; they are not a census count."


def _people(**rest: Any) -> Layer:
    return Layer(
        group=GROUP,
        source="iod2025",
        question="people",
        geographies=(Geography.LSOA21, Geography.MSOA21),
        polarity=Polarity.NEITHER,
        behind="population",
        behind_unit="people",
        **rest,
    )


LAYERS: tuple[Layer, ...] = (
    _people(
        key="population",
        title="People",
        column="population",
        unit="people, mid-2022",
        number=Number(),
        style=Bands(
            limits=(1_250, 1_500, 1_750, 2_000, 2_500, 3_000),
            limits_above=(6_000, 7_000, 8_000, 9_000, 10_000, 12_000),
            anchors=PURPLES,
        ),
        about="How many people live here.",
        caveat=_COUNTED + " Neighbourhoods are drawn up to be alike in size, so a count says little alone.",
        derived_above="For wider neighbourhoods we add up the neighbourhoods inside.",
    ),
    _people(
        key="density",
        title="People per hectare",
        column="density",
        unit="people per hectare, mid-2022",
        number=Number(decimals=1),
        style=Bands(limits=(1, 5, 15, 30, 50, 80), anchors=PURPLES),
        about="How closely people live: a hectare is about the size of a rugby pitch with its surrounds.",
        caveat=(
            "The land area is that of our simplified outlines, so treat it as a rough guide for a single "
            "neighbourhood. Where the outline itself is approximate there is no figure."
        ),
        derived="People divided by the area of the simplified outline: our own working.",
        experimental=True,
    ),
    _people(
        key="working-age",
        title="People of working age",
        column="working_age_share",
        unit="% of people, those aged 18 to 66",
        number=Number(decimals=1, after="%", times=100),
        style=Bands(limits=(55, 60, 65, 70, 80), anchors=PURPLES),
        about="The share of people who are aged 18 to 66, the age at which most people work or run a business.",
        caveat=_COUNTED + " Student areas stand out.",
        derived="People aged 18 to 66 divided by all people: our own working on published counts.",
    ),
)
