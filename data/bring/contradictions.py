"""Rows that contradict each other or the register: the same code for two things, or two answers for one."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field

from data.bring.making import Made
from data.register.changes import Key, differences
from data.register.flat import PREFIXES, title_of
from data.register.records import FIELDS, Organisation, Record


@dataclass(frozen=True)
class Clash:
    """One contradiction of a row, in the terms of a `Finding`."""

    row: int
    column: str
    value: str
    words: str
    fix: Mapping[str, str] = field(default_factory=dict)


def clashes(good: Mapping[int, Made], labels: Mapping[int, str], held: Mapping[Key, Record]) -> list[Clash]:
    """The rows that give one thing to two organisations, or say two things of one; of two rows the later.

    Parameters
    ----------
    good : what each row comes to, in order.
    labels : where each stands in its file.
    held : the register's records.
    """
    first: dict[Key, tuple[int, Record]] = {}
    found: list[Clash] = []
    for i, made in good.items():
        if made.same or made.organisation is None:
            continue
        mine: list[Clash] = []
        for record in (made.organisation, *made.parts):
            key = (record.table, record.id)
            mine += _of_another(i, record, held.get(key))
            if key in first:
                before, other = first[key]
                mine += _otherwise(i, record, other, labels[before])
        found += mine
        if not mine:
            for record in (made.organisation, *made.parts):
                first.setdefault((record.table, record.id), (i, record))
    return found


def _of_another(row: int, record: Record, held: Record | None) -> Iterator[Clash]:
    """That the register has this part under another organisation."""
    theirs, ours = getattr(held, "organisation_id", ""), getattr(record, "organisation_id", "")
    if held is not None and not isinstance(record, Organisation) and theirs != ours:
        words = f"{record.id} is a {type(record).title.lower()} of {theirs} in the register, not of {ours}."
        yield Clash(row, f"{PREFIXES[type(record)]}_id", record.id, words)


def _otherwise(row: int, record: Record, other: Record, label: str) -> Iterator[Clash]:
    """That an earlier row says otherwise of the same thing."""
    prefix = PREFIXES[type(record)]
    if getattr(record, "organisation_id", "") != getattr(other, "organisation_id", ""):
        words = f"Row {label} gives {record.id} to another organisation."
        yield Clash(row, f"{prefix}_id", record.id, words)
        return
    for name, (was, now) in differences(other, record).items():
        if was is None or now is None:
            continue
        kind, column = FIELDS[record.table][name].kind, f"{prefix}_{name}"
        words = f"Row {label} says otherwise of {title_of(column)}: “{kind.write(was)}”."
        yield Clash(row, column, kind.write(now), words, {column: kind.write(was)})
        return
