"""Shortlists set against each other, and against what the same question gives today."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import pandas as pd

from data.register.records import Shortlist
from layers.words import be, listed

_NAMED = 6


@dataclass(frozen=True)
class Difference:
    """Which neighbourhoods (LSOA codes) are on both of two lists, and on one alone, each in its list's order."""

    both: tuple[str, ...]
    first: tuple[str, ...]
    second: tuple[str, ...]

    @property
    def same(self) -> bool:
        """Whether the two lists hold the same neighbourhoods."""
        return not self.first and not self.second


def difference(first: Sequence[str], second: Sequence[str]) -> Difference:
    """What two lists share, and what each has alone."""
    return Difference(
        tuple(code for code in first if code in set(second)),
        tuple(code for code in first if code not in set(second)),
        tuple(code for code in second if code not in set(first)),
    )


def since(kept: Shortlist, now: Sequence[str], names: Mapping[str, str], *, pack: str, register: int) -> list[str]:
    """What has changed since a shortlist was saved, in sentences.

    Parameters
    ----------
    now : what the same question gives today.
    names : of every neighbourhood, by code.
    pack, register : the versions of the figures and of the register today.
    """
    said = []
    if lost := [code for code in kept.codes if code not in names]:
        said.append(f"{len(lost):,} of its neighbourhoods {be(len(lost))} not in today’s figures: {_few(lost)}.")
    basis = []
    if kept.pack != pack:
        basis.append(f"the figures are now of pack {pack} (then {kept.pack})")
    steps = register - 1 - kept.register_version if kept.register_version is not None else 0  # less its own saving
    if steps > 0:
        basis.append(f"the register has had {steps:,} {'step' if steps == 1 else 'steps'} since")
    said.append(f"{_capital(listed(basis))}." if basis else "Neither the figures nor the register have changed since.")
    found = difference(kept.codes, now)
    if found.same:
        said.append("Asked again today, the same question gives the same neighbourhoods.")
        return said
    said.append(f"Asked again today, the same question gives {len(now):,}, {len(found.both):,} of them the same.")
    if found.second:
        said.append(f"New today: {_few([names[code] for code in found.second])}.")
    if found.first:
        said.append(f"No longer among them: {_few([names.get(code, code) for code in found.first])}.")
    return said


def against(first: Shortlist, second: Shortlist, people: Mapping[str, float]) -> list[str]:
    """What two shortlists share and do not, in sentences. `people` : of every neighbourhood, by code."""
    found = difference(first.codes, second.codes)
    if found.same:
        return [f"“{first.name}” and “{second.name}” hold the same {len(first.codes):,} neighbourhoods."]

    def told(codes: Sequence[str]) -> str:
        living = sum(people[code] for code in codes if people.get(code, 0) > 0)
        return f"{len(codes):,} ({living:,.0f} people)"

    return [
        f"On both: {told(found.both)}. Only on “{first.name}”: {told(found.first)}. Only on “{second.name}”: "
        f"{told(found.second)}."
    ]


def compared(
    first: Shortlist, second: Shortlist, names: Mapping[str, str], people: Mapping[str, float]
) -> pd.DataFrame:
    """One row for every neighbourhood on either list: where it stands on each, missing where it is not on one."""
    at = [{code: i for i, code in enumerate(each.codes, start=1)} for each in (first, second)]
    codes = list(dict.fromkeys([*first.codes, *second.codes]))
    return pd.DataFrame(
        {
            "Neighbourhood": [names.get(code, code) for code in codes],
            f"Place on {first.name}": [float(at[0].get(code, float("nan"))) for code in codes],
            f"Place on {second.name} ": [float(at[1].get(code, float("nan"))) for code in codes],
            "People": [people.get(code, float("nan")) for code in codes],
            "Code": codes,
        }
    )


def _few(names: Sequence[str]) -> str:
    more = len(names) - _NAMED
    return f"{', '.join(names[:_NAMED])} and {more:,} more" if more > 1 else listed(list(names))


def _capital(text: str) -> str:
    return text[:1].upper() + text[1:]
