"""What officers make of the figures and keep in the register under a name: shortlists and stories."""

from dataclasses import dataclass
from typing import ClassVar

from data.register.fields import told
from data.register.kinds import Day, Number, Tags, Text

_ID = Text(120)


@dataclass(frozen=True, kw_only=True)
class Shortlist:
    """Neighbourhoods that officers chose, in order, with why, and the question and the figures that they chose by."""

    table: ClassVar[str] = "shortlists"
    title: ClassVar[str] = "Shortlist"

    id: str = told("Code of the shortlist", _ID, needed=True)
    name: str = told("Name", Text(200), needed=True)
    reasons: str | None = told("Reasons", Text(4_500))
    owner: str | None = told("Owner", Text(120), about="A role or an organisation.")
    made_on: str | None = told("Made on", Day())
    link: str | None = told("Question, as in the page's link", Text(4_000))
    pack: str | None = told("Version of the figures", Text(120))
    register_version: int | None = told("Version of the register", Number())
    codes: tuple[str, ...] = told("Neighbourhoods (LSOAs)", Tags(), needed=True)


@dataclass(frozen=True, kw_only=True)
class Story:
    """Scenes to show a room, in order. Name and what it is about stand in the text of the scenes, too."""

    table: ClassVar[str] = "stories"
    title: ClassVar[str] = "Story"

    id: str = told("Code of the story", _ID, needed=True)
    name: str = told("Name", Text(120), needed=True)
    about: str | None = told("What it is about", Text(600))
    made_on: str | None = told("Made on", Day())
    scenes: str = told("Scenes", Text(3_000_000), needed=True, about="The text of the story's file.")


Work = Shortlist | Story
