"""What comes in from others: the official examples, and the first version."""

import json

import pytest

from data.oruk import OrukError, from_oruk, looks_like_oruk, to_oruk
from tests.data.oruk import official
from tests.data.oruk.town import ORGANISATION, PLACE, SERVICE, counts, only, register_of


@official.needed
class TestOfficialExamples:
    @pytest.mark.parametrize(
        ("name", "expected"),
        [
            ("service_list.json", (1, 0, 1)),
            ("service_full.json", (1, 1, 1)),
            ("organization_full.json", (1, 1, 1)),
            ("service_at_location_full.json", (1, 1, 1)),
        ],
    )
    def test_come_in_and_go_out_again(self, name, expected):
        document = official.example(name)
        assert looks_like_oruk(document)
        came = from_oruk(document)
        assert counts(came) == expected
        page = to_oruk(register_of(came.rows))
        assert official.complaints(json.loads(json.dumps(page))) == []

    def test_keep_their_ids_and_what_cannot_be_read(self):
        row = only(official.example("service_full.json"))
        assert (row["organisation_id"], row["service_id"], row["place_id"]) == (ORGANISATION, SERVICE, PLACE)
        assert (row["place_postcode"], row["latitude"], row["longitude"]) == ("ABC 1234", "100", "101")
        assert row["organisation_identifiers"] == "GB-COH-1234567"
        assert row["service_opening_hours"] == "Th-Fr 10:00-18:00"
        assert (row["service_cost"], row["service_cost_amount"]) == ("paid", "35")
        assert (row["service_min_age"], row["service_max_age"]) == ("12", "100")
        assert row["service_status"] == "active"
        assert "Following COVID-19" in row["service_description"]
        assert "service_given_at" not in row

    def test_say_the_same_in_each_form(self):
        forms = ("service_full.json", "organization_full.json", "service_at_location_full.json")
        one, two, three = (only(official.example(name)) for name in forms)
        assert one == two == three

    def test_of_a_page_tell_of_the_other_pages(self):
        notes = from_oruk(official.example("service_list.json")).notes
        assert "This is one page of 10: bring the others too to have all of the directory." in notes

    @pytest.mark.parametrize("name", ["service_full.json", "organization_full.json"])
    def test_keep_nobody_by_name(self, name):
        document = official.example(name)
        came = from_oruk(document)
        assert "Persona" in json.dumps(document) and "Persona" not in repr(came)
        assert "The names of contacts are people's names, which the register never keeps." in came.notes

    def test_of_terms_are_nothing_to_bring_in(self):
        document = official.example("taxonomy_term.json")
        assert not looks_like_oruk(document)
        with pytest.raises(OrukError, match="terms of a taxonomy"):
            from_oruk(document)

    def test_of_hsds_come_in(self):
        document = json.loads((official.FOLDER / "hsds_v3" / "service_full.json").read_text(encoding="utf-8"))
        row = only(document)
        assert counts(from_oruk(document)) == (1, 1, 1)
        assert row["service_eligibility"].startswith("This service is intended for all people aged 12")
        assert "Interpreting: Interpretation services are available in Urdu" in row["service_description"]
        assert row["service_languages"] == "ur"
        assert row["organisation_phone"] == "+44 1234 234567"
        assert row["place_address"] == "1-30 Main Street, MyVillage"
        assert "fees_description" in row["service_cost_note"] and "£50 per hour" in row["service_cost_note"]
        assert "service_wait_days" not in row
        assert any("wait_time" in note for note in from_oruk(document).notes)
        assert "Persona" not in repr(from_oruk(document))
        page = to_oruk(register_of(from_oruk(document).rows))
        assert official.complaints(json.loads(json.dumps(page))) == []

    def test_of_the_first_version_have_slots_that_are_read(self):
        schema = json.loads((official.FOLDER / "oruk_v1" / "service.schema.json").read_text(encoding="utf-8"))
        assert schema["properties"].keys() >= FIRST_VERSION.keys() & {"organization", "attending_type", "fees"}
        assert set(schema["required"]) <= FIRST_VERSION.keys()


FIRST_VERSION = {
    "id": "s-1",
    "name": "Loans",
    "description": "Small loans.",
    "url": "https://lender.example.org/loans",
    "email": "hello@lender.example.org",
    "status": "active",
    "fees": "Free",
    "attending_type": "venue",
    "deliverable_type": "Financial Support",
    "assured_date": "2021-05-01",
    "organization": {"id": ORGANISATION, "name": "Lender", "description": "", "url": "https://lender.example.org"},
    "eligibilitys": [{"id": "e", "eligibility": "adult", "minimum_age": 18.0, "maximum_age": 65}],
    "languages": [{"id": "l", "language": "ur"}],
    "service_areas": [{"id": "a", "service_area": "Leeds"}],
    "fundings": [{"id": "f", "source": "The Council"}],
    "regular_schedules": [{"id": "r", "weekday": 1, "opens_at": "09:00Z", "closes_at": "12:00Z"}],
    "contacts": [
        {"id": "c", "name": "Ann Other", "title": "Manager", "phones": [{"id": "p", "number": "07700 900000"}]},
        {"id": "d", "title": "Front desk", "phones": [{"id": "q", "number": "0113 496 0001"}]},
    ],
    "service_taxonomys": [{"id": "t", "taxonomy": {"id": "x", "name": "Community lender", "vocabulary": "ours"}}],
    "service_at_locations": [
        {
            "id": "sal",
            "location": {
                "id": "loc",
                "name": "The Bank",
                "latitude": 53.8,
                "longitude": -1.55,
                "physical_addresses": [
                    {"id": "ad", "address_1": "2 Low Road", "city": "Leeds", "postal_code": "ls1 4ap"}
                ],
                "accessibility_for_disabilities": [{"id": "ac", "accessibility": "step-free"}],
            },
        }
    ],
}


class TestTheFirstVersion:
    def test_comes_in(self):
        assert only({"totalElements": 1, "totalPages": 1, "content": [FIRST_VERSION]}) == {
            "organisation_id": ORGANISATION,
            "organisation_name": "Lender",
            "organisation_website": "lender.example.org",
            "organisation_email": "hello@lender.example.org",
            "organisation_phone": "0113 496 0001",
            "place_id": "loc",
            "place_name": "The Bank",
            "place_address": "2 Low Road",
            "place_town": "Leeds",
            "place_postcode": "ls1 4ap",
            "place_accessibility": "step-free",
            "latitude": "53.8",
            "longitude": "-1.55",
            "service_id": "s-1",
            "service_name": "Loans",
            "service_support_type": "finance_cdfi",
            "service_description": "Small loans.",
            "service_eligibility": "adult",
            "service_min_age": "18",
            "service_max_age": "65",
            "service_cost": "free",
            "service_languages": "ur",
            "service_delivery": "in_person",
            "service_opening_hours": "Mo 09:00-12:00",
            "service_serves": "Leeds",
            "service_funder": "The Council",
            "service_status": "active",
            "service_website": "lender.example.org/loans",
            "service_confirmed_on": "2021-05-01",
        }

    def test_keeps_nobody_by_name_or_telephone(self):
        assert "Ann Other" not in repr(from_oruk(FIRST_VERSION)) and "07700" not in repr(from_oruk(FIRST_VERSION))

    def test_says_what_it_did_not_keep(self):
        assert any("deliverable_type (1)" in note for note in from_oruk(FIRST_VERSION).notes)
