"""One state of the map, as a value: what a link, a story's scene or a shortlist remembers."""

from collections.abc import Callable, Mapping, Set
from dataclasses import dataclass, fields
from typing import Any

from data.register.vocabulary import COSTS, LANGUAGES, STAGES
from geo.areas import Geography
from geo.postcode import looks_like_postcode, normalise
from layers import LAYERS, get
from layers.base import Colouring, Layer
from layers.parts import SHOWN, one_of, several, unknown, whole, yes
from layers.places import PLACE_GROUPS, PLACE_TYPES
from layers.plan.choices import Choices, Reader, readers, text_of
from layers.provision import Wants

_LAYER_KEYS = {layer.key for layer in LAYERS}
_LEVELS = {"lsoa21": Geography.LSOA21, "msoa21": Geography.MSOA21}
_COLOURINGS = {colouring.key: colouring for colouring in Colouring}


@dataclass(frozen=True, kw_only=True)
class View(Choices):
    """What the map shows and what is planned on it. Every field has a plain default, so links say only what differs."""

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
    told: tuple[str, ...] = ()
    """Ids of the sessions whose pins are laid over the map."""

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
    sessions: frozenset[str],
    postcode_known: Callable[[str], bool],
) -> tuple[View, list[str]]:
    """Read a link, keeping what is known and saying what is not.

    Parameters
    ----------
    link : names and texts, as in an address.
    districts, areas, places : the names, codes and ids that the pack knows.
    sessions : the ids of those that were published.
    postcode_known : whether the pack has a postcode.

    Returns
    -------
    The view, and one sentence for each part of the link that was not understood and was left out.
    """
    understood: dict[str, Reader] = readers(places) | {
        "layer": lambda text: one_of(text, _LAYER_KEYS, "map layer"),
        "level": lambda text: one_of(text, set(_LEVELS), "level"),
        "colours": lambda text: one_of(text, set(_COLOURINGS), "way to colour"),
        "year": lambda text: whole(text, 1900, 2100, "year"),
        "focus": lambda text: several(text, districts, "district"),
        "places": lambda text: several(_expanded(text), set(PLACE_TYPES), "type of place"),
        "candidates": lambda text: several(_expanded(text), set(PLACE_TYPES), "type of place"),
        "unconfirmed": lambda text: yes(text, "choice of places"),
        "stage": lambda text: one_of(text, STAGES.keys(), "stage of business"),
        "cost": lambda text: one_of(text, COSTS.keys(), "cost"),
        "language": lambda text: one_of(text, LANGUAGES.keys(), "language"),
        "who": lambda text: (text[:SHOWN] or None, []),
        "open": lambda text: yes(text, "choice of what is open"),
        "opacity": lambda text: whole(text, 20, 100, "opacity"),
        "area": lambda text: one_of(text, areas, "area"),
        "place": lambda text: one_of(text, places, "place"),
        "at": lambda text: _target(text, areas | places, postcode_known),
        "table": lambda text: yes(text, "choice of table"),
        "told": lambda text: several(text, sessions, "session"),
    }
    told: dict[str, Any] = {}
    complaints: list[str] = []
    for name, text in link.items():
        if name not in understood:
            continue
        value, problems = understood[name](text)
        complaints += problems
        if value is not None:
            told[name] = value
    return View(**told), complaints


def _text(name: str, value: object) -> str:
    if name in ("places", "candidates") and isinstance(value, tuple):
        return ",".join(_folded(value))
    if name in ("index", "when") and isinstance(value, tuple):
        return text_of(value)
    if isinstance(value, tuple):
        return ",".join(value)
    return {True: "yes", False: "no"}[value] if isinstance(value, bool) else str(value)


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


def _target(text: str, known: Set[str], postcode_known: Callable[[str], bool]) -> tuple[str | None, list[str]]:
    if not looks_like_postcode(text):
        return one_of(text, known, "place")
    postcode = normalise(text)
    return (postcode, []) if postcode_known(postcode) else (None, [unknown(postcode, "postcode")])
