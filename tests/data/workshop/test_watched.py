"""Watched words: found however they are dressed up, and nowhere else."""

import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from data.workshop.live import Place, Seen, Settings, Vote, Words
from data.workshop.watched import seen, watches


@pytest.mark.parametrize(
    "text",
    [
        "bad",
        "That is BAD!",
        "so baaaad",
        "bbaadd luck",
        "b.a.d",
        "b a d",
        "b-a-d news",
        "b**a**d",
        "bád",
        "ＢＡＤ",
        "b\u200da\u200dd",
        "good (bad) good",
        "bad_",
        "_bad",
    ],
)
def test_a_watched_word_is_found_in_any_dress(text):
    assert watches(text, ("bad",))


@pytest.mark.parametrize(
    "text", ["badminton", "Sinbad", "", "ba d", "b ad", "bd", "ba", "Bard", "bad2", "2bad", "a.d.b", "baed"]
)
def test_inside_other_words_and_between_words_it_is_not_found(text):
    assert not watches(text, ("bad",))


def test_he_will_is_not_hell_and_god_is_not_good():
    assert not watches("He'll come, God willing", ("hell", "good"))
    assert watches("Gooood grief, what the h.e.l.l", ("good",)) and watches("h.e.l.l", ("hell",))
    assert watches("heLL", ("hell",)) and not watches("hel", ("hell",))


def test_phrases_and_signs_of_patterns_are_words_like_others():
    assert watches("Oh, GO --  home now", ("go home",))
    assert not watches("ago home", ("go home",))
    assert watches("a c++ d", ("c++",)) and not watches("abc", ("a.c",)) and watches("a.c", ("a.c",))
    assert not watches("anything", ("", "...", "   "))
    assert not watches("anything", ())


@given(st.text(max_size=60), st.lists(st.text(max_size=12), max_size=4).map(tuple))
def test_nothing_raises_whatever_is_watched_or_written(text, words):
    assert watches(text, words) in (True, False)


@given(st.text("abc", min_size=2, max_size=8), st.sampled_from(["", " ", ".", "!? "]), st.sampled_from(["", ",", " x"]))
def test_a_word_is_always_found_in_itself(word, before, after):
    assert watches(f"{before}{word}{after}", (word,))


def test_a_long_text_made_to_be_slow_is_not():
    words = tuple("a" * i + "b" for i in range(1, 60))
    began = time.thread_time()
    watches("a " * 140, words)
    watches("a" * 280, words)
    assert time.thread_time() - began < 1


def test_only_what_is_written_is_held():
    watched, held = Settings(watched=("bad",)), Settings(hold_words=True)
    vote, pin, noted = Vote(chosen=(0,)), Place(area="E02000001"), Place(area="E02000001", note="a bad corner")
    assert [seen(each, watched) for each in (vote, pin, noted, Words(text="fine"), Words(text="bad"), None)] == [
        Seen.SHOWN,
        Seen.SHOWN,
        Seen.HELD,
        Seen.SHOWN,
        Seen.HELD,
        Seen.SHOWN,
    ]
    assert [seen(each, held) for each in (vote, pin, noted, Words(text="fine"))] == [
        Seen.SHOWN,
        Seen.SHOWN,
        Seen.HELD,
        Seen.HELD,
    ]
