"""Any table of ours as a file to take away, its notes with it: a spreadsheet, a workbook, or a map for QGIS.

A table is a frame with headings in plain words. In every form a number is a number (a whole one is written whole),
yes and no are words, anything else is text, and what is missing is an empty cell, never zero. Infinity is missing too.
"""

import csv
import io
import re
import tempfile
import unicodedata
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from numbers import Integral, Real
from pathlib import Path
from typing import Any

import geopandas as gpd
import numpy as np
import pandas as pd
from xlsxwriter import Workbook
from xlsxwriter.worksheet import Worksheet

from data.cells import guarded, marked
from data.send import media
from geo.crs import BNG

Cell = str | int | float | None

LAYER, POINTS = "areas", "points"
"""The layer of a GeoPackage of areas, and of one of points."""

_LONGEST_NAME = 60
_RESERVED = frozenset({"fid", "geom", "geometry"})
_WHOLE = 2**53
"""Whole numbers below this are exact as floats."""
_WIDTHS = (8, 45)
"""The narrowest and widest column of a workbook, in characters."""


class ShapesError(ValueError):
    """Shapes that are not those of a table's rows; the message says how they differ."""


@dataclass(frozen=True)
class TableForm:
    """A form that a table can be sent out in. `make` takes the table, its rows' shapes in metres, and the notes."""

    key: str
    title: str
    ending: str
    media_type: str
    make: Callable[[pd.DataFrame, gpd.GeoSeries, Sequence[str]], bytes]


def as_csv(table: pd.DataFrame, notes: Sequence[str]) -> bytes:
    """Comma-separated, UTF-8 with a mark; the notes in the last rows, after an empty one.

    Text that a spreadsheet would take for a formula is given a leading apostrophe, which spreadsheets do not show.
    """
    out = io.StringIO()
    writer = csv.writer(out, lineterminator="\r\n")
    for row in _rows(table):
        writer.writerow([guarded(cell) if isinstance(cell, str) else cell for cell in row])
    if notes:
        writer.writerow([])
    writer.writerows([guarded(note)] for note in notes)
    return out.getvalue().encode("utf-8-sig")


def as_xlsx(table: pd.DataFrame, notes: Sequence[str]) -> bytes:
    """A workbook: the sheet "Table", and the sheet "About" with a note a row. No text is a formula or a link."""
    out = io.BytesIO()
    with Workbook(out, {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False}) as book:
        sheet, about = book.add_worksheet("Table"), book.add_worksheet("About")
        head, wrapped = book.add_format({"bold": True}), book.add_format({"text_wrap": True, "valign": "top"})
        longest = [_WIDTHS[0]] * len(table.columns)
        for i, row in enumerate(_rows(table)):
            for j, cell in enumerate(row):
                _write(sheet, i, j, cell, head if i == 0 else None)
                longest[j] = max(longest[j], len(str(cell)))
        for j, width in enumerate(longest):
            sheet.set_column(j, j, min(width + 2, _WIDTHS[1]))
        if longest:
            sheet.freeze_panes(1, 0)
            sheet.autofilter(0, 0, max(1, len(table)), len(longest) - 1)
        about.set_column(0, 0, 100)
        for i, note in enumerate(notes):
            _write(about, i, 0, note, wrapped)
    return out.getvalue()


def as_geopackage(table: pd.DataFrame, shapes: gpd.GeoSeries, notes: Sequence[str]) -> bytes:
    """One layer, "areas", a feature a row, in metres (EPSG:27700); the notes are the layer's description.

    Its columns have the short names of `column_names`; the description says, after the notes, what each stands for.
    A column is of whole numbers, of numbers, or of text, as its cells allow.

    Parameters
    ----------
    shapes : polygons in EPSG:27700, one for each row in the same order; None for a row that has none.

    Raises
    ------
    ShapesError
        If there are not as many shapes as rows, or they are not in EPSG:27700.
    """
    return _geopackage(table, shapes, notes, layer=LAYER, geometry_type="MultiPolygon")


def as_geopackage_of_points(table: pd.DataFrame, points: gpd.GeoSeries, notes: Sequence[str]) -> bytes:
    """As `as_geopackage`, but one layer, "points", of points: None for a row that has none."""
    return _geopackage(table, points, notes, layer=POINTS, geometry_type="Point")


def column_names(headings: Iterable[str]) -> list[str]:
    """Headings as names of columns that every map program takes: "Value (% of people)" is "value_of_people".

    Only a to z, digits and "_", a letter first, about 60 characters at most; a name that is taken already, or is one of
    a GeoPackage's own, gets "_2", "_3" and so on.
    """
    names: list[str] = []
    for heading in headings:
        plain = unicodedata.normalize("NFKD", heading).encode("ascii", "ignore").decode().lower()
        name = "_".join(re.findall(r"[a-z0-9]+", plain))[:_LONGEST_NAME].strip("_") or "column"
        name = name if name[0].isalpha() else f"n_{name}"
        tried, number = name, 2
        while tried in _RESERVED or tried in names:
            tried, number = f"{name}_{number}", number + 1
        names.append(tried)
    return names


TABLE_FORMS: tuple[TableForm, ...] = (
    TableForm("csv", "CSV, for any spreadsheet", "csv", media.CSV, lambda table, _, notes: as_csv(table, notes)),
    TableForm("xlsx", "Excel", "xlsx", media.XLSX, lambda table, _, notes: as_xlsx(table, notes)),
    TableForm("gpkg", "GeoPackage, for QGIS", "gpkg", media.GPKG, as_geopackage),
)


def _geopackage(
    table: pd.DataFrame, shapes: gpd.GeoSeries, notes: Sequence[str], *, layer: str, geometry_type: str
) -> bytes:
    if len(shapes) != len(table):
        raise ShapesError(f"{len(table):,} rows have {len(shapes):,} shapes. Give each row its own, or None.")
    if shapes.crs != BNG:
        grid = shapes.crs.name if shapes.crs else "no stated grid"
        raise ShapesError(f"The shapes are in {grid}. Give them in metres, EPSG:{BNG}.")
    head, *rows = _rows(table)
    named = dict(zip(column_names(map(str, head)), head, strict=True))
    columns = {name: _column([row[j] for row in rows]) for j, name in enumerate(named)}
    frame = gpd.GeoDataFrame(columns, index=range(len(table)), geometry=shapes.to_numpy(), crs=BNG)
    about = [*notes, *(f"Column {name}: {heading}" for name, heading in named.items())]
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "table.gpkg"
        frame.to_file(
            path,
            layer=layer,
            driver="GPKG",
            geometry_type=geometry_type,
            promote_to_multi=geometry_type.startswith("Multi"),
            layer_options={"DESCRIPTION": "\n".join(about)},
        )
        return path.read_bytes()


def _rows(table: pd.DataFrame) -> list[list[Cell]]:
    """The headings, then the rows, as every form holds them."""
    rows = ([_cell(value) for value in row] for row in table.itertuples(index=False, name=None))
    return [[str(heading) for heading in table.columns], *rows]


def _cell(value: Any) -> Cell:
    if isinstance(value, bool | np.bool_):
        return "yes" if value else "no"
    if isinstance(value, Integral):
        return int(value)
    if isinstance(value, Real):
        number = float(value)
        if not np.isfinite(number):
            return None
        return int(number) if number.is_integer() and abs(number) < _WHOLE else number
    return None if pd.api.types.is_scalar(value) and pd.isna(value) else str(value)


def _write(sheet: Worksheet, row: int, column: int, cell: Cell, style: Any) -> None:
    if isinstance(cell, str):
        sheet.write_string(row, column, marked(cell), style)
    elif cell is not None:
        sheet.write_number(row, column, cell, style)


def _column(cells: Sequence[Cell]) -> Any:
    """The cells of a column as values of one type: whole numbers, numbers, or text."""
    known = [cell for cell in cells if cell is not None]
    if known and all(isinstance(cell, int) for cell in known):
        return pd.array(cells, dtype="Int64")
    if known and all(isinstance(cell, int | float) for cell in known):
        return np.array([np.nan if cell is None else cell for cell in cells], dtype=float)
    return np.array([None if cell is None else str(cell) for cell in cells], dtype=object)
