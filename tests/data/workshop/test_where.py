"""Where people point, in squares of a hundred metres."""

import math
import threading
import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from data.workshop.live import GRID
from tests import toytown
from tests.workshop import INSIDE, whereabouts


def test_a_pin_is_kept_in_the_middle_of_its_square_and_with_its_neighbourhoods(toy, pointing):
    place = pointing.pin(*INSIDE, "by the school")
    easting, northing = whereabouts(toy)._gazetteer.metres(place.at[1], place.at[0])
    assert (place.area, place.lsoa21cd, place.note) == ("E02000001", toytown.CODE["A1"], "by the school")
    assert (easting % GRID, northing % GRID) == pytest.approx((GRID / 2, GRID / 2), abs=1)
    assert place.at == tuple(round(each, 5) for each in place.at)


def test_doors_of_one_square_cannot_be_told_apart_and_the_next_square_can(toy, pointing):
    gazetteer = whereabouts(toy)._gazetteer
    ats = {
        (e, n): pointing.pin(*reversed(gazetteer.degrees(e, n))).at
        for e, n in ((430_501, 433_501), (430_598, 433_502), (430_550, 433_597), (430_601, 433_550))
    }
    first, second, third, other = ats.values()
    assert first == second == third != other


@given(st.floats(430_001, 433_999), st.floats(433_001, 434_999))
def test_every_point_of_the_region_is_moved_less_than_its_square_is_wide_and_only_once(pointing, easting, northing):
    gazetteer = pointing._gazetteer
    longitude, latitude = gazetteer.degrees(easting, northing)
    place = pointing.pin(latitude, longitude)
    moved = gazetteer.metres(place.at[1], place.at[0])
    assert math.dist(moved, (easting, northing)) <= GRID / math.sqrt(2) + 2
    assert pointing.pin(*place.at).at == place.at
    assert place.area == dict(zip(toytown.CODE.values(), toytown.MSOA.values(), strict=True))[place.lsoa21cd]


@pytest.mark.parametrize("at", [(51.5, -0.1), (90.0, 0.0), (-90.0, 180.0), (0.0, 0.0), (180.0, 180.0)])
def test_outside_the_region_is_no_place(pointing, at):
    assert pointing.pin(*at) is None


def test_an_area_is_one_of_the_wider_neighbourhoods_and_nothing_else(pointing):
    place = pointing.area("E02000002", "near the moor")
    assert (place.area, place.lsoa21cd, place.at, place.note) == ("E02000002", "", None, "near the moor")
    assert [pointing.area(code) for code in ("E01000001", "E02999999", "", toytown.AYTON)] == [None] * 4


def test_who_points_from_a_new_thread_does_not_wait_for_the_projection_to_be_made_again(toy):
    """In a thread that has not done so before, turning degrees into metres takes twenty times as long."""
    pointing = whereabouts(toy)
    pointing.pin(*INSIDE)
    took = []

    def point():
        began = time.thread_time()
        pointing.pin(*INSIDE)
        took.append(time.thread_time() - began)

    for _ in range(5):
        thread = threading.Thread(target=point)
        thread.start()
        thread.join()
    assert min(took) < 0.01  # of the thread's own time: whatever else the machine does makes no difference
