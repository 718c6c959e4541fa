"""Which column means what: by its heading, and by what stands in it."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from data.bring.files import Sheet
from data.bring.guess import _SAID, TARGETS, applied, guess
from data.register.flat import COLUMNS


def sheet(*columns, rows=()):
    rows = tuple(tuple(row) for row in rows)
    return Sheet(name="A list", columns=columns, rows=rows, numbers=tuple(range(2, len(rows) + 2)))


@pytest.mark.parametrize(
    ("heading", "target"),
    [
        ("Name", "organisation_name"),
        ("ORGANISATION NAME", "organisation_name"),
        ("Organisaton name", "organisation_name"),
        ("Post code", "place_postcode"),
        ("E-mail address", "organisation_email"),
        ("Telephone", "organisation_phone"),
        ("Web site", "organisation_website"),
        ("Type of support", "kind"),
        ("Who can use it?", "service_eligibility"),
        ("Opening hours", "service_opening_hours"),
        ("Lat", "latitude"),
        ("LONG", "longitude"),
        ("X coordinate", "place_easting"),
        ("service_cost", "service_cost"),
        ("practice_measure", "practice_measure"),
    ],
)
def test_a_heading_tells(heading, target):
    assert guess(sheet(heading, rows=[["zz"]])) == {target: heading}


def test_every_word_we_know_is_of_a_column_that_there_is():
    assert set(_SAID) <= set(TARGETS) and set(COLUMNS) < set(TARGETS)
    words = [word.strip() for said in _SAID.values() for word in said.split(",")]
    assert len(words) == len(set(words)), "no word means two things"


@pytest.mark.parametrize("target", TARGETS)
def test_our_own_columns_are_understood_as_they_are(target):
    assert guess(sheet(target, rows=[["zz"]])) == {target: target}


def test_each_meaning_is_given_once_and_the_exact_heading_wins():
    assert guess(sheet("Nam", "Name", "Title", rows=[["a", "b", "c"]]))["organisation_name"] == "Name"


def test_what_stands_in_a_column_tells_where_its_heading_does_not():
    rows = [["Hub", "ZX1 1AA", "a@example.org", "53.7971", "-1.5374"], ["Hall", "ZX1 1AJ", "b@example.org"] + [""] * 2]
    found = guess(sheet("Name", "P", "Q", "R", "S", rows=rows))
    assert found == {
        "organisation_name": "Name",
        "place_postcode": "P",
        "organisation_email": "Q",
        "latitude": "R",
        "longitude": "S",
    }


def test_addresses_under_name_are_addresses_and_the_names_stand_elsewhere():
    rows = [["1 Mill Lane", "Mill Library"], ["2 High Street", "High Hall"]]
    found = guess(sheet("Name", "Notes", rows=rows))
    assert (found["organisation_name"], found["place_address"]) == ("Notes", "Name")


def test_rows_are_taken_by_what_their_columns_mean():
    listed = sheet("Name", "Where", "Unused", rows=[["Hub", "ZX1 1AA", "x"]])
    meaning = {"organisation_name": "Name", "place_postcode": "Where", "kind": "Not there"}
    assert applied(listed, meaning) == [{"organisation_name": "Hub", "place_postcode": "ZX1 1AA"}]


CELLS = st.sampled_from(("", "ZX1 1AA", "1 Mill Lane", "53.7971", "a@b.org", "free", "Mo-Fr 09:00-17:00")) | st.text(
    max_size=9
)


@settings(deadline=None, max_examples=60)
@given(st.lists(st.text(min_size=1, max_size=12), min_size=1, max_size=5, unique_by=str.casefold), st.data())
def test_any_list_is_guessed_at_without_using_a_column_twice(columns, data):
    rows = data.draw(st.lists(st.lists(CELLS, min_size=len(columns), max_size=len(columns)), max_size=4))
    found = guess(sheet(*columns, rows=rows))
    assert set(found) <= set(TARGETS) and set(found.values()) <= set(columns)
    assert len(set(found.values())) == len(found)
    assert all(set(row) == set(found) for row in applied(sheet(*columns, rows=rows), found))
