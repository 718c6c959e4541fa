"""Finding a place by what people call it."""

import pytest

from layers.find import NotFoundError, find
from layers.look import door_of, look_at, name_of
from tests.toytown import AYTON, CODE, NASTY


@pytest.mark.parametrize("typed", ["ZX1 1AB", "zx11ab", "  zx1  1ab "])
def test_a_postcode_however_it_is_typed(toy, typed, toy_places):
    [found] = find(toy, toy_places, typed)
    assert (found.kind, found.code, found.name) == ("postcode", CODE["A2"], "ZX1 1AB")


@pytest.mark.parametrize(
    ("typed", "said"),
    [
        ("ZX9 9ZZ", "ZX9 9ZZ is not a postcode in use in the ten districts"),
        ("LS8 4", "is not a whole postcode"),
        ("LS8 4A", "is not a whole postcode"),
        ("x", "at least 2 letters"),
        ("", "at least 2 letters"),
        ("A" * 10_000, "Nothing here is called “A{80}”"),
        ("Atlantis", "Nothing here is called “Atlantis”"),
    ],
)
def test_what_is_not_found_says_what_to_do(toy, typed, said, toy_places):
    with pytest.raises(NotFoundError, match=said):
        find(toy, toy_places, typed)


def test_areas_by_local_name_official_name_and_code(toy, toy_places):
    assert find(toy, toy_places, "mill lane")[0].code == "E02000001"
    assert [found.code for found in find(toy, toy_places, "E01000003")] == [CODE["A3"]]
    assert find(toy, toy_places, "ayton")[0].kind == "district"


def test_the_name_itself_comes_before_names_that_hold_it(toy, toy_places):
    assert [found.name for found in find(toy, toy_places, "beeton")][0] == "Beeton"
    assert {found.kind for found in find(toy, toy_places, "beeton")} >= {"district", "msoa21", "place"}


def test_organisations_that_may_be_drawn_are_found_and_no_others(toy, toy_places):
    assert find(toy, toy_places, "enterprise centre")[0].code == "T1"
    assert find(toy, toy_places, "<img")[0].name == NASTY
    for hidden in ("Closed Programme", "Head Office Only"):
        with pytest.raises(NotFoundError):
            find(toy, toy_places, hidden)


def test_the_map_goes_to_a_postcode_and_pins_it(toy, toy_places):
    look, mark = look_at(toy, toy_places, "ZX1 1AA", ())
    assert look.at == mark.at == pytest.approx((53.795, -1.538), abs=0.01)
    assert mark.label == "ZX1 1AA"


def test_the_map_goes_to_a_place_and_names_it(toy, toy_places):
    look, mark = look_at(toy, toy_places, "T2", ())
    assert mark.label == NASTY and look.key == "at T2"


def test_the_map_goes_to_an_area_or_else_to_the_districts_in_focus(toy, toy_places):
    places = toy_places
    [[south, west], [north, east]] = look_at(toy, places, CODE["A1"], ())[0].bounds
    assert north - south == pytest.approx(0.009, abs=0.001) and east - west == pytest.approx(0.015, abs=0.001)
    everywhere, ayton = look_at(toy, places, "", ())[0], look_at(toy, places, "", ("Ayton",))[0]
    assert everywhere.bounds[1][1] > ayton.bounds[1][1]
    assert everywhere.key != ayton.key


def test_names_of_what_was_looked_for(toy, toy_places):
    places = toy_places
    assert name_of(toy, places, "T1") == "Ayton Enterprise Centre"
    assert name_of(toy, places, CODE["A1"]) == "Mill Lane"
    assert name_of(toy, places, AYTON) == "Ayton"
    assert name_of(toy, places, "ZX1 1AA") == "ZX1 1AA"
    assert door_of(toy, "ZX9 9ZZ") is None and door_of(toy, "Ayton") is None
    assert door_of(toy, "zx11aa").lsoa21cd == CODE["A1"]
