"""What the pages say of Toytown, against answers worked out by hand from the tables in tests/toytown.py."""

import pytest

from tests import toytown
from tests.pages.visit import NEIGHBOURHOOD, as_read, heading, told, visit, words
from tests.told import read_back

pytestmark = pytest.mark.usefixtures("in_toytown")

ORDER = list(toytown.CORNERS)
"""The squares in the order of their codes, which is the order of the outlines."""


def classes(at):
    """The class of each area, lowest first from 0; None where there is no figure."""
    return [None if number < 0 else number for number in read_back(told(at))]


def shown_table(**link):
    """The table under the map."""
    return visit(table="yes", **link).dataframe[0].value


def test_deprivation_in_tenths():
    at = visit()
    assert dict(zip(ORDER, classes(at), strict=True)) == {
        "A1": 0,
        "A2": 1,
        "A3": 5,
        "A4": None,
        "B1": 0,
        "B2": 2,
        "B3": 5,
        "B4": 9,
    }
    assert told(at)["counts"] == [2, 1, 1, 0, 0, 2, 0, 0, 0, 1] and told(at)["missing"] == 1
    assert (
        "Of the 7 neighbourhoods in the Leeds City Region, 2 (29%) are in the most deprived tenth of England and "
        "1 (14%) in the least deprived. 4 (57%) are in the more deprived half. 1 " in words(at)
    )


def test_wider_neighbourhoods_average_by_people():
    """Ayton 001: (1 x 1000 + 2 x 3000) / 4000 = 1.75; Ayton 002: 6, from A3 alone; Beeton: 32,000 / 6,000 = 5.33."""
    table = shown_table(level="msoa21")
    assert table["ONS name"].tolist() == ["Beeton 001", "Ayton 001", "Ayton 002"]
    assert table.iloc[:, 3].tolist() == [5.3, 1.8, 6.0]


def test_focus_counts_only_what_is_inside_it():
    at = visit(focus="Beeton")
    assert told(at)["counts"] == [1, 0, 1, 0, 0, 1, 0, 0, 0, 1] and told(at)["missing"] == 0
    assert heading(at) == "Overall deprivation: Beeton"
    assert "Of the 4 neighbourhoods in Beeton, 1 (25%) is in the most deprived tenth" in words(at)
    assert at.multiselect(key="choose_focus").options == ["Ayton", "Beeton"]


def test_tenths_within_the_area_in_view_rank_only_those_there():
    """Of four places none, one, two and three are more deprived: tenths 1, 3, 6 and 8."""
    at = visit(focus="Beeton", colours="here")
    assert told(at)["counts"] == [1, 0, 1, 0, 0, 1, 0, 1, 0, 0]
    assert classes(at)[4:] == [0, 2, 5, 7] and classes(at)[:4] == [None] * 4


def test_shares_of_people_on_low_incomes_fall_in_the_right_bands():
    """Bands begin at 10, 20, 30, 40, 50 and 60%; a value on a limit belongs to the band that it begins."""
    at = visit(layer="income-share")
    assert told(at)["counts"] == [1, 2, 1, 1, 0, 2, 0] and told(at)["missing"] == 1
    assert "figures run from 5.0% to 50.0%" in words(at) and "Half of them are at 20.0% or below." in words(at)


def test_density_leaves_out_the_area_whose_outline_is_approximate():
    """A square has 100 hectares, so A1's 1,000 people are 10 a hectare; B2 is approximate and A4 has no people."""
    at = visit(layer="density", table="yes")
    table = at.dataframe[0].value.set_index("ONS name").iloc[:, 2]
    assert table["Ayton 001A1"] == 10.0
    assert told(at)["missing"] == 2 and table[table.isna()].index.tolist() == ["Ayton 002A4", "Beeton 001B2"]
    assert "**Experimental.**" in words(at)


def test_births_are_per_ten_thousand_people_and_beeton_ends_in_2023():
    """Ayton in 2024: 50 births among 6,000 people = 83.3."""
    at = visit(layer="births-per-10k")
    assert heading(at) == "New businesses per 10,000 people, 2024: the Leeds City Region"
    assert "is 83.3 in Ayton, the one district with a figure" in words(at)
    assert "Beeton has no figure for that year." in words(at)
    assert classes(at) == [5, None] and told(at)["missing"] == 1
    assert at.selectbox(key="choose_year").options == ["2024", "2023", "2021"]


def test_net_change_keeps_its_sign():
    """Ayton in 2023: 60 - 40 = +20; Beeton: 30 - 30 = 0."""
    assert "runs from +0 in Beeton to +20 in Ayton, among the 2 districts with a figure" in words(
        visit(layer="net-change", year="2023")
    )


def test_a_district_alone_without_a_figure_is_said_not_drawn_as_zero():
    at = visit(layer="births-per-10k", year="2024", focus="Beeton", table="yes")
    assert "There is no figure for Beeton in 2024." in words(at)
    assert sum(told(at)["counts"]) == 0 and told(at)["missing"] == 1
    assert at.dataframe[0].value.iloc[:, -3].tolist() == ["no data"]


ALL = "support,anchors,community,institutions"


def test_ended_and_head_office_places_are_never_shown_and_unconfirmed_only_when_asked():
    """Confirmed: T1, T2, T7 (in two groups) and T8. Not: T3 (old), T6 (rough) and T9 (weak). Never: T4 and T5."""
    at = visit(places=ALL, table="yes")
    assert [group["count"] for group in told(at)["places"]["groups"]] == [2, 1, 1, 1]
    assert "2 under “help to start or grow a business”, 1 under “community anchor organisations”" in words(at)
    assert len(at.dataframe[1].value) == 4
    at.toggle(key="choose_unconfirmed").set_value(True).run()
    assert [group["count"] for group in told(at)["places"]["groups"]] == [5, 1, 1, 1]
    assert "3 of them are not confirmed, or only roughly known." in words(at)
    named = at.dataframe[1].value.set_index("Place")["Caution"]
    assert set(named.index) == {"Ayton Enterprise Centre", toytown.NASTY, "Old Jobcentre", "Somewhere in Beeton"} | {
        "Beeton Trust",
        "Beeton College",
        "Hearsay Hub",
    }
    assert named["Old Jobcentre"] == "Not confirmed to be open" and named["Somewhere in Beeton"] == "Placed roughly"


def test_places_outside_the_focus_are_not_counted():
    at = visit(places=ALL, focus="Ayton", table="yes")
    assert [group["count"] for group in told(at)["places"]["groups"]] == [1, 0, 1, 0]
    assert set(at.dataframe[1].value["District"]) == {"Ayton"}


def test_no_place_of_a_kind_is_said_with_the_warning_that_our_list_may_lack_it():
    said = words(visit(places="university"))
    assert "We know of none of the chosen places in the Leeds City Region." in said and "a gap in our list" in said


def test_the_page_of_one_neighbourhood():
    at = visit(NEIGHBOURHOOD, area=toytown.CODE["A1"])
    figures = at.table[0].value
    assert figures.loc["Overall deprivation", ["Here", "In England", "In Ayton"]].tolist() == [
        "score 60.0",
        "100th of 33,755, tenth 1 of 10",
        "1st of 3",
    ]
    assert figures.loc["People of working age (18 to 66)", "Here"] == "60.0%"
    assert "LSOA 2021 Ayton 001A1, E01000001; 1,000 people." in words(at)


def test_the_page_counts_what_is_within_a_walk():
    """From the middle of A1: T1 and T2 stand there; T7 in B4 is the root of 3 x 3 + 1 x 1 = 3.2 km away."""
    at = visit(NEIGHBOURHOOD, area=toytown.CODE["A1"])
    assert "**Help to start or grow a business**: 1 within 800 m, 1 within 1.6 km" in words(at)
    assert at.table[1].value["Distance"].tolist() == ["under 100 m", "3.2 km"]
    at.toggle(key="choose_unconfirmed").set_value(True).run()
    assert "**Help to start or grow a business**: 1 within 800 m, 2 within 1.6 km" in words(at)
    assert at.table[1].value["Caution"].tolist() == ["", "Not confirmed to be open", "Known from one weak source"]


def test_sentences_for_a_bid_quote_the_figures_and_their_sources():
    """On low incomes: A1 has half of its 1,000; Ayton (500 + 900 + 200) / 6,000 = 26.7%."""
    [bid] = visit(NEIGHBOURHOOD, area=toytown.CODE["A1"]).code
    said = bid.value.split("\n\n")
    assert said[0].startswith("Mill Lane (Ayton 001A1) ranks 100th of the 33,755 neighbourhoods in England")
    assert "50.0% of the 1,000 people" in said[1] and "against 26.7% across Ayton (our average" in said[1]
    assert any("50 businesses started in 2024, 9.1% of all active businesses" in each for each in said)
    assert any(
        "55.5% of the 50 businesses that started in 2021" in each and "50.5% in England" in each for each in said
    )
    assert all("(Source: " in each for each in said)


def test_an_area_without_a_code_of_its_own_is_named_without_one():
    at = visit(NEIGHBOURHOOD, area="Beeton 001")
    assert "MSOA 2021 Beeton 001; 6,000 people. Its outline is approximate." in as_read(at.markdown[0].value)
