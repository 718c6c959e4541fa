"""Edit many records at once, as a table; only what was changed is written, and all of it or nothing."""

from typing import Any

import pandas as pd
import streamlit as st

from data.register.changes import ConflictError, Key, key_of
from data.register.edit import edited, typed_fields
from data.register.kinds import OneOf
from data.register.records import FIELDS, Location, Organisation, Record, RecordError, Service, to_text
from pages import _edge, _query, _sub, _who

_KINDS: dict[str, type[Any]] = {"Organisations": Organisation, "Services": Service, "Places": Location}
_MOST = 200
_OPEN = "table_open"
_TITLES = {
    key: title
    for declared in FIELDS.values()
    for field in declared.values()
    if isinstance(field.kind, OneOf)
    for key, title in field.kind.words.items()
}


def chosen(kind: type[Any], words: str) -> list[tuple[Record, int]]:
    """The records of one kind that belong to organisations that fit some words."""
    none: dict[str, list[str]] = dict.fromkeys(("kinds", "districts", "stages", "costs", "languages", "standings"), [])
    rows = _edge.register().ask("search", words=words.split()[:10], today=_edge.today(), **none)
    of = "id" if kind is Organisation else "organisation_id"
    return _edge.register().records(kind.table, rows["id"].tolist(), of=of)[:_MOST]


def opened(kind: type[Any], words: str) -> tuple[str, list[tuple[Record, int]]]:
    """The records as they were when the table was opened, and the table's key.

    What others save meanwhile must not take away what was typed here: a table is read anew only while it is as it was.
    """
    asked, version = f"{kind.table}-{words}", _edge.register().version
    held = st.session_state.get(_OPEN)
    typed = held and st.session_state.get(held["key"], {}).get("edited_rows")
    if not held or held["asked"] != asked or (held["version"] != version and not typed):
        held = {"asked": asked, "version": version, "key": f"grid-{asked}-{version}", "pairs": chosen(kind, words)}
        st.session_state[_OPEN] = held
    return held["key"], held["pairs"]


def _title(key: object) -> str:
    """What people read for a key of any of the register's lists."""
    return _TITLES.get(str(key), str(key))


def columns(kind: type[Any], names: list[str]) -> dict[str, Any]:
    """A column a field: a list to choose from where there is one."""
    declared = FIELDS[kind.table]
    return {
        name: st.column_config.SelectboxColumn(declared[name].title, options=list(one.words), format_func=_title)
        if isinstance(one := declared[name].kind, OneOf)
        else st.column_config.TextColumn(declared[name].title, help=declared[name].about or None)
        for name in names
    }


def save(records: dict[str, tuple[Record, int]], changed: dict[str, dict[str, str]], why: str) -> None:
    """Write what was changed, as one step; or say what stands in its way, and write nothing."""
    puts, problems = [], []
    for id_, texts in changed.items():
        try:
            puts.append(edited(records[id_][0], texts, _edge.gazetteer()))
        except RecordError as error:
            declared = FIELDS[records[id_][0].table]
            problems += [f"{id_}, {declared[name].title}: {problem}" for name, problem in error.problems.items()]
    if problems:
        count = "1 cell" if len(problems) == 1 else f"{len(problems)} cells"
        st.error(_edge.plain(f"Nothing was saved: {count} cannot be kept. " + " ".join(problems[:5])))
        return
    seen: dict[Key, int] = {key_of(records[id_][0]): records[id_][1] for id_ in changed}
    try:
        _edge.register().change(puts, by=_who.me(), what="Changed in the table", why=why, seen=seen)
    except ConflictError as error:
        st.error(_edge.plain(f"{error} Your cells are still here: note them, then open the table afresh."))
        st.button("Open the table afresh", icon=":material/refresh:", on_click=_shut)
        return
    _shut()
    _sub.say(f"Saved: {_records(len(puts))}.")
    st.rerun()


def _records(count: int, which: str = "") -> str:
    return f"{count} {which}record{'' if count == 1 else 's'}"


def _shut() -> None:
    st.session_state.pop(_OPEN, None)


st.title("Edit as a table", anchor=False)
_who.sign_in()
_sub.menu("grid.py")
_sub.editors_only()
_sub.done()
left, right = st.columns([2, 3])
title = left.segmented_control("What", list(_KINDS), default="Organisations", required=True)
words = right.text_input("Only organisations with these words", **_query.bound("find", _query.word("find")))
kind = _KINDS[title or "Organisations"]
key, pairs = opened(kind, words)
st.caption(
    f"{len(pairs):,} records" + (f": the first {_MOST}. Type words to see others." if len(pairs) == _MOST else "")
)
names = typed_fields(pairs[0][0]) if pairs else []
before = pd.DataFrame([{"id": r.id} | {n: to_text(r)[n] for n in names} for r, _ in pairs], columns=["id", *names])
after = st.data_editor(
    before,
    hide_index=True,
    disabled=["id"],
    column_config={"id": st.column_config.TextColumn("Code", pinned=True)} | columns(kind, names),
    key=key,
    height=560,
)
# A cell that is emptied comes back as missing, whatever pandas calls that.
after = after.fillna("")
changed = {
    str(after["id"][i]): {n: str(after[n][i]) for n in names if after[n][i] != before[n][i]} for i in range(len(before))
}
changed = {id_: texts for id_, texts in changed.items() if texts}
why = st.text_input("Why", max_chars=300)
if st.button(
    f"Save {_records(len(changed), 'changed ')}",
    disabled=not changed,
    type="primary",
    icon=":material/save:",
):
    save({record.id: (record, version) for record, version in pairs}, changed, why)
