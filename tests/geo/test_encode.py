"""Outlines sent as short steps come back where they were."""

import geopandas as gpd
import pytest
import shapely
from hypothesis import given
from hypothesis import strategies as st

from geo.crs import BNG, WGS84
from geo.encode import STEPS_PER_DEGREE, bounds, decode, encode

SQUARE = shapely.box(0, 0, 3, 2)


def in_degrees(*shapes):
    return gpd.GeoSeries(shapes, crs=WGS84)


def test_a_ring_is_a_corner_and_steps_from_it_without_the_closing_one():
    [shape] = encode(in_degrees(shapely.Polygon([(1, 50), (1, 51), (2, 51)])))
    one = STEPS_PER_DEGREE
    assert shape == [[[50 * one, 1 * one, one, 0, 0, one]]]


def test_holes_and_islands_stay_what_they_are():
    ring = shapely.Polygon(SQUARE.exterior, [shapely.box(1, 0.5, 2, 1).exterior])
    island = shapely.box(10, 10, 11, 11)
    [shape] = encode(in_degrees(shapely.MultiPolygon([ring, island])))
    assert [len(rings) for rings in shape] == [2, 1]
    assert decode(shape).equals(shapely.MultiPolygon([ring, island]))


def test_what_is_smaller_than_a_step_is_left_out():
    speck = shapely.box(0, 0, 0.1 / STEPS_PER_DEGREE, 0.1 / STEPS_PER_DEGREE)
    assert encode(in_degrees(speck)) == [[]]


def test_metres_are_turned_into_degrees():
    [shape] = encode(gpd.GeoSeries([shapely.box(430_000, 433_000, 431_000, 434_000)], crs=BNG))
    [west, south, east, north] = decode(shape).bounds
    assert (south, west) == pytest.approx((53.79, -1.545), abs=0.01)
    assert (north - south, east - west) == pytest.approx((0.009, 0.0152), abs=0.0003)


def test_shapes_without_a_known_crs_are_refused():
    with pytest.raises(ValueError, match="1 shapes have no CRS. Set it"):
        encode(gpd.GeoSeries([SQUARE]))


def test_bounds_are_south_west_then_north_east():
    assert bounds([SQUARE]) == [[0.0, 0.0], [2.0, 3.0]]


millionths = st.integers(0, 4_000_000)
corner = st.tuples(millionths, millionths).map(lambda pair: (pair[0] / 1e6 - 2, 50 + pair[1] / 1e6))


@given(st.lists(corner, min_size=3, max_size=12, unique=True))
def test_no_corner_moves_by_more_than_half_a_step(corners):
    hull = shapely.MultiPoint(corners).convex_hull
    if hull.geom_type != "Polygon" or hull.area < 1e-4:
        return
    [shape] = encode(in_degrees(hull))
    assert shapely.hausdorff_distance(decode(shape), hull) <= 2 / STEPS_PER_DEGREE
