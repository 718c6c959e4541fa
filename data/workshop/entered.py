"""Sheets of paper that have been entered, told apart by what is kept of their answers."""

import hashlib
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from data.workshop.live import Answer, By, Seen

_SHEET = slice(1, 9)
"""Where the id of an answer says which sheet it is of."""


@dataclass(frozen=True, kw_only=True)
class Entered:
    """One sheet. A sheet without a number is a person by itself; those with the same number are one person."""

    key: str
    """What tells it from the other sheets of its session."""
    person: int
    number: int | None
    """The number on the paper, if it has one."""
    answers: tuple[Answer, ...]
    """Those that stand, in the order in which they first came; those hidden, too."""


def answer_id(sheet: str, field: str) -> str:
    """The id of an answer: always the same for one field of one sheet, and beginning alike for all of that sheet.

    Parameters
    ----------
    sheet : what tells one sheet from the next.
    field : what tells one answer of the sheet from the next.
    """
    return f"a{_hashed(sheet)}{_hashed(f'{sheet} {field}')}"


def key_of(person: int, id_: str, numbers: Mapping[int, int]) -> str:
    """What tells a sheet from the others of its session.

    Parameters
    ----------
    person : whose sheet it is.
    id_ : of one of its answers.
    numbers : the numbers on sheets of paper, by person.
    """
    return f"{person}-{id_[_SHEET]}" if person in numbers else str(person)


def entered_sheets(answers: Iterable[Answer], numbers: Mapping[int, int]) -> dict[str, Entered]:
    """The sheets that count, by key, in the order in which they were entered. One that is hidden wholly does not.

    Parameters
    ----------
    answers : of a room, in the order in which they first came; those that came otherwise are left out.
    numbers : the numbers on sheets of paper, by person.
    """
    found: dict[str, list[Answer]] = {}
    for each in answers:
        if each.by is By.SHEET:
            found.setdefault(key_of(each.person, each.id, numbers), []).append(each)
    return {
        key: Entered(key=key, person=ours[0].person, number=numbers.get(ours[0].person), answers=tuple(ours))
        for key, ours in found.items()
        if any(each.seen is not Seen.HIDDEN for each in ours)
    }


def _hashed(text: str) -> str:
    return hashlib.sha256(text.encode("utf-8", "replace")).hexdigest()[:8]
