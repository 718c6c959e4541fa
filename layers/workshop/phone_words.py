"""The words of the phone's page, in each language that has a file; what a file does not have is said in English."""

import re
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path
from types import MappingProxyType

LANGUAGES = Path(__file__).parent / "phone" / "languages"
"""One file a language, named by its code, such as `en.toml`."""

FIRST = "en"
"""The language that has every word, and that is spoken where no other is asked for."""

_CODE = re.compile(r"[a-z]{2,3}(-[a-z0-9]{2,8})?")


@dataclass(frozen=True, kw_only=True, eq=False)
class Language:
    """The words of one language, the same only as itself."""

    code: str
    name: str
    """What its speakers call it."""
    direction: str
    """`ltr` or `rtl`."""
    page: Mapping[str, str] = field(repr=False)
    """What the server writes."""
    script: Mapping[str, str] = field(repr=False)
    """What the phone's script writes."""

    def say(self, key: str, **parts: object) -> str:
        """One of the server's texts, with its parts filled in."""
        return filled(self.page[key], parts)


def filled(text: str, parts: Mapping[str, object]) -> str:
    """A text with each `{name}` replaced by its part; nothing else in braces means anything."""
    return re.sub(r"\{(\w+)\}", lambda found: str(parts.get(found[1], found[0])), text)


@cache
def languages(folder: Path = LANGUAGES) -> Mapping[str, Language]:
    """Every language that has a file, by code, English first.

    Raises
    ------
    ValueError
        If a file cannot be read or has words that English does not: then a key is misspelt, and would never be seen.
    """
    whole = _read(folder / f"{FIRST}.toml")
    found = {FIRST: _language(FIRST, whole, whole)}
    for path in sorted(folder.glob("*.toml")):
        if path.stem != FIRST and _CODE.fullmatch(path.stem.lower()):
            found[path.stem.lower()] = _language(path.stem.lower(), _read(path), whole)
    return MappingProxyType(found)


def language(asked: str = "", accepted: str = "", *, folder: Path = LANGUAGES) -> Language:
    """The language to speak: the one asked for, else the first that the browser accepts, else English.

    `accepted` : as in the header Accept-Language.
    """
    known = languages(folder)
    for code in (asked.lower(), *_by_liking(accepted)):
        for each in (code, code.split("-")[0]):
            if each in known:
                return known[each]
    return known[FIRST]


def _by_liking(accepted: str) -> list[str]:
    """The codes of an Accept-Language header, those liked best first."""
    liked: list[tuple[float, str]] = []
    for part in accepted.split(",")[:20]:
        code, _, quality = part.strip().lower().partition(";")
        number = re.fullmatch(r"\s*q=([01](?:\.\d{0,3})?)\s*", quality)
        weight = float(number[1]) if number else 1.0
        if _CODE.fullmatch(code.strip()) and weight > 0:
            liked.append((-weight, code.strip()))
    return [code for _, code in sorted(liked, key=lambda each: each[0])]


def _language(code: str, told: Mapping[str, object], whole: Mapping[str, object]) -> Language:
    page, script = (_words(code, name, told, whole) for name in ("page", "script"))
    direction = "rtl" if told.get("dir") == "rtl" else "ltr"
    return Language(code=code, name=str(told.get("name", code)), direction=direction, page=page, script=script)


def _words(code: str, name: str, told: Mapping[str, object], whole: Mapping[str, object]) -> Mapping[str, str]:
    given, full = told.get(name, {}), whole[name]
    if not isinstance(given, dict) or not isinstance(full, dict):
        raise ValueError(f"{code}.toml: [{name}] is no table of words.")
    if odd := sorted(set(given) - set(full)):
        raise ValueError(f"{code}.toml: {len(odd)} keys of [{name}] are not in {FIRST}.toml, first {odd[0]!r}.")
    return MappingProxyType(full | {key: str(text) for key, text in given.items() if str(text).strip()})


def _read(path: Path) -> Mapping[str, object]:
    try:
        return tomllib.loads(path.read_text(encoding="utf-8"))
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
        raise ValueError(f"{path.name} cannot be read: {error}") from error
