"""How long something takes."""

import time
from collections.abc import Callable
from statistics import median
from typing import TypeVar

TIMES = 9

T = TypeVar("T")


def timed(make: Callable[[], T], *, times: int = TIMES) -> tuple[T, float]:
    """What a function makes, and the median of the milliseconds that it takes."""
    took = []
    for _ in range(times):
        begun = time.perf_counter()
        made = make()
        took.append((time.perf_counter() - begun) * 1000)
    return made, median(took)
