"""What the pages of sessions say again and again: how far one is, how many took part, and what was just done."""

import re

import streamlit as st

from data.workshop.live import Life, Session, for_room
from data.workshop.room import Room
from layers.workshop.results import hidden, people_told, results
from layers.workshop.told import day_words
from pages import _edge

LIFE = {Life.READY: "not begun yet", Life.OPEN: "open to the room", Life.ENDED: "ended"}
_SAID = "said_of_sessions"


def where_and_when(session: Session) -> str:
    """ "Mill Lane Hall, 26 November 2026"."""
    return ", ".join(filter(None, (session.place, day_words(session.day))))


def took_part(room: Room) -> str:
    """ "23 people joined", for those who run the session: not all of them need have answered."""
    count = room.people().joined
    if not count:
        return "nobody joined" if room.state.life is Life.ENDED else "nobody has joined yet"
    return "1 person joined" if count == 1 else f"{count:,} people joined"


def answered(room: Room) -> str:
    """ "23 people answered", for everybody: no more than is certain where small numbers are hidden."""
    session, answers, names = room.session, room.answers(), _edge.msoa_names()
    hide = session.settings.hide_small
    told = [results(each, answers, names=names, hide_small=hide) for each in session.scenes if each.question]
    if any(hidden(each) for each in told):
        least = max(each["least"] for each in told)
        return f"{people_told({'people': None, 'least': least})} answered"
    people = len({each.person for each in answers if for_room(each)})
    return f"{people_told({'people': people})} answered"


def watched(text: str) -> tuple[str, ...]:
    """Words to watch as someone typed them, with commas or lines between; each once, whatever its case."""
    words: dict[str, str] = {}
    for each in re.split(r"[,;\n]", text):
        word = " ".join(each.split())
        words.setdefault(word.casefold(), word)
    return tuple(filter(None, words.values()))


def say(words: str, *, done: bool = True) -> None:
    """Have the next run of a page say what was done, or why nothing was."""
    st.session_state[_SAID] = (words, done)


def done() -> None:
    """Say once, at the top, what the last step did."""
    said, done = st.session_state.pop(_SAID, ("", True))
    if said and done:
        st.success(_edge.plain(said), icon=":material/check_circle:")
    elif said:
        st.warning(_edge.plain(said), icon=":material/info:")
