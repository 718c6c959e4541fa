"""Conditions, by hand on a few figures and on Toytown."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from layers import LAYERS, get
from layers.plan.conditions import (
    KINDS,
    MOST,
    Condition,
    another,
    begun,
    conditions_in,
    impossible,
    kinds_of,
    meets,
    met,
    tidy,
)
from layers.plan.need import column

SHARES = np.array([0.50, 0.30, 0.10, np.nan, 0.50, 0.20, 0.10, 0.05])
"""People on low incomes in Toytown, A1 to B4; A4 has no figure."""

LEVELS = np.array([1.0, 2, 6, np.nan, 1, 3, 6, 10])
"""Their tenths of England by overall deprivation."""


def low_incomes(kind, low, high=0.0):
    return Condition("income-share", kind, low, high)


@pytest.mark.parametrize(
    ("condition", "those"),
    [
        (low_incomes("from", 30), [0, 1, 4]),
        (low_incomes("to", 10), [2, 6, 7]),
        (low_incomes("between", 10, 30), [1, 2, 5, 6]),
        (low_incomes("from", 50.1), []),
        # 14% of seven figures is one, A1, and B1 ties with it; 28.5% is two; 30% is more than two, and A2 comes third.
        (low_incomes("top", 14), [0, 4]),
        (low_incomes("top", 28.5), [0, 4]),
        (low_incomes("top", 30), [0, 1, 4]),
        (low_incomes("top", 100), [0, 1, 2, 4, 5, 6, 7]),
        (low_incomes("bottom", 1), [7]),
        (low_incomes("bottom", 20), [2, 6, 7]),
    ],
)
def test_which_figures_meet_a_condition(condition, those):
    """In shown units, that is per cent; the ends count; a missing figure meets nothing."""
    assert np.flatnonzero(meets(condition, SHARES)).tolist() == those


def test_figures_are_compared_as_they_are_shown():
    """29.96% is shown as 30.0%, so it is at least 30; and 30.04% is at most 30."""
    near = np.array([0.2996, 0.3004, 0.2994])
    assert meets(low_incomes("from", 30), near).tolist() == [True, True, False]
    assert meets(low_incomes("to", 30), near).tolist() == [True, True, True]


def test_where_there_is_no_figure_nothing_is_met():
    silent = np.full(3, np.nan)
    for kind in KINDS:
        assert not meets(low_incomes(kind, 10, 20), silent).any()


def test_a_condition_on_a_district_is_met_by_all_of_it_or_none(toy):
    """Of 2021 only Ayton has a figure: 55.5%."""
    held = column(get("survival-3"), toy)
    condition = Condition("survival-3", "to", 60)
    assert held.year == 2021 and condition.whole_district and not low_incomes("to", 60).whole_district
    assert meets(condition, held.values).tolist() == [True] * 4 + [False] * 4


def test_all_of_them_any_of_them_and_none():
    both = [low_incomes("from", 20), Condition("imd", "to", 2)]
    columns = [SHARES, LEVELS]
    assert np.flatnonzero(met(both, columns, every=True, areas=8)).tolist() == [0, 1, 4]
    assert np.flatnonzero(met(both, columns, every=False, areas=8)).tolist() == [0, 1, 4, 5]
    assert met([], [], every=True, areas=3).all() and met([], [], every=False, areas=3).all()


def test_a_link_brings_conditions_back_each_once():
    text = "income-share~from~30,imd~between~1~3,income-share~from~30.0,births-per-10k~bottom~20"
    found, odd = conditions_in(text)
    assert [each.link for each in found] == [
        "income-share~from~30",
        "imd~between~1~3",
        "births-per-10k~bottom~20",
    ]
    assert odd == []


@pytest.mark.parametrize(
    "part",
    [
        "happiness~from~30",
        "imd~over~3",
        "imd~from",
        "imd~from~3~4",
        "imd~between~3",
        "imd~from~three",
        "imd~from~1e9",
        "imd~from~nan",
        "imd~from~123456789",
        "imd~top~0",
        "imd~bottom~101",
        "imd",
        "~~",
        "income-share~from~30~",
    ],
)
def test_what_is_no_condition_is_left_out_and_said(part):
    found, odd = conditions_in(f"imd~to~2,{part}")
    assert [each.link for each in found] == ["imd~to~2"]
    assert len(odd) == 1 and part in odd[0]


def test_more_conditions_than_can_be_read_aloud():
    found, odd = conditions_in(",".join(f"imd~to~{i}" for i in range(1, MOST + 2)))
    assert len(found) == MOST and odd == [
        "The link asks for more than 8 conditions. “Overall deprivation” is at most tenth 9 (1 is the most deprived) "
        "was left out."
    ]


def test_numbers_are_as_fine_as_the_figures_and_the_lower_comes_first():
    assert tidy(low_incomes("between", 40.26, 9.99)) == low_incomes("between", 10.0, 40.3)
    assert tidy(Condition("population", "from", 1_500.4)) == Condition("population", "from", 1_500)
    assert tidy(low_incomes("from", -0.01)).link == "income-share~from~0"


def test_large_numbers_stay_whole_in_the_link():
    """A number with an exponent would not be read again."""
    [made], odd = conditions_in("active~from~1234567")
    assert made.link == "active~from~1234567" and odd == []


numbers = st.floats(-99_999, 99_999).map(lambda number: round(number, 4))


@given(st.sampled_from(LAYERS), st.sampled_from(list(KINDS)), numbers, numbers)
def test_a_condition_survives_its_link(layer, kind, low, high):
    condition = tidy(Condition(layer.key, kind, min(100, max(1, abs(low))) if kind in ("top", "bottom") else low))
    if kind == "between":
        condition = tidy(Condition(layer.key, kind, low, high))
    assert conditions_in(condition.link) == ((condition,), [])


@given(st.lists(st.floats(0, 1), min_size=1, max_size=30), st.integers(1, 100))
def test_at_least_the_share_asked_for_is_let_in(figures, share):
    """The highest n% are at least n% of the figures, whatever ties; all that are let in are above all that are not."""
    values = np.array(figures)
    inside = meets(low_incomes("top", share), values)
    assert inside.sum() >= len(values) * share / 100 - 1e-9
    if not inside.all():
        assert values[inside].min() >= values[~inside].max() - 0.001


@given(st.lists(st.floats(0, 1), min_size=1, max_size=20), st.floats(0, 100), st.floats(0, 100))
def test_between_is_at_least_one_and_at_most_the_other(figures, one, two):
    low, high = sorted((round(one, 1), round(two, 1)))
    values = np.array(figures)
    both = meets(low_incomes("from", low), values) & meets(low_incomes("to", high), values)
    np.testing.assert_array_equal(meets(low_incomes("between", low, high), values), both)


def test_conditions_in_words():
    assert low_incomes("from", 30).words == "“People on low incomes” is at least 30.0%"
    assert low_incomes("between", 10, 30).words == "“People on low incomes” is between 10.0% and 30.0%"
    assert low_incomes("top", 20).words == "“People on low incomes” is among the highest 20% of the region"
    assert Condition("population", "from", 1_500).words == "“People” is at least 1,500"


def test_of_tenths_the_lowest_are_called_the_most_deprived():
    """Tenth 1 is the most deprived, so “the lowest” would be read the wrong way round."""
    imd = get("imd")
    assert kinds_of(imd)["bottom"] == "is among the most deprived" != kinds_of(get("income-share"))["bottom"]
    assert Condition("imd", "bottom", 10).words == "“Overall deprivation” is among the most deprived 10% of the region"
    assert Condition("imd", "to", 2).words == "“Overall deprivation” is at most tenth 2 (1 is the most deprived)"
    assert "between tenths 1 and 3" in Condition("imd", "between", 1, 3).words


def test_a_new_condition_lets_about_a_fifth_in():
    """Of eleven figures 0% to 100% the highest fifth begins at 80%, the lowest ends at 20%."""
    even = np.linspace(0, 1, 11)
    assert begun("income-share", "from", even) == low_incomes("from", 80)
    assert begun("income-share", "to", even) == low_incomes("to", 20)
    assert begun("income-share", "between", even) == low_incomes("between", 20, 80)
    assert begun("income-share", "top", even) == low_incomes("top", 20)
    assert begun("income-share", "from", np.full(2, np.nan)) == low_incomes("from", 0)


def test_one_more_condition_is_on_a_layer_that_has_none():
    """The first layers are tenths, of which low ones speak of need; then come scores, of which high ones do."""
    assert another([]) == Condition("imd", "bottom", 20)
    assert another([another([])]) == Condition("imd-score", "top", 20)
    made = []
    for _ in range(MOST):
        made.append(another(made))
    assert len({each.layer for each in made}) == MOST


def said(conditions, columns, *, every=True):
    return impossible(conditions, columns, every=every)


def test_why_no_neighbourhood_meets_them():
    high, low = low_incomes("from", 40), low_incomes("to", 10)
    assert said([high, low], [SHARES, SHARES]) == (
        "No neighbourhood meets all of these 2 conditions. Met alone: “People on low incomes” is at least 40.0%: 2; "
        "“People on low incomes” is at most 10.0%: 3. Nothing meets both “People on low incomes” is at least 40.0% and "
        "“People on low incomes” is at most 10.0%: loosen one of them."
    )
    never = low_incomes("from", 90)
    assert said([never], [SHARES]) == (
        "No neighbourhood meets this condition. Met alone: “People on low incomes” is at least 90.0%: 0. Loosen or "
        "take out one that none meets."
    )
    assert "any of these 2 conditions" in said([never, low_incomes("to", 1)], [SHARES, SHARES], every=False)


def test_three_that_meet_two_by_two_but_never_all():
    """The first two share area 1, the last two area 2, the first and last area 0: no two contradict each other."""
    three = [low_incomes("from", 10), Condition("employment-share", "from", 10), Condition("population", "from", 10)]
    columns = [np.array([0.2, 0.2, 0.0]), np.array([0.0, 0.2, 0.2]), np.array([20.0, 0, 20])]
    assert not met(three, columns, every=True, areas=3).any()
    assert said(three, columns).endswith("Each two are met together somewhere, but never all: loosen one of them.")
