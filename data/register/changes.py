"""What a step changes, as values: every record as it was and as it became, and the way back."""

import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, fields
from typing import Any

from data.register.records import BY_TABLE, Record

Key = tuple[str, str]
"""A record's table and id."""


@dataclass(frozen=True)
class Change:
    """One record as it was and as it became; None where there was, or is, none."""

    key: Key
    before: Record | None
    after: Record | None

    @property
    def reversed(self) -> "Change":
        """The way back."""
        return Change(self.key, self.after, self.before)


@dataclass(frozen=True, kw_only=True)
class Step:
    """What one person did at one time: all of it was kept, or none."""

    number: int
    moment: str
    """Universal time, as 2026-11-21T18:30:00Z."""
    who: str
    role: str
    what: str
    why: str
    undoes: int | None
    """The step that this one takes back."""
    count: int
    """How many records it changed."""


class ConflictError(ValueError):
    """Someone else has changed the same records since they were read.

    `theirs` holds those records as they now are, None where gone.
    """

    def __init__(self, theirs: Mapping[Key, Record | None]) -> None:
        self.theirs = dict(theirs)
        first = next(iter(self.theirs))
        super().__init__(
            f"{len(self.theirs)} of the records have been changed by someone else meanwhile, first "
            f"'{name_of(self.theirs[first]) or first[1]}'. Nothing was written. Look at both and choose."
        )


def key_of(record: Record) -> Key:
    """A record's table and id."""
    return record.table, record.id


def name_of(record: Record | None) -> str:
    """What people call a record, as far as it has a name."""
    return str(getattr(record, "name", None) or getattr(record, "measure", "")) if record else ""


def as_json(record: Record | None) -> str | None:
    """A record as the log keeps it: its known fields; None for none."""
    if record is None:
        return None
    known = {each.name: value for each in fields(record) if (value := getattr(record, each.name)) is not None}
    return json.dumps(known, ensure_ascii=False, separators=(",", ":"))


def from_json(table: str, text: str | None) -> Record | None:
    """The record that `as_json` wrote."""
    return from_row(table, json.loads(text)) if text else None


def from_row(table: str, row: Mapping[str, Any]) -> Record:
    """A record from stored values; what is not a field of it is left out, and lists become tuples."""
    kind: type[Any] = BY_TABLE[table]
    names = {each.name for each in fields(kind)}
    values = {name: tuple(v) if isinstance(v, list) else v for name, v in row.items() if name in names}
    made: Record = kind(**values)
    return made


def replayed(changes: Iterable[Change]) -> dict[Key, Record]:
    """What the register holds after these changes, in order, from nothing."""
    held: dict[Key, Record] = {}
    for change in changes:
        if change.after is None:
            held.pop(change.key, None)
        else:
            held[change.key] = change.after
    return held


def differences(before: Record | None, after: Record | None) -> dict[str, tuple[Any, Any]]:
    """The fields that differ, each as it was and as it became."""
    names = [each.name for each in fields(before or after)] if before or after else []  # type: ignore[arg-type]
    pairs = {name: (getattr(before, name, None), getattr(after, name, None)) for name in names}
    return {name: pair for name, pair in pairs.items() if pair[0] != pair[1]}
