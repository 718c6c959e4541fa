"""The page of gaps by hand on Toytown: the figures are those of tests/layers/plan/test_gaps.py."""

import numpy as np
import pytest

from pages import _worked
from tests.pages.visit import heading, link, opened, told, visit, warnings, words
from tests.toytown import CODE

pytestmark = pytest.mark.usefixtures("in_toytown")

GAPS = "gaps.py"


def test_the_map_and_its_summary():
    at = visit(GAPS)
    assert heading(at) == "Where need is high and help is far: the Leeds City Region"
    assert told(at)["counts"] == [1, 0, 1, 1, 2, 1, 0, 0, 1]
    assert "1 (14%) is both in the third of the region with most need" in words(at)
    assert "1,500 people live there" in words(at)


def test_why_one_is_high():
    said = words(visit(GAPS, area=CODE["B1"]))
    assert "Gap: 0.83 (need) × 0.93 (poor reach) × 100 = 77; place 1 of 7" in said
    assert "nearest help that counts is Ayton Enterprise Centre" in said or "Beeton Trust" in said


def test_the_widest_gaps_open_by_a_button():
    at = visit(GAPS)
    at.button(key=f"gap-{CODE['B1']}").click().run()
    assert link(at)["area"] == CODE["B1"]
    assert "place 1 of 7" in words(at)


def test_compared_with_the_district_alone():
    at = visit(GAPS, focus="Beeton", among="view")
    assert "of Beeton with most need" in words(at)
    assert told(at)["counts"][8] == 1


def test_a_weight_changes_the_index_and_the_link():
    at = visit(GAPS, index="income-share.1,crime.2")
    opened(at, "weights").slider(key="choose_weight_income-share").set_value(5).run()
    assert link(at)["index"] == "income-share.5,crime.2"


def test_an_indicator_can_be_added_and_turned_round():
    at = visit(GAPS, index="income-share.3,crime.2")
    opened(at, "mix").multiselect(key="choose_index").set_value(["income-share", "density"]).run()
    assert link(at)["index"] == "income-share.3,density.1"
    at.multiselect(key="choose_turned").set_value(["density"]).run()
    assert link(at)["index"] == "income-share.3,density.1.turned"


def test_an_index_of_nothing_is_not_possible():
    at = visit(GAPS, index="income-share.3")
    opened(at, "mix").multiselect(key="choose_index").set_value([]).run()
    assert link(at)["index"] == "income-share.3"


def test_nothing_to_serve_is_a_sentence():
    at = visit(GAPS, places="library", stage="start_up", unconfirmed="yes")
    assert not at.exception
    none = visit(GAPS, places="bank")
    assert "Nothing that we know of counts as this kind of help" in words(none)
    assert not none.exception and not none.get("component_instance")


def test_an_index_that_says_nothing_is_said():
    at = visit(GAPS, index="survival-3.1", show="need")
    assert not at.exception
    assert "is the same or missing everywhere" in warnings(at)[0]


def test_an_area_that_is_not_compared():
    assert "not among the neighbourhoods" in words(visit(GAPS, focus="Beeton", among="view", area=CODE["A1"]))


def test_what_is_kept_is_shared_so_never_changed():
    before = _worked.people().copy()
    visit(GAPS, table="yes", capacity="yes", measure="decayed")
    np.testing.assert_array_equal(before, _worked.people())
