"""What the browser loads once: whole, small, and at an address that changes only with its content."""

import gzip
import json

import pandas as pd

from geo.areas import Geography
from geo.encode import decode
from layers.outlines import assets, outlines_script, places_list
from tests.toytown import NASTY


def told(store):
    script = outlines_script(store)
    assert script.startswith("foothold.setAreas(") and script.endswith(");")
    return json.loads(script.removeprefix("foothold.setAreas(").removesuffix(");"))


def test_every_area_of_the_pack_is_there(held):
    areas = told(held)
    assert [len(areas[level.key]["codes"]) for level in Geography] == [1865, 393, 10]
    for level in Geography:
        assert areas[level.key]["codes"] == held.shapes(level)["code"].tolist()
        assert all(areas[level.key]["shapes"])


def test_the_outlines_sent_cover_what_the_pack_holds(held):
    shapes = told(held)["lsoa21"]["shapes"]
    kept = held.shapes(Geography.LSOA21).to_crs(4326).geometry
    for sent, whole in zip(shapes[::40], kept[::40], strict=True):
        assert decode(sent).buffer(0).symmetric_difference(whole).area < 0.02 * whole.area


def test_neighbourhoods_know_their_wider_area_and_district(toy):
    areas = told(toy)
    assert areas["msoa21"]["codes"] == ["Beeton 001", "E02000001", "E02000002"]
    assert areas["lsoa21"]["msoa"] == [1, 1, 2, 2, 0, 0, 0, 0]
    assert areas["lsoa21"]["district"] == [0, 0, 0, 0, 1, 1, 1, 1]
    assert areas["lsoa21"]["approximate"] == "00000100"


def test_an_address_changes_with_its_content_and_only_then(toy, held):
    assert assets(toy)["outlines"].path == assets(toy)["outlines"].path
    assert assets(toy)["outlines"].path != assets(held)["outlines"].path
    assert assets(toy)["script"].path == assets(held)["script"].path


def test_the_outlines_are_small_enough_for_a_poor_line(held):
    outlines = assets(held)["outlines"]
    assert len(outlines.gzipped) < 350_000
    assert gzip.decompress(outlines.gzipped) == outlines.body


def test_places_are_told_as_data(toy_places):
    places = json.loads(places_list(toy_places))
    assert {place["id"] for place in places} == {"T1", "T2", "T3", "T6", "T7", "T8", "T9"}
    assert next(place for place in places if place["id"] == "T2")["name"] == NASTY


def test_no_places_is_an_empty_list(toy_places):
    none: pd.DataFrame = toy_places.head(0)
    assert json.loads(places_list(none)) == []
