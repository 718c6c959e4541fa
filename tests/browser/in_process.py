"""A few of our pages with a small server of their own, in this process: so a test holds the helm itself."""

import asyncio
import threading
from collections.abc import Sequence
from pathlib import Path

import uvicorn
from starlette.applications import Starlette
from starlette.routing import BaseRoute

from data.workshop.live import Session
from data.workshop.rooms import Rooms
from tests.ports import HOST, free_port
from tests.workshop import whereabouts


class InProcess:
    """Sessions in a file, and a server of some pages. It can be stopped and started again: same port, same file."""

    session: Session
    """The session that the tests are about."""

    def __init__(self, store, file: Path, routes: Sequence[BaseRoute], host: str = HOST):
        self.store, self.where, self.file = store, whereabouts(store), file
        self.host, self.port, self._routes = host, free_port(host), routes
        self.rooms: Rooms | None = Rooms(file, whereabouts=self.where)

    @property
    def origin(self):
        return f"http://{self.host}:{self.port}"

    @property
    def room(self):
        return self.rooms.room(self.session.id)

    @property
    def helm(self):
        return self.rooms.helm(self.session.id, self.session.key)

    def start(self):
        """Serve; the same file as before."""
        if self.rooms is None:
            self.rooms = Rooms(self.file, whereabouts=self.where)
        site = Starlette(routes=self._routes)
        config = uvicorn.Config(site, host=self.host, port=self.port, log_level="critical", timeout_graceful_shutdown=1)
        self._server = uvicorn.Server(config)
        self._thread = threading.Thread(target=lambda: asyncio.run(self._server.serve()), daemon=True)
        self._thread.start()
        while not self._server.started:
            self._thread.join(0.01)

    def stop(self):
        """Stop the server and let go of the file."""
        if self.rooms is None:
            return
        self._server.should_exit = self._server.force_exit = True
        self._thread.join(10)
        self.rooms.close()
        self.rooms = None
