"""The map in words: what it says to someone who cannot see it, or has to quote it."""

from collections.abc import Sequence

import pandas as pd

from geo.areas import Geography
from layers.base import Colouring, Layer, Period
from layers.classes import Classes
from layers.places import PLACE_GROUPS


def listed(names: Sequence[str]) -> str:
    """ "Leeds", "Leeds and York", "Leeds, Selby and York"."""
    if len(names) < 2:
        return "".join(names)
    return f"{', '.join(names[:-1])} and {names[-1]}"


def share(part: int, whole: int) -> str:
    """ "12 (3%)"; the share is left out when there is nothing to share."""
    return f"{part:,} ({100 * part / whole:.0f}%)" if whole else f"{part:,}"


def area_in_view(focus: Sequence[str]) -> str:
    """What the reader is looking at, in words."""
    return listed(list(focus)) if focus else "the Leeds City Region"


def dated(layer: Layer, year: int | None) -> str:
    """When a layer's figures are of, as the end of a title: ", 2024" or ", of those started in 2021"."""
    if layer.period is None or year is None:
        return ""
    return f", {year}" if layer.period is Period.YEAR else f", of those started in {year}"


def note(layer: Layer, geography: Geography, year: int | None) -> str:
    """When the figures are of, how they were worked out and what to bear in mind: what a copy of them must carry."""
    when = dated(layer, year).removeprefix(", ")
    return " ".join(filter(None, (when and f"Figures {when}.", layer.how_derived(geography), layer.caveat)))


def places_summary(places: pd.DataFrame, types: frozenset[str], *, where: str) -> str:
    """How many places of each kind the map shows, and that an empty map may only be missing knowledge.

    `places` : rows of `layers.places.drawable`, of any of `types`.
    """
    if places.empty:
        return (
            f"We know of none of the chosen places in {where}. That may be a gap in help, or a gap in our list: our "
            "list is still thin outside Leeds, Barnsley and Bradford."
        )
    kinds = []
    for group in PLACE_GROUPS:
        chosen = types & set(group.types)
        count = int(places["types"].map(lambda kinds, chosen=chosen: bool(chosen & set(kinds))).sum())
        if count:
            kinds.append(f"{count:,} under “{group.title.lower()}”")
    loose = int((~places["firm"]).sum())
    caution = f" {loose:,} of them {'is' if loose == 1 else 'are'} not confirmed, or placed roughly." if loose else ""
    return (
        f"In {where} the map shows {listed(kinds)}, each at its postcode.{caution} The list is still thin outside "
        "Leeds, Barnsley and Bradford: an empty map may be missing knowledge, not missing help."
    )


def summary(
    layer: Layer,
    places: pd.DataFrame,
    classes: Classes,
    *,
    colouring: Colouring,
    where: str,
    geography: Geography,
    year: int | None = None,
) -> str:
    """Two sentences that say what the map shows.

    Parameters
    ----------
    places : one row per place in view, columns `name` and `value` (NaN where missing).
    classes : those of the same places.
    where : the area in view, in words.
    geography : what the places are.
    year : for layers with a period.
    """
    told = places.dropna(subset=["value"])
    if told.empty:
        return f"There is no figure for {where}{f' in {year}' if year else ''}."
    if layer.period:
        return _by_district(layer, told, places, year=year)
    first = (
        _bands(layer, told, where=where, geography=geography)
        if colouring is Colouring.BANDS
        else _tenths(classes, len(told), colouring=colouring, where=where, plural=geography.plural)
    )
    have = "has" if classes.missing == 1 else "have"
    gap = f" {classes.missing:,} {have} no figure." if classes.missing else ""
    return first + gap


def _tenths(classes: Classes, told: int, *, colouring: Colouring, where: str, plural: str) -> str:
    first, last = classes.counts[0], classes.counts[-1]
    if colouring is Colouring.HERE:
        return (
            f"The {told:,} {plural} of {where} are compared with each other, not with the rest of England. "
            f"{first:,} are coloured as the most deprived tenth here and {last:,} as the least deprived; where "
            "many share one figure the tenths are uneven."
        )
    half = sum(classes.counts[: len(classes.counts) // 2])
    return (
        f"Of the {told:,} {plural} in {where}, {share(first, told)} are in the most deprived tenth of England and "
        f"{share(last, told)} in the least deprived. {share(half, told)} are in the more deprived half."
    )


def _bands(layer: Layer, told: pd.DataFrame, *, where: str, geography: Geography) -> str:
    number, values = layer.number, told["value"]
    return (
        f"Across the {len(told):,} {geography.plural} in {where}, figures run from {number.text(values.min())} to "
        f"{number.text(values.max())} ({layer.unit_at(geography)}). "
        f"Half of them are at {number.text(values.median())} or below."
    )


def _by_district(layer: Layer, told: pd.DataFrame, places: pd.DataFrame, *, year: int | None) -> str:
    number = layer.number
    low, high = told.loc[told["value"].idxmin()], told.loc[told["value"].idxmax()]
    silent = places.loc[places["value"].isna(), "name"].tolist()
    when = f"In {year}" if layer.period is Period.YEAR else f"For businesses that started in {year}"
    what = f"{when}, “{layer.title[0].lower()}{layer.title[1:]}”"
    if len(told) > 1:
        first = (
            f"{what} runs from {number.text(low['value'])} in {low['name']} to {number.text(high['value'])} in "
            f"{high['name']}, among the {len(told)} districts with a figure ({layer.unit})."
        )
    else:
        first = (
            f"{what} is {number.text(low['value'])} in {low['name']}, the one district with a figure ({layer.unit})."
        )
    verb = "has" if len(silent) == 1 else "have"
    return first + (f" {listed(silent)} {verb} no figure for that year." if silent else " Every district has a figure.")
