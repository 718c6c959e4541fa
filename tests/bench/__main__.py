"""Run the benchmark. Figures, medians all, go to standard output; progress and the verdicts to standard error.

It only measures: a figure beyond its limit is told, and fails nothing.
"""

import os
import sys
from statistics import median

from layers import get
from pages import _edge
from tests.bench.browser import in_browser
from tests.bench.drawing import drawing
from tests.bench.plans import of_plans
from tests.bench.register import of_the_register
from tests.bench.report import compare, tell
from tests.bench.served import get as fetch
from tests.bench.served import served
from tests.bench.switching import TURN, switches, weighed
from tests.bench.visitor import Visitor
from tests.bench.workshop import of_workshops


def main() -> None:
    """Measure everything, a part at a time, with nothing else running meanwhile."""
    os.environ["FOOTHOLD_REGISTER"] = _edge.IN_MEMORY  # also for what is measured without a server
    figures: dict[str, float] = {}

    def add(new: dict[str, float]) -> None:
        figures.update(new)
        tell(new)

    _say("drawing, without a server")
    add(drawing(TURN))
    _say("starting our application")
    with served("app.py", health="/health") as app:
        add({"app.start_ms": app.start_ms})
        _say("our application and the stock page, turn about")
        with served("tests/bench/stock.py", health="/_stcore/health") as peer:
            add(_side_by_side(app.port, peer.port))
        _say("our application, in a browser")
        add(in_browser(app.port, [get(key).title for key in ("crime", "imd-score", "income-share", "imd")]))
    _say("the register of 10,000")
    add(of_the_register())
    _say("plans")
    add(of_plans())
    _say("a workshop: 200 phones and two presenters, for two minutes")
    add(of_workshops())
    add({f"map.switch.{unit}_ratio": _ratio(figures, unit) for unit in ("server", "bytes")})
    compare(figures)


def _side_by_side(port: int, peer_port: int) -> dict[str, float]:
    """Each switch here, then the same there: a machine that is busy for a while slows both alike."""
    with Visitor(port) as visitor, Visitor(peer_port) as peer:
        pairs = list(zip(switches(visitor), switches(peer), strict=True))
        ours, theirs = zip(*pairs, strict=True)
        component = {"map.switch.component_bytes": median(run.component_bytes for run in ours)}
        return weighed("map.switch", ours) | component | weighed("map.stock", theirs) | _geometry(port, visitor)


def _geometry(port: int, visitor: Visitor) -> dict[str, float]:
    """The outlines as the browser fetches them, from the address that the map was given."""
    [address] = [link for link in visitor.map_arguments()["js_links"] if "outlines" in link]
    answer = fetch(port, address, accept_encoding="gzip")
    zipped = answer.headers.get("content-encoding") == "gzip"
    return {
        "map.geometry_gzip_bytes": float(len(answer.body)) if zipped else float("nan"),
        "map.geometry_immutable": float("immutable" in answer.headers.get("cache-control", "")),
    }


def _ratio(figures: dict[str, float], unit: str) -> float:
    name = {"server": "server_ms", "bytes": "bytes"}[unit]
    return figures[f"map.stock.{name}"] / figures[f"map.switch.{name}"]


def _say(part: str) -> None:
    print(f"bench: {part} ...", file=sys.stderr, flush=True)


if __name__ == "__main__":
    main()
