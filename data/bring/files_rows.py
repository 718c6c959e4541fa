"""From rows of cells to a sheet: tidy text, a row of column names, rows of one length."""

import re
from collections.abc import Iterable, Sequence
from dataclasses import replace
from statistics import median_high

from data.bring.files_sheet import (
    MOST_CELL,
    MOST_COLUMNS,
    MOST_ROWS,
    FileError,
    NoRowsError,
    Row,
    Sheet,
    brief,
    listed,
    some,
    was,
)
from data.cells import ERRORS, SAID_BLANK

CONTROL = re.compile("[\x00-\x08\x0b-\x1f\x7f-\x9f]")
EDGE = "".join(filter(str.isspace, map(chr, range(0x3001)))) + "\u200b\ufeff"
"""What may stand around a text without being seen: every kind of space, and two that have no width."""
LOOK_AT = 50
"""How many rows are looked at to find the one with the column names."""
MOST_TITLES = 10
"""How many rows above the column names may be a title."""


class _Cleaner:
    """Tidies cells, and counts what it changed."""

    def __init__(self) -> None:
        self.said_blank = 0
        self.errors = 0
        self.controls = 0

    def row(self, cells: Sequence[str]) -> list[str]:
        """The cells, tidied; blank ones at the end go if there would be more cells than there may be columns."""
        few = trimmed(cells) if len(cells) > MOST_COLUMNS else cells
        tidy = [self.cell(cell) for cell in few]
        return trimmed(tidy) if len(tidy) > MOST_COLUMNS else tidy

    def cell(self, text: str) -> str:
        text = text.strip()
        if not text or text.isprintable():
            return self._blank_or(text)
        text = text.replace("\r\n", "\n").replace("\r", "\n")
        clean = CONTROL.sub("", text)
        self.controls += clean != text
        return self._blank_or(clean.strip(EDGE))

    def _blank_or(self, text: str) -> str:
        if text in SAID_BLANK:
            self.said_blank += 1
            return ""
        if text in ERRORS:
            self.errors += 1
            return ""
        return text

    def notes(self) -> list[str]:
        found = [
            (self.said_blank, "of NaN, NULL, n/a or the like", "read as blank"),
            (self.errors, "with a spreadsheet's error, such as #N/A,", "read as blank"),
            (self.controls, "with control characters, which cannot be seen,", "read without them"),
        ]
        return [f"{some(count, 'cell')} {what} {was(count)} {done}." for count, what, done in found if count]


def make_sheet(name: str, rows: Iterable[Row], *, what: str, notes: Sequence[str] = ()) -> Sheet:
    """A sheet from rows of cells, among which are the column names.

    Parameters
    ----------
    rows : iterable of (number, cells)
        All rows in order; blank ones may be missing, if the numbers still count them.
    what : str
        How messages name the table, such as "'groups.csv'".

    Raises
    ------
    NoRowsError
        If nothing stands beneath the column names.
    FileError
        If there are too many rows or columns, or a cell is too long; the text says which and how many.
    """
    cleaner = _Cleaner()
    kept, count = _gather(rows, cleaner)
    at = _header_at(kept)
    over = count - at - 1
    if over > MOST_ROWS:
        raise FileError(_too_many(what, over, "rows", MOST_ROWS))
    if over < 1:
        held = "column names but no rows" if count else "no rows"
        raise NoRowsError(f"{what} has {held}. Choose a file with a row of column names and at least one row below it.")
    number, header = kept[at]
    told = [*notes, *(_left_out_above(kept[:at]) if at else ())]
    sheet = _assemble(name, header, kept[at + 1 :], what=what, start=number)
    notes = (*told, *sheet.notes, *cleaner.notes())
    return replace(sheet, notes=notes, raw_header=tuple(header), header_number=number)


def named_sheet(
    name: str, columns: Sequence[str], rows: Iterable[Row], *, what: str, notes: Sequence[str] = ()
) -> Sheet:
    """A sheet whose column names are known beforehand; otherwise as `make_sheet`."""
    cleaner = _Cleaner()
    kept, count = _gather(rows, cleaner)
    if count > MOST_ROWS:
        raise FileError(_too_many(what, count, "rows", MOST_ROWS))
    if not count:
        raise NoRowsError(f"{what} has no rows: every one is blank. Choose a file in which at least one is filled in.")
    sheet = _assemble(name, cleaner.row(columns), kept, what=what, start=0)
    return replace(sheet, notes=(*notes, *sheet.notes, *cleaner.notes()))


def without_header(sheet: Sheet) -> Sheet:
    """The same sheet, of which the column names were a row like any other; columns become 'Column 1' and so on.

    For files that have no column names, such as those of NHS organisation codes. Blank columns at the right,
    which `make_sheet` leaves out, are there again, so that the columns may be known by their place. A sheet
    whose names did not stand in a row comes back as it is.
    """
    if not sheet.raw_header:
        return sheet
    width = max(len(sheet.columns), len(sheet.raw_header))
    _, untrue = _named(sheet.raw_header, len(sheet.columns))
    return replace(
        sheet,
        columns=tuple(f"Column {number}" for number in range(1, width + 1)),
        rows=tuple(row + ("",) * (width - len(row)) for row in (sheet.raw_header, *sheet.rows)),
        numbers=(sheet.header_number, *sheet.numbers),
        notes=tuple(note for note in sheet.notes if note not in untrue),
        raw_header=(),
        header_number=0,
    )


def trimmed(cells: Sequence[str]) -> list[str]:
    """The cells without the blank ones at the end."""
    width = len(cells)
    while width and not cells[width - 1]:
        width -= 1
    return list(cells[:width])


def _gather(rows: Iterable[Row], cleaner: _Cleaner) -> tuple[list[Row], int]:
    """The rows that are not blank, tidied, and how many there are; past the limit they are only counted."""
    kept: list[Row] = []
    count = 0
    for number, cells in rows:
        tidy = cleaner.row(cells)
        if any(tidy):
            count += 1
            if count <= MOST_ROWS + MOST_TITLES + 1:
                kept.append((number, tidy))
    return kept, count


def _header_at(rows: Sequence[Row]) -> int:
    """Where the column names are: past rows that look like a title, which is to say have far fewer cells."""
    counts = [sum(map(bool, cells)) for _, cells in rows[:LOOK_AT]]
    typical = median_high(counts) if counts else 0
    if typical < 2:
        return 0
    found = (at for at, count in enumerate(counts[: MOST_TITLES + 1]) if count >= 2 and count * 3 >= typical)
    return next(found, 0)


def _left_out_above(rows: Sequence[Row]) -> list[str]:
    notes = []
    for number, cells in rows[:3]:
        text = brief(", ".join(cell for cell in cells if cell))
        notes.append(f"Row {number}, above the column names, is left out: '{text}'.")
    if more := len(rows) - len(notes):
        notes.append(f"So {was(more)} {some(more, 'more row')} above them.")
    return notes


def _assemble(name: str, header: Sequence[str], rows: Sequence[Row], *, what: str, start: int) -> Sheet:
    """Rows of one length beneath names that are all different, with notes on what that took."""
    width = max(len(trimmed(header)), *(len(trimmed(cells)) for _, cells in rows))
    if width > MOST_COLUMNS:
        raise FileError(_too_many(what, width, "columns", MOST_COLUMNS))
    columns, notes = _named(header, width)
    _require_short([(start, header), *rows], columns, what)
    return Sheet(
        name=name,
        columns=columns,
        rows=tuple(tuple(cells[:width]) + ("",) * (width - len(cells)) for _, cells in rows),
        numbers=tuple(number for number, _ in rows),
        notes=(*notes, *_row_notes(rows, len(header), columns, start)),
    )


def _named(header: Sequence[str], width: int) -> tuple[tuple[str, ...], list[str]]:
    """`width` names for the columns, and notes on those that are not as they stand in the header."""
    names: dict[str, str] = {}
    """By the name in small letters, since a database takes 'Name' and 'name' for one."""
    nameless: list[str] = []
    repeats: dict[str, list[str]] = {}
    for place, raw in enumerate([*header, *[""] * width][:width], start=1):
        wish = name = " ".join(raw.split()) or f"Column {place}"
        count = 1
        while name.casefold() in names:
            count += 1
            name = f"{wish} ({count})"
        names[name.casefold()] = name
        if not raw:
            nameless.append(name)
        elif name != wish:
            repeats.setdefault(wish, []).append(name)
    notes = [_repeat_note(wish, again) for wish, again in repeats.items()]
    if nameless:
        now = f"it is now {listed(nameless)}" if len(nameless) == 1 else f"they are now {listed(nameless)}"
        notes.append(f"{some(len(nameless), 'column')} {'has' if len(nameless) == 1 else 'have'} no name; {now}.")
    if (empty := len(header) - width) > 0:
        notes.append(f"{some(empty, 'empty column')} at the right {was(empty)} left out.")
    return tuple(names.values()), notes


def _repeat_note(wish: str, again: Sequence[str]) -> str:
    which = "the second is" if len(again) == 1 else "the others are"
    return f"{len(again) + 1} columns are called '{brief(wish)}'; {which} now {listed(again)}."


def _require_short(rows: Iterable[tuple[int, Sequence[str]]], columns: Sequence[str], what: str) -> None:
    for number, cells in rows:
        if max(map(len, cells), default=0) <= MOST_CELL:
            continue
        place, cell = next((place, cell) for place, cell in enumerate(cells) if len(cell) > MOST_CELL)
        raise FileError(
            f"{what} has a cell of {len(cell):,} characters in row {number}, column '{brief(columns[place])}'; "
            f"the most is {MOST_CELL:,}. Shorten it, or look for a quotation mark before it that is never closed."
        )


def _row_notes(rows: Sequence[Row], named: int, columns: Sequence[str], start: int) -> list[str]:
    """Notes on rows that are longer or shorter than the row of column names, and on blank ones."""
    notes = []
    if longer := [number for number, cells in rows if len(trimmed(cells)) > named]:
        rest = listed(columns[named:])
        notes.append(f"{_which(longer)} more cells than there are column names; the rest is in {rest}.")
    if shorter := [number for number, cells in rows if len(cells) < min(named, len(columns))]:
        notes.append(f"{_which(shorter)} fewer cells than there are columns; the rest is blank.")
    if blank := rows[-1][0] - start - len(rows):
        notes.append(f"{some(blank, 'blank row')} {was(blank)} left out.")
    return notes


def _which(numbers: Sequence[int]) -> str:
    return f"Row {numbers[0]} has" if len(numbers) == 1 else f"{len(numbers):,} rows, first row {numbers[0]}, have"


def _too_many(what: str, count: int, things: str, most: int) -> str:
    return f"{what} has {count:,} {things}; the most is {most:,}. Leave out what is not needed, or split it in parts."
