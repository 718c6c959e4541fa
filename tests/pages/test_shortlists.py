"""Shortlists: saved, opened again, compared, removed; and nothing of a name is ever more than a name."""

import pytest

from data.register.records import Shortlist
from data.register.shortlists import kept, save
from pages import _edge, _shortlist
from tests.pages.desk import EDITOR, at_desk, done, press
from tests.pages.visit import link, told, visit, words
from tests.told import bits
from tests.toytown import CODE, NASTY, TODAY

pytestmark = pytest.mark.usefixtures("in_toytown", "own_register")

PAGE = "shortlists.py"
FIRST_TWO = (CODE["A1"], CODE["B1"])


def kept_as(name, *codes, question="top=2", reasons="They asked first.") -> Shortlist:
    return save(
        _edge.register(),
        by=EDITOR,
        name=name,
        reasons=reasons,
        owner="The council",
        link=question,
        pack=_shortlist.pack(),
        codes=codes or FIRST_TWO,
        today=TODAY,
    )


def test_without_any_it_says_where_to_make_one():
    at = visit(PAGE)
    assert not at.exception
    assert "No list has been saved yet" in words(at)


def test_all_of_them_stand_in_a_table_with_their_people():
    kept_as("One")
    kept_as("Two", CODE["A4"], CODE["B2"])
    [table] = visit(PAGE).dataframe
    assert table.value["Name"].tolist() == ["Two", "One"]
    assert table.value["People"].tolist() == [1_500, 2_500], "A4's people are not known, and count as none"


def test_one_is_opened_with_its_reasons_and_what_has_changed():
    one = kept_as("One")
    at = visit(PAGE, list=one.id)
    said = words(at)
    assert "They asked first." in said and "2 neighbourhoods, saved on 2026-11-21 by The council." in said
    assert "Neither the figures nor the register have changed since." in said
    assert "Asked again today, the same question gives the same neighbourhoods." in said
    codes = _edge.areas("lsoa21")["code"].tolist()
    marked = bits(told(at)["marked"], len(codes))
    assert {code for code, on in zip(codes, marked, strict=True) if on} == set(FIRST_TWO)


def test_a_list_that_the_question_no_longer_gives():
    one = kept_as("One", CODE["B4"], CODE["A1"])
    said = words(visit(PAGE, list=one.id))
    assert "gives 2, 1 of them the same" in said
    assert "No longer among them: Beeton 001" in said


def test_a_question_that_is_not_understood_is_said():
    one = kept_as("One", question="top=2&when=magic~from~1")
    assert "1 parts of its question" in words(visit(PAGE, list=one.id))


def test_two_are_compared():
    one, two = kept_as("One"), kept_as("Two", CODE["A1"], CODE["A2"])
    said = words(visit(PAGE, list=one.id, against=two.id))
    assert "On both: 1 (1,000 people). Only on “One”: 1 (1,500 people). Only on “Two”: 1 (3,000 people)." in said


def test_a_name_is_only_a_name():
    one = kept_as(f"{NASTY} **bold** =1+1", reasons="[a](javascript:x) :smile:")
    at = visit(PAGE, list=one.id)
    assert not at.exception
    assert f"{NASTY} **bold** =1+1" in words(at)
    assert not any("<img" in each.value.replace("\\<", "") for each in [*at.markdown, *at.header, *at.caption])


def test_a_visitor_may_look_but_not_remove():
    one = kept_as("One")
    assert not [button for button in visit(PAGE, list=one.id).button if "Remove" in button.label]


def test_an_editor_removes_one_and_is_told_where_to_undo_it():
    one = kept_as("One")
    at = press(at_desk(PAGE, list=one.id), "Remove this shortlist")
    assert kept(_edge.register()) == []
    assert done(at) == ["Removed: One."]
    assert "list" not in link(at)


def test_an_unknown_list_opens_none():
    kept_as("One")
    at = visit(PAGE, list="l-nothing")
    assert not at.exception and not at.header
