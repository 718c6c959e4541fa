"""All sessions that are kept, in one file or in memory."""

import hmac
import threading
import time
import weakref
from collections.abc import Callable, Sequence
from concurrent.futures import Future
from dataclasses import replace
from datetime import datetime
from functools import partial
from pathlib import Path

from data.register.rights import Actor, NotAllowedError, require_editor
from data.workshop import codes, standing
from data.workshop.book import Book, WorkshopError
from data.workshop.details import day_of, named, presentable, require_same_questions, settled
from data.workshop.helm import Helm
from data.workshop.inside import House, Inside
from data.workshop.kept import Known, kept_of, known_sessions
from data.workshop.live import Prepared, Session, Settings
from data.workshop.room import Room
from data.workshop.rows import drawing_rows, session_rows
from data.workshop.where import Whereabouts
from data.workshop.writer import Writer, fulfil

__all__ = ["Rooms", "WorkshopError"]

_A_LIFE = 1_000_000
"""Versions between one opening of the file and the next: whoever waits for a newer one need not know of either."""

_PATIENCE = 5
"""Seconds that the end of the application waits for the last writes."""

_OPEN: "weakref.WeakValueDictionary[Path, Rooms]" = weakref.WeakValueDictionary()


class Rooms:
    """All sessions, in one file that takes one process, or in memory if `path` is None.

    Opened again in the same process, the newer takes the file over from the older.

    Parameters
    ----------
    now : tells the time, for the minutes that answers came in; nothing else depends on it.
    clock : tells seconds that never go back.

    Raises
    ------
    WorkshopError
        If the file is in use by another process, or does not hold sessions.
    """

    def __init__(
        self,
        path: Path | None = None,
        *,
        whereabouts: Whereabouts,
        now: Callable[[], datetime] = datetime.now,
        clock: Callable[[], float] = time.monotonic,
    ) -> None:
        if path is not None:
            path = path.resolve()
            if (older := _OPEN.get(path)) is not None:
                older.close()
        book = Book(path)
        self._lock = threading.Lock()
        self._first = book.openings * _A_LIFE
        self._versions = _Versions(self._first)
        self._known = {each.session.id: each for each in known_sessions(book)}
        self._codes = {each.session.code: id for id, each in self._known.items()}
        self._number = max((each.number for each in self._known.values()), default=0)
        self._rooms: dict[str, Future[Room]] = {}
        self._writer = Writer(book)
        self._house = House(
            writer=self._writer, whereabouts=whereabouts, now=now, clock=clock, changed=self._versions.grow
        )
        # What is forgotten, or still open when the application ends, is closed by itself; not for ever, because whoever
        # forgets it may hold a room's lock.
        weakref.finalize(self, self._writer.close, patience=_PATIENCE)
        if path is not None:
            _OPEN[path] = self

    @property
    def version(self) -> int:
        """Grows when the list of sessions, their settings, life or publication change."""
        return self._versions.now

    def begin(
        self,
        *,
        by: Actor,
        title: str,
        place: str,
        day: str,
        pack: str,
        prepared: Sequence[Prepared],
        places: str,
        settings: Settings = Settings(),  # noqa: B008  (a frozen value)
    ) -> Session:
        """A new session, not yet open.

        Parameters
        ----------
        day : as 2026-11-26.
        pack : the version of the figures that the maps were made from.
        places : the places that the maps draw, as JSON.

        Raises
        ------
        NotAllowedError
            If `by` is not an editor.
        WorkshopError
            If something of it cannot be kept as it is.
        """
        require_editor(by)
        scenes = presentable(prepared)
        session = Session(
            id=codes.new_id(),
            code="",
            key=codes.new_key(),
            title=named(title, "title"),
            place=named(place, "place"),
            day=day_of(day),
            pack=pack,
            scenes=tuple(each.scene for each in scenes),
            settings=settled(settings),
        )
        with self._lock:
            session = replace(session, code=codes.new_code(self._codes))
            self._codes[session.code] = session.id
            self._number += 1
            known = Known(session=session, number=self._number, salt=codes.new_salt())
        rows = [session_rows(session, number=known.number, salt=known.salt)]
        self._writer.put([*rows, *drawing_rows(session.id, scenes, places)], kept=lambda: None).result()
        with self._lock:
            self._known[session.id] = known
        self._versions.grow()
        return session

    def prepare_again(self, id: str, *, by: Actor, pack: str, prepared: Sequence[Prepared], places: str) -> Session:
        """The session with other scenes, or the same drawn anew. Answers stay with the ids of their scenes.

        Raises
        ------
        NotAllowedError
            If `by` is not an editor.
        WorkshopError
            If there is no such session, if a scene that has answers is missing or asks something else, or if
            something cannot be kept as it is.
        """
        require_editor(by)
        scenes = presentable(prepared)
        inside = self._require_room(id).inside
        with inside.lock:
            inside.require_there()
            before = (inside.session.pack, inside.prepared, inside.places)
            later = [each.scene for each in scenes]
            require_same_questions(inside.session.scenes, later, inside.ledger.scenes())
            _install(inside, pack, scenes, places)
            rows = [inside.session_rows(inside.session), inside.standing_rows(inside.standing)]
            future = self._writer.put(
                [*rows, *drawing_rows(id, scenes, places)], kept=lambda: None, lost=partial(_restore, inside, *before)
            )
        future.result()
        self._versions.grow()
        return inside.session

    def sessions(self) -> list[Session]:
        """All sessions, newest day first; of one day, the one that was begun last first."""
        with self._lock:
            known = sorted(self._known.values(), key=lambda each: (each.session.day, each.number), reverse=True)
            rooms = {id: room.result() for id, room in self._rooms.items() if room.done() and not room.exception()}
        return [rooms[each.session.id].session if each.session.id in rooms else each.session for each in known]

    def room(self, id: str) -> Room | None:
        """The room of a session; None if there is none. What it holds is read when it is first asked for."""
        with self._lock:
            known = self._known.get(id)
            if known is None:
                return None
            room = self._rooms.get(id)
            first = room is None or (room.done() and room.exception() is not None)
            if room is None or first:
                room = self._rooms[id] = Future()
        if first:  # others who ask for it wait, and those who ask for other rooms do not
            fulfil(room, partial(self._loaded, known))
        return room.result()

    def by_code(self, code: str) -> Room | None:
        """The room that people join with a code, however they type it; None if there is none."""
        with self._lock:
            id = self._codes.get(codes.as_typed(code))
        return self.room(id) if id else None

    def helm(self, id: str, key: str) -> Helm:
        """What a presenter may do in a session.

        Raises
        ------
        NotAllowedError
            If the key is not the session's, or there is no such session.
        """
        room = self.room(id)
        ours = room.session.key if room else codes.new_key()  # as slow where there is none
        if not hmac.compare_digest(ours.encode(), str(key).encode("utf-8", "replace")) or room is None:
            raise NotAllowedError("This link does not open the session. Ask whoever began it for the presenter’s link.")
        return Helm(room)

    def delete(self, id: str, *, by: Actor) -> None:
        """Delete a session with all that was answered in it, for good: no byte of it stays in the file.

        Others go on meanwhile; what they send waits until it is done.

        Raises
        ------
        NotAllowedError
            If `by` is not an editor.
        WorkshopError
            If there is no such session, or the file could not be written anew.
        """
        require_editor(by)
        inside = self._require_room(id).inside
        with inside.lock:
            inside.require_there()
            inside.gone = True  # from now on nothing of it is sent to the writer
        try:
            self._writer.call(lambda book: book.forget(id))
        except Exception as error:
            inside.gone = False
            raise WorkshopError(
                "The session could not be deleted: the disk may be full. Make room, then again."
            ) from error
        with self._lock:
            del self._known[id], self._rooms[id], self._codes[inside.session.code]
        self._versions.grow()
        with inside.lock:
            inside.stand(inside.standing)  # so that nobody waits for news of it
        try:
            self._writer.call(Book.rewrite)
        except Exception as error:
            raise WorkshopError(
                "The session is deleted, but traces of it stay in the file, which could not be written anew: the disk "
                "may be full. Make room and start Foothold again, which finishes it."
            ) from error

    def close(self) -> None:
        """Write what still waits, and let go of the file."""
        self._writer.close()

    def _loaded(self, known: Known) -> Room:
        return Room(self._writer.call(partial(kept_of, known=known, version=self._first)), self._house)

    def _require_room(self, id: str) -> Room:
        room = self.room(id)
        if room is None:
            raise WorkshopError("There is no such session any more: it may have been deleted. Look at the list.")
        return room


class _Versions:
    """A number that grows."""

    def __init__(self, first: int) -> None:
        self._lock = threading.Lock()
        self.now = first

    def grow(self) -> None:
        with self._lock:
            self.now += 1


def _install(inside: Inside, pack: str, scenes: tuple[Prepared, ...], places: str) -> None:
    """Put other scenes into a room. The lock is held."""
    before, after = inside.session.scenes, tuple(each.scene for each in scenes)
    inside.session = replace(inside.session, pack=pack, scenes=after)
    inside.prepared, inside.places = scenes, places
    inside.stand(standing.prepared(inside.standing, before, after))


def _restore(inside: Inside, pack: str, scenes: tuple[Prepared, ...], places: str) -> None:
    """Put back what was there, because the other could not be kept."""
    with inside.lock:
        _install(inside, pack, scenes, places)
