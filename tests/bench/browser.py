"""The same page in a real browser: how long a reader waits, and what moving the map costs."""

import os
import shutil
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from statistics import median
from typing import Any
from urllib.parse import urlsplit

from playwright.sync_api import BrowserContext, Page, Request, TimeoutError, WebSocket, sync_playwright
from streamlit.proto.BackMsg_pb2 import BackMsg
from streamlit.proto.ForwardMsg_pb2 import ForwardMsg

from tests.ports import HOST

_TIMES = 7
_COLD_TIMES = 3
_SETTLED_MS = 1200
# Only this machine can be reached. (Playwright's own way of refusing requests would turn the browser's cache off.)
_ARGUMENTS = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-background-networking",
    f"--host-resolver-rules=MAP * ~NOTFOUND, EXCLUDE {HOST}, EXCLUDE localhost",
]
# Kept by the page: when it was last clicked, and each painting of the map, two frames of the screen after the map
# said so. Times are in milliseconds since the page set out.
_WATCH = """
  if (window === top) {
    window.benchPaints = [];
    const painted = (key) => requestAnimationFrame(() => requestAnimationFrame(() =>
      window.benchPaints.push({key: key, at: performance.now()})));
    const watch = () => {
      const inside = document.querySelector("iframe[src*=streamlit_folium]")?.contentDocument;
      if (inside?.body && inside.URL.startsWith("http") && !inside.benchWatched) {
        inside.benchWatched = true;
        const tell = () => painted(inside.body.dataset.painted);
        new MutationObserver(tell).observe(inside.body, {attributeFilter: ["data-painted"]});
        if (inside.body.dataset.painted) tell();
      }
      requestAnimationFrame(watch);
    };
    watch();
    addEventListener("pointerdown", () => { window.benchClick = performance.now(); }, true);
  }
"""


class _Traffic:
    """Everything that one page sends and is sent from now on, apart from the connection's own heartbeat."""

    def __init__(self, page: Page) -> None:
        self.bytes = 0
        self.runs = 0
        self.requests: list[Request] = []
        page.on("requestfinished", lambda request: self.requests.append(request))
        page.on("websocket", self._listen)

    def _listen(self, socket: WebSocket) -> None:
        socket.on("framesent", lambda frame: self._count(frame, BackMsg()))
        socket.on("framereceived", lambda frame: self._count(frame, ForwardMsg()))

    def _count(self, frame: str | bytes, message: BackMsg | ForwardMsg) -> None:
        whole = frame if isinstance(frame, bytes) else frame.encode()
        message.ParseFromString(whole)
        kind = message.WhichOneof("type")
        if kind not in ("app_heartbeat", "heartbeat_ack"):
            self.bytes += len(whole)
            self.runs += kind == "rerun_script"

    def forget(self) -> None:
        """Begin to count anew."""
        self.bytes = self.runs = 0
        self.requests.clear()

    def total(self) -> int:
        """Bytes over the page's own connection and of every request that was finished."""
        sizes = [request.sizes() for request in self.requests]
        sent = sum(size["requestHeadersSize"] + size["requestBodySize"] for size in sizes)
        return self.bytes + sent + sum(size["responseHeadersSize"] + size["responseBodySize"] for size in sizes)


def chromium() -> str | None:
    """Where Chromium is: what CHROMIUM says, else what the machine has."""
    return os.environ.get("CHROMIUM") or shutil.which("chromium") or shutil.which("chromium-browser")


def in_browser(port: int, titles: list[str]) -> dict[str, float]:
    """The figures that need a browser. `titles` : figures of one group, to be chosen in turn."""
    path = chromium()
    if path is None:
        print("No Chromium here: the browser's figures are left out. Set CHROMIUM to its path.", file=sys.stderr)
        return {}
    address = f"http://{HOST}:{port}/"
    outside: list[str] = []
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=path, args=_ARGUMENTS)

        @contextmanager
        def context() -> Iterator[BrowserContext]:
            made = browser.new_context(viewport={"width": 1440, "height": 900})
            made.add_init_script(_WATCH)
            made.on("request", lambda request: _is_outside(request) and outside.append(request.url))
            yield made
            made.close()

        try:
            figures = _first(context, address)
            with context() as kept:
                figures |= _moving_and_switching(kept.new_page(), address, titles)
        finally:
            browser.close()
    for url in sorted(set(outside)):
        print(f"Asked of another host: {url}", file=sys.stderr)
    return figures | {"map.requests_outside": len(outside)}


def _first(context: Callable[[], Any], address: str) -> dict[str, float]:
    """How long until the first map, with an empty browser cache and with a full one."""
    cold, warm = [], []
    for _ in range(_COLD_TIMES):
        with context() as fresh:
            cold.append(_visit(fresh.new_page(), address))
    with context() as kept:
        page = kept.new_page()
        _visit(page, address)
        for _ in range(_TIMES):
            warm.append(_visit(page, address))
    return {"map.first_cold_ms": median(cold), "map.first_warm_ms": median(warm)}


def _visit(page: Page, address: str) -> float:
    """Milliseconds from setting out to the map on the screen."""
    page.goto("about:blank")
    page.goto(address, wait_until="commit")
    took = _painted(page, 1)[0]["at"]
    page.wait_for_timeout(300)
    return took


def _moving_and_switching(page: Page, address: str, titles: list[str]) -> dict[str, float]:
    traffic = _Traffic(page)
    _visit(page, address)
    page.wait_for_timeout(_SETTLED_MS)
    traffic.forget()
    _pan_and_zoom(page)
    figures = {"map.pan_bytes": float(traffic.total()), "map.pan_reruns": float(traffic.runs)}
    times = [_switch(page, titles[turn % len(titles)]) for turn in range(_TIMES)]
    return figures | {"map.switch.browser_ms": median(times)}


def _pan_and_zoom(page: Page) -> None:
    """Drag the map five times and zoom it three times, as a hand would."""
    before = page.url
    box = page.locator("iframe[src*=streamlit_folium]").bounding_box()
    if box is None:
        raise RuntimeError("The map is not on the screen.")
    x, y = box["x"] + box["width"] / 2, box["y"] + box["height"] / 3
    for turn in range(5):
        page.mouse.move(x, y)
        page.mouse.down()
        page.mouse.move(x + 60 - 25 * turn, y + 40 - 10 * turn, steps=6)
        page.mouse.up()
        page.wait_for_timeout(400)
    for turn in range(3):
        page.mouse.wheel(0, -240 if turn < 2 else 240)
        page.wait_for_timeout(600)
    page.wait_for_timeout(_SETTLED_MS)
    if page.url == before:
        raise RuntimeError("The map did not move, so what moving costs cannot be told.")


def _switch(page: Page, title: str) -> float:
    """Milliseconds from choosing another figure to its map on the screen."""
    before = len(_painted(page, 0))
    page.get_by_role("combobox", name="Figure").click()
    page.get_by_role("option", name=title, exact=True).click()
    painted = _painted(page, before + 1)[before]["at"]
    took = painted - page.evaluate("window.benchClick")
    page.wait_for_timeout(500)
    return took


def _painted(page: Page, count: int) -> list[dict[str, Any]]:
    """Every painting of the map so far, once there are `count`."""
    try:
        page.wait_for_function("(count) => window.benchPaints.length >= count", arg=count)
    except TimeoutError as error:
        raise SystemExit("The map was not painted within 30 seconds. What the server said is above.") from error
    return page.evaluate("window.benchPaints")


def _is_outside(request: Request) -> bool:
    address = urlsplit(request.url)
    return address.scheme not in ("data", "blob", "about") and address.hostname not in (HOST, "localhost")
