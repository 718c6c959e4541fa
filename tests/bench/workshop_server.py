"""The application on files of its own, which can be killed and started again where it was."""

import http.client
import os
import signal
import subprocess
import sys
import time
from dataclasses import dataclass, field
from pathlib import Path
from types import TracebackType
from typing import Self

from tests.bench.served import ROOT, get
from tests.ports import HOST, free_port

_PATIENCE_S = 90


@dataclass
class Server:
    """One running application, with its register and its workshops in `folder`. Use it in a `with` block."""

    folder: Path
    settings: dict[str, str] = field(default_factory=dict)
    port: int = field(default_factory=free_port)
    _process: subprocess.Popen[bytes] | None = None

    def __enter__(self) -> Self:
        return self.start()

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, at: TracebackType | None) -> None:
        self.stop()

    @property
    def origin(self) -> str:
        return f"http://{HOST}:{self.port}"

    @property
    def workshops(self) -> Path:
        """The file that sessions are kept in."""
        return self.folder / "workshops.duckdb"

    @property
    def log(self) -> str:
        """Everything that the server has said since it was first started."""
        return self._log.read_text(encoding="utf-8", errors="replace") if self._log.exists() else ""

    @property
    def _log(self) -> Path:
        return self.folder / "server.txt"

    def start(self) -> Self:
        """Start it, and wait until it answers."""
        command = [sys.executable, "-m", "streamlit", "run", "app.py", "--server.headless", "true"]
        command += ["--server.port", str(self.port), "--server.address", HOST]
        files = {"FOOTHOLD_REGISTER": self.folder / "register.duckdb", "FOOTHOLD_WORKSHOPS": self.workshops}
        given = os.environ | {name: str(path) for name, path in files.items()} | self.settings
        with self._log.open("ab") as log:
            self._process = subprocess.Popen(command, cwd=ROOT, env=given, stdout=log, stderr=log)
        until = time.monotonic() + _PATIENCE_S
        while not self._is_up():
            if self._process.poll() is not None or time.monotonic() > until:
                raise RuntimeError(f"The application did not start. It said:\n{self.log[-4_000:]}")
            time.sleep(0.05)
        return self

    def stop(self) -> None:
        """End it as one would."""
        self._end(signal.SIGTERM)

    def kill(self) -> None:
        """End it as a power cut would: nothing is finished or put away."""
        self._end(signal.SIGKILL)

    def resident_mib(self) -> float:
        """The memory that it holds."""
        assert self._process is not None
        status = Path(f"/proc/{self._process.pid}/status").read_text(encoding="utf-8")
        [kib] = [line.split()[1] for line in status.splitlines() if line.startswith("VmRSS:")]
        return int(kib) / 1024

    def worked_s(self) -> float:
        """Seconds that it has kept a core busy since it was started."""
        assert self._process is not None
        ticks = Path(f"/proc/{self._process.pid}/stat").read_text(encoding="utf-8").rpartition(")")[2].split()[11:13]
        return sum(map(int, ticks)) / os.sysconf("SC_CLK_TCK")

    def _is_up(self) -> bool:
        try:
            return get(self.port, "/health").status == 200
        except (OSError, http.client.HTTPException):
            return False

    def _end(self, how: signal.Signals) -> None:
        if self._process and self._process.poll() is None:
            self._process.send_signal(how)
            try:
                self._process.wait(timeout=30)
            except subprocess.TimeoutExpired:
                self._process.kill()
                self._process.wait()
