"""Changes of the register as people read them: who, when, what, and each field as it was and as it became."""

from typing import Any

import pandas as pd

from data.register.changes import differences, from_json, name_of
from data.register.fields import Field
from data.register.kinds import SomeOf, Tags
from data.register.mend import short, some
from data.register.records import BY_TABLE, FIELDS, Story
from layers.workshop import story_words

_SHOWN = 90


def changes_table(rows: pd.DataFrame) -> pd.DataFrame:
    """The rows of data/sql/register/history.sql as a table: one row a record changed."""
    return pd.DataFrame(
        {
            "When": [moment_words(moment) for moment in rows["moment"]],
            "Who": rows["who"],
            "What": [
                f"{what}: {BY_TABLE[tab].title.lower()}" for what, tab in zip(rows["what"], rows["tab"], strict=True)
            ],
            "As it was, and as it became": [
                difference_words(tab, old, new)
                for tab, old, new in zip(rows["tab"], rows["before"], rows["after"], strict=True)
            ],
            "Why": rows["why"],
        }
    )


def difference_words(table: str, before: str | None, after: str | None) -> str:
    """What changed in one record, from its two states as JSON."""
    old, new = from_json(table, _text(before)), from_json(table, _text(after))
    if old is None:
        return f"New: {name_of(new) or 'record'}"
    if new is None:
        return f"Gone: {name_of(old) or 'record'}"
    fields = FIELDS[table]
    return "; ".join(
        f"{fields[name].title}: {story_words.changed(*pair)}"
        if (table, name) == (Story.table, "scenes")  # a text for a machine, of thousands of signs
        else _field_words(fields[name], *pair)
        for name, pair in differences(old, new).items()
    )


def moment_words(moment: str) -> str:
    """ "21 Nov 2026, 18:30" of universal time, in the time of the region."""
    at = pd.Timestamp(moment).tz_convert("Europe/London")
    return f"{at:%d %b %Y, %H:%M}".lstrip("0")


def _field_words(field: Field, was: Any, became: Any) -> str:
    """One field as it was and as it became; of a list too long to show, how long, and what came and went."""
    before, after = field.kind.write(was), field.kind.write(became)
    if isinstance(field.kind, SomeOf | Tags) and max(len(before), len(after)) > _SHOWN:
        return f"{field.title}: {_list_words(was or (), became or ())}"
    return f"{field.title}: {_short(before)} → {_short(after)}"


def _list_words(was: tuple[str, ...], became: tuple[str, ...]) -> str:
    before, after = set(was), set(became)
    told = {
        "now with": [short(each) for each in became if each not in before],
        "no longer with": [short(each) for each in was if each not in after],
    }
    moved = "; ".join(f"{words} {some(each, 3)}" for words, each in told.items() if each) or "in another order"
    return f"{len(was):,} → {len(became):,} ({moved})"


def _short(text: str) -> str:
    if not text:
        return "(blank)"
    return text if len(text) <= _SHOWN else f"{text[:_SHOWN]}..."


def _text(value: object) -> str | None:
    return value if isinstance(value, str) else None
