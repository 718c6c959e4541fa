"""Open a file that someone brings, whatever it is: text tables, or a document, or one sentence saying why not."""

import re
from pathlib import PurePosixPath

from data.bring.files_json import is_geojson, parse, read_geojson
from data.bring.files_rows import without_header
from data.bring.files_sheet import (
    MOST_BYTES,
    MOST_CELL,
    MOST_COLUMNS,
    MOST_ROWS,
    FileError,
    Opened,
    Sheet,
)
from data.bring.files_text import decode, read_text, require_not_binary
from data.bring.files_workbook import is_workbook, read_workbook

__all__ = [
    "MOST_BYTES",
    "MOST_CELL",
    "MOST_COLUMNS",
    "MOST_ROWS",
    "FileError",
    "Opened",
    "Sheet",
    "open_file",
    "without_header",
]

UNSHOWABLE = re.compile("[\x00-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069\ud800-\udfff]")
LONGEST_NAME = 80


def open_file(name: str, content: bytes) -> Opened:
    """Read a file as it is: what it holds decides its kind first, and its name second.

    Parameters
    ----------
    name : str
        The file's name as it was given; used for its ending, and shown in messages.
    content : bytes
        The whole file: CSV or other text with a delimiter, XLSX, XLS, ODS, GeoJSON or other JSON.

    Raises
    ------
    FileError
        If it cannot be read, is larger than it may be or holds no list, and nothing else whatever the bytes.
        The text names the file, says what is wrong and what to do.
    """
    shown = _shown(name)
    if len(content) > MOST_BYTES:
        raise FileError(
            f"'{shown}' has {len(content) / 1e6:,.1f} MB; the most is {MOST_BYTES / 1e6:.0f} MB. "
            "Leave out what is not needed, or split it in parts."
        )
    try:
        return _open(shown, content)
    except MemoryError as error:
        raise FileError(f"'{shown}' is too large to be read just now. Leave out what is not needed.") from error


def _shown(name: str) -> str:
    """The name without folders, and without what cannot be shown; the ending is kept when it is cut."""
    last = UNSHOWABLE.sub("", re.split(r"[/\\]", name)[-1]).strip() or "the file"
    if len(last) <= LONGEST_NAME:
        return last
    ending = PurePosixPath(last).suffix[:12]
    return f"{last[: LONGEST_NAME - len(ending) - 1]}…{ending}"


def _open(name: str, content: bytes) -> Opened:
    require_not_binary(name, content)
    if is_workbook(content):
        return Opened(name=name, sheets=read_workbook(name, content))
    text, notes = decode(name, content)
    if not text.strip():
        raise FileError(f"'{name}' is empty. Choose a file with a row of column names and at least one row below it.")
    return _open_json(name, text, notes) or Opened(name=name, sheets=(read_text(name, text, notes),))


def _open_json(name: str, text: str, notes: tuple[str, ...]) -> Opened | None:
    """What a text holds if it is JSON; None if it is not, by its first character and its name."""
    named = name.lower()
    if text.lstrip()[0] not in "[{" and not named.endswith((".json", ".geojson")):
        return None
    try:
        document, more = parse(name, text)
    except FileError:
        if named.endswith((".csv", ".tsv", ".txt")):
            return None  # a table may begin with a bracket, as in '[Name],[Town]'
        raise
    if is_geojson(document):
        return Opened(name=name, sheets=(read_geojson(name, document, (*notes, *more)),))
    return Opened(name=name, document=document)
