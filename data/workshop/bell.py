"""A bell for those who wait for news on event loops, rung from any thread."""

import asyncio
import threading
from collections.abc import Callable


class Bell:
    """Wakes all who wait. However often it is rung before a loop comes to hear it, that loop is called once."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._waiting: dict[asyncio.AbstractEventLoop, set[asyncio.Future[None]]] = {}
        self._called: set[asyncio.AbstractEventLoop] = set()

    @property
    def waiting(self) -> int:
        """How many wait now."""
        with self._lock:
            return sum(map(len, self._waiting.values()))

    def ring(self) -> None:
        """Wake all who wait, each on its own loop."""
        with self._lock:
            for loop in [each for each in self._waiting if each.is_closed()]:
                del self._waiting[loop]
                self._called.discard(loop)
            calls = [loop for loop in self._waiting if loop not in self._called]
            self._called.update(calls)
        for loop in calls:
            try:
                loop.call_soon_threadsafe(self._wake, loop)
            except RuntimeError:  # it was closed just now, and nobody waits there any more
                with self._lock:
                    self._called.discard(loop)

    async def until(self, news: Callable[[], bool], *, seconds: float) -> None:
        """Wait until there is news, or the time is up. `news` is asked before anything is waited for."""
        loop = asyncio.get_running_loop()
        try:
            async with asyncio.timeout(max(0.0, seconds)):
                while not await self._rung(loop, news):
                    pass
        except TimeoutError:
            return

    async def _rung(self, loop: asyncio.AbstractEventLoop, news: Callable[[], bool]) -> bool:
        """Whether there is news already; if not, wait for the bell once."""
        mine = loop.create_future()
        with self._lock:
            self._waiting.setdefault(loop, set()).add(mine)
        try:
            if news():  # asked only now, so that no bell between asking and waiting is missed
                return True
            await mine
            return False
        finally:
            with self._lock:
                others = self._waiting.get(loop)
                if others is not None:
                    others.discard(mine)
                    if not others:
                        del self._waiting[loop]

    def _wake(self, loop: asyncio.AbstractEventLoop) -> None:
        with self._lock:
            self._called.discard(loop)
            waiting = tuple(self._waiting.get(loop, ()))
        for each in waiting:
            if not each.done():
                each.set_result(None)
