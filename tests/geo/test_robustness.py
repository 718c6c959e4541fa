"""How sure a list is: every draw worked out by hand or by plain loops, and what must hold for any draws."""

import math
import statistics
from itertools import permutations, product

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from geo.composite import CompositeError, Scale, Sum, combined, needs
from geo.robustness import Draws, drawn, robustness
from tests.toytown import CORNERS, FIGURES

NAN = float("nan")


def every(grid):
    """Every weighting of a grid in every scale and sum, each once."""
    ways = list(product(grid, Scale, Sum))
    return Draws(
        np.array([weights for weights, _, _ in ways], dtype=float),
        tuple(scale for _, scale, _ in ways),
        tuple(how for _, _, how in ways),
    )


def one(weights, scale=Scale.RANK, how=Sum.ARITHMETIC):
    return Draws(np.array([weights], dtype=float), (scale,), (how,))


def equal(told, expected):
    np.testing.assert_allclose(told, expected, rtol=0, atol=1e-12)


# Four areas whose two indicators are 0 1 2 3 in some order, so that ranks and min-max are alike, in thirds, and
# standard scores are 0.276 0.425 0.575 0.724. Five weightings x three scales x two sums are thirty draws.
#
#                   arithmetic, any scale   geometric, ranks or min-max   geometric, standard scores
#   1 : 0           P Q R S                 P Q R S                       P Q R S
#   3 : 1           P Q R S  (9 8 6 1)      Q R P S (.67 .44 .32 .02)     Q P R S (.109 .105 .056 .009, to the 1/4)
#   1 : 1           Q = R, P, S  (4 4 3 1)  Q R P S (.67 .58 .10 .06)     Q R P S (.33 .31 .20 .12, to the 1/2)
#   1 : 3           R Q P = S  (10 8 3 3)   R Q S P (.76 .67 .14 .03)     R Q S P (.161 .109 .021 .015, to the 1/4)
#   0 : 1           R Q S P                 R Q S P                       R Q S P

PQRS = np.array([[3.0, 0.0], [2.0, 2.0], [1.0, 3.0], [0.0, 1.0]])
GRID = [(1, 0), (3, 1), (1, 1), (1, 3), (0, 1)]


def by_hand(top, **options):
    return robustness(PQRS, high_is_need=(True, True), top=top, draws=every(GRID), **options)


def test_who_comes_first_in_thirty_draws():
    """P in 6 + 3, Q in half of 3 and in 3 + 3, R in 3 + 3 + half of 3, and 3 + 3."""
    equal(by_hand(1).in_top, np.array([9, 7.5, 13.5, 0]) / 30)


def test_who_is_among_the_first_two_in_thirty_draws():
    """Q always; P with 1 : 0, arithmetic 3 : 1 and the standard scores of its geometric; R in all the others."""
    equal(by_hand(2).in_top, np.array([10, 30, 20, 0]) / 30)


def test_who_is_among_the_first_three_shares_the_place_that_two_tie_for():
    """S, by 0 : 1 in all six, by 1 : 3 in the geometric three and half of the arithmetic three; P in the rest."""
    equal(by_hand(3).in_top, np.array([19.5, 30, 30, 10.5]) / 30)


def test_a_top_longer_than_the_list_holds_everybody():
    equal(by_hand(9).in_top, np.ones(4))


def test_the_ranks_of_thirty_draws():
    """Of 30 in order, the 2nd, 15th and 29th (5%, 50% and 95%, upwards).

    P: 1 nine times, 2 once, 3 eleven times, 4 nine times. Q: 1 nine times, 2 otherwise. R: 1 fifteen times, 2 five
    times (3 : 1 and 1 : 1 geometric), 3 otherwise. S: 3 twelve times, 4 otherwise.
    """
    told = by_hand(2)
    equal(told.rank_low, [1, 1, 1, 3])
    equal(told.rank_median, [3, 2, 1, 4])
    equal(told.rank_high, [4, 2, 3, 4])


def test_how_much_of_a_list_each_draw_keeps():
    """Q and R are both among the first two in twenty draws, and Q with P in ten."""
    kept = by_hand(2, chosen=np.array([False, True, True, False])).kept
    assert sorted(kept) == [0.5] * 10 + [1.0] * 20
    assert np.isnan(by_hand(2).kept).all()


def test_a_place_that_two_tie_for_is_kept_by_half():
    """Arithmetic 1 : 1, where Q and R tie for the first place."""
    chosen = np.array([False, True, False, False])
    told = robustness(PQRS, high_is_need=(True, True), top=1, draws=one((1, 1)), chosen=chosen)
    equal(told.kept, [0.5])
    equal(told.in_top, [0, 0.5, 0.5, 0])
    equal(told.rank_low, [3, 1, 1, 4])


def test_a_list_that_is_never_first_keeps_nothing():
    equal(by_hand(2, chosen=np.array([False, False, False, True])).kept, np.zeros(30))


@pytest.mark.parametrize(("often", "low", "high"), [(6, 2, 1), (7, 1, 1), (8, 1, 2)])
def test_a_twentieth_of_the_draws_is_counted_exactly(often, low, high):
    """Of 140 draws the 7th and the 133rd. One area leads in 6, 7 or 8 of them, and the other in the rest."""
    weights = np.array([[1.0, 0.0]] * often + [[0.0, 1.0]] * (140 - often))
    draws = Draws(weights, (Scale.RANK,) * 140, (Sum.ARITHMETIC,) * 140)
    told = robustness(np.array([[2.0, 1.0], [1.0, 2.0]]), high_is_need=(True, True), top=1, draws=draws)
    equal(told.rank_low, [low, 1])
    equal(told.rank_high, [2, high])


# The same by plain loops, from the definitions, on figures with ties, gaps and unequal steps.


def plain_scaled(column, *, high, scale, trim):
    known = [value for value in column if not math.isnan(value)]
    if trim and scale is not Scale.RANK:
        ends = statistics.quantiles(known, n=round(1 / trim), method="inclusive")
        column = [min(max(value, ends[0]), ends[-1]) if not math.isnan(value) else value for value in column]
        known = [value for value in column if not math.isnan(value)]
    mean, deviation = statistics.fmean(known), statistics.pstdev(known)
    told = []
    for value in column:
        if math.isnan(value):
            need = NAN
        elif scale is Scale.RANK:
            below, alike = sum(other < value for other in known), sum(other == value for other in known) - 1
            need = (below + alike / 2) / (len(known) - 1)
        elif scale is Scale.MIN_MAX:
            need = (value - min(known)) / (max(known) - min(known))
        else:
            need = 0.5 + max(-3, min(3, (value - mean) / deviation)) / 6
        told.append(need if high else 1 - need)
    return told


def plain_score(row, weights, how):
    held = [(need, weight) for need, weight in zip(row, weights, strict=True) if not math.isnan(need)]
    weight = sum(weight for _, weight in held)
    if weight < sum(weights) * 2 / 3 - 1e-12:
        return None
    if how is Sum.ARITHMETIC:
        return sum(need * w for need, w in held) / weight
    return math.prod(max(need, 0.01) ** (w / weight) for need, w in held)


def plain_ranks(scores):
    """One more than the number that score clearly more; None without a score."""
    known = [score for score in scores if score is not None]
    return [None if own is None else 1 + sum(score > own + 1e-9 for score in known) for own in scores]


def plain(values, *, high_is_need, top, draws, trim, times):
    """In how many draws each area is among the first, and its ranks in order."""
    inside, ranks = [0.0] * len(values), [[] for _ in values]
    for weights, scale, how in zip(draws.weights.tolist(), draws.scales, draws.sums, strict=True):
        columns = [
            plain_scaled(column, high=high, scale=scale, trim=trim)
            for column, high in zip(values.T.tolist(), high_is_need, strict=True)
        ]
        scores = [plain_score(row, weights, how) for row in zip(*columns, strict=True)]
        if times is not None:
            held = [score for score in scores if score is not None]
            low = [s is not None and sum(o < s - 1e-9 for o in held) for s in scores]
            same = [s is not None and sum(abs(o - s) <= 1e-9 for o in held) - 1 for s in scores]
            scores = [
                None if s is None or math.isnan(by) else (below + alike / 2) / (len(held) - 1) * by
                for s, below, alike, by in zip(scores, low, same, times, strict=True)
            ]
        for i, rank in enumerate(found := plain_ranks(scores)):
            if rank is not None:
                ranks[i].append(rank)
                inside[i] += min(1, max(0, (top - rank + 1) / found.count(rank)))
    return inside, [sorted(of) for of in ranks]


def toytown():
    """Income (of which A2's is held back), employment, and working age, of all eight neighbourhoods."""
    rows = [[*FIGURES[name][3:5], FIGURES[name][6]] if name in FIGURES else [NAN] * 3 for name in CORNERS]
    values = np.array(rows, dtype=float)
    values[1, 0] = NAN
    return values


FEW = [(1, 1, 1), (3, 1, 0), (2, 1, 1), (1, 2, 2), (1, 5, 3), (0, 1, 1)]


@pytest.mark.parametrize("top", [1, 3, 8])
@pytest.mark.parametrize("trim", [0.0, 0.25])
@pytest.mark.parametrize("times", [None, [1, 0.5, 0.9, 1, 0.0, 0.75, NAN, 0.0]])
def test_toytown_in_every_draw_as_by_plain_loops(top, trim, times):
    asked = {"high_is_need": (True, True, False), "top": top, "draws": every(FEW), "trim": trim}
    told = robustness(toytown(), times=None if times is None else np.array(times), **asked)
    inside, ranks = plain(toytown(), times=times, **asked)
    for i, of in enumerate(ranks):
        if not of:
            assert all(np.isnan(each[i]) for each in (told.in_top, told.rank_low, told.rank_median, told.rank_high))
            continue
        assert told.in_top[i] == pytest.approx(inside[i] / 36, abs=1e-12)
        assert told.rank_low[i] == of[math.ceil(len(of) / 20) - 1]
        assert told.rank_median[i] == of[math.ceil(len(of) / 2) - 1]
        assert told.rank_high[i] == of[math.ceil(len(of) * 19 / 20) - 1]


def test_an_area_is_scored_only_where_it_lacks_a_third_at_most():
    """The first lacks the second of two: with 2 : 1 it leads, with 1 : 1 it has no score and is first in one of two."""
    values = np.array([[9.0, NAN], [5.0, 5.0], [1.0, 1.0], [NAN, NAN]])
    draws = Draws(np.array([[2.0, 1.0], [1.0, 1.0]]), (Scale.MIN_MAX,) * 2, (Sum.ARITHMETIC,) * 2)
    told = robustness(values, high_is_need=(True, True), top=1, draws=draws)
    equal(told.in_top, [0.5, 0.5, 0, NAN])
    equal(told.rank_low, [1, 1, 2, NAN])
    equal(told.rank_median, [1, 1, 2, NAN])
    equal(told.rank_high, [1, 2, 3, NAN])


LINE = np.array([[0.0], [1.0], [2.0], [10.0]])


@pytest.mark.parametrize("scale", Scale)
@pytest.mark.parametrize("how", Sum)
def test_need_is_brought_to_ranks_before_it_is_multiplied(scale, how):
    """0 1/3 2/3 1 times 1 1 .5 .2 are 0 .333 .333 .2: the middle two tie."""
    times = np.array([1.0, 1.0, 0.5, 0.2])
    told = robustness(LINE, high_is_need=(True,), top=3, draws=one((1,), scale, how), times=times)
    equal(told.rank_low, [4, 1, 1, 3])
    equal(told.in_top, [0, 1, 1, 1])


def test_places_left_are_shared_by_all_who_have_no_gap():
    """One of four has a gap; the other three share the second place, and are joint 2nd."""
    told = robustness(LINE, high_is_need=(True,), top=2, draws=one((1,)), times=np.array([1.0, 0, 1, 0]))
    equal(told.in_top, [1 / 3, 1 / 3, 1, 1 / 3])
    equal(told.rank_median, [2, 2, 1, 2])


def test_without_a_factor_an_area_is_off_the_list_but_not_off_the_scale():
    """With the fourth, the second and third are a third and two thirds; without, they would be a half and all."""
    times = np.array([1.0, 0.9, 0.46, NAN])
    told = robustness(LINE, high_is_need=(True,), top=1, draws=one((1,)), times=times)
    equal(told.rank_low, [3, 2, 1, NAN])
    equal(told.in_top, [0, 0, 1, NAN])


def test_a_value_without_end_is_missing():
    told = robustness(np.array([[np.inf], [2.0], [1.0]]), high_is_need=(True,), top=1, draws=one((1,)))
    equal(told.in_top, [NAN, 1, 0])


def test_nobody_has_a_score():
    nothing, all_three = np.full((3, 2), NAN), np.ones(3, dtype=bool)
    told = robustness(nothing, high_is_need=(True, True), top=1, draws=one((1, 1)), chosen=all_three)
    for each in (told.in_top, told.rank_low, told.rank_median, told.rank_high, told.kept):
        assert np.isnan(each).all()


@pytest.mark.parametrize("how", Sum)
def test_scores_that_differ_by_rounding_alone_tie(how):
    """The same three needs in every order; 0.1 + 0.2 + 0.3 is not 0.3 + 0.2 + 0.1 to a computer."""
    values = np.array([[0.0] * 3, *permutations([0.1, 0.2, 0.3]), [1.0] * 3])
    told = robustness(values, high_is_need=(True,) * 3, top=4, draws=one((1, 1, 1), Scale.MIN_MAX, how))
    equal(told.rank_high, [8, 2, 2, 2, 2, 2, 2, 1])
    equal(told.in_top, [0, 0.5, 0.5, 0.5, 0.5, 0.5, 0.5, 1])


@pytest.mark.parametrize(
    ("change", "says"),
    [
        ({"top": 0}, "first 0 of a list"),
        ({"values": np.empty((0, 2))}, "no areas to rank"),
        ({"values": np.ones((4, 3)), "high_is_need": (True,) * 3}, "3 indicators have 2 weights"),
        ({"high_is_need": (True,)}, "2 indicators have 1 directions"),
        ({"times": np.array([0.0, 1.5, -1, NAN])}, "2 of 4 factors are not from 0 to 1, first 1.5"),
        ({"draws": one((0, 0))}, "All 2 weights are 0"),
        ({"trim": 0.4}, "trim of 40%"),
    ],
)
def test_a_question_without_an_answer(change, says):
    asked = {"values": PQRS, "high_is_need": (True, True), "top": 1, "draws": one((1, 1))} | change
    with pytest.raises(CompositeError, match=says):
        robustness(asked.pop("values"), **asked)


def test_each_draw_has_its_weights_scale_and_sum():
    with pytest.raises(CompositeError, match="2 sets of weights, 1 scales and 1 sums"):
        Draws(np.ones((2, 2)), (Scale.RANK,), (Sum.ARITHMETIC,))
    with pytest.raises(CompositeError, match="at least"):
        Draws(np.ones((0, 2)), (), ())


# How the draws are made.

WEIGHTS = np.array([1.0, 4.0, 0.0, 0.25])


def test_a_seed_gives_the_same_draws_always():
    first, again, other = (drawn(WEIGHTS, count=50, seed=seed) for seed in (7, 7, 8))
    np.testing.assert_array_equal(first.weights, again.weights)
    assert (first.scales, first.sums) == (again.scales, again.sums)
    assert (first.weights != other.weights).any() and first.scales != other.scales


def test_weights_are_drawn_evenly_around_what_was_chosen():
    """Between a half and one and a half times; a tenth of them in each tenth of the way, and none with another."""
    draws = drawn(WEIGHTS, count=6000, seed=1)
    assert draws.weights.shape == (6000, 4) and len(draws.scales) == len(draws.sums) == 6000
    assert (draws.weights[:, 2] == 0).all()
    factors = draws.weights[:, [0, 1, 3]] / WEIGHTS[[0, 1, 3]]
    for column in factors.T:
        counts, _ = np.histogram(column, bins=10, range=(0.5, 1.5))
        assert counts.sum() == 6000 and (abs(counts - 600) < 100).all()
    assert (abs(np.corrcoef(factors.T) - np.eye(3)) < 0.05).all()


def test_scales_and_sums_are_equally_likely():
    draws = drawn(WEIGHTS, count=6000, seed=1)
    for pair in product(Scale, Sum):
        assert abs(list(zip(draws.scales, draws.sums, strict=True)).count(pair) - 1000) < 120


def test_no_spread_leaves_the_weights_as_they_were_and_a_full_one_may_leave_next_to_nothing():
    np.testing.assert_array_equal(drawn(WEIGHTS, count=3, spread=0.0, seed=1).weights, [WEIGHTS] * 3)
    wide = drawn(WEIGHTS, count=6000, spread=1.0, seed=1).weights[:, 0]
    assert 0 <= wide.min() < 0.01 and 1.99 < wide.max() <= 2


@pytest.mark.parametrize(
    ("options", "says"),
    [
        ({"weights": np.zeros(2)}, "All 2 weights are 0"),
        ({"count": 0}, "0 draws show nothing"),
        ({"spread": 1.1}, "spread of 1.1 is not between 0 and 1"),
        ({"spread": NAN}, "spread of nan"),
    ],
)
def test_draws_that_cannot_be_made(options, says):
    asked = {"weights": WEIGHTS, "seed": 1} | options
    with pytest.raises(CompositeError, match=says):
        drawn(asked.pop("weights"), **asked)


# What must hold for any figures and draws.


@st.composite
def cases(draw, cells):
    """Areas x indicators, weights, and sixty draws around them."""
    rows, columns = draw(st.integers(1, 7)), draw(st.integers(1, 4))
    values = [draw(st.lists(cells, min_size=columns, max_size=columns)) for _ in range(rows)]
    weights = np.array(draw(st.lists(st.sampled_from([0.5, 1.0, 3.0]), min_size=columns, max_size=columns)))
    return np.array(values, dtype=float), weights, draw(st.integers(0, 2**32))


whole = st.integers(-4, 4)
holed = st.one_of(st.just(NAN), whole)
tops = st.integers(1, 8)


def told_of(values, draws, top, **options):
    return robustness(values, high_is_need=[True] * values.shape[1], top=top, draws=draws, **options)


def same(one, other, order=slice(None)):
    for name in ("in_top", "rank_low", "rank_median", "rank_high"):
        equal(getattr(one, name), getattr(other, name)[order])


@given(cases(holed), tops)
def test_shares_and_ranks_make_sense(case, top):
    values, weights, seed = case
    told = told_of(values, drawn(weights, count=60, seed=seed), top)
    scored = np.isfinite(told.in_top)
    assert ((told.in_top[scored] >= 0) & (told.in_top[scored] <= 1)).all()
    assert told.in_top[scored].sum() <= top + 1e-9
    low, median, high = told.rank_low[scored], told.rank_median[scored], told.rank_high[scored]
    assert ((low >= 1) & (low <= median) & (median <= high) & (high <= scored.sum())).all()
    for each in (told.rank_low, told.rank_median, told.rank_high):
        assert (np.isfinite(each) == scored).all()
    assert not scored[np.isnan(values).all(axis=1)].any()
    assert scored[~np.isnan(values).any(axis=1)].all()


@given(cases(whole), tops, st.booleans())
def test_with_figures_for_everybody_the_shares_add_up_to_the_top(case, top, gaps):
    values, weights, seed = case
    times = np.linspace(0, 1, len(values)) if gaps else None
    told = told_of(values, drawn(weights, count=60, seed=seed), top, times=times)
    assert told.in_top.sum() == pytest.approx(min(top, len(values)))


@given(cases(holed), tops, st.randoms())
def test_the_order_of_the_areas_does_not_matter(case, top, random):
    values, weights, seed = case
    order = list(range(len(values)))
    random.shuffle(order)
    draws, times = drawn(weights, count=60, seed=seed), np.linspace(0, 1, len(values))
    same(told_of(values[order], draws, top), told_of(values, draws, top), order)
    same(told_of(values[order], draws, top, times=times[order]), told_of(values, draws, top, times=times), order)


@given(cases(holed), tops, st.sampled_from([0.01, 0.3, 7.0, 1e6]))
def test_only_the_proportions_of_the_weights_matter(case, top, times):
    values, weights, seed = case
    same(*(told_of(values, drawn(w, count=60, seed=seed), top) for w in (weights, weights * times)))


@given(cases(whole), tops)
def test_an_indicator_that_is_everywhere_equal_changes_nothing(case, top):
    values, weights, seed = case
    draws = drawn(weights, count=60, seed=seed)
    more = Draws(np.column_stack([draws.weights, np.full(60, 2.0)]), draws.scales, draws.sums)
    same(told_of(np.column_stack([values, np.full(len(values), 9)]), more, top), told_of(values, draws, top))


@given(cases(holed), st.sampled_from(list(Scale)), st.sampled_from(list(Sum)))
def test_one_draw_ranks_as_the_index_does(case, scale, how):
    values, weights, _ = case
    index = combined(needs(values, high_is_need=[True] * len(weights), scale=scale), weights, how=how).score
    told = told_of(values, one(weights, scale, how), 1)
    expected = [NAN if math.isnan(own) else 1 + (index > own + 1e-9).sum() for own in index]
    for each in (told.rank_low, told.rank_median, told.rank_high):
        equal(each, expected)


@given(cases(whole), tops)
def test_a_list_of_everybody_is_kept_whole(case, top):
    values, weights, seed = case
    draws = drawn(weights, count=60, seed=seed)
    equal(told_of(values, draws, top, chosen=np.ones(len(values), bool)).kept, np.ones(60))
    equal(told_of(values, draws, top, chosen=np.zeros(len(values), bool)).kept, np.zeros(60))


def test_draws_in_more_than_one_batch_are_each_their_own():
    """Three hundred draws of one kind, the first 299 for the first indicator and the last for the second."""
    weights = np.array([[1.0, 0.0]] * 299 + [[0.0, 1.0]])
    draws = Draws(weights, (Scale.RANK,) * 300, (Sum.ARITHMETIC,) * 300)
    told = told_of(np.array([[2.0, 1.0], [1.0, 2.0]]), draws, 1, chosen=np.array([True, False]))
    equal(told.in_top, [299 / 300, 1 / 300])
    equal(told.kept, [1.0] * 299 + [0.0])


def test_nothing_given_is_altered():
    values, times, chosen = PQRS.copy(), np.array([1.0, 0.5, 0, NAN]), np.array([True, False, True, False])
    draws = drawn(np.array([1.0, 2.0]), count=20, seed=1)
    before = draws.weights.copy()
    robustness(values, high_is_need=(True, False), top=2, draws=draws, trim=0.1, times=times, chosen=chosen)
    np.testing.assert_array_equal(values, PQRS)
    np.testing.assert_array_equal(times, [1.0, 0.5, 0, NAN])
    np.testing.assert_array_equal(chosen, [True, False, True, False])
    np.testing.assert_array_equal(draws.weights, before)
