"""Which first, by hand on Toytown: in order of need A1, B1, A2, B2, A3, B3, B4; A4 has no figure."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from geo.areas import Geography
from geo.contiguity import touching
from layers import get
from layers.plan import target_balance, target_how, target_sure, target_words, targets
from layers.plan.conditions import Condition
from layers.plan.gap_words import full_names
from layers.plan.need import Column, Indicator, Recipe
from layers.readings import read
from tests.toytown import CODE, FIGURES

A1, A2, A3, A4, B1, B2, B3, B4 = range(8)
EVERYWHERE = np.ones(8, dtype=bool)
BEETON = np.arange(8) >= B1
DISTRICTS = ["Ayton"] * 4 + ["Beeton"] * 4
NAN = np.nan
TENTHS = np.array([1, 2, 6, NAN, 1, 3, 6, 10])
POOR = Condition("income-share", "from", 20)


def figures(position):
    """One of Toytown's figures, by its position; A4 has none."""
    return np.array([FIGURES[name][position] if name in FIGURES else NAN for name in CODE])


LOW_INCOME = Column(figures(3), None)


def the_list(score, *, top, in_view=None, meeting=None):
    every = np.ones(len(score), dtype=bool)
    score = np.array(score, dtype=float)
    return targets.targets(
        score, every if in_view is None else in_view, every if meeting is None else meeting, top=top
    )


@pytest.fixture
def first_three(toy_need):
    return the_list(toy_need.score, top=3)


@pytest.fixture(scope="session")
def neighbours(toy):
    """In the grid A1 touches A2, A3 and, at a corner, A4; and so on."""
    return touching(toy.shapes(Geography.LSOA21).geometry)


def test_the_first_three(first_three):
    assert first_three.list.tolist() == [A1, B1, A2] and first_three.many == 3 and first_three.tied == 0
    np.testing.assert_array_equal(first_three.place, [1, 3, 5, NAN, 2, 4, 6, 7])
    assert first_three.order.tolist() == [A1, B1, A2, B2, A3, B3, B4] and first_three.unscored == 1
    assert targets.outside(first_three).tolist() == [B2, A3, B3, B4]


def test_in_order_of_need_and_poor_reach_together(toy_gaps):
    """Gap scores as in test_gaps: B1 77, A2 33, B2 25, A3 17, B3 8, A1 7, B4 0."""
    assert the_list(toy_gaps.score, top=2).list.tolist() == [B1, A2]


def test_only_what_is_in_view_and_meets_the_conditions(toy_need):
    assert the_list(toy_need.score, top=2, in_view=BEETON).list.tolist() == [B1, B2]
    meeting = np.isin(np.arange(8), [A2, A4, B3])
    found = the_list(toy_need.score, top=2, meeting=meeting)
    assert found.list.tolist() == [A2, B3] and found.unscored == 1 and found.place[A1] != 1
    np.testing.assert_array_equal(found.place, [NAN, 1, NAN, NAN, NAN, NAN, 2, NAN])


def test_all_that_tie_with_the_last_are_on_the_list():
    """3, then three times 2, then 1: asked for two, the list has four; asked for four or one, it has just those."""
    score = [2, 3, 2, 1, 2]
    assert [(the_list(score, top=n).many, the_list(score, top=n).tied) for n in (1, 2, 4, 5)] == [
        (1, 0),
        (4, 3),
        (4, 0),
        (5, 0),
    ]
    assert the_list(score, top=2).list.tolist() == [1, 0, 2, 4]
    assert targets.outside(the_list(score, top=2)).tolist() == [3]


def test_what_differs_by_rounding_ties():
    assert the_list([0.3, 0.1 + 0.2, 0.2], top=1).many == 2


def test_nothing_to_list():
    for score, meeting in (([NAN, NAN], None), ([1, 2], np.zeros(2, dtype=bool))):
        found = the_list(score, top=5, meeting=meeting)
        assert found.many == 0 and found.tied == 0 and len(found.order) == len(targets.outside(found)) == 0


scores = st.lists(st.one_of(st.integers(0, 5).map(float), st.just(NAN)), min_size=1, max_size=30)


@given(scores, st.integers(1, 12), st.randoms())
def test_the_order_of_the_areas_changes_nothing(score, top, random):
    shuffled = list(range(len(score)))
    random.shuffle(shuffled)
    found, other = the_list(score, top=top), the_list([score[i] for i in shuffled], top=top)
    np.testing.assert_array_equal(found.chosen[shuffled], other.chosen)


@given(scores, st.integers(1, 12))
def test_the_list_is_as_long_as_asked_and_nobody_outside_scores_as_high(score, top):
    found, values = the_list(score, top=top), np.array(score)
    assert found.many >= min(top, np.isfinite(values).sum())
    outside = ~found.chosen & np.isfinite(values)
    assert not outside.any() or values[outside].max() < values[found.chosen].min()
    assert not (found.chosen & ~the_list(score, top=top + 1).chosen).any()


def test_what_touches_the_list_comes_in_order_and_without_a_score_last(toy_need, neighbours):
    """A1 alone: A2 is third, A3 fifth, A4 has no score."""
    assert targets.beside(the_list(toy_need.score, top=1), neighbours).tolist() == [A2, A3, A4]
    everyone = the_list(np.arange(8), top=8)
    assert targets.beside(everyone, neighbours).tolist() == []


def test_the_line_moved(toy_need, toy_people):
    """Asked for two of seven: 2 - 5 is none and 2 + 10 more than there are, so only 2 and 7 are told."""
    found = the_list(toy_need.score, top=2)
    assert targets.lines(found, toy_people, DISTRICTS) == [
        targets.Line(2, 2, 2_500.0, (("Ayton", 1), ("Beeton", 1))),
        targets.Line(7, 7, 12_000.0, (("Beeton", 4), ("Ayton", 3))),
    ]
    told = target_words.lines_table(targets.lines(found, toy_people, DISTRICTS), 2)
    assert told["The first"].tolist() == ["2 (now)", "7"] and told["More or fewer"].tolist() == ["", "+9,500"]
    assert told["By district"].tolist() == ["Ayton 1 and Beeton 1", "Beeton 4 and Ayton 3"]


def test_a_list_longer_than_there_are_keeps_its_line(toy_need, toy_people):
    [line] = targets.lines(the_list(toy_need.score, top=20), toy_people, DISTRICTS)[-1:]
    assert (line.asked, line.many) == (20, 7)


def test_the_reasons_name_only_what_is_met(first_three):
    few = Condition("imd", "to", 1)
    told = targets.reasons([POOR, few], [LOW_INCOME, Column(TENTHS, None)], first_three.list)
    assert told[0] == (
        "“People on low incomes” is at least 20.0%: 50.0%; "
        "“Overall deprivation” is at most tenth 1 (1 is the most deprived): 1"
    )
    assert told[2] == "“People on low incomes” is at least 20.0%: 30.0%"
    assert targets.reasons([], [], first_three.list) == ["", "", ""]


def test_the_table(toy, toy_gaps, toy_people, first_three):
    areas = toy.shapes(Geography.LSOA21)
    told = targets.table(
        first_three, toy_gaps, areas, people=toy_people, tenth=TENTHS, nearest=list("abcdefgh"), measure="Way (km)",
        met=["x", "y", "z"],
    )
    assert told["Code"].tolist() == [CODE["A1"], CODE["B1"], CODE["A2"]]
    assert told["Place"].tolist() == [1, 2, 3] and told["People"].tolist() == [1_000, 1_500, 3_000]
    assert told["Need (0 to 100)"].tolist() == [100.0, 83.3, 66.7] and told["Nearest help"].tolist() == ["a", "e", "b"]
    assert told["Conditions met"].tolist() == ["x", "y", "z"]
    without = targets.table(
        first_three, toy_gaps, areas, people=toy_people, tenth=TENTHS, nearest=list("abcdefgh"), measure="m", met=[]
    )
    assert "Conditions met" not in without


# In words


def summary(found, people, *, by="need", conditions=(), focused=False):
    return target_words.summary(
        found,
        by=by,
        people=people,
        tenth=TENTHS,
        districts=DISTRICTS,
        where="Toytown",
        focused=focused,
        conditions=conditions,
        columns=[LOW_INCOME for _ in conditions],
        every=True,
    )


def test_the_summary(first_three, toy_people):
    assert summary(first_three, toy_people) == (
        "The list has the 3 neighbourhoods in most need, of the 7 in Toytown. 5,500 people live there, 45.8% of the "
        "region’s 12,000. By district: Ayton 2 and Beeton 1. By overall deprivation in England, of which tenth 1 is "
        "the most deprived: 2 (67%) in tenth 1 and 1 (33%) in tenth 2. 1 more has no score, because too many figures "
        "are missing."
    )


def test_the_summary_says_why_the_list_is_shorter(toy_need, toy_people):
    meeting = np.isin(np.arange(8), [A1, A2])
    found = the_list(toy_need.score, top=5, meeting=meeting)
    said = summary(found, toy_people, conditions=[POOR], focused=True)
    assert "that meet the conditions (“People on low incomes” is at least 20.0%)" in said
    assert said.endswith(
        "It has 2, not 5: no more meet the conditions and have a score. To have more, loosen a condition or show more "
        "districts."
    )
    assert summary(the_list(np.arange(8), top=9), toy_people).endswith("no more are in view and have a score.")


def test_the_summary_says_that_some_tie(toy_people):
    said = summary(the_list([3, 2, 2, 2, 1, 1, 1, 1], top=3), toy_people)
    assert said.endswith(
        "It has 4, not 3, because 3 tie for the last place and nothing in the question tells them apart."
    )
    assert summary(the_list([2] * 8, top=4), toy_people).endswith("Let more figures count as need, or add a condition.")


def test_missing_people_are_not_counted_as_nobody(toy_people):
    """Of A4 nobody knows how many live there."""
    alone = summary(the_list([0, 0, 0, 9, 0, 0, 0, 0], top=1), toy_people)
    assert "How many people live there is not known." in alone and "% of the region" not in alone
    both = summary(the_list([8, 0, 0, 9, 0, 0, 0, 0], top=2), toy_people)
    assert "1,000 people live there (not counting 1 neighbourhood where that is not known), 8.3%" in both


def test_a_figure_of_whole_districts_is_said(first_three, toy_people):
    condition = Condition("survival-3", "to", 60)
    said = target_words.whole_districts([condition, POOR], [Column(np.full(8, 55.5), 2021), LOW_INCOME])
    assert said == (
        "“Still trading after 3 years” (of 2021) is published for whole districts: there all neighbourhoods of a "
        "district meet the condition, or none does."
    )
    assert target_words.whole_districts([POOR], [LOW_INCOME]) == ""
    assert "published for whole districts" in summary(first_three, toy_people, conditions=[condition])


def stands(found, i, *, conditions=(POOR,), every=True, in_view=True):
    columns = [LOW_INCOME, Column(TENTHS, None)][: len(conditions)]
    return target_words.stands(found, i, conditions, columns, every=every, in_view=in_view)


def test_how_one_neighbourhood_stands(toy_need):
    meeting = figures(3) >= 0.2
    found = the_list(toy_need.score, top=2, meeting=meeting)
    assert stands(found, B1) == "On the list: place 2 of 4."
    assert stands(found, A2) == "Not on the list: place 3 of 4. A list of 3 would have it."
    assert stands(found, A3) == (
        "Not on the list: it does not meet “People on low incomes” is at least 20.0% (here 10.0%)."
    )
    assert stands(found, A4).endswith("is at least 20.0% (here no data).")
    assert stands(the_list(toy_need.score, top=2), A4, conditions=()).endswith(
        "no score, because too many figures are missing."
    )
    assert stands(the_list(toy_need.score, top=2, in_view=BEETON), A1, in_view=False).endswith("districts in view.")
    either = (POOR, Condition("imd", "to", 2))
    assert stands(found, A3, conditions=either, every=False) == (
        "Not on the list: it does not meet any of “People on low incomes” is at least 20.0% (here 10.0%) and “Overall "
        "deprivation” is at most tenth 2 (1 is the most deprived) (here 6)."
    )


def nothing(found, conditions=(), *, anywhere=0):
    columns = [LOW_INCOME for _ in conditions]
    return target_words.nothing(found, conditions, columns, every=True, anywhere=anywhere, where="Beeton")


def test_why_there_is_no_list(toy_need):
    never = Condition("income-share", "from", 90)
    empty = the_list(toy_need.score, top=3, meeting=~EVERYWHERE)
    assert nothing(empty, [never]).startswith("No neighbourhood meets this condition.")
    assert nothing(empty, [POOR], anywhere=2).startswith("2 neighbourhoods of the region meet the conditions, but none")
    assert nothing(empty, [POOR], anywhere=1).startswith("1 neighbourhood of the region meets the conditions, but none")
    unscored = the_list([NAN] * 8, top=3)
    assert nothing(unscored).startswith("None of the 8 neighbourhoods asked about has a score")


def test_what_touches_the_list_in_words(toy_need, toy_people, neighbours):
    """Of Ayton only A2 and of Beeton only B1 are asked about. Around A2 is all of Ayton, B1 and B3."""
    meeting = np.isin(np.arange(8), [A2, B1])
    found = the_list(toy_need.score, top=1, in_view=~BEETON, meeting=meeting)
    beside = targets.beside(found, neighbours)
    assert sorted(beside.tolist()) == [A1, A3, A4, B1, B3]
    assert target_words.next_to(beside, found, toy_people, ~BEETON) == (
        "5 neighbourhoods touch the list and are not on it; 5,500 people live there (not counting 1 neighbourhood "
        "where that is not known). Of these, 2 outside the districts in view and 3 in view but not meeting the "
        "conditions."
    )
    assert target_words.next_to(beside[:0], found, toy_people, ~BEETON) == (
        "Nothing touches the list that is not on it."
    )


# How sure


def recipe(*weights):
    layers = ("income-share", "employment-share", "imd-score")
    return Recipe(tuple(Indicator(layer, weight) for layer, weight in zip(layers, weights, strict=False)))


def sure(columns, *, top, meeting=None, poor=None, among=None):
    columns = [np.array(column, dtype=float) for column in columns]
    every = np.ones(len(columns[0]), dtype=bool)
    score = np.nanmean(columns, axis=0) * (1 if poor is None else np.array(poor))
    found = the_list(score, top=top, meeting=meeting)
    told = target_sure.sure(
        recipe(*[1] * len(columns)),
        columns,
        found,
        poor=None if poor is None else np.array(poor, dtype=float),
        among=every if among is None else among,
    )
    return told, found


def test_with_one_figure_no_draw_changes_the_list():
    """Every scale keeps the order, and a weight alone is all of the weight."""
    told, found = sure([[5, 1, 4, 2, 3]], top=2)
    np.testing.assert_array_equal(told.share, [1, 0, 1, 0, 0])
    np.testing.assert_array_equal(told.low, [1, 5, 2, 4, 3])
    np.testing.assert_array_equal(told.high, told.low)
    assert (told.firm, told.likely, told.shaky, told.kept) == (2, 0, 0, 2.0) and told.coming.tolist() == []
    assert found.list.tolist() == [0, 2]


def test_what_two_figures_agree_on_is_sure_and_the_rest_is_not():
    """Area 0 leads in both and 4 trails in both; 1 and 3 mirror each other, so each is ahead in about half the draws.

    The sum of the shares is the length of the list.
    """
    told, _ = sure([[9, 7, 5, 3, 1], [9, 3, 5, 7, 1]], top=2)
    assert told.share[0] == 1 and told.share[4] == 0 and (told.low[4], told.high[4]) == (5, 5)
    assert 0.25 < told.share[1] < 0.75 and 0.25 < told.share[3] < 0.75
    assert told.share.sum() == pytest.approx(2)


def test_the_same_question_has_the_same_answer():
    columns = [[9, 7, 5, 3, 1], [2, 3, 5, 7, 1]]
    np.testing.assert_array_equal(sure(columns, top=2)[0].share, sure(columns, top=2)[0].share)


def test_draws_rank_only_those_that_meet_the_conditions():
    """Without areas 0 and 2 the first two are 4 and 3, for sure."""
    meeting = np.array([False, True, False, True, True])
    told, _ = sure([[5, 1, 4, 2, 3]], top=2, meeting=meeting)
    np.testing.assert_array_equal(told.share, [NAN, 0, NAN, 1, 1])
    np.testing.assert_array_equal(told.high, [NAN, 3, NAN, 2, 1])


def test_those_that_tie_at_the_line_share_the_places():
    """Two tie for the second place: both are listed, and each counts for half of it."""
    told, found = sure([[5, 4, 4, 1]], top=2)
    np.testing.assert_array_equal(told.share, [1, 0.5, 0.5, 0])
    assert found.many == 3 and (told.firm, told.likely, told.shaky) == (1, 2, 0) and told.kept == 2


def test_poor_reach_stays_as_it_is():
    """Needs 1, 2/3, 1/3, 0 times 0, 1, 1/4, 1: area 1 leads with 2/3, then 2 with 1/12, and 0 and 3 tie."""
    told, _ = sure([[4, 3, 2, 1]], top=1, poor=[0, 1, 0.25, 1])
    np.testing.assert_array_equal(told.share, [0, 1, 0, 0])
    np.testing.assert_array_equal(told.low, [3, 1, 2, 3])


def test_standings_are_among_those_compared():
    """Of areas 0 to 2 needs are 1, 1/2, 0; times 0.55, 0.9, 1: area 0 leads with 0.55, then 1 with 0.45.

    Among all four needs would be 1, 2/3, 1/3, and area 1 would lead with 0.6.
    """
    among = np.array([True, True, True, False])
    told, _ = sure([[4, 3, 2, 1]], top=1, poor=[0.55, 0.9, 1, NAN], among=among)
    np.testing.assert_array_equal(told.share, [1, 0, 0, NAN])
    np.testing.assert_array_equal(told.low, [1, 2, 3, NAN])


def test_how_sure_in_words():
    told, found = sure([[5, 4, 4, 1]], top=2)
    [first, second] = target_words.how_sure(told, found, list("abcd"), by="need")
    assert first == (
        "We asked the same question 1,000 times, with the weights moved up or down by up to half and the figures "
        "compared and put together in every way offered. Of the 3 neighbourhoods on the list, 1 is among the first 2 "
        "in at least 90% of the draws (these are sure) and 2 are among the first 2 in 50% to 90%. On average 2.0 of "
        "the 3 stay."
    )
    assert second == "No neighbourhood that is left out comes in in as many as 25% of the draws."
    assert "the way to help stayed as it is" in target_words.how_sure(told, found, list("abcd"), by="gap")[0]


def test_those_that_come_in_often_are_named():
    """Area 3 leads in the second figure, and 1 in the first by a little more: one is listed, the other comes in."""
    told, found = sure([[9, 8, 5, 3, 1], [9, 3, 5, 7.9, 1]], top=2)
    [left_out] = told.coming.tolist()
    assert not found.chosen[left_out] and told.share[left_out] >= 0.25
    said = target_words.how_sure(told, found, [f"Place {i}" for i in range(5)], by="need")[-1]
    assert f"Place {left_out}, {told.share[left_out]:.0%}. Look at these" in said


def test_where_everyone_is_on_the_list_there_is_nothing_to_be_sure_of():
    told, found = sure([[2, 1, 3]], top=5)
    [said] = target_words.how_sure(told, found, list("abc"), by="need")
    assert said.startswith("Every neighbourhood that could be on the list is on it (3)")


def test_how_sure_as_a_table(toy):
    told, found = sure([[5, 1, 4, 2, 3, 0, 0, 0]], top=2)
    rows = target_sure.table(told, found, toy.shapes(Geography.LSOA21), found.list)
    assert rows["ONS name"].tolist() == ["Ayton 001A1", "Ayton 002A3"]
    assert rows.iloc[:, 4:].to_numpy().tolist() == [[100, 1, 1], [100, 2, 2]]
    assert rows.columns[4] == "Among the first 2 in (% of draws)"


# Whom it serves


@pytest.fixture(scope="session")
def of_toytown(toy):
    imd = read(get("imd"), toy, Geography.LSOA21)
    return residents(EVERYWHERE, imd["order"].to_numpy(dtype=float))


def residents(seen, order):
    return target_balance.residents(
        seen,
        people=figures(5),
        district=DISTRICTS,
        tenth=TENTHS,
        order=order,
        low_income=figures(3),
        out_of_work=figures(4),
        workers=figures(6),
    )


def served(of, *those):
    return target_balance.served(np.isin(np.arange(len(of.people)), those), of)


def test_whom_a_list_serves(of_toytown):
    """A1 and B1 have 2,500 of 12,000 people.

    On low incomes are 500 + 900 + 200 + 750 + 300 + 100 + 100 = 2,850, there 1,250; out of work 180 + 300 + 120 + 225 +
    135 + 40 + 40 = 1,040, there 405.
    """
    told = served(of_toytown, A1, B1)
    assert told.people == 2_500 and told.everyone.value == pytest.approx(2_500 / 12_000) and told.everyone.missing == 1
    groups = {name: estimate.value for name, estimate in told.groups.items()}
    assert groups == {
        "People on low incomes": pytest.approx(1_250 / 2_850),
        "People of working age out of work": pytest.approx(405 / 1_040),
    }
    assert [(row.group, row.served, row.people) for row in told.districts.rows] == [
        ("Ayton", 1_000, 6_000),
        ("Beeton", 1_500, 6_000),
    ]
    assert [(row.group, row.share) for row in told.tenths.rows] == [(1, 1), (2, 0), (3, 0), (6, 0), (10, 0)]


def test_the_most_deprived_alone_are_as_far_below_nought_as_can_be(of_toytown):
    """2 / 2,500 x (1,000 x 500 + 1,500 x 1,750) / 12,000 - 1 = -0.7917 = -(1 - 2,500 / 12,000)."""
    assert served(of_toytown, A1, B1).tilt.value == pytest.approx(-(1 - 2_500 / 12_000))
    # The least deprived alone, B4, with 2,000: as far above.
    assert served(of_toytown, B4).tilt.value == pytest.approx(1 - 2_000 / 12_000)


def test_where_nobody_is_served_that_is_said(of_toytown):
    told = served(of_toytown)
    assert told.tilt is None and told.people == 0 and told.everyone.value == 0
    said = target_words.whom(told, served(of_toytown, A1), where="Toytown", within=2_000)
    assert said[0].startswith("Today: 0 people, 0% of those in Toytown") and told.why in said[0]


def test_whom_in_words(of_toytown):
    said = target_words.whom(served(of_toytown, B4), served(of_toytown, A1, B1), where="Toytown", within=2_000)
    assert said[0].startswith("Today: 2,000 people, 17% (")
    assert "within 2.0 km of help that counts" in said[0]
    assert "1 neighbourhood is left out, because how many people live there is not known." in said[0]
    assert "goes more to people in less deprived neighbourhoods (concentration index 0.83" in said[0]
    assert said[1].startswith("This list: 2,500 people, 21% (")
    assert "The list goes more to people in more deprived neighbourhoods (concentration index -0.79" in said[1]
    assert said[2].startswith("People on low incomes: 3.5% (") and "43.9%" not in said[2] and "44% (" in said[2]
    assert "nothing by neighbourhood on other groups" in said[3]
    everyone = served(of_toytown, *range(8))
    assert "about evenly" in target_words.whom(everyone, everyone, where="Toytown", within=500)[0]


def test_today_and_the_list_side_by_side(of_toytown):
    today, ours = served(of_toytown, B4), served(of_toytown, A1, B1)
    told = target_balance.by_group(today, ours, of_toytown)
    assert told["Who"].tolist() == ["Everyone", "People on low incomes", "People of working age out of work"]
    assert told["People"].tolist() == ["12,000", "2,850", "1,040"]
    districts = target_balance.by_district(today, ours)
    assert districts["Today"].tolist()[0] == "0%" and districts["Today"].tolist()[1].startswith("33% (")
    tenths = target_balance.by_tenth(today, ours)
    assert tenths["Tenth of England"].tolist() == ["1, most deprived", "2", "3", "6", "10, least deprived"]
    assert tenths["This list"].tolist() == ["100%", "0%", "0%", "0%", "0%"]


def test_only_those_in_view_are_weighed(toy):
    imd = read(get("imd"), toy, Geography.LSOA21)["order"].to_numpy(dtype=float)
    of = residents(BEETON, imd)
    told = target_balance.served(np.array([True, False, False, False]), of)
    assert told.everyone.value == pytest.approx(1_500 / 6_000) and told.everyone.missing == 0
    assert [row.group for row in told.districts.rows] == ["Beeton"]


def test_where_nothing_is_known_nothing_is_told(toy):
    """A4 alone: nobody knows how many live there, nor how deprived it is."""
    of = residents(np.arange(8) == A4, np.full(8, NAN))
    told = target_balance.served(np.array([True]), of)
    assert told.tilt is None and told.why and not told.districts.rows
    assert target_balance.by_group(told, told, of)["Today"].tolist() == ["no data"] * 3


@pytest.mark.parametrize(
    ("share", "said"),
    [
        ((0.3449, 0.281, 0.409), "34% (28 to 41)"),
        ((0.0123, 0.0, 0.0996), "1.2% (0 to 10)"),
        ((0.0, 0.0, 0.0), "0%"),
        ((1.0, NAN, NAN), "100%"),
        ((NAN, NAN, NAN), "no data"),
    ],
)
def test_a_share_in_words(share, said):
    assert target_balance.share_text(*share) == said


# How


def test_the_steps_say_what_was_asked():
    told = dict(
        target_how.how(
            [POOR], [LOW_INCOME], every=True, by="gap", top=20, where="Leeds", of="the region", within=2_000
        )
    )
    assert list(told) == [
        "Who is asked about",
        "The order and the line",
        "How sure",
        "The neighbours",
        "Whom it serves",
    ]
    assert "in Leeds that meet: “People on low incomes” is at least 20.0%." in told["Who is asked about"]
    assert "gap score" in told["The order and the line"] and "first 20" in told["The order and the line"]
    assert "among the neighbourhoods of the region" in told["How sure"] and "1,000 times" in told["How sure"]
    assert "Local Enterprise Growth Initiative" in told["The neighbours"]
    assert "2.0 km" in told["Whom it serves"] and "C = 2 ÷" in told["Whom it serves"]


def test_names_tell_apart_those_of_one_local_name(toy):
    assert full_names(toy.shapes(Geography.LSOA21))[A1] == "Mill Lane (Ayton 001A1)"
