"""The one thread that writes: what waits is written together, in order, and only then is anybody told.

A commit costs a visit to the disk, whether it holds one answer or fifty; so all that came in the meantime shares one.
"""

import logging
import queue
import threading
from collections.abc import Callable, Sequence
from concurrent.futures import Future
from dataclasses import dataclass, field
from functools import partial
from itertools import groupby
from typing import Any, TypeVar

from data.workshop.book import CLOSED, Book, WorkshopError
from data.workshop.writes import Write

_MOST = 1_000
"""Jobs written together."""

_log = logging.getLogger("foothold")

T = TypeVar("T")


@dataclass(frozen=True, eq=False)
class _Job:
    """Something to keep; `kept` or `lost` is called in the writer's thread, before the future is done."""

    writes: Sequence[Write]
    kept: Callable[[], Any]
    lost: Callable[[], None]
    future: Future[Any] = field(default_factory=Future)


@dataclass(frozen=True, eq=False)
class _Alone:
    """Something done with the book between two writes."""

    do: Callable[[Book], Any]
    future: Future[Any] = field(default_factory=Future)


class Writer:
    """Writes to a book, in the order in which it is asked to."""

    def __init__(self, book: Book) -> None:
        self._book = book
        self._lock = threading.Lock()
        self._waiting: queue.SimpleQueue[_Job | _Alone | None] = queue.SimpleQueue()
        self._closed = False
        # If the application ends, what was promised is on disk already, so nothing has to be waited for.
        self._thread = threading.Thread(target=self._work, name="workshop writer", daemon=True)
        self._thread.start()

    def put(
        self, writes: Sequence[Write], *, kept: Callable[[], T], lost: Callable[[], None] = lambda: None
    ) -> Future[T]:
        """Keep something; done once it is on disk, with what `kept` returns.

        Parameters
        ----------
        kept : called when it is on disk, before the future is done: memory follows the disk.
        lost : called when it could not be kept, before the future fails.

        Raises
        ------
        WorkshopError
            If the writer has been closed.
        """
        return self._line_up(_Job(writes, kept, lost))

    def call(self, do: Callable[[Book], T]) -> T:
        """What `do` returns, called with the book between two writes.

        Raises
        ------
        WorkshopError
            If the writer has been closed. What `do` raises is raised, too.
        """
        made: T = self._line_up(_Alone(do)).result()
        return made

    def close(self, *, patience: float | None = None) -> None:
        """Write what still waits, then let go of the book; wait for that at most so many seconds, if given."""
        with self._lock:
            if not self._closed:
                self._closed = True
                self._waiting.put(None)
        if threading.current_thread() is not self._thread:
            self._thread.join(patience)

    def _line_up(self, item: _Job | _Alone) -> Future[Any]:
        # Whoever waits may go away, and so cancel what they wait for; others may wait for the same.
        item.future.set_running_or_notify_cancel()
        with self._lock:
            if self._closed:
                raise WorkshopError(CLOSED)
            self._waiting.put(item)
        return item.future

    def _work(self) -> None:
        while True:
            waiting = [self._waiting.get()]
            while len(waiting) < _MOST and waiting[-1] is not None and not self._waiting.empty():
                waiting.append(self._waiting.get())
            for kind, some in groupby(waiting, key=type):
                if kind is _Job:
                    self._keep([each for each in some if isinstance(each, _Job)])
                else:
                    for each in some:
                        if isinstance(each, _Alone):
                            fulfil(each.future, partial(each.do, self._book))
            if waiting[-1] is None:
                self._book.close()
                return

    def _keep(self, jobs: Sequence[_Job]) -> None:
        """Write some jobs together; if that fails, each by itself, so that one cannot spoil the others."""
        try:
            self._book.write([write for job in jobs for write in job.writes])
        except Exception as error:
            if len(jobs) > 1:
                for job in jobs:
                    self._keep([job])
                return
            _log.exception("Something of a session could not be kept")
            [job] = jobs
            job.lost()
            failed = WorkshopError("This could not be kept: the disk may be full. Make room on it, then try again.")
            failed.__cause__ = error
            job.future.set_exception(failed)
            return
        for job in jobs:
            fulfil(job.future, job.kept)


def fulfil(future: Future[Any], do: Callable[[], Any]) -> None:
    """Let a future be done with what `do` returns, or fail with what it raises."""
    try:
        made = do()
    except BaseException as error:
        future.set_exception(error)
    else:
        future.set_result(made)
