"""What is to be written into the sessions’ file: rows of its tables, and how many writes become few."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

Row = Mapping[str, Any]


@dataclass(frozen=True)
class Table:
    """What tells which rows of a table take the place of which, and the questions that take out and put in."""

    keys: tuple[str, ...]
    forget: str
    keep: str


TABLES = {
    "sessions": Table(("id",), "forget_sessions", "keep_sessions"),
    "states": Table(("session",), "forget_states", "keep_states"),
    "places": Table(("session",), "forget_places", "keep_places"),
    "scenes": Table(("session",), "forget_scenes", "keep_scenes"),
    "people": Table(("session", "number"), "forget_some_people", "keep_people"),
    "answers": Table(("session", "id"), "forget_answers", "keep_answers"),
}


@dataclass(frozen=True)
class Rows:
    """Rows of one table, to be put in the place of those with the same keys."""

    table: str
    rows: Sequence[Row]


@dataclass(frozen=True)
class New(Rows):
    """Rows with keys that no row has yet: three times as quick, because none is looked for."""


@dataclass(frozen=True)
class Moderated:
    """One answer that the room may see or not, as it was at one turn."""

    values: Row


Write = Rows | Moderated


@dataclass
class Put:
    """Rows of one table by their keys, and those keys that other rows may have now."""

    rows: dict[tuple[Any, ...], list[Row]] = field(default_factory=dict)
    taken: dict[tuple[Any, ...], None] = field(default_factory=dict)

    def add(self, write: Rows) -> None:
        keys = TABLES[write.table].keys
        newer: dict[tuple[Any, ...], list[Row]] = {}
        for row in write.rows:
            newer.setdefault(tuple(row[key] for key in keys), []).append(row)
        self.rows |= newer
        if not isinstance(write, New):
            self.taken |= dict.fromkeys(newer)


def together(writes: Sequence[Write]) -> Iterator[Moderated | dict[str, Put]]:
    """The same in fewer writes: rows by table at once, of those with the same key the last that were written."""
    puts: dict[str, Put] = {}
    for each in writes:
        if isinstance(each, Rows):
            puts.setdefault(each.table, Put()).add(each)
        else:
            yield puts
            yield each
            puts = {}
    yield puts
