"""Words that make an answer wait until the facilitator has read it."""

import re
import unicodedata
from collections.abc import Iterable
from functools import lru_cache
from itertools import groupby

from data.workshop.live import Place, Seen, Settings, Value, Words


def written(value: Value | None) -> str:
    """What someone wrote in an answer; nothing if they wrote nothing."""
    if isinstance(value, Words):
        return value.text
    return value.note if isinstance(value, Place) else ""


def seen(value: Value | None, settings: Settings) -> Seen:
    """Whether the room may see an answer that has just come."""
    text = written(value)
    held = text and (settings.hold_words or watches(text, settings.watched))
    return Seen.HELD if held else Seen.SHOWN


def watches(text: str, words: Iterable[str]) -> bool:
    """Whether a text holds one of some words or phrases: whole, in any case, with or without accents.

    Letters that are repeated ("baaad") or set apart ("b.a.d", "b a d") hide nothing; the inside of another word
    ("badminton") is not the word.
    """
    pattern = _pattern(tuple(words))
    return pattern is not None and pattern.search(_plain(text)) is not None


@lru_cache(maxsize=64)
def _pattern(words: tuple[str, ...]) -> re.Pattern[str] | None:
    spelt = [way for word in words for way in _ways(_plain(word))]
    return re.compile(rf"(?<![^\W_])(?:{'|'.join(spelt)})(?![^\W_])") if spelt else None


def _ways(phrase: str) -> list[str]:
    """Patterns of the ways in which a phrase may be written: as it is, and with all of its letters set apart."""
    words = re.findall(r"[^\W_]+", phrase)
    if not words:
        return []
    together = r"[\W_]+".join("".join(_run(sign, len(list(same))) for sign, same in groupby(word)) for word in words)
    letters = "".join(words)
    # All or none are set apart: otherwise "he'll" would be found to hold "hell".
    apart = r"[\W_]+".join(f"{re.escape(sign)}+" for sign in letters)
    return [together, apart] if len(letters) > 1 else [together]


def _run(sign: str, times: int) -> str:
    """A letter as often as it stands in the word, or oftener: "good" is not "god"."""
    return f"{re.escape(sign)}{{{times},}}"


def _plain(text: str) -> str:
    """Text to compare by: one case, no accents, and nothing that cannot be seen."""
    apart = unicodedata.normalize("NFKD", text).casefold()
    return "".join(sign for sign in apart if unicodedata.category(sign) not in ("Mn", "Cf"))
