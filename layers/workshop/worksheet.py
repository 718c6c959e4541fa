"""Sheets of paper for those who would rather write: one for each question, its map under a grid of lettered squares.

They read the same in black and white. What is written on them is typed in afterwards; see `layers.workshop.sheets`.
"""

import io
from collections.abc import Mapping, Sequence
from dataclasses import asdict
from datetime import datetime
from typing import Any, Literal

import segno

from data.workshop.live import Prepared, Session
from data.workshop.scenes import Question
from layers.workshop import ink, marks, picture
from layers.workshop.frame import COLUMNS, ROWS, frame_around, grid_of, too_wide
from layers.workshop.key import key_of
from layers.workshop.minutes import OUTLINES, Region
from layers.workshop.step import read
from layers.workshop.told import day_words
from layers.workshop.typeset import as_pdf

Size = Literal["a4", "a3"]


class NothingAskedError(ValueError):
    """A session without a question has no worksheets; the message says what to do."""


def worksheets(
    session: Session,
    prepared: Sequence[Prepared],
    *,
    places: Sequence[Mapping[str, Any]],
    region: Region,
    address: str,
    made: datetime,
    size: Size = "a4",
) -> bytes:
    """The sheets of a session as a PDF, a page for each scene that asks something.

    Parameters
    ----------
    places : those that its maps were prepared with, as `layers.outlines.places_list` tells them.
    address : of the page for phones, as a phone must ask for it; "" leaves out the way by phone.
    made : what the file says of when it was made.

    Raises
    ------
    NothingAskedError
        If no scene asks anything.
    """
    return as_pdf(
        "worksheet", said(session, prepared, places=places, region=region, address=address, size=size), made=made
    )


def said(
    session: Session,
    prepared: Sequence[Prepared],
    *,
    places: Sequence[Mapping[str, Any]],
    region: Region,
    address: str,
    size: Size,
) -> dict[str, Any]:
    """What the template is told."""
    asking = [(number, each) for number, each in enumerate(prepared, start=1) if each.scene.question]
    if not asking:
        raise NothingAskedError("No scene of this session asks anything. Add a question to a scene, then print again.")
    return {
        "title": session.title,
        "place": session.place,
        "day": day_words(session.day),
        "code": session.code,
        "address": address.removeprefix("http://").removeprefix("https://"),
        "qr": _code(address) if address else "",
        "size": size,
        "aspect": COLUMNS / ROWS,
        "scenes": len(prepared),
        "outlines": OUTLINES,
        "sheets": [_sheet(number, each, places=places, region=region) for number, each in asking],
    }


def _sheet(number: int, prepared: Prepared, *, places: Sequence[Mapping[str, Any]], region: Region) -> dict[str, Any]:
    """One page. Its map shows what its grid covers: nothing beyond it can be pointed to. Squares that are too wide to
    say which neighbourhood is meant are not drawn, and its name is asked for."""
    scene, step, name = prepared.scene, read(prepared.step), f"w{number}"
    question, grid, greys = scene.question or Question(kind="words", text=""), grid_of(prepared), ink.in_grey(step)
    squares = question.kind == "place" and not too_wide(grid)
    svg = picture.picture(
        step,
        region.outlines,
        frame=frame_around(grid.bounds),
        ink=greys,
        besides=picture.Besides(places=places, grid=grid if squares else None, name=name),
    )
    key = key_of(step, marks.seen_places(step, places, region.outlines.names), greys, name=name)
    return {
        "number": number,
        "title": scene.title,
        "words": scene.words,
        "question": question.text,
        "kind": question.kind,
        "options": question.options,
        "most": question.most,
        "svg": svg,
        "key": asdict(key),
        "alt": f"Map: {key.heading}{f', with squares from {grid.first} to {grid.last}' if squares else ''}.",
        "example": grid.name(2, 3) if squares else "",
    }


def _code(address: str) -> str:
    """A QR code as SVG, dark on white."""
    out = io.BytesIO()
    segno.make(address, error="m", micro=False).save(out, kind="svg", border=2, dark="#000000", light="#ffffff")
    return out.getvalue().decode("utf-8")
