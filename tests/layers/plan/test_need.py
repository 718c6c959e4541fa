"""The index of need, by hand on Toytown.

By the share of the others that are lower, ties counting half (of 7 with figures, so in sixths):
income share     A1 .50  A2 .30  A3 .10  B1 .50  B2 .20  B3 .10  B4 .05  ->  5.5  4  1.5  5.5  3  1.5  0
employment share A1 .30  A2 .20  A3 .10  B1 .25  B2 .15  B3 .08  B4 .04  ->  6    4  2    5    3  1    0
education tenth  A1 1    A2 2    A3 6    B1 1    B2 3    B3 6    B4 10   ->  5.5  4  1.5  5.5  3  1.5  0 (low is need)
"""

import numpy as np
import pytest

from geo.composite import Scale, Sum
from layers import LAYERS
from layers.plan.need import (
    INDICATORS,
    PRESETS,
    USUAL,
    Indicator,
    Recipe,
    column,
    indexed,
    placed,
    preset_of,
    unspeaking,
)

NAMES = ("A1", "A2", "A3", "A4", "B1", "B2", "B3", "B4")


def index_of(toy, *indicators, **how):
    recipe = Recipe(indicators, **how)
    return indexed(recipe, [column(each.shown, toy).values for each in indicators])


def test_the_usual_index_by_hand(toy_need):
    eighteenths = [17, 12, 5, np.nan, 16, 9, 4, 0]
    np.testing.assert_allclose(toy_need.score, np.array(eighteenths) / 18)
    np.testing.assert_allclose(toy_need.standing * 6, [6, 4, 2, np.nan, 5, 3, 1, 0])
    np.testing.assert_array_equal(toy_need.place, [1, 3, 5, np.nan, 2, 4, 6, 7])
    assert toy_need.scored == 7
    np.testing.assert_allclose(toy_need.parts[0], np.array([5.5, 6, 5.5]) / 18)


def test_weights_count(toy):
    twice = index_of(toy, Indicator("income-share", 2), Indicator("employment-share"))
    assert twice.score[0] == pytest.approx((2 * 5.5 + 6) / 18)


def test_a_district_figure_is_that_of_every_neighbourhood_in_it(toy):
    """Survival after three years: Ayton 55.5 of those started in 2021; Beeton has no figure."""
    found = column(INDICATORS["survival-3"], toy)
    assert found.year == 2021
    np.testing.assert_array_equal(found.values, [55.5] * 4 + [np.nan] * 4)
    assert Indicator("survival-3").whole_district
    assert not Indicator("imd").whole_district


def test_the_year_is_the_newest_in_which_most_districts_have_a_figure(toy):
    """2024 has Ayton alone, 2023 both: 60 births among Ayton's 6,000 people, 30 among Beeton's 6,000."""
    found = column(INDICATORS["births-per-10k"], toy)
    assert found.year == 2023
    np.testing.assert_allclose(found.values, [100.0] * 4 + [50.0] * 4)


def test_what_is_missing_passes_its_weight_on(toy):
    """Beeton lacks survival: 1 of 4 parts of the weight, so it is scored on the rest; with 1 of 2 it has no score."""
    quarter = index_of(toy, Indicator("income-share", 3), Indicator("survival-3"))
    assert quarter.score[4] == pytest.approx(5.5 / 6)
    half = index_of(toy, Indicator("income-share"), Indicator("survival-3"))
    assert np.isnan(half.score[4:]).all() and np.isfinite(half.score[:3]).all()


def test_turned_round(toy):
    usual, turned = index_of(toy, Indicator("income-share")), index_of(toy, Indicator("income-share", turned=True))
    np.testing.assert_allclose(turned.score, 1 - usual.score)


def test_directions():
    assert Indicator("income-share").high_is_need and not Indicator("imd").high_is_need
    assert not Indicator("births-per-10k").high_is_need, "few starts count as need unless turned round"
    assert Indicator("density").high_is_need


def test_geometric_makes_up_only_partly(toy):
    """B1: the cube root of 5.5/6 x 5/6 x 5.5/6."""
    found = index_of(toy, *USUAL, sum=Sum.GEOMETRIC)
    assert found.score[4] == pytest.approx((5.5 / 6 * 5 / 6 * 5.5 / 6) ** (1 / 3))


def test_min_max(toy):
    """Income from .05 to .50: A2 is (.30 - .05) / .45."""
    assert index_of(toy, Indicator("income-share"), scale=Scale.MIN_MAX).score[1] == pytest.approx(0.25 / 0.45)


def test_places_share_the_best_when_they_tie():
    np.testing.assert_array_equal(placed(np.array([0.5, 0.9, 0.5, np.nan, 0.1])), [2, 1, 2, np.nan, 4])


def test_ready_made_ones_are_made_of_layers_and_known_again():
    for preset in PRESETS:
        assert {each.layer for each in preset.indicators} <= INDICATORS.keys()
        assert preset_of(tuple(reversed(preset.indicators))) is preset
    assert preset_of((Indicator("crime"),)) is None


def test_counts_are_no_need():
    assert {layer.key for layer in LAYERS} - INDICATORS.keys() == {"population", "deaths", "active", "net-change"}


def test_every_indicator_can_be_read_on_the_real_pack(held):
    for key, layer in INDICATORS.items():
        values = column(layer, held).values
        assert len(values) == 1_865 and np.isfinite(values).mean() > 0.7, key


def test_an_indicator_that_is_the_same_everywhere_is_said_and_changes_no_order(toy):
    """Ayton alone has a figure of survival, so it tells none of Toytown's neighbourhoods from another."""
    flat, spoken = Indicator("survival-3"), Indicator("income-share", 3)
    columns = [column(each.shown, toy).values for each in (flat, spoken)]
    assert unspeaking(Recipe((flat, spoken)), columns) == (
        "“Still trading after 3 years” is the same or missing everywhere, and so tells no neighbourhood from another. "
        "Choose something else."
    )
    assert unspeaking(Recipe((spoken,)), columns[1:]) == ""
    even = indexed(Recipe((flat,)), [np.full(8, 7.0)])
    assert set(even.score) == {0.5} and set(even.place) == {1.0}
    assert "“Crime” and “Income” are the same or missing everywhere" in unspeaking(
        Recipe((Indicator("crime"), Indicator("income"))), [np.full(8, np.nan), np.ones(8)]
    )
