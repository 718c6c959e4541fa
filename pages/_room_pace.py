"""How fast anybody may go: codes that are guessed, and answers and arrivals that come too fast.

Kept in memory only and forgotten after a minute; no address is ever written down. What is kept is bounded, so nobody
can fill the memory either.
"""

import ipaddress
import math
import time
from collections import OrderedDict, deque
from collections.abc import Callable, Hashable

MINUTE = 60.0

WRONG_EACH, WRONG_ALL = 10, 120
"""Wrong codes a minute: from one address, and from all addresses together."""

MOST_KEPT = 10_000
"""Addresses or people remembered at once; those that are quiet longest go first."""

Clock = Callable[[], float]


class Guesses:
    """Wrong codes of the last minute, by address."""

    def __init__(self, *, clock: Clock = time.monotonic) -> None:
        self._clock = clock
        self._all: deque[float] = deque(maxlen=WRONG_ALL)
        self._by_address: OrderedDict[str, deque[float]] = OrderedDict()

    def wait(self, address: str) -> int:
        """Seconds until this address may try a code; 0 if it may now.

        Who has not been wrong within the minute may always try: a stranger's guessing does not lock a hall out.
        """
        now = self._clock()
        wrong = self._recent(_network(address), now)
        if not wrong:
            return 0
        until = now
        if len(wrong) == WRONG_EACH:
            until = max(until, wrong[0] + MINUTE)
        if len(self._all) == WRONG_ALL:
            until = max(until, min(self._all[0], wrong[-1]) + MINUTE)
        return math.ceil(until - now)

    def wrong(self, address: str) -> None:
        """Note that this address tried a code that is none."""
        now, name = self._clock(), _network(address)
        self._recent(name, now)
        self._by_address.setdefault(name, deque(maxlen=WRONG_EACH)).append(now)
        self._by_address.move_to_end(name)
        self._all.append(now)
        while len(self._by_address) > MOST_KEPT or self._gone(next(iter(self._by_address.values())), now):
            self._by_address.popitem(last=False)

    def __len__(self) -> int:
        """How many addresses are remembered."""
        return len(self._by_address)

    def _recent(self, name: str, now: float) -> deque[float]:
        wrong = self._by_address.get(name, deque())
        while wrong and wrong[0] <= now - MINUTE:
            wrong.popleft()
        return wrong

    @staticmethod
    def _gone(wrong: deque[float], now: float) -> bool:
        return not wrong or wrong[-1] <= now - MINUTE


class Pace:
    """So many at once, then so many a minute, for each of whoever is counted."""

    def __init__(self, *, burst: int, a_minute: float, clock: Clock = time.monotonic) -> None:
        self._burst, self._a_second, self._clock = float(burst), a_minute / MINUTE, clock
        self._left: OrderedDict[Hashable, tuple[float, float]] = OrderedDict()

    def wait(self, who: Hashable) -> int:
        """0 if this one may go on, which is then counted; else the seconds until they may."""
        now = self._clock()
        left, at = self._left.get(who, (self._burst, now))
        left = min(self._burst, left + (now - at) * self._a_second)
        allowed = left >= 1
        self._left[who] = (left - 1 if allowed else left, now)
        self._left.move_to_end(who)
        if len(self._left) > MOST_KEPT:
            self._left.popitem(last=False)
        return 0 if allowed else math.ceil((1 - left) / self._a_second)

    def __len__(self) -> int:
        """How many are remembered."""
        return len(self._left)


def _network(address: str) -> str:
    """An address, or the network that one home or one phone has of IPv6 addresses."""
    try:
        known = ipaddress.ip_address(address.split("%")[0])
    except ValueError:
        return address
    if isinstance(known, ipaddress.IPv6Address):
        if known.ipv4_mapped:
            return str(known.ipv4_mapped)
        return str(ipaddress.ip_network((known, 64), strict=False))
    return str(known)
