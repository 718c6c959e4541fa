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
from data.workshop.room import Room
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
    here = seat(request, room, person)
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
    fields = await body(request)
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
    try:
        stands = await _keep(request, room, person, raw)
    except AnswerError as error:
        raise RefusedError(422, error.words) from error
    return told({"ok": True, "id": raw["id"], "turn": raw["turn"], "seen": stands.seen.value if stands else "gone"})


async def _by_form(request: Request, room: Room, person: int, fields: Mapping[str, Any]) -> Response:
    say = spoken(request).say
    questions = {each.scene.id: each.scene.question for each in room.prepared}
    scene, turn = str(fields.get("scene")), max(0, _whole(str(fields.get("turn", ""))))
    if (question := questions.get(scene)) is None:
        raise RefusedError(422, say("problem_closed"))
    raw: dict[str, Any] = {"id": fields.get("id"), "scene": scene, "turn": turn, "value": None}
    try:
        raw["value"] = phone.from_form(question, fields)
        await _keep(request, room, person, raw)
    except (AnswerError, phone.UnfilledError) as error:
        n = len(question.options) if question.kind == "rank" else question.most
        words = error.words if isinstance(error, AnswerError) else say(error.key, n=n)
        given = phone.Slot(
            id=str(raw["id"]), turn=max(0, turn - 1), value=raw["value"] or phone.as_typed(fields), problem=words
        )
        return await session_page(request, room, person, phone_pages.Told(given=given), status=422)
    done = {"scene": scene, "said": "sent" if raw["value"] else "gone"}
    return elsewhere(to_session(room.session.code, done, carried(request)))


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
