"""What people probably meant: words to compare, and postcodes and opening hours put right where that is safe."""

import re

from opening_hours import OpeningHours, ParserError  # type: ignore[attr-defined]

from geo.postcode import PostcodeError, normalise


class FieldError(ValueError):
    """Words that a field cannot hold. `suggestion` is text that it could hold instead, or None."""

    def __init__(self, problem: str, suggestion: str | None = None) -> None:
        super().__init__(problem)
        self.suggestion = suggestion


def plain_words(text: str) -> str:
    """Text to compare by: letters and digits only, in lower case, one space between words."""
    return " ".join(re.findall(r"[^\W_]+", text.casefold()))


def short(text: str, length: int = 60) -> str:
    """The beginning of a text that may be long, to name it in a sentence."""
    words = " ".join(text.split())
    return words if len(words) <= length else f"{words[:length]}..."


def some(words: list[str], most: int = 6) -> str:
    """The first of several words, and how many more there are."""
    return ", ".join(words) if len(words) <= most else f"{', '.join(words[:most])} and {len(words) - most} more"


def mended_postcode(text: str) -> str | None:
    """A postcode with the letters and digits that look alike put right, if that makes one."""
    compact = re.sub(r"[^0-9A-Za-z]", "", text).upper()
    if not 5 <= len(compact) <= 7:
        return None
    digit, letter = str.maketrans("OILSZB", "011528"), str.maketrans("015", "OIS")
    outward, inward = compact[:-3], compact[-3].translate(digit) + compact[-2:].translate(letter)
    # An outward part is one or two letters, then a digit: try both.
    for letters in (2, 1):
        tried = outward[:letters].translate(letter) + outward[letters:].translate(digit) + inward
        try:
            return normalise(tried)
        except PostcodeError:
            continue
    return None


_DAYS = {"mon": "Mo", "tue": "Tu", "wed": "We", "thu": "Th", "fri": "Fr", "sat": "Sa", "sun": "Su"}


_SPANS = {r"\bweekdays?\b": "Mo-Fr", r"\bweekends?\b": "Sa-Su", r"\b(daily|every day)\b": "Mo-Su"}


def mended_hours(text: str) -> str | None:
    """Hours in the written form, from the commonest ways in which people write them; None if still not readable."""
    mended = re.sub(
        r"\b(mon|tue|wed|thu|fri|sat|sun)[a-z]*", lambda day: _DAYS[day.group(1).lower()], text, flags=re.IGNORECASE
    )
    for words, days in _SPANS.items():
        mended = re.sub(words, days, mended, flags=re.IGNORECASE)
    mended = re.sub(r"\s*(–|—|-|\bto\b)\s*", "-", mended)
    mended = re.sub(r"(?<![\d:.])(\d{1,2})-(\d{1,2})(?![\d:.]|\s*[ap]m)", _in_the_day, mended, flags=re.IGNORECASE)
    mended = re.sub(r"^(\S*\d\S*) ([A-Z][a-z](?:-[A-Z][a-z])?)$", r"\2 \1", mended)
    mended = re.sub(r"(\d{1,2})(?:[:.](\d{2}))?\s*(am|pm)\b", _on_24_hours, mended, flags=re.IGNORECASE)
    mended = re.sub(r"\b(\d{1,2})\.(\d{2})\b", r"\1:\2", mended)
    mended = re.sub(r"(?<=[a-z])\s*(?:,|&|\band\b)\s*(?=[A-Z][a-z]\b)", ",", mended)
    mended = re.sub(r"\s*(,|;|&|\band\b)\s*(?=[A-Z][a-z]\b)(?<![a-z],)", "; ", mended)
    mended = re.sub(r"\b(\d):(\d{2})", r"0\1:\2", mended)
    return mended if are_hours(mended) else None


def are_hours(text: str) -> bool:
    """Whether a text can be read as opening hours."""
    try:
        OpeningHours(text)
    except ParserError:
        return False
    return True


def _in_the_day(times: re.Match[str]) -> str:
    """ "9-5" as people mean it: 09:00-17:00."""
    first, last = int(times[1]), int(times[2])
    first += 12 * (first < 7 and last < 12)
    return f"{first:02d}:00-{last + 12 * (last <= first and last < 12):02d}:00"


def _on_24_hours(time: re.Match[str]) -> str:
    hour, minutes, half = int(time[1]) % 12, time[2] or "00", time[3].lower()
    return f"{hour + 12 * (half == 'pm'):02d}:{minutes}"
