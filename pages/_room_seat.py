"""Whose phone asks, in which room, and the page that it is given."""

import asyncio
import time
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any, TypeVar
from urllib.parse import urlencode

import streamlit as st
from anyio import to_thread
from starlette.requests import Request
from starlette.responses import Response

from data.workshop.codes import as_typed
from data.workshop.live import By, Life
from data.workshop.reading import AnswerError
from data.workshop.room import Room
from layers.outlines import Asset
from layers.workshop import phone, phone_pages
from layers.workshop.phone_map import Areas, Districts, area_codes, area_list, district_list, phone_map
from layers.workshop.phone_words import Language, language
from pages import _edge
from pages._room_guard import RefusedError, page, policy
from pages._room_pace import Clock, Guesses, Pace

COOKIE, KEPT_SECONDS = "foothold_room", 12 * 3_600
"""The one cookie: it says only which answers are this phone's own."""


T = TypeVar("T")


@dataclass(frozen=True)
class Paces:
    """How fast anybody may go."""

    guesses: Guesses
    answers: Pace
    """By session and person."""
    arrivals: Pace
    """New people, by session and address: a whole hall may come through one address at once."""
    once: set[str] = field(default_factory=set)
    """Codes that have been a session's: when it is deleted, its phones still ask, and that is no guessing."""


class UnknownCodeError(RefusedError):
    """A code that is no session's, or one too many of them."""


def new_paces(clock: Clock = time.monotonic) -> Paces:
    """Everybody's pace from now on."""
    answers, arrivals = Pace(burst=10, a_minute=30, clock=clock), Pace(burst=600, a_minute=120, clock=clock)
    return Paces(Guesses(clock=clock), answers, arrivals)


@st.cache_resource(show_spinner=False)
def paces() -> Paces:
    """What everybody's pace is held against, for as long as the application runs."""
    return new_paces()


@st.cache_resource(show_spinner=False)
def outlines() -> Asset:
    """The phone's map of the pack."""
    return phone_map(_edge.store())


@st.cache_resource(show_spinner=False)
def areas() -> Areas:
    """The neighbourhoods to choose from. Shared: do not change."""
    return area_list(_edge.store())


@st.cache_resource(show_spinner=False)
def districts() -> Districts:
    """Where the districts are."""
    return district_list(_edge.store())


@st.cache_resource(show_spinner=False)
def codes() -> dict[str, str]:
    """The codes of the neighbourhoods, by name. Shared: do not change."""
    return area_codes(areas())


_loaded: set[Callable[[], object]] = set()


async def kept(make: Callable[[], T]) -> T:
    """What is loaded once and kept: in a thread the first time, for it reads files, and from then on at once."""
    if make in _loaded:
        return make()
    made = await to_thread.run_sync(make)
    _loaded.add(make)
    return made


async def room_of(request: Request) -> Room:
    """The room of the code in the address.

    Raises
    ------
    UnknownCodeError
        404 if there is none; 429 if too many were tried from there. Whoever has a seat in the room is never held up.
    """
    rooms = await kept(_edge.rooms)
    address, pace, code = _address(request), paces(), request.path_params["code"]
    room = rooms.by_code(code)
    if room is not None:
        pace.once.add(room.session.code)
        if room.person(token(request)) is not None:
            return room
    deleted = room is None and as_typed(code) in pace.once
    if not deleted and (wait := pace.guesses.wait(address)):
        raise UnknownCodeError(429, spoken(request).say("wait", n=wait), again=True, wait=wait)
    if room is not None:
        return room
    if not deleted:
        pace.guesses.wrong(address)
    raise UnknownCodeError(404, spoken(request).say("unknown"))


async def joined(request: Request, room: Room, known: str | None) -> tuple[int | None, dict[str, str]]:
    """The number of whoever has this token, a new person if nobody has; and the header that tells their phone.

    Nobody joins a session that has ended; then there is no number.
    """
    if room.person(known) is None:
        if room.state.life is Life.ENDED:
            return None, {}
        if wait := paces().arrivals.wait((room.session.id, _address(request))):
            raise RefusedError(429, spoken(request).say("joins", n=wait), again=True, wait=wait)
    try:
        held, number = await asyncio.wrap_future(room.join(known, by=by(request)))
    except AnswerError as error:
        raise RefusedError(409, error.words) from error
    secure = "; Secure" if request.url.scheme == "https" else ""
    return number, _cookie(room, held, KEPT_SECONDS, secure)


def forgotten(room: Room) -> dict[str, str]:
    """The header that makes a phone forget whose it is."""
    return _cookie(room, "", 0)


def _cookie(room: Room, value: str, seconds: int, besides: str = "") -> dict[str, str]:
    path = f"/j/{room.session.code}"
    return {"Set-Cookie": f"{COOKIE}={value}; Path={path}; Max-Age={seconds}; HttpOnly; SameSite=Lax{besides}"}


def token(request: Request) -> str | None:
    """What this phone keeps."""
    return request.cookies.get(COOKIE) or None


def by(request: Request) -> By:
    """Whether it is somebody's phone or a tablet that goes from hand to hand."""
    return By.TABLET if request.query_params.get("tablet") == "yes" else By.PHONE


def spoken(request: Request) -> Language:
    """The language to speak."""
    return language(request.query_params.get("lang", ""), request.headers.get("accept-language", ""))


def carried(request: Request) -> dict[str, str]:
    """What every address of the page carries on: the tablet's way, and a language that was asked for."""
    asked = request.query_params.get("lang", "").lower()
    tablet = {"tablet": "yes"} if by(request) is By.TABLET else {}
    return tablet | ({"lang": asked} if asked and language(asked).code == asked else {})


def to_session(code: str, *parts: Mapping[str, str]) -> str:
    """The address of a session's page."""
    query = urlencode({name: text for part in parts for name, text in part.items()})
    return f"/j/{code}?{query}" if query else f"/j/{code}"


def _address(request: Request) -> str:
    return request.client.host if request.client else ""


async def seat(request: Request, room: Room, person: int | None, *, wish: str = "") -> phone.Seat:
    """The session as this phone sees it. `wish` is the scene whose question is meant, if the address does not say."""
    return phone.Seat(
        session=room.session,
        state=room.state,
        prepared=room.prepared,
        you=person,
        mine=room.answers_of(person) if person is not None else (),
        wish=wish or request.query_params.get("scene", ""),
        by=by(request),
        carried=tuple(carried(request).items()),
        districts=await kept(districts),
    )


def phone_page(html: str, **options: Any) -> Response:
    """A page of the phone's own style and script, and no others."""
    return page(html, policy=policy(style=phone_pages.style(), script=phone_pages.script()), **options)


async def session_page(
    request: Request, room: Room, person: int | None, told: phone_pages.Told, **options: Any
) -> Response:
    """The whole page of a session for one phone."""
    names, listed = await kept(_edge.msoa_names), await kept(areas)
    asks = {each.scene.question.kind for each in room.prepared if each.scene.question}
    map_ = (await kept(outlines)).path if "place" in asks else ""
    html = phone_pages.room_page(
        await seat(request, room, person, wish=told.scene),
        spoken(request),
        areas=listed,
        names=names,
        told=told,
        map=map_,
    )
    return phone_page(html, **options)
