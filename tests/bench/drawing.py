"""The part of a switch that is drawing: from figures at hand to the text that the map component is given."""

import time
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from statistics import median
from typing import Any

import streamlit_folium
from streamlit.logger import set_log_level

from layers.classes import classify
from layers.view import View
from pages import _draw, _edge, _paint
from tests.bench import stock

_ROUNDS = 5
_HEIGHT = 660


def drawing(keys: list[str]) -> dict[str, float]:
    """Milliseconds to draw one of `keys`, by us and by the stock page, without a server or a browser.

    Also the length of the stock page's script had its author rounded coordinates as we do, to about a metre.
    """
    set_log_level("ERROR")  # Outside a page Streamlit says so at every step.
    with _recorded() as given:
        ours = _median_ms(_ours, keys)
        theirs = _median_ms(_stock, keys)
        _stock(keys[0], decimals=5)
    return {
        "map.switch.drawing_ms": ours,
        "map.stock.drawing_ms": theirs,
        "map.switch.drawing_ratio": theirs / ours,
        "map.stock.rounded_script_bytes": len(given[-1].encode()),
    }


@contextmanager
def _recorded() -> Iterator[list[str]]:
    """Collect what st_folium would send, in place of sending it."""
    sent: list[str] = []
    original = streamlit_folium._component_func

    def record(**arguments: Any) -> None:
        sent.append(arguments["script"] + (arguments["feature_group"] or ""))

    streamlit_folium._component_func = record
    try:
        yield sent
    finally:
        streamlit_folium._component_func = original


def _median_ms(draw: Callable[[str], None], keys: list[str]) -> float:
    """Each drawing gets a thread of its own, as each run of a page does: some libraries keep things a thread."""

    def timed(key: str) -> float:
        begun = time.perf_counter()
        draw(key)
        return (time.perf_counter() - begun) * 1000

    times = []
    for key in keys * (1 + _ROUNDS):
        with ThreadPoolExecutor(max_workers=1) as thread:
            times.append(thread.submit(timed, key).result())
    return median(times[len(keys) :])


def _ours(key: str) -> None:
    view = View(layer=key)
    geography = view.geography
    reading = _edge.reading(key, geography.key, None)
    seen = _paint.in_view(view, _edge.areas(geography.key))
    classes = classify(view.shown, reading, geography=geography, colouring=view.colouring, in_view=seen)
    _draw.draw(_paint.step(view, None, reading, classes), key="map", height=_HEIGHT)


def _stock(key: str, *, decimals: int | None = None) -> None:
    streamlit_folium.st_folium(stock.the_map(key, decimals), key="map", width=None, height=_HEIGHT)
