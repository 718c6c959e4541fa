""" "Add to story": for editors on every map, for visitors not even a sign of it."""

from dataclasses import replace

import pytest

from data.register import shortlists, stories
from data.register.rights import Actor, Role
from data.workshop.scenes import PAGES, Story, problems
from layers.workshop.story_words import doubts
from pages import _edge, _prepare
from tests.pages.desk import EDITOR, at_desk, buttons, links, press
from tests.pages.visit import heading, told, visit, words
from tests.toytown import CODE, TODAY

pytestmark = pytest.mark.usefixtures("in_toytown", "own_register")

ADD = "Add to story"
LINKS = {
    "map": {"layer": "income-share", "places": "support", "table": "yes"},
    "gaps": {"show": "gap"},
    "targets": {"top": "2"},
    "siting": {"sites": "1", "goal": "median"},
    "shortlists": {},
    "clusters": {"cluster_of": "income-share"},
}


def link_of(page):
    """The link of a page with a map; of shortlists, one that is kept."""
    if page != "shortlists":
        return LINKS[page]
    told = dict.fromkeys(("reasons", "owner", "link", "pack"), "")
    made = shortlists.save(_edge.register(), by=EDITOR, name="Two", codes=[CODE["A1"], CODE["B1"]], today=TODAY, **told)
    return {"list": made.id}


def at_page(page):
    at = at_desk(f"{page}.py", **link_of(page))
    while any("Working it out" in each.value for each in at.markdown):
        at.run()
    return at


def all_stories():
    return [stories.told(each) for each in stories.kept(_edge.register())]


@pytest.mark.parametrize("page", PAGES)
def test_what_is_looked_at_becomes_a_scene_that_shows_the_same(page):
    at = at_page(page)
    press(at, ADD)
    [story] = all_stories()
    [scene] = story.scenes
    assert story.name == "My story" and problems(story) == []
    assert scene.page == page and "table" not in scene.link
    assert scene.title and 0 < len(scene.words.split()) <= 40 and doubts(f"{scene.title} {scene.words}") == []
    assert "Added to “My story”." in words(at)
    shown = _prepare.shown(scene)
    assert shown.complaints == () and shown.step.title == told(at)["label"] and shown.step.unit == told(at)["unit"]
    to = next(link for label, page, link in links(at) if label == "Edit the scene")
    assert to == {"story": stories.kept(_edge.register())[0].id, "scene": scene.id}


@pytest.mark.parametrize("page", PAGES)
def test_a_visitor_is_sent_no_sign_of_it(page):
    at = visit(f"{page}.py", **link_of(page))
    assert not at.exception and ADD not in buttons(at)


def test_what_was_added_is_said_once():
    at = press(at_page("map"), ADD)
    assert "Added to “My story”." not in words(at.run())


def test_it_goes_to_the_story_that_was_worked_on_last_even_on_another_day():
    for name in ("First", "Second"):
        stories.save(_edge.register(), by=EDITOR, story=Story(name=name), today=TODAY)
    first = stories.kept(_edge.register())[-1]
    stories.change(_edge.register(), first.id, lambda story: replace(story, about="x"), by=EDITOR, today=TODAY)
    press(at_page("map"), ADD)
    assert {story.name: len(story.scenes) for story in all_stories()} == {"First": 1, "Second": 0}


def test_the_story_that_is_open_is_worked_on():
    for name in ("First", "Second"):
        stories.save(_edge.register(), by=EDITOR, story=Story(name=name), today=TODAY)
    first = stories.kept(_edge.register())[-1]
    at = at_desk("workshop.py", story=first.id)
    at.switch_page("map.py")
    at.query_params.clear()
    press(at.run(), ADD)
    assert {story.name: len(story.scenes) for story in all_stories()} == {"First": 1, "Second": 0}


def test_nothing_is_added_to_the_story_of_somebody_else():
    stories.save(_edge.register(), by=Actor("Ben", Role.EDITOR), story=Story(name="My story"), today=TODAY)
    press(at_page("map"), ADD)
    assert {story.name: len(story.scenes) for story in all_stories()} == {"My story": 0, "My story (2)": 1}


def test_a_full_story_says_that_it_is_full():
    at = at_page("map")
    press(at, ADD)
    [held] = stories.kept(_edge.register())
    [scene] = stories.told(held).scenes
    many = tuple(replace(scene, id=f"s{number:08x}") for number in range(40))
    stories.change(_edge.register(), held.id, lambda story: replace(story, scenes=many), by=EDITOR, today=TODAY)
    press(at, ADD)
    assert "A story has up to 40 scenes. Divide it into two stories." in words(at)


def test_the_page_stays_as_it_was():
    at = at_page("gaps")
    before = heading(at), told(at)
    press(at, ADD)
    assert (heading(at), told(at)) == before
