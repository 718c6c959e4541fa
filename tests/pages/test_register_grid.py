"""Many cells at once: what was changed is one step, all of it or nothing."""

import pytest

from data.register.rights import VISITOR
from pages import _edge
from tests.pages.desk import (
    EDITOR,
    GRID,
    REGISTER,
    at_desk,
    buttons,
    done,
    errors,
    one,
    press,
    record,
    register,
    type_cells,
)
from tests.pages.visit import words

pytestmark = pytest.mark.usefixtures("in_toytown", "own_register")

ROWS = ["T1", "T2", "T3", "T4", "T5", "T6", "T7", "T8", "T9"]


def names(*ids):
    return [record("organisations", id_).name for id_ in ids]


def test_the_table_has_a_row_for_each_record_and_no_code_can_be_typed():
    [table] = at_desk(GRID).data_editor
    assert table.value["id"].tolist() == ROWS
    assert not {"organisation_id", "easting", "northing", "lsoa21cd", "district"} & set(table.value.columns)
    assert table.editing_mode == "fixed"


@pytest.mark.parametrize(("what", "count"), [("Services", 7), ("Places", 9)])
def test_services_and_places_have_their_own_tables(what, count):
    at = at_desk(GRID)
    one(at.segmented_control, "What").set_value(what).run()
    assert not at.exception and len(at.data_editor[0].value) == count


def test_nothing_changed_is_nothing_to_save():
    at = at_desk(GRID)
    assert one(at.button, "Save 0 changed records").disabled


def test_two_cells_of_two_records_are_one_step():
    at = type_cells(at_desk(GRID), {0: {"name": "Ayton Centre"}, 6: {"website": "https://beeton.example/"}})
    at.text_input[-1].set_value("A new list came")
    press(at, "Save 2 changed records")
    assert done(at) == ["Saved: 2 records."]
    assert names("T1") == ["Ayton Centre"] and record("organisations", "T7").website == "beeton.example"
    assert register().version == 2
    step = register().ask("steps", before=99, most=1).iloc[0]
    assert (step["what"], step["why"], step["who"], step["count"]) == (
        "Changed in the table",
        "A new list came",
        EDITOR.name,
        2,
    )
    assert one(at.button, "Save 0 changed records").disabled


def test_two_cells_of_one_record_are_one_record():
    at = type_cells(at_desk(GRID), {0: {"name": "Ayton Centre", "status": "paused"}})
    assert done(press(at, "Save 1 changed record")) == ["Saved: 1 record."]
    assert record("organisations", "T1").status == "paused"


def test_one_impossible_value_keeps_all_from_being_written_and_says_which_cell():
    at = type_cells(at_desk(GRID), {0: {"name": "Ayton Centre"}, 6: {"website": "no where", "email": "at"}})
    press(at, "Save 2 changed records")
    [said] = errors(at)
    assert said.startswith("Nothing was saved: 2 cells cannot be kept. T7, Website: “no where” is not a web address")
    assert "T7, Email: “at” is not an email address." in said
    assert register().version == 1 and names("T1") == ["Ayton Enterprise Centre"]
    assert "Save 2 changed records" in buttons(at), "what was typed is still there"


def test_a_name_cannot_be_emptied():
    [said] = errors(press(type_cells(at_desk(GRID), {0: {"name": None}}), "Save 1 changed record"))
    assert said == "Nothing was saved: 1 cell cannot be kept. T1, Name: Name is needed."


def test_a_cell_that_is_not_needed_can_be_emptied():
    press(type_cells(at_desk(GRID), {0: {"source": None}}), "Save 1 changed record")
    assert record("organisations", "T1").source is None


def test_a_place_whose_postcode_is_changed_moves():
    at = at_desk(GRID)
    one(at.segmented_control, "What").set_value("Places").run()
    press(type_cells(at, {0: {"postcode": "zx11aj"}}), "Save 1 changed record")
    kept = record("locations", "T1")
    assert (kept.postcode, kept.easting, kept.district) == ("ZX1 1AJ", 433_500, "Beeton")


class TestTwoAtOnce:
    def rename(self, id_, name):
        at = at_desk(REGISTER, organisation=id_)
        at.text_input(key=f"edit-organisations-{id_}-1-name").set_value(name)
        press(at, "Save")

    def test_what_was_typed_is_still_there_when_someone_else_saves_something_else(self):
        at = type_cells(at_desk(GRID), {0: {"name": "Ayton Centre"}})
        self.rename("T8", "The College")
        at.run()
        press(at, "Save 1 changed record")
        assert names("T1", "T8") == ["Ayton Centre", "The College"]

    def test_what_both_changed_is_written_by_neither_twice(self):
        at = type_cells(at_desk(GRID), {0: {"name": "Mine"}, 6: {"name": "Beeton Trust Ltd"}})
        self.rename("T1", "Theirs")
        press(at, "Save 2 changed records")
        [said] = errors(at)
        assert "have been changed by someone else meanwhile, first 'Theirs'. Nothing was written." in said
        assert names("T1", "T7") == ["Theirs", "Beeton Trust"]
        assert "Save 2 changed records" in buttons(at)
        press(at, "Open the table afresh")
        assert at.data_editor[0].value["name"].iloc[0] == "Theirs" and "Save 0 changed records" in buttons(at)

    def test_a_table_in_which_nothing_was_typed_shows_what_others_saved(self):
        at = at_desk(GRID)
        self.rename("T1", "Theirs")
        at.run()
        assert at.data_editor[0].value["name"].iloc[0] == "Theirs"


def test_a_visitor_who_signed_out_meanwhile_writes_nothing():
    at = type_cells(at_desk(GRID), {0: {"name": "Ayton Centre"}})
    at.session_state["signed_in_as"] = VISITOR
    at.run()
    assert "This page is for editors." in words(at) and not at.data_editor
    assert _edge.register().version == 1
