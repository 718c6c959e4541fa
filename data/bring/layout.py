"""How a known kind of list is laid out: by which headings it is recognised, and how a row of it becomes ours."""

import hashlib
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field

from data.bring.files import Sheet

Row = Mapping[str, str]


class LeftOut(Exception):  # noqa: N818  (nothing went wrong: the row is not one that we keep)
    """A row that its source itself says is not one to bring in; the words say why."""


@dataclass(frozen=True, kw_only=True)
class Layout:
    """One published layout. `convert` makes a flat row of a row by heading, or raises `LeftOut`."""

    key: str
    title: str
    headings: frozenset[str]
    """Headings that all must be there, as published; the ends of headings are trimmed."""
    convert: Callable[[Row], dict[str, str]]
    source: str
    """What is said of where it is known from, unless people say otherwise."""
    headerless: int = 0
    """The number of columns of a file that has no headings; 0 for one that has."""
    first_cell: str = ""
    """For a headerless file: a pattern of its first cell."""
    constants: Mapping[str, str] = field(default_factory=dict)
    """Flat columns that are the same for every row."""

    def rows(self, sheet: Sheet) -> list[dict[str, str] | LeftOut]:
        """The rows of a list, each as ours or with why it is left out."""
        headings = [heading.strip() for heading in sheet.columns]
        return [self._row(dict(zip(headings, row, strict=True))) for row in sheet.rows]

    def _row(self, row: Row) -> dict[str, str] | LeftOut:
        try:
            return dict(self.constants) | self.convert(row)
        except LeftOut as why:
            return why


def code(prefix: str, *parts: str) -> str:
    """A code that is the same whenever the same thing is brought in again."""
    told = "\x1f".join(" ".join(part.split()).casefold() for part in parts)
    return f"{prefix}-{hashlib.sha256(told.encode()).hexdigest()[:12]}"


def joined(parts: Sequence[str], by: str = ", ") -> str:
    """The parts that are not blank, each once."""
    return by.join(dict.fromkeys(part.strip().strip(",") for part in parts if part.strip().strip(",")))
