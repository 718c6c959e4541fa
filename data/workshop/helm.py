"""What whoever holds a session's key may do. Each applies at once, and is kept on disk a moment later, in order."""

from collections.abc import Callable, Mapping, Sequence
from concurrent.futures import Future
from dataclasses import replace
from functools import partial
from typing import Any

from data.workshop import standing
from data.workshop.book import WorkshopError
from data.workshop.details import settled
from data.workshop.live import Seen, Settings, State
from data.workshop.room import Room
from data.workshop.scenes import Scene
from data.workshop.sheets import entered, taken_back
from data.workshop.standing import Standing
from data.workshop.writes import Moderated


class Helm:
    """What a presenter may do in one room. Made by `Rooms.helm`, which checks the key.

    Raises
    ------
    WorkshopError
        From everything that cannot be done, also when the session has been deleted; the message says why.
    """

    def __init__(self, room: Room) -> None:
        self.room = room

    def show(self, position: int) -> State:
        """Show a scene, counted from 0. Its question opens the first time, if the session is open."""
        return self._steer(partial(standing.shown, position=position))

    def blank(self, on: bool) -> State:  # noqa: FBT001  (on or off is the whole of it)
        """Show nothing, or again what was shown."""
        return self._steer(partial(standing.blanked, on=on))

    def joining(self, on: bool) -> State:  # noqa: FBT001
        """Show over the map how to join, or no longer."""
        return self._steer(partial(standing.told_how_to_join, on=on))

    def ask(self, scene_id: str, on: bool) -> State:  # noqa: FBT001
        """Open or close a scene's question. It can be opened only while the session is open."""
        return self._steer(partial(standing.asked, scene_id=scene_id, on=on))

    def reveal(self, scene_id: str, on: bool) -> State:  # noqa: FBT001
        """Let the room see a scene's answers, or no longer."""
        return self._steer(partial(standing.revealed, scene_id=scene_id, on=on))

    def open(self) -> State:
        """Open the session to answers; also again after it has ended, with the questions that were open then."""
        return self._steer(standing.opened)

    def end(self) -> State:
        """End the session: nothing more can be answered. Sheets of paper can still be entered."""
        return self._steer(standing.ended)

    def moderate(self, answer_id: str, seen: Seen, *, turn: int | None = None) -> State:
        """Say whether the room may see an answer.

        With `turn`, only if the answer has not been changed since that turn: so nobody lets through what they have
        not read.
        """
        inside = self.room.inside
        with inside.lock:
            inside.require_there()
            answer = inside.ledger.moderated(answer_id, seen, turn)
            if answer is None:
                raise WorkshopError("This answer has been changed or taken back since. Read it again, then decide.")
            values = {"session": inside.session.id, "id": answer.id, "turn": answer.turn, "seen": seen.value}
            inside.write_behind(Moderated(values))
            inside.stir()
            return inside.standing.state

    def settle(self, settings: Settings) -> State:
        """Change the session's settings. What has been answered stays as it is, seen or not."""
        wanted = settled(settings)
        inside = self.room.inside
        with inside.lock:
            inside.require_there()
            if wanted != inside.session.settings:
                inside.session = replace(inside.session, settings=wanted)
                inside.write_behind(inside.session_rows(inside.session))
                inside.house.changed()
                inside.stir()
            return inside.standing.state

    def sheet(self, answers: Sequence[Mapping[str, Any]], *, number: int | None = None) -> Future[int]:
        """Keep one sheet of paper, all of it or nothing; done once on disk, with the number of its person.

        Allowed at any time, also after the session has ended. Answers are raw, as from phones; `id` and `turn` may be
        left out, and a value may be null where the sheet says nothing. A sheet whose answers have all been kept before
        is acknowledged with the person that it has.

        Parameters
        ----------
        number : written on the sheet, from 1 to 999. Sheets with the same number are one person, those without are a
            new person each.

        Raises
        ------
        AnswerError
            If any of it cannot be kept, at once; SheetNumberError if another number, or none, could be.
        """
        return entered(self.room.inside, answers, number=number)

    def take_back(self, ids: Sequence[str]) -> Future[None]:
        """Take back answers that were entered from sheets of paper, all of them or none; done once on disk.

        Raises
        ------
        AnswerError
            If one of them is no such answer, or none any more, at once.
        """
        return taken_back(self.room.inside, ids)

    def _steer(self, change: Callable[[Standing, Sequence[Scene]], Standing]) -> State:
        inside = self.room.inside
        with inside.lock:
            inside.require_there()
            after = change(inside.standing, inside.session.scenes)
            if after != inside.standing:
                inside.stand(after)
                inside.write_behind(inside.standing_rows(after))
            return inside.standing.state
