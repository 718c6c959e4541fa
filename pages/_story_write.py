"""Every change of a story from the pages: one step of the register, and a sentence if it cannot be."""

from collections.abc import Callable
from dataclasses import replace

import streamlit as st

from data.register.changes import ConflictError
from data.register.records import RecordError, Story
from data.register.rights import NotAllowedError
from data.register.stories import change, free_name, one, remove, save, told
from data.workshop import scenes
from data.workshop.arrange import scene_of
from data.workshop.scenes import StoryError
from layers.workshop import story_words
from pages import _edge, _query, _sub, _who

_LAST = "story_worked_on"
_AGAIN = "Nothing was changed: someone else changed that story at the same moment. Look at it, then try again."


class NotKeptError(RuntimeError):
    """Why nothing was kept, a sentence each, for whoever pressed the button."""

    def __init__(self, problems: list[str]) -> None:
        super().__init__(" ".join(problems))
        self.problems = problems


def changed(id_: str, edit: Callable[[scenes.Story], scenes.Story], *, did: str) -> Story:
    """Change a story as it stands now; `did` is what the log says of it, before the story's name.

    Raises
    ------
    NotKeptError
        If it cannot be kept.
    """
    return _kept(lambda: change(_edge.register(), id_, edit, by=_who.me(), today=_edge.today(), did=did))


def made(story: scenes.Story) -> Story:
    """Keep a new story, under its name or with a number that is free.

    Raises
    ------
    NotKeptError
        If it cannot be kept.
    """
    require_fitting(story.name, story.about)
    register = _edge.register()
    named = replace(story, name=free_name(register, story.name))
    return _kept(lambda: save(register, by=_who.me(), story=named, today=_edge.today()))


def require_fitting(name: str, about: str) -> None:
    """Stop what a story is called, or what it is about, from being kept if it is too long.

    Raises
    ------
    NotKeptError
        That says of each how long it is and how long it may be.
    """
    told = (story_words.too_long("name", " ".join(name.split())), story_words.too_long("about", about))
    if problems := [each for each in told if each]:
        raise NotKeptError(problems)


def scene(story_id: str, scene_id: str) -> scenes.Scene | None:
    """A scene as it stands now; None if it is not kept any more."""
    held = one(_edge.register(), story_id)
    try:
        return scene_of(told(held), scene_id) if held else None
    except StoryError:
        return None


def removed(held: Story) -> None:
    """Take a story out; it can be brought back among the changes."""
    try:
        remove(_edge.register(), held, by=_who.me())
    except ConflictError:
        _sub.say("Nothing was removed: someone changed that story meanwhile. Look at it again.", done=False)
    except NotAllowedError as error:
        _sub.say(f"Nothing was removed. {error}", done=False)
    else:
        st.session_state.pop(_LAST, None)
        _sub.say(f"Removed: {held.name}.")
        _query.put(story="", scene="")


def worked_on(id_: str) -> None:
    """Remember the story that this editor works on: what they add goes there."""
    st.session_state[_LAST] = id_


def last() -> str:
    """The story that this editor worked on last in this visit; "" if none."""
    return str(st.session_state.get(_LAST, ""))


def _kept(write: Callable[[], Story]) -> Story:
    try:
        made = write()
    except StoryError as error:
        raise NotKeptError(error.problems) from error
    except RecordError as error:
        raise NotKeptError([str(each) for each in error.problems.values()]) from error
    except NotAllowedError as error:
        raise NotKeptError([str(error)]) from error
    except ConflictError as error:
        raise NotKeptError([_AGAIN]) from error
    worked_on(made.id)
    return made
