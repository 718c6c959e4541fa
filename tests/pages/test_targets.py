"""Which first, as the page shows it: on Toytown by hand, and on the built-in pack."""

import csv
import io

import pytest
import streamlit as st

from pages import _edge, _link, _targets, _targets_list
from tests import toytown
from tests.pages.desk import links, press
from tests.pages.visit import as_read, heading, link, told, visit, warnings, words
from tests.told import bits

TARGETS = "targets.py"
ORDER = list(toytown.CORNERS)
A1, B1, A2 = (toytown.CODE[name] for name in ("A1", "B1", "A2"))
LOW_INCOMES = "income-share~from~20"


def opened(page_link, *boxes):
    """The page with some of its boxes open."""
    at = visit(TARGETS, **page_link)
    for box in boxes:
        at.session_state[box] = True
    at.run()
    assert not at.exception, at.exception[0].message
    return at


def outlined(at):
    """The squares that the map outlines."""
    marked = bits(told(at).get("marked", ""), len(ORDER))
    return [name for name, yes in zip(ORDER, marked, strict=True) if yes]


def listed(at):
    """The list beside the map: the ONS names of its rows, shortened to the names of the squares."""
    return [name[-3:-1] for name in at.dataframe[0].value["Neighbourhood"]]


@pytest.mark.usefixtures("in_toytown")
class TestInToytown:
    def test_the_first_three_by_need(self):
        at = visit(TARGETS, top="3")
        assert not at.exception and heading(at) == "Which neighbourhoods first: the Leeds City Region"
        assert listed(at) == ["A1", "B1", "A2"] and outlined(at) == ["A1", "A2", "B1"]
        assert told(at)["key"] == "need lsoa21"
        assert "The list has the 3 neighbourhoods in most need, of the 7 in the Leeds City Region." in words(at)
        assert "5,500 people live there, 45.8% of the region’s 12,000" in words(at)

    def test_the_first_two_by_need_and_poor_reach(self):
        """B1 is 1.8 km along the way from the nearest help, A2 1.3 km; A1 has it at the door."""
        at = visit(TARGETS, top="2", by="gap")
        assert listed(at) == ["B1", "A2"] and outlined(at) == ["A2", "B1"] and told(at)["key"] == "gap lsoa21"
        at.segmented_control(key="choose_by").set_value("need").run()
        assert listed(at) == ["A1", "B1"] and link(at) == {"top": "2"}

    def test_only_what_is_in_view(self):
        at = visit(TARGETS, top="1", focus="Beeton")
        assert heading(at).endswith("Beeton") and listed(at) == ["B1"]
        at.number_input(key="choose_top").set_value(2).run()
        assert listed(at) == ["B1", "B2"] and link(at)["top"] == "2"

    def test_conditions_are_said_and_kept_to(self):
        at = visit(TARGETS, top="9", when=f"{LOW_INCOMES},imd~from~2")
        assert listed(at) == ["A2", "B2"]
        assert "Only neighbourhoods where “People on low incomes” is at least 20.0% and" in words(at)
        assert "It has 2, not 9: no more meet the conditions and have a score. To have more, loosen" in words(at)
        assert listed(visit(TARGETS, top="9", when="imd~to~1,imd~from~10", match="any")) == ["A1", "B1", "B4"]

    def test_a_figure_of_whole_districts_is_said(self):
        at = visit(TARGETS, when="survival-3~to~60")
        assert set(listed(at)) == {"A1", "A2", "A3"}
        assert "“Still trading after 3 years” (of 2021) is published for whole districts" in words(at)

    def test_conditions_are_edited_a_row_each(self):
        at = opened({"top": "9"}, "conditions")
        press(at, "Add a condition")
        assert link(at)["when"] == "imd~bottom~20"
        assert "Met by 2 of the region’s 8 neighbourhoods, as all that tie are in." in words(at)
        assert listed(at) == ["A1", "B1"]
        at.selectbox(key="choose_when_0_kind").set_value("to").run()
        at.number_input(key="choose_when_0_low").set_value(2.0).run()
        assert link(at)["when"] == "imd~to~2" and listed(at) == ["A1", "B1", "A2"]
        press(at, "Add a condition")
        at.selectbox(key="choose_when_1_layer").set_value("income-share").run()
        at.selectbox(key="choose_when_1_kind").set_value("between").run()
        at.number_input(key="choose_when_1_high").set_value(20.04).run()
        at.number_input(key="choose_when_1_low").set_value(30.0).run()
        assert link(at)["when"] == "imd~to~2,income-share~between~20~30" and listed(at) == ["A2"]
        at.segmented_control(key="choose_match").set_value("any").run()
        assert listed(at) == ["A1", "B1", "A2", "B2"] and link(at)["match"] == "any"
        at.button(key="out-0").click().run()
        assert link(at)["when"] == "income-share~between~20~30"

    def test_contradictory_conditions_have_a_sentence_and_the_editor_stays(self):
        at = opened({"when": "income-share~from~40,income-share~to~10"}, "conditions")
        [said] = warnings(at)
        assert said.startswith("No neighbourhood meets all of these 2 conditions.") and "loosen one of them" in said
        at.button(key="out-1").click().run()
        assert not at.warning and listed(at) == ["A1", "B1"]

    def test_met_elsewhere_but_not_in_view(self):
        [said] = warnings(visit(TARGETS, focus="Beeton", when="survival-3~to~60"))
        assert said == (
            "4 neighbourhoods of the region meet the conditions, but none in Beeton. Show more districts, or loosen a "
            "condition."
        )

    def test_where_nothing_counts_as_help_the_order_by_need_is_offered(self):
        [said] = warnings(visit(TARGETS, by="gap", places="university"))
        assert said.startswith("Nothing that we know of counts") and said.endswith("Or order by need alone.")
        assert listed(visit(TARGETS, top="1", places="university")) == ["A1"]

    def test_a_link_with_an_unknown_condition_still_works(self):
        at = visit(TARGETS, top="1", when="happiness~from~3,<b>~to~2")
        assert len(warnings(at)) == 2 and listed(at) == ["A1"]

    def test_the_boxes_are_shut_until_they_are_opened(self, monkeypatch):
        for name in ("sure", "neighbours", "balance"):
            monkeypatch.setattr(_targets, name, lambda *_: pytest.fail("worked out without being asked"))
        at = visit(TARGETS, top="3", table="yes")
        assert not at.exception and not at.table

    def test_how_sure(self):
        at = opened({"top": "3"}, "box_sure")
        assert "Of the 3 neighbourhoods on the list, 3 are among the first 3 in at least 90% of the draws" in words(at)
        rows = at.dataframe[1].value
        assert rows["ONS name"].tolist() == ["Ayton 001A1", "Beeton 001B1", "Ayton 001A2"]
        assert rows["Among the first 3 in (% of draws)"].tolist() == [100, 100, 100]

    def test_the_neighbours(self):
        """Around A1 and B1 lie A2, A3 and A4, then B2, B3 and B4: in order A2, B2, A3, B3, B4, and A4 without score."""
        at = opened({"top": "2"}, "box_neighbours")
        after, beside = (frame.value for frame in at.dataframe[1:3])
        assert after["ONS name"].str[-2:].tolist() == ["A2", "B2", "A3", "B3", "B4"]
        assert beside["ONS name"].str[-2:].tolist() == ["A2", "B2", "A3", "B3", "B4", "A4"]
        assert "6 neighbourhoods touch the list and are not on it; 9,500 people live there (not counting" in words(at)
        assert at.table[0].value["Neighbourhoods"].tolist() == ["2", "7"]
        assert "about a tenth of the new activity had been displaced" in words(at)

    def test_whom_it_serves(self):
        """Within 500 m help is only at the doors of A1 and B4: 3,000 people; the list of two, A1 and B1, has 2,500."""
        at = opened({"top": "2", "within": "500"}, "box_balance")
        assert "Today: 3,000 people, 25%" in words(at) and "This list: 2,500 people, 21%" in words(at)
        everyone = at.table[0].value.iloc[0].map(as_read)
        assert everyone["People"] == "12,000" and everyone["Today"].startswith("25% (")
        assert "nothing by neighbourhood on other groups" in words(at)

    def test_why_one_is_on_the_list_or_not(self):
        at = visit(TARGETS, top="2", area=A2)
        assert as_read(at.header[0].value) == "Mill Lane (Ayton 001A2)"
        assert "Not on the list: place 3 of 7. A list of 3 would have it." in words(at)
        assert "Need: 3 of the region’s 7 neighbourhoods" in words(at)
        assert "On the list: place 1 of 7." in words(visit(TARGETS, top="2", area=A1))
        assert not visit(TARGETS, area=toytown.AYTON).exception

    def test_how_it_was_worked_out(self):
        said = words(opened({"top": "2", "when": LOW_INCOMES}, "how"))
        for step in ("What goes in", "Who is asked about", "The order and the line", "How sure", "Whom it serves"):
            assert f"**{step}.**" in said
        assert "Saisana, Saltelli and Tarantola" in said and "C = 2 ÷ (n × m)" in said

    def test_the_plan_goes_along_to_the_other_pages(self):
        there = {page: asked for _, page, asked in links(visit(TARGETS, top="3", when=LOW_INCOMES))}
        assert there["siting"] == {"top": "3", "when": LOW_INCOMES}


@pytest.mark.usefixtures("in_toytown")
class TestTakenAway:
    @pytest.fixture
    def offered(self, monkeypatch):
        """What the page offers to download, by the ending of the file."""
        kept = {}

        def button(_label, data, *, file_name, **_rest):
            kept[file_name.rpartition(".")[2]] = data

        monkeypatch.setattr(st, "download_button", button)
        return kept

    def test_the_table_says_what_the_list_says(self):
        at = visit(TARGETS, top="3", table="yes", when=LOW_INCOMES)
        rows = at.dataframe[0].value
        assert rows["Code"].tolist() == [A1, B1, A2] and rows["Need (0 to 100)"].tolist() == [100.0, 83.3, 66.7]
        assert rows["Conditions met"].tolist()[2] == "“People on low incomes” is at least 20.0%: 30.0%"

    def test_the_files_have_the_reasons_and_how_sure_each_row_is(self, offered):
        visit(TARGETS, top="2", table="yes", when=LOW_INCOMES)
        heads, *rows = csv.reader(io.StringIO(offered["csv"]().decode("utf-8-sig")))
        first = dict(zip(heads, rows[0], strict=True))
        assert first["Code"] == A1 and first["Place"] == "1" and first["Conditions met"].endswith("50.0%")
        assert first["Among the first 2 in (% of draws)"] == "100" and first["Usual place to"] == "1"
        assert rows[1][0] == "2" and rows[2] == []
        assert offered["xlsx"]()[:2] == b"PK" and offered["gpkg"]()[:6] == b"SQLite"
        note = offered["html"]().decode()
        assert "The list has the 2 neighbourhoods" in note and "How sure" in note and "Indices of Deprivation" in note


def test_a_chosen_row_opens_its_neighbourhood(monkeypatch):
    went = []
    monkeypatch.setattr(_link, "go", lambda **changes: went.append(changes))
    for rows in ([1], []):
        monkeypatch.setattr(st, "session_state", {"list": {"selection": {"rows": rows}}})
        _targets_list._opened("list", ["E1", "E2"])
    assert went == [{"area": "E2", "at": "E2", "place": ""}, {"area": "", "at": "", "place": ""}]


@pytest.mark.usefixtures("in_the_region")
class TestInTheRegion:
    @pytest.mark.parametrize("by", ["need", "gap"])
    def test_twenty_by_default(self, by):
        at = opened({"by": by}, "box_sure", "box_neighbours", "box_balance", "conditions", "how")
        assert len(at.dataframe[0].value) == 20
        assert "at least 90% of the draws" in words(at) and "concentration index" in words(at)
        marked = bits(told(at)["marked"], len(_edge.areas("lsoa21")))
        assert sum(marked) == 20

    def test_among_those_of_one_district(self):
        at = opened({"by": "gap", "focus": "Bradford", "among": "view", "top": "5"}, "box_sure", "box_balance")
        assert at.dataframe[0].value["Neighbourhood"].str.contains("Bradford").all()

    def test_a_long_list_is_shown_in_part_and_taken_away_whole(self):
        at = opened({"top": "150", "table": "yes"}, "box_sure")
        table, beside, sure = (frame.value for frame in at.dataframe[:3])
        assert (len(table), len(beside), len(sure)) == (150, 50, 100)
        assert "The first 50 of 150" in words(at) and "The first 100 of 150" in words(at)

    def test_tenths_alone_leave_many_that_tie(self):
        at = visit(TARGETS, index="imd.1")
        assert "tie for the last place and nothing in the question tells them apart. Let more" in words(at)
