"""A session afterwards: minutes and data, what happens next, its pins for everybody, and what each scene came to."""

import pandas as pd
import streamlit as st

from data.workshop.details import LONGEST_NEXT
from data.workshop.live import GRID
from data.workshop.room import Room
from data.workshop.scenes import Scene
from layers.workshop.results import FEWER, results
from layers.workshop.told import TITLE
from pages import _edge, _session_during, _session_prepare, _session_take, _session_words

_LISTS = {
    "vote": ("bars", {"label": "Option", "told": "People"}),
    "place": ("areas", {"name": "Neighbourhood", "told": "People"}),
    "rank": ("ranks", {"place": "Place", "label": "Option", "told": "How it came to that"}),
    "words": ("words", {"text": "What was written"}),
}
"""For each kind of question, the list of its results that is a table, and what its columns are called."""


def part(room: Room) -> None:
    """All of it."""
    left, right = st.columns(2, gap="large")
    with left:
        _next_steps(room)
        st.subheader("Take it away", anchor=False)
        st.markdown("The minutes hold the scenes, the maps, the answers that are shown, and what will happen next.")
        _session_take.minutes_of(room)
        _session_take.data_of(room)
    with right:
        _publishing(room)
        st.subheader("Newer figures", anchor=False)
        _session_prepare.again(room.session)
    st.subheader("What people answered", anchor=False)
    if room.session.settings.hide_small:
        st.caption(f"Small numbers are told as “{FEWER}”. The settings are under “During”.")
    for number, scene in enumerate(room.session.scenes, start=1):
        if scene.question:
            _result(room, number, scene)


def _next_steps(room: Room) -> None:
    """What will happen next, as the minutes end."""
    st.subheader("What will happen next", anchor=False)
    with st.form("next_steps"):
        words = st.text_area(
            "For the minutes",
            room.session.settings.next_steps,
            max_chars=LONGEST_NEXT,
            height=140,
            placeholder="Who takes this to whom, and when people hear of it.",
            key=f"next-{room.session.id}",
        )
        if not st.form_submit_button("Keep it", icon=":material/check:"):
            return
    if _session_during.settle(room, next_steps=words):
        _session_words.say("Kept: the minutes end with it.")
    st.rerun()


def _publishing(room: Room) -> None:
    """Whether everybody may lay its pins over the map."""
    st.subheader("On the map for everybody", anchor=False)
    published = room.session.settings.published
    if published:
        st.markdown(f"Everybody may lay its pins over the map, under “{TITLE}”, with its title, its day and its place.")
        st.page_link("map.py", label="See it", icon=":material/map:", query_params={"told": room.session.id})
    else:
        st.markdown(
            f"Everybody may then lay its pins over the map, under “{TITLE}”: where people pointed to, in squares of "
            f"{GRID} m, and what they wrote there. Only what is shown goes there, with the session’s title, day and "
            "place. Read the notes below first."
        )
    st.button(
        "Take its pins off the map" if published else "Publish its pins",
        icon=":material/visibility_off:" if published else ":material/public:",
        on_click=_publish,
        args=(room, not published),
    )


def _publish(room: Room, published: bool) -> None:  # noqa: FBT001  (what a press of the button wants)
    if _session_during.settle(room, published=published):
        done = "are on the map for everybody" if published else "are no longer on anybody’s map"
        _session_words.say(f"The pins of “{room.session.title}” {done}.")


def _result(room: Room, number: int, scene: Scene) -> None:
    """What one scene's question came to: a sentence and a table."""
    if scene.question is None:
        return
    hide = room.session.settings.hide_small
    found = results(scene, room.answers(), names=_edge.msoa_names(), hide_small=hide)
    st.markdown(f"**Scene {number}: {_edge.plain(scene.question.text)}**")
    st.markdown(_edge.plain(found["summary"]))
    name, columns = _LISTS[scene.question.kind]
    rows = pd.DataFrame(found[name])
    if not rows.empty:
        st.dataframe(rows[list(columns)].rename(columns=columns), hide_index=True, alt=f"Answers to scene {number}")
    notes = [(_edge.msoa_names().get(pin["area"], pin["area"]), pin["note"]) for pin in found["pins"] if pin["note"]]
    if notes:
        table = pd.DataFrame(notes, columns=["Neighbourhood", "What was written at a pin"])
        st.dataframe(table, hide_index=True, alt=f"Notes at the pins of scene {number}")
