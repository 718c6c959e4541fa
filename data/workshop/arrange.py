"""Scenes put into another order, added, changed and taken out. Each gives a new story; none alters the one given."""

from dataclasses import replace

from data.workshop.scenes import LONGEST, Scene, Story, StoryError

_COPY = " (copy)"


def scene_of(story: Story, id_: str) -> Scene:
    """The scene of this id.

    Raises
    ------
    StoryError
        If the story has no such scene, because someone took it out.
    """
    return story.scenes[_position(story, id_)]


def added(story: Story, scene: Scene, *, after: str = "") -> Story:
    """With another scene after that of the id `after`, or last."""
    at = _position(story, after) + 1 if after else len(story.scenes)
    return replace(story, scenes=(*story.scenes[:at], scene, *story.scenes[at:]))


def changed(story: Story, scene: Scene) -> Story:
    """With a scene in the place of the one that has its id."""
    at = _position(story, scene.id)
    return replace(story, scenes=(*story.scenes[:at], scene, *story.scenes[at + 1 :]))


def moved(story: Story, id_: str, by: int) -> Story:
    """With one scene so many places further on; it stops at either end."""
    at = _position(story, id_)
    others = [*story.scenes[:at], *story.scenes[at + 1 :]]
    others.insert(min(max(at + by, 0), len(others)), story.scenes[at])
    return replace(story, scenes=tuple(others))


def doubled(story: Story, id_: str) -> Story:
    """With a copy of one scene after it, under an id of its own."""
    scene = scene_of(story, id_)
    copy = Scene(**{name: value for name, value in vars(scene).items() if name != "id"})
    title = f"{scene.title[: LONGEST['title'] - len(_COPY)]}{_COPY}"
    return added(story, replace(copy, title=title), after=id_)


def without(story: Story, id_: str) -> Story:
    """Without one scene."""
    at = _position(story, id_)
    return replace(story, scenes=(*story.scenes[:at], *story.scenes[at + 1 :]))


def _position(story: Story, id_: str) -> int:
    for i, scene in enumerate(story.scenes):
        if scene.id == id_:
            return i
    raise StoryError(["That scene is not in the story any more: someone took it out. Nothing was changed."])
