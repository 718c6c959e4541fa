"""The layouts that we know, which of them a list is in, and its rows by it."""

import re

from data.bring.files import Sheet, without_header
from data.bring.files_rows import named_sheet
from data.bring.files_sheet import cell_text
from data.bring.grants import GRANTS
from data.bring.layout import Layout, LeftOut
from data.bring.libraries import LIBRARIES_COUNCIL, LIBRARIES_ENGLAND
from data.bring.official import CHARITIES, COLLEGES, NHS_TRUSTS, PROVIDERS
from geo.postcode import looks_like_postcode

LAYOUTS: tuple[Layout, ...] = (
    LIBRARIES_COUNCIL,
    LIBRARIES_ENGLAND,
    NHS_TRUSTS,
    PROVIDERS,
    COLLEGES,
    CHARITIES,
    GRANTS,
)


def recognised(sheet: Sheet) -> Layout | None:
    """The layout that a list is in, by its headings; None for any other list."""
    return next((layout for layout in LAYOUTS if _is_in(sheet, layout)), None)


def rows_of(sheet: Sheet, layout: Layout) -> tuple[Sheet, list[dict[str, str] | LeftOut]]:
    """The list as it is to be shown, and each of its rows as ours or with why it is left out.

    A list without headings comes back with the row that was taken for them among its rows.
    """
    whole = without_header(sheet) if layout.headerless else sheet
    return whole, layout.rows(whole)


def sheet_of(document: object, name: str = "list") -> Sheet | None:
    """A JSON list of flat objects as a list with a column for each name; None for any other document.

    Raises
    ------
    FileError
        If it has too many rows or columns, a text that is too long, or nothing in it.
    """
    if not isinstance(document, list) or not document:
        return None
    if not all(isinstance(each, dict) and not _has_parts(each) for each in document):
        return None
    keys = list(dict.fromkeys(key for each in document for key in each))
    rows = [(number, [cell_text(each.get(key)) for key in keys]) for number, each in enumerate(document, 1)]
    return named_sheet(name, keys, rows, what=f"'{name}'")


def _has_parts(thing: dict[str, object]) -> bool:
    return any(isinstance(value, dict | list) for value in thing.values())


def _is_in(sheet: Sheet, layout: Layout) -> bool:
    if not layout.headerless:
        return layout.headings <= {heading.strip() for heading in sheet.columns}
    cells = sheet.raw_header
    # A spreadsheet may have lost the blank columns at the right.
    if not layout.headerless // 2 < len(cells) <= layout.headerless:
        return False
    # What stands above the rows is itself one of them if it holds a postcode: no heading does.
    return bool(re.fullmatch(layout.first_cell, cells[0])) and any(map(looks_like_postcode, cells))
