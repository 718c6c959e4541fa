import csv
import io
import string
import subprocess
from contextlib import suppress
from datetime import date, time, timedelta
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from data.bring import files_workbook
from data.bring.files import MOST_BYTES, FileError, Opened, Sheet, open_file, without_header
from data.bring.files_rows import make_sheet
from data.bring.files_sheet import cell_text
from tests.data.bring.bad_files import (
    BAD_FILES,
    BOOK,
    TABLE,
    Document,
    Read,
    Refused,
    feature,
    geojson,
    point,
    workbook,
)

SHARED = Path(__file__).parents[4] / "shared" / "sources" / "organisations"
ENDINGS = (".csv", ".tsv", ".txt", ".xlsx", ".xls", ".ods", ".json", ".geojson", "")
CODE_WORDS = ("Traceback", "Error", "Exception", "None", "python", "0x", "{", "dict", "bytes")
STARTS = (b"", b"PK\x03\x04", b"{", b"[", b"\xff\xfe", b"\xef\xbb\xbf", b'"', b"sep=")


def require_good_refusal(text, name):
    shown = open_name(name)
    assert f"'{shown}'" in text, "the message names the file"
    assert text.endswith(".") and text.count(". ") == 1, "one sentence says what is wrong, one what to do"
    said = text.replace(shown, "")
    assert not [word for word in CODE_WORDS if word in said]


def open_name(name):
    """The name under which a file is shown."""
    return open_file(name, geojson(feature(None, a=1))).name


def require_sound(opened):
    """What every file that opens must be."""
    assert isinstance(opened, Opened) and (bool(opened.sheets) != (opened.document is not None))
    for sheet in opened.sheets:
        assert sheet.rows and len(sheet.rows) == len(sheet.numbers)
        assert all(sheet.columns) and len({name.casefold() for name in sheet.columns}) == len(sheet.columns)
        assert all(len(row) == len(sheet.columns) and any(row) for row in sheet.rows)
        assert all(cell == cell.strip() for row in sheet.rows for cell in row)
        assert list(sheet.numbers) == sorted(set(sheet.numbers)) and min(sheet.numbers) > sheet.header_number
        assert all(note.endswith(".") for note in sheet.notes)


@pytest.mark.parametrize(("name", "content", "wanted"), BAD_FILES.values(), ids=BAD_FILES)
def test_a_bad_file_is_read_or_refused_in_plain_words(name, content, wanted):
    content = content() if callable(content) else content
    if isinstance(wanted, Refused):
        with pytest.raises(FileError) as error:
            open_file(name, content)
        assert wanted.saying in str(error.value)
        require_good_refusal(str(error.value), name)
        return
    opened = open_file(name, content)
    require_sound(opened)
    if isinstance(wanted, Document):
        assert opened.document == wanted.value
        return
    assert isinstance(wanted, Read)
    sheet = opened.sheets[0]
    assert len(sheet.rows) == wanted.rows
    assert sheet.columns == wanted.columns or len(sheet.columns) == wanted.columns
    assert wanted.noting in " ".join(sheet.notes)
    assert bool(sheet.notes) or not wanted.noting
    assert sheet.rows[0][: len(wanted.first)] == wanted.first


def test_there_are_plenty_of_bad_files():
    assert len(BAD_FILES) >= 75


def test_a_plain_file_needs_no_notes():
    sheet = open_file("groups.csv", TABLE.encode()).sheets[0]
    assert sheet == Sheet(
        name="groups.csv",
        columns=("Name", "Town"),
        rows=(("The Hub", "Leeds"), ("Old School", "York")),
        numbers=(2, 3),
        raw_header=("Name", "Town"),
        header_number=1,
    )
    assert open_file("groups.xlsx", BOOK).sheets[0].rows == sheet.rows


def test_rows_keep_the_numbers_that_a_spreadsheet_shows():
    text = 'Our groups\n\nName,Town\n"A\nB",C\n,\nD,E\n'
    sheet = open_file("a.csv", text.encode()).sheets[0]
    assert (sheet.header_number, sheet.numbers) == (3, (4, 6))
    book = workbook([["Our groups"], [], ["Name", "Town"], ["A\nB", "C"], [], ["D", "E"]])
    again = open_file("a.xlsx", book).sheets[0]
    assert (again.header_number, again.numbers, again.rows) == (3, (4, 6), sheet.rows)


def test_a_name_is_shown_without_folders_and_short():
    assert open_name("../../etc/passwd") == "passwd"
    assert open_name("C:\\secret\\list.csv") == "list.csv"
    assert open_name("") == open_name("\x00/\ud800") == "the file"
    long = open_name("x" * 5_000 + ".csv")
    assert len(long) == 80 and long.endswith("….csv")


def test_the_largest_file_is_read():
    line = b"x" * 499 + b"\n"
    content = b"name\n" + line * ((MOST_BYTES - 5) // len(line))
    assert len(open_file("a.csv", content).sheets[0].rows) == 49_999


def test_metres_become_degrees():
    """The water tower at Caister, whose place in both is published by Ordnance Survey; within some ten metres."""
    sheet = open_file("a.geojson", geojson(feature(point(651409.804, 313177.450), Name="Tower"))).sheets[0]
    _, longitude, latitude = sheet.rows[0]
    assert float(longitude) == pytest.approx(1.716074, abs=1e-4)
    assert float(latitude) == pytest.approx(52.658008, abs=1e-4)


class TestWithoutHeader:
    def test_gives_the_first_row_back(self):
        sheet = without_header(open_file("a.csv", b"R0A,,x,,\nR0B,y,,,\nR0C,,n/a,,z\n").sheets[0])
        assert sheet.columns == tuple(f"Column {number}" for number in range(1, 6))
        assert sheet.rows == (("R0A", "", "x", "", ""), ("R0B", "y", "", "", ""), ("R0C", "", "", "", "z"))
        assert sheet.numbers == (1, 2, 3) and not sheet.raw_header
        assert sheet.notes == ("1 cell of NaN, NULL, n/a or the like is read as blank.",)

    def test_gives_back_blank_columns_at_the_right(self):
        opened = open_file("a.csv", b"R0A,R0A,\nR0B,y,\n").sheets[0]
        assert len(opened.columns) == 2 and len(opened.notes) == 2
        sheet = without_header(opened)
        assert sheet.rows == (("R0A", "R0A", ""), ("R0B", "y", "")) and not sheet.notes

    def test_leaves_features_as_they_are(self):
        sheet = open_file("a.geojson", geojson(feature(None, a=1))).sheets[0]
        assert without_header(sheet) is sheet


class TestWorkbook:
    def test_every_sheet_is_read(self):
        opened = open_file("a.xlsx", workbook([["a"], [1]], [["b"], [2.5], [3]]))
        assert [(sheet.name, sheet.columns, sheet.rows) for sheet in opened.sheets] == [
            ("Sheet 1", ("a",), (("1",),)),
            ("Sheet 2", ("b",), (("2.5",), ("3",))),
        ]

    def test_too_much_text_is_refused(self):
        budget = files_workbook._Budget()
        with pytest.raises(FileError, match="100,000,000 characters"):
            budget.has_room(["x" * (files_workbook.MOST_TEXT + 1)])

    @pytest.mark.parametrize(
        ("fault", "saying"),
        [
            (subprocess.TimeoutExpired("x", 30), "more than 30 seconds"),
            (OSError("no room"), "could not be read just now"),
            (subprocess.CalledProcessError(-6, "x"), "damaged"),
        ],
    )
    def test_a_reader_that_fails_does_no_harm(self, fault, saying, monkeypatch):
        def fail(*_args, **_options):
            raise fault

        monkeypatch.setattr(files_workbook.subprocess, "run", fail)
        with pytest.raises(FileError, match=saying) as error:
            open_file("a.xlsx", BOOK)
        require_good_refusal(str(error.value), "a.xlsx")

    def test_want_of_memory_is_said(self, monkeypatch):
        def fail(*_args, **_options):
            raise MemoryError

        monkeypatch.setattr("data.bring.files.read_text", fail)
        with pytest.raises(FileError, match="too large to be read just now"):
            open_file("a.csv", TABLE.encode())

    @pytest.mark.parametrize(
        ("value", "text"),
        [
            (date(2024, 3, 22), "2024-03-22"),
            (time(9, 30), "09:30:00"),
            (timedelta(hours=30), "1 day, 6:00:00"),
            (1e20, "100000000000000000000"),
            (-0.5, "-0.5"),
            (0.1 + 0.2, "0.3"),
        ],
    )
    def test_values_become_text(self, value, text):
        assert cell_text(value) == text


class TestWhatever:
    @given(st.binary(max_size=300), st.sampled_from(STARTS), st.sampled_from(ENDINGS))
    @settings(max_examples=300, deadline=None)
    def test_the_bytes(self, content, start, ending):
        self.visit(f"list{ending}", start + content)

    @given(st.text(max_size=300), st.text(max_size=30), st.sampled_from(ENDINGS))
    @settings(max_examples=300, deadline=None)
    def test_the_text(self, text, name, ending):
        self.visit(name + ending, text.encode("utf-8", "replace"))

    @given(st.text(alphabet="ab1,;\t|\"\n\r '=.", max_size=120))
    @settings(max_examples=500, deadline=None)
    def test_the_table(self, text):
        self.visit("list.csv", text.encode())

    @given(
        st.recursive(
            st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=9),
            lambda inner: st.lists(inner, max_size=4) | st.dictionaries(st.text(max_size=9), inner, max_size=4),
        )
    )
    @settings(max_examples=300, deadline=None)
    def test_the_features(self, value):
        self.visit("list.geojson", geojson(feature({"type": "Polygon", "coordinates": value}, a=value), crs=value))
        self.visit("list.geojson", geojson(feature(value), {"type": "Feature", "properties": value}, value))

    @given(st.integers(0, len(BOOK) - 1), st.integers(1, 255))
    @settings(max_examples=25, deadline=None)
    def test_the_damage(self, at, change):
        self.visit("list.xlsx", BOOK[:at] + bytes([BOOK[at] ^ change]) + BOOK[at + 1 :])

    def visit(self, name, content):
        """Open a file that nothing is known of: it may only be refused, or be sound."""
        with suppress(FileError):
            require_sound(open_file(name, content))


CELLS = st.text(string.ascii_letters + string.digits + "éŁ’€漢=+-@<>&;:|,.\"' \n", max_size=12).map(str.strip)
BLANKS = {"NaN", "nan", "NULL", "null", "N/A", "n/a"}
TABLES = st.integers(2, 5).flatmap(
    lambda width: st.lists(
        st.lists(CELLS.filter(lambda text: text not in BLANKS), min_size=width, max_size=width), max_size=8
    )
)


class TestThereAndBack:
    @given(TABLES, st.sampled_from(",;\t|"), st.sampled_from(["\n", "\r\n", "\r"]))
    @settings(max_examples=200, deadline=None)
    def test_text(self, rows, delimiter, end):
        wanted = self.filled(rows)
        held = io.StringIO()
        writer = csv.writer(held, delimiter=delimiter, lineterminator=end, quoting=csv.QUOTE_ALL)
        writer.writerows([self.header(rows), *rows, self.last(rows)])
        content = f"sep={delimiter}{end}{held.getvalue()}".encode()
        self.require_same(open_file("list.csv", content), self.header(rows), wanted)

    @given(TABLES)
    @settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.too_slow])
    def test_workbook(self, rows):
        table = [self.header(rows), *rows, self.last(rows)]
        content = workbook(table, strings_to_formulas=False, strings_to_urls=False)
        self.require_same(open_file("list.xlsx", content), self.header(rows), self.filled(rows))

    def header(self, rows):
        return [f"c{number}" for number in range(len(rows[0]) if rows else 2)]

    def last(self, rows):
        return ["end"] * len(self.header(rows))

    def filled(self, rows):
        return [tuple(row) for row in [*rows, self.last(rows)] if any(row)]

    def require_same(self, opened, header, rows):
        sheet = opened.sheets[0]
        assert list(sheet.columns) == header and list(sheet.rows) == rows


def test_many_rows_above_the_names_are_counted():
    titles = [(number, [f"title {number}"]) for number in range(1, 6)]
    table = [(number, ["a", "b"]) for number in range(6, 20)]
    sheet = make_sheet("a", [*titles, *table], what="'a'")
    assert sheet.header_number == 6 and len(sheet.rows) == 13
    assert sheet.notes[2:4] == (
        "Row 3, above the column names, is left out: 'title 3'.",
        "So are 2 more rows above them.",
    )


@pytest.mark.skipif(not SHARED.is_dir(), reason="the folder 'shared' with sample lists is not beside the repository")
class TestSamples:
    def test_every_list_opens(self):
        lists = sorted(SHARED.rglob("*.csv"))
        assert lists
        for path in lists:
            with path.open(newline="", encoding="utf-8-sig") as file:
                held = [row for row in csv.reader(file) if any(row)]
            opened = open_file(path.name, path.read_bytes())
            require_sound(opened)
            assert len(opened.sheets[0].rows) == len(held) - 1, path.name
            assert len(opened.sheets[0].raw_header) == len(held[0]), path.name

    def test_places_of_hebden_bridge(self):
        sheet = open_file("hebdenplaces.csv", (SHARED / "hebdenplaces.csv").read_bytes()).sheets[0]
        assert sheet.columns == ("name", "comments", "lat", "lon")
        assert len(sheet.rows) == 217 and sheet.numbers == tuple(range(2, 219))

    def test_codes_without_column_names(self):
        sheet = without_header(open_file("etr.csv", (SHARED / "nhs_ods_etr.csv").read_bytes()).sheets[0])
        assert len(sheet.columns) == 27 and sheet.rows[0][0] == "R0A" and not sheet.notes

    def test_workbooks_open(self):
        for path in sorted(SHARED.rglob("*.xlsx")):
            require_sound(open_file(path.name, path.read_bytes()))
