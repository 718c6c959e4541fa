"""Records as values: from texts and back, into the log and back, onto flat rows, and what is said when they are not."""

from dataclasses import fields, replace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from data.register.book import Entry
from data.register.changes import Change, as_json, differences, from_json, from_row, key_of, name_of, replayed
from data.register.fields import fields_of
from data.register.flat import COLUMNS, PREFIXES, flat, flat_rows, texts_of, title_of
from data.register.records import (
    BY_TABLE,
    FIELDS,
    KINDS,
    PARTS,
    Grant,
    Location,
    Organisation,
    Practice,
    RecordError,
    Service,
    Shortlist,
    Story,
    Suggestion,
    from_text,
    outlets,
    to_text,
)
from tests.data.register_strategies import entries, records

LIBRARY = Organisation(id="A", name="Library", anchor_type="library", identifiers=("GB-1", "GB-2"), community_led=False)
ANY_RECORD = st.one_of([records(kind) for kind in KINDS])


@settings(deadline=None, max_examples=200)
@given(ANY_RECORD)
def test_a_record_is_the_same_after_being_text(record):
    assert from_text(type(record), to_text(record)) == record


@settings(deadline=None, max_examples=200)
@given(ANY_RECORD)
def test_a_record_is_the_same_after_being_in_the_log(record):
    assert from_json(record.table, as_json(record)) == record


@pytest.mark.parametrize("kind", KINDS)
def test_every_record_has_a_code_first_and_a_field_that_is_not_needed_is_none(kind):
    declared = fields_of(kind)
    assert next(iter(declared)) == "id" and declared["id"].needed
    assert (kind in PARTS) == ("organisation_id" in declared)
    needed = {name: "x" for name, each in declared.items() if each.needed}
    made = kind(**needed)
    assert all(getattr(made, each.name) is None for each in fields(kind) if each.name not in needed)
    assert BY_TABLE[kind.table] is kind


@pytest.mark.parametrize("kind", KINDS)
def test_what_is_needed_and_blank_is_told_by_field(kind):
    with pytest.raises(RecordError) as refused:
        from_text(kind, {})
    needed = {name for name, each in FIELDS[kind.table].items() if each.needed}
    assert set(refused.value.problems) == needed
    assert all(str(problem).endswith(" is needed.") for problem in refused.value.problems.values())


def test_everything_that_is_wrong_is_told_at_once():
    texts = {"id": "A", "name": "", "website": "n/a", "community_led": "perhaps", "anchor_type": "libary"}
    with pytest.raises(RecordError) as refused:
        from_text(Organisation, texts)
    assert set(refused.value.problems) == {"name", "website", "community_led", "anchor_type"}
    assert refused.value.problems["anchor_type"].suggestion == "Library"
    assert "name: Name is needed." in str(refused.value)


def test_texts_become_values_by_hand():
    texts = {"id": " S ", "organisation_id": "A", "name": "Advice", "stages": "growth; idea", "cost_amount": "£5.50"}
    assert from_text(Service, texts | {"nonsense": "x"}) == Service(
        id="S", organisation_id="A", name="Advice", stages=("pre_start", "growth"), cost_amount=5.5
    )


def test_the_log_keeps_known_fields_only():
    assert as_json(LIBRARY) == (
        '{"id":"A","name":"Library","anchor_type":"library","community_led":false,"identifiers":["GB-1","GB-2"]}'
    )
    assert as_json(None) is None and from_json("organisations", None) is None


def test_what_is_no_field_any_more_is_left_out():
    assert from_row("organisations", {"id": "A", "name": "Library", "fax": "1", "version": 3}) == Organisation(
        id="A", name="Library"
    )


def test_differences_by_hand():
    later = replace(LIBRARY, community_led=True, phone="1")
    assert differences(LIBRARY, later) == {"community_led": (False, True), "phone": (None, "1")}
    assert differences(None, Organisation(id="A", name="B")) == {"id": (None, "A"), "name": (None, "B")}
    assert differences(LIBRARY, LIBRARY) == {} == differences(None, None)


def test_a_change_reversed_and_what_replaying_comes_to():
    added = Change(key_of(LIBRARY), None, LIBRARY)
    renamed = Change(key_of(LIBRARY), LIBRARY, replace(LIBRARY, name="Hub"))
    assert replayed([added, renamed]) == {("organisations", "A"): replace(LIBRARY, name="Hub")}
    assert replayed([added, renamed, renamed.reversed]) == {("organisations", "A"): LIBRARY}
    assert replayed([added, added.reversed]) == {}


def test_what_people_call_a_record():
    assert name_of(LIBRARY) == "Library"
    assert name_of(Practice(id="P", organisation_id="A", measure="apprentices", value="3")) == "apprentices"
    assert name_of(Location(id="L", organisation_id="A")) == "" == name_of(None)


def test_where_a_service_is_given_by_hand():
    service = Service(id="S", organisation_id="A", name="x", given_at=("WY021", "WY034 (every Tuesday)", "Z ( )"))
    assert outlets(service) == (("WY021", ""), ("WY034", "every Tuesday"), ("Z", " "))
    assert outlets(Service(id="S", organisation_id="A", name="x")) == ()


def test_columns_of_the_flat_table_are_every_field_once():
    assert set(PREFIXES) == set(KINDS) - {Suggestion, Shortlist, Story}
    kept = sum(len(FIELDS[kind.table]) - (kind in PARTS) for kind in PREFIXES)
    assert len(COLUMNS) == kept
    assert title_of("service_cost") == "Service: Cost"
    titles = [title_of(column) for column in COLUMNS]
    assert len(set(titles)) == len(titles)


def entry_of(*parts):
    def of(kind):
        return tuple(part for part in parts if isinstance(part, kind))

    return Entry(LIBRARY, of(Location), of(Service), of(Practice), of(Grant), versions={})


def test_an_organisation_takes_as_many_rows_as_its_longest_list():
    here, there = (Location(id=id_, organisation_id="A") for id_ in ("L1", "L2"))
    advice = Service(id="S1", organisation_id="A", name="Advice")
    rows = flat_rows(entry_of(here, there, advice))
    assert [(row["place_id"], row["service_id"], row["organisation_name"]) for row in rows] == [
        ("L1", "S1", "Library"),
        ("L2", "", "Library"),
    ]
    assert len(flat_rows(entry_of())) == 1
    assert len(flat([entry_of(), entry_of(here, there)])) == 3


def test_a_row_without_anything_of_a_kind_holds_none_of_it():
    [row] = flat_rows(entry_of())
    assert texts_of(row, Service) is None
    assert texts_of(row, Organisation)["name"] == "Library"


@settings(deadline=None, max_examples=60)
@given(entries())
def test_flat_rows_hold_all_of_an_entry(entry):
    found = {kind: [] for kind in PREFIXES}
    for row in flat_rows(entry):
        assert set(row) == set(COLUMNS)
        for kind in PREFIXES:
            if (texts := texts_of(row, kind)) is not None:
                found[kind].append(from_text(kind, texts | {"organisation_id": entry.organisation.id}))
    assert set(found[Organisation]) == {entry.organisation}
    assert tuple(record for kind in PARTS for record in found[kind]) == entry.parts
