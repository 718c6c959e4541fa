"""Every template on Toytown and on the built-in pack: each scene can be shown, for all districts and for one."""

import json

import pytest

from data.workshop.scenes import as_json, from_json, problems
from layers.workshop.story_templates import TEMPLATES, made
from pages import _edge, _prepare

pytestmark = pytest.mark.usefixtures("on_either_pack")


def of_some(many):
    """The first districts of the pack that is served, by name."""
    return tuple(_edge.areas("district")["name"].iloc[:many])


@pytest.mark.parametrize("many", [0, 1, 2])
@pytest.mark.parametrize("key", TEMPLATES)
def test_every_scene_of_every_template_can_be_shown(key, many):
    story = made(key, of_some(many))
    assert problems(story) == [] and from_json(as_json(story)) == story
    assert _prepare.complaints(story) == []
    heard = []
    ready, places = _prepare.prepared(story, heard=heard.append)
    assert len(heard) == len(ready) + 1 == len(story.scenes) + 1 and heard == sorted(heard) and heard[-1] == 1
    for each in ready:
        told = json.loads(each.step)
        assert each.summary and each.sources and sum(told["counts"]) > 0
        assert len(told["focus"]) == many and told["places"]["url"] == "places"
    assert {place["id"] for place in json.loads(places)} == set(_edge.places()["id"])


@pytest.mark.parametrize("key", TEMPLATES)
def test_its_maps_are_not_all_the_same(key):
    ready, _ = _prepare.prepared(made(key, ()), heard=lambda _: None)
    assert len({each.step for each in ready}) >= len(ready) - 1
