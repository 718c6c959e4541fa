"""How a room stands, and how each thing that a presenter does changes it. Pure: a standing in, a standing out."""

import json
from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Any

from data.workshop.book import WorkshopError
from data.workshop.live import Life, State
from data.workshop.scenes import Scene

_SETS = ("asking", "revealed")


@dataclass(frozen=True, kw_only=True)
class Standing:
    """A state with what it was before."""

    state: State
    opened: frozenset[str] = frozenset()
    """Ids of scenes whose questions have been opened once: showing them again opens nothing."""
    paused: frozenset[str] = frozenset()
    """Ids of scenes whose questions were open when the session ended: they open again with it."""


def shown(now: Standing, scenes: Sequence[Scene], *, position: int) -> Standing:
    """Another scene is shown.

    Raises
    ------
    WorkshopError
        If there is no scene at this position.
    """
    if isinstance(position, bool) or not isinstance(position, int) or not 0 <= position < len(scenes):
        raise WorkshopError(f"There is no scene {position!r}: they are counted from 0 to {len(scenes) - 1}.")
    return _asked_once(replace(now, state=replace(now.state, scene=position)), scenes)


def blanked(now: Standing, _: Sequence[Scene], *, on: bool) -> Standing:
    """Nothing is shown, or again what was."""
    return replace(now, state=replace(now.state, blank=bool(on)))


def told_how_to_join(now: Standing, _: Sequence[Scene], *, on: bool) -> Standing:
    """The way to join is shown over the map, or no longer."""
    return replace(now, state=replace(now.state, joining=bool(on)))


def opened(now: Standing, scenes: Sequence[Scene]) -> Standing:
    """The session is open; what was being asked when it ended is asked again."""
    if now.state.life is Life.OPEN:
        return now
    state = replace(now.state, life=Life.OPEN, asking=now.state.asking | now.paused)
    return _asked_once(replace(now, state=state, paused=frozenset()), scenes)


def ended(now: Standing, _: Sequence[Scene]) -> Standing:
    """The session has ended, and asks nothing."""
    if now.state.life is Life.ENDED:
        return now
    return replace(
        now, state=replace(now.state, life=Life.ENDED, asking=frozenset(), joining=False), paused=now.state.asking
    )


def asked(now: Standing, scenes: Sequence[Scene], *, scene_id: str, on: bool) -> Standing:
    """A scene's question is open or closed.

    Raises
    ------
    WorkshopError
        If the session is not open, or there is no such question.
    """
    scene = _scene(scenes, scene_id)
    if scene.question is None:
        raise WorkshopError(f"The scene “{scene.title}” asks nothing. Choose one that has a question.")
    if on and now.state.life is not Life.OPEN:
        raise WorkshopError("The session is not open, so nothing can be asked. Open it first.")
    asking = now.state.asking | {scene_id} if on else now.state.asking - {scene_id}
    return replace(now, state=replace(now.state, asking=asking), opened=now.opened | {scene_id})


def revealed(now: Standing, scenes: Sequence[Scene], *, scene_id: str, on: bool) -> Standing:
    """The room sees a scene's answers, or no longer.

    Raises
    ------
    WorkshopError
        If there is no such scene.
    """
    _scene(scenes, scene_id)
    now_seen = now.state.revealed | {scene_id} if on else now.state.revealed - {scene_id}
    return replace(now, state=replace(now.state, revealed=now_seen))


def prepared(now: Standing, before: Sequence[Scene], after: Sequence[Scene]) -> Standing:
    """Other scenes take the place of those before: what is said of a scene stays with its id."""
    asks = frozenset(scene.id for scene in after if scene.question)
    ids = [scene.id for scene in after]
    here = before[now.state.scene].id
    position = ids.index(here) if here in ids else min(now.state.scene, len(ids) - 1)
    state = replace(
        now.state, scene=position, asking=now.state.asking & asks, revealed=now.state.revealed & frozenset(ids)
    )
    return _asked_once(replace(now, state=state, opened=now.opened & asks, paused=now.paused & asks), after)


def as_text(now: Standing) -> str:
    """A standing as JSON; its version is not kept, because a new life begins above all versions of the one before."""
    state = now.state
    told: dict[str, Any] = {
        "life": state.life.value,
        "scene": state.scene,
        "blank": state.blank,
        "joining": state.joining,
    }
    told |= {name: sorted(getattr(state, name)) for name in _SETS}
    return json.dumps(told | {"opened": sorted(now.opened), "paused": sorted(now.paused)})


def from_text(text: str, *, version: int) -> Standing:
    """A standing from its JSON."""
    told = json.loads(text)
    sets = {name: frozenset(told[name]) for name in _SETS}
    state = State(
        version=version,
        life=Life(told["life"]),
        scene=told["scene"],
        blank=told["blank"],
        joining=told["joining"],
        **sets,
    )
    return Standing(state=state, opened=frozenset(told["opened"]), paused=frozenset(told["paused"]))


def _asked_once(now: Standing, scenes: Sequence[Scene]) -> Standing:
    """The question of the scene shown is open if it has never been, and the session is."""
    scene = scenes[now.state.scene]
    if now.state.life is not Life.OPEN or scene.question is None or scene.id in now.opened:
        return now
    state = replace(now.state, asking=now.state.asking | {scene.id})
    return replace(now, state=state, opened=now.opened | {scene.id})


def _scene(scenes: Sequence[Scene], scene_id: str) -> Scene:
    found = next((scene for scene in scenes if scene.id == scene_id), None)
    if found is None:
        raise WorkshopError(f"This session has no scene {scene_id!r}. Load the page again to see those it has.")
    return found
