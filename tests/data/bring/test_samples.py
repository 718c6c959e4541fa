"""Every file of the official samples goes the whole way, up to the moment before it would be written.

Nothing but counts is written down of them. Those that matter most are counted a second time from the files themselves.
"""

import csv
import math
from collections import Counter
from pathlib import Path

import pandas as pd
import pytest
from pyproj import Transformer

from data.bring.check import check
from data.bring.files import open_file
from data.bring.report import as_csv, suggested
from data.bring.sheets import understood
from data.gazetteer import Gazetteer
from geo.crs import BNG, WGS84

SAMPLES = Path(__file__).parents[4] / "shared" / "sources" / "organisations"

pytestmark = pytest.mark.skipif(
    not SAMPLES.is_dir(), reason="the official files are not at ../shared/sources/organisations: nothing to bring in"
)

COUNCIL = "A council's list of its libraries"
CHOSEN = "the columns you chose"
ORUK = "Open Referral UK"


def told(by, rows, accepted=0, **refused):
    return by, rows, accepted, refused


def of_nothing(rows):
    """A list of words, not of places: no row says what kind of place it would be."""
    return told(CHOSEN, rows, kind=rows)


LISTS = {
    "charity_commission/ccew-fields.csv": of_nothing(204),
    "charity_commission/ccew_classification.csv": of_nothing(34),
    "gias/edubasealldata20250422-establishment-types.csv": of_nothing(50),
    "gias/edubasealldata_format_sample.csv": told("Colleges (Get Information about Schools)", 1, left_out=1),
    "gias/links_edubasealldata20250422_head.csv": of_nothing(299),
    "hebdenplaces.csv": of_nothing(217),
    "learning-providers-plus.csv": told("Higher education (Learning providers plus)", 166, 2, outside=156, known=8),
    "libraries/libraries_calderdale_metropolitan_borough_council.csv": told(COUNCIL, 24, 6, left_out=12, known=6),
    "libraries/libraries_city_of_bradford_metropolitan_district_council.csv": told(
        COUNCIL, 37, 25, left_out=7, known=5
    ),
    "libraries/libraries_city_of_york_council.csv": told(COUNCIL, 18, 13, left_out=1, known=4),
    "libraries/libraries_england_2023_westyorks_york.csv": told(
        "Public libraries in England", 191, 106, left_out=51, postcode_unknown=2, known=32
    ),
    "libraries/libraries_kirklees_council.csv": told(COUNCIL, 30, 20, left_out=6, known=4),
    "libraries/libraries_leeds_city_council.csv": told(COUNCIL, 53, 28, left_out=15, known=10),
    "libraries/libraries_wakefield_metropolitan_district_council.csv": told(COUNCIL, 30, 16, left_out=11, known=3),
    "nhs_ods_etr.csv": told("NHS trusts (Organisation Data Service, etr)", 218, left_out=6, outside=200, known=12),
    "oruk_hsds/hsds_v3/accessibility.csv": of_nothing(1),
    "oruk_hsds/hsds_v3/addresses.csv": told(CHOSEN, 1, kind=1),
    "oruk_hsds/hsds_v3/attributes.csv": of_nothing(1),
    "oruk_hsds/hsds_v3/contacts.csv": told(CHOSEN, 1, no_place=1),
    "oruk_hsds/hsds_v3/cost_options.csv": told(CHOSEN, 1, no_place=1),
    "oruk_hsds/hsds_v3/funding.csv": told(CHOSEN, 1, no_place=1),
    "oruk_hsds/hsds_v3/languages.csv": told(CHOSEN, 1, no_place=1),
    "oruk_hsds/hsds_v3/locations.csv": of_nothing(1),
    "oruk_hsds/hsds_v3/meta_table_descriptions.csv": told(CHOSEN, 1, no_place=1),
    "oruk_hsds/hsds_v3/metadata.csv": of_nothing(1),
    "oruk_hsds/hsds_v3/organization_identifiers.csv": of_nothing(1),
    "oruk_hsds/hsds_v3/organizations.csv": of_nothing(1),
    "oruk_hsds/hsds_v3/phones.csv": of_nothing(1),
    "oruk_hsds/hsds_v3/programs.csv": of_nothing(1),
    "oruk_hsds/hsds_v3/required_documents.csv": told(CHOSEN, 1, name=1),
    "oruk_hsds/hsds_v3/schedules.csv": of_nothing(1),
    "oruk_hsds/hsds_v3/service_areas.csv": of_nothing(1),
    "oruk_hsds/hsds_v3/service_at_location.csv": told(CHOSEN, 1, name=1),
    "oruk_hsds/hsds_v3/service_full.json": told(ORUK, 1, words=1),
    "oruk_hsds/hsds_v3/services.csv": told(CHOSEN, 1, words=1),
    "oruk_hsds/hsds_v3/taxonomies.csv": of_nothing(1),
    "oruk_hsds/hsds_v3/taxonomy_terms.csv": told(CHOSEN, 1, words=1),
    "oruk_hsds/oruk_v1/README.md": told(CHOSEN, 43, name=36, kind=7),
    "oruk_hsds/uk_profile_v3/docs/profile_compliance.md": told(CHOSEN, 18, name=2, kind=16),
    "oruk_hsds/uk_profile_v3/examples/organization_full.json": told(ORUK, 1, words=1),
    "oruk_hsds/uk_profile_v3/examples/service_at_location_full.json": told(ORUK, 1, words=1),
    "oruk_hsds/uk_profile_v3/examples/service_full.json": told(ORUK, 1, words=1),
    "oruk_hsds/uk_profile_v3/examples/service_list.json": told(ORUK, 1, 1),
    "schema_recommended.csv": of_nothing(42),
    "threesixtygiving/360-giving-schema-titles-with-dei-extension-2024.xlsx": of_nothing(13),
    "threesixtygiving/countryCode.csv": of_nothing(249),
    "threesixtygiving/currency.csv": of_nothing(301),
    "threesixtygiving/geoCodeType.csv": of_nothing(63),
    "threesixtygiving/grantToIndividualsPurpose.csv": of_nothing(17),
    "threesixtygiving/grantToIndividualsReason.csv": of_nothing(12),
    "threesixtygiving/locationScope.csv": of_nothing(7),
    "threesixtygiving/regrantType.csv": of_nothing(7),
    "vocab_anchor_types.csv": of_nothing(14),
    "vocab_support_types.csv": of_nothing(15),
}
"""Files that hold a list: how it is understood, its rows, those that would come in, and the others by why not."""

CLUBS = "charity_commission/cascs_fixture.csv"
"""Clubs without a kind: one of the nineteen has a postcode here."""

EMPTY = {f"oruk_hsds/uk_profile_v3/profile/{of}.json" for of in ("meta_table_description", "metadata", "program")} | {
    "oruk_hsds/uk_profile_v3/profile/required_document.json"
}
"""Documents that hold nothing."""


def paths():
    """Every sample file, by its path within the folder."""
    return sorted(str(path.relative_to(SAMPLES)) for path in SAMPLES.rglob("*") if path.is_file())


def is_a_schema(path):
    """Whether a file says how a document is made, and so holds no list."""
    return path.endswith(".json") and path not in LISTS and path not in EMPTY


@pytest.fixture(scope="module")
def gazetteer(held):
    return Gazetteer(held)


@pytest.fixture(scope="module")
def brought(gazetteer, held_register):
    """A function that takes a sample up to its report; `accepting` takes up our suggestions for a reason."""

    def bring(path, *, accepting="", **defaults):
        file = SAMPLES / path
        [found] = understood(open_file(file.name, file.read_bytes()))
        known = {"gazetteer": gazetteer, "register": held_register, "defaults": defaults}
        report = check(found.rows, found.labels, **known)
        if accepting:
            report = check(found.rows, found.labels, **known, edits=suggested(report.findings, accepting))
        return found, report

    return bring


@pytest.fixture(scope="module")
def postcodes(held):
    """Every postcode of the region, without its space."""
    return set(held.ask("postcodes")["postcode"].str.replace(" ", ""))


def cells(path):
    """The rows of a sample as Python's own reader gives them."""
    return list(csv.reader((SAMPLES / path).read_text(encoding="utf-8-sig").splitlines()))


def by_heading(path):
    """The rows of a sample by their headings, as Python's own reader gives them."""
    return list(csv.DictReader((SAMPLES / path).read_text(encoding="utf-8-sig").splitlines()))


def test_every_sample_is_in_one_of_the_tables():
    named = {CLUBS, *LISTS, *EMPTY}
    assert named <= set(paths())
    assert {path.rsplit(".", 1)[1] for path in set(paths()) - named} == {"json"}


@pytest.mark.parametrize("path", LISTS)
def test_a_list_comes_to_these_counts(path, brought):
    found, report = brought(path)
    assert (found.by, len(found.rows), report.accepted, report.refused) == LISTS[path]
    assert report.fixed == 0 and report.accepted + sum(report.refused.values()) == len(found.rows)


@pytest.mark.parametrize("path", LISTS)
def test_no_row_is_refused_without_a_reason_in_words(path, brought):
    _, report = brought(path)
    silent = {row for row, ready in enumerate(report.ready) if not ready}
    assert silent == {finding.row for finding in report.findings if finding.refuses}
    assert all(finding.words.endswith((".", "?")) and finding.label for finding in report.findings)
    assert as_csv(report).count(b"\r\n") >= len(report.rows) + 1


@pytest.mark.parametrize("path", [path for path in paths() if is_a_schema(path) or path in EMPTY])
def test_a_document_that_holds_no_list_is_refused_in_one_sentence(path):
    file = SAMPLES / path
    why = "is JSON that holds no list. " if path in EMPTY else "is JSON, but neither Open Referral UK, 360Giving, "
    with pytest.raises(ValueError, match=r"Choose a file|Save it as") as refused:
        understood(open_file(file.name, file.read_bytes()))
    assert str(refused.value).startswith(f"'{file.name}' {why}")


def test_only_one_of_the_clubs_is_in_the_region(brought, postcodes):
    found, report = brought(CLUBS, kind="other")
    assert (len(found.rows), report.accepted, report.refused) == (19, 1, {"outside": 18})
    assert sum(row["postcode"].replace(" ", "") in postcodes for row in by_heading(CLUBS)) == 1


@pytest.mark.parametrize("path", [path for path, (by, *_) in LISTS.items() if by == COUNCIL])
def test_of_a_council_s_libraries_come_in_those_that_are_open_and_in_the_region(path, brought, postcodes):
    rows = by_heading(path)
    still = [row for row in rows if not row["Year closed"].strip()]
    _, report = brought(path)
    assert report.refused["left_out"] == len(rows) - len(still)
    here = [row for row in still if row["Postcode"].replace(" ", "") in postcodes]
    assert report.accepted + report.refused["known"] == len(here) == len(still)


def test_of_the_nhs_trusts_those_that_are_open_and_in_the_region_are_known_already(brought, postcodes):
    rows = cells("nhs_ods_etr.csv")
    still = [row for row in rows if not row[11]]
    assert (len(rows), len(rows) - len(still)) == (218, 6)
    assert sum(row[9].replace(" ", "") in postcodes for row in still) == 12
    found, report = brought("nhs_ods_etr.csv")
    assert report.refused == {"left_out": 6, "outside": 200, "known": 12}
    assert report.puts == () and found.rows[0]["organisation_anchor_type"] == "nhs_trust"


def test_of_the_universities_ten_are_in_the_region(brought, postcodes):
    rows = by_heading("learning-providers-plus.csv")
    assert sum(row["POSTCODE"].replace(" ", "") in postcodes for row in rows) == 10
    _, report = brought("learning-providers-plus.csv")
    assert report.accepted + report.refused["known"] == 10


class TestHebden:
    """217 rows in which latitude and longitude are the wrong way round, and no kind is said."""

    PATH = "hebdenplaces.csv"

    def test_with_a_kind_it_is_their_coordinates_that_stop_them(self, brought):
        rows = by_heading(self.PATH)
        placed = [row for row in rows if "NaN" not in (row["lat"], row["lon"])]
        assert (len(rows), len(placed)) == (217, 205)
        assert all(float(row["lat"]) < 0 and 53 < float(row["lon"]) < 54 for row in placed)
        _, report = brought(self.PATH, kind="other")
        assert (report.accepted, report.fixed, report.refused) == (0, 0, {"no_place": 12, "swapped": 205})

    def test_turned_round_two_hundred_come_in(self, brought):
        _, report = brought(self.PATH, kind="other", accepting="swapped")
        assert (report.accepted, report.fixed, report.refused) == (0, 200, {"no_place": 12, "twice": 5})
        assert (report.new, report.changed, report.unchanged) == (200, 0, 0)

    def test_they_stand_where_the_file_says_once_turned_round(self, brought):
        _, report = brought(self.PATH, kind="other", accepting="swapped")
        to_metres = Transformer.from_crs(WGS84, BNG, always_xy=True)
        placed = [row for row in by_heading(self.PATH) if row["lat"] != "NaN"]
        points = {tuple(map(round, to_metres.transform(float(row["lat"]), float(row["lon"])))) for row in placed}
        spots = [(each.easting, each.northing) for each in report.puts if each.table == "locations"]
        assert len(spots) == 200 and all(min(math.dist(spot, point) for point in points) < 1.5 for spot in spots)
        assert Counter(each.district for each in report.puts if each.table == "locations") == {"Calderdale": 200}

    def test_those_there_twice_are_within_300_metres_of_another_of_the_name(self, brought):
        _, report = brought(self.PATH, kind="other", accepting="swapped")
        twice = [finding for finding in report.findings if finding.reason == "twice"]
        assert len(twice) == 5 and pd.Series([finding.row for finding in twice]).is_unique
        _, added = brought(self.PATH, kind="other", accepting="swapped", choice="add")
        assert added.refused == {"no_place": 12} and added.new == 200
