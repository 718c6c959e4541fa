"""Shortlists against each other and against today."""

import numpy as np
import pytest

from data.register.records import Shortlist
from layers.plan.shortlists import against, compared, difference, since

NAMES = {"E01000001": "Mill Lane (A1)", "E01000002": "Mill Lane (A2)", "E01000003": "High Moor (A3)"}
PEOPLE = {"E01000001": 1_000.0, "E01000002": 3_000.0, "E01000003": float("nan")}


def a_list(name, *codes, pack="toytown 1", register=3):
    return Shortlist(id=name, name=name, codes=codes, pack=pack, register_version=register, made_on="2026-11-01")


def test_what_two_lists_share_keeps_the_order():
    found = difference(["c", "a", "b"], ["d", "b", "c"])
    assert (found.both, found.first, found.second) == (("c", "b"), ("a",), ("d",))
    assert difference(["a", "b"], ["b", "a"]).same


def test_nothing_has_changed():
    said = since(a_list("One", "E01000001"), ["E01000001"], NAMES, pack="toytown 1", register=4)
    assert said == [
        "Neither the figures nor the register have changed since.",
        "Asked again today, the same question gives the same neighbourhoods.",
    ]


def test_what_has_changed_is_named():
    said = since(
        a_list("One", "E01000001", "E01000002"), ["E01000002", "E01000003"], NAMES, pack="toytown 2", register=5
    )
    assert said == [
        "The figures are now of pack toytown 2 (then toytown 1) and the register has had 1 step since.",
        "Asked again today, the same question gives 2, 1 of them the same.",
        "New today: High Moor (A3).",
        "No longer among them: Mill Lane (A1).",
    ]


def test_a_neighbourhood_that_the_figures_no_longer_have():
    said = since(a_list("One", "E01000001", "E01999999"), ["E01000001"], NAMES, pack="toytown 1", register=3)
    assert said[0] == "1 of its neighbourhoods is not in today’s figures: E01999999."
    assert said[-1] == "No longer among them: E01999999."


def test_two_lists_in_words_count_only_known_people():
    one, two = a_list("One", "E01000001", "E01000003"), a_list("Two", "E01000002", "E01000003")
    [said] = against(one, two, PEOPLE)
    assert said == "On both: 1 (0 people). Only on “One”: 1 (1,000 people). Only on “Two”: 1 (3,000 people)."
    [same] = against(one, a_list("Three", "E01000003", "E01000001"), PEOPLE)
    assert same == "“One” and “Three” hold the same 2 neighbourhoods."


@pytest.mark.parametrize("name", ["Two", "One"])
def test_two_lists_as_rows(name):
    rows = compared(a_list("One", "E01000001", "E01000003"), a_list(name, "E01000003", "E01000009"), NAMES, PEOPLE)
    assert rows["Code"].tolist() == ["E01000001", "E01000003", "E01000009"]
    np.testing.assert_array_equal(rows.iloc[:, 1], [1, 2, np.nan])
    np.testing.assert_array_equal(rows.iloc[:, 2], [np.nan, 1, 2])
    assert rows["Neighbourhood"].iloc[2] == "E01000009"
