"""Saving the list of “Which first”: for editors only, with every problem said and nothing lost."""

import pytest

from data.register.shortlists import kept
from pages import _edge
from tests.pages.desk import at_desk, one, press, write
from tests.pages.visit import as_read, opened, visit, words
from tests.toytown import CODE, NASTY

pytestmark = pytest.mark.usefixtures("in_toytown", "own_register")

PAGE = "targets.py"


def saved(**texts):
    at = at_desk(PAGE, top="2")
    write(at, **texts)
    return press(at, "Save 2 neighbourhoods")


def test_a_visitor_is_told_how_to_keep_it():
    at = visit(PAGE)
    assert "copy it" in words(at) and not [each for each in at.button if each.label.startswith("Save")]


def test_an_editor_saves_it_with_its_question():
    at = saved(Name=NASTY, **{"Why these?": "Because.", "Whose list is it?": "The council"})
    [held] = kept(_edge.register())
    assert (held.name, held.reasons, held.owner) == (NASTY, "Because.", "The council")
    assert held.codes == (CODE["A1"], CODE["B1"])
    assert held.link == "top=2" and held.pack == "toytown 1"
    assert not at.exception


def test_a_list_without_a_name_is_not_saved():
    at = saved(Name="  ")
    assert kept(_edge.register()) == []
    assert [as_read(each.value) for each in at.error] == ["Name: Name is needed."]


def test_a_name_that_is_taken_is_said_and_can_be_replaced():
    saved(Name="One")
    at = saved(Name="one ")
    assert "is the name of another shortlist" in as_read(at.error[0].value)
    one(at.selectbox, "Save as").set_value(1)
    press(at, "Save 2 neighbourhoods")
    assert [each.name for each in kept(_edge.register())] == ["one"]


def test_the_boxes_below_are_filled_when_opened():
    at = opened(visit(PAGE), "how")
    assert "What goes in" in words(at)
