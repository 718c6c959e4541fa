"""A session as minutes: what was shown, what was asked, what people answered, and how all of it was made.

One value, from which the page (`minutes_html`) and the paper (`minutes_pdf`) are made. It holds what the room may see
and nothing else: no presenter's notes, no answer that is hidden, no words that are held, and nobody's number.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from data.workshop.live import GRID, Answer, By, Prepared, Session, for_room
from layers.words import listed
from layers.workshop import ink, marks, picture
from layers.workshop.frame import frame_of
from layers.workshop.key import Key, key_of
from layers.workshop.minutes_asked import Asked, asked
from layers.workshop.results import SMALL, hidden, people_told, results
from layers.workshop.step import read
from layers.workshop.told import NO_SURVEY, day_words

ASPECT, WIDTH = 1.2, 1_400
"""Of a map, its width by its height, and its units from side to side."""

UNSAID = "This was not written down yet."
OUTLINES = (
    "Outlines: simplified. Contains OS data © Crown copyright and database right; Office for National Statistics data, "
    "Open Government Licence v3.0."
)
_WAYS = {By.PHONE: "on phones", By.TABLET: "on a shared tablet", By.SHEET: "on sheets of paper"}


@dataclass(frozen=True, kw_only=True)
class Shown:
    """A scene: its map as SVG, with its key and in words, and what was asked with it."""

    number: int
    title: str
    words: str
    svg: str
    key: Key
    summary: str
    asked: Asked | None


@dataclass(frozen=True, kw_only=True)
class Minutes:
    """All that the minutes say, in order. Every text is text, whoever wrote it."""

    title: str
    facts: tuple[tuple[str, str], ...]
    scenes: tuple[Shown, ...]
    next_steps: tuple[str, ...]
    """Paragraphs."""
    method: tuple[str, ...]
    sources: tuple[str, ...]
    made: datetime


@dataclass(frozen=True, kw_only=True)
class Region:
    """What the minutes and worksheets of every session are made with."""

    outlines: picture.Outlines
    names: Mapping[str, str]
    """The local name of each wider area (MSOA) by its code."""


def compose(
    session: Session,
    prepared: Sequence[Prepared],
    answers: Sequence[Answer],
    *,
    places: Sequence[Mapping[str, Any]],
    region: Region,
    made: datetime,
) -> Minutes:
    """The minutes of a session as it stands.

    Parameters
    ----------
    answers : all that were given, oldest first.
    places : those that its maps were prepared with, as `layers.outlines.places_list` tells them.
    made : when.
    """
    hide = session.settings.hide_small
    found = [results(each.scene, answers, names=region.names, hide_small=hide) for each in prepared]
    scenes = tuple(
        _shown(number, each, answers, told, places=places, region=region)
        for number, (each, told) in enumerate(zip(prepared, found, strict=True), start=1)
    )
    steps = tuple(line.strip() for line in session.settings.next_steps.splitlines() if line.strip())
    return Minutes(
        title=session.title,
        facts=_facts(session, answers, found),
        scenes=scenes,
        next_steps=steps or (UNSAID,),
        method=_method(session, answers),
        sources=(*dict.fromkeys(source for each in prepared for source in each.sources), OUTLINES),
        made=made,
    )


def made_words(minutes: Minutes) -> str:
    """When they were made: "22 November 2026, 19:05"."""
    return f"{day_words(minutes.made.date().isoformat())}, {minutes.made:%H:%M}"


def _facts(
    session: Session, answers: Sequence[Answer], found: Sequence[Mapping[str, Any]]
) -> tuple[tuple[str, str], ...]:
    many = sum(scene.question is not None for scene in session.scenes)
    questions = f"{many} question{'' if many == 1 else 's'}"
    scenes = f"{len(session.scenes)} map{'' if len(session.scenes) == 1 else 's'}"
    return (
        ("Where", session.place),
        ("When", day_words(session.day)),
        ("Who took part", _took_part(answers, found)),
        ("What was shown", f"{scenes}, with {questions}"),
    )


def _took_part(answers: Sequence[Answer], found: Sequence[Mapping[str, Any]]) -> str:
    """How many people answered anything; no more than is certain where small numbers are kept back."""
    if any(hidden(told) for told in found):
        least = max(told["least"] for told in found)
        return f"{people_told({'people': None, 'least': least})} answered".capitalize()
    people = len({answer.person for answer in answers if for_room(answer)})
    return f"{people_told({'people': people})} answered"


_ON_PAPER = (
    "A place marked on paper is told as the middle of that sheet’s own square, which is larger: its neighbourhood is a "
    "likely one."
)


def _method(session: Session, answers: Sequence[Answer]) -> tuple[str, ...]:
    ways = [words for by, words in _WAYS.items() if any(answer.by is by for answer in answers)]
    came = f"People answered {listed(ways)}. " if ways else ""
    said = [
        f"{came}No names were asked for and none are kept.",
        f"A place that someone pointed to is told as the middle of a square of {GRID} m, so it is nobody’s door.",
        *([_ON_PAPER] if any(answer.by is By.SHEET for answer in answers) else []),
        NO_SURVEY[0].upper() + NO_SURVEY[1:],
        f"The maps show figures of the edition “{session.pack}”, as they were when the session was prepared.",
    ]
    if session.settings.hide_small:
        said.insert(
            2,
            f"Numbers of people from 1 to {SMALL - 1} are told as “fewer than {SMALL}”. Where one of them could be "
            "worked out from a total, the total is left out, too.",
        )
    return tuple(said)


def _shown(
    number: int,
    prepared: Prepared,
    answers: Sequence[Answer],
    told: Mapping[str, Any],
    *,
    places: Sequence[Mapping[str, Any]],
    region: Region,
) -> Shown:
    scene, step, name = prepared.scene, read(prepared.step), f"m{number}"
    colours = ink.in_colour(step)
    numbers = {pin["id"]: str(i) for i, pin in enumerate((pin for pin in told["pins"] if pin["note"]), start=1)}
    spots = tuple(marks.Spot((pin["at"][0], pin["at"][1]), numbers.get(pin["id"], "")) for pin in told["pins"])
    svg = picture.picture(
        step,
        region.outlines,
        frame=frame_of(step.view, aspect=ASPECT),
        ink=colours,
        besides=picture.Besides(places=places, spots=spots, about=prepared.summary, name=name),
        width=WIDTH,
    )
    seen = marks.seen_places(step, places, region.outlines.names)
    return Shown(
        number=number,
        title=scene.title,
        words=scene.words,
        svg=svg,
        key=key_of(step, seen, colours, name=name, pointed=bool(spots)),
        summary=prepared.summary,
        asked=asked(scene, answers, told, numbers=numbers, names=region.names),
    )
