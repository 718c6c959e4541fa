"""How records lie in the register's file: its tables, and how they are read and written in bulk."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from pathlib import Path
from typing import Any

import duckdb
import pyarrow as pa

from data.questions import QuestionError
from data.register.changes import Change, Step, as_json, from_row
from data.register.records import FIELDS, Record

_STEPS = (
    "number BIGINT, moment VARCHAR, who VARCHAR, role VARCHAR, what VARCHAR, why VARCHAR, undoes BIGINT, count BIGINT"
)
_CHANGES = "step BIGINT, place BIGINT, tab VARCHAR, id VARCHAR, before VARCHAR, after VARCHAR"
_ARROW = {"VARCHAR": pa.string(), "VARCHAR[]": pa.list_(pa.string()), "BOOLEAN": pa.bool_()} | {
    "BIGINT": pa.int64(),
    "DOUBLE": pa.float64(),
}
_PIECE = 5_000
"""Records written between two reports of progress."""

Heard = Callable[[float], None]
"""Is told how far a long step has come, from 0 to 1. What it raises stops the step, and nothing is kept."""


class RegisterError(RuntimeError):
    """The register's file cannot be used; the message says why and what to do."""


def opened(path: Path | None) -> duckdb.DuckDBPyConnection:
    """The register's file, or one in memory, with its tables.

    Raises
    ------
    RegisterError
        If the file is in use by another process or is not a register.
    """
    connection = _connected(path)
    for table, declared in FIELDS.items():
        columns = ", ".join(f"{name} {each.kind.sql}" for name, each in declared.items())
        connection.execute(f"CREATE TABLE IF NOT EXISTS {table} ({columns}, version BIGINT)")
    connection.execute(f"CREATE TABLE IF NOT EXISTS steps ({_STEPS})")
    connection.execute(f"CREATE TABLE IF NOT EXISTS changes ({_CHANGES})")
    return connection


def _connected(path: Path | None) -> duckdb.DuckDBPyConnection:
    if path is None:
        return duckdb.connect()
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        return duckdb.connect(str(path))
    except (duckdb.Error, OSError) as error:
        said = str(error).splitlines()[0]
        if "lock" in said.lower():
            raise RegisterError(
                f"The register {path.name} is open in another Foothold that runs on this machine. Use that one, close "
                "it, or name another file in FOOTHOLD_REGISTER."
            ) from error
        raise RegisterError(
            f"The register {path.name} cannot be opened ({said}). Put back a copy of it, or move it away to begin "
            "anew from the built-in list."
        ) from error


def read(cursor: duckdb.DuckDBPyConnection, table: str, ids: Iterable[str] | None, of: str) -> list[tuple[Record, int]]:
    """Records of one table with their versions, by id: all, or those whose field `of` is in `ids`."""
    if of not in FIELDS[table]:
        raise QuestionError(f"{table} has no field {of!r}.")
    if ids is None:
        found = cursor.sql(f"SELECT * FROM {table} ORDER BY id")  # noqa: S608  (the table is one of ours)
    else:
        wanted = pa.table({"wanted": pa.array(list(ids), pa.string())})
        cursor.register("asked_for", wanted)
        found = cursor.sql(f"SELECT * FROM {table} SEMI JOIN asked_for ON {of} = wanted ORDER BY id")  # noqa: S608
    rows = found.to_arrow_table().to_pylist()
    return [(from_row(table, row), int(row["version"])) for row in rows]


def write(cursor: duckdb.DuckDBPyConnection, step: Step, changes: Sequence[Change], heard: Heard) -> None:
    """Put a step into the log and its changes into the tables; the transaction is the caller's."""
    values = list(vars(step).values())
    cursor.execute("INSERT INTO steps VALUES (?, ?, ?, ?, ?, ?, ?, ?)", values)
    for start in range(0, len(changes), _PIECE):
        heard(start / len(changes))
        piece = changes[start : start + _PIECE]
        logged = [
            {"step": step.number, "place": start + i, "tab": change.key[0], "id": change.key[1]}
            | {"before": as_json(change.before), "after": as_json(change.after)}
            for i, change in enumerate(piece)
        ]
        _insert(cursor, "changes", logged, ("BIGINT", "BIGINT", *["VARCHAR"] * 4))
        for table, declared in FIELDS.items():
            ours = [change for change in piece if change.key[0] == table]
            if not ours:
                continue
            cursor.register("gone", pa.table({"id": [change.key[1] for change in ours if change.before]}))
            cursor.execute(f"DELETE FROM {table} WHERE id IN (SELECT id FROM gone)")  # noqa: S608
            rows = [vars(change.after) | {"version": step.number} for change in ours if change.after]
            _insert(cursor, table, rows, (*(each.kind.sql for each in declared.values()), "BIGINT"))
    heard(1.0)


def _insert(
    cursor: duckdb.DuckDBPyConnection, table: str, rows: Sequence[Mapping[str, Any]], types: Sequence[str]
) -> None:
    if not rows:
        return
    columns = {
        name: pa.array([row[name] for row in rows], _ARROW[sql]) for name, sql in zip(rows[0], types, strict=True)
    }
    cursor.register("incoming", pa.table(columns))
    cursor.execute(f"INSERT INTO {table} SELECT * FROM incoming")  # noqa: S608  (the table is one of ours)
