"""A visitor without a browser: speaks to the server as Streamlit's page does, and weighs what comes back."""

import json
import time
from dataclasses import dataclass, field
from types import TracebackType
from typing import Any, Self

from streamlit.proto.BackMsg_pb2 import BackMsg
from streamlit.proto.ForwardMsg_pb2 import ForwardMsg
from streamlit.proto.WidgetStates_pb2 import WidgetState
from websockets.sync.client import connect
from websockets.typing import Subprotocol

from tests.ports import HOST

_QUIET_S = 0.3
"""A run is over when its end was told and nothing more came for so long."""
_KEPT_RUNS = 2
"""For how many runs a browser keeps large messages, which are then sent as references (Streamlit's default)."""


@dataclass
class Run:
    """One run of the page's script, as the visitor saw it."""

    ms: float = 0.0
    """From asking for the run to hearing that the script had finished."""
    bytes: int = 0
    """Everything that the run sent, uncompressed."""
    component_bytes: int = 0
    """The part of it that holds the map."""
    elements: list[Any] = field(default_factory=list)


class Visitor:
    """One open page. Use it in a `with` block, which closes its connection."""

    def __init__(self, port: int) -> None:
        address = f"ws://{HOST}:{port}/_stcore/stream"
        self._socket = connect(address, subprotocols=[Subprotocol("streamlit")], max_size=None)
        self._states: dict[str, WidgetState] = {}
        self._query = ""
        self._page = ""
        self._kept: dict[str, tuple[int, ForwardMsg]] = {}
        self._runs = 0
        self.last = Run()
        self._ask()

    def __enter__(self) -> Self:
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, at: TracebackType | None) -> None:
        self._socket.close()

    def options(self, label: str) -> list[str]:
        """What the select box called `label` offers."""
        return list(self._box(label).options)

    def choose(self, label: str, option: str) -> Run:
        """Choose `option` in the select box called `label`."""
        box = self._box(label)
        self._states[box.id] = WidgetState(id=box.id, string_value=option)
        return self._ask()

    def press(self, option: str) -> Run:
        """Press the segment or pill whose text is `option`."""
        for element in self.last.elements:
            if element.WhichOneof("type") == "button_group":
                group = element.button_group
                texts = [each.content for each in group.options]
                if option in texts:
                    return self._pressed(group, texts.index(option))
        raise LookupError(f"Nothing to press is called {option!r}.")

    def map_arguments(self) -> dict[str, Any]:
        """What the map component was given in the last run."""
        [component] = [e.component_instance for e in self.last.elements if e.WhichOneof("type") == "component_instance"]
        return json.loads(component.json_args)

    def _box(self, label: str) -> Any:
        [box] = [
            element.selectbox
            for element in self.last.elements
            if element.WhichOneof("type") == "selectbox" and element.selectbox.label == label
        ]
        return box

    def _pressed(self, group: Any, at: int) -> Run:
        state = WidgetState(id=group.id)
        state.string_array_value.data.append(group.options[at].content)
        self._states[group.id] = state
        return self._ask()

    def _ask(self) -> Run:
        asked = BackMsg()
        client = asked.rerun_script
        client.query_string, client.page_script_hash = self._query, self._page
        client.widget_states.widgets.extend(self._states.values())
        client.cached_message_hashes.extend(self._kept)
        frame = asked.SerializeToString()
        begun = time.perf_counter()
        self._socket.send(frame)
        self.last = self._hear(begun)
        self._forget_old()
        return self.last

    def _hear(self, begun: float) -> Run:
        run, finished = Run(), False
        while True:
            try:
                frame = self._socket.recv(timeout=_QUIET_S if finished else 60, decode=False)
            except TimeoutError:
                if finished:
                    return run
                raise
            heard = time.perf_counter()
            message = ForwardMsg.FromString(bytes(frame))
            run.bytes += len(frame)
            self._take(message, run, len(frame))
            if message.WhichOneof("type") == "script_finished":
                run.ms = (heard - begun) * 1000
                finished = message.script_finished != ForwardMsg.FINISHED_EARLY_FOR_RERUN

    def _take(self, message: ForwardMsg, run: Run, size: int) -> None:
        """Do with one message what a browser would: keep it, follow it, show it."""
        kind = message.WhichOneof("type")
        if kind == "ref_hash":
            _, message = self._kept[message.ref_hash]
            kind = message.WhichOneof("type")
        if message.metadata.cacheable:
            self._kept[message.hash] = (self._runs, message)
        if kind == "page_info_changed":
            self._query = message.page_info_changed.query_string
        elif kind == "new_session":
            self._page = message.new_session.page_script_hash
        elif kind == "delta" and message.delta.WhichOneof("type") == "new_element":
            element = message.delta.new_element
            run.elements.append(element)
            if element.WhichOneof("type") == "component_instance":
                run.component_bytes += size
            elif element.WhichOneof("type") == "exception":
                raise RuntimeError(f"The page broke: {element.exception.message}")

    def _forget_old(self) -> None:
        self._runs += 1
        self._kept = {key: (run, kept) for key, (run, kept) in self._kept.items() if self._runs - run <= _KEPT_RUNS}
