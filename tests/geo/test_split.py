import pytest
import shapely
from hypothesis import given
from hypothesis import strategies as st
from shapely import MultiPolygon, Point, Polygon, box

from geo.split import SplitError, divide_by_nearest, nearest_point, share_vertices

SQUARE = box(0, 0, 100, 100)
inside = st.tuples(st.integers(1, 99), st.integers(1, 99)).map(lambda at: Point(at))
several = st.lists(inside, min_size=2, max_size=5, unique_by=lambda p: (p.x, p.y))


def test_two_points_halve_a_square_between_them():
    west, east = divide_by_nearest(SQUARE, [Point(20, 50), Point(80, 50)], grid=1)
    assert west.equals(box(0, 0, 50, 100)) and east.equals(box(50, 0, 100, 100))


def test_pieces_come_in_the_order_of_the_points():
    east, west = divide_by_nearest(SQUARE, [Point(80, 50), Point(20, 50)], grid=1)
    assert east.bounds == (50, 0, 100, 100) and west.bounds == (0, 0, 50, 100)


def test_three_points_in_a_row_make_three_strips():
    # halfway between 10 and 30 is 20, between 30 and 90 is 60
    pieces = divide_by_nearest(SQUARE, [Point(10, 50), Point(30, 50), Point(90, 50)], grid=1)
    assert [piece.area for piece in pieces] == [2000, 4000, 4000]


def test_a_piece_may_be_in_two_parts_where_the_parent_bends():
    # A U of two arms: the left point is at the foot, the right one in the middle of the base's far end.
    u_shape = Polygon([(0, 0), (90, 0), (90, 100), (60, 100), (60, 30), (30, 30), (30, 100), (0, 100)])
    low, high = divide_by_nearest(u_shape, [Point(45, 10), Point(15, 90)], grid=1)
    assert isinstance(high, Polygon | MultiPolygon)
    assert low.area + high.area == pytest.approx(u_shape.area)


@given(several)
def test_pieces_cover_the_parent_once_and_share_every_corner(points):
    pieces = divide_by_nearest(SQUARE, points, grid=0.01)
    assert shapely.union_all(pieces).area == pytest.approx(SQUARE.area)
    assert sum(piece.area for piece in pieces) == pytest.approx(SQUARE.area)
    assert shapely.coverage_is_valid(pieces)


@given(several, inside)
def test_a_place_is_in_the_piece_of_its_nearest_point(points, place):
    pieces = divide_by_nearest(SQUARE, points, grid=0.01)
    # a place on a dividing line may be rounded to either side, so within a hundredth of a metre is inside
    assert pieces[nearest_point(place, points)].distance(place) <= 0.02


def test_of_two_points_equally_near_the_first_is_taken():
    assert nearest_point(Point(0, 0), [Point(1, 0), Point(-1, 0)]) == 0


def test_a_neighbour_is_given_the_corner_that_the_division_made():
    west, east = box(-100, 0, 0, 100), SQUARE
    south, north = divide_by_nearest(east, [Point(50, 20), Point(50, 80)], grid=1)
    assert not shapely.coverage_is_valid([west, south, north])
    mended = share_vertices(west, [Point(0, 50), Point(100, 50)], tolerance=1)
    assert shapely.coverage_is_valid([mended, south, north]) and mended.equals(west)


def test_a_neighbour_that_the_corner_does_not_touch_is_the_same():
    assert share_vertices(SQUARE, [Point(300, 300)], tolerance=1) is SQUARE


@pytest.mark.parametrize(
    ("points", "sentence"),
    [
        ([Point(1, 1)], "two points or more, not 1"),
        ([Point(1, 1), Point(1, 1)], "Two of the 2 points are in the same place"),
        ([Point(1, 1), Point(500, 7)], r"1 of 2 points are outside the area to divide, first \(500, 7\)"),
    ],
)
def test_points_that_cannot_divide_are_refused(points, sentence):
    with pytest.raises(SplitError, match=sentence):
        divide_by_nearest(SQUARE, points, grid=1)
