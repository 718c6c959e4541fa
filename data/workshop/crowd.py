"""Who takes part in one room: numbers, and who has asked for news lately. Nothing else is known of anybody."""

import re
import time
from collections.abc import Callable, Iterable, Mapping

from data.workshop.codes import hashed, new_token
from data.workshop.reading import AnswerError

MOST_PEOPLE = 3_000
"""Of one session. No hall holds more; somebody's script might."""

HERE = 60.0
"""Seconds after which a phone that asked for nothing is away."""

MOST_SHEETS = 999
"""The highest number that a sheet of paper may have."""

_LONGEST_TOKEN = 100
_SHEET = re.compile(r"sheet ([1-9][0-9]{0,2})")


def as_kept(sheet: int) -> str:
    """The number on a sheet of paper as it is kept where phones have their hashed token: no token has such a hash,
    which is 64 signs without a space."""
    return f"sheet {sheet}"


class Crowd:
    """People by number. Whoever uses it holds the room's lock.

    Parameters
    ----------
    known : numbers, each with its hashed token, or for sheets of paper with their number as it is kept, None if they
        have none.
    salt : of the session's tokens.
    clock : seconds that never go back.
    """

    def __init__(
        self, known: Iterable[tuple[int, str | None]], *, salt: str, clock: Callable[[], float] = time.monotonic
    ) -> None:
        self._salt, self._clock = salt, clock
        self._numbers: set[int] = set()
        self._by_hash: dict[str, int] = {}
        self._by_sheet: dict[int, int] = {}
        self._sheets: dict[int, int] = {}
        for number, kept in known:
            self.joined(number, kept)
        self._last = max(self._numbers, default=0)
        self._asked: dict[int, float] = {}

    def __contains__(self, person: int) -> bool:
        return person in self._numbers

    def __len__(self) -> int:
        return len(self._numbers)

    def person(self, token: str | None) -> int | None:
        """The number of whoever has this token; None if nobody has."""
        if not token or len(token) > _LONGEST_TOKEN:
            return None
        return self._by_hash.get(hashed(token, self._salt))

    def person_of(self, sheet: int) -> int | None:
        """The number of whoever has this number on their sheets of paper, also before they are on disk."""
        return self._by_sheet.get(sheet)

    @property
    def sheets(self) -> Mapping[int, int]:
        """The numbers on sheets of paper, by person."""
        return self._sheets

    @property
    def phones(self) -> frozenset[int]:
        """Those with a token: phones, and turns at a shared tablet. Sheets of paper have none."""
        return frozenset(self._by_hash.values())

    @property
    def following(self) -> int:
        """The number that the next new person will have."""
        return self._last + 1

    def another(self) -> tuple[int, str, str]:
        """The number of a new person, a token for them, and the token as it is kept.

        Raises
        ------
        AnswerError
            If there is no room for more.
        """
        if self._last >= MOST_PEOPLE:
            raise AnswerError("This session is full. Ask whoever presents it for a sheet of paper.")
        self._last = self.following
        token = new_token()
        return self._last, token, hashed(token, self._salt)

    def numbered(self, person: int, sheet: int) -> None:
        """Note which number a person has on their sheets of paper, so that no other person is made for it."""
        self._by_sheet[sheet] = person
        self._sheets[person] = sheet

    def joined(self, number: int, kept: str | None) -> None:
        """Note that a person's number is on disk, with what is kept beside it."""
        self._numbers.add(number)
        if kept is None:
            return
        if written := _SHEET.fullmatch(kept):
            self.numbered(number, int(written[1]))
        else:
            self._by_hash[kept] = number

    def asked(self, person: int) -> bool:
        """Note that a person's phone asked for news; whether it had been away."""
        if person not in self._numbers:
            return False
        now = self._clock()
        before = self._asked.get(person)
        self._asked[person] = now
        return before is None or now - before > HERE

    def here(self) -> frozenset[int]:
        """Those whose phone has asked for news lately."""
        now = self._clock()
        return frozenset(person for person, asked in self._asked.items() if now - asked <= HERE)
