import geopandas as gpd
import pytest
from hypothesis import given
from hypothesis import strategies as st
from shapely import Polygon, box

from geo.coverage import (
    CoverageError,
    difference,
    misfits,
    new_corners,
    require_clean,
    require_nested,
)
from geo.crs import BNG


def areas(**shapes):
    return gpd.GeoDataFrame({"code": list(shapes)}, geometry=list(shapes.values()), crs=BNG)


WEST, EAST = box(0, 0, 10, 10), box(10, 0, 20, 10)
CLEAN = areas(west=WEST, east=EAST)


def test_squares_side_by_side_fit():
    assert misfits(CLEAN) == []
    require_clean(CLEAN, CLEAN, tolerance=0)


def test_an_overlap_names_both_sides():
    assert misfits(areas(west=box(0, 0, 11, 10), east=EAST)) == ["east", "west"]


def test_a_corner_that_the_neighbour_lacks_is_a_misfit():
    bent = Polygon([(10, 0), (20, 0), (20, 10), (10, 10), (10, 5)])
    assert misfits(areas(west=WEST, east=bent)) == ["east", "west"]


def test_an_overlap_is_refused_with_how_many_and_the_first():
    with pytest.raises(CoverageError, match="2 of 2 areas overlap a neighbour or leave a gap, first 'east'"):
        require_clean(areas(west=box(0, 0, 11, 10), east=EAST), CLEAN, tolerance=1000)


def test_a_fault_that_the_source_has_too_is_not_ours():
    faulty = areas(west=box(0, 0, 11, 10), east=EAST)
    require_clean(faulty, faulty, tolerance=0)


def test_an_area_left_out_is_refused():
    with pytest.raises(CoverageError, match="differ by 100 square metres of ground; at most 5 is rounding"):
        require_clean(areas(west=WEST), CLEAN, tolerance=5)


@pytest.mark.parametrize(
    ("frame", "sentence"),
    [
        (areas(a=WEST, b=None), "1 of 2 areas have no outline, first 'b'"),
        (areas(a=WEST, b=Polygon()), "1 of 2 areas have no outline, first 'b'"),
        (
            areas(a=Polygon([(0, 0), (1, 1), (1, 0), (0, 1)])),
            "1 of 1 areas have an outline that crosses itself",
        ),
    ],
)
def test_a_shape_that_cannot_be_drawn_is_refused(frame, sentence):
    with pytest.raises(CoverageError, match=sentence):
        require_clean(frame, CLEAN, tolerance=0)


def test_a_code_that_is_there_twice_is_refused():
    twice = gpd.GeoDataFrame({"code": ["a", "a"]}, geometry=[WEST, EAST], crs=BNG)
    with pytest.raises(CoverageError, match="1 area codes appear more than once, first 'a'"):
        require_clean(twice, CLEAN, tolerance=0)


def test_difference_by_hand():
    assert difference([WEST], [WEST, EAST]) == 100
    assert difference([WEST], [box(5, 0, 15, 10)]) == 100


@given(st.integers(-20, 20), st.integers(1, 20))
def test_difference_is_the_same_both_ways_and_nil_with_itself(x, side):
    other = box(x, 0, x + side, 10)
    assert difference([WEST], [other]) == pytest.approx(difference([other], [WEST]))
    assert difference([other], [other]) == 0


def test_new_corners_are_those_that_were_not_there():
    halves = [box(0, 0, 10, 5), box(0, 5, 10, 10)]
    assert new_corners(WEST, halves) == [(0, 5), (10, 5)]


def test_wholes_must_be_the_union_of_their_parts():
    parts = CLEAN.assign(parent="both")
    require_nested(parts, areas(both=box(0, 0, 20, 10)), by="parent")
    with pytest.raises(CoverageError, match="1 of 1 outlines are not the union of their parts, first 'both'"):
        require_nested(parts, areas(both=box(0, 0, 21, 10)), by="parent")
    with pytest.raises(CoverageError, match="2 codes are on one level only, first 'both'"):
        require_nested(parts, areas(other=box(0, 0, 20, 10)), by="parent")
