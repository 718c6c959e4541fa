"""A pack that is missing or altered: a sentence that says what to do, on every page, and nothing else breaks."""

import pytest

from data.pack import NEXT_STEP
from data.store import HELD
from pages import _edge
from tests.pages.conftest import forget
from tests.pages.visit import MAP, heading, visit

PAGE_LINKS = [{}, {"layer": "crime", "area": "E01011264"}]


def said(at):
    """The one sentence that stands in place of the page."""
    assert not at.exception
    assert [title.value for title in at.title] == ["The data is not whole"]
    [error] = at.error
    assert error.value.endswith(NEXT_STEP) and "Traceback" not in error.value
    return error.value


@pytest.mark.parametrize("link", PAGE_LINKS, ids=["no link", "a link"])
def test_a_missing_file_is_named(damaged, link):
    (damaged / "deprivation.parquet").unlink()
    assert said(visit(MAP, **link)).startswith("The pack file 'deprivation.parquet' is missing.")


def test_an_altered_file_is_named(damaged):
    path = damaged / "organisations.parquet"
    bytes_before = bytearray(path.read_bytes())
    bytes_before[len(bytes_before) // 2] ^= 1
    path.write_bytes(bytes_before)
    assert said(visit()).startswith("The pack file 'organisations.parquet' is not the one the manifest describes")


def test_a_missing_manifest_is_named(damaged):
    (damaged / "manifest.json").unlink()
    assert "'manifest.json' is missing" in said(visit())


def test_a_manifest_that_is_not_json_is_named(damaged):
    (damaged / "manifest.json").write_text("{", encoding="utf-8")
    assert "not readable JSON" in said(visit())


def test_a_folder_that_is_not_there_is_named(serve, tmp_path):
    serve(tmp_path / "nowhere")
    assert "There is no pack in the folder 'nowhere'" in said(visit())


def test_nothing_else_of_the_page_is_shown_or_offered(damaged):
    (damaged / "postcodes.parquet").unlink()
    at = visit()
    said(at)
    assert not at.sidebar.children and not at.get("component_instance") and not at.markdown


def test_it_works_again_once_the_file_is_put_back(damaged):
    path = damaged / "deprivation.parquet"
    path.unlink()
    said(visit())
    path.write_bytes((HELD / path.name).read_bytes())
    at = visit()
    assert not at.exception and not at.error and heading(at).startswith("Overall deprivation")
    forget()
    assert _edge.store().manifest.folder == damaged
