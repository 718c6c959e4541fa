"""Postcodes as people type them, and as the directory of postcodes writes them."""

import re

SHAPE = re.compile(
    r"(?P<outward>[A-PR-UWYZ](?:\d{1,2}|\d[A-Z]|[A-HK-Y]\d{1,2}|[A-HK-Y]\d[A-Z]))"
    r"(?P<inward>\d[ABD-HJLNP-UW-Z]{2})"
)
"""A UK postcode without its space: the six outward shapes, and the letters the Royal Mail uses inward."""

_SHOWN = 20


class PostcodeError(ValueError):
    """What was typed cannot be a postcode."""


def normalise(typed: str) -> str:
    """The postcode in capitals with one space before its last three characters ("ls84aa" -> "LS8 4AA").

    Only the shape is judged: whether a postcode of that shape exists is for the directory to say.

    Raises
    ------
    PostcodeError
        If no postcode could look like this; its text names what was typed and shows the right form.
    """
    compact = "".join(typed.split()).upper()
    # re's \d would also take digits of other scripts
    match = SHAPE.fullmatch(compact) if compact.isascii() else None
    if match is None:
        raise PostcodeError(_complaint(typed))
    return f"{match['outward']} {match['inward']}"


def looks_like_postcode(typed: str) -> bool:
    """Whether `normalise` would take `typed`: tells a postcode from a place name in a search box."""
    try:
        normalise(typed)
    except PostcodeError:
        return False
    return True


def _complaint(typed: str) -> str:
    words = " ".join(typed.split())
    if not words:
        return "No postcode was given. Type one in full, such as LS8 4AA."
    shown = words if len(words) <= _SHOWN else f"{words[:_SHOWN]}..."
    return f"'{shown}' is not a whole postcode. Type one in full, such as LS8 4AA."
