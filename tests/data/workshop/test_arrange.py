"""Scenes in another order, by hand and for any story."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from data.workshop.arrange import added, changed, doubled, moved, scene_of, without
from data.workshop.scenes import LONGEST, Scene, Story, StoryError

A, B, C = (Scene(id=f"s0000000{i}", title=title, words=f"Of {title}.") for i, title in enumerate("ABC"))
TALE = Story(name="Three", scenes=(A, B, C))


def titles(story):
    return "".join(scene.title for scene in story.scenes)


@pytest.mark.parametrize(
    ("scene", "by", "order"),
    [(A, 1, "BAC"), (A, 2, "BCA"), (A, 9, "BCA"), (A, -1, "ABC"), (B, -1, "BAC"), (C, -2, "CAB"), (B, 0, "ABC")],
)
def test_a_scene_is_moved_and_stops_at_either_end(scene, by, order):
    assert titles(moved(TALE, scene.id, by)) == order


@given(st.permutations([A, B, C]), st.integers(-5, 5), st.sampled_from([A, B, C]))
def test_moving_there_and_back_changes_nothing_inside(order, by, scene):
    story = Story(name="x", scenes=tuple(order))
    there = moved(story, scene.id, by)
    assert sorted(titles(there)) == list("ABC")
    went = there.scenes.index(scene) - story.scenes.index(scene)
    assert moved(there, scene.id, -went) == story


def test_a_scene_is_added_after_another_or_last():
    fresh = Scene(title="X")
    assert titles(added(TALE, fresh, after=A.id)) == "AXBC" and titles(added(TALE, fresh)) == "ABCX"


def test_a_copy_stands_behind_with_an_id_of_its_own():
    copied = doubled(TALE, B.id)
    assert [scene.title for scene in copied.scenes] == ["A", "B", "B (copy)", "C"]
    assert copied.scenes[2].words == B.words and copied.scenes[2].id not in {A.id, B.id, C.id}
    long = Story(name="x", scenes=(Scene(id=A.id, title="y" * LONGEST["title"]),))
    assert len(doubled(long, A.id).scenes[1].title) == LONGEST["title"]


def test_a_scene_is_changed_and_taken_out_in_its_place():
    assert titles(changed(TALE, Scene(id=B.id, title="Y"))) == "AYC"
    assert titles(without(TALE, B.id)) == "AC"
    assert scene_of(TALE, C.id) is C
    assert titles(TALE) == "ABC", "and what was given stays as it was"


def test_a_scene_that_is_gone_is_said():
    for act in (
        lambda: moved(TALE, "s99999999", 1),
        lambda: doubled(TALE, "s99999999"),
        lambda: without(TALE, "s99999999"),
        lambda: changed(TALE, Scene(id="s99999999", title="x")),
        lambda: added(TALE, Scene(title="x"), after="s99999999"),
        lambda: scene_of(TALE, "s99999999"),
    ):
        with pytest.raises(StoryError, match="not in the story any more"):
            act()
