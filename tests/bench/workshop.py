"""An evening with 200 phones, 20 answers a second and two presenters: what is lost, and how long everybody waits."""

import json
import subprocess
import sys
import time
from math import ceil
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from tests.bench import workshop_room
from tests.bench.served import ROOT
from tests.bench.workshop_screen import on_screens
from tests.bench.workshop_server import Server
from tests.ports import HOST

_SETTLED_S = 3


def of_workshops() -> dict[str, float]:
    """Every figure of a workshop."""
    with TemporaryDirectory() as folder:
        figures = evening(Path(folder))
    with TemporaryDirectory() as folder:
        server = Server(Path(folder))
        made = workshop_room.session(server.workshops)
        with server:
            figures |= on_screens(server.port, made)
    return figures | workshop_room.on_paper()


def evening(folder: Path, **more: Any) -> dict[str, float]:
    """One evening on files in a folder, with a crowd as `more` says (see `workshop_crowd.Plan`), and its figures."""
    server = Server(folder)
    made = workshop_room.session(server.workshops)
    with server:
        time.sleep(_SETTLED_S)
        before, worked, begun = server.resident_mib(), server.worked_s(), time.monotonic()
        came, most = _crowd(workshop_room.plan(made, HOST, server.port, **more), server)
        busy = (server.worked_s() - worked) / (time.monotonic() - begun)
        time.sleep(_SETTLED_S)
        growth = max(most, server.resident_mib()) - before
    given = came["given"]
    held = workshop_room.kept(server.workshops, made.id)
    lost = workshop_room.lost(given, workshop_room.exported(made, held))
    refused = [each["refused"] for each in given if each["refused"]]
    for line in (*lost[:10], *sorted(set(refused))[:10]):
        print(line, file=sys.stderr)
    print(f"Of one core the application took {busy:.0%} and the crowd {came['busy']:.0%}.", file=sys.stderr)
    posted = [each["ms"] for each in given]
    return {
        "workshop.lost": len(lost),
        "workshop.accepted": len(given) - len(refused),
        "workshop.refused": len(refused),
        "workshop.phone_p50_ms": share(posted, 0.5),
        "workshop.phone_p95_ms": share(posted, 0.95),
        "workshop.scene_p95_ms": share(came["scene_ms"], 0.95),
        "workshop.phone_follow_p95_ms": share(came["follow_ms"], 0.95),
        "workshop.live_p95_ms": share(came["live_ms"], 0.95),
        "workshop.growth_mib": growth,
    }


def share(times: list[float], part: float) -> float:
    """The time within which this part of several lies: 0.95 for all but one in twenty."""
    return sorted(times)[ceil(part * len(times)) - 1] if times else float("nan")


def _crowd(plan: dict[str, Any], server: Server) -> tuple[dict[str, Any], float]:
    """What came of a crowd that follows a plan, and the most memory that the server held meanwhile."""
    command = [sys.executable, "-m", "tests.bench.workshop_crowd"]
    with TemporaryDirectory() as folder:
        asked, came = Path(folder) / "plan.json", Path(folder) / "came.json"
        asked.write_text(json.dumps(plan), encoding="utf-8")
        most = 0.0
        with (
            asked.open(encoding="utf-8") as told,
            came.open("w", encoding="utf-8") as out,
            subprocess.Popen(command, cwd=ROOT, stdin=told, stdout=out) as crowd,
        ):
            try:
                while crowd.poll() is None:
                    most = max(most, server.resident_mib())
                    time.sleep(0.5)
            finally:
                crowd.kill()
        if crowd.returncode:
            raise RuntimeError(f"The crowd broke off. See above. The server said:\n{server.log[-4_000:]}")
        return json.loads(came.read_text(encoding="utf-8")), most
