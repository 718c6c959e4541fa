"""The page of gaps: every choice on either pack, and by hand on Toytown."""

import pytest

from layers.plan.choices import MEASURES, SHOWS
from layers.plan.need import PRESETS
from pages import _edge
from tests.pages.visit import link, map_script, told, visit, words

pytestmark = pytest.mark.usefixtures("on_either_pack")

GAPS = "gaps.py"


def a_code():
    return _edge.areas("lsoa21")["code"].iloc[0]


@pytest.mark.parametrize("show", list(SHOWS))
@pytest.mark.parametrize("measure", list(MEASURES))
def test_every_map_is_drawn_and_told(show, measure):
    at = visit(GAPS, show=show, measure=measure, within="10000", unconfirmed="yes")
    assert not at.exception
    sent = told(at)
    assert sum(sent["counts"]) + sent["missing"] == len(_edge.areas("lsoa21"))
    assert ("grid" in sent) == (show == "both")
    assert "neighbourhoods in" in words(at)


@pytest.mark.parametrize("preset", [preset.key for preset in PRESETS])
def test_every_ready_made_index(preset):
    at = visit(GAPS)
    at.selectbox(key="choose_preset").set_value(preset).run()
    assert not at.exception
    expected = next(each.indicators for each in PRESETS if each.key == preset)
    assert len(link(at).get("index", "").split(",")) == (1 if expected == PRESETS[0].indicators else len(expected))


def test_the_table_and_the_words_say_the_same_as_the_map():
    at = visit(GAPS, table="yes", area=a_code())
    assert not at.exception
    [table] = at.dataframe
    assert len(table.value) == len(_edge.areas("lsoa21"))
    worst = (table.value["Need and reach together"] == "more need, poor reach").sum()
    assert told(at)["counts"][-1] == worst
    assert f" {worst:,} (" in words(at)


def test_other_choices_leave_the_map_mounted():
    first, second = visit(GAPS), visit(GAPS, show="need", index="crime.5", detour="150", within="500")
    assert map_script(first) == map_script(second)
