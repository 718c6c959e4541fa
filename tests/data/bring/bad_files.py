"""Files as people bring them, bad and awkward, each made on the fly; and what should come of it."""

import csv
import gzip
import io
import json
import struct
import zipfile
import zlib
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime

import xlsxwriter

from data.bring.files import MOST_BYTES, MOST_CELL

OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
NAMES = ["Café Leeds", "Østre Hub", "Mary’s Kitchen"]
TABLE = "Name,Town\nThe Hub,Leeds\nOld School,York\n"


@dataclass(frozen=True)
class Refused:
    """The file is refused, and the message says this."""

    saying: str


@dataclass(frozen=True)
class Read:
    """The file is read: so many rows, these columns or so many, and among the notes one that says this."""

    columns: tuple[str, ...] | int
    rows: int
    noting: str = ""
    first: tuple[str, ...] = ()


@dataclass(frozen=True)
class Document:
    """The file is JSON that is not GeoJSON."""

    value: object


def workbook(*sheets, **options) -> bytes:
    """A workbook; each sheet is a list of rows, or a function that writes one."""
    held = io.BytesIO()
    book = xlsxwriter.Workbook(held, {"in_memory": True, **options})
    for number, sheet in enumerate(sheets, 1):
        page = book.add_worksheet(f"Sheet {number}")
        if callable(sheet):
            sheet(book, page)
        else:
            for at, row in enumerate(sheet):
                page.write_row(at, 0, row)
    book.close()
    return held.getvalue()


def packed(parts: dict[str, bytes | str]) -> bytes:
    held = io.BytesIO()
    with zipfile.ZipFile(held, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in parts.items():
            archive.writestr(name, content)
    return held.getvalue()


def with_part(book: bytes, name: str, content: bytes | str) -> bytes:
    """The same workbook with one part put in place of another, or added."""
    with zipfile.ZipFile(io.BytesIO(book)) as archive:
        parts: dict[str, bytes | str] = {part: archive.read(part) for part in archive.namelist()}
    return packed({**parts, name: content})


def liar(book: bytes) -> bytes:
    """A workbook of which the first sheet is far larger than its list of parts says."""
    bomb = with_part(book, "xl/worksheets/sheet1.xml", b"<row/>" * 3_000_000)
    true, said = struct.pack("<I", 18_000_000), struct.pack("<I", 1_000)
    return bomb.replace(true, said)


def ods(cells: str, extra: str = "") -> bytes:
    names = " ".join(
        f'xmlns:{short}="urn:oasis:names:tc:opendocument:xmlns:{short}:1.0"' for short in ("office", "table", "text")
    )
    content = (
        f'<?xml version="1.0"?><office:document-content {names}><office:body><office:spreadsheet>'
        f'<table:table table:name="List">{cells}</table:table></office:spreadsheet></office:body>'
        "</office:document-content>"
    )
    manifest = (
        '<?xml version="1.0"?><manifest:manifest xmlns:manifest="urn:oasis:names:tc:opendocument:xmlns:manifest:1.0">'
        f'<manifest:file-entry manifest:full-path="content.xml" manifest:media-type="text/xml">{extra}'
        "</manifest:file-entry></manifest:manifest>"
    )
    kind = "application/vnd.oasis.opendocument.spreadsheet"
    return packed({"mimetype": kind, "content.xml": content, "META-INF/manifest.xml": manifest})


def ods_row(*texts: str, repeated: str = "") -> str:
    cells = "".join(
        f'<table:table-cell office:value-type="string"{repeated}><text:p>{text}</text:p></table:table-cell>'
        for text in texts
    )
    return f"<table:table-row{repeated.replace('columns', 'rows')}>{cells}</table:table-row>"


def png() -> bytes:
    def chunk(kind, body):
        return struct.pack(">I", len(body)) + kind + body + struct.pack(">I", zlib.crc32(kind + body))

    head = struct.pack(">IIBBBBB", 1, 1, 8, 0, 0, 0, 0)
    return b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", head) + chunk(b"IDAT", zlib.compress(b"\0\0")) + chunk(b"IEND", b"")


def feature(geometry, **properties) -> dict:
    return {"type": "Feature", "geometry": geometry, "properties": properties}


def point(*coordinates) -> dict:
    return {"type": "Point", "coordinates": list(coordinates)}


def geojson(*features, **more) -> bytes:
    return json.dumps({"type": "FeatureCollection", "features": features, **more}).encode()


def crs(name: str) -> dict:
    return {"crs": {"type": "name", "properties": {"name": name}}}


def wide(columns: int) -> bytes:
    rows = [[f"c{number}" for number in range(columns)], ["x"] * columns]
    return "\n".join(",".join(row) for row in rows).encode()


def text_of(rows, **options) -> bytes:
    held = io.StringIO()
    csv.writer(held, **options).writerows(rows)
    return held.getvalue().encode()


def awkward_cells(book, page):
    date = book.add_format({"num_format": "yyyy-mm-dd"})
    page.write_row(0, 0, ["Name", "Since", "Open", "Members", "Grant", "Visited"])
    page.write_row(1, 0, ["The Hub"])
    page.write_datetime(1, 1, datetime(2024, 3, 22), date)
    page.write_boolean(1, 2, boolean=True)
    page.write_number(1, 3, 12.0)
    page.write_formula(1, 4, "=1/0", None, "#DIV/0!")
    page.write_datetime(1, 5, datetime(2024, 3, 22, 9, 30), date)
    page.write_formula(2, 0, '=CONCATENATE("Old ","School")', None, "Old School")
    page.write_boolean(2, 2, boolean=False)
    page.write_number(2, 3, 0.1 + 0.2)
    page.write_formula(2, 4, "=NA()", None, "#N/A")


def hidden(_book, page):
    page.write_column(0, 0, ["Secret", "one"])
    page.hide()


def far_corner(_book, page):
    page.write_row(0, 0, ["Name", "Town"])
    page.write(1_048_575, 16_383, "lost")


def lower_right(_book, page):
    page.write_row(4, 2, ["Name", "Town"])
    page.write_row(5, 2, ["The Hub", "Leeds"])
    page.write_row(7, 2, ["Old School", "York"])


ROWS = [["Name", "Town"], ["The Hub", "Leeds"], ["Old School", "York"]]
BOOK = workbook(ROWS)
READ = Read(("Name", "Town"), 2)
SQUARE = {"type": "Polygon", "coordinates": [[[-1.6, 53.8], [-1.4, 53.8], [-1.4, 54.0], [-1.6, 54.0], [-1.6, 53.8]]]}
DEEP = b"[" * 100_000 + b"]" * 100_000
PAGE = b"<!DOCTYPE html>\n<html><body><h1>Please sign in</h1></body></html>"
FORMULAS = [["=1+1", "+2"], ["=cmd|' /C calc'!A0", "@SUM(A1)"], ["-2+3", '=HYPERLINK("http://a.example","b")']]
MARKUP = [["<b>Name</b>", "Town"], ["<script>alert(1)</script>", "<img src=x onerror=alert(1)>"]]

Content = bytes | Callable[[], bytes]
BadFile = tuple[str, Content, Refused | Read | Document]
PLACES = ("Name", "longitude", "latitude")

NOT_LISTS: dict[str, BadFile] = {
    "empty": ("a.csv", b"", Refused("is empty")),
    "only spaces": ("a.csv", b" \n\t\r\n  ", Refused("is empty")),
    "only a mark": ("a.csv", b"\xef\xbb\xbf", Refused("is empty")),
    "only a UTF-16 mark": ("a.csv", b"\xff\xfe", Refused("is empty")),
    "only delimiters": ("a.csv", b",,,\n,,,\n", Refused("has no rows")),
    "noise": ("a.csv", bytes(range(256)) * 9, Refused("not text")),
    "control characters": ("a.csv", b"\x01\x02\x03\x04,\x05\n" * 9, Refused("cannot be read")),
    "NULs": ("a.csv", b"Name,Town\nThe\x00Hub,Leeds\n", Refused("not text")),
    "PNG": ("map.png", png(), Refused("a picture (PNG)")),
    "PNG called CSV": ("map.csv", png(), Refused("a picture (PNG)")),
    "JPEG": ("a.jpg", b"\xff\xd8\xff\xe0\x00\x10JFIF", Refused("a picture (JPEG)")),
    "GIF": ("a.gif", b"GIF89a\x01\x00\x01\x00", Refused("a picture (GIF)")),
    "PDF": ("list.pdf", b"%PDF-1.7\n%\xe2\xe3\xcf\xd3\n", Refused("a PDF")),
    "RTF": ("list.rtf", b"{\\rtf1\\ansi Name}", Refused("RTF")),
    "GZIP": ("list.csv.gz", gzip.compress(TABLE.encode()), Refused("GZIP")),
    "7z": ("list.7z", b"7z\xbc\xaf\x27\x1c\x00\x04", Refused("7z")),
    "EXE": ("list.exe", b"MZ\x90\x00\x03\x00\x00\x00", Refused("a program")),
    "ELF": ("list", b"\x7fELF\x02\x01\x01\x00", Refused("a program")),
    "SQLite": ("list.db", b"SQLite format 3\x00" + bytes(80), Refused("a database")),
    "Parquet": ("list.parquet", b"PAR1" + bytes(20) + b"PAR1", Refused("Parquet")),
    "ZIP": ("list.zip", packed({"list.csv": TABLE}), Refused("a ZIP file")),
    "empty ZIP": ("list.zip", packed({}), Refused("a ZIP file")),
    "Word": ("list.docx", packed({"word/document.xml": "<w/>"}), Refused("a Word document")),
    "Word called XLSX": ("list.xlsx", packed({"word/document.xml": "<w/>"}), Refused("a Word document")),
    "slides": ("list.pptx", packed({"ppt/presentation.xml": "<p/>"}), Refused("slides")),
    "shapefile": ("list.zip", packed({"areas.shp": b"\x00\x00\x27\x0a"}), Refused("a shapefile")),
    "older Word": ("list.doc", OLE + bytes(504) + "WordDocument".encode("utf-16-le"), Refused("a Word document")),
    "web page called CSV": ("list.csv", PAGE, Refused("a web page")),
    "web page called XLS": ("list.xls", b"\n <table><tr><td>Name</td></tr></table>", Refused("a web page")),
    "XML": ("list.xml", b'<?xml version="1.0"?><list/>', Refused("XML")),
    "26 MB": ("a.csv", lambda: b"a,b\n" * (MOST_BYTES // 4 + 1), Refused("the most is 25 MB")),
    "100 MB": ("a.csv", lambda: bytes(100_000_000), Refused("has 100.0 MB")),
    "25 MB of blank lines": ("a.csv", lambda: b"\n" * MOST_BYTES, Refused("is empty")),
    "25 MB of commas": ("a.csv", lambda: b"a,b" + b"," * (MOST_BYTES - 9) + b"\n1,2\n", Read(("a", "b"), 1)),
    "25 MB of spaces in a cell": (
        "a.csv",
        lambda: b"a,b\nx" + b" " * (MOST_BYTES - 20) + b"x,2\n",
        Refused("in row 2"),
    ),
}
ENCODINGS: dict[str, BadFile] = {
    "UTF-8": ("a.csv", "\n".join(["Name", *NAMES]).encode(), Read(("Name",), 3, first=("Café Leeds",))),
    "UTF-8 with a mark": ("a.csv", "\n".join(["Name", *NAMES]).encode("utf-8-sig"), Read(("Name",), 3)),
    "UTF-16 little end first": ("a.csv", b"\xff\xfe" + TABLE.encode("utf-16-le"), READ),
    "UTF-16 big end first": ("a.csv", b"\xfe\xff" + TABLE.encode("utf-16-be"), READ),
    "UTF-16 with tabs": ("a.txt", TABLE.replace(",", "\t").encode("utf-16"), READ),
    "UTF-16 cut short": ("a.csv", b"\xff\xfe" + TABLE.encode("utf-16-le")[:-1], Refused("UTF-16")),
    "UTF-16 without a mark": ("a.csv", TABLE.encode("utf-16-le"), Refused("not text")),
    "UTF-32": ("a.csv", TABLE.encode("utf-32"), READ),
    "Windows-1252": (
        "a.csv",
        "\r\n".join(["Name", *NAMES]).encode("cp1252"),
        Read(("Name",), 3, "Windows-1252", ("Café Leeds",)),
    ),
    "Latin-1": ("a.csv", b"Name,Town\nCaf\xe9,Leeds\n", Read(("Name", "Town"), 1, "Windows-1252", ("Café", "Leeds"))),
    "Shift-JIS": ("a.csv", "名前,町\nリーズ,ヨーク\n".encode("shift-jis"), Refused("encoding that is not known")),
}
TEXTS: dict[str, BadFile] = {
    "200 columns": ("a.csv", wide(200), Read(200, 1)),
    "201 columns": ("a.csv", wide(201), Refused("has 201 columns; the most is 200")),
    "300 columns, all but two blank": ("a.csv", b"a,b" + b"," * 298 + b"\n1,2" + b"," * 298, Read(("a", "b"), 1)),
    "50,000 rows": ("a.csv", b"a,b\n" + b"1,2\n" * 50_000, Read(("a", "b"), 50_000)),
    "60,000 rows": ("a.csv", b"a,b\n" + b"1,2\n" * 60_000, Refused("has 60,000 rows; the most is 50,000")),
    "names alike": (
        "a.csv",
        b"Name,Name,Town\n1,2,3\n",
        Read(("Name", "Name (2)", "Town"), 1, "2 columns are called 'Name'"),
    ),
    "names alike but for capitals": ("a.csv", b"Name,NAME\n1,2\n", Read(("Name", "NAME (2)"), 1, "called 'NAME'")),
    "name like a repeat": ("a.csv", b"A,A,A (2)\n1,2,3\n", Read(("A", "A (2)", "A (2) (2)"), 1)),
    "names missing": (
        "a.csv",
        b"Name,,Town,\n1,2,3,4\n",
        Read(("Name", "Column 2", "Town", "Column 4"), 1, "have no name"),
    ),
    "blank columns at the right": ("a.csv", b"Name,Town,,\n1,2,,\n", Read(("Name", "Town"), 1, "2 empty columns")),
    "name over two lines": ("a.csv", b'"Name of\n group",Town\n1,2\n', Read(("Name of group", "Town"), 1)),
    "only names": ("a.csv", b"Name,Town\n", Refused("column names but no rows")),
    "only names, and blank rows": ("a.csv", b"Name,Town\n,\n\n , \n", Refused("column names but no rows")),
    "one word": ("a.csv", b"hello", Refused("column names but no rows")),
    "line ends mixed": ("a.csv", b"Name,Town\r\nA,B\rC,D\nE,F", Read(("Name", "Town"), 3)),
    "line end in a cell": ("a.csv", b'Name,Town\r\n"A\r\nB",C\r\n', Read(("Name", "Town"), 1, first=("A\nB", "C"))),
    "quotation mark never closed": ("a.csv", b'Name,Town\nA,B\n"C,D\nE,F\n', Refused("quotation mark in row 3")),
    "quotation mark never closed in a long file": (
        "a.csv",
        b'Name,Town\n"C,D\n' + b"E,F\n" * 40_000,
        Refused("never closed"),
    ),
    "quotation mark at the very end": ("a.csv", b'Name,Town\nA,B\n"', Refused("quotation mark in row 3")),
    "quotation marks inside": (
        "a.csv",
        b'Name,Town\n"The "Hub" Cafe",Leeds\n',
        Read(("Name", "Town"), 1, "Row 2 has a quotation"),
    ),
    "markup": ("a.csv", text_of([["Name", "Town"], *MARKUP[1:]]), Read(("Name", "Town"), 1, first=tuple(MARKUP[1]))),
    "formulas": ("a.csv", text_of(FORMULAS), Read(("=1+1", "+2"), 2, first=tuple(FORMULAS[1]))),
    "longest cell": ("a.csv", b"Name,Town\nA," + b"x" * MOST_CELL, Read(("Name", "Town"), 1)),
    "cell too long": (
        "a.csv",
        b"Name,Town\nA," + b"x" * (MOST_CELL + 1),
        Refused("5,001 characters in row 2, column 'Town'"),
    ),
    "cell far too long": ("a.csv", b"Name,Town\nA," + b"x" * 200_000, Refused("in row 2")),
    "name too long": ("a.csv", b"x" * 6_000 + b",Town\nA,B\n", Refused("row 1")),
    "rows too short": ("a.csv", b"a,b,c\n1\n2,3\n4,5,6\n", Read(("a", "b", "c"), 3, "2 rows, first row 2, have fewer")),
    "row too long": ("a.csv", b"a,b\n1,2\n3,4,5\n", Read(("a", "b", "Column 3"), 2, "Row 3 has more cells")),
    "row too long by blanks": ("a.csv", b"a,b\n1,2,,\n3,4\n", Read(("a", "b"), 2)),
    "blank rows": ("a.csv", b"a,b\n\n1,2\n,\n\n3,4\n\n", Read(("a", "b"), 2, "3 blank rows are left out")),
    "semicolons": ("a.csv", b"Name;Lat;Lon\nA, B;53,8;-1,5\nC;53,9;-1,6\n", Read(("Name", "Lat", "Lon"), 2)),
    "tabs": ("a.tsv", TABLE.replace(",", "\t").encode(), READ),
    "tabs called CSV": ("a.csv", TABLE.replace(",", "\t").encode(), READ),
    "bars": ("a.txt", TABLE.replace(",", "|").encode(), READ),
    "bars inside": ("a.csv", b"Name,Tags,Town\nA,x|y,Leeds\nB,y|z,York\n", Read(("Name", "Tags", "Town"), 2)),
    "delimiter said": ("a.csv", b"sep=;\r\nName;Town\r\nA;B\r\n", Read(("Name", "Town"), 1)),
    "one column": ("a.csv", b"Name\nA\nB\n", Read(("Name",), 2)),
    "title": (
        "a.csv",
        b"Groups in Leeds\n\nName,Town,Phone\nA,B,C\nD,E,F\n",
        Read(("Name", "Town", "Phone"), 2, "'Groups in Leeds'"),
    ),
    "title and date": (
        "a.csv",
        b"Groups,,,,,,May\nn,t,p,e,w,x,y\n1,2,3,4,5,6,7\n1,2,3,4,5,6,7\n",
        Read(7, 2, "Row 1, above"),
    ),
    "numbers as text": (
        "a.csv",
        b"Name,Phone\nA,01132 000000\nB,007\n",
        Read(("Name", "Phone"), 2, first=("A", "01132 000000")),
    ),
    "said to be blank": ("a.csv", b"a,b\nNaN,1\nNULL,n/a\n2,#N/A\n", Read(("a", "b"), 2, "3 cells of NaN", ("", "1"))),
    "a person called Null": ("a.csv", b"a,b\nNull,1\n", Read(("a", "b"), 1, first=("Null", "1"))),
    "a bell in a cell": (
        "a.csv",
        b"a,b\nThe\x07 Hub\xc2\xa0,1\n",
        Read(("a", "b"), 1, "control characters", ("The Hub", "1")),
    ),
    "spaces around": ("a.csv", 'a , b\n  "x, y" ,\u00a0z\u200b\n'.encode(), Read(("a", "b"), 1, first=("x, y", "z"))),
    "brackets first": ("a.csv", b"[Name],[Town]\nA,B\n", Read(("[Name]", "[Town]"), 1)),
    "folders in its name": ("../../etc/passwd", TABLE.encode(), READ),
    "backslashes in its name": ("C:\\secret\\list.csv", TABLE.encode(), READ),
    "markup in its name": ("<img src=x onerror=alert(1)>.csv", TABLE.encode(), READ),
    "no name": ("", TABLE.encode(), READ),
    "very long name": ("x" * 5_000 + ".csv", b"", Refused("…")),
    "direction marks in its name": ("list\u202evsc.exe\ud800\x00.csv", TABLE.encode(), READ),
}
WORKBOOKS: dict[str, BadFile] = {
    "plain": ("a.xlsx", BOOK, READ),
    "called CSV": ("a.csv", BOOK, READ),
    "with macros, by its name": ("a.xlsm", BOOK, READ),
    "cells of all kinds": (
        "a.xlsx",
        workbook(awkward_cells),
        Read(6, 2, "2 cells with an error", ("The Hub", "2024-03-22", "yes", "12", "", "2024-03-22 09:30:00")),
    ),
    "begins lower down": ("a.xlsx", workbook(lower_right), Read(("Name", "Town"), 2, "1 blank row")),
    "title": ("a.xlsx", workbook([["Our groups"], [], *ROWS]), Read(("Name", "Town"), 2, "'Our groups'")),
    "hidden sheet": (
        "a.xlsx",
        workbook(ROWS, hidden),
        Read(("Name", "Town"), 2, "1 hidden sheet is left out: 'Sheet 2'"),
    ),
    "sheet with a title only": (
        "a.xlsx",
        workbook([["About"]], ROWS),
        Read(("Name", "Town"), 2, "left out: 'Sheet 1'"),
    ),
    "formula without result": (
        "a.xlsx",
        with_part(
            BOOK,
            "xl/worksheets/sheet1.xml",
            '<worksheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"><sheetData><row r="1">'
            '<c r="A1"><v>1</v></c><c r="B1"><v>2</v></c></row><row r="2"><c r="A2"><v>3</v></c><c r="B2"><f>A1</f></c>'
            "</row></sheetData></worksheet>",
        ),
        Read(("1", "2"), 1, "1 formula without a stored result"),
    ),
    "empty sheets": ("a.xlsx", workbook([], []), Refused("has no rows in any sheet")),
    "no sheet to be seen": ("a.xlsx", workbook([], hidden), Refused("has no rows in any sheet")),
    "only names": ("a.xlsx", workbook(ROWS[:1]), Refused("has no rows in any sheet")),
    "formulas and markup as text": (
        "a.xlsx",
        workbook([*MARKUP, *FORMULAS], strings_to_formulas=False),
        Read(2, 4, first=tuple(MARKUP[1])),
    ),
    "cell too long": ("a.xlsx", workbook([*ROWS, ["x" * 6_000, "y"]]), Refused("row 4, column 'Name'")),
    "201 columns": ("a.xlsx", workbook([["c"] * 201, ["x"] * 201]), Refused("has 201 columns")),
    "60,000 rows": ("a.xlsx", lambda: workbook([["a"], *[[1]] * 60_000]), Refused("60,001 rows in its sheets")),
    "one cell in the last corner": ("a.xlsx", workbook(far_corner), Refused("cannot be read as a workbook")),
    "bomb": (
        "a.xlsx",
        lambda: with_part(BOOK, "xl/worksheets/sheet1.xml", bytes(210_000_000)),
        Refused("MB when unpacked"),
    ),
    "smaller bomb": ("a.xlsx", lambda: with_part(BOOK, "xl/media/a.bin", bytes(30_000_000)), Refused("more tightly")),
    "bomb that lies": ("a.xlsx", lambda: liar(BOOK), Refused("cannot be read as a workbook")),
    "thousands of parts": (
        "a.xlsx",
        lambda: packed({"xl/workbook.xml": "", **{f"xl/{n}": "" for n in range(2_001)}}),
        Refused("2,002 parts"),
    ),
    "entities": (
        "a.xlsx",
        with_part(BOOK, "xl/sharedStrings.xml", '<!DOCTYPE a [<!ENTITY b "bb"><!ENTITY c "&b;&b;">]><sst>&c;</sst>'),
        Refused("cannot be read as a workbook"),
    ),
    "cut short": ("a.xlsx", BOOK[: len(BOOK) // 2], Refused("cannot be read as a workbook")),
    "one byte wrong": (
        "a.xlsx",
        BOOK[:60] + bytes([BOOK[60] ^ 255]) + BOOK[61:],
        Refused("cannot be read as a workbook"),
    ),
    "without its sheets": (
        "a.xlsx",
        packed({"xl/workbook.xml": "<workbook/>"}),
        Refused("cannot be read as a workbook"),
    ),
    "only its first bytes": ("a.xlsx", b"PK\x03\x04", Refused("cannot be read as a workbook")),
    "locked": ("a.xlsx", OLE + bytes(504) + "EncryptedPackage".encode("utf-16-le"), Refused("locked with a password")),
    "older, locked": (
        "a.xls",
        OLE + bytes(504) + b"\x09\x08\x10\x00\x00\x06\x05\x00" + bytes(12) + b"\x2f\x00\x36\x00" + bytes(54),
        Refused("locked with a password"),
    ),
    "older, damaged": ("a.xls", OLE + bytes(504), Refused("cannot be read as a workbook")),
    "older, noise": ("a.xls", OLE + bytes(range(256)) * 40, Refused("cannot be read as a workbook")),
    "ODS": ("a.ods", ods(ods_row("Name", "Town") + ods_row("The Hub", "Leeds")), Read(("Name", "Town"), 1)),
    "ODS of one cell a thousand million times": (
        "a.ods",
        ods(ods_row("x", repeated=' table:number-columns-repeated="99999"')),
        Refused("a.ods"),
    ),
    "ODS, locked": (
        "a.ods",
        ods("", "<manifest:encryption-data><manifest:algorithm/></manifest:encryption-data>"),
        Refused("locked with a password"),
    ),
}
JSONS: dict[str, BadFile] = {
    "document": ("a.json", b'{"organisations": [{"name": "A"}]}', Document({"organisations": [{"name": "A"}]})),
    "list, whatever its name": ("a.dat", b'\xef\xbb\xbf [{"name": "A"}]', Document([{"name": "A"}])),
    "NaN": ("a.json", b'[{"a": NaN, "b": -Infinity}]', Document([{"a": None, "b": None}])),
    "huge numbers": ("a.json", b"[" + b"9" * 5_000 + b", 1e999, 12]", Document(["9" * 5_000, "1e999", 12])),
    "half a character": ("a.json", b'{"a": "x\\ud83dy\\u0000"}', Document({"a": "x\ufffdy"})),
    "invalid": ("a.json", b'{"a": 1,\n "b" 2}', Refused("line 2, column 6")),
    "cut short": ("a.geojson", geojson(feature(point(-1.5, 53.8)))[:-9], Refused("is not JSON from line 1")),
    "one value": ("a.json", b'"hello"', Refused("holds no list")),
    "nothing in it": ("a.json", b"{}", Refused("holds no list")),
    "several documents": ("a.json", b'{"a": 1}\n{"a": 2}\n', Refused("line 2, column 1")),
    "table called JSON": ("a.json", TABLE.encode(), Refused("line 1, column 1")),
    "far too deep": ("a.json", DEEP, Refused("more than 50 levels")),
    "too deep": ("a.json", b"[" * 60 + b"1" + b"]" * 60, Refused("more than 50 levels")),
    "deep, never closed": ("a.json", b'{"a":' * 50_000, Refused("")),
}
FEATURES: dict[str, BadFile] = {
    "points": (
        "a.geojson",
        geojson(feature(point(-1.5, 53.8), Name="A")),
        Read(PLACES, 1, first=("A", "-1.5", "53.8")),
    ),
    "one feature": ("a.json", json.dumps(feature(point(-1.5, 53.8, 20), Name="A")).encode(), Read(PLACES, 1)),
    "no place": ("a.geojson", geojson(feature(None, Name="A")), Read(PLACES, 1, "without a place", ("A", "", ""))),
    "areas": ("a.geojson", geojson(feature(SQUARE, Name="A")), Read(PLACES, 1, "not a point", ("A", "-1.5", "53.9"))),
    "collection of shapes": (
        "a.geojson",
        geojson(feature({"type": "GeometryCollection", "geometries": [SQUARE]}, Name="A")),
        Read(PLACES, 1, "not a point"),
    ),
    "metres, as it says": (
        "a.geojson",
        geojson(feature(point(430000, 433000), Name="A"), **crs("urn:ogc:def:crs:EPSG::27700")),
        Read(PLACES, 1, "British National Grid"),
    ),
    "metres, as can be seen": (
        "a.geojson",
        geojson(feature(point(430000, 433000), Name="A")),
        Read(PLACES, 1, "turned into degrees"),
    ),
    "said to be metres": (
        "a.geojson",
        geojson(feature(point(-1.5, 53.8), Name="A"), **crs("EPSG:27700")),
        Read(PLACES, 1, "are degrees", ("A", "-1.5", "53.8")),
    ),
    "said to be degrees": (
        "a.geojson",
        geojson(feature(point(-1.5, 53.8), Name="A"), **crs("urn:ogc:def:crs:OGC:1.3:CRS84")),
        Read(PLACES, 1),
    ),
    "another system": ("a.geojson", geojson(feature(point(1, 1)), **crs("EPSG:32630")), Refused("'EPSG:32630'")),
    "system without a name": ("a.geojson", geojson(feature(point(1, 1)), crs=7), Refused("coordinates in the system")),
    "nested properties": (
        "a.geojson",
        geojson(feature(point(-1.5, 53.8), Name={"en": "Caf\u00e9", "n": [1, True]})),
        Read(PLACES, 1, first=('{"en":"Café","n":[1,true]}', "-1.5", "53.8")),
    ),
    "properties of all kinds": (
        "a.geojson",
        geojson({**feature(None, b=True, n=2.0, x=None, s=" y "), "id": 7}),
        Read(("id", "b", "n", "x", "s", "longitude", "latitude"), 1, first=("7", "yes", "2", "", "y", "", "")),
    ),
    "longitude as a property": (
        "a.geojson",
        geojson(feature(point(-1.5, 53.8), Longitude="west")),
        Read(("Longitude (as given)", "longitude", "latitude"), 1, first=("west", "-1.5", "53.8")),
    ),
    "properties that differ": ("a.geojson", geojson(feature(None, a=1), feature(None, b=2)), Read(4, 2)),
    "blank feature": ("a.geojson", geojson(feature(None), feature(None, a=1)), Read(3, 1, "1 blank row")),
    "only blank features": ("a.geojson", geojson(feature(None)), Refused("has no rows")),
    "201 properties": ("a.geojson", geojson(feature(None, **{f"p{n}": 1 for n in range(201)})), Refused("203 columns")),
    "60,000 features": ("a.geojson", lambda: geojson(*[feature(None, a=1)] * 60_000), Refused("60,000 features")),
    "no features": ("a.geojson", geojson(), Refused("without features")),
    "features that are none": ("a.geojson", geojson(1, 2), Refused("Feature 1")),
    "properties that are none": ("a.geojson", geojson({**feature(None), "properties": [1]}), Refused("Feature 1")),
    "features in a word": (
        "a.geojson",
        b'{"type": "FeatureCollection", "features": "many"}',
        Refused("without features"),
    ),
}
ODD_PLACES = {
    "infinities": b'{"type": "Point", "coordinates": [1e999, -1e999]}',
    "words": b'{"type": "Point", "coordinates": ["-1.5", "53.8"]}',
    "nothing": b'{"type": "Point", "coordinates": [NaN, null]}',
    "truth": b'{"type": "Point", "coordinates": [true, false]}',
    "one number": b'{"type": "Point", "coordinates": [1]}',
    "no numbers": b'{"type": "Point", "coordinates": []}',
    "no list": b'{"type": "Point"}',
    "beyond the world": b'{"type": "Point", "coordinates": [200, 95]}',
    "huge": b'{"type": "Polygon", "coordinates": [[[0, 0], [1e300, 0], [1, 1], [0, 0]]]}',
    "open area": b'{"type": "Polygon", "coordinates": [[[0, 0], [1, 1]]]}',
    "area of mixed depth": b'{"type": "Polygon", "coordinates": [[0, [1]], 2]}',
    "empty collection": b'{"type": "GeometryCollection", "geometries": []}',
    "unknown shape": b'{"type": "Circle", "coordinates": [0, 1]}',
    "shape that is a list": b"[1, 2]",
    "shape that is a word": b'"here"',
}
ODD: dict[str, BadFile] = {
    f"place: {name}": (
        "a.geojson",
        b'{"type": "FeatureCollection", "features": [{"type": "Feature", "properties": {"Name": "A"}, "geometry": '
        + geometry
        + b"}]}",
        Read(PLACES, 1, "cannot be read as degrees", ("A", "", "")),
    )
    for name, geometry in ODD_PLACES.items()
}
GROUPS = {
    "": NOT_LISTS,
    "encoding": ENCODINGS,
    "text": TEXTS,
    "workbook": WORKBOOKS,
    "json": JSONS,
    "geojson": FEATURES,
}
BAD_FILES: dict[str, BadFile] = {
    **{f"{group}: {name}".removeprefix(": "): bad for group, files in GROUPS.items() for name, bad in files.items()},
    **ODD,
}
