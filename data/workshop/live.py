"""A session as values: what was prepared for a room, how it stands, and what people answered.

Nothing here says who anybody is. A person is a number in one session, from 1 in the order in which phones joined; a
turn at a shared tablet is a person, too, and so are the sheets of paper that bear one number, or a sheet without any.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from enum import Enum

from data.workshop.scenes import Scene

LONGEST_WORDS = 280
"""Signs of one written answer, or of the note at a pin."""

GRID = 100
"""Metres to which a pin is rounded, so that it says whereabouts and not whose door."""


class Life(Enum):
    """How far a session is: not yet begun, open to the room, or ended."""

    READY = "ready"
    OPEN = "open"
    ENDED = "ended"


class By(Enum):
    """How an answer came."""

    PHONE = "phone"
    TABLET = "tablet"
    SHEET = "sheet"


class Seen(Enum):
    """Whether the room may see an answer: yes; not what is written in it until the facilitator says so; or no."""

    SHOWN = "shown"
    HELD = "held"
    HIDDEN = "hidden"


@dataclass(frozen=True, kw_only=True)
class Place:
    """Somewhere that was pointed to. A pin has a point (degrees, in the middle of a square of `GRID` metres) and a
    neighbourhood; a choice from the list has only the wider area."""

    area: str
    """MSOA code."""
    lsoa21cd: str = ""
    at: tuple[float, float] | None = None
    """Latitude and longitude."""
    note: str = ""


@dataclass(frozen=True, kw_only=True)
class Vote:
    """Options chosen, by position."""

    chosen: tuple[int, ...]


@dataclass(frozen=True, kw_only=True)
class Ranking:
    """All options by position, the first best."""

    order: tuple[int, ...]


@dataclass(frozen=True, kw_only=True)
class Words:
    """Something written."""

    text: str


Value = Place | Vote | Ranking | Words


@dataclass(frozen=True, kw_only=True)
class Answer:
    """One answer as it stands. `turn` counts its changes by whoever gave it, so that a late copy changes nothing."""

    id: str
    scene: str
    person: int
    turn: int
    value: Value
    by: By
    minute: str
    """When the server had it first, to the minute: 2026-11-22T19:05."""
    seen: Seen = Seen.SHOWN


def for_room(answer: Answer) -> Answer | None:
    """What the room may see of an answer; None if it may see nothing of it.

    Only what is written waits for the facilitator: a place counts while its note waits, as a place without a note.
    """
    if answer.seen is Seen.SHOWN:
        return answer
    if answer.seen is Seen.HELD and isinstance(answer.value, Place):
        return replace(answer, value=replace(answer.value, note=""))
    return None


@dataclass(frozen=True, kw_only=True)
class Prepared:
    """A scene made ready to be shown without asking anything else."""

    scene: Scene
    step: str
    """JSON: the one argument of the drawing script."""
    summary: str
    """What the map says, in words."""
    sources: tuple[str, ...] = ()
    """Sources as they must be named."""


@dataclass(frozen=True, kw_only=True)
class Settings:
    """What may be changed during a session."""

    hold_words: bool = False
    """Whether what people write waits for the facilitator."""
    watched: tuple[str, ...] = ()
    """Words that make an answer wait in any case."""
    hide_small: bool = True
    """Whether counts of one to four are told as "fewer than 5" to the room."""
    published: bool = False
    """Whether everybody may lay its pins over the map."""
    next_steps: str = ""
    """What will happen next, for the minutes."""


@dataclass(frozen=True, kw_only=True)
class Session:
    """A session without its scenes' drawings: what lists and links need."""

    id: str
    code: str
    """What people type to join."""
    key: str
    """What a presenter's link holds; whoever has it may run the session."""
    title: str
    place: str
    """Where the room is."""
    day: str
    pack: str
    """The version of the figures that its maps were made from."""
    scenes: tuple[Scene, ...]
    settings: Settings = Settings()
    life: Life = Life.READY


@dataclass(frozen=True, kw_only=True)
class State:
    """How a room stands at one moment. `version` grows with every change of it."""

    version: int
    life: Life
    scene: int = 0
    """Position of the scene that is shown."""
    blank: bool = False
    joining: bool = False
    """Whether the way to join is shown over the map."""
    asking: frozenset[str] = frozenset()
    """Ids of scenes whose questions may be answered now."""
    revealed: frozenset[str] = frozenset()
    """Ids of scenes whose answers the room sees."""


@dataclass(frozen=True, kw_only=True)
class People:
    """Who takes part, by number."""

    phones: frozenset[int] = frozenset()
    """Those who joined by a phone, or by a turn at a shared tablet."""
    here: frozenset[int] = frozenset()
    """Those whose phone has asked for news within the last minute."""
    answered: Mapping[str, frozenset[int]] = field(default_factory=dict)
    """By scene id, those who have answered its question, on paper, too."""

    @property
    def joined(self) -> int:
        """How many phones and turns at a shared tablet there are; no sheets of paper."""
        return len(self.phones)

    @property
    def paper(self) -> frozenset[int]:
        """Those whose answers came on paper and stand. A sheet that was undone is nobody's."""
        return frozenset().union(*self.answered.values()) - self.phones
