"""The answers of one room: as they are on disk, and as they will be once what is on its way has come there.

Every decision looks at the newer of the two; whoever asks for answers sees the first.
"""

from collections.abc import Iterable, Mapping, Sequence
from concurrent.futures import Future
from dataclasses import dataclass, replace
from typing import Any

from data.workshop.live import Answer, By, Place, Seen, Value
from data.workshop.reading import AGAIN, AnswerError
from data.workshop.scenes import Scene
from data.workshop.watched import written

ONE_EACH = frozenset({"vote", "rank"})
"""Kinds of question that each person has one answer to: a new one takes the place of the old."""

_MOST_IDS = 100
"""Answers that one person may ever have given to one question, those taken back included: no hand does it."""


@dataclass(frozen=True, kw_only=True)
class Entry:
    """All that is known of one id. It stays when its answer is taken back, so that no late copy brings it back."""

    id: str
    scene: str
    person: int
    turn: int
    by: By
    minute: str
    position: int
    """Among the room's answers, in the order in which they first came."""
    answer: Answer | None
    new: bool = False
    """Whether nothing was known of this id before."""


class Ledger:
    """Answers by id. Whoever uses it holds the room's lock."""

    def __init__(self, entries: Iterable[Entry] = (), *, first: int = 0) -> None:
        self._held = {each.id: each for each in entries}
        self._coming: dict[str, tuple[Entry, Future[Any]]] = {}
        self._ids: dict[int, dict[str, None]] = {}
        for each in self._held.values():
            self._ids.setdefault(each.person, {})[each.id] = None
        self.next = max((each.position for each in self._held.values()), default=first - 1) + 1
        self._answers: tuple[Answer, ...] | None = None
        self._answered: dict[str, frozenset[int]] | None = None

    def answers(self) -> tuple[Answer, ...]:
        """All answers as they stand on disk, in the order in which they first came."""
        if self._answers is None:
            held = sorted(self._held.values(), key=lambda each: each.position)
            self._answers = tuple(each.answer for each in held if each.answer)
        return self._answers

    def answers_of(self, person: int) -> tuple[Answer, ...]:
        """One person's answers as they stand on disk, in the order in which they first came."""
        held = sorted(
            (self._held[id_] for id_ in self._ids.get(person, ()) if id_ in self._held), key=lambda each: each.position
        )
        return tuple(each.answer for each in held if each.answer)

    def answered(self) -> Mapping[str, frozenset[int]]:
        """By scene, who has answered its question."""
        if self._answered is None:
            people: dict[str, set[int]] = {}
            for each in self.answers():
                people.setdefault(each.scene, set()).add(each.person)
            self._answered = {scene: frozenset(numbers) for scene, numbers in people.items()}
        return self._answered

    def count(self, person: int, scene: str) -> int:
        """How many answers one person has to a question, also while they are on their way to the disk."""
        ours = map(self.standing, self._ids.get(person, ()))
        return sum(each is not None and each.answer is not None and each.scene == scene for each in ours)

    def scenes(self) -> set[str]:
        """The scenes that have answers, also while those are on their way to the disk."""
        ids = {*self._held, *self._coming}
        return {each.scene for each in map(self.standing, ids) if each and each.answer}

    def standing(self, id_: str) -> Entry | None:
        """What is known of an id, also while it is on its way to the disk."""
        return self._coming[id_][0] if id_ in self._coming else self._held.get(id_)

    def repeated(self, person: int, id_: str, scene: str, turn: int) -> "Future[Answer | None] | None":
        """What acknowledges an answer that is known at this turn or a newer one; None if it is new.

        Raises
        ------
        AnswerError
            If the id is another person's, or another question's.
        """
        known = self.standing(id_)
        if known is None:
            return None
        if known.person != person or known.scene != scene:
            raise AnswerError(f"This answer could not be kept under its number. {AGAIN}")
        if known.turn < turn:
            return None
        if id_ in self._coming:
            coming: Future[Answer | None] = self._coming[id_][1]
            return coming
        done: Future[Answer | None] = Future()
        done.set_result(known.answer)
        return done

    def entries(
        self, person: int, scene: Scene, id_: str, turn: int, value: Value | None, *, by: By, minute: str, seen: Seen
    ) -> list[Entry]:
        """What keeping an answer of this id and turn writes: its entry, first, and those that it takes the place of.

        Raises
        ------
        AnswerError
            If this person has answered that question as often as one may.
        """
        ids = self._ids.get(person, {})
        ours = [each for each in map(self.standing, ids) if each and each.scene == scene.id]
        others = [each for each in ours if each.answer and each.id != id_]
        if id_ not in ids and len(ours) >= _MOST_IDS:
            raise AnswerError("You have changed your answer very often. Leave it as it is now.")
        assert scene.question is not None
        replaced: list[Entry] = []
        if value is not None and scene.question.kind in ONE_EACH:
            replaced = [replace(each, answer=None, new=False) for each in others]
        elif value is not None and len(others) >= scene.question.most:
            raise AnswerError(_enough(scene.question.most))
        known = self.standing(id_)
        minute = known.minute if known else minute
        if known and known.answer:
            seen = _after(known.answer.seen, seen, value)
        about: dict[str, Any] = {"id": id_, "scene": scene.id, "person": person, "turn": turn}
        about |= {"by": by, "minute": minute}
        answer = None if value is None else Answer(value=value, seen=seen, **about)
        position = known.position if known else self.next
        return [Entry(position=position, answer=answer, new=known is None, **about), *replaced]

    def come(self, entries: Sequence[Entry], future: "Future[Any]") -> None:
        """Note that entries are on their way to the disk."""
        for each in entries:
            self._coming[each.id] = (each, future)
            self._ids.setdefault(each.person, {})[each.id] = None
            self.next = max(self.next, each.position + 1)

    def keep(self, entries: Sequence[Entry]) -> None:
        """Note that entries are on disk."""
        for each in entries:
            self._held[each.id] = each
            self._arrived(each)
        self._answers = self._answered = None

    def lose(self, entries: Sequence[Entry]) -> None:
        """Note that entries have not come to the disk: all is as before."""
        for each in entries:
            self._arrived(each)
            if self.standing(each.id) is None:
                self._ids[each.person].pop(each.id, None)

    def moderated(self, id_: str, seen: Seen, turn: int | None) -> Answer | None:
        """The answer of this id as it now may be seen or not; None if there is none, none of this turn, or a newer one
        on its way, which nobody can have read."""
        entry = self._held.get(id_)
        if entry is None or entry.answer is None or id_ in self._coming or turn not in (None, entry.turn):
            return None
        answer = replace(entry.answer, seen=seen)
        self._held[id_] = replace(entry, answer=answer)
        self._answers = None
        return answer

    def _arrived(self, entry: Entry) -> None:
        if entry.id in self._coming and self._coming[entry.id][0] is entry:
            del self._coming[entry.id]


def _after(before: Seen, seen: Seen, value: Value | None) -> Seen:
    """Whether a changed answer may be seen: nothing that was kept back comes out by being changed."""
    if before is Seen.SHOWN:
        return seen
    if before is Seen.HIDDEN and isinstance(value, Place):
        return Seen.HIDDEN  # the place itself may have been why
    if written(value):
        return Seen.HELD  # the facilitator reads it first
    return before if before is Seen.HIDDEN else seen


def _enough(most: int) -> str:
    if most == 1:
        return "You have answered this already. Change your answer, or take it back first."
    return f"You have answered this {most} times, which is all there is room for. Change one, or take one back first."
