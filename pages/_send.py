"""Sending the register out: a file of what is listed, made only when asked for."""

import streamlit as st

from data.send.files import FORMS
from pages import _edge


def downloads(ids: list[str]) -> None:
    """A way to take away the organisations listed, in each form."""
    with st.popover("Download these", icon=":material/download:"):
        titles = {form.key: form.title for form in FORMS}
        key = st.radio("As", list(titles), format_func=titles.__getitem__, key="send_as")
        form = next(each for each in FORMS if each.key == key)
        st.caption(
            "All that is known of each organisation: places, services, practice and grants. The file can be brought "
            "back in. Who confirmed a record stands in it as they named themselves."
        )
        st.download_button(
            f"Make the .{form.ending} file ({len(ids):,} organisations)",
            lambda: form.make(_edge.register().entries(ids)),
            file_name=f"foothold-register-{_edge.today()}.{form.ending}",
            mime=form.media_type,
            icon=":material/download:",
            on_click="ignore",
        )
