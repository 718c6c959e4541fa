"""Changes of the register as people read them: who, when, what, and each field as it was and as it became."""

import pandas as pd

from data.register.changes import differences, from_json, name_of
from data.register.records import BY_TABLE, FIELDS

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
    said = []
    for name, (was, became) in differences(old, new).items():
        field = FIELDS[table][name]
        said.append(f"{field.title}: {_short(field.kind.write(was))} → {_short(field.kind.write(became))}")
    return "; ".join(said)


def moment_words(moment: str) -> str:
    """ "21 Nov 2026, 18:30" of universal time, in the time of the region."""
    at = pd.Timestamp(moment).tz_convert("Europe/London")
    return f"{at:%d %b %Y, %H:%M}".lstrip("0")


def _short(text: str) -> str:
    if not text:
        return "(blank)"
    return text if len(text) <= _SHOWN else f"{text[:_SHOWN]}..."


def _text(value: object) -> str | None:
    return value if isinstance(value, str) else None
