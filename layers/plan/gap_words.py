"""Gaps in words: what the map says, and why one neighbourhood stands where it does."""

from collections.abc import Sequence

import numpy as np
import pandas as pd

from geo.composite import Array, Scale
from layers.base import Number
from layers.nearby import distance_text
from layers.plan.access import value_text
from layers.plan.gaps import BOTH, WORST, Gaps, widest
from layers.plan.need import Column, Recipe
from layers.words import be, have, listed, share

_NAMED = 3


def full_names(areas: pd.DataFrame) -> list[str]:
    """Each neighbourhood by its local name, with the ONS name that tells it from others of that name."""
    return [f"{local} ({name})" for local, name in zip(areas["local_name"], areas["name"], strict=True)]


def summary(
    found: Gaps, names: Sequence[str], people: Array, in_view: np.ndarray, *, where: str, of: str
) -> str:
    """What the map of gaps says, in sentences.

    Parameters
    ----------
    names, people : of every neighbourhood.
    in_view : which are looked at; `where` says so in words, and `of` what they are compared with.
    """
    told = in_view & np.isfinite(found.score)
    if not told.any():
        return f"There is no gap score for {where}."
    worst = told & (found.both == WORST)
    living = float(np.nansum(people[worst]))
    first = (
        f"Of the {int(told.sum()):,} neighbourhoods in {where}, {share(int(worst.sum()), int(told.sum()))} "
        f"{be(int(worst.sum()))} both in the third of {of} with most need and in the third with poorest reach; "
        f"{living:,.0f} people live there."
    )
    top = [f"{names[i]} with {found.score[i]:.0f}" for i in widest(found, in_view, _NAMED)]
    missing = int((in_view & ~np.isfinite(found.score)).sum())
    gap = f" {missing:,} {have(missing)} no score." if missing else ""
    return f"{first} The highest gap scores (of 100) {'are' if len(top) > 1 else 'is'} {listed(top)}.{gap}"


def why(
    found: Gaps,
    i: int,
    *,
    recipe: Recipe,
    columns: Sequence[Column],
    nearest: str,
    within: int,
    people: float,
) -> list[str]:
    """Why one neighbourhood's score is what it is, a sentence each: need and its parts, reach, both together.

    Parameters
    ----------
    i : the neighbourhood's position.
    columns : the figures of the recipe's indicators, in turn.
    nearest : the name of the help that is nearest.
    """
    index, reach = found.index, found.reach
    if not found.among[i]:
        return ["It is not among the neighbourhoods that are compared here."]
    if not np.isfinite(index.score[i]):
        lacking = [each.shown.title for each, col in zip(recipe.indicators, columns, strict=True)
                   if not np.isfinite(col.values[i])]
        return [f"There is no score here, because too much of the index is missing: {listed(lacking)}."]
    said = [
        f"Need: {index.place[i]:,.0f} of the region’s {index.scored:,} neighbourhoods, 1 being most in need; more "
        f"than {np.floor(100 * found.need[i]):.0f}% of the others compared here. {_parts(found, i, recipe, columns)}"
    ]
    if not np.isfinite(found.poor[i]):
        return [*said, "Reach: nothing counts as this kind of help."]
    said.append(
        f"Reach: the nearest help that counts is {nearest}, about {distance_text(reach.nearest_m[i])} along the way; "
        f"{reach.within[i]:,} within {distance_text(within)}. "
        + ("" if reach.measure in ("nearest", "count") else f"{value_text(reach.measure, reach.value[i], within)}. ")
        + f"That is poorer than for {np.floor(100 * found.poor[i]):.0f}% of the others."
    )
    said.append(
        f"Gap: {found.need[i]:.2f} (need) × {found.poor[i]:.2f} (poor reach) × 100 = {found.score[i]:.0f}; "
        f"place {found.place[i]:,.0f} of {found.compared:,}, for {people:,.0f} people. "
        f"In the colours: {BOTH[found.both[i]]}."
    )
    return said


def _parts(found: Gaps, i: int, recipe: Recipe, columns: Sequence[Column]) -> str:
    """What goes into the index of one neighbourhood, what weighs most first."""
    told = []
    for k in np.argsort(-np.nan_to_num(found.index.parts[i]), kind="stable"):
        indicator, col = recipe.indicators[k], columns[k]
        layer = indicator.shown
        if not np.isfinite(col.values[i]):
            told.append(f"“{layer.title}” is missing, and its weight goes to the others")
            continue
        whole = f", the whole district, {col.year}" if indicator.whole_district else ""
        told.append(
            f"“{layer.title}” {layer.number.text(col.values[i])}{whole} "
            f"({_standing(found.index.scaled[i, k])} on its scale of need)"
        )
    return f"In it: {listed(told)}."


def _standing(scaled: float) -> str:
    return Number().text(100 * scaled)


def how(recipe: Recipe, *, measure: str, within: int, detour: int, counted: str) -> list[tuple[str, str]]:
    """How a gap score is worked out, in steps, each with a heading: plain words first, the formula last."""
    parts = [
        f"{each.shown.title} (weight {each.weight}; {'high' if each.high_is_need else 'low'} counts as need"
        + ("; published for whole districts" if each.whole_district else "")
        + ")"
        for each in recipe.indicators
    ]
    trim = "kept: only their order matters" if recipe.scale is Scale.RANK else "kept"
    if recipe.trim and recipe.scale is not Scale.RANK:
        trim = f"drawn in: the {recipe.trim}% at either end count like the figure that begins them"
    scales = {
        "rank": "the share of the other neighbourhoods with a lower figure, those with the same counting half, so that "
        "no one figure stretches the scale",
        "min-max": "0 for the lowest figure, 1 for the highest, and in between in proportion",
        "z-score": "how many standard deviations from the average, from -3 to 3, drawn to 0 to 1",
    }
    sums = {
        "arithmetic": "added up by weight, so that a high figure may make up for a low one",
        "geometric": "multiplied by weight, so that a high figure makes up only partly for a low one",
    }
    return [
        ("What goes in", f"{listed(parts)}."),
        ("What is missing", "A missing figure passes its weight to the others; where more than a third of the weight "
         "is missing there is no score. Missing never counts as nothing."),
        ("Odd ones out", f"The highest and lowest figures are {trim}."),
        ("One scale", f"Each figure becomes a number from 0 to 1: {scales[recipe.scale.value]}."),
        ("Together", f"The numbers are {sums[recipe.sum.value]}. Need is then the share of the other neighbourhoods "
         "that score lower, those with the same score counting half."),
        ("Reach", f"{measure}. A way is the straight line from where the people of a neighbourhood live, on average, "
         f"times {detour / 100:g}; within reach means within {distance_text(within)} of it. {counted} Help beyond the "
         "region is not counted, so reach may look poorer at its edge than it is."),
        ("The formula", "Gap score = 100 × need × poor reach, where need and poor reach are shares of the other "
         "neighbourhoods (0 to 1) that are in less need and that reach help better, those level counting half. "
         "Where nothing at all is within reach, poor reach is 1."),
    ]
