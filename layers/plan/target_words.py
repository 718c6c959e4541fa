"""The list in words: who is on it, how sure that is, what lies next to it and whom it serves."""

from collections.abc import Sequence

import numpy as np
import pandas as pd

from geo.balance import Estimate
from geo.composite import Array, Flags
from layers.nearby import distance_text
from layers.plan.conditions import Condition, impossible, meets
from layers.plan.need import Column
from layers.plan.target_balance import Served, share_text
from layers.plan.target_sure import COUNT, EVEN, FIRM, OFTEN, Sure
from layers.plan.targets import Line, Positions, Targets, by_district
from layers.words import be, have, listed, share

FIRST = {"need": "in most need", "gap": "where need and poor reach come together most"}
"""What the first of a list are, by what it is ordered by."""

EVIDENCE = (
    "An evaluation of the Local Enterprise Growth Initiative (£418 million in 30 areas of England) found that about a "
    "tenth of the new activity had been displaced from places just across the boundary: look next to a list as well "
    "as at it."
)
_NAMED = 5
_MANY_TIES = 2
"""A list so many times longer than asked for says little."""


def places_count(count: int) -> str:
    """ "1 neighbourhood", "20 neighbourhoods"."""
    return f"{count:,} neighbourhood{'' if count == 1 else 's'}"


def _living(people: Array) -> str:
    """How many people live in some neighbourhoods, and of how many of these that is not known."""
    unknown = int((~np.isfinite(people)).sum())
    if unknown == len(people):
        return "how many people live there is not known"
    silent = f" (not counting {places_count(unknown)} where that is not known)" if unknown else ""
    return f"{np.nansum(people):,.0f} people live there{silent}"


def together(conditions: Sequence[Condition], *, every: bool) -> str:
    """Conditions as one phrase; "" where there is none."""
    return (" and " if every else ", or ").join(condition.words for condition in conditions)


def whole_districts(conditions: Sequence[Condition], columns: Sequence[Column]) -> str:
    """Which conditions are on figures published for whole districts, and of which year; "" if none is."""
    told = []
    for condition, column in zip(conditions, columns, strict=True):
        if condition.whole_district:
            told.append(f"“{condition.shown.title}”" + (f" (of {column.year})" if column.year else ""))
    names = list(dict.fromkeys(told))
    if not names:
        return ""
    return (
        f"{listed(names)} {be(len(names))} published for whole districts: there all neighbourhoods of a district meet "
        "the condition, or none does."
    )


def summary(
    found: Targets,
    *,
    by: str,
    people: Array,
    tenth: Array,
    districts: Sequence[str],
    where: str,
    focused: bool,
    conditions: Sequence[Condition],
    columns: Sequence[Column],
    every: bool,
) -> str:
    """Who is on the list (one at least), in sentences.

    Parameters
    ----------
    by : a key of `FIRST`.
    people, tenth, districts : of every neighbourhood; `tenth` is that of England by overall deprivation.
    where : what is in view, in words; `focused` whether that is less than the region.
    columns : the figures of the conditions' layers, in turn.
    """
    many, there = found.many, found.chosen
    that = f" that meet the conditions ({together(conditions, every=every)})" if conditions else ""
    said = [
        f"The list has the {places_count(many)} {FIRST[by]}, of the {len(found.order):,} in {where}{that}.",
        _people(people, there),
        f"By district: {listed([f'{name} {count:,}' for name, count in by_district(there, districts)])}.",
        _by_tenth(tenth[there]),
        _length(found, conditions, focused=focused),
        whole_districts(conditions, columns),
    ]
    return " ".join(filter(None, said))


def _people(people: Array, there: Flags) -> str:
    ours, whole = np.nansum(people[there]), np.nansum(people)
    of = f", {ours / whole:.1%} of the region’s {whole:,.0f}" if ours else ""
    said = _living(people[there])
    return f"{said[0].upper()}{said[1:]}{of}."


def _by_tenth(tenth: Array) -> str:
    known = tenth[np.isfinite(tenth)].astype(int)
    of, counts = np.unique(known, return_counts=True)
    told = [f"{share(int(count), len(tenth))} in tenth {which}" for which, count in zip(of, counts, strict=True)]
    return f"By overall deprivation in England, of which tenth 1 is the most deprived: {listed(told)}." if told else ""


def _length(found: Targets, conditions: Sequence[Condition], *, focused: bool) -> str:
    """Why the list is longer or shorter than was asked for, and how many have no score."""
    said = ""
    if found.tied:
        said = (
            f"It has {found.many:,}, not {found.asked:,}, because {found.tied:,} tie for the last place and nothing in "
            "the question tells them apart."
        )
        if found.many >= _MANY_TIES * found.asked:
            said += " Let more figures count as need, or add a condition."
    elif found.many < found.asked:
        why = "meet the conditions" if conditions else "are in view"
        steps = ["loosen a condition"] * bool(conditions) + ["show more districts"] * focused
        do = f" To have more, {' or '.join(steps)}." if steps else ""
        said = f"It has {found.many:,}, not {found.asked:,}: no more {why} and have a score.{do}"
    if found.unscored:
        said += f" {found.unscored:,} more {have(found.unscored)} no score, because too many figures are missing."
    return said.strip()


def nothing(
    found: Targets,
    conditions: Sequence[Condition],
    columns: Sequence[Column],
    *,
    every: bool,
    anywhere: int,
    where: str,
) -> str:
    """Why there is no list, and what to do.

    `anywhere` : how many neighbourhoods of the whole region meet the conditions.
    """
    if conditions and not anywhere:
        return impossible(conditions, [each.values for each in columns], every=every)
    if not found.meeting.any():
        return (
            f"{places_count(anywhere).capitalize()} of the region meet{'s' if anywhere == 1 else ''} the conditions, "
            f"but none in {where}. Show more districts, or loosen a condition."
        )
    return (
        f"None of the {places_count(found.unscored)} asked about has a score, because too many figures are missing. "
        "Let other figures count as need, or show more districts."
    )


def stands(
    found: Targets, i: int, conditions: Sequence[Condition], columns: Sequence[Column], *, every: bool, in_view: bool
) -> str:
    """How one neighbourhood stands to the list. `i` is its position, `in_view` whether it lies in what is in view."""
    if found.chosen[i]:
        return f"On the list: place {found.place[i]:,.0f} of {len(found.order):,}."
    if np.isfinite(found.place[i]):
        return (
            f"Not on the list: place {found.place[i]:,.0f} of {len(found.order):,}. A list of {found.place[i]:,.0f} "
            "would have it."
        )
    if not in_view:
        return "Not on the list: it lies outside the districts in view."
    if found.meeting[i]:
        return "Not on the list: it has no score, because too many figures are missing."
    missed = [
        f"{condition.words} (here {condition.shown.number.text(column.values[i])})"
        for condition, column in zip(conditions, columns, strict=True)
        if not meets(condition, column.values)[i]
    ]
    return f"Not on the list: it does not meet {listed(missed) if every else f'any of {listed(missed)}'}."


def how_sure(told: Sure, found: Targets, names: Sequence[str], *, by: str) -> list[str]:
    """How sure the list is, in sentences. `names` : of every neighbourhood; `by` : what the list is ordered by."""
    if len(found.order) <= found.asked:
        return [
            f"Every neighbourhood that could be on the list is on it ({len(found.order):,}), so other weights change "
            "only their order, not who is on it."
        ]
    rest = [
        (told.firm, f"in at least {FIRM:.0%} of the draws (these are sure)"),
        (told.likely, f"in {EVEN:.0%} to {FIRM:.0%}"),
        (told.shaky, f"in fewer than {EVEN:.0%} (others could as well be there)"),
    ]
    parts = listed([f"{count:,} {be(count)} among the first {found.asked:,} {words}" for count, words in rest if count])
    fixed = "; the way to help stayed as it is" if by == "gap" else ""
    said = [
        f"We asked the same question {COUNT:,} times, with the weights moved up or down by up to half and the figures "
        f"compared and put together in every way offered{fixed}. Of the {places_count(found.many)} on the list, "
        f"{parts}. On average {told.kept:.1f} of the {found.many:,} stay."
    ]
    if len(told.coming):
        named = [f"{names[i]}, {told.share[i]:.0%}" for i in told.coming[:_NAMED]]
        more = f"; and {len(told.coming) - _NAMED:,} more" if len(told.coming) > _NAMED else ""
        said.append(
            f"Left out, but among the first {found.asked:,} in at least {OFTEN:.0%} of the draws: {'; '.join(named)}"
            f"{more}. Look at these before you settle the list."
        )
    else:
        said.append(f"No neighbourhood that is left out comes in in as many as {OFTEN:.0%} of the draws.")
    return said


def next_to(beside: Positions, found: Targets, people: Array, in_view: Flags) -> str:
    """What touches the list without being on it, in sentences."""
    if not len(beside):
        return "Nothing touches the list that is not on it."
    placed, away = np.isfinite(found.place[beside]), ~in_view[beside]
    touch = "touches" if len(beside) == 1 else "touch"
    kinds = [
        f"{count:,} {words}"
        for count, words in (
            (int(placed.sum()), "further down the same order"),
            (int(away.sum()), "outside the districts in view"),
            (int((~placed & ~away & ~found.meeting[beside]).sum()), "in view but not meeting the conditions"),
            (int((~placed & found.meeting[beside]).sum()), "without a score"),
        )
        if count
    ]
    return (
        f"{places_count(len(beside))} {touch} the list and {be(len(beside))} not on it; {_living(people[beside])}. "
        f"Of these, {listed(kinds)}."
    )


def lines_table(lines: Sequence[Line], asked: int) -> pd.DataFrame:
    """One row a line: the neighbourhoods and people that it takes in, how many more than now, and the districts."""
    now = next(line for line in lines if line.asked == asked)
    return pd.DataFrame(
        {
            "The first": [f"{line.asked:,}{' (now)' if line is now else ''}" for line in lines],
            "Neighbourhoods": [f"{line.many:,}" for line in lines],
            "People": [f"{line.people:,.0f}" for line in lines],
            "More or fewer": ["" if line is now else f"{line.people - now.people:+,.0f}" for line in lines],
            "By district": [listed([f"{name} {count:,}" for name, count in line.districts]) for line in lines],
        }
    )


def whom(today: Served, list_: Served, *, where: str, within: int) -> list[str]:
    """Whom the list serves beside whom today's help serves, in sentences. `within` : metres along the way."""

    def told(of: Estimate) -> str:
        return share_text(of.value, of.low, of.high)

    groups = [
        f"{name}: {told(today.groups[name])} today, {told(list_.groups[name])} on this list" for name in today.groups
    ]
    missing = today.everyone.missing
    left_out = f" {places_count(missing)} {be(missing)} left out, because how many people live there is not known."
    return [
        f"Today: {today.people:,.0f} people, {told(today.everyone)} of those in {where}, live in neighbourhoods within "
        f"{distance_text(within)} of help that counts. {_tilt(today, 'Today’s help')}{left_out if missing else ''}",
        f"This list: {list_.people:,.0f} people, {told(list_.everyone)}, live in its neighbourhoods. "
        f"{_tilt(list_, 'The list')}",
        f"{'. '.join(groups)}.",
        "We hold nothing by neighbourhood on other groups, such as by ethnicity, sex, age or disability, so their "
        "balance cannot be told here.",
    ]


def _tilt(of: Served, what: str) -> str:
    if of.tilt is None:
        return of.why
    low, high = of.tilt.low, of.tilt.high
    if high < 0:
        words = "goes more to people in more deprived neighbourhoods"
    elif low > 0:
        words = "goes more to people in less deprived neighbourhoods"
    else:
        words = "goes about evenly to more and less deprived neighbourhoods, as far as can be told"
    span = f", {low:.2f} to {high:.2f}" if np.isfinite(low) else ""
    return f"{what} {words} (concentration index {of.tilt.value:.2f}{span})."
