"""Stories kept in the register by name: what is shown to a room, as text that is also the story's file."""

import json
from collections.abc import Callable
from dataclasses import replace
from itertools import count

from data.register.book import Register
from data.register.changes import ConflictError, Step
from data.register.mend import short
from data.register.named import code_of, keep, newest_first, take_out
from data.register.records import Story, from_text
from data.register.rights import Actor, require_editor
from data.workshop import scenes
from data.workshop.scenes import StoryError

_TRIES = 5
"""How often a change is made again on what someone else has just written."""

SAVED = "Saved the story"
_LETTER = "t"
_LOOKED = 20
"""How many stories someone changed are looked at for one that is still kept."""


def save(
    register: Register,
    *,
    by: Actor,
    story: scenes.Story,
    today: str,
    replacing: Story | None = None,
    did: str = SAVED,
) -> Story:
    """Keep a story under its name, as one step.

    Parameters
    ----------
    today : a day as 2026-11-21; a story that takes another's place keeps the day on which that was made.
    replacing : the story, as it was read, whose place this one takes, under its own name or another.
    did : what was done, kept in the log before the story's name.

    Raises
    ------
    NotAllowedError
        If `by` may not change the register.
    StoryError
        If anything of the story does not fit; it tells all of it.
    RecordError
        If another story has the name.
    ConflictError
        If someone else has changed or removed `replacing` since it was read. Nothing is written.
    """
    require_editor(by)
    fit = scenes.from_json(scenes.as_json(replace(story, name=" ".join(story.name.split()))))
    # Without any sign but those of ASCII, so that no field of the register alters the text.
    text = json.dumps(json.loads(scenes.as_json(fit)), separators=(",", ":"))
    made_on = replacing.made_on if replacing else today
    texts = {"id": code_of(_LETTER, fit.name), "name": fit.name, "about": fit.about, "scenes": text}
    made: Story = from_text(Story, texts | {"made_on": made_on or today})
    if made != replacing:
        keep(register, made, by=by, what=f"{did} {made.name}", replacing=replacing, taken=_taken)
    return made


def change(
    register: Register,
    id_: str,
    edit: Callable[[scenes.Story], scenes.Story],
    *,
    by: Actor,
    today: str,
    did: str = SAVED,
) -> Story:
    """Change a story as it stands now, as one step; of two who do so at the same moment neither loses anything.

    `edit` makes the new story of the one that is kept, and is asked again if that has just become another.

    Raises
    ------
    NotAllowedError, StoryError, RecordError
        As `save` does, and whatever `edit` raises. Nothing is written.
    StoryError
        If the story is not kept any more, too.
    ConflictError
        If others change it so often that it cannot be done. Nothing is written.
    """
    require_editor(by)
    for left in reversed(range(_TRIES)):
        if (held := one(register, id_)) is None:
            raise StoryError(["That story is not kept any more: someone removed or renamed it. Nothing was changed."])
        try:
            return save(register, by=by, story=edit(told(held)), today=today, replacing=held, did=did)
        except ConflictError:
            if not left:
                raise
    raise AssertionError


def remove(register: Register, story: Story, *, by: Actor) -> Step:
    """Take a story out, as `named.take_out` does."""
    return take_out(register, story, by=by)


def kept(register: Register) -> list[Story]:
    """All stories, newest first: by the day on which they were made, and within a day by when they were last saved."""
    return newest_first(register, Story)


def one(register: Register, id_: str) -> Story | None:
    """The story of this code; None if there is none."""
    found = register.records(Story.table, [id_])
    return found[0][0] if found and isinstance(found[0][0], Story) else None


def last_of(register: Register, editor: Actor) -> Story | None:
    """The story that someone changed last, of those that are kept; None if there is none."""
    rows = register.ask("changed_by", who=editor.name, tab=Story.table, most=_LOOKED)
    found = (one(register, str(id_)) for id_ in rows["id"])
    return next((each for each in found if each), None)


def free_name(register: Register, name: str) -> str:
    """A name that no story has: this one, or with the first number that is free."""
    taken = {each.id for each in kept(register)}
    turns = (name if turn == 1 else _numbered(name, turn) for turn in count(1))
    return next(each for each in turns if code_of(_LETTER, each) not in taken)


def _numbered(name: str, turn: int) -> str:
    more = f" ({turn})"
    return f"{name[: scenes.LONGEST['name'] - len(more)].rstrip()}{more}"


def told(kept: Story) -> scenes.Story:
    """The scenes of a story that is kept.

    Raises
    ------
    StoryError
        If its text cannot be read, which only a register that was written by another hand can hold.
    """
    return scenes.from_json(kept.scenes)


def _taken(other: Story) -> str:
    return f"“{short(other.name)}” is the name of another story, made on {other.made_on}. Give this one another name."
