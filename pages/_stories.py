"""The stories that are kept, and for editors the ways to make another: from a template, from a file, or empty."""

from collections.abc import Callable
from dataclasses import replace

import streamlit as st

from data.register.records import Story
from data.register.stories import free_name, kept, told
from data.workshop import scenes
from data.workshop.scenes import StoryError, from_json
from geo.areas import Geography
from layers.workshop.story_templates import TEMPLATES, made
from pages import _edge, _query, _story_write, _sub, _who

_MOST_MEGABYTES = 3
_BROUGHT = "story_files_brought"


def home() -> None:
    """Every story, to open; and how to make one."""
    held = kept(_edge.register())
    if _who.is_editor():
        _ways(first=not held)
    elif not held:
        words = "No story has been made yet. Editors make them: maps in an order, with words and questions for a room."
        st.info(words, icon=":material/slideshow:")
    for each in held:
        _line(each)


def _line(held: Story) -> None:
    """One story in the list."""
    with st.container(border=True):
        # A link to the page that is shown already would leave the address as it is.
        st.button(
            f"**{_edge.plain(held.name)}**",
            key=f"story-{held.id}",
            icon=":material/slideshow:",
            type="tertiary",
            on_click=_query.put,
            kwargs={"story": held.id, "scene": ""},
        )
        if held.about:
            st.markdown(_edge.plain(held.about))
        st.caption(_edge.plain(about(held)))


def about(held: Story) -> str:
    """How many scenes and questions a story has, and when it was made."""
    try:
        story = told(held)
    except StoryError as error:
        return str(error)
    asking = sum(scene.question is not None for scene in story.scenes)
    parts = [many(len(story.scenes), "scene"), many(asking, "question")]
    return f"{', '.join(parts)}; made on {held.made_on}."


def many(count: int, what: str) -> str:
    """ "1 scene", "6 scenes"."""
    return f"{count:,} {what}{'' if count == 1 else 's'}"


def _ways(*, first: bool) -> None:
    """The ways to a new story, each filled when it is opened."""
    ways: dict[str, tuple[str, str, Callable[[], None]]] = {
        "template": ("Start from a template", ":material/auto_stories:", _from_template),
        "empty": ("Start with nothing", ":material/note_add:", _empty),
        "file": ("Bring in a story’s file", ":material/upload_file:", _from_file),
    }
    st.caption("On every map editors find “Add to story”: it keeps what they look at as a scene.")
    for key, (title, icon, fill) in ways.items():
        box = st.expander(title, icon=icon, key=f"story_{key}", on_change="rerun", expanded=first and key == "template")
        if box.open:
            with box:
                fill()


def _from_template() -> None:
    districts = _edge.areas(Geography.DISTRICT.key)["name"].tolist()
    with st.form("template", border=False):
        keys = list(TEMPLATES)
        key = st.radio(
            "Template",
            keys,
            format_func=lambda key: TEMPLATES[key].title,
            captions=[TEMPLATES[key].about for key in keys],
            label_visibility="collapsed",
        )
        focus = st.multiselect("For these districts", districts, placeholder="All of them")
        if st.form_submit_button("Make the story", type="primary"):
            _make(made(key, focus))


def _empty() -> None:
    with st.form("empty", border=False):
        name = st.text_input("Name")
        if st.form_submit_button("Make an empty story", type="primary"):
            _make(scenes.Story(name=name))


def _from_file() -> None:
    """A story’s file, its problems one by one, or the way to keep it."""
    file = st.file_uploader(
        "A file that “Download the story” made",
        type=["json"],
        max_upload_size=_MOST_MEGABYTES,
        key=f"{_BROUGHT}_{st.session_state.get(_BROUGHT, 0)}",
    )
    if file is None:
        return
    try:
        story = from_json(_text(file.getvalue()))
    except StoryError as error:
        st.error("Nothing was kept. Put this right in the file, then bring it again:", icon=":material/error:")
        st.markdown("\n".join(f"* {_edge.plain(each)}" for each in error.problems))
        return
    questions = sum(scene.question is not None for scene in story.scenes)
    st.markdown(_edge.plain(f"It has {many(len(story.scenes), 'scene')} and {many(questions, 'question')}."))
    name = st.text_input("Keep it as", free_name(_edge.register(), story.name))
    if st.button("Keep this story", type="primary"):
        # The next file gets a box of its own: what is in this one is kept by now.
        st.session_state[_BROUGHT] = st.session_state.get(_BROUGHT, 0) + 1
        _make(replace(story, name=name))


def _text(content: bytes) -> str:
    try:
        return content.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        raise StoryError(["This is not a story’s file: it is no text in UTF-8."]) from error


def _make(story: scenes.Story) -> None:
    """Keep a new story and open it, or say why it cannot be."""
    try:
        held = _story_write.made(story)
    except _story_write.NotKeptError as error:
        for each in error.problems:
            st.error(_edge.plain(each), icon=":material/error:")
        return
    _sub.say(f"Made: {held.name}.")
    _query.put(story=held.id, scene="")
    st.rerun()
