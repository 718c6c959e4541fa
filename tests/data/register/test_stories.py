"""Stories in the register: as they were saved, never two of one name, and of two editors nobody's work lost."""

from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from data.oruk import to_oruk
from data.register import stories
from data.register.book import Register
from data.register.changes import ConflictError
from data.register.flat import flat
from data.register.records import Organisation, RecordError
from data.register.rights import VISITOR, Actor, NotAllowedError, Role
from data.workshop.arrange import added
from data.workshop.scenes import LONGEST, Question, Scene, Story, StoryError
from tests.toytown import NASTY

ADA, BEN = Actor("Ada", Role.EDITOR), Actor("Ben", Role.EDITOR)
ONE = Scene(id="s00000001", title="One", link="layer=imd", at=(53.8, -1.5), zoom=11.25)
TWO = Scene(id="s00000002", title="Two", question=Question(kind="vote", text="Which?", options=("This", "That")))
TALE = Story(name="Evening in Ayton", about="For the hall.", scenes=(ONE, TWO))
TODAY, TOMORROW = "2026-11-21", "2026-11-22"


def save(register, story=TALE, **told):
    return stories.save(register, **{"by": ADA, "story": story, "today": TODAY} | told)


def kept(register):
    return [stories.told(each) for each in stories.kept(register)]


def test_a_story_comes_back_as_it_was_saved_even_from_its_file(tmp_path):
    register = Register(tmp_path / "register.duckdb")
    made = save(register)
    assert kept(register) == [TALE] and (made.name, made.about, made.made_on) == (TALE.name, TALE.about, TODAY)
    register.close()
    again = Register(tmp_path / "register.duckdb")
    assert stories.kept(again) == [made] and kept(again) == [TALE] and again.unlike_its_log() == []
    again.close()


signs = st.text(st.characters(exclude_categories=("Cc", "Cs")), min_size=1, max_size=40).map(str.strip).filter(bool)


@settings(deadline=None, max_examples=60)
@given(signs, signs, signs)
def test_whatever_is_written_comes_back(name, title, words):
    story = Story(name=" ".join(name.split()), scenes=(Scene(title=title, words=words, notes="\u2028"),))
    register = Register()
    save(register, story)
    [back] = kept(register)
    assert (back.name, back.scenes[0].title, back.scenes[0].words) == (story.name, title, words)
    assert register.unlike_its_log() == []


def test_a_story_that_does_not_fit_is_refused_with_all_that_is_wrong():
    register = Register()
    odd = replace(TALE, name=" ", scenes=(replace(ONE, title=""), replace(TWO, words="x " * 41)))
    with pytest.raises(StoryError) as refused:
        save(register, odd)
    assert len(refused.value.problems) == 3 and register.version == 0


def test_two_stories_of_one_name_are_never_kept():
    register = Register()
    save(register)
    with pytest.raises(RecordError, match="“Evening in Ayton” is the name of another story, made on 2026-11-21"):
        save(register, replace(TALE, name=" evening  in AYTON ", scenes=()))
    assert kept(register) == [TALE]


def test_names_that_are_free():
    register = Register()
    assert stories.free_name(register, "My story") == "My story"
    save(register, Story(name="My story"))
    assert stories.free_name(register, "MY story") == "MY story (2)"
    long = "x" * LONGEST["name"]
    save(register, Story(name=long))
    assert stories.free_name(register, long) == f"{'x' * (LONGEST['name'] - 4)} (2)"


def test_a_story_under_another_name_takes_the_place_of_the_first_and_keeps_its_day():
    register = Register()
    first = save(register)
    second = save(register, replace(TALE, name="Evening in Beeton"), replacing=first, today=TOMORROW)
    assert [each.name for each in stories.kept(register)] == ["Evening in Beeton"]
    assert second.id != first.id and second.made_on == TODAY and register.version == 2
    register.undo(2, by=BEN)
    assert stories.kept(register) == [first]


def test_nothing_is_written_where_nothing_changed():
    register = Register()
    made = save(register)
    assert stories.change(register, made.id, lambda story: story, by=ADA, today=TOMORROW) == made
    assert register.version == 1


def test_what_was_read_before_someone_else_wrote_is_not_written():
    register = Register()
    first = save(register)
    save(register, replace(TALE, about="Theirs."), replacing=first, by=BEN)
    with pytest.raises(ConflictError):
        save(register, replace(TALE, about="Mine."), replacing=first)
    assert [story.about for story in kept(register)] == ["Theirs."]


def test_of_many_changes_at_the_same_moment_none_is_lost():
    register = Register()
    made = save(register, Story(name="Busy"))
    fresh = [Scene(id=f"s{number:08x}", title=f"Scene {number}") for number in range(12)]

    def add(scene):
        for _ in range(20):  # of those that come too often, each is told and tries again
            try:
                return stories.change(register, made.id, lambda story: added(story, scene), by=ADA, today=TODAY)
            except ConflictError:
                continue
        raise AssertionError

    with ThreadPoolExecutor(4) as pool:
        list(pool.map(add, fresh))
    [story] = kept(register)
    assert {scene.id for scene in story.scenes} == {scene.id for scene in fresh}
    assert register.version == 1 + len(fresh) and register.unlike_its_log() == []


def test_a_change_is_made_again_on_what_someone_else_has_just_written():
    register = Register()
    made, turns = save(register), []

    def edit(story):
        turns.append(len(story.scenes))
        if len(turns) == 1:
            stories.change(register, made.id, lambda now: added(now, Scene(title="Theirs")), by=BEN, today=TODAY)
        return added(story, Scene(title="Mine"))

    stories.change(register, made.id, edit, by=ADA, today=TODAY)
    assert turns == [2, 3]
    assert [scene.title for scene in kept(register)[0].scenes] == ["One", "Two", "Theirs", "Mine"]


def test_a_change_that_never_comes_through_is_told():
    register = Register()
    made = save(register)

    def edit(story):
        other = stories.one(register, made.id)
        save(register, added(stories.told(other), Scene(title="Theirs")), replacing=other, by=BEN)
        return added(story, Scene(title="Mine"))

    with pytest.raises(ConflictError):
        stories.change(register, made.id, edit, by=ADA, today=TODAY)
    assert "Mine" not in [scene.title for scene in kept(register)[0].scenes]


def test_a_story_that_is_gone_is_not_changed():
    register = Register()
    made = save(register)
    stories.remove(register, made, by=BEN)
    with pytest.raises(StoryError, match="not kept any more"):
        stories.change(register, made.id, lambda story: story, by=ADA, today=TODAY)
    with pytest.raises(ConflictError):
        stories.remove(register, made, by=ADA)


def test_each_editor_goes_on_where_they_were():
    register = Register()
    first, second = save(register, Story(name="First")), save(register, Story(name="Second"))
    assert stories.last_of(register, ADA) == second and stories.last_of(register, BEN) is None
    stories.change(register, first.id, lambda story: replace(story, about="x"), by=BEN, today=TODAY)
    assert stories.last_of(register, BEN).name == "First" and stories.last_of(register, ADA) == second
    stories.remove(register, second, by=BEN)
    assert stories.last_of(register, ADA).name == "First", "as it stands now, whoever changed it last"


def test_a_visitor_may_not_write():
    register = Register()
    made = save(register)
    for write in (
        lambda: save(register, by=VISITOR),
        lambda: stories.change(register, made.id, lambda story: story, by=VISITOR, today=TODAY),
        lambda: stories.remove(register, made, by=VISITOR),
    ):
        with pytest.raises(NotAllowedError):
            write()
    assert register.version == 1


def test_what_goes_out_of_the_register_holds_no_story():
    register = Register()
    register.change([Organisation(id="A", name="A")], by=ADA, what="Began")
    before = flat(register.entries()), to_oruk(register.entries())
    save(register, replace(TALE, name=NASTY))
    assert (flat(register.entries()), to_oruk(register.entries())) == before
