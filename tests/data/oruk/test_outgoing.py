"""What is sent out, slot by slot, of a register worked by hand."""

import json
from datetime import date

import pytest
from pyproj import Transformer

from data.oruk import to_oruk
from data.register.book import Entry
from data.register.records import Location, Organisation, Service
from tests.data.oruk.town import LENDER, town


@pytest.fixture(scope="module")
def page():
    return json.loads(json.dumps(to_oruk(town(), today=date(2026, 4, 1))))


@pytest.fixture(scope="module")
def advice(page):
    return page["contents"][0]


def marks(record):
    return {each["link_type"]: each["taxonomy_term"]["name"] for each in record["attributes"]}


class TestThePage:
    def test_counts_its_services(self, page):
        assert (page["total_items"], page["size"], page["total_pages"], page["page_number"]) == (3, 3, 1, 1)
        assert (page["first_page"], page["last_page"], page["empty"]) == (True, True, False)
        assert [each["name"] for each in page["contents"]] == ["Advice", "Loans", "Webinars"]

    def test_lists_organisations_without_a_service(self, page):
        assert [each["name"] for each in page["organizations"]] == ["Ayton Council"]

    def test_lists_places_where_nothing_is_given(self, page):
        assert [each["addresses"][0]["city"] for each in page["locations"]] == ["Ayton"]

    def test_of_nothing_is_empty(self):
        assert to_oruk([])["empty"] is True

    def test_is_the_same_every_time(self, page):
        assert json.loads(json.dumps(to_oruk(town(), today=date(2026, 4, 1)))) == page


class TestAService:
    def test_fills_plain_slots(self, advice):
        slots = {"name": "Advice", "url": "http://hub.example.org/advice", "status": "temporarily closed"}
        slots |= {"minimum_age": 16, "assured_date": "2026-03-31", "fees": "Paid for"}
        assert {name: advice[name] for name in slots} == slots
        assert "description" not in advice and "maximum_age" not in advice

    def test_fills_lists(self, advice):
        assert [(each["name"], each["code"]) for each in advice["languages"]] == [("English", "en"), ("Urdu", "ur")]
        assert [each["source"] for each in advice["funding"]] == ["The Council"]
        assert [each["name"] for each in advice["service_areas"]] == ["Ayton", "E08000001"]
        [price] = advice["cost_options"]
        assert (price["amount"], price["amount_description"]) == (12.5, "a session")

    def test_tells_its_week(self, advice):
        told = [(each["freq"], each["byday"], each["opens_at"], each["closes_at"]) for each in advice["schedules"]]
        assert told == [
            ("WEEKLY", "MO,TU,WE,TH,FR", "09:00:00", "12:00:00"),
            ("WEEKLY", "MO,TU,WE,TH,FR", "13:00:00", "17:00:00"),
            ("WEEKLY", "SA", "10:00:00", "12:00:00"),
        ]

    def test_carries_as_attributes_only_what_has_no_slot(self, advice):
        assert [(each["link_type"], each["taxonomy_term"]["name"]) for each in advice["attributes"]] == [
            ("id", "S1"),
            ("support_type", "mentoring"),
            ("stages", "pre_start"),
            ("stages", "start_up"),
        ]
        term = advice["attributes"][1]["taxonomy_term"]
        assert (term["description"], term["taxonomy"], term["term"]) == (
            "Kind of help",
            "Foothold services",
            "Mentoring",
        )

    def test_is_given_at_its_organisations_places(self, advice):
        assert [each["location"]["name"] for each in advice["service_at_locations"]] == ["The Hub", "The Shed"]

    def test_is_given_where_it_says(self, page):
        [at] = page["contents"][1]["service_at_locations"]
        assert (at["location"]["name"], at["description"]) == ("The Shed", "monthly")
        assert [
            each["taxonomy_term"]["name"]
            for each in page["contents"][1]["attributes"]
            if each["link_type"] == "given_at"
        ] == ["P1 (monthly)", "P9"]

    def test_without_a_place_has_none(self, page):
        assert "service_at_locations" not in page["contents"][2]

    def test_of_which_nobody_said_anything_is_active(self, page):
        assert page["contents"][1]["status"] == "active"
        assert marks(page["contents"][1])["status"] == ""

    def test_that_ended_is_defunct(self, page):
        assert page["contents"][2]["status"] == "defunct"

    def test_ends_with_its_organisation(self):
        gone = Organisation(id="X", name="Gone", ended_on="2026-01-01")
        entry = Entry(gone, (), (Service(id="S", organisation_id="X", name="S", status="active"),), (), (), {})
        assert to_oruk([entry], today=date(2025, 12, 31))["contents"][0]["status"] == "active"
        assert to_oruk([entry], today=date(2026, 1, 1))["contents"][0]["status"] == "defunct"

    def test_keeps_its_organisations_standing(self):
        of = Organisation(id="X", name="Maybe", status="unknown")
        entry = Entry(of, (), (Service(id="S", organisation_id="X", name="S"),), (), (), {})
        assert to_oruk([entry])["contents"][0]["status"] == "inactive"


class TestHoursOfThePlace:
    def told(self, *places, **slots):
        of = Organisation(id="X", name="X")
        held = tuple(Location(id=id_, organisation_id="X", opening_hours=hours) for id_, hours in places)
        entry = Entry(of, held, (Service(id="S", organisation_id="X", name="S", **slots),), (), (), {})
        [out] = to_oruk([entry])["contents"]
        return [each["byday"] for each in out.get("schedules", [])], marks(out).get("opening_hours")

    def test_are_the_services_if_it_has_none(self):
        assert self.told(("P", "Mo 09:00-12:00")) == (["MO"], "")

    def test_give_way_to_its_own(self):
        assert self.told(("P", "Mo 09:00-12:00"), opening_hours="Tu 09:00-12:00") == (["TU"], None)

    def test_are_not_if_its_places_differ(self):
        assert self.told(("P", "Mo 09:00-12:00"), ("Q", None)) == ([], None)

    def test_are_not_if_it_is_there_only_at_times(self):
        assert self.told(("P", "Mo 09:00-12:00"), given_at=("P (monthly)",)) == ([], None)


class TestAnOrganisation:
    def test_fills_its_slots(self, advice):
        hub = advice["organization"]
        assert hub["name"] == "Toytown <b>Hub</b>"
        assert (hub["website"], hub["email"]) == ("https://hub.example.org", "hello@hub.example.org")

    def test_has_a_description_even_if_there_is_none(self, page):
        assert page["organizations"][0]["description"] == ""

    def test_tells_its_numbers_with_ours_first(self, advice):
        numbers = advice["organization"]["organization_identifiers"]
        assert [(each["identifier_type"], each.get("identifier_scheme"), each["identifier"]) for each in numbers] == [
            ("Foothold register", None, "WY001"),
            ("Charity number", "GB-CHC", "1234567"),
            ("Official number", None, "local 7"),
        ]

    def test_keeps_an_id_that_is_a_uuid(self, page):
        assert page["contents"][1]["organization"]["id"] == LENDER
        assert page["organizations"][0]["id"] != "WY002"

    def test_carries_its_places_practice_and_grants(self, advice):
        told = [
            (each["taxonomy_term"]["taxonomy"], each["link_type"], each["taxonomy_term"]["name"])
            for each in advice["organization"]["attributes"]
        ]
        assert ("Foothold locations", "id", "P2") in told
        assert ("Foothold practice", "measure", "living_wage") in told
        assert ("Foothold grants", "amount", "10000") in told
        of_practice = {
            each["link_id"]
            for each in advice["organization"]["attributes"]
            if each["taxonomy_term"]["taxonomy"] == "Foothold practice"
        }
        assert len(of_practice) == 1

    def test_leaves_out_an_email_address_that_many_would_refuse(self):
        odd = Entry(Organisation(id="X", name="X", email="a..b@example.org"), (), (), (), (), {})
        [out] = to_oruk([odd])["organizations"]
        assert "email" not in out and marks(out)["email"] == "a..b@example.org"

    def test_has_a_web_address_that_may_be_followed(self):
        odd = Entry(Organisation(id="X", name="X", website='example.org/"a"/100%#b#c'), (), (), (), (), {})
        [out] = to_oruk([odd])["organizations"]
        assert out["website"] == "https://example.org/%22a%22/100%25#b%23c"
        assert marks(out)["website"] == 'example.org/"a"/100%#b#c'


class TestAPlace:
    def test_fills_its_slots(self, advice):
        place = advice["service_at_locations"][0]["location"]
        assert (place["location_type"], place["name"]) == ("physical", "The Hub")
        assert (place["external_identifier"], place["external_identifier_type"]) == ("72000000001", "UPRN")
        assert [each["accessibility"] for each in place["accessibility"]] == ["step-free", "hearing loop"]
        [address] = place["addresses"]
        del address["id"]
        assert address == {
            "address_1": "1 High Street",
            "city": "Ayton",
            "state_province": "",
            "postal_code": "LS1 3AD",
            "country": "GB",
            "address_type": "physical",
        }

    def test_is_drawn_where_it_is(self, advice):
        place = advice["service_at_locations"][0]["location"]
        assert place["latitude"] == pytest.approx(53.8015, abs=0.001)
        assert place["longitude"] == pytest.approx(-1.5503, abs=0.001)
        back = Transformer.from_crs(4326, 27700, always_xy=True).transform(place["longitude"], place["latitude"])
        assert tuple(map(round, back)) == (429_700, 434_000)

    def test_of_a_responsible_body_is_for_post(self, page):
        [office] = page["locations"]
        assert office["location_type"] == "postal"
        assert office["addresses"][0]["address_type"] == "postal"

    def test_far_out_at_sea_has_no_degrees(self):
        at_sea = Location(id="P", organisation_id="X", easting=0, northing=1_300_000)
        inland = Location(id="Q", organisation_id="X", easting=430_000, northing=433_000)
        entry = Entry(Organisation(id="X", name="X"), (at_sea, inland), (), (), (), {})
        for place in to_oruk([entry])["locations"]:
            if "latitude" in place:
                back = Transformer.from_crs(4326, 27700, always_xy=True).transform(
                    place["longitude"], place["latitude"]
                )
                assert [str(round(metres)) for metres in back] == [marks(place)["easting"], marks(place)["northing"]]


def test_tells_how_far_it_has_come():
    told = []
    to_oruk(town(), heard=told.append)
    assert told == [0, 1]


def test_stops_when_told_to():
    def stop(_):
        raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        to_oruk(town(), heard=stop)
