"""One session, live: who takes part, what they answered and how the room stands. All of it is answered from memory."""

from collections.abc import Mapping, Sequence
from concurrent.futures import Future
from functools import partial
from typing import Any

from data.workshop import reading
from data.workshop.inside import House, Inside
from data.workshop.kept import Kept
from data.workshop.ledger import Entry
from data.workshop.live import Answer, By, Life, People, Prepared, Session, State
from data.workshop.reading import AGAIN, AnswerError
from data.workshop.rows import answer_rows, person_rows
from data.workshop.scenes import Scene
from data.workshop.watched import seen

CLOSED = "This question has been closed. Ask whoever presents it to open it again."

ELSEWHERE = "Your answer was changed on another page of this phone. Load this page again to see it, then change it."


class Room:
    """One session, live. Safe to share between threads and event loops. Made by `Rooms`."""

    def __init__(self, kept: Kept, house: House) -> None:
        self.inside = Inside(kept, house)
        """For `Helm` and `Rooms`."""

    @property
    def session(self) -> Session:
        """What lists and links need."""
        return self.inside.session

    @property
    def state(self) -> State:
        """How the room stands."""
        return self.inside.standing.state

    @property
    def live(self) -> int:
        """Grows with everything: state, settings, answers, people who join or come back, moderation."""
        return self.inside.live

    @property
    def prepared(self) -> tuple[Prepared, ...]:
        """Its scenes, ready to be shown."""
        return self.inside.prepared

    @property
    def places(self) -> str:
        """The places that its maps draw, as JSON."""
        return self.inside.places

    def join(self, token: str | None, *, by: By = By.PHONE) -> Future[tuple[str, int]]:
        """The token and number of whoever has this token, or of a new person; done once it is safely on disk.

        A sheet of paper has no token.

        Raises
        ------
        AnswerError
            If a new person cannot join, at once: the session has ended, or it is full.
        """
        inside = self.inside
        with inside.lock:
            known = inside.crowd.person(token)
            if known is not None:
                return _done((token or "", known))
            inside.require_life(Life.READY, Life.OPEN)
            number, made, hash_ = inside.crowd.another()
            kept = (number, "", None) if by is By.SHEET else (number, made, hash_)
            return inside.house.writer.put(
                [person_rows(inside.session.id, number, kept[2])], kept=partial(self._joined, *kept)
            )

    def person(self, token: str | None) -> int | None:
        """The number of the person who has this token; None if nobody has."""
        with self.inside.lock:
            return self.inside.crowd.person(token)

    def here(self, person: int) -> None:
        """Note that this person's phone asked for news just now."""
        with self.inside.lock:
            if self.inside.crowd.asked(person):
                self.inside.stir()

    def answer(self, person: int, told: Mapping[str, Any], *, by: By = By.PHONE) -> Future[Answer | None]:
        """Keep a raw answer; done once it is on disk, with the answer as it stands, None if it is taken back.

        A repeated or older turn of the same id changes nothing and is acknowledged, even when the question is closed.

        Raises
        ------
        AnswerError
            If it cannot be kept, at once.
        """
        id_, scene_id, turn = reading.heading(told)
        inside = self.inside
        with inside.lock:
            known = inside.ledger.repeated(person, id_, scene_id, turn)
            if known is not None:
                self._require_same(id_, turn, told)
                return known
            scene = self._asking(person, scene_id)
        value = reading.value(told, scene, inside.house.whereabouts)
        with inside.lock:
            # While it was read another copy may have come, or the question may have been closed.
            known = inside.ledger.repeated(person, id_, scene_id, turn)
            if known is not None:
                self._require_same(id_, turn, told)
                return known
            if self._asking(person, scene_id) != scene:
                raise AnswerError(f"This question has just been changed. {AGAIN}")
            how: dict[str, Any] = {"by": by, "minute": inside.minute(), "seen": seen(value, inside.session.settings)}
            entries = inside.ledger.entries(person, scene, id_, turn, value, **how)
            future = inside.house.writer.put(
                answer_rows(inside.session.id, entries),
                kept=partial(self._answered, entries),
                lost=partial(self._lost, entries),
            )
            inside.ledger.come(entries, future)
            return future

    def answers(self) -> tuple[Answer, ...]:
        """All answers as they stand, in the order in which they first came; those held or hidden, too."""
        with self.inside.lock:
            return self.inside.ledger.answers()

    def answers_of(self, person: int) -> tuple[Answer, ...]:
        """One person's answers as they stand, in the order in which they first came."""
        with self.inside.lock:
            return self.inside.ledger.answers_of(person)

    def people(self) -> People:
        """Who takes part."""
        inside = self.inside
        with inside.lock:
            return People(phones=inside.crowd.phones, here=inside.crowd.here(), answered=inside.ledger.answered())

    def sheets(self) -> Mapping[int, int]:
        """The numbers on sheets of paper, by person."""
        with self.inside.lock:
            return dict(self.inside.crowd.sheets)

    async def changed(self, after: int, *, seconds: float) -> State:
        """The state, as soon as its version is above `after`, or when the time is up."""
        await self.inside.steered.until(lambda: self.state.version > after, seconds=seconds)
        return self.state

    async def heard(self, after: int, *, seconds: float) -> int:
        """`live`, as soon as it is above `after`, or when the time is up."""
        await self.inside.stirred.until(lambda: self.live > after, seconds=seconds)
        return self.live

    def _asking(self, person: int, scene_id: str) -> Scene:
        """The scene, if this person may answer its question now. The lock is held."""
        inside = self.inside
        inside.require_life(Life.OPEN)
        if person not in inside.crowd:
            raise AnswerError(f"We do not know this phone any more. {AGAIN}")
        scene = next((each for each in inside.session.scenes if each.id == scene_id), None)
        if scene is None or scene.question is None:
            raise AnswerError(f"This session does not ask that. {AGAIN}")
        if scene_id not in inside.standing.state.asking:
            raise AnswerError(CLOSED)
        return scene

    def _require_same(self, id_: str, turn: int, told: Mapping[str, Any]) -> None:
        """Stop another answer under a turn that is taken, such as from a second page of one phone. The lock is held.

        Without this it would be acknowledged as a copy, and lost.
        """
        entry = self.inside.ledger.standing(id_)
        if entry is None or entry.answer is None or entry.turn != turn:
            return
        scene = next(each for each in self.inside.session.scenes if each.id == entry.scene)
        if reading.value(told, scene, self.inside.house.whereabouts) != entry.answer.value:
            raise AnswerError(ELSEWHERE)

    def _joined(self, number: int, token: str, hash_: str | None) -> tuple[str, int]:
        with self.inside.lock:
            self.inside.crowd.joined(number, hash_)
            self.inside.stir()
        return token, number

    def _answered(self, entries: Sequence[Entry]) -> Answer | None:
        with self.inside.lock:
            self.inside.ledger.keep(entries)
            self.inside.stir()
        return entries[0].answer

    def _lost(self, entries: Sequence[Entry]) -> None:
        with self.inside.lock:
            self.inside.ledger.lose(entries)


def _done(known: tuple[str, int]) -> Future[tuple[str, int]]:
    done: Future[tuple[str, int]] = Future()
    done.set_result(known)
    return done
