"""The tree is the architecture: each folder may import only those after it, and a slip fails by name."""

import ast
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[1]
ORDER = ["app.py", "pages", "layers", "data", "geo"]
ONLY_IN = {
    "streamlit": ("app.py", "pages/"),
    "streamlit_folium": ("pages/_draw.py",),
    "folium": ("layers/render.py",),
    "duckdb": ("data/store.py", "data/register/book.py", "data/register/tables.py", "data/workshop/book.py"),
    "python_calamine": ("data/bring/files_workbook.py",),
    "xlsxwriter": ("data/send/",),
    "starlette": ("app.py", "pages/_room"),
    "jinja2": ("layers/workshop/",),
    "segno": ("layers/workshop/",),
    "typst": ("layers/workshop/",),
}
NEVER = {"pickle", "marshal", "shelve"}
PURE_GEO = {"pathlib", "os", "io", "open", "requests", "urllib", "pyarrow"}
FILES = [path for folder in ORDER[1:] for path in sorted((ROOT / folder).rglob("*.py"))] + [ROOT / "app.py"]


def name_of(path):
    return path.relative_to(ROOT).as_posix()


def imports(path):
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Import):
            yield from (alias.name.split(".")[0] for alias in node.names)
        elif isinstance(node, ast.ImportFrom):
            yield node.module.split(".")[0]


@pytest.mark.parametrize("path", FILES, ids=name_of)
class TestEveryModule:
    def test_imports_point_one_way(self, path):
        room = name_of(path).split("/")[0]
        above = set(ORDER[: ORDER.index(room)])
        assert not above & set(imports(path)), f"{name_of(path)} imports a room above its own"

    def test_keeps_each_library_in_its_place(self, path):
        for library in set(imports(path)) & set(ONLY_IN):
            assert name_of(path).startswith(ONLY_IN[library]), f"{name_of(path)} may not import {library}"

    def test_reads_nothing_that_could_run(self, path):
        assert not NEVER & set(imports(path))

    def test_says_what_it_is_for(self, path):
        assert ast.get_docstring(ast.parse(path.read_text(encoding="utf-8")))

    def test_is_short_enough_to_read(self, path):
        limit = 150 if name_of(path).startswith("pages/") and not path.name.startswith("_") else 300
        assert len(path.read_text(encoding="utf-8").splitlines()) <= limit


@pytest.mark.parametrize("path", FILES, ids=name_of)
def test_functions_are_short_enough_to_read(path):
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef):
            lines = node.end_lineno - node.body[0].lineno - (node.body[0].end_lineno - node.body[0].lineno)
            assert lines <= 40, f"{node.name} in {name_of(path)} has {lines} lines"


@pytest.mark.parametrize("path", sorted((ROOT / "geo").glob("*.py")), ids=name_of)
def test_geo_is_pure(path):
    assert not PURE_GEO & set(imports(path))


def test_no_import_slips_past_the_rules():
    """Every room is checked: a new folder of code at the top level must be given its place in the order."""
    rooms = {path.name for path in ROOT.iterdir() if path.is_dir() and any(path.glob("*.py"))} - {"tests"}
    assert rooms == set(ORDER[1:])
