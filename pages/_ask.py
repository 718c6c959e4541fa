"""Widgets for the fields of a record: one for each kind of field, and texts back that the record reads."""

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any

import streamlit as st

from data.register.fields import Field
from data.register.kinds import Day, FieldError, Hours, Number, OneOf, SomeOf, Tags, Text, YesNo
from data.register.records import FIELDS, Record

_LONG = 300
_UNKNOWN = ""


def ask(record: Record, names: Sequence[str], *, key: str) -> dict[str, str]:
    """A widget for each field of `names`, showing the record's own; what they now say, as text by field.

    Short fields stand two by two, long ones beneath them.
    """
    declared = FIELDS[record.table]
    long = [name for name in names if isinstance(kind := declared[name].kind, Text) and kind.longest > _LONG]
    pair, told = st.columns(2), {}
    for i, name in enumerate(name for name in names if name not in long):
        with pair[i % 2]:
            told[name] = _asked(declared[name], getattr(record, name), f"{key}-{name}")
    return told | {name: _asked(declared[name], getattr(record, name), f"{key}-{name}") for name in long}


def problems(found: Mapping[str, FieldError], table: str) -> None:
    """Say what could not be read, a field a line, with what was probably meant."""
    from pages import _edge

    for name, problem in found.items():
        title = FIELDS[table][name].title
        meant = f" Did you mean “{problem.suggestion}”?" if problem.suggestion else ""
        st.error(_edge.plain(f"{title}: {problem}{meant}"), icon=":material/error:")


def _asked(field: Field, value: Any, key: str) -> str:
    kind, label, about = field.kind, field.title + (" *" if field.needed else ""), field.about or None
    if isinstance(kind, OneOf):
        keys = [_UNKNOWN, *kind.words]
        at = keys.index(value) if value in keys else 0
        return st.selectbox(label, keys, at, format_func=_titles(kind.words), help=about, key=key)
    if isinstance(kind, SomeOf):
        return kind.write(st.multiselect(label, list(kind.words), value, _titles(kind.words), help=about, key=key))
    if isinstance(kind, Tags):
        usual = list(dict.fromkeys([*(value or ()), *kind.usual]))
        return kind.write(st.multiselect(label, usual, value, accept_new_options=True, help=about, key=key))
    if isinstance(kind, YesNo):
        words = {_UNKNOWN: "Not known", "yes": "Yes", "no": "No"}
        return st.selectbox(
            label, list(words), list(words).index(kind.write(value)), words.__getitem__, help=about, key=key
        )
    if isinstance(kind, Number):
        of, step, form = (float, None, "%g") if kind.decimals else (int, 1, "%d")
        held = None if value is None else of(value)
        number: Any = st.number_input  # its types want whole numbers and others apart
        return kind.write(number(label, of(kind.low), of(kind.high), held, step, form, help=about, key=key))
    if isinstance(kind, Day):
        day = date.fromisoformat(value) if value else None
        picked = st.date_input(label, day, date(1900, 1, 1), date(2100, 1, 1), format="DD/MM/YYYY", help=about, key=key)
        return picked.isoformat() if isinstance(picked, date) else ""
    if isinstance(kind, Text) and kind.longest > _LONG:
        return st.text_area(label, value or "", max_chars=kind.longest, help=about, key=key)
    hint = "Mo-Fr 09:00-17:00; Sa 10:00-12:00" if isinstance(kind, Hours) else None
    return st.text_input(label, kind.write(value), placeholder=hint, help=about, key=key)


def _titles(words: Mapping[str, str]) -> Any:
    return lambda key: words.get(key, "Not known")
