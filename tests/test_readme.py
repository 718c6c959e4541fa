"""What the README says is true."""

import re
from pathlib import Path

import pytest

from data.catalogue import as_markdown

ROOT = Path(__file__).parents[1]
README = (ROOT / "README.md").read_text(encoding="utf-8")
MAKEFILE = (ROOT / "Makefile").read_text(encoding="utf-8")
COMMANDS = re.findall(r"^    (.+)$", README.split("## How it is built")[0], re.MULTILINE)


def test_begins_with_one_sentence_one_picture_and_two_commands():
    assert README.split("\n\n")[1].count(".") == 1
    [picture] = re.findall(r"!\[.+\]\((.+)\)", README)
    assert (ROOT / picture).read_bytes().startswith(b"\x89PNG")
    assert [command for command in COMMANDS if command.startswith("make")] == ["make run", "make test"]


@pytest.mark.parametrize("target", ["run", "test", "bench"])
def test_every_make_command_it_names_is_there(target):
    assert f"make {target}" in README
    assert re.search(rf"^{target}:", MAKEFILE, re.MULTILINE)


def test_the_plain_lines_do_what_make_does():
    plain = [command.split("-m ", 1)[1] for command in COMMANDS if ".venv\\Scripts\\python" in command]
    behind = [line.split("$(BIN)/", 1)[1] for line in MAKEFILE.splitlines() if "$(BIN)/" in line]
    behind = [line.removeprefix("python -m ") for line in behind]
    assert plain[0] == "pip install -r requirements.txt"
    assert set(plain[1:]) <= set(behind)


def test_its_tree_is_the_tree():
    tree = re.findall(r"^    ([\w.]+/?) +\S", README.split("## How it is built")[1], re.MULTILINE)
    assert {"app.py", "pages/", "layers/", "data/", "geo/", "tests/"} <= set(tree)
    assert all((ROOT / name).exists() for name in tree)
    visible = {path.name for path in ROOT.iterdir() if not path.name.startswith((".", "__"))}
    beside = {"Makefile", "README.md", "CHANGELOG.md", "requirements.txt", "requirements-build.txt"}
    assert visible <= {name.rstrip("/") for name in tree} | beside


def test_every_file_it_names_is_there():
    for name in re.findall(r"`([\w/]+\.\w+)`", README):
        found = list(ROOT.rglob(name)) if "/" not in name else [ROOT / name]
        assert any(path.exists() for path in found), name


def test_its_table_of_sources_is_generated():
    assert as_markdown() in README


def test_all_that_is_installed_is_pinned():
    for name in ("requirements.txt", "requirements-build.txt"):
        lines = [line.split("#")[0].strip() for line in (ROOT / name).read_text(encoding="utf-8").splitlines()]
        loose = [line for line in lines if line and "==" not in line and not line.startswith("-r ")]
        assert loose == []


def test_no_file_loads_anything_from_another_host():
    loads = re.compile(r"https?://(cdn|unpkg|code\.jquery|cdnjs|netdna|fonts\.g)")
    for room in ("pages", "layers", "data", "geo", ".streamlit"):
        for path in (ROOT / room).rglob("*"):
            if path.suffix in {".py", ".js", ".css", ".toml", ".svg", ".sql"}:
                assert not loads.search(path.read_text(encoding="utf-8")), path.name
