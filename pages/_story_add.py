""" "Add to story": what an editor looks at becomes a scene of the story that they worked on last."""

from dataclasses import replace
from urllib.parse import urlencode

import streamlit as st

from data.register.stories import last_of, one
from data.workshop.arrange import added
from data.workshop.scenes import Scene, Story
from layers.view import View
from layers.workshop.story_words import offered
from pages import _edge, _steps, _story_write, _who

FIRST = "My story"
_ADDED = "added_to_story"


def control(page: str, view: View, shown: _steps.Shown) -> None:
    """The way to add a page's map to a story, for editors alone; and what came of it."""
    as_scene(page, urlencode(replace(view, table=False).to_link()), shown)


def as_scene(page: str, link: str, shown: _steps.Shown) -> None:
    """The same for a page that has a link of its own. `link` : the page's query, as in its address."""
    if not _who.is_editor():
        return
    told = st.session_state.pop(_ADDED, None)
    with st.container(horizontal=True, vertical_alignment="center"):
        st.button(
            "Add to story",
            icon=":material/playlist_add:",
            type="tertiary",
            help="Keeps this map as a scene that can be shown to a room.",
            on_click=_add,
            args=(page, link, shown.title, shown.summary),
        )
        if told:
            words, to = told
            st.markdown(_edge.plain(words))
            if to:
                st.page_link("workshop.py", label="Edit the scene", icon=":material/edit:", query_params=to)


def _add(page: str, link: str, title: str, summary: str) -> None:
    offer, words = offered(title, summary)
    scene = Scene(title=offer, words=words, page=page, link=link)
    register = _edge.register()
    held = one(register, _story_write.last()) or last_of(register, _who.me())
    try:
        if held is None:
            kept = _story_write.made(Story(name=FIRST, scenes=(scene,)))
        else:
            kept = _story_write.changed(held.id, lambda story: added(story, scene), did="Added a scene to the story")
    except _story_write.NotKeptError as error:
        st.session_state[_ADDED] = (str(error), None)
    else:
        st.session_state[_ADDED] = (f"Added to “{kept.name}”.", {"story": kept.id, "scene": scene.id})
