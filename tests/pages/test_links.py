"""The link is the state: it brings the view back, and what it asks for in vain is said and left out."""

import pytest

from layers.places import bits as bits_of
from tests import toytown
from tests.pages.visit import MAP, NEIGHBOURHOOD, as_read, heading, link, told, visit, warnings, words

pytestmark = pytest.mark.usefixtures("in_toytown")

WHOLE = {
    "layer": "income-share",
    "level": "msoa21",
    "colours": "here",
    "focus": "Beeton",
    "places": "support",
    "unconfirmed": "yes",
    "opacity": "40",
    "area": "Beeton 001",
    "place": "T7",
    "at": "T7",
    "table": "yes",
}
NOBODYS = [
    ("layer", "happiness"),
    ("level", "street"),
    ("colours", "rainbow"),
    ("year", "1850"),
    ("year", "soon"),
    ("focus", "Atlantis"),
    ("places", "spaceport"),
    ("unconfirmed", "perhaps"),
    ("opacity", "5"),
    ("opacity", "-1"),
    ("area", "E99999999"),
    ("place", "T999"),
    ("place", "T4"),
    ("at", "nowhere at all"),
    ("table", "1"),
    ("layer", toytown.NASTY),
    ("focus", "**Ayton**"),
    ("area", ""),
]


def test_a_link_brings_the_whole_view_back():
    at = visit(**WHOLE)
    assert not at.exception and not at.warning
    paint = told(at)
    assert paint["key"] == "income-share msoa21" and paint["opacity"] == 0.4
    assert paint["focus"] == [1] and paint["selected"] == "Beeton 001"
    assert "tenth of the wider neighbourhoods in Beeton" in paint["unit"]
    assert paint["mark"]["label"] == "Beeton Trust" and paint["places"]["unconfirmed"]
    assert [each.value for each in at.header] == ["Beeton Trust", "Beeton 001"]
    assert at.dataframe[0].value["Neighbourhood"].tolist() == ["Beeton 001"]


def test_every_control_shows_what_the_link_says():
    at = visit(**WHOLE)
    assert at.selectbox(key="choose_layer").value == "income-share"
    assert at.segmented_control(key="choose_group").value == "Deprivation"
    assert at.segmented_control(key="choose_level").value == "msoa21"
    assert at.segmented_control(key="choose_colours").value == "here"
    assert at.multiselect(key="choose_focus").value == ["Beeton"]
    assert at.pills(key="choose_groups").value == ["support"]
    assert at.toggle(key="choose_unconfirmed").value is True
    assert at.slider(key="choose_opacity").value == 40
    assert at.toggle(key="choose_table").value is True


def test_what_is_chosen_makes_the_same_link_again():
    at = visit()
    at.selectbox(key="choose_layer").set_value("income-share").run()
    at.segmented_control(key="choose_level").set_value("msoa21").run()
    at.segmented_control(key="choose_colours").set_value("here").run()
    at.multiselect(key="choose_focus").set_value(["Beeton"]).run()
    at.text_input(key="find").set_value("Beeton Trust").run()
    at.pills(key="choose_groups").set_value(["support"]).run()
    at.toggle(key="choose_unconfirmed").set_value(True).run()
    at.slider(key="choose_opacity").set_value(40).run()
    at.toggle(key="choose_table").set_value(True).run()
    assert not at.exception
    assert link(at) == WHOLE | {"area": toytown.CODE["B4"]}


def test_a_link_says_only_what_differs_from_the_start():
    at = visit()
    at.slider(key="choose_opacity").set_value(40).run()
    at.slider(key="choose_opacity").set_value(85).run()
    assert link(at) == {}


@pytest.mark.parametrize(("name", "text"), NOBODYS)
def test_a_value_that_nobody_knows_is_named_and_left_out(name, text):
    rest = {"layer": "crime", "opacity": "40"}
    at = visit(**rest | {name: text})
    assert not at.exception
    [said] = warnings(at)
    assert (f"“{text}”" if text else "it is empty") in said and "the rest of the link works" in said
    paint = told(at)
    assert paint["key"] == ("imd lsoa21" if name == "layer" else "crime lsoa21")
    assert paint["opacity"] == (0.85 if name == "opacity" else 0.4)


def test_every_unknown_value_is_said_and_the_known_ones_beside_them_stay():
    at = visit(focus="Ayton,Atlantis,Mu", layer="crime", places="library,spaceport")
    assert [said.split("“")[1].split("”")[0] for said in warnings(at)] == ["Atlantis", "Mu", "spaceport"]
    assert told(at)["focus"] == [0] and told(at)["places"]["groups"][0]["kinds"] == bits_of({"library"})
    assert heading(at) == "Crime: Ayton"


def test_a_value_beyond_reading_is_cut_short():
    [said] = warnings(visit(layer="x" * 5000))
    assert len(said) < 200 and "x" * 40 + "..." in said


def test_a_name_that_we_do_not_use_is_nobodys_business():
    at = visit(layer="crime", utm_source="a letter", fbclid="<b>")
    assert not at.exception and not at.warning and told(at)["label"] == "Crime"


def test_a_year_without_figures_falls_back_to_the_newest_and_says_so():
    at = visit(layer="births-per-10k", year="2019")
    assert not at.exception and heading(at).startswith("New businesses per 10,000 people, 2024")
    assert "There is no figure for 2019; showing 2024." in words(at)


def test_a_level_that_the_layer_is_not_drawn_on_gives_the_level_it_is():
    at = visit(layer="deaths", level="msoa21")
    assert not at.exception and told(at)["level"] == "district"


def test_an_unknown_area_on_the_neighbourhood_page_is_said_and_another_can_be_found():
    at = visit(NEIGHBOURHOOD, area="E99999999")
    assert not at.exception and [each.value for each in at.title] == ["Neighbourhood"]
    assert "“E99999999”" in warnings(at)[0]
    at.text_input(key="find").set_value("ZX1 1AB").run()
    assert not at.exception and not at.warning and heading(at) == "Mill Lane"


def test_a_part_of_a_link_is_shown_as_text():
    [warned] = visit(area=toytown.NASTY).warning
    assert "\\<img src=x onerror=alert\\(1\\)\\>" in warned.value and toytown.NASTY in as_read(warned.value)


def test_the_page_of_a_neighbourhood_opens_whatever_layer_the_link_names():
    at = visit(NEIGHBOURHOOD, area=toytown.CODE["A1"], layer="births-per-10k")
    assert not at.exception and heading(at) == "Mill Lane"


@pytest.mark.parametrize("page", [MAP, NEIGHBOURHOOD])
def test_a_postcode_of_nobody_in_a_link_is_said(page):
    at = visit(page, at="LS8 4AA")
    assert any("LS8 4AA" in said for said in warnings(at))


def test_an_area_without_figures_still_opens_beside_the_map():
    at = visit(area=toytown.CODE["A4"])
    assert "High Moor" in words(at)


def test_an_area_without_figures_says_so_on_its_page():
    at = visit(NEIGHBOURHOOD, area=toytown.CODE["A4"])
    assert not at.exception and "High Moor" in words(at)


def test_a_district_on_the_page_of_a_neighbourhood_is_not_a_dead_end():
    at = visit(NEIGHBOURHOOD, area=toytown.AYTON)
    assert "Ayton" in words(at)


def test_a_postcode_alone_opens_its_neighbourhood():
    at = visit(NEIGHBOURHOOD, at="zx11ad")
    assert heading(at) == "High Moor" and "from ZX1 1AD to the postcode" in words(at)


@pytest.mark.parametrize(("area", "start"), [("A1", "ZX1 1AA"), ("A3", "where the people of the neighbourhood live")])
def test_distances_start_at_the_postcode_only_where_it_lies_in_the_area(area, start):
    """Someone who found ZX1 1AA, in A1, and then clicked another area must not read distances from A1."""
    at = visit(NEIGHBOURHOOD, at="ZX1 1AA", area=toytown.CODE[area])
    assert f"Straight lines from {start}" in words(at)


def test_distances_in_a_wider_area_may_start_at_a_postcode_inside_it():
    at = visit(NEIGHBOURHOOD, at="ZX1 1AA", area=toytown.MSOA["A1"])
    assert "Straight lines from ZX1 1AA" in words(at)
