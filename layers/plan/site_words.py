"""Sites in words: who reaches help today, what the best sites would change, and how sure that is."""

from collections.abc import Sequence

import numpy as np

from geo.composite import Array
from layers.nearby import distance_text
from layers.plan.site_pin import Dropped
from layers.plan.sites import Choice, Ground, Next
from layers.words import be, have, listed, share

_NAMED = 6


def many(count: int, one: str, more: str = "") -> str:
    """ "1 site", "2 sites"; `more` where it is not just an s."""
    return f"{count:,} {one if count == 1 else more or one + 's'}"


def people(count: float) -> str:
    """ "1 person", "2,400 people"."""
    return many(round(count), "person", "people")


def reach(ground: Ground) -> str:
    """What within reach means: "2.0 km along the way"."""
    return f"{distance_text(ground.within)} along the way"


def today(ground: Ground, *, whom: str, counting: bool) -> str:
    """Who reaches what is there today. `whom` : whose people they are, such as "in Leeds"."""
    everyone, lacking = round(ground.everyone), round(ground.lacking)
    if not counting:
        return f"What is there today is not counted: all {people(everyone)} {whom} are to be reached."
    held = everyone - lacking
    average = ground.average(ground.today_m)
    way = f" The average way to the nearest is {distance_text(average)}." if np.isfinite(average) else ""
    return (
        f"Today {share(held, everyone)} of {people(everyone)} {whom} {have(held)} help that counts within "
        f"{reach(ground)}; {lacking:,} {have(lacking)} not.{way}"
    )


def found(ground: Ground, choice: Choice, names: Sequence[str], *, goal: str, asked: int) -> str:
    """What the best sites are and what they come to.

    Parameters
    ----------
    names : those of the candidates.
    goal : a key of `layers.plan.choices.GOALS`.
    asked : the share of people (per cent) to be reached, where that is the goal.
    """
    sites, called = len(choice.sites), _called(choice.sites, names)
    if not sites:
        return f"No further site is needed: {_share_after(ground, choice)} of people are within reach already."
    brings = "It brings" if sites == 1 else "They bring"
    newly = f"{brings} {people(choice.total)} more within reach, so that {_share_after(ground, choice)} of all are."
    if goal == "fewest":
        return (
            f"{many(sites, 'further site')} {be(sites)} the fewest that bring at least {asked}% of people within "
            f"reach: {called}. {newly}"
        )
    first = f"The best {'site is' if sites == 1 else f'{sites:,} sites are'} {called}."
    if goal == "median":
        return f"{first} {way(ground, choice)} {newly}"
    idle = int((choice.gained == 0).sum())
    adds = "adds" if idle == 1 else "add"
    return f"{first} {newly}" + (f" {idle:,} of them {adds} nobody: fewer would do as well." if idle else "")


def each(choice: Choice, *, by_way: bool) -> list[str]:
    """What each site adds after those before it: people within reach or, where that is sought, the average way then."""
    if by_way:
        return [
            f"{distance_text(average)} on average, {people(gained)} more within reach"
            for average, gained in zip(choice.average_m, choice.gained, strict=True)
        ]
    return [f"{people(gained)} more" for gained in choice.gained]


def way(ground: Ground, choice: Choice) -> str:
    """The average way before and after."""
    before = ground.average(ground.today_m)
    after = ground.average(choice.way_m)
    if not np.isfinite(after):
        return "There is no way to measure."
    if not np.isfinite(before):
        return f"The average way to the nearest would be {distance_text(after)}."
    return f"The average way to the nearest would be {distance_text(after)} instead of {distance_text(before)}."


def sure(status: str, *, candidates: int, by_need: bool, capped: int = 0) -> str:
    """How sure it is that there is no better choice. `status` : what the search says of itself, in a sentence.

    `capped` : places that were left out of the search because there are too many.
    """
    counted = ", with people weighed by need" if by_need else ""
    said = f"{status} It was sought among {many(candidates, 'place')}{counted}."
    if not capped:
        return said
    return f"{said} Of the {capped:,} left out nothing is proven: with some of them more people might be reached."


def against(ground: Ground, own: Choice, best: Choice | None, *, by_way: bool) -> str:
    """What the reader's own choice comes to, beside the best."""
    sites = len(own.sites)
    said = (
        f"Your own {'site brings' if sites == 1 else f'{sites:,} sites bring'} {people(own.total)} more within reach, "
        f"so that {_share_after(ground, own)} of all are."
    )
    if by_way:
        said += f" {way(ground, own)}"
    if best is None:
        return said
    than = f"the best {len(best.sites):,}" if len(best.sites) != 1 else "the best one"
    if by_way:
        return f"{said} With {than} it would be {distance_text(ground.average(best.way_m))}."
    if best.total and own.total <= best.total:
        part = f": yours come to {100 * own.total / best.total:.0f}% of that"
    else:
        part = ""
    return f"{said} With {than}, {people(best.total)} more are within reach{part}."


def further(after: Next | None, names: Sequence[str], *, by_way: bool) -> str:
    """What one more site would gain."""
    if after is None:
        what = "shorten anyone’s way" if by_way else "newly bring anyone within reach"
        return f"No further place to choose from would {what}."
    if by_way:
        return (
            f"One more would best go to {names[after.site]}: the average way would then be "
            f"{distance_text(after.average_m)}, with {people(after.gained)} more within reach."
        )
    return f"One more would best go to {names[after.site]}: {people(after.gained)} more within reach."


def newly(ground: Ground, choice: Choice, tenth: Array) -> str:
    """Who is newly within reach. `tenth` : of England by deprivation, 1 the most deprived, of each neighbourhood."""
    areas = int(choice.newly.sum())
    if not areas:
        return "No neighbourhood is newly within reach."
    deprived = float(ground.people[choice.newly & (tenth == 1)].sum())
    return (
        f"{many(areas, 'neighbourhood')} {be(areas)} newly within reach, with {people(choice.total)}; "
        f"{share(round(deprived), round(choice.total))} of them live in neighbourhoods that are in the most deprived "
        "tenth of England."
    )


def pinned(ground: Ground, pin: Dropped, names: Sequence[str], help_names: Sequence[str]) -> list[str]:
    """Who would newly be within reach of help at the pin, a sentence each.

    `names` : of every neighbourhood; `help_names` : of what counts as help.
    """
    areas = int(pin.newly.sum())
    if areas:
        said = [
            f"Help here would bring {people(pin.people)} in {many(areas, 'neighbourhood')} within reach "
            f"({reach(ground)}) who have none today, about {pin.poor:,.0f} of them on low incomes.",
            f"Newly within reach: {_called(np.flatnonzero(pin.newly)[np.argsort(pin.way_m[pin.newly])], names)}.",
        ]
    elif pin.within:
        said = [f"Nobody would be newly within reach: all {people(pin.within)} within {reach(ground)} have help there."]
    else:
        said = [f"Nobody who is to be reached lives within {reach(ground)} of here."]
    if areas and round(pin.within) > round(pin.people):
        said.append(f"With those who have help within reach already, {people(pin.within)} would have it here.")
    if pin.helped < 0:
        return [*said, "Nothing that counts as help is there today."]
    return [
        *said,
        f"The nearest help that counts today is {help_names[pin.helped]}, about {distance_text(pin.helped_m)} along "
        "the way from here.",
    ]


def one_area(ground: Ground, i: int, best: Choice | None, names: Sequence[str]) -> str:
    """What one neighbourhood reaches today, and with the best sites."""
    if not ground.people[i]:
        return "Its people are not among those to be reached here."
    now = ground.today_m[i]
    held = "already" if ground.already[i] else "not yet"
    nearest = f"The nearest help is {distance_text(now)} along the way" if np.isfinite(now) else "No help counts"
    said = f"{people(ground.people[i])} live here. {nearest} today: {held} within reach."
    if best is None or not best.sites:
        return said
    turn = int(best.nearest[i])
    if turn < 0:
        return f"{said} None of the best sites would be nearer."
    then = "newly within reach" if best.newly[i] else "within reach, too" if ground.already[i] else "still beyond reach"
    return f"{said} With the best sites: {names[best.sites[turn]]}, {distance_text(best.way_m[i])}, {then}."


def _called(sites: Sequence[int] | np.ndarray, names: Sequence[str]) -> str:
    told = [names[i] for i in list(sites)[:_NAMED]]
    left = len(sites) - len(told)
    return listed([*told, f"{left:,} more"] if left else told)


def _share_after(ground: Ground, choice: Choice) -> str:
    held = ground.everyone - ground.lacking + choice.total
    return f"{100 * held / ground.everyone:.0f}%" if ground.everyone else "none"
