"""One area in figures and sentences: what people read beside the map and on the neighbourhood page."""

from dataclasses import dataclass

import pandas as pd

from data.store import Store
from geo.areas import Geography
from layers.base import Number

LSOAS_IN_ENGLAND = 33_755
"""Neighbourhoods ranked in the Indices of Deprivation 2025."""

PERCENT = Number(decimals=1, after="%", times=100)
"""A share (0 to 1) as people read it."""

_DOMAINS = {
    "education": "Education and skills",
    "health": "Health and disability",
    "crime": "Crime",
    "barriers": "Housing and services out of reach",
    "environment": "Living environment",
}


@dataclass(frozen=True, kw_only=True)
class Figure:
    """One line of an area's table. Empty text means that there is nothing to say, never zero."""

    label: str
    here: str = ""
    england: str = ""
    district: str = ""
    behind: str = ""


@dataclass(frozen=True, kw_only=True)
class Portrait:
    """What we hold about one neighbourhood or wider neighbourhood.

    `name` is the local name, `official` the ONS name; `point` the population point (metres, EPSG:27700).
    """

    geography: Geography
    code: str
    name: str
    official: str
    district: str
    district_code: str
    msoa: str
    point: tuple[float, float]
    approximate: bool
    population: int
    figures: tuple[Figure, ...]
    inside: tuple[str, ...]
    """Codes of the neighbourhoods inside a wider one; of a neighbourhood, none."""
    row: pd.Series
    """The whole answer that it was drawn from, for sentences to quote."""

    @property
    def code_is_official(self) -> bool:
        """Whether `code` is ONS's own: five wider neighbourhoods of 2021 have none in our sources."""
        return self.geography.admits(self.code)


def draw(store: Store, geography: Geography, code: str) -> Portrait | None:
    """The portrait of one area; None if the code is not one of this geography's."""
    found = store.ask(f"portrait_{geography.key}", code=code)
    if found.empty:
        return None
    row = found.iloc[0]
    lsoa = geography is Geography.LSOA21
    return Portrait(
        geography=geography,
        code=code,
        name=row["local_name"],
        official=row["name"],
        district=row["district_name"],
        district_code=row["district_code"],
        msoa=row["msoa_code"] if lsoa else code,
        point=(float(row["point_e"]), float(row["point_n"])),
        approximate=bool(row["approximate"]),
        population=int(row["population"]),
        figures=tuple(_lsoa_figures(row) if lsoa else _msoa_figures(row)),
        inside=() if lsoa else tuple(row["inside"]),
        row=row,
    )


def ordinal(place: int) -> str:
    """1 as "1st", 12 as "12th", 103 as "103rd"."""
    teens = 10 <= place % 100 <= 20
    return f"{place:,}" + ("th" if teens else {1: "st", 2: "nd", 3: "rd"}.get(place % 10, "th"))


def standing(place: int, of: int, *, sharing: int = 1) -> str:
    """ "12th of 488", or "joint 12th of 488" where others have the same figure."""
    return f"{'joint ' if sharing > 1 else ''}{ordinal(place)} of {of:,}"


def in_a_line(figure: Figure, district: str) -> str:
    """A figure and its standing, in a line: "73.5%; tenth 1 of 10 in England; 4th of 488 in Leeds"."""
    said = [figure.here]
    said += [f"{figure.england} in England"] if figure.england else []
    said += [f"{figure.district} in {district}"] if figure.district else []
    return "; ".join(filter(None, said))


def _lsoa_figures(row: pd.Series) -> list[Figure]:
    people, workers = f"{row['population']:,} people", f"{row['working_age']:,} people aged 18 to 66"
    of = int(row["lsoas_in_district"])

    def tenth(domain: str) -> str:
        return f"tenth {int(row[f'{domain}_decile'])} of 10"

    def in_district(measure: str) -> str:
        return standing(int(row[f"{measure}_place"]), of, sharing=int(row[f"{measure}_sharing"]))

    return [
        Figure(
            label="Overall deprivation",
            here=f"score {row['imd_score']:.1f}",
            england=f"{standing(int(row['imd_rank']), LSOAS_IN_ENGLAND)}, {tenth('imd')}",
            district=in_district("imd"),
            behind=people,
        ),
        Figure(
            label="People on low incomes",
            here=PERCENT.text(row["income_rate"]),
            england=tenth("income"),
            district=in_district("income"),
            behind=people,
        ),
        Figure(
            label="Working-age people kept out of work",
            here=PERCENT.text(row["employment_rate"]),
            england=tenth("employment"),
            district=in_district("employment"),
            behind=workers,
        ),
        *(Figure(label=title, england=tenth(domain)) for domain, title in _DOMAINS.items()),
        *_people(row),
    ]


def _msoa_figures(row: pd.Series) -> list[Figure]:
    people, workers = (
        f"{int(row['population']):,} people",
        f"{int(row['working_age']):,} people aged 18 to 66",
    )
    of = int(row["msoas_in_district"])
    return [
        Figure(
            label="Average deprivation score (our own working)",
            here=f"{row['imd_score']:.1f}",
            district=standing(int(row["imd_place"]), of),
            behind=people,
        ),
        Figure(
            label="Neighbourhoods inside in the most deprived tenth of England",
            here=f"{int(row['lsoas_in_first_tenth'])} of {int(row['lsoas'])}",
            behind=people,
        ),
        Figure(
            label="People on low incomes (our own working)",
            here=PERCENT.text(row["income_rate"]),
            district=standing(int(row["income_place"]), of),
            behind=people,
        ),
        Figure(
            label="Working-age people kept out of work (our own working)",
            here=PERCENT.text(row["employment_rate"]),
            district=standing(int(row["employment_place"]), of),
            behind=workers,
        ),
        *_people(row),
    ]


def _people(row: pd.Series) -> list[Figure]:
    share = row["working_age"] / row["population"]
    return [
        Figure(label="People, mid-2022", here=f"{int(row['population']):,}"),
        Figure(
            label="People of working age (18 to 66)",
            here=PERCENT.text(share),
            behind=f"{int(row['population']):,} people",
        ),
    ]
