"""Finding a place by what people call it: a postcode, a name, a code."""

import re
from dataclasses import dataclass

from data.store import Store
from geo.postcode import looks_like_postcode, normalise

ENOUGH = 2
"""Fewer letters than this would match nearly everything."""

_BEGINS_A_POSTCODE = re.compile(r"[A-Za-z]{1,2}\d")

_LONGEST = 80

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


def find(store: Store, words: str) -> list[Found]:
    """What goes by `words`: one postcode, or the areas and places whose name or code holds them, best first.

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
    matches = store.ask("find_name", words=words)
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
