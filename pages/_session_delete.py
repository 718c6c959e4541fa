"""Deleting a session for good."""

from urllib.parse import parse_qs

import streamlit as st

from data.register.rights import NotAllowedError
from data.workshop.details import LONGEST_NAME
from data.workshop.live import Session
from data.workshop.room import Room
from data.workshop.rooms import WorkshopError
from layers.words import listed
from pages import _edge, _query, _session_words, _who

_TYPED = "title_to_delete"


def part(room: Room) -> None:
    """What goes, what stays, and the button, once its title is typed."""
    session, answers = room.session, room.answers()
    st.subheader("Delete it for good", anchor=False)
    people = room.people()
    count = len(people.phones | people.paper)
    st.markdown(
        _edge.plain(
            f"This deletes “{session.title}”: its prepared scenes ({len(session.scenes)}), the numbers of the people "
            f"who took part ({count:,}), their answers ({len(answers):,}), its settings and what you wrote of what "
            "happens next. Its pins leave everybody’s map, phones and the presenter’s desk lose it, and no minutes can "
            "be made of it again. It cannot be undone, not even by whoever keeps this machine."
        )
    )
    st.markdown("What stays: files that were downloaded, copies of the whole file, and what was passed on already.")
    if others := _showing(session):
        named = listed([f"“{each.title}”" for each in others])
        st.warning(
            _edge.plain(f"The maps prepared for {named} show its pins, and keep them until they are prepared again."),
            icon=":material/layers:",
        )
    typed = st.text_input("Type its title to confirm", key=_TYPED, max_chars=2 * LONGEST_NAME)
    same = _same(typed) == _same(session.title)
    if typed and not same:
        st.caption("That is not its title yet.")
    st.button(
        "Delete it for good",
        icon=":material/delete_forever:",
        type="primary",
        disabled=not same,
        on_click=_delete,
        args=(session,),
    )


def _delete(session: Session) -> None:
    if _same(st.session_state.get(_TYPED, "")) != _same(session.title):
        _session_words.say("Nothing was deleted: type its title first.", done=False)
        return
    try:
        _edge.rooms().delete(session.id, by=_who.me())
    except (WorkshopError, NotAllowedError) as error:
        _session_words.say(f"Nothing was deleted. {error}", done=False)
        return
    _session_words.say(f"Deleted for good: {session.title}.")
    _query.put(session="", show="", part="sessions")


def _showing(session: Session) -> list[Session]:
    """Other sessions whose prepared maps show this one's pins."""
    shown = []
    for each in _edge.rooms().sessions():
        named = [text.split(",") for scene in each.scenes for text in parse_qs(scene.link).get("told", ())]
        if each.id != session.id and any(session.id in ids for ids in named):
            shown.append(each)
    return shown


def _same(title: str) -> str:
    return " ".join(title.split()).casefold()
