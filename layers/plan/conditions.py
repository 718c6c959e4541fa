"""Conditions that neighbourhoods must meet: on any layer, by its figures or by the top or bottom of the region."""

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from itertools import combinations

import numpy as np

from geo.areas import Geography
from geo.composite import Array, Flags
from layers import LAYERS, get
from layers.base import Layer, Polarity, Tenths
from layers.parts import unknown

KINDS = {
    "from": "is at least",
    "to": "is at most",
    "between": "is between",
    "top": "is among the highest",
    "bottom": "is among the lowest",
}
_OF_TENTHS = {"top": "is among the least deprived", "bottom": "is among the most deprived"}
"""How the ends are called where the figure is a tenth of England, of which 1 is the most deprived."""

_KEYS = {layer.key for layer in LAYERS}
_NUMBER = re.compile(r"-?\d{1,7}(\.\d{1,4})?")
MOST = 8
"""Conditions in one question, so that it can still be read aloud."""

FIFTH = 20.0
"""Per cent of neighbourhoods that a new condition lets in, about."""


def kinds_of(layer: Layer) -> dict[str, str]:
    """The kinds of condition that there are on a layer, in words that suit it."""
    return KINDS | (_OF_TENTHS if isinstance(layer.style, Tenths) else {})


@dataclass(frozen=True)
class Condition:
    """One condition on a layer. `low` and `high` are in shown units; of "top" and "bottom" `low` is per cent."""

    layer: str
    kind: str
    low: float
    high: float = 0.0

    @property
    def shown(self) -> Layer:
        """The layer itself."""
        return get(self.layer)

    @property
    def by_share(self) -> bool:
        """Whether it asks for a share of the region, not for figures."""
        return self.kind in ("top", "bottom")

    @property
    def whole_district(self) -> bool:
        """Whether the figure is published for districts only, so that all neighbourhoods of one meet it or none."""
        return self.shown.geographies == (Geography.DISTRICT,)

    @property
    def link(self) -> str:
        """As a link has it."""
        numbers = (self.low, self.high) if self.kind == "between" else (self.low,)
        return "~".join((self.layer, self.kind, *(_plain(number) for number in numbers)))

    @property
    def words(self) -> str:
        """As a reader would say it."""
        said = f"“{self.shown.title}” {kinds_of(self.shown)[self.kind]} "
        if self.by_share:
            return f"{said}{_plain(self.low)}% of the region"
        number, tenths = self.shown.number, isinstance(self.shown.style, Tenths)
        low, high = (number.text(each / number.times) for each in (self.low, self.high))
        if tenths:
            said += "tenths " if self.kind == "between" else "tenth "
        said += f"{low} and {high}" if self.kind == "between" else low
        return said + (" (1 is the most deprived)" if tenths else "")


def conditions_in(text: str) -> tuple[tuple[Condition, ...], list[str]]:
    """The conditions of a link, with commas between them, each once; and a sentence for each that is none."""
    found: list[Condition] = []
    odd = []
    for part in dict.fromkeys(filter(None, text.split(","))):
        made = _condition(part)
        if made is None:
            odd.append(unknown(part, "condition"))
        elif made not in found and len(found) == MOST:
            odd.append(f"The link asks for more than {MOST} conditions. {made.words} was left out.")
        elif made not in found:
            found.append(made)
    return tuple(found), odd


def _condition(part: str) -> Condition | None:
    key, kind, *numbers = part.split("~") if "~" in part else ("", "")
    if key not in _KEYS or kind not in KINDS or len(numbers) != (2 if kind == "between" else 1):
        return None
    if not all(_NUMBER.fullmatch(number) for number in numbers):
        return None
    made = tidy(Condition(key, kind, *map(float, numbers)))
    return made if not made.by_share or 1 <= made.low <= 100 else None


def tidy(condition: Condition) -> Condition:
    """The same condition in numbers as fine as the layer's figures are shown, the lower of two first."""
    decimals = 1 if condition.by_share else condition.shown.number.decimals
    # Adding nothing makes of -0.0 plain 0.0, which a link would otherwise write as another number.
    low, high = (round(number, decimals) + 0.0 for number in (condition.low, condition.high))
    if condition.kind == "between":
        low, high = sorted((low, high))
    return replace(condition, low=low, high=high)


def begun(layer: str, kind: str, values: Array) -> Condition:
    """A condition to begin with: one that lets about a fifth in, or three fifths where it is between two numbers.

    `values` : the layer's figures, in held units; where there are none the numbers are 0.
    """
    if kind in ("top", "bottom"):
        return Condition(layer, kind, FIFTH)
    known = values[np.isfinite(values)] * get(layer).number.times
    few, many = np.percentile(known, [FIFTH, 100 - FIFTH], method="nearest") if len(known) else (0.0, 0.0)
    low, high = {"from": (many, 0.0), "to": (few, 0.0), "between": (few, many)}[kind]
    return tidy(Condition(layer, kind, float(low), float(high)))


def another(conditions: Sequence[Condition]) -> Condition:
    """One more condition, on the first layer that has none yet: the fifth in which a figure speaks most of need."""
    used = {each.layer for each in conditions}
    layer = next((each for each in LAYERS if each.key not in used), LAYERS[0])
    return Condition(layer.key, "bottom" if layer.polarity is Polarity.LOW_IS_HARDER else "top", FIFTH)


def _plain(number: float) -> str:
    """A number as short as it can be, never with an exponent: 30, 0.5."""
    return f"{number:.4f}".rstrip("0").rstrip(".")


def meets(condition: Condition, values: Array) -> Flags:
    """Which figures (in held units) meet a condition. A missing figure meets none.

    The top n% are those at or above the figure that n% of the known ones reach: those that tie with it are all in.
    """
    number = condition.shown.number
    shown = np.round(values * number.times, number.decimals)
    there = np.isfinite(shown)
    if condition.by_share:
        way = -1 if condition.kind == "top" else 1
        ordered = np.sort(way * shown[there])
        if not len(ordered):
            return there
        last = ordered[max(0, int(np.ceil(len(ordered) * condition.low / 100 - 1e-9)) - 1)]
        return np.asarray(there & (way * shown <= last))
    low = condition.low if condition.kind in ("from", "between") else -np.inf
    high = {"from": np.inf, "to": condition.low, "between": condition.high}[condition.kind]
    return np.asarray(there & (shown >= low) & (shown <= high))


def met(conditions: Sequence[Condition], columns: Sequence[Array], *, every: bool, areas: int) -> Flags:
    """Which areas meet every condition, or any of them; all areas where there is no condition.

    Parameters
    ----------
    columns : the figures of each condition's layer, in held units.
    areas : how many there are.
    """
    if not conditions:
        return np.ones(areas, dtype=bool)
    each = [meets(condition, values) for condition, values in zip(conditions, columns, strict=True)]
    return np.asarray(np.logical_and.reduce(each) if every else np.logical_or.reduce(each))


def impossible(conditions: Sequence[Condition], columns: Sequence[Array], *, every: bool) -> str:
    """Why no area meets the conditions (one or more): what each leaves alone, and which two contradict each other."""
    each = [meets(condition, values) for condition, values in zip(conditions, columns, strict=True)]
    told = list(zip(conditions, each, strict=True))
    alone = "; ".join(f"{condition.words}: {int(flags.sum()):,}" for condition, flags in told)
    which = "this condition" if len(told) == 1 else f"{'all' if every else 'any'} of these {len(told)} conditions"
    said = f"No neighbourhood meets {which}. Met alone: {alone}."
    if not every or not all(flags.any() for flags in each):
        return f"{said} Loosen or take out one that none meets."
    for (first, those), (last, these) in combinations(told, 2):
        if not (those & these).any():
            return f"{said} Nothing meets both {first.words} and {last.words}: loosen one of them."
    return f"{said} Each two are met together somewhere, but never all: loosen one of them."
