"""What editors do, each as one step: confirming, ending, removing, merging, and deciding on suggestions."""

from datetime import date, timedelta

import pytest

from data.register.book import Register
from data.register.changes import ConflictError
from data.register.keep import (
    ATTENTION,
    confirm,
    decide,
    end,
    from_suggestion,
    merge,
    needs_attention,
    new_code,
    remove,
)
from data.register.records import (
    FIELDS,
    Grant,
    Location,
    Organisation,
    Practice,
    Service,
    Suggestion,
    from_text,
    to_text,
)
from data.register.rights import VISITOR, Actor, Role

ADA, BEN = Actor("Ada", Role.EDITOR), Actor("Ben", Role.EDITOR)
TODAY = date.today().isoformat()
TOMORROW = (date.today() + timedelta(days=1)).isoformat()

HUB = Organisation(id="A", name="Hub", phone="1")
DOOR = Location(id="A", organisation_id="A", easting=100, northing=200)
ADVICE = Service(id="A-S", organisation_id="A", name="Advice", status="active")
OLD = Service(id="A-O", organisation_id="A", name="Old advice", status="ended")

TWIN = Organisation(id="B", name="The Hub", phone="2", email="hub@example.org")
SAME_DOOR = Location(id="B", organisation_id="B", easting=100, northing=200)
OTHER_DOOR = Location(id="B2", organisation_id="B", easting=900, northing=900)
LOANS = Service(id="B-S", organisation_id="B", name="Loans", given_at=("B (monthly)", "B2"))
PAY = Practice(id="B-P", organisation_id="B", measure="living_wage", value="yes")
MONEY = Grant(id="B-G", organisation_id="B", amount=500.0)
GUEST = Service(id="C-S", organisation_id="C", name="Outreach", given_at=("A", "B", "elsewhere"))


@pytest.fixture
def register():
    made = Register()
    records = [HUB, DOOR, ADVICE, OLD, TWIN, SAME_DOOR, OTHER_DOOR, LOANS, PAY, MONEY]
    made.change([*records, Organisation(id="C", name="Cy"), GUEST], by=ADA, what="Began")
    yield made
    assert made.unlike_its_log() == []


def one(register, table, id_):
    [(record, _)] = register.records(table, [id_])
    return record


def test_confirming_dates_the_organisation_and_what_has_not_ended(register):
    step = confirm(register, register.entry("A"), today="2026-11-21", by=ADA)
    entry = register.entry("A")
    assert step.count == 2
    for record in (entry.organisation, one(register, "services", "A-S")):
        assert (record.confirmed_on, record.confirmed_by) == ("2026-11-21", "Ada")
    assert one(register, "services", "A-O") == OLD


def test_confirming_what_someone_changed_meanwhile_is_a_conflict(register):
    entry = register.entry("A")
    end(register, entry, entry.services[1], on=TODAY, today=TODAY, why="Over", by=BEN)
    with pytest.raises(ConflictError):
        confirm(register, entry, today="2026-11-21", by=ADA)
    assert register.entry("A").organisation == HUB


@pytest.mark.parametrize(("on", "service", "organisation"), [(TODAY, "ended", "ended"), (TOMORROW, "active", None)])
def test_what_ends_on_a_day_to_come_stays_open_until_then(register, on, service, organisation):
    step = end(register, register.entry("A"), ADVICE, on=on, today=TODAY, why="Money ran out", by=ADA)
    assert (step.what, step.why, step.count) == ("Marked as ended", "Money ran out", 1)
    after = one(register, "services", "A-S")
    assert (after.ends_on, after.status) == (on, service)
    end(register, register.entry("A"), HUB, on=on, today=TODAY, why="Closed", by=ADA)
    after = register.entry("A").organisation
    assert (after.ended_on, after.status) == (on, organisation)


def test_removing_an_organisation_takes_its_parts_and_undoing_brings_them_back(register):
    before = register.entry("B")
    step = remove(register, before, before.organisation, why="Never was", by=ADA)
    # Its own six, and the service of the other that was given at its place.
    assert step.count == 7 and register.entry("B") is None
    assert not any("B" in str(service.given_at) for service, _ in register.records("services"))
    for table in ("locations", "services", "practice", "grants"):
        assert register.records(table, ["B"], of="organisation_id") == []
    register.undo(step.number, by=ADA)
    assert register.entry("B").records == before.records


def test_removing_a_part_leaves_the_rest(register):
    assert remove(register, register.entry("A"), OLD, why="Never was", by=ADA).count == 1
    assert register.entry("A").services == (ADVICE,)


def test_removing_what_someone_edited_meanwhile_is_a_conflict(register):
    entry = register.entry("A")
    end(register, entry, ADVICE, on=TODAY, today=TODAY, why="Over", by=BEN)
    with pytest.raises(ConflictError):
        remove(register, entry, entry.organisation, why="Never was", by=ADA)
    assert register.entry("A") is not None


def test_merging_fills_blanks_moves_parts_and_keeps_one_place_a_spot(register):
    """The place at the same spot goes, and whatever was given there is given at the place that stays."""
    step = merge(register, register.entry("A"), register.entry("B"), why="The same", by=ADA)
    assert step.what == "Merged The Hub into Hub"
    assert register.entry("B") is None
    entry = register.entry("A")
    assert (entry.organisation.phone, entry.organisation.email) == ("1", "hub@example.org")
    assert [place.id for place in entry.locations] == ["A", "B2"]
    assert [service.id for service in entry.services] == ["A-O", "A-S", "B-S"]
    assert one(register, "services", "B-S").given_at == ("A (monthly)", "B2")
    assert (entry.practice[0].id, entry.grants[0].id) == ("B-P", "B-G")


def test_merging_changes_what_others_give_at_the_place_that_goes_and_names_it_once(register):
    merge(register, register.entry("A"), register.entry("B"), why="The same", by=ADA)
    assert one(register, "services", "C-S").given_at == ("A", "elsewhere")


def test_merging_is_undone_as_one_step(register):
    before = {id_: register.entry(id_).records for id_ in "ABC"}
    step = merge(register, register.entry("A"), register.entry("B"), why="The same", by=ADA)
    register.undo(step.number, by=BEN)
    assert {id_: register.entry(id_).records for id_ in "ABC"} == before


def test_merging_with_what_someone_changed_meanwhile_is_a_conflict(register):
    kept, gone = register.entry("A"), register.entry("B")
    end(register, gone, LOANS, on=TODAY, today=TODAY, why="Over", by=BEN)
    with pytest.raises(ConflictError):
        merge(register, kept, gone, why="The same", by=ADA)
    assert register.entry("B") is not None


def test_an_organisation_is_not_merged_with_itself(register):
    with pytest.raises(ValueError, match="cannot be merged with itself"):
        merge(register, register.entry("A"), register.entry("A"), why="x", by=ADA)
    assert register.entry("A").organisation == HUB


def test_codes_are_new_each_time():
    codes = {new_code("r") for _ in range(1_000)}
    assert len(codes) == 1_000 and all(code.startswith("r-") for code in codes)


# Suggestions

SAID = Suggestion(
    id="X",
    name="New Hub",
    says="Opened in May",
    kind="community_hub",
    postcode="ZX1 1AA",
    easting=430_500,
    northing=433_500,
    lsoa21cd="E01000001",
    district="Ayton",
    made_on="2026-11-20",
    made_by="Bea",
    state="waiting",
)


def test_a_suggestion_taken_up_becomes_an_organisation_with_its_place(register):
    register.suggest(SAID, by=VISITOR)
    puts = from_suggestion(SAID, today="2026-11-21", helps=False, by=ADA)
    step = decide(register, SAID, state="accepted", answer="Seen", by=ADA, puts=puts)
    assert (step.what, step.why, step.count) == ("Took up a suggestion", "Seen", 3)
    assert one(register, "suggestions", "X").state == "accepted"
    entry = register.entry(puts[0].id)
    assert (entry.organisation.name, entry.organisation.anchor_type) == ("New Hub", "community_hub")
    assert entry.organisation.verification == "C", "one weak source"
    [place] = entry.locations
    assert (place.postcode, place.easting, place.basis) == ("ZX1 1AA", 430_500, "postcode")
    assert entry.services == () and register.ask("waiting").empty


def test_suggested_help_becomes_a_service_and_a_click_places_it_roughly():
    said = Suggestion(id="X", name="Advice", kind="mentoring", easting=1, northing=2, state="waiting")
    organisation, place, service = from_suggestion(said, today="2026-11-21", helps=True, by=ADA)
    assert organisation.anchor_type is None and service.support_type == "mentoring"
    assert place.basis == "approximate"
    assert {place.organisation_id, service.organisation_id} == {organisation.id}


@pytest.mark.parametrize(("kind", "helps"), [("library", False), ("mentoring", True), (None, False)])
def test_what_comes_of_a_suggestion_can_be_kept_and_sent_out(kind, helps):
    said = Suggestion(id="X", name="New", kind=kind, postcode="ZX1 1AA", state="waiting")
    for record in from_suggestion(said, today="2026-11-21", helps=helps, by=ADA):
        assert from_text(type(record), to_text(record)) == record


def test_declining_says_why_and_adds_nothing(register):
    register.suggest(SAID, by=VISITOR)
    step = decide(register, SAID, state="declined", answer="Not in the region", by=ADA, puts=[])
    assert (step.what, step.count) == ("Declined a suggestion", 1)
    assert one(register, "suggestions", "X").answer == "Not in the region"


def test_two_editors_do_not_take_up_one_suggestion_twice(register):
    register.suggest(SAID, by=VISITOR)
    for editor in (ADA, BEN):
        puts = from_suggestion(SAID, today="2026-11-21", helps=False, by=editor)
        if editor is ADA:
            decide(register, SAID, state="accepted", answer="Seen", by=editor, puts=puts)
            continue
        with pytest.raises(ConflictError) as stopped:
            decide(register, SAID, state="accepted", answer="Seen", by=editor, puts=puts)
    assert stopped.value.theirs["suggestions", "X"].state == "accepted"
    assert len(register.records("organisations")) == 4


def test_a_suggestion_that_is_gone_is_not_decided_on(register):
    with pytest.raises(ConflictError):
        decide(register, SAID, state="declined", answer="x", by=ADA, puts=[])


# What needs attention


def test_every_reason_for_attention_has_words_and_the_year_is_counted(register):
    confirm(register, register.entry("A"), today="2025-11-21", by=ADA)
    told = needs_attention(register, "2026-11-21")
    assert set(told["what"]) <= set(ATTENTION)
    assert "A" not in set(told[told["what"] == "unconfirmed"]["organisation_id"]), "365 days are not more than a year"
    told = needs_attention(register, "2026-11-22")
    assert "A" in set(told[told["what"] == "unconfirmed"]["organisation_id"])


def test_an_ending_is_told_a_month_before(register):
    end(register, register.entry("A"), ADVICE, on="2099-03-31", today=TODAY, why="The money ends", by=ADA)
    for today, there in (("2099-02-27", False), ("2099-02-28", True), ("2099-03-30", True), ("2099-03-31", False)):
        told = needs_attention(register, today)
        assert ("ending" in set(told["what"])) is there, today


def test_fields_that_are_confirmed_exist():
    assert all({"confirmed_on", "confirmed_by"} <= set(FIELDS[table]) for table in ("organisations", "services"))
