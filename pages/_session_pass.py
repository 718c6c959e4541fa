"""Passing on what a session told: what is missing goes into the register's queue, unverified."""

import streamlit as st

from data.register.changes import ConflictError
from data.register.mend import some
from data.register.records import RecordError, Suggestion
from data.register.rights import NotAllowedError
from data.register.suggesting import pass_on, passed_on, told_in
from data.register.vocabulary import ANCHOR_TYPES, SUPPORT_TYPES
from data.workshop.live import Answer, Place, Words, for_room
from data.workshop.room import Room
from pages import _ask, _edge, _session_words, _who

_KINDS = {"other": "Place: other"} | {
    **{key: f"Place: {title}" for key, title in ANCHOR_TYPES.items() if key != "other"},
    **{key: f"Help: {title}" for key, title in SUPPORT_TYPES.items()},
}
_STATES = {"waiting": "waits", "accepted": "taken up", "declined": "declined"}
_SHOWN = 30


def part(room: Room) -> None:
    """Answers that say something, to tick and to name; those passed on already say what became of them."""
    session = room.session
    st.subheader("Pass on what is missing", anchor=False)
    st.markdown(
        "Tick what says that a place or help is missing, and give each a name, such as “Youth enterprise club”. It "
        "then waits in the register’s queue, unverified, until an editor takes it up or declines it."
    )
    said = [each for each in map(for_room, room.answers()) if each and _text(each)]
    passed = passed_on(_edge.register(), session, said)
    if not said:
        st.info("Nobody has written anything that may be shown.", icon=":material/chat_bubble:")
        return
    left, right = st.columns([3, 2], gap="large")
    with left:
        chosen = _choose([each for each in said if each.id not in passed])
    with right:
        if chosen:
            _form(room, chosen)
        _passed([(each, passed[each.id]) for each in said if each.id in passed])


def _choose(left: list[Answer]) -> list[Answer]:
    """Those that were ticked, of what can be passed on: a page at a time."""
    pages = -(-len(left) // _SHOWN)
    at = 0
    if pages > 1:
        at = int(st.number_input(f"Page, of {pages}", 1, pages, key="pass_page", width=160)) - 1
    return [each for each in left[at * _SHOWN : (at + 1) * _SHOWN] if _ticked(each)]


def _form(room: Room, chosen: list[Answer]) -> None:
    """A name for each that was ticked, and what it is."""
    with st.form("pass_on"):
        named = [(each, *_named(each)) for each in chosen]
        label = "Pass on 1 suggestion" if len(named) == 1 else f"Pass on {len(named)} suggestions"
        if not st.form_submit_button(label, type="primary", icon=":material/outgoing_mail:"):
            return
    _pass_on(room, named)


def _passed(pairs: list[tuple[Answer, Suggestion]]) -> None:
    """What was passed on already, and what became of it."""
    if not pairs:
        return
    st.markdown(f"**Passed on already: {len(pairs)}**")
    for answer, known in pairs:
        became = _STATES.get(known.state or "", "waits")
        st.caption(_edge.plain(f"“{_text(answer)}”, as “{known.name}”: {became}."))
    st.page_link("to_do.py", label="Open the queue", icon=":material/checklist:")


def _ticked(answer: Answer) -> bool:
    value = answer.value
    where = f" ({_edge.msoa_names().get(value.area, value.area)})" if isinstance(value, Place) else ""
    return st.checkbox(_edge.plain(f"“{_text(answer)}”{where}"), key=f"pass-{answer.id}")


def _named(answer: Answer) -> tuple[str, str]:
    """The name that what is missing gets, and what it is."""
    st.markdown(_edge.plain(f"“{_text(answer)}”"))
    left, right = st.columns(2)
    name = left.text_input("What is missing", max_chars=200, key=f"name-{answer.id}")
    kind = right.selectbox(
        "A place or help", list(_KINDS), format_func=_KINDS.__getitem__, index=None, key=f"kind-{answer.id}"
    )
    return name.strip(), kind or ""


def _pass_on(room: Room, named: list[tuple[Answer, str, str]]) -> None:
    lacking = [_text(answer) for answer, name, kind in named if not (name and kind)]
    if lacking:
        st.error(
            _edge.plain(f"Give each a name, and say whether it is a place or help. Missing for “{some(lacking, 3)}”."),
            icon=":material/error:",
        )
        return
    session, areas, gazetteer = room.session, _edge.msoa_names(), _edge.gazetteer()
    try:
        suggestions = [
            told_in(session, answer, name=name, kind=kind, areas=areas, gazetteer=gazetteer, today=_edge.today())
            for answer, name, kind in named
        ]
        pass_on(_edge.register(), suggestions, session=session, by=_who.me())
    except RecordError as error:
        _ask.problems(error.problems, Suggestion.table)
    except ConflictError as error:
        theirs = [f"“{each.name}”" for each in error.theirs.values() if isinstance(each, Suggestion)]
        _session_words.say(f"Nothing was passed on now: {some(theirs, 5)} was passed on already.", done=False)
        st.rerun()
    except NotAllowedError as error:
        st.error(_edge.plain(str(error)), icon=":material/error:")
    else:
        _session_words.say(f"Passed on: {some([each.name for each in suggestions], 5)}. It waits in the queue.")
        st.rerun()


def _text(answer: Answer) -> str:
    """What someone said; "" of an answer without words."""
    value = answer.value
    return value.text if isinstance(value, Words) else value.note if isinstance(value, Place) else ""
