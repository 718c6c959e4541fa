"""Sheets of paper, entered by whoever holds a session's key: each is one more person."""

import secrets
from collections.abc import Mapping, Sequence
from concurrent.futures import Future
from functools import partial
from typing import Any

from data.workshop import reading
from data.workshop.book import WorkshopError
from data.workshop.inside import GONE, Inside
from data.workshop.ledger import Entry, Ledger
from data.workshop.live import By, Value
from data.workshop.reading import AGAIN, AnswerError
from data.workshop.rows import answer_rows, person_rows
from data.workshop.scenes import Scene
from data.workshop.watched import seen

_MOST = 200
"""Answers of one sheet: far more than forty scenes ask for."""

_Read = tuple[str, int, Scene, Value]


def entered(inside: Inside, answers: Sequence[Mapping[str, Any]]) -> Future[int]:
    """Keep one sheet as one new person, all of it or nothing; done once it is on disk, with that person's number.

    Raises
    ------
    AnswerError
        If any of it cannot be kept, or only some of it was entered before.
    """
    read = [each for each in (_read(inside, told) for told in answers[: _MOST + 1]) if each]
    if not 1 <= len(read) <= _MOST:
        raise AnswerError("This sheet says nothing yet. Enter at least one answer, then keep it.")
    with inside.lock:
        if inside.gone:
            raise AnswerError(GONE)
        before = _before(inside, [id_ for id_, *_ in read])
        if before is not None:
            return inside.house.writer.put([], kept=partial(_still, inside, before, [id_ for id_, *_ in read]))
        entries = _entries(inside, read)
        number, *_ = inside.crowd.another()
        future = inside.house.writer.put(
            [person_rows(inside.session.id, number, None), *answer_rows(inside.session.id, entries)],
            kept=partial(_kept, inside, number, entries),
            lost=partial(_lost, inside, entries),
        )
        inside.ledger.come(entries, future)
        return future


def _read(inside: Inside, told: Mapping[str, Any]) -> _Read | None:
    """One answer of the sheet; None where it says nothing."""
    id_, scene_id, turn = reading.heading({"id": f"a{secrets.token_hex(8)}", "turn": 1} | dict(told))
    scene = next((each for each in inside.session.scenes if each.id == scene_id), None)
    if scene is None:
        raise AnswerError(f"This session has no such scene. {AGAIN}")
    value = reading.value(told, scene, inside.house.whereabouts)
    return None if value is None else (id_, turn, scene, value)


def _before(inside: Inside, ids: Sequence[str]) -> int | None:
    """The number of the sheet that these answers were entered from before, if they were."""
    known = [entry for entry in map(inside.ledger.standing, ids) if entry]
    if not known:
        return None
    people = {entry.person for entry in known}
    if len(known) == len(ids) and len(people) == 1 and all(entry.by is By.SHEET for entry in known):
        return people.pop()
    raise AnswerError("Some of this sheet was entered before. Look at the answers that are there, then enter the rest.")


def _entries(inside: Inside, read: Sequence[_Read]) -> list[Entry]:
    """What a new sheet writes. It is counted by itself, so that the room has all of it or nothing."""
    sheet: Ledger = Ledger(first=inside.ledger.next)
    on_its_way: Future[int] = Future()
    for id_, turn, scene, value in read:
        made = sheet.entries(
            inside.crowd.following,
            scene,
            id_,
            turn,
            value,
            by=By.SHEET,
            minute=inside.minute(),
            seen=seen(value, inside.session.settings),
        )
        sheet.come(made, on_its_way)
    return [entry for entry in (sheet.standing(id_) for id_ in dict.fromkeys(id_ for id_, *_ in read)) if entry]


def _kept(inside: Inside, number: int, entries: Sequence[Entry]) -> int:
    with inside.lock:
        inside.crowd.joined(number, None)
        inside.ledger.keep(entries)
        inside.stir()
    return number


def _lost(inside: Inside, entries: Sequence[Entry]) -> None:
    with inside.lock:
        inside.ledger.lose(entries)


def _still(inside: Inside, number: int, ids: Sequence[str]) -> int:
    """The number of a sheet that was on its way to the disk, if it has come there."""
    with inside.lock:
        if not all(map(inside.ledger.standing, ids)):
            raise WorkshopError("This sheet could not be kept: the disk may be full. Make room, then enter it again.")
    return number
