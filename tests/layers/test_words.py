"""The map in words and rows says what its colours say."""

import csv
import io

import numpy as np
import pandas as pd
import pytest

from geo.areas import Geography
from layers import get
from layers.base import Colouring
from layers.classes import classify
from layers.places import PLACE_TYPES, shown
from layers.readings import read
from layers.table import as_csv, rows
from layers.words import area_in_view, compared, dated, listed, note, places_summary, summary

LSOA, DISTRICT = Geography.LSOA21, Geography.DISTRICT


def told(store, key, *, colouring, geography=LSOA, year=None, in_view=None):
    layer = get(key)
    areas = store.shapes(geography)
    reading = read(layer, store, geography, year=year)
    seen = np.ones(len(areas), dtype=bool) if in_view is None else in_view
    classes = classify(layer, reading, geography=geography, colouring=colouring, in_view=seen)
    named = pd.DataFrame({"name": areas["name"], "value": reading["value"]})[seen]
    return summary(layer, named, classes, colouring=colouring, where="Toytown", geography=geography, year=year)


def test_tenths_in_words(toy):
    assert told(toy, "imd", colouring=Colouring.ENGLAND) == (
        "Of the 7 neighbourhoods in Toytown, 2 (29%) are in the most deprived tenth of England and 1 (14%) in the "
        "least deprived. 4 (57%) are in the more deprived half. 1 has no figure."
    )


def test_tenths_of_the_area_in_view_say_that_they_are(toy):
    said = told(toy, "imd", colouring=Colouring.HERE)
    assert "compared with each other, not with the rest of England: 1 of them is coloured as the most" in said


def test_averages_of_wider_areas_are_not_called_tenths_of_england(toy):
    """Averages of 5.33, 1.75 and 6: none rounds to 1, none to 10."""
    said = told(toy, "imd", colouring=Colouring.ENGLAND, geography=Geography.MSOA21)
    assert said.startswith("Of the 3 wider neighbourhoods in Toytown, 0 (0%) have an average that rounds to tenth 1")
    assert "our own working" in said and "are in the most deprived tenth of England" not in said


def test_the_key_says_what_its_classes_are_classes_of():
    share = get("income-share")
    assert compared(share, LSOA, Colouring.BANDS, "Leeds") == "% of people"
    assert compared(share, LSOA, Colouring.ENGLAND, "Leeds") == "tenth of England's neighbourhoods, 1 = most deprived"
    assert compared(share, Geography.MSOA21, Colouring.ENGLAND, "Leeds").startswith("average tenth of")
    assert compared(share, LSOA, Colouring.HERE, "Leeds") == "tenth of the neighbourhoods in Leeds, 1 = most deprived"


def test_bands_in_words(toy):
    """Shares 50 30 10 50 20 10 5: from 5% to 50%, median 20%."""
    said = told(toy, "income-share", colouring=Colouring.BANDS)
    assert "figures run from 5.0% to 50.0%" in said and "at 20.0% or below" in said


def test_districts_in_words_name_those_without_a_figure(toy):
    said = told(toy, "deaths", colouring=Colouring.BANDS, geography=DISTRICT, year=2023)
    assert (
        said.startswith("In 2023, “businesses that closed” runs from 30 in Beeton to 40 in Ayton")
        and "Every district has a figure." in said
    )
    said = told(toy, "deaths", colouring=Colouring.BANDS, geography=DISTRICT, year=2024)
    assert "is 60 in Ayton" in said and "Beeton has no figure for that year." in said


def test_a_survival_rate_is_of_those_that_started_in_the_year(toy):
    said = told(toy, "survival-3", colouring=Colouring.BANDS, geography=DISTRICT, year=2021)
    assert said.startswith("For businesses that started in 2021, “still trading after 3 years” is 55.5% in Ayton")
    assert dated(get("survival-3"), 2021) == ", of those started in 2021"
    assert dated(get("deaths"), 2021) == ", 2021" and dated(get("imd"), None) == ""


def test_a_copy_of_the_figures_carries_when_how_and_what_to_bear_in_mind():
    said = note(get("net-change"), DISTRICT, 2023)
    assert said.startswith("Figures 2023. Starts less closures") and "A count: larger districts move more." in said
    assert note(get("imd"), LSOA, None) == get("imd").caveat


def test_a_year_without_figures_is_said(toy):
    said = told(toy, "deaths", colouring=Colouring.BANDS, geography=DISTRICT, year=1999)
    assert said == "There is no figure for Toytown in 1999."


def test_lists_read_as_people_write_them():
    assert [listed(names) for names in ([], ["A"], ["A", "B"], ["A", "B", "C"])] == ["", "A", "A and B", "A, B and C"]
    assert area_in_view([]) == "the Leeds City Region" and area_in_view(["Leeds", "York"]) == "Leeds and York"


def test_places_in_words_count_what_is_drawn(toy_places):
    everything = frozenset(PLACE_TYPES)
    some = shown(toy_places, everything, unconfirmed=True, districts=frozenset())
    said = places_summary(some, everything, where="Toytown")
    assert "5 under “help to start or grow a business”" in said
    assert "3 of them are not confirmed, or only roughly known." in said


def test_a_place_of_two_kinds_is_counted_only_under_those_chosen(toy_places):
    """Beeton Trust is a community anchor that helps charities start."""
    chosen = frozenset({"vcs_support"})
    said = places_summary(shown(toy_places, chosen, unconfirmed=False, districts=frozenset()), chosen, where="x")
    assert "1 under “help to start or grow a business”" in said and "anchor" not in said


def test_an_empty_map_may_be_missing_knowledge(toy_places):
    said = places_summary(toy_places.head(0), frozenset(), where="Toytown")
    assert "may be a gap in help, or a gap in our list" in said


def table(toy):
    layer = get("income-share")
    reading = read(layer, toy, LSOA)
    everywhere = np.ones(8, dtype=bool)
    classes = classify(layer, reading, geography=LSOA, colouring=Colouring.BANDS, in_view=everywhere)
    return rows(layer, toy.shapes(LSOA), reading, classes, geography=LSOA, compared="% of people")


def test_rows_say_what_the_colours_say(toy):
    made = table(toy)
    assert made.columns[0] == "Neighbourhood" and made.columns[-1] == "Code"
    assert made.iloc[0].tolist() == ["Mill Lane", "Ayton 001A1", "Ayton", 50.0, "50% to 59.9%", 1000.0, "E01000001"]
    assert made["Colour on the map: % of people"][3] == "no data" and np.isnan(made.iloc[3, 3])


def test_the_csv_has_every_row_its_source_and_no_zero_for_missing(toy):
    text = as_csv(table(toy), source="iod2025", note="A note.").decode("utf-8-sig")
    read_back = list(csv.reader(io.StringIO(text)))
    assert len(read_back) == 1 + 8 + 3
    assert read_back[4][3] == "" and read_back[1][3] == "50"
    assert read_back[-2][0].startswith("Source: English Indices of Deprivation 2025")
    assert read_back[-1] == ["A note."]


@pytest.mark.parametrize("start", ["=", "+", "-", "@", "\t", "\r"])
def test_no_cell_starts_a_formula(start):
    text = as_csv(pd.DataFrame({"name": [f"{start}cmd|'/C calc'!A0"], "n": [-1.0]}), source="iod2025", note="=1+1")
    cells = [cell for row in csv.reader(io.StringIO(text.decode("utf-8-sig"))) for cell in row]
    assert not [cell for cell in cells if cell.startswith(("=", "+", "@", "\t", "\r"))]
    assert "-1" in cells
