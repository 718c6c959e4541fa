"""A hall with its own small server: the phone's pages alone."""

from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path

from geo.areas import Geography
from pages import _edge
from pages._room_phone import ROUTES
from tests.browser.in_process import InProcess
from tests.browser.visitor import Visitor, expect
from tests.ports import HOST
from tests.workshop import a_session

__all__ = ["Hall", "Phone", "expect"]


class Hall(InProcess):
    """One session and the server that phones ask."""

    def __init__(self, store, file: Path, monkeypatch, story=None, host=HOST):
        super().__init__(store, file, ROUTES, host)
        monkeypatch.setattr(_edge, "rooms", lambda: self.rooms)
        monkeypatch.setattr(_edge, "store", lambda: store)
        self.session = a_session(self.rooms, story)
        self.start()

    @property
    def link(self):
        return f"{self.origin}/j/{self.session.code}"

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
