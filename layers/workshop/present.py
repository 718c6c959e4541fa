"""The projector and the presenter's desk: their pages, what their scripts are told, and what they load once."""

import hashlib
import io
import json
from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass
from functools import cache
from pathlib import Path
from typing import Any

import segno
from jinja2 import Environment, FileSystemLoader
from markupsafe import Markup

from data.workshop.live import Answer, People, Place, Prepared, Seen, Session, Settings, State, Words
from layers.find import Found
from layers.outlines import Asset
from layers.render import Look, Mark
from layers.workshop.told import day_words

_OWN = Path(__file__).parent / "present"

_SCRIPTS = {
    "screen": ("results.js", "helm.js", "keys.js", "find.js", "stages.js", "screen-over.js", "screen.js"),
    "desk": ("results.js", "helm.js", "keys.js", "find.js", "stages.js", "desk-people.js", "desk.js"),
    "stage": ("stage-hatch.js", "stage-answers.js", "stage.js"),
}
"""The parts of each page's script, in their order."""

_OF_THE_CODE = 3
"""Signs of a code that are read together."""


@dataclass(frozen=True, kw_only=True)
class Way:
    """How phones find this computer: an address without its path, such as `http://192.168.1.20:8501`."""

    origin: str
    lone: bool = False
    """Whether only this computer itself can reach it."""

    @property
    def short(self) -> str:
        """What people type."""
        return f"{self.origin.split('://', 1)[-1]}/j"


# ---- pages -------------------------------------------------------------------------------------------------------


def desk(
    session: Session, state: dict[str, Any], *, ways: Sequence[Way], font: str, older: bool, parts: Mapping[str, Asset]
) -> str:
    """The presenter's page. `older`: whether its maps were made from other figures than those that are served."""
    return _page("desk", session, state, ways=ways, font=font, parts=parts, older=older)


def screen(
    session: Session, state: dict[str, Any], *, ways: Sequence[Way], font: str, parts: Mapping[str, Asset]
) -> str:
    """The projector's page."""
    return _page("screen", session, state, ways=ways, font=font, parts=parts)


def stage(parts: Mapping[str, Asset]) -> str:
    """The page of one map, which stands in a frame of the other two."""
    scripts = [parts["leaflet"], parts["script"], parts["outlines"], parts["present_stage"]]
    styles = [parts["leaflet_style"], parts["style"], parts["present_stage_style"]]
    return _made("stage", scripts=[each.path for each in scripts], styles=[each.path for each in styles])


def refused(words: str, *, here: str, parts: Mapping[str, Asset]) -> str:
    """What someone reads who may not present. `here` is the address that they asked for."""
    return _made("refused", words=words, here=here, styles=[parts["present_desk_style"].path])


def _page(
    name: str, session: Session, state: dict[str, Any], *, ways: Sequence[Way], parts: Mapping[str, Asset], **more: Any
) -> str:
    told = [{"short": way.short, "lone": way.lone, "qr": qr(f"{way.origin}/j/{session.code}")} for way in ways]
    return _made(
        name,
        session=session,
        state=json.dumps(state),
        day=day_words(session.day),
        code=code_words(session.code),
        ways=told,
        scripts=[parts[f"present_{name}"].path],
        styles=[parts[f"present_{name}_style"].path],
        **more,
    )


def _made(name: str, **values: Any) -> str:
    return _templates().get_template(f"{name}.html").render(**values)


@cache
def _templates() -> Environment:
    return Environment(loader=FileSystemLoader(_OWN), autoescape=True, trim_blocks=True)


def qr(address: str) -> Markup:
    """A QR code of an address, as SVG that grows with its box."""
    out = io.BytesIO()
    segno.make(address, error="m", micro=False).save(
        out, kind="svg", xmldecl=False, svgclass=None, lineclass=None, omitsize=True, border=2, title="QR code to join"
    )
    return Markup(out.getvalue().decode("utf-8"))  # noqa: S704  (our own drawing; the address is only in its squares)


def code_words(code: str) -> str:
    """A code as it is read out: "ABC 234"."""
    return " ".join(code[at : at + _OF_THE_CODE] for at in range(0, len(code), _OF_THE_CODE))


# ---- what their scripts are told ---------------------------------------------------------------------------------


def scenes_told(prepared: Sequence[Prepared]) -> list[dict[str, Any]]:
    """Every scene with everything that it needs, so that nothing more is asked of the server to show it."""
    return [_scene(each) for each in prepared]


def _scene(each: Prepared) -> dict[str, Any]:
    scene, asked = each.scene, each.scene.question
    return {
        "id": scene.id,
        "title": scene.title,
        "words": scene.words,
        "notes": scene.notes,
        "question": asdict(asked) if asked else None,
        "step": json.loads(each.step),
        "summary": each.summary,
        "sources": each.sources,
    }


def state_told(state: State, settings: Settings) -> dict[str, Any]:
    """How the room stands. `small` : whether small numbers are hidden from it."""
    return {
        "version": state.version,
        "life": state.life.value,
        "scene": state.scene,
        "blank": state.blank,
        "joining": state.joining,
        "asking": sorted(state.asking),
        "revealed": sorted(state.revealed),
        "small": settings.hide_small,
    }


def people_told(people: People, scene: str) -> dict[str, Any]:
    """Phones by number, and whether they have answered the question of a scene (its id). `paper`: how many people have
    answered it on paper."""
    answered = people.answered.get(scene, frozenset())
    numbers = [
        {"number": number, "here": number in people.here, "answered": number in answered}
        for number in sorted(people.phones)
    ]
    return {
        "joined": people.joined,
        "here": len(people.here),
        "answered": len(answered & people.phones),
        "paper": len(answered - people.phones),
        "numbers": numbers,
    }


def waiting(answers: Sequence[Answer], seen: Seen) -> list[dict[str, Any]]:
    """The texts, and notes at pins, that the room does not see for this reason, oldest first."""
    return [
        {"id": each.id, "scene": each.scene, "turn": each.turn, "text": text_of(each)}
        for each in answers
        if each.seen is seen
    ]


def text_of(answer: Answer) -> str:
    """What somebody wrote, or what can be said of an answer without words."""
    if isinstance(answer.value, Words):
        return answer.value.text
    if isinstance(answer.value, Place):
        return answer.value.note or "A place without words"
    return "An answer without words"


def found_told(found: Found, look: Look, mark: Mark | None) -> dict[str, Any]:
    """Somewhere that was looked for: what it is called, where to look, its pin, and the area to outline."""
    view = {"bounds": look.bounds, "at": look.at, "zoom": look.zoom}
    area = found.code if found.kind in ("lsoa21", "msoa21", "district") else ""
    title = found.name if found.kind == "postcode" else f"{found.name}, {found.detail}"
    return {"label": found.label, "title": title, "view": view, "mark": mark and asdict(mark), "area": area}


# ---- what is loaded once -----------------------------------------------------------------------------------------


@cache
def assets() -> dict[str, Asset]:
    """Scripts and styles of these pages, by role; each address holds a hash of its content."""
    scripts = {
        f"present_{name}": _asset(name, "js", _script(parts), "text/javascript") for name, parts in _SCRIPTS.items()
    }
    styles = {
        f"present_{name}_style": _asset(name, "css", (_OWN / f"{name}.css").read_bytes(), "text/css")
        for name in _SCRIPTS
    }
    return scripts | styles


def _script(parts: Sequence[str]) -> bytes:
    """One script of its parts, inside one function."""
    text = "\n".join((_OWN / part).read_text(encoding="utf-8") for part in parts)
    return f"(function () {{\n'use strict';\n{text}}})();\n".encode()


def _asset(name: str, ending: str, body: bytes, media_type: str) -> Asset:
    return Asset(f"/map/present_{name}.{hashlib.sha256(body).hexdigest()[:16]}.{ending}", body, media_type)
