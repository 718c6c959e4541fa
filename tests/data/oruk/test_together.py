"""What comes in is put together: each thing once, with what belongs to it, and what is lost is told."""

import copy

import pytest

from data.oruk import from_oruk
from tests.data.oruk.town import counts, only, service


def at(*places):
    return [{"location": {"id": place, "location_type": "physical", "name": place}} for place in places]


class TestWhatBelongsTogether:
    def test_an_organisation_told_twice_is_one(self):
        first = service("A", organization={"id": "o", "name": "One"})
        second = service("B", organization={"id": "o", "name": "One", "email": "a@example.org"})
        came = from_oruk([first, second])
        assert counts(came) == (1, 0, 2)
        assert {row["organisation_email"] for row in came.rows} == {"a@example.org"}
        assert came.labels == ("item 1", "item 2")

    def test_a_place_of_two_organisations_is_the_firsts(self):
        first = service("A", organization={"id": "o1", "name": "One"}, service_at_locations=at("p"))
        second = service("B", organization={"id": "o2", "name": "Two"}, service_at_locations=at("p"))
        one, two = from_oruk({"contents": [first, second]}).rows
        assert (one["place_id"], one["service_given_at"]) == ("p", "")
        assert (two["place_id"], two["service_given_at"]) == ("", "p")

    def test_services_at_different_places_say_which(self):
        first = service("A", organization={"id": "o", "name": "One"}, service_at_locations=at("p"))
        second = service("B", organization_id="o", service_at_locations=[{"location_id": "q"}])
        document = {"services": [first, second], "locations": [{"id": "q", "location_type": "physical"}]}
        one, two = from_oruk(document).rows
        assert (one["service_given_at"], two["service_given_at"]) == ("p", "q")
        assert {one["place_id"], two["place_id"]} == {"p", "q"}

    def test_a_service_told_at_each_of_its_places_is_one(self):
        whole = service("A", organization={"id": "o", "name": "One"})
        document = [{"id": place, "service": whole, "location": at(place)[0]["location"]} for place in "pq"]
        came = from_oruk(document)
        assert counts(came) == (1, 2, 1)
        assert came.rows[0]["service_given_at"] == ""

    def test_a_service_of_nobody_stands_by_itself(self):
        came = from_oruk([service("A")])
        assert came.rows[0]["organisation_name"] == "A"
        assert came.notes[0].startswith("1 service names no organisation")

    def test_a_place_of_nobody_is_told(self):
        came = from_oruk({"contents": [service("A")], "locations": [{"id": "q", "location_type": "physical"}]})
        assert "1 place was not kept: no organisation or service in the file is there." in came.notes

    def test_places_of_hsds_name_their_organisation(self):
        place = {"id": "q", "organization_id": "o", "location_type": "physical"}
        came = from_oruk({"organizations": [{"id": "o", "name": "One"}], "locations": [place]})
        assert counts(came) == (1, 1, 0)

    def test_what_has_no_id_gets_one_that_stays(self):
        document = [
            {"name": "A", "organization": {"name": "One"}, "service_at_locations": [{"location": {"name": "x"}}]}
        ]
        came = from_oruk(document)
        assert counts(came) == (1, 1, 1) and came.rows == from_oruk(copy.deepcopy(document)).rows
        assert came.notes[0].startswith("3 records have no id")

    def test_a_virtual_place_is_none(self):
        virtual = [{"location": {"id": "v", "location_type": "virtual", "name": "Online"}}]
        row = only([service("A", organization={"id": "o", "name": "One"}, service_at_locations=virtual)])
        assert row["service_delivery"] == "online" and "place_id" not in row

    def test_schedules_that_are_lost_are_counted(self):
        monthly = [{"freq": "MONTHLY", "byday": "2MO", "opens_at": "10:00", "closes_at": "12:00"}]
        notes = from_oruk([service("A", schedules=monthly), service("B", schedules=monthly)]).notes
        assert any(note.startswith("2 services have schedules that were not kept") for note in notes)

    def test_schedules_of_a_service_told_twice_are_counted_once(self):
        whole = service("A", schedules=[{"freq": "MONTHLY", "byday": "2MO"}])
        notes = from_oruk([{"service": whole, "location": at(place)[0]["location"]} for place in "pq"]).notes
        assert any(note.startswith("1 service has schedules") for note in notes)

    def test_hours_of_the_place_are_the_services(self):
        weekly = [{"byday": "MO", "opens_at": "10:00", "closes_at": "12:00"}]
        given = [{"schedules": weekly, "location": {"id": "p", "name": "p"}}]
        assert only([service("A", service_at_locations=given)])["service_opening_hours"] == "Mo 10:00-12:00"

    def test_hours_of_a_building_are_the_places(self):
        weekly = [{"byday": "MO", "opens_at": "10:00", "closes_at": "12:00"}]
        row = only([service("A", service_at_locations=[{"location": {"id": "p", "name": "p", "schedules": weekly}}])])
        assert row["place_opening_hours"] == "Mo 10:00-12:00" and "service_opening_hours" not in row

    @pytest.mark.parametrize(("wait", "days"), [("14 days", "14"), (7, "7"), ("14.0", "14"), ("a while", None)])
    def test_a_wait_is_kept_if_it_is_days(self, wait, days):
        assert only([service("A", wait_time=wait)]).get("service_wait_days") == days

    @pytest.mark.parametrize(
        ("options", "cost", "price", "note"),
        [
            ([{"amount": 0}], "free", "0", None),
            ([{"amount": 5, "currency": "eur"}], "paid", None, "5 EUR"),
            (
                [{"amount": 5, "option": "adults"}, {"amount": 3, "option": "students"}],
                "paid",
                "5",
                "adults; students, 3",
            ),
            ([{"amount_description": "ask"}], None, None, "ask"),
        ],
    )
    def test_prices_are_kept(self, options, cost, price, note):
        row = only([service("A", cost_options=options)])
        assert tuple(row.get(f"service_{name}") for name in ("cost", "cost_amount", "cost_note")) == (cost, price, note)
