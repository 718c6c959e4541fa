"""Values of a session as rows of its file, and back."""

import json
from collections.abc import Mapping, Sequence
from dataclasses import asdict, fields
from typing import Any

from data.workshop.ledger import Entry
from data.workshop.live import (
    Answer,
    By,
    Life,
    Place,
    Prepared,
    Ranking,
    Seen,
    Session,
    Settings,
    Value,
    Vote,
    Words,
)
from data.workshop.scenes import Story, as_json, from_json
from data.workshop.standing import Standing, as_text
from data.workshop.writes import New, Row, Rows, Write

_KINDS: Mapping[str, type[Place | Vote | Ranking | Words]] = {
    "area": Place,
    "chosen": Vote,
    "order": Ranking,
    "text": Words,
}
"""By the field that tells them apart."""


def value_as_text(value: Value) -> str:
    """What someone answered, as JSON."""
    return json.dumps(asdict(value), ensure_ascii=False)


def value_of(text: str) -> Value:
    """What someone answered, from its JSON."""
    told: dict[str, Any] = json.loads(text)
    kind = next(kind for name, kind in _KINDS.items() if name in told)
    made: Value = kind(**_frozen(told))
    return made


def answer_rows(session: str, entries: Sequence[Entry]) -> list[Write]:
    """Answers, or what stays of those that were taken back."""
    new = [_answer_row(session, each) for each in entries if each.new]
    old = [_answer_row(session, each) for each in entries if not each.new]
    return [kind("answers", rows) for kind, rows in ((New, new), (Rows, old)) if rows]


def _answer_row(session: str, entry: Entry) -> Row:
    about = {"session": session, "id": entry.id, "position": entry.position, "scene": entry.scene}
    about |= {"person": entry.person, "turn": entry.turn, "came": entry.by.value, "minute": entry.minute}
    value = value_as_text(entry.answer.value) if entry.answer else None
    return about | {"value": value, "seen": entry.answer.seen.value if entry.answer else None}


def entry_of(row: Row) -> Entry:
    """An answer, or what stays of it, from its row."""
    kept: dict[str, Any] = {name: row[name] for name in ("id", "scene", "person", "turn", "minute")}
    kept |= {"by": By(row["came"])}
    answer = row["value"] and Answer(value=value_of(row["value"]), seen=Seen(row["seen"]), **kept)
    return Entry(position=row["position"], answer=answer or None, **kept)


def session_rows(session: Session, *, number: int, salt: str) -> Rows:
    """A session without its drawings and its life."""
    story = as_json(Story(name="Session", scenes=session.scenes))
    named = {name: getattr(session, name) for name in ("id", "code", "key", "title", "place", "day", "pack")}
    settings = json.dumps(asdict(session.settings), ensure_ascii=False)
    return Rows("sessions", [named | {"number": number, "salt": salt, "story": story, "settings": settings}])


def session_of(row: Row) -> Session:
    """A session from its row, with how far it is."""
    named = {name: row[name] for name in ("id", "code", "key", "title", "place", "day", "pack")}
    scenes = from_json(row["story"]).scenes
    return Session(**named, scenes=scenes, settings=_settings(row["settings"]), life=Life(row["life"]))


def _settings(text: str) -> Settings:
    """Settings that an older or newer Foothold may have kept."""
    known = {each.name for each in fields(Settings)}
    return Settings(**_frozen({name: value for name, value in json.loads(text).items() if name in known}))


def _frozen(told: Mapping[str, Any]) -> dict[str, Any]:
    """What JSON tells, with its lists as tuples."""
    return {name: tuple(value) if isinstance(value, list) else value for name, value in told.items()}


def person_rows(session: str, number: int, token_hash: str | None) -> Rows:
    """One new person."""
    return New("people", [{"session": session, "number": number, "token_hash": token_hash}])


def paper_rows(session: str, number: int, sheet: str) -> Rows:
    """One person with a number on their sheets of paper, who may be on the way to the disk already."""
    return Rows("people", [{"session": session, "number": number, "token_hash": sheet}])


def state_rows(session: str, standing: Standing) -> Rows:
    """How a session stands."""
    return Rows("states", [{"session": session, "told": as_text(standing), "life": standing.state.life.value}])


def drawing_rows(session: str, prepared: Sequence[Prepared], places: str) -> list[Rows]:
    """What the maps of a session draw."""
    scenes = [
        {"session": session, "position": position, "step": each.step, "summary": each.summary}
        | {"sources": json.dumps(each.sources, ensure_ascii=False)}
        for position, each in enumerate(prepared)
    ]
    return [Rows("scenes", scenes), Rows("places", [{"session": session, "told": places}])]


def prepared_of(session: Session, rows: Sequence[Row]) -> tuple[Prepared, ...]:
    """The scenes of a session, ready to be shown."""
    return tuple(
        Prepared(scene=scene, step=row["step"], summary=row["summary"], sources=tuple(json.loads(row["sources"])))
        for scene, row in zip(session.scenes, rows, strict=True)
    )
