"""Scenes made ready to be shown in a room, where nothing else is asked: what maps paint, say and come from."""

from collections.abc import Callable
from dataclasses import replace
from urllib.parse import parse_qsl

from data.workshop.live import Prepared
from data.workshop.scenes import Scene, Story
from layers import render
from layers.outlines import Asset, places_list
from pages import _edge, _steps

_PLACES = Asset("places", b"", "application/json")
"""The places as a presenter's page asks for them: beside itself, as they were when the scenes were prepared."""


def prepared(story: Story, *, heard: Callable[[float], None]) -> tuple[list[Prepared], str]:
    """Every scene of a story ready to be shown, and the places of the same moment as JSON.

    `heard` is told the share that is done (0 to 1) before each scene and at the end; what it raises ends the work. A
    scene may take some ten seconds. Works in any thread.
    """
    made: list[Prepared] = []
    for scene in story.scenes:
        heard(len(made) / len(story.scenes))
        made.append(_prepared(scene))
    heard(1.0)
    return made, places_list(_edge.places())


def shown(scene: Scene) -> _steps.Shown:
    """What a scene shows: as its page does, but looking where the scene says, if it says so."""
    found = _steps.of_page(scene.page, dict(parse_qsl(scene.link)))
    if scene.at is None or scene.zoom is None:
        return found
    look = render.Look(key=f"scene {scene.id}", at=scene.at, zoom=scene.zoom)
    return replace(found, step=replace(found.step, look=look))


def complaints(story: Story) -> list[str]:
    """What of a story's links is not understood, or why a map would lack its point, a sentence each."""
    return [
        f"Scene {i}, “{scene.title}”: {each}"
        for i, scene in enumerate(story.scenes, start=1)
        for each in shown(scene).complaints
    ]


def _prepared(scene: Scene) -> Prepared:
    found = shown(scene)
    return Prepared(
        scene=scene,
        step=render.told(found.step, {"places": _PLACES}),
        summary=found.summary,
        sources=found.sources,
    )
