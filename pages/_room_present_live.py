"""What the presenter's windows hear while they are open, and what they do."""

import hashlib
import time
import weakref
from collections.abc import Callable
from dataclasses import dataclass, replace
from typing import Any

from anyio import to_thread
from starlette.requests import Request
from starlette.responses import Response

from data.workshop.helm import Helm
from data.workshop.live import Life, Seen, Settings, State
from data.workshop.room import Room
from data.workshop.rooms import WorkshopError
from data.workshop.scenes import Scene
from layers.find import NotFoundError
from layers.find import find as named
from layers.workshop import present
from layers.workshop.results import results
from pages import _edge
from pages._room_guard import RefusedError, body, guarded, own_site, told
from pages._room_present_who import presenting

POLL_SECONDS, APART_SECONDS = 6.0, 0.25
"""How long a window waits for news at most, and how far apart two tellings of it are at least."""

_STALE_SECONDS = 1.0
_FOUND = 8
_BAD = "That cannot be done. Reload the page and try again."


# ---- what is heard -----------------------------------------------------------------------------------------------


@dataclass(frozen=True)
class _News:
    """What one kind of window was told last, when (monotonic seconds), and what it was made from."""

    live: int
    at: float
    told: dict[str, Any]


_kept: "weakref.WeakKeyDictionary[Room, dict[bool, _News]]" = weakref.WeakKeyDictionary()
"""By room, for the projector or not: everybody who waits is told the same, worked out once."""


@guarded
async def live(request: Request) -> Response:
    """News since `after`, as soon as there are any; at most every quarter of a second."""
    room = presenting(request).room
    for_room = request.query_params.get("screen") == "yes"
    await room.heard(_number(request.query_params.get("after", "")), seconds=POLL_SECONDS)
    last = _kept.get(room, {}).get(for_room)
    if last and last.live != room.live and (early := last.at + APART_SECONDS - time.monotonic()) > 0:
        await room.changed(last.told["state"]["version"], seconds=early)  # another scene does not wait
    return told(_news(room, for_room=for_room).told)


def _number(text: str) -> int:
    return int(text) if text.isascii() and text.isdigit() and len(text) < 19 else -1


def _news(room: Room, *, for_room: bool) -> _News:
    kept, now = _kept.setdefault(room, {}), time.monotonic()
    last = kept.get(for_room)
    if last is None or last.live != room.live or now - last.at > _STALE_SECONDS:
        number = room.live  # before what is read, so that nothing newer than it says goes unheard
        last = kept[for_room] = _News(number, now, (_for_the_room if for_room else _for_the_desk)(room, number))
    return last


def _for_the_room(room: Room, number: int) -> dict[str, Any]:
    """What the projector may show: only answers that are revealed, and no number that a small one follows from."""
    state, settings = room.state, room.session.settings
    scene = _shown(room, state)
    heard = _heard(room, number, state, settings)
    if scene.id not in state.revealed:
        return heard | {"results": None}
    return heard | {"results": _results(room, scene, hide_small=settings.hide_small)}


def _for_the_desk(room: Room, number: int) -> dict[str, Any]:
    """All that the presenter may see: the true numbers, who has answered, and the words that wait or are hidden."""
    state, answers = room.state, room.answers()
    scene = _shown(room, state)
    return _heard(room, number, state, room.session.settings) | {
        "results": _results(room, scene, hide_small=False),
        "people": present.people_told(room.people(), scene.id),
        "held": present.waiting(answers, Seen.HELD),
        "hidden": present.waiting(answers, Seen.HIDDEN),
    }


def _heard(room: Room, number: int, state: State, settings: Settings) -> dict[str, Any]:
    """What every window hears."""
    told = present.state_told(state, settings)
    return {"live": number, "made": made(room), "state": told, "of": _shown(room, state).id}


def _shown(room: Room, state: State) -> Scene:
    """The scene that is shown; `state` is read once, so that no other scene's answers are taken for this one's."""
    return room.prepared[min(state.scene, len(room.prepared) - 1)].scene


def _results(room: Room, scene: Scene, *, hide_small: bool) -> dict[str, Any] | None:
    if scene.question is None:
        return None
    return results(scene, room.answers(), names=_edge.msoa_names(), hide_small=hide_small)


_made: "weakref.WeakKeyDictionary[Room, tuple[object, str]]" = weakref.WeakKeyDictionary()


def made(room: Room) -> str:
    """A name for the scenes as they were prepared: another one after they are prepared again."""
    prepared = room.prepared
    last = _made.get(room)
    if last is None or last[0] is not prepared:
        digest = hashlib.sha256(repr(prepared).encode()).hexdigest()[:16]
        last = _made[room] = (prepared, digest)
    return last[1]


# ---- what is done ------------------------------------------------------------------------------------------------


@guarded
async def do(request: Request) -> Response:
    """One thing that the presenter does; it is done again without harm."""
    own_site(request)
    helm = presenting(request)
    asked = await body(request)
    try:
        state = _done(helm, asked)
    except WorkshopError as error:
        raise RefusedError(409, str(error)) from error
    room = helm.room
    return told({"ok": True, "live": room.live, "state": present.state_told(state, room.session.settings)})


def _done(helm: Helm, asked: dict[str, Any]) -> State:
    ways: dict[str, Callable[[], State]] = {
        "show": lambda: helm.show(_whole(asked, "scene")),
        "blank": lambda: helm.blank(_flag(asked)),
        "joining": lambda: helm.joining(_flag(asked)),
        "ask": lambda: helm.ask(_text(asked, "scene_id"), _flag(asked)),
        "reveal": lambda: helm.reveal(_text(asked, "scene_id"), _flag(asked)),
        "small": lambda: _small(helm, hide=_flag(asked)),
        "open": lambda: helm.open() if helm.room.state.life is not Life.OPEN else helm.room.state,
        "end": lambda: helm.end() if helm.room.state.life is Life.OPEN else helm.room.state,
        "moderate": lambda: _moderated(helm, asked),
    }
    if (what := _text(asked, "do")) not in ways:
        raise RefusedError(400, _BAD)
    return ways[what]()


def _small(helm: Helm, *, hide: bool) -> State:
    settings = helm.room.session.settings
    if settings.published and not hide:
        raise RefusedError(
            409, "The pins of this session are public, and so would its small numbers be. Unpublish first."
        )
    return helm.settle(replace(settings, hide_small=hide))


def _moderated(helm: Helm, asked: dict[str, Any]) -> State:
    kinds = {each.value: each for each in (Seen.SHOWN, Seen.HIDDEN)}
    if (seen := kinds.get(_text(asked, "seen"))) is None:
        raise RefusedError(400, _BAD)
    turn = _whole(asked, "turn") if asked.get("turn") is not None else None
    return helm.moderate(_text(asked, "answer"), seen, turn=turn)


def _text(asked: dict[str, Any], name: str) -> str:
    if not isinstance(value := asked.get(name), str):
        raise RefusedError(400, _BAD)
    return value


def _whole(asked: dict[str, Any], name: str) -> int:
    if not isinstance(value := asked.get(name), int) or isinstance(value, bool):
        raise RefusedError(400, _BAD)
    return value


def _flag(asked: dict[str, Any]) -> bool:
    if not isinstance(value := asked.get("on"), bool):
        raise RefusedError(400, _BAD)
    return value


# ---- "show us our street" ----------------------------------------------------------------------------------------


@guarded
async def find(request: Request) -> Response:
    """What goes by some words, and where the map should look for each."""
    await to_thread.run_sync(presenting, request)
    return told(await to_thread.run_sync(_found, request.query_params.get("words", "")))


def _found(words: str) -> dict[str, Any]:
    try:
        hits = named(_edge.store(), _edge.places(), words)[:_FOUND]
    except NotFoundError as error:
        return {"found": [], "words": str(error)}
    looks = [_edge.look(hit.name if hit.kind == "postcode" else hit.code, ()) for hit in hits]
    return {"found": [present.found_told(hit, *look) for hit, look in zip(hits, looks, strict=True)], "words": ""}
