"""Minutes: what the room may see and all of it, the same on a page and on paper."""

import re
from dataclasses import replace
from datetime import datetime
from html import unescape
from itertools import pairwise

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from data.workshop.live import By, Place, Seen, Words
from data.workshop.scenes import LONGEST
from layers.workshop.minutes import OUTLINES, UNSAID, compose
from layers.workshop.minutes_asked import asked
from layers.workshop.minutes_html import as_html
from layers.workshop.minutes_pdf import as_pdf, right_to_left, said
from layers.workshop.results import results
from layers.workshop.typeset import as_pngs
from tests.layers.workshop.pdf_text import pages
from tests.layers.workshop.room_full import (
    ASKED,
    INSIDE,
    NAMES,
    answer,
    areas,
    evening,
    pin,
    placed,
    region,
    scene,
    session,
    texts,
    votes,
)
from tests.toytown import NASTY

MADE = datetime(2026, 11, 27, 9, 30)
NEXT = "We will bring this to the committee.\n\nThe council replies by March."


@pytest.fixture(scope="module")
def composed(toy, toy_places):
    """The minutes of the evening, every number told."""
    prepared, answers = evening(toy)
    ours = session(ASKED, hide_small=False, next_steps=NEXT)
    return compose(ours, prepared, answers, places=placed(toy_places), region=region(toy), made=MADE)


def of(toy, answers, **settings_):
    prepared, _ = evening(toy)
    return compose(session(ASKED, **settings_), prepared, answers, places=[], region=region(toy), made=MADE)


def table(minutes, number, caption):
    [found] = [each for each in minutes.scenes[number - 1].asked.tables if each.caption == caption]
    return found


def words_of(page):
    """The text of a page, without its markup, style and drawings."""
    bare = re.sub(rb"<(style|svg)\b.*?</\1>", b" ", page, flags=re.S)
    return " ".join(unescape(re.sub(r"<[^>]*>", " ", bare.decode())).split())


class TestWhatIsSaid:
    def test_when_where_and_who(self, composed):
        assert composed.title == "Help in Toytown"
        assert composed.facts == (
            ("Where", "Ayton Hall"),
            ("When", "26 November 2026"),
            ("Who took part", "4 people answered"),
            ("What was shown", "6 maps, with 4 questions"),
        )

    def test_what_will_happen_next_line_by_line_or_that_it_is_not_said(self, composed, toy):
        assert composed.next_steps == ("We will bring this to the committee.", "The council replies by March.")
        assert of(toy, []).next_steps == (UNSAID,)

    def test_each_question_with_its_numbers(self, composed):
        assert table(composed, 3, "How many people chose each answer").rows == (("Mornings", "2"), ("Evenings", "1"))
        assert table(composed, 3, "How many people chose each answer").shares == (1.0, 0.5)
        assert table(composed, 2, "How many people pointed to each neighbourhood").rows == (
            ("High Moor", "3"),
            ("Mill Lane", "2"),
        )
        assert table(composed, 4, "In which order people put them").rows == (
            ("1", "Cost", "1.50", "1"),
            ("1", "Distance", "1.50", "1"),
            ("3", "Language", "3.00", "0"),
        )
        assert composed.scenes[2].asked.summary.startswith("3 people answered.")
        assert composed.scenes[0].asked is None

    def test_what_was_said_of_places_by_its_number_on_the_map_or_from_the_list(self, composed):
        assert table(composed, 2, "What people said of places").rows == (
            ("1", "Mill Lane", "By the mill"),
            ("from the list", "High Moor", "Up the hill"),
        )
        assert ">1</text>" in composed.scenes[1].svg and ">2</text>" not in composed.scenes[1].svg

    def test_every_written_answer_that_may_be_seen_and_how_many_may_not(self, composed):
        assert composed.scenes[4].asked.said == ("A kitchen to rent", NASTY, "#panic() *no* $x$")
        assert composed.scenes[4].asked.left_out == (
            "Not shown here: 1 answer was hidden by whoever ran the session and 1 is held back until someone has read "
            "it."
        )
        assert composed.scenes[2].asked.left_out == ""

    def test_a_place_counts_while_its_note_is_held_and_the_note_is_nowhere(self, toy):
        """How many notes are held is not said either: small numbers could be worked out from it."""
        given_ = [
            pin(INSIDE, person=1, note="Unread", scene="s00000002", seen=Seen.HELD),
            answer(Place(area="E02000002", note="Unread"), person=2, scene="s00000002", seen=Seen.HELD),
        ]
        minutes = of(toy, given_, hide_small=False)
        asked = minutes.scenes[1].asked
        assert dict(minutes.facts)["Who took part"] == "2 people answered"
        assert asked.summary.startswith("2 people pointed to a place.")
        assert asked.left_out == (
            "Some of what was written at places is held back until someone has read it; the places are counted."
        )
        assert [each.caption for each in asked.tables] == ["How many people pointed to each neighbourhood"]
        for form in (repr(minutes), as_html(minutes).decode(), " ".join(pages(as_pdf(minutes)))):
            assert "Unread" not in form

    def test_how_it_was_made_and_where_figures_are_from(self, composed):
        told = " ".join(composed.method)
        assert "on phones, on a shared tablet and on sheets of paper" in told and "No names were asked for" in told
        assert "100 m" in told and "“toytown 1”" in told and "fewer than" not in told
        assert composed.sources == ("Toytown.", OUTLINES)

    def test_nothing_that_is_the_facilitators_own(self, composed):
        """Neither notes, nor the key, nor an answer that is hidden or held, in any form."""
        for form in (repr(composed), as_html(composed).decode(), " ".join(pages(as_pdf(composed)))):
            for secret in ("Mention the mill", "secret-key", "Rude words", "Not yet read"):
                assert secret not in form

    def test_of_a_session_without_answers(self, toy):
        minutes = of(toy, [])
        assert dict(minutes.facts)["Who took part"] == "0 people answered"
        assert [each.asked.summary for each in minutes.scenes if each.asked] == ["There is no answer to show."] * 4
        assert "There is no answer to show." in words_of(as_html(minutes)) and len(pages(as_pdf(minutes))) >= 3


class TestSmallNumbers:
    def test_are_told_as_few_and_no_total_gives_them_away(self, toy):
        answers = [*votes(*[[0]] * 6, [1], scene="s00000003"), *areas("E02000001", scene="s00000002")]
        minutes = of(toy, answers, hide_small=True)
        assert table(minutes, 3, "How many people chose each answer").rows == (
            ("Mornings", "6"),
            ("Evenings", "fewer than 5"),
        )
        assert table(minutes, 3, "How many people chose each answer").shares == (1.0, None)
        assert table(minutes, 2, "How many people pointed to each neighbourhood").rows == ()
        assert (
            table(minutes, 2, "How many people pointed to each neighbourhood").note
            == "Fewer than 5 people each: Mill Lane."
        )
        assert dict(minutes.facts)["Who took part"] == "At least 7 people answered"
        assert "fewer than 5" in " ".join(minutes.method)

    def test_the_minutes_are_the_same_whatever_the_small_number_is(self, toy):
        """One person more or less behind "fewer than 5" changes not a byte."""
        made = [
            as_html(of(toy, votes(*[[0]] * 6, *[[1]] * few, scene="s00000003"), hide_small=True)) for few in (1, 2, 4)
        ]
        assert made[0] == made[1] == made[2]

    def test_of_a_ranking_where_first_places_are_few(self, toy):
        told = results(ASKED[3], evening(toy)[1], names=NAMES, hide_small=True)
        found = asked(ASKED[3], [], told, numbers={}, names=NAMES)
        assert found.tables[0].headings == ("Place", "Answer", "Mean place")
        assert found.tables[0].rows[0] == ("", "Cost", "fewer than 5")


class TestOnAPage:
    def test_holds_all_that_the_minutes_say_as_text(self, composed):
        said = words_of(as_html(composed))
        for words in (
            *(value for _, value in composed.facts),
            *composed.method,
            *composed.sources,
            NASTY,
            "#panic() *no* $x$",
        ):
            assert words in said
        for shown in composed.scenes:
            assert shown.title in said and shown.summary in said and shown.key.heading in said

    def test_asks_nothing_of_anybody_else(self, composed):
        page = as_html(composed).decode()
        assert not re.findall(r"<(?:script|link|img|iframe|object)\b", page)
        assert not re.findall(r"""(?:src|href)\s*=\s*["'](?!#)""", page) and "@import" not in page
        assert "http" not in page.replace("http://www.w3.org/2000/svg", "")
        assert set(re.findall(r"url\(([^)]*)", page)) == set(re.findall(r"url\((#[^)]*)", page))

    def test_every_id_is_there_once_and_every_link_leads_somewhere(self, composed):
        page = as_html(composed).decode()
        ids = re.findall(r'\bid="([^"]*)"', page)
        assert len(ids) == len(set(ids))
        for named in re.findall(r'(?:aria-labelledby|href)="#?([^"]*)"', page) + re.findall(r"url\(#([^)]*)\)", page):
            assert set(named.split()) <= set(ids)

    def test_headings_come_in_order(self, composed):
        levels = [int(level) for level in re.findall(r"<h(\d)", as_html(composed).decode())]
        assert levels[0] == 1 and levels.count(1) == 1
        assert all(after <= before + 1 for before, after in pairwise(levels))

    def test_is_made_again_the_same(self, composed):
        assert as_html(composed) == as_html(composed)


class TestOnPaper:
    def test_holds_all_that_the_minutes_say(self, composed):
        said = " ".join(" ".join(pages(as_pdf(composed))).split())
        for words in (
            *composed.next_steps,
            NASTY,
            "#panic() *no* $x$",
            "By the mill",
            "Up the hill",
            "A kitchen to rent",
        ):
            assert words in said
        assert f"Page 1 of {len(pages(as_pdf(composed)))}" in said and "27 November 2026, 09:30" in said
        assert "no font for" not in said

    def test_is_an_accessible_pdf_with_a_language_and_a_title(self, composed):
        pdf = as_pdf(composed)
        assert b"pdfuaid" in pdf and b"/StructTreeRoot" in pdf and b"/Lang(en-GB)" in pdf and b"Help in Toytown" in pdf

    def test_is_made_again_the_same_and_says_when(self, composed):
        assert as_pdf(composed) == as_pdf(composed)
        assert b"D:20261127093000" in as_pdf(composed)
        assert as_pdf(replace(composed, made=datetime(2026, 11, 28))) != as_pdf(composed)

    def test_letters_that_no_font_has_are_kept_and_explained(self, toy):
        """Gurmukhi and Chinese may have no font; Urdu has one that comes along."""
        urdu, others = "یہاں کوئی مدد نہیں ملتی", "ਸਲਾਹ 摊位"
        with_urdu = as_pdf(of(toy, texts(urdu, scene="s00000005"), hide_small=False))
        assert b"pdfuaid" in with_urdu and "no font for" not in " ".join(pages(with_urdu))
        pdf = as_pdf(of(toy, texts(others, scene="s00000005"), hide_small=False))
        said = " ".join(pages(pdf))
        assert b"/StructTreeRoot" in pdf and (b"pdfuaid" in pdf) != ("no font for" in said)

    @pytest.mark.parametrize(
        ("words", "left"), [("Hello", False), ("مرحبا", True), ("1. یہاں", True), ("Hi مرحبا", False), ("123", False)]
    )
    def test_a_text_runs_as_its_first_letter_does(self, words, left):
        assert right_to_left(words) is left

    def test_a_long_room_takes_more_pages_and_loses_nothing(self, toy):
        many = [answer(Words(text=f"Answer number {i}."), person=i, scene="s00000005") for i in range(300)]
        said = " ".join(pages(as_pdf(of(toy, many, hide_small=False))))
        assert all(f"Answer number {i}." in said for i in range(300))

    def test_the_same_pages_as_pictures(self, composed):
        made = as_pngs("minutes", said(composed), ppi=40)
        assert len(made) == len(pages(as_pdf(composed))) and all(png.startswith(b"\x89PNG") for png in made)


SIGNS = st.characters(exclude_categories=["Cs", "Cc"])


@settings(max_examples=25, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    title=st.text(SIGNS, min_size=1, max_size=LONGEST["title"]),
    said=st.lists(st.text(SIGNS, min_size=1, max_size=280), max_size=3),
    note=st.text(SIGNS, max_size=280),
    by=st.sampled_from(By),
)
def test_whatever_people_write_it_is_text_and_never_an_error(toy, title, said, note, by):
    """Nothing is lost on the page, nothing becomes markup, and both forms are made."""
    answers = [
        *texts(*said, scene="s00000002"),
        pin(INSIDE, note=note, scene="s00000001", by=by),
        answer(Place(area="E02000001", note=note), person=2, scene="s00000001"),
    ]
    scenes = [scene("place", id_="s00000001", title=title), scene("words", id_="s00000002", title=title)]
    prepared = [replace(each, scene=of_) for each, of_ in zip(evening(toy)[0], scenes, strict=False)]
    ours = session(scenes, title=title, hide_small=False, next_steps=note)
    minutes = compose(ours, prepared, answers, places=[], region=region(toy), made=MADE)
    page = as_html(minutes).decode()
    shown = words_of(page.encode())
    for text in (title, note, *said):
        assert " ".join(text.split()) in shown
    plain = compose(session(scenes, hide_small=False), prepared, [], places=[], region=region(toy), made=MADE)
    tags = set(re.findall(r"<[a-z!/]+", as_html(plain).decode())) | {
        "<p",
        "</p",
        "<ul",
        "</ul",
        "<li",
        "</li",
        "<span",
        "</span",
    }
    tags |= {"<b", "</b", "<g", "</g", "<text", "</text"}
    assert set(re.findall(r"<[a-z!/]+", page)) <= tags
    assert as_pdf(minutes).startswith(b"%PDF")
