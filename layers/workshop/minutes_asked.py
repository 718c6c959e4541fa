"""A question and its answers as minutes tell them: in words, and as tables."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from data.workshop.live import Answer, Place, Seen, for_room
from data.workshop.scenes import Scene
from layers.words import listed
from layers.workshop.results import FEWER

_ASKED = {
    "place": "Point to a place",
    "vote": "Choose",
    "rank": "Put in order, the best first",
    "words": "Write in your own words",
}


_NOTES_HELD = "Some of what was written at places is held back until someone has read it; the places are counted."


@dataclass(frozen=True, kw_only=True)
class Table:
    """Rows under headings, all of them text. `shares` draws a bar a row, from 0 to 1; None where the number is kept
    back. Without bars it is empty."""

    caption: str
    headings: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]
    shares: tuple[float | None, ...] = ()
    note: str = ""
    """What is said under the table."""


@dataclass(frozen=True, kw_only=True)
class Asked:
    """A question and what people answered."""

    question: str
    how: str
    summary: str
    tables: tuple[Table, ...] = ()
    said: tuple[str, ...] = ()
    """Every written answer that may be seen, the newest last."""
    left_out: str = ""


def asked(
    scene: Scene,
    answers: Sequence[Answer],
    told: Mapping[str, Any],
    *,
    numbers: Mapping[str, str],
    names: Mapping[str, str],
) -> Asked | None:
    """A scene's question and its answers; None where nothing is asked.

    Parameters
    ----------
    answers : of any scenes, oldest first.
    told : their `layers.workshop.results`.
    numbers : by the id of an answer, the number that its pin has on the map.
    names : the local name of each wider area by its code.
    """
    question = scene.question
    if question is None:
        return None
    most = f", up to {question.most}" if question.most > 1 else ""
    ours = [answer for answer in answers if answer.scene == scene.id]
    tables = {
        "vote": lambda: [_votes(told)],
        "rank": lambda: [_ranks(told)],
        "place": lambda: [_areas(told), _notes(ours, told, numbers, names)],
        "words": lambda: [],
    }[question.kind]()
    return Asked(
        question=question.text,
        how=f"{_ASKED[question.kind]}{most}",
        summary=told["summary"],
        tables=tuple(table for table in tables if table.rows or table.note),
        said=tuple(word["text"] for word in told["words"]),
        left_out=_left_out(ours),
    )


def _votes(told: Mapping[str, Any]) -> Table:
    return Table(
        caption="How many people chose each answer",
        headings=("Answer", "People"),
        rows=tuple((bar["label"], bar["told"]) for bar in told["bars"]),
        shares=_shares(told["bars"]),
    )


def _areas(told: Mapping[str, Any]) -> Table:
    counted = [area for area in told["areas"] if area["count"] is not None]
    few = [area["name"] for area in told["areas"] if area["count"] is None]
    return Table(
        caption="How many people pointed to each neighbourhood",
        headings=("Neighbourhood", "People"),
        rows=tuple((area["name"], area["told"]) for area in counted),
        shares=_shares(counted),
        note=f"{FEWER[0].upper()}{FEWER[1:]} people each: {listed(few)}." if few else "",
    )


def _ranks(told: Mapping[str, Any]) -> Table:
    first = any(rank["first"] is not None for rank in told["ranks"])
    decimals = 2 if first else 1
    return Table(
        caption="In which order people put them",
        headings=("Place", "Answer", "Mean place", *(("Put first by",) if first else ())),
        rows=tuple(
            (
                "" if rank["place"] is None else str(rank["place"]),
                rank["label"],
                rank["told"] if rank["mean"] is None else f"{rank['mean']:.{decimals}f}",
                *((f"{rank['first']:,}",) if first else ()),
            )
            for rank in told["ranks"]
        ),
    )


def _notes(
    ours: Sequence[Answer], told: Mapping[str, Any], numbers: Mapping[str, str], names: Mapping[str, str]
) -> Table:
    """What was written of places: by the number on the map, then of neighbourhoods that were chosen from the list."""
    pinned = [
        (numbers[pin["id"]], names.get(pin["area"], pin["area"]), pin["note"])
        for pin in told["pins"]
        if pin["id"] in numbers
    ]
    places = [answer.value for answer in map(for_room, ours) if answer and isinstance(answer.value, Place)]
    chosen = [
        ("from the list", names.get(place.area, place.area), place.note)
        for place in places
        if not place.at and place.note
    ]
    return Table(
        caption="What people said of places",
        headings=("Number on the map", "Neighbourhood", "What was said"),
        rows=(*pinned, *chosen),
    )


def _shares(rows: Sequence[Mapping[str, Any]]) -> tuple[float | None, ...]:
    most = max((row["count"] or 0 for row in rows), default=0)
    return tuple(None if row["count"] is None else row["count"] / most if most else 0.0 for row in rows)


def _left_out(ours: Sequence[Answer]) -> str:
    """How many answers are not shown, and why; and whether notes are not.

    How many notes are held is not said: their places count, and a small number could be worked out from it.
    """
    gone = sum(answer.seen is Seen.HIDDEN for answer in ours)
    held = sum(answer.seen is Seen.HELD and not for_room(answer) for answer in ours)
    noted = any(answer.seen is Seen.HELD and for_room(answer) for answer in ours)
    said = []
    if gone:
        said.append(f"{gone:,} {'answer was' if gone == 1 else 'answers were'} hidden by whoever ran the session")
    if held:
        said.append(
            f"{held:,} {'is' if held == 1 else 'are'} held back until someone has read {'it' if held == 1 else 'them'}"
        )
    left = [f"Not shown here: {' and '.join(said)}."] if said else []
    return " ".join([*left, *([_NOTES_HELD] if noted else [])])
