"""The form by which sheets of paper are entered: one form a sheet, and sheets with the same number one person."""

import asyncio
from collections.abc import Mapping
from functools import partial
from typing import Any

from anyio import to_thread
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from data.workshop.entered import Entered, entered_sheets, key_of
from data.workshop.helm import Helm
from data.workshop.live import Seen
from data.workshop.reading import AnswerError, value
from data.workshop.room import Room
from data.workshop.rooms import WorkshopError
from data.workshop.sheets import SheetNumberError
from layers.workshop import sheets
from layers.workshop.sheets import Asked
from pages import _edge
from pages._room_guard import body, elsewhere, guarded, own_site, page, policy
from pages._room_present import presenting

MOST_BYTES = 400_000
"""Of one form: every field as long as it may be, in signs that take the most bytes."""

SAVED_BEFORE = (
    "This sheet was saved already, with other answers. To mend it, undo it first; or open this form anew for another."
)


@guarded
async def shown(request: Request) -> Response:
    """An empty form; after one was saved or undone, it says so."""
    helm = await to_thread.run_sync(presenting, request)
    asked = request.query_params.get("scene", ""), request.query_params.get("saved", "")
    return await to_thread.run_sync(partial(_fresh, helm.room, only=asked[0], saved=asked[1]))


@guarded
async def sent(request: Request) -> Response:
    """Keep a sheet, all of it or nothing; or take the last one back."""
    own_site(request)
    helm = await to_thread.run_sync(presenting, request)
    given = await body(request, most=MOST_BYTES)
    form = {name: text if isinstance(text, str) else str(text[0]) for name, text in given.items()}
    if "undo" in form:
        return await to_thread.run_sync(partial(_undone, helm, form))
    ready = await to_thread.run_sync(partial(_read, helm.room, form))
    problems = dict(ready.problems)
    if not problems:
        try:
            person = await asyncio.wrap_future(helm.sheet(ready.answers, number=ready.number))
        except SheetNumberError as error:
            problems = {sheets.NUMBER: str(error)}
        except (AnswerError, WorkshopError) as error:
            problems = {"": str(error)}
        else:
            saved = key_of(person, ready.answers[0]["id"], helm.room.sheets())
            only = _only(helm.room, form.get("only", ""))
            return elsewhere(f"sheets?saved={saved}{f'&scene={only}' if only else ''}")
    told = await to_thread.run_sync(partial(_form, helm.room, form, problems=problems))
    return page(told, policy=POLICY)


def _fresh(room: Room, *, only: str, saved: str) -> Response:
    """A form for the next sheet. `saved` : the key of the sheet that was saved, if one was just now."""
    entered = _entered(room)
    said = _saved(entered, entered[saved]) if saved in entered else ""
    return page(_form(room, {"sheet": sheets.new_sheet(), "only": only}, problems={}, said=said), policy=POLICY)


def _saved(entered: Mapping[str, Entered], sheet: Entered) -> str:
    """What is said of a sheet that was saved: its number, or else how many have been entered with it."""
    answers = "1 answer" if len(sheet.answers) == 1 else f"{len(sheet.answers)} answers"
    if sheet.number is not None:
        return f"Sheet number {sheet.number} saved, with {answers}."
    said = f"Sheet {list(entered).index(sheet.key) + 1} saved, with {answers}."
    numbered = any(each.number is not None for each in entered.values())
    return f"{said} It has no number, so it counts as one more person." if numbered else said


def _undone(helm: Helm, form: Mapping[str, str]) -> Response:
    """The last sheet taken back: its answers are gone everywhere, and stand in the form to be mended."""
    last = _last(helm.room)
    if last is None or form["undo"] != last.key:
        return _not_undone(helm.room, form, "Nothing was undone: that was not the last sheet.")
    try:
        helm.take_back([each.id for each in last.answers]).result()
    except (AnswerError, WorkshopError) as error:
        return _not_undone(helm.room, form, f"Nothing was undone. {error}")
    whole = _fits(sheets.asked_on(helm.room.prepared))
    asked, only = _asked(helm.room, "" if whole else last.answers[0].scene)
    again = [each for each in last.answers if each.seen is not Seen.HIDDEN]  # what was hidden is not brought back
    texts = sheets.texts_of(again, asked, names=_edge.msoa_names()) | {"sheet": sheets.new_sheet(), "only": only}
    whose, texts[sheets.NUMBER] = f"The sheet of person {last.person}", ""
    if last.number is not None:
        whose, texts[sheets.NUMBER] = f"Sheet number {last.number}", str(last.number)
    said = f"{whose} is taken back: its answers count no more. Mend them here and save, or leave."
    return page(_form(helm.room, texts, problems={}, said=said), policy=POLICY)


def _not_undone(room: Room, form: Mapping[str, str], why: str) -> Response:
    words = f"{why} Hide single answers at the presenter’s desk."
    fresh = {"sheet": sheets.new_sheet(), "only": form.get("only", "")}
    return page(_form(room, fresh, problems={"": words}), policy=POLICY)


def _read(room: Room, form: Mapping[str, str]) -> sheets.Filled:
    asked, _ = _asked(room, form.get("only", ""))
    ready = sheets.filled(form, asked, areas=_areas(), where=_edge.whereabouts())
    if ready.problems:
        return ready
    before = {each.id: each.value for each in room.answers()}
    scenes = {each.scene.id: each.scene for each in asked}
    told = [(each["id"], value(each, scenes[each["scene"]], _edge.whereabouts())) for each in ready.answers]
    known = [id_ for id_, _ in told if id_ in before]
    if known and any(before.get(id_) != now for id_, now in told):
        return sheets.Filled((), {"": SAVED_BEFORE})
    return ready


def _form(room: Room, form: Mapping[str, str], *, problems: Mapping[str, str], said: str = "") -> str:
    asked, only = _asked(room, form.get("only", ""))
    scenes = sheets.asked_on(room.prepared)
    more: dict[str, Any] = {"said": said, "last": _last(room), "scenes": scenes, "only": only, "whole": _fits(scenes)}
    first = next((field for field in problems if field), asked[0].fields[0] if asked else "")
    return sheets.page(
        asked,
        title=room.session.title,
        form=form,
        problems=problems,
        areas=list(_areas()),
        first=first,
        desk=f"/present/{room.session.id}/desk",
        **more,
    )


def _asked(room: Room, only: str) -> tuple[tuple[Asked, ...], str]:
    """The questions of the form, and the id of the one scene that it is for; "" if it is for all."""
    only = _only(room, only)
    return sheets.asked_on(room.prepared, only=only), only


def _only(room: Room, only: str) -> str:
    """The id of the scene to enter alone, if it asks something; the first one where all together are too many."""
    every = sheets.asked_on(room.prepared)
    known = [each.scene.id for each in every]
    return only if only in known else "" if _fits(every) else known[0]


def _fits(asked: tuple[Asked, ...]) -> bool:
    return sum(len(each.fields) for each in asked) <= sheets.MOST_FIELDS


def _entered(room: Room) -> dict[str, Entered]:
    """The sheets that count, in the order in which they were entered."""
    return entered_sheets(room.answers(), room.sheets())


def _last(room: Room) -> Entered | None:
    return next(reversed(_entered(room).values()), None)


def _areas() -> dict[str, str]:
    """MSOA code by local name, in the order of names."""
    return {name: code for code, name in sorted(_edge.msoa_names().items(), key=lambda pair: pair[1])}


POLICY = policy(style=sheets.style(), script=sheets.script())
ROUTES = [
    Route("/present/{id}/sheets", shown, methods=["GET"]),
    Route("/present/{id}/sheets", sent, methods=["POST"]),
]
