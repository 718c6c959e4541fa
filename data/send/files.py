"""The register as a file: the same flat rows in each form, so that each can be brought back in unchanged."""

import csv
import io
import json
import tempfile
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path

import geopandas as gpd
import pandas as pd
from pyproj import Transformer
from xlsxwriter import Workbook

from data.cells import guarded, marked
from data.oruk import to_oruk
from data.register.book import Entry
from data.register.flat import COLUMNS, flat
from data.send import media
from geo.crs import BNG, WGS84

_DECIMALS = 7
"""Of a degree: about a centimetre, so that metres come back as they were."""


@dataclass(frozen=True)
class Form:
    """A form that the register can be sent out in."""

    key: str
    title: str
    ending: str
    media_type: str
    make: Callable[[Sequence[Entry]], bytes]


def as_csv(entries: Iterable[Entry]) -> bytes:
    """Comma-separated, UTF-8 with a mark; no cell starts a formula."""
    out = io.StringIO()
    writer = csv.writer(out, lineterminator="\r\n")
    writer.writerow(COLUMNS)
    for row in flat(entries):
        writer.writerow([guarded(row[column]) for column in COLUMNS])
    return out.getvalue().encode("utf-8-sig")


def as_xlsx(entries: Iterable[Entry]) -> bytes:
    """A workbook of one sheet, every cell text, so that no cell is a formula and no code loses its zeros."""
    out = io.BytesIO()
    with Workbook(out, {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False}) as book:
        sheet = book.add_worksheet("Register")
        head = book.add_format({"bold": True})
        for j, column in enumerate(COLUMNS):
            sheet.write_string(0, j, column, head)
        for i, row in enumerate(flat(entries), start=1):
            for j, column in enumerate(COLUMNS):
                if row[column]:
                    sheet.write_string(i, j, marked(row[column]))
        sheet.freeze_panes(1, 2)
        sheet.autofilter(0, 0, max(1, i if entries else 1), len(COLUMNS) - 1)
    return out.getvalue()


def as_geojson(entries: Iterable[Entry]) -> bytes:
    """One feature a row, its point in degrees; no point where the row has no place."""
    rows = flat(entries)
    points = _degrees(rows)
    features = [
        {
            "type": "Feature",
            "geometry": {"type": "Point", "coordinates": points[i]} if i in points else None,
            "properties": {column: marked(text) for column, text in row.items()},
        }
        for i, row in enumerate(rows)
    ]
    return json.dumps({"type": "FeatureCollection", "features": features}, ensure_ascii=False).encode()


def as_geopackage(entries: Iterable[Entry]) -> bytes:
    """One layer, "register", a feature a row, in metres (EPSG:27700)."""
    rows = flat(entries)
    frame = pd.DataFrame(rows, columns=list(COLUMNS))
    east = pd.to_numeric(frame["place_easting"].where(frame["place_easting"] != ""))
    north = pd.to_numeric(frame["place_northing"].where(frame["place_northing"] != ""))
    points = gpd.GeoSeries.from_xy(east, north, crs=BNG).where(east.notna(), None)
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "register.gpkg"
        gpd.GeoDataFrame(frame, geometry=points, crs=BNG).to_file(path, layer="register", driver="GPKG")
        return path.read_bytes()


def as_oruk(entries: Iterable[Entry]) -> bytes:
    """Open Referral UK, as one page of services."""
    return json.dumps(to_oruk(list(entries)), ensure_ascii=False, separators=(",", ":")).encode()


FORMS: tuple[Form, ...] = (
    Form("csv", "CSV, for any spreadsheet", "csv", media.CSV, as_csv),
    Form("xlsx", "Excel", "xlsx", media.XLSX, as_xlsx),
    Form("geojson", "GeoJSON, for web maps", "geojson", "application/geo+json", as_geojson),
    Form("gpkg", "GeoPackage, for QGIS", "gpkg", media.GPKG, as_geopackage),
    Form("oruk", "Open Referral UK (JSON)", "json", "application/json", as_oruk),
)


def _degrees(rows: Sequence[dict[str, str]]) -> dict[int, tuple[float, float]]:
    """Longitude and latitude of the rows that have a place, by position."""
    placed = [i for i, row in enumerate(rows) if row["place_easting"] and row["place_northing"]]
    if not placed:
        return {}
    eastings, northings = ([int(rows[i][f"place_{name}"]) for i in placed] for name in ("easting", "northing"))
    longitudes, latitudes = Transformer.from_crs(BNG, WGS84, always_xy=True).transform(eastings, northings)
    return {
        i: (round(float(x), _DECIMALS), round(float(y), _DECIMALS))
        for i, x, y in zip(placed, longitudes, latitudes, strict=True)
    }
