"""What is said and asked with a scene, to change. Nothing that is typed or pasted is cut: what is too long is said."""

from typing import Any

import streamlit as st

from data.workshop.scenes import ASKS, MOST, OPTIONS, Scene
from layers.workshop import story_words
from pages import _edge, _story_drafts, _story_write, _who
from pages._story_drafts import NOTHING, Texts

_SAID, _SHOWN = "said_of_a_scene", "story_as_shown"
_KINDS = {NOTHING: "Nothing"} | ASKS


def shown() -> None:
    """Remember what the page round the fields shows, to tell whether it still does when one of them is left."""
    st.session_state[_SHOWN] = _now()


def _now() -> tuple[object, ...]:
    return st.query_params.to_dict(), _edge.register().version, _who.is_editor(), _story_drafts.stands()


@st.fragment
def fields(story_id: str, scene_id: str) -> None:
    """Every word of a scene, to change."""
    scene = _story_write.scene(story_id, scene_id)
    # Whoever leaves a field by pressing a button elsewhere has Streamlit do what the button does, but make only these
    # fields anew. So the page is made anew, too, whenever it would show something else.
    if scene is None or st.session_state.get(_SHOWN) != _now():
        st.rerun()
    with st.container(horizontal=True, vertical_alignment="center"):
        st.button("Save the words", type="primary", icon=":material/save:", on_click=_save, args=(story_id, scene_id))
        if _story_drafts.held(scene_id):
            st.button("Forget my changes", icon=":material/undo:", on_click=_story_drafts.forget, args=(scene_id,))
            st.caption("Not saved yet.")
        elif st.session_state.pop(_SAID, None) == scene_id:
            st.caption("Saved.")
    for problem in st.session_state.pop(f"{_SAID}-{scene_id}", ()):
        st.error(_edge.plain(problem), icon=":material/error:")
    typed = _story_drafts.typed(scene)
    _said(scene, typed)
    _asked(scene, typed)


def _said(scene: Scene, typed: Texts) -> None:
    """Title, words and notes."""
    st.text_input("Title", **_bound(scene, "title", typed))
    _too_long("title", typed["title"])
    _doubts(typed["title"])
    help_ = "Shown beside the map, in letters that can be read from ten metres."
    st.text_area("Words", height=110, help=help_, **_bound(scene, "words", typed))
    st.caption(story_words.count(typed["words"]))
    _doubts(typed["words"])
    about = "For whoever presents. The room never sees them."
    st.text_area("Notes", height=110, help=about, **_bound(scene, "notes", typed))
    _too_long("notes", typed["notes"])


def _asked(scene: Scene, typed: Texts) -> None:
    """The question, if there is one."""
    st.selectbox(
        "What people are asked to do", list(_KINDS), format_func=_KINDS.__getitem__, **_bound(scene, "kind", typed)
    )
    kind = typed["kind"]
    if kind == NOTHING:
        return
    st.text_input("Question", **_bound(scene, "text", typed))
    _too_long("text", typed["text"])
    _doubts(typed["text"])
    if kind in OPTIONS:
        low, high = OPTIONS[kind]
        st.text_area(f"Options, one a line ({low} to {high})", height=150, **_bound(scene, "options", typed))
        for option in typed["options"].splitlines():
            _too_long("option", option)
        _doubts(typed["options"])
    if MOST[kind] > 1:
        label = "How many each person may choose" if kind == "vote" else "How often each person may answer"
        st.number_input(label, 1, MOST[kind], step=1, **_bound(scene, "most", typed))


def _too_long(name: str, text: str) -> None:
    """That a text does not fit, below its field; it stays there as it was typed or pasted."""
    if said := story_words.too_long(name, text):
        st.caption(f":red[:material/error:] {_edge.plain(said)}")


def _doubts(text: str) -> None:
    """What could hurt, and what to say instead: a hint and no more."""
    if said := story_words.doubts(text):
        st.caption(f":material/lightbulb: {_edge.plain(' '.join(said))}")


def _bound(scene: Scene, name: str, typed: Texts) -> dict[str, Any]:
    """Arguments that make a widget show what is typed, and remember what is."""
    key = f"scene-{scene.id}-{name}"
    st.session_state[key] = typed[name]
    return {"key": key, "on_change": _remember, "args": (scene, name, key)}


def _remember(scene: Scene, name: str, key: str) -> None:
    _story_drafts.remember(scene, name, st.session_state[key])


def _save(story_id: str, scene_id: str) -> None:
    problems = _story_drafts.save(story_id, scene_id)
    st.session_state[f"{_SAID}-{scene_id}"] = problems
    if not problems:
        st.session_state[_SAID] = scene_id
