"""What people’s phones are served: a plain page, and what they answer."""

import asyncio
import random
from collections.abc import Mapping
from typing import Any

from anyio import to_thread
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from data.workshop.codes import as_typed
from data.workshop.live import Answer, Life
from data.workshop.reading import AnswerError
from data.workshop.room import ELSEWHERE, Room
from layers.workshop import phone, phone_pages
from pages import _edge
from pages._room_guard import RefusedError, body, by_script, elsewhere, guarded, own_site, told
from pages._room_seat import (
    UnknownCodeError,
    by,
    carried,
    codes,
    forgotten,
    joined,
    kept,
    outlines,
    paces,
    phone_page,
    room_of,
    seat,
    session_page,
    spoken,
    to_session,
    token,
)

POLL_SECONDS = 6.0
"""How long a phone that asks for news waits when there is none."""

FOR_EVER = "public, max-age=31536000, immutable"

_LONGEST_SENT = 16_384
"""Bytes of an answer: more than the words that fit, in any script, so that what is too long is told by how much."""

_SPREAD_SECONDS = 0.3
"""Within which phones ask for a change of scene, so that they do not all come before whoever presents."""


@guarded
async def code_form(request: Request) -> Response:
    """The form for a session's code; what it sends leads on to the session, if there is one."""
    if code := as_typed(request.query_params.get("code", "")):
        return elsewhere(to_session(code[:12], carried(request)))
    return phone_page(phone_pages.code_page(spoken(request), carried=carried(request)))


@guarded
async def whole_page(request: Request) -> Response:
    """The page of a session. Whoever opens it has joined."""
    try:
        room = await room_of(request)
    except UnknownCodeError as error:
        return _code_again(request, error)
    if request.path_params["code"] != room.session.code:  # the cookie is for one spelling only
        return elsewhere(to_session(room.session.code, carried(request)))
    number, cookie = await joined(request, room, token(request)) if request.method == "GET" else (None, {})
    said = phone_pages.Told(said=request.query_params.get("said", ""))
    return await session_page(request, room, number, said, headers=cookie)


def _code_again(request: Request, error: UnknownCodeError) -> Response:
    """The form for the code, with what was wrong with the last one."""
    html = phone_pages.code_page(
        spoken(request), carried=carried(request), code=as_typed(request.path_params["code"]), problem=error.words
    )
    return phone_page(html, status=error.status, headers={"Retry-After": str(error.wait)} if error.wait else {})


@guarded
async def map_outlines(request: Request) -> Response:
    """The outlines of the phone's map, by an address that holds a hash of them."""
    asset = await kept(outlines)
    if asset.path != request.url.path:
        raise RefusedError(404, "No such map. Reload the page.")
    headers = {"Cache-Control": FOR_EVER, "Vary": "Accept-Encoding", "X-Content-Type-Options": "nosniff"}
    if "gzip" in request.headers.get("accept-encoding", ""):
        return Response(asset.gzipped, media_type=asset.media_type, headers=headers | {"Content-Encoding": "gzip"})
    return Response(asset.body, media_type=asset.media_type, headers=headers)


@guarded
async def now(request: Request) -> Response:
    """How the room stands: at once if it is not as the phone knows it (`after`), else as soon as it changes."""
    room = await room_of(request)
    person = room.person(token(request))
    if person is not None:
        room.here(person)
    elif room.state.life is not Life.ENDED:
        raise RefusedError(401, spoken(request).say("cookies"))
    known = _whole(request.query_params.get("after", ""))
    if known == room.state.version:
        state = await room.changed(known, seconds=POLL_SECONDS)
        if state.version != known:
            await asyncio.sleep(random.uniform(0, _SPREAD_SECONDS))
    here = await seat(request, room, person)
    facts = phone.now(here)
    if here.state.version != known:
        names = await kept(_edge.msoa_names)
        facts |= phone_pages.news(here, spoken(request), names)
    return told(facts)


@guarded
async def answer(request: Request) -> Response:
    """Keep an answer: from the script as JSON, or from a plain form, which then sees the page again."""
    own_site(request)
    room = await room_of(request)
    fields = await body(request, most=_LONGEST_SENT)
    person, say = room.person(token(request)), spoken(request).say
    if person is None:
        raise RefusedError(401, say("ended") if room.state.life is Life.ENDED else say("cookies"))
    if wait := paces().answers.wait((room.session.id, person)):
        raise RefusedError(429, say("fast"), again=True, wait=wait)
    if by_script(request):
        return await _by_script(request, room, person, fields)
    return await _by_form(request, room, person, fields)


async def _keep(request: Request, room: Room, person: int, raw: Mapping[str, Any]) -> Answer | None:
    """Keep a raw answer; on disk when this is done. To find where a pin is takes a moment, so in a thread."""
    value = phone.coded(raw.get("value"), await kept(codes))
    future = await to_thread.run_sync(lambda: room.answer(person, {**raw, "value": value}, by=by(request)))
    return await asyncio.wrap_future(future)


async def _by_script(request: Request, room: Room, person: int, raw: Mapping[str, Any]) -> Response:
    """What became of an answer. Where another page of this phone has changed it since, `stands` tells it as it is."""
    try:
        stands = await _keep(request, room, person, raw)
    except AnswerError as error:
        if error.words != ELSEWHERE:
            raise RefusedError(422, error.words) from error
        stands = _own(room, person, raw["id"])
        return told({"ok": False, "words": error.words, "again": False, "stands": _now(stands)}, status=422)
    reply = {"ok": True, "id": raw["id"], "turn": raw["turn"], "seen": stands.seen.value if stands else "gone"}
    return told(reply | ({"stands": _now(stands)} if _changed_since(stands, raw) else {}))


def _own(room: Room, person: int, id_: object) -> Answer | None:
    """The person's answer of this id as it stands on disk."""
    return next((each for each in room.answers_of(person) if each.id == id_), None)


def _now(stands: Answer | None) -> dict[str, Any] | None:
    return {"turn": stands.turn, "value": phone.raw(stands.value)} if stands else None


def _changed_since(stands: Answer | None, raw: Mapping[str, Any]) -> bool:
    """Whether what stands is not what was sent, but a newer change of it. A late copy of an own change is told so,
    too; the page that sent it knows that itself."""
    return stands.turn > raw["turn"] if stands else raw["value"] is not None


async def _by_form(request: Request, room: Room, person: int, fields: Mapping[str, Any]) -> Response:
    say = spoken(request).say
    questions = {each.scene.id: each.scene.question for each in room.prepared}
    scene, turn = str(fields.get("scene")), max(0, _whole(str(fields.get("turn", ""))))
    if (question := questions.get(scene)) is None:
        raise RefusedError(422, say("problem_closed"))
    raw: dict[str, Any] = {"id": fields.get("id"), "scene": scene, "turn": turn, "value": None}
    try:
        raw["value"] = phone.from_form(question, fields)
        stands = await _keep(request, room, person, raw)
        words = await _elsewhere(request, room, stands) if _changed_since(stands, raw) else ""
    except phone.UnfilledError as error:
        words = say(error.key, n=len(question.options) if question.kind == "rank" else question.most)
    except AnswerError as error:
        ours = error.words == ELSEWHERE
        words = await _elsewhere(request, room, _own(room, person, raw["id"])) if ours else error.words
    if words:
        return await session_page(request, room, person, _again(room, person, raw, fields, words), status=422)
    done = {"scene": scene, "said": "sent" if raw["value"] else "gone"}
    return elsewhere(to_session(room.session.code, done, carried(request)))


def _again(room: Room, person: int, raw: Mapping[str, Any], fields: Mapping[str, Any], words: str) -> phone_pages.Told:
    """What could not be kept, to be shown again: sent once more, it counts as a change of what stands now."""
    stands = _own(room, person, raw["id"])
    fresh = stands is None and raw["turn"] > 1  # taken back elsewhere: what is sent now is another answer
    given = phone.Slot(
        id=phone.new_id() if fresh else str(raw["id"]),
        turn=stands.turn if stands else 0,
        value=raw["value"] or phone.as_typed(fields),
        problem=words,
    )
    return phone_pages.Told(given=given, scene=raw["scene"])


async def _elsewhere(request: Request, room: Room, stands: Answer | None) -> str:
    """The sentence that another page of this phone has changed an answer since, and how it stands."""
    say, names = spoken(request).say, await kept(_edge.msoa_names)
    if stands is None:
        return say("elsewhere_gone")
    scene = next(each.scene for each in room.prepared if each.scene.id == stands.scene)
    return say("elsewhere", answer=phone_pages.in_words(stands.value, scene, names))


def _whole(text: str) -> int:
    return int(text) if text.isascii() and text.isdigit() and len(text) < 16 else -1


@guarded
async def next_person(request: Request) -> Response:
    """A shared tablet goes to the next person: its cookie is theirs from now on."""
    own_site(request)
    room = await room_of(request)
    await body(request)
    number, cookie = await joined(request, room, None)
    if number is None:  # the session has ended: nobody is next, but whoever was there is forgotten
        cookie = forgotten(room)
    if by_script(request):
        return told({"ok": True}, headers=cookie)
    return elsewhere(to_session(room.session.code, carried(request)), headers=cookie)


ROUTES: list[Route] = [
    Route("/j", code_form),
    Route("/j/map/{name}", map_outlines),
    Route("/j/{code}", whole_page),
    Route("/j/{code}/now", now),
    Route("/j/{code}/answer", answer, methods=["POST"]),
    Route("/j/{code}/next", next_person, methods=["POST"]),
]
