"""What is said and asked with a scene. What is typed stays in the visit until it is saved or forgotten, whatever else
is clicked; a save changes what was typed and nothing else.
"""

from dataclasses import replace
from typing import Any

import streamlit as st

from data.register.mend import short
from data.workshop.arrange import changed, scene_of
from data.workshop.scenes import ASKS, LONGEST, MOST, OPTIONS, Question, Scene, Story
from layers.workshop import story_words
from pages import _edge, _story_write

_DRAFTS, _SAID, _AFRESH = "drafts_of_scenes", "said_of_a_scene", "scenes_changed"
_NOTHING = ""
_KINDS = {_NOTHING: "Nothing"} | ASKS
_BASE = "base"

Texts = dict[str, Any]
"""What is typed, by field: title, words, notes, kind, text, options (a line each) and most."""


class ClashError(RuntimeError):
    """Someone else has changed the same words meanwhile; `theirs` is the scene as they left it."""

    def __init__(self, theirs: Scene) -> None:
        super().__init__(theirs.title)
        self.theirs = theirs


@st.fragment
def fields(story_id: str, scene_id: str) -> None:
    """Every word of a scene, to change."""
    scene = _story_write.scene(story_id, scene_id)
    if st.session_state.pop(_AFRESH, False) or scene is None:
        st.rerun()  # the whole page, whose list of scenes has another title, or one scene less
    with st.container(horizontal=True, vertical_alignment="center"):
        st.button("Save the words", type="primary", icon=":material/save:", on_click=_save, args=(story_id, scene))
        if scene_id in _drafts():
            st.button("Forget my changes", icon=":material/undo:", on_click=_forget, args=(scene_id,))
            st.caption("Not saved yet.")
        elif st.session_state.pop(_SAID, None) == scene_id:
            st.caption("Saved.")
    for problem in st.session_state.pop(f"{_SAID}-{scene_id}", ()):
        st.error(_edge.plain(problem), icon=":material/error:")
    typed = _typed(scene)
    _said(scene, typed)
    _asked(scene, typed)


def _said(scene: Scene, typed: Texts) -> None:
    """Title, words and notes."""
    st.text_input("Title", max_chars=LONGEST["title"], **_bound(scene, "title", typed))
    _doubts(typed["title"])
    help_ = "Shown beside the map, in letters that can be read from ten metres."
    st.text_area("Words", max_chars=LONGEST["words"], height=110, help=help_, **_bound(scene, "words", typed))
    st.caption(story_words.count(typed["words"]))
    _doubts(typed["words"])
    about = "For whoever presents. The room never sees them."
    st.text_area("Notes", max_chars=LONGEST["notes"], height=110, help=about, **_bound(scene, "notes", typed))


def _asked(scene: Scene, typed: Texts) -> None:
    """The question, if there is one."""
    st.selectbox(
        "What people are asked to do", list(_KINDS), format_func=_KINDS.__getitem__, **_bound(scene, "kind", typed)
    )
    kind = typed["kind"]
    if kind == _NOTHING:
        return
    st.text_input("Question", max_chars=LONGEST["text"], **_bound(scene, "text", typed))
    _doubts(typed["text"])
    if kind in OPTIONS:
        low, high = OPTIONS[kind]
        st.text_area(f"Options, one a line ({low} to {high})", height=150, **_bound(scene, "options", typed))
        _doubts(typed["options"])
    if MOST[kind] > 1:
        label = "How many each person may choose" if kind == "vote" else "How often each person may answer"
        st.number_input(label, 1, MOST[kind], step=1, **_bound(scene, "most", typed))


def _doubts(text: str) -> None:
    """What could hurt, and what to say instead: a hint and no more."""
    if said := story_words.doubts(text):
        st.caption(f":material/lightbulb: {_edge.plain(' '.join(said))}")


# ---- what is typed -----------------------------------------------------------------------------------------------


def _drafts() -> dict[str, Texts]:
    """What was typed and not saved, by scene; `base` is the scene that it was begun from."""
    drafts: dict[str, Texts] = st.session_state.setdefault(_DRAFTS, {})
    return drafts


def _typed(scene: Scene) -> Texts:
    """What a scene's fields show: what was typed, or else what is kept."""
    typed = _kept(scene) | _drafts().get(scene.id, {})
    most = MOST.get(typed["kind"], 1)
    return typed | {"most": min(max(int(typed["most"] or 1), 1), most)}


def _kept(scene: Scene) -> Texts:
    asked = scene.question
    return {
        "title": scene.title,
        "words": scene.words,
        "notes": scene.notes,
        "kind": asked.kind if asked else _NOTHING,
        "text": asked.text if asked else "",
        "options": "\n".join(asked.options) if asked else "",
        "most": asked.most if asked else 1,
    }


def _bound(scene: Scene, name: str, typed: Texts) -> dict[str, Any]:
    """Arguments that make a widget show what is typed, and remember what is."""
    key = f"scene-{scene.id}-{name}"
    st.session_state[key] = typed[name]
    return {"key": key, "on_change": _remember, "args": (scene, name, key)}


def _remember(scene: Scene, name: str, key: str) -> None:
    draft = _drafts().setdefault(scene.id, {_BASE: _kept(scene)})
    draft[name] = st.session_state[key]
    if all(draft.get(each, value) == value for each, value in _kept(scene).items()):
        _forget(scene.id)


def _forget(id_: str) -> None:
    _drafts().pop(id_, None)


# ---- saving ------------------------------------------------------------------------------------------------------


def _save(story_id: str, scene: Scene) -> None:
    """Keep what was typed, unless someone else has changed the same words since that was begun."""
    draft = _drafts().get(scene.id)
    if draft is None:
        st.session_state[_SAID] = scene.id
        return

    def edit(story: Story) -> Story:
        now = scene_of(story, scene.id)
        if any(_kept(now)[name] != draft[_BASE][name] for name in draft if name != _BASE):
            raise ClashError(now)
        return changed(story, _with(now, _typed(now)))

    problems: list[str] = []
    try:
        _story_write.changed(story_id, edit, did="Changed a scene of the story")
    except _story_write.NotKeptError as error:
        problems = error.problems
    except ClashError as clash:
        draft[_BASE] = _kept(clash.theirs)
        problems = [_clash_words(clash.theirs)]
    else:
        _forget(scene.id)
        st.session_state[_SAID], st.session_state[_AFRESH] = scene.id, True
    st.session_state[f"{_SAID}-{scene.id}"] = problems


def _clash_words(theirs: Scene) -> str:
    return (
        f"Someone else changed this scene while you were typing. Theirs is “{short(theirs.title)}”: "
        f"“{theirs.words or 'no words'}” Save again to put yours in its place, or forget your changes to keep theirs."
    )


def _with(scene: Scene, typed: Texts) -> Scene:
    """A scene with the words that were typed; of a question only what its kind has."""
    kind = typed["kind"]
    options = tuple(filter(None, (line.strip() for line in typed["options"].splitlines()))) if kind in OPTIONS else ()
    question = Question(kind=kind, text=typed["text"], options=options, most=typed["most"]) if kind else None
    return replace(scene, title=typed["title"], words=typed["words"], notes=typed["notes"], question=question)
