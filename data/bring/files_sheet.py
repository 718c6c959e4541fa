"""What an uploaded file becomes: sheets of text, with a note of whatever was put right on the way."""

import datetime
import json
import math
from collections.abc import Sequence
from dataclasses import dataclass

MOST_BYTES = 25_000_000
MOST_ROWS = 50_000
MOST_COLUMNS = 200
MOST_CELL = 5_000
"""The longest text that one cell may hold, in characters."""

Row = tuple[int, list[str]]
"""The number that a spreadsheet shows beside a row, and its cells as they stand in the file."""


class FileError(ValueError):
    """A file that cannot be read as a list; the message says why and what to do."""


class NoRowsError(FileError):
    """A table without a single row beneath its column names."""


@dataclass(frozen=True, kw_only=True)
class Sheet:
    """One table of text, read and not yet understood."""

    name: str
    """The sheet's own name, or the file's if it holds one table only."""
    columns: tuple[str, ...]
    """Never empty, and no two alike even if capitals are ignored: 'Column 3' has no name, 'Name (2)' is a repeat."""
    rows: tuple[tuple[str, ...], ...]
    """Each as long as `columns`, without space around the text; blank rows are left out."""
    numbers: tuple[int, ...]
    """For each row, its number as a spreadsheet shows it; in GeoJSON the feature's place, from 1."""
    notes: tuple[str, ...] = ()
    """What was put right, in plain sentences."""
    raw_header: tuple[str, ...] = ()
    """The row of column names as it stands in the file; empty if the names did not stand in a row (GeoJSON)."""
    header_number: int = 0
    """The number of that row; 0 if there is none."""


@dataclass(frozen=True, kw_only=True)
class Opened:
    """A file that has been read."""

    name: str
    """The file's name, without folders and short enough to show."""
    sheets: tuple[Sheet, ...] = ()
    """The tables of a spreadsheet, a text file or GeoJSON, at least one; none if there is a document."""
    document: object | None = None
    """Any other JSON: a dict or a list, not empty and at most 50 levels deep."""


def some(count: int, thing: str) -> str:
    """A count and what is counted, such as '1 cell' or '2 cells'."""
    return f"{count:,} {thing}" if count == 1 else f"{count:,} {thing}s"


def was(count: int) -> str:
    """'is' of one, 'are' of more."""
    return "is" if count == 1 else "are"


def brief(text: str, most: int = 60) -> str:
    """A text on one line, cut so that it can be quoted in a sentence."""
    line = " ".join(text.split())
    return line if len(line) <= most else line[: most - 1] + "…"


def listed(names: Sequence[str]) -> str:
    """Up to three names in quotation marks, and how many more there are."""
    texts = [f"'{brief(name)}'" for name in names[:3]]
    texts += [f"{len(names) - 3:,} more"] if len(names) > 3 else []
    return texts[0] if len(texts) == 1 else f"{', '.join(texts[:-1])} and {texts[-1]}"


def cell_text(value: object) -> str:
    """A value of a workbook or of JSON as text.

    Whole numbers have no '.0', dates are as 2024-03-22, truth is 'yes' or 'no', nothing is blank, and what has
    parts is JSON. Other numbers have at most 15 digits, as in a spreadsheet.
    """
    match value:
        case None:
            return ""
        case str():
            return value
        case bool():
            return "yes" if value else "no"
        case float():
            return f"{value:.0f}" if math.isfinite(value) and value.is_integer() else f"{value:.15g}"
        case datetime.datetime():
            midnight = value.time() == datetime.time()
            return value.date().isoformat() if midnight else value.isoformat(" ", "seconds")
        case dict() | list():
            return json.dumps(value, ensure_ascii=False, separators=(",", ":"))
    return str(value)
