"""A list of possible sites in Toytown, as someone brings it: what is read, what is left out and why."""

import io

import numpy as np
import pytest
from pyproj import Transformer
from xlsxwriter import Workbook

from data.bring.files import FileError
from data.gazetteer import Gazetteer
from geo.crs import BNG, WGS84
from layers.plan.site_list import SiteListError, brought
from tests import toytown

A1, B4 = "ZX1 1AA", "ZX1 1AJ"


@pytest.fixture(scope="module")
def gazetteer(toy):
    return Gazetteer(toy)


def csv(*rows):
    return "\n".join(rows).encode()


def middle(square):
    """Easting and northing of the middle of a square."""
    point = toytown.square(square).centroid
    return [point.x, point.y]


def test_places_by_postcode_with_names_and_costs(gazetteer):
    content = csv("Venue,Post code,Hire cost", f"Mill Hall,{A1},£120", f"Beck Rooms,{B4.lower()},\"£1,200.50\"")
    found = brought("halls.csv", content, gazetteer)
    assert found.name == "halls.csv" and found.refused == ()
    places = found.found
    assert places.names == ("Mill Hall", "Beck Rooms")
    assert places.postcodes == (A1, B4) and places.districts == ("Ayton", "Beeton")
    assert places.points.tolist() == [middle("A1"), middle("B4")]
    assert places.costs.tolist() == [120, 1_200.5]
    assert found.notes[0] == "Read: names from “Venue”, where they are from “Post code” and costs from “Hire cost”."


def test_places_by_coordinates_and_calls_a_row_without_a_name_by_its_number(gazetteer):
    longitude, latitude = Transformer.from_crs(BNG, WGS84, always_xy=True).transform(*middle("A3"))
    found = brought("spots.csv", csv("latitude,longitude", f"{latitude:.6f},{longitude:.6f}"), gazetteer)
    assert found.found.names == ("Row 2",)
    assert found.found.points[0] == pytest.approx(middle("A3"), abs=1)
    assert found.found.degrees[0] == pytest.approx([latitude, longitude], abs=2e-5)
    assert found.found.costs is None


def test_names_what_cannot_be_placed_with_the_reason_and_uses_the_rest(gazetteer):
    content = csv(
        "name,postcode,cost",
        f"Mill Hall,{A1},10",
        "Palace,SW1A 1AA,10",
        "Nowhere Hall,,10",
        "Misspelt,ZX1,10",
        f"Mill Hall,{A1},10",
        f"Upstairs,{A1},",
    )
    found = brought("halls.csv", content, gazetteer)
    assert found.found.names == ("Mill Hall", "Upstairs")
    assert found.found.ids == ("row-2", "row-7")
    assert found.found.costs[0] == 10 and np.isnan(found.found.costs[1])
    told = {(each.label, each.name): each.why for each in found.refused}
    assert list(told) == [("3", "Palace"), ("4", "Nowhere Hall"), ("5", "Misspelt"), ("6", "Mill Hall")]
    assert "not in the ten districts" in told["3", "Palace"]
    assert told["4", "Nowhere Hall"] == "It says neither a postcode nor coordinates."
    assert "ZX1" in told["5", "Misspelt"]
    assert told["6", "Mill Hall"] == "It is in the list already."


def test_a_column_of_words_is_no_cost(gazetteer):
    found = brought("halls.csv", csv("name,postcode,cost", f"Hall,{A1},free", f"Barn,{B4},ask"), gazetteer)
    assert found.found.costs is None


def test_takes_the_sheet_of_a_workbook_of_which_most_can_be_placed(gazetteer):
    out = io.BytesIO()
    with Workbook(out, {"in_memory": True}) as book:
        for title, rows in (
            ("About", [["what"], ["Halls that we asked"]]),
            ("Halls", [["name", "postcode"], ["Mill Hall", A1], ["Beck Rooms", B4]]),
        ):
            sheet = book.add_worksheet(title)
            for i, row in enumerate(rows):
                sheet.write_row(i, 0, row)
    assert brought("halls.xlsx", out.getvalue(), gazetteer).found.names == ("Mill Hall", "Beck Rooms")


def test_a_document_of_services_without_a_place_is_said(gazetteer):
    """Open Referral UK says itself what it means; none of this says where."""
    document = b"""{"services": [{"id": "S", "name": "Advice", "organization": {"id": "O", "name": "Mill Trust"}}]}"""
    with pytest.raises(ValueError, match=r"halls\.json"):
        brought("halls.json", document, gazetteer)


def test_two_lists_are_told_apart_by_what_is_in_them(gazetteer):
    one, other = (brought("a.csv", csv("name,postcode", f"{name},{A1}"), gazetteer) for name in ("Hall", "Barn"))
    again = brought("b.csv", csv("name,postcode", f"Hall,{A1}"), gazetteer)
    assert one.digest == again.digest != other.digest


class TestNothingToUse:
    def test_no_column_says_where(self, gazetteer):
        with pytest.raises(SiteListError, match=r"Nothing in “halls\.csv” \(“name” and “rooms”\) says where"):
            brought("halls.csv", csv("name,rooms", "Hall,3"), gazetteer)

    def test_every_row_is_elsewhere(self, gazetteer):
        with pytest.raises(SiteListError, match=r"The first: row 2, Palace: SW1A 1AA is not in the ten districts"):
            brought("halls.csv", csv("name,postcode", "Palace,SW1A 1AA"), gazetteer)

    @pytest.mark.parametrize("content", [b"", b"\x00\x01\x02", b"name,postcode\n"])
    def test_what_is_no_list_is_said(self, gazetteer, content):
        with pytest.raises(FileError):
            brought("halls.csv", content, gazetteer)
