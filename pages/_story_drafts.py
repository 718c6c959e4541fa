"""What was typed into the scenes of a story and is not saved. It stays in the visit until it is saved or forgotten,
whatever else is clicked; a save changes what was typed and nothing else.
"""

from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from typing import Any

import streamlit as st

from data.register.mend import short
from data.register.records import Story as Held
from data.register.stories import told
from data.workshop.arrange import changed, scene_of
from data.workshop.scenes import MOST, OPTIONS, Question, Scene, Story, StoryError
from layers.words import have, listed
from layers.workshop import story_words
from pages import _edge, _query, _stories, _story_write, _sub

NOTHING = ""
"""The kind of a scene's question if it asks nothing."""

_DRAFTS, _LEFT, _WITHOUT = "drafts_of_scenes", "words_that_could_not_be_saved", "goes_without_words"
_BASE = "base"

Texts = dict[str, Any]
"""What is typed, by field: title, words, notes, kind, text, options (a line each) and most."""


class ClashError(RuntimeError):
    """Someone else has changed the same words meanwhile; `theirs` is the scene as they left it."""

    def __init__(self, theirs: Scene) -> None:
        super().__init__(
            f"Someone else changed this scene while you were typing. Theirs is “{short(theirs.title)}”: "
            f"“{theirs.words or 'no words'}” Save again to put yours in its place, or forget your changes to keep "
            "theirs."
        )
        self.theirs = theirs


# ---- what is typed -----------------------------------------------------------------------------------------------


def held(scene_id: str) -> bool:
    """Whether something was typed into a scene and is not saved."""
    return scene_id in _drafts()


def stands() -> tuple[object, ...]:
    """Which scenes have words that are not saved, and what is still to be said of them: equal where both are."""
    return sorted(_drafts()), [key for key in st.session_state if str(key).startswith(_LEFT) and st.session_state[key]]


def typed(scene: Scene) -> Texts:
    """What a scene's fields show: what was typed, or else what is kept."""
    texts = _kept(scene) | _drafts().get(scene.id, {})
    most = MOST.get(texts["kind"], 1)
    return texts | {"most": min(max(int(texts["most"] or 1), 1), most)}


def remember(scene: Scene, name: str, value: Any) -> None:
    """Keep what was typed into a field of a scene, until it is what is saved already."""
    draft = _drafts().setdefault(scene.id, {_BASE: _kept(scene)})
    draft[name] = value
    if all(draft.get(each, value) == value for each, value in _kept(scene).items()):
        forget(scene.id)


def forget(scene_id: str) -> None:
    """Show a scene again as it is kept."""
    _drafts().pop(scene_id, None)


def _drafts() -> dict[str, Texts]:
    """What was typed and not saved, by scene; `base` is the scene that it was begun from."""
    drafts: dict[str, Texts] = st.session_state.setdefault(_DRAFTS, {})
    return drafts


def _kept(scene: Scene) -> Texts:
    asked = scene.question
    return {
        "title": scene.title,
        "words": scene.words,
        "notes": scene.notes,
        "kind": asked.kind if asked else NOTHING,
        "text": asked.text if asked else "",
        "options": "\n".join(asked.options) if asked else "",
        "most": asked.most if asked else 1,
    }


# ---- saving ------------------------------------------------------------------------------------------------------


def save(story_id: str, scene_id: str) -> list[str]:
    """Keep what was typed into one scene, as one step; gives what stands in the way, a sentence each."""

    def edit(story: Story) -> Story:
        return changed(story, _as_typed(scene_of(story, scene_id)))

    try:
        _story_write.changed(story_id, edit, did="Changed a scene of the story")
    except ClashError as clash:
        _settle([], [clash.theirs])
        return [str(clash)]
    except _story_write.NotKeptError as error:
        return error.problems
    forget(scene_id)
    return []


@dataclass(frozen=True)
class _Sorted:
    """A story's drafts: the ids of scenes that can be saved, scenes that someone else changed, and what is wrong."""

    saved: list[str] = field(default_factory=list)
    clashes: list[Scene] = field(default_factory=list)
    problems: list[str] = field(default_factory=list)


def save_all(story_id: str) -> tuple[int, list[str]]:
    """Keep what was typed into any scene of a story, as one step.

    Gives how many scenes were saved and, a sentence each, what stands in the way of the others, whose words stay.
    """
    drafts = _Sorted()

    def edit(story: Story) -> Story:
        nonlocal drafts
        story, drafts = _sorted(story)
        return story

    try:
        _story_write.changed(story_id, edit, did="Changed words of the story")
    except _story_write.NotKeptError as error:
        return 0, error.problems
    _settle(drafts.saved, drafts.clashes)
    return len(drafts.saved), drafts.problems


def _sorted(story: Story) -> tuple[Story, _Sorted]:
    """A story with every draft that can be saved, and what became of each."""
    drafts = _Sorted()
    for number, scene in _unsaved(story):
        try:
            story = changed(story, _as_typed(scene))
        except ClashError as clash:
            drafts.clashes.append(clash.theirs)
            drafts.problems.append(f"Scene {number}: {clash}")
        except StoryError as error:
            drafts.problems.extend(f"Scene {number}: {each}" for each in error.problems)
        else:
            drafts.saved.append(scene.id)
    return story, drafts


def _as_typed(scene: Scene) -> Scene:
    """A scene, as it stands now, with the words that were typed; of a question only what its kind has.

    Raises
    ------
    ClashError
        If someone else has changed the same words since typing began.
    StoryError
        If it cannot be kept with them.
    """
    draft, now, texts = _drafts().get(scene.id, {}), _kept(scene), typed(scene)
    if any(now[name] != draft[_BASE][name] for name in draft if name != _BASE):
        raise ClashError(scene)
    kind = texts["kind"]
    options = tuple(filter(None, (line.strip() for line in texts["options"].splitlines()))) if kind in OPTIONS else ()
    question = Question(kind=kind, text=texts["text"], options=options, most=texts["most"]) if kind else None
    scene = replace(scene, title=texts["title"], words=texts["words"], notes=texts["notes"], question=question)
    if odd := story_words.problems(scene):
        raise StoryError(odd)
    return scene


def _settle(saved: Sequence[str], clashes: Sequence[Scene]) -> None:
    """Forget what is saved by now. Of a clash somebody is told, so that the next save puts theirs in its place."""
    for id_ in saved:
        forget(id_)
    for theirs in clashes:
        _drafts()[theirs.id][_BASE] = _kept(theirs)


# ---- where the words would be missed -----------------------------------------------------------------------------


def line(story_id: str, story: Story) -> None:
    """For the story's page: whether all is saved, and one button for what is not. It is there at all times, so that
    nothing moves under the hand of somebody who types.
    """
    if not story.scenes:
        return
    numbers = [number for number, _ in _unsaved(story)]
    with st.container(horizontal=True, vertical_alignment="center"):
        if numbers:
            words = f"{_which(numbers)} The story’s file and a session go without them."
            st.markdown(f":material/warning: **{_edge.plain(words)}**", width="content")
        else:
            st.caption("All words of the scenes are saved.", width="content")
        _button(story_id, disabled=not numbers)
    _left_over(story_id)


def warn(stories: Sequence[Held]) -> None:
    """Where a story is about to be used: which of these have words that are not saved, and a button for each."""
    for each in stories if _drafts() else ():
        try:
            numbers = [number for number, _ in _unsaved(told(each))]
        except StoryError:
            continue
        if numbers:
            words = f"{_which(numbers, of=each.name)} A session goes without them."
            st.warning(_edge.plain(words), icon=":material/warning:")
            _left_over(each.id)
            with st.container(horizontal=True):
                _button(each.id)
                st.button(
                    "Open the story",
                    key=f"unsaved-in-{each.id}",
                    type="tertiary",
                    on_click=_query.put,
                    kwargs={"part": "", "from": "", "story": each.id},
                )


def waits(held_id: str, story: Story) -> bool:
    """Whether a story that is about to be used waits for words that are not saved: once, and then it goes without."""
    unsaved = (held_id, [number for number, _ in _unsaved(story)])
    before = st.session_state.pop(_WITHOUT, None)
    if not unsaved[1] or before == unsaved:
        return False
    st.session_state[_WITHOUT] = unsaved
    return True


def _unsaved(story: Story) -> list[tuple[int, Scene]]:
    """The scenes of a story whose words are not all saved, each with its number."""
    return [(number, scene) for number, scene in enumerate(story.scenes, start=1) if held(scene.id)]


def _which(numbers: Sequence[int], *, of: str = "") -> str:
    """ "2 scenes have words that are not saved: numbers 1 and 3." """
    scenes = f"{_stories.many(len(numbers), 'scene')}{f' of “{short(of)}”' if of else ''}"
    which = f"number{'' if len(numbers) == 1 else 's'} {listed([str(each) for each in numbers])}"
    return f"{scenes} {have(len(numbers))} words that are not saved: {which}."


def _button(story_id: str, *, disabled: bool = False) -> None:
    st.button(
        "Save them",
        icon=":material/save:",
        key=f"save-all-{story_id}",
        disabled=disabled,
        on_click=_save_all,
        args=(story_id,),
    )


def _save_all(story_id: str) -> None:
    saved, problems = save_all(story_id)
    st.session_state[f"{_LEFT}-{story_id}"] = problems
    if saved:
        _sub.say(f"Saved the words of {_stories.many(saved, 'scene')}.")


def _left_over(story_id: str) -> None:
    """Say once why some words could not be saved."""
    for problem in st.session_state.pop(f"{_LEFT}-{story_id}", ()):
        st.error(_edge.plain(problem), icon=":material/error:")
