"""A story made, its scenes put in order, written and taken out; two editors at once; and visitors, who only read."""

import json
from dataclasses import replace

import pytest
import streamlit as st

from data.register import stories
from data.register.rights import Actor, Role
from data.workshop.scenes import Question, Scene, Story, as_json, from_json
from pages import _edge
from tests.pages.desk import EDITOR, at_desk, buttons, done, errors, expanders, links, one, press, write
from tests.pages.visit import as_read, link, visit, warnings, words
from tests.toytown import NASTY, TODAY

pytestmark = pytest.mark.usefixtures("in_toytown", "own_register")

PAGE = "workshop.py"
BEN = Actor("Ben", Role.EDITOR)
FIRST = Scene(id="s00000001", title="Where we live", words="Find your street.", notes="Begin slowly.")
SECOND = Scene(id="s00000002", title="What is missing", question=Question(kind="place", text="Where?"))
TALE = Story(name="Evening in Ayton", about="For the hall.", scenes=(FIRST, SECOND))


def kept(story=TALE, by=EDITOR):
    """A story in the register."""
    return stories.save(_edge.register(), by=by, story=story, today=TODAY)


def scenes_of(held):
    """The scenes of a story as they stand now."""
    return stories.told(stories.one(_edge.register(), held.id)).scenes


def titles(held):
    return [scene.title for scene in scenes_of(held)]


def opened(held, scene=FIRST, by=EDITOR):
    """The story at an editor's desk, with one scene open."""
    at = at_desk(PAGE, by=by, story=held.id, scene=scene.id)
    assert not at.exception, at.exception[0].message
    return at


def naming(held):
    """The story with the box of its name open."""
    at = opened(held)
    at.session_state[f"named-{held.id}"] = True
    return at.run()


def last_step():
    return _edge.register().ask("steps", before=10**9, most=1).iloc[0]


# Making one


def test_the_menu_leads_to_the_workshop():
    assert ("Workshop", "workshop") in [(label.strip("*"), page) for label, page, _ in links(visit())]


def test_a_visitor_sees_what_there_is_and_no_way_to_make_one():
    at = visit(PAGE)
    assert not at.exception and "No story has been made yet" in words(at)
    assert expanders(at) == ["For editors"]


def test_an_editor_begins_with_a_name():
    at = at_desk(PAGE)
    at.session_state["story_empty"] = True
    at.run()
    write(at, Name=NASTY)
    press(at, "Make an empty story")
    [held] = stories.kept(_edge.register())
    assert held.name == NASTY and scenes_of(held) == ()
    assert done(at) == [f"Made: {NASTY}."] and link(at)["story"] == held.id
    assert "It has no scene yet" in words(at)


def test_a_story_without_a_name_is_not_made():
    at = at_desk(PAGE)
    at.session_state["story_empty"] = True
    at.run()
    press(at, "Make an empty story")
    assert errors(at) == ["Give the story a name."] and stories.kept(_edge.register()) == []


def test_an_editor_begins_with_a_template_for_some_districts():
    at = at_desk(PAGE)
    at.radio[0].set_value("next")
    at.multiselect[0].set_value([_edge.areas("district")["name"].iloc[0]])
    press(at, "Make the story")
    [held] = stories.kept(_edge.register())
    assert held.name == f"Where next: {_edge.areas('district')['name'].iloc[0]}"
    assert all("focus=" in scene.link for scene in scenes_of(held)) and len(scenes_of(held)) == 5


def test_a_second_story_of_the_same_name_gets_a_number():
    kept()
    kept(replace(TALE, name=stories.free_name(_edge.register(), TALE.name)))
    assert sorted(each.name for each in stories.kept(_edge.register())) == ["Evening in Ayton", "Evening in Ayton (2)"]


# Its scenes


def test_scenes_are_added_moved_duplicated_and_taken_out_one_step_each():
    held = kept()
    at, before = opened(held, SECOND), _edge.register().version
    press(at, "Move up")
    assert titles(held) == ["What is missing", "Where we live"]
    assert (last_step()["what"], last_step()["who"]) == ("Moved a scene of the story Evening in Ayton", "Amina")
    press(at, "Duplicate")
    assert titles(held) == ["What is missing", "What is missing (copy)", "Where we live"]
    first, copy, _ = scenes_of(held)
    assert copy.id != first.id and copy.question == first.question
    press(at, "Take out")
    assert titles(held) == ["What is missing (copy)", "Where we live"]
    assert done(at) == ["Taken out: What is missing."]
    press(at, "Add a scene")
    assert titles(held) == ["What is missing (copy)", "A new scene", "Where we live"]
    assert _edge.register().version == before + 4
    assert link(at)["scene"] == scenes_of(held)[1].id, "the new one is open"


def test_any_of_it_can_be_undone():
    held = kept()
    at = press(opened(held), "Take out")
    assert titles(held) == ["What is missing"]
    _edge.register().undo(_edge.register().version, by=EDITOR)
    at.run()
    assert titles(held) == ["Where we live", "What is missing"]
    assert "1. Where we live" in buttons(at)


def test_the_first_scene_cannot_move_up_and_the_last_not_down():
    held = kept()
    assert one(opened(held).button, "Move up").disabled and not one(opened(held).button, "Move down").disabled
    assert one(opened(held, SECOND).button, "Move down").disabled


def test_words_are_saved_together():
    held = kept()
    at = opened(held)
    write(at, Title="Our streets", Words="Where do you live?", Notes="Wait.")
    press(at.run(), "Save the words")
    assert scenes_of(held)[0] == replace(FIRST, title="Our streets", words="Where do you live?", notes="Wait.")
    assert "Saved." in words(at)


def test_a_question_is_asked_with_its_options():
    held = kept()
    at = opened(held)
    one(at.selectbox, "What people are asked to do").set_value("vote")
    at.run()
    write(at, Question="Does it fit?")
    one(at.text_area, "Options, one a line (2 to 8)").set_value("Yes\n\n No \n")
    one(at.number_input, "How many each person may choose").set_value(2)
    press(at.run(), "Save the words")
    assert scenes_of(held)[0].question == Question(kind="vote", text="Does it fit?", options=("Yes", "No"), most=2)
    one(at.selectbox, "What people are asked to do").set_value("")
    press(at.run(), "Save the words")
    assert scenes_of(held)[0].question is None


def test_of_another_kind_of_question_only_what_it_has_is_kept():
    held = kept(replace(TALE, scenes=(replace(SECOND, question=Question(kind="place", text="Where?", most=5)),)))
    at = opened(held, SECOND)
    one(at.selectbox, "What people are asked to do").set_value("words")
    press(at.run(), "Save the words")
    assert scenes_of(held)[0].question == Question(kind="words", text="Where?", most=3)


def test_too_many_words_are_counted_and_refused_and_stay_typed():
    held = kept()
    at = opened(held)
    write(at, Words="word " * 43)
    at.run()
    assert "43 of 40 words: 3 too many. Move the rest to the notes." in words(at)
    press(at, "Save the words")
    assert scenes_of(held)[0] == FIRST
    assert any("43 words, where 40 fit" in each for each in errors(at))
    assert one(at.text_area, "Words").value == "word " * 43


def test_what_is_typed_stays_when_something_else_is_clicked():
    held = kept()
    at = opened(held)
    write(at, Title="Half a tit")
    at.run()
    press(at, "2. What is missing")
    assert one(at.text_input, "Title").value == "What is missing"
    press(at, "1. Where we live")
    assert one(at.text_input, "Title").value == "Half a tit" and "Not saved yet." in words(at)
    press(at, "Move down")
    assert one(at.text_input, "Title").value == "Half a tit" and titles(held) == ["What is missing", "Where we live"]
    press(at, "Save the words")
    assert titles(held) == ["What is missing", "Half a tit"]


def test_what_is_typed_can_be_forgotten():
    held = kept()
    at = opened(held)
    write(at, Title="Half a tit")
    at.run()
    press(at, "Forget my changes")
    assert one(at.text_input, "Title").value == "Where we live" and "Forget my changes" not in buttons(at)


def test_words_that_could_hurt_are_pointed_out_and_never_stopped():
    held = kept()
    at = opened(held)
    write(at, Words="The most deprived streets.")
    at.run()
    assert "“deprived” calls people what they lack: say" in words(at)
    press(at, "Save the words")
    assert scenes_of(held)[0].words == "The most deprived streets."


def test_words_of_people_are_only_words():
    held = kept(replace(TALE, name=NASTY, about=NASTY, scenes=(replace(FIRST, title=NASTY[:80], words=NASTY),)))
    for at in (opened(held), visit(PAGE, story=held.id)):
        assert not at.exception and NASTY in words(at)
        assert not any("<img" in each.value.replace("\\<", "") for each in [*at.markdown, *at.header, *at.caption])


# Two editors at once


def test_changes_of_different_scenes_are_both_kept():
    held = kept()
    mine, theirs = opened(held), opened(held, SECOND, by=BEN)
    write(mine, Title="Mine")
    write(theirs, Title="Theirs")
    press(theirs.run(), "Save the words")
    press(mine.run(), "Save the words")
    assert titles(held) == ["Mine", "Theirs"]


def test_changes_of_different_fields_of_one_scene_are_both_kept():
    held = kept()
    mine, theirs = opened(held), opened(held, by=BEN)
    write(mine, Title="Mine")
    mine.run()
    write(theirs, Words="Theirs.")
    press(theirs.run(), "Save the words")
    press(mine, "Save the words")
    assert (scenes_of(held)[0].title, scenes_of(held)[0].words) == ("Mine", "Theirs.")


def test_of_the_same_words_the_second_is_told_and_nothing_is_lost():
    held = kept()
    mine, theirs = opened(held), opened(held, by=BEN)
    write(mine, Title="Mine")
    mine.run()
    write(theirs, Title="Theirs")
    press(theirs.run(), "Save the words")
    press(mine, "Save the words")
    [said] = errors(mine)
    assert "Someone else changed this scene while you were typing. Theirs is “Theirs”" in said
    assert titles(held)[0] == "Theirs" and one(mine.text_input, "Title").value == "Mine"
    press(mine, "Save the words")
    assert titles(held)[0] == "Mine"


def test_a_scene_that_someone_took_out_is_not_written_back():
    held = kept()
    mine, theirs = opened(held), opened(held, by=BEN)
    write(mine, Title="Mine")
    mine.run()
    press(theirs, "Take out")
    press(mine, "Save the words")
    assert titles(held) == ["What is missing"]


def test_a_name_that_someone_else_changed_meanwhile_is_told():
    held = kept()
    at = naming(held)
    stories.change(_edge.register(), held.id, lambda story: replace(story, about="Theirs."), by=BEN, today=TODAY)
    one(at.text_area, "What it is about").set_value("Mine.")
    press(at, "Save")
    assert any("Someone else changed this meanwhile" in each for each in warnings(at))
    assert stories.one(_edge.register(), held.id).about == "Theirs."
    press(at, "Save")
    assert stories.one(_edge.register(), held.id).about == "Mine."


# Its name, its file, its end


def test_another_name_gives_another_address():
    held = kept()
    at = naming(held)
    write(at, Name="Evening in Beeton")
    press(at, "Save")
    [now] = stories.kept(_edge.register())
    assert (now.name, scenes_of(now)) == ("Evening in Beeton", TALE.scenes) and link(at)["story"] == now.id != held.id


def test_a_name_that_is_taken_is_told():
    held = kept()
    kept(replace(TALE, name="Evening in Beeton"))
    at = naming(held)
    write(at, Name="evening in  beeton")
    press(at, "Save")
    assert any("is the name of another story" in each for each in errors(at))
    assert len(stories.kept(_edge.register())) == 2


def test_a_removed_story_is_gone_and_can_be_brought_back():
    held = kept()
    at = press(opened(held), "Remove this story")
    assert stories.kept(_edge.register()) == [] and done(at) == ["Removed: Evening in Ayton."]
    _edge.register().undo(_edge.register().version, by=EDITOR)
    assert stories.kept(_edge.register()) == [held]


@pytest.fixture
def downloads(monkeypatch):
    """What each download button would give, by label."""
    given = {}
    monkeypatch.setattr(st, "download_button", lambda label, data, **_rest: given.update({label: data}))
    return given


def brought(content: bytes, name="story.json"):
    at = at_desk(PAGE)
    at.session_state["story_file"] = True
    at.run()
    at.file_uploader[0].set_value((name, content, "application/json"))
    return at.run()


def test_a_downloaded_story_brought_in_again_is_the_same(downloads):
    held = kept()
    opened(held)
    stories.remove(_edge.register(), held, by=EDITOR)
    at = brought(downloads["Download the story"].encode())
    assert "It has 2 scenes and 1 question." in words(at)
    press(at, "Keep this story")
    [again] = stories.kept(_edge.register())
    assert stories.told(again) == TALE and again == replace(held, made_on=again.made_on)


def test_beside_the_one_that_is_kept_it_gets_a_number(downloads):
    opened(kept())
    press(brought(downloads["Download the story"].encode()), "Keep this story")
    assert sorted(each.name for each in stories.kept(_edge.register())) == ["Evening in Ayton", "Evening in Ayton (2)"]


def test_the_problems_of_a_file_are_named_one_by_one_and_nothing_is_kept():
    told = json.loads(as_json(TALE))
    told["scenes"][0]["title"] = ""
    told["scenes"][1]["question"]["kind"] = "sing"
    at = brought(json.dumps(told).encode())
    assert "Scene 1: Give it a title." in words(at) and "Scene 2: “sing” is no kind of question." in words(at)
    assert "Keep this story" not in buttons(at) and stories.kept(_edge.register()) == []


@pytest.mark.parametrize("content", [b"", b"\xff\xfe", b"[]", b"{}", b"[" * 100_000])
def test_what_is_no_story_is_refused_in_words(content):
    at = brought(content)
    assert not at.exception and "This is not a story’s file" in words(at)


def test_visitors_read_and_download_without_the_notes(downloads):
    held = kept()
    at = visit(PAGE, story=held.id)
    said = words(at)
    assert [as_read(each.value) for each in at.subheader] == ["1. Where we live", "2. What is missing"]
    assert "Find your street." in said and "**Point to a place:** Where?" in said
    assert "Begin slowly." not in said and not {"Save the words", "Take out", "Add a scene"} & {*buttons(at)}
    told = from_json(downloads["Download the story"])
    assert [scene.notes for scene in told.scenes] == ["", ""] and [scene.title for scene in told.scenes] == titles(held)


def test_a_story_that_is_not_kept_any_more_is_said():
    at = visit(PAGE, story="t-000000000000")
    assert not at.exception and "not kept any more" in words(at)


def test_a_story_leads_to_a_session():
    held = kept()
    assert link(press(opened(held), "Prepare a session")) == {"part": "sessions", "from": held.id}


def test_the_log_says_what_became_of_the_scenes():
    held = kept()
    press(opened(held), "Take out")
    at = at_desk("changes.py")
    at.toggle(key=f"show-{_edge.register().version}").set_value(True).run()
    [table] = at.dataframe
    assert table.value["As it was, and as it became"].tolist() == ["Scenes: 2 → 1 (no longer with “Where we live”)"]
