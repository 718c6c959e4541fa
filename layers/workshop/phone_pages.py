"""The phone's page as HTML: one document with its style and script inside, and the parts of it that change.

It is made to work with no script at all; the script makes it live. Whatever people or facilitators wrote is escaped by
the templates, always.
"""

import json
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cache, lru_cache
from pathlib import Path
from typing import Any
from urllib.parse import urlencode

from jinja2 import Environment, FileSystemLoader, StrictUndefined
from markupsafe import Markup

from data.workshop.live import LONGEST_WORDS, By, Life, Place, Ranking, Value, Vote, Words
from data.workshop.scenes import Scene
from layers.workshop.phone import Seat, Slot, no_id, now, slots, view
from layers.workshop.phone_map import Areas, area_codes, in_order
from layers.workshop.phone_words import Language, filled, languages

_OWN = Path(__file__).parent / "phone"

_COMMENT = re.compile(r"^\s*/\*.*?\*/|(?:^|\s)\s*// .*?$", re.MULTILINE | re.DOTALL)
"""In our own style and script: /* at the beginning of a line, and // before a space."""

_QUOTED = re.compile(r"""("(?:[^"\\]|\\.)*"|'(?:[^'\\]|\\.)*')""")
_SPARE_IN_SCRIPT = re.compile(r";\s*(?=})| *(===|!==|&&|\|\||[?:=<>,;(){}]) *| ?([-+*/%]=?) ")
_SPARE_IN_STYLE = re.compile(r";\s*(?=})| *([,;{}]) *|(?<=:) +")
"""Spaces, and the last ; of a block, that mean nothing. Our script has one after + - * / % only between two things."""

_SPARE_LINE = re.compile(r"(?<=[;{,(])\n|\n(?=[})])")
"""Ends of lines that end nothing else."""

_OF_TABLETS = frozenset({"kept_tablet", "thanks", "still", "stay", "clears", "clearing"})
"""Words that the script says on tablets alone."""


@dataclass(frozen=True, kw_only=True)
class Told:
    """What a page says of what was just sent by a plain form."""

    said: str = ""
    """Key of a sentence: `sent` or `gone`."""
    given: Slot | None = None
    """What could not be kept, with why."""
    scene: str = ""
    """Id of the scene whose question that was sent to."""


@cache
def style() -> str:
    """The page's own style."""
    return _lean((_OWN / "phone.css").read_text(encoding="utf-8"), _SPARE_IN_STYLE).replace("}\n", "}")


@cache
def script() -> str:
    """The page's own script, joined from its parts in the order of their numbers, inside one function."""
    parts = [path.read_text(encoding="utf-8") for path in sorted(_OWN.glob("*.js"))]
    return "(function () {\n'use strict';\n" + _lean("\n".join(parts), _SPARE_IN_SCRIPT) + "})();\n"


def _lean(text: str, spare: re.Pattern[str]) -> str:
    """Without comments, indents and spaces that mean nothing: phones need not carry them."""
    lines = (line.strip() for line in _COMMENT.sub("", text).splitlines())
    parts = _QUOTED.split("".join(f"{line}\n" for line in lines if line))
    lean = (part if i % 2 else spare.sub(_signs, part) for i, part in enumerate(parts))
    return _SPARE_LINE.sub("", "".join(lean))


def _signs(found: re.Match[str]) -> str:
    return "".join(sign for sign in found.groups() if sign)


def code_page(language: Language, *, carried: Mapping[str, str], code: str = "", problem: str = "") -> str:
    """The page that asks for a session's code. `problem` says, in words, why the last one did not do."""
    return _render("code.html", language, By.PHONE, code=code[:12], problem=problem, carried=carried)


def room_page(seat: Seat, language: Language, *, areas: Areas, names: Mapping[str, str], told: Told, map: str) -> str:
    """The whole page of one phone. `map` is the address of the outlines; `names` are local names by MSOA code."""
    return _render(
        "room.html",
        language,
        seat.by,
        seat=seat,
        facts=now(seat),
        words={key: words for key, words in language.script.items() if seat.by is By.TABLET or key not in _OF_TABLETS},
        map=map,
        task=Markup(task(seat, language, areas=areas, names=names, told=told)),
        others=Markup(_others(seat, language, frozenset(each.scene for each in seat.mine))),
        languages=[each for each in languages().values() if each.code != language.code],
        **_addresses(seat),
    )


def task(seat: Seat, language: Language, *, areas: Areas, names: Mapping[str, str], told: Told | None = None) -> str:
    """What there is to do now, or to wait for: the part of the page that changes with the room."""
    told, asked = told or Told(), seat.asked
    if asked is None:
        return _wait(seat, language, names, told)
    made = slots(asked, seat.answers_to(asked), given=told.given if told.scene == asked.id else None)
    return _question(seat, asked, language, made, areas=areas, told=told)


def news(seat: Seat, language: Language, names: Mapping[str, str]) -> dict[str, str]:
    """The parts of the page that change with the room, as the script takes them: `task` and `others`.

    The script fills in the list of neighbourhoods from the map, and makes the ids of new answers: so most phones are
    told the same, which is written once for all of them.
    """
    answered = frozenset(each.scene for each in seat.mine)
    bare = replace(seat, you=seat.you and 1, mine=())
    task_, others_ = _shared(bare, answered, language)
    asked = seat.asked
    if asked and asked.id in answered:
        made = slots(asked, seat.answers_to(asked), id_of_new=no_id)
        task_ = _question(seat, asked, language, made, areas=(), told=Told())
    elif answered and not asked:
        task_ = _wait(seat, language, names, Told())
    return {"task": task_, "others": others_}


@lru_cache(maxsize=256)
def _shared(seat: Seat, answered: frozenset[str], language: Language) -> tuple[str, str]:
    """What everybody is told who has answered the same questions, but not the one that is asked."""
    asked = seat.asked
    if asked is None:
        told = _wait(seat, language, {}, Told())
    else:
        told = _question(seat, asked, language, slots(asked, (), id_of_new=no_id), areas=(), told=Told())
    return told, _others(seat, language, answered)


def _wait(seat: Seat, language: Language, names: Mapping[str, str], told: Told) -> str:
    over = seat.state.life is Life.ENDED
    answered = _answered(seat, names) if over and seat.by is not By.TABLET else []
    stray = _stray(seat, told)
    return _render("wait.html", language, seat.by, seat=seat, answered=answered, told=told, stray=stray)


def _stray(seat: Seat, told: Told) -> dict[str, str] | None:
    """What was sent to a question that the page does not ask (any more): which, why it is not kept, and its words."""
    if told.given is None or (seat.asked and seat.asked.id == told.scene):
        return None
    asked = next((each.scene.question for each in seat.prepared if each.scene.id == told.scene), None)
    value = told.given.value or {}
    words = str(value.get("text") or value.get("note") or "")
    return {"asked": asked.text if asked else "", "problem": told.given.problem, "words": words}


def _question(seat: Seat, scene: Scene, language: Language, made: Sequence[Slot], *, areas: Areas, told: Told) -> str:
    prepared = next(each for each in seat.prepared if each.scene.id == scene.id)
    first = seat.first(scene)
    return _render(
        "question.html",
        language,
        seat.by,
        scene=scene,
        question=scene.question,
        slots=made,
        told=told,
        stray=_stray(seat, told),
        areas=in_order(areas, first),
        first=first,
        singles=area_codes(areas),
        longest=LONGEST_WORDS,
        view=view(prepared),
        **_addresses(seat),
    )


def _others(seat: Seat, language: Language, answered: frozenset[str]) -> str:
    """Links to the other questions that are still open."""
    asked = seat.asked
    scenes = [each for each in seat.open if asked is None or each.id != asked.id]
    return _render("others.html", language, seat.by, scenes=scenes, answered=answered, **_addresses(seat))


def in_words(value: Value, scene: Scene, names: Mapping[str, str]) -> str:
    """An answer in words, for whoever gave it."""
    options = scene.question.options if scene.question else ()
    match value:
        case Place():
            near = names.get(value.area, value.area)
            return f"{near}: {value.note}" if value.note else near
        case Vote():
            return ", ".join(options[i] for i in value.chosen if i < len(options))
        case Ranking():
            return ", ".join(f"{n}. {options[i]}" for n, i in enumerate(value.order, start=1) if i < len(options))
        case Words():
            return value.text


def _answered(seat: Seat, names: Mapping[str, str]) -> list[tuple[str, list[str]]]:
    """The person's own answers in words, by question, in the order of the scenes."""
    scenes = [each.scene for each in seat.prepared]
    told = [(s, [in_words(a.value, s, names) for a in seat.answers_to(s)]) for s in scenes if s.question]
    return [(s.question.text, answers) for s, answers in told if s.question and answers]


def _addresses(seat: Seat) -> dict[str, str]:
    """Where the page's links and forms lead, and what each address carries on."""
    kept = urlencode(seat.carried)
    return {"base": f"/j/{seat.session.code}", "query": kept and f"?{kept}", "and_query": kept and f"&{kept}"}


def _render(template: str, language: Language, by: By, **values: Any) -> str:
    tablet = by is By.TABLET
    made = _templates().get_template(template)
    return made.render(language=language, t=language.page, tablet=tablet, style=style, script=script, **values)


@cache
def _templates() -> Environment:
    made = Environment(
        loader=FileSystemLoader(_OWN),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        auto_reload=False,
    )
    made.policies["json.dumps_kwargs"] = {"separators": (",", ":"), "sort_keys": True}
    made.filters["fill"] = lambda text, **parts: filled(text, parts)
    made.filters["json"] = lambda value: json.dumps(value, ensure_ascii=False, separators=(",", ":"))
    return made
