"""Where things are: postcodes, points and names, in Toytown by hand and in the built-in pack."""

import math

import pytest

from data.gazetteer import Gazetteer, Spot
from geo.areas import Geography
from tests.toytown import AYTON, BEETON, CODE, CORNERS, square


@pytest.fixture(scope="module")
def toy_gazetteer(toy):
    return Gazetteer(toy)


@pytest.fixture(scope="module")
def held_gazetteer(held):
    return Gazetteer(held)


def test_a_postcode_is_where_the_pack_says(toy_gazetteer):
    assert toy_gazetteer.postcode("ZX1 1AA") == Spot(430_500, 433_500, CODE["A1"], "Ayton")
    assert toy_gazetteer.postcode("ZX1 1AJ") == Spot(433_500, 434_500, CODE["B4"], "Beeton")
    assert toy_gazetteer.postcode("ZX1 1ZZ") is None
    assert toy_gazetteer.postcode("zx11aa") is None, "a postcode is put in its form before it is asked for"


def test_the_first_half_of_a_postcode_tells_whether_it_may_be_ours(toy_gazetteer):
    assert toy_gazetteer.has_outward("ZX1")
    assert not toy_gazetteer.has_outward("ZX") and not toy_gazetteer.has_outward("ZX11")


@pytest.mark.parametrize("name", CORNERS)
def test_the_middle_of_each_square_is_in_it(toy_gazetteer, name):
    spot = square(name).centroid
    district = "Ayton" if name[0] == "A" else "Beeton"
    assert toy_gazetteer.point(spot.x, spot.y) == Spot(int(spot.x), int(spot.y), CODE[name], district)


@pytest.mark.parametrize(
    ("easting", "northing", "name"),
    [(430_900, 433_500, "A1"), (431_100, 433_500, "A2"), (433_900, 434_900, "B4"), (429_800, 433_500, "A1")],
)
def test_a_point_is_where_its_nearest_postcodes_are(toy_gazetteer, easting, northing, name):
    """The last is 200 m outside the outline, which is simplified; 300 m are allowed for that."""
    assert toy_gazetteer.point(easting, northing).lsoa21cd == CODE[name]


def test_metres_of_a_point_are_whole(toy_gazetteer):
    spot = toy_gazetteer.point(430_500.4, 433_499.6)
    assert (spot.easting, spot.northing) == (430_500, 433_500)


@pytest.mark.parametrize(
    ("easting", "northing"),
    [(429_600, 433_500), (433_500, 430_500), (0, 0), (-1e12, 1e12), (math.inf, 0), (math.nan, math.nan)],
)
def test_a_point_outside_the_region_is_nowhere(toy_gazetteer, easting, northing):
    assert toy_gazetteer.point(easting, northing) is None


def test_a_point_the_other_way_round_is_nowhere(toy_gazetteer):
    assert toy_gazetteer.point(433_500, 430_500) is None
    longitude, latitude = toy_gazetteer.degrees(430_500, 433_500)
    assert toy_gazetteer.point(*toy_gazetteer.metres(latitude, longitude)) is None


def test_degrees_and_metres_undo_each_other(toy_gazetteer):
    longitude, latitude = toy_gazetteer.degrees(430_500, 433_500)
    assert (round(longitude, 1), round(latitude, 1)) == (-1.5, 53.8)
    assert toy_gazetteer.metres(longitude, latitude) == pytest.approx((430_500, 433_500), abs=0.01)


@pytest.mark.parametrize(("longitude", "latitude"), [(0, 91), (400, 0), (-1.5, 1e9), (math.inf, math.inf)])
def test_degrees_that_are_nowhere_on_earth_are_in_no_region(toy_gazetteer, longitude, latitude):
    assert toy_gazetteer.point(*toy_gazetteer.metres(longitude, latitude)) is None


def test_the_nearest_postcode_and_how_far_it_is(toy_gazetteer):
    assert toy_gazetteer.nearest_postcode(430_500, 433_600) == ("ZX1 1AA", 100.0)
    assert toy_gazetteer.nearest_postcode(440_000, 434_500) == ("ZX1 1AJ", 6_500.0)


@pytest.mark.parametrize(
    ("words", "code"),
    [
        ("Ayton", AYTON),
        ("  beeton ", BEETON),
        ("e08000001", AYTON),
        ("Mill Lane", "E02000001"),
        ("mill   lane", "E02000001"),
        ("Ayton 002", "E02000002"),
        ("Ayton 001A1", CODE["A1"]),
        (CODE["B4"], CODE["B4"]),
        ("Beeton 001", "Beeton 001"),
        ("Whole region", "region"),
        ("Leeds City Region", "region"),
        ("Ayto", None),
        ("", None),
        ("None", None),
        ("nan", None),
    ],
)
def test_areas_go_by_name_or_code_in_any_case(toy_gazetteer, words, code):
    assert toy_gazetteer.area(words) == code


def test_areas_that_are_not_ours_are_told_in_order(toy_gazetteer):
    assert toy_gazetteer.unknown_areas(["Ayton", "York", "region", "Hull"]) == ["York", "Hull"]


def test_signs_that_look_alike_find_the_one_postcode_that_was_meant(held_gazetteer):
    assert held_gazetteer.postcode("LS8 4AA") is not None
    assert held_gazetteer.likely("L58 4AA") == "LS8 4AA", "5 for S"
    assert held_gazetteer.likely("LSB 4AA") == "LS8 4AA", "B for 8"
    assert held_gazetteer.likely("B01 1HY") is None
    assert held_gazetteer.likely("8D1 1HY") == "BD1 1HY", "8 for B"
    assert held_gazetteer.likely("SW1A 1AA") is None


def test_signs_that_look_alike_are_not_guessed_between_two(held_gazetteer, monkeypatch):
    spot = held_gazetteer.postcode("LS8 4AA")
    monkeypatch.setattr(held_gazetteer, "_spots", {"LS8 4AA": spot, "L58 4AA": spot})
    assert held_gazetteer.likely("LSB 4AA") is None


def test_a_postcode_of_the_pack_is_not_mistaken_for_another(held, held_gazetteer):
    assert all(held_gazetteer.likely(postcode) == postcode for postcode in held.ask("postcodes")["postcode"][::501])


def test_every_postcode_of_the_pack_is_in_the_region_it_says(held, held_gazetteer):
    """A point at a postcode is in the postcode's own neighbourhood, but where several meet."""
    rows = held.ask("postcodes").iloc[::997]
    same = [held_gazetteer.point(row.easting, row.northing).lsoa21cd == row.lsoa21cd for row in rows.itertuples()]
    assert len(same) > 50 and sum(same) / len(same) > 0.97


def test_the_pack_s_own_names_mean_its_areas(held, held_gazetteer):
    districts = held.shapes(Geography.DISTRICT)
    assert [held_gazetteer.area(name) for name in districts["name"]] == districts["code"].tolist()
    for geography in Geography:
        codes = held.shapes(geography)["code"]
        assert [held_gazetteer.area(code) for code in codes] == codes.tolist()
    assert held_gazetteer.area("nan") is None and held_gazetteer.area("none") is None


@pytest.mark.parametrize(
    ("longitude", "latitude", "district"),
    [(-1.5491, 53.7997, "Leeds"), (-1.0815, 53.9591, "York"), (-1.4701, 53.3811, None), (-2.2426, 53.4808, None)],
    ids=["Leeds Town Hall", "York", "Sheffield", "Manchester"],
)
def test_well_known_points(held_gazetteer, longitude, latitude, district):
    spot = held_gazetteer.point(*held_gazetteer.metres(longitude, latitude))
    assert (spot and spot.district) == district
