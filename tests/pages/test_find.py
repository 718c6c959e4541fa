"""Finding: a postcode, a name or an organisation, and what is said when there is no such thing."""

import pytest

from tests import toytown
from tests.pages.visit import NEIGHBOURHOOD, as_read, heading, link, told, visit, warnings

pytestmark = pytest.mark.usefixtures("in_toytown")


def find(words, page="map.py"):
    """A page after someone typed these words."""
    at = visit(page)
    at.text_input(key="find").set_value(words).run()
    assert not at.exception
    return at


def choices(at):
    """The matches to choose from, as people read them."""
    return [as_read(button.label) for button in at.button if button.key and button.key.startswith("match-")]


@pytest.mark.parametrize("typed", ["ZX1 1AB", "zx11ab", " zx1  1ab "])
def test_a_postcode_however_typed_is_gone_to_and_marked(typed):
    at = find(typed)
    assert link(at) == {"at": "ZX1 1AB", "area": toytown.CODE["A2"]}
    paint = told(at)
    assert paint["mark"]["label"] == "ZX1 1AB" and paint["view"]["at"] == paint["mark"]["at"]
    assert at.header[0].value == "Mill Lane"


def test_an_organisation_is_gone_to_by_part_of_its_name_and_opened():
    at = find("enterprise cent")
    assert link(at) == {"at": "T1", "place": "T1", "area": toytown.CODE["A1"]}
    assert told(at)["mark"]["label"] == "Ayton Enterprise Centre"
    assert [each.value for each in at.header] == ["Ayton Enterprise Centre", "Mill Lane"]


def test_several_matches_are_offered_and_the_one_chosen_is_gone_to():
    at = find("ayton 002")
    assert choices(at) == [
        "High Moor, Ayton 002 (wider neighbourhood)",
        "High Moor, Ayton 002A3 (neighbourhood)",
        "High Moor, Ayton 002A4 (neighbourhood)",
    ]
    assert link(at) == {}
    at.button(key=f"match-lsoa21-{toytown.CODE['A3']}").click().run()
    assert not at.exception and not choices(at)
    assert link(at) == {"at": toytown.CODE["A3"], "area": toytown.CODE["A3"]}
    assert told(at)["selected"] == toytown.CODE["A3"] and told(at)["view"]["bounds"]


def test_what_was_found_can_be_forgotten():
    at = find("ZX1 1AB")
    [button] = [button for button in at.button if as_read(button.label) == "Forget ZX1 1AB"]
    button.click().run()
    assert not at.exception and "at" not in link(at) and told(at)["mark"] is None
    assert at.text_input(key="find").value == ""


@pytest.mark.parametrize(
    ("typed", "said"),
    [
        ("LS8 4AA", "LS8 4AA is not a postcode in use in the ten districts"),
        ("ls8", "“ls8” is not a whole postcode. Type all of it, such as LS8 4AA."),
        ("ZX1 1A", "“ZX1 1A” is not a whole postcode. Type all of it, such as LS8 4AA."),
        ("LS8 4A4", "“LS8 4A4” is not a whole postcode."),
        ("Brigadoon", "Nothing here is called “Brigadoon”. Try a postcode"),
        ("x", "Type at least 2 letters of a name, or a whole postcode"),
        ("%", "Type at least 2 letters"),
        ("Closed Programme", "Nothing here is called “Closed Programme”"),
        ("Head Office Only", "Nothing here is called “Head Office Only”"),
        ("' OR 1=1 --", "Nothing here is called “' OR 1=1 --”"),
        ("<script>alert(1)</script>", "Nothing here is called “<script>alert(1)</script>”"),
        ("![x](http://example.com/x.png)", "Nothing here is called “![x](http://example.com/x.png)”"),
    ],
)
def test_what_cannot_be_found_is_said_with_what_to_do(typed, said):
    at = find(typed)
    [warned] = warnings(at)
    assert warned.startswith(said)
    assert link(at) == {} and told(at)["mark"] is None and not choices(at)


@pytest.mark.parametrize("typed", ["", "   "])
def test_nothing_typed_is_no_mistake_worth_an_error(typed):
    at = find(typed)
    assert not at.error and link(at) == {} and told(at)["key"] == "imd lsoa21"


def test_a_failed_search_loses_nothing_of_the_view():
    at = visit(layer="crime", focus="Beeton", places="support", opacity="40")
    before = link(at)
    at.text_input(key="find").set_value("Brigadoon").run()
    assert link(at) == before and told(at)["label"] == "Crime"


def test_the_neighbourhood_page_measures_from_the_postcode_found():
    at = find("ZX1 1AB", NEIGHBOURHOOD)
    assert heading(at) == "Mill Lane"
    [measured] = [as_read(each.value) for each in at.caption if "Straight lines" in each.value]
    assert measured.startswith("Straight lines from ZX1 1AB to ")
    nearest = at.table[1].value.iloc[0]
    assert (nearest["Place"], nearest["Distance"]) == ("Ayton Enterprise Centre", "1.0 km")
