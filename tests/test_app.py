"""What is served beside the pages: the map's parts, for ever; and whether all is well."""

import gzip
import shutil

import pytest
import streamlit as st
from starlette.applications import Starlette
from starlette.routing import Route
from starlette.testclient import TestClient

import app as application
from data.pack import PackError
from pages import _edge


@pytest.fixture
def client(monkeypatch, toytown_folder):
    monkeypatch.setenv("FOOTHOLD_PACK", str(toytown_folder))
    monkeypatch.setenv("FOOTHOLD_REGISTER", "memory")
    st.cache_resource.clear()
    served = Starlette(routes=[Route("/map/{name}", application.map_asset), Route("/health", application.health)])
    with TestClient(served) as client:
        yield client
    st.cache_resource.clear()


def test_every_part_of_the_map_is_served_for_ever_and_compressed(client):
    for path, asset in _edge.assets_by_path().items():
        answer = client.get(path, headers={"Accept-Encoding": "gzip"})
        assert answer.status_code == 200
        assert answer.content == asset.body
        assert answer.headers["content-encoding"] == "gzip"
        assert "immutable" in answer.headers["cache-control"]
        assert answer.headers["vary"] == "Accept-Encoding"


def test_a_browser_that_takes_no_gzip_gets_the_same(client):
    [path] = [path for path in _edge.assets_by_path() if "/outlines." in path]
    answer = client.get(path, headers={"Accept-Encoding": "identity"})
    assert "content-encoding" not in answer.headers
    assert gzip.decompress(_edge.assets_by_path()[path].gzipped) == answer.content


@pytest.mark.parametrize("path", ["/map/outlines.js", "/map/..%2f..%2fapp.py", "/map/%00"])
def test_what_is_no_part_of_the_map_is_not_found(client, path):
    answer = client.get(path)
    assert answer.status_code == 404 and answer.text in ("No such part of the map. Reload the page.", "Not Found")


def test_health(client):
    assert client.get("/health").text == "ok"


def test_a_damaged_pack_is_said_and_nothing_breaks(client, toytown_folder, tmp_path, monkeypatch):
    broken = shutil.copytree(toytown_folder, tmp_path / "broken")
    (broken / "postcodes.parquet").unlink()
    monkeypatch.setenv("FOOTHOLD_PACK", str(broken))
    st.cache_resource.clear()
    with pytest.raises(PackError):
        _edge.store()
    for path in ("/health", "/map/anything"):
        answer = client.get(path)
        assert answer.status_code == 503 and "postcodes.parquet" in answer.text


@pytest.mark.parametrize(
    "text",
    ["<img src=x onerror=alert(1)>", "![x](http://e.example/x.png)", "[a](b)", "$x$", ":material/home:", "**b**"],
)
def test_text_from_people_is_not_markup(text):
    """Every sign that Markdown gives a meaning to is escaped, so the text is shown as it was written."""
    escaped = _edge.plain(text)
    assert escaped.replace("\\", "").replace("\u2060", "") == text
    for sign in "<>[]()*$:!":
        assert escaped.count(sign) == escaped.count("\\" + sign)


@pytest.mark.parametrize(
    "text", [":material/home:", "see http://evil.example", "www.evil.example", "a@b.org", ":+1:", ":100:", ":red[x]"]
)
def test_text_from_people_makes_no_icon_and_no_link_of_itself(text):
    """Streamlit's icons and links that make themselves ignore backslashes, but not a sign that stands inside them."""
    assert "\u2060" in _edge.plain(text)


def test_times_are_left_as_they_are():
    assert "\u2060" not in _edge.plain("Mo-Fr 09:00-17:00; Sa 10:00-12:00")
