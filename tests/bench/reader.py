"""A visitor who follows links, types and moves sliders."""

from streamlit.proto.ForwardMsg_pb2 import ForwardMsg
from streamlit.proto.WidgetStates_pb2 import WidgetState

from tests.bench.visitor import Run, Visitor


class Reader(Visitor):
    """A visitor who can also open a link, type into a box and move a slider."""

    def __init__(self, port: int) -> None:
        self._pages: dict[str, str] = {}
        self._boxes: dict[str, str] = {}
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

    def open(self, label: str) -> Run:
        """Open the box called `label`, which is filled when it is opened."""
        self._states[self._boxes[label]] = WidgetState(id=self._boxes[label], bool_value=True)
        return self._ask()

    def slide(self, label: str, value: float) -> Run:
        """Move the slider called `label` to `value`."""
        [box] = [
            element.slider
            for element in self.last.elements
            if element.WhichOneof("type") == "slider" and element.slider.label == label
        ]
        state = WidgetState(id=box.id)
        state.double_array_value.data.append(value)
        self._states[box.id] = state
        return self._ask()

    def captions(self) -> str:
        """The words that stand on the page, together."""
        return "\n".join(each.markdown.body for each in self.last.elements if each.WhichOneof("type") == "markdown")

    def _take(self, message: ForwardMsg, run: Run, size: int) -> None:
        if message.WhichOneof("type") == "navigation":
            for page in message.navigation.app_pages:
                self._pages["" if page.is_default else page.url_pathname] = page.page_script_hash
        if message.WhichOneof("type") == "delta" and message.delta.add_block.HasField("expandable"):
            box = message.delta.add_block
            self._boxes[box.expandable.label] = box.id
        super()._take(message, run, size)
