"""Stories as values and as files: what can be kept, and what is told of what cannot."""

import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from data.workshop.scenes import (
    ASKS,
    LONGEST,
    MOST,
    MOST_SCENES,
    OPTIONS,
    PAGES,
    Question,
    Scene,
    Story,
    StoryError,
    as_json,
    from_json,
    problems,
    question_problems,
    scene_problems,
)

WHOLE = Story(
    name="Where next?",
    about="For the spring meetings.",
    scenes=(
        Scene(title="Who is where", words="People and help.", notes="Wait for the door.", link="layer=imd&focus=Leeds"),
        Scene(
            title="What is missing",
            page="gaps",
            at=(53.8, -1.55),
            zoom=12.5,
            question=Question(kind="place", text="Where is help missing?", most=3),
        ),
        Scene(title="Which first", question=Question(kind="vote", text="Which?", options=("A hub", "A visit"))),
    ),
)

plain = st.text(
    st.characters(min_codepoint=33, max_codepoint=0x2FFF, exclude_categories=("Cs", "Cc", "Cf", "Zs")), min_size=1
)


def words(longest):
    return plain.map(lambda text: text[:longest].strip() or "x")


@st.composite
def questions(draw):
    kind = draw(st.sampled_from(sorted(ASKS)))
    low, high = OPTIONS.get(kind, (0, 0))
    options = draw(st.lists(words(LONGEST["option"]), min_size=low, max_size=high, unique_by=str.casefold))
    return Question(
        kind=kind, text=draw(words(LONGEST["text"])), options=tuple(options), most=draw(st.integers(1, MOST[kind]))
    )


@st.composite
def scenes(draw):
    at = draw(st.none() | st.tuples(st.floats(52, 56), st.floats(-4, 1)))
    return Scene(
        title=draw(words(LONGEST["title"])),
        words=draw(words(LONGEST["words"])),
        notes=draw(st.just("") | words(LONGEST["notes"])),
        page=draw(st.sampled_from(sorted(PAGES))),
        link=draw(st.just("") | words(100)),
        at=at,
        zoom=None if at is None else draw(st.floats(6, 17)),
        question=draw(st.none() | questions()),
    )


class TestFile:
    def test_a_story_comes_back_from_its_file_as_it_was(self):
        assert from_json(as_json(WHOLE)) == WHOLE

    @given(st.lists(scenes(), max_size=5, unique_by=lambda scene: scene.id), words(LONGEST["name"]))
    def test_every_story_that_can_be_kept_comes_back(self, made, name):
        story = Story(name=name, scenes=tuple(made))
        if not problems(story):
            assert from_json(as_json(story)) == story

    def test_a_scene_says_only_what_differs_from_a_plain_one(self):
        told = json.loads(as_json(Story(name="A", scenes=(Scene(id="s00000001", title="B"),))))
        assert told["scenes"] == [{"id": "s00000001", "title": "B", "page": "map"}]

    @pytest.mark.parametrize(
        "text", ["", "{", "[]", "null", '{"scenes": []}', '{"format": "foothold-story"}', "[" * 5_000]
    )
    def test_what_is_no_story_is_refused_in_a_sentence(self, text):
        with pytest.raises(StoryError, match="This is not a story’s file"):
            from_json(text)

    @given(st.recursive(st.none() | st.booleans() | st.floats() | st.text(max_size=5), st.lists, max_leaves=5))
    def test_a_scene_of_any_shape_is_read_or_refused(self, odd):
        text = json.dumps(
            {"format": "foothold-story", "name": "A", "scenes": [odd, {"title": odd, "at": odd, "question": odd}]}
        )
        with pytest.raises(StoryError):
            from_json(text)

    def test_everything_wrong_is_told_at_once_with_its_scene(self):
        odd = {"title": 3, "words": "word " * 41, "question": {"kind": "dance", "text": "?"}}
        text = json.dumps({"format": "foothold-story", "name": "", "scenes": [{"title": "Fine"}, odd]})
        with pytest.raises(StoryError) as caught:
            from_json(text)
        assert caught.value.problems == [
            "Scene 2: its title is not text.",
            "Give the story a name.",
            "Scene 2: Give it a title.",
            "Scene 2: 41 words, where 40 fit: people listen or read, not both. Move the rest to the notes.",
            "Scene 2: “dance” is no kind of question. There are: place, vote, rank, words.",
        ]

    def test_what_is_too_long_is_refused_and_not_cut(self):
        text = json.dumps({"format": "foothold-story", "name": "n" * 121, "scenes": []})
        with pytest.raises(StoryError, match="its name has 121 signs, where 120 fit"):
            from_json(text)

    def test_control_signs_are_dropped_and_ids_that_are_none_are_made_anew(self):
        scene = {"id": "../etc", "title": "A\x00\x1b[31m b"}
        [read] = from_json(json.dumps({"format": "foothold-story", "name": "A", "scenes": [scene]})).scenes
        assert read.title == "A[31m b"
        assert read.id.startswith("s") and len(read.id) == 9


class TestProblems:
    def test_a_whole_story_has_none(self):
        assert problems(WHOLE) == []

    def test_forty_words_fit_and_forty_one_do_not(self):
        assert scene_problems(Scene(title="A", words="word " * 40)) == []
        assert scene_problems(Scene(title="A", words="word " * 41))[0].startswith("41 words, where 40 fit")

    def test_a_story_of_forty_scenes_fits(self):
        many = tuple(Scene(title="A") for _ in range(MOST_SCENES))
        assert problems(Story(name="A", scenes=many)) == []
        assert problems(Story(name="A", scenes=(*many, Scene(title="B")))) == [
            "A story has up to 40 scenes. Divide it into two stories."
        ]

    def test_two_scenes_of_one_id_are_refused(self):
        scene = Scene(title="A")
        assert "Two scenes have the same id" in problems(Story(name="A", scenes=(scene, scene)))[0]

    @pytest.mark.parametrize(
        ("scene", "said"),
        [
            (Scene(title="A", at=(53.8, -1.5)), "Where to look needs both a place and a zoom."),
            (Scene(title="A", at=(48.8, 2.3), zoom=12), "It looks at a place far outside the region."),
            (Scene(title="A", at=(53.8, -1.5), zoom=25), "Its zoom must lie between 6 and 17."),
            (Scene(title="A", page="secrets"), "“secrets” is no page with a map."),
            (Scene(title=" "), "Give it a title."),
        ],
    )
    def test_what_a_scene_cannot_be_is_said(self, scene, said):
        assert scene_problems(scene) == [said]

    @pytest.mark.parametrize(
        ("question", "said"),
        [
            (Question(kind="vote", text="A?", options=("a",)), "takes between 2 and 8 options, and this has 1"),
            (
                Question(kind="rank", text="A?", options=tuple("abcdefg")),
                "takes between 2 and 6 options, and this has 7",
            ),
            (Question(kind="words", text="A?", options=("a",)), "takes no options, and this has 1"),
            (Question(kind="vote", text="A?", options=("a", "A ")), "Two options are the same"),
            (Question(kind="vote", text="A?", options=("a", " ")), "An option is blank"),
            (Question(kind="place", text="A?", most=6), "between 1 and 5 times"),
            (Question(kind="words", text=" "), "Write the question"),
        ],
    )
    def test_what_a_question_cannot_be_is_said(self, question, said):
        assert any(said in each for each in question_problems(question))
