"""Words typed into scenes and not saved: said wherever they would be missed, and saved at once, each that can be."""

import pytest

from data.register import stories
from data.workshop.scenes import LONGEST, Scene, Story
from pages import _edge
from tests.pages.desk import EDITOR, at_desk, done, errors, one, press, write
from tests.pages.test_story import BEN, FIRST, PAGE, SECOND, kept, last_step, naming, opened, scenes_of, titles
from tests.pages.visit import as_read, link, visit, warnings, words

pytestmark = pytest.mark.usefixtures("in_toytown", "own_register")

LONG = "x" * 412
TOO_LONG = "These words have 412 letters; 400 fit on a screen. Take out at least 12."
BOTH = "2 scenes have words that are not saved: numbers 1 and 2."


def typed(held, first="Our streets", second="What we lack"):
    """The story with a title typed into each of its scenes, the second open."""
    at = opened(held)
    write(at, Title=first)
    press(at.run(), "2. What is missing")
    write(at, Title=second)
    return at.run()


def save_them(at):
    return one(at.button, "Save them")


def by_another(held, scene, **texts):
    """Somebody else changes a scene meanwhile."""
    theirs = opened(held, scene, by=BEN)
    write(theirs, **texts)
    press(theirs.run(), "Save the words")


def test_a_story_says_which_scenes_are_not_saved_and_one_press_saves_them_as_one_step():
    held = kept()
    at = typed(held)
    assert f"{BOTH} The story’s file and a session go without them." in as_read(words(at))
    before = _edge.register().version
    press(at, "Save them")
    assert titles(held) == ["Our streets", "What we lack"] and _edge.register().version == before + 1
    assert (last_step()["what"], last_step()["who"]) == ("Changed words of the story Evening in Ayton", "Amina")
    assert done(at) == ["Saved the words of 2 scenes."]
    assert "All words of the scenes are saved." in words(at) and save_them(at).disabled
    _edge.register().undo(_edge.register().version, by=EDITOR)
    assert titles(held) == ["Where we live", "What is missing"]


def test_where_all_is_saved_there_is_nothing_to_save():
    at = opened(kept())
    assert "All words of the scenes are saved." in words(at) and save_them(at).disabled
    write(at, Title="Half a tit")
    at.run()
    assert "1 scene has words that are not saved: number 1." in as_read(words(at)) and not save_them(at).disabled
    write(at, Title="Where we live")
    at.run()
    assert "All words of the scenes are saved." in words(at) and save_them(at).disabled


def test_words_of_another_story_are_not_counted():
    at, other = typed(kept()), kept(Story(name="Another", scenes=(Scene(title="Elsewhere"),)))
    at.query_params["story"] = other.id
    assert "All words of the scenes are saved." in words(at.run()) and save_them(at).disabled


def test_a_visitor_is_told_nothing_of_it():
    assert "saved" not in words(visit(PAGE, story=kept().id))


def test_what_cannot_be_saved_is_named_with_the_reason_and_the_rest_is_saved():
    held = kept()
    at = typed(held, second="")
    write(at, Words=LONG)
    press(at.run(), "Save them")
    assert titles(held) == ["Our streets", "What is missing"] and done(at) == ["Saved the words of 1 scene."]
    assert errors(at) == [f"Scene 2: {TOO_LONG}", "Scene 2: Give it a title."]
    assert "1 scene has words that are not saved: number 2." in as_read(words(at))
    assert one(at.text_area, "Words").value == LONG, "nothing of it is lost"
    write(at, Words=LONG[:400], Title="What we lack")
    press(at.run(), "Save them")
    assert [(scene.title, scene.words) for scene in scenes_of(held)][1] == ("What we lack", LONG[:400])
    assert errors(at) == []


def test_where_nothing_can_be_saved_no_step_is_written():
    held = kept()
    at, before = typed(held, "", ""), _edge.register().version
    press(at, "Save them")
    assert errors(at) == ["Scene 1: Give it a title.", "Scene 2: Give it a title."] and done(at) == []
    assert _edge.register().version == before


def test_of_the_same_words_the_second_is_told_and_the_other_scene_is_saved():
    held = kept()
    at = typed(held)
    by_another(held, FIRST, Title="Theirs")
    press(at, "Save them")
    [said] = errors(at)
    assert said.startswith("Scene 1: Someone else changed this scene while you were typing. Theirs is “Theirs”")
    assert titles(held) == ["Theirs", "What we lack"]
    press(at, "1. Theirs")
    assert one(at.text_input, "Title").value == "Our streets"
    press(at, "Save them")
    assert titles(held) == ["Our streets", "What we lack"]


def test_changes_of_different_fields_of_one_scene_are_both_kept():
    held = kept()
    at = typed(held)
    by_another(held, SECOND, Words="Theirs.")
    press(at, "Save them")
    assert [(scene.title, scene.words) for scene in scenes_of(held)][1] == ("What we lack", "Theirs.")


def test_a_scene_that_someone_took_out_does_not_stand_in_the_way():
    held = kept()
    at = typed(held)
    press(opened(held, by=BEN), "Take out")
    press(at, "Save them")
    assert titles(held) == ["What we lack"] and done(at) == ["Saved the words of 1 scene."] and errors(at) == []


def test_a_story_that_someone_removed_is_said_and_nothing_breaks():
    held = kept()
    at = typed(held)
    stories.remove(_edge.register(), held, by=BEN)
    press(at, "Save them")
    assert stories.kept(_edge.register()) == [] and "not kept any more" in words(at)


# What is too long


def test_a_long_paste_stays_and_says_by_how_much_it_is_too_long():
    held = kept()
    at = opened(held)
    write(at, Words=LONG, Title="t" * 81, Notes="n" * 1_501)
    at.run()
    said = as_read(words(at))
    assert f"1 of 40 words. {TOO_LONG}" in said
    assert "This title has 81 letters; 80 fit on a screen. Take out at least 1." in said
    assert "This note has 1,501 letters; 1,500 fit. Take out at least 1." in said
    press(at, "Save the words")
    assert TOO_LONG in errors(at) and scenes_of(held)[0] == FIRST
    assert one(at.text_area, "Words").value == LONG


def test_a_long_question_and_a_long_option_are_said():
    at = opened(kept(), SECOND)
    one(at.selectbox, "What people are asked to do").set_value("vote")
    at.run()
    write(at, Question="q" * 210)
    one(at.text_area, "Options, one a line (2 to 8)").set_value(f"Yes\n{'o' * 90}")
    said = as_read(words(at.run()))
    assert "This question has 210 letters; 200 fit on a phone. Take out at least 10." in said
    assert f"The option “{'o' * 30}...” has 90 letters; 80 fit on a phone. Take out at least 10." in said


def test_no_field_of_a_story_refuses_a_paste_without_a_word():
    held = kept()
    at = naming(held)
    fields = [*at.text_input, *at.text_area]
    assert {"Title", "Words", "Notes", "Name", "What it is about"} <= {as_read(each.label) for each in fields}
    assert {as_read(each.label) for each in fields if each.proto.max_chars} <= {"Your name", "Passphrase"}


def test_a_name_that_is_too_long_is_said_and_stays_typed():
    held = kept()
    at = naming(held)
    write(at, Name="n" * 130, What_it_is_about="a" * 601)
    press(at, "Save")
    assert errors(at) == [
        "This name has 130 letters; 120 fit. Take out at least 10.",
        "What it is about has 601 letters; 600 fit. Take out at least 1.",
    ]
    assert stories.one(_edge.register(), held.id) == held and one(at.text_input, "Name").value == "n" * 130


def test_a_new_story_with_a_name_that_is_too_long_is_not_made():
    at = at_desk(PAGE)
    at.session_state["story_empty"] = True
    at.run()
    write(at, Name="n" * (LONGEST["name"] + 1))
    press(at, "Make an empty story")
    assert errors(at) == ["This name has 121 letters; 120 fit. Take out at least 1."]
    assert stories.kept(_edge.register()) == []


# Preparing a session


def test_preparing_says_what_would_be_missed_and_one_press_saves_it():
    held = kept()
    at = press(typed(held), "Prepare a session")
    said = "2 scenes of “Evening in Ayton” have words that are not saved: numbers 1 and 2. A session goes without them."
    assert warnings(at) == [said]
    press(at, "Save them")
    assert titles(held) == ["Our streets", "What we lack"] and warnings(at) == []
    assert done(at) == ["Saved the words of 2 scenes."]


def test_what_cannot_be_saved_is_said_where_a_session_is_prepared_and_leads_to_the_story():
    held = kept()
    at = press(press(typed(held, second=""), "Prepare a session"), "Save them")
    assert errors(at) == ["Scene 2: Give it a title."]
    assert warnings(at) == [
        "1 scene of “Evening in Ayton” has words that are not saved: number 2. A session goes without them."
    ]
    assert link(press(at, "Open the story"))["story"] == held.id


def test_only_the_story_with_such_words_is_named_where_there_are_several():
    held = kept()
    kept(Story(name="Another", scenes=(Scene(title="Elsewhere"),)))
    [said] = warnings(press(typed(held), "Prepare a session"))
    assert "“Evening in Ayton”" in said
