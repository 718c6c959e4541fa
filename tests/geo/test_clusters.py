"""Clusters on lines and small grids, worked by hand, and esda's answers beside ours."""

import warnings
from concurrent.futures import ThreadPoolExecutor
from itertools import combinations

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from geo.clusters import ClustersError, Kind, fdr_threshold, hot_spots, local_moran

NONE, MISSING = Kind.NONE, Kind.MISSING
NAN = np.nan


def grid(rows, columns):
    """The neighbours on a grid, side by side and corner to corner, row after row."""
    found = []
    for r in range(rows):
        for c in range(columns):
            beside = [(r + i, c + j) for i in (-1, 0, 1) for j in (-1, 0, 1) if (i, j) != (0, 0)]
            found.append(np.array([u * columns + v for u, v in beside if 0 <= u < rows and 0 <= v < columns]))
    return tuple(found)


def line(n):
    return tuple(np.array([j for j in (i - 1, i + 1) if 0 <= j < n]) for i in range(n))


# A field of 12 x 12 low squares with a block of nine high ones in its first corner, and one high one far from it.
SIDE = 12
FIELD = grid(SIDE, SIDE)
BLOCK = [SIDE * r + c for r in range(3) for c in range(3)]
MIDDLE = SIDE + 1
ALONE = SIDE * 8 + 8


def field(*, hollow=False):
    values = np.zeros(SIDE * SIDE)
    values[[*BLOCK, ALONE]] = 10
    if hollow:
        values[MIDDLE] = 0
    return values


class TestLine:
    """Four in a line with 1, 1, 5, 5: mean 3, standard deviation 2, scores -1, -1, 1, 1.

    Neighbours' mean scores: -1, 0, 0, 1.
    """

    values, neighbours = np.array([1.0, 1, 5, 5]), line(4)

    def test_local_moran_by_hand(self):
        """I = (n - 1) / n times score times neighbours' mean score: 3/4, 0, 0, 3/4."""
        found = local_moran(self.values, self.neighbours)
        assert found.statistic == pytest.approx([0.75, 0, 0, 0.75])

    def test_gi_star_by_hand(self):
        """(sum - k mean) / (deviation sqrt(k (n - k) / (n - 1))), k 2 and 3: -4 / (2 sqrt(4/3)), -2 / 2, and so on."""
        found = hot_spots(self.values, self.neighbours)
        assert found.statistic == pytest.approx([-np.sqrt(3), -1, 1, np.sqrt(3)])

    def test_p_values_by_hand(self):
        """The first's neighbour is one of 1, 5, 5, and it is the 1: at most that in 1 of 3 deals, twice for both ways.

        The second's are two of 1, 5, 5 and come to 6: at most that in 2 of 3 deals, at least that in all.
        """
        found = local_moran(self.values, self.neighbours)
        assert found.p == pytest.approx([2 / 3, 1, 1, 2 / 3], abs=0.01)
        assert hot_spots(self.values, self.neighbours).p.tolist() == found.p.tolist()
        assert found.kinds == (NONE,) * 4 and found.tested == 4


def test_p_values_are_those_of_all_the_deals():
    """On 3 x 3 every way in which an area's neighbours could be dealt from the other eight is counted."""
    values, neighbours = np.array([9.0, 7, 1, 6, 8, 2, 1, 0, 3]), grid(3, 3)
    found = hot_spots(values, neighbours)
    for i, linked in enumerate(neighbours):
        sums = np.array([sum(dealt) for dealt in combinations(np.delete(values, i), len(linked))])
        ours = values[linked].sum()
        both = 2 * min((sums >= ours).mean(), (sums <= ours).mean())
        assert found.p[i] == pytest.approx(min(both, 1), abs=0.01)  # 100,000 deals: noise of at most 0.003


def test_a_block_of_high_values_is_found():
    """How many of an area's neighbours are high, when 9 of the 143 others are, is hypergeometric.

    Twice the chance of as many high ones, least first: of the block's middle, 8 of 8: 0.0000; of the two sides along
    the field's rim, 5 of 5: 0.0000; of the two other sides, 5 of 8: 0.0001; of the corner in the field's corner,
    3 of 3: 0.0003; of the next two corners, 3 of 5: 0.0033. The sixth is within 6 * 0.05 / 144 = 0.0021, the eighth not
    within 0.0028, and no later one within its limit.
    """
    found = local_moran(field(), FIELD)
    high = {i for i, kind in enumerate(found.kinds) if kind is Kind.HIGH_AMONG_HIGH}
    assert high == {0, 1, SIDE, MIDDLE, SIDE + 2, 2 * SIDE + 1}
    assert set(found.kinds) == {Kind.HIGH_AMONG_HIGH, NONE} and found.tested == SIDE * SIDE
    assert found.threshold == pytest.approx(6 * 0.05 / 144)
    assert found.p[[0, 2, ALONE]] == pytest.approx([0.0003, 0.0033, 1], abs=0.001)


def test_a_low_one_among_high_ones_is_told_apart_and_still_in_a_hot_spot():
    """With a low middle, which has 8 of 8 high ones beside it, the whole nine are as high as eight of them."""
    assert local_moran(field(hollow=True), FIELD).kinds[MIDDLE] is Kind.LOW_AMONG_HIGH
    assert hot_spots(field(hollow=True), FIELD).kinds[MIDDLE] is Kind.HOT


def test_hot_spots_are_where_an_area_and_those_beside_it_are_high():
    found = hot_spots(field(), FIELD)
    assert {i for i, kind in enumerate(found.kinds) if kind is Kind.HOT} == {0, 1, SIDE, 13, SIDE + 2, 2 * SIDE + 1}
    assert set(found.kinds) == {Kind.HOT, NONE}


def test_high_and_low_are_the_same_thing_upside_down():
    turned = {
        Kind.HIGH_AMONG_HIGH: Kind.LOW_AMONG_LOW,
        Kind.LOW_AMONG_HIGH: Kind.HIGH_AMONG_LOW,
        Kind.HOT: Kind.COLD,
        NONE: NONE,
    }
    for ask in (local_moran, hot_spots):
        found, other = ask(field(hollow=True), FIELD), ask(-field(hollow=True), FIELD)
        assert other.p.tolist() == found.p.tolist()
        assert other.kinds == tuple(turned[kind] for kind in found.kinds)


def test_an_area_that_outweighs_its_neighbours_is_no_spot():
    """All around it are high, but it is so low that together they are below the mean of all."""
    values = np.zeros(49) + np.linspace(0, 0.1, 49)
    middle = grid(7, 7)[24]
    values[middle] = 10
    values[24] = -200
    found = hot_spots(values, grid(7, 7))
    assert found.p[24] <= found.threshold and found.statistic[24] < 0
    assert found.kinds[24] is NONE
    assert local_moran(values, grid(7, 7)).kinds[24] is Kind.LOW_AMONG_HIGH


@pytest.mark.parametrize("ask", [local_moran, hot_spots])
def test_values_in_no_order_give_next_to_no_clusters(ask):
    """Twenty shuffles: where there is nothing to be found, one in twenty (alpha) finds some; luck may find more."""
    shuffled = [np.random.default_rng(seed).permutation(np.linspace(0, 1, 144)) for seed in range(20)]
    finds = [any(kind is not NONE for kind in ask(values, FIELD, permutations=9_999).kinds) for values in shuffled]
    assert sum(finds) <= 4  # five or more of twenty: 3 in 1,000


def test_the_same_seed_gives_the_same_answer_and_another_nearly():
    once, again, other = (local_moran(field(), FIELD, seed=seed) for seed in (7, 7, 8))
    assert once.p.tolist() == again.p.tolist() and once.kinds == again.kinds
    assert once.p.tolist() != other.p.tolist()
    assert once.p == pytest.approx(other.p, abs=0.02)


def test_threads_do_not_disturb_each_other_or_the_process():
    np.random.seed(1)
    before = np.random.get_state()[1].tolist()
    with ThreadPoolExecutor(4) as pool:
        asked = [pool.submit(ask, field(), FIELD, permutations=9_999) for ask in (local_moran, hot_spots) * 4]
    for ask, told in zip((local_moran, hot_spots) * 4, asked, strict=True):
        assert told.result().p.tolist() == ask(field(), FIELD, permutations=9_999).p.tolist()
    assert np.random.get_state()[1].tolist() == before


@settings(max_examples=10, deadline=None)
@given(st.permutations(range(25)))
def test_the_order_of_areas_changes_only_the_order_of_answers(order):
    """The deals are others, so p differs by noise: twice that of a share of 9,999, and of two such: 0.014 at most."""
    values, neighbours = np.random.default_rng(11).normal(size=25), grid(5, 5)
    place = np.argsort(order)
    moved = local_moran(values[order], tuple(place[neighbours[i]] for i in order), permutations=9_999)
    still = local_moran(values, neighbours, permutations=9_999)
    assert moved.statistic == pytest.approx(still.statistic[order])
    assert moved.p == pytest.approx(still.p[order], abs=0.08)  # more than five of those


@settings(max_examples=25, deadline=None)
@given(st.lists(st.integers(0, 5), min_size=8, max_size=8).filter(lambda known: len(set(known)) > 1), st.integers(0, 8))
def test_the_unit_of_the_values_does_not_matter(known, missing):
    values = np.insert(np.array(known, dtype=float), missing, NAN)
    for ask in (local_moran, hot_spots):
        found = ask(values, grid(3, 3), permutations=999)
        other = ask(1_000 + 0.1 * values, grid(3, 3), permutations=999)
        assert other.kinds == found.kinds
        assert other.p == pytest.approx(found.p, nan_ok=True)
        assert other.statistic == pytest.approx(found.statistic, abs=1e-6, nan_ok=True)


class TestMissing:
    @pytest.mark.parametrize("ask", [local_moran, hot_spots])
    def test_areas_without_a_value_take_no_part(self, ask):
        """The line of four with one more at either end and one between, none of which has a value."""
        values = np.array([NAN, 1, 1, 5, 5, np.inf, 3])
        found = ask(values, line(7))
        alone = ask(np.array([1.0, 1, 5, 5, 3]), (*line(4), np.array([], dtype=int)))
        assert found.kinds[0] is found.kinds[5] is MISSING
        assert found.p[1:5].tolist() == alone.p[:4].tolist()
        assert found.statistic[1:5] == pytest.approx(alone.statistic[:4])
        assert np.isnan(found.p[[0, 5]]).all() and np.isnan(found.statistic[[0, 5]]).all()

    def test_of_an_area_none_of_whose_neighbours_has_a_value_nothing_is_said(self):
        """The last stands beside one that has none. It counts in the mean: (1 + 1 + 5 + 5 + 8) / 5 = 4."""
        found = local_moran(np.array([1.0, 1, 5, 5, NAN, 8]), line(6))
        assert found.kinds[4:] == (MISSING, MISSING) and np.isnan(found.p[4:]).all()
        assert found.tested == 4
        # Scores -3, -3, 1, 1, 4 over their deviation, the root of 36 / 5; I = 4/5 * (-3 * -3) / (36 / 5).
        assert found.statistic[0] == pytest.approx(1)

    def test_a_missing_value_is_not_nought(self):
        """All are high, and the block higher: as nought, its middle would be low among high."""
        values = field() + 100
        values[MIDDLE] = 0
        assert local_moran(values, FIELD).kinds[MIDDLE] is Kind.LOW_AMONG_HIGH
        values[MIDDLE] = NAN
        found = local_moran(values, FIELD)
        assert found.kinds[MIDDLE] is MISSING
        assert {kind for kind in found.kinds if kind not in (NONE, MISSING)} == {Kind.HIGH_AMONG_HIGH}


def test_a_value_that_is_the_mean_is_neither_high_nor_low():
    """The mean of 0, 10, 5, 9, 1 is 5: that one's I is 0 however its neighbours fall, though they are the highest."""
    found = local_moran(np.array([0.0, 10, 5, 9, 1]), line(5))
    assert found.statistic[2] == pytest.approx(0) and found.p[2] == 1


class TestThreshold:
    def test_by_hand(self):
        """Ten p values at 0.05: limits 0.005, 0.01, 0.015, 0.02 ...; the third, 0.014, is the last within its own.

        The second, 0.012, is not within its 0.01, and passes all the same.
        """
        p = np.array([0.014, 0.2, 0.001, 0.03, 0.4, 0.012, 0.5, 0.6, 0.8, 0.9])
        assert fdr_threshold(p, 0.05) == pytest.approx(0.015)

    def test_where_none_passes_the_limit_is_that_of_the_least(self):
        assert fdr_threshold(np.array([0.02, 0.5, 0.5, 0.9]), 0.05) == pytest.approx(0.0125)

    def test_a_p_value_on_the_limit_passes(self):
        assert fdr_threshold(np.array([0.5, 0.25]), 0.5) == 0.5

    @given(st.lists(st.integers(1, 10_000), min_size=1, max_size=60), st.sampled_from([0.01, 0.05, 0.2]))
    def test_as_esda_tells_it(self, tens, alpha):
        from esda import fdr

        p = np.array(tens) / 10_000 + 1e-7  # off the limits, where esda's is a < and ours a <=
        assert fdr_threshold(p, alpha) == pytest.approx(fdr(p, alpha))

    def test_is_what_the_kinds_are_told_by(self):
        found = local_moran(field(), FIELD)
        assert [kind is not NONE for kind in found.kinds] == (found.p <= found.threshold).tolist()
        assert local_moran(field(), FIELD, alpha=0.001).threshold < found.threshold


def test_p_values_are_twice_the_one_sided_ones_of_esda():
    from esda.moran import Moran_Local
    from libpysal.weights import W

    values = np.random.default_rng(5).normal(size=144).cumsum()
    links = {i: linked.tolist() for i, linked in enumerate(FIELD)}
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # that its default will become two-sided
        peer = Moran_Local(values, W(links), permutations=9_999, seed=1, keep_simulations=False)
    ours = local_moran(values, FIELD)
    assert ours.statistic == pytest.approx(peer.Is, abs=1e-9)
    assert ours.p == pytest.approx(np.minimum(1, 2 * peer.p_sim), abs=0.05)  # five deviations of its noise, doubled


@pytest.mark.parametrize("ask", [local_moran, hot_spots])
@pytest.mark.parametrize(
    ("values", "neighbours", "options", "sentence"),
    [
        ([1, 2, NAN], line(3), {}, "2 of 3 areas have a value: clusters are looked for among 3 or more"),
        ([], (), {}, "0 of 0 areas have a value"),
        ([5, 5, 5, NAN], line(4), {}, r"All 3 values are equal \(5\)"),
        ([0.1 + 0.2, 0.3, 0.3], line(3), {}, r"All 3 values are equal \(0.3\)"),
        ([0, 0, 0], line(3), {}, r"All 3 values are equal \(0\)"),
        ([1, NAN, 2, NAN, 3], line(5), {}, "None of the 3 areas with a value is next to another"),
        ([1, 2, 3], line(4), {}, "There are 3 values but the neighbours of 4 areas"),
        ([1, 2, 3], (np.array([1]), np.array([-1]), np.array([1])), {}, "Area 1 has itself or an area that is not"),
        ([1, 2, 3], (np.array([1]), np.array([1]), np.array([1])), {}, "Area 1 has itself or an area that is not"),
        ([1, 2, 3], line(3), {"permutations": 99}, "99 permutations are too few to tell chance: ask for 999 or more"),
        ([1, 2, 3], line(3), {"permutations": 999, "alpha": 0.001}, "999 permutations .* ask for 1,999 or more"),
        ([1, 2, 3], line(3), {"alpha": 5}, "of 5 is not between 0 and 1"),
    ],
)
def test_where_no_clusters_can_be_looked_for_a_sentence_says_why(ask, values, neighbours, options, sentence):
    with pytest.raises(ClustersError, match=sentence):
        ask(np.array(values, dtype=float), neighbours, **options)


def test_nothing_given_is_altered():
    values = field()
    kept = values.copy()
    neighbours = grid(SIDE, SIDE)
    local_moran(values, neighbours, permutations=999)
    hot_spots(values, neighbours, permutations=999)
    assert values.tolist() == kept.tolist()
    assert all((now == then).all() for now, then in zip(neighbours, FIELD, strict=True))
