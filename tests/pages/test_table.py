"""The table under the map, its summary and its download, on the built-in pack."""

import csv
import io
import re

import pandas as pd
import pytest
import streamlit as st

from layers import LAYERS
from pages import _edge
from tests.pages.visit import told, visit, words

pytestmark = pytest.mark.usefixtures("in_the_region")

NEIGHBOURHOODS, WIDER = 1_865, 393


@pytest.fixture
def offered(monkeypatch):
    """The bytes that the page offers to download, in the order of its buttons."""
    kept = []
    monkeypatch.setattr(st, "download_button", lambda _label, data, **_rest: kept.append(data))
    return kept


def downloaded(offered):
    """The rows of the one file offered, as a spreadsheet reads it."""
    [data] = offered
    assert data.startswith(b"\xef\xbb\xbf")
    return list(csv.reader(io.StringIO(data.decode("utf-8-sig"))))


def value_column(table):
    """The column that holds the layer's value."""
    [name] = [name for name in table.columns if "(" in name]
    return table[name]


def test_the_download_has_its_headings_and_every_neighbourhood(offered):
    visit(table="yes")
    headings, *rows = downloaded(offered)
    assert headings[:3] == ["Neighbourhood", "ONS name", "District"] and headings[-1] == "Code"
    data = rows[: rows.index([])]
    assert len(data) == NEIGHBOURHOODS == len({row[-1] for row in data})
    assert all(len(row) == len(headings) and row[-1].startswith("E01") for row in data)
    after = rows[rows.index([]) + 1 :]
    assert after[0][0].startswith("Source: ") and len(after) == 2


def test_the_download_holds_what_the_table_shows(offered):
    table = visit(layer="income-share", focus="York", table="yes").dataframe[0].value
    _, *rows = downloaded(offered)
    data = rows[: rows.index([])]
    assert [row[-1] for row in data] == table["Code"].tolist()
    assert [float(row[3]) for row in data] == value_column(table).tolist()


def test_the_download_says_the_year(offered):
    visit(layer="deaths", year="2022", table="yes")
    assert re.match(r"[A-Z][a-z ]+:? 2022\. ", downloaded(offered)[-1][0])


@pytest.mark.parametrize(("level", "count"), [("lsoa21", NEIGHBOURHOODS), ("msoa21", WIDER)])
def test_the_table_has_every_area_of_its_level(level, count):
    assert count == len(_edge.areas(level))
    at = visit(level=level, table="yes")
    assert len(at.dataframe[0].value) == count


@pytest.mark.parametrize("focus", ["", "Leeds", "Harrogate,York"])
@pytest.mark.parametrize("layer", ["imd", "income-share", "density", "births-per-10k"])
def test_the_table_and_the_key_count_the_same(layer, focus):
    link = {"layer": layer, "table": "yes"} | ({"focus": focus} if focus else {})
    at = visit(**link)
    paint, table = told(at), at.dataframe[0].value
    counted = table.iloc[:, -3].value_counts().to_dict()
    key = dict(zip(paint["labels"], paint["counts"], strict=True)) | {"no data": paint["missing"]}
    assert {label: count for label, count in key.items() if count} == counted
    assert set(table["District"]) <= (set(focus.split(",")) if focus else set(_edge.areas("district")["name"]))


@pytest.mark.parametrize("layer", [each for each in LAYERS if each.tenth == each.column], ids=lambda each: each.key)
def test_the_summary_says_the_counts_of_the_key(layer):
    at = visit(layer=layer.key)
    paint = told(at)
    first, last, half = paint["counts"][0], paint["counts"][-1], sum(paint["counts"][:5])
    said = re.search(r"Of the ([\d,]+) neighbourhoods .*?, ([\d,]+) \(.*? and ([\d,]+) \(.*?\. ([\d,]+) \(", words(at))
    assert [int(number.replace(",", "")) for number in said.groups()] == [sum(paint["counts"]), first, last, half]


def test_focus_leaves_the_other_districts_out_of_the_table():
    at = visit(focus="York", table="yes")
    assert set(at.dataframe[0].value["District"]) == {"York"} and len(at.dataframe[0].value) == 121
    at.multiselect(key="choose_focus").set_value(["York", "Selby"]).run()
    assert set(at.dataframe[0].value["District"]) == {"York", "Selby"}


def test_harrogate_has_no_births_in_2024_and_the_page_says_so():
    at = visit(layer="births-per-10k", year="2024", focus="Harrogate", table="yes")
    assert "There is no figure for Harrogate in 2024." in words(at)
    table = at.dataframe[0].value
    assert value_column(table).isna().all() and table.iloc[:, -3].tolist() == ["no data"]
    at.selectbox(key="choose_year").set_value(2023).run()
    assert "is " in words(at) and pd.notna(value_column(at.dataframe[0].value).iloc[0])


def test_three_districts_have_no_births_in_2024():
    at = visit(layer="births-per-10k", year="2024")
    assert told(at)["missing"] == 3
    assert "Craven, Harrogate and Selby have no figure for that year." in words(at)


def test_unconfirmed_places_are_counted_only_when_asked():
    at = visit(places="support,anchors,community,institutions")
    firm = sum(group["count"] for group in told(at)["places"]["groups"])
    assert "not confirmed" not in words(at)
    at.toggle(key="choose_unconfirmed").set_value(True).run()
    assert sum(group["count"] for group in told(at)["places"]["groups"]) > firm > 0
    assert "of them are not confirmed, or only roughly known." in words(at)
