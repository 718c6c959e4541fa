"""Text files: which encoding, which delimiter, which rows."""

import codecs
import csv
import io
import re
from collections import Counter
from collections.abc import Iterator
from itertools import chain, islice

from data.bring.files_rows import make_sheet
from data.bring.files_sheet import MOST_CELL, FileError, Row, Sheet

BINARY = {
    b"\x89PNG": "a picture (PNG)",
    b"\xff\xd8\xff": "a picture (JPEG)",
    b"GIF8": "a picture (GIF)",
    b"%PDF": "a PDF",
    b"{\\rtf": "a text document (RTF)",
    b"\x1f\x8b": "a compressed file (GZIP)",
    b"7z\xbc\xaf\x27\x1c": "a compressed file (7z)",
    b"Rar!": "a compressed file (RAR)",
    b"\x7fELF": "a program",
    b"SQLite format 3\x00": "a database (SQLite)",
    b"PAR1": "a Parquet file",
}
"""First bytes of files that are not lists, and what they are."""
MARKS = {
    codecs.BOM_UTF8: "utf-8",
    codecs.BOM_UTF32_LE: "utf-32-le",  # before UTF-16, which begins the same
    codecs.BOM_UTF32_BE: "utf-32-be",
    codecs.BOM_UTF16_LE: "utf-16-le",
    codecs.BOM_UTF16_BE: "utf-16-be",
}
MARKUP = re.compile(r"<(?:!doctype|!--|\?xml|(?:html|head|body|table|div|script|kml|gpx|svg)\b)", re.IGNORECASE)
CONTROL = re.compile("[\x01-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f]")
DELIMITERS = ",\t;|"
LOOK_AT = 50
"""How many rows are looked at to find the delimiter."""
END = "\x1e"
"""A last row of our own: if it does not come back by itself, a quotation mark before it was never closed."""
SAVE_AS = "Open it in a spreadsheet and save it as CSV or XLSX."


def require_not_binary(name: str, content: bytes) -> None:
    """Make sure that the first bytes are not those of a kind of file that cannot hold a list.

    Raises
    ------
    FileError
        If they are; the text says of which kind.
    """
    kind = next((kind for mark, kind in BINARY.items() if content.startswith(mark)), None)
    if not kind and content.startswith(b"MZ") and b"\x00" in content:
        kind = "a program"
    if kind:
        raise FileError(f"'{name}' seems to be {kind}, not a list. Choose the list itself, saved as CSV or XLSX.")


def decode(name: str, content: bytes) -> tuple[str, tuple[str, ...]]:
    """The text of a file, and a note if it was not UTF-8.

    Raises
    ------
    FileError
        If the bytes are not text in UTF-8, UTF-16 or UTF-32 with a mark, or Windows-1252.
    """
    mark = next((mark for mark in MARKS if content.startswith(mark)), b"")
    body = content[len(mark) :]
    notes: tuple[str, ...] = ()
    if mark not in (codecs.BOM_UTF8, b""):
        text = _decoded(name, body, MARKS[mark])
    elif b"\x00" in body:
        raise FileError(f"'{name}' is not text that can be read. {SAVE_AS}")
    else:
        text, notes = _decoded_bytes(name, body)
    start = text[:100_000]
    if "\x00" in text or len(CONTROL.findall(start)) * 10 > len(start):
        raise FileError(f"'{name}' holds mostly characters that cannot be read, so it is not a list. {SAVE_AS}")
    if MARKUP.match(text.lstrip()[:100]):
        raise FileError(f"'{name}' seems to be a web page or XML, whatever it is called. {SAVE_AS}")
    return text, notes


def read_text(name: str, text: str, notes: tuple[str, ...]) -> Sheet:
    """The table in a text of rows and a delimiter: comma, tab, semicolon or bar.

    Raises
    ------
    FileError
        If there is no such table, it is larger than a sheet may be, or a quotation mark is never closed.
    """
    text = text.replace("\r\n", "\n").replace("\r", "\n")
    delimiter, text = _delimiter(text)
    try:
        return make_sheet(name, _rows(name, text, delimiter, strict=True), what=f"'{name}'", notes=notes)
    except csv.Error as error:
        odd = str(error)
    # spreadsheets read past a quotation mark in the middle of a cell, and so does this, and says so
    return make_sheet(name, _rows(name, text, delimiter, strict=False), what=f"'{name}'", notes=(*notes, odd))


def _decoded(name: str, body: bytes, encoding: str) -> str:
    try:
        return body.decode(encoding)
    except UnicodeDecodeError as error:
        raise FileError(
            f"'{name}' is marked as {encoding[:-3].upper()} text and cannot be read as such. {SAVE_AS}"
        ) from error


def _decoded_bytes(name: str, body: bytes) -> tuple[str, tuple[str, ...]]:
    try:
        return body.decode("utf-8"), ()
    except UnicodeDecodeError:
        pass
    try:
        return body.decode("cp1252"), ("Read as Windows-1252, since it is not UTF-8.",)
    except UnicodeDecodeError as error:
        raise FileError(
            f"'{name}' is in an encoding that is not known here: neither UTF-8 nor Windows-1252. "
            "Open it in a spreadsheet and save it as 'CSV UTF-8' or XLSX."
        ) from error


def _delimiter(text: str) -> tuple[str, str]:
    """The delimiter by which the first rows have the same number of cells, and the text to be read with it."""
    if said := re.match(r"sep=([,;|\t])\n", text):
        return said[1], text[said.end() :]
    start = text.lstrip("\n")[:200_000]
    return max(DELIMITERS, key=lambda delimiter: _evenness(start, delimiter)), text


def _evenness(text: str, delimiter: str) -> float:
    """The share of rows that have the usual number of cells; more cells count for more, and one for nothing."""
    reader = csv.reader(io.StringIO(text, newline="\n"), delimiter=delimiter, skipinitialspace=True)
    try:
        widths = Counter(len(row) for row in islice(reader, LOOK_AT) if row)
    except csv.Error:
        return 0
    if not widths:
        return 0
    width, rows = max(widths.items(), key=lambda item: (item[1], item[0]))
    return rows / widths.total() * (1 - 1 / width)


def _rows(name: str, text: str, delimiter: str, *, strict: bool) -> Iterator[Row]:
    """Each row and its number.

    Raises
    ------
    csv.Error
        If `strict` and a quotation mark is where it should not be.
    """
    lines = chain(io.StringIO(text, newline="\n"), ["\n", END])
    number, row = 0, [END]
    try:
        for number, row in enumerate(csv.reader(lines, delimiter=delimiter, skipinitialspace=True, strict=strict), 1):
            if row and row != [END]:
                yield number, row
    except csv.Error as error:
        if strict:
            odd = f"Row {number + 1} has a quotation mark in an unusual place; check how it was read."
            raise csv.Error(odd) from error
        raise FileError(
            f"'{name}' has a cell that cannot be read in row {number + 1}, far longer than {MOST_CELL:,} characters. "
            "Look for a quotation mark there that is never closed."
        ) from error
    if row != [END]:
        raise FileError(
            f"In '{name}', a quotation mark in row {number} is never closed, so the rows after it cannot be told "
            "apart. Close it or take it out."
        )
