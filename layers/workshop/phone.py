"""What one phone sees of a session: the question that it may answer now and its own answers, nobody else’s."""

import json
import re
import secrets
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from data.workshop.live import Answer, By, Life, Place, Prepared, Ranking, Seen, Session, State, Value, Vote, Words
from data.workshop.scenes import Question, Scene
from layers.workshop.phone_map import Districts

_TYPED = re.compile(r"text|note|area|place\d")
"""Fields of a plain form that somebody fills in by hand."""

_PIN = re.compile(r"(-?\d{1,3}(?:\.\d{1,15})?),(-?\d{1,3}(?:\.\d{1,15})?)")


@dataclass(frozen=True, kw_only=True)
class Seat:
    """A session as one phone sees it."""

    session: Session
    state: State
    prepared: tuple[Prepared, ...]
    you: int | None = None
    """The person's number; None if they came when it had ended."""
    mine: tuple[Answer, ...] = ()
    wish: str = ""
    """Id of the scene whose question the person asked for."""
    by: By = By.PHONE
    carried: tuple[tuple[str, str], ...] = ()
    """What every address of the page carries on: the tablet's way, and a language that was asked for."""
    districts: Districts | None = None
    """Where the districts are, so that those that a scene looks at come first in its list."""

    @property
    def shown(self) -> Scene | None:
        """The scene that the room sees; None before the session begins."""
        if self.state.life is Life.READY or not self.prepared:
            return None
        return self.prepared[min(max(self.state.scene, 0), len(self.prepared) - 1)].scene

    @property
    def open(self) -> tuple[Scene, ...]:
        """The scenes whose questions may be answered now, in their order."""
        if self.state.life is not Life.OPEN:
            return ()
        scenes = [each.scene for each in self.prepared]
        return tuple(each for each in scenes if each.question and each.id in self.state.asking)

    @property
    def asked(self) -> Scene | None:
        """The scene whose question this phone answers: the one asked for, else the one that is shown; None if none."""
        wanted = {each.id: each for each in self.open}
        return wanted.get(self.wish) or wanted.get(self.shown.id if self.shown else "")

    @property
    def key(self) -> str:
        """Changes whenever the phone has something else to show."""
        asked, shown = self.asked, self.shown
        return "/".join([self.state.life.value, asked.id if asked else "", "" if asked or not shown else shown.id])

    def first(self, scene: Scene) -> tuple[str, ...]:
        """The districts that come first in the list of a scene's question: those that its map looks at."""
        if self.districts is None or scene.question is None or scene.question.kind != "place":
            return ()
        prepared = next(each for each in self.prepared if each.scene.id == scene.id)
        return self.districts.looked_at(view(prepared), focus(prepared))

    def answers_to(self, scene: Scene) -> tuple[Answer, ...]:
        """The person's own answers to a scene's question."""
        return tuple(each for each in self.mine if each.scene == scene.id)


@dataclass(frozen=True, kw_only=True)
class Slot:
    """Room for one answer on the page: one that was given, or a new one (turn 0)."""

    id: str
    turn: int = 0
    value: dict[str, Any] | None = None
    """As phones post it."""
    held: bool = False
    problem: str = ""
    """Why what was just sent is not kept, in words."""
    spare: bool = False
    """Whether it is out of sight until those before it are filled."""


def new_id() -> str:
    """The id of an answer that is yet to be given. The same page sent twice holds the same, so it counts once."""
    return f"a{secrets.token_hex(8)}"


def no_id() -> str:
    """Leaves it to the script to make an id, so that many phones may be told the same."""
    return ""


def slots(
    scene: Scene, mine: Sequence[Answer], *, given: Slot | None = None, id_of_new: Callable[[], str] = new_id
) -> tuple[Slot, ...]:
    """Room for every answer that one person may give to a scene's question, those given first.

    `given` : what was just sent and could not be kept; it is shown again, so that nothing is lost.
    """
    question = scene.question
    if question is None:
        return ()
    most = question.most if question.kind in ("place", "words") else 1
    kept = [Slot(id=a.id, turn=a.turn, value=raw(a.value), held=a.seen is Seen.HELD) for a in mine[:most]]
    if given:
        again = [given if each.id == given.id else each for each in kept]
        kept = again if given in again else [*kept, given][:most]
    new = [Slot(id=id_of_new(), spare=i > 0) for i in range(most - len(kept))]
    return (*kept, *new)


def raw(value: Value) -> dict[str, Any]:
    """A value as phones post it."""
    match value:
        case Place(at=None):
            return {"area": value.area, "note": value.note}
        case Place():
            return {"at": value.at, "note": value.note}
        case Vote():
            return {"chosen": list(value.chosen)}
        case Ranking():
            return {"order": list(value.order)}
        case Words():
            return {"text": value.text}


def now(seat: Seat) -> dict[str, Any]:
    """What a phone is told when it asks for news: how the room stands, and its own answers."""
    shown = seat.shown
    asking = {each.id for each in seat.open}
    return {
        "version": seat.state.version,
        "life": seat.state.life.value,
        "you": seat.you,
        "scene": shown and _scene(shown, asked=shown.id in asking),
        "open": [{"id": each.id, "title": each.title, "text": _text(each)} for each in seat.open],
        "mine": [{"id": a.id, "scene": a.scene, "turn": a.turn, "value": raw(a.value)} for a in seat.mine],
        "asked": seat.asked.id if seat.asked else "",
        "key": seat.key,
    }


def _scene(scene: Scene, *, asked: bool) -> dict[str, Any]:
    """A scene without its notes, which are the presenter's, and without a question that is not asked."""
    question = scene.question if asked else None
    told = question and {
        "kind": question.kind,
        "text": question.text,
        "options": list(question.options),
        "most": question.most,
    }
    return {"id": scene.id, "title": scene.title, "words": scene.words, "question": told, "asking": asked}


def _text(scene: Scene) -> str:
    return scene.question.text if scene.question else ""


class UnfilledError(ValueError):
    """Something that a form needs and does not have. `key` is that of the sentence that says what."""

    def __init__(self, key: str) -> None:
        super().__init__(key)
        self.key = key


def as_typed(fields: Mapping[str, Any]) -> dict[str, Any]:
    """What was typed into a plain form that could not be kept, to be shown again."""
    return {name: str(text) for name, text in fields.items() if text and _TYPED.fullmatch(name)}


def coded(value: Any, codes: Mapping[str, str]) -> Any:
    """A value whose neighbourhood, if it is named, has its code; `codes` by name."""
    if isinstance(value, dict) and isinstance(named := value.get("area"), str):
        return value | {"area": codes.get(named, named)}
    return value


def from_form(question: Question, fields: Mapping[str, Any]) -> dict[str, Any] | None:
    """What a plain form holds, as phones post it but for the name of a neighbourhood; None if it is taken back.

    Raises
    ------
    UnfilledError
        If something is not filled in.
    """
    if fields.get("back"):
        return None
    read = {"vote": _vote, "rank": _rank, "words": _words, "place": _place}[question.kind]
    return read(question, fields)


def _vote(question: Question, fields: Mapping[str, Any]) -> dict[str, Any]:
    chosen = [_whole(each) for each in _list(fields.get("chosen"))]
    if not chosen or len(chosen) > question.most:
        raise UnfilledError("problem_one" if question.most == 1 else "problem_several")
    return {"chosen": chosen}


def _rank(question: Question, fields: Mapping[str, Any]) -> dict[str, Any]:
    places = [_whole(fields.get(f"place{i}")) for i in range(len(question.options))]
    if sorted(places) != list(range(1, len(places) + 1)):
        raise UnfilledError("problem_rank")
    return {"order": sorted(range(len(places)), key=places.__getitem__)}


def _words(_question: Question, fields: Mapping[str, Any]) -> dict[str, Any]:
    text = str(fields.get("text", "")).replace("\r\n", "\n").strip()
    if not text:
        raise UnfilledError("problem_words")
    return {"text": text}


def _place(_question: Question, fields: Mapping[str, Any]) -> dict[str, Any]:
    note = str(fields.get("note", "")).replace("\r\n", "\n").strip()
    if area := fields.get("area"):
        return {"area": str(area), "note": note}
    if pin := _PIN.fullmatch(str(fields.get("pin", ""))):
        return {"at": [float(pin[1]), float(pin[2])], "note": note}
    raise UnfilledError("problem_place")


def _list(value: Any) -> list[Any]:
    return value if isinstance(value, list) else [] if value is None else [value]


def _whole(value: Any) -> int:
    """A whole number of a form; -1, which nothing takes, for anything else."""
    return int(value) if isinstance(value, str) and value.isascii() and value.isdigit() and len(value) < 9 else -1


def view(prepared: Prepared) -> dict[str, Any]:
    """Where the phone's map looks at first: where the scene does; empty if that cannot be told."""
    told = _step(prepared).get("view")
    return {name: told[name] for name in ("bounds", "at", "zoom") if told.get(name)} if isinstance(told, dict) else {}


def focus(prepared: Prepared) -> tuple[int, ...]:
    """The districts that the scene's map is narrowed to, by their positions in the pack; none if it shows all."""
    told = _step(prepared).get("focus")
    return tuple(each for each in told if isinstance(each, int) and each >= 0) if isinstance(told, list) else ()


def _step(prepared: Prepared) -> dict[str, Any]:
    """What the drawing script is told; nothing if it cannot be read."""
    try:
        told = json.loads(prepared.step)
    except ValueError:
        return {}
    return told if isinstance(told, dict) else {}
