"""What the file holds: nothing of anybody, nothing of what was deleted, and all that was acknowledged."""

import os
import re
import shutil
import subprocess
import sys
from pathlib import Path

import duckdb
import pytest

from data.register.book import Register
from data.workshop import book
from data.workshop.book import Book, WorkshopError
from data.workshop.live import Settings
from data.workshop.rooms import Rooms
from tests.workshop import ADA, INSIDE, PLACE, TIMEOUT, VOTE, WORDS, a_session, in_session, joined, raw

ROOT = Path(__file__).parents[3]
MARK = "Zebra-crossing-7391-marker"
COLUMNS = {
    "workshops": {"format", "openings", "erasing"},
    "sessions": {
        *("id", "number", "code", "key", "salt", "title", "place", "day"),
        *("pack", "story", "settings"),
    },
    "states": {"session", "told", "life"},
    "places": {"session", "told"},
    "scenes": {"session", "position", "step", "summary", "sources"},
    "people": {"session", "number", "token_hash"},
    "answers": {
        *("session", "id", "position", "scene", "person", "turn"),
        *("value", "came", "minute", "seen"),
    },
}


def an_evening(rooms, **told):
    """A session in which everything is used once; the tokens that were given out."""
    room, helm = in_session(rooms, **told)
    tokens = []
    for n in range(1, 4):
        token, person = room.join(None).result(TIMEOUT)
        tokens.append(token)
        room.here(person)
        room.answer(person, raw(PLACE, {"at": list(INSIDE), "note": "by the school"}, n=n)).result(TIMEOUT)
        room.answer(person, raw(WORDS, {"text": f"{MARK} said {n}"}, n=10 + n)).result(TIMEOUT)
    room.answer(1, raw(VOTE, {"chosen": [1]}, n=20)).result(TIMEOUT)
    room.answer(1, raw(VOTE, None, n=20, turn=2)).result(TIMEOUT)
    helm.sheet([{"scene": WORDS, "value": {"text": "on paper"}}]).result(TIMEOUT)
    helm.show(2)
    return room, tokens


def files(folder):
    return {path.name: path.read_bytes() for path in folder.rglob("*") if path.is_file()}


def tables(path):
    with duckdb.connect(str(path), read_only=True) as straight:
        found = straight.execute("SELECT table_name, column_name FROM duckdb_columns() WHERE NOT internal").fetchall()
        held = {table: straight.execute(f"SELECT * FROM {table}").fetchall() for table, _ in found}  # noqa: S608
    columns = {}
    for table, column in found:
        columns.setdefault(table, set()).add(column)
    return columns, held


class TestNothingOfAnybody:
    def test_every_column_is_one_that_we_know_and_none_could_hold_who_somebody_is(self, reopen, tmp_path):
        rooms = reopen()
        room, tokens = an_evening(rooms)
        rooms.close()
        columns, held = tables(tmp_path / "kept" / "workshops.duckdb")
        assert columns == COLUMNS
        odd = re.compile(r"name|mail|phone|addr|\bip\b|agent|host|user|birth|sex|gender|device|cookie|postcode")
        assert not [f"{table}.{name}" for table, names in columns.items() for name in names if odd.search(name)]
        assert held["people"] == [
            (room.session.id, 1, held["people"][0][2]),
            (room.session.id, 2, held["people"][1][2]),
            (room.session.id, 3, held["people"][2][2]),
            (room.session.id, 4, None),
        ]
        assert all(re.fullmatch("[0-9a-f]{64}", hash_) for _, _, hash_ in held["people"][:3])
        minutes = {row[8] for row in held["answers"]}
        assert all(re.fullmatch(r"\d{4}-\d\d-\d\dT\d\d:\d\d", minute) for minute in minutes)

    def test_no_token_is_anywhere_in_the_files_at_any_time(self, reopen, tmp_path):
        rooms = reopen()
        room, tokens = an_evening(rooms)
        before = files(tmp_path / "kept")
        rooms.close()
        after = files(tmp_path / "kept")
        assert any(MARK.encode() in content for content in before.values())  # or nothing would be proven
        for content in (*before.values(), *after.values()):
            for token in tokens:
                assert token.encode() not in content
        assert room.person(tokens[0]) == 1

    def test_where_somebody_pointed_is_nowhere_nearer_than_its_square(self, reopen, tmp_path):
        rooms = reopen()
        an_evening(rooms)
        rooms.close()
        for content in files(tmp_path / "kept").values():
            assert b"53.7932" not in content and b"-1.537," not in content and b"-1.5370" not in content


class TestDeletedForGood:
    def test_no_byte_stays_in_any_file_and_others_are_as_they_were(self, reopen, tmp_path):
        rooms = reopen()
        other, _ = in_session(rooms, title="Stays")
        other.answer(joined(other), raw(WORDS, {"text": "This stays"})).result(TIMEOUT)
        for reopened in (False, True):  # once with all of it beside the file, once with all of it in the file
            room, _ = an_evening(rooms, title=f"{MARK} title", settings=Settings(next_steps=f"{MARK} next"))
            gone = [MARK, room.session.id, room.session.key, room.session.code, room.inside._known.salt]
            rooms = reopen() if reopened else rooms
            found = b"".join(files(tmp_path / "kept").values())
            assert all(mark.encode() in found for mark in gone)
            rooms.delete(room.session.id, by=ADA)
            left = files(tmp_path / "kept")
            assert [name for name, content in left.items() for mark in gone if mark.encode() in content] == []
            assert set(left) <= {"workshops.duckdb", "workshops.duckdb.wal"}
        rooms = reopen()
        assert [session.title for session in rooms.sessions()] == ["Stays"]
        assert [answer.value.text for answer in rooms.room(other.session.id).answers()] == ["This stays"]

    def test_others_answer_meanwhile_and_nothing_of_theirs_is_lost(self, reopen, monkeypatch):
        rooms = reopen()
        goes, _ = an_evening(rooms)
        stays, helm = in_session(rooms)
        people = [joined(stays) for _ in range(20)]
        futures = []

        def slowly(path):
            futures.extend(stays.answer(person, raw(VOTE, {"chosen": [0]}, n=person)) for person in people)
            assert stays.people().joined == 20 and rooms.by_code(stays.session.code) is stays
            assert helm.show(4).scene == 4 and not any(future.done() for future in futures)
            rewritten(path)

        rewritten = book._rewritten
        monkeypatch.setattr(book, "_rewritten", slowly)
        rooms.delete(goes.session.id, by=ADA)
        assert len([future.result(TIMEOUT) for future in futures]) == 20
        again = reopen().room(stays.session.id)
        assert len(again.answers()) == 20 and again.state.scene == 4

    @pytest.mark.parametrize("where", ["before", "copied", "replaced"])
    def test_stopped_in_between_the_next_opening_finishes_it(self, tmp_path, where):
        """The program is killed at a moment of its own choosing; what it leaves is opened again."""
        path = tmp_path / "kept" / "workshops.duckdb"
        stopped = subprocess.run(
            [sys.executable, __file__, str(path), where], env=os.environ | {"PYTHONPATH": str(ROOT)}, timeout=180
        )
        assert stopped.returncode == 9
        left = files(path.parent)
        if where != "replaced":
            assert any(MARK.encode() in content for content in left.values())
        if where == "copied":
            assert "workshops.duckdb.new" in left
        rooms = Rooms(path, whereabouts=None)
        assert [session.title for session in rooms.sessions()] == ["Stays"]
        rooms.close()
        left = files(path.parent)
        assert set(left) == {"workshops.duckdb"} and MARK.encode() not in left["workshops.duckdb"]

    def test_a_file_that_cannot_be_written_anew_is_told_and_done_at_the_next_opening(
        self, reopen, tmp_path, monkeypatch
    ):
        rooms = reopen()
        room, _ = an_evening(rooms)
        stays, _ = in_session(rooms)

        def fails(_):
            raise OSError("no room on the disk")

        monkeypatch.setattr(book, "_rewritten", fails)
        with pytest.raises(WorkshopError, match="traces of it stay"):
            rooms.delete(room.session.id, by=ADA)
        assert rooms.room(room.session.id) is None
        person = joined(stays)
        stays.answer(person, raw(VOTE, {"chosen": [0]})).result(TIMEOUT)
        rooms = reopen()  # it still cannot be, and sessions go on
        assert len(rooms.room(stays.session.id).answers()) == 1
        monkeypatch.undo()
        rooms = reopen()
        assert len(rooms.room(stays.session.id).answers()) == 1
        rooms.close()
        assert not [name for name, content in files(tmp_path / "kept").items() if MARK.encode() in content]

    def test_in_memory_too(self, rooms):
        room, _ = an_evening(rooms)
        rooms.delete(room.session.id, by=ADA)
        id_ = room.session.id
        assert rooms._writer.call(lambda kept: kept.ask("sessions") + kept.ask("answers", session=id_)) == []


class TestTheFile:
    def test_in_use_by_another_process_is_told_kindly(self, tmp_path):
        path = tmp_path / "workshops.duckdb"
        holds = "import sys, duckdb; held = duckdb.connect(sys.argv[1]); print('open', flush=True); sys.stdin.read()"
        with subprocess.Popen(
            [sys.executable, "-c", holds, str(path)], stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True
        ) as other:
            assert other.stdout.readline() == "open\n"
            with pytest.raises(WorkshopError, match="open in another Foothold.*FOOTHOLD_WORKSHOPS"):
                Rooms(path, whereabouts=None)
            other.stdin.close()
        Rooms(path, whereabouts=None).close()

    def test_that_holds_something_else_is_left_alone(self, tmp_path):
        path = tmp_path / "register.duckdb"
        Register(path).close()
        before = path.read_bytes()
        with pytest.raises(WorkshopError, match="holds something else than sessions"):
            Rooms(path, whereabouts=None)
        assert path.read_bytes() == before
        rubbish = tmp_path / "rubbish.duckdb"
        rubbish.write_text("not a file of ours" * 500)
        with pytest.raises(WorkshopError, match="cannot be opened .*Put back a copy"):
            Rooms(rubbish, whereabouts=None)
        folder = tmp_path / "folder"
        folder.mkdir()
        with pytest.raises(WorkshopError, match="cannot be opened"):
            Rooms(folder, whereabouts=None)

    def test_of_a_newer_foothold_is_left_alone(self, tmp_path):
        path = tmp_path / "workshops.duckdb"
        Book(path).close()
        with duckdb.connect(str(path)) as straight:
            straight.execute("UPDATE workshops SET format = 2")
        with pytest.raises(WorkshopError, match="written by a newer Foothold"):
            Book(path)

    @pytest.mark.parametrize("torn", ["cut", "zeros", "noise"])
    def test_torn_at_its_end_when_the_power_went_opens_with_all_before_it(self, pointing, tmp_path, torn):
        path = tmp_path / "workshops.duckdb"
        rooms = Rooms(path, whereabouts=pointing)
        room, _ = in_session(rooms)
        people = [joined(room) for _ in range(10)]
        for person in people:
            room.answer(person, raw(VOTE, {"chosen": [0]}, n=person)).result(TIMEOUT)
        beside = path.with_name("workshops.duckdb.wal").read_bytes()
        for length in (1, 50, 333, 900):
            copy = tmp_path / f"{torn}{length}" / "workshops.duckdb"
            copy.parent.mkdir()
            shutil.copy(path, copy)
            tail = {"cut": b"", "zeros": bytes(length), "noise": os.urandom(length)}[torn]
            copy.with_name("workshops.duckdb.wal").write_bytes(beside[:-length] + tail)
            again = Rooms(copy, whereabouts=pointing)
            answers = again.room(room.session.id).answers()
            assert 5 <= len(answers) < 10 and answers == room.answers()[: len(answers)]
            joined(again.room(room.session.id))
            again.close()
            Rooms(copy, whereabouts=pointing).close()
        rooms.close()

    def test_one_thing_that_cannot_be_kept_spoils_nothing_else(self, rooms, monkeypatch):
        room, _ = in_session(rooms)
        people = [joined(room) for _ in range(6)]
        write = rooms._writer._book.write

        def picky(writes):
            if any(row.get("person") == 3 for each in writes for row in getattr(each, "rows", ())):
                raise OSError("not this one")
            write(writes)

        monkeypatch.setattr(rooms._writer._book, "write", picky)
        held = rooms._writer.call  # all six wait while this one is done, and are then written together
        futures = []
        held(lambda _: futures.extend(room.answer(p, raw(VOTE, {"chosen": [0]}, n=p)) for p in people))
        errors = [future.exception(TIMEOUT) for future in futures]
        assert [type(error) for error in errors] == [type(None)] * 2 + [WorkshopError] + [type(None)] * 3
        assert [answer.person for answer in room.answers()] == [1, 2, 4, 5, 6]


def stop_at(where):
    """Delete a session, and stop for good at one moment of it."""
    path = Path(sys.argv[1])
    rooms = Rooms(path, whereabouts=None)
    a_session(rooms, title="Stays")
    session = a_session(rooms, title=f"{MARK} goes", settings=Settings(next_steps=MARK))
    room = rooms.helm(session.id, session.key)
    room.open()
    room.ask(WORDS, on=True)
    for n in range(1, 3):
        person = joined(room.room)
        room.room.answer(person, raw(WORDS, {"text": f"{MARK} {n}"}, n=n)).result(TIMEOUT)
    if where == "before":
        book._rewritten = lambda _: os._exit(9)
    if where == "copied":
        book.os.fsync = lambda _: os._exit(9)
    if where == "replaced":
        replace = Path.replace
        Path.replace = lambda *given: replace(*given) and os._exit(9)
    rooms.delete(session.id, by=ADA)
    raise AssertionError("it was to be stopped")


if __name__ == "__main__":
    stop_at(sys.argv[2])
