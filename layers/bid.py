"""Sentences fit for a funding bid: each one true on its own, with its source."""

from dataclasses import dataclass

import pandas as pd

from data.catalogue import SOURCES
from data.store import Store
from geo.areas import Geography
from layers.nearby import Nearby, around, distance_text
from layers.portrait import LSOAS_IN_ENGLAND, PERCENT, Portrait, ordinal
from layers.words import be

_ENGLAND = "E92000001"
_LASTING_YEARS = 3


@dataclass(frozen=True)
class Sentence:
    """One sentence and the key of its source in the catalogue."""

    text: str
    source: str
    known_from: str = ""
    """What is said in place of the catalogue's entry, where the source is that of one organisation."""

    @property
    def cited(self) -> str:
        """The sentence followed by its source in brackets."""
        entry = SOURCES[self.source]
        return f"{self.text} (Source: {self.known_from or f'{entry.title}, {entry.publisher}; {entry.vintage}'}.)"


def sentences(store: Store, places: pd.DataFrame, drawn: Portrait) -> list[Sentence]:
    """What can be said of an area, its nearest help among `places` and its district, a sentence each.

    Help is measured from where the people of the area live, and only places that are confirmed are quoted.
    """
    return [*_deprivation(drawn), *_help(drawn, around(places, drawn.point)), *_businesses(store, drawn)]


def _deprivation(drawn: Portrait) -> list[Sentence]:
    row, place, source = drawn.row, f"{drawn.name} ({drawn.official})", "iod2025"
    if drawn.geography is Geography.LSOA21:
        first = (
            f"{place} ranks {ordinal(int(row['imd_rank']))} of the {LSOAS_IN_ENGLAND:,} neighbourhoods in England for "
            f"overall deprivation, where 1st is the most deprived; that is tenth {int(row['imd_decile'])} of 10."
        )
    else:
        deprived = int(row["lsoas_in_first_tenth"])
        first = (
            f"{deprived} of the {int(row['lsoas'])} neighbourhoods that make up {place} {be(deprived)} in the most "
            "deprived tenth of England."
        )
    ours = "our average of the neighbourhoods, weighted by people"
    here = "" if drawn.geography is Geography.LSOA21 else f" ({ours})"
    low_incomes = (
        f"{PERCENT.text(row['income_rate'])} of the {drawn.population:,} people of {place} live on low incomes as the "
        f"indices count them{here}, against {PERCENT.text(row['district_income_rate'])} across {drawn.district} "
        f"({ours})."
    )
    out_of_work = (
        f"{PERCENT.text(row['employment_rate'])} of the {int(row['working_age']):,} people aged 18 to 66 in {place} "
        f"are kept out of work{here}, against {PERCENT.text(row['district_employment_rate'])} across {drawn.district} "
        f"({ours})."
    )
    return [Sentence(text, source) for text in (first, low_incomes, out_of_work)]


def _help(drawn: Portrait, nearby: tuple[Nearby, ...]) -> list[Sentence]:
    support = next(near for near in nearby if near.group.key == "support")
    if support.nearest.empty:
        return []
    first = support.nearest.iloc[0]
    return [
        Sentence(
            f"The nearest help to start or grow a business that we could confirm is {first['name']} "
            f"({first['what'].lower()}), {distance_text(first['distance_m'])} in a straight line from where the people "
            f"of {drawn.name} live.",
            "organisations",
            known_from=_known_from(first),
        )
    ]


def _known_from(place: pd.Series) -> str:
    """Where the register has a place from, since people add to it and change it."""
    dated = f", {place['as_at']}" if isinstance(place["as_at"], str) else ""
    source = place["source"] if isinstance(place["source"], str) else "a source not named"
    return f"the Foothold register of local organisations, from {source}{dated}"


def _businesses(store: Store, drawn: Portrait) -> list[Sentence]:
    told = store.ask("enterprise_series", code=drawn.district_code)
    here, england = told[told["code"] == drawn.district_code], told[told["code"] == _ENGLAND]
    said, source = [], "ons-business-demography"
    if (started := _newest(here, "births")) is not None:
        said.append(
            f"In the whole of {drawn.district}, {int(started['births']):,} businesses started in "
            f"{int(started['year'])}, {started['birth_rate']:.1f}% of all active businesses."
        )
    column = f"survival_{_LASTING_YEARS}y_pct"
    if (lasted := _newest(here, column)) is not None:
        same = england.loc[england["year"] == lasted["year"], column]
        beside = f", against {same.iloc[0]:.1f}% in England" if len(same) else ""
        said.append(
            f"In the whole of {drawn.district}, {lasted[column]:.1f}% of the {int(lasted['births']):,} businesses "
            f"that started in {int(lasted['year'])} were still active {_LASTING_YEARS} years later{beside}."
        )
    return [Sentence(text, source) for text in said]


def _newest(rows: pd.DataFrame, column: str) -> pd.Series | None:
    told = rows.dropna(subset=[column])
    return None if told.empty else told.loc[told["year"].idxmax()]
