"""Where to put help, in Toytown: the best sites, the reader's own, a pin and a list of one's own, by hand.

Help counts at A1 (an enterprise centre) and B4 (the trust). Within 1.4 km along the way, 1.3 times the straight line,
are a square itself and those that share a side with it. So A1 reaches A1, A2 and A3 (6,000 people), and B4 reaches B2,
B3 and B4 (4,500): of 12,000 people only the 1,500 of B1 lack help.
"""

import io

import pandas as pd
import pytest
import streamlit as st
from pyproj import Transformer

from geo.crs import BNG, WGS84
from pages import _edge, _siting_map
from tests import toytown
from tests.pages.desk import buttons, errors, press
from tests.pages.visit import heading, link, told, visit, warnings, words
from tests.told import bits
from tests.toytown import CODE

pytestmark = pytest.mark.usefixtures("in_toytown", "own_register")

SITING = "siting.py"
NEAR = {"within": "1400"}
COLLEGE = NEAR | {"candidates": "fe_college,library"}
"""The library stands at A1 and adds nobody; the college at B3 adds B1."""


def go(**parts):
    at = visit(SITING, **NEAR | parts)
    assert not at.exception, at.exception[0].message
    return at


def marked(at):
    """The neighbourhoods outlined, by square."""
    text = told(at).get("marked", "")
    return {name for name, flag in zip(CODE, bits(text, 8), strict=True) if flag} if text else set()


def sites_on(at):
    return [(site["kind"], site["label"]) for site in told(at).get("sites", [])]


def degrees(square):
    """Latitude and longitude of the middle of a square, as the link has them."""
    middle = toytown.square(square).centroid
    longitude, latitude = Transformer.from_crs(BNG, WGS84, always_xy=True).transform(middle.x, middle.y)
    return f"{latitude:.5f},{longitude:.5f}"


class TestTheBest:
    def test_says_who_has_help_today_and_whom_the_best_site_adds(self):
        at = go(**COLLEGE, sites="1")
        assert heading(at) == "Where to put help: the Leeds City Region"
        said = words(at)
        assert "Today 10,500 (88%) of 12,000 people in the Leeds City Region have help that counts within" in said
        assert "The best site is Beeton College. It brings 1,500 people more within reach, so that 100%" in said
        assert "Proven: no other choice does better. It was sought among 2 places." in said
        assert "1 neighbourhood is newly within reach, with 1,500 people; 1,500 (100%) of them live" in said
        assert "No further place to choose from would newly bring anyone within reach." in said

    def test_shows_it_on_the_map(self):
        at = go(**COLLEGE, sites="1")
        assert sites_on(at) == [("chosen", "Beeton College")]
        assert marked(at) == {"B1"}
        assert told(at)["label"] == "Need"

    def test_for_the_shortest_way(self):
        at = go(**COLLEGE, sites="1", goal="median")
        # B1 comes from root 2 km to 1 km, B3 from 1 km to none: 2,500 + 2,121 + 5,000 before, 1,500 less 1,621 after.
        assert "The best site is Beeton College. The average way to the nearest would be" in words(at)

    def test_for_the_fewest_places(self):
        assert "1 further site is the fewest that bring at least 95%" in words(go(**COLLEGE, goal="fewest", share="95"))
        assert "No further site is needed: 88% of people" in words(go(**COLLEGE, goal="fewest", share="80"))

    def test_as_if_there_were_no_help(self):
        at = go(**COLLEGE, sites="1", counting="no")
        # From A1 the library reaches 6,000; from B3 the college reaches B1, B3, B4 and A4: 4,500.
        assert "What is there today is not counted: all 12,000 people" in words(at)
        assert marked(at) == {"A1", "A2", "A3"}

    def test_for_the_neighbourhoods_of_the_list(self):
        at = go(**COLLEGE, sites="1", serve="list", top="2")
        assert "people of the neighbourhoods chosen under “Which first”" in words(at)

    def test_with_people_in_more_need_counting_more(self):
        assert "with people weighed by need" in words(go(**COLLEGE, sites="1", weigh="need"))

    def test_in_one_district(self):
        at = go(sites="1", focus="Ayton", candidates="library")
        assert "5,000" not in words(at) and "6,000 (100%) of 6,000 people in Ayton" in words(at)


class TestNoAnswer:
    def told_why(self, **parts):
        """The one warning of a page of which all the rest works."""
        at = go(**parts)
        [why] = warnings(at)
        assert told(at)["label"] == "Need" and "Today" in words(at)
        return why

    def test_no_candidates(self):
        assert "There is no place to choose from." in self.told_why(candidates="")

    def test_more_sites_than_candidates(self):
        assert "2 may be chosen" in self.told_why(**COLLEGE, sites="9")

    def test_a_place_that_must_and_must_not(self):
        assert "must" in self.told_why(**COLLEGE, sites="1", must="T8", never="T8")

    def test_caps_too_tight(self):
        assert "cap" in self.told_why(candidates="fe_college,community_anchor_org", sites="2", cap="1")

    def test_nothing_left_to_cover(self):
        assert "Nothing is left to cover" in self.told_why(**COLLEGE | {"within": "20000"}, sites="1")

    def test_no_place_helps(self):
        assert "None of these places would newly bring anyone" in self.told_why(candidates="library", sites="1")

    def test_nobody_to_serve(self):
        at = go(**COLLEGE, serve="list", when="crime~from~99")
        assert "There is nobody to reach" in warnings(at)[-1]

    def test_a_share_that_cannot_be_had(self):
        assert self.told_why(candidates="library", goal="fewest", share="95")


class TestOwnChoice:
    def test_stands_beside_the_best(self):
        at = go(**COLLEGE, sites="1", own="T2")
        assert "Your own site brings 0 people more within reach, so that 88% of all are." in words(at)
        assert sites_on(at) == [("chosen", "Beeton College"), ("own", toytown.NASTY)]
        said = words(at)
        assert "| Today | 10,500 | 88% | " in said
        assert "| The best 1 | 12,000 | 100% | " in said and "| My own 1 | 10,500 | 88% | " in said

    def test_may_begin_with_the_best(self):
        at = press(go(**COLLEGE, sites="1"), "Begin my own choice with these")
        assert link(at)["own"] == "T8"

    def test_may_be_held_against_as_many(self):
        at = press(go(**COLLEGE, sites="1", own="T2,T8"), "Compare with the best 2")
        assert link(at)["sites"] == "2"

    def test_a_place_that_is_open_can_be_named(self):
        at = go(**COLLEGE, sites="1", place="T2", never="T2")
        press(at, "Must be one")
        assert link(at)["must"] == "T2" and "never" not in link(at)
        assert "<img src=x onerror=alert(1)> must be among the sites." in words(at)

    def test_what_is_not_among_the_places_is_said(self):
        at = go(**COLLEGE, sites="1", own="T7")
        assert "Beeton Trust is not among the places to choose from here" in words(at)

    def test_the_conditions_open_and_reach_the_link(self):
        at = go(**COLLEGE, sites="1")
        at.session_state["site_rules"] = True
        at.run()
        at.multiselect(key="choose_must").set_value(["T2"]).run()
        assert link(at)["must"] == "T2"


class TestPin:
    def test_says_at_once_who_is_newly_reached(self):
        at = go(**COLLEGE, sites="1", pin=degrees("B2"))
        # B1 lies a straight kilometre from the middle of B2.
        said = words(at)
        assert "Your pin, near Beeton 001 (Beeton 001B2)" in said
        assert "Help here would bring 1,500 people in 1 neighbourhood within reach (1.4 km along the way)" in said
        assert "about 750 of them on low incomes" in said
        assert "The nearest help that counts today is Beeton Trust, about 1.3 km along the way" in said
        assert ("pin", "Your pin") in sites_on(at) and marked(at) == {"B1"}

    def test_the_switch_says_what_to_do_and_the_pin_can_be_taken_away(self):
        at = go(**COLLEGE, sites="1")
        at.toggle(key="dropping_a_pin").set_value(True).run()
        assert "Click anywhere on the map" in words(at)
        at = press(go(**COLLEGE, sites="1", pin=degrees("B2")), "Take the pin away")
        assert "pin" not in link(at)

    @pytest.mark.parametrize(
        ("dropping", "changes"),
        [
            (True, {"pin": "53.80000,-1.54321"}),
            (False, {"area": CODE["A1"], "place": ""}),
        ],
    )
    def test_a_click_drops_the_pin_or_opens_what_was_clicked(self, monkeypatch, dropping, changes):
        event = {
            "last_object_clicked": {"lat": 53.8, "lng": -1.543211},
            "last_active_drawing": {"properties": {"kind": "area", "code": CODE["A1"], "at": 1}},
        }
        gone = {}
        monkeypatch.setattr(st, "session_state", {"dropping_a_pin": dropping})
        monkeypatch.setattr(_siting_map._link, "go", lambda **asked: gone.update(asked))
        _siting_map._clicked(event)
        assert gone == changes

    def test_works_where_there_is_no_best(self):
        at = go(candidates="", pin=degrees("B2"))
        assert "Help here would bring 1,500 people" in words(at)

    def test_a_pin_that_is_none_is_said(self):
        assert "point on the map" in warnings(go(pin="somewhere"))[0]


class TestTablesAndFiles:
    def test_the_tables_say_what_the_map_says(self):
        at = go(**COLLEGE, sites="1", table="yes")
        sites, areas = (frame.value for frame in at.dataframe)
        assert sites["Site"].tolist() == ["Beeton College"] and sites["People newly reached"].tolist() == [1_500]
        assert areas["Code"].tolist() == [CODE["B1"]] and areas["Nearest then"].tolist() == ["Beeton College"]

    def test_go_out_as_files_that_say_the_same(self, monkeypatch):
        made = {}

        def button(_label, data, *, file_name, **_rest):
            made[file_name.partition("-")[2].partition("-")[0], file_name.rpartition(".")[2]] = data

        monkeypatch.setattr(st, "download_button", button)
        go(**COLLEGE, sites="1", table="yes", own="T2")
        # AppTest runs in a thread of its own whose patches are ours: what was offered is made here.
        sites = pd.read_csv(io.BytesIO(made["sites", "csv"]()), nrows=2)
        assert sites["Choice"].tolist() == ["The best", "My own"]
        assert sites["Site"].tolist() == ["Beeton College", toytown.NASTY]
        about = pd.read_excel(io.BytesIO(made["sites", "xlsx"]()), sheet_name="About", header=None, engine="calamine")
        assert "HiGHS" in " ".join(about[0])
        note = made["siting", "html"]().decode()
        assert "Beeton College" in note and "HiGHS" in note and CODE["B1"] in note and toytown.NASTY not in note
        assert {ending for page, ending in made if page == "siting"} == {"csv", "xlsx", "gpkg", "html"}

    def test_no_site_means_no_table(self):
        at = go(candidates="", table="yes")
        assert "No site is chosen, so there is no table." in words(at)

    def test_how_it_was_worked_out(self):
        at = go(**COLLEGE, sites="1")
        at.session_state["how"] = True
        at.run()
        said = words(at)
        assert "HiGHS" in said and "straight line" in said and "Church and ReVelle 1974" in said

    def test_a_neighbourhood_that_is_open_says_what_would_change(self):
        at = go(**COLLEGE, sites="1", area=CODE["B1"])
        assert "With the best sites: Beeton College, 1.3 km, newly within reach." in words(at)


class TestAListOfOnesOwn:
    HALLS = "Venue,Postcode,Hire cost\nBeck Rooms,ZX1 1AF,£100\nMill Hall,ZX1 1AA,£20\nPalace,SW1A 1AA,£1\n"
    """Beck Rooms in B1 adds its 1,500 people, Mill Hall in A1 nobody; and one is far away."""

    def bring(self, content=HALLS, **parts):
        at = go(mine="yes", sites="1", **parts)
        at.file_uploader[0].set_value(("halls.csv", content.encode(), "text/csv")).run()
        assert not at.exception, at.exception[0].message
        return at

    def test_is_asked_for_and_it_is_said_that_it_is_not_kept(self):
        at = go(mine="yes")
        assert "never written to the register" in words(at)
        assert "Bring a list above" in words(at)
        assert not warnings(at)

    def test_is_what_sites_are_chosen_among(self):
        before = _edge.register().version
        at = self.bring()
        said = words(at)
        assert "“halls.csv”: 2 places to choose from, kept only for this visit." in said
        assert "Row 4, Palace: SW1A 1AA is not in the ten districts that Foothold covers." in said
        assert "The best site is Beck Rooms. It brings 1,500 people more within reach" in said
        assert sites_on(at) == [("chosen", "Beck Rooms")]
        assert _edge.register().version == before
        assert "Beck" not in str(link(at))

    def test_has_a_must_a_budget_and_an_own_choice_for_this_visit(self):
        at = self.bring()
        at.session_state["site_rules"] = True
        at.run()
        at.multiselect(key="site_own").set_value(["row-3"]).run()
        assert "Your own site brings 0 people more" in words(at)
        at.number_input(key="site_budget_box").set_value(50).run()
        said = words(at)
        assert "Together at most £50, and as many as that pays for; a place that says no cost is left out." in said
        assert "None of these places would newly bring anyone" in said  # £50 pays for Mill Hall only
        at.number_input(key="site_budget_box").set_value(5).run()
        assert "budget" in warnings(at)[0]
        at.number_input(key="site_budget_box").set_value(120).run()
        at.toggle(key="site_so_many").set_value(True).run()
        assert "Together at most £120; a place" in words(at) and "The best site is Beck Rooms." in words(at)
        at.number_input(key="site_budget_box").set_value(0).run()
        at.multiselect(key="site_must").set_value(["row-3"]).run()
        assert "Mill Hall must be among the sites." in words(at)
        assert not {"own", "must", "row-3"} & {*link(at), *link(at).values()}

    def test_a_place_without_a_cost_is_left_out_of_a_budget(self):
        at = self.bring("name,postcode,cost\nBeck Rooms,ZX1 1AF,\nMill Hall,ZX1 1AA,20\nHigh Hall,ZX1 1AD,30\n")
        assert "The best site is Beck Rooms." in words(at)
        at.session_state["site_rules"] = True
        at.run()
        at.number_input(key="site_budget_box").set_value(40).run()
        assert "Beck Rooms" not in str(sites_on(at))

    def test_can_be_forgotten(self):
        at = press(self.bring(), "Forget this list")
        assert "Bring a list above" in words(at) and at.file_uploader

    @pytest.mark.parametrize("content", ["", "name,rooms\nHall,3\n", "name,postcode\nPalace,SW1A 1AA\n"])
    def test_that_cannot_be_used_is_said_in_a_sentence(self, content):
        at = self.bring(content)
        assert len(errors(at)) == 1 and at.file_uploader
        assert "Forget this list" not in buttons(at)
