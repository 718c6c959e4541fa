"""What editors can do about one organisation, and how anyone can say that something is wrong."""

from collections.abc import Sequence
from dataclasses import replace
from typing import Any

import streamlit as st

from data.register import keep
from data.register.book import Entry
from data.register.changes import ConflictError, key_of, name_of
from data.register.edit import edited, save, typed_fields
from data.register.records import (
    FIELDS,
    Location,
    Organisation,
    Practice,
    Record,
    RecordError,
    Service,
    Suggestion,
    to_text,
)
from data.register.rights import NotAllowedError
from layers.changes_words import changes_table
from pages import _ask, _clash, _edge, _sub, _who

_NEW: dict[str, type[Any]] = {"A new service": Service, "A new place": Location, "A new practice": Practice}


def tools(entry: Entry) -> None:
    """All that an editor can do about an organisation."""
    _sub.done()
    st.header("Keep it true", anchor=False)
    st.button("Still true today", icon=":material/verified:", on_click=_confirm, args=(entry,), type="primary")
    records, labels = {_part(record): record for record in entry.records}, _labels(entry.records)
    key = f"part-{entry.organisation.id}"
    if st.session_state.get(key, "") not in ("", *records, *_NEW):
        st.warning("Someone else removed what you had open here, so it cannot be changed. Add it anew if it is there.")
    chosen = st.selectbox("Change", [*records, *_NEW], format_func=lambda part: labels.get(part, part), key=key)
    record = records.get(chosen) or _blank(_NEW[chosen], entry)
    if not _clash.settle(record.table, record.id):
        _form(entry, record, is_new=chosen in _NEW)
    if chosen not in _NEW:
        _ending(entry, record)
    _merging(entry)


def _form(entry: Entry, record: Record, *, is_new: bool) -> None:
    # What was read when the form opened: if someone saves meanwhile, this form is told so and shown both.
    opened = st.session_state.setdefault(
        f"opened-{entry.organisation.id}-{_part(record)}", {"seen": dict(entry.versions), "texts": to_text(record)}
    )
    key = f"edit-{_part(record)}-{opened['seen'].get(key_of(record), 0)}"
    with st.form(key):
        typed = _ask.ask(record, typed_fields(record), key=key)
        why = st.text_input("Why", max_chars=300, placeholder="Such as: they told me by phone", key=f"{key}-why")
        if not st.form_submit_button("Save", icon=":material/save:", type="primary"):
            return
    # Only what was changed here: what someone else changed meanwhile in another field stays.
    mine = {name: text for name, text in typed.items() if text != opened["texts"][name]}
    if not mine and not is_new:
        st.info("Nothing was changed, so nothing was saved.", icon=":material/info:")
        return
    try:
        after = edited(record, mine, _edge.gazetteer())
        save(_edge.register(), after, by=_who.me(), why=why, seen=opened["seen"], before=None if is_new else record)
    except RecordError as error:
        _ask.problems(error.problems, record.table)
    except ConflictError:
        _clash.remember(after, why)
        st.rerun()
    except NotAllowedError as error:
        st.error(_edge.plain(str(error)))
    else:
        _forget(entry)
        _sub.say(f"Saved: {name_of(after) or type(after).title}.")
        st.rerun()


def _ending(entry: Entry, record: Record) -> None:
    with st.expander("It has ended, or is here by mistake"):
        st.text_input("Why", max_chars=300, key=f"why-{_part(record)}")
        if isinstance(record, Organisation | Service):
            st.date_input("Ended, or will end, on", format="DD/MM/YYYY", key=f"on-{_part(record)}")
            st.button("Mark as ended", icon=":material/event_busy:", on_click=_end, args=(entry, record))
        st.button(
            "Remove it",
            icon=":material/delete:",
            on_click=_remove,
            args=(entry, record),
            help="For what should never have been here. What has ended should be marked as ended.",
        )


def _merging(entry: Entry) -> None:
    own = entry.organisation
    with st.expander("It is here twice"):
        words = st.text_input("Find the other one", value=" ".join(own.name.split()[:2]), key=f"other-{own.id}")
        none: dict[str, list[str]] = dict.fromkeys(
            ("kinds", "districts", "stages", "costs", "languages", "standings"), []
        )
        rows = _edge.register().ask("search", words=words.split(), today=_edge.today(), **none)
        others = {row.id: row for row in rows[rows["id"] != own.id].head(20).itertuples()}
        if not others:
            st.caption("No other organisation goes by these words.")
            return
        other = st.selectbox("Which", list(others), format_func=lambda id_: f"{others[id_].name} ({id_})")
        st.caption(
            _edge.plain(f"{own.name} stays. What it does not say is filled from the other, whose parts move here.")
        )
        st.button(
            "Merge the other into this one",
            icon=":material/merge:",
            on_click=lambda: _merge(entry, str(other)),
        )


def gone(id_: str) -> None:
    """What is said where there is no such organisation; and what was typed about it, if somebody just removed it."""
    _sub.done()
    st.info(_edge.plain(f"The register has nothing with the code “{id_}”. It was removed, or merged with another."))
    st.page_link("changes.py", label="See what was done, and undo it if it was wrong", icon=":material/undo:")
    if typed := _typed(id_):
        st.warning("What you typed was not saved. Here it is, to copy:", icon=":material/content_copy:")
        st.code("\n".join(f"{title}: {text}" for title, text in typed.items()), language=None, wrap_lines=True)


def _typed(id_: str) -> dict[str, str]:
    """What stands in the open forms of an organisation and was not there when they opened, by the field's title."""
    told = {}
    for name, kept in list(st.session_state.items()):
        table, _, record = str(name).removeprefix(f"opened-{id_}-").partition("-")
        if not str(name).startswith(f"opened-{id_}-") or table not in FIELDS:
            continue
        key = f"edit-{table}-{record}-{kept['seen'].get((table, record), 0)}"
        for field, declared in FIELDS[table].items():
            value = st.session_state.get(f"{key}-{field}")
            text = (
                value if isinstance(value, str) else "; ".join(value) if isinstance(value, list) else str(value or "")
            )
            if text and text != kept["texts"].get(field, ""):
                told[declared.title] = text
    return told


def suggest_correction(organisation: Organisation) -> None:
    """A visitor's way to say that something is wrong; it waits for an editor and changes nothing."""
    _sub.done()
    with st.form(f"correct-{organisation.id}", clear_on_submit=True):
        st.header("Something wrong?", anchor=False)
        says = st.text_area("What is missing or wrong", max_chars=2_000)
        name = st.text_input("Your name or role (if you like)", max_chars=120)
        if not st.form_submit_button("Suggest", icon=":material/send:"):
            return
    if not says.strip():
        st.warning("Say in a few words what is missing or wrong.")
        return
    made = Suggestion(
        id=keep.new_code("s"),
        about=organisation.id,
        name=organisation.name,
        says=" ".join(says.split())[:2_000],
        made_on=_edge.today(),
        made_by=name.strip() or None,
        state="waiting",
    )
    _edge.register().suggest(made, by=_who.me())
    st.success("Thank you. It waits for an editor; nothing changes until then.", icon=":material/check_circle:")


def history(organisation_id: str) -> None:
    """What was changed about an organisation, newest first."""
    with st.expander("History"):
        rows = _edge.register().ask("history", organisation=organisation_id, most=50)
        st.dataframe(changes_table(rows), hide_index=True, alt="What was changed, newest first")


def _confirm(entry: Entry) -> None:
    _do(keep.confirm, entry, today=_edge.today(), said="Confirmed: still true today.")


# What was typed is read when a button is pressed, not when it was drawn: the last of it may come with the press.
def _end(entry: Entry, record: Organisation | Service) -> None:
    on, why = st.session_state[f"on-{_part(record)}"], st.session_state[f"why-{_part(record)}"]
    _do(keep.end, entry, record, on=str(on), today=_edge.today(), why=why, said="Marked as ended.")


def _remove(entry: Entry, record: Record) -> None:
    _do(keep.remove, entry, record, why=st.session_state[f"why-{_part(record)}"], said="Removed.")
    st.session_state.pop(f"part-{entry.organisation.id}", None)


def _merge(entry: Entry, other: str) -> None:
    gone = _edge.register().entry(other)
    if gone is not None:
        _do(keep.merge, entry, gone, why="The same organisation", said=f"Merged with {gone.organisation.name}.")


def _do(act: Any, entry: Entry, *args: Any, said: str, **options: Any) -> None:
    """One step about an organisation; if someone else was quicker, say so and change nothing."""
    try:
        act(_edge.register(), entry, *args, by=_who.me(), **options)
    except (ConflictError, NotAllowedError) as error:
        _sub.say(f"Nothing was done: {error}", done=False)
    else:
        _forget(entry)
        _sub.say(said)


def _forget(entry: Entry) -> None:
    """Let forms begin anew, each with what the register now says; and the next new part with a code of its own."""
    own = entry.organisation.id
    new = {f"new-{kind.table}-{own}" for kind in _NEW.values()}
    for key in [key for key in st.session_state if key in new or str(key).startswith(f"opened-{own}-")]:
        del st.session_state[key]


def _labels(records: Sequence[Record]) -> dict[str, str]:
    """What people call each record; those that go by one name have their codes, too."""
    told = {_part(record): _label(record) for record in records}
    twice = [label for label in told.values() if list(told.values()).count(label) > 1]
    return {part: f"{label} ({part.split('-', 1)[1]})" if label in twice else label for part, label in told.items()}


def _label(record: Record) -> str:
    name = name_of(record) or getattr(record, "postcode", None) or record.id
    return f"{type(record).title}: {name}"


def _part(record: Record) -> str:
    """A record as part of a widget's key: a place may have the code of its organisation."""
    return f"{record.table}-{record.id}"


def _blank(kind: type[Any], entry: Entry) -> Record:
    """A new part of an organisation, whose code stays the same while its form is open."""
    code = st.session_state.setdefault(f"new-{kind.table}-{entry.organisation.id}", keep.new_code(kind.table[0]))
    needed = {name: "" for name, field in FIELDS[kind.table].items() if field.needed}
    made: Record = kind(**(needed | {"id": code, "organisation_id": entry.organisation.id}))
    if isinstance(made, Practice):
        made = replace(made, measure="living_wage")
    return made
