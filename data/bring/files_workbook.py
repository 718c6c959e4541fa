"""Workbooks (XLSX, XLS, ODS): read in a process of their own, which may fail without harm to this one.

The library that reads them is quick and compiled. A hostile file, and now and then an honest one with a single
cell in the last row and column, can make it ask for more memory than there is, which ends the process. So this
file is also a program: a workbook goes in, and its cells come out as JSON.
"""

import contextlib
import io
import json
import os
import re
import subprocess
import sys
import zipfile
from dataclasses import replace
from pathlib import Path
from typing import Any

from python_calamine import CalamineSheet, PasswordError, SheetTypeEnum, SheetVisibleEnum, load_workbook

from data.bring.files_rows import MOST_TITLES, make_sheet, trimmed
from data.bring.files_sheet import (
    MOST_COLUMNS,
    MOST_ROWS,
    FileError,
    NoRowsError,
    Sheet,
    brief,
    cell_text,
    listed,
    some,
    was,
)

ZIP = (b"PK\x03\x04", b"PK\x05\x06")
OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
"""First bytes of every XLS file, and of Word files and locked workbooks."""
ODS = b"application/vnd.oasis.opendocument.spreadsheet"
PACKED = {
    "word/": "a Word document",
    "ppt/": "a set of slides",
    ".shp": "a shapefile",
    ".iwa": "an Apple document",
    ".kml": "a KMZ map",
    "content.xml": "an OpenDocument text",
}
"""What part of its name a packed file is known by, and what it is."""
OLDER = {"WordDocument": "a Word document", "PowerPoint Document": "a set of slides", "__nameid": "an e-mail"}
LOCKED_XLS = re.compile(rb"\x09\x08\x10\x00\x00\x06\x05\x00.{12}(?:\x86\x00\x00\x00)?\x2f\x00", re.DOTALL)
"""How the cells of an XLS file begin if they are locked: the start of a workbook, and next the lock."""
SHEET_PART = re.compile(r"xl/worksheets/[^/]+\.xml$")
MOST_UNPACKED = 200_000_000
"""Bytes, of all the parts of a workbook."""
MOST_PARTS = 2_000
MOST_RATIO = 500
"""How much smaller than itself a part of over 20 MB may be packed."""
MOST_TEXT = 100_000_000
"""Characters in all cells."""
ROOM = MOST_TITLES + 1
"""Rows that may be column names, or stand above them."""
MOST_MEMORY = 1_500_000_000
MOST_SECONDS = 30
ROOT = Path(__file__).parents[2]
SAVE_AGAIN = "Open it in a spreadsheet and save the list as XLSX or CSV."
DAMAGED = f"cannot be read as a workbook: it is damaged, or not what its name says. {SAVE_AGAIN}"
LOCKED = "is locked with a password. Open it in a spreadsheet and save a copy without one."


def is_workbook(content: bytes) -> bool:
    """Whether the first bytes are those of a workbook, or of another file that is packed the same way."""
    return content.startswith((*ZIP, OLE))


def read_workbook(name: str, content: bytes) -> tuple[Sheet, ...]:
    """The sheets of a workbook that can be seen and have rows.

    Raises
    ------
    FileError
        If it is not a workbook, is damaged or locked, is too large when unpacked, or has no rows.
    """
    found = _ask(name, content)
    sheets: list[Sheet] = []
    notes: list[str] = found["notes"]
    short: list[str] = []
    for sheet in found["sheets"]:
        title = brief(sheet["name"])
        try:
            sheets.append(make_sheet(title, sheet["rows"], what=f"The sheet '{title}' of '{name}'"))
        except NoRowsError:
            short.append(title)
    if short:
        what = f"{some(len(short), 'sheet')} without rows beneath column names {was(len(short))} left out"
        notes.append(f"{what}: {listed(short)}.")
    if not sheets:
        raise FileError(f"'{name}' has no rows in any sheet that can be seen. Choose a workbook with a list in it.")
    return replace(sheets[0], notes=(*notes, *sheets[0].notes)), *sheets[1:]


def _ask(name: str, content: bytes) -> dict[str, Any]:
    """What this file, run as a program, says of a workbook."""
    path = os.pathsep.join([str(ROOT), *filter(None, sys.path)])
    try:
        done = subprocess.run(
            [sys.executable, "-m", "data.bring.files_workbook"],
            input=content,
            capture_output=True,
            timeout=MOST_SECONDS,
            env={**os.environ, "PYTHONPATH": path},
            check=True,
        )
        found: dict[str, Any] = json.loads(done.stdout)
    except subprocess.TimeoutExpired as error:
        raise FileError(f"'{name}' took more than {MOST_SECONDS} seconds to read. {SAVE_AGAIN}") from error
    except (subprocess.CalledProcessError, ValueError) as error:
        raise FileError(f"'{name}' {DAMAGED}") from error
    except OSError as error:
        raise FileError(f"'{name}' could not be read just now. Try again, or save the list as CSV.") from error
    if "refused" in found:
        raise FileError(f"'{name}' {found['refused']}")
    return found


def main() -> None:
    """Read a workbook from standard input and write its cells, or why not, to standard output."""
    _limit_memory()
    try:
        answer = _cells(sys.stdin.buffer.read())
    except FileError as error:
        answer = {"refused": str(error)}
    except PasswordError:
        answer = {"refused": LOCKED}
    sys.stdout.buffer.write(json.dumps(answer, ensure_ascii=False).encode())


def _limit_memory() -> None:
    """Let this process have no more than it needs, where the system can hold it to that."""
    with contextlib.suppress(ImportError, ValueError, OSError):
        import resource

        resource.setrlimit(resource.RLIMIT_AS, (MOST_MEMORY, MOST_MEMORY))


def _cells(content: bytes) -> dict[str, Any]:
    """The rows of each sheet that can be seen, as numbers and texts, and notes on the workbook."""
    notes = _notes_of_parts(content) if content.startswith(ZIP) else _notes_of_ole(content)
    sheets: list[dict[str, Any]] = []
    hidden: list[str] = []
    budget = _Budget()
    with load_workbook(io.BytesIO(content)) as workbook:
        for sheet in workbook.sheets_metadata:
            if sheet.typ != SheetTypeEnum.WorkSheet:
                continue
            if sheet.visible != SheetVisibleEnum.Visible:
                hidden.append(sheet.name)
            elif rows := _rows(workbook.get_sheet_by_name(sheet.name), budget):
                sheets.append({"name": sheet.name, "rows": rows})
    budget.require_kept()
    if hidden:
        notes.append(f"{some(len(hidden), 'hidden sheet')} {was(len(hidden))} left out: {listed(hidden)}.")
    return {"sheets": sheets, "notes": notes}


class _Budget:
    """Counts what a workbook holds, so that one that holds too much is refused and not read to the end."""

    def __init__(self) -> None:
        self.rows = 0
        self.text = 0

    def has_room(self, cells: list[str]) -> bool:
        """Whether a row may still be kept."""
        self.rows += 1
        self.text += sum(map(len, cells))
        if self.text > MOST_TEXT:
            raise FileError(f"holds more than {MOST_TEXT:,} characters. Leave out what is not needed.")
        return self.rows <= MOST_ROWS + ROOM

    def require_kept(self) -> None:
        if self.rows > MOST_ROWS + ROOM:
            raise FileError(
                f"has {self.rows:,} rows in its sheets; the most is {MOST_ROWS:,}. "
                "Leave out what is not needed, or split it in parts."
            )


def _rows(sheet: CalamineSheet, budget: _Budget) -> list[tuple[int, list[str]]]:
    """The rows that are not blank, as wide as the widest of them."""
    rows = []
    for number, values in enumerate(sheet.iter_rows(), 1):
        cells = trimmed([cell_text(value) for value in values])
        if cells and budget.has_room(cells):
            rows.append((number, cells))
    width = max((len(cells) for _, cells in rows), default=0)
    if width <= MOST_COLUMNS:
        for _, cells in rows:
            cells += [""] * (width - len(cells))
    return rows


def _notes_of_parts(content: bytes) -> list[str]:
    """Notes on what the cells will not tell, from the parts of a packed workbook that is safe to unpack.

    Raises
    ------
    FileError
        If it is another kind of packed file, is locked, or is too large when unpacked.
    """
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        parts = archive.infolist()
        _require_modest(parts)
        _require_spreadsheet(archive)
        if any(part.flag_bits & 1 for part in parts):
            raise FileError(LOCKED)
        errors = unsolved = 0
        for part in parts:
            # every part is read, since one that is larger than it says is found out by its checksum
            data = archive.read(part)
            if SHEET_PART.match(part.filename):
                errors += data.count(b' t="e"')
                unsolved += data.count(b"</f></c>") + data.count(b"</f><v></v></c>") + data.count(b"</f><v/></c>")
    notes = []
    if errors:
        notes.append(f"{some(errors, 'cell')} with an error, such as #N/A, {was(errors)} read as blank.")
    if unsolved:
        notes.append(f"{some(unsolved, 'formula')} without a stored result {was(unsolved)} read as blank.")
    return notes


def _require_spreadsheet(archive: zipfile.ZipFile) -> None:
    names = [name.replace("\\", "/") for name in archive.namelist()]
    if any(name.startswith("xl/") for name in names):
        return
    if "mimetype" in names and archive.read("mimetype").startswith(ODS):
        if "META-INF/manifest.xml" in names and b"encryption-data" in archive.read("META-INF/manifest.xml"):
            raise FileError(LOCKED)
        return
    kind = next((kind for start, kind in PACKED.items() if any(start in name for name in names)), "a ZIP file")
    raise FileError(f"seems to be {kind}, not a list. Choose the list itself, saved as CSV or XLSX.")


def _require_modest(parts: list[zipfile.ZipInfo]) -> None:
    size = sum(part.file_size for part in parts)
    if size > MOST_UNPACKED:
        most = f"the most is {MOST_UNPACKED / 1e6:.0f}"
        raise FileError(f"holds {size / 1e6:,.0f} MB when unpacked; {most}. {SAVE_AGAIN}")
    if len(parts) > MOST_PARTS:
        raise FileError(f"has {len(parts):,} parts; the most is {MOST_PARTS:,}. {SAVE_AGAIN}")
    for part in parts:
        if part.file_size > 20_000_000 and part.file_size > MOST_RATIO * part.compress_size:
            raise FileError(f"is packed more tightly than a list would be, so it is not unpacked. {SAVE_AGAIN}")


def _notes_of_ole(content: bytes) -> list[str]:
    """Make sure that a file of the older kind may be a workbook; there is nothing to note."""
    if "EncryptedPackage".encode("utf-16-le") in content or LOCKED_XLS.search(content):
        raise FileError(LOCKED)
    for part, kind in OLDER.items():
        if part.encode("utf-16-le") in content:
            raise FileError(f"seems to be {kind}, not a list. Choose the list itself, saved as CSV or XLSX.")
    return []


if __name__ == "__main__":
    main()
