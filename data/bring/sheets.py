"""From an opened file to flat rows: by a known layout, by our own columns, or by what people say columns mean."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from data.bring.files import FileError, Opened, Sheet
from data.bring.grants import from_360, looks_like_360
from data.bring.guess import applied, guess
from data.bring.known import recognised, rows_of, sheet_of
from data.bring.layout import Layout, LeftOut
from data.cells import restored
from data.oruk import from_oruk, looks_like_oruk
from data.register.flat import COLUMNS

OWN = frozenset({"organisation_id", "organisation_name", "place_id", "service_id"})
"""Columns by which a list that we sent out is known again."""


@dataclass(frozen=True, kw_only=True)
class Listed:
    """A list as flat rows. `by` says in words how it was understood; `source` where it is known from."""

    rows: tuple[Mapping[str, str] | LeftOut, ...]
    labels: tuple[str, ...]
    by: str
    source: str = ""
    notes: tuple[str, ...] = ()
    whole: bool = False
    """Whether the list says of itself all that is to be said, so that nothing is filled in unless people ask."""


def tables(opened: Opened) -> tuple[Sheet, ...]:
    """The tables of a file; none where it is a document that says itself what it means."""
    if opened.document is None:
        return opened.sheets
    if looks_like_360(opened.document) or looks_like_oruk(opened.document):
        return ()
    sheet = sheet_of(opened.document)
    if sheet is None:
        raise FileError(
            f"'{opened.name}' is JSON, but neither Open Referral UK, 360Giving, GeoJSON nor a plain list of places. "
            "Save it as one of these, or as CSV."
        )
    return (sheet,)


def from_document(document: object, name: str) -> Listed:
    """The rows of Open Referral UK or 360Giving.

    Raises
    ------
    ValueError
        If nothing in it can be brought in; its words say why.
    """
    if looks_like_360(document):
        rows, labels, notes = from_360(document)
        return Listed(rows=tuple(rows), labels=labels, notes=notes, by="360Giving grants", source=name)
    found = from_oruk(document)
    return Listed(rows=found.rows, labels=found.labels, notes=found.notes, by="Open Referral UK", whole=True)


def layout_of(sheet: Sheet) -> Layout | None:
    """The published layout of a list, if we know it."""
    return None if is_own(sheet) else recognised(sheet)


def is_own(sheet: Sheet) -> bool:
    """Whether a list is one that Foothold sent out."""
    return OWN.issubset(sheet.columns)


def from_layout(sheet: Sheet, layout: Layout) -> Listed:
    """The rows of a list of a published layout."""
    sheet, rows = rows_of(sheet, layout)
    return Listed(rows=tuple(rows), labels=_labels(sheet), notes=sheet.notes, by=layout.title, source=layout.source)


def from_own(sheet: Sheet) -> Listed:
    """The rows of a list that Foothold sent out."""
    at = [(column, i) for i, column in enumerate(sheet.columns) if column in COLUMNS]
    rows = tuple({column: restored(row[i]) for column, i in at} for row in sheet.rows)
    return Listed(rows=rows, labels=_labels(sheet), notes=sheet.notes, by="a list that Foothold sent out", whole=True)


def from_columns(sheet: Sheet, meaning: Mapping[str, str], name: str) -> Listed:
    """The rows of any list, a column for each target of `meaning`."""
    rows = tuple(applied(sheet, meaning))
    return Listed(rows=rows, labels=_labels(sheet), notes=sheet.notes, by="the columns you chose", source=name)


def understood(opened: Opened) -> Sequence[Listed]:
    """Every list of a file, understood as well as can be without asking anybody."""
    if opened.document is not None and not tables(opened):
        return [from_document(opened.document, opened.name)]
    found = []
    for sheet in tables(opened):
        if is_own(sheet):
            found.append(from_own(sheet))
        elif layout := layout_of(sheet):
            found.append(from_layout(sheet, layout))
        else:
            found.append(from_columns(sheet, guess(sheet), opened.name))
    return found


def _labels(sheet: Sheet) -> tuple[str, ...]:
    return tuple(str(number) for number in sheet.numbers)
