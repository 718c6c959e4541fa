"""What the room answered to one question: counted, and said in two plain sentences.

Where small numbers are hidden, nothing told depends on what a hidden number is: whoever holds a result finds each
number from 1 to 4 as likely behind it as the others.
"""

import math
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from fractions import Fraction
from typing import Any

from data.workshop.live import Answer, Place, Ranking, Vote, Words, for_room
from data.workshop.scenes import Question, Scene
from layers.words import listed

SMALL = 5
"""Counts below this, and not zero, are the small ones."""

FEWER = f"fewer than {SMALL}"

NOBODY = "There is no answer to show."
ORDERED = "put them in order"

_LISTS: tuple[str, ...] = ("bars", "areas", "pins", "words", "ranks")
_NAMED = 3
"""Places named in a sentence."""


def results(scene: Scene, answers: Sequence[Answer], *, names: Mapping[str, str], hide_small: bool) -> dict[str, Any]:
    """The answers to a scene's question that the room may see, as JSON holds them.

    Parameters
    ----------
    answers : of any scenes, oldest first; only what the room may see of those to this one is counted.
    names : the local name of a wider area by its code.
    hide_small : whether counts of 1 to 4 are told as "fewer than 5". Then one pin stands for all that are alike.

    Returns
    -------
    `kind`; `people` who answered and their `answers` (None where a hidden count could be worked out from them);
    `least`, the number of people that what is told makes certain; `summary`; and of these lists the ones that apply,
    the others empty:

    * `bars` : an option each, in the question's order: `label`, `count` of people, `told`.
    * `areas` : a wider area each, most people first: `code`, `name`, `count` of people, `told`.
    * `pins` : `id`, `at` (latitude and longitude), `note`, `area`.
    * `words` : `id` and `text`, the newest last.
    * `ranks` : an option each, best first: `label`, `place` (those alike share one), `mean` place, `first` (people who
      put it first), `told`. If one `first` is hidden all are; if fewer than five people answered, the means are, too.
    """
    question = scene.question
    told: dict[str, Any] = {"kind": question.kind if question else "", "people": 0, "answers": 0, "least": 0}
    told |= {name: [] for name in _LISTS} | {"summary": NOBODY if question else ""}
    ours = [for_room(each) for each in answers if each.scene == scene.id]
    kept = [each for each in ours if each and question and _fits(each, question)]
    if question is None or not kept:
        return told | _empty(question, hide_small=hide_small)
    told |= _people(kept)
    if question.kind == "vote":
        return told | _vote(question, kept, hide_small=hide_small)
    if question.kind == "rank":
        return told | _rank(question, kept, hide_small=hide_small)
    if question.kind == "place":
        return told | _places(question, kept, names, hide_small=hide_small)
    return told | _words(kept)


def hidden(told: Mapping[str, Any]) -> bool:
    """Whether a result keeps a small number back."""
    return told["people"] is None


def people_told(told: Mapping[str, Any]) -> str:
    """ "23 people", "1 person", or "at least 23 people" where the number is kept back."""
    if hidden(told):
        return f"at least {_people_text(told['least'])}"
    return _people_text(told["people"])


def _fits(answer: Answer, question: Question) -> bool:
    """Whether an answer fits the question as it is asked now."""
    value, options = answer.value, range(len(question.options))
    fits = {
        "vote": isinstance(value, Vote) and bool(value.chosen) and set(value.chosen) <= set(options),
        "rank": isinstance(value, Ranking) and sorted(value.order) == list(options),
        "place": isinstance(value, Place),
        "words": isinstance(value, Words),
    }
    return fits.get(question.kind, False)


def _empty(question: Question | None, *, hide_small: bool) -> dict[str, Any]:
    """The options that nobody chose."""
    if question is not None and question.kind == "vote":
        return {"bars": _bars(question, Counter(), hide_small=hide_small)}
    return {}


def _people(kept: Sequence[Answer]) -> dict[str, int]:
    people = len({each.person for each in kept})
    return {"people": people, "answers": len(kept), "least": people}


def _unsaid(least: int) -> dict[str, Any]:
    """What is told of the people where a hidden count could be taken from a total."""
    return {"people": None, "answers": None, "least": least}


def _shown(count: int, *, hide_small: bool) -> dict[str, Any]:
    small = hide_small and 0 < count < SMALL
    return {"count": None, "told": FEWER} if small else {"count": count, "told": f"{count:,}"}


def _at_least(rows: Iterable[Mapping[str, Any]], most: int) -> int:
    """The people that told counts make certain, where each person may stand in up to `most` of them."""
    counts = [1 if row["count"] is None else int(row["count"]) for row in rows]
    return max(math.ceil(sum(counts) / most), *counts)


def _bars(question: Question, counts: Mapping[int, int], *, hide_small: bool) -> list[dict[str, Any]]:
    return [
        {"label": label, **_shown(counts.get(i, 0), hide_small=hide_small)} for i, label in enumerate(question.options)
    ]


def _vote(question: Question, kept: Sequence[Answer], *, hide_small: bool) -> dict[str, Any]:
    chosen = {(each.person, i) for each in kept if isinstance(each.value, Vote) for i in each.value.chosen}
    bars = _bars(question, Counter(i for _, i in chosen), hide_small=hide_small)
    told: dict[str, Any] = {"bars": bars}
    if any(bar["count"] is None for bar in bars):
        told |= _unsaid(_at_least(bars, question.most))
    return told | {"summary": f"{_answered(_people(kept) | told)} {_most_chosen(bars)}"}


def _rank(question: Question, kept: Sequence[Answer], *, hide_small: bool) -> dict[str, Any]:
    orders = list({each.person: each.value.order for each in kept if isinstance(each.value, Ranking)}.values())
    options = range(len(question.options))
    firsts = [sum(order[0] == i for order in orders) for i in options]
    means = [Fraction(sum(order.index(i) + 1 for order in orders), len(orders)) for i in options]
    if not (hide_small and any(0 < first < SMALL for first in firsts)):
        said = [f"; put first by {first:,} of {len(orders):,}" for first in firsts]
        return _ranked(question, _people(kept), [(round(mean, 2), mean) for mean in means], firsts, said)
    if len(orders) < SMALL:
        ranks = [
            {"label": each, "place": None, "mean": None, "first": None, "told": FEWER} for each in question.options
        ]
        told = _unsaid(1)
        return told | {
            "ranks": ranks,
            "summary": f"{_answered(told, ORDERED)} Mean places are told from {SMALL} people on.",
        }
    rounded = [round(mean, 1) for mean in means]
    return _ranked(question, _unsaid(SMALL), [(mean, mean) for mean in rounded], [None] * len(means), [""] * len(means))


def _ranked(
    question: Question,
    people: dict[str, Any],
    means: Sequence[tuple[Fraction, Fraction]],
    firsts: Sequence[int | None],
    said: Sequence[str],
) -> dict[str, Any]:
    """Options in the order of their means. `means` : as shown, and as compared."""
    ranks: list[dict[str, Any]] = [
        {
            "label": question.options[i],
            "place": 1 + sum(other < means[i][1] for _, other in means),
            "mean": float(means[i][0]),
            "first": firsts[i],
            "told": f"mean place {float(means[i][0]):g}{said[i]}",
        }
        for i in sorted(range(len(means)), key=lambda i: (means[i][1], i))
    ]
    return people | {"ranks": ranks, "summary": f"{_answered(people, ORDERED)} {_best(ranks)}"}


def _places(
    question: Question, kept: Sequence[Answer], names: Mapping[str, str], *, hide_small: bool
) -> dict[str, Any]:
    given = [(each, each.value) for each in kept if isinstance(each.value, Place)]
    counts = Counter(area for _, area in {(each.person, place.area) for each, place in given})
    areas = [
        {"code": code, "name": names.get(code, code), **_shown(count, hide_small=hide_small)}
        for code, count in counts.items()
    ]
    areas.sort(key=lambda row: (-(row["count"] or 0), row["name"], row["code"]))
    told: dict[str, Any] = {"areas": areas, "pins": _pins(given, merged=hide_small)}
    if any(area["count"] is None for area in areas):
        told |= _unsaid(_at_least(areas, question.most))
    return told | {"summary": f"{_answered(_people(kept) | told, 'pointed to a place')} {_most_pointed(areas)}"}


def _pins(given: Iterable[tuple[Answer, Place]], *, merged: bool) -> list[dict[str, Any]]:
    """A pin each; where `merged`, one for all on a spot with the same note, none without one beside those with."""
    pins = [
        {"id": each.id, "at": list(place.at), "note": place.note, "area": place.area}
        for each, place in given
        if place.at is not None
    ]
    if not merged:
        return pins
    noted = {tuple(pin["at"]) for pin in pins if pin["note"]}
    alike: dict[Any, dict[str, Any]] = {}
    for pin in pins:
        if pin["note"] or tuple(pin["at"]) not in noted:
            alike.setdefault((*pin["at"], pin["note"]), pin)
    return list(alike.values())


def _words(kept: Sequence[Answer]) -> dict[str, Any]:
    words = [{"id": each.id, "text": each.value.text} for each in kept if isinstance(each.value, Words)]
    said = f"{len(words):,} answers are" if len(words) > 1 else "One answer is"
    return {"words": words, "summary": f"{_answered(_people(kept), 'wrote something')} {said} shown, the newest last."}


def _answered(told: Mapping[str, Any], did: str = "answered") -> str:
    people = people_told(told)
    kept_back = f" Numbers from 1 to {SMALL - 1} are not told." if hidden(told) else ""
    return f"{people[0].upper()}{people[1:]} {did}.{kept_back}"


def _people_text(count: int) -> str:
    return f"{count:,} {'person' if count == 1 else 'people'}"


def _most_chosen(bars: Sequence[Mapping[str, Any]]) -> str:
    top = max(bar["count"] or 0 for bar in bars)
    if not top:
        return f"Each answer was chosen by {FEWER} people, or by nobody."
    labels = [f"“{bar['label']}”" for bar in bars if bar["count"] == top]
    if len(labels) > 1:
        return f"{listed(labels)} were chosen most often, each by {_people_text(top)}."
    return f"{labels[0]} was chosen most often, by {_people_text(top)}."


def _best(ranks: Sequence[Mapping[str, Any]]) -> str:
    labels = [f"“{rank['label']}”" for rank in ranks if rank["place"] == 1]
    if len(labels) > 1:
        return f"On average {listed(labels)} came first together."
    return f"On average {labels[0]} came first, at a mean place of {ranks[0]['mean']:g}."


def _most_pointed(areas: Sequence[Mapping[str, Any]]) -> str:
    told = [f"{area['name']} ({area['told']})" for area in areas if area["count"]]
    if not told:
        return f"No neighbourhood was pointed to by {SMALL} people or more."
    if len(areas) == 1:
        return f"All of them pointed to {areas[0]['name']}."
    more = len(areas) - len(told[:_NAMED])
    others = f"; {more:,} more {'was' if more == 1 else 'were'} pointed to" if more else ""
    return f"Pointed to by most: {listed(told[:_NAMED])}{others}."
