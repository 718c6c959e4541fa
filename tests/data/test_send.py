"""What is sent out comes back in as it was, in every form; and starts no formula on its way through a spreadsheet."""

import csv
import io
import json
import re
import zipfile
from dataclasses import replace

import geopandas as gpd
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from data.bring.check import check
from data.bring.files import open_file
from data.bring.sheets import understood
from data.gazetteer import Gazetteer
from data.register.book import Register
from data.register.flat import COLUMNS, flat
from data.register.rights import Actor, Role
from data.send.files import FORMS, as_csv, as_geojson, as_geopackage, as_xlsx
from tests import toytown
from tests.data import register_strategies as made
from tests.data.oruk.town import register_of

FORM = {form.key: form for form in FORMS}
BOTH_WAYS = ("csv", "xlsx", "geojson", "oruk")
EDITOR = Actor("Amina", Role.EDITOR)
FEW = settings(max_examples=15, deadline=None, suppress_health_check=list(HealthCheck))
STARTS = ("=", "+", "-", "@", "\t", "\r")


@pytest.fixture(scope="module")
def gazetteer(toy):
    return Gazetteer(toy)


@pytest.fixture(scope="module")
def whole_region(held):
    return Gazetteer(held)


@pytest.fixture(scope="module")
def empty():
    """A register of nothing. Shared: tests that write make their own."""
    return Register()


def records(entries):
    return {record for entry in entries for record in entry.records}


def back(key, entries):
    """The list that a form of these entries is understood as."""
    form = FORM[key]
    [found] = understood(open_file(f"sent.{form.ending}", form.make(entries)))
    return found


@st.composite
def in_toytown(draw, registers):
    """Registers whose places stand in squares of Toytown, and whose help is given at places that there are."""
    entries, settled = draw(registers), []
    places = {place.id for entry in entries for place in entry.locations}
    for entry in entries:
        locations = tuple(replace(place, **draw(SPOTS)) for place in entry.locations)
        services = tuple(
            service
            if {at.partition(" (")[0].strip() for at in service.given_at or ()} <= places
            else _anywhere(service)
            for service in entry.services
        )
        settled.append(replace(entry, locations=locations, services=services))
    return settled


def _anywhere(service):
    return replace(service, given_at=None)


def _spot(name, letter, *, said):
    middle = toytown.square(name).centroid
    return {
        "postcode": f"ZX1 1A{letter}" if said else None,
        "basis": "postcode" if said else "published_coords",
        "easting": int(middle.x),
        "northing": int(middle.y),
        "lsoa21cd": toytown.CODE[name],
        "district": "Ayton" if name[0] == "A" else "Beeton",
    }


SPOTS = st.builds(
    lambda pair, said: _spot(*pair, said=said),
    st.sampled_from(list(zip(toytown.CORNERS, "ABDEFGHJ", strict=True))),
    st.booleans(),
)
"""Where a place may be said to be: the middle of a square, by its postcode or not."""


class TestBack:
    @FEW
    @given(entries=made.registers().filter(bool))
    def test_every_record_is_understood_as_it_was(self, entries):
        for key in BOTH_WAYS:
            assert records(register_of(back(key, entries).rows)) == records(entries), key

    @FEW
    @given(entries=in_toytown(made.registers().filter(bool)))
    def test_an_empty_register_becomes_the_same_register(self, gazetteer, empty, entries):
        for key in BOTH_WAYS:
            found = back(key, entries)
            report = check(found.rows, found.labels, gazetteer=gazetteer, register=empty)
            assert report.refused == {}, key
            assert set(report.puts) == records(entries) and len(report.puts) == len(records(entries)), key

    @pytest.mark.parametrize("key", BOTH_WAYS)
    def test_the_register_that_sent_it_has_nothing_new(self, key, whole_region, held_register):
        entries = held_register.entries()
        found = back(key, entries)
        report = check(found.rows, found.labels, gazetteer=whole_region, register=held_register)
        assert (report.refused, report.puts, report.unchanged) == ({}, (), len(entries))

    @pytest.mark.parametrize("key", BOTH_WAYS)
    def test_the_built_in_register_comes_back_whole(self, key, whole_region, held_register):
        entries, fresh = held_register.entries(), Register()
        found = back(key, entries)
        report = check(found.rows, found.labels, gazetteer=whole_region, register=fresh)
        assert report.refused == {}
        fresh.change(report.puts, by=EDITOR, what="Brought in", seen=report.seen)
        assert records(fresh.entries()) == records(entries)

    @pytest.mark.parametrize("word", ["NaN", "null", "N/A", "n/a", "#N/A", "'null", "'=1", "''#REF!", "=1", "-"])
    def test_words_that_programs_write_for_nothing_are_words(self, word):
        [entry] = register_of([{"organisation_id": "W", "organisation_name": word, "organisation_notes": word}])
        for key in BOTH_WAYS:
            assert records(register_of(back(key, [entry]).rows)) == {entry.organisation}, key


class TestSpreadsheets:
    @FEW
    @given(entries=made.registers().filter(bool))
    def test_no_cell_of_the_csv_starts_a_formula(self, entries):
        rows = list(csv.reader(io.StringIO(as_csv(entries).decode("utf-8-sig"), newline="")))
        assert rows[0] == list(COLUMNS) and all(len(row) == len(COLUMNS) for row in rows)
        assert not [cell for row in rows for cell in row if cell.startswith(STARTS)]

    @FEW
    @given(entries=made.registers().filter(bool))
    def test_every_cell_of_the_workbook_is_text(self, entries):
        book = zipfile.ZipFile(io.BytesIO(as_xlsx(entries)))
        sheet = book.read("xl/worksheets/sheet1.xml").decode()
        assert set(re.findall(r"<c r=\"\w+\"(?: s=\"\d+\")? ?([^>]*)>", sheet)) == {'t="s"'}
        assert "<f>" not in sheet and "hyperlink" not in sheet.casefold()

    def test_a_name_in_html_is_the_same_name(self, toy_register):
        for key in BOTH_WAYS:
            rows = back(key, toy_register.entries(["T2"])).rows
            assert [row["organisation_name"] for row in rows] == [toytown.NASTY]


class TestMaps:
    def read(self, tmp_path, entries):
        path = tmp_path / "register.gpkg"
        path.write_bytes(as_geopackage(entries))
        return gpd.read_file(path, layer="register")

    def test_the_geopackage_has_the_same_rows_in_metres(self, tmp_path, held_register):
        entries = held_register.entries()
        rows, frame = flat(entries), self.read(tmp_path, entries)
        assert frame.crs.to_epsg() == 27_700
        told = frame.drop(columns="geometry").fillna("").astype(str)
        assert told.to_dict(orient="records") == rows
        for row, point in zip(rows, frame.geometry, strict=True):
            assert (None if point is None or point.is_empty else (point.x, point.y)) == (
                (float(row["place_easting"]), float(row["place_northing"])) if row["place_easting"] else None
            )

    def test_a_geopackage_of_places_nobody_knows_has_no_points(self, tmp_path, toy_register):
        [entry] = toy_register.entries(["T1"])
        nowhere = replace(entry, locations=())
        assert self.read(tmp_path, [nowhere]).geometry.isna().all()

    def test_the_geojson_stands_where_toytown_is(self, toy_register):
        features = json.loads(as_geojson(toy_register.entries()))["features"]
        assert len(features) == 9
        for feature in features:
            longitude, latitude = feature["geometry"]["coordinates"]
            assert -1.6 < longitude < -1.4 and 53.7 < latitude < 53.9

    @pytest.mark.parametrize("key", FORM)
    def test_a_register_of_nothing_can_be_sent(self, key):
        assert FORM[key].make([])


def test_every_form_has_a_name_an_ending_and_a_type():
    assert len({form.title for form in FORMS}) == len(FORMS) == len(FORM)
    assert all(form.ending.isalnum() and "/" in form.media_type for form in FORMS)
