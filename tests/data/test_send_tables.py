"""Any table as a file to take away: what was in it comes out of it, in every form, with its notes."""

import csv
import io
import re
import sqlite3
import zipfile
from contextlib import closing

import geopandas as gpd
import numpy as np
import pandas as pd
import pytest
import shapely
from hypothesis import given, settings
from hypothesis import strategies as st
from python_calamine import CalamineWorkbook

from data.cells import restored
from data.send.tables import (
    LAYER,
    TABLE_FORMS,
    ShapesError,
    as_csv,
    as_geopackage,
    as_xlsx,
    column_names,
)
from geo.crs import BNG
from tests import toytown
from tests.data.register_strategies import AWKWARD

HEADINGS = ["Neighbourhood", "Income deprived (% of people)", "People", "Reached", "Code"]
TABLE = pd.DataFrame(
    [
        ["Mill Lane", 50.0, 1000.0, True, "E01000001"],
        [toytown.NASTY, 33.5, np.nan, False, "E01000002"],
        ["=1+1", np.nan, 0.0, True, "E01000003"],
    ],
    columns=HEADINGS,
)
NOTES = ["Source: Toytown, never.", "=2+2", "Worked out on 21 November 2026.\nReach: 2 km."]
SHAPES = gpd.GeoSeries([toytown.square(name) for name in ("A1", "A2", "A3")], crs=BNG)
STARTS = ("=", "+", "-", "@", "\t", "\r")
SHORT = settings(max_examples=40, deadline=None)


def read_csv(content):
    assert content.startswith(b"\xef\xbb\xbf")
    return list(csv.reader(io.StringIO(content.decode("utf-8-sig"), newline="")))


def read_xlsx(content):
    """The rows of each sheet, by its name."""
    book = CalamineWorkbook.from_filelike(io.BytesIO(content))
    return {name: book.get_sheet_by_name(name).to_python() for name in book.sheet_names}


def read_gpkg(tmp_path, content):
    path = tmp_path / "sent.gpkg"
    path.write_bytes(content)
    return gpd.read_file(path, layer=LAYER)


def asked(tmp_path, content, sql):
    """The answer of the file itself, as SQLite reads it."""
    path = tmp_path / "asked.gpkg"
    path.write_bytes(content)
    with closing(sqlite3.connect(path)) as file:
        return file.execute(sql).fetchall()


class TestCsv:
    def test_the_rows_then_the_notes_by_hand(self):
        assert read_csv(as_csv(TABLE, NOTES)) == [
            HEADINGS,
            ["Mill Lane", "50", "1000", "yes", "E01000001"],
            [toytown.NASTY, "33.5", "", "no", "E01000002"],
            ["'=1+1", "", "0", "yes", "E01000003"],
            [],
            ["Source: Toytown, never."],
            ["'=2+2"],
            ["Worked out on 21 November 2026.\nReach: 2 km."],
        ]

    def test_without_notes_nothing_follows_the_rows(self):
        assert read_csv(as_csv(TABLE, []))[-1][-1] == "E01000003"

    @SHORT
    @given(st.lists(st.sampled_from(AWKWARD), min_size=1, max_size=9))
    def test_no_cell_starts_a_formula_and_every_text_comes_back(self, words):
        rows = read_csv(as_csv(pd.DataFrame({"=A": words, "B": "x"}), words))
        assert not [cell for row in rows for cell in row if cell.startswith(STARTS)]
        assert [restored(row[0]) for row in rows if row] == ["=A", *words, *words]


class TestWorkbook:
    def test_numbers_are_numbers_and_text_is_text_by_hand(self):
        sheets = read_xlsx(as_xlsx(TABLE, NOTES))
        assert sheets == {
            "Table": [
                HEADINGS,
                ["Mill Lane", 50, 1000, "yes", "E01000001"],
                [toytown.NASTY, 33.5, "", "no", "E01000002"],
                ["=1+1", "", 0, "yes", "E01000003"],
            ],
            "About": [[note] for note in NOTES],
        }
        assert isinstance(sheets["Table"][1][1], float) and isinstance(sheets["Table"][3][0], str)

    @SHORT
    @given(st.lists(st.sampled_from(["https://example.org", "mailto:a@example.org", *AWKWARD]), min_size=1, max_size=9))
    def test_no_text_is_a_formula_or_a_link_and_every_one_comes_back(self, words):
        content = as_xlsx(pd.DataFrame({"=A": words, "B": "x"}), words)
        with zipfile.ZipFile(io.BytesIO(content)) as book:
            for name in ("xl/worksheets/sheet1.xml", "xl/worksheets/sheet2.xml"):
                sheet = book.read(name).decode()
                assert set(re.findall(r"<c r=\"\w+\"(?: s=\"\d+\")? ?([^>]*)>", sheet)) == {'t="s"'}
                assert "<f>" not in sheet and "hyperlink" not in sheet.casefold()
        sheets = read_xlsx(content)
        assert [restored(row[0]) for row in sheets["Table"]] == ["=A", *words]
        assert [restored(row[0]) for row in sheets["About"]] == words


class TestGeoPackage:
    def test_one_layer_of_polygons_in_metres_by_hand(self, tmp_path):
        content = as_geopackage(TABLE, SHAPES, NOTES)
        frame = read_gpkg(tmp_path, content)
        assert frame.crs.to_epsg() == 27_700
        assert list(frame.columns) == [
            "neighbourhood", "income_deprived_of_people", "people", "reached", "code", "geometry"
        ]  # fmt: skip
        assert frame["neighbourhood"].tolist() == ["Mill Lane", toytown.NASTY, "=1+1"]
        assert frame["reached"].tolist() == ["yes", "no", "yes"]
        assert [shape.equals(square) for shape, square in zip(frame.geometry, SHAPES, strict=True)] == [True] * 3
        assert asked(tmp_path, content, "SELECT table_name, data_type FROM gpkg_contents") == [("areas", "features")]

    def test_what_is_whole_is_whole_and_what_is_missing_is_null(self, tmp_path):
        content = as_geopackage(TABLE, SHAPES, [])
        types = {name: kind for _, name, kind, *_ in asked(tmp_path, content, "PRAGMA table_info(areas)")}
        assert types == {
            "fid": "INTEGER", "geom": "MULTIPOLYGON", "neighbourhood": "TEXT", "income_deprived_of_people": "REAL",
            "people": "INTEGER", "reached": "TEXT", "code": "TEXT",
        }  # fmt: skip
        figures = asked(tmp_path, content, "SELECT income_deprived_of_people, people FROM areas ORDER BY fid")
        assert figures == [(50.0, 1000), (33.5, None), (None, 0)]

    def test_the_layer_tells_the_notes_and_what_each_column_stands_for(self, tmp_path):
        [(told,)] = asked(tmp_path, as_geopackage(TABLE, SHAPES, NOTES), "SELECT description FROM gpkg_contents")
        assert told == "\n".join(
            [
                *NOTES,
                "Column neighbourhood: Neighbourhood",
                "Column income_deprived_of_people: Income deprived (% of people)",
                "Column people: People",
                "Column reached: Reached",
                "Column code: Code",
            ]
        )

    def test_shapes_stand_in_the_order_of_the_rows_whatever_their_index(self, tmp_path):
        shuffled = SHAPES.set_axis([2, 0, 1])
        frame = read_gpkg(tmp_path, as_geopackage(TABLE.set_index(pd.Index([7, 8, 9])), shuffled, []))
        assert frame.set_index("code").geometry["E01000001"].equals(SHAPES[0])

    def test_a_row_may_have_no_shape_and_a_shape_several_parts(self, tmp_path):
        parts = shapely.MultiPolygon([toytown.square("A1"), toytown.square("B4")])
        shapes = gpd.GeoSeries([parts, None, toytown.square("A3")], crs=BNG)
        frame = read_gpkg(tmp_path, as_geopackage(TABLE, shapes, []))
        assert frame.geometry.isna().tolist() == [False, True, False] and frame.geometry[0].equals(parts)

    def test_shapes_that_are_not_the_rows_own_are_refused(self):
        with pytest.raises(ShapesError, match=r"^3 rows have 2 shapes\. Give each row its own, or None\.$"):
            as_geopackage(TABLE, SHAPES[:2], [])
        with pytest.raises(ShapesError, match=r"^The shapes are in WGS 84\. Give them in metres, EPSG:27700\.$"):
            as_geopackage(TABLE, SHAPES.to_crs(4326), [])
        with pytest.raises(ShapesError, match="in no stated grid"):
            as_geopackage(TABLE, gpd.GeoSeries(SHAPES.to_numpy()), [])


class TestColumnNames:
    @pytest.mark.parametrize(
        ("headings", "names"),
        [
            (["Neighbourhood", "ONS name"], ["neighbourhood", "ons_name"]),
            (["Value (%)", "Value (£)", "value"], ["value", "value_2", "value_3"]),
            (["a_2", "A", "a"], ["a_2", "a", "a_3"]),
            (["FID", "geom", "Geometry"], ["fid_2", "geom_2", "geometry_2"]),
            (["2024 births", "%", "", "Łódź café"], ["n_2024_births", "column", "column_2", "odz_cafe"]),
            (["x" * 80, "x" * 90], ["x" * 60, "x" * 60 + "_2"]),
            ([], []),
        ],
    )
    def test_by_hand(self, headings, names):
        assert column_names(headings) == names

    @SHORT
    @given(st.lists(st.text(max_size=80) | st.sampled_from(["fid", "FID_2", "Code", "code"]), max_size=20))
    def test_are_short_plain_and_each_its_own(self, headings):
        names = column_names(headings)
        assert len(names) == len(headings) == len(set(names))
        assert all(re.fullmatch(r"[a-z][a-z0-9_]{0,64}", name) for name in names)
        assert not {"fid", "geom", "geometry"} & set(names)


class TestCells:
    """One column of odd values, as each form writes it."""

    ODD = (np.float32(0.5), np.int64(7), np.False_, pd.NA, pd.NaT, None, np.nan, np.inf, -np.inf, -0.0, 1e20, "")
    WRITTEN = ("0.5", "7", "no", "", "", "", "", "", "", "0", "1e+20", "")

    def frame(self):
        return pd.DataFrame({"Code": "x", "Odd": pd.Series(self.ODD, dtype=object)})

    def test_in_a_spreadsheet(self):
        assert [row[1] for row in read_csv(as_csv(self.frame(), []))[1:]] == list(self.WRITTEN)

    def test_in_a_workbook(self):
        cells = [row[1] for row in read_xlsx(as_xlsx(self.frame(), []))["Table"][1:]]
        assert cells == [0.5, 7, "no", "", "", "", "", "", "", 0, 1e20, ""]

    def test_in_a_geopackage_a_column_with_text_is_text(self, tmp_path):
        shapes = gpd.GeoSeries([None] * len(self.ODD), crs=BNG)
        rows = asked(tmp_path, as_geopackage(self.frame(), shapes, []), "SELECT odd FROM areas ORDER BY fid")
        assert [odd for (odd,) in rows] == ["0.5", "7", "no", *[None] * 6, "0", "1e+20", ""]

    def test_columns_that_pandas_keeps_otherwise(self, tmp_path):
        frame = pd.DataFrame(
            {
                "whole": pd.array([1, None, 3], dtype="Int64"),
                "kind": pd.Categorical(["a", None, "b"]),
                "none": [None, None, None],
            }
        )
        assert read_csv(as_csv(frame, []))[1:] == [["1", "a", ""], ["", "", ""], ["3", "b", ""]]
        content = as_geopackage(frame, SHAPES, [])
        rows = asked(tmp_path, content, "SELECT whole, kind, none FROM areas ORDER BY fid")
        assert rows == [(1, "a", None), (None, None, None), (3, "b", None)]

    def test_two_columns_may_have_one_heading(self, tmp_path):
        frame = pd.DataFrame([[1, "x"], [2, "y"], [3, "z"]], columns=["Value", "Value"])
        assert read_csv(as_csv(frame, []))[:2] == [["Value", "Value"], ["1", "x"]]
        assert read_xlsx(as_xlsx(frame, []))["Table"][1] == [1, "x"]
        assert list(read_gpkg(tmp_path, as_geopackage(frame, SHAPES, [])).columns)[:2] == ["value", "value_2"]


class TestForms:
    def test_every_form_has_a_name_an_ending_and_a_type(self):
        assert [form.key for form in TABLE_FORMS] == ["csv", "xlsx", "gpkg"]
        assert len({form.title for form in TABLE_FORMS}) == len({form.media_type for form in TABLE_FORMS}) == 3
        assert all(form.ending.isalnum() and "/" in form.media_type for form in TABLE_FORMS)

    def test_every_form_makes_its_own_file_of_the_same_rows(self, tmp_path):
        made = {form.key: form.make(TABLE, SHAPES, NOTES) for form in TABLE_FORMS}
        assert made["csv"] == as_csv(TABLE, NOTES)
        assert len(read_xlsx(made["xlsx"])["Table"]) == 4
        assert len(read_gpkg(tmp_path, made["gpkg"])) == 3

    def test_a_table_without_rows_can_be_taken_away(self, tmp_path):
        none = {form.key: form.make(TABLE[:0], SHAPES[:0], NOTES) for form in TABLE_FORMS}
        assert read_csv(none["csv"])[:2] == [HEADINGS, []]
        assert read_xlsx(none["xlsx"])["Table"] == [HEADINGS]
        frame = read_gpkg(tmp_path, none["gpkg"])
        assert frame.empty and frame.crs.to_epsg() == 27_700 and "people" in frame.columns

    def test_nothing_given_is_altered(self):
        table, shapes, notes = TABLE.copy(), SHAPES.copy(), list(NOTES)
        for form in TABLE_FORMS:
            form.make(table, shapes, notes)
        pd.testing.assert_frame_equal(table, TABLE)
        assert shapes.equals(SHAPES) and notes == NOTES
