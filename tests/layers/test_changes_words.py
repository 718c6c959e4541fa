"""Changes of the register in plain words: who, when, and each field as it was and as it became."""

import json

import pytest

from data.register.book import Register
from data.register.changes import as_json
from data.register.records import Grant, Organisation, Practice, Service, Shortlist
from data.register.rights import Actor, Role
from layers.changes_words import changes_table, difference_words, moment_words
from tests import toytown

EDITOR = Actor("Amina", Role.EDITOR)
HUB = Organisation(id="H", name="Hub", website="hub.example")


def told(before, after):
    table = (before or after).table
    return difference_words(table, as_json(before), as_json(after))


def changed(**fields):
    return told(HUB, Organisation(**(vars(HUB) | fields)))


@pytest.mark.parametrize(
    ("moment", "words"),
    [
        ("2026-11-21T18:30:00Z", "21 Nov 2026, 18:30"),
        ("2026-06-01T23:30:00Z", "2 Jun 2026, 00:30"),  # summer time
        ("2026-01-05T00:05:59Z", "5 Jan 2026, 00:05"),
    ],
)
def test_a_moment_is_told_in_the_time_of_the_region(moment, words):
    assert moment_words(moment) == words


def test_a_field_is_told_by_its_title_as_it_was_and_as_it_became():
    assert changed(name="Old Hub") == "Name: Hub → Old Hub"


def test_what_was_or_becomes_blank_is_told_so():
    assert changed(website=None) == "Website: hub.example → (blank)"
    assert changed(phone="0113 496 0000") == "Phone: (blank) → 0113 496 0000"


def test_several_fields_stand_in_their_order():
    assert changed(phone="1", name="Old Hub") == "Name: Hub → Old Hub; Phone: (blank) → 1"


def test_what_is_new_or_gone_is_named():
    assert told(None, HUB) == "New: Hub" and told(HUB, None) == "Gone: Hub"
    assert told(None, Grant(id="G", organisation_id="H")) == "New: record"
    practice = Practice(id="P", organisation_id="H", measure="living_wage", value="yes")
    assert told(None, practice) == "New: living_wage"


def test_nothing_changed_is_nothing_said():
    assert told(HUB, HUB) == ""


def test_long_texts_are_shown_as_far_as_they_fit():
    assert changed(notes="x" * 90) == f"Notes: (blank) → {'x' * 90}"
    assert changed(notes="x" * 91) == f"Notes: (blank) → {'x' * 90}..."


def test_lists_yes_and_no_and_numbers_are_told_as_people_write_them():
    before = Service(id="S", organisation_id="H", name="Advice")
    after = Service(id="S", organisation_id="H", name="Advice", languages=("en", "ur"), cost_amount=12.5, min_age=0)
    assert told(before, after) == ("Youngest age: (blank) → 0; Price (£): (blank) → 12.5; Languages: (blank) → en; ur")
    assert changed(community_led=False) == "Led by its community: (blank) → no"


def chosen(*numbers):
    return Shortlist(id="L", name="First", codes=tuple(f"E0100{number:04}" for number in numbers))


def test_a_list_too_long_to_show_is_told_by_what_came_and_what_went():
    """Nine codes of nine letters and what parts them are 97 characters: more than are shown; eight are 86."""
    nine = chosen(*range(9))
    assert told(chosen(*range(8)), chosen(*range(1, 8))).startswith("Neighbourhoods (LSOAs): E01000000; E01000001;")
    assert told(nine, chosen(*range(10))) == "Neighbourhoods (LSOAs): 9 → 10 (now with E01000009)"
    assert told(nine, chosen(*range(2, 9), 20)) == (
        "Neighbourhoods (LSOAs): 9 → 8 (now with E01000020; no longer with E01000000, E01000001)"
    )
    assert told(nine, chosen(*range(14))) == (
        "Neighbourhoods (LSOAs): 9 → 14 (now with E01000009, E01000010, E01000011 and 2 more)"
    )
    assert told(nine, chosen(*reversed(range(9)))) == "Neighbourhoods (LSOAs): 9 → 9 (in another order)"


def test_a_list_that_was_blank_is_told_too():
    places = [f"A place number {i}" for i in range(9)]
    after = Service(id="S", organisation_id="H", name="Advice", serves=tuple(places))
    assert told(Service(id="S", organisation_id="H", name="Advice"), after) == (
        "Serves: 0 → 9 (now with A place number 0, A place number 1, A place number 2 and 6 more)"
    )


def test_a_field_of_an_older_register_that_we_no_longer_know_is_left_out():
    older = json.dumps({"id": "H", "name": "Hub", "colour": "green"})
    assert difference_words("organisations", older, as_json(HUB)) == "Website: (blank) → hub.example"


def test_no_record_before_comes_as_anything_that_is_no_text():
    assert difference_words("organisations", float("nan"), as_json(HUB)) == "New: Hub"


def test_the_history_is_a_row_a_record_the_newest_first():
    register = Register()
    advice = Service(id="S", organisation_id="H", name="Advice")
    register.change([HUB, advice], by=EDITOR, what="Added by hand", why="They rang")
    register.change([Organisation(id="H", name=toytown.NASTY)], by=EDITOR, what="Renamed")
    table = changes_table(register.ask("history", organisation="H", most=9))
    assert list(table.columns) == ["When", "Who", "What", "As it was, and as it became", "Why"]
    assert table["What"].tolist() == ["Renamed: organisation", "Added by hand: organisation", "Added by hand: service"]
    assert table["As it was, and as it became"].tolist() == [
        f"Name: Hub → {toytown.NASTY}; Website: hub.example → (blank)",
        "New: Hub",
        "New: Advice",
    ]
    assert table["Why"].tolist() == ["", "They rang", "They rang"] and set(table["Who"]) == {"Amina"}


def test_no_history_is_a_table_without_rows():
    assert changes_table(Register().ask("history", organisation="H", most=9)).empty
