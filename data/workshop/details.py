"""What is said of a session when it is begun or changed, made ready to be kept."""

import re
from collections.abc import Collection, Sequence
from dataclasses import replace
from datetime import date

from data.register.mend import short
from data.workshop.book import WorkshopError
from data.workshop.live import Prepared, Settings
from data.workshop.scenes import Scene, Story, StoryError, as_json, from_json

_CONTROLS = re.compile(r"[\x00-\x08\x0b-\x1f\x7f-\x9f\ud800-\udfff]")

LONGEST_NAME = 120
"""Characters of a session's title, or of the name of its place."""

LONGEST_NEXT = 3_000
"""Characters of what will happen next."""

MOST_WATCHED, LONGEST_WATCHED = 300, 60
"""Watched words, and the characters of one."""


def named(words: str, what: str) -> str:
    """A title or the name of a place, in one line.

    Raises
    ------
    WorkshopError
        If it is blank or too long.
    """
    line = " ".join(_kept(words).split())
    if not line:
        raise WorkshopError(f"The session has no {what} yet. Write one, then begin it.")
    if len(line) > LONGEST_NAME:
        raise WorkshopError(f"The session’s {what} has {len(line):,} characters, where {LONGEST_NAME} fit. Shorten it.")
    return line


def day_of(words: str) -> str:
    """A day as 2026-11-26.

    Raises
    ------
    WorkshopError
        If it is no day.
    """
    try:
        return date.fromisoformat(words).isoformat()
    except (ValueError, TypeError) as error:
        raise WorkshopError(f"“{short(str(words))}” is no day. Write it as 2026-11-26.") from error


def settled(settings: Settings) -> Settings:
    """Settings as they are kept: watched words tidied, each once.

    Raises
    ------
    WorkshopError
        If there are too many watched words, or something is too long.
    """
    watched = tuple(dict.fromkeys(" ".join(_kept(word).split()) for word in settings.watched))
    watched = tuple(word for word in watched if word)
    long = [word for word in watched if len(word) > LONGEST_WATCHED]
    if len(watched) > MOST_WATCHED or long:
        first = f", and {len(long):,} are too long, first “{short(long[0])}”" if long else ""
        raise WorkshopError(
            f"There are {len(watched):,} watched words{first}. Up to {MOST_WATCHED} fit, each of up to "
            f"{LONGEST_WATCHED} characters."
        )
    steps = _kept(settings.next_steps).strip()
    if len(steps) > LONGEST_NEXT:
        raise WorkshopError(
            f"What will happen next has {len(steps):,} characters, where {LONGEST_NEXT:,} fit. Shorten it."
        )
    return replace(settings, watched=watched, next_steps=steps)


def presentable(prepared: Sequence[Prepared]) -> tuple[Prepared, ...]:
    """Scenes as they are kept.

    Raises
    ------
    WorkshopError
        If there are none, or one cannot be kept as it is.
    """
    story = Story(name="Session", scenes=tuple(each.scene for each in prepared))
    if not story.scenes:
        raise WorkshopError("There is no scene to present. Add one to the story first.")
    try:
        scenes = from_json(as_json(story)).scenes  # as they will be read again
    except StoryError as error:
        raise WorkshopError(str(error)) from error
    return tuple(replace(each, scene=scene) for each, scene in zip(prepared, scenes, strict=True))


def require_same_questions(before: Sequence[Scene], after: Sequence[Scene], answered: Collection[str]) -> None:
    """Stop scenes from being changed so that answers would no longer answer them.

    Raises
    ------
    WorkshopError
        If a scene that has answers is missing, or its question is of another kind or has other options.
    """
    later = {scene.id: scene for scene in after}
    for scene in before:
        if scene.id not in answered or scene.question is None:
            continue
        if scene.id not in later:
            raise WorkshopError(
                f"The scene “{scene.title}” has been answered, so it must stay in the story. Put it back, or begin "
                "another session."
            )
        question = later[scene.id].question
        if question is None or (question.kind, question.options) != (scene.question.kind, scene.question.options):
            raise WorkshopError(
                f"The question of “{scene.title}” has been answered, so its kind and its options must stay as they "
                "were. Ask the new question in a scene of its own."
            )


def _kept(text: str) -> str:
    """Text without halves of signs, and without control signs but the ends of lines and tabs."""
    return _CONTROLS.sub("", text)
