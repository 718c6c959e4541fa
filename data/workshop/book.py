"""The sessions' own file: what is kept of them, and how it is written and read.

A write is one transaction: when it returns it is on disk, whatever happens to the machine. What is deleted is gone
from the file's bytes, because the file is written anew without it. Used by one thread at a time.
"""

import logging
import os
import re
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import duckdb

from data.questions import question
from data.workshop.writes import TABLES, Moderated, Put, Row, Write, together

CLOSED = "The sessions’ file has been closed. Start Foothold again to go on."

FORMAT = 1
"""Grows when a newer Foothold keeps its sessions otherwise."""

_ALL_OF_A_SESSION = ("forget_all_answers", "forget_people", "forget_states", "forget_places", "forget_scenes")

_FRESH_ENDS, _TORN_END = (".new", ".new.wal"), ".wal.torn"
"""Of files beside ours: those that writing anew needs for a moment, and what was cut off."""

_TORN = re.compile(r"Corrupt WAL file: entry at byte position (\d+)")
"""What DuckDB says of changes that were only half written."""

_log = logging.getLogger("foothold")


class WorkshopError(RuntimeError):
    """Something that cannot be done with the sessions or their file; the message says why and what to do."""


class Book:
    """What is kept of all sessions, in one file, or in memory if `path` is None.

    Raises
    ------
    WorkshopError
        If the file is in use by another process, or does not hold sessions.
    """

    def __init__(self, path: Path | None = None) -> None:
        self.path = path
        self._closed = False
        self._connection: duckdb.DuckDBPyConnection | None = _opened(path)
        if path is not None:
            _tidied(path)
        [[erasing, openings]] = self._execute("SELECT erasing, openings FROM workshops")
        self.openings = int(openings) + 1  # this time included
        self._execute("UPDATE workshops SET openings = $openings", {"openings": self.openings})
        if erasing:  # it was stopped in the midst of it
            try:
                self.rewrite()
            except (duckdb.Error, OSError):  # the next opening tries again
                _log.exception("What was deleted is still in the bytes of %s, which could not be written anew", path)

    def ask(self, name: str, **values: str) -> list[dict[str, Any]]:
        """The answer to data/sql/workshop/<name>.sql with `values` bound to its $names, a dict a row."""
        cursor = self._open().execute(_question(name), values or None)
        columns = [each[0] for each in cursor.description or ()]
        return [dict(zip(columns, row, strict=True)) for row in cursor.fetchall()]

    def write(self, writes: Sequence[Write]) -> None:
        """Keep all of it, in order, or nothing."""
        self._open()
        self._execute("BEGIN")
        try:
            for each in together(writes):
                if isinstance(each, Moderated):
                    self._ask("moderate", each.values)
                else:
                    for table, put in each.items():
                        self._put(table, put)
            self._execute("COMMIT")
        except BaseException:
            self._undo()
            raise

    def forget(self, session: str) -> None:
        """Take out all of a session. Its bytes stay until the file is written anew, at the latest when next opened."""
        self._open()
        self._execute("BEGIN")
        try:
            for name in _ALL_OF_A_SESSION:
                self._ask(name, {"session": [session]})
            self._ask("forget_sessions", {"id": [session]})
            self._execute("UPDATE workshops SET erasing = TRUE")
            self._execute("COMMIT")
        except BaseException:
            self._undo()
            raise

    def rewrite(self) -> None:
        """Write the file anew, with nothing in it but what is still kept. If it is stopped, the old file stays."""
        if self.path is None:
            self._execute("UPDATE workshops SET erasing = FALSE")
            return
        self._let_go()
        try:
            _rewritten(self.path)
        finally:
            self._open()

    def close(self) -> None:
        """Let go of the file."""
        self._closed = True
        self._let_go()

    def _let_go(self) -> None:
        if self._connection is not None:
            self._connection.close()
            self._connection = None

    def _put(self, name: str, put: Put) -> None:
        table = TABLES[name]
        if put.taken:
            columns = zip(*put.taken, strict=True)
            self._ask(table.forget, dict(zip(table.keys, map(list, columns), strict=True)))
        rows = [row for some in put.rows.values() for row in some]
        self._ask(table.keep, {column: [row[column] for row in rows] for column in rows[0]})

    def _open(self) -> duckdb.DuckDBPyConnection:
        if self._closed:
            raise WorkshopError(CLOSED)
        if self._connection is None:
            self._connection = _opened(self.path)
        return self._connection

    def _undo(self) -> None:
        try:
            self._execute("ROLLBACK")
        except duckdb.Error:  # it has rolled back by itself, and why is raised by whoever called
            return

    def _ask(self, name: str, values: Row) -> None:
        self._execute(_question(name), values)

    def _execute(self, sql: str, values: Row | None = None) -> list[Any]:
        return self._open().execute(sql, dict(values) if values else None).fetchall()


def _question(name: str) -> str:
    return question(f"workshop/{name}")


def _opened(path: Path | None) -> duckdb.DuckDBPyConnection:
    """The file, or one in memory, with its tables."""
    connection = _connected(path)
    try:
        _require_ours(connection, path)
        connection.execute(_question("tables"))
        if not connection.execute("SELECT 1 FROM workshops").fetchall():
            connection.execute("INSERT INTO workshops VALUES ($format, 0, FALSE)", {"format": FORMAT})
    except BaseException:
        connection.close()
        raise
    return connection


def _connected(path: Path | None) -> duckdb.DuckDBPyConnection:
    # What does not fit into memory is not written to some other file, which deleting would miss.
    config: dict[str, str | bool | int | float | list[str]] = {"threads": 1, "temp_directory": ""}
    if path is None:
        return duckdb.connect(config=config)
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        return duckdb.connect(str(path), config=config)
    except (duckdb.Error, OSError) as error:
        said = str(error).splitlines()[0]
        if _cut_where_torn(path, said):
            return _connected(path)
        if "lock" in said.lower():
            raise WorkshopError(
                f"The sessions’ file {path.name} is open in another Foothold that runs on this machine. Use that one, "
                "close it, or name another file in FOOTHOLD_WORKSHOPS."
            ) from error
        raise WorkshopError(
            f"The sessions’ file {path.name} cannot be opened ({said}). Put back a copy of it, or move it away to "
            "begin anew without sessions."
        ) from error


def _cut_where_torn(path: Path, said: str) -> bool:
    """Cut off the end of the changes beside a file, if it was torn when the machine lost its power; whether it was.

    What was acknowledged stands before it, because the disk had it. What is cut off is kept in a file of its own.
    """
    torn, beside = _TORN.search(said), path.with_name(f"{path.name}.wal")
    if torn is None or not beside.is_file():
        return False
    whole, at = beside.read_bytes(), int(torn[1])
    if at >= len(whole):
        return False
    _log.warning("The last %s bytes of %s were torn, and are cut off", len(whole) - at, beside.name)
    path.with_name(f"{path.name}{_TORN_END}").write_bytes(whole[at:])
    with beside.open("rb+") as file:
        file.truncate(at)
        os.fsync(file.fileno())
    return True


def _require_ours(connection: duckdb.DuckDBPyConnection, path: Path | None) -> None:
    """Stop before another program's file, or one of a newer Foothold, is written to."""
    named = {name for (name,) in connection.execute("SELECT table_name FROM duckdb_tables()").fetchall()}
    if named and "workshops" not in named:
        raise WorkshopError(
            f"The file {path.name if path else ''} holds something else than sessions ({len(named)} tables, first "
            f"“{min(named)}”). Name another file in FOOTHOLD_WORKSHOPS."
        )
    formats = connection.execute("SELECT max(format) FROM workshops").fetchall() if named else [(FORMAT,)]
    if (formats[0][0] or FORMAT) > FORMAT:
        raise WorkshopError(
            f"The sessions’ file {path.name if path else ''} was written by a newer Foothold (format {formats[0][0]}, "
            f"where {FORMAT} can be read). Use that one."
        )


def _tidied(path: Path) -> None:
    """Remove what was left when writing anew was stopped."""
    for ending in _FRESH_ENDS:
        path.with_name(f"{path.name}{ending}").unlink(missing_ok=True)


def _rewritten(path: Path) -> None:
    """Put in the place of a closed file a new one that holds its rows and nothing else."""
    _tidied(path)
    fresh = path.with_name(f"{path.name}{_FRESH_ENDS[0]}")
    if path.with_name(f"{path.name}.wal").exists():  # it could not be let go of, so the file alone is not the whole
        raise OSError(f"{path.name} has changes beside it that could not be written into it.")
    with duckdb.connect(config={"temp_directory": ""}) as between:
        # Attaching takes no bound values; the paths are ours and their quotes are doubled.
        for name, each, how in (("old", path, "(READ_ONLY)"), ("fresh", fresh, "")):
            quoted = str(each).replace("'", "''")
            between.execute(f"ATTACH '{quoted}' AS {name} {how}")
        between.execute("COPY FROM DATABASE old TO fresh")
        between.execute("UPDATE fresh.workshops SET erasing = FALSE")
        between.execute("CHECKPOINT fresh")
        between.execute("DETACH fresh")
    with fresh.open("rb+") as file:
        os.fsync(file.fileno())
    fresh.replace(path)
    path.with_name(f"{path.name}{_TORN_END}").unlink(missing_ok=True)
    if hasattr(os, "O_DIRECTORY"):  # elsewhere a folder cannot be opened, nor need it
        folder = os.open(path.parent, os.O_RDONLY | os.O_DIRECTORY)
        os.fsync(folder)
        os.close(folder)
