"""The index by hand on Toytown, and what must hold for any figures."""

import math
from itertools import permutations

import numpy as np
import pytest
from hypothesis import assume, given
from hypothesis import strategies as st
from hypothesis.extra.numpy import arrays

from geo.composite import FLOOR, CompositeError, Scale, Sum, combined, needs, scaled
from tests.toytown import CORNERS, FIGURES

NAN = float("nan")
INCOME, EMPLOYMENT = 3, 4
EQUAL = np.array([1.0, 1.0])


def figures(column):
    """One figure a neighbourhood, in the order of Toytown; A4, the fourth, has none."""
    return np.array([float(FIGURES[name][column]) if name in FIGURES else NAN for name in CORNERS])


def toytown(scale, *, trim=0.0):
    both = np.column_stack([figures(INCOME), figures(EMPLOYMENT)])
    return needs(both, high_is_need=(True, True), scale=scale, trim=trim)


def equal(told, expected):
    np.testing.assert_allclose(told, expected, rtol=0, atol=1e-11)  # scores have twelve decimals


# Incomes are .50 .30 .10 - .50 .20 .10 .05 and employment .30 .20 .10 - .25 .15 .08 .04 for A1 to B4.


def test_ranks_of_income_where_ties_count_half():
    """Of six others, A1 has five below and one alike (5.5), A3 one below and one alike (1.5)."""
    told = scaled(figures(INCOME), high_is_need=True, scale=Scale.RANK)
    equal(told, np.array([5.5, 4, 1.5, NAN, 5.5, 3, 1.5, 0]) / 6)


def test_where_little_is_need_the_scale_is_turned():
    told = scaled(figures(INCOME), high_is_need=False, scale=Scale.RANK)
    equal(told, np.array([0.5, 2, 4.5, NAN, 0.5, 3, 4.5, 6]) / 6)


def test_income_between_its_lowest_and_highest():
    """Less .05, over .45."""
    told = scaled(figures(INCOME), high_is_need=True, scale=Scale.MIN_MAX)
    equal(told, np.array([9, 5, 1, NAN, 9, 3, 1, 0]) / 9)


def test_standard_scores():
    """Mean 5 and deviation 2: from 1.5 deviations below to 2 above, on six deviations."""
    told = scaled(np.array([2.0, 4, 4, 4, 5, 5, 7, 9, NAN]), high_is_need=True, scale=Scale.Z_SCORE)
    equal(told, np.array([1.5, 2.5, 2.5, 2.5, 3, 3, 4, 5, NAN]) / 6)


def test_standard_scores_end_three_deviations_away():
    """One 1 in a hundred: mean 1/100, variance 99/10000, so that 1 is 9.9 deviations up and 0 is 1/sqrt(99) down."""
    told = scaled(np.array([1.0] + [0.0] * 99), high_is_need=True, scale=Scale.Z_SCORE)
    equal(told, [1.0] + [(3 - 1 / math.sqrt(99)) / 6] * 99)


def test_standard_scores_of_values_whose_squares_no_computer_holds():
    told = scaled(np.array([-1e200, 0, 1e200]), high_is_need=True, scale=Scale.Z_SCORE)
    equal(told, [0.5 - math.sqrt(1.5) / 6, 0.5, 0.5 + math.sqrt(1.5) / 6])


def test_a_sixth_drawn_in_ends_on_the_second_of_seven_from_either_side():
    """.10 and .50 are the ends: less .10, over .40."""
    told = scaled(figures(INCOME), high_is_need=True, scale=Scale.MIN_MAX, trim=1 / 6)
    equal(told, np.array([4, 2, 0, NAN, 4, 1, 0, 0]) / 4)


def test_a_quarter_drawn_in_ends_between_two_of_seven():
    """Half way from .08 to .10 and from .20 to .25: less .09, over .135."""
    told = scaled(figures(EMPLOYMENT), high_is_need=True, scale=Scale.MIN_MAX, trim=0.25)
    equal(told, np.array([27, 22, 2, NAN, 27, 12, 0, 0]) / 27)


def test_a_trim_comes_before_the_standard_score():
    """-100 -3 -1 1 3 100, a fifth drawn in: -3 -3 -1 1 3 3, with mean 0 and variance 38/6."""
    told = scaled(np.array([-100.0, -3, -1, 1, 3, 100]), high_is_need=True, scale=Scale.Z_SCORE, trim=0.2)
    equal(told, 0.5 + np.array([-3, -3, -1, 1, 3, 3]) / math.sqrt(38 / 6) / 6)


def test_a_trim_leaves_ranks_alone():
    equal(toytown(Scale.RANK, trim=0.25), toytown(Scale.RANK))


@pytest.mark.parametrize("scale", Scale)
@pytest.mark.parametrize("high_is_need", [True, False])
def test_an_indicator_that_is_everywhere_equal_says_nothing(scale, high_is_need):
    told = scaled(np.array([0.1, 0.1, NAN, 0.1]), high_is_need=high_is_need, scale=scale, trim=0.05)
    equal(told, [0.5, 0.5, NAN, 0.5])


@pytest.mark.parametrize("scale", Scale)
def test_one_area_alone_is_in_the_middle_and_none_is_nowhere(scale):
    equal(scaled(np.array([NAN, 7.0]), high_is_need=True, scale=scale, trim=0.1), [NAN, 0.5])
    equal(scaled(np.array([NAN, NAN]), high_is_need=True, scale=scale, trim=0.1), [NAN, NAN])
    assert scaled(np.array([]), high_is_need=True, scale=scale, trim=0.1).shape == (0,)


@pytest.mark.parametrize("scale", Scale)
def test_a_value_without_end_is_missing_and_stretches_no_scale(scale):
    told = scaled(np.array([np.inf, 0, 1, 2, -np.inf]), high_is_need=True, scale=scale)
    rest = scaled(np.array([0.0, 1, 2]), high_is_need=True, scale=scale)
    equal(told, [NAN, *rest, NAN])


def test_the_arithmetic_index_of_toytown():
    """Ranks in sixths, income three times employment: (3 x 5.5 + 6) / 24 for A1, and so on."""
    told = combined(toytown(Scale.RANK), np.array([3.0, 1.0]))
    equal(told.score, np.array([22.5, 16, 6.5, NAN, 21.5, 12, 5.5, 0]) / 24)
    equal(told.parts[0], [16.5 / 24, 6 / 24])
    equal(told.parts[4], [16.5 / 24, 5 / 24])


def test_the_geometric_index_of_toytown():
    """Ninths of income times twenty-sixths of employment, and the root of that; B4 is at the floor of both."""
    told = combined(toytown(Scale.MIN_MAX), EQUAL, how=Sum.GEOMETRIC)
    income, employment = np.array([9, 5, 1, NAN, 9, 3, 1]) / 9, np.array([26, 16, 6, NAN, 21, 11, 4]) / 26
    equal(told.score, [*np.sqrt(income * employment), FLOOR])
    equal(told.parts[1], [math.sqrt(5 / 9), math.sqrt(16 / 26)])


def test_the_geometric_index_makes_up_less_for_a_low_value():
    """A half and a half against nearly all and nearly nothing: alike in one sum, 0.5 to 0.3 in the other."""
    need = np.array([[0.5, 0.5], [0.9, 0.1]])
    equal(combined(need, EQUAL).score, [0.5, 0.5])
    equal(combined(need, EQUAL, how=Sum.GEOMETRIC).score, [0.5, 0.3])


def test_the_geometric_index_with_unequal_weights():
    """0.25 to the power 1/2 times 0.0625 to the power 1/4, twice: 0.5 x 0.5 x 0.5."""
    told = combined(np.array([[0.25, 0.0625, 0.0625]]), np.array([2.0, 1.0, 1.0]), how=Sum.GEOMETRIC)
    equal(told.score, [0.125])
    equal(told.parts, [[0.5, 0.5, 0.5]])


def test_below_the_floor_is_the_floor():
    equal(combined(np.array([[0.0, 1.0], [FLOOR, 1.0]]), EQUAL, how=Sum.GEOMETRIC).score, [0.1, 0.1])


@pytest.mark.parametrize("how", Sum)
def test_a_missing_indicator_passes_its_weight_on_in_proportion(how):
    """Weights 5 4 3 without the 3: as 5 and 4 alone."""
    told = combined(np.array([[0.2, 0.8, NAN]]), np.array([5.0, 4.0, 3.0]), how=how)
    rest = combined(np.array([[0.2, 0.8]]), np.array([5.0, 4.0]), how=how)
    equal(told.score, rest.score)
    equal(told.parts, [[*rest.parts[0], NAN]])


@pytest.mark.parametrize("how", Sum)
def test_more_than_a_third_of_the_weight_missing_is_no_score(how):
    need = np.array([[0.4, NAN], [0.4, 0.4]])
    equal(combined(need, np.array([2.0, 1.0]), how=how).score, [0.4, 0.4])
    short = combined(need, np.array([1.99, 1.0]), how=how)
    equal(short.score, [NAN, 0.4])
    assert np.isnan(short.parts[0]).all() and np.isfinite(short.parts[1]).all()


@pytest.mark.parametrize("how", Sum)
def test_thirds_that_do_not_come_out_even_are_still_a_third(how):
    """0.1 of 0.3 is a little more than a third to a computer."""
    equal(combined(np.array([[0.7, 0.7, NAN]]), np.array([0.1, 0.1, 0.1]), how=how).score, [0.7])


@pytest.mark.parametrize(("how", "idle"), [(Sum.ARITHMETIC, 0.0), (Sum.GEOMETRIC, 1.0)])
def test_an_indicator_without_weight_does_nothing_there_or_missing(how, idle):
    told = combined(np.array([[0.3, 0.9], [0.3, NAN], [NAN, 0.9]]), np.array([1.0, 0.0]), how=how)
    equal(told.score, [0.3, 0.3, NAN])
    equal(told.parts, [[0.3, idle], [0.3, NAN], [NAN, NAN]])


@pytest.mark.parametrize("how", Sum)
def test_rounding_carries_no_score_past_1(how):
    """A sixth, two thirds and a sixth come to 1.0000000000000002 to a computer."""
    assert combined(np.ones((1, 3)), np.array([1.0, 4.0, 1.0]), how=how).score.tolist() == [1.0]


@pytest.mark.parametrize("how", Sum)
def test_scores_that_differ_by_rounding_alone_are_the_same(how):
    """The same three needs in every order; 0.1 + 0.2 + 0.3 is not 0.3 + 0.2 + 0.1 to a computer."""
    need = np.array(list(permutations([0.1, 0.2, 0.3])))
    assert len(set(combined(need, np.ones(3), how=how).score)) == 1


@pytest.mark.parametrize("how", Sum)
def test_one_indicator_is_its_own_index(how):
    need = scaled(figures(INCOME), high_is_need=True, scale=Scale.MIN_MAX)
    equal(combined(need[:, None], np.array([7.0]), how=how).score[:-1], need[:-1])


@pytest.mark.parametrize(
    ("weights", "says"),
    [
        ([0.0, 0.0], "All 2 weights are 0"),
        ([1.0, -2.0], "1 of 2 weights are not numbers from 0 up, first -2"),
        ([NAN, 1.0], "1 of 2 weights are not numbers from 0 up, first nan"),
        ([np.inf, np.inf], "2 of 2 weights are not numbers from 0 up, first inf"),
        ([1.0], "2 indicators have 1 weights"),
    ],
)
def test_weights_that_make_no_index(weights, says):
    with pytest.raises(CompositeError, match=says):
        combined(np.array([[0.5, 0.5]]), np.array(weights))


@pytest.mark.parametrize("trim", [-0.01, 0.26, NAN])
def test_a_trim_that_is_none(trim):
    with pytest.raises(CompositeError, match="is not between 0% and 25%"):
        scaled(np.array([1.0, 2.0]), high_is_need=True, scale=Scale.RANK, trim=trim)


def test_each_indicator_has_a_direction():
    with pytest.raises(CompositeError, match="2 indicators have 1 directions"):
        needs(np.ones((3, 2)), high_is_need=(True,), scale=Scale.RANK)


def test_nothing_given_is_altered():
    values, weights = np.array([[3.0, NAN], [2.0, 5.0], [np.inf, 4.0]]), np.array([2.0, 1.0])
    before, heavy = values.copy(), weights.copy()
    need = needs(values, high_is_need=(True, False), scale=Scale.MIN_MAX, trim=0.1)
    kept = need.copy()
    for how in Sum:
        combined(need, weights, how=how)
    np.testing.assert_array_equal(values, before)
    np.testing.assert_array_equal(weights, heavy)
    np.testing.assert_array_equal(need, kept)


numbers = st.one_of(st.just(NAN), st.floats(-1e9, 1e9), st.integers(-3, 3).map(float))
scales, sums = st.sampled_from(list(Scale)), st.sampled_from(list(Sum))
trims = st.sampled_from([0.0, 0.05, 0.25])


@st.composite
def tables(draw, cells=numbers, least=1):
    """Areas x indicators, and a weight for each indicator of which the first is above nothing."""
    rows, columns = draw(st.integers(1, 8)), draw(st.integers(least, 4))
    rest = draw(st.lists(st.sampled_from([0.0, 0.5, 1.0, 3.0]), min_size=columns - 1, max_size=columns - 1))
    return draw(arrays(float, (rows, columns), elements=cells)), np.array([2.0, *rest])


needed = st.one_of(st.just(NAN), st.floats(0, 1))


@given(tables(), scales, sums, trims, st.booleans())
def test_scores_lie_between_0_and_1(table, scale, how, trim, high):
    values, weights = table
    need = needs(values, high_is_need=[high] * values.shape[1], scale=scale, trim=trim)
    told = combined(need, weights, how=how).score
    assert (np.isnan(need) == np.isnan(values)).all()
    assert ((need >= 0) & (need <= 1) | np.isnan(need)).all()
    assert ((told >= 0) & (told <= 1) | np.isnan(told)).all()


@given(tables(needed), sums)
def test_the_parts_make_up_the_score(table, how):
    need, weights = table
    told = combined(need, weights, how=how)
    scored = np.isfinite(told.score)
    put_together = np.nansum if how is Sum.ARITHMETIC else np.nanprod
    equal(put_together(told.parts[scored], axis=1), told.score[scored])
    assert (np.isfinite(told.parts) == (scored[:, None] & np.isfinite(need))).all()


@given(tables(needed), sums, st.floats(1e-6, 1e6))
def test_only_the_proportions_of_the_weights_matter(table, how, times):
    need, weights = table
    equal(combined(need, weights * times, how=how).score, combined(need, weights, how=how).score)


@given(tables(), scales, sums, trims, st.randoms())
def test_the_order_of_the_areas_does_not_matter(table, scale, how, trim, random):
    values, weights = table
    order = list(range(len(values)))
    random.shuffle(order)
    told = [
        combined(needs(of, high_is_need=[True] * len(weights), scale=scale, trim=trim), weights, how=how).score
        for of in (values[order], values)
    ]
    np.testing.assert_allclose(told[0], told[1][order], rtol=0, atol=1e-9)


@given(tables(st.floats(0.05, 1), least=2), sums, st.data())
def test_missing_is_scored_on_the_rest_and_never_as_nothing(table, how, data):
    need, weights = table
    gone = data.draw(st.integers(1, len(weights) - 1))
    assume(0 < weights[gone] <= weights.sum() / 3)
    lacking, nothing = need.copy(), need.copy()
    lacking[0, gone], nothing[0, gone] = NAN, 0.0
    rest = combined(np.delete(need, gone, axis=1), np.delete(weights, gone), how=how).score
    told = combined(lacking, weights, how=how).score
    equal(told[0], rest[0])
    assert combined(nothing, weights, how=how).score[0] < told[0] - 1e-3
    equal(told[1:], combined(need, weights, how=how).score[1:])


@given(tables())
def test_turning_every_direction_turns_the_index_of_ranks_round(table):
    values, weights = table
    up, down = (
        combined(needs(values, high_is_need=[high] * len(weights), scale=Scale.RANK), weights).score
        for high in (True, False)
    )
    equal(down, 1 - up)


@given(tables(st.integers(-9, 9).map(float)), scales, sums, st.sampled_from([0.5, 1.0, 4.0]))
def test_an_indicator_that_is_everywhere_equal_changes_no_order(table, scale, how, weight):
    values, weights = table
    more = np.column_stack([values, np.full(len(values), 6.0)])
    without = combined(needs(values, high_is_need=[True] * len(weights), scale=scale), weights, how=how).score
    told = combined(
        needs(more, high_is_need=[True] * (len(weights) + 1), scale=scale), np.append(weights, weight), how=how
    ).score
    for i in range(len(values)):
        for j in range(len(values)):
            if without[i] > without[j] + 1e-9:
                assert told[i] > told[j]


@given(tables(needed), sums, st.data())
def test_more_need_never_lowers_a_score(table, how, data):
    need, weights = table
    column = data.draw(st.integers(0, len(weights) - 1))
    raised = need.copy()
    raised[:, column] = np.minimum(1, raised[:, column] + 0.2)
    before, after = combined(need, weights, how=how).score, combined(raised, weights, how=how).score
    assert ((after >= before - 1e-12) | np.isnan(before)).all()
