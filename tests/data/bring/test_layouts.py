import csv
import io
from collections import Counter
from datetime import date, timedelta
from pathlib import Path

import pytest

from data.bring.files import FileError, open_file
from data.bring.known import LAYOUTS, recognised, rows_of, sheet_of
from data.bring.layout import LeftOut
from data.bring.official import readable
from data.register.flat import COLUMNS
from data.register.kinds import FieldError

SAMPLES = Path(__file__).parents[4] / "shared" / "sources" / "organisations"
KEYS = set(COLUMNS) | {"latitude", "longitude", "kind"}

in_reach = pytest.mark.skipif(
    not SAMPLES.is_dir(), reason="the official files are not at ../shared/sources/organisations: nothing to bring in"
)

COUNCIL_OF = {
    "calderdale_metropolitan_borough_council": (24, 12, {"2017": 1, "2019": 2, "2020": 1, "2021": 8}),
    "city_of_bradford_metropolitan_district_council": (37, 30, {"2015": 2, "2017": 2, "2019": 2, "2022": 1}),
    "city_of_york_council": (18, 17, {"2018": 1}),
    "kirklees_council": (30, 24, {"2014": 1, "2016": 3, "2019": 1, "2022": 1}),
    "leeds_city_council": (53, 38, {"2011": 13, "2015": 1, "2016": 1}),
    "wakefield_metropolitan_district_council": (30, 19, {"2011": 4, "2012": 3, "2013": 2, "2017": 1, "2020": 1}),
}
CLOSED_BY_2023 = {"2011": 18, "2012": 4, "2015": 2, "2016": 3, "2017": 1, "2018": 1, "2019": 4, "2021": 8, "2022": 1}


def closed(years):
    return {f"Closed in {year}": count for year, count in years.items()}


SAMPLE_FILES = {
    f"libraries/libraries_{of}.csv": ("libraries_council", rows, kept, closed(years))
    for of, (rows, kept, years) in COUNCIL_OF.items()
} | {
    "libraries/libraries_england_2023_westyorks_york.csv": (
        "libraries_england",
        191,
        140,
        closed(CLOSED_BY_2023)
        | {
            "Closed by 2023": 1,
            "Currently closed, as of 2023": 1,
            "A mobile library has no one place": 3,
            "Listed as “Archive”, not as a library that people can walk into": 3,
            "Listed as “Prison Library”, not as a library that people can walk into": 1,
        },
    ),
    "nhs_ods_etr.csv": ("nhs_trusts", 218, 212, closed({"2020": 2, "2021": 4})),
    "learning-providers-plus.csv": ("learning_providers", 166, 166, {}),
    "gias/edubasealldata_format_sample.csv": ("gias", 1, 0, {"A school, not a college": 1}),
}
"""For each file: its layout, its rows, those that come in, and the others by why not."""

NOT_PLACES = (
    "charity_commission/cascs_fixture.csv",
    "charity_commission/ccew-fields.csv",
    "charity_commission/ccew_classification.csv",
    "gias/edubasealldata20250422-establishment-types.csv",
    "gias/links_edubasealldata20250422_head.csv",
    "hebdenplaces.csv",
    "schema_recommended.csv",
    "threesixtygiving/360-giving-schema-titles-with-dei-extension-2024.xlsx",
    "threesixtygiving/countryCode.csv",
    "threesixtygiving/currency.csv",
    "threesixtygiving/geoCodeType.csv",
    "threesixtygiving/grantToIndividualsPurpose.csv",
    "threesixtygiving/grantToIndividualsReason.csv",
    "threesixtygiving/locationScope.csv",
    "threesixtygiving/regrantType.csv",
    "vocab_anchor_types.csv",
    "vocab_support_types.csv",
)


def brought(name, content):
    """The key of the layout of a file, the sheet as it is to be shown, and its rows."""
    [sheet] = open_file(name, content).sheets
    layout = recognised(sheet)
    assert layout is not None
    return layout.key, *rows_of(sheet, layout)


def written(*rows):
    """Rows by heading as the bytes of a CSV file; headings that a row has not are blank in it."""
    text = io.StringIO()
    table = csv.DictWriter(text, list(dict.fromkeys(key for row in rows for key in row)), restval="")
    table.writeheader()
    table.writerows(rows)
    return text.getvalue().encode()


def one(key, *rows):
    """The only row of a list that is in the layout `key`: without blanks, or why it is left out."""
    found, _, [row] = brought("list.csv", written(*rows))
    assert found == key
    return str(row) if isinstance(row, LeftOut) else {column: text for column, text in row.items() if text}


def as_read(row):
    """What cannot be read of a flat row, by column."""
    problems = {}
    for column in row.keys() & COLUMNS.keys():
        try:
            COLUMNS[column][1].kind.read(row[column])
        except FieldError as error:
            problems[column] = str(error)
    return problems


class TestSamples:
    @in_reach
    @pytest.mark.parametrize("name", SAMPLE_FILES)
    def test_every_row_comes_in_or_is_left_out_for_a_reason(self, name):
        key, rows, kept, left = SAMPLE_FILES[name]
        found, sheet, made = brought(name, (SAMPLES / name).read_bytes())
        assert found == key
        assert len(made) == len(sheet.rows) == len(sheet.numbers) == rows
        assert Counter(str(row) for row in made if isinstance(row, LeftOut)) == left
        good = [row for row in made if not isinstance(row, LeftOut)]
        assert len(good) == kept == rows - sum(left.values())
        assert len({row["organisation_id"] for row in good}) == kept, "each has a code of its own"
        assert all(row.keys() <= KEYS and row["organisation_name"] and row["place_postcode"] for row in good)

    @in_reach
    @pytest.mark.parametrize("name", SAMPLE_FILES)
    def test_all_that_comes_in_can_be_read(self, name):
        _, _, made = brought(name, (SAMPLES / name).read_bytes())
        assert {column for row in made if not isinstance(row, LeftOut) for column in as_read(row)} == set()

    @in_reach
    def test_hours_come_in_for_all_open_libraries_that_list_any(self):
        files = [name for name, (key, *_) in SAMPLE_FILES.items() if key == "libraries_council"]
        made = [row for name in files for row in brought(name, (SAMPLES / name).read_bytes())[2]]
        hours = [row["place_opening_hours"] for row in made if not isinstance(row, LeftOut)]
        assert (len(made), len(hours), sum(map(bool, hours))) == (192, 140, 126)

    @in_reach
    def test_a_library_has_one_code_in_both_lists(self):
        council, england = (
            {
                row["organisation_id"]
                for name in SAMPLE_FILES
                if SAMPLE_FILES[name][0] == key
                for row in brought(name, (SAMPLES / name).read_bytes())[2]
                if not isinstance(row, LeftOut)
            }
            for key in ("libraries_council", "libraries_england")
        )
        assert len(council & england) == 134

    @in_reach
    @pytest.mark.parametrize("name", NOT_PLACES)
    def test_what_is_not_a_known_list_of_places_is_not_recognised(self, name):
        assert [recognised(sheet) for sheet in open_file(name, (SAMPLES / name).read_bytes()).sheets] == [None]


LIBRARY = {
    "Local authority": "Toytown Council",
    "Library name": "Harbour",
    "Address 1": " The Old Mill,  1 Quay Street ,",
    "Address 2": "Toytown ",
    "Address 3": "Toyshire",
    "Postcode": "ZX1 1AA",
    "Unique property reference number": "123456789012",
    "Statutory": "Yes",
    "Type of library": "LAL",
    "Year closed": "",
    "Monday staffed hours": "09:00-17:00",
    "Tuesday staffed hours": "10:00-12:30,14:00-17:00",
    "Sunday staffed hours": "",
    "Sunday unstaffed hours": "",
    "Co-located": "No",
    "Co-located with": "",
    "Notes": "",
    "URL": "https://toytown.example/harbour",
    "Email address": "harbour@toytown.example",
}


class TestCouncilLibraries:
    def test_a_library_becomes_an_anchor_with_its_place_and_hours(self):
        row = one("libraries_council", LIBRARY)
        assert row.pop("organisation_id").startswith("library-")
        assert row == {
            "organisation_name": "Harbour Library",
            "organisation_anchor_type": "library",
            "organisation_legal_form": "public_body",
            "organisation_status": "active",
            "organisation_website": "https://toytown.example/harbour",
            "organisation_email": "harbour@toytown.example",
            "organisation_notes": "Run by its council.",
            "place_address": "The Old Mill, 1 Quay Street",
            "place_town": "Toytown",
            "place_postcode": "ZX1 1AA",
            "place_uprn": "123456789012",
            "place_basis": "postcode",
            "place_opening_hours": "Mo 09:00-17:00; Tu 10:00-12:30,14:00-17:00",
        }

    @pytest.mark.parametrize("name", ["Harbour Library", "Harbour Libraries Hub", "LIBRARY AT THE QUAY"])
    def test_a_name_that_says_library_stays(self, name):
        assert one("libraries_council", LIBRARY | {"Library name": name})["organisation_name"] == name

    def test_a_name_whose_letters_were_muddled_is_put_right(self):
        muddled, right = (one("libraries_council", LIBRARY | {"Library name": f"Quay CafÃ{end}"}) for end in ("©", ""))
        assert muddled["organisation_name"] == "Quay Café Library"
        assert right["organisation_name"] == "Quay CafÃ Library"

    def test_its_code_stays_when_its_row_is_written_otherwise(self):
        other = LIBRARY | {"Library name": "harbour  library", "Postcode": "zx11aa", "Notes": "Painted"}
        assert (
            one("libraries_council", LIBRARY)["organisation_id"] == one("libraries_council", other)["organisation_id"]
        )
        assert (
            one("libraries_council", LIBRARY | {"Postcode": "ZX1 1AB"})["organisation_id"]
            != one("libraries_council", LIBRARY)["organisation_id"]
        )

    @pytest.mark.parametrize(
        ("kind", "led", "form", "words"),
        [
            ("CRL", "yes", None, "Run by its community, with help from its council."),
            ("ICL", "yes", None, "Run by its community, independently of its council."),
            ("CL", None, None, "Run for its council by another body."),
            ("LAL-", None, "public_body", "Run by its council, without staff."),
            ("XYZ", None, None, "Type of library: XYZ."),
        ],
    )
    def test_who_runs_it_is_told(self, kind, led, form, words):
        row = one("libraries_council", LIBRARY | {"Type of library": kind})
        assert row.get("organisation_community_led") == led
        assert row.get("organisation_legal_form") == form
        assert row["organisation_notes"] == words

    @pytest.mark.parametrize(
        ("said", "hours"),
        [
            ("9:00-17:00", "09:00-17:00"),
            ("9am - 5.30pm", "09:00-17:30"),
            ("09.30 to 12.00 and 14.00 to 17.00", "09:30-12:00,14:00-17:00"),
        ],
    )
    def test_hours_in_other_forms_are_converted(self, said, hours):
        row = one("libraries_council", LIBRARY | {"Monday staffed hours": said, "Tuesday staffed hours": "Closed"})
        assert row["place_opening_hours"] == f"Mo {hours}"

    @pytest.mark.parametrize("said", ["9 till late", "by appointment", "17:00-09:00", "09:00", "10:00-25:00"])
    def test_hours_that_cannot_be_read_stay_as_they_are_in_the_notes(self, said):
        row = one("libraries_council", LIBRARY | {"Monday staffed hours": said})
        assert "place_opening_hours" not in row
        given = f"Opening hours as given: Monday {said}; Tuesday 10:00-12:30,14:00-17:00."
        assert row["organisation_notes"] == f"Run by its council. {given}"

    def test_without_hours_it_is_not_said_to_be_open(self):
        row = one("libraries_council", LIBRARY | {"Monday staffed hours": "", "Tuesday staffed hours": ""})
        assert "organisation_status" not in row and "place_opening_hours" not in row

    def test_everything_else_of_use_is_in_the_notes(self):
        more = {"Co-located": "Yes", "Co-located with": "Museum", "Statutory": "No", "Notes": "New  roof in 2020."}
        row = one("libraries_council", LIBRARY | more | {"Sunday unstaffed hours": "10:00-16:00"})
        assert row["organisation_notes"] == (
            "Run by its council. In one building with: Museum. Not part of the library service that its council must "
            "provide. Open without staff: Su 10:00-16:00. New roof in 2020."
        )
        assert "Su" not in row["place_opening_hours"]

    @pytest.mark.parametrize(
        ("more", "why"),
        [
            ({"Year closed": "2019", "Notes": "Currently closed since January"}, "Closed in 2019"),
            ({"Notes": "Currently closed  since January"}, "Currently closed, as its notes say"),
            ({"Notes": "Temporarily suspended for works"}, "Currently closed, as its notes say"),
        ],
    )
    def test_a_closed_one_is_left_out(self, more, why):
        assert one("libraries_council", LIBRARY | more) == why


ENGLAND = {
    "reporting": "Toytown",
    "name": "Harbour Library",
    "address1": "1 Quay Street",
    "address2": "Toytown",
    "address3": "Toyshire",
    "authority": "Toytown",
    "postcode": "ZX1 1AA",
    "uprn": "",
    "type": "Static Library",
    "statutory_22": "Yes",
    "statutory_23": "No",
    "operation_22": "LA",
    "operation_23": "CR",
    "closed": "",
    "operating_organisation": "Friends of the Harbour",
    "co_located_museum": "X",
    "co_located_other_text": "a lighthouse",
    "monday": "AM Only",
    "tuesday": "N/A Closed",
    "hours": "19.5",
    "staffed_hours": "19.5",
    "email": "",
}


class TestLibrariesOfEngland:
    def test_a_library_becomes_an_anchor_by_its_newest_year(self):
        row = one("libraries_england", ENGLAND)
        assert row == {
            "organisation_id": one("libraries_council", LIBRARY)["organisation_id"],
            "organisation_name": "Harbour Library",
            "organisation_anchor_type": "library",
            "organisation_community_led": "yes",
            "organisation_status": "active",
            "organisation_as_at": "2023",
            "organisation_notes": (
                "Run by its community, with help from its council. Managed by: Friends of the Harbour. In one building "
                "with: a museum, a lighthouse. Not part of the library service that its council must provide. Open "
                "19.5 hours a week in 2023. Opening hours as given: Monday AM Only."
            ),
            "place_address": "1 Quay Street",
            "place_town": "Toytown",
            "place_postcode": "ZX1 1AA",
            "place_basis": "postcode",
        }

    @pytest.mark.parametrize(
        ("more", "why"),
        [
            ({"closed": "2011", "operation_23": "Closed"}, "Closed in 2011"),
            ({"operation_23": "Closed"}, "Closed by 2023"),
            ({"operation_23": "Temporary Closure"}, "Currently closed, as of 2023"),
            ({"type": "Mobile Library", "postcode": "n/a - mobile"}, "A mobile library has no one place"),
            ({"type": "Archive"}, "Listed as “Archive”, not as a library that people can walk into"),
        ],
    )
    def test_what_is_closed_or_not_a_place_for_all_is_left_out(self, more, why):
        assert one("libraries_england", ENGLAND | more) == why

    def test_without_a_number_of_hours_it_is_not_said_to_be_open(self):
        row = one("libraries_england", ENGLAND | {"hours": "N/A Closed", "monday": "N/A Closed"})
        assert "organisation_status" not in row and "hours" not in row["organisation_notes"]


def trust(number, name, closes=""):
    cells = [""] * 27
    cells[:4] = [number, name, "Y99", "QZZ"]
    cells[4:10] = ["ST. JOAN'S HOSPITAL", "12 THE RIDGE", "", "TOYTOWN-ON-SEA", "TOYSHIRE", "ZX1 1AA"]
    cells[10:12] = ["19980401", closes]
    cells[17] = "01234 567890"
    return ",".join(f'"{cell}"' for cell in cells) + "\n"


class TestTrusts:
    def test_its_file_has_no_headings_and_every_row_counts(self):
        content = (trust("RZ1", "TOYTOWN AND DISTRICT NHS TRUST") + trust("RZ2", "O'DOLL'S NHS TRUST")).encode()
        key, sheet, [first, second] = brought("etr.csv", content)
        assert key == "nhs_trusts"
        assert sheet.numbers == (1, 2) and sheet.columns[0] == "Column 1" and sheet.rows[0][0] == "RZ1"
        assert {column: text for column, text in first.items() if text} == {
            "organisation_id": "GB-NHS-RZ1",
            "organisation_name": "Toytown and District NHS Trust",
            "organisation_identifiers": "GB-NHS-RZ1",
            "organisation_anchor_type": "nhs_trust",
            "organisation_legal_form": "public_body",
            "organisation_status": "active",
            "organisation_phone": "01234 567890",
            "place_address": "St. Joan's Hospital, 12 The Ridge",
            "place_town": "Toytown-on-Sea",
            "place_postcode": "ZX1 1AA",
            "place_basis": "postcode",
        }
        assert second["organisation_name"] == "O'Doll's NHS Trust"

    def test_one_that_has_closed_is_left_out_and_one_that_will_says_when(self):
        later = date.today() + timedelta(days=400)
        content = trust("RZ1", "A", "20200930") + trust("RZ2", "B", f"{later:%Y%m%d}") + trust("RZ3", "C", "soon")
        _, _, (gone, going, odd) = brought("etr.csv", content.encode())
        assert isinstance(gone, LeftOut) and str(gone) == "Closed in 2020"
        assert going["organisation_ended_on"] == later.isoformat()
        assert isinstance(odd, LeftOut) and str(odd) == "Closed (soon)"

    def test_other_lists_without_headings_are_not_taken_for_it(self):
        for content in (
            "RZ1,Toytown Trust,ZX1 1AA\nRZ2,Other Trust,ZX1 1AB\n",
            trust("ZX101", "A SITE") * 2,
            "REF," + ",".join(f"Heading {n}" for n in range(26)) + "\n" + trust("RZ1", "A"),
        ):
            [sheet] = open_file("list.csv", content.encode()).sheets
            assert recognised(sheet) is None


PROVIDER = {
    "UKPRN": "10099999",
    "PROVIDER_NAME": "UNIVERSITY OF TOYTOWN, THE",
    "VIEW_NAME": "The University of Toytown",
    "FLAT_NAME_NUMBER": "",
    "BUILDING_NAME_NUMBER": "12",
    "LOCALITY": "",
    "STREET_NAME": "SOUTH QUAY",
    "TOWN": "TOYTOWN",
    "POSTCODE": "ZX1 1AA",
    "WEBSITE_URL": "http:///",
    "LONGITUDE": "-1.5",
    "LATITUDE": "53.8",
    "EASTING": "430000",
    "NORTHING": "430000",
    "HESA_ID": "0999",
}


class TestProviders:
    def test_a_provider_becomes_a_university_at_its_coordinates(self):
        assert one("learning_providers", PROVIDER) == {
            "organisation_id": "GB-UKPRN-10099999",
            "organisation_name": "The University of Toytown",
            "organisation_identifiers": "GB-UKPRN-10099999",
            "organisation_anchor_type": "university",
            "place_address": "12 South Quay",
            "place_town": "Toytown",
            "place_postcode": "ZX1 1AA",
            "place_basis": "published_coords",
            "place_easting": "430000",
            "place_northing": "430000",
        }

    def test_it_is_placed_by_the_best_that_is_known(self):
        row = one("learning_providers", PROVIDER | {"EASTING": "", "NORTHING": ""})
        assert (row["latitude"], row["longitude"], row["place_basis"]) == ("53.8", "-1.5", "published_coords")
        assert "place_easting" not in row
        row = one("learning_providers", PROVIDER | {"EASTING": "", "NORTHING": "", "LATITUDE": ""})
        assert row["place_basis"] == "postcode" and "longitude" not in row

    def test_a_name_that_is_registered_otherwise_is_noted(self):
        row = one("learning_providers", PROVIDER | {"VIEW_NAME": "Toytown College", "WEBSITE_URL": "http://t.example"})
        assert row["organisation_notes"] == "Registered as The University of Toytown."
        assert row["organisation_website"] == "http://t.example"


COLLEGE = {
    "URN": "199999",
    "EstablishmentName": "Toytown College",
    "TypeOfEstablishment (code)": "18",
    "EstablishmentStatus (code)": "1",
    "CloseDate": "",
    "UKPRN": "10088888",
    "FurtherEducationType (name)": "General Further Education College",
    "Street": "3 Mill Lane",
    "Locality": "Riverside",
    "Address3": "",
    "Town": "Toytown",
    "Postcode": "ZX1 1AA",
    "SchoolWebsite": "www.toytown.example",
    "TelephoneNum": "01234567890",
    "Easting": "430000",
    "Northing": "430000",
    "UPRN": "100000000001",
}


class TestColleges:
    def test_a_college_comes_in_with_both_its_numbers(self):
        assert one("gias", COLLEGE) == {
            "organisation_id": "GB-EDU-199999",
            "organisation_name": "Toytown College",
            "organisation_anchor_type": "fe_college",
            "organisation_identifiers": "GB-EDU-199999; GB-UKPRN-10088888",
            "organisation_status": "active",
            "organisation_website": "www.toytown.example",
            "organisation_phone": "01234567890",
            "place_address": "3 Mill Lane, Riverside",
            "place_town": "Toytown",
            "place_postcode": "ZX1 1AA",
            "place_uprn": "100000000001",
            "place_basis": "published_coords",
            "place_easting": "430000",
            "place_northing": "430000",
        }

    @pytest.mark.parametrize("kind", ["General", "Voluntary Aided", "Voluntary Controlled"])
    def test_a_sixth_form_college_is_one(self, kind):
        row = one("gias", COLLEGE | {"FurtherEducationType (name)": f"Sixth Form College ({kind})"})
        assert row["organisation_anchor_type"] == "sixth_form_college"

    @pytest.mark.parametrize(
        ("more", "why"),
        [
            ({"TypeOfEstablishment (code)": "01"}, "A school, not a college"),
            ({"TypeOfEstablishment (code)": "31"}, "A school, not a college"),
            ({"TypeOfEstablishment (code)": "45"}, "An academy or free school for 16 to 19, not a college"),
            ({"TypeOfEstablishment (code)": "29"}, "A university, not a college"),
            ({"EstablishmentStatus (code)": "2", "CloseDate": "31-08-2019"}, "Closed in 2019"),
            ({"EstablishmentStatus (code)": "2"}, "Closed"),
            ({"EstablishmentStatus (code)": "4"}, "Not open yet"),
        ],
    )
    def test_anything_else_is_left_out(self, more, why):
        assert one("gias", COLLEGE | more) == why

    def test_one_that_is_proposed_to_close_says_so(self):
        later = date.today() + timedelta(days=400)
        row = one("gias", COLLEGE | {"EstablishmentStatus (code)": "3", "CloseDate": f"{later:%d-%m-%Y}"})
        assert row["organisation_ended_on"] == later.isoformat()
        assert row["organisation_notes"] == "It is proposed to close."


CHARITY = {
    "date_of_extract": "2025-01-01T00:00:00",
    "organisation_number": 9999999,
    "registered_charity_number": 9999998,
    "linked_charity_number": 0,
    "charity_name": "1ST TOYTOWN UK FRIENDS (THE)",
    "charity_type": "Charitable company",
    "charity_registration_status": "Registered",
    "date_of_removal": None,
    "charity_contact_address1": "2 MILL LANE",
    "charity_contact_address2": "TOYTOWN",
    "charity_contact_postcode": "ZX1 1AB",
    "charity_contact_phone": "01234567890",
    "charity_contact_email": "friends@toytown.example",
    "charity_contact_web": "www.friends.example",
    "charity_company_registration_number": "123456",
    "charity_insolvent": False,
    "charity_in_administration": True,
    "charity_is_cio": None,
    "charity_activities": "Helps people who start out.",
}


class TestCharities:
    def of(self, **more):
        sheet = sheet_of([CHARITY | more])
        layout = recognised(sheet)
        assert layout is not None and layout.key == "charities"
        [row] = rows_of(sheet, layout)[1]
        return str(row) if isinstance(row, LeftOut) else {column: text for column, text in row.items() if text}

    def test_its_address_is_not_where_it_works(self):
        assert self.of() == {
            "organisation_id": "GB-CHC-9999998",
            "organisation_name": "The 1st Toytown UK Friends",
            "organisation_description": "Helps people who start out.",
            "organisation_legal_form": "charity",
            "organisation_identifiers": "GB-CHC-9999998; GB-COH-00123456",
            "organisation_website": "www.friends.example",
            "organisation_email": "friends@toytown.example",
            "organisation_phone": "01234567890",
            "organisation_notes": "It is in administration.",
            "place_address": "2 Mill Lane, Toytown",
            "place_postcode": "ZX1 1AB",
            "place_basis": "accountable_body",
        }

    def test_as_text_between_tabs_it_is_the_same(self):
        said = {name: "" if value is None else str(value) for name, value in CHARITY.items()}
        text = "\t".join(said) + "\n" + "\t".join(said.values()) + "\n"
        _, _, [row] = brought("publicextract.charity.txt", text.encode())
        assert {column: words for column, words in row.items() if words} == self.of()

    @pytest.mark.parametrize("more", [{"charity_type": "CIO"}, {"charity_is_cio": True}])
    def test_a_cio_is_one(self, more):
        assert self.of(**more)["organisation_legal_form"] == "cio"

    def test_parts_of_others_and_those_removed_are_left_out(self):
        assert self.of(linked_charity_number=2) == "A part of another charity"
        gone = {"charity_registration_status": "Removed", "date_of_removal": "2019-05-01T00:00:00"}
        assert self.of(**gone) == "Removed from the register in 2019"
        assert self.of(charity_registration_status="Removed") == "Removed from the register"


class TestListsInJson:
    def test_flat_objects_become_a_list_with_all_their_names(self):
        sheet = sheet_of([{"a": 1, "b": None}, {"b": True, "c": 2.5}])
        assert (sheet.columns, sheet.rows) == (("a", "b", "c"), (("1", "", ""), ("", "yes", "2.5")))
        assert sheet.numbers == (1, 2) and recognised(sheet) is None

    @pytest.mark.parametrize("document", [None, {}, {"a": 1}, [], [1], ["a"], [{"a": [1]}], [{"a": {}}], [{"a": 1}, 2]])
    def test_any_other_document_is_no_list(self, document):
        assert sheet_of(document) is None

    def test_a_list_with_nothing_in_it_is_refused_with_a_reason(self):
        with pytest.raises(FileError, match="no rows"):
            sheet_of([{}, {"a": None}])


def test_no_two_layouts_could_be_taken_for_each_other():
    assert len({layout.key for layout in LAYOUTS}) == len(LAYOUTS)
    headed = [layout for layout in LAYOUTS if not layout.headerless]
    assert all(layout.headings for layout in headed)
    assert not [(a.key, b.key) for a in headed for b in headed if a is not b and a.headings <= b.headings]


@pytest.mark.parametrize(
    ("typed", "read"),
    [
        ("UNIVERSITY OF TOYTOWN, THE", "The University of Toytown"),
        ("ST. JOAN'S AND O'DOLL'S", "St. Joan's and O'Doll's"),
        ("UNIT 1A, 2ND FLOOR, NHS HQ", "Unit 1A, 2nd Floor, NHS HQ"),
        ("TOYTOWN-UPON-SEA YMCA LTD", "Toytown-upon-Sea YMCA Ltd"),
        ("University of  Toytown", "University of Toytown"),
        ("", ""),
    ],
)
def test_capitals_become_readable(typed, read):
    assert readable(typed) == read
