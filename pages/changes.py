"""Everything that was ever done to the register, newest first; an editor can take any of it back."""

import pandas as pd
import streamlit as st

from data.register.changes import ConflictError, as_json, name_of
from data.register.rights import NotAllowedError
from layers.changes_words import difference_words, moment_words
from pages import _edge, _query, _sub, _who

_STEPS, _RECORDS, _MANY = 30, 100, 50


def step(row: pd.Series) -> None:
    """One step: who, when, what, why; what it changed; and the way back."""
    number, count = int(row["number"]), int(row["count"])
    why = f" Why: {row['why']}." if row["why"] else ""
    undone = f" Undone by step {int(row['undone_by'])}." if pd.notna(row["undone_by"]) else ""
    undid = f" step {int(row['undoes'])}" if pd.notna(row["undoes"]) else ""
    records = "1 record" if count == 1 else f"{count:,} records"
    with st.expander(
        _edge.plain(f"{number}. {row['what']}{undid}: {records}. {row['who']}, {moment_words(row['moment'])}.{undone}")
    ):
        if why:
            st.markdown(_edge.plain(why.strip()))
        # Worked out only when asked for: a step may have changed thousands of records.
        if st.toggle("Show what changed", key=f"show-{number}"):
            changed(number, count)
        if _who.is_editor() and pd.isna(row["undone_by"]):
            sure = count <= _MANY or st.checkbox(f"Yes, all {count:,} records", key=f"sure-{number}")
            st.button(
                "Undo this",
                key=f"undo-{number}",
                icon=":material/undo:",
                on_click=undo,
                args=(number,),
                disabled=not sure,
            )


def changed(number: int, count: int) -> None:
    """What one step changed, a record a row."""
    changes = _edge.register().changes(number)[:_RECORDS]
    said = [difference_words(change.key[0], as_json(change.before), as_json(change.after)) for change in changes]
    table = pd.DataFrame({"Record": [change.key[1] for change in changes], "As it was, and as it became": said})
    st.dataframe(table, hide_index=True, alt=f"What step {number} changed")
    if count > _RECORDS:
        st.caption(f"The first {_RECORDS} of {count:,}.")


def undo(number: int) -> None:
    """Take a step back, unless something later stands on it."""
    try:
        made = _edge.register().undo(number, by=_who.me())
    except ConflictError as error:
        later = [f"{name_of(record) or key[1]}" for key, record in error.theirs.items()]
        _sub.say(
            f"Nothing was undone: a later step changed {len(later)} of the same records, first {later[0]}. "
            "Undo that later step first.",
            done=False,
        )
    except NotAllowedError as error:
        _sub.say(f"Nothing was undone. {error}", done=False)
    else:
        _sub.say(f"Step {number} is undone, by step {made.number}.")


st.title("Changes", anchor=False)
st.markdown("Nothing is ever lost: every change is kept with when, who and why, and any of them can be undone.")
_who.sign_in()
_sub.menu("changes.py")
_sub.done()
before = _query.word("before")
newest = int(before) if before.isdecimal() and before.isascii() and len(before) < 10 else 10**9
rows = _edge.register().ask("steps", before=newest, most=_STEPS)
for _, row in rows.iterrows():
    step(row)
if len(rows) == _STEPS:
    st.button("Older", on_click=_query.put, kwargs={"before": str(int(rows["number"].iloc[-1]))})
if before:
    st.button("Newest", on_click=_query.put, kwargs={"before": ""})
