"""How a record's fields are declared: once, for reading, checking, storing, showing and sending out alike."""

from dataclasses import MISSING, dataclass, field, fields
from typing import Any

from data.register.kinds import Kind


@dataclass(frozen=True)
class Field:
    """One field of a record: its name, what people call it, what it may hold, and what to say about it."""

    name: str
    title: str
    kind: Kind
    needed: bool = False
    about: str = ""


def told(title: str, kind: Kind, *, needed: bool = False, about: str = "") -> Any:
    """Declare a field of a record's dataclass. Fields that are not needed are None until known."""
    return field(
        default=MISSING if needed else None,
        metadata={"title": title, "kind": kind, "needed": needed, "about": about},
    )


def fields_of(record: type[Any]) -> dict[str, Field]:
    """The declared fields of a record's dataclass, by name, in order."""
    return {each.name: Field(each.name, **each.metadata) for each in fields(record)}
