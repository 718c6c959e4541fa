"""Words for a room in which the people live of whom the map speaks: what is offered, and what is better said otherwise.

Nothing here forbids a word: sources keep their names, and whoever presents decides.
"""

import re
from collections.abc import Sequence
from functools import partial

from data.register.mend import short
from data.workshop.scenes import LONGEST, MOST_WORDS, Scene, Story, StoryError, from_json, scene_problems
from layers.words import listed

_CAREFUL = (
    (r"\bmost deprived tenth of England\b", "tenth of England facing most hardship"),
    (r"\bmost deprived tenth\b", "tenth facing most hardship"),
    (r"\bin the least deprived(?: tenth)?\b", "in the tenth facing least"),
    (r"\bmore deprived half\b", "half facing more hardship"),
    (r"\bthe most deprived\b", "where hardship is greatest"),
    (r"\bmost deprived\b", "where hardship is greatest"),
    (r"\bleast deprived\b", "where hardship is least"),
    (r"\bmore deprived\b", "more hardship"),
    (r"\bdeprived\b", "facing hardship"),
    (r"\boverall deprivation score\b", "hardship of many kinds (score)"),
    (r"\boverall deprivation\b", "hardship of many kinds"),
    (r"\bpoorest reach\b", "longest way to help"),
    (r"\bpoor reach\b", "a long way to help"),
)
"""What our own sentences say, which are exact, and how the same is said with care."""

_PEOPLE = "say what costs people most, such as “people on low incomes”"
_PLACE = "say what is missing, not what the place is, such as “help is far from here”"
_FIGURE = "give the figure and its date, such as “highest of 1,865 in 2025”"
_DOUBTS = (
    (r"deprived", "calls people what they lack", "say “on low incomes” or “facing high costs”"),
    (r"worst(?: off)?", "ranks homes by shame", _FIGURE),
    (r"poor(?:est|er)? (?:area|place|estate|neighbourhood|people|famil)\w*", "calls people what they lack", _PEOPLE),
    (r"the poor", "calls people what they lack", _PEOPLE),
    (r"poverty[- ]stricken|impoverished|destitute", "calls people what they lack", _PEOPLE),
    (r"disadvantaged|underprivileged", "calls people what they lack", _PEOPLE),
    (
        r"(?:problem|sink|rough|bad|failing|no[- ]go) (?:area|place|estate|neighbourhood|famil)\w*",
        "shames a place",
        _PLACE,
    ),
    (r"hot ?-?spots?", "sounds like crime or disease", "say “many together”"),
    (r"left[- ]behind", "says that a place is past", "say who has not been asked, or what was not built"),
    (r"forgotten|neglected", "says that nobody there cares", "say who has not been asked, or what was not built"),
    (r"broken", "says that a place cannot be mended", _PLACE),
    (r"run[- ]down|grim|blighted|ghettos?|slums?", "shames a place", _PLACE),
    (r"lazy|workshy|scroungers?|feckless", "blames people", "say what stands in their way"),
    (r"hard[- ]to[- ]reach", "blames people for not being asked", "say “people we have not reached yet”"),
    (r"uneducated|low[- ]skilled|unskilled", "overlooks what people can do", "say “without formal qualifications”"),
    (r"unemployed|jobless|benefit claimants?", "calls people what they lack", "say “people out of work”"),
    (r"vulnerable", "makes people helpless", "say to what, such as “at risk of losing their home”"),
    (r"the (?:elderly|disabled|homeless)", "makes people one thing", "say “older people”, “disabled people” and so on"),
    (r"slackers?|losers?|failures?", "blames people", "say what stands in their way"),
    (r"black ?-?spots?|deserts?", "says that nothing is there", _PLACE),
)
"""Words, why they hurt, and what to say instead."""

_NAMES = re.compile(
    r"(?:english )?ind(?:ex|ices) of (?:multiple )?deprivation|deprivation (?:index|indices)", re.IGNORECASE
)
"""Names of figures, which are quoted as they are."""

_CALLED = {
    "name": ("This name has", "fit"),
    "about": ("What it is about has", "fit"),
    "title": ("This title has", "fit on a screen"),
    "words": ("These words have", "fit on a screen"),
    "notes": ("This note has", "fit"),
    "text": ("This question has", "fit on a phone"),
    "option": ("The option “{}” has", "fit on a phone"),
}
"""What a text is called, and where it has to fit, by its name in LONGEST."""

_UNNAMED = "A map"
_SENTENCE = re.compile(r"(?<=[.!?])\s+(?=[“\"'A-Z0-9])")


def offered(title: str, summary: str) -> tuple[str, str]:
    """A title and words for a scene, from those of a page: careful, and short enough to keep.

    Words are whole sentences as long as they fit; a first sentence that is too long by itself is cut.
    """
    kept: list[str] = []
    for sentence in _SENTENCE.split(careful(summary)):
        if not _fits(" ".join([*kept, sentence])):
            break
        kept.append(sentence)
    words = " ".join(kept) or _cut(careful(summary))
    return _short(careful(title).strip()) or _UNNAMED, words


def careful(text: str) -> str:
    """Our own sentences, said with care."""
    for pattern, instead in _CAREFUL:
        text = re.sub(pattern, partial(_like, instead), text, flags=re.IGNORECASE)
    return text


def doubts(text: str) -> list[str]:
    """Words of a text that shame a place or people, a sentence each with what to say instead."""
    spoken = _NAMES.sub(" ", text)
    told: dict[str, str] = {}
    for pattern, why, instead in _DOUBTS:
        for found in re.finditer(rf"\b(?:{pattern})\b", spoken, re.IGNORECASE):
            told.setdefault(found.group().casefold(), f"“{found.group()}” {why}: {instead}.")
    return list(told.values())


def count(text: str) -> str:
    """How many words a text has, of those that fit, and whether its letters fit too."""
    many = len(text.split())
    words = f"{many} of {MOST_WORDS} words"
    if many > MOST_WORDS:
        words += f": {many - MOST_WORDS} too many. Move the rest to the notes."
    if long := too_long("words", text):
        words = f"{words.rstrip('.')}. {long}"
    return words


def too_long(name: str, text: str) -> str:
    """How long a text is, how long it may be and what to take out; "" if it fits. `name` : as in LONGEST."""
    letters, longest = len(text.strip()), LONGEST[name]
    if letters <= longest:
        return ""
    begun, fit = _CALLED[name]
    begun = begun.format(short(text, 30))
    return f"{begun} {letters:,} letters; {longest:,} {fit}. Take out at least {letters - longest:,}."


def problems(scene: Scene) -> list[str]:
    """What stands in the way of keeping a scene as it was typed, a sentence each: what is too long, and all else."""
    asked = scene.question
    texts = [("title", scene.title), ("words", scene.words), ("notes", scene.notes)]
    if asked:
        texts += [("text", asked.text), *(("option", each) for each in asked.options)]
    return [*filter(None, (too_long(name, text) for name, text in texts)), *scene_problems(scene)]


def changed(before: str | None, after: str | None) -> str:
    """What became of a story's scenes, from its text as it was and as it became."""
    was, became = _scenes(before), _scenes(after)
    if was is None or became is None:
        return "changed"
    gone, come = ([one[id_] for id_ in one if id_ not in other] for one, other in ((was, became), (became, was)))
    parts = [
        f"now with {listed([f'“{title}”' for title in come])}" if come else "",
        f"no longer with {listed([f'“{title}”' for title in gone])}" if gone else "",
    ]
    if not come and not gone:
        parts.append("in another order" if list(was) != list(became) else "changed within")
    return f"{len(was):,} → {len(became):,} ({'; '.join(filter(None, parts))})"


def _scenes(text: str | None) -> dict[str, str] | None:
    """The titles of a story's scenes by id; None where they cannot be read."""
    try:
        story: Story = from_json(text or "")
    except StoryError:
        return None
    return {scene.id: scene.title for scene in story.scenes}


def _like(instead: str, found: re.Match[str]) -> str:
    """Words that begin with a capital where those do that they stand for."""
    return instead[0].upper() + instead[1:] if found.group()[0].isupper() else instead


def _fits(words: str) -> bool:
    return len(words.split()) <= MOST_WORDS and len(words) <= LONGEST["words"]


def _cut(text: str) -> str:
    words: Sequence[str] = text.split()[:MOST_WORDS]
    while words and not _fits(f"{' '.join(words)} …"):
        words = words[:-1]
    return f"{' '.join(words)} …" if words else ""


def _short(title: str) -> str:
    """A title that fits: cut between words."""
    longest = LONGEST["title"]
    if len(title) <= longest:
        return title
    return f"{title[: longest - 1].rpartition(' ')[0] or title[: longest - 1]}…"
