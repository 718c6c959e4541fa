"""The projector and a phone in a real browser: how long the room waits for a scene, and what a phone has to load."""

import sys
from statistics import median
from typing import Any

from playwright.sync_api import Browser, Page, Request, sync_playwright

from data.workshop.live import Session
from tests.bench.browser import _ARGUMENTS, chromium
from tests.ports import HOST

_CHANGES = 36
_SCREEN, _LAPTOP, _PHONE = ({"width": w, "height": h} for w, h in ((1920, 1080), (1366, 768), (360, 640)))
_NOTE = """
  (() => {
    window.benchPressed = 0;
    addEventListener("keydown", (e) => { window.benchPressed = performance.timeOrigin + e.timeStamp; }, true);
    const watch = () => new MutationObserver(() => {
      window.benchShown = { scene: document.body.dataset.scene, at: performance.timeOrigin + performance.now() };
    }).observe(document.body, { attributeFilter: ["data-scene"] });
    if (document.body) watch(); else addEventListener("DOMContentLoaded", watch);
  })();
"""
"""Kept by each window: when a key was pressed in it, and when it had painted which scene, on the clock of both."""


def on_screens(port: int, session: Session) -> dict[str, float]:
    """The figures of a session's screens, while nobody else is there."""
    path = chromium()
    if path is None:
        print("No Chromium here: the projector's figures are left out. Set CHROMIUM to its path.", file=sys.stderr)
        return {}
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=path, args=_ARGUMENTS)
        try:
            return _projector(browser, port, session) | _phone(browser, port, session)
        finally:
            browser.close()


def _projector(browser: Browser, port: int, session: Session) -> dict[str, float]:
    """Milliseconds from a key, pressed on the projector's window or on the laptop's, to the painted scene."""
    context = browser.new_context(viewport=_LAPTOP)
    context.add_init_script(_NOTE)
    desk = context.new_page()
    desk.goto(f"http://{HOST}:{port}/present/{session.id}/enter?key={session.key}")
    screen = context.new_page()
    screen.set_viewport_size(_SCREEN)
    screen.goto(f"http://{HOST}:{port}/present/{session.id}/screen")
    for page in (screen, desk):
        page.wait_for_function("() => document.body.dataset.scene !== undefined")
    screen.bring_to_front()  # a projector's window is never hidden behind the laptop's
    screen.wait_for_timeout(2_000)
    there = _changes(screen, screen, len(session.scenes))
    from_desk = _changes(desk, screen, len(session.scenes))
    context.close()
    return {
        "workshop.present_ms": median(there),
        "workshop.present_p95_ms": _p95(there),
        "workshop.present_from_desk_ms": median(from_desk),
        "workshop.present_from_desk_p95_ms": _p95(from_desk),
    }


def _changes(pressed: Page, screen: Page, scenes: int) -> list[float]:
    """Each change's milliseconds, forwards through all scenes and back again, a breath apart as a speaker goes."""
    took = []
    scene, step = int(screen.evaluate("document.body.dataset.scene")), 1
    while len(took) < _CHANGES:
        step = -1 if scene == scenes - 1 else 1 if scene == 0 else step
        scene += step
        pressed.keyboard.press("ArrowRight" if step > 0 else "ArrowLeft")
        screen.wait_for_function("scene => document.body.dataset.scene === scene", arg=str(scene))
        took.append(screen.evaluate("window.benchShown.at") - pressed.evaluate("window.benchPressed"))
        screen.wait_for_timeout(700)
    return took


def _phone(browser: Browser, port: int, session: Session) -> dict[str, float]:
    """Bytes that a phone loads until it has had its first news, heads and all."""
    context = browser.new_context(viewport=_PHONE, is_mobile=True, has_touch=True)
    page, loaded = context.new_page(), list[Request]()
    page.on("requestfinished", lambda request: loaded.append(request))
    with page.expect_response(lambda reply: "/now" in reply.url):
        page.goto(f"http://{HOST}:{port}/j/{session.code}")
    page.wait_for_timeout(1_500)
    total = sum(_weight(request) for request in loaded)
    context.close()
    return {"workshop.phone_bytes": float(total), "workshop.phone_requests": float(len(loaded))}


def _weight(request: Request) -> int:
    sizes: dict[str, Any] = dict(request.sizes())
    return sum(int(size) for size in sizes.values())


def _p95(times: list[float]) -> float:
    return sorted(times)[int(0.95 * len(times))]
