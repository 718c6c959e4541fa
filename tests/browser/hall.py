"""A hall with its own small server: the phone's pages alone, in this process, so that a test holds the helm itself."""

import asyncio
import threading
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path

import uvicorn
from starlette.applications import Starlette

from data.workshop.rooms import Rooms
from geo.areas import Geography
from pages import _edge
from pages._room_phone import ROUTES
from tests.browser.visitor import Visitor, expect
from tests.ports import free_port
from tests.workshop import a_session, whereabouts

__all__ = ["Hall", "Phone", "expect"]


class Hall:
    """One session and the server that phones ask. It can be stopped and started again: same port, same file."""

    def __init__(self, store, file: Path, monkeypatch, story=None, host="127.0.0.1"):
        self.store, self.where = store, whereabouts(store)
        self.file, self.host, self.port = file, host, free_port()
        monkeypatch.setattr(_edge, "rooms", lambda: self.rooms)
        monkeypatch.setattr(_edge, "store", lambda: store)
        self.rooms = Rooms(file, whereabouts=self.where)
        self.session = a_session(self.rooms, story)
        self.start()

    @property
    def origin(self):
        return f"http://{self.host}:{self.port}"

    @property
    def link(self):
        return f"{self.origin}/j/{self.session.code}"

    @property
    def room(self):
        return self.rooms.room(self.session.id)

    @property
    def helm(self):
        return self.rooms.helm(self.session.id, self.session.key)

    def show(self, scene):
        """Show the scene of this id to the room; its question opens."""
        self.helm.show([each.id for each in self.session.scenes].index(scene))

    def hold_words(self):
        """Let what people write wait for the facilitator."""
        self.helm.settle(replace(self.session.settings, hold_words=True))

    @property
    def names(self):
        """Local names by MSOA code."""
        shapes = self.store.shapes(Geography.MSOA21)
        return dict(zip(shapes["code"], shapes["local_name"], strict=True))

    def values(self):
        """What is kept, in the order in which it came."""
        return [each.value for each in self.room.answers()]

    def start(self):
        """Serve; the same file as before."""
        if self.rooms is None:
            self.rooms = Rooms(self.file, whereabouts=self.where)
        config = uvicorn.Config(
            Starlette(routes=ROUTES), host=self.host, port=self.port, log_level="critical", timeout_graceful_shutdown=1
        )
        self.server = uvicorn.Server(config)
        self.thread = threading.Thread(target=lambda: asyncio.run(self.server.serve()), daemon=True)
        self.thread.start()
        while not self.server.started:
            self.thread.join(0.01)

    def stop(self):
        """Stop the server and let go of the file."""
        self.server.should_exit = self.server.force_exit = True
        self.thread.join(10)
        self.rooms.close()
        self.rooms = None


class Phone(Visitor):
    """Someone's phone in the hall. What the browser notes of refused or lost requests is no trouble."""

    hall: Hall

    @classmethod
    @contextmanager
    def of(cls, browser, hall, **settings):
        """A phone of its own, which has asked for nothing yet."""
        with browser.new_context(service_workers="block", **settings) as context:
            someone = cls(context, hall.origin)
            someone.hall = hall
            yield someone
            someone.page.close()
        assert not someone.troubles, "\n".join(someone.troubles)

    def _console(self, message):
        if "Failed to load resource" not in message.text:
            super()._console(message)

    def join(self, query=""):
        """Open the session's page, as its QR code does."""
        self.page.goto(self.hall.link + query)

    @property
    def heading(self):
        """What the page is about now."""
        return self.page.get_by_role("heading", level=1)

    @property
    def said(self):
        """What became of each answer."""
        return self.page.locator(".said:not(:empty)")

    @property
    def where(self):
        """Where the pin is, in words."""
        return self.page.locator(".where:visible")

    def send(self):
        """Send the form that is open."""
        self.page.locator("button[type=submit]:visible", has_text="Send").first.click()

    def tab_to(self, name):
        """Press Tab until this has the focus."""
        for _ in range(40):
            self.page.keyboard.press("Tab")
            if self.page.evaluate(_NAME).startswith(name):
                return
        raise AssertionError(f"no Tab leads to {name!r}")

    def tap_map(self, across, down):
        """Tap the map, so far of its width and height."""
        box = self.page.locator(".ground").bounding_box()
        self.page.touchscreen.tap(box["x"] + box["width"] * across, box["y"] + box["height"] * down)

    def drag_map(self, right, down):
        """Drag the map with one finger."""
        self.page.locator(".ground").evaluate(_DRAG, [right, down])


_NAME = """() => { const e = document.activeElement; return (e.getAttribute("aria-label")
  || (e.labels && e.labels[0] && e.labels[0].textContent) || e.textContent || "").trim(); }"""

_DRAG = """(ground, by) => {
  const box = ground.getBoundingClientRect(), x = box.left + box.width / 2, y = box.top + box.height / 2;
  const at = (k) => new Touch({ identifier: 1, target: ground, clientX: x + by[0] * k, clientY: y + by[1] * k });
  const tell = (name, touches) => ground.dispatchEvent(new TouchEvent(name, { touches: touches, targetTouches: touches,
    changedTouches: touches, bubbles: true, cancelable: true }));
  tell("touchstart", [at(0)]);
  for (let k = 1; k <= 5; k++) tell("touchmove", [at(k / 5)]);
  tell("touchend", []);
}"""
