"""The register's pages show what their links ask for, make the same links again, and are not hurt by odd ones."""

import pytest

from tests import toytown
from tests.pages.desk import CHANGES, GRID, REGISTER, TO_DO, at_desk, buttons, choose_row, links, press
from tests.pages.visit import as_read, link, visit, words

pytestmark = pytest.mark.usefixtures("in_toytown")

AYTON = ["<img src=x onerror=alert(1)>", "Ayton Enterprise Centre", "Closed Programme", "Old Jobcentre"]
BEETON = ["Beeton College", "Beeton Trust", "Head Office Only", "Hearsay Hub", "Somewhere in Beeton"]
EVERYONE = sorted(AYTON + BEETON, key=str.lower)


def listed(at):
    """The names listed, in order."""
    return at.dataframe[0].value["Name"].tolist() if at.dataframe else []


@pytest.mark.parametrize(
    ("asked", "names"),
    [
        ({}, EVERYONE),
        ({"find": "hub"}, ["Hearsay Hub"]),
        ({"find": "HUB hearsay"}, ["Hearsay Hub"]),
        ({"find": "T7"}, ["Beeton Trust"]),
        ({"kinds": "library"}, ["<img src=x onerror=alert(1)>"]),
        ({"kinds": "mentoring|fe_college"}, ["Beeton College", "Head Office Only"]),
        ({"districts": "Beeton"}, BEETON),
        ({"districts": "Ayton|Beeton"}, EVERYONE),
        ({"standings": "ended"}, ["Closed Programme"]),
        ({"standings": "unknown|ended"}, ["Closed Programme", "Old Jobcentre"]),
        ({"costs": "unknown", "districts": "Ayton"}, ["Ayton Enterprise Centre", "Closed Programme", "Old Jobcentre"]),
        ({"find": "beeton", "kinds": "library"}, []),
        ({"stages": "growth"}, []),
        ({"languages": "ur"}, []),
    ],
)
def test_the_list_is_what_the_link_asks_for(asked, names):
    at = visit(REGISTER, **asked)
    assert not at.exception
    assert listed(at) == names


def test_what_begins_with_the_words_comes_first_and_their_district_counts():
    assert listed(visit(REGISTER, find="ayton")) == [AYTON[1], AYTON[0], *AYTON[2:]]


def test_the_list_says_how_many_there_are():
    assert "9 organisations in the register" in words(visit(REGISTER))
    assert "5 organisations" in words(visit(REGISTER, districts="Beeton"))
    assert "in the register\n" not in words(visit(REGISTER, districts="Beeton"))


def test_a_row_says_what_it_is_where_and_how_it_stands():
    row = visit(REGISTER, find="T7").dataframe[0].value.iloc[0]
    assert row["What it is"] == "Help for charities and community groups and Community anchor organisation"
    assert (row["District"], row["Postcode"], row["Standing"]) == ("Beeton", "ZX1 1AA", "Open")


def test_every_filter_shows_what_the_link_says():
    asked = {"find": "hub", "kinds": "library|mentoring", "districts": "Ayton", "stages": "growth", "costs": "free"}
    at = visit(REGISTER, **asked, languages="ur|pl", standings="active")
    assert at.text_input(key="query_find").value == "hub"
    held = {name: at.multiselect(key=f"query_{name}").value for name in ("kinds", "districts", "stages", "costs")}
    assert held == {"kinds": ["mentoring", "library"], "districts": ["Ayton"], "stages": ["growth"], "costs": ["free"]}
    assert at.multiselect(key="query_languages").value == ["ur", "pl"]
    assert at.multiselect(key="query_standings").value == ["active"]


def test_what_is_chosen_makes_the_link():
    at = visit(REGISTER)
    at.text_input(key="query_find").set_value("beeton").run()
    at.multiselect(key="query_kinds").set_value(["fe_college", "coworking"]).run()
    assert link(at) == {"find": "beeton", "kinds": "fe_college|coworking"}
    assert listed(at) == ["Beeton College", "Somewhere in Beeton"]
    at.multiselect(key="query_kinds").set_value([]).run()
    assert link(at) == {"find": "beeton"}


def test_choosing_a_row_opens_it_and_the_way_back_is_the_list_as_it_was():
    at = choose_row(visit(REGISTER, districts="Beeton"), 1)
    assert not at.exception
    assert link(at) == {"districts": "Beeton", "organisation": "T7"}
    assert at.header[0].value == "Beeton Trust"
    press(at, "Back to the list")
    assert link(at) == {"districts": "Beeton"} and listed(at) == BEETON


def test_an_organisation_that_there_is_not_is_said_and_harmless():
    at = visit(REGISTER, organisation="T99")
    assert "The register has nothing with the code “T99”. It was removed, or merged with another." in words(at)
    assert buttons(at) == ["Back to the list"]
    nasty = visit(REGISTER, organisation=toytown.NASTY)
    assert not nasty.exception and f"“{toytown.NASTY}”" in words(nasty)


@pytest.mark.parametrize(
    "asked",
    [
        {"kinds": "spaceport"},
        {"kinds": toytown.NASTY},
        {"districts": "Atlantis|"},
        {"stages": "|||"},
        {"costs": "FREE"},
        {"languages": "klingon", "standings": "sitting"},
        {"nobody": "knows"},
    ],
)
def test_what_a_link_asks_for_in_vain_is_left_out(asked):
    at = visit(REGISTER, **asked)
    assert not at.exception and listed(at) == EVERYONE


@pytest.mark.parametrize("words_", ["%", "_", "' OR 1=1 --", "\\", "\x00", "(", "x" * 5_000, "a " * 300, "$words"])
def test_odd_words_find_nothing_and_break_nothing(words_):
    at = visit(REGISTER, find=words_)
    assert not at.exception
    assert "Nothing fits." in words(at) or set(listed(at)) <= set(EVERYONE)


@pytest.mark.parametrize("before", ["", "abc", "-1", "0", "1e9", "²", "9" * 400, toytown.NASTY])
def test_changes_before_any_odd_step_are_none_or_all(before):
    at = visit(CHANGES, before=before)
    assert not at.exception and len([each for each in at.expander if each.label != "For editors"]) <= 1


@pytest.mark.parametrize("what", ["", "everything", toytown.NASTY, "approximate|ending"])
def test_what_to_do_of_an_odd_kind_is_what_is_not_confirmed(what):
    at = visit(TO_DO, what=what)
    assert not at.exception
    assert at.segmented_control(key="query_what").value == ("approximate" if "approx" in what else "unconfirmed")


def test_the_table_edits_what_the_link_asks_for():
    assert at_desk(GRID, find="beeton").data_editor[0].value["id"].tolist() == ["T5", "T6", "T7", "T8", "T9"]


def test_a_misspelt_name_is_guessed_and_opens():
    at = visit(REGISTER, find="Beeton Colege")
    assert "Nothing fits. Did you mean one of these?" in words(at) and "Beeton College" in buttons(at)
    press(at, "Beeton College")
    assert link(at) == {"organisation": "T8"} and at.header[0].value == "Beeton College"


def test_where_nothing_is_like_it_one_may_suggest_it():
    at = visit(REGISTER, find="zzzzqqq")
    assert "it may be a gap in our list, not in what there is" in words(at)
    assert ("Suggest a place", "add", {}) in links(at)


class TestToDo:
    """Nothing in Toytown was ever confirmed; six services say not who can use them; T6 is placed roughly."""

    def test_the_counts_by_hand(self):
        assert [as_read(each) for each in visit(TO_DO).segmented_control(key="query_what").options] == [
            "Not confirmed for twelve months (8)",
            "Does not say who can use it (6)",
            "Placed roughly (1)",
            "Without a place (0)",
            "Ends within a month (0)",
            "No room left (0)",
        ]

    def test_a_reason_is_in_the_link_and_its_rows_open(self):
        at = visit(TO_DO)
        at.segmented_control(key="query_what").set_value("approximate").run()
        assert link(at) == {"what": "approximate"}
        assert at.dataframe[0].value["Organisation"].tolist() == ["Somewhere in Beeton"]
        choose_row(at, 0)
        assert ("Open Somewhere in Beeton", "register", {"organisation": "T6"}) in links(at)

    def test_where_there_is_nothing_it_says_so(self):
        assert "Nothing. Well kept!" in words(visit(TO_DO, what="full"))
