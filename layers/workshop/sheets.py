"""Sheets of paper, entered by hand: the form for one, and the answers that a form that was sent comes to.

One form is one sheet. Sheets with the same number are one person, and a sheet without one is a person by itself. What
cannot be kept is said beside its field, and nothing that was typed is lost.
"""

import re
import secrets
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from difflib import get_close_matches
from functools import cache
from pathlib import Path
from typing import Any

from jinja2 import Environment, FileSystemLoader, select_autoescape

from data.workshop.crowd import MOST_SHEETS
from data.workshop.entered import answer_id
from data.workshop.live import LONGEST_WORDS, Answer, Place, Prepared, Ranking, Vote
from data.workshop.reading import AnswerError, value
from data.workshop.scenes import Question, Scene
from data.workshop.where import Whereabouts
from geo.lettered_grid import LetteredGrid, SquareError
from layers.workshop.frame import grid_of, metres, square_to_point, too_wide

MOST_FIELDS = 150
"""Fields of one form; a story that asks for more is entered a scene at a time."""

NOTHING = "Nothing is filled in yet. Type at least one answer of the sheet, then save it."

NUMBER = "number"
"""The field for the number that is written on a sheet."""

_OWN = Path(__file__).parent / "sheets"


@dataclass(frozen=True, kw_only=True)
class Asked:
    """One question of a sheet. `number` is that of its scene, from 1; only places have a grid, if their map has one."""

    number: int
    scene: Scene
    question: Question
    grid: LetteredGrid | None = None

    @property
    def squares(self) -> bool:
        """Whether its map has squares that say where something is."""
        return self.grid is not None and not too_wide(self.grid)

    @property
    def fields(self) -> tuple[str, ...]:
        """The names of its fields."""
        id_, many = self.scene.id, range(1, self.question.most + 1)
        if self.question.kind == "place":
            return tuple(f"{id_}.{i}.{part}" for i in many for part in ("at", "note"))
        if self.question.kind == "words":
            return tuple(f"{id_}.{i}" for i in many)
        return tuple(f"{id_}.{i}" for i in range(1, len(self.question.options) + 1))


@dataclass(frozen=True)
class Filled:
    """What a form that was sent comes to: raw answers to keep, or a sentence for each field that must be mended.
    `number` is the one written on the sheet, None where there is none."""

    answers: tuple[dict[str, Any], ...]
    problems: Mapping[str, str]
    number: int | None = None


def asked_on(prepared: Sequence[Prepared], *, only: str = "") -> tuple[Asked, ...]:
    """The questions of a session in the order of its scenes. `only` : the id of the one scene that is entered."""
    found = []
    for number, each in enumerate(prepared, start=1):
        scene = each.scene
        if scene.question and only in ("", scene.id):
            grid = grid_of(each) if scene.question.kind == "place" else None
            found.append(Asked(number=number, scene=scene, question=scene.question, grid=grid))
    return tuple(found)


def new_sheet() -> str:
    """What tells one sheet from the next, so that one that is sent twice is kept once."""
    return secrets.token_hex(8)


def filled(form: Mapping[str, str], asked: Sequence[Asked], *, areas: Mapping[str, str], where: Whereabouts) -> Filled:
    """The answers of a form that was sent.

    Parameters
    ----------
    form : texts by field; `sheet` is what `new_sheet` gave.
    areas : MSOA code by local name.
    """
    answers: list[dict[str, Any]] = []
    problems: dict[str, str] = {}
    for each in asked:
        for field, given in _GIVEN[each.question.kind](form, each, areas, problems):
            told = {"id": answer_id(form.get("sheet", ""), field), "scene": each.scene.id, "turn": 1, "value": given}
            try:
                value(told, each.scene, where)
            except AnswerError as error:
                problems[field] = error.words.replace(", then send it", "")
            else:
                answers.append(told)
    number = _number(form, problems)
    if not answers and not problems:
        problems[""] = NOTHING
    return Filled(tuple(answers), problems, number)


def texts_of(answers: Sequence[Answer], asked: Sequence[Asked], *, names: Mapping[str, str]) -> dict[str, str]:
    """The texts of a form that would come to these answers. `names` : MSOA code to local name."""
    texts: dict[str, str] = {}
    for each in asked:
        values = [answer.value for answer in answers if answer.scene == each.scene.id]
        for i, held in enumerate(values):
            if isinstance(held, Place):
                texts |= {each.fields[2 * i]: _named(held, each.grid, names), each.fields[2 * i + 1]: held.note}
            elif isinstance(held, Vote):
                texts |= {each.fields[k]: "yes" for k in held.chosen}
            elif isinstance(held, Ranking):
                texts |= {each.fields[k]: str(place) for place, k in enumerate(held.order, start=1)}
            else:
                texts[each.fields[i]] = held.text
    return texts


def page(
    asked: Sequence[Asked],
    *,
    title: str,
    form: Mapping[str, str],
    problems: Mapping[str, str],
    areas: Sequence[str],
    first: str,
    **more: Any,
) -> str:
    """The form as HTML; every text of people is text.

    Parameters
    ----------
    areas : local names to choose from.
    first : the field that has the focus.
    more : `said` (what was done), `last` (the `data.workshop.entered.Entered` that can be undone, or None), `scenes`
        (all questions that may be entered alone), `only` (the one that is), `whole` (whether all may be entered
        together), `desk` (a link).
    """
    ways = {"asked": asked, "title": title, "form": form, "problems": problems, "areas": areas, "first": first}
    return str(_template().render(**ways, most=LONGEST_WORDS, style=style(), script=script(), **more))


@cache
def style() -> str:
    """The style of the page."""
    return (_OWN / "sheets.css").read_text(encoding="utf-8")


@cache
def script() -> str:
    """The script of the page; without it the form works, too."""
    return (_OWN / "sheets.js").read_text(encoding="utf-8")


@cache
def _template() -> Any:
    env = Environment(loader=FileSystemLoader(_OWN), autoescape=select_autoescape(default=True), trim_blocks=True)
    env.lstrip_blocks = True
    return env.get_template("sheets.html")


def _text(form: Mapping[str, str], field: str) -> str:
    return str(form.get(field, "")).strip()


def _number(form: Mapping[str, str], problems: dict[str, str]) -> int | None:
    """The number on a sheet; None where there is none, or where it is said what is wrong with it."""
    said = _text(form, NUMBER)
    if not said:
        return None
    if re.fullmatch("[0-9]{1,3}", said) and 1 <= int(said) <= MOST_SHEETS:
        return int(said)
    wrong = f"“{said[:40]}” is no number of a sheet."
    problems[NUMBER] = f"{wrong} Type a number from 1 to {MOST_SHEETS}, in digits only; or leave this blank."
    return None


Given = list[tuple[str, dict[str, Any]]]


def _places(form: Mapping[str, str], asked: Asked, areas: Mapping[str, str], problems: dict[str, str]) -> Given:
    given = []
    for at, note in zip(asked.fields[::2], asked.fields[1::2], strict=True):
        said, noted = _text(form, at), _text(form, note)
        if not said:
            if noted:
                problems[at] = "Say where it is: a square or a neighbourhood."
            continue
        try:
            given.append((at, _where(said, asked, areas) | {"note": noted}))
        except SquareError as error:
            problems[at] = str(error)
    return given


def _where(said: str, asked: Asked, areas: Mapping[str, str]) -> dict[str, Any]:
    """A square or the name of a neighbourhood as an answer says it; SquareError if it is neither."""
    named = {name.casefold(): code for name, code in areas.items()}
    if code := named.get(" ".join(said.split()).casefold()):
        return {"area": code}
    if sum(sign.isalpha() for sign in said) > 1 or asked.grid is None:
        near = get_close_matches(said.casefold(), named, n=1, cutoff=0.7)
        meant = next((name for name in areas if near and name.casefold() == near[0]), "")
        hint = f"Did you mean “{meant}”?" if meant else _CHOOSE[asked.squares]
        raise SquareError(f"“{said[:40]}” is no neighbourhood of ours. {hint}")
    return {"at": list(square_to_point(asked.grid, said))}


_CHOOSE = {True: "Choose one from the list, or write a square such as C4.", False: "Choose one from the list."}
"""What to do about a place that we do not know, by whether there are squares."""


def _named(place: Place, grid: LetteredGrid | None, names: Mapping[str, str]) -> str:
    """A place as it is written on a sheet: its square, or its neighbourhood's name."""
    if place.at and grid:
        [[easting, northing]] = metres([place.at])
        return grid.square_of(easting, northing) or ""
    return names.get(place.area, "")


def _votes(form: Mapping[str, str], asked: Asked, _: Mapping[str, str], problems: dict[str, str]) -> Given:
    chosen = [i for i, field in enumerate(asked.fields) if form.get(field)]
    if len(chosen) > asked.question.most:
        many = "one may be" if asked.question.most == 1 else f"at most {asked.question.most} may be"
        problems[asked.fields[0]] = f"{len(chosen)} are ticked, where {many}. Take a tick away, or leave all blank."
        return []
    return [(asked.fields[0], {"chosen": chosen})] if chosen else []


def _ranks(form: Mapping[str, str], asked: Asked, _: Mapping[str, str], problems: dict[str, str]) -> Given:
    said, count = [_text(form, field) for field in asked.fields], len(asked.fields)
    if not any(said):
        return []
    if sorted(said) != [str(place) for place in range(1, count + 1)]:
        wrong = next((f for f, text in zip(asked.fields, said, strict=True) if not _once(text, said, count)), "")
        problems[wrong] = f"Number all {count} from 1 to {count}, each number once; or leave all blank."
        return []
    return [(asked.fields[0], {"order": [said.index(str(place)) for place in range(1, count + 1)]})]


def _once(text: str, said: Sequence[str], count: int) -> bool:
    return text in {str(place) for place in range(1, count + 1)} and said.count(text) == 1


def _texts(form: Mapping[str, str], asked: Asked, *_: Mapping[str, str]) -> Given:
    return [(field, {"text": _text(form, field)}) for field in asked.fields if _text(form, field)]


_GIVEN: Mapping[str, Callable[[Mapping[str, str], Asked, Mapping[str, str], dict[str, str]], Given]] = {
    "place": _places,
    "vote": _votes,
    "rank": _ranks,
    "words": _texts,
}
