"""Bring in a list as it is: see what is wrong row by row, put it right, and keep all of it or nothing."""

import streamlit as st

from data.bring.files import MOST_BYTES
from pages import _bring, _edge, _sub, _who

_ENDINGS = ["csv", "tsv", "txt", "xlsx", "xls", "ods", "geojson", "json"]


def wizard() -> None:
    """From a file to the register, a step under the other."""
    file = st.file_uploader(
        "A list: CSV, Excel, GeoJSON, Open Referral UK or 360Giving",
        type=_ENDINGS,
        max_upload_size=MOST_BYTES // 1_000_000,
        help="It is read here and goes nowhere else. Nothing is kept until you say so.",
    )
    if file is None:
        st.caption(
            "We know these by their headings: libraries (council lists and the national one), NHS trusts, schools and "
            "colleges (GIAS), the Charity Commission's extract, learning providers, 360Giving grants, Open Referral "
            "UK, and whatever Foothold sent out. Of any other list you say what its columns mean."
        )
        return
    try:
        opened = _bring.opened(file.name, file.file_id, file.getvalue())
        found = _bring.listed(opened, file.file_id)
    except ValueError as error:  # FileError and its like: the words are for the reader
        st.error(_edge.plain(str(error)), icon=":material/error:")
        return
    if found is None:
        return
    st.markdown(f"**{len(found.rows):,} rows**, understood as {_edge.plain(found.by)}.")
    for note in found.notes:
        st.caption(_edge.plain(note))
    said = _bring.defaults(found)
    corrected = _bring.edits(file.file_id)
    report = _bring.checked(found, said, corrected, file.file_id)
    st.header("What would happen", anchor=False)
    _bring.summary(report)
    _bring.problems(report, corrected)
    ready = report.accepted + report.fixed
    if corrected:
        st.button("Forget what was put right here", on_click=corrected.clear, icon=":material/undo:")
    if not report.puts:
        st.info("There is nothing new to bring in." if ready else "No row is ready yet.", icon=":material/info:")
    elif st.button(_bring.ready_words(ready), type="primary", icon=":material/playlist_add_check:"):
        _bring.write(report, opened.name)


st.title("Bring in a list", anchor=False)
_who.sign_in()
_sub.menu("bring_in.py")
_sub.editors_only()
_sub.done()
wizard()
