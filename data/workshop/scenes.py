"""A story: scenes in their order, each a state of a map with a title, a few plain words and perhaps a question.

A story is a value. It is kept in the register as text, and goes out and comes back as a file of that text.
"""

import json
import re
import secrets
from collections.abc import Mapping
from dataclasses import dataclass, field, fields
from typing import Any

from data.register.mend import short

PAGES = {
    "map": "Map",
    "gaps": "Gaps",
    "targets": "Which first",
    "siting": "Where to put help",
    "shortlists": "Shortlist",
    "clusters": "Clusters",
}
"""The pages whose maps can be a scene."""

ASKS = {
    "place": "Point to a place",
    "vote": "Choose",
    "rank": "Put in order",
    "words": "Write",
}
"""What a question asks people to do."""

MOST_SCENES, MOST_WORDS = 40, 40
LONGEST = {
    "name": 120,
    "about": 600,
    "title": 80,
    "words": 400,
    "notes": 1_500,
    "link": 4_000,
    "text": 200,
    "option": 80,
}
"""Signs that fit."""

OPTIONS = {"vote": (2, 8), "rank": (2, 6)}
"""How many options such a question may have."""

MOST = {"place": 5, "vote": 8, "rank": 1, "words": 3}
"""How often one person may answer at most: places pointed to, options chosen, texts written."""

_FORMAT = "foothold-story"
_ID = re.compile(r"s[0-9a-f]{8}")
# Signs that are none, and those that turn the direction of all that follows.
_CONTROLS = re.compile(r"[\x00-\x08\x0b-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069\ud800-\udfff]")


class StoryError(ValueError):
    """A story that cannot be kept; the message names what is wrong with it, all of it, a sentence each."""

    def __init__(self, problems: list[str]) -> None:
        super().__init__(" ".join(problems))
        self.problems = problems


@dataclass(frozen=True, kw_only=True)
class Question:
    """What the room is asked. `most` is how often one person may answer."""

    kind: str
    text: str
    options: tuple[str, ...] = ()
    most: int = 1


@dataclass(frozen=True, kw_only=True)
class Scene:
    """One state of a map with what is said of it. `id` stays when scenes change their order."""

    id: str = field(default_factory=lambda: f"s{secrets.token_hex(4)}")
    title: str
    words: str = ""
    """Up to forty words in plain English, shown beside the map."""
    notes: str = ""
    """For whoever presents; the room never sees them."""
    page: str = "map"
    link: str = ""
    """The page's query, as in its address."""
    at: tuple[float, float] | None = None
    """Latitude and longitude that the map is centred on; None means where the page itself looks."""
    zoom: float | None = None
    question: Question | None = None


@dataclass(frozen=True, kw_only=True)
class Story:
    """Scenes in their order."""

    name: str
    about: str = ""
    scenes: tuple[Scene, ...] = ()


def as_json(story: Story) -> str:
    """A story as the text of a file."""
    told = {
        "format": _FORMAT,
        "name": story.name,
        "about": story.about,
        "scenes": [_told(each) for each in story.scenes],
    }
    return json.dumps(told, ensure_ascii=False, indent=1)


def from_json(text: str) -> Story:
    """The story that a text holds.

    Raises
    ------
    StoryError
        If it is no story, or anything of it does not fit; it tells all of it.
    """
    try:
        told = json.loads(text)
    except (ValueError, RecursionError) as error:
        raise StoryError(["This is not a story’s file: it cannot be read as JSON."]) from error
    if not isinstance(told, dict) or told.get("format") != _FORMAT or not isinstance(told.get("scenes"), list):
        raise StoryError([f"This is not a story’s file: it does not say “{_FORMAT}” and list its scenes."])
    odd: list[str] = []
    scenes = tuple(_scene(each, f"Scene {i}", odd) for i, each in enumerate(told["scenes"][: MOST_SCENES + 1], start=1))
    story = Story(
        name=_text(told, "name", "The story", odd), about=_text(told, "about", "The story", odd), scenes=scenes
    )
    if odd := [*odd, *problems(story)]:
        raise StoryError(list(dict.fromkeys(odd)))
    return story


def problems(story: Story) -> list[str]:
    """What stands in the way of keeping a story, a sentence each; nothing if it can be kept."""
    odd = [] if story.name.strip() else ["Give the story a name."]
    if len(story.scenes) > MOST_SCENES:
        odd.append(f"A story has up to {MOST_SCENES} scenes. Divide it into two stories.")
    if len({each.id for each in story.scenes}) < len(story.scenes):
        odd.append("Two scenes have the same id. Duplicate a scene in the story’s page rather than in its file.")
    for i, scene in enumerate(story.scenes, start=1):
        odd += [f"Scene {i}: {each}" for each in scene_problems(scene)]
    return odd


def scene_problems(scene: Scene) -> list[str]:
    """What stands in the way of keeping a scene, a sentence each."""
    odd = [] if scene.title.strip() else ["Give it a title."]
    if scene.page not in PAGES:
        odd.append(f"“{short(scene.page)}” is no page with a map.")
    if (count := len(scene.words.split())) > MOST_WORDS:
        fit = f"{count} words, where {MOST_WORDS} fit"
        odd.append(f"{fit}: people listen or read, not both. Move the rest to the notes.")
    if (scene.at is None) != (scene.zoom is None):
        odd.append("Where to look needs both a place and a zoom.")
    if scene.at is not None and not (52 <= scene.at[0] <= 56 and -4 <= scene.at[1] <= 1):
        odd.append("It looks at a place far outside the region.")
    if scene.zoom is not None and not 6 <= scene.zoom <= 17:
        odd.append("Its zoom must lie between 6 and 17.")
    return odd + (question_problems(scene.question) if scene.question else [])


def question_problems(question: Question) -> list[str]:
    """What stands in the way of asking a question, a sentence each."""
    if question.kind not in ASKS:
        return [f"“{short(question.kind)}” is no kind of question. There are: {', '.join(ASKS)}."]
    odd = [] if question.text.strip() else ["Write the question."]
    low, high = OPTIONS.get(question.kind, (0, 0))
    if not low <= len(question.options) <= high:
        asked = f"between {low} and {high} options" if high else "no options"
        what = ASKS[question.kind].lower()
        odd.append(f"A question to “{what}” takes {asked}, and this has {len(question.options)}.")
    if len({each.strip().casefold() for each in question.options}) < len(question.options):
        odd.append("Two options are the same.")
    if not all(each.strip() for each in question.options):
        odd.append("An option is blank.")
    if not 1 <= question.most <= MOST[question.kind]:
        odd.append(f"One person may answer between 1 and {MOST[question.kind]} times.")
    return odd


def _told(scene: Scene) -> dict[str, Any]:
    """A scene as JSON: what differs from the plain scene."""
    told = {each.name: getattr(scene, each.name) for each in fields(Scene) if each.name != "question"}
    told = {name: value for name, value in told.items() if value not in ("", None)}
    if scene.question:
        told["question"] = {each.name: getattr(scene.question, each.name) for each in fields(Question)}
    return told


def _scene(told: object, where: str, odd: list[str]) -> Scene:
    if not isinstance(told, Mapping):
        odd.append(f"{where} is not a scene.")
        return Scene(title="?")
    id_ = told.get("id")
    texts = {name: _text(told, name, where, odd) for name in ("title", "words", "notes", "link")}
    zoom, asked = told.get("zoom"), told.get("question")
    known = {"id": id_} if isinstance(id_, str) and _ID.fullmatch(id_) else {}
    return Scene(
        **known,
        page=str(told.get("page", "map"))[:40],
        at=_point(told.get("at")),
        zoom=float(zoom) if isinstance(zoom, int | float) and _number(zoom) else None,
        question=_question(asked, where, odd) if asked is not None else None,
        **texts,
    )


def _question(told: object, where: str, odd: list[str]) -> Question | None:
    if not isinstance(told, Mapping) or not isinstance(told.get("options", []), list):
        odd.append(f"{where}: its question cannot be read.")
        return None
    options = tuple(
        _text({"option": each}, "option", where, odd) for each in told.get("options", [])[: OPTIONS["vote"][1] + 1]
    )
    most = told.get("most", 1)
    return Question(
        kind=str(told.get("kind", ""))[:20],
        text=_text(told, "text", where, odd),
        options=options,
        most=most if isinstance(most, int) and not isinstance(most, bool) else 0,
    )


def _text(told: Mapping[str, Any], name: str, where: str, odd: list[str]) -> str:
    """A text that fits and holds no control signs; what does not is told."""
    given = told.get(name, "")
    if not isinstance(given, str):
        odd.append(f"{where}: its {name} is not text.")
        return ""
    text = _CONTROLS.sub("", given).strip()
    if len(text) > LONGEST[name]:
        odd.append(f"{where}: its {name} has {len(text):,} signs, where {LONGEST[name]:,} fit.")
    return text[: LONGEST[name]]


def _number(value: object) -> bool:
    return isinstance(value, int | float) and not isinstance(value, bool) and abs(value) < 1_000


def _point(told: object) -> tuple[float, float] | None:
    if isinstance(told, list) and len(told) == 2 and all(_number(each) for each in told):
        return float(told[0]), float(told[1])
    return None
