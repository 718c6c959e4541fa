"""Two people edited the same record: the second is shown both, field by field, and chooses."""

import streamlit as st

from data.register.changes import ConflictError, differences, key_of, name_of
from data.register.records import FIELDS, Record, from_text, to_text
from pages import _edge, _sub, _who

_MINE = "what_I_wrote"


def remember(mine: Record, why: str) -> None:
    """Keep what someone wrote, so that nothing is lost while they look at both."""
    st.session_state[_MINE] = {"table": mine.table, "id": mine.id, "texts": to_text(mine), "why": why}


def settle(table: str, id_: str) -> bool:
    """If there is such a clash about a record, show both and let them choose; whether there is."""
    kept = st.session_state.get(_MINE)
    if not kept or (kept["table"], kept["id"]) != (table, id_):
        return False
    found = _edge.register().records(table, [id_])
    if not found:
        st.warning("Someone else removed this while you were editing it. Add it anew if it is still there.")
        st.button("Go on", on_click=_drop)
        return True
    theirs, version = found[0]
    mine: Record = from_text(type(theirs), kept["texts"])
    pairs = differences(theirs, mine)
    st.warning(
        _edge.plain(
            f"Someone else changed “{name_of(theirs)}” while you were editing it. Nothing of yours is lost: choose."
        ),
        icon=":material/call_split:",
    )
    for name in pairs:
        _choice(table, name, theirs, mine)
    left, right = st.columns(2)
    left.button(
        "Save what I chose", type="primary", on_click=_save, args=(theirs, version, mine, list(pairs), kept["why"])
    )
    right.button("Leave it as they wrote it", on_click=_drop)
    return True


def _choice(table: str, name: str, theirs: Record, mine: Record) -> None:
    """Both texts of one field, to choose from."""
    st.radio(
        FIELDS[table][name].title,
        ["Theirs", "Mine"],
        index=1,
        captions=[_edge.plain(to_text(each)[name]) or "(blank)" for each in (theirs, mine)],
        key=_key(mine, name),
    )


def _key(mine: Record, name: str) -> str:
    return f"clash-{mine.table}-{mine.id}-{name}"


def _save(theirs: Record, version: int, mine: Record, names: list[str], why: str) -> None:
    chosen = [name for name in names if st.session_state[_key(mine, name)] != "Theirs"]
    record: Record = from_text(type(theirs), to_text(theirs) | {name: to_text(mine)[name] for name in chosen})
    try:
        _edge.register().change(
            [record], by=_who.me(), what="Changed after a clash", why=why, seen={key_of(record): version}
        )
    except ConflictError:
        remember(record, why)  # a third person was quicker still: choose again
        return
    _sub.say(f"Saved: {name_of(record)}.")
    _drop()


def _drop() -> None:
    st.session_state.pop(_MINE, None)
    for key in [key for key in st.session_state if str(key).startswith("opened-")]:
        del st.session_state[key]
