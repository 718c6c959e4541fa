"""What a pack is: a folder of Parquet files and the manifest that describes them. Never changed in place."""

import hashlib
import json
import shutil
from collections.abc import Mapping
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

import pyarrow as pa
import pyarrow.parquet as pq
from geopandas import GeoDataFrame
from pandas import DataFrame

MANIFEST = "manifest.json"
NEXT_STEP = (
    "Put back the original (of the built-in pack with `git checkout data/held`) or make it again with "
    "`python -m data.build`."
)


class PackError(ValueError):
    """A pack is missing, damaged or not the one its manifest describes."""


@dataclass(frozen=True, kw_only=True)
class TableNote:
    """What the maker of a table says about it."""

    sources: tuple[str, ...]
    """Keys of data/catalogue.toml."""
    licence: str
    vintage: str
    grain: str
    """One sentence: what one row is."""


@dataclass(frozen=True, kw_only=True)
class TableEntry(TableNote):
    """One table of a pack, as its manifest lists it."""

    name: str
    file: str
    rows: int
    sha256: str


@dataclass(frozen=True, kw_only=True)
class Manifest:
    """A pack that has been opened and found whole."""

    folder: Path
    pack: str
    version: str
    tables: tuple[TableEntry, ...]

    def table(self, name: str) -> TableEntry:
        """The entry of one table.

        Raises
        ------
        PackError
            If the pack has no table of that name.
        """
        for entry in self.tables:
            if entry.name == name:
                return entry
        names = ", ".join(entry.name for entry in self.tables)
        raise PackError(f"The pack '{self.pack}' has no table '{name}'; it has {names}. {NEXT_STEP}")

    def path(self, name: str) -> Path:
        """The Parquet file of one table."""
        return self.folder / self.table(name).file


def write_pack(
    folder: Path,
    tables: Mapping[str, DataFrame],
    notes: Mapping[str, TableNote],
    *,
    pack: str,
    version: str,
) -> Manifest:
    """Write `tables` as a pack; the same tables give the same bytes.

    A frame with geometry becomes GeoParquet (WKB), any other plain Parquet. All or nothing: the files are
    written beside `folder` and take its place only when every one is there, so that a failure leaves what
    was there before.

    Raises
    ------
    PackError
        If a table has no note or a note no table.
    """
    if odd := sorted(tables.keys() ^ notes.keys()):
        raise PackError(f"{len(odd)} tables have a note and no rows, or rows and no note, first '{odd[0]}'.")
    fresh = _beside(folder, "new")
    shutil.rmtree(fresh, ignore_errors=True)
    fresh.mkdir(parents=True)
    try:
        entries = [_write_table(fresh, name, tables[name], notes[name]) for name in sorted(tables)]
        text = {"pack": pack, "version": version, "tables": [asdict(entry) for entry in entries]}
        (fresh / MANIFEST).write_bytes((json.dumps(text, indent=2) + "\n").encode())
        _swap(fresh, folder)
    finally:
        shutil.rmtree(fresh, ignore_errors=True)
    return Manifest(folder=folder, pack=pack, version=version, tables=tuple(entries))


def open_pack(folder: Path) -> Manifest:
    """Read a pack's manifest and make sure that each file is the one it describes.

    Raises
    ------
    PackError
        If the manifest is missing or cannot be read, if a file is missing, altered, unlisted or has another
        number of rows. The text names the file, what is wrong with it and what to do.
    """
    manifest = _read_manifest(folder)
    for entry in manifest.tables:
        _require_as_described(folder / entry.file, entry)
    listed = {entry.file for entry in manifest.tables}
    if strays := sorted(path.name for path in folder.glob("*.parquet") if path.name not in listed):
        raise PackError(
            f"{len(strays)} files in {folder.name} are not in its manifest, first '{strays[0]}'. "
            f"Remove what you did not mean to add. {NEXT_STEP}"
        )
    return manifest


def fingerprint(path: Path) -> str:
    """The sha256 of a file's bytes, in hexadecimal."""
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


def _write_table(folder: Path, name: str, frame: DataFrame, note: TableNote) -> TableEntry:
    path = folder / f"{name}.parquet"
    if isinstance(frame, GeoDataFrame):
        frame.to_parquet(path, index=False, compression="zstd", compression_level=19, geometry_encoding="WKB")
    else:
        # pandas' own notes are left out of the file: they are for pandas, and name its version
        table = pa.Table.from_pandas(frame, preserve_index=False).replace_schema_metadata(None)
        pq.write_table(table, path, compression="zstd", compression_level=19)
    return TableEntry(**asdict(note), name=name, file=path.name, rows=len(frame), sha256=fingerprint(path))


def _beside(folder: Path, what: str) -> Path:
    return folder.with_name(f".{folder.name}.{what}")


def _swap(fresh: Path, folder: Path) -> None:
    """Put `fresh` where `folder` is; if that fails, put `folder` back."""
    old = _beside(folder, "old")
    shutil.rmtree(old, ignore_errors=True)
    if folder.exists():
        folder.rename(old)
    try:
        fresh.rename(folder)
    except OSError:
        if old.exists():
            old.rename(folder)
        raise
    shutil.rmtree(old, ignore_errors=True)


def _read_manifest(folder: Path) -> Manifest:
    path = folder / MANIFEST
    if not path.is_file():
        raise PackError(f"There is no pack in the folder '{folder.name}': its '{MANIFEST}' is missing. {NEXT_STEP}")
    try:
        text = json.loads(path.read_bytes())
    except ValueError as error:
        raise PackError(f"The '{MANIFEST}' of the pack '{folder.name}' is not readable JSON. {NEXT_STEP}") from error
    try:
        return Manifest(
            folder=folder,
            pack=_text(text, "pack"),
            version=_text(text, "version"),
            tables=tuple(_entry(row) for row in text["tables"]),
        )
    except (KeyError, TypeError, AttributeError) as error:
        raise PackError(
            f"The '{MANIFEST}' of the pack '{folder.name}' lacks what a manifest must have, or has it in "
            f"another form ({error}). {NEXT_STEP}"
        ) from error


def _entry(row: Mapping[str, Any]) -> TableEntry:
    file = _text(row, "file")
    if Path(file).name != file or not file.endswith(".parquet"):
        raise PackError(f"The manifest names '{file}', which is not a Parquet file inside the pack. {NEXT_STEP}")
    if not isinstance(row["rows"], int) or isinstance(row["rows"], bool):
        raise TypeError(f"rows of '{file}' is not a whole number")
    return TableEntry(
        name=_text(row, "name"),
        file=file,
        rows=row["rows"],
        sha256=_text(row, "sha256"),
        sources=tuple(row["sources"]),
        licence=_text(row, "licence"),
        vintage=_text(row, "vintage"),
        grain=_text(row, "grain"),
    )


def _text(row: Mapping[str, Any], key: str) -> str:
    value = row[key]
    if not isinstance(value, str):
        raise TypeError(f"{key} is not text")
    return value


def _require_as_described(path: Path, entry: TableEntry) -> None:
    if not path.is_file():
        raise PackError(f"The pack file '{entry.file}' is missing. {NEXT_STEP}")
    if fingerprint(path) != entry.sha256:
        raise PackError(
            f"The pack file '{entry.file}' is not the one the manifest describes (its fingerprint differs). {NEXT_STEP}"
        )
    try:
        rows = pq.read_metadata(path).num_rows
    except (pa.ArrowException, OSError) as error:
        raise PackError(f"The pack file '{entry.file}' is not a Parquet file. {NEXT_STEP}") from error
    if rows != entry.rows:
        raise PackError(
            f"The pack file '{entry.file}' has {rows:,} rows; the manifest says {entry.rows:,}. {NEXT_STEP}"
        )
