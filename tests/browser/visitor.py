"""One visitor in a real browser, who notes everything that a visitor should never meet."""

import re
from collections.abc import Callable
from dataclasses import dataclass, field
from urllib.parse import parse_qs, urlencode, urlsplit

import pytest

pytest.importorskip("playwright.sync_api", reason="playwright is not installed: pip install -r requirements.txt")

from playwright.sync_api import (  # noqa: E402
    BrowserContext,
    ConsoleMessage,
    Error,
    Frame,
    Locator,
    Page,
    Route,
    WebSocket,
    WebSocketRoute,
    expect,
)

PATIENCE = 20_000
"""Milliseconds that a slow machine may take over one step."""

TRIES = 5
"""How often one page's map may give way to another's before a step is given up."""

expect.set_options(timeout=PATIENCE)

PAGES = (
    "neighbourhood|register|sources|add|bring_in|grid|to_do|changes|gaps|targets|siting|shortlists|clusters|workshop"
)
PROBES = re.compile(rf"/({PAGES})/_stcore/(health|host-config)$")
"""Streamlit asks for these beside each page's address before it asks at the root; the first answer is a 404."""

WITHIN_THE_PAGE = ("data:", "blob:", "about:")

AREAS = "(() => { const out = []; map.eachLayer((l) => l.area === undefined || out.push(l)); return out; })()"
"""Script: the areas drawn, as Leaflet layers, in the order of their codes."""

MARKERS = "(() => { const out = []; map.eachLayer((l) => l.place && out.push(l)); return out; })()"
"""Script: the places drawn, as Leaflet layers."""


@dataclass
class Visitor:
    """A browser window on one site. `troubles` lists what went wrong, `sent` what was told to the server."""

    context: BrowserContext
    origin: str
    troubles: list[str] = field(default_factory=list)
    sent: list[bytes | str] = field(default_factory=list)
    page: Page = field(init=False)

    def __post_init__(self) -> None:
        self.page = self.context.new_page()
        self.page.set_default_timeout(PATIENCE)
        self.page.route("**/*", self._guard)
        elsewhere = re.compile(rf"^wss?://(?!{re.escape(urlsplit(self.origin).netloc)}/)")
        self.page.route_web_socket(elsewhere, self._refuse)
        self.page.on("popup", lambda popup: self.troubles.append(f"window opened: {popup.url}"))
        self.page.on("console", self._console)
        self.page.on("pageerror", lambda error: self.troubles.append(f"script error: {error}"))
        self.page.on("dialog", self._dialog)
        self.page.on("websocket", self._websocket)

    def _guard(self, route: Route) -> None:
        url = route.request.url
        if url.startswith((self.origin + "/", *WITHIN_THE_PAGE)):
            route.continue_()
        else:
            self.troubles.append(f"request to another host: {url}")
            route.abort()

    def _console(self, message: ConsoleMessage) -> None:
        probe = PROBES.search(message.location.get("url", "")) and "404" in message.text
        if message.type == "error" and not probe:
            self.troubles.append(f"console error: {message.text} ({message.location.get('url')})")

    def _dialog(self, dialog) -> None:
        self.troubles.append(f"dialog: {dialog.message}")
        dialog.dismiss()

    def _refuse(self, socket: WebSocketRoute) -> None:
        self.troubles.append(f"web socket to another host: {socket.url}")
        socket.close()

    def _websocket(self, socket: WebSocket) -> None:
        socket.on("framesent", lambda frame: self.sent.append(frame))

    # ---- the page --------------------------------------------------------------------------------------------

    def open(self, path: str = "", *, painted: str = "", hash_: str = "", **link: str) -> "Visitor":
        """Open a page by a link; wait until its map has painted, if `painted` says what."""
        query = f"?{urlencode(link)}" if link else ""
        self.page.goto(f"{self.origin}/{path}{query}{hash_}")
        if painted:
            self.painted(painted)
        return self

    @property
    def link(self) -> dict[str, str]:
        """The parts of the address after "?"."""
        return {name: texts[0] for name, texts in parse_qs(urlsplit(self.page.url).query).items()}

    @property
    def title(self) -> Locator:
        """The page's one first-level heading."""
        return self.page.get_by_role("heading", level=1)

    def until_link(self, check: Callable[[dict[str, str]], bool]) -> None:
        """Wait until the link says so."""
        self.page.wait_for_url(lambda url: check({n: t[0] for n, t in parse_qs(urlsplit(url).query).items()}))

    def find(self, words: str) -> None:
        """Type words into the search box and press Enter."""
        box = self.page.get_by_role("searchbox", name="Find")
        box.fill(words)
        box.press("Enter")

    def choose(self, label: str) -> None:
        """Press one button of a row of choices in the side bar."""
        self.page.get_by_test_id("stSidebar").get_by_role("radio", name=label, exact=True).click()

    def pick(self, box: str, option: str) -> None:
        """Pick an option of a drop-down box."""
        self.page.get_by_role("combobox", name=box).click()
        self.page.get_by_role("option", name=option, exact=True).click()

    # ---- the map ---------------------------------------------------------------------------------------------

    @property
    def map(self) -> Frame:
        """The frame that the map lives in."""
        for _ in range(TRIES):
            frame = self.page.wait_for_selector('iframe[src*="streamlit_folium"]').content_frame()
            if frame is not None:
                return frame
        raise AssertionError("the map's frame goes away again and again")

    def painted(self, key: str) -> Frame:
        """Wait until the map has painted this layer and level; gives its frame."""
        self.until_on_map("key => document.body.dataset.painted === key", key)
        return self.map

    def on_map(self, script: str, arg: object = None):
        """The answer to a script run in the map's frame."""
        return self.map.evaluate(script, arg)

    def until_on_map(self, script: str, arg: object = None) -> None:
        """Wait until a script run in the map's frame is true; where one page's map gives way to another's, in that."""
        for _ in range(TRIES):
            try:
                self.map.wait_for_function(script, arg=arg)
            except Error as error:
                if "detached" not in error.message:
                    raise
            else:
                return
        raise AssertionError("the map's frame goes away again and again")

    def point(self, script: str, arg: object = None) -> tuple[float, float]:
        """Where on the screen (pixels of the window) a [lat, lng] that the script gives is drawn."""
        self.page.locator('iframe[src*="streamlit_folium"]').scroll_into_view_if_needed()
        frame = self.map
        spot = frame.evaluate(
            f"arg => {{ const p = map.latLngToContainerPoint(({script})(arg)), b = map.getContainer()"
            ".getBoundingClientRect(); return [p.x + b.left, p.y + b.top]; }",
            arg,
        )
        box = frame.frame_element().bounding_box()
        assert box is not None
        return box["x"] + spot[0], box["y"] + spot[1]

    def drag(self, right: int, down: int) -> None:
        """Drag the map by so many pixels and wait until it has come to rest."""
        x, y = self.point("() => map.getCenter()")
        self.on_map("() => { window.rested = false; map.once('moveend', () => { window.rested = true; }); }")
        mouse = self.page.mouse
        mouse.move(x, y)
        mouse.down()
        mouse.move(x + right, y + down, steps=8)
        self.page.wait_for_timeout(120)  # a mouse that rests before it lets go, so that the map does not glide on
        mouse.up()
        self.until_on_map("() => window.rested")

    def centre_is(self, at: tuple[float, float]) -> None:
        """Wait until the map looks at this place (degrees), to within 100 m or so."""
        self.until_on_map("at => map.distance(map.getCenter(), at) < 150", list(at))
