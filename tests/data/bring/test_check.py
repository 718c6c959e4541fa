"""What would happen to each row of a list, on Toytown by hand: why a row is refused, and what puts it right."""

from dataclasses import replace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from data.bring.check import CHOICE, check
from data.bring.guess import TARGETS
from data.bring.layout import LeftOut
from data.bring.report import REASONS, suggested
from data.gazetteer import Gazetteer
from data.register.book import Register
from data.register.flat import COLUMNS, flat
from data.register.records import Location, Organisation, Practice, Service
from data.register.rights import Actor, Role
from tests.data.register_strategies import AWKWARD, registers
from tests.toytown import CODE

ADA = Actor("Ada", Role.EDITOR)
GOOD = {"organisation_name": "Mill Library", "kind": "library", "place_postcode": "ZX1 1AA"}


@pytest.fixture(scope="module")
def ask(toy):
    """Check rows against a register, an empty one unless another is given."""
    gazetteer = Gazetteer(toy)

    def ask(*rows, register=None, **given):
        labels = [str(i + 2) for i in range(len(rows))]
        return check(rows, labels, gazetteer=gazetteer, register=register or Register(), **given)

    return ask


def row(**texts):
    return GOOD | texts


def bring(register, report):
    return register.change(report.puts, by=ADA, what="Brought in a list")


def reasons(report):
    return [finding.reason for finding in report.findings]


def of(report, kind):
    return {record.id: record for record in report.puts if isinstance(record, kind)}


def require_adds_up(report):
    assert report.accepted + report.fixed + sum(report.refused.values()) == len(report.rows)
    refused = {finding.row for finding in report.findings if finding.refuses}
    assert refused == {i for i, ready in enumerate(report.ready) if not ready}, "nothing is refused without a reason"
    assert {finding.reason for finding in report.findings} <= set(REASONS)


# A good row


def test_a_good_row_comes_to_an_organisation_and_its_place(ask):
    report = ask(row(organisation_website="https://example.org"))
    [organisation], [place] = of(report, Organisation).values(), of(report, Location).values()
    assert organisation == Organisation(
        id=organisation.id, name="Mill Library", anchor_type="library", website="example.org"
    )
    assert place == Location(
        id=organisation.id,
        organisation_id=organisation.id,
        postcode="ZX1 1AA",
        basis="postcode",
        easting=430_500,
        northing=433_500,
        lsoa21cd=CODE["A1"],
        district="Ayton",
    )
    assert (report.accepted, report.fixed, report.refused, report.new) == (1, 0, {}, 1)


def test_help_comes_to_a_service_named_for_its_kind(ask):
    report = ask(row(kind="Business mentoring"))
    [service] = of(report, Service).values()
    assert (service.support_type, service.name) == ("mentoring", "Mentoring")
    assert next(iter(of(report, Organisation).values())).anchor_type is None


def test_a_point_places_a_row_without_a_postcode(ask, toy):
    longitude, latitude = Gazetteer(toy).degrees(432_500, 433_500)
    for where in (
        {"latitude": f"{latitude:.6f}", "longitude": f"{longitude:.6f}"},
        {"place_easting": "432500.2", "place_northing": "433499.9"},
    ):
        [place] = of(ask(row(place_postcode="", **where)), Location).values()
        assert (place.lsoa21cd, place.basis) == (CODE["B1"], "published_coords")
        assert (place.easting, place.northing) == (432_500, 433_500)


def test_defaults_fill_blanks_and_an_edit_wins_over_both(ask):
    report = ask(
        row(organisation_source=""),
        row(organisation_name="Other Hub", place_postcode="ZX1 1AJ", organisation_source="Its own"),
        row(organisation_name="Third Hall", place_postcode="ZX1 1AF"),
        defaults={"organisation_source": "A list"},
        edits={2: {"organisation_source": "By hand"}},
    )
    assert [each.source for each in of(report, Organisation).values()] == ["A list", "Its own", "By hand"]
    assert (report.accepted, report.fixed) == (2, 1)


# Each reason


CASES = {
    "name": (row(organisation_name=" "), "organisation_name", "Every place needs a name.", {}),
    "kind": (row(kind="Libary"), "kind", "“Libary” is not one of", {"kind": "Library"}),
    "kind, unlike any": (row(kind="zzzz"), "kind", "is not one of", {"kind": "other"}),
    "kind, unsaid": (row(kind=""), "kind", "Say what it is", {"kind": "other"}),
    "words": (
        row(organisation_email="a at b", organisation_notes="Old."),
        "organisation_email",
        "“a at b” is not an email address.",
        {"organisation_email": "", "organisation_notes": "Old. Organisation: Email: a at b"},
    ),
    "words, with a suggestion": (
        row(service_cost="fre"),
        "service_cost",
        "“fre” is not one of",
        {"service_cost": "Free"},
    ),
    "words, of hours": (
        row(kind="mentoring", service_opening_hours="Mon-Fri 9am-5pm"),
        "service_opening_hours",
        "could not be read as opening hours",
        {"service_opening_hours": "Mo-Fr 09:00-17:00"},
    ),
    "no_place": (row(place_postcode=""), "place_postcode", "Give a postcode or coordinates", {}),
    "postcode": (
        row(place_postcode="ZX1 IAA"),
        "place_postcode",
        "'ZX1 IAA' is not a whole postcode",
        {"place_postcode": "ZX1 1AA"},
    ),
    "postcode, beyond repair": (row(place_postcode="ZX1"), "place_postcode", "'ZX1' is not a whole postcode", {}),
    "postcode, with a point": (
        row(place_postcode="Ayton", place_easting="430500", place_northing="433500"),
        "place_postcode",
        "'Ayton' is not a whole postcode",
        {"place_postcode": ""},
    ),
    "postcode_unknown": (row(place_postcode="ZX1 9ZZ"), "place_postcode", "ZX1 9ZZ is not a postcode in use here", {}),
    "outside": (row(place_postcode="SW1A 1AA"), "place_postcode", "SW1A 1AA is not in the ten districts", {}),
    "outside, by a point": (
        row(place_postcode="", place_easting="530000", place_northing="180000"),
        "place_easting",
        "530000, 180000 is not in the ten districts",
        {},
    ),
    "swapped": (
        row(place_postcode="", latitude="-1.5374", longitude="53.7971"),
        "latitude",
        "the other way round it is in the region",
        {"latitude": "53.7971", "longitude": "-1.5374"},
    ),
    "coordinates": (
        row(latitude="north", longitude="-1.5"),
        "latitude",
        "“north, -1.5” are not coordinates.",
        {"latitude": "", "longitude": ""},
    ),
    "far_apart": (
        row(place_easting="433500", place_northing="434500"),
        "place_postcode",
        "Its coordinates are 3.2 km from ZX1 1AA",
        dict.fromkeys(("latitude", "longitude", "place_easting", "place_northing"), ""),
    ),
    "given_at": (
        row(service_given_at="Z9 (monthly); own", place_id="own"),
        "service_given_at",
        "No place has the code “Z9”.",
        {"service_given_at": "own"},
    ),
}


@pytest.mark.parametrize(("case", "expected"), CASES.items(), ids=CASES)
def test_a_doubtful_row_is_refused_with_its_reason_and_the_fix_makes_it_ready(ask, case, expected):
    texts, column, words, fix = expected
    report = ask(texts)
    require_adds_up(report)
    [finding] = [finding for finding in report.findings if finding.refuses]
    assert (finding.reason, finding.column, finding.fix) == (case.split(",")[0], column, fix)
    assert words in finding.words and finding.words.endswith(".")
    assert (finding.row, finding.label, finding.name) == (0, "2", texts["organisation_name"].strip() and finding.name)
    assert report.refused == {finding.reason: 1} and report.puts == ()
    edits = suggested(report.findings, finding.reason)
    assert edits == ({0: fix} if fix else {})
    if fix:
        after = ask(texts, edits=edits)
        assert after.fixed == 1 and not after.refused and after.puts


def test_every_reason_is_tried():
    elsewhere = {"serves", "twice", "known", "left_out", "clash"}
    assert {case.split(",")[0] for case in CASES} | elsewhere == set(REASONS)


def test_of_two_rows_that_say_two_things_of_one_the_later_is_refused(ask):
    one = row(organisation_id="N1", organisation_name="Mill Hall", place_id="N1")
    report = ask(one, one | {"organisation_name": "Moor Hall"})
    [finding] = report.findings
    assert (finding.row, finding.reason, finding.fix) == (1, "clash", {"organisation_name": "Mill Hall"})
    assert [each.name for each in of(report, Organisation).values()] == ["Mill Hall"]
    require_adds_up(report)


def test_a_part_that_another_organisation_has_is_never_taken_from_it(ask, with_library):
    thief = row(organisation_id="M", organisation_name="Moor Hall", place_id="L", place_postcode="ZX1 1AJ")
    report = ask(thief, register=with_library)
    assert report.refused == {"clash": 1} and not report.puts
    assert report.findings[0].words == "L is a place of L in the register, not of M."


def test_what_holds_for_a_whole_list_fills_no_blank_of_what_the_register_knows(ask, with_library):
    again = row(organisation_id="L", organisation_phone="2")
    report = ask(again, register=with_library, defaults={"organisation_as_at": "2026-11"})
    assert [(each.phone, each.as_at) for each in of(report, Organisation).values()] == [("2", None)]


def test_a_code_of_its_own_hides_no_double(ask, with_library):
    assert ask(row(organisation_id="N9"), register=with_library).refused == {"known": 1}


@pytest.mark.parametrize("said", ["E99", CODE["B4"], CODE["B1"], ""])
def test_district_and_neighbourhood_follow_from_where_it_is(ask, said):
    told = {"place_easting": "432510", "place_northing": "433500", "place_postcode": ""}
    [place] = of(ask(row(**told, place_lsoa21cd=said, place_district="Atlantis")), Location).values()
    assert (place.district, place.lsoa21cd) == ("Beeton", CODE["B1"])


def test_a_row_that_its_source_leaves_out_is_told_and_not_kept(ask):
    report = ask(LeftOut("It is closed"), row())
    assert (report.refused, report.accepted) == ({"left_out": 1}, 1)
    assert report.findings[0].words == "It is closed."
    require_adds_up(report)


def test_an_area_that_we_do_not_know_is_told_and_kept(ask):
    report = ask(row(kind="mentoring", service_serves="Ayton; Narnia"))
    [finding] = report.findings
    assert (finding.reason, finding.refuses, report.accepted) == ("serves", False, 1)
    assert "no area called “Narnia”" in finding.words
    assert next(iter(of(report, Service).values())).serves == ("Ayton", "Narnia")


def test_a_postcode_that_is_too_new_is_kept_where_a_point_says_where(ask):
    report = ask(row(place_postcode="ZX1 9ZZ", place_easting="430500", place_northing="433500"))
    assert (reasons(report), report.accepted) == (["postcode_unknown"], 1)


@pytest.mark.parametrize("delivery", ["online", "Online; by phone", "phone"])
def test_help_from_afar_needs_no_place_if_it_says_so_by_key(ask, delivery):
    report = ask(row(kind="mentoring", place_postcode="", service_delivery=delivery.replace("by phone", "phone")))
    assert report.accepted == 1 and not of(report, Location)


def test_the_address_of_a_responsible_body_needs_neither_place_nor_kind(ask):
    report = ask({"organisation_name": "Funder", "place_basis": "accountable_body"})
    assert report.accepted == 1


def test_a_row_with_several_faults_is_counted_once_under_the_first(ask):
    report = ask(row(organisation_name="", place_postcode="", organisation_email="none"))
    assert set(reasons(report)) == {"name", "no_place", "words"}
    assert report.refused == {"name": 1}


def test_all_that_is_set_aside_in_one_row_is_kept(ask):
    texts = row(organisation_email="none", organisation_website="n/a", service_wait_days="a while")
    report = ask(texts)
    after = ask(texts, edits=suggested(report.findings, "words"))
    [organisation] = of(after, Organisation).values()
    assert organisation.notes == (
        "Organisation: Website: n/a Organisation: Email: none Service: Waiting time (days): a while"
    )


def test_what_does_not_fit_in_the_notes_is_not_thrown_away(ask):
    longest = COLUMNS["organisation_notes"][1].kind.longest
    report = ask(row(organisation_email="none", organisation_notes="x" * (longest - 5)))
    assert [finding.fix for finding in report.findings] == [{}]


# Known, twice, and what people choose


@pytest.fixture
def with_library(ask):
    register = Register()
    bring(register, ask(row(organisation_id="L", organisation_phone="1")))
    return register


ALIKE = row(organisation_name="The Mill Library", organisation_email="mill@example.org", kind="coworking")


def test_a_row_like_a_place_of_the_register_is_held_back(ask, with_library):
    report = ask(ALIKE, register=with_library)
    [finding] = report.findings
    assert (finding.reason, finding.column, finding.fix, report.puts) == ("known", CHOICE, {}, ())
    assert finding.words == "It may be Mill Library (L), which the register has at about the same place."


def test_it_comes_in_as_another_place_if_people_say_so(ask, with_library):
    report = ask(ALIKE, register=with_library, edits={0: {CHOICE: "new"}})
    assert (report.fixed, report.new, report.changed, report.findings) == (1, 1, 0, ())
    assert [record.name for record in of(report, Organisation).values()] == ["The Mill Library"]


def test_or_adds_what_is_missing_and_changes_nothing_else(ask, with_library):
    report = ask(ALIKE, register=with_library, edits={0: {CHOICE: "add"}})
    assert (report.fixed, report.new, report.changed) == (1, 0, 1)
    bring(with_library, report)
    entry = with_library.entry("L")
    assert entry.organisation == Organisation(
        id="L", name="Mill Library", anchor_type="library", phone="1", email="mill@example.org"
    )
    assert len(entry.locations) == 1, "no second place at the same spot"
    assert [service.support_type for service in entry.services] == ["coworking"]
    again = ask(ALIKE, register=with_library, edits={0: {CHOICE: "add"}})
    assert (again.puts, again.unchanged) == ((), 1)


def test_a_row_alike_but_far_away_is_another_place_and_a_code_of_its_own_is_not_enough(ask, with_library):
    assert ask(ALIKE | {"place_postcode": "ZX1 1AJ"}, register=with_library).accepted == 1
    assert ask(ALIKE | {"organisation_id": "M"}, register=with_library).refused == {"known": 1}


def test_words_of_a_service_that_is_not_named_are_of_the_place_and_the_organisation(ask):
    hours, said = "Mo-Fr 09:00-17:00", "Books and desks"
    report = ask(row(service_opening_hours=hours, service_description=said))
    assert [place.opening_hours for place in of(report, Location).values()] == [hours]
    assert [each.description for each in of(report, Organisation).values()] == [said] and not of(report, Service)


def test_but_where_those_have_words_of_their_own_none_are_lost(ask):
    report = ask(row(service_description="Desks", organisation_description="Books"))
    assert [each.description for each in of(report, Organisation).values()] == ["Books"]
    assert [each.description for each in of(report, Service).values()] == ["Desks"]


def test_one_building_under_two_postcodes_is_one_place(ask):
    """Both points are 100 m from the middle of A1; their rows know the postcodes of A1 and none."""
    first = row(place_easting="430500", place_northing="433500")
    second = row(organisation_name="Library, Mill", place_postcode="", place_easting="430600", place_northing="433500")
    report = ask(first, second)
    assert report.refused == {"twice": 1}
    assert report.findings[0].words == "It may be the same as row 2, Mill Library."


def test_a_row_there_twice_is_refused_or_added_or_kept(ask):
    pair = (row(), row(organisation_name="Mill Library Ltd", kind="mentoring"))
    report = ask(*pair)
    assert (report.accepted, report.refused, report.new) == (1, {"twice": 1}, 1)
    added = ask(*pair, edits={1: {CHOICE: "add"}})
    assert (added.new, len(of(added, Organisation)), len(of(added, Location)), len(of(added, Service))) == (1, 1, 1, 1)
    assert {record.organisation_id for record in of(added, Service).values()} == set(of(added, Organisation))
    kept = ask(*pair, edits={1: {CHOICE: "new"}})
    assert (kept.new, len(of(kept, Organisation)), len(of(kept, Location))) == (2, 2, 2)
    for each in (report, added, kept):
        require_adds_up(each)


def test_a_row_does_not_add_to_one_that_stays_out(ask):
    lost = row(kind="coworking", service_given_at="Z9")
    report = ask(lost, row(organisation_name="Mill Library Ltd", kind="mentoring"), edits={1: {CHOICE: "add"}})
    assert report.refused == {"given_at": 1, "twice": 1} and report.puts == ()
    require_adds_up(report)


def test_help_is_not_given_at_a_place_that_stays_out(ask):
    """The third is given at the second's place, the second at the first's, and the first is refused."""
    rows = [
        row(organisation_id="A", place_id="A", place_postcode="ZX1"),
        row(organisation_id="B", place_id="B", kind="mentoring", service_given_at="A"),
        row(organisation_id="C", place_id="C", kind="mentoring", service_given_at="B"),
    ]
    report = ask(*rows)
    assert report.refused == {"postcode": 1, "given_at": 2} and report.puts == ()
    require_adds_up(report)
    report = ask(*rows, edits={0: {"place_postcode": "ZX1 1AB"}})
    assert not report.refused and {place.id for place in of(report, Location).values()} == set("ABC")


# The same list again, and organisations of several rows


def test_the_same_list_again_changes_nothing(ask):
    rows = [
        row(),
        row(organisation_name="Other Hub", kind="mentoring", place_postcode="ZX1 1AJ"),
        row(organisation_id="C", organisation_name="Own code", place_postcode="ZX1 1AF"),
        row(organisation_id="C", organisation_name="Own code", place_postcode="ZX1 1AG", kind="coworking"),
    ]
    register = Register()
    first = ask(*rows)
    assert (first.accepted, first.new) == (4, 3)
    bring(register, first)
    again = ask(*rows, register=register)
    assert (again.accepted, again.new, again.changed, again.unchanged, again.puts) == (4, 0, 0, 3, ())


def test_what_a_newer_list_says_replaces_and_what_it_leaves_blank_stays(ask, with_library):
    report = ask(
        row(organisation_id="L", organisation_name="Mill Road Library", organisation_phone=""), register=with_library
    )
    assert (report.changed, report.new) == (1, 0)
    [after] = of(report, Organisation).values()
    assert (after.name, after.phone) == ("Mill Road Library", "1")


def test_rows_of_one_code_are_one_organisation_with_all_of_its_places_and_services(ask):
    report = ask(
        row(organisation_id="A", kind="mentoring"),
        row(organisation_id="A", kind="coworking", place_postcode="ZX1 1AJ"),
        row(organisation_id="A", kind="market", place_postcode="ZX1 1AJ"),
        {"organisation_id": "A", "organisation_name": "Mill Library", "practice_measure": "living_wage"}
        | {"practice_value": "yes"},
    )
    assert (report.accepted, report.new, len(of(report, Organisation))) == (4, 1, 1)
    assert sorted(place.postcode for place in of(report, Location).values()) == ["ZX1 1AA", "ZX1 1AJ"]
    assert {service.support_type for service in of(report, Service).values()} == {"mentoring", "coworking", "market"}
    assert len(of(report, Practice)) == 1
    assert {getattr(record, "organisation_id", "A") for record in report.puts} == {"A"}


def test_what_is_known_by_its_code_needs_no_place_again(ask, with_library):
    report = ask({"organisation_id": "L", "organisation_name": "Mill Library", "kind": "market"}, register=with_library)
    assert (report.accepted, report.changed) == (1, 1)


def test_progress_is_told_and_what_it_raises_stops_the_check(ask):
    told = []
    ask(*[row(organisation_name=f"Hub {i}", organisation_id=str(i)) for i in range(1_200)], heard=told.append)
    assert told == sorted(told) and told[0] == 0 and 0.9 < told[-1] <= 1 and len(told) >= 5

    def stop(_):
        raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        ask(row(), heard=stop)


# Whatever comes


TEXTS = st.sampled_from(
    (*AWKWARD, "", "library", "mentoring", "ZX1 1AA", "ZX1 1AJ", "SW1A 1AA", "430500", "433500", "53.8", "-1.5", "A")
) | st.text(max_size=12)
COLUMN = st.sampled_from(
    ["organisation_id", "organisation_name", "kind", "place_postcode", "latitude", "longitude", "service_given_at"]
    + [CHOICE, "service_delivery", "organisation_notes", "place_easting", "place_northing", "service_support_type"]
) | st.sampled_from([*TARGETS])
ROWS = st.lists(
    st.dictionaries(COLUMN, TEXTS, max_size=8).map(lambda texts: GOOD | texts)
    | st.dictionaries(COLUMN, TEXTS, max_size=8)
    | st.just(LeftOut("Not ours")),
    max_size=6,
)


@settings(deadline=None, max_examples=80)
@given(ROWS)
def test_messy_rows_never_raise_add_up_and_only_ready_ones_are_kept(ask, rows):
    report = ask(*rows)
    require_adds_up(report)
    alone = [each for i, each in enumerate(rows) if report.ready[i]]
    assert set(ask(*alone).puts) == set(report.puts), "refused rows leave nothing behind"


@settings(deadline=None, max_examples=60)
@given(st.dictionaries(COLUMN, TEXTS, max_size=8))
def test_accepting_what_is_suggested_leaves_only_what_people_must_say(ask, texts):
    """Each round puts something right, so a few are enough."""
    edits = {}
    for _ in range(8):
        report = ask(GOOD | texts, edits={0: edits} if edits else None)
        fixes = [finding.fix for finding in report.findings if finding.refuses and finding.fix]
        if not fixes:
            return
        for fix in fixes:
            edits |= fix
    pytest.fail(f"It is still suggested to change {fixes}.")


@settings(deadline=None, max_examples=40)
@given(registers())
def test_all_that_the_register_sends_out_comes_back_the_same(ask, entries):
    """With places in Toytown or none: what is elsewhere would be refused."""
    entries = [at_home(entry) for entry in entries]
    report = ask(*flat(entries))
    assert [finding for finding in report.findings if finding.refuses] == []
    register = Register()
    bring(register, report)
    for entry in entries:
        found = register.entry(entry.organisation.id)
        assert (found.organisation, set(found.parts)) == (entry.organisation, set(entry.parts))
    assert set(report.puts) == {record for entry in entries for record in entry.records}


SPOT = {"postcode": "ZX1 1AB", "easting": 431_600, "northing": 433_500, "lsoa21cd": CODE["A2"], "district": "Ayton"}


def at_home(entry):
    """An entry whose places are in Toytown, as the register keeps them, or without any address; given at its own."""
    places = tuple(
        replace(place, **(SPOT | {"basis": place.basis or "postcode"} if place.easting else dict.fromkeys(SPOT)))
        for place in entry.locations
    )
    own = tuple(place.id for place in places)[:1]
    own = own if own and not set(own[0]) & set(";|\n(") and own[0].split() == [own[0]] else None
    services = tuple(replace(service, given_at=own if service.given_at else None) for service in entry.services)
    return replace(entry, locations=places, services=services)


def test_every_column_may_be_brought_in():
    assert set(COLUMNS) <= set(TARGETS)
