"""The only module that speaks to DuckDB: answers to the questions in data/sql/, from one pack."""

from functools import cached_property
from pathlib import Path

import duckdb
import geopandas as gpd
from pandas import DataFrame

from data.pack import NEXT_STEP, Manifest, PackError, open_pack
from data.questions import QuestionError
from data.questions import question as text_of
from geo.areas import Geography

HELD = Path(__file__).parent / "held"
"""The built-in pack."""

NEEDED = {
    "areas_lsoa21": {"code", "name", "msoa_code", "local_name", "district_code", "district_name", "approximate"},
    "areas_msoa21": {"code", "name", "local_name", "district_code", "district_name", "approximate"},
    "areas_district": {"code", "name", "point_e", "point_n", "area_ha"},
    "deprivation": {"lsoa21cd", "imd_rank", "imd_decile", "income_rate", "employment_rate", "population"},
    "enterprise": {"area", "code", "kind", "year", "births", "deaths", "active", "survival_5y_pct"},
    "postcodes": {"postcode", "lsoa21cd", "basis", "easting", "northing"},
    "organisations": {"id", "name", "anchor_type", "support_type", "status", "geo_basis", "easting", "lsoa21cd"},
}
"""The tables that every pack must have, and of each the columns that tell it from another."""


class Store:
    """Read-only answers from one pack, safe to share between threads.

    Parameters
    ----------
    pack : folder of Parquet files and their manifest; every file is checked against it on opening.

    Raises
    ------
    PackError
        If a file is missing or is not the one that the manifest describes.
    """

    def __init__(self, pack: Path = HELD) -> None:
        self.manifest: Manifest = open_pack(pack)
        self._connection = duckdb.connect()
        for name, columns in NEEDED.items():
            try:
                self._show(name, columns)
            except duckdb.Error as error:
                raise PackError(
                    f"The pack's table '{name}' cannot be read, so its file is probably another table's "
                    f"({str(error).splitlines()[0]}). {NEXT_STEP}"
                ) from error

    def _show(self, name: str, needed: set[str]) -> None:
        """Make one table of the pack answerable, if it is the table that it should be."""
        parquet = str(self.manifest.path(name)).replace("'", "''")
        shapes = "EXCLUDE (geometry)" if name.startswith("areas_") else ""
        # A view takes no bound values; the name is one of ours and the quotes of the path are doubled.
        self._connection.execute(f"CREATE VIEW {name} AS SELECT * {shapes} FROM read_parquet('{parquet}')")  # noqa: S608
        held = set(self._connection.execute(f"DESCRIBE {name}").df()["column_name"])
        if lacking := sorted(needed - held):
            raise PackError(
                f"The pack's table '{name}' lacks {len(lacking)} columns, first '{lacking[0]}', so its file is "
                f"probably another table's. {NEXT_STEP}"
            )

    def ask(self, question: str, **values: str | float | list[str]) -> DataFrame:
        """The answer to data/sql/<question>.sql with `values` bound to its $names.

        Raises
        ------
        QuestionError
            If there is no such question, or a value that it needs was not given.
        """
        try:
            # A connection shared by threads returns other threads' rows; a cursor of its own does not.
            return self._connection.cursor().execute(text_of(question), values or None).df()
        except duckdb.InvalidInputException as error:
            raise QuestionError(f"The question {question!r} could not be asked: {error}") from error

    def shapes(self, geography: Geography) -> gpd.GeoDataFrame:
        """Every area of one geography: the columns of its pack table, by code, in metres (EPSG:27700).

        The frame is shared: take a copy before changing it.
        """
        return self._shapes[geography]

    @cached_property
    def _shapes(self) -> dict[Geography, gpd.GeoDataFrame]:
        return {
            geography: gpd.read_parquet(self.manifest.path(geography.table)).sort_values("code").reset_index(drop=True)
            for geography in Geography
        }
