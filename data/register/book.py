"""The register's own file: records, and every step that ever changed them. With the store, the only user of DuckDB.

A step is one transaction under one lock: whatever happens to the machine, a step is wholly there or not at all.
The file takes one process; the application is it. Readers take cursors and never wait.
"""

import threading
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import duckdb
from pandas import DataFrame

from data.questions import QuestionError, question
from data.register.changes import Change, ConflictError, Key, Step, from_json, replayed
from data.register.records import BY_TABLE, PARTS, Grant, Location, Organisation, Practice, Record, Service
from data.register.rights import Actor, NotAllowedError, require_editor
from data.register.tables import Heard, RegisterError, opened, read, write


@dataclass(frozen=True)
class Entry:
    """One organisation with all that belongs to it, and the step that last changed each."""

    organisation: Organisation
    locations: tuple[Location, ...]
    services: tuple[Service, ...]
    practice: tuple[Practice, ...]
    grants: tuple[Grant, ...]
    versions: Mapping[Key, int]

    @property
    def parts(self) -> tuple[Location | Service | Practice | Grant, ...]:
        """What belongs to it: places, services, practices, grants."""
        return (*self.locations, *self.services, *self.practice, *self.grants)

    @property
    def records(self) -> tuple[Record, ...]:
        """All of its records, the organisation first."""
        return (self.organisation, *self.parts)


class Register:
    """The register in one file, or in memory if `path` is None.

    Raises
    ------
    RegisterError
        If the file is in use by another process or is not a register.
    """

    def __init__(self, path: Path | None = None) -> None:
        self.path = path
        self._lock = threading.Lock()
        self._connection = opened(path)
        [(self._version,)] = self._connection.execute("SELECT coalesce(max(number), 0) FROM steps").fetchall()

    @property
    def version(self) -> int:
        """The number of the last step: what is read is of this version or a newer one."""
        return int(self._version)

    def close(self) -> None:
        """Let go of the file."""
        self._connection.close()

    def ask(self, name: str, **values: Any) -> DataFrame:
        """The answer to data/sql/register/<name>.sql with `values` bound to its $names."""
        return self._asked(name, values).df()

    def _asked(self, name: str, values: Mapping[str, Any]) -> duckdb.DuckDBPyConnection:
        try:
            return self._connection.cursor().execute(question(f"register/{name}"), dict(values) or None)
        except duckdb.InvalidInputException as error:
            raise QuestionError(f"The question {name!r} could not be asked: {error}") from error

    def records(self, table: str, ids: Iterable[str] | None = None, *, of: str = "id") -> list[tuple[Record, int]]:
        """Records of one table with their versions, by id; all of them, or those whose field `of` is in `ids`."""
        return read(self._connection.cursor(), table, ids, of)

    def entry(self, id_: str) -> Entry | None:
        """One organisation with its parts; None if there is none of that id."""
        found = self.entries([id_])
        return found[0] if found else None

    def entries(self, ids: Iterable[str] | None = None) -> list[Entry]:
        """Many organisations with their parts, by id; all of them if `ids` is None."""
        wanted = None if ids is None else list(ids)
        cursor = self._connection.cursor()
        cursor.execute("BEGIN")  # so that all parts are of one moment
        organisations = read(cursor, Organisation.table, wanted, "id")
        parts = {kind: read(cursor, kind.table, wanted, "organisation_id") for kind in PARTS}
        cursor.execute("ROLLBACK")
        of: dict[tuple[type[Record], str], list[tuple[Any, int]]] = {}
        for kind, pairs in parts.items():
            for record, version in pairs:
                of.setdefault((kind, getattr(record, "organisation_id", "")), []).append((record, version))
        return [_entry(record, version, of) for record, version in organisations]

    def change(
        self,
        puts: Sequence[Record],
        removes: Sequence[Key] = (),
        *,
        by: Actor,
        what: str,
        why: str = "",
        seen: Mapping[Key, int] | None = None,
        heard: Heard = lambda _: None,
    ) -> Step:
        """Write records and remove others, as one step.

        Parameters
        ----------
        puts : records as they shall be, new or changed.
        removes : tables and ids of records to remove.
        by, what, why : kept in the log.
        seen : versions of records that the change was made from, 0 for one that was not there; a newer one stops it.
        heard : is told how far it has come.

        Raises
        ------
        NotAllowedError
            If `by` may not change the register.
        ConflictError
            If a record of `seen` has been changed since. Nothing is written.
        """
        require_editor(by)
        wanted: dict[Key, Record | None] = {(record.table, record.id): record for record in puts}
        return self._step(wanted | dict.fromkeys(removes), by=by, what=what, why=why, seen=seen or {}, heard=heard)

    def suggest(self, suggestion: Record, *, by: Actor) -> Step:
        """Keep what a visitor suggests: the one write that everyone may make.

        Raises
        ------
        NotAllowedError
            If it is anything but a new suggestion that waits.
        """
        if suggestion.table != "suggestions" or getattr(suggestion, "state", None) != "waiting":
            raise NotAllowedError("Only an editor may change the register. Sign in as one, or suggest the change.")
        key = (suggestion.table, suggestion.id)
        return self._step({key: suggestion}, by=by, what="Suggested", why="", seen={key: 0}, heard=lambda _: None)

    def undo(self, number: int, *, by: Actor, why: str = "") -> Step:
        """Take a step back, as a new step; nothing that came later is lost.

        Raises
        ------
        NotAllowedError
            If `by` may not change the register.
        ConflictError
            If a record is not as the step left it, because a later step changed it: undo that one first.
        """
        require_editor(by)
        changes = self.changes(number)
        if not changes:
            raise RegisterError(f"There is no step {number} to undo.")
        wanted = {change.key: change.before for change in changes}
        held = _held(self._connection.cursor(), wanted)
        # What was changed and changed back since is as the step left it.
        left = {change.key: held.get(change.key, (None, 0)) for change in changes}
        seen = {change.key: left[change.key][1] if left[change.key][0] == change.after else -1 for change in changes}
        return self._step(wanted, by=by, what="Undid", why=why, seen=seen, undoes=number)

    def changes(self, step: int) -> list[Change]:
        """What one step changed."""
        rows = self._asked("changes", {"step": step}).fetchall()
        return [Change((tab, id_), from_json(tab, old), from_json(tab, new)) for tab, id_, old, new in rows]

    def unlike_its_log(self) -> list[Key]:
        """The records that differ from what the log says they should be: none, ever."""
        cursor = self._connection.cursor()
        cursor.execute("BEGIN")  # so that log and records are of one moment
        rows = cursor.execute("SELECT tab, id, after FROM changes ORDER BY step, place").fetchall()
        should = replayed(Change((tab, id_), None, from_json(tab, new)) for tab, id_, new in rows)
        held = {
            (record.table, record.id): record for table in BY_TABLE for record, _ in read(cursor, table, None, "id")
        }
        cursor.execute("ROLLBACK")
        return sorted(key for key in should | held if should.get(key) != held.get(key))

    def _step(
        self,
        wanted: Mapping[Key, Record | None],
        *,
        by: Actor,
        what: str,
        why: str,
        seen: Mapping[Key, int],
        heard: Heard = lambda _: None,
        undoes: int | None = None,
    ) -> Step:
        with self._lock:
            cursor = self._connection.cursor()
            cursor.execute("BEGIN")
            try:
                changes = _checked(cursor, wanted, seen)
                number = self._version + 1
                step = Step(
                    number=number,
                    moment=datetime.now(UTC).strftime("%Y-%m-%dT%H:%M:%SZ"),
                    who=by.name,
                    role=by.role.value,
                    what=what,
                    why=why,
                    undoes=undoes,
                    count=len(changes),
                )
                write(cursor, step, changes, heard)
                cursor.execute("COMMIT")
            except BaseException:
                cursor.execute("ROLLBACK")
                raise
            self._version = number
            return step


def _entry(record: Record, version: int, of: Mapping[tuple[type[Record], str], list[tuple[Any, int]]]) -> Entry:
    """One organisation with the parts that are `of` it, by kind and its id."""
    assert isinstance(record, Organisation)
    parts = {kind: of.get((kind, record.id), []) for kind in PARTS}
    versions = {(each.table, each.id): at for pairs in parts.values() for each, at in pairs}
    location, service, practice, grant = (tuple(each for each, _ in parts[kind]) for kind in PARTS)
    return Entry(record, location, service, practice, grant, versions | {(record.table, record.id): version})


def _held(cursor: duckdb.DuckDBPyConnection, keys: Iterable[Key]) -> dict[Key, tuple[Record, int]]:
    """The records of these keys that there are, with their versions."""
    held: dict[Key, tuple[Record, int]] = {}
    for table in BY_TABLE:
        ids = [id_ for tab, id_ in keys if tab == table]
        if ids:
            held |= {(table, record.id): (record, version) for record, version in read(cursor, table, ids, "id")}
    return held


def _checked(
    cursor: duckdb.DuckDBPyConnection, wanted: Mapping[Key, Record | None], seen: Mapping[Key, int]
) -> list[Change]:
    """The changes that lead from what is held to what is wanted, if nobody changed what was seen."""
    held = _held(cursor, {*wanted, *seen})
    newer = [key for key, version in seen.items() if (held[key][1] if key in held else 0) != version]
    if newer:
        raise ConflictError({key: held[key][0] if key in held else None for key in newer})
    before = {key: held[key][0] if key in held else None for key in wanted}
    return [Change(key, before[key], after) for key, after in wanted.items() if before[key] != after]
