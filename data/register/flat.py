"""The register as one flat table, so that any spreadsheet can carry all of it and bring it back unchanged.

An organisation takes as many rows as the longest list among its places, services, practices and grants; the j-th of
each stand in its j-th row, and its own fields in all of them. Most organisations so take exactly one row.
"""

from collections.abc import Iterable, Mapping
from itertools import zip_longest
from typing import Any

from data.register.book import Entry
from data.register.fields import Field
from data.register.records import FIELDS, Grant, Location, Organisation, Practice, Record, Service, to_text

PREFIXES: dict[type[Record], str] = {
    Organisation: "organisation",
    Location: "place",
    Service: "service",
    Practice: "practice",
    Grant: "grant",
}

COLUMNS: dict[str, tuple[type[Record], Field]] = {
    f"{prefix}_{name}": (kind, each)
    for kind, prefix in PREFIXES.items()
    for name, each in FIELDS[kind.table].items()
    if name != "organisation_id"
}
"""Every column of the flat table: the kind of record and the field that it holds."""


def title_of(column: str) -> str:
    """What people call a column: "Service: Cost"."""
    kind, each = COLUMNS[column]
    return f"{kind.title}: {each.title}"


def flat_rows(entry: Entry) -> list[dict[str, str]]:
    """One organisation as rows of text, a column of `COLUMNS` each; blank where there is nothing."""
    parts: Iterable[tuple[Record | None, ...]] = zip_longest(
        entry.locations, entry.services, entry.practice, entry.grants
    )
    rows = []
    for these in list(parts) or [(None, None, None, None)]:
        row = dict.fromkeys(COLUMNS, "")
        for record in (entry.organisation, *these):
            if record is not None:
                row |= {
                    f"{PREFIXES[type(record)]}_{name}": text
                    for name, text in to_text(record).items()
                    if name != "organisation_id"
                }
        rows.append(row)
    return rows


def texts_of(row: Mapping[str, str], kind: type[Any]) -> dict[str, str] | None:
    """One kind of record of a flat row, as texts by field; None if the row holds nothing of it."""
    prefix = PREFIXES[kind]
    texts = {name: row.get(f"{prefix}_{name}", "").strip() for name in FIELDS[kind.table]}
    return texts if any(texts.values()) else None


def flat(entries: Iterable[Entry]) -> list[dict[str, str]]:
    """Many organisations as rows of text."""
    return [row for entry in entries for row in flat_rows(entry)]
