"""Where every figure comes from: the sources declared in catalogue.toml, each checked as it is read."""

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass, fields
from pathlib import Path
from typing import Any

CATALOGUE = Path(__file__).with_name("catalogue.toml")


class CatalogueError(ValueError):
    """An entry of the catalogue lacks something, or has something it should not."""


@dataclass(frozen=True, kw_only=True)
class Source:
    """One publication, as it is shown on the Sources page."""

    key: str
    title: str
    publisher: str
    url: str
    """The publisher's own page, or empty where none is known."""
    licence: str
    licence_url: str
    """Empty where the licence has no page."""
    vintage: str
    geography: str
    attribution: str
    """The sentence to show wherever the figures are."""
    obtained: str
    """How it reached us, in plain words."""
    checks: tuple[str, ...]
    """What it was tested for and passed, one sentence each."""
    caveat: str


MAY_BE_EMPTY = frozenset({"url", "licence_url"})
_FIELDS = tuple(field.name for field in fields(Source) if field.name != "key")


def read_catalogue(path: Path = CATALOGUE) -> dict[str, Source]:
    """Every source by its key, in the order of the file.

    Raises
    ------
    CatalogueError
        If the file is not TOML, or an entry lacks a field, has an unknown one, or one of the wrong kind. The
        text names the entry and the fields.
    """
    try:
        entries = tomllib.loads(path.read_text(encoding="utf-8"))
    except FileNotFoundError as error:
        raise CatalogueError(f"There is no '{path.name}'. Put it back with `git checkout data`.") from error
    except ValueError as error:
        raise CatalogueError(f"'{path.name}' is not readable: {error}.") from error
    return {key: _source(key, entry) for key, entry in entries.items()}


def _source(key: str, entry: object) -> Source:
    if not isinstance(entry, Mapping):
        raise CatalogueError(f"The entry '{key}' of the catalogue is not a table: begin it with [{key}].")
    missing = [name for name in _FIELDS if name not in entry]
    unknown = sorted(entry.keys() - set(_FIELDS))
    if missing or unknown:
        faults = [f"lacks {', '.join(missing)}"] * bool(missing)
        faults += [f"has the unknown {', '.join(unknown)}"] * bool(unknown)
        raise CatalogueError(f"The entry '{key}' of the catalogue {' and '.join(faults)}.")
    return Source(key=key, **{name: _value(key, name, entry[name]) for name in _FIELDS})


def _value(key: str, name: str, value: Any) -> Any:
    if name == "checks":
        kind, lines = "a list of sentences", value if isinstance(value, list) else []
        good = bool(lines) and all(isinstance(line, str) and line for line in lines)
    else:
        kind = "text"
        good = isinstance(value, str) and (bool(value.strip()) or name in MAY_BE_EMPTY)
    if not good:
        raise CatalogueError(f"In the entry '{key}' of the catalogue, {name} must be {kind}, not {value!r}.")
    return tuple(value) if name == "checks" else value


SOURCES: dict[str, Source] = read_catalogue()
"""The sources of the built-in pack."""


def as_markdown() -> str:
    """The sources as the table that the README shows: `python -m data.catalogue` prints it."""
    rows = ["| Source | Publisher | Of | Licence |", "|---|---|---|---|"]
    for source in SOURCES.values():
        title = f"[{source.title}]({source.url})" if source.url else source.title
        rows.append(f"| {title} | {source.publisher} | {source.vintage} | {source.licence} |")
    return "\n".join(rows)


if __name__ == "__main__":
    print(as_markdown())
