"""What Open Referral UK has no slot for: our ids, and fields as attributes that bring every text back exactly.

An attribute links a record to a term. The term's name holds the text, its description what people call the field, its
taxonomy the table ("Foothold services"), and the link's type the field. A field of several words has an attribute for
each. The practice and the grants of an organisation hang on it as attributes that share the id of what they describe.
"""

import hashlib
import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from functools import lru_cache
from typing import Any
from uuid import UUID

from data.oruk.slots import Slots, text_of
from data.register.kinds import SEPARATOR, FieldError, SomeOf, Tags
from data.register.records import BY_TABLE, FIELDS

NAMESPACE = UUID("5b0c2a86-6f0e-4c39-9f43-0d7c9e5b1d27")
"""Ours alone: every id that we make up follows from it, and so is the same in every file."""

REGISTER = "Foothold register"
"""The type of the identifier that is our own id of an organisation."""

_TAXONOMY = "Foothold "
_LONGEST_WORDS = 500
"""Characters up to which a text may be the words of a list: longer ones are not compared with it."""
_UUID = re.compile(r"[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}")


def made_id(*parts: str) -> str:
    """The UUID (version 5) that follows from texts."""
    said = "\x1f".join(parts).encode("utf-8", "replace")
    return str(UUID(bytes=hashlib.sha1(NAMESPACE.bytes + said, usedforsecurity=False).digest()[:16], version=5))


def oruk_id(table: str, id_: str) -> str:
    """The UUID of one of our records: its own id if that is one."""
    return id_ if _UUID.fullmatch(id_) else made_id(table, id_)


@lru_cache(maxsize=20_000)
def _term_id(table: str, name: str, text: str) -> str:
    return made_id("term", table, name, text)


def attributes(table: str, link_id: str, texts: Iterable[tuple[str, str]]) -> list[dict[str, Any]]:
    """Fields of one record, by name and text, as attributes that link `link_id` to terms."""
    return [
        {
            "id": made_id("attribute", table, link_id, name, str(place)),
            "link_id": link_id,
            "link_type": name,
            "taxonomy_term": _term(table, name, word),
        }
        for name, text in texts
        for place, word in enumerate(_words(table, name, text))
    ]


def _term(table: str, name: str, word: str) -> dict[str, Any]:
    declared = FIELDS[table][name]
    term = {
        "id": _term_id(table, name, word),
        "name": word,
        "description": declared.title,
        "taxonomy": _TAXONOMY + table,
    }
    titles = getattr(declared.kind, "words", {})
    return term | {"term": titles[word]} if word in titles else term


def _words(table: str, name: str, text: str) -> list[str]:
    several = isinstance(FIELDS[table][name].kind, SomeOf | Tags)
    return text.split(f"{SEPARATOR} ") if several else [text]


@dataclass
class Marked:
    """What attributes tell of one record of ours: its table, the id that they link, and texts by field."""

    table: str
    link_id: str
    texts: dict[str, str] = field(default_factory=dict)


def marked(record: Slots) -> tuple[list[Marked], list[str]]:
    """What the attributes of an object tell: records of ours, in order, and the names of everybody else's terms."""
    found: dict[tuple[str, str], Marked] = {}
    others = []
    for link_id, name, term in _links(record):
        word = text_of(term.get("name"))
        table = text_of(term.get("taxonomy")).removeprefix(_TAXONOMY)
        ours = text_of(term.get("taxonomy")).startswith(_TAXONOMY) and table in BY_TABLE
        if ours and name in FIELDS[table]:
            texts = found.setdefault((table, link_id), Marked(table, link_id)).texts
            if name not in texts:
                texts[name] = word
            elif isinstance(FIELDS[table][name].kind, SomeOf | Tags):
                texts[name] = f"{texts[name]}{SEPARATOR} {word}"
        elif word or name:
            others.append(word or name)
    return list(found.values()), others


def _links(record: Slots) -> Iterator[tuple[str, str, dict[str, Any]]]:
    """The attributes of an object, in any version's words: what they link, as what, and the term."""
    for name, inner in (("attributes", "taxonomy_term"), ("service_taxonomys", "taxonomy")):
        held = record.record.get(name)
        if not isinstance(held, list):
            continue
        record.done(name)
        for each in held:
            term = each.get(inner) if isinstance(each, dict) else None
            if isinstance(term, dict):
                yield text_of(each.get("link_id")), text_of(each.get("link_type")), term


@lru_cache(maxsize=20_000)
def as_written(table: str, name: str, text: str) -> str:
    """A text as the field itself would write it ("Urdu" -> "ur"); unchanged if the field cannot read it."""
    kind = FIELDS[table][name].kind
    if len(text) > _LONGEST_WORDS:
        return text
    try:
        return kind.write(kind.read(text))
    except FieldError:
        return text
