"""The parts of a link: how each kind of choice is read from its text, and what is said of a text that is none.

Each reader returns the value, or None, and a sentence for everything that was left out.
"""

from collections.abc import Set

SHOWN = 40
"""Characters of an unknown text that are repeated to the reader."""


def one_of(text: str, known: Set[str], what: str) -> tuple[str | None, list[str]]:
    """One of the known words."""
    return (text, []) if text in known else (None, [unknown(text, what)])


def several(text: str, known: Set[str], what: str) -> tuple[tuple[str, ...], list[str]]:
    """Known words with commas between them, each once; what is not known is left out."""
    parts = [part for part in dict.fromkeys(text.split(",")) if part]
    return tuple(p for p in parts if p in known), [unknown(p, what) for p in parts if p not in known]


def yes(text: str, what: str) -> tuple[bool | None, list[str]]:
    """ "yes" or "no"."""
    return (text == "yes", []) if text in ("yes", "no") else (None, [unknown(text, what)])


def whole(text: str, low: int, high: int, what: str) -> tuple[int | None, list[str]]:
    """A whole number from `low` to `high`."""
    if len(text) <= len(str(high)) and text.isascii() and text.isdigit() and low <= int(text) <= high:
        return int(text), []
    return None, [unknown(text, what)]


def unknown(text: str, what: str) -> str:
    """What is said of a part of the link that was not understood."""
    short = text if len(text) <= SHOWN else text[:SHOWN] + "..."
    article = "an" if what[0] in "aeiou" else "a"
    named = f"“{short}”" if short else "it is empty"
    return (
        f"The link asks for {article} {what} that we do not know: {named}. It was left out; the rest of the link works."
    )
