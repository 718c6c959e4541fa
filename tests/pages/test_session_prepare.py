"""Before the maps of a session are made: words that are not saved are asked about, and names that do not fit said."""

import pytest

from data.workshop.scenes import Story
from tests.pages.desk import errors, one, press, write
from tests.pages.in_session import a_story, own_rooms  # noqa: F401  (a fixture)
from tests.pages.test_session import at_sessions, kept, sessions
from tests.pages.test_story import opened

pytestmark = pytest.mark.usefixtures("in_toytown", "own_register", "own_rooms")

WAITS = (
    "Nothing was prepared yet: some words of this story are not saved. Press “Save them” above first, or “Prepare it” "
    "again to go without them."
)


@pytest.fixture
def half_typed():
    """The form to prepare a session, filled, with a title typed into the story's first scene and not saved."""
    at = opened(kept(), a_story().scenes[0])
    write(at, Title="Half a tit")
    press(at.run(), "Prepare a session")
    write(at, Place="Ayton Hall")
    return at


def first_titles():
    return [session.scenes[0].title for session in sessions()]


def test_it_waits_once_and_then_goes_without_the_words(half_typed):
    press(half_typed, "Prepare it")
    assert errors(half_typed) == [WAITS] and sessions() == []
    press(half_typed, "Prepare it")
    assert first_titles() == ["Where people live"]


def test_words_that_are_saved_first_are_in_it(half_typed):
    press(half_typed, "Prepare it")
    press(half_typed, "Save them")
    press(half_typed, "Prepare it")
    assert first_titles() == ["Half a tit"]


def test_words_of_another_story_do_not_hold_it_up(half_typed):
    other = kept(Story(name="Another", scenes=(a_story().scenes[1],)))
    half_typed.query_params["from"] = other.id
    write(half_typed.run(), Place="Ayton Hall")
    press(half_typed, "Prepare it")
    assert [session.title for session in sessions()] == ["Another"]


@pytest.mark.parametrize(("field", "what"), [("Title", "title"), ("Place", "place")])
def test_a_name_that_is_too_long_is_said_before_any_map_is_made(field, what, monkeypatch):
    kept()
    at = at_sessions()
    assert [each.label for each in at.text_input if each.label == field and each.proto.max_chars] == []
    monkeypatch.setattr("pages._session_prepare.prepared", lambda _story: pytest.fail("a map was made"))
    write(at, **({"Place": "Ayton Hall"} | {field: "x" * 130}))
    press(at, "Prepare it")
    assert errors(at) == [f"The session’s {what} has 130 characters, where 120 fit. Shorten it."]
    assert one(at.text_input, field).value == "x" * 130 and sessions() == []
