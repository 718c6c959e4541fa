"""Taking a plan away: its table in each form, and the note of how it was worked out. Made only when asked for."""

from collections.abc import Callable, Sequence
from functools import partial
from urllib.parse import urlencode

import pandas as pd
import streamlit as st

from data.send.tables import TABLE_FORMS, TableForm
from geo.areas import Geography
from layers.plan.note import as_html, sources_of
from layers.view import View
from pages import _edge

_IN_THE_NOTE = 100
"""Rows of the table that the note repeats."""


def made_of() -> str:
    """The day, the pack and the register's version that a plan is of."""
    store = _edge.store()
    return (
        f"Worked out by Foothold on {_edge.today()}, from pack {store.manifest.pack} {store.manifest.version} and "
        f"version {_edge.register().version} of the register. Derived figures: our own working, no official statistics."
    )


def away(
    view: View,
    page: str,
    *,
    title: str,
    table: Callable[[], pd.DataFrame],
    said: Sequence[str],
    steps: Sequence[tuple[str, str]],
    layers: Sequence[str],
    register: bool = True,
) -> None:
    """Ways to take a plan away: CSV, Excel, GeoPackage with outlines, and the method note.

    `table` makes the rows, with a column `Code` for the outlines; `layers` names the sources by key, and
    `register` says whether the register is one, too.
    """
    sources = sources_of([*layers, *(["organisations"] if register else [])])
    link = f"/{page}?{urlencode(view.to_link())}"
    notes = [title, *said, *(f"{heading}: {words}" for heading, words in steps), *sources, made_of(), link]

    def file(form: TableForm) -> bytes:
        rows = table().reset_index(drop=True)
        outlines = _edge.store().shapes(Geography.LSOA21).set_index("code").geometry
        return form.make(rows, outlines.reindex(rows["Code"]).reset_index(drop=True), notes)

    def note() -> bytes:
        rows = table().head(_IN_THE_NOTE)
        return as_html(title, said=said, steps=steps, rows=rows, sources=sources, made=made_of(), link=link)

    with st.container(horizontal=True):
        for form in TABLE_FORMS:
            st.download_button(
                form.title,
                partial(file, form),
                file_name=f"foothold-{page}-{_edge.today()}.{form.ending}",
                mime=form.media_type,
                icon=":material/download:",
                on_click="ignore",
                key=f"take_{form.key}",
            )
        st.download_button(
            "Note of how it was worked out",
            note,
            file_name=f"foothold-{page}-{_edge.today()}.html",
            mime="text/html",
            icon=":material/description:",
            on_click="ignore",
            key="take_note",
        )


def how(steps: Sequence[tuple[str, str]]) -> None:
    """How it was worked out, in a box that is filled when it is opened."""
    box = st.expander("How this was worked out", key="how", on_change="rerun")
    if box.open:
        box.markdown("\n\n".join(f"**{heading}.** {_edge.plain(words)}" for heading, words in steps))
