"""What counts as help in Toytown: T1 in A1 and T7 in B4 are sure; T3, T6 and T9 are not; T5 is at no place."""

from dataclasses import replace

import numpy as np
import pytest

from layers.plan.supply import Supply, nothing, supply
from layers.provision import Wants
from tests.layers.plan.conftest import NOON

HELP = {"enterprise_centre", "jobcentre", "start_up_programme", "mentoring", "coworking", "vcs_support", "incubator"}


def counted(places, offers, **asked):
    how = {"types": HELP, "wants": Wants(), "unconfirmed": False, "capacity": False, "now": NOON} | asked
    return supply(places, offers, **how)


def test_what_is_sure_counts_and_the_rest_is_told(toy_supply):
    assert toy_supply.ids == ("T1", "T7")
    assert toy_supply.names == ("Ayton Enterprise Centre", "Beeton Trust")
    np.testing.assert_array_equal(toy_supply.points, [[430_500, 433_500], [433_500, 434_500]])
    assert (toy_supply.not_confirmed, toy_supply.nowhere, toy_supply.unsaid) == (3, 1, 0)
    assert toy_supply.words == (
        "2 places and services count. Left out: 3 not confirmed to be open or only roughly placed and 1 given online "
        "or by phone only, or at no place that we know. What has ended, and what is only suggested, never counts."
    )


def test_what_is_not_confirmed_counts_if_asked(toy_places, toy_offers):
    found = counted(toy_places, toy_offers, unconfirmed=True)
    assert found.ids == ("T1", "T3", "T6", "T7", "T9") and found.not_confirmed == 0


def test_other_places_count_once(toy_places, toy_offers):
    found = counted(toy_places, toy_offers, types={"library", "community_anchor_org"})
    assert found.ids == ("T2", "T7")
    np.testing.assert_array_equal(found.amounts, [1, 1])


def test_help_that_does_not_say_is_told_apart(toy_places, toy_offers):
    found = counted(toy_places, toy_offers, wants=Wants(cost="free"))
    assert found.ids == () and found.unsaid == 5
    assert "5 silent on what you asked for" in nothing(found)
    assert nothing(found).startswith("Nothing that we know of counts as this kind of help")


def test_capacity_against_the_middle_of_its_own_unit(toy_places, toy_offers):
    """T1 has 30 desks and T7 10, so the middle is 20: they count 1.5 and 0.5; what does not say counts 1."""
    said = toy_offers.set_index("id")
    said.loc[["T1-S", "T7-S"], "capacity"] = [30.0, 10.0]
    said.loc[["T1-S", "T7-S"], "capacity_unit"] = "desks"
    found = counted(toy_places, said.reset_index(), capacity=True, unconfirmed=True)
    assert dict(zip(found.ids, found.amounts, strict=True)) == {"T1": 1.5, "T3": 1, "T6": 1, "T7": 0.5, "T9": 1}
    assert found.with_capacity == 2


def test_a_register_without_help(toy_places, toy_offers):
    found = counted(toy_places, toy_offers.iloc[:0])
    assert found.points.shape == (0, 2) and found.names == ()


@pytest.mark.parametrize(("count", "words"), [(0, "0 places and services count."), (1, "1 place or service counts.")])
def test_words_for_few(count, words):
    made = Supply(points=np.zeros((count, 2)), names=("One",) * count, ids=("1",) * count, amounts=np.ones(count))
    assert made.words == words
    assert replace(made, nowhere=2).words.startswith(words)
