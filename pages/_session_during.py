"""A session while it runs: who takes part, and what may be changed."""

from dataclasses import replace
from typing import Any

import pandas as pd
import streamlit as st

from data.register.rights import NotAllowedError, require_editor
from data.workshop.live import Answer, By, Seen, Settings
from data.workshop.room import Room
from data.workshop.rooms import WorkshopError
from data.workshop.scenes import ASKS
from pages import _edge, _session_prepare, _session_words, _who

_AT_ANY_TIME = ("hold_words", "watched", "hide_small")
_BY = {By.PHONE: "by phone", By.TABLET: "at the shared tablet", By.SHEET: "on paper"}


def part(room: Room) -> None:
    """Participation beside the settings."""
    left, right = st.columns([3, 2], gap="large")
    with left:
        participation(room)
    with right:
        settings(room)


def participation(room: Room) -> None:
    """How many joined and are here, and how many have answered each question."""
    people, answers = room.people(), room.answers()
    st.subheader("Who takes part", anchor=False)
    joined, here, held = st.columns(3)
    paper = f"{len(people.paper):,} more answered on paper." if people.paper else None
    joined.metric("Joined", f"{people.joined:,}", help=paper)
    here.metric("Phones here now", f"{len(people.here):,}", help="Those that have asked for news in the last minute.")
    waiting = sum(each.seen is Seen.HELD for each in answers)
    held.metric("Texts that wait", f"{waiting:,}", help="Let them through, or not, at the presenter’s desk.")
    if ways := _ways(answers):
        st.caption(ways)
    rows = [
        (i, scene.title, ASKS[scene.question.kind], len(people.answered.get(scene.id, ())), _count(answers, scene.id))
        for i, scene in enumerate(room.session.scenes, start=1)
        if scene.question
    ]
    if rows:
        table = pd.DataFrame(rows, columns=["Scene", "Title", "Asked to", "People who answered", "Answers"])
        st.dataframe(table, hide_index=True, alt="Answers, one row a scene that asks something")
    else:
        st.caption("No scene of this session asks anything.")
    st.button("Look again", icon=":material/refresh:")


def _ways(answers: tuple[Answer, ...]) -> str:
    """How answers came, in words."""
    told = {by: sum(each.by is by for each in answers) for by in _BY}
    return ", ".join(f"{count:,} {_BY[by]}" for by, count in told.items() if count) and (
        "Answers came: " + ", ".join(f"{count:,} {_BY[by]}" for by, count in told.items() if count) + "."
    )


def _count(answers: tuple[Answer, ...], scene: str) -> int:
    return sum(each.scene == scene for each in answers)


def settings(room: Room) -> None:
    """What may be changed at any moment; it applies at once."""
    session = room.session
    now = session.settings
    st.subheader("Settings", anchor=False)
    # Changed elsewhere, such as at the presenter's desk, they are other widgets: so the form shows them as they are.
    key = f"of-{session.id}-{[getattr(now, name) for name in _AT_ANY_TIME]}"
    with st.form("settings"):
        _session_prepare.fields(now, key=key)
        st.form_submit_button("Apply", icon=":material/check:", on_click=_apply, args=(room, now, key))


def _apply(room: Room, shown: Settings, key: str) -> None:
    """Change what differs from what the form showed, and nothing that somebody else has changed meanwhile."""
    asked = _session_prepare.chosen(shown, key=key)
    changes = {name: getattr(asked, name) for name in _AT_ANY_TIME if getattr(asked, name) != getattr(shown, name)}
    if not changes:
        _session_words.say("Nothing was changed: the settings are as they were.", done=False)
    elif settle(room, **changes):
        _session_words.say("The settings apply from now on.")


def settle(room: Room, **changes: Any) -> bool:
    """Change some of a session's settings, and leave the others as they are now; whether it was done.

    Why not is said by the next run of the page.
    """
    session = room.session
    try:
        require_editor(_who.me())
        helm = _edge.rooms().helm(session.id, session.key)
        helm.settle(replace(helm.room.session.settings, **changes))
    except (WorkshopError, NotAllowedError) as error:
        _session_words.say(f"Nothing was changed. {error}", done=False)
        return False
    return True
