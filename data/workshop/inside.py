"""What a room is made of: what presenters and people both touch, under one lock.

Memory follows the disk for what people send: nobody is told that an answer is kept before it is. The disk follows
memory for what a presenter does, because a hall does not wait for a disk.
"""

import threading
from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import datetime

from data.workshop.bell import Bell
from data.workshop.book import WorkshopError
from data.workshop.crowd import Crowd
from data.workshop.kept import Kept
from data.workshop.ledger import Ledger
from data.workshop.live import Life, Session
from data.workshop.reading import AnswerError
from data.workshop.rows import session_rows, state_rows
from data.workshop.standing import Standing
from data.workshop.where import Whereabouts
from data.workshop.writer import Writer
from data.workshop.writes import Write

READY = "This session has not begun yet. Keep this page open: it goes on by itself."
ENDED = "This session has ended, so nothing more can be answered. Thank you for taking part."
GONE = "This session has been deleted, with all that was answered in it."


@dataclass(frozen=True, kw_only=True)
class House:
    """What all rooms share. `clock` tells seconds that never go back, `now` the time for minutes; `changed` is called
    when something of a session's own has changed."""

    writer: Writer
    whereabouts: Whereabouts
    now: Callable[[], datetime]
    clock: Callable[[], float]
    changed: Callable[[], None]


class Inside:
    """One room's memory. Whoever reads or changes more than one thing of it holds `lock`."""

    def __init__(self, kept: Kept, house: House) -> None:
        self.lock = threading.Lock()
        self.house = house
        self.session, self.prepared, self.places = kept.known.session, kept.prepared, kept.places
        self.standing = kept.standing
        self.live = kept.standing.state.version
        self.crowd = Crowd(kept.people, salt=kept.known.salt, clock=house.clock)
        self.ledger = Ledger(kept.entries)
        self.stirred, self.steered = Bell(), Bell()
        self.gone = False
        self._known = kept.known

    def stir(self) -> None:
        """Tell whoever listens that something is new. The lock is held."""
        self.live += 1
        self.stirred.ring()

    def stand(self, standing: Standing) -> None:
        """Stand otherwise, in memory, one version later. The lock is held."""
        self.standing = replace(standing, state=replace(standing.state, version=self.standing.state.version + 1))
        life = standing.state.life
        if self.session.life is not life:
            self.session = replace(self.session, life=life)
            self.house.changed()
        self.steered.ring()
        self.stir()

    def write_behind(self, *writes: Write) -> None:
        """Keep something that memory already has, in order, without waiting for it. The lock is held."""
        self.house.writer.put(writes, kept=_nothing)

    def session_rows(self, session: Session) -> Write:
        """This session otherwise, as it is kept."""
        return session_rows(session, number=self._known.number, salt=self._known.salt)

    def standing_rows(self, standing: Standing) -> Write:
        """This session standing otherwise, as it is kept."""
        return state_rows(self.session.id, standing)

    def minute(self) -> str:
        """The time of an answer."""
        return self.house.now().strftime("%Y-%m-%dT%H:%M")

    def require_there(self) -> None:
        """Stop what is done to a session that is no more. WorkshopError."""
        if self.gone:
            raise WorkshopError(GONE)

    def require_life(self, *lives: Life) -> None:
        """Stop what people cannot do before a session begins, or when it is over. AnswerError."""
        if self.gone:
            raise AnswerError(GONE)
        if self.standing.state.life not in lives:
            raise AnswerError(READY if self.standing.state.life is Life.READY else ENDED)


def _nothing() -> None:
    """Memory has it already."""
