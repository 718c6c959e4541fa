"""Sheets of paper, entered by whoever holds a session's key.

Those with the same number are one person; one without a number is a person by itself.
"""

import secrets
from collections.abc import Mapping, Sequence
from concurrent.futures import Future
from dataclasses import replace
from functools import partial
from typing import Any

from data.workshop import reading
from data.workshop.book import WorkshopError
from data.workshop.crowd import MOST_SHEETS, as_kept
from data.workshop.entered import answer_id
from data.workshop.inside import GONE, Inside
from data.workshop.ledger import ONE_EACH, Entry, Ledger
from data.workshop.live import By, Value
from data.workshop.reading import AGAIN, AnswerError
from data.workshop.rows import answer_rows, paper_rows, person_rows
from data.workshop.scenes import Scene
from data.workshop.watched import seen
from data.workshop.writes import Write

_MOST = 200
"""Answers of one sheet: far more than forty scenes ask for."""

_Read = tuple[str, int, Scene, Value]


class SheetNumberError(AnswerError):
    """A sheet that cannot be kept under the number that was typed."""


def entered(inside: Inside, answers: Sequence[Mapping[str, Any]], *, number: int | None = None) -> Future[int]:
    """Keep one sheet, all of it or nothing; done once it is on disk, with the number of its person.

    Parameters
    ----------
    number : written on the sheet; None where there is none.

    Raises
    ------
    SheetNumberError
        If it is not from 1 to 999, or whoever has it has answered the same already.
    AnswerError
        If any of it cannot be kept, or only some of it was entered before.
    """
    read, own = [], secrets.token_hex(8)
    for i, told in enumerate(answers[: _MOST + 1]):
        if each := _read(inside, {"id": answer_id(own, str(i)), "turn": 1} | dict(told)):
            read.append(each)
    if not 1 <= len(read) <= _MOST:
        raise AnswerError("This sheet says nothing yet. Enter at least one answer, then keep it.")
    if number is not None and not 1 <= number <= MOST_SHEETS:
        raise SheetNumberError(f"{number} is no sheet number: they go from 1 to {MOST_SHEETS}. Check the sheet.")
    with inside.lock:
        if inside.gone:
            raise AnswerError(GONE)
        ids = [id_ for id_, *_ in read]
        before = _before(inside, ids, number)
        if before is not None:
            return inside.house.writer.put([], kept=partial(_still, inside, before, ids))
        return _kept_as_one(inside, read, number)


def taken_back(inside: Inside, ids: Sequence[str]) -> Future[None]:
    """Take back answers of sheets, all of them or none; done once it is on disk.

    Raises
    ------
    AnswerError
        If one of them is no answer of a sheet, or none any more.
    """
    with inside.lock:
        if inside.gone:
            raise AnswerError(GONE)
        known = [entry for entry in map(inside.ledger.standing, ids) if entry and entry.answer]
        if len(known) < len(ids) or any(entry.by is not By.SHEET for entry in known):
            raise AnswerError("This sheet was taken back before. Open this form anew to see which was the last.")
        entries = [replace(entry, answer=None, turn=entry.turn + 1, new=False) for entry in known]
        future = inside.house.writer.put(
            answer_rows(inside.session.id, entries),
            kept=partial(_gone, inside, entries),
            lost=partial(_lost, inside, entries),
        )
        inside.ledger.come(entries, future)
        return future


def _read(inside: Inside, told: Mapping[str, Any]) -> _Read | None:
    """One answer of the sheet; None where it says nothing."""
    id_, scene_id, turn = reading.heading(told)
    scene = next((each for each in inside.session.scenes if each.id == scene_id), None)
    if scene is None:
        raise AnswerError(f"This session has no such scene. {AGAIN}")
    value = reading.value(told, scene, inside.house.whereabouts)
    return None if value is None else (id_, turn, scene, value)


def _before(inside: Inside, ids: Sequence[str], number: int | None) -> int | None:
    """The person of the sheet that these answers were entered from before, if they were. The lock is held."""
    known = [entry for entry in map(inside.ledger.standing, ids) if entry]
    if not known:
        return None
    people = {entry.person for entry in known}
    if len(known) < len(ids) or len(people) > 1 or any(entry.by is not By.SHEET for entry in known):
        raise AnswerError(
            "Some of this sheet was entered before. Look at the answers that are there, then enter the rest."
        )
    if any(entry.answer is None for entry in known):
        raise AnswerError("This sheet was taken back. Open this form anew to enter it again.")
    person = people.pop()
    had = inside.crowd.sheets.get(person)
    if had != number:
        under = f"with the number {had}" if had else "without a number"
        raise SheetNumberError(
            f"This sheet was saved already, {under}. To mend it, undo it first; or open this form anew for another."
        )
    return person


def _kept_as_one(inside: Inside, read: Sequence[_Read], number: int | None) -> Future[int]:
    """Keep a sheet that was not entered before as its person's. The lock is held."""
    known = None if number is None else inside.crowd.person_of(number)
    if known is not None:
        _require_room(inside, known, read, number)
    entries = _entries(inside, known or inside.crowd.following, read)
    person = known or inside.crowd.another()[0]
    if number is not None:
        inside.crowd.numbered(person, number)
    future = inside.house.writer.put(
        [*_person_rows(inside, person, number), *answer_rows(inside.session.id, entries)],
        kept=partial(_kept, inside, person, number, entries),
        lost=partial(_lost, inside, entries),
    )
    inside.ledger.come(entries, future)
    return future


def _require_room(inside: Inside, person: int, read: Sequence[_Read], number: int | None) -> None:
    """Stop a sheet that says more than its person may say: nothing is replaced in silence. The lock is held."""
    for scene in {scene.id: scene for _, _, scene, _ in read}.values():
        assert scene.question is not None
        most = 1 if scene.question.kind in ONE_EACH else scene.question.most
        had = inside.ledger.count(person, scene.id)
        more = len({id_ for id_, _, asked, _ in read if asked.id == scene.id})
        if had and had + more > most:
            full = f"has answered “{scene.question.text}” already"
            some = f"has given {had} of the {most} answers to “{scene.question.text}”, so {more} more do not fit"
            raise SheetNumberError(
                f"Sheet number {number} {full if had >= most else some}. Check the number; to mend what was saved, "
                "undo that sheet first."
            )


def _person_rows(inside: Inside, person: int, number: int | None) -> list[Write]:
    """Whoever a sheet is of, if they are not on disk. They are written anew while they are on their way there,
    because what is on its way may be lost."""
    if person in inside.crowd:
        return []
    session = inside.session.id
    return [person_rows(session, person, None) if number is None else paper_rows(session, person, as_kept(number))]


def _entries(inside: Inside, person: int, read: Sequence[_Read]) -> list[Entry]:
    """What a new sheet writes. It is counted by itself, so that the room has all of it or nothing."""
    sheet: Ledger = Ledger(first=inside.ledger.next)
    on_its_way: Future[int] = Future()
    for id_, turn, scene, value in read:
        made = sheet.entries(
            person,
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


def _kept(inside: Inside, person: int, number: int | None, entries: Sequence[Entry]) -> int:
    with inside.lock:
        inside.crowd.joined(person, None if number is None else as_kept(number))
        inside.ledger.keep(entries)
        inside.stir()
    return person


def _gone(inside: Inside, entries: Sequence[Entry]) -> None:
    with inside.lock:
        inside.ledger.keep(entries)
        inside.stir()


def _lost(inside: Inside, entries: Sequence[Entry]) -> None:
    with inside.lock:
        inside.ledger.lose(entries)


def _still(inside: Inside, person: int, ids: Sequence[str]) -> int:
    """The person of a sheet that was on its way to the disk, if it has come there."""
    with inside.lock:
        if not all(map(inside.ledger.standing, ids)):
            raise WorkshopError("This sheet could not be kept: the disk may be full. Make room, then enter it again.")
    return person
