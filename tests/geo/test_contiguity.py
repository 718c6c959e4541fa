"""Who is next to whom, on squares ten metres wide."""

import geopandas as gpd
import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from shapely import Polygon, box

from geo.areas import Geography
from geo.contiguity import ContiguityError, around, touching
from geo.crs import BNG, WGS84


def outlines(*shapes, crs=BNG):
    return gpd.GeoSeries(list(shapes), crs=crs)


def square(x, y):
    return box(x, y, x + 10, y + 10)


def lists(neighbours):
    return [linked.tolist() for linked in neighbours]


def test_sides_and_corners_touch():
    """
    2 3
    0 1 4   1 and 3 both have 4: 3 at its corner.
    """
    five = outlines(square(0, 0), square(10, 0), square(0, 10), square(10, 10), square(20, 0))
    assert lists(touching(five)) == [[1, 2, 3], [0, 2, 3, 4], [0, 1, 3], [0, 1, 2, 4], [1, 3]]


def test_a_gap_of_rounding_is_none_and_a_street_is():
    """Two pairs side by side with 2 between them, then 3 and another pair."""
    row = outlines(*(square(x, 0) for x in (0, 10, 22, 32, 45, 55)))
    assert lists(touching(row)) == [[1], [0, 2], [1, 3], [2], [5], [4]]
    assert lists(touching(row, tolerance=0)) == [[1], [0], [3], [2], [5], [4]]
    assert lists(touching(row, tolerance=3)) == [[1], [0, 2], [1, 3], [2, 4], [3, 5], [4]]


def test_an_island_is_joined_both_ways_to_the_nearest():
    """From the island's middle, 100 to the east, the square at 10 is 90 away and the one at 0 is 100."""
    assert lists(touching(outlines(square(0, 0), square(10, 0), square(100, 0)))) == [[1], [0, 2], [1]]


def test_two_islands_that_are_nearest_to_each_other_are_joined_once():
    far_apart = outlines(square(0, 0), square(10, 0), square(500, 0), square(550, 0))
    assert lists(touching(far_apart)) == [[1], [0], [3], [2]]


def test_one_area_has_no_neighbour_and_none_has_nothing():
    assert lists(touching(outlines(square(0, 0)))) == [[]]
    assert touching(outlines()) == ()


@pytest.mark.parametrize(
    ("shapes", "sentence"),
    [
        (outlines(square(0, 0), crs=None), "1 outlines have no known coordinates"),
        (outlines(square(0, 0), square(1, 1), crs=WGS84), "2 outlines have coordinates of WGS 84"),
        (outlines(square(0, 0), None), "1 of 2 areas have no outline, first 1"),
        (outlines(Polygon(), square(0, 0)), "1 of 2 areas have no outline, first 0"),
    ],
)
def test_what_cannot_be_measured_is_refused(shapes, sentence):
    with pytest.raises(ContiguityError, match=sentence):
        touching(shapes)


@given(st.lists(st.tuples(st.integers(0, 8), st.integers(0, 8)), min_size=2, max_size=12, unique=True))
def test_everyone_has_a_neighbour_and_it_goes_both_ways(corners):
    found = touching(outlines(*(square(10 * x, 10 * y) for x, y in corners)))
    pairs = {(i, j) for i, linked in enumerate(found) for j in linked.tolist()}
    assert {i for i, _ in pairs} == set(range(len(corners)))
    assert all((j, i) in pairs and i != j for i, j in pairs)
    kings = {
        (i, j)
        for i, (x, y) in enumerate(corners)
        for j, (u, v) in enumerate(corners)
        if max(abs(x - u), abs(y - v)) == 1
    }
    assert kings <= pairs


def test_the_real_neighbourhoods_all_have_neighbours(held):
    shapes = held.shapes(Geography.LSOA21)
    found = touching(shapes.geometry)
    counts = np.array([len(linked) for linked in found])
    assert len(found) == len(shapes) and counts.min() >= 1
    # An area inside a plane that areas fill has about six neighbours; those at the rim have fewer.
    assert 5.5 < counts.mean() < 6


ROW = tuple(np.array(linked) for linked in ([1], [0, 2], [1, 3], [2, 4], [3]))


def test_around_is_next_to_the_chosen_and_not_among_them():
    assert around([1, 2], ROW).tolist() == [0, 3]
    assert around([4, 0], ROW).tolist() == [1, 3]
    assert around([2, 2], ROW).tolist() == [1, 3]
    assert around(range(5), ROW).tolist() == []
    assert around([], ROW).tolist() == []


@pytest.mark.parametrize(
    ("chosen", "sentence"),
    [
        ([0, 5, -1], "2 of 3 chosen areas are not among the 5, first 5"),
        ([True, False, True, False, False], "by their positions, whole numbers, not by bool values"),
    ],
)
def test_positions_that_are_none_are_refused(chosen, sentence):
    with pytest.raises(ContiguityError, match=sentence):
        around(chosen, ROW)
