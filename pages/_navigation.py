"""The script that every visit runs: checks that the data is whole, then shows the page asked for."""

import streamlit as st

from data.pack import PackError
from data.register.tables import RegisterError
from layers.outlines import ICON
from pages import _edge, _link

st.set_page_config(page_title="Foothold", page_icon=str(ICON), layout="wide")
pages = [
    st.Page("map.py", title="Map", default=True),
    st.Page("neighbourhood.py", title="Neighbourhood"),
    st.Page("gaps.py", title="Gaps and plans"),
    st.Page("workshop.py", title="Workshop"),
    st.Page("register.py", title="Register"),
    st.Page("sources.py", title="Sources"),
]
of_the_register = [
    st.Page("add.py", title="Suggest or add"),
    st.Page("bring_in.py", title="Bring in a list"),
    st.Page("grid.py", title="Edit as a table"),
    st.Page("to_do.py", title="To do"),
    st.Page("changes.py", title="Changes"),
]
of_the_plans = [
    st.Page("targets.py", title="Which first"),
    st.Page("siting.py", title="Where to put help"),
    st.Page("shortlists.py", title="Shortlists"),
    st.Page("clusters.py", title="Clusters"),
]
page = st.navigation([*pages, *of_the_register, *of_the_plans], position="hidden")
try:
    _edge.store()
    _edge.register()
except (PackError, RegisterError) as error:
    st.title("The data is not whole" if isinstance(error, PackError) else "The register cannot be opened")
    st.error(str(error), icon=":material/error:")
    st.stop()
above = {pages[2]: of_the_plans, pages[4]: of_the_register}
_link.menu(pages, page, under=next((main for main, below in above.items() if page in below), page))
page.run()
