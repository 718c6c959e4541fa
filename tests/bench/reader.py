"""A visitor who follows links and types, and the application with a register of its own to visit."""

import os
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from streamlit.proto.ForwardMsg_pb2 import ForwardMsg
from streamlit.proto.WidgetStates_pb2 import WidgetState

from tests.bench.served import HOST, ROOT, App, _end, _free_port, _wait_until_up
from tests.bench.visitor import Run, Visitor


class Reader(Visitor):
    """A visitor who can also open a link and type into a box."""

    def __init__(self, port: int) -> None:
        self._pages: dict[str, str] = {}
        super().__init__(port)

    def follow(self, page: str, query: str = "") -> Run:
        """Open a page by its address, "" for the first, with what its link says, as a fresh one."""
        self._page, self._query = self._pages[page], query
        self._states.clear()
        return self._ask()

    def type(self, label: str, text: str) -> Run:
        """Type `text` into the box called `label`."""
        [box] = [
            element.text_input
            for element in self.last.elements
            if element.WhichOneof("type") == "text_input" and element.text_input.label == label
        ]
        self._states[box.id] = WidgetState(id=box.id, string_value=text)
        return self._ask()

    def captions(self) -> str:
        """The words that stand on the page, together."""
        return "\n".join(each.markdown.body for each in self.last.elements if each.WhichOneof("type") == "markdown")

    def _take(self, message: ForwardMsg, run: Run, size: int) -> None:
        if message.WhichOneof("type") == "navigation":
            for page in message.navigation.app_pages:
                self._pages["" if page.is_default else page.url_pathname] = page.page_script_hash
        super()._take(message, run, size)


@contextmanager
def served_with(register: Path) -> Iterator[App]:
    """Run the application with the register in that file until the block ends, however it ends."""
    port = _free_port()
    command = [sys.executable, "-m", "streamlit", "run", "app.py", "--server.headless", "true"]
    command += ["--server.port", str(port), "--server.address", HOST]
    environment = os.environ | {"PYTHONPATH": str(ROOT), "FOOTHOLD_REGISTER": str(register)}
    begun = time.perf_counter()
    with subprocess.Popen(command, cwd=ROOT, env=environment, stdout=sys.stderr, stderr=sys.stderr) as process:
        try:
            _wait_until_up(process, port, "/health")
            yield App(port, (time.perf_counter() - begun) * 1000)
        finally:
            _end(process)
