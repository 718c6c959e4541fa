"""The phone's map: every line once, and from it the area of any point."""

import json

import geopandas as gpd
import numpy as np
import pandas as pd
import pytest
import shapely
from hypothesis import given
from hypothesis import strategies as st

from geo.areas import Geography
from geo.crs import WGS84
from layers.look import look_at
from layers.workshop.phone_map import (
    STEPS_PER_DEGREE,
    area_codes,
    area_list,
    district_list,
    in_order,
    packed,
    phone_map,
    unpacked,
)


@pytest.fixture(scope="module")
def told(held):
    return json.loads(phone_map(held).body)


@pytest.fixture(scope="module")
def segments(told):
    """Every piece of line: from and to (longitude, latitude, in degrees), and its two areas."""
    corner, sides = np.array(told["corner"])[::-1], unpacked(told["sides"])[:, ::-1]
    lines = [(unpacked(text) + corner) / told["steps"] for text in told["lines"]]
    pairs = np.repeat(sides, [len(line) - 1 for line in lines], axis=0)
    return np.concatenate([line[:-1] for line in lines]), np.concatenate([line[1:] for line in lines]), pairs


def areas_at(segments, lat, lon):
    """The areas that hold a point, as the phone finds them: lines north of it, crossed an odd number of times."""
    a, b, pairs = segments
    across = (a[:, 0] > lon) != (b[:, 0] > lon)
    a, b, pairs = a[across], b[across], pairs[across]
    north = lat < a[:, 1] + (lon - a[:, 0]) * (b[:, 1] - a[:, 1]) / (b[:, 0] - a[:, 0])
    crossed = np.bincount(pairs[north].ravel() + 1)[1:]
    return np.flatnonzero(crossed % 2).tolist()


@given(st.lists(st.tuples(st.integers(-50_000, 50_000), st.integers(-50_000, 50_000)), min_size=1, max_size=20))
def test_points_are_unpacked_as_they_were_packed(points):
    text = packed(np.array(points))
    assert unpacked(text).tolist() == [list(each) for each in points]
    assert json.dumps(text, ensure_ascii=False) == f'"{text}"', "JSON writes no sign of it in another way"


def test_every_area_and_every_district_has_its_name(told, held):
    msoas, districts = held.shapes(Geography.MSOA21), held.shapes(Geography.DISTRICT)
    assert told["codes"] == msoas["code"].tolist() and told["names"] == msoas["local_name"].tolist()
    assert told["districts"] == districts["name"].tolist() and len(told["districts"]) == 10
    labels = (unpacked(told["labels"]) + np.array(told["corner"])[::-1]) / told["steps"]
    points = gpd.GeoSeries.from_xy(msoas["point_e"], msoas["point_n"], crs=msoas.crs).to_crs(WGS84)
    assert np.abs(labels - np.column_stack([points.x, points.y])).max() <= 0.5 / STEPS_PER_DEGREE + 1e-9


def test_the_lines_find_the_area_of_a_point(segments, held):
    msoas = held.shapes(Geography.MSOA21)
    inside = msoas.geometry.buffer(-150)
    kept = [i for i, shape in enumerate(inside) if not shape.is_empty]
    assert len(kept) > 0.95 * len(msoas)
    points = gpd.GeoSeries([inside[i].representative_point() for i in kept], crs=msoas.crs).to_crs(WGS84)
    wrong = [i for i, at in zip(kept, points, strict=True) if areas_at(segments, at.y, at.x) != [i]]
    assert wrong == []


def test_a_point_outside_the_region_is_in_no_area(segments):
    assert areas_at(segments, 51.5, -0.12) == areas_at(segments, 55.9, -1.5) == areas_at(segments, 52.0, -1.5) == []


def test_every_line_is_sent_once_and_has_an_area(told):
    sides = unpacked(told["sides"])
    assert len(sides) == len(told["lines"]) and sides.min() == -1
    assert (sides.max(axis=1) >= 0).all() and (sides[:, 0] != sides[:, 1]).all()
    lines = [shapely.LineString(unpacked(text)) for text in told["lines"]]
    assert shapely.union_all(lines).length == pytest.approx(sum(line.length for line in lines))


def test_the_address_changes_with_the_content_and_only_with_it(held, toy):
    assert phone_map(held).path == phone_map(held).path != phone_map(toy).path


def test_the_list_holds_every_neighbourhood_by_district_and_name(held):
    listed = area_list(held)
    assert [district for district, _ in listed] == sorted(district for district, _ in listed)
    assert sum(len(inside) for _, inside in listed) == len(held.shapes(Geography.MSOA21))
    for _, inside in listed:
        assert [name for _, name in inside] == sorted(name for _, name in inside)


def test_a_name_that_two_neighbourhoods_have_stands_for_neither():
    assert area_codes((("A", (("1", "Mill"), ("2", "Hill"))), ("B", (("3", "Mill"),)))) == {"Hill": "2"}


@pytest.fixture(scope="module")
def districts(held):
    return district_list(held)


@pytest.fixture(scope="module")
def places():
    return pd.DataFrame({"id": [], "name": [], "lat": [], "lon": []})


def test_a_map_that_shows_one_district_or_its_neighbourhood_looks_at_that_one(districts, held, places):
    for name in districts.names:
        look, _ = look_at(held, places, "", (name,))
        assert districts.looked_at({"bounds": look.bounds})[0] == name
    msoas = held.shapes(Geography.MSOA21)
    for code, district in zip(msoas["code"][::20], msoas["district_name"][::20], strict=True):
        look, _ = look_at(held, places, code, ())
        assert district in districts.looked_at({"bounds": look.bounds})


@pytest.mark.parametrize(
    ("view", "names"),
    [
        ({"at": (53.868, -1.906), "zoom": 13}, ("Bradford",)),  # Keighley
        ({"at": (53.868, -1.906), "zoom": 12.5}, ("Bradford",)),
        ({"at": (53.960, -1.082)}, ("York",)),
        ({"at": (53.797, -1.640), "zoom": 12}, ("Leeds",)),
        ({"at": (53.80, -1.55), "zoom": 7}, ()),
        ({}, ()),
    ],
)
def test_a_map_that_looks_at_a_point_looks_at_the_district_around_it(districts, view, names):
    assert districts.looked_at(view)[:1] == names


def test_a_map_of_the_whole_region_looks_at_none(districts, held, places):
    look, _ = look_at(held, places, "", ())
    assert districts.looked_at({"bounds": look.bounds}) == ()
    assert districts.looked_at({}, range(10)) == ()


def test_what_is_in_focus_goes_before_where_the_map_looks(districts):
    keighley = {"at": (53.868, -1.906), "zoom": 13}
    leeds, york = districts.names.index("Leeds"), districts.names.index("York")
    assert districts.looked_at(keighley, [york, leeds]) == ("Leeds", "York")
    assert districts.looked_at(keighley, [99]) == ("Bradford",)


LISTED = st.lists(st.sampled_from("ABCDEFG"), unique=True)


@given(LISTED, LISTED)
def test_some_come_first_and_the_others_stay_as_they_were(listed, first):
    areas = tuple((name, ((name, name),)) for name in listed)
    made = [name for name, _ in in_order(areas, first)]
    assert made == [n for n in first if n in listed] + [n for n in listed if n not in first]
