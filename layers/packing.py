"""How a step is written for the browser: numbers in few signs, and text that is safe wherever it is put.

And how it is read back, where a step that was kept is drawn again without a browser.
"""

import json
import re
from collections.abc import Mapping
from functools import cache
from typing import Any

import numpy as np

DIGITS = "".join(chr(code) for code in range(33, 127) if chr(code) not in "\"\\<>&'{}_`")
"""Signs that need no escape where our script is written: the digits in which values are sent. The script knows them."""

_SIGNS = np.frombuffer(DIGITS.encode("ascii"), dtype=np.uint8)

_WIDTHS = range(1, 9)
"""Digits in a group: with more of them, its number would be none that a browser holds exactly."""

_BITS = 6
"""Truth values a sign."""


def numbers(values: np.ndarray) -> dict[str, Any]:
    """Whole numbers as text, several together in a few signs of `DIGITS`: each plus `low` is the number.

    `several` numbers below `kinds`, the first the lowest place, are one number of `width` digits; `kinds` - 1 means
    missing. What is left of the last group is no number: there are `count`. A value a place is then one sign or
    two, where JSON would take four or five.

    `values` : floating point, whole or NaN.
    """
    missing = np.isnan(values)
    low, high = (0, 0) if missing.all() else (int(np.nanmin(values)), int(np.nanmax(values)))
    kinds = high - low + 2
    several, width = _group(kinds)
    left = np.where(missing, kinds - 1, np.nan_to_num(values) - low).astype(np.int64)
    groups = np.pad(left, (0, -len(left) % several)).reshape(-1, several) @ kinds ** np.arange(several, dtype=np.int64)
    places = len(DIGITS) ** np.arange(width - 1, -1, -1, dtype=np.int64)
    text = _signs(groups[:, None] // places % len(DIGITS))
    return {"low": low, "kinds": kinds, "several": several, "width": width, "count": len(values), "text": text}


@cache
def _group(kinds: int) -> tuple[int, int]:
    """How many numbers below `kinds` go together into how many digits, so that the text is shortest."""
    fits = [(sum(kinds**several <= len(DIGITS) ** width for several in range(1, 40)), width) for width in _WIDTHS]
    found = [(several, width) for several, width in fits if several]
    if not found:
        raise ValueError(f"{kinds:,} different numbers are more than a browser counts exactly. Round them more.")
    return min(found, key=lambda group: (group[1] / group[0], group[1]))


def bits(flags: np.ndarray) -> str:
    """Truth values as text, `_BITS` to a sign, the first the lowest; what is left off the end is false."""
    whole = np.pad(flags, (0, -len(flags) % _BITS)).reshape(-1, _BITS)
    return _signs(whole @ (1 << np.arange(_BITS))).rstrip(DIGITS[0])


def unpacked(packed: Mapping[str, Any]) -> np.ndarray:
    """The numbers that `numbers` wrote: floating point, NaN where there is none."""
    digits = _digits(packed["text"]).reshape(-1, packed["width"])
    groups = digits @ len(DIGITS) ** np.arange(packed["width"] - 1, -1, -1, dtype=np.int64)
    places = packed["kinds"] ** np.arange(packed["several"], dtype=np.int64)
    left = (groups[:, None] // places % packed["kinds"]).ravel()[: packed["count"]]
    return np.where(left == packed["kinds"] - 1, np.nan, left + packed["low"])


def unpacked_bits(text: str, count: int) -> np.ndarray:
    """The first `count` truth values of a text that `bits` wrote."""
    flags = (_digits(text)[:, None] >> np.arange(_BITS) & 1).ravel().astype(bool)
    return np.pad(flags, (0, max(0, count - len(flags))))[:count]


def _digits(text: str) -> np.ndarray:
    """The whole number that each sign of a text stands for."""
    return np.array([DIGITS.index(sign) for sign in text], dtype=np.int64)


def _signs(numbers: np.ndarray) -> str:
    """One of `DIGITS` for each whole number from 0."""
    return _SIGNS[numbers.ravel()].tobytes().decode("ascii")


def as_script(told: dict[str, Any]) -> str:
    """JSON that is safe inside a script, a Jinja template and the component's own renaming of `name_<id>`.

    Only inside quoted text are characters replaced, by their escapes, so that the words stay the same.
    """

    def escaped(quoted: re.Match[str]) -> str:
        return re.sub(r"[<>&'{}_`]", lambda found: f"\\u{ord(found.group()):04x}", quoted.group())

    text = json.dumps(told, separators=(",", ":"))
    return re.sub(r'"(?:[^"\\]|\\.)*"', escaped, text)
