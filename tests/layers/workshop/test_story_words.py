"""Careful words: what is offered fits and shames nobody; what could hurt is pointed out, with something better."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from data.workshop.scenes import (
    LONGEST,
    MOST_WORDS,
    Question,
    Scene,
    Story,
    StoryError,
    as_json,
    from_json,
    scene_problems,
)
from layers.workshop.story_templates import TEMPLATES, made
from layers.workshop.story_words import careful, changed, count, doubts, offered, problems, too_long

SUMMARY = (
    "Of the 1,865 neighbourhoods in the Leeds City Region, 331 (18%) are in the most deprived tenth of England and 169 "
    "(9%) in the least deprived. 1,012 (54%) are in the more deprived half. 12 have no figure."
)


def test_our_sentences_are_offered_with_care():
    title, words = offered("Overall deprivation: the Leeds City Region", SUMMARY)
    assert title == "Hardship of many kinds: the Leeds City Region"
    assert words == (
        "Of the 1,865 neighbourhoods in the Leeds City Region, 331 (18%) are in the tenth of England facing most "
        "hardship and 169 (9%) in the tenth facing least. 1,012 (54%) are in the half facing more hardship."
    )


@pytest.mark.parametrize(
    ("said", "with_care"),
    [
        ("an average that rounds to tenth 1, the most deprived, and", "tenth 1, where hardship is greatest, and"),
        (
            "187 of them are coloured as the most deprived tenth here.",
            "coloured as the tenth facing most hardship here.",
        ),
        ("the third with poorest reach", "the third with longest way to help"),
        ("People on low incomes", "People on low incomes"),
    ],
)
def test_each_of_them_by_hand(said, with_care):
    assert careful(said).endswith(with_care)


def test_whole_sentences_are_offered_as_long_as_they_fit():
    _, words = offered("x", f"{'One ' * 30}end. {'Two ' * 30}end.")
    assert words == f"{'One ' * 30}end."


def test_a_first_sentence_that_is_too_long_is_cut():
    title, words = offered("Clusters " * 20, "word " * 60)
    assert words.split()[-1] == "…" and len(words.split()) == MOST_WORDS
    assert len(title) <= LONGEST["title"] and title.endswith("…")


@given(st.text(max_size=200), st.text(max_size=900))
def test_whatever_a_page_says_what_is_offered_can_be_kept(title, summary):
    title, words = offered(title, summary)
    problems = scene_problems(Scene(title=title, words=words))
    assert problems == [] and len(title) <= LONGEST["title"] and len(words) <= LONGEST["words"]


@pytest.mark.parametrize(
    "text",
    [
        "The most deprived streets",
        "a Deprived area",
        "the worst estates",
        "poor areas",
        "a problem estate",
        "poverty hotspots",
        "hot-spots of crime",
        "left behind places",
        "left-behind",
        "broken families",
        "too lazy",
        "hard to reach groups",
        "the disabled",
        "a no-go area",
        "an advice desert",
        "the unemployed",
    ],
)
def test_words_that_hurt_are_pointed_out_with_something_better(text):
    [said] = doubts(text)
    assert said.startswith("“") and ("say" in said or "give" in said) and said.endswith(".")
    assert doubts(said.partition(":")[2]) == [], "what is proposed hurts nobody"


@pytest.mark.parametrize(
    "text",
    [
        "",
        "English Indices of Deprivation 2025",
        "Source: Index of Multiple Deprivation",
        "People on low incomes",
        "a poor line to the internet",
        "the hall at the workshop",
    ],
)
def test_names_of_figures_and_other_words_stay(text):
    assert doubts(text) == []


def test_each_word_is_told_once():
    assert len(doubts("deprived, Deprived and DEPRIVED; worst")) == 2


def test_words_are_counted():
    assert count("") == "0 of 40 words" and count("one two") == "2 of 40 words"
    assert count("x " * 43) == "43 of 40 words: 3 too many. Move the rest to the notes."


def test_letters_are_counted_where_they_do_not_fit():
    assert count("x" * 400) == "1 of 40 words"
    assert count("x" * 412) == (
        "1 of 40 words. These words have 412 letters; 400 fit on a screen. Take out at least 12."
    )
    assert count(f"{'considerable ' * 41}") == (
        "41 of 40 words: 1 too many. Move the rest to the notes. These words have 532 letters; 400 fit on a screen. "
        "Take out at least 132."
    )


@pytest.mark.parametrize(
    ("name", "said"),
    [
        ("title", "This title has 81 letters; 80 fit on a screen. Take out at least 1."),
        ("notes", "This note has 1,501 letters; 1,500 fit. Take out at least 1."),
        ("text", "This question has 201 letters; 200 fit on a phone. Take out at least 1."),
        ("option", f"The option “{'x' * 30}...” has 81 letters; 80 fit on a phone. Take out at least 1."),
        ("name", "This name has 121 letters; 120 fit. Take out at least 1."),
        ("about", "What it is about has 601 letters; 600 fit. Take out at least 1."),
    ],
)
def test_what_is_too_long_is_said_with_how_long_it_may_be(name, said):
    assert too_long(name, "x" * LONGEST[name]) == "" == too_long(name, f" {'x' * LONGEST[name]}\n")
    assert too_long(name, "x" * (LONGEST[name] + 1)) == said


def test_whatever_stands_in_the_way_of_a_scene_is_said():
    asked = Question(kind="vote", text="x" * 201, options=("y" * 81,))
    assert problems(Scene(title="", words="z" * 401, notes="z" * 1_501, question=asked)) == [
        "These words have 401 letters; 400 fit on a screen. Take out at least 1.",
        "This note has 1,501 letters; 1,500 fit. Take out at least 1.",
        "This question has 201 letters; 200 fit on a phone. Take out at least 1.",
        f"The option “{'y' * 30}...” has 81 letters; 80 fit on a phone. Take out at least 1.",
        "Give it a title.",
        "A question to “choose” takes between 2 and 8 options, and this has 1.",
    ]


LINES = st.text(st.sampled_from("ab é\n"), max_size=12).flatmap(lambda text: st.sampled_from([text, text * 40]))


@given(LINES, LINES, LINES, st.lists(LINES, min_size=2, max_size=3))
def test_a_scene_without_problems_can_be_kept_and_one_with_them_cannot(title, words, notes, options):
    asked = Question(kind="vote", text=title, options=tuple(options))
    scene = Scene(title=title, words=words, notes=notes, question=asked)
    try:
        from_json(as_json(Story(name="x", scenes=(scene,))))
        kept = True
    except StoryError:
        kept = False
    assert (problems(scene) == []) is kept


@pytest.mark.parametrize("key", TEMPLATES)
def test_templates_shame_nobody_and_tell_whoever_presents_what_to_do(key):
    story = made(key, ())
    assert 4 <= len(story.scenes) <= 6 and len({scene.id for scene in story.scenes}) == len(story.scenes)
    for scene in story.scenes:
        asked = scene.question
        shown = [scene.title, scene.words, *((asked.text, *asked.options) if asked else ())]
        assert [doubts(text) for text in shown] == [[]] * len(shown)
        assert scene.words and scene.notes and "—" not in f"{scene.words}{scene.notes}"
    assert sum(scene.question is not None for scene in story.scenes) >= 3


def test_a_template_of_many_districts_has_a_name_that_fits():
    assert made("who", ("Leeds", "York")).name == "Who is where: Leeds and York"
    assert made("who", [f"District of Somewhere {i}" for i in range(9)]).name == "Who is where: 9 districts"


def test_what_became_of_scenes_by_hand():
    def text(*scenes):
        return as_json(Story(name="x", scenes=scenes))

    a, b = Scene(title="A"), Scene(title="B")
    assert changed(text(a), text(a, b)) == "1 → 2 (now with “B”)"
    assert changed(text(a, b), text(b)) == "2 → 1 (no longer with “A”)"
    assert changed(text(a, b), text(b, a)) == "2 → 2 (in another order)"
    assert changed(text(a), text(Scene(id=a.id, title="C"))) == "1 → 1 (changed within)"
    assert changed(None, text(a)) == changed("{", text(a)) == "changed"
