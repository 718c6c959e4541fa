"""A pin dropped in Toytown, worked out by hand; and degrees turned into metres, against the grid itself."""

import numpy as np
import pytest
from pyproj import Transformer

from geo.areas import Geography
from geo.crs import BNG, WGS84
from layers.plan.site_pin import dropped, metres_of, outside
from tests import toytown
from tests.layers.plan.test_sites import NAMES, POINTS, ground, named

DEGREES = Transformer.from_crs(BNG, WGS84, always_xy=True)
POOR = np.array([toytown.FIGURES[name][3] if name in toytown.FIGURES else np.nan for name in NAMES])


def pin(square, here, *, help_at=()):
    """A pin in the middle of a square."""
    longitude, latitude = DEGREES.transform(*POINTS[NAMES.index(square)])
    points = POINTS[[NAMES.index(name) for name in help_at]]
    return dropped((latitude, longitude), here, poor=POOR, help_points=points)


def test_says_who_is_newly_within_reach():
    """Help at A1 reaches A1, A2 and A3; a pin at B1 has A2, B1, B2 and B3 within 1,100 m, so the last three are new."""
    found = pin("B1", ground(help_at=["A1"], within=1_100), help_at=["A1"])
    assert named(found.newly) == {"B1", "B2", "B3"}
    assert found.people == 1_500 + 1_500 + 1_000
    assert found.poor == pytest.approx(0.5 * 1_500 + 0.2 * 1_500 + 0.1 * 1_000)
    assert found.within == found.people + 3_000
    assert NAMES[found.near] == "B1"


def test_names_the_nearest_help_from_the_pin_itself():
    found = pin("B1", ground(help_at=["A1", "B4"]), help_at=["A1", "B4"])
    assert found.helped == 1 and found.helped_m == pytest.approx(np.sqrt(2) * 1_000, abs=0.1)
    nothing = pin("B1", ground())
    assert nothing.helped == -1 and nothing.helped_m == np.inf


def test_a_pin_outside_the_region_is_known_but_not_one_within_the_simplification_of_its_outline(toy):
    """Toytown ends at an easting of 434,000: 150 m beyond may be inside, 250 m beyond is not."""
    districts = toy.shapes(Geography.DISTRICT).geometry
    for beyond, out in ((-500, False), (150, False), (250, True)):
        longitude, latitude = DEGREES.transform(434_000 + beyond, 433_500)
        found = dropped((latitude, longitude), ground(), poor=POOR, help_points=np.empty((0, 2)))
        assert outside(found, districts) is out


def test_only_people_who_are_to_be_reached_are_newly_reached():
    of_ayton = np.array([name[0] == "A" for name in NAMES])
    found = pin("B1", ground(served=of_ayton, within=1_100))
    assert named(found.newly) == {"A2"} and found.people == found.within == 3_000


def test_far_away_nobody_is_reached():
    found = dropped((55.9, 3.9), ground(), poor=POOR, help_points=POINTS[:1])
    assert not found.newly.any() and found.people == found.within == 0


def test_degrees_are_turned_into_metres_as_the_grid_has_them(held_places):
    """The 281 places of the built-in pack, as the library behind the map turns them; degrees are kept to a metre."""
    to_metres = Transformer.from_crs(WGS84, BNG, always_xy=True)
    for place in held_places.itertuples():
        assert metres_of((place.lat, place.lon)) == pytest.approx(to_metres.transform(place.lon, place.lat), abs=0.01)
        assert metres_of((place.lat, place.lon)) == pytest.approx((place.easting, place.northing), abs=1.5)
