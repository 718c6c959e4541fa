"""The script that every visit runs: checks that the data is whole, then shows the page asked for."""

import streamlit as st

from data.pack import PackError
from layers.outlines import ICON
from pages import _edge, _link

st.set_page_config(page_title="Foothold", page_icon=str(ICON), layout="wide")
pages = [
    st.Page("map.py", title="Map", icon=":material/map:", default=True),
    st.Page("neighbourhood.py", title="Neighbourhood", icon=":material/location_on:"),
    st.Page("sources.py", title="Sources", icon=":material/fact_check:"),
]
page = st.navigation(pages, position="hidden")
try:
    _edge.store()
except PackError as error:
    st.title("The data is not whole")
    st.error(str(error), icon=":material/error:")
    st.stop()
_link.menu(pages, page)
page.run()
