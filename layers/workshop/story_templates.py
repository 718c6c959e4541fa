"""Stories to begin with: real maps, careful words, and questions that can be asked as they are.

Each is made for the districts that are chosen. Whoever presents is meant to change it.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from urllib.parse import urlencode

from data.workshop.scenes import LONGEST, Question, Scene, Story
from layers.places import PLACE_GROUPS
from layers.view import View
from layers.words import area_in_view

_OF_GROUP = {group.key: tuple(group.types) for group in PLACE_GROUPS}


@dataclass(frozen=True, kw_only=True)
class _Draft:
    """A scene for any districts: these are put in focus."""

    title: str
    words: str
    notes: str
    page: str = "map"
    view: View
    question: Question | None = None

    def for_(self, focus: Sequence[str]) -> Scene:
        """The scene for some districts, or for all."""
        link = urlencode(replace(self.view, focus=tuple(focus)).to_link())
        parts = {name: value for name, value in vars(self).items() if name != "view"}
        return Scene(**parts, link=link)


@dataclass(frozen=True)
class Template:
    """A story that may be begun with, and what it is for."""

    title: str
    about: str
    drafts: tuple[_Draft, ...]


_WHO: tuple[_Draft, ...] = (
    _Draft(
        title="Where we live",
        words="Each shape is a neighbourhood of about 1,700 people. Find your street. Darker shapes are home to more "
        "people for their size: these are figures of mid-2022.",
        notes="Begin with somewhere that everybody knows. Ask one person to name it. Say that no names are "
        "kept, and that a pin is rounded to a square of a hundred metres.",
        view=View(layer="density"),
        question=Question(kind="place", text="Which place here do you know best? Point to it.", most=2),
    ),
    _Draft(
        title="Rooms that are open to us",
        words="Libraries, community centres and hubs that we know of. Hollow ones are not confirmed. The list is "
        "ours, not the truth: some are surely missing.",
        notes="Read three names aloud. If somebody laughs, ask why: the place may be shut.",
        view=View(layer="population", places=_OF_GROUP["community"], unconfirmed=True, opacity=40),
        question=Question(kind="place", text="Which place is missing? Point to it and write what it is.", most=3),
    ),
    _Draft(
        title="Organisations rooted here",
        words="Community anchor organisations: led by people who live here, and here to stay. They are not the large "
        "employers, which come next.",
        notes="An anchor organisation is independent and community-led. Ask who has used one this year.",
        view=View(layer="population", places=_OF_GROUP["anchors"], unconfirmed=True, opacity=40),
        question=Question(
            kind="words", text="Which organisation do people near you turn to first? Write its name.", most=3
        ),
    ),
    _Draft(
        title="Large employers that buy and hire here",
        words="Councils, hospitals, universities, colleges and housing associations. They spend and hire every day, "
        "and could do more of both close by.",
        notes="These are anchor institutions. Ask who works for one, and who has ever sold to one.",
        view=View(layer="population", places=_OF_GROUP["institutions"], unconfirmed=True, opacity=40),
        question=Question(
            kind="vote",
            text="What should they do more of, close by?",
            options=(
                "Hire people who live here",
                "Buy from small firms here",
                "Open their rooms",
                "Teach and train",
                "Lend or give land",
            ),
            most=2,
        ),
    ),
    _Draft(
        title="Help to start or grow a business",
        words="Everyone that we know of who helps people to start or to grow a business. Help is only help if people "
        "know of it and can get there.",
        notes="Ask for hands before phones: who had heard of even one of these?",
        view=View(layer="population", places=_OF_GROUP["support"], unconfirmed=True, opacity=40),
        question=Question(
            kind="vote",
            text="Have you heard of any of them before today?",
            options=("Yes, and I have used one", "Yes, by name", "No, none of them"),
        ),
    ),
)


_MISSING: tuple[_Draft, ...] = (
    _Draft(
        title="Where more people live on low incomes",
        words="The share of people on low incomes in each neighbourhood, from official figures published in 2025. It "
        "counts incomes. It says nothing about what people can do.",
        notes="Say it before anybody else does: a dark colour is not a bad neighbourhood. Source: English Indices of "
        "Deprivation 2025.",
        view=View(layer="income-share"),
    ),
    _Draft(
        title="The help that we know of",
        words="The same colours, with everyone who helps people to start or grow a business. Where there is no mark "
        "we know of none. That may be a gap in help, or in our list.",
        notes="Leave time to look. Then ask for what is not there.",
        view=View(layer="income-share", places=_OF_GROUP["support"], unconfirmed=True, opacity=60),
        question=Question(kind="place", text="What help do we not know of? Point to it and write its name.", most=3),
    ),
    _Draft(
        title="How far the nearest help is",
        words="How far people must go to the nearest help that is confirmed, on average. Darker is further. A short "
        "line on a map may still be two buses.",
        notes="The way is measured from where people live, with a bit more for streets. It knows no buses and no "
        "hills: the room does.",
        page="gaps",
        view=View(show="reach"),
        question=Question(
            kind="vote",
            text="What makes help hard to get to?",
            options=(
                "It is too far",
                "No bus, or too dear",
                "Open at the wrong hours",
                "Not in my language",
                "I did not know of it",
                "It is not for people like me",
            ),
            most=3,
        ),
    ),
    _Draft(
        title="Where need is high and help is far",
        words="Both at once: darkest where more people need help and the way to it is long. It is our own working, "
        "and a place to begin asking, not a verdict.",
        notes="Ask of the darkest shapes near the hall: does this fit what you know? If it does not, that is worth "
        "more than the map.",
        page="gaps",
        view=View(),
        question=Question(kind="place", text="Where is help missing most, from what you know? Point to it.", most=2),
    ),
    _Draft(
        title="What would help",
        words="Forget the map for a moment. Think of somebody you know who wants to earn from what they can do.",
        notes="Give this scene the most time. Read answers aloud only if they are shown.",
        view=View(layer="population", opacity=30),
        question=Question(
            kind="words", text="What stops people you know from starting something of their own?", most=2
        ),
    ),
)


_NEXT: tuple[_Draft, ...] = (
    _Draft(
        title="What should count most",
        words="Before we look at places: there is never enough for everywhere, so something must come first. "
        "What that is, is for people to say, not for a computer.",
        notes="Ask this before any list is shown, so that nobody argues for a place by changing the rule.",
        view=View(layer="population", opacity=40),
        question=Question(
            kind="rank",
            text="What should count most? Put it in order.",
            options=(
                "Reaching as many people as possible",
                "Reaching those on the lowest incomes",
                "Reaching those furthest from help",
                "Building on places people trust",
            ),
        ),
    ),
    _Draft(
        title="A first list of neighbourhoods",
        words="Outlined: up to twenty where low incomes, too little paid work and few qualifications come together "
        "most, by official figures. With other weights some would change. It is a draft.",
        notes="Say who lies just outside: the page “Which first” lists them. Being on a list must bring something.",
        page="targets",
        view=View(top=20),
        question=Question(
            kind="vote",
            text="Does this fit what you know?",
            options=("Yes, mostly", "In part", "No", "I cannot tell"),
        ),
    ),
    _Draft(
        title="Where need is high and help is far",
        words="Another way to choose: where need and a long way to help come together. Some neighbourhoods are on "
        "both maps, some only on one.",
        notes="Go back and forth between the two maps with the arrow keys. Let people see them change.",
        page="gaps",
        view=View(),
    ),
    _Draft(
        title="If help came to one more room",
        words="Were help given in one more library, centre or anchor organisation, this one would shorten the way "
        "most, for everyone together. Outlined: who would newly have help near.",
        notes="The computer knows distances, not who has a key, a ramp or a welcome. The room does. To ask for more "
        "than one, open this map and change the number.",
        page="siting",
        view=View(sites=1, goal="median"),
        question=Question(
            kind="place", text="Where should help be given? Point to a door that people already use.", most=2
        ),
    ),
    _Draft(
        title="What happens next",
        words="What you said is written down with its map, and with what will be done, by whom and by when. Ask for "
        "it, and correct it.",
        notes="Name one thing that will happen, who does it, and the day. Promise nothing else.",
        view=View(layer="population", places=_OF_GROUP["community"], unconfirmed=True, opacity=40),
        question=Question(
            kind="words", text="What should happen first, and which organisation could help with it?", most=2
        ),
    ),
)


TEMPLATES: Mapping[str, Template] = {
    "who": Template(
        "Who is where",
        "Who lives, works and helps here, and who is missing from our list.",
        _WHO,
    ),
    "missing": Template(
        "What is missing",
        "Where incomes are low, where help is far, and what stops people from starting something of their own.",
        _MISSING,
    ),
    "next": Template(
        "Where next",
        "What should count most, which neighbourhoods first, and which rooms to open.",
        _NEXT,
    ),
}
"""The templates, in the order in which they are offered."""


def made(key: str, focus: Sequence[str]) -> Story:
    """A story of one template. `focus` : names of districts; none means all."""
    template = TEMPLATES[key]
    name = f"{template.title}: {area_in_view(focus)}"
    if len(name) > LONGEST["name"]:
        name = f"{template.title}: {len(focus)} districts"
    return Story(name=name, about=template.about, scenes=tuple(each.for_(focus) for each in template.drafts))
