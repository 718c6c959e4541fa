"""One story: its scenes in their order, one of them open; for visitors to read, for editors to change."""

import re
from collections.abc import Callable
from dataclasses import replace
from functools import partial

import streamlit as st

from data.register.mend import short
from data.register.records import Story
from data.register.stories import told
from data.workshop import scenes
from data.workshop.arrange import added, doubled, moved, without
from data.workshop.scenes import ASKS, Scene, StoryError, as_json
from pages import _edge, _query, _stories, _story_drafts, _story_map, _story_scene, _story_write, _sub, _who

_ICONS = {"place": "pin_drop", "vote": "how_to_vote", "rank": "format_list_numbered", "words": "edit_note"}
_SIDES = (4, 9)


def one(held: Story) -> None:
    """The whole of it."""
    try:
        story = told(held)
    except StoryError as error:
        st.error(_edge.plain(str(error)), icon=":material/error:")
        return
    if held.about:
        st.markdown(_edge.plain(held.about))
    st.caption(_edge.plain(_stories.about(held)))
    if not _who.is_editor():
        _download(story)
        _read(story)
        return
    _story_write.worked_on(held.id)
    _ways_on(held, story)
    _story_drafts.line(held.id, story)
    _story_scene.shown()
    left, right = st.columns(_SIDES, gap="medium")
    with left:
        opened = _in_order(held, story)
    with right:
        if opened:
            _scene(held, story, opened)


def _ways_on(held: Story, story: scenes.Story) -> None:
    """What to do with a story as a whole."""
    with st.container(horizontal=True):
        st.button(
            "Prepare a session",
            type="primary",
            icon=":material/event:",
            disabled=not story.scenes,
            on_click=_query.put,
            kwargs={"part": "sessions", "from": held.id, "story": "", "scene": ""},
        )
        _download(story)
        st.button("Remove this story", icon=":material/delete:", on_click=_story_write.removed, args=(held,))
    box = st.expander("Name, and what it is about", icon=":material/edit:", key=f"named-{held.id}", on_change="rerun")
    if box.open:
        with box:
            _name(held)


def _download(story: scenes.Story) -> None:
    """The story’s file. Notes are for whoever presents, so only editors get them."""
    if not _who.is_editor():
        story = replace(story, scenes=tuple(replace(scene, notes="") for scene in story.scenes))
    name = re.sub(r"[^a-z0-9]+", "-", story.name.casefold()).strip("-")[:60] or "story"
    st.download_button(
        "Download the story",
        as_json(story),
        file_name=f"foothold-{name}.json",
        mime="application/json",
        icon=":material/download:",
        on_click="ignore",
    )


def _name(held: Story) -> None:
    """Name and what it is about; what is typed here stays, whatever someone else saves meanwhile."""
    begun = f"named-from-{held.id}"
    theirs = (held.name, held.about or "")
    with st.form(f"name-{held.id}", border=False):
        name = st.text_input("Name", held.name, key=f"name-of-{held.id}")
        about = st.text_area("What it is about", held.about or "", key=f"about-of-{held.id}")
        asked = st.form_submit_button("Save")
    if st.session_state.setdefault(begun, theirs) != theirs and asked:
        st.session_state[begun] = theirs
        words = f"Someone else changed this meanwhile: “{short(held.name)}”. Save again to put yours in its place."
        st.warning(_edge.plain(words), icon=":material/call_split:")
    elif asked:
        _rename(held, name, about)


def _rename(held: Story, name: str, about: str) -> None:
    try:
        _story_write.require_fitting(name, about)
        kept = _story_write.changed(
            held.id, lambda story: replace(story, name=name, about=about), did="Named the story"
        )
    except _story_write.NotKeptError as error:
        for each in error.problems:
            st.error(_edge.plain(each), icon=":material/error:")
        return
    for key in ("named-from", "name-of", "about-of"):
        st.session_state.pop(f"{key}-{held.id}", None)
    _sub.say(f"Saved: {kept.name}.")
    _query.put(story=kept.id)
    st.rerun()


def _in_order(held: Story, story: scenes.Story) -> Scene | None:
    """The scenes as a list to choose from; the one that is open."""
    asked = _query.word("scene")
    opened = next((scene for scene in story.scenes if scene.id == asked), story.scenes[0] if story.scenes else None)
    for i, scene in enumerate(story.scenes, start=1):
        icon = _ICONS[scene.question.kind] if scene.question else "map"
        st.button(
            _edge.plain(f"{i}. {scene.title}"),
            key=f"open-{scene.id}",
            icon=f":material/{icon}:",
            type="primary" if scene is opened else "secondary",
            width="stretch",
            on_click=_query.put,
            kwargs={"scene": scene.id},
        )
    if not story.scenes:
        st.info("It has no scene yet. Open a map and press “Add to story”, or begin here.", icon=":material/map:")
    st.button("Add a scene", icon=":material/add:", on_click=_add, args=(held.id, opened.id if opened else ""))
    return opened


def _scene(held: Story, story: scenes.Story, scene: Scene) -> None:
    """The scene that is open: its place in the order, its map, its words."""
    at = story.scenes.index(scene)
    st.subheader(f"Scene {at + 1} of {len(story.scenes)}", anchor=False)
    with st.container(horizontal=True):
        for label, icon, possible, edit, did in (
            ("Move up", "arrow_upward", at > 0, partial(moved, id_=scene.id, by=-1), "Moved a scene of"),
            (
                "Move down",
                "arrow_downward",
                at + 1 < len(story.scenes),
                partial(moved, id_=scene.id, by=1),
                "Moved a scene of",
            ),
            ("Duplicate", "content_copy", True, partial(doubled, id_=scene.id), "Duplicated a scene of"),
        ):
            st.button(
                label,
                icon=f":material/{icon}:",
                disabled=not possible,
                on_click=_arrange,
                args=(held.id, edit, did),
            )
        st.button("Take out", icon=":material/delete:", on_click=_take_out, args=(held.id, scene))
    _story_map.preview(held.id, scene.id)
    _story_scene.fields(held.id, scene.id)


def _arrange(id_: str, edit: Callable[[scenes.Story], scenes.Story], did: str) -> None:
    _arranged(id_, edit, did)


def _arranged(id_: str, edit: Callable[[scenes.Story], scenes.Story], did: str) -> bool:
    """Change the scenes as a whole, and say so if that cannot be; whether it was done."""
    try:
        _story_write.changed(id_, edit, did=f"{did} the story")
    except _story_write.NotKeptError as error:
        _sub.say(str(error), done=False)
        return False
    return True


def _add(id_: str, after: str) -> None:
    fresh = Scene(title="A new scene")
    if _arranged(id_, partial(added, scene=fresh, after=after), "Added a scene to"):
        _query.put(scene=fresh.id)


def _take_out(id_: str, scene: Scene) -> None:
    if _arranged(id_, partial(without, id_=scene.id), "Took a scene out of"):
        _sub.say(f"Taken out: {scene.title}.")
        _query.put(scene="")


def _read(story: scenes.Story) -> None:
    """The scenes as anybody may read them."""
    for i, scene in enumerate(story.scenes, start=1):
        with st.container(border=True):
            st.subheader(_edge.plain(f"{i}. {scene.title}"), anchor=False)
            if scene.words:
                st.markdown(_edge.plain(scene.words))
            if scene.question:
                options = "".join(f"\n* {_edge.plain(each)}" for each in scene.question.options)
                st.markdown(f"**{ASKS[scene.question.kind]}:** {_edge.plain(scene.question.text)}{options}")
            _story_map.open_it(scene)
