"""Sites as rows, and how they were worked out: what is read aloud, taken away and quoted."""

from collections.abc import Mapping, Sequence

import numpy as np
import pandas as pd

from geo.composite import Array
from layers.nearby import distance_text
from layers.plan.site_words import many, people, reach
from layers.plan.sites import MIDDLE, MOST, Candidates, Choice, Ground
from layers.words import be, listed

TODAY = "what is there today"


def sites(ground: Ground, choice: Choice, candidates: Candidates, *, label: str) -> pd.DataFrame:
    """One row a site, the one that gains most first. `label` : whose choice it is."""
    at = list(choice.sites)
    running = np.cumsum(choice.gained)
    held = ground.everyone - ground.lacking
    shares = 100 * (held + running) / ground.everyone if ground.everyone else np.full(len(at), np.nan)
    told = {
        "Choice": [label] * len(at),
        "Order": range(1, len(at) + 1),
        "Site": [candidates.names[i] for i in at],
        "What it is": [candidates.what[i] for i in at],
        "Postcode": [candidates.postcodes[i] or None for i in at],
        "District": [candidates.districts[i] for i in at],
        "People newly reached": np.round(choice.gained),
        "Running total": np.round(running),
        "Share of people within reach then (%)": np.round(shares, 1),
        "Average way then (km)": np.round(choice.average_m / 1_000, 2),
    }
    if candidates.costs is not None:
        told["Cost (£)"] = candidates.costs[at]
    places = {"Latitude": candidates.degrees[at, 0], "Longitude": candidates.degrees[at, 1]}
    return pd.DataFrame(told | places)


def compared(ground: Ground, choices: Mapping[str, Choice | None]) -> pd.DataFrame:
    """Today and several choices beside each other, in words; those without a choice are left out."""
    held = ground.everyone - ground.lacking
    told = {"Today": (held, ground.average(ground.today_m))}
    for label, choice in choices.items():
        if choice is not None:
            told[f"{label} {len(choice.sites):,}"] = (held + choice.total, ground.average(choice.way_m))
    rows = [
        {
            "": label,
            "Within reach": f"{within:,.0f}",
            "Of all": f"{100 * within / ground.everyone:.0f}%" if ground.everyone else "nobody",
            "Average way": distance_text(average) if np.isfinite(average) else "none",
        }
        for label, (within, average) in told.items()
    ]
    return pd.DataFrame(rows).set_index("")


def areas(
    ground: Ground,
    choice: Choice,
    candidates: Candidates,
    named: pd.DataFrame,
    *,
    tenth: Array,
    poor: Array,
) -> pd.DataFrame:
    """One row a neighbourhood that is newly within reach, the one with most people first.

    Parameters
    ----------
    named : every neighbourhood with its names and code.
    tenth : of England by deprivation, 1 the most deprived; `poor` the share of people on low incomes, 0 to 1.
    """
    at = np.flatnonzero(choice.newly)
    at = at[np.argsort(-ground.people[at], kind="stable")]
    today = np.where(np.isfinite(ground.today_m), ground.today_m, np.nan)
    return pd.DataFrame(
        {
            "Neighbourhood": named["local_name"].to_numpy()[at],
            "ONS name": named["name"].to_numpy()[at],
            "District": named["district_name"].to_numpy()[at],
            "People": ground.people[at],
            "On low incomes, about": np.round(ground.people[at] * poor[at]),
            "Tenth of England by deprivation (1 most)": tenth[at],
            "Way to the nearest today (km)": np.round(today[at] / 1_000, 2),
            "Way then (km)": np.round(choice.way_m[at] / 1_000, 2),
            "Nearest then": [
                candidates.names[choice.sites[k]] if k >= 0 else TODAY for k in choice.nearest[at]
            ],
            "Code": named["code"].to_numpy()[at],
        }
    )


def how(
    ground: Ground,
    candidates: Candidates,
    *,
    whom: str,
    among: str,
    helped: str,
    goal: str,
    by_need: bool,
    rules: Sequence[str],
    sure: str,
) -> list[tuple[str, str]]:
    """How sites are found, in steps, each with a heading: plain words first, the formula among them.

    Parameters
    ----------
    whom : whose people are to be reached, such as "in Leeds".
    among : what the places to choose from are; `helped` what counts as help today, in sentences.
    goal : a key of `layers.plan.choices.GOALS`.
    rules : what else was asked for, a sentence each.
    sure : how sure it is that there is no better choice.
    """
    return [
        ("Who is to be reached", _who(ground, whom, by_need=by_need)),
        ("Where a site may be", _where(candidates, among)),
        ("What is there today", helped),
        (
            "Within reach",
            f"A way is the straight line from where the people of a neighbourhood live, on average, times "
            f"{ground.detour:g}. Within reach means within {reach(ground)}. A neighbourhood counts as a whole: "
            "all of its people, or none.",
        ),
        ("What is sought", _FORMULA[goal]),
        *([("What else was asked for", " ".join(rules))] if rules else []),
        (
            "How it is found",
            f"HiGHS, an open solver, compares the choices by branch and bound until none can be better. {sure} "
            "Where several choices are equally good, one of them is shown.",
        ),
        (
            "In order",
            "The sites stand in the order in which each gains most after those before it. On its own a site lower "
            "down may reach as many: its people are then counted with a site above it.",
        ),
        (
            "Whom it leaves out",
            "People beyond the region; those for whom the way itself is not what keeps them away: cost, hours, "
            "language, trust, stairs, buses. Help that is online only is not counted. Nothing here says that a place "
            "has room, or wants to. Ask it, and the people, before deciding.",
        ),
    ]


_COVERING = (
    "Let yᵢ be 1 for a neighbourhood that has no help within reach today and would have it, xⱼ be 1 for a place that "
    "is chosen, and wᵢ be its people; yᵢ is at most the sum of xⱼ over the places j within reach of i. "
)
_FORMULA = {
    "cover": f"{_COVERING}Find the choice with the largest sum of wᵢyᵢ, where the sum of xⱼ is the number asked for "
    "(maximal covering; Church and ReVelle 1974).",
    "median": "Let dᵢ be the way from a neighbourhood to the nearest of the chosen places and of what is there today, "
    "and wᵢ its people. Find the choice with the smallest sum of wᵢdᵢ for the number of places asked for (the "
    "p-median; Hakimi 1964).",
    "fewest": f"{_COVERING}Find the smallest sum of xⱼ for which the sum of wᵢyᵢ, with the people who have help today, "
    "is at least the share asked for (partial set covering; after Toregas and others 1971).",
}


def _who(ground: Ground, whom: str, *, by_need: bool) -> str:
    areas = int((ground.people > 0).sum())
    said = f"{people(ground.everyone)} in {many(areas, 'neighbourhood')}: those {whom}."
    if not by_need:
        return f"{said} Everyone counts the same."
    said += (
        " People count by the need of their neighbourhood, by its standing in the region: 1 for the most need, 0 for "
        "the least. The figures shown are of people, not of weights."
    )
    if ground.unscored:
        count = "counts" if ground.unscored == 1 else "count"
        said += f" {many(ground.unscored, 'neighbourhood')} without a need score {count} as in the middle ({MIDDLE:g})."
    return said


def _where(candidates: Candidates, among: str) -> str:
    said = f"{many(len(candidates), 'place')}: {among}."
    if candidates.capped:
        said += (
            f" {many(candidates.capped, 'more place')} {be(candidates.capped)} left out: of so many, {MOST:,} are "
            "compared, spread over the map and at each spot those that would reach most people by themselves."
        )
    if candidates.not_confirmed:
        said += (
            f" {many(candidates.not_confirmed, 'place')} not confirmed to be open, or only roughly placed, "
            f"{be(candidates.not_confirmed)} left out."
        )
    if len(set(map(tuple, candidates.points.tolist()))) < len(candidates):
        said += " Some share an address."
    return said


def rules(
    *,
    must: Sequence[str],
    never: Sequence[str],
    cap: int,
    budget: float | None,
    counted: bool = True,
    counting: bool,
    share_of_all: bool = False,
) -> list[str]:
    """What else was asked for, a sentence each.

    Parameters
    ----------
    must, never : sites by name.
    counted : whether the budget is for a number of sites, rather than for as many as it pays for.
    share_of_all : whether people were to count by need, which a share of them cannot.
    """
    said = []
    if not counting:
        said.append("What is there today is not counted.")
    if must:
        said.append(f"{listed(must)} must be among the sites.")
    if never:
        said.append(f"{listed(never)} must not be among them.")
    if cap:
        said.append(f"In one district at most {many(cap, 'site')}.")
    if budget is not None:
        number = "" if counted else ", and as many as that pays for"
        said.append(f"Together at most £{budget:,.0f}{number}; a place that says no cost is left out.")
    if share_of_all:
        said.append("A share is one of people, so need does not weigh here.")
    return said
