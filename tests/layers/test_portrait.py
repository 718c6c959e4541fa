"""One area in figures and sentences, worked out by hand on Toytown."""

import pytest

from geo.areas import Geography
from layers import get
from layers.bid import sentences
from layers.nearby import around, walks_text
from layers.portrait import Figure, draw, in_a_line, ordinal, standing
from layers.series import over_the_years
from tests.toytown import AYTON, CODE

LSOA, MSOA = Geography.LSOA21, Geography.MSOA21


def figures(portrait):
    return {figure.label: figure for figure in portrait.figures}


def test_a_neighbourhood_by_its_local_name_with_its_standing(toy):
    portrait = draw(toy, LSOA, CODE["A1"])
    assert (portrait.name, portrait.official, portrait.district) == ("Mill Lane", "Ayton 001A1", "Ayton")
    overall = figures(portrait)["Overall deprivation"]
    assert overall.here == "score 60.0"
    assert overall.england == "100th of 33,755, tenth 1 of 10"
    assert overall.district == "1st of 3"
    assert overall.behind == "1,000 people"


def test_equal_figures_share_a_place(toy):
    """In Beeton shares on low incomes are 50, 20, 10 and 5 per cent; in Ayton 50, 30 and 10."""
    low = figures(draw(toy, LSOA, CODE["B2"]))["People on low incomes"]
    assert low.here == "20.0%" and low.district == "2nd of 4"
    assert standing(3, 9, sharing=2) == "joint 3rd of 9"


def test_a_wider_area_is_averaged_over_its_people(toy):
    """Mill Lane: (60 x 1000 + 40 x 3000) / 4000 = 45; low incomes (500 + 900) / 4000 = 35%."""
    portrait = draw(toy, MSOA, "E02000001")
    told = figures(portrait)
    assert told["Average deprivation score (our own working)"].here == "45.0"
    assert told["People on low incomes (our own working)"].here == "35.0%"
    assert told["Neighbourhoods inside in the most deprived tenth of England"].here == "1 of 2"
    assert portrait.population == 4000


def test_a_wider_area_without_an_official_code_says_so(toy):
    assert draw(toy, MSOA, "E02000001").code_is_official
    assert not draw(toy, MSOA, "Beeton 001").code_is_official


@pytest.mark.parametrize("code", ["E01999999", "", CODE["A4"]])
def test_an_unknown_area_or_one_without_figures_has_no_portrait(toy, code):
    assert draw(toy, LSOA, code) is None


def test_sentences_quote_the_figures_and_their_sources(toy, toy_places):
    portrait = draw(toy, LSOA, CODE["A1"])
    said = [sentence.cited for sentence in sentences(toy, toy_places, portrait)]
    assert said[0].startswith(
        "Mill Lane (Ayton 001A1) ranks 100th of the 33,755 neighbourhoods in England for overall deprivation"
    )
    assert said[1].startswith(
        "50.0% of the 1,000 people of Mill Lane (Ayton 001A1) live on low incomes as the indices count them, against "
        "26.7% across Ayton (our average of the neighbourhoods, weighted by people). (Source: "
    )
    assert "Ayton Enterprise Centre (enterprise centre), under 100 m in a straight line" in said[3]
    assert "In the whole of Ayton, 50 businesses started in 2024, 9.1% of all active businesses." in said[4]
    assert "55.5% of the 50 businesses that started in 2021 were still active 3 years later, against 50.5%" in said[5]
    assert all("(Source: " in sentence and sentence.endswith(".)") for sentence in said)


def test_help_that_is_not_confirmed_is_never_quoted(toy, toy_places):
    """From B2 the nearest help is roughly placed; the sentence names the next that is sure."""
    portrait = draw(toy, LSOA, CODE["B2"])
    near = around(toy_places, portrait.point, unconfirmed=True)
    assert near[0].nearest["name"].iloc[0] == "Somewhere in Beeton"
    said = " ".join(sentence.text for sentence in sentences(toy, toy_places, portrait))
    assert "Somewhere in Beeton" not in said and "Beeton Trust" in said


def test_walks_in_words(toy_places):
    assert walks_text(around(toy_places, (430_500, 433_500))[0]) == "1 within 800 m, 1 within 1.6 km"


@pytest.mark.parametrize(
    ("place", "text"), [(1, "1st"), (2, "2nd"), (3, "3rd"), (11, "11th"), (12, "12th"), (21, "21st"), (1112, "1,112th")]
)
def test_ordinals(place, text):
    assert ordinal(place) == text


def test_percentages_stand_beside_england_and_the_region(toy):
    told = over_the_years(toy, get("birth-rate"), AYTON)
    lines = told.lines.pivot(index="year", columns="area", values="value")
    assert lines["Ayton"].to_dict() == pytest.approx({2021: 100 * 50 / 480, 2023: 12.0, 2024: 100 * 50 / 550})
    assert lines["England"][2023] == 12.0 and lines["Yorkshire and the Humber"][2023] == 10.0
    assert told.table["year"].tolist() == [2024, 2023, 2021]


def test_counts_stand_beside_england_as_change_since_the_first_year(toy):
    """Ayton's closures: 50, 40, 60 make 100, 80, 120; England's 400, 400, 500 make 100, 100, 125."""
    told = over_the_years(toy, get("deaths"), AYTON)
    lines = told.lines.pivot(index="year", columns="area", values="value")
    assert lines["Ayton"].tolist() == [100, 80, 120]
    assert lines["England"].tolist() == [100, 100, 125]
    assert "Yorkshire and the Humber" not in lines
    assert "change since 2021" in told.heading


def test_what_cannot_be_compared_stands_alone_and_says_why(toy):
    told = over_the_years(toy, get("births-per-10k"), AYTON)
    assert set(told.lines["area"]) == {"Ayton"} and "no count of people" in told.note
    assert "dwarf" in over_the_years(toy, get("net-change"), AYTON).note


def test_a_figure_in_a_line_leaves_out_what_is_not_known():
    whole = Figure(label="x", here="73.5%", england="tenth 1 of 10", district="4th of 488")
    assert in_a_line(whole, "Leeds") == "73.5%; tenth 1 of 10 in England; 4th of 488 in Leeds"
    assert in_a_line(Figure(label="x", here="73.5%"), "Leeds") == "73.5%"
