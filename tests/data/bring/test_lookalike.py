"""Which places may be the same one: alike in name and within 300 m."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from data.bring.lookalike import NEAR, alike, plain_name, same_as, same_within


@pytest.mark.parametrize(
    ("name", "plain"),
    [
        ("The Mill Lane Centre Ltd.", "mill lane centre"),
        ("St John's", "st johns"),
        ("St John’s", "st johns"),
        ("The", "the"),
        ("", ""),
        ("MILL & LANE C.I.C.", "mill lane c i c"),
    ],
)
def test_names_are_compared_without_what_many_have(name, plain):
    assert plain_name(name) == plain


@pytest.mark.parametrize(
    ("one", "other", "same"),
    [
        ("Mill Lane Library", "Mill Lane Library", True),
        ("Mill Lane Library", "Library, Mill Lane", True),
        ("Mill Lane Library", "Mill Lane Libary", True),
        ("Mill Lane Library", "Mill Lane Library and Community Hub", True),
        ("Mill Lane Library", "Mill Lane Baths", False),
        ("Library", "Mill Lane Library", False),
        ("Library", "Library", True),
        ("Mill", "Mills", True),
        ("", "", False),
        ("Mill Lane Library", "", False),
    ],
)
def test_alike_in_name_by_hand(one, other, same):
    assert alike(plain_name(one), plain_name(other)) is same
    assert alike(plain_name(other), plain_name(one)) is same


def test_alike_is_not_enough_without_being_near():
    names, here = ["mill library"], [(0.0, 0.0)]
    assert same_as(names, here, names, [(NEAR, 0.0)]) == {0: 0}
    assert same_as(names, here, names, [(NEAR + 1.0, 0.0)]) == {}
    assert same_as(names, here, ["mill baths"], here) == {}
    assert same_as([], [], names, here) == same_as(names, here, [], []) == {}


def test_the_first_of_several_is_told():
    others, points = ["mill baths", "mill library", "mill library"], [(0.0, 0.0)] * 3
    assert same_as(["mill library", "far hall"], [(9.0, 0.0), (9.0, 9.0)], others, points) == {0: 1}


def test_within_a_list_each_is_like_an_earlier_one_that_stays():
    """A row of three, 250 m apart: the second is like the first; the third is near the second only, so it stays."""
    names = ["mill library"] * 3
    assert same_within(names, [(0.0, 0.0), (250.0, 0.0), (500.0, 0.0)]) == {1: 0}
    assert same_within(names, [(0.0, 0.0), (250.0, 0.0), (300.0, 0.0)]) == {1: 0, 2: 0}
    assert same_within(["mill library", "mill baths", "mill library"], [(0.0, 0.0)] * 3) == {2: 0}
    assert same_within([], []) == {}


POINTS = st.tuples(st.floats(0, 600), st.floats(0, 600))


@settings(deadline=None, max_examples=100)
@given(st.lists(st.tuples(st.sampled_from(["mill library", "mill baths", "hub", ""]), POINTS), max_size=8))
def test_what_is_left_out_is_always_like_one_that_stays(places):
    names, points = [name for name, _ in places], [point for _, point in places]
    found = same_within(names, points)
    for i, j in found.items():
        assert j < i and j not in found and alike(names[i], names[j])
        assert sum((a - b) ** 2 for a, b in zip(points[i], points[j], strict=True)) ** 0.5 <= NEAR + 1e-6
