"""Everything that was answered in a session, as tables to take away: each answer, and counts by neighbourhood.

Nothing in them says which answers are one person's: neither a number nor the order of the rows.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import geopandas as gpd
import pandas as pd

from data.send import media
from data.send.tables import TABLE_FORMS, TableForm, as_geopackage_of_points
from data.workshop.live import GRID, Answer, By, Place, Ranking, Seen, Session, Value, Vote, for_room
from data.workshop.scenes import Scene
from geo.crs import BNG
from layers.workshop.frame import metres

COLUMNS = (
    "Answer id",
    "Session",
    "Place of the session",
    "Day",
    "Scene",
    "Scene title",
    "Question",
    "Kind",
    "Answer",
    "Options by number",
    "Neighbourhood",
    "MSOA code",
    "LSOA code",
    "Latitude",
    "Longitude",
    "Note",
    "How it came",
    "Minute",
    "State",
)
COUNTS = ("Session", "Day", "Scene", "Scene title", "Question", "Neighbourhood", "MSOA code", "People", "Answers")

_CAME = {By.PHONE: "phone", By.TABLET: "shared tablet", By.SHEET: "sheet of paper"}
_STATES = {Seen.SHOWN: "shown", Seen.HELD: "held back, not yet read", Seen.HIDDEN: "hidden"}
_NOTE_HELD = "note held back, not yet read"

FORMS: tuple[TableForm, ...] = (
    *(form for form in TABLE_FORMS if form.key in ("csv", "xlsx")),
    TableForm("gpkg", "GeoPackage of points, for QGIS", "gpkg", media.GPKG, as_geopackage_of_points),
)
"""What the answers can be sent out in."""


@dataclass(frozen=True)
class Sheet:
    """A table to be sent out in one of `FORMS`: its rows, a point for each (EPSG:27700) or None, and its notes."""

    table: pd.DataFrame
    points: gpd.GeoSeries
    notes: tuple[str, ...]

    def sent(self, form: TableForm) -> bytes:
        """The sheet in a form."""
        return form.make(self.table, self.points, self.notes)


def answers_sheet(session: Session, answers: Sequence[Answer], *, names: Mapping[str, str]) -> Sheet:
    """One row an answer that was accepted, whatever its state, by scene and minute.

    `names` : the local name of each wider area (MSOA) by its code.
    """
    scenes = {scene.id: (number, scene) for number, scene in enumerate(session.scenes, start=1)}
    kept = sorted(
        (answer for answer in answers if answer.scene in scenes),
        key=lambda each: (scenes[each.scene][0], each.minute, each.id),
    )
    rows = [_row(session, *scenes[answer.scene], answer, names) for answer in kept]
    points = [answer.value.at if isinstance(answer.value, Place) else None for answer in kept]
    return Sheet(pd.DataFrame(rows, columns=list(COLUMNS)), _points(points), _notes(session))


def counts_sheet(session: Session, answers: Sequence[Answer], *, names: Mapping[str, str]) -> Sheet:
    """One row a scene and neighbourhood that the room's answers pointed to: most people first."""
    rows = []
    for number, scene in enumerate(session.scenes, start=1):
        ours = [each for each in map(for_room, answers) if each and each.scene == scene.id]
        pointed = [(each.value.area, each.person) for each in ours if isinstance(each.value, Place)]
        for code in dict.fromkeys(area for area, _ in pointed):
            people = [person for area, person in pointed if area == code]
            asked = scene.question.text if scene.question else ""
            told = (session.title, session.day, number, scene.title, asked, names.get(code, code), code)
            rows.append((*told, len(set(people)), len(people)))
    table = pd.DataFrame(sorted(rows, key=lambda row: (row[2], -row[7], row[5], row[6])), columns=list(COUNTS))
    exact = "Small numbers are told as they are. Think before you publish them."
    return Sheet(table, _points([None] * len(table)), (*_notes(session), exact))


def in_words(value: Value, scene: Scene, *, names: Mapping[str, str]) -> str:
    """An answer as people read it; "" for an option that the question no longer has."""
    options = scene.question.options if scene.question else ()
    if isinstance(value, Place):
        return names.get(value.area, value.area)
    if isinstance(value, Vote):
        return "; ".join(options[i] for i in value.chosen if i < len(options))
    if isinstance(value, Ranking):
        return "; ".join(f"{place}. {options[i]}" for place, i in enumerate(value.order, start=1) if i < len(options))
    return value.text


def _row(session: Session, number: int, scene: Scene, answer: Answer, names: Mapping[str, str]) -> tuple[object, ...]:
    value = answer.value
    place = value if isinstance(value, Place) else Place(area="")
    chosen = value.chosen if isinstance(value, Vote) else value.order if isinstance(value, Ranking) else ()
    latitude, longitude = place.at or (None, None)
    return (
        answer.id,
        session.title,
        session.place,
        session.day,
        number,
        scene.title,
        scene.question.text if scene.question else "",
        scene.question.kind if scene.question else "",
        in_words(value, scene, names=names),
        ", ".join(str(i + 1) for i in chosen),
        names.get(place.area, place.area),
        place.area,
        place.lsoa21cd,
        latitude,
        longitude,
        place.note,
        _CAME[answer.by],
        answer.minute,
        _NOTE_HELD if answer.seen is Seen.HELD and isinstance(value, Place) else _STATES[answer.seen],
    )


def _points(spots: Sequence[tuple[float, float] | None]) -> gpd.GeoSeries:
    """The middles of the squares that were pointed to, to the metre: degrees have been rounded on their way."""
    pointed = [i for i, spot in enumerate(spots) if spot]
    points = gpd.GeoSeries([None] * len(spots), crs=BNG)
    if pointed:
        middles = metres([spots[i] for i in pointed]) // GRID * GRID + GRID / 2
        points.iloc[pointed] = gpd.GeoSeries.from_xy(middles[:, 0], middles[:, 1], crs=BNG).to_numpy()
    return points


def _notes(session: Session) -> tuple[str, ...]:
    return (
        f"Answers given in the session “{session.title}” ({session.place}, {session.day}).",
        "No names were asked for, and nothing here says which answers are one person’s.",
        f"A point is the middle of a square of {GRID} m; one from a sheet of paper is the middle of the sheet’s own "
        "square, which is larger. A neighbourhood chosen from a list has no point.",
        "A held answer or note has not been read yet, and a hidden answer was taken from view: none is for sharing. A "
        "place whose note is held is counted.",
        f"The maps were made from the figures “{session.pack}”.",
    )
