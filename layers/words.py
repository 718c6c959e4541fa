"""The map in words: what it says to someone who cannot see it, or has to quote it."""

from collections.abc import Sequence

import pandas as pd

from geo.areas import Geography
from layers.base import Colouring, Layer, Period
from layers.classes import Classes
from layers.places import PLACE_GROUPS, of_types


def listed(names: Sequence[str]) -> str:
    """ "Leeds", "Leeds and York", "Leeds, Selby and York"."""
    if len(names) < 2:
        return "".join(names)
    return f"{', '.join(names[:-1])} and {names[-1]}"


def share(part: int, whole: int) -> str:
    """ "12 (3%)"; the share is left out when there is nothing to share."""
    return f"{part:,} ({100 * part / whole:.0f}%)" if whole else f"{part:,}"


def be(count: int) -> str:
    """ "is" of one, "are" of none or several."""
    return "is" if count == 1 else "are"


def have(count: int) -> str:
    """ "has" of one, "have" of none or several."""
    return "has" if count == 1 else "have"


def area_in_view(focus: Sequence[str]) -> str:
    """What the reader is looking at, in words."""
    return listed(list(focus)) if focus else "the Leeds City Region"


def dated(layer: Layer, year: int | None) -> str:
    """When a layer's figures are of, as the end of a title: ", 2024" or ", of those started in 2021"."""
    if layer.period is None or year is None:
        return ""
    return f", {year}" if layer.period is Period.YEAR else f", of those started in {year}"


def compared(layer: Layer, geography: Geography, colouring: Colouring, where: str) -> str:
    """What the classes of the map are classes of: the layer's own unit, or tenths of England or of the area in view."""
    if colouring is Colouring.HERE:
        return f"tenth of the {geography.plural} in {where}, 1 = most deprived"
    if colouring is Colouring.BANDS:
        return layer.unit_at(geography)
    if geography is layer.geographies[0]:
        return "tenth of England's neighbourhoods, 1 = most deprived"
    return "average tenth of the neighbourhoods inside, 1 = most deprived"


def note(layer: Layer, geography: Geography, year: int | None) -> str:
    """When the figures are of, how they were worked out and what to bear in mind: what a copy of them must carry."""
    when = dated(layer, year).removeprefix(", ")
    return " ".join(filter(None, (when and f"Figures {when}.", layer.how_derived(geography), layer.caveat)))


def places_summary(places: pd.DataFrame, types: frozenset[str], *, where: str, fitting: str = "") -> str:
    """How many places of each kind the map shows, and that an empty map may only be missing knowledge.

    `places` : rows of `layers.places.drawable`, of any of `types`. `fitting` : what help must fit, in words.
    """
    if places.empty and fitting:
        return (
            f"None of the chosen places in {where} is known to fit what you chose ({fitting}). Others may fit and not "
            "say so: a neighbourhood's own page lists these, too."
        )
    if places.empty:
        return (
            f"We know of none of the chosen places in {where}. That may be a gap in help, or a gap in our list: our "
            "list is still thin outside Leeds, Barnsley and Bradford."
        )
    counted = places[~places["suggested"].astype(bool)]
    kinds = []
    for group in PLACE_GROUPS:
        count = int(of_types(counted, types & set(group.types)).sum())
        if count:
            kinds.append(f"{count:,} under “{group.title.lower()}”")
    loose, hinted = int((~counted["firm"]).sum()), len(places) - len(counted)
    caution = f" {loose:,} of them {be(loose)} not confirmed, or only roughly known." if loose else ""
    only = f", of help only what is known to fit ({fitting})" if fitting else ""
    if hinted:
        caution += f" Besides these, {hinted:,} {be(hinted)} only suggested by visitors and counted nowhere."
    return (
        f"In {where} the map shows {listed(kinds) or 'nothing that counts'}{only}, each at its postcode or published "
        f"point, or roughly.{caution} The list is still thin outside "
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
        else _tenths(classes, len(told), colouring=colouring, where=where, geography=geography)
    )
    gap = f" {classes.missing:,} {have(classes.missing)} no figure." if classes.missing else ""
    return first + gap


def _tenths(classes: Classes, told: int, *, colouring: Colouring, where: str, geography: Geography) -> str:
    first, last, plural = classes.counts[0], classes.counts[-1], geography.plural
    if colouring is Colouring.HERE:
        return (
            f"The {told:,} {plural} of {where} are compared with each other, not with the rest of England: "
            f"{first:,} of them {be(first)} coloured as the most deprived tenth here. Where many share one figure, "
            "the tenths are uneven."
        )
    half = sum(classes.counts[: len(classes.counts) // 2])
    if geography is not Geography.LSOA21:
        return (
            f"Of the {told:,} {plural} in {where}, {share(first, told)} {have(first)} an average that rounds to tenth "
            f"1, the most deprived, and {share(last, told)} one that rounds to tenth {len(classes.counts)}. These "
            "averages are our own working: England's tenths rank neighbourhoods, not wider areas."
        )
    return (
        f"Of the {told:,} {plural} in {where}, {share(first, told)} {be(first)} in the most deprived tenth of England "
        f"and {share(last, told)} in the least deprived. {share(half, told)} {be(half)} in the more deprived half."
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
    if len(places) == 1:
        return f"{what} is {number.text(low['value'])} in {low['name']} ({layer.unit})."
    if len(told) == 1:
        first = (
            f"{what} is {number.text(low['value'])} in {low['name']}, the one district with a figure ({layer.unit})."
        )
    else:
        first = (
            f"{what} runs from {number.text(low['value'])} in {low['name']} to {number.text(high['value'])} in "
            f"{high['name']}, among the {len(told)} districts with a figure ({layer.unit})."
        )
    return first + (
        f" {listed(silent)} {have(len(silent))} no figure for that year." if silent else " Every district has a figure."
    )
