"""Starting an application as anyone would, and asking it for a file."""

import http.client
import os
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import NamedTuple

from tests.ports import HOST, free_port

ROOT = Path(__file__).parents[2]
_PATIENCE_S = 90


class App(NamedTuple):
    """A running application: where it listens, and how long it took until it answered."""

    port: int
    start_ms: float


class Answer(NamedTuple):
    """One answer to a plain request: the body as it came over the wire."""

    status: int
    headers: dict[str, str]
    body: bytes


@contextmanager
def served(script: str, *, health: str, register: str = "memory") -> Iterator[App]:
    """Run `streamlit run script` on a free port until the block ends, however it ends.

    `health` is the address that answers 200 once the application is up; `register` the file of its register.
    """
    port = free_port()
    command = [sys.executable, "-m", "streamlit", "run", script, "--server.headless", "true"]
    command += ["--server.port", str(port), "--server.address", HOST]
    environment = os.environ | {"PYTHONPATH": str(ROOT), "FOOTHOLD_REGISTER": register}
    begun = time.perf_counter()
    with subprocess.Popen(command, cwd=ROOT, env=environment, stdout=sys.stderr, stderr=sys.stderr) as process:
        try:
            _wait_until_up(process, port, health)
            yield App(port, (time.perf_counter() - begun) * 1000)
        finally:
            _end(process)


def get(port: int, path: str, **headers: str) -> Answer:
    """Ask for one address, with underscores in header names standing for hyphens."""
    connection = http.client.HTTPConnection(HOST, port, timeout=10)
    try:
        connection.request("GET", path, headers={name.replace("_", "-"): value for name, value in headers.items()})
        answer = connection.getresponse()
        told = {name.lower(): value for name, value in answer.getheaders()}
        return Answer(answer.status, told, answer.read())
    finally:
        connection.close()


def _wait_until_up(process: subprocess.Popen[bytes], port: int, health: str) -> None:
    until = time.monotonic() + _PATIENCE_S
    while time.monotonic() < until:
        if process.poll() is not None:
            raise SystemExit(f"The application ended by itself, with code {process.returncode}. See above.")
        try:
            if get(port, health).status == 200:
                return
        except OSError:
            pass
        time.sleep(0.02)
    raise SystemExit(f"The application did not answer at {health} within {_PATIENCE_S} seconds.")


def _end(process: subprocess.Popen[bytes]) -> None:
    process.terminate()
    try:
        process.wait(timeout=10)
    except subprocess.TimeoutExpired:
        process.kill()
