"""Text in spreadsheets: none may start a formula, and what was guarded comes back as it was."""

import re

_STARTS = "=+-@\t\r\n|%＝＋－＠"
_GUARDED = re.compile(rf"'+[{re.escape(_STARTS)}]")


def guarded(text: str) -> str:
    """Text that a spreadsheet would take for a formula, with a leading apostrophe; any other as it is."""
    return f"'{text}" if text.startswith(tuple(_STARTS)) or _GUARDED.match(text) else text


def restored(text: str) -> str:
    """The text that `guarded` was given."""
    return text[1:] if _GUARDED.match(text) else text
