"""What a presenter's laptop and the projector are served: two pages, one map, and the scenes."""

from importlib.resources import files
from typing import Any

from anyio import to_thread
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from data.workshop.room import Room
from layers.workshop import present
from pages import _edge, _shortlist
from pages._room_guard import RefusedError, elsewhere, guarded, page, policy, told, written
from pages._room_present_join import secure, ways
from pages._room_present_live import do, find, live, made
from pages._room_present_who import cookie, helm_of
from pages._room_present_who import presenting as presenting

_POLICY = policy(
    script_src="'self'",
    style_src="'self'",
    font_src="'self'",
    frame_src="'self'",
    frame_ancestors="'self'",
)

_WINDOWS = ("desk", "screen", "sheets")
"""What the presenter's link may open."""


@guarded
async def enter(request: Request) -> Response:
    """The presenter's link: the key goes from the address into a cookie, and the desk or another window is opened."""
    id_, key = request.path_params["id"], request.query_params.get("key", "")
    await to_thread.run_sync(helm_of, id_, key)
    asked = request.query_params.get("to", "")
    to = asked if asked in _WINDOWS else "desk"
    return elsewhere(f"/present/{id_}/{to}", headers={"Set-Cookie": cookie(id_, key, secure=secure(request))})


@guarded
async def desk(request: Request) -> Response:
    """The presenter's page."""
    return await to_thread.run_sync(_desk, request)


@guarded
async def screen(request: Request) -> Response:
    """The projector's page."""
    return await to_thread.run_sync(_screen, request)


@guarded
async def stage(request: Request) -> Response:
    """One map, for a frame in either page."""
    await to_thread.run_sync(presenting, request)
    return page(present.stage(await to_thread.run_sync(_parts)), policy=_POLICY)


@guarded
async def scenes(request: Request) -> Response:
    """All scenes, ready to be shown."""
    helm = await to_thread.run_sync(presenting, request)
    return told(await to_thread.run_sync(present.scenes_told, helm.room.prepared))


@guarded
async def places(request: Request) -> Response:
    """The places that the scenes' maps draw."""
    helm = await to_thread.run_sync(presenting, request)
    return written(helm.room.places)


def _desk(request: Request) -> Response:
    try:
        room = presenting(request).room
    except RefusedError as error:
        return _refused(request, error)
    older = room.session.pack != _shortlist.pack()
    return page(present.desk(room.session, _now(room), **_with(request), older=older), policy=_POLICY)


def _screen(request: Request) -> Response:
    try:
        room = presenting(request).room
    except RefusedError as error:
        return _refused(request, error)
    return page(present.screen(room.session, _now(room), **_with(request)), policy=_POLICY)


def _now(room: Room) -> dict[str, Any]:
    """How the room stands as a page is opened."""
    state = present.state_told(room.state, room.session.settings)
    return {"live": -1, "made": made(room), "state": state}


def _with(request: Request) -> dict[str, Any]:
    return {"ways": ways(request), "font": _font(), "parts": _parts()}


def _parts() -> dict[str, Any]:
    return _edge.map_assets() | present.assets()


def _font() -> str:
    """Where the lettering of the application's other pages is served; "" if this release keeps it elsewhere."""
    media = files("streamlit") / "static" / "static" / "media"
    names = [each.name for each in media.iterdir()] if media.is_dir() else []
    return next((f"/static/media/{name}" for name in names if name.startswith("SourceSansVF-Upright.")), "")


def _refused(request: Request, error: RefusedError) -> Response:
    """A kind page for whoever may not present; anything else is refused in the usual way."""
    if error.status != 403:
        raise error
    html = present.refused(error.words, here=request.url.path, parts=_parts())
    return page(html, status=403, policy=_POLICY)


ROUTES: list[Route] = [
    Route("/present/{id}/enter", enter),
    Route("/present/{id}/desk", desk),
    Route("/present/{id}/screen", screen),
    Route("/present/{id}/stage", stage),
    Route("/present/{id}/scenes", scenes),
    Route("/present/{id}/places", places),
    Route("/present/{id}/live", live),
    Route("/present/{id}/find", find),
    Route("/present/{id}/do", do, methods=["POST"]),
]
