"""Who a list serves, worked by hand on a few areas."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from geo.balance import BalanceError, Estimate, concentration, share_of_group, shares

NAN = np.nan


def numbers(*values):
    return np.array(values, dtype=float)


def index(outcome, people, rank):
    return concentration(numbers(*outcome), numbers(*people), numbers(*rank)).value


class TestConcentration:
    @pytest.mark.parametrize(
        ("outcome", "people", "rank", "expected"),
        [
            # Everywhere the same share: even, whoever lives where.
            ([0.5, 0.5, 0.5], [100, 300, 50], [1, 2, 3], 0),
            # 2 / (n m) sum(p y R) - 1 with R = 1/8, 3/8, 5/8, 7/8 and a mean of 1/2: 2 * 2/4 * 4/8 - 1.
            ([1, 1, 0, 0], [10, 10, 10, 10], [1, 2, 3, 4], -0.5),
            ([0, 0, 1, 1], [10, 10, 10, 10], [1, 2, 3, 4], 0.5),
            # A quarter of all people are in the first area, so R is 1/8 there: 2 * 1/8 - 1; in the other 5/8.
            ([1, 0], [10, 30], [1, 2], -0.75),
            ([0, 1], [10, 30], [1, 2], 0.25),
            # A tie shares its place, so it does not matter which of the two is served: R = 1/2 for both.
            ([1, 0], [10, 30], [7, 7], 0),
            # R = 1/4 for the first two, 3/4 for the others: (2 / (4 * 3/8)) * (1/4 + 3/4 * 1/2) - 1.
            ([1, 0, 0.5, 0], [10, 10, 10, 10], [1, 1, 2, 2], -1 / 6),
            # Only the order of the ranks matters, not that they are given in order, nor how far apart they are.
            ([0, 0, 1, 1], [10, 10, 10, 10], [90, 33_000, 2, 1], -0.5),
            # Toytown: B1 comes second by rank: (1,000 + 1,500 / 2) of 12,000 people, twice that less 1.
            ([0, 0, 0, 1, 0, 0, 0], [1000, 3000, 2000, 1500, 1500, 1000, 2000],
             [100, 4000, 17000, 200, 9000, 20000, 33000], -17 / 24),
            # An area without people changes nothing.
            ([1, 1, 0], [10, 0, 30], [1, 3, 2], -0.75),
        ],
    )  # fmt: skip
    def test_by_hand(self, outcome, people, rank, expected):
        assert index(outcome, people, rank) == pytest.approx(expected)

    def test_the_interval_by_hand(self):
        """Two areas drawn twice: 1 and 2 in half of the draws (-0.5), 1 and 1 in a quarter (0), 2 and 2 in a quarter,
        where nobody is served. Of the draws that tell anything two in three are -0.5 and one in three is 0.
        """
        found = concentration(numbers(1, 0), numbers(10, 10), numbers(1, 2))
        assert (found.value, found.low, found.high) == (-0.5, -0.5, 0)
        assert (found.areas, found.missing) == (2, 0)

    def test_one_area_has_no_interval(self):
        found = concentration(numbers(0.3), numbers(10), numbers(1))
        assert found.value == pytest.approx(0)
        assert np.isnan([found.low, found.high]).all()

    def test_what_is_missing_takes_no_part_and_is_counted(self):
        """Without the second, third and fourth this is the list of 10 and 30 people of which the first is served."""
        found = concentration(numbers(1, 1, NAN, 1, 0), numbers(10, NAN, 10, 10, 30), numbers(1, 2, 3, NAN, 5))
        assert found == Estimate(-0.75, low=-0.75, high=0, areas=2, missing=3)

    def test_the_same_seed_gives_the_same_interval(self):
        some = (numbers(*[1, 0, 0.5, 0.2] * 5), numbers(*range(1, 21)), numbers(*range(20)))
        assert concentration(*some) == concentration(*some)
        assert concentration(*some) != concentration(*some, seed=5)

    def test_the_interval_is_as_wide_as_theory_has_it(self):
        """1,000 areas alike in people, a random half served: C is twice the mean place of the served, less 1.

        The mean place of all is 1/2, so that is also the mean place of the served less that of the others. Places are
        even from 0 to 1, of variance 1/12; the difference of two means of 500 deviates by sqrt(2/12/500) = 0.0183.
        """
        served = np.random.default_rng(2).permutation(np.repeat([0.0, 1.0], 500))
        found = concentration(served, np.full(1_000, 50.0), np.arange(1_000.0), draws=4_000)
        assert found.high - found.low == pytest.approx(2 * 1.96 * 0.0183, rel=0.06)
        assert found.value == pytest.approx(2 * (np.flatnonzero(served).mean() + 0.5) / 1_000 - 1)

    @pytest.mark.parametrize(
        ("outcome", "people", "rank", "sentence"),
        [
            ([0, 0], [10, 10], [1, 2], "Nobody is served in any of the 2 areas"),
            ([1, 0], [0, 10], [1, 2], "Nobody is served in any of the 2 areas"),
            ([1, 0], [NAN, 10], [1, NAN], "None of 2 areas has people, a rank and a share served"),
            ([], [], [], "None of 0 areas has people"),
            ([120, 0], [10, 10], [1, 2], "1 of 2 shares served are not between 0 and 1, first 120"),
            ([1, 0], [10, -3], [1, 2], "1 of 2 areas have fewer people than none, first -3"),
            ([1, 0], [10, 10], [1], "there are 2 of outcome, 2 of people, 1 of rank"),
        ],
    )
    def test_what_has_no_balance_is_refused(self, outcome, people, rank, sentence):
        with pytest.raises(BalanceError, match=sentence):
            index(outcome, people, rank)


area = st.tuples(st.sampled_from([0, 0.25, 0.5, 1]), st.integers(1, 5_000), st.integers(1, 12))
lists = st.lists(area, min_size=1, max_size=30).filter(lambda areas: any(served for served, _, _ in areas))


def columns(areas):
    return tuple(np.array(column, dtype=float) for column in zip(*areas, strict=True))


@given(lists)
def test_the_index_keeps_within_its_bounds_and_its_interval_holds_it(areas):
    outcome, people, rank = columns(areas)
    found = concentration(outcome, people, rank, draws=50)
    assert abs(found.value) <= 1 - np.average(outcome, weights=people) + 1e-12
    if len(areas) > 1:
        assert -1 <= found.low <= found.value <= found.high <= 1


@given(lists, st.randoms())
def test_the_order_of_areas_does_not_matter(areas, random):
    shuffled = random.sample(areas, len(areas))
    for ask in (concentration, lambda part, whole, _, **draws: share_of_group(part * whole, whole, **draws)):
        one, other = (ask(*columns(each), draws=50) for each in (areas, shuffled))
        assert [other.value, other.low, other.high] == pytest.approx(
            [one.value, one.low, one.high], nan_ok=True, abs=1e-12
        )


@given(lists, st.sampled_from([0.001, 2, 1_000]))
def test_the_scale_of_people_does_not_matter(areas, times):
    outcome, people, rank = columns(areas)
    one, other = (concentration(outcome, scale * people, rank, draws=50) for scale in (1, times))
    assert [other.value, other.low, other.high] == pytest.approx([one.value, one.low, one.high], nan_ok=True, abs=1e-9)


@given(lists)
def test_the_other_way_round_the_sign_turns(areas):
    outcome, people, rank = columns(areas)
    turned = concentration(outcome, people, -rank, draws=1).value
    assert turned == pytest.approx(-concentration(outcome, people, rank, draws=1).value, abs=1e-12)


@given(lists)
def test_it_is_twice_the_covariance_with_place_over_the_mean(areas):
    """The form of Kakwani and others (1997), with each area's place counted person by person."""
    outcome, people, rank = columns(areas)
    place = np.array([(people[rank < r].sum() + people[rank == r].sum() / 2) / people.sum() for r in rank])
    mean = np.average(outcome, weights=people)
    covariance = np.average((outcome - mean) * (place - np.average(place, weights=people)), weights=people)
    assert concentration(outcome, people, rank, draws=1).value == pytest.approx(2 * covariance / mean, abs=1e-9)


class TestShares:
    def test_by_hand(self):
        """Leeds: 100 of 100 and 0 of 300 served; York: half of 50 in its one area."""
        found = shares(numbers(1, 0.5, 0), numbers(100, 50, 300), ["Leeds", "York", "Leeds"])
        leeds, york = found.rows
        assert (leeds.group, leeds.people, leeds.served, leeds.share, leeds.areas) == ("Leeds", 400, 100, 0.25, 2)
        assert (york.group, york.people, york.served, york.share, york.areas) == ("York", 50, 25, 0.5, 1)
        # Drawn twice: the served area alone in a quarter of the draws, the other alone in a quarter.
        assert (leeds.low, leeds.high) == (0, 1)
        assert np.isnan([york.low, york.high]).all()
        assert found.missing == 0

    def test_what_is_missing_takes_no_part_and_is_counted(self):
        found = shares(numbers(1, 1, NAN, 1, 0, 1), numbers(10, NAN, 10, 10, 30, 5), [1.0, 1.0, 1.0, NAN, 1.0, None])
        (one,) = found.rows
        assert (one.group, one.people, one.served, one.areas) == (1.0, 40, 10, 2)
        assert found.missing == 4

    def test_a_group_without_people_has_no_share(self):
        (none,) = shares(numbers(1, 0), numbers(0, 0), ["a", "a"]).rows
        assert (none.people, none.served, none.areas) == (0, 0, 2)
        assert np.isnan([none.share, none.low, none.high]).all()

    def test_groups_come_in_order_and_nothing_is_no_group(self):
        found = shares(np.ones(4), np.ones(4), [10.0, 2.0, 1.0, 2.0])
        assert [row.group for row in found.rows] == [1, 2, 10]
        assert shares(np.empty(0), np.empty(0), []).rows == ()

    def test_a_group_does_not_depend_on_the_others(self):
        served, people, groups = numbers(1, 0, 0.5, 0.25), numbers(10, 20, 30, 40), ["a", "b", "a", "b"]
        both = shares(served, people, groups)
        assert shares(served[::2], people[::2], ["a", "a"]).rows == both.rows[:1]
        assert shares(served[::-1], people[::-1], groups[::-1]) == both

    def test_the_interval_is_as_wide_as_theory_has_it(self):
        """400 areas alike in people, a quarter served: deviation sqrt(1/4 * 3/4 / 400) = 0.02165."""
        (found,) = shares(np.repeat([1.0, 0, 0, 0], 100), np.full(400, 7.0), ["a"] * 400, draws=4_000).rows
        assert found.share == 0.25
        assert [found.low, found.high] == pytest.approx([0.25 - 1.96 * 0.02165, 0.25 + 1.96 * 0.02165], abs=0.004)

    @pytest.mark.parametrize(
        ("served", "people", "groups", "sentence"),
        [
            ([80, 0], [100, 100], ["a", "a"], "1 of 2 shares served are not between 0 and 1, first 80"),
            ([1, 0], [-1, 100], ["a", "a"], "1 of 2 areas have fewer people than none, first -1"),
            ([1, 0], [1, 100], ["a"], "there are 2 of served, 2 of people, 1 of groups"),
        ],
    )
    def test_what_are_no_shares_is_refused(self, served, people, groups, sentence):
        with pytest.raises(BalanceError, match=sentence):
            shares(numbers(*served), numbers(*people), groups)


class TestShareOfGroup:
    def test_by_hand(self):
        """People on low incomes: 50% of 1,000, 10% of 2,000, 20% of 500; the first area's are served: 500 of 800."""
        members = numbers(0.5, 0.1, 0.2) * numbers(1000, 2000, 500)
        found = share_of_group(members * [1, 0, 0], members)
        assert found.value == pytest.approx(0.625)
        # The first area is drawn alone in one draw of 27, and not at all in 8 of 27: both more than one in 40.
        assert (found.low, found.high) == pytest.approx((0, 1))
        assert (found.areas, found.missing) == (3, 0)

    def test_what_is_missing_takes_no_part_and_is_counted(self):
        found = share_of_group(numbers(1, NAN, 4), numbers(2, 5, NAN))
        assert (found.value, found.areas, found.missing) == (0.5, 1, 2)
        assert np.isnan([found.low, found.high]).all()

    def test_a_group_of_nobody_has_no_share(self):
        assert np.isnan(share_of_group(numbers(0, 0), numbers(0, 0)).value)
        assert np.isnan(share_of_group(numbers(), numbers()).value)

    @pytest.mark.parametrize(
        ("served", "members", "sentence"),
        [
            ([3, 1], [2, 1], "In 1 of 2 areas .* first 3 of 2"),
            ([-1, 1], [2, 1], "In 1 of 2 areas .* first -1 of 2"),
            ([1], [2, 1], "there are 1 of served_people, 2 of members"),
        ],
    )
    def test_more_served_than_there_are_is_refused(self, served, members, sentence):
        with pytest.raises(BalanceError, match=sentence):
            share_of_group(numbers(*served), numbers(*members))

    def test_a_share_of_all_may_be_rounded_up(self):
        assert share_of_group(numbers(0.1 * 3), numbers(0.3)).value == pytest.approx(1)

    def test_the_interval_reaches_from_what_is_drawn_to_the_share(self):
        """One draw of two areas: both the first (1), both the second (0), or one of each, which is the share itself."""
        drawn = [share_of_group(numbers(1, 0), numbers(1, 1), draws=1, seed=seed) for seed in range(20)]
        assert {(found.low, found.high) for found in drawn} == {(0, 0.5), (0.5, 0.5), (0.5, 1)}

    @given(lists)
    def test_the_interval_holds_the_share(self, areas):
        served, members, _ = columns(areas)
        found = share_of_group(served * members, members, draws=50)
        assert found.value == pytest.approx(np.average(served, weights=members))
        if len(areas) > 1:
            assert 0 <= found.low <= found.value <= found.high <= 1 + 1e-12


def test_nothing_given_is_altered():
    given_to = [numbers(1, 0, NAN), numbers(30, 20, 10), numbers(3, 2, 1)]
    kept = [column.copy() for column in given_to]
    concentration(*given_to)
    shares(given_to[0], given_to[1], ["b", "a", "b"])
    share_of_group(given_to[0], given_to[1])
    assert all(np.array_equal(now, then, equal_nan=True) for now, then in zip(given_to, kept, strict=True))
