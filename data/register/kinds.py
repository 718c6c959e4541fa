"""What a field of the register may hold: how it is read from people's words, written back, and stored.

A kind is a frozen value with two functions that undo each other: `read` takes text as people write it and `write`
gives the text that `read` takes back unchanged. Blank text is always None: not known, never zero.
"""

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cached_property
from typing import Any, ClassVar

from rapidfuzz import fuzz, process

from data.register.forms import Day, Email, Hours, Postcode, Website
from data.register.mend import FieldError, plain_words, short, some

SEPARATOR = ";"
"""Between the parts of a field that holds several."""

_CLOSE_ENOUGH = 72
"""Likeness, out of 100, from which another word is offered as what may have been meant."""

_LINE_ENDS = re.compile(r"\r\n?|[\u2028\u2029\x85]")
_CONTROLS = re.compile(r"[\x00-\x08\x0b-\x1f\x7f-\x9f\ud800-\udfff]")

_PARTS = re.compile(r"[;|\n]")
_COMMAS = re.compile(r",(?![^()]*\))")
"""Commas that part one word from the next, unlike those in "Persian (Farsi, Dari)"."""


@dataclass(frozen=True)
class Text:
    """Words, at most `longest` characters; of what is not a letter or a sign only line ends are kept."""

    longest: int = 300
    sql: ClassVar[str] = "VARCHAR"

    def read(self, text: str) -> str | None:
        text = _clean(text)
        if len(text) > self.longest:
            raise FieldError(f"{len(text):,} characters, where {self.longest:,} fit. Shorten it.")
        return text or None

    def write(self, value: Any) -> str:
        return value or ""


@dataclass(frozen=True)
class Code(Text):
    """A code that other records name: none of the signs by which a list of codes is told."""

    def read(self, text: str) -> str | None:
        found = super().read(text)
        if found and (odd := re.search(r"[;|()\n\t]", found)):
            raise FieldError(f"A code may not hold “{odd.group().strip() or 'a line end'}”, as “{short(found)}” does.")
        return found


@dataclass(frozen=True)
class OneOf:
    """One word of a list. `words` maps keys to titles; `also` maps other words that people use to keys."""

    words: Mapping[str, str]
    also: Mapping[str, str] = field(default_factory=dict)
    sql: ClassVar[str] = "VARCHAR"

    @cached_property
    def _known(self) -> dict[str, str]:
        """Keys by every word that stands for them."""
        known = {plain_words(each): key for key, title in self.words.items() for each in (key, title)}
        return known | {plain_words(word): key for word, key in self.also.items()}

    def read(self, text: str) -> str | None:
        known = self._known
        if not (typed := plain_words(text)):
            return None
        for word in (typed, typed.removesuffix("s")):
            if word in known:
                return known[word]
        near = process.extractOne(typed, list(known), scorer=fuzz.WRatio, score_cutoff=_CLOSE_ENOUGH)
        meant = self.words[known[near[0]]] if near else None
        raise FieldError(
            f"“{short(text)}” is not one of the {len(self.words)} choices: {some(list(self.words.values()))}.", meant
        )

    def write(self, value: Any) -> str:
        return value or ""


@dataclass(frozen=True)
class SomeOf:
    """Several words of a list, in the order of the list. `every` are words by which people mean all of them."""

    words: Mapping[str, str]
    also: Mapping[str, str] = field(default_factory=dict)
    every: tuple[str, ...] = ()
    sql: ClassVar[str] = "VARCHAR[]"

    @cached_property
    def _one(self) -> OneOf:
        return OneOf(self.words, self.also)

    def read(self, text: str) -> tuple[str, ...] | None:
        if plain_words(text) in self.every:
            return tuple(self.words)
        one = self._one
        parts = [part for part in _PARTS.split(text) if part.strip()]
        if len(parts) == 1:
            parts = [part for part in _COMMAS.split(text) if part.strip()]
        found, problems, meant = set(), [], []
        for part in parts:
            try:
                found.add(one.read(part))
                meant.append(part.strip())
            except FieldError as error:
                problems.append(str(error))
                meant += [error.suggestion] if error.suggestion else []
        if problems:
            raise FieldError(" ".join(problems), f"{SEPARATOR} ".join(dict.fromkeys(meant)) or None)
        return tuple(key for key in self.words if key in found) or None

    def write(self, value: Any) -> str:
        return f"{SEPARATOR} ".join(value or ())


@dataclass(frozen=True)
class Tags:
    """Several words of people's own choosing, each once, in the order given. `usual` are offered first."""

    usual: tuple[str, ...] = ()
    longest: int = 120
    sql: ClassVar[str] = "VARCHAR[]"

    def read(self, text: str) -> tuple[str, ...] | None:
        parts = tuple(dict.fromkeys(" ".join(part.split()) for part in _PARTS.split(_clean(text))))
        for part in parts:
            if len(part) > self.longest:
                raise FieldError(f"“{short(part)}” is too long for one entry. Put “;” between several.")
        return tuple(part for part in parts if part) or None

    def write(self, value: Any) -> str:
        return f"{SEPARATOR} ".join(value or ())


@dataclass(frozen=True)
class Number:
    """A number from `low` to `high`, whole unless `decimals`; "%", "£" and thousands' commas are allowed."""

    low: float = 0
    high: float = 1e9
    decimals: bool = False

    @property
    def sql(self) -> str:
        """The type it is stored as."""
        return "DOUBLE" if self.decimals else "BIGINT"

    def read(self, text: str) -> float | int | None:
        bare = re.sub(r"[£%\s]|,(?=\d{3}(?:\D|$))", "", text)
        if not bare:
            return None
        if not re.fullmatch(r"[+-]?\d{1,15}(\.\d{1,12})?", bare, re.ASCII):
            digits = re.search(r"\d+(\.\d+)?", bare, re.ASCII)
            raise FieldError(f"“{short(text)}” is not a number.", digits and digits.group())
        value = float(bare)
        if not self.low <= value <= self.high:
            raise FieldError(f"{bare} is not between {self.low:,g} and {self.high:,g}.")
        if self.decimals:
            return value
        if value != int(value):
            raise FieldError(f"{bare} is not a whole number.", str(round(value)))
        return int(value)

    def write(self, value: Any) -> str:
        if value is None:
            return ""
        return f"{value:.12f}".rstrip("0").rstrip(".") if self.decimals else str(value)


@dataclass(frozen=True)
class YesNo:
    """Yes, no, or not known."""

    sql: ClassVar[str] = "BOOLEAN"

    def read(self, text: str) -> bool | None:
        said = {"yes": True, "y": True, "true": True, "1": True, "no": False, "n": False, "false": False, "0": False}
        if (typed := plain_words(text)) in ("", "unknown", "not known", "don t know"):
            return None
        if typed not in said:
            raise FieldError(f"“{short(text)}” is not yes or no.")
        return said[typed]

    def write(self, value: Any) -> str:
        return "" if value is None else "yes" if value else "no"


Kind = Text | OneOf | SomeOf | Tags | Number | YesNo | Day | Website | Email | Postcode | Hours


def _clean(text: str) -> str:
    """Text with one kind of line end and no characters that are neither letters nor signs."""
    return _CONTROLS.sub("", _LINE_ENDS.sub("\n", text)).strip()
