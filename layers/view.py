"""One state of the map, as a value: what a link, a story's scene or a shortlist remembers."""

from collections.abc import Callable, Mapping, Set
from dataclasses import dataclass, fields
from typing import Any

from data.register.vocabulary import COSTS, LANGUAGES, STAGES
from geo.areas import Geography
from geo.postcode import looks_like_postcode, normalise
from layers import LAYERS, get
from layers.base import Colouring, Layer
from layers.places import PLACE_GROUPS, PLACE_TYPES
from layers.provision import Wants

_LAYER_KEYS = {layer.key for layer in LAYERS}
_LEVELS = {"lsoa21": Geography.LSOA21, "msoa21": Geography.MSOA21}
_COLOURINGS = {colouring.key: colouring for colouring in Colouring}
_SHOWN = 40


@dataclass(frozen=True, kw_only=True)
class View:
    """What the map shows. Every field has a plain default, so a link carries only what differs."""

    layer: str = "imd"
    level: str = "lsoa21"
    colours: str = ""
    """Key of a `Colouring`; empty means the layer's own first."""
    year: int | None = None
    """None means the newest."""
    focus: tuple[str, ...] = ()
    """Names of the districts in focus; none means all."""
    places: tuple[str, ...] = ()
    """Place types of the register."""
    unconfirmed: bool = False
    stage: str = ""
    """Stage of business that help must be for; like the next four, it matters only for help."""
    cost: str = ""
    language: str = ""
    who: str = ""
    """The group of people that help must be especially for."""
    open: bool = False
    """Whether only what is open at this moment is shown."""
    opacity: int = 85
    """Per cent."""
    area: str = ""
    """Code of the area that is open beside the map."""
    place: str = ""
    """Id of the place that is open beside the map."""
    at: str = ""
    """What was looked for and found: a postcode, an area's code or a place's id."""
    table: bool = False
    """Whether the table under the map is open."""

    @property
    def shown(self) -> Layer:
        """The layer itself."""
        return get(self.layer)

    @property
    def geography(self) -> Geography:
        """What the layer is drawn on: the level asked for, if it may be drawn on that."""
        return self.shown.geography_at(_LEVELS[self.level])

    @property
    def colouring(self) -> Colouring:
        """What the colours compare with: the one asked for, if the layer offers it."""
        asked = _COLOURINGS.get(self.colours)
        return asked if asked in self.shown.colourings else self.shown.colourings[0]

    @property
    def wants(self) -> Wants:
        """What help must fit to be shown."""
        return Wants(stage=self.stage, cost=self.cost, language=self.language, group=self.who, open_now=self.open)

    def to_link(self) -> dict[str, str]:
        """The fields that differ from their defaults, as text for a link."""
        told = {}
        for field in fields(self):
            value = getattr(self, field.name)
            if value != field.default:
                told[field.name] = _text(field.name, value)
        return told


def from_link(
    link: Mapping[str, str],
    *,
    districts: frozenset[str],
    areas: frozenset[str],
    places: frozenset[str],
    postcode_known: Callable[[str], bool],
) -> tuple[View, list[str]]:
    """Read a link, keeping what is known and saying what is not.

    Parameters
    ----------
    link : names and texts, as in an address.
    districts, areas, places : the names, codes and ids that the pack knows.
    postcode_known : whether the pack has a postcode.

    Returns
    -------
    The view, and one sentence for each part of the link that was not understood and was left out.
    """
    readers: dict[str, Callable[[str], tuple[Any, list[str]]]] = {
        "layer": lambda text: _one_of(text, _LAYER_KEYS, "map layer"),
        "level": lambda text: _one_of(text, set(_LEVELS), "level"),
        "colours": lambda text: _one_of(text, set(_COLOURINGS), "way to colour"),
        "year": lambda text: _whole(text, 1900, 2100, "year"),
        "focus": lambda text: _several(text, districts, "district"),
        "places": lambda text: _several(_expanded(text), set(PLACE_TYPES), "type of place"),
        "unconfirmed": lambda text: _yes(text, "choice of places"),
        "stage": lambda text: _one_of(text, STAGES.keys(), "stage of business"),
        "cost": lambda text: _one_of(text, COSTS.keys(), "cost"),
        "language": lambda text: _one_of(text, LANGUAGES.keys(), "language"),
        "who": lambda text: (text[:_SHOWN] or None, []),
        "open": lambda text: _yes(text, "choice of what is open"),
        "opacity": lambda text: _whole(text, 20, 100, "opacity"),
        "area": lambda text: _one_of(text, areas, "area"),
        "place": lambda text: _one_of(text, places, "place"),
        "at": lambda text: _target(text, areas | places, postcode_known),
        "table": lambda text: _yes(text, "choice of table"),
    }
    told: dict[str, Any] = {}
    complaints: list[str] = []
    for name, text in link.items():
        if name not in readers:
            continue
        value, problems = readers[name](text)
        complaints += problems
        if value is not None:
            told[name] = value
    return View(**told), complaints


def _text(name: str, value: object) -> str:
    if name == "places" and isinstance(value, tuple):
        return ",".join(_folded(value))
    if isinstance(value, tuple):
        return ",".join(value)
    return "yes" if value is True else str(value)


def _folded(types: tuple[str, ...]) -> list[str]:
    """Types as in a link: a group's key stands for all of its types, which keeps links short."""
    left, folded = set(types), []
    for group in PLACE_GROUPS:
        if left >= set(group.types):
            left -= set(group.types)
            folded.append(group.key)
    return folded + sorted(left)


def _expanded(text: str) -> str:
    whole = {group.key: ",".join(group.types) for group in PLACE_GROUPS}
    return ",".join(whole.get(part, part) for part in text.split(","))


def _one_of(text: str, known: Set[str], what: str) -> tuple[str | None, list[str]]:
    return (text, []) if text in known else (None, [_unknown(text, what)])


def _target(text: str, known: Set[str], postcode_known: Callable[[str], bool]) -> tuple[str | None, list[str]]:
    if not looks_like_postcode(text):
        return _one_of(text, known, "place")
    postcode = normalise(text)
    return (postcode, []) if postcode_known(postcode) else (None, [_unknown(postcode, "postcode")])


def _yes(text: str, what: str) -> tuple[bool | None, list[str]]:
    return (text == "yes", []) if text in ("yes", "no") else (None, [_unknown(text, what)])


def _several(text: str, known: Set[str], what: str) -> tuple[tuple[str, ...], list[str]]:
    parts = [part for part in dict.fromkeys(text.split(",")) if part]
    return tuple(p for p in parts if p in known), [_unknown(p, what) for p in parts if p not in known]


def _whole(text: str, low: int, high: int, what: str) -> tuple[int | None, list[str]]:
    if len(text) <= len(str(high)) and text.isascii() and text.isdigit() and low <= int(text) <= high:
        return int(text), []
    return None, [_unknown(text, what)]


def _unknown(text: str, what: str) -> str:
    short = text if len(text) <= _SHOWN else text[:_SHOWN] + "..."
    article = "an" if what[0] in "aeiou" else "a"
    named = f"“{short}”" if short else "it is empty"
    return (
        f"The link asks for {article} {what} that we do not know: {named}. It was left out; the rest of the link works."
    )
