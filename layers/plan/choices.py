"""What people choose when they plan: which need, which help, how far, how many. Part of the state that a link keeps."""

import re
from collections.abc import Callable, Set
from dataclasses import dataclass
from typing import Any

from geo.areas import Geography
from geo.composite import Scale, Sum
from layers import LAYERS
from layers.parts import one_of, several, unknown, whole, yes
from layers.plan.conditions import Condition, conditions_in
from layers.plan.need import HEAVIEST, INDICATORS, USUAL, Indicator, Recipe

MEASURES = {
    "nearest": "How far the nearest is",
    "count": "How many are within reach",
    "access": "Help for each person",
    "decayed": "Help for each person, nearer help counting more",
}
SHOWS = {"both": "Both together", "gap": "Gap score", "need": "Need", "reach": "Reach"}
AMONG = {"region": "The region", "view": "What is in view"}
GOALS = {
    "cover": "Reach as many people as possible",
    "median": "Make the way short for everyone",
    "fewest": "Reach a share of people from as few places as possible",
}
ORDERS = {"need": "Need", "gap": "Need and poor reach together"}
WEIGHS = {"people": "People", "need": "People, those in more need counting more"}
SERVES = {"all": "Everyone in view", "list": "Only people of the neighbourhoods chosen under “Which first”"}
CLUSTER_OF = {"need": "Need (the index at the side)", "gap": "Gap score (need and poor reach)"} | {
    layer.key: layer.title for layer in LAYERS if Geography.LSOA21 in layer.geographies
}
"""What clusters are looked for in: what is worked out, and every layer that is held for neighbourhoods."""
CLUSTER_HOW = {"moran": "Beside its neighbours", "spots": "With its neighbours"}
Reader = Callable[[str], tuple[Any, list[str]]]

TRIMS = (0, 1, 2, 5, 10)
_INDICATOR = re.compile(r"(?P<layer>[a-z0-9-]+)\.(?P<weight>\d)(?P<turned>\.turned)?")
_PIN = re.compile(r"(5[2-5]\.\d{1,5}),(-?[0-3]\.\d{1,5})")


@dataclass(frozen=True, kw_only=True)
class Choices:
    """What a plan is made of. Every field has a plain default, so a link carries only what differs."""

    index: tuple[Indicator, ...] = USUAL
    scale: str = Scale.RANK.value
    sum: str = Sum.ARITHMETIC.value
    trim: int = 0
    """Per cent of neighbourhoods at either end whose figures are drawn in."""
    measure: str = "nearest"
    within: int = 2_000
    """Metres along the way: the distance within which help counts as within reach."""
    detour: int = 130
    """Per cent of the straight line."""
    capacity: bool = False
    """Whether help counts by its capacity, where that is known."""
    show: str = "both"
    among: str = "region"
    """Among which neighbourhoods each has its standing."""
    by: str = "need"
    top: int = 20
    when: tuple[Condition, ...] = ()
    match: str = "all"
    sites: int = 5
    goal: str = "cover"
    candidates: tuple[str, ...] = ("community_anchor_org", "community_centre", "community_hub", "library")
    """Kinds of place among which sites are sought."""
    mine: bool = False
    """Whether they are sought in a list that the reader brings, instead; the list itself is in no link."""
    counting: bool = True
    """Whether what is there today counts."""
    weigh: str = "people"
    serve: str = "all"
    must: tuple[str, ...] = ()
    never: tuple[str, ...] = ()
    own: tuple[str, ...] = ()
    """Places by id: a must, a must-not, and the reader's own choice."""
    cap: int = 0
    """Sites in one district at most; 0 means any number."""
    share: int = 80
    """Per cent of people to reach with as few places as possible."""
    pin: str = ""
    """Where a pin was dropped: latitude and longitude, with a comma."""
    cluster_of: str = "need"
    cluster_how: str = "moran"
    """By local Moran's I, or by Gi*."""

    @property
    def recipe(self) -> Recipe:
        """How need is worked out."""
        return Recipe(self.index, Scale(self.scale), Sum(self.sum), self.trim)

    @property
    def pinned(self) -> tuple[float, float] | None:
        """Latitude and longitude of the pin."""
        lat, _, lon = self.pin.partition(",")
        return (float(lat), float(lon)) if lon else None


def readers(places: Set[str]) -> dict[str, Reader]:
    """How each choice is read from a link. `places` : the ids that are known."""
    among = {
        "scale": ({each.value for each in Scale}, "way to scale"),
        "sum": ({each.value for each in Sum}, "way to add up"),
        "measure": (MEASURES.keys(), "measure of reach"),
        "show": (SHOWS.keys(), "thing to show"),
        "among": (AMONG.keys(), "set to compare with"),
        "by": (ORDERS.keys(), "order"),
        "match": ({"all", "any"}, "way to join conditions"),
        "goal": (GOALS.keys(), "goal"),
        "weigh": (WEIGHS.keys(), "way to weigh people"),
        "serve": (SERVES.keys(), "choice of whom to reach"),
        "cluster_of": (CLUSTER_OF.keys(), "figure to look for clusters in"),
        "cluster_how": (CLUSTER_HOW.keys(), "way to look for clusters"),
    }
    numbers = {
        "within": (200, 20_000, "distance"),
        "detour": (100, 160, "detour"),
        "top": (1, 2_000, "number of neighbourhoods"),
        "sites": (1, 100, "number of sites"),
        "cap": (0, 100, "number of sites in a district"),
        "share": (1, 100, "share of people"),
    }
    words = {name: lambda text, of=of: one_of(text, *of) for name, of in among.items()}
    counts = {name: lambda text, of=of: whole(text, *of) for name, of in numbers.items()}
    lists = {name: lambda text: several(text, places, "place") for name in ("must", "never", "own")}
    others: dict[str, Reader] = {
        "index": _index,
        "trim": _trim,
        "capacity": lambda text: yes(text, "choice of capacity"),
        "counting": lambda text: yes(text, "choice of what is there"),
        "mine": lambda text: yes(text, "choice of places"),
        "when": conditions_in,
        "pin": lambda text: (text, []) if _PIN.fullmatch(text) else (None, [unknown(text, "point on the map")]),
    }
    return {**words, **counts, **lists, **others}


def text_of(value: tuple[Any, ...]) -> str:
    """Indicators or conditions as a link has them."""
    return ",".join(each.link if isinstance(each, Condition) else _told(each) for each in value)


def _told(indicator: Indicator) -> str:
    return f"{indicator.layer}.{indicator.weight}" + (".turned" if indicator.turned else "")


def _index(text: str) -> tuple[tuple[Indicator, ...] | None, list[str]]:
    found: dict[str, Indicator] = {}
    odd = []
    for part in filter(None, text.split(",")):
        told = _INDICATOR.fullmatch(part)
        if told and told["layer"] in INDICATORS and 1 <= int(told["weight"]) <= HEAVIEST:
            found[told["layer"]] = Indicator(told["layer"], int(told["weight"]), turned=bool(told["turned"]))
        else:
            odd.append(unknown(part, "part of an index"))
    if not found and not odd:
        odd.append(unknown(text, "part of an index"))
    return tuple(found.values()) or None, odd


def _trim(text: str) -> tuple[int | None, list[str]]:
    kept, odd = one_of(text, {str(each) for each in TRIMS}, "share to draw in")
    return (None if kept is None else int(kept)), odd
