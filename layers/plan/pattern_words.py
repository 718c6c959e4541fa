"""Clusters in words: how many there are, which are the largest, what one neighbourhood is, and what they do not say."""

from collections import Counter

import numpy as np
import pandas as pd

from geo.clusters import PERMUTATIONS, SEED, Kind
from geo.composite import Array, Flags
from geo.contiguity import TOLERANCE
from layers.base import Layer
from layers.plan.patterns import ALPHA, SHOWN, Group, Patterns, Subject, counted, group_of, largest, shown_at
from layers.words import have, listed, share

STATISTIC = {"moran": "Local Moran’s I", "spots": "Score of Gi*"}
"""What the number of each way is called."""

BY_CHANCE = (
    "With so many neighbourhoods tested at once luck alone would find some, so the limit is set such that about "
    f"{ALPHA * 100:.0f} in 100 of those coloured in the region may be chance, on average no more."
)
CAUTIONS = (
    "Clusters say where to look, not why. Neighbourhoods at the edge of the region have fewer neighbours here than in "
    "truth, so less can be told of them. The two ways to look share their p values, so where both agree that is "
    "not a second confirmation."
)
_NAMED = 3


def places_count(count: int) -> str:
    """ "1 neighbourhood", "20 neighbourhoods"."""
    return f"{count:,} neighbourhood{'' if count == 1 else 's'}"


def name_of(group: Group, areas: pd.DataFrame) -> str:
    """A group by the local names that most of it goes by, and its districts."""
    names, districts = (_most(areas[column], group) for column in ("local_name", "district_name"))
    more = len(names) - _NAMED
    told = f"{', '.join(names[:_NAMED])} and {more:,} more" if more > 0 else listed(names)
    return f"{told} ({listed(districts)})"


def _most(names: pd.Series, group: Group) -> list[str]:
    """Each name that a group's neighbourhoods have, the most frequent first; those as frequent in their order."""
    there = names.to_numpy()[list(group.at)]
    return [str(name) for name, _ in Counter(there).most_common()]


def short_name_of(group: Group, areas: pd.DataFrame, in_view: Flags) -> str:
    """A group by how many neighbourhoods it has, and the local name and district of the one that it is shown by."""
    core = areas.iloc[shown_at(group, in_view)]
    return f"{len(group.at):,}: {core['local_name']} ({core['district_name']})"


def size_of(group: Group, people: Array, in_view: Flags) -> str:
    """How many neighbourhoods a group of several has, and how many people live there."""
    at = list(group.at)
    beyond = int((~in_view[at]).sum())
    away = f", {beyond:,} of them not in view" if beyond else ""
    many = f"{places_count(len(at))}{away}, " if len(at) > 1 else ""
    return f"{many}{np.nansum(people[at]):,.0f} people"


def head(found: Patterns, how: str, in_view: Flags, *, where: str) -> str:
    """How many neighbourhoods in view stand out, in a sentence, and another if some are missing."""
    counts = counted(found, how, in_view)
    missing = counts.pop(Kind.MISSING)
    tested = sum(counts.values())
    many = tested - counts[Kind.NONE]
    seen = f"{places_count(tested)} in {where}{' that can be tested' if missing else ''}"
    lacking = f" {missing:,} {have(missing)} no figure, or no neighbour with one." if missing else ""
    if not tested:
        return f"Nothing can be said of {where}: no neighbourhood there has a figure and a neighbour with one."
    if not many:
        return f"Of the {seen} none stands out more than chance explains.{lacking}"
    stand = "stands" if many == 1 else "stand"
    return f"Of the {seen}, {share(many, tested)} {stand} out.{lacking}"


def lines(
    subject: Subject, found: Patterns, how: str, areas: pd.DataFrame, people: Array, in_view: Flags
) -> list[tuple[str, str]]:
    """For each kind that there is in view, what it is called; and how many, in how many clusters, the largest by name.

    `areas`, `people` : of every neighbourhood.
    """
    counts = counted(found, how, in_view)
    told = []
    for kind in SHOWN[how]:
        if kind is Kind.NONE or not counts[kind]:
            continue
        groups = largest(found, kind, in_view, len(found.groups))
        clusters = sum(len(group.at) > 1 for group in groups)
        parts = [
            f"in {clusters:,} cluster{'' if clusters == 1 else 's'}" if clusters else "",
            f"{len(groups) - clusters:,} alone" if clusters and clusters < len(groups) else "",
        ]
        first = groups[:_NAMED]
        named = "; ".join(f"{name_of(group, areas)}, {size_of(group, people, in_view)}" for group in first)
        lead = "The largest: " if len(groups) > 1 and clusters else ""
        split = " and ".join(filter(None, parts))
        told.append(
            (subject.label(kind), f"{places_count(counts[kind])}{split and ', '}{split}. {lead}{named}.")
        )
    return told


def why(subject: Subject, found: Patterns, i: int) -> list[str]:
    """What one neighbourhood is, beside its neighbours, a sentence each. `i` is its position."""
    text, kind, clusters = subject.number.text, found.clusters.kinds[i], found.clusters
    beside = int(found.beside[i])
    if not np.isfinite(subject.values[i]):
        return ["There is no figure here, so nothing can be said."]
    here = f"{subject.heading}: {text(subject.values[i])} here"
    if not beside:
        return [f"{here}; no neighbour has a figure, so nothing can be said."]
    around = (
        f"and {text(found.average[i])} in the one neighbour that has a figure"
        if beside == 1
        else f"and {text(found.average[i])} on average in the {beside:,} neighbours that have a figure"
    )
    said = [
        f"{here}, {around}.",
        f"{subject.label(kind)}. By chance its neighbours would be this far from usual {_per_cent(clusters.p[i])} of "
        f"the time; up to {_per_cent(clusters.threshold)} counts as more than chance.",
    ]
    if kind is Kind.NONE and clusters.p[i] <= clusters.threshold:
        said.append("Its own figure outweighs theirs, so together they are neither high nor low.")
    group = group_of(found, i)
    if group and len(group.at) > 1:
        said.append(f"It is one of {places_count(len(group.at))} in this cluster, which is outlined on the map.")
    return said


def _per_cent(p: float) -> str:
    return f"{100 * p:.2g}%" if p < 1 else "100%"


def of_layer_step(layer: Layer) -> tuple[str, str]:
    """What goes in where it is a layer's figure."""
    return "What goes in", " ".join(filter(None, (f"{layer.title}: {layer.about}", layer.derived, layer.caveat)))


def how(subject: Subject, way: str, found: Patterns) -> list[tuple[str, str]]:
    """How clusters are worked out, in steps after those of the figure: plain words first, the formula after."""
    clusters = found.clusters
    turned = "Low figures mean more need, so they are turned round: more need is high. " if subject.turned else ""
    return [
        (
            "Among what",
            f"{turned}The {clusters.tested:,} neighbourhoods of the whole region that have a figure and a neighbour "
            "with one, whatever is in view. A missing figure takes no part; it never counts as nothing.",
        ),
        (
            "Neighbours",
            f"Two neighbourhoods are neighbours if they touch: their simplified outlines come within {TOLERANCE:g} m "
            "of each other, along a side or at a corner. One that touches none is joined to the nearest.",
        ),
        ("What is measured", _measured(way)),
        (
            "Chance",
            f"A neighbourhood keeps its figure while those of all others are shuffled {PERMUTATIONS:,} times; its p "
            "value is twice the share of shuffles, the true figures counted as one more, in which its neighbours come "
            "to at least as much, or to at most as little, whichever is rarer. Shuffling begins at the same number "
            f"({SEED}), so the same figures have the same answer.",
        ),
        (
            "Many tests at once",
            f"{BY_CHANCE} Of n p values in order, the last that is at most its place × {ALPHA:g} ÷ n sets the limit "
            f"(Benjamini and Hochberg 1995, at {ALPHA:.0%}); here it is {clusters.threshold:.2g}.",
        ),
        ("Clusters", "Touching neighbourhoods of one kind are joined, and named by the local names most of them have."),
        ("What to bear in mind", CAUTIONS),
    ]


def _measured(way: str) -> str:
    if way == "moran":
        return (
            "Each neighbourhood beside its neighbours (local Moran’s I, Anselin 1995): I = (n − 1) ÷ n × z × the "
            "average z of its neighbours, where n is the number of neighbourhoods and z how many standard deviations a "
            "figure lies above the region’s average. High and low are above that average and not."
        )
    return (
        "Each neighbourhood together with its neighbours (Gi*, Ord and Getis 1995): the sum of their figures less what "
        "as many figures add up to on average, divided by its standard deviation. Above 0 the group is high, below 0 "
        "low."
    )
