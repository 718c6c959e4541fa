"""What residents told us: the places that people pointed to in sessions that were published, to lay over a map."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

import pandas as pd

from data.workshop.live import GRID, Answer, Place, Session, for_room
from data.workshop.scenes import Scene
from layers.render import Mark, Told
from layers.workshop.results import results

TITLE = "What residents told us"
ROUGHLY = (
    f"Each mark is the middle of a square of {GRID} m, or of a larger one where it came on paper: whereabouts, and "
    "nobody’s door."
)
NO_SURVEY = "It is what people in the room said, and no survey."

_COUNTS = ["Neighbourhood", "People who pointed to it", "Asked", "Session", "Day"]
_PLACES = ["Neighbourhood", "What was said", "On the map", "Asked", "Session", "Day"]


@dataclass(frozen=True, kw_only=True)
class Heard:
    """What one session told of places, as far as everybody may know it: a result for each scene that asked for one."""

    session: Session
    results: tuple[tuple[Scene, Mapping[str, Any]], ...]
    """As `layers.workshop.results` tells them, small numbers hidden where the session hides them."""
    listed: tuple[tuple[Scene, Place], ...] = ()
    """Neighbourhoods chosen from a list, of which something was said."""

    @property
    def label(self) -> str:
        """The session by its title and day."""
        return f"{self.session.title}, {day_words(self.session.day)}"


def heard(session: Session, answers: Sequence[Answer], *, areas: Collection[str], names: Mapping[str, str]) -> Heard:
    """What a session that was published told of places in view.

    Parameters
    ----------
    answers : of any kind, as the room has them; only what the room may see of them is told.
    areas : codes of the MSOAs in view.
    names : MSOA code to local name.
    """
    if not session.settings.published:
        return Heard(session=session, results=())
    places = [(each, each.value) for each in map(for_room, answers) if each and isinstance(each.value, Place)]
    seen = [(each, place) for each, place in places if place.area in areas]
    asked = {each.id: each for each in session.scenes if each.question and each.question.kind == "place"}
    shown = [each for each, _ in seen]
    hide = session.settings.hide_small
    found = [(scene, results(scene, shown, names=names, hide_small=hide)) for scene in asked.values()]
    said = [(asked[e.scene], place) for e, place in seen if not place.at and place.note and e.scene in asked]
    told = tuple((scene, result) for scene, result in found if result["areas"])
    return Heard(session=session, results=told, listed=tuple(dict.fromkeys(said)))


def drawn(several: Sequence[Heard]) -> tuple[Told, ...]:
    """The pins as the map draws them, a session at a time; a neighbourhood chosen from a list has none."""
    told = []
    for each in several:
        pins = [pin for _, result in each.results for pin in result["pins"]]
        marks = tuple(Mark(at=(pin["at"][0], pin["at"][1]), label=pin["note"]) for pin in pins)
        if marks:
            told.append(Told(label=each.label, marks=marks))
    return tuple(told)


def summary(several: Sequence[Heard]) -> str:
    """What the sessions told of places in view, a few sentences each."""
    told = []
    for each in several:
        said = [str(result["summary"]) for _, result in each.results]
        told.append(f"“{each.label}”: {' '.join(said) or 'nobody pointed to a place in view.'}")
    return " ".join([f"{TITLE}.", *told, ROUGHLY, NO_SURVEY])


def counts(several: Sequence[Heard]) -> pd.DataFrame:
    """One row a neighbourhood, question and session: how many people pointed to it; few may be told as such."""
    told = [
        (area["name"], area["told"], *_of(scene, each))
        for each in several
        for scene, result in each.results
        for area in result["areas"]
    ]
    return pd.DataFrame(told, columns=_COUNTS)


def rows(several: Sequence[Heard], names: Mapping[str, str]) -> pd.DataFrame:
    """One row a mark on the map, and one a neighbourhood chosen from a list of which something was said, by name."""
    told = []
    for each in several:
        for scene, result in each.results:
            told += [
                (names.get(pin["area"], pin["area"]), pin["note"], "a mark", *_of(scene, each))
                for pin in result["pins"]
            ]
        told += [
            (names.get(place.area, place.area), place.note, "none: chosen from a list", *_of(scene, each))
            for scene, place in each.listed
        ]
    return pd.DataFrame(sorted(told, key=lambda row: row[0]), columns=_PLACES)


def day_words(day: str) -> str:
    """ "22 November 2026"; what is no day stays as it is."""
    try:
        on = date.fromisoformat(day)
    except ValueError:
        return day
    return f"{on.day} {on:%B %Y}"


def _of(scene: Scene, heard: Heard) -> tuple[str, str, str]:
    asked = scene.question.text if scene.question else ""
    return asked, heard.session.title, day_words(heard.session.day)
