"""Switching from layer to layer, as a reader would, and what of it counts."""

from collections.abc import Iterator, Sequence
from statistics import median

from layers import get
from tests.bench.visitor import Run, Visitor

TURN = ["crime", "imd-score", "income-share", "population", "density", "imd"]
"""Layers chosen in turn, all of them on the 1,865 neighbourhoods."""

_TURNS = 3
_WARM_UP = 1
"""Turns before those that count, so that every figure was read once on either side."""


def switches(visitor: Visitor) -> Iterator[Run]:
    """Switch from layer to layer; ours has a box a group, so a new group is pressed and shows its first layer."""
    for turn in range(_WARM_UP + _TURNS):
        for key in TURN:
            wanted = get(key)
            if wanted.title in visitor.options("Figure"):
                run = visitor.choose("Figure", wanted.title)
            else:
                run = visitor.press(wanted.group)
            if wanted.title not in str(visitor.map_arguments()):
                raise RuntimeError(f"{wanted.title!r} was chosen, but the map shows something else.")
            if turn >= _WARM_UP:
                yield run


def weighed(name: str, runs: Sequence[Run]) -> dict[str, float]:
    """The medians of several runs: `<name>.server_ms` and `<name>.bytes`."""
    return {f"{name}.server_ms": median(run.ms for run in runs), f"{name}.bytes": median(run.bytes for run in runs)}
