"""The peer: the same areas and layers on a page written as the documentation of folium and st_folium shows it.

It is spared what would slow it further: its frames are cached, the page holds nothing but the choice and the map, and
the runs that its map asks for whenever it is moved are not counted.
"""

import folium
import geopandas as gpd
import numpy as np
import shapely
import streamlit as st
from streamlit_folium import st_folium

from data.store import Store
from geo.areas import Geography
from geo.crs import WGS84
from layers import LAYERS, get
from layers.classes import MISSING, classify
from layers.readings import read

TITLES = {layer.key: layer.title for layer in LAYERS if Geography.LSOA21 in layer.geographies}


@st.cache_resource
def store() -> Store:
    """The same pack as the application's."""
    return Store()


@st.cache_resource
def outlines(decimals: int | None = None) -> gpd.GeoDataFrame:
    """The outlines in degrees: in full, as geopandas gives them, or to so many decimals."""
    shapes = store().shapes(Geography.LSOA21)[["name", "geometry"]].to_crs(WGS84)
    if decimals is None:
        return shapes
    return shapes.set_geometry(shapely.transform(shapes.geometry, lambda corners: np.round(corners, decimals)))


@st.cache_resource
def coloured(key: str, decimals: int | None = None) -> gpd.GeoDataFrame:
    """The outlines with one layer's value and colour."""
    layer = get(key)
    reading = read(layer, store(), Geography.LSOA21)
    everywhere = np.ones(len(reading), dtype=bool)
    first = layer.colourings[0]
    classes = classify(layer, reading, geography=Geography.LSOA21, colouring=first, in_view=everywhere)
    colours = ["#ffffff" if of == MISSING else classes.colours[of] for of in classes.of]
    return outlines(decimals).assign(value=reading["value"].to_numpy(), colour=colours)


def the_map(key: str, decimals: int | None = None) -> folium.Map:
    """One layer as a folium map."""
    made = folium.Map(location=[53.8, -1.55], zoom_start=9)
    folium.GeoJson(
        coloured(key, decimals),
        style_function=lambda feature: {
            "fillColor": feature["properties"]["colour"],
            "color": "white",
            "weight": 0.25,
            "fillOpacity": 0.85,
        },
        tooltip=folium.GeoJsonTooltip(fields=["name", "value"], aliases=["Area", TITLES[key]]),
    ).add_to(made)
    return made


def page() -> None:
    """The whole page."""
    key = st.selectbox("Figure", list(TITLES), format_func=TITLES.__getitem__)
    st_folium(the_map(key), key="map", width=None, height=660)


if __name__ == "__main__":
    page()
