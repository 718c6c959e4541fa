"""Need against reach, by hand on Toytown.

Straight to the nearest of A1 and B4 in km: A1 0, A2 1, A3 1, A4 1.414, B1 1.414, B2 1, B3 1, B4 0; a way is 1.3 of it.
Poor reach in sevenths: A1 and B4 0.5, A2, A3, B2 and B3 3.5, A4 and B1 6.5.
Need in sixths: A1 6, B1 5, A2 4, B2 3, A3 2, B3 1, B4 0; A4 has no figure.
"""

import numpy as np
import pytest

from geo.areas import Geography
from layers.classes import MISSING
from layers.plan import access, gap_words, gaps
from layers.plan.choices import SHOWS
from layers.plan.need import USUAL, Recipe, column
from layers.plan.supply import Supply

A1, A2, A3, A4, B1, B2, B3, B4 = range(8)
EVERYONE = np.ones(8, dtype=bool)
NAMES = [f"Place {i}" for i in range(8)]


def reached(toy_supply, toy_points, toy_people, measure, within=1_500):
    return access.reached(toy_supply, toy_points, toy_people, measure=measure, within=within, detour=1.3)


def test_reach_by_the_nearest(toy_gaps):
    reach = toy_gaps.reach
    np.testing.assert_allclose(reach.value, 1_300 * np.array([0, 1, 1, 2**0.5, 2**0.5, 1, 1, 0]))
    np.testing.assert_allclose(reach.poor * 7, [0.5, 3.5, 3.5, 6.5, 6.5, 3.5, 3.5, 0.5])
    np.testing.assert_array_equal(reach.nearest[[A1, A2, B1, B4]], [0, 0, 1, 1])


def test_reach_by_count_where_nothing_is_poorest(toy_supply, toy_points, toy_people):
    """Within 1.5 km along the way, 1.154 km straight: one for all but A4 and B1, which have nothing."""
    found = reached(toy_supply, toy_points, toy_people, "count")
    np.testing.assert_array_equal(found.value, [1, 1, 1, 0, 0, 1, 1, 1])
    np.testing.assert_allclose(found.poor, [2.5 / 7] * 3 + [1, 1] + [2.5 / 7] * 3)


def test_help_for_each_person(toy_supply, toy_points, toy_people):
    """T1 is shared by A1, A2, A3: 1,000 + 3,000 + 2,000; T7 by B2, B3, B4: 1,500 + 1,000 + 2,000."""
    found = reached(toy_supply, toy_points, toy_people, "access")
    np.testing.assert_allclose(found.value, [1 / 0.6] * 3 + [0, 0] + [1 / 0.45] * 3)
    np.testing.assert_allclose(found.poor[[A4, B1]], 1)


def test_nearer_help_counts_more(toy_supply, toy_points, toy_people):
    """Within 1.5 km: at 0 in the first zone (1), at 1.3 km in the last (0.22). T1: 1 / (1,000 + 0.22 x 5,000)."""
    found = reached(toy_supply, toy_points, toy_people, "decayed")
    np.testing.assert_allclose(found.value[[A1, A2]], [10_000 / 2_100, 2_200 / 2_100])


def test_the_gap_score_is_need_times_poor_reach(toy_gaps):
    expected = 100 * np.array([6 * 0.5, 4 * 3.5, 2 * 3.5, np.nan, 5 * 6.5, 3 * 3.5, 3.5, 0]) / 42
    np.testing.assert_allclose(toy_gaps.score, expected)
    np.testing.assert_array_equal(toy_gaps.place, [6, 2, 4, np.nan, 1, 3, 5, 7])
    assert toy_gaps.compared == 7


def test_nine_classes(toy_gaps):
    """Thirds: need A1, B1, A2 (4/6) highest, B2, A3 (2/6) middle; reach 0.5/7 good, 3.5/7 middling, 6.5/7 poor."""
    np.testing.assert_array_equal(toy_gaps.both, [2, 5, 4, MISSING, 8, 4, 3, 0])
    assert gaps.BOTH[8] == "more need, poor reach" and gaps.BOTH[2] == "more need, good reach"


def test_compared_with_what_is_in_view_alone(toy_gaps):
    """In Beeton: need B1 > B2 > B3 > B4 in thirds; reach B1 poorest, B2 and B3 tie, B4 best."""
    beeton = np.arange(8) >= B1
    found = gaps.gaps(toy_gaps.index, toy_gaps.reach, beeton)
    np.testing.assert_allclose(found.need[beeton] * 3, [3, 2, 1, 0])
    np.testing.assert_allclose(found.poor[beeton] * 3, [3, 1.5, 1.5, 0])
    np.testing.assert_allclose(found.score[beeton], [100, 100 / 3, 100 / 6, 0])
    assert np.isnan(found.score[~beeton]).all() and (found.both[~beeton] == MISSING).all()


def test_where_nothing_counts_there_is_no_gap(toy_need, toy_points, toy_people):
    empty = Supply(points=np.zeros((0, 2)), names=(), ids=(), amounts=np.zeros(0))
    for measure in ("nearest", "count", "access", "decayed"):
        reach = access.reached(empty, toy_points, toy_people, measure=measure, within=1_000, detour=1.3)
        found = gaps.gaps(toy_need, reach, EVERYONE)
        assert np.isnan(found.score).all() and (found.both == MISSING).all()
        assert "no gap score" in gap_words.summary(found, NAMES, toy_people, EVERYONE, where="Toytown", of="it")


@pytest.mark.parametrize("show", list(SHOWS))
def test_what_is_painted_counts_what_is_in_view(toy_gaps, show):
    ayton = np.arange(8) < B1
    told = gaps.painted(toy_gaps, show, measure_title="Reach", unit="km", in_view=ayton, of="the region")
    classes = told.classes
    assert len(classes.colours) == len(classes.labels) == len(classes.counts)
    missing = 0 if show == "reach" else 1
    assert classes.missing == missing and sum(classes.counts) == 4 - missing


def test_the_widest_first(toy_gaps):
    assert gaps.widest(toy_gaps, EVERYONE, 3).tolist() == [B1, A2, B2]
    assert gaps.widest(toy_gaps, np.arange(8) == A4, 3).tolist() == []


def test_the_summary(toy_gaps, toy_people):
    said = gap_words.summary(toy_gaps, NAMES, toy_people, EVERYONE, where="Toytown", of="the region")
    assert said == (
        "Of the 7 neighbourhoods in Toytown, 1 (14%) is both in the third of the region with most need and in the "
        "third with poorest reach; 1,500 people live there. The highest gap scores (of 100) are Place 4 with 77, Place "
        "1 with 33 and Place 5 with 25. 1 has no score."
    )


def why(toy, found, i):
    recipe = Recipe(USUAL)
    columns = [column(each.shown, toy) for each in USUAL]
    return gap_words.why(found, i, recipe=recipe, columns=columns, nearest="Beeton Trust", within=1_500, people=1_500)


def test_why_one_is_high(toy, toy_gaps):
    need, reach, gap = why(toy, toy_gaps, B1)
    assert need.startswith("Need: 2 of the region’s 7 neighbourhoods")
    assert "“People on low incomes” 50.0% (92 on its scale of need)" in need
    assert "nearest help that counts is Beeton Trust, about 1.8 km along the way; 0 within 1.5 km" in reach
    assert "poorer than for 92% of the others" in reach
    assert gap.startswith("Gap: 0.83 (need) × 0.93 (poor reach) × 100 = 77; place 1 of 7, for 1,500 people.")
    assert gap.endswith("more need, poor reach.")


def test_why_one_has_no_score(toy, toy_gaps):
    [said] = why(toy, toy_gaps, A4)
    assert said.startswith("There is no score here, because too much of the index is missing: People on low incomes")
    [other] = why(toy, gaps.gaps(toy_gaps.index, toy_gaps.reach, np.arange(8) >= B1), A1)
    assert other == "It is not among the neighbourhoods that are compared here."


def test_the_table_says_the_same(toy, toy_gaps, toy_people):
    told = gaps.table(toy_gaps, toy.shapes(Geography.LSOA21), toy_people, ["x"] * 8, measure="Way (km)")
    assert told["Gap score (0 to 100)"].round(0).tolist()[:3] == [7, 33, 17]
    assert told.loc[A4, "Need and reach together"] == "no data" and np.isnan(told.loc[A4, "Gap score (0 to 100)"])
    assert told.loc[A2, "Way (km)"] == 1.3

