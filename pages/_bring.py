"""The steps of bringing in a list: what the file is, what its columns mean, what is wrong, and writing it."""

import json
from collections.abc import Callable, Mapping
from typing import Any

import pandas as pd
import streamlit as st

from data.bring.check import CHOICE, CHOICES, check
from data.bring.files import Opened, Sheet, open_file
from data.bring.guess import TARGETS, guess
from data.bring.report import REASONS, REMEDIES, Report, as_csv, column_title, suggested
from data.bring.sheets import Listed, from_columns, from_document, from_layout, from_own, is_own, layout_of, tables
from data.register.changes import ConflictError
from data.register.vocabulary import ANCHOR_TYPES, EVIDENCE, STANDINGS, SUPPORT_TYPES
from pages import _edge, _sub, _who

_EDITS, _MEANT = "bringing_edits", "bringing_meaning"
_DESKS, _SHOWN, _SAMPLES = 8, 200, 3

Edits = dict[int, dict[str, str]]


@st.cache_resource(show_spinner=False)
def _desk() -> dict[str, Any]:
    """Files that are open and what was found in them, of the last few who brought one; too large for a session."""
    return {}


def _kept(key: str, make: Any) -> Any:
    desk = _desk()
    if key not in desk:
        desk[key] = make()
        for old in list(desk)[: -3 * _DESKS]:
            desk.pop(old, None)
    return desk[key]


def opened(name: str, file_id: str, content: bytes) -> Opened:
    """A file that was brought, read once; FileError if it cannot be."""
    found: Opened = _kept(f"file {file_id}", lambda: open_file(name, content))
    return found


def listed(file: Opened, file_id: str) -> Listed | None:
    """The list in a file, by its own layout or by what people say its columns mean; None until they said enough."""
    sheets = tables(file)
    if not sheets:
        found: Listed = _kept(f"document {file_id}", lambda: from_document(file.document, file.name))
        return found
    sheet = sheets[0]
    if len(sheets) > 1:
        at = st.selectbox(
            "Which sheet", range(len(sheets)), format_func=lambda i: f"{sheets[i].name}: {len(sheets[i].rows):,} rows"
        )
        sheet = sheets[at]
    if is_own(sheet):
        return from_own(sheet)
    layout = layout_of(sheet)
    if layout and st.toggle(f"Read it as {layout.title}", value=True, key=f"layout-{file_id}-{sheet.name}"):
        return from_layout(sheet, layout)
    meaning = _meaning(sheet, file_id)
    if "organisation_name" not in meaning:
        st.info("Say which column holds the names: set “Means” to “Organisation: Name”.", icon=":material/help:")
        return None
    return from_columns(sheet, meaning, file.name)


def _meaning(sheet: Sheet, file_id: str) -> dict[str, str]:
    """What each column means, guessed first; people correct it in the table."""
    first = {column: target for target, column in guess(sheet).items()}
    titles = TARGETS
    rows = [
        {
            "Column": column,
            "For example": "; ".join([row[i] for row in sheet.rows if row[i]][:_SAMPLES])[:120],
            "Means": titles.get(first.get(column, "")),
        }
        for i, column in enumerate(sheet.columns)
    ]
    st.markdown("**What do the columns mean?** Our guess stands in the last column: correct it, or leave it blank.")
    told = st.data_editor(
        pd.DataFrame(rows),
        hide_index=True,
        disabled=["Column", "For example"],
        column_config={"Means": st.column_config.SelectboxColumn(options=list(titles.values()), width="medium")},
        key=f"meaning-{file_id}-{sheet.name}",
    )
    keys = {title: target for target, title in titles.items()}
    pairs = [
        (keys[means], column) for column, means in zip(told["Column"], told["Means"], strict=True) if means in keys
    ]
    twice = {title for title in told["Means"].dropna() if list(told["Means"]).count(title) > 1}
    for title in sorted(twice):
        st.warning(_edge.plain(f"Several columns mean “{title}”: only the last of them is used."))
    return dict(pairs)


def defaults(found: Listed) -> dict[str, str]:
    """What holds for every row that does not say otherwise; nothing, unless people ask, for a list that says it all."""
    kinds = ANCHOR_TYPES | SUPPORT_TYPES
    first = 0 if found.whole else 1
    month = "" if found.whole else _edge.today()[:7]
    with st.expander("What holds for every row that does not say otherwise", expanded=not found.whole):
        st.caption("It fills blanks of what is new. What the register knows already stays as it is.")
        left, right = st.columns(2)
        said = {
            "kind": left.selectbox("What they are", ["", *kinds], format_func=_or_as_said(kinds)),
            "organisation_status": right.selectbox("Standing", ["", *STANDINGS], first, _or_as_said(STANDINGS)),
            "organisation_source": left.text_input("Known from", found.source, max_chars=500),
            "organisation_as_at": right.text_input("As of", month, max_chars=60),
            "organisation_verification": left.selectbox("Evidence", ["", *EVIDENCE], first, _or_as_said(EVIDENCE)),
            "organisation_licence": right.text_input("Licence", max_chars=120),
        }
    kind = said.pop("kind") or ""
    if kind:
        said["service_support_type" if kind in SUPPORT_TYPES else "organisation_anchor_type"] = kind
    if kind in SUPPORT_TYPES:
        said["service_status"] = said["organisation_status"]
    return {column: str(text) for column, text in said.items() if text}


def _or_as_said(titles: Mapping[str, str]) -> Callable[[str], str]:
    return lambda key: titles.get(key, "As the list says")


def edits(file_id: str) -> Edits:
    """What was put right on screen so far."""
    kept = st.session_state.get(_EDITS)
    if not kept or kept["file"] != file_id:
        kept = st.session_state[_EDITS] = {"file": file_id, "edits": {}}
    found: Edits = kept["edits"]
    return found


def checked(found: Listed, said: Mapping[str, str], corrected: Edits, file_id: str) -> Report:
    """What would happen to each row, worked out anew only when something changed."""
    register = _edge.register()
    key = json.dumps(
        [
            file_id,
            found.by,
            hash(found.rows and str(found.rows[0])),
            len(found.rows),
            dict(said),
            corrected,
            register.version,
        ]
    )

    def work() -> Report:
        with st.spinner(f"Checking {len(found.rows):,} rows"):
            bar = st.progress(0.0)
            made = check(
                found.rows,
                found.labels,
                gazetteer=_edge.gazetteer(),
                register=register,
                defaults=said,
                edits=corrected,
                heard=lambda part: _heard(bar, part),
            )
            bar.empty()
        return made

    report: Report = _kept(f"check {key}", work)
    return report


def problems(report: Report, corrected: Edits) -> None:
    """What is wrong, a reason at a time: how many, what could be done for all of them, and each row to put right."""
    for reason, title in REASONS.items():
        some = [finding for finding in report.findings if finding.reason == reason]
        if not some:
            continue
        with st.container(border=True):
            st.markdown(
                f"**{title}**: {len(some):,}" + ("" if any(f.refuses for f in some) else " (a note: they come in)")
            )
            st.caption(
                _edge.plain(
                    some[0].words
                    if len(some) == 1
                    else f"The first: {some[0].name} (row {some[0].label}). {some[0].words}"
                )
            )
            fixes = suggested(some, reason)
            if fixes:
                st.button(
                    f"{REMEDIES[reason]} ({len(fixes):,})",
                    key=f"fix-{reason}",
                    on_click=_take,
                    args=(corrected, fixes),
                )
            if reason in ("known", "twice"):
                with st.container(horizontal=True):
                    for choice in ("new", "add"):
                        st.button(
                            f"{CHOICES[choice]}: all {len(some):,}",
                            key=f"{choice}-{reason}",
                            on_click=_take,
                            args=(corrected, {f.row: {CHOICE: choice} for f in some}),
                        )
            if reason != "left_out":
                with st.expander("Row by row"):
                    _rows(some[:_SHOWN], corrected, reason)
                    if len(some) > _SHOWN:
                        st.caption(f"The first {_SHOWN} of {len(some):,}. All of them are in the report to download.")


def _rows(some: list[Any], corrected: Edits, reason: str) -> None:
    """The findings of one reason as a table whose values can be put right."""
    choosing = reason in ("known", "twice")
    table = pd.DataFrame(
        {
            "Row": [finding.label for finding in some],
            "Name": [finding.name for finding in some],
            "Field": [column_title(finding.column) for finding in some],
            "Value": ["" if choosing else finding.value for finding in some],
            "What is wrong": [finding.words for finding in some],
            "Suggestion": ["; ".join(text or "(blank)" for text in finding.fix.values()) for finding in some],
        }
    )
    options = st.column_config.SelectboxColumn(options=list(CHOICES.values())) if choosing else None
    after = st.data_editor(
        table,
        hide_index=True,
        disabled=[name for name in table.columns if name != "Value"],
        column_config={"Value": options} if options else {},
        key=f"rows-{reason}-{len(some)}-{some[0].row}",
    )
    keys = {title: key for key, title in CHOICES.items()}
    new: Edits = {}
    for i, finding in enumerate(some):
        value = str(after["Value"].fillna("").iloc[i])
        if value != table["Value"].iloc[i] and finding.column:
            new[finding.row] = {finding.column: keys.get(value, "") if choosing else value}
    if new:
        st.button(
            f"Use what I wrote ({len(new)})", key=f"use-{reason}", on_click=_take, args=(corrected, new), type="primary"
        )


def _take(corrected: Edits, new: Mapping[int, Mapping[str, str]]) -> None:
    for row, texts in new.items():
        corrected.setdefault(row, {}).update(texts)
    st.session_state[_EDITS]["edits"] = corrected


def summary(report: Report) -> None:
    """What would happen, in figures, and the report to take away."""
    refused = sum(report.refused.values())
    with st.container(horizontal=True):
        st.metric("Ready as they are", f"{report.accepted:,}")
        st.metric("Ready after a fix", f"{report.fixed:,}")
        st.metric("Not yet", f"{refused:,}")
    st.caption(
        f"They come to {report.new:,} new organisations, {report.changed:,} that we have and that would change, and "
        f"{report.unchanged:,} that we have already as they are."
    )
    st.download_button(
        "Download the report, row by row (CSV)",
        lambda: as_csv(report),
        file_name="foothold-report.csv",
        mime="text/csv",
        icon=":material/download:",
        on_click="ignore",
    )


def ready_words(ready: int) -> str:
    """What the button says that brings in the rows that are right."""
    return "Bring in the 1 row that is right" if ready == 1 else f"Bring in the {ready:,} rows that are right"


def write(report: Report, name: str) -> None:
    """Bring in the rows that are right, as one step that can be undone; nothing of it if it is stopped."""
    bar = st.progress(0.0, "Writing. To stop, press the button: then nothing is kept.")
    st.button("Stop", icon=":material/stop_circle:")
    try:
        step = _edge.register().change(
            report.puts, by=_who.me(), what=f"Brought in {name}", seen=report.seen, heard=lambda part: _heard(bar, part)
        )
    except ConflictError as error:
        st.error(_edge.plain(str(error)))
        return
    ready = report.accepted + report.fixed
    _sub.say(f"Brought in {'1 row' if ready == 1 else f'{ready:,} rows'} of {name}, as step {step.number}.")
    st.rerun()


def _heard(bar: Any, part: float) -> None:
    """Show how far it has come. A press of another button stops it here, and nothing of it is kept."""
    bar.progress(min(1.0, part))
