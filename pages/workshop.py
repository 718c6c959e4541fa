"""Workshops: the stories that a room is shown, and the sessions in which it answers."""

import streamlit as st

from data.register.stories import one
from pages import _edge, _query, _session, _stories, _story, _sub, _who

_PART = "workshop_part"
_PARTS = {"stories": "Stories", "sessions": "Sessions"}


def _go(part: str) -> None:
    """One of the parts, with nothing of it open."""
    _query.put(part="" if part == "stories" else part, story="", scene="", session="", **{"from": ""})


def _back(words: str, part: str) -> None:
    st.button(words, icon=":material/arrow_back:", type="tertiary", on_click=_go, args=(part,))


def opened_story(id_: str) -> None:
    """One story, or that it is gone."""
    _back("All stories", "stories")
    held = one(_edge.register(), id_)
    st.title(_edge.plain(held.name) if held else "Workshop", anchor=False)
    if held:
        _story.one(held)
    else:
        st.warning("That story is not kept any more: someone removed or renamed it.", icon=":material/link_off:")


def opened_session(id_: str) -> None:
    """One session."""
    _back("All sessions", "sessions")
    st.title("Workshop", anchor=False)
    _session.one(id_)


def home() -> None:
    """What there is: stories, or sessions."""
    st.title("Workshop", anchor=False)
    asked = _query.words("part", _PARTS)
    st.session_state[_PART] = asked[0] if asked else "stories"
    st.segmented_control(
        "Part",
        list(_PARTS),
        format_func=_PARTS.__getitem__,
        required=True,
        label_visibility="collapsed",
        key=_PART,
        on_change=lambda: _go(st.session_state[_PART]),
    )
    if st.session_state[_PART] == "sessions":
        _session.home()
    else:
        _stories.home()


_who.sign_in()
_sub.done()
if session := _query.word("session"):
    opened_session(session)
elif story := _query.word("story"):
    opened_story(story)
else:
    home()
