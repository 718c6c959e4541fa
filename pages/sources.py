"""What is held, from where, of which date, under which licence, and the checks it passed."""

import pandas as pd
import streamlit as st

from data.catalogue import SOURCES, Source
from pages import _edge


def one(source: Source) -> None:
    """One source in full."""
    with st.expander(_edge.plain(source.title)):
        said = {
            "Publisher": source.publisher,
            "Of": source.vintage,
            "Published for": source.geography,
            "Licence": source.licence,
            "How it reached us": source.obtained,
            "Say when you use it": source.attribution,
            "Bear in mind": source.caveat,
        }
        st.table({name: _edge.plain(text) for name, text in said.items() if text}, border="horizontal")
        st.markdown("**Checked:**\n" + "\n".join(f"- {_edge.plain(check)}" for check in source.checks))
        if source.url:
            st.link_button("The publisher's page", source.url, icon=":material/open_in_new:")


st.title("Sources", anchor=False)
manifest = _edge.store().manifest
st.markdown(
    "Every figure in Foothold comes from one of these sources. The files were checked against their fingerprints when "
    "this page's server started, and all of them are whole."
)
st.header("Where the figures come from", anchor=False)
for source in SOURCES.values():
    one(source)

st.header("What is held", anchor=False)
st.caption(_edge.plain(f"Pack “{manifest.pack}”, {manifest.version}"))
st.dataframe(
    pd.DataFrame(
        {
            "Table": [entry.name for entry in manifest.tables],
            "Rows": [entry.rows for entry in manifest.tables],
            "One row": [entry.grain for entry in manifest.tables],
            "Of": [entry.vintage for entry in manifest.tables],
            "Licence": [entry.licence for entry in manifest.tables],
            "From": [
                "; ".join(SOURCES[key].title if key in SOURCES else key for key in entry.sources)
                for entry in manifest.tables
            ],
            "Fingerprint (SHA-256)": [entry.sha256 for entry in manifest.tables],
        }
    ),
    hide_index=True,
    alt="Tables held, one row per table",
)

st.header("Credits", anchor=False)
for credit in dict.fromkeys(source.attribution for source in SOURCES.values()):
    st.markdown(f"- {_edge.plain(credit)}")
st.markdown("- Map drawing: Leaflet, BSD 2-clause licence")
