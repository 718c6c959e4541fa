"""What is served: the pages, and what the map loads once. `streamlit run app.py` finds `app`."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

import streamlit as st
from anyio import to_thread
from starlette.requests import Request
from starlette.responses import PlainTextResponse, Response
from starlette.routing import Route

from data.pack import PackError
from data.register.tables import RegisterError
from layers import bid, table  # noqa: F401  (what pages import is loaded before the first visit, all but _draw: the
from pages import (  # noqa: F401  map component registers only with a page that runs)
    _choose,
    _clusters,
    _conditions,
    _edge,
    _panel,
    _room_phone,
    _room_present,
    _room_sheets,
    _shortlist,
    _siting_tell,
    _targets_boxes,
)

FOR_EVER = {"Cache-Control": "public, max-age=31536000, immutable"}


async def map_asset(request: Request) -> Response:
    """One of the map's assets, by an address that holds a hash of its content."""
    try:
        asset = (await to_thread.run_sync(_edge.assets_by_path)).get(request.url.path)
    except (PackError, RegisterError) as error:
        return PlainTextResponse(str(error), status_code=503)
    if asset is None:
        return PlainTextResponse("No such part of the map. Reload the page.", status_code=404)
    headers = FOR_EVER | {"Vary": "Accept-Encoding", "X-Content-Type-Options": "nosniff"}
    if "gzip" in request.headers.get("accept-encoding", ""):
        return Response(asset.gzipped, media_type=asset.media_type, headers=headers | {"Content-Encoding": "gzip"})
    return Response(asset.body, media_type=asset.media_type, headers=headers)


async def health(_request: Request) -> Response:
    """Whether the application is up and its data whole."""
    try:
        await to_thread.run_sync(_edge.register)
    except (PackError, RegisterError) as error:
        return PlainTextResponse(str(error), status_code=503)
    return PlainTextResponse("ok")


@asynccontextmanager
async def warm(_app: st.App) -> AsyncIterator[None]:
    """Have everything ready before the first visitor; what cannot be opened is told on the page, not here."""
    try:
        await to_thread.run_sync(_edge.warm)
    except (PackError, RegisterError) as error:
        print(error)
    _edge.settle()
    yield


app = st.App(
    "pages/_navigation.py",
    routes=[
        Route("/map/{name}", map_asset),
        Route("/health", health),
        *_room_phone.ROUTES,
        *_room_present.ROUTES,
        *_room_sheets.ROUTES,
    ],
    lifespan=warm,
    on_script_error=_edge.apologise,
)
