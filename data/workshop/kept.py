"""Sessions as their file has them: read when it is opened, and each wholly when its room is first asked for."""

from collections.abc import Sequence
from dataclasses import dataclass

from data.workshop.book import Book
from data.workshop.ledger import Entry
from data.workshop.live import Life, Prepared, Session, State
from data.workshop.rows import entry_of, prepared_of, session_of
from data.workshop.standing import Standing, from_text


@dataclass(frozen=True, kw_only=True)
class Known:
    """What lists need of a session. `number` says in which order sessions were begun, `salt` hides its tokens."""

    session: Session
    number: int
    salt: str


@dataclass(frozen=True, kw_only=True)
class Kept:
    """All of a session."""

    known: Known
    prepared: tuple[Prepared, ...]
    places: str
    standing: Standing
    people: Sequence[tuple[int, str | None]]
    entries: Sequence[Entry]


def known_sessions(book: Book) -> list[Known]:
    """Every session, in the order in which they were begun."""
    return [Known(session=session_of(row), number=row["number"], salt=row["salt"]) for row in book.ask("sessions")]


def kept_of(book: Book, *, known: Known, version: int) -> Kept:
    """All of one session. Its state begins at `version`, which is above all versions of an earlier opening."""
    id_ = known.session.id
    states = book.ask("state", session=id_)
    standing = Standing(state=State(version=version, life=Life.READY))
    return Kept(
        known=known,
        prepared=prepared_of(known.session, book.ask("scenes", session=id_)),
        places=book.ask("places", session=id_)[0]["told"],
        standing=from_text(states[0]["told"], version=version) if states else standing,
        people=[(row["number"], row["token_hash"]) for row in book.ask("people", session=id_)],
        entries=[entry_of(row) for row in book.ask("answers", session=id_)],
    )
