"""Text in spreadsheets: none may start a formula, and what was guarded comes back as it was."""

import re

SAID_BLANK = frozenset({"NaN", "nan", "NULL", "null", "N/A", "n/a"})
"""What programs write for nothing."""

ERRORS = frozenset({"#N/A", "#NULL!", "#DIV/0!", "#VALUE!", "#REF!", "#NAME?", "#NUM!", "#SPILL!", "#CALC!"}) | {
    "#GETTING_DATA"
}
"""What spreadsheets write where a formula fails."""

_STARTS = "=+-@\t\r\n|%＝＋－＠"
_WORDS = "|".join(map(re.escape, sorted(SAID_BLANK | ERRORS)))
_GUARDED = re.compile(rf"'+([{re.escape(_STARTS)}]|({_WORDS})\Z)")


def guarded(text: str) -> str:
    """Text that a spreadsheet would take for a formula, or that would be read as blank, with a leading apostrophe."""
    return f"'{text}" if text.startswith(tuple(_STARTS)) else marked(text)


def marked(text: str) -> str:
    """Text that would be read as blank, or as guarded, with a leading apostrophe; any other as it is."""
    return f"'{text}" if text in SAID_BLANK or text in ERRORS or _GUARDED.match(text) else text


def restored(text: str) -> str:
    """The text that `guarded` or `marked` was given."""
    return text[1:] if _GUARDED.match(text) else text
