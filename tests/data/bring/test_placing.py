"""Where a row says it is, in Toytown: what is taken, what is doubted, and what would put it right."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from data.bring.placing import FAR, Placer, says_where
from data.gazetteer import Gazetteer
from tests.toytown import CODE


@pytest.fixture(scope="module")
def toy_gazetteer(toy):
    return Gazetteer(toy)


@pytest.fixture(scope="module")
def place(toy_gazetteer):
    return Placer(toy_gazetteer).place


@pytest.fixture(scope="module")
def degrees(toy_gazetteer):
    """The middle of A1, in degrees."""
    longitude, latitude = toy_gazetteer.degrees(430_500, 433_500)
    return {"latitude": f"{latitude:.7f}", "longitude": f"{longitude:.7f}"}


MIDDLE = {"place_easting": "430500", "place_northing": "433500"}


@pytest.mark.parametrize(
    ("row", "square"),
    [
        ({"place_postcode": "ZX1 1AA"}, "A1"),
        ({"place_postcode": " zx11aj "}, "B4"),
        (MIDDLE, "A1"),
        (MIDDLE | {"place_postcode": "ZX1 1AA"}, "A1"),
        ({"place_postcode": "ZX1 1AB", "place_easting": "431100", "place_northing": "433500"}, "A2"),
    ],
)
def test_a_postcode_a_point_or_both(place, row, square):
    spot, doubts = place(row)
    assert (spot.lsoa21cd, doubts) == (CODE[square], [])


def test_degrees_and_a_point_that_wins_over_its_postcode(place, degrees):
    assert place(degrees)[0].lsoa21cd == CODE["A1"]
    near = {"place_postcode": "ZX1 1AB", "place_easting": "430600", "place_northing": "433500"}
    assert place(near)[0].easting == 430_600, "900 m from the postcode: the point is the better known"


@pytest.mark.parametrize("row", [{}, {"place_postcode": "  "}, {"organisation_name": "Hub", "latitude": ""}])
def test_a_row_that_says_nothing_of_where_is_nowhere_without_doubt(place, row):
    assert place(row) == (None, [])
    assert list(says_where(row)) == []


@pytest.mark.parametrize(
    ("row", "reason", "fix"),
    [
        ({"place_postcode": "ZX1 IAA"}, "postcode", {"place_postcode": "ZX1 1AA"}),
        ({"place_postcode": "ZX1 I9A"}, "postcode", {}),
        ({"place_postcode": "ZX9 IAA"}, "postcode", {}),
        (MIDDLE | {"place_postcode": "Mill Lane"}, "postcode", {"place_postcode": ""}),
        ({"place_postcode": "ZX1 2AA"}, "postcode_unknown", {}),
        ({"place_postcode": "ZX2 1AA"}, "outside", {}),
        (MIDDLE | {"place_postcode": "ZX2 1AA"}, "outside", {}),
        (MIDDLE | {"place_northing": ""}, "coordinates", {"place_easting": "", "place_northing": ""}),
        (MIDDLE | {"place_northing": "4e5"}, "coordinates", {"place_easting": "", "place_northing": ""}),
        (MIDDLE | {"place_northing": "\u0664\u0663"}, "coordinates", {"place_easting": "", "place_northing": ""}),
        ({"latitude": "53,8", "longitude": "-1.5"}, "coordinates", {"latitude": "", "longitude": ""}),
        (
            {"place_easting": "434900", "place_northing": "431000"},
            "swapped",
            {"place_easting": "431000", "place_northing": "434900"},
        ),
        ({"latitude": "91", "longitude": "0"}, "outside", {}),
        ({"latitude": "999999999", "longitude": "999999999"}, "outside", {}),
    ],
)
def test_what_is_doubtful_by_hand(place, row, reason, fix):
    spot, [doubt] = place(row)
    assert (spot, doubt.reason, doubt.fix, doubt.refuses) == (None, reason, fix, True)


def test_degrees_the_wrong_way_round_are_turned(place, degrees):
    turned = {"latitude": degrees["longitude"], "longitude": degrees["latitude"]}
    spot, [doubt] = place(turned)
    assert (spot, doubt.reason, doubt.fix) == (None, "swapped", degrees)
    assert place(turned | doubt.fix)[0].lsoa21cd == CODE["A1"]


def test_a_postcode_that_is_not_in_use_is_only_told_where_there_is_a_point(place):
    spot, [doubt] = place(MIDDLE | {"place_postcode": "ZX1 2AA"})
    assert (spot.lsoa21cd, doubt.reason, doubt.refuses) == (CODE["A1"], "postcode_unknown", False)


def test_a_point_two_kilometres_from_its_postcode_is_far_apart_and_a_metre_less_is_not(place):
    """ZX1 1AA stands at 430 500, 433 500."""
    row = {"place_postcode": "ZX1 1AA", "place_northing": "433500"}
    assert place(row | {"place_easting": str(430_500 + FAR)})[1] == []
    spot, [doubt] = place(row | {"place_easting": str(430_501 + FAR)})
    assert (spot, doubt.reason) == (None, "far_apart")
    assert place(row | dict(doubt.fix))[0].lsoa21cd == CODE["A1"]


ODD = st.sampled_from(("", "ZX1 1AA", "ZX1 1AJ", "SW1A 1AA", "430500", "433500", "53.8", "-1.5", "1e9", "nan", "-0"))
COLUMNS = ("place_postcode", "place_easting", "place_northing", "latitude", "longitude")


@settings(deadline=None, max_examples=300)
@given(st.dictionaries(st.sampled_from(COLUMNS), ODD | st.text(max_size=9)))
def test_a_row_is_placed_or_doubted_whatever_it_says(place, row):
    """Never both refused and placed; and if it says where, then one of the two."""
    spot, doubts = place(row)
    refused = any(doubt.refuses for doubt in doubts)
    assert not (spot and refused)
    assert bool(spot) or refused or not list(says_where(row))
