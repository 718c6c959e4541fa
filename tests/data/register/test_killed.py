"""Killed at a hundred random moments, in the midst of edits, undoings and imports: every step is whole or not there.

This file is also the program that is killed: a parent that stays, and a child a life, forked once all is imported.
"""

import os
import random
import signal
import subprocess
import sys
import time
from collections import Counter
from contextlib import contextmanager
from pathlib import Path

import duckdb
import pytest

from data.register.book import Register
from data.register.changes import ConflictError
from data.register.records import Location, Organisation, Service, Suggestion
from data.register.rights import VISITOR, Actor, Role
from data.register.tables import RegisterError

ROOT = Path(__file__).parents[3]
ADA = Actor("Ada", Role.EDITOR)
pytestmark = pytest.mark.skipif(not hasattr(os, "fork"), reason="this system kills and starts processes otherwise")

KILLS = 100
LIVES = 10
"""Lives of one file: it is killed this often, and goes on where it was."""

HELD_UP = 12_000
"""Records of the import that is killed in its midst: written in three pieces."""


# What is killed


def live(path, seed):
    """Change the register at `path` at random until killed, telling the number of every step that was kept."""
    rng = random.Random(seed)
    register = Register(Path(path))
    tell("open", register.version)
    codes = [record.id for record, _ in register.records("organisations")]
    while True:
        step = doing(register, rng, codes)
        if step:
            tell("kept", step.number)


def doing(register, rng, codes):
    """One random thing that people do. Its words say how many records it has, so that none can be missed."""
    choice, mark = rng.random(), f"{rng.getrandbits(60):x}"
    if choice < 0.35 and codes:
        id_ = rng.choice(codes)
        puts = [Organisation(id=id_, name=mark), Service(id=f"{id_}-S", organisation_id=id_, name=mark)]
        return register.change(puts, by=ADA, what="2 edited")
    if choice < 0.45:
        return register.suggest(Suggestion(id=mark, name=mark, state="waiting"), by=VISITOR)
    if choice < 0.65 and register.version:
        try:
            return register.undo(max(1, register.version - rng.randrange(3)), by=ADA)
        except (ConflictError, RegisterError):
            return None
    if choice < 0.75 and len(codes) > 500:
        gone = [("organisations", codes.pop()) for _ in range(300)]
        return register.change([], gone, by=ADA, what="Removed")
    some = rng.choice((50, 500, 3_000))
    new = [f"{mark}-{i}" for i in range(some)]
    codes += new
    return register.change(brought(new, mark), by=ADA, what=f"{2 * some} brought in")


def brought(codes, mark):
    """An organisation and its place for each code."""
    return [Organisation(id=id_, name=mark) for id_ in codes] + [Location(id=id_, organisation_id=id_) for id_ in codes]


def held_up(path, at):
    """Bring in a long list, and stop for good once so much of it is written."""
    register = Register(Path(path))

    def heard(done):
        tell("heard", done)
        if done >= float(at):
            tell("stuck", done)
            signal.pause()

    register.change(brought([str(i) for i in range(HELD_UP // 2)], "x"), by=ADA, what="Import", heard=heard)


def tell(*words):
    os.write(1, (" ".join(map(str, words)) + "\n").encode())


def serve():
    """For each line read, a child that does what it says; its end is told when it has been killed."""
    for line in sys.stdin:
        what, *words = line.rstrip("\n").split("\t")
        child = os.fork()
        if not child:
            {"live": live, "held_up": held_up}[what](*words)
            os._exit(1)
        tell("born", child)
        os.waitpid(child, 0)
        tell("dead")


# What is tested


@contextmanager
def mortal():
    """The parent of those that are killed."""
    quiet = {"OPENBLAS_NUM_THREADS": "1", "PYTHONPATH": str(ROOT)}
    with subprocess.Popen(
        [sys.executable, __file__],
        **{"stdin": subprocess.PIPE, "stdout": subprocess.PIPE, "text": True, "env": os.environ | quiet},
    ) as parent:
        parent.early = []  # what a child told before its parent told that it was born
        try:
            yield parent
        finally:
            parent.stdin.close()


def bear(parent, *words):
    """Start a child; its process id."""
    print(*words, sep="\t", file=parent.stdin, flush=True)
    born = ""
    while not born.startswith("born"):
        born = parent.stdout.readline()
        assert born, "the parent died"
        if not born.startswith("born"):
            parent.early.append(born)
    return int(born.split()[1])


def until(parent, last):
    """What the child told until the line that begins with `last`."""
    told, parent.early = list(parent.early), []
    while not (told and told[-1].startswith(last)):
        told.append(parent.stdout.readline())
        assert told[-1], "the parent died"
    return [line.split() for line in told]


def require_whole(path, kept):
    """The register is as after its last kept step, or after the one that was being kept; its number."""
    register = Register(path)
    assert register.version in (kept, kept + 1)
    assert register.unlike_its_log() == []
    register.close()
    with duckdb.connect(str(path), read_only=True) as straight:
        steps = straight.execute(
            "SELECT s.number, s.what, s.count, count(c.step), count(DISTINCT c.place) FROM steps AS s "
            "LEFT JOIN changes AS c ON c.step = s.number GROUP BY ALL ORDER BY s.number"
        ).fetchall()
    assert [number for number, *_ in steps] == list(range(1, register.version + 1))
    for _, what, count, changes, places in steps:
        assert count == changes == places
        assert not what[0].isdigit() or count == int(what.split()[0])
    return register.version


def test_killed_at_a_hundred_random_moments_every_step_is_whole_or_not_there(tmp_path):
    rng, came = random.Random(20261121), Counter()
    with mortal() as parent:
        for kill in range(KILLS):
            if kill % LIVES == 0:
                path, kept = tmp_path / f"register{kill}.duckdb", 0
            child = bear(parent, "live", path, rng.random())
            told = until(parent, "open") if rng.random() < 0.7 else []
            time.sleep(rng.uniform(0, 0.3))
            os.kill(child, signal.SIGKILL)
            told += until(parent, "dead")
            numbers = [int(word) for line in told if line[0] in ("open", "kept") for word in line[1:]]
            assert numbers == sorted(numbers)
            last = max([kept, *numbers])
            kept = require_whole(path, last)
            came["steps"] += len(numbers)
            came["while being opened"] += not numbers
            came["kept, though it could not say so any more"] += kept > last
    assert came["steps"] > KILLS, f"too little was done to be killed in: {came}"


def test_killed_in_the_midst_of_an_import_nothing_of_it_is_there(tmp_path):
    path = tmp_path / "register.duckdb"
    register = Register(path)
    register.change([Organisation(id="A", name="A")], by=ADA, what="1 before")
    register.close()
    with mortal() as parent:
        for at in (0, 5_000 / HELD_UP, 10_000 / HELD_UP, 1):
            child = bear(parent, "held_up", path, at)
            [*_, (_, stuck)] = until(parent, "stuck")
            assert float(stuck) == at
            os.kill(child, signal.SIGKILL)
            until(parent, "dead")
            assert require_whole(path, 1) == 1
            register = Register(path)
            assert [record.id for record, _ in register.records("organisations")] == ["A"]
            assert register.records("locations") == []
            register.close()


if __name__ == "__main__":
    serve()
