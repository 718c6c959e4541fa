"""What a layer is. A layer is a value: it says what to show, never how to draw it."""

from dataclasses import dataclass
from enum import Enum

from pandas import isna

from geo.areas import Geography


class Polarity(Enum):
    """What a high value means for the people who live there."""

    HIGH_IS_HARDER = "Higher means more need."
    LOW_IS_HARDER = "Lower means more need."
    NEITHER = "A high figure is neither good nor bad in itself."


class Colouring(Enum):
    """What the colours compare a place with."""

    BANDS = ("bands", "Its own value")
    ENGLAND = ("england", "All of England")
    HERE = ("here", "The area in view")

    def __init__(self, key: str, title: str) -> None:
        self.key = key
        self.title = title


class Period(Enum):
    """What the year of a layer's figures is the year of."""

    YEAR = "Year"
    COHORT = "Started in"


@dataclass(frozen=True, kw_only=True)
class Number:
    """How a value is written: rounded to `decimals`, between `before` and `after`."""

    decimals: int = 0
    before: str = ""
    after: str = ""
    times: float = 1.0
    """What the held value is multiplied by to be shown: 100 for a share shown in per cent."""
    signed: bool = False
    trimmed: bool = False
    """Whether a whole number is written without decimals."""

    def text(self, value: float) -> str:
        """The value as people read it; "no data" where it is missing."""
        if isna(value):
            return "no data"
        sign = "+" if self.signed else ""
        digits = f"{value * self.times:{sign},.{self.decimals}f}"
        if self.trimmed and self.decimals:
            digits = digits.removesuffix("." + "0" * self.decimals)
        return f"{self.before}{digits}{self.after}"


@dataclass(frozen=True, kw_only=True)
class Bands:
    """Classes between fixed, round limits. `limits` are where a new class begins, in shown units."""

    limits: tuple[float, ...]
    anchors: tuple[str, ...]
    limits_above: tuple[float, ...] = ()
    """Limits on areas larger than published for, where a count needs its own."""

    def __post_init__(self) -> None:
        for limits in (self.limits, self.limits_above):
            if list(limits) != sorted(set(limits)):
                raise ValueError(f"Limits of bands must rise, not {limits}.")


@dataclass(frozen=True, kw_only=True)
class Tenths:
    """Ten classes, the tenth of all places that a place falls in: 1 is the most deprived."""

    anchors: tuple[str, ...]


@dataclass(frozen=True, kw_only=True)
class Layer:
    """Everything the application needs to know about one thing that it can show on areas.

    `column` names the value in the answer to `question`; `tenth` its national tenth and `order` its order (lowest =
    most deprived), where there are such; `behind` the count of the people or businesses behind the value.
    """

    key: str
    """Stable: it is in shared links."""
    title: str
    group: str
    source: str
    """Key of an entry in data/catalogue.toml."""
    question: str
    """Stem of data/sql/<question>_<geography>.sql."""
    column: str
    geographies: tuple[Geography, ...]
    """What it may be drawn on, as published first: never smaller than published for."""
    unit: str
    number: Number
    polarity: Polarity
    style: Bands | Tenths
    about: str
    """What this shows, in one plain sentence."""
    caveat: str
    behind: str
    behind_unit: str
    tenth: str | None = None
    order: str | None = None
    period: Period | None = None
    derived: str = ""
    """How it was worked out, if it is not a published figure."""
    derived_above: str = ""
    """How it was worked out on areas larger than published for."""
    unit_above: str = ""
    """The unit on areas larger than published for, if it is not the same."""
    experimental: bool = False

    @property
    def colourings(self) -> tuple[Colouring, ...]:
        """The comparisons this layer offers, its own first."""
        if self.tenth is None:
            return (Colouring.BANDS,)
        own = () if isinstance(self.style, Tenths) else (Colouring.BANDS,)
        return (*own, Colouring.ENGLAND, Colouring.HERE)

    def geography_at(self, wished: Geography) -> Geography:
        """`wished` if the layer may be drawn on it, else what it is published for."""
        return wished if wished in self.geographies else self.geographies[0]

    def unit_at(self, geography: Geography) -> str:
        """The unit of the figures on `geography`."""
        return self.unit if geography is self.geographies[0] else self.unit_above or self.unit

    def how_derived(self, geography: Geography) -> str:
        """How the figures on `geography` were worked out; empty if they are as published."""
        if geography is self.geographies[0]:
            return self.derived
        return " ".join(filter(None, (self.derived, self.derived_above)))
