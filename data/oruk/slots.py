"""One object of a file that may hold anything: its texts and lists, as far as they can be read, and what is left."""

import re
from typing import Any

_HALF = re.compile("[\ud800-\udfff]")
"""Half a character, which JSON can hold and nothing else can keep."""

_LINKS = frozenset(
    {"id", "service_id", "organization_id", "location_id", "service_at_location_id", "phone_id", "contact_id"}
)
"""Where an object stands among others: nobody misses these."""

_BIGGEST = 10**18


def text_of(value: object) -> str:
    """A value as people would write it, without space around it; "" for nothing, a list or an object."""
    if isinstance(value, str):
        return (value if value.isascii() else _HALF.sub("\ufffd", value)).strip()
    if isinstance(value, bool):
        return "yes" if value else "no"
    if isinstance(value, int):
        return str(value) if abs(value) < _BIGGEST else ""
    if isinstance(value, float):
        return f"{value:.12f}".rstrip("0").rstrip(".")
    return ""


class Slots:
    """One JSON object as it is being read. What is no object has no slots; a slot of the wrong kind is blank."""

    def __init__(self, record: object) -> None:
        self.record: dict[Any, Any] = record if isinstance(record, dict) else {}
        self._read: set[str] = set()
        self._within: dict[str, list[Slots]] = {}
        self._apart: set[str] = set()

    def peek(self, name: str) -> str:
        """The text of a slot, which may still be among what is left."""
        return text_of(self.record.get(name))

    def done(self, *names: str) -> None:
        """Say that slots have been dealt with."""
        self._read.update(names)

    def text(self, *names: str) -> str:
        """The text of the first of these slots that has one."""
        for name in names:
            if found := self.peek(name):
                self._read.add(name)
                return found
        return ""

    def parts(self, *names: str) -> list["Slots"]:
        """The objects that the first filled one of these slots lists, or its one object; always the same ones."""
        for name in names:
            if found := self._objects(name):
                return found
        return []

    def apart(self, name: str) -> list["Slots"]:
        """As `parts`, for things in their own right: what is left of them is not this object's."""
        self._apart.add(name)
        return self._objects(name)

    def part(self, name: str) -> "Slots":
        """The first of `apart`; one without slots if there is none."""
        return next(iter(self.apart(name)), Slots(None))

    def _objects(self, name: str) -> list["Slots"]:
        if name not in self._within:
            value = self.record.get(name)
            held = value if isinstance(value, list) else [value]
            self._within[name] = [Slots(each) for each in held if isinstance(each, dict)]
            if held and len(self._within[name]) == len(held):
                self._read.add(name)
        return self._within[name]

    def words(self, names: tuple[str, ...], *inner: str) -> list[str]:
        """The texts that a slot lists: plain ones, or for objects the first of their slots `inner` with a text."""
        for name in names:
            value = self.record.get(name)
            if isinstance(value, str | int | float) and text_of(value):
                self._read.add(name)
                return [text_of(value)]
            if isinstance(value, list) and value and not any(isinstance(each, dict) for each in value):
                self._read.add(name)
                return [text for each in value if (text := text_of(each))]
        found = []
        for each in self.parts(*names):
            if text := each.text(*inner):
                found.append(text)
                each.done(*(name for name in inner if each.peek(name) == text))
        return found

    def left(self) -> list[str]:
        """The names of the slots that hold something and were not read, those of its parts with theirs before."""
        own = [
            str(name)
            for name, value in self.record.items()
            if name not in self._read and name not in _LINKS and value not in (None, "", [], {})
        ]
        within = (
            f"{name}.{each}"
            for name, held in self._within.items()
            if name not in self._apart
            for slots in held
            for each in slots.left()
        )
        return list(dict.fromkeys((*own, *within)))
