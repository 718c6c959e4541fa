"""Files of a session: sheets of paper before it, minutes and data afterwards. Each is made when it is asked for."""

import json
import re
from collections.abc import Callable
from functools import partial
from typing import get_args

import streamlit as st

from data.send.tables import TableForm
from data.workshop.live import Session
from data.workshop.room import Room
from layers.workshop import export, minutes, minutes_html, minutes_pdf, picture, worksheet
from pages import _edge

_PDF = "application/pdf"


@st.cache_resource(show_spinner=False)
def region() -> minutes.Region:
    """What the minutes and sheets of every session are made with. Shared."""
    return minutes.Region(outlines=picture.outlines_of(_edge.store()), names=_edge.msoa_names())


def minutes_of(room: Room) -> None:
    """The minutes as a page and as paper."""
    with st.container(horizontal=True):
        for label, make, ending, media_type in (
            ("Minutes (HTML)", minutes_html.as_html, "html", "text/html"),
            ("Minutes (PDF)", minutes_pdf.as_pdf, "pdf", _PDF),
        ):
            _file(label, partial(_minutes, room, make), _name(room.session, "minutes", ending), media_type)


def data_of(room: Room) -> None:
    """Every answer, one a row, and counts by neighbourhood, in each form."""
    st.caption(
        "Every answer is a row, with its place, its state (shown, held or hidden) and how it came. Nothing says which "
        "are one person’s. What is held or hidden is not for sharing. Small numbers stand in these files as they are, "
        "also where the room sees “fewer than 5”."
    )
    with st.container(horizontal=True):
        for form in export.FORMS:
            name = _name(room.session, "answers", form.ending)
            _file(f"Answers ({form.title.partition(',')[0]})", partial(_answers, room, form), name, form.media_type)
    form = export.FORMS[0]
    name = _name(room.session, "by-neighbourhood", form.ending)
    _file("Counts by neighbourhood (CSV)", partial(_counts, room, form), name, form.media_type)


def sheets_of_paper(room: Room, *, origin: str) -> None:
    """Sheets of paper to print, on which `origin` is where phones get in; "" leaves that out."""
    st.subheader("Sheets of paper", anchor=False)
    if not any(scene.question for scene in room.session.scenes):
        st.caption("No scene of this session asks anything, so there is nothing to write on.")
        return
    st.markdown(
        "One for each question, its map under a grid of lettered squares if it looks closely enough. They read in "
        "black and white."
    )
    with st.container(horizontal=True):
        for size in get_args(worksheet.Size):
            name = _name(room.session, f"sheets-{size}", "pdf")
            _file(f"Sheets ({size.upper()})", partial(_sheets, room, origin, size), name, _PDF)


def _minutes(room: Room, form: Callable[[minutes.Minutes], bytes]) -> bytes:
    told = minutes.compose(
        room.session,
        room.prepared,
        room.answers(),
        places=json.loads(room.places),
        region=region(),
        made=_edge.now(),
    )
    return form(told)


def _answers(room: Room, form: TableForm) -> bytes:
    return export.answers_sheet(room.session, room.answers(), names=_edge.msoa_names()).sent(form)


def _counts(room: Room, form: TableForm) -> bytes:
    return export.counts_sheet(room.session, room.answers(), names=_edge.msoa_names()).sent(form)


def _sheets(room: Room, origin: str, size: worksheet.Size) -> bytes:
    return worksheet.worksheets(
        room.session,
        room.prepared,
        places=json.loads(room.places),
        region=region(),
        address=origin and f"{origin}/j/{room.session.code}",
        made=_edge.now(),
        size=size,
    )


def _file(label: str, make: Callable[[], bytes], name: str, media_type: str) -> None:
    """A button that makes a file and gives it."""
    st.download_button(
        label,
        make,
        file_name=name,
        mime=media_type,
        icon=":material/download:",
        on_click="ignore",
        key=f"take {label}",
    )


def _name(session: Session, what: str, ending: str) -> str:
    """The name of a file: the session's title in plain letters, its day, and what the file is."""
    plain = re.sub(r"[^a-z0-9]+", "-", session.title.casefold()).strip("-")[:50].strip("-")
    return f"{plain or 'session'}-{session.day}-{what}.{ending}"
