"""What phones post, made into values: strict about what is kept, kind about what is not."""

import re
import unicodedata
from collections.abc import Callable, Mapping
from typing import Any

from data.workshop.live import LONGEST_WORDS, Place, Ranking, Value, Vote, Words
from data.workshop.scenes import Question, Scene
from data.workshop.where import Whereabouts

MOST_TURNS = 100_000
"""So often one answer may be changed: no hand does it."""

AGAIN = "Load this page again, then answer once more."
"""What to do when something was sent that our own page does not send."""

_ID = re.compile(r"a[0-9a-f]{16}")
_SCENE = re.compile(r"s[0-9a-f]{8}")
_LONGEST_SENT = 4_000
_BREAKS = re.compile(r"[\r\n\t\v\f\x85\u2028\u2029]+")
_UNSEEN = re.compile(
    "[\x00-\x1f\x7f-\x9f\xad\u200b\u200e\u200f\u202a-\u202e\u2060-\u206f\ufeff\ufff0-\ufffb\ufffe\uffff"
    "\ud800-\udfff\ue000-\uf8ff\U000f0000-\U0010ffff]"
)
"""Control signs, those that turn the direction of what follows, halves of signs, and signs without a meaning."""

_MARK = "[\u0300-\u036f\u0483-\u0489\u1ab0-\u1aff\u1dc0-\u1dff\u20d0-\u20ff\ufe20-\ufe2f]"
_HEAPED = re.compile(f"({_MARK}{{3}}){_MARK}+")
"""More accents on one letter than any language has: they would cover the lines above on the projector."""

_MARKUP = re.compile(r"<[/?]?[a-z]|<!|(?:java|vb)script\s*:|data\s*:\s*text/html", re.IGNORECASE)


class AnswerError(ValueError):
    """An answer that cannot be kept. Its message is a sentence or two for whoever answered, with the next step."""

    @property
    def words(self) -> str:
        """The sentence."""
        return str(self)


def heading(told: Mapping[str, Any]) -> tuple[str, str, int]:
    """Id, scene and turn of a raw answer.

    Raises
    ------
    AnswerError
        If one of them is missing or not of its kind.
    """
    id_, scene, turn = told.get("id"), told.get("scene"), told.get("turn")
    if not (isinstance(id_, str) and _ID.fullmatch(id_) and isinstance(scene, str) and _SCENE.fullmatch(scene)):
        raise AnswerError(f"We could not tell which question this answers. {AGAIN}")
    if not (isinstance(turn, int) and not isinstance(turn, bool) and 1 <= turn <= MOST_TURNS):
        raise AnswerError(f"We could not tell whether this answer is newer than your last. {AGAIN}")
    return id_, scene, turn


def value(told: Mapping[str, Any], scene: Scene, whereabouts: Whereabouts) -> Value | None:
    """What a raw answer says to the question of its scene; None if it is taken back.

    Raises
    ------
    AnswerError
        If it does not answer that question, or cannot be kept as it is.
    """
    question = scene.question
    if question is None:
        raise AnswerError("There is no question here to answer. Wait for the next one.")
    if "value" in told and told["value"] is None:
        return None
    given = told.get("value")
    if not isinstance(given, Mapping):
        raise AnswerError(f"Your answer did not reach us whole. {AGAIN}")
    return _READ[question.kind](given, question, whereabouts)


def cleaned(text: object) -> str:
    """Text as it is kept: in one line, without signs that nobody can see.

    Raises
    ------
    AnswerError
        If it is no text, too long, or holds markup.
    """
    if not isinstance(text, str):
        raise AnswerError(f"Your words did not reach us whole. {AGAIN}")
    if len(text) > _LONGEST_SENT:
        raise AnswerError(f"That is far too long. Say it in at most {LONGEST_WORDS} characters.")
    plain = _UNSEEN.sub("", _BREAKS.sub(" ", text))
    plain = " ".join(_HEAPED.sub(r"\1", unicodedata.normalize("NFC", plain)).split())
    if len(plain) > LONGEST_WORDS:
        over = len(plain) - LONGEST_WORDS
        raise AnswerError(f"That is too long by {over:,}: {LONGEST_WORDS} characters fit. Shorten it, then send it.")
    if _MARKUP.search(unicodedata.normalize("NFKC", plain)):
        raise AnswerError("Use plain words only: leave out “<” before a letter, and “javascript:”. Then send it again.")
    return plain


def _place(given: Mapping[str, Any], _: Question, whereabouts: Whereabouts) -> Place:
    at, area, note = given.get("at"), given.get("area"), given.get("note")
    note = "" if note is None else cleaned(note)
    if (at is None) == (area is None):
        raise AnswerError("Point to a place on the map, or choose one from the list, then send it.")
    if area is not None:
        found = whereabouts.area(area, note) if isinstance(area, str) else None
        if found is None:
            raise AnswerError("That place is not on our list. Choose one from the list, then send it.")
        return found
    if not (isinstance(at, list | tuple) and len(at) == 2 and all(_degrees(each) for each in at)):
        raise AnswerError(f"We could not tell where you pointed. {AGAIN}")
    found = whereabouts.pin(float(at[0]), float(at[1]), note)
    if found is None:
        raise AnswerError("That is outside the region. Point to a place inside it, or choose one from the list.")
    return found


def _vote(given: Mapping[str, Any], question: Question, _: Whereabouts) -> Vote:
    chosen = _positions(given.get("chosen"), question)
    if not 1 <= len(chosen) <= question.most:
        many = "one" if question.most == 1 else f"between one and {question.most}"
        raise AnswerError(f"Choose {many}, then send it.")
    return Vote(chosen=tuple(sorted(chosen)))


def _ranking(given: Mapping[str, Any], question: Question, _: Whereabouts) -> Ranking:
    order = _positions(given.get("order"), question)
    if len(order) != len(question.options):
        raise AnswerError(f"Put all {len(question.options)} in order, then send it.")
    return Ranking(order=order)


def _words(given: Mapping[str, Any], *_: object) -> Words:
    text = cleaned(given.get("text"))
    if not any(unicodedata.category(sign)[0] in "LNPS" for sign in text):
        raise AnswerError("There is nothing written yet. Write a few words, then send it.")
    return Words(text=text)


_READ: Mapping[str, Callable[[Mapping[str, Any], Question, Whereabouts], Value]] = {
    "place": _place,
    "vote": _vote,
    "rank": _ranking,
    "words": _words,
}


def _positions(given: object, question: Question) -> tuple[int, ...]:
    """Positions of different options."""
    count = len(question.options)
    if not (isinstance(given, list | tuple) and len(given) <= count):
        raise AnswerError(f"We could not tell what you chose. {AGAIN}")
    if not all(_whole(each) and 0 <= each < count for each in given):
        raise AnswerError(f"One of these is not among the options. {AGAIN}")
    if len(set(given)) < len(given):
        raise AnswerError("The same option was sent twice. Choose each only once, then send it.")
    return tuple(given)


def _whole(given: Any) -> bool:
    return isinstance(given, int) and not isinstance(given, bool)


def _degrees(given: Any) -> bool:
    return isinstance(given, int | float) and not isinstance(given, bool) and -180 <= given <= 180
