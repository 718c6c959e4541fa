"""The menus of the register and of the plans, under the main one."""

import streamlit as st

from layers.view import View
from pages import _edge, _who

_PAGES = {
    "register.py": ("Find", ":material/search:"),
    "add.py": ("Suggest or add", ":material/add_location:"),
    "bring_in.py": ("Bring in a list", ":material/upload_file:"),
    "grid.py": ("Edit as a table", ":material/table_edit:"),
    "to_do.py": ("To do", ":material/checklist:"),
    "changes.py": ("Changes", ":material/history:"),
}
_PLANS = {
    "gaps.py": ("Gaps", ":material/travel_explore:"),
    "targets.py": ("Which first", ":material/format_list_numbered:"),
    "siting.py": ("Where to put help", ":material/add_location_alt:"),
    "shortlists.py": ("Shortlists", ":material/bookmarks:"),
    "clusters.py": ("Clusters", ":material/bubble_chart:"),
}
_FOR_EDITORS = ("bring_in.py", "grid.py")


def menu(here: str) -> None:
    """A link to each page of the register; editors have more."""
    with st.container(horizontal=True, gap="small"):
        for page, (title, icon) in _PAGES.items():
            if page not in _FOR_EDITORS or _who.is_editor():
                st.page_link(page, label=f"**{title}**" if page == here else title, icon=icon)


def plan_menu(here: str, view: View) -> None:
    """A link to each planning page, with everything that was chosen: they are steps of one plan."""
    link = view.to_link()
    with st.container(horizontal=True, gap="small"):
        for page, (title, icon) in _PLANS.items():
            st.page_link(page, label=f"**{title}**" if page == here else title, icon=icon, query_params=link or None)


def editors_only() -> None:
    """Stop the page for anyone but an editor, and say how to become one."""
    if not _who.is_editor():
        st.info("This page is for editors. Sign in at the side; anyone may suggest.", icon=":material/lock:")
        st.page_link("add.py", label="Suggest a place", icon=":material/add_location:")
        st.stop()


def done() -> None:
    """Say once, at the top, what the last step did; it can be undone on the page of changes."""
    said, done = st.session_state.pop("done", ("", True))
    if said and done:
        st.success(_edge.plain(said), icon=":material/check_circle:")
        st.page_link("changes.py", label="See it among the changes, where it can be undone", icon=":material/history:")
    elif said:
        st.warning(_edge.plain(said), icon=":material/info:")


def say(words: str, *, done: bool = True) -> None:
    """Have the next run of a page say what was done, or why nothing was."""
    st.session_state["done"] = (words, done)
