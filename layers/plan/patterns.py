"""Clusters: where high or low figures lie together more than chance explains, as the map and the table show them.

The test itself is `geo.clusters`. It is always over the whole region; what is in view only limits what is counted.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass

import numpy as np
import pandas as pd

from geo.areas import Geography
from geo.clusters import Clusters, Kind, hot_spots, local_moran
from geo.composite import Array, Flags
from geo.contiguity import Positions
from layers import classes
from layers.base import Layer, Number, Polarity
from layers.classes import MISSING, Classes
from layers.plan.gaps import SCORE, Gaps, Painted
from layers.plan.need import Index

ALPHA = 0.05
"""The share of those coloured that may be chance, on average."""

WAYS: dict[str, Callable[..., Clusters]] = {"moran": local_moran, "spots": hot_spots}
"""The ways to look, by the keys of `layers.plan.choices.CLUSTER_HOW`."""

SHOWN = {
    "moran": (Kind.HIGH_AMONG_HIGH, Kind.LOW_AMONG_LOW, Kind.HIGH_AMONG_LOW, Kind.LOW_AMONG_HIGH, Kind.NONE),
    "spots": (Kind.HOT, Kind.COLD, Kind.NONE),
}
"""The kinds that each way tells, as the key to the map has them."""

COLOURS = {
    Kind.HIGH_AMONG_HIGH: "#b3460a",
    Kind.HOT: "#b3460a",
    Kind.LOW_AMONG_LOW: "#1f5fa8",
    Kind.COLD: "#1f5fa8",
    Kind.HIGH_AMONG_LOW: "#f5b041",
    Kind.LOW_AMONG_HIGH: "#8cc4ee",
    Kind.NONE: "#eceae4",
}
"""A colour a kind, the same for every figure: orange and blue, which no kind of colour blindness mixes up."""

NOTHING = "Nothing that chance would not explain"
NOT_YET = "not worked out"


@dataclass(frozen=True, kw_only=True)
class Subject:
    """The figure whose clusters are looked for, one a neighbourhood in the order of the outlines; NaN is missing.

    `high` and `low` are what its two ends are called. Where the figure is `turned`, low figures are the high end: of a
    tenth of England 1 is the most deprived.
    """

    key: str
    title: str
    values: Array
    number: Number
    unit: str
    high: str = "High"
    low: str = "Low"
    turned: bool = False

    @property
    def heading(self) -> str:
        """The title with its unit."""
        return f"{self.title} ({self.unit})"

    def label(self, kind: Kind) -> str:
        """What a kind is called."""
        high, low = self.high.lower(), self.low.lower()
        return {
            Kind.HIGH_AMONG_HIGH: f"{self.high}, among {high}",
            Kind.LOW_AMONG_LOW: f"{self.low}, among {low}",
            Kind.HIGH_AMONG_LOW: f"{self.high}, among {low}",
            Kind.LOW_AMONG_HIGH: f"{self.low}, among {high}",
            Kind.HOT: f"{self.high}, together with its neighbours",
            Kind.COLD: f"{self.low}, together with its neighbours",
            Kind.NONE: NOTHING,
            Kind.MISSING: "no data",
        }[kind]


def of_need(index: Index) -> Subject:
    """Need: the share of the region's other neighbourhoods that score lower, 0 to 100."""
    return Subject(
        key="need",
        title="Need",
        values=100 * index.standing,
        number=SCORE,
        unit="0 to 100",
        high="More need",
        low="Less need",
    )


def of_gap(found: Gaps) -> Subject:
    """The gap score, 0 to 100."""
    return Subject(key="gap", title="Gap score", values=found.score, number=SCORE, unit="0 to 100")


def of_layer(layer: Layer, values: Array) -> Subject:
    """A layer's figures; where lower ones mean more need, its ends are called by need."""
    turned = layer.polarity is Polarity.LOW_IS_HARDER
    return Subject(
        key=layer.key,
        title=layer.title,
        values=values,
        number=layer.number,
        unit=layer.unit_at(Geography.LSOA21),
        high="More need" if turned else "High",
        low="Less need" if turned else "Low",
        turned=turned,
    )


@dataclass(frozen=True)
class Group:
    """Touching neighbourhoods of one kind: their positions, ascending, and the one that has most of them around it."""

    kind: Kind
    at: tuple[int, ...]
    core: int


@dataclass(frozen=True, kw_only=True)
class Patterns:
    """What was found: what each neighbourhood is, the groups that they make, the largest first, and their neighbours.

    `beside` is how many neighbours with a figure each has, and `average` the average of these, NaN where there is none.
    """

    clusters: Clusters
    groups: tuple[Group, ...]
    beside: np.ndarray
    average: Array


def find(how: str, values: Array, neighbours: Sequence[Positions], *, turned: bool) -> Patterns:
    """Look for clusters: half a second for 1,865 neighbourhoods, and some more the first time.

    Parameters
    ----------
    how : a key of `WAYS`.
    neighbours : for each neighbourhood those that it touches, as `geo.contiguity.touching` tells.
    turned : whether low figures are the high end.

    Raises
    ------
    geo.clusters.ClustersError
        If clusters cannot be looked for among these figures; the message says why.
    """
    found = WAYS[how](-values if turned else values, neighbours, alpha=ALPHA)
    known = np.isfinite(values)
    one = np.repeat(np.arange(len(values)), [len(linked) for linked in neighbours])
    other = np.concatenate(neighbours)
    one, other = one[known[other]], other[known[other]]
    beside = np.bincount(one, minlength=len(values))
    total = np.bincount(one, weights=values[other], minlength=len(values))
    average = np.divide(total, beside, out=np.full(len(values), np.nan), where=beside > 0)
    return Patterns(clusters=found, groups=joined(found.kinds, neighbours), beside=beside, average=average)


def joined(kinds: Sequence[Kind], neighbours: Sequence[Positions]) -> tuple[Group, ...]:
    """The groups that touching neighbourhoods of one kind make, the largest first; of the same size in their order."""
    left = {i for i, kind in enumerate(kinds) if kind not in (Kind.NONE, Kind.MISSING)}
    groups = []
    while left:
        first = min(left)
        there, fresh = {first}, {first}
        while fresh:
            around = {int(j) for i in fresh for j in neighbours[i]} & left
            fresh = {j for j in around if kinds[j] is kinds[first]} - there
            there |= fresh
        left -= there
        at = tuple(sorted(there))
        inside = [sum(int(j) in there for j in neighbours[i]) for i in at]
        groups.append(Group(kinds[first], at, at[inside.index(max(inside))]))
    return tuple(sorted(groups, key=lambda group: -len(group.at)))


def group_of(found: Patterns, i: int) -> Group | None:
    """The group that a neighbourhood belongs to; None if it belongs to none."""
    return next((group for group in found.groups if i in group.at), None)


def largest(found: Patterns, kind: Kind, in_view: Flags, count: int) -> list[Group]:
    """The largest groups of one kind that are in view, in part at least."""
    return [group for group in found.groups if group.kind is kind and in_view[list(group.at)].any()][:count]


def shown_at(group: Group, in_view: Flags) -> int:
    """The position to show a group by: its core, or the first of it that is in view if the core is not."""
    return next((i for i in (group.core, *group.at) if in_view[i]), group.core)


def counted(found: Patterns, how: str, in_view: Flags) -> dict[Kind, int]:
    """How many neighbourhoods in view are of each kind that may be told, and how many are missing."""
    seen = [kind for kind, there in zip(found.clusters.kinds, in_view, strict=True) if there]
    return {kind: seen.count(kind) for kind in (*SHOWN[how], Kind.MISSING)}


def painted(subject: Subject, found: Patterns | None, how: str, in_view: Flags) -> Painted:
    """What the map paints; before anything was found, the figures alone, in one colour that says so."""
    told = f"{subject.unit}; colours: what chance does not explain" if found else subject.unit
    painted_as = _classes(subject, found, how, in_view) if found else _blank(subject, in_view)
    return Painted(f"clusters-{subject.key}-{how}", subject.title, subject.values, subject.number, painted_as, told)


def _classes(subject: Subject, found: Patterns, how: str, in_view: Flags) -> Classes:
    shown = SHOWN[how]
    of = np.array([shown.index(kind) if kind in shown else MISSING for kind in found.clusters.kinds])
    colours, labels = tuple(COLOURS[kind] for kind in shown), tuple(subject.label(kind) for kind in shown)
    return classes.counted(of, colours, labels, in_view)


def _blank(subject: Subject, in_view: Flags) -> Classes:
    of = np.where(np.isfinite(subject.values), 0, MISSING)
    return classes.counted(of, (COLOURS[Kind.NONE],), (NOT_YET,), in_view)


def table(subject: Subject, found: Patterns, areas: pd.DataFrame, people: Array, *, statistic: str) -> pd.DataFrame:
    """One row a neighbourhood, in the order of the outlines: its figure, what it is, and how sure that is.

    `statistic` : what the way's own number is called.
    """
    number, clusters = subject.number, found.clusters
    place = np.full(len(areas), np.nan)
    for rank, group in enumerate(found.groups, start=1):
        place[list(group.at)] = rank

    def shown(values: Array) -> Array:
        return np.round(values * number.times, number.decimals)

    return pd.DataFrame(
        {
            "Neighbourhood": areas["local_name"],
            "ONS name": areas["name"],
            "District": areas["district_name"],
            "Pattern": [subject.label(kind) for kind in clusters.kinds],
            subject.heading: shown(subject.values),
            "Cluster (1 is the largest)": place,
            "Average of its neighbours": shown(found.average),
            "Neighbours with a figure": found.beside,
            statistic: np.round(clusters.statistic, 3),
            "p value": clusters.p,
            "People": people,
            "Code": areas["code"],
        }
    ).reset_index(drop=True)
