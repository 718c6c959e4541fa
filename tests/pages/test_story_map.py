"""The map of a scene: the one of its page, where it looks, and another in its place."""

from dataclasses import replace

import pytest

from data.register import stories
from data.workshop.scenes import PAGES, Scene, Story
from pages import _draw, _edge
from tests.pages.desk import EDITOR, at_desk, buttons, links, one, press
from tests.pages.visit import told, visit, warnings
from tests.toytown import TODAY

pytestmark = pytest.mark.usefixtures("in_toytown", "own_register")

PAGE = "workshop.py"
SCENE = Scene(id="s00000001", title="Low incomes", link="layer=income-share&focus=Ayton")
KEEP, LOOK_BACK, TAKE = "Keep this view", "Look where the page looks", "Take the map from"


@pytest.fixture
def moved(monkeypatch):
    """Where the preview's map was moved to; None until it tells."""
    looks = [None]
    drawn = _draw.framed

    def framed(step, **options):
        drawn(step, **options)
        return looks[0]

    monkeypatch.setattr(_draw, "framed", framed)
    return looks


def kept(scene=SCENE):
    story = Story(name="Evening", scenes=(scene,))
    return stories.save(_edge.register(), by=EDITOR, story=story, today=TODAY)


def scene_of(held):
    [scene] = stories.told(stories.one(_edge.register(), held.id)).scenes
    return scene


def opened(held):
    at = at_desk(PAGE, story=held.id)
    assert not at.exception, at.exception[0].message
    return at


def test_the_preview_is_the_map_of_the_page():
    shown = told(opened(kept()))
    assert shown == told(visit(layer="income-share", focus="Ayton"))


def test_a_view_is_kept_and_let_go(moved):
    held = kept()
    at = opened(held)
    assert one(at.button, KEEP).disabled and LOOK_BACK not in buttons(at)
    moved[0] = ((53.81, -1.52), 12.25)
    press(at.run(), KEEP)
    assert (scene_of(held).at, scene_of(held).zoom) == ((53.81, -1.52), 12.25)
    assert told(at)["view"] == {"key": f"scene {SCENE.id}", "bounds": None, "at": [53.81, -1.52], "zoom": 12.25}
    press(at, LOOK_BACK)
    assert scene_of(held) == SCENE
    assert told(at)["view"] == told(visit(layer="income-share", focus="Ayton"))["view"]


def test_a_view_far_outside_the_region_is_refused_in_words(moved):
    held, moved[0] = kept(), ((48.85, 2.35), 12)
    at = press(opened(held), KEEP)
    assert scene_of(held) == SCENE
    assert any("far outside the region" in each for each in warnings(at))


def test_the_map_can_be_opened_where_it_is_made():
    to = {label: (page, link) for label, page, link in links(opened(kept()))}
    assert to["Open this map to change it"] == ("", {"layer": "income-share", "focus": "Ayton"})


def test_another_map_is_taken_from_a_page_that_was_looked_at(moved):
    held = kept(replace(SCENE, at=(53.8, -1.5), zoom=11.0))
    at = at_desk("gaps.py", show="reach", table="yes")
    at.switch_page(PAGE)
    at.query_params.clear()
    at.query_params["story"] = held.id
    at.run()
    box = one(at.selectbox, TAKE)
    assert box.options == [PAGES["map"], PAGES["gaps"]], "the map is where a visit begins"
    box.set_value("gaps").run()
    assert scene_of(held) == replace(SCENE, page="gaps", link="show=reach"), "and no view of the other map"
    assert told(at)["key"] == "reach lsoa21"


def test_a_shortlist_is_a_map_only_when_one_is_open():
    held = kept()
    at = at_desk("shortlists.py")
    at.switch_page(PAGE)
    at.query_params.clear()
    at.query_params["story"] = held.id
    at.run()
    assert PAGES["shortlists"] not in one(at.selectbox, TAKE).options


def test_what_the_link_asks_for_in_vain_is_said():
    assert any("layer that we do not know" in each for each in warnings(opened(kept(replace(SCENE, link="layer=x")))))
