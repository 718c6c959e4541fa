"""Finding a place by what people call it: a postcode, a name, a code."""

import re
from dataclasses import dataclass

import numpy as np
import pandas as pd

from data.store import Store
from geo.postcode import looks_like_postcode, normalise

ENOUGH = 2
"""Fewer letters than this would match nearly everything."""

_BEGINS_A_POSTCODE = re.compile(r"[A-Za-z]{1,2}\d")

_LONGEST = 80
_MOST = 30

KINDS = {
    "district": "district",
    "msoa21": "wider neighbourhood",
    "lsoa21": "neighbourhood",
    "place": "place",
    "postcode": "postcode",
}


@dataclass(frozen=True, kw_only=True)
class Found:
    """One match: `kind` is a key of `KINDS`; `code` an area's code, a place's id, or a postcode's neighbourhood."""

    kind: str
    code: str
    name: str
    detail: str

    @property
    def label(self) -> str:
        """The match in one line; an area says last what kind it is."""
        said = f"{self.name}, {self.detail}"
        return said if self.kind == "place" else f"{said} ({KINDS[self.kind]})"


class NotFoundError(ValueError):
    """Nothing goes by that name; the message says what to try."""


def find(store: Store, places: pd.DataFrame, words: str) -> list[Found]:
    """What goes by `words`: one postcode, or the areas and `places` whose name or code holds them, best first.

    `places` : rows of `layers.places.drawable`; what is only suggested is not found.

    Raises
    ------
    NotFoundError
        If nothing does, with what to try instead.
    """
    words = " ".join(words.split())[:_LONGEST]
    if looks_like_postcode(words):
        return [_postcode(store, words)]
    if len(words) < ENOUGH:
        raise NotFoundError(f"Type at least {ENOUGH} letters of a name, or a whole postcode such as LS8 4AA.")
    matches = _best_first(store.ask("find_name", words=words), _named(places, words))
    if matches.empty and _BEGINS_A_POSTCODE.match(words):
        raise NotFoundError(f"“{words}” is not a whole postcode. Type all of it, such as LS8 4AA.")
    if matches.empty:
        raise NotFoundError(
            f"Nothing here is called “{words}”. Try a postcode, part of the name of a neighbourhood (such as "
            "Chapeltown), a district, or an organisation."
        )
    return [
        Found(kind=row.kind, code=row.code, name=row.name, detail=row.detail)
        for row in matches[["kind", "code", "name", "detail"]].itertuples(index=False, name="Match")
    ]


def _named(places: pd.DataFrame, words: str) -> pd.DataFrame:
    """The places whose name holds the words, as find_name.sql answers for areas."""
    held = places[~places["suggested"].astype(bool)]
    names, sought = held["name"].str.casefold(), words.casefold()
    hits = names.str.contains(sought, regex=False)
    rank = np.where(names == sought, 0, np.where(names.str.startswith(sought), 1, 2))
    columns = {"kind": "place", "code": held["id"], "name": held["name"], "detail": held["district"], "rank": rank}
    return pd.DataFrame(columns, index=held.index)[hits]


def _best_first(areas: pd.DataFrame, places: pd.DataFrame) -> pd.DataFrame:
    """Of equal matches wider areas come first, and a neighbourhood's code after a place's name."""
    found = pd.concat([each for each in (areas, places) if len(each)]) if len(areas) + len(places) else areas
    order = found["kind"].map({kind: i for i, kind in enumerate(("district", "msoa21", "place", "lsoa21"))})
    return found.assign(order=order).sort_values(["rank", "order", "name", "code"]).head(_MOST)


def _postcode(store: Store, words: str) -> Found:
    postcode = normalise(words)
    answer = store.ask("find_postcode", postcode=postcode)
    if answer.empty:
        raise NotFoundError(
            f"{postcode} is not a postcode in use in the ten districts we hold (November 2025). Check the spelling, "
            "or try a neighbour's postcode or the name of the neighbourhood."
        )
    row = answer.iloc[0]
    return Found(
        kind="postcode",
        code=row["lsoa21cd"],
        name=postcode,
        detail="about here" if row["basis"] != "lookup" else "in its neighbourhood",
    )
