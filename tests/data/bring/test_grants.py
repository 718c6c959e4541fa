import csv
import io
import json
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from data.bring.files import open_file
from data.bring.grants import GrantsError, from_360, looks_like_360
from data.bring.known import recognised, rows_of
from data.bring.layout import LeftOut
from data.register.flat import COLUMNS
from data.register.kinds import FieldError

SAMPLES = Path(__file__).parents[4] / "shared" / "sources" / "organisations" / "threesixtygiving"

GRANT = {
    "id": "360G-toytown-1",
    "title": "A place to start",
    "description": "Desks for people who start out.",
    "currency": "GBP",
    "amountAwarded": 5000.0,
    "awardDate": "2024-03-01T00:00:00+00:00",
    "url": "https://toytown.example/grants/1",
    "recipientOrganization": [
        {
            "id": "GB-CHC-9999998",
            "name": "Friends of  Toytown",
            "charityNumber": "9999998",
            "companyNumber": "123456",
            "streetAddress": "2 Mill Lane",
            "addressLocality": "Toytown",
            "postalCode": "ZX1 1AB",
            "url": "https://friends.example",
        }
    ],
    "beneficiaryLocation": [{"name": "Harbour ward", "latitude": 53.8, "longitude": -1.5}],
    "fundingOrganization": [{"id": "GB-CHC-9999990", "name": "Toytown Fund"}],
    "grantProgramme": [{"code": "S", "title": "Starters"}],
}
FLAT = {
    "organisation_id": "GB-CHC-9999998",
    "organisation_name": "Friends of Toytown",
    "organisation_identifiers": "GB-CHC-9999998; GB-COH-00123456",
    "organisation_website": "https://friends.example",
    "place_address": "2 Mill Lane",
    "place_town": "Toytown",
    "place_postcode": "ZX1 1AB",
    "place_basis": "postcode",
    "grant_id": "360G-toytown-1",
    "grant_name": "A place to start",
    "grant_purpose": "Desks for people who start out.",
    "grant_amount": "5000",
    "grant_currency": "GBP",
    "grant_awarded_on": "2024-03-01",
    "grant_funder": "Toytown Fund",
    "grant_programme": "Starters",
    "grant_source_url": "https://toytown.example/grants/1",
}
TITLES = {
    "Identifier": "360G-toytown-1",
    "Title": "A place to start",
    "Description": "Desks for people who start out.",
    "Currency": "GBP",
    "Amount Awarded": "5000",
    "Award Date": "01/03/2024",
    "URL": "https://toytown.example/grants/1",
    "Recipient Org:Identifier": "GB-CHC-9999998",
    "Recipient Org:Name": "Friends of Toytown",
    "Recipient Org:Charity Number": "9999998",
    "Recipient Org:Company Number": "00123456",
    "Recipient Org:Street Address": "2 Mill Lane",
    "Recipient Org:City": "Toytown",
    "Recipient Org:Postal Code": "ZX1 1AB",
    "Recipient Org:Web Address": "https://friends.example",
    "Beneficiary Location:Latitude": "53.8",
    "Beneficiary Location:Longitude": "-1.5",
    "Funding Org:Name": "Toytown Fund",
    "Grant Programme:Title": "Starters",
}


def told(row):
    return str(row) if isinstance(row, LeftOut) else {column: text for column, text in row.items() if text}


def package(*grants):
    """What comes of grants in one package, without blanks."""
    rows, labels, _ = from_360({"grants": list(grants)})
    assert len(labels) == len(rows) == len(grants)
    return [told(row) for row in rows]


def made(**more):
    """The grant with some of it changed; None takes a name away."""
    return {name: value for name, value in (GRANT | more).items() if value is not None}


def to(**more):
    """The grant to the recipient with some of it changed."""
    recipient = {name: value for name, value in (GRANT["recipientOrganization"][0] | more).items() if value is not None}
    return made(recipientOrganization=[recipient])


def sheet(*rows):
    """What comes of rows of a spreadsheet with titles, without blanks."""
    text = io.StringIO()
    table = csv.DictWriter(text, list(dict.fromkeys(key for row in rows for key in row)), restval="")
    table.writeheader()
    table.writerows(rows)
    [found] = open_file("grants.csv", text.getvalue().encode()).sheets
    layout = recognised(found)
    assert layout is not None and layout.key == "grants_360"
    return [told(row) for row in rows_of(found, layout)[1]]


class TestPackages:
    def test_a_grant_is_a_row_of_its_recipient(self):
        assert package(GRANT) == [FLAT]

    def test_every_column_can_be_read(self):
        [row] = package(GRANT)
        for column, text in row.items():
            COLUMNS[column][1].kind.read(text)

    @pytest.mark.parametrize("name", ["recipientIndividual", "toIndividualsDetails"])
    def test_a_grant_to_a_person_is_left_out(self, name):
        grant = made(recipientOrganization=None, **{name: {"name": "Ada Toy", "grantPurpose": ["GTIP010"]}})
        rows, labels, _ = from_360({"grants": [grant, GRANT]})
        assert (told(rows[0]), labels) == ("A grant to a person", ("grant 1", "grant 2"))
        assert "Ada" not in str(rows)

    def test_a_recipient_of_several_grants_has_one_place_and_says_the_same_in_each(self):
        older = to(name="Toytown Friends", postalCode="ZX1 1ZZ") | {"id": "2", "awardDate": "2019-01-01"}
        first, other, second = package(older, to(id="GB-CHC-9999997", charityNumber=None), GRANT)
        own = {"grant_id": "2", "grant_awarded_on": "2019-01-01"}
        assert first == FLAT | own, "what the newest grant says is taken, in the first row"
        assert second == {column: text for column, text in FLAT.items() if not column.startswith("place_")}
        assert other["organisation_id"] == "GB-CHC-9999997" and other["place_postcode"] == "ZX1 1AB"

    def test_what_the_newest_grant_does_not_say_older_ones_do(self):
        newer = to(url=None, postalCode=None, streetAddress=None, addressLocality=None)
        rows = package(newer | {"awardDate": "2025-01-01", "id": "2"}, GRANT)
        assert rows[0]["organisation_website"] == "https://friends.example"
        assert (rows[0]["place_postcode"], rows[0]["place_basis"]) == ("ZX1 1AB", "postcode")
        assert "latitude" not in rows[0] and "place_basis" not in rows[1]

    def test_without_a_postcode_it_is_placed_roughly_where_it_is_to_help(self):
        [row] = package(to(postalCode=None))
        where = {column: row[column] for column in row if column.startswith(("place", "lat", "lon"))}
        assert where == {
            "place_name": "Harbour ward",
            "latitude": "53.8",
            "longitude": "-1.5",
            "place_basis": "approximate",
        }
        [row] = package(to(postalCode="") | {"beneficiaryLocation": [{"geoCode": "ZX1 1AA", "geoCodeType": "PC"}]})
        assert (row["place_postcode"], row["place_basis"]) == ("ZX1 1AA", "approximate")

    def test_without_any_it_keeps_its_address(self):
        [row] = package(to(postalCode=None) | {"beneficiaryLocation": [{"geoCode": "E05000001"}]})
        assert row["place_address"] == "2 Mill Lane" and "place_basis" not in row

    @pytest.mark.parametrize(
        ("more", "code", "numbers"),
        [
            ({"id": "360G-toytown-ORG:7"}, "360G-toytown-ORG:7", "GB-CHC-9999998; GB-COH-00123456"),
            ({"id": None}, "GB-CHC-9999998", "GB-CHC-9999998; GB-COH-00123456"),
            ({"id": None, "charityNumber": "sc099999"}, "GB-SC-SC099999", "GB-SC-SC099999; GB-COH-00123456"),
            ({"id": None, "charityNumber": "NIC999"}, "GB-NIC-999", "GB-NIC-999; GB-COH-00123456"),
            ({"id": None, "charityNumber": None, "companyNumber": "SC12"}, "GB-COH-0000SC12", "GB-COH-0000SC12"),
        ],
    )
    def test_a_recipient_is_known_by_its_official_number_if_it_has_one(self, more, code, numbers):
        [row] = package(to(**more))
        assert (row["organisation_id"], row["organisation_identifiers"]) == (code, numbers)

    def test_without_numbers_its_code_is_of_its_name_and_postcode(self):
        bare = {"id": None, "charityNumber": None, "companyNumber": None}
        one, same, other = package(to(**bare), to(**bare, postalCode="zx11ab"), to(**bare, name="Others"))
        assert one["organisation_id"] == same["organisation_id"] != other["organisation_id"]
        assert one["organisation_id"].startswith("recipient-") and "organisation_identifiers" not in one

    def test_recipients_without_a_name_or_number_are_not_taken_for_one(self):
        rows = package(made(recipientOrganization=None), made(recipientOrganization=[]))
        assert [(row.get("organisation_id"), row["latitude"]) for row in rows] == [(None, "53.8")] * 2

    def test_more_than_one_recipient_is_noted(self):
        several = made(recipientOrganization=[{"name": "A"}, {"name": "B"}])
        rows, _, notes = from_360({"grants": [several, GRANT]})
        assert rows[0]["organisation_name"] == "A"
        assert notes == ("1 grant with more than one recipient; the first is taken.",)

    def test_a_bare_list_of_grants_is_read_as_well(self):
        assert [told(row) for row in from_360([GRANT])[0]] == [FLAT]

    def test_what_is_not_a_grant_is_left_out(self):
        assert package("grant", GRANT, None)[::2] == ["Not a grant: it has no names and values"] * 2


class TestSpreadsheets:
    def test_a_row_with_titles_says_what_the_package_says(self):
        assert sheet(TITLES) == [FLAT]

    def test_the_first_of_several_is_the_one_that_is_meant(self):
        counted = {
            f"{group}:0:{title}" if title else group: text
            for heading, text in TITLES.items()
            for group, _, title in [heading.partition(":")]
        }
        assert "Recipient Org:0:Name" in counted
        assert sheet(counted | {"Recipient Org:1:Name": "Others"}) == [FLAT]

    @pytest.mark.parametrize("title", ["Recipient Ind:Name", "To Individuals Details:Grant Purpose"])
    def test_a_grant_to_a_person_is_left_out(self, title):
        assert sheet(TITLES | {title: "Ada Toy"}) == ["A grant to a person"]

    def test_a_recipient_of_several_grants_has_one_place(self):
        rows = sheet(TITLES, TITLES | {"Identifier": "2", "Award Date": "2019-01-01", "Recipient Org:City": ""})
        assert [row.get("place_postcode") for row in rows] == ["ZX1 1AB", None]
        assert [row["grant_id"] for row in rows] == ["360G-toytown-1", "2"]

    def test_a_date_that_cannot_be_read_stays_for_people_to_see(self):
        [row] = sheet(TITLES | {"Award Date": "spring 2024"})
        assert row["grant_awarded_on"] == "spring 2024"
        with pytest.raises(FieldError):
            COLUMNS["grant_awarded_on"][1].kind.read(row["grant_awarded_on"])


OTHER = [
    None,
    1,
    "grants",
    [],
    {},
    {"grants": {}},
    {"grants": []},
    {"grants": [1, {}]},
    [{"name": "A"}],
    {"a": [GRANT]},
]


@pytest.mark.parametrize("document", OTHER)
def test_another_document_is_refused_in_a_sentence(document):
    assert not looks_like_360(document)
    with pytest.raises(GrantsError, match=r"^This is not a list of grants .+\. Choose a file .+\.$"):
        from_360(document)


@pytest.mark.skipif(not SAMPLES.is_dir(), reason="the official files are not at ../shared/sources: nothing to read")
@pytest.mark.parametrize("name", ["360-giving-package-schema.json", "360-giving-schema.json"])
def test_the_standard_itself_is_not_a_package(name):
    assert not looks_like_360(json.loads((SAMPLES / name).read_text(encoding="utf-8")))


SCALARS = st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=8)
ANYTHING = st.recursive(
    SCALARS, lambda inside: st.lists(inside, max_size=3) | st.dictionaries(st.text(max_size=4), inside, max_size=3)
)
PARTS = st.dictionaries(
    st.sampled_from(["id", "name", "postalCode", "latitude", "longitude", "geoCode", "charityNumber"]), ANYTHING
)
NEARLY = st.dictionaries(st.sampled_from(sorted(GRANT)), ANYTHING | PARTS | st.lists(PARTS, max_size=2), max_size=9)


@settings(deadline=None)
@given(ANYTHING | st.fixed_dictionaries({"grants": st.lists(NEARLY | ANYTHING, max_size=4) | ANYTHING}))
def test_any_json_gives_text_or_a_sentence(document):
    try:
        rows, labels, notes = from_360(document)
    except GrantsError:
        assert not looks_like_360(document)
        return
    assert len(rows) == len(labels)
    assert all(isinstance(note, str) and note.endswith(".") for note in notes)
    placed = []
    for row in rows:
        if not isinstance(row, LeftOut):
            assert row.keys() <= set(COLUMNS) | {"latitude", "longitude"}
            assert all(isinstance(text, str) for text in row.values())
            placed += [row["organisation_id"]] if row["organisation_id"] and row.get("place_basis") else []
    assert len(placed) == len(set(placed)), "no recipient has two places"
