"""Sessions: preparing one from a story, running it, and what is kept of it afterwards."""

from collections.abc import Callable

import streamlit as st

from data.workshop.live import Life
from data.workshop.room import Room
from data.workshop.rooms import WorkshopError
from pages import (
    _edge,
    _query,
    _session_after,
    _session_before,
    _session_delete,
    _session_during,
    _session_pass,
    _session_prepare,
    _session_words,
    _who,
)

_SHOWN = 20
_PARTS: dict[str, tuple[str, Callable[[Room], None]]] = {
    "before": ("Before", _session_before.part),
    "during": ("During", _session_during.part),
    "after": ("Afterwards", _session_after.part),
    "pass": ("Pass on", _session_pass.part),
    "delete": ("Delete", _session_delete.part),
}
_FIRST = {Life.READY: "before", Life.OPEN: "during", Life.ENDED: "after"}


def home() -> None:
    """The sessions, newest first, and for editors the way to prepare one."""
    _session_words.done()
    try:
        sessions = _edge.rooms().sessions()
    except WorkshopError as error:
        st.error(_edge.plain(str(error)), icon=":material/error:")
        return
    editor = _who.is_editor()
    if editor:
        _session_prepare.form()
    shown = [each for each in sessions if editor or each.settings.published]
    if not shown:
        none = "No session has been prepared yet." if editor else "No session has been published yet."
        st.info(none, icon=":material/event:")
    rest = st.session_state.get("all_sessions", False)
    for each in shown if rest else shown[:_SHOWN]:
        if room := _edge.rooms().room(each.id):
            _line(room, editor=editor)
    if len(shown) > _SHOWN and not rest:
        st.button(f"Show all {len(shown):,}", on_click=lambda: st.session_state.update(all_sessions=True))


def one(id: str) -> None:
    """One session: all of it for editors, for visitors what was published."""
    _session_words.done()
    try:
        room = _edge.rooms().room(id)
    except WorkshopError as error:
        st.error(_edge.plain(str(error)), icon=":material/error:")
        return
    editor = _who.is_editor()
    if room is None or not (editor or room.session.settings.published):
        words = "There is no such session that everybody may see. Editors sign in at the side."
        st.warning("That session is not kept any more." if editor else words, icon=":material/event_busy:")
        return
    st.header(_edge.plain(room.session.title), anchor=False)
    st.caption(_edge.plain(_about(room, editor=editor)))
    if not editor:
        _published(room)
        return
    titles = {key: title for key, (title, _) in _PARTS.items()}
    asked = _query.words("show", titles)
    part = asked[0] if asked else _FIRST[room.state.life]
    st.segmented_control(
        "Part",
        list(titles),
        format_func=titles.__getitem__,
        required=True,
        label_visibility="collapsed",
        **_query.bound("show", part),
    )
    _PARTS[part][1](room)


def _line(room: Room, *, editor: bool) -> None:
    """One session in the list."""
    session = room.session
    with st.container(border=True):
        # No link: one to the page that is shown would not change the address.
        st.button(
            f"**{_edge.plain(session.title)}**",
            key=f"open-{session.id}",
            icon=":material/event:",
            type="tertiary",
            on_click=_query.put,
            kwargs={"session": session.id, "part": "", "from": ""},
        )
        st.caption(_edge.plain(_about(room, editor=editor)))


def _about(room: Room, *, editor: bool) -> str:
    """Where and when, how far it is, and how many took part."""
    session = room.session
    told = [_session_words.where_and_when(session), _session_words.LIFE[room.state.life]]
    told.append(_session_words.took_part(room) if editor else _session_words.answered(room))
    if editor and (paper := len(room.people().paper)):
        told.append(f"{paper:,} on paper")
    if editor and session.settings.published:
        told.append("on the map for everybody")
    return "; ".join(told) + "."


def _published(room: Room) -> None:
    """What visitors see of a session that was published."""
    asked = [scene.question.text for scene in room.session.scenes if scene.question]
    if asked:
        st.markdown("People were asked:")
        st.markdown("\n".join(f"* {_edge.plain(each)}" for each in asked))
    st.markdown(
        "Where they pointed to is on the map for everybody, to the nearest 100 m, or roughly where it came on paper."
    )
    st.page_link(
        "map.py",
        label="Lay its pins over the map",
        icon=":material/chat_bubble:",
        query_params={"told": room.session.id},
    )
