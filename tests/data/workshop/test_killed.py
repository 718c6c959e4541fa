"""Killed under load at random moments: whatever was acknowledged is there when the file is opened again.

This file is also the program that is killed: a parent that stays, and a child a life, forked once all is imported.
"""

import os
import random
import signal
import subprocess
import sys
import threading
import time
from collections import Counter
from pathlib import Path

import pytest

from data.workshop.rooms import Rooms
from tests.workshop import TIMEOUT, WORDS, in_session, raw

ROOT = Path(__file__).parents[3]
pytestmark = pytest.mark.skipif(not hasattr(os, "fork"), reason="this system kills and starts processes otherwise")

KILLS = 20
LIVES = 5
"""Lives of one file: it is killed this often, and goes on where it was."""

PHONES = 8


# What is killed


def live(path, session, seed):
    """Let phones join, answer, change their minds and take back, until killed; tell all that is acknowledged."""
    rooms = Rooms(Path(path), whereabouts=None)
    room = rooms.room(session)
    helm = rooms.helm(session, room.session.key)
    tell("open", len(room.answers()))
    for phone in range(PHONES):
        threading.Thread(target=answering, args=(room, random.Random(f"{seed} {phone}"))).start()
    while True:
        helm.show(random.randrange(6))
        time.sleep(0.01)


def answering(room, rng):
    while True:
        token, person = room.join(None).result()
        tell("joined", token, person)
        for turn in range(1, rng.randrange(2, 9)):
            for n in (2 * person, 2 * person + 1):
                text = f"{person}-{n}-{turn}"
                told = raw(WORDS, {"text": text} if rng.random() < 0.8 else None, n=n, turn=turn)
                room.answer(person, told).result()
                tell("kept", told["id"], turn, text if told["value"] else "-")


def tell(*words):
    os.write(1, (" ".join(map(str, words)) + "\n").encode())


def serve():
    """For each line read, a child that lives as it says; its end is told when it has been killed."""
    for line in sys.stdin:
        child = os.fork()
        if not child:
            live(*line.rstrip("\n").split("\t"))
        tell("born", child)
        os.waitpid(child, 0)
        tell("dead")


# What is tested


def one_life(parent, path, session, rng):
    """What one life acknowledged until it was killed."""
    print(path, session, rng.random(), sep="\t", file=parent.stdin, flush=True)
    told, child = [], 0
    opened = rng.random() < 0.8  # else it may be killed while it opens the file
    while not child or (opened and not any(line[0] == "open" for line in told)):
        told.append(parent.stdout.readline().split())
        child = int(told[-1][1]) if told[-1][0] == "born" else child
    time.sleep(rng.uniform(0, 0.6))
    os.kill(child, signal.SIGKILL)
    while told[-1][0] != "dead":
        told.append(parent.stdout.readline().split())
    return told


def require_all(path, session, acknowledged, tokens):
    """All that was acknowledged is there, or something newer of the same id, and nothing is there twice."""
    rooms = Rooms(path, whereabouts=None)
    rows = rooms._writer.call(lambda book: book.ask("answers", session=session))
    held = {row["id"]: row for row in rows}
    assert len(held) == len(rows) and len({row["position"] for row in rows}) == len(rows)
    for id_, (turn, text) in acknowledged.items():
        assert held[id_]["turn"] >= turn, f"{id_} was acknowledged at turn {turn}, and is there at {held[id_]['turn']}"
        if held[id_]["turn"] == turn:
            assert held[id_]["value"] == (None if text == "-" else f'{{"text": "{text}"}}')
    room = rooms.room(session)
    assert {token: room.person(token) for token in tokens} == tokens
    assert len(room.answers()) == sum(row["value"] is not None for row in rows)
    rooms.close()
    return len(rows)


def test_killed_under_load_nothing_that_was_acknowledged_is_lost(tmp_path, pointing):
    rng, came = random.Random(20261126), Counter()
    quiet = {"OPENBLAS_NUM_THREADS": "1", "PYTHONPATH": str(ROOT)}
    with subprocess.Popen(
        [sys.executable, __file__],
        **{"stdin": subprocess.PIPE, "stdout": subprocess.PIPE, "text": True, "env": os.environ | quiet},
    ) as parent:
        for kill in range(KILLS):
            if kill % LIVES == 0:
                path, acknowledged, tokens = tmp_path / f"workshops{kill}.duckdb", {}, {}
                rooms = Rooms(path, whereabouts=pointing)
                session = in_session(rooms)[0].session.id
                rooms.close()
            for what, *words in one_life(parent, path, session, rng):
                if what == "kept":
                    acknowledged[words[0]] = max(acknowledged.get(words[0], (0, "")), (int(words[1]), words[2]))
                elif what == "joined":
                    tokens[words[0]] = int(words[1])
                came[what] += 1
            came["rows"] += require_all(path, session, acknowledged, tokens)
        parent.stdin.close()
        parent.wait(TIMEOUT)
    assert came["kept"] > 20 * KILLS and came["joined"] > KILLS, f"too little was done to be killed in: {came}"
    assert came["dead"] == KILLS


if __name__ == "__main__":
    serve()
