"""Minutes on paper: A4, with numbered pages, and with the structure that screen readers follow."""

import unicodedata
from dataclasses import asdict
from typing import Any

from layers.workshop.minutes import Minutes, made_words
from layers.workshop.typeset import as_pdf as typeset

_RIGHT_TO_LEFT = {"R", "AL"}


def as_pdf(minutes: Minutes) -> bytes:
    """The minutes as a PDF: the same bytes for the same minutes."""
    return typeset("minutes", said(minutes), made=minutes.made)


def said(minutes: Minutes) -> dict[str, Any]:
    """What the template is told."""
    told: dict[str, Any] = asdict(minutes) | {"made": made_words(minutes)}
    for scene in told["scenes"]:
        if scene["asked"]:
            scene["asked"]["said"] = [{"text": text, "rtl": right_to_left(text)} for text in scene["asked"]["said"]]
    return told


def right_to_left(text: str) -> bool:
    """Whether a text begins in a script that runs to the left, such as Arabic or Urdu."""
    for sign in text:
        way = unicodedata.bidirectional(sign)
        if way == "L" or way in _RIGHT_TO_LEFT:
            return way != "L"
    return False
