"""What the register begins with: the pack's list, counted again by another way."""

import duckdb
import pytest

from data.register.book import Register
from data.register.records import Location, Organisation, Service, from_text, to_text
from data.register.rights import Actor, Role
from data.register.seed import BEGAN, FOUNDERS, begin
from data.store import HELD
from tests.toytown import CODE, NASTY


def count(sql):
    """One number of the built-in list, straight from its file."""
    [(number,)] = duckdb.sql(f"SELECT count(*) FROM '{HELD}/organisations.parquet' WHERE {sql}").fetchall()  # noqa: S608
    return number


def kept(register, table):
    return {record.id: record for record, _ in register.records(table)}


def test_the_built_in_register_has_every_organisation_with_its_place_and_its_help(held_register):
    organisations, places, services = (kept(held_register, name) for name in ("organisations", "locations", "services"))
    assert len(organisations) == len(places) == count("true") == 293
    assert len(services) == count("support_type IS NOT NULL") == 96
    assert (
        set(organisations)
        == set(places)
        == {service.organisation_id for service in services.values()}
        | {id_ for id_, record in organisations.items() if record.anchor_type}
    )
    assert kept(held_register, "grants") == kept(held_register, "practice") == kept(held_register, "suggestions") == {}


@pytest.mark.parametrize("status", ["active", "unknown", "ended"])
def test_standings_and_bases_are_those_of_the_list(held_register, status):
    standing = [record.status for record in kept(held_register, "organisations").values()]
    assert standing.count(status) == count(f"status = '{status}'") > 0
    helping = [record.status for record in kept(held_register, "services").values()]
    assert helping.count(status) == count(f"status = '{status}' AND support_type IS NOT NULL") > 0


def test_every_figure_of_a_place_is_that_of_the_list(held_register):
    rows = duckdb.sql(
        f"SELECT id, postcode, easting, northing, lsoa21cd, district, geo_basis FROM '{HELD}/organisations.parquet'"  # noqa: S608
    ).fetchall()
    assert {
        (place.id, place.postcode, place.easting, place.northing, place.lsoa21cd, place.district, place.basis)
        for place in kept(held_register, "locations").values()
    } == set(rows)


def test_stages_groups_costs_and_hours_are_all_kept(held_register):
    services = kept(held_register, "services").values()
    assert sum(service.stages is not None for service in services) == count("stage IS NOT NULL AND stage <> ''")
    assert sum(service.cost == "free" for service in services) == count("cost = 'free'")
    assert sum(service.priority_groups is not None for service in services) == count("priority_groups <> ''")
    hours = [place.opening_hours for place in kept(held_register, "locations").values()]
    assert sum(each is not None for each in hours) == count("opening_hours <> ''")


def test_it_is_one_step_that_says_what_it_is(held_register):
    rows = held_register.ask("steps", before=10**9, most=9)
    assert rows[["number", "who", "what", "count"]].to_dict(orient="records") == [
        {"number": 1, "who": FOUNDERS.name, "what": BEGAN, "count": 293 + 293 + 96}
    ]
    assert held_register.unlike_its_log() == []


def test_all_that_it_begins_with_is_the_same_after_being_text(held_register):
    for table in ("organisations", "locations", "services"):
        for record in kept(held_register, table).values():
            assert from_text(type(record), to_text(record)) == record


def test_toytown_by_hand(toy_register):
    """T8 is a college and gives no help; T7 is an anchor and helps; T4 has ended."""
    college = toy_register.entry("T8")
    assert college.records == (
        Organisation(
            id="T8",
            name="Beeton College",
            anchor_type="fe_college",
            status="active",
            verification="A",
            source="invented",
        ),
        Location(
            id="T8",
            organisation_id="T8",
            postcode="ZX1 1AA",
            basis="postcode",
            easting=432_500,
            northing=434_500,
            lsoa21cd=CODE["B3"],
            district="Beeton",
        ),
    )
    assert toy_register.entry("T7").services == (
        Service(
            id="T7-S",
            organisation_id="T7",
            name="Help for charities and community groups",
            support_type="vcs_support",
            status="active",
        ),
    )
    assert toy_register.entry("T7").organisation.anchor_type == "community_anchor_org"
    assert toy_register.entry("T4").services[0].status == "ended"
    assert toy_register.entry("T2").organisation.name == NASTY
    assert [len(toy_register.records(table)) for table in ("organisations", "locations", "services")] == [9, 9, 7]


def test_a_register_that_has_begun_does_not_begin_again(toy):
    register = Register()
    begin(register, toy)
    editor = Actor("Ada", Role.EDITOR)
    register.change([], [("organisations", "T1")], by=editor, what="Removed")
    begin(register, toy)
    assert register.version == 2 and len(register.records("organisations")) == 8
    register.undo(2, by=editor)
    register.undo(1, by=editor)
    begin(register, toy)
    assert register.version == 4 and register.records("organisations") == []
