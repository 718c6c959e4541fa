"""What the pages share of Streamlit: what is kept between runs, and what is said when something breaks.

Everything kept is keyed by short text, never by a frame; and is shared between visitors, so never changed.
"""

import logging
import os
import re
from pathlib import Path

import pandas as pd
import streamlit as st

from data.store import HELD, Store
from geo.areas import Geography
from layers import get
from layers.look import Door, door_of, look_at
from layers.nearby import Nearby, around
from layers.outlines import Asset, assets
from layers.places import drawable
from layers.readings import read, years
from layers.render import Look, Mark
from layers.series import Series, over_the_years

_log = logging.getLogger("foothold")


@st.cache_resource(show_spinner=False)
def store() -> Store:
    """The pack that is served: the built-in one, or the folder named by FOOTHOLD_PACK."""
    return Store(Path(os.environ.get("FOOTHOLD_PACK", HELD)))


@st.cache_resource(show_spinner=False)
def map_assets() -> dict[str, Asset]:
    """What the map loads once, by role."""
    return assets(store())


def warm() -> None:
    """Load what the first visitor would otherwise wait for: the pack, the map's assets and what a link may name."""
    assets_by_path()
    known()
    look("", ())


def assets_by_path() -> dict[str, Asset]:
    """What the map loads once, by address."""
    return {asset.path: asset for asset in map_assets().values()}


@st.cache_resource(show_spinner=False)
def areas(geography: str) -> pd.DataFrame:
    """Names and codes of every area of one geography, in the order of the outlines. Shared: do not change."""
    return pd.DataFrame(store().shapes(Geography.of_key(geography)).drop(columns="geometry"))


@st.cache_resource(show_spinner=False, max_entries=256)
def reading(layer: str, geography: str, year: int | None) -> pd.DataFrame:
    """A layer's figures for every area of one geography."""
    return read(get(layer), store(), Geography.of_key(geography), year=year)


@st.cache_resource(show_spinner=False)
def years_of(layer: str) -> list[int]:
    """The years of a layer, newest first."""
    return years(get(layer), store())


@st.cache_resource(show_spinner=False)
def places() -> pd.DataFrame:
    """Every place that may be drawn. Shared: do not change."""
    return drawable(store())


@st.cache_resource(show_spinner=False)
def known() -> dict[str, frozenset[str]]:
    """What a link may name: `districts` by name, `areas` by code, `places` by id."""
    codes = [areas(geography.key)["code"] for geography in Geography]
    return {
        "districts": frozenset(areas(Geography.DISTRICT.key)["name"]),
        "areas": frozenset(pd.concat(codes)),
        "places": frozenset(places()["id"]),
    }


@st.cache_resource(show_spinner=False, max_entries=1024)
def door(postcode: str) -> Door | None:
    """Where a postcode of the region is; None for anything else."""
    return door_of(store(), postcode)


def postcode_known(postcode: str) -> bool:
    """Whether a postcode is one of the region's."""
    return door(postcode) is not None


def geography_of(code: str) -> Geography | None:
    """What kind of area a code is; None if it is none that we know."""
    return next((g for g in Geography if code and (areas(g.key)["code"] == code).any()), None)


@st.cache_resource(show_spinner=False, max_entries=1024)
def look(at: str, focus: tuple[str, ...]) -> tuple[Look, Mark | None]:
    """Where the map should look. Kept, because turning metres into degrees is slow in a thread of its own."""
    return look_at(store(), places(), at, focus)


def areas_of_places() -> dict[str, str]:
    """The neighbourhood (LSOA code) that each place stands in, by id."""
    return dict(zip(places()["id"], places()["lsoa21cd"], strict=True))


@st.cache_resource(show_spinner=False, max_entries=512)
def near(easting: float, northing: float, *, unconfirmed: bool) -> tuple[Nearby, ...]:
    """What stands near a point (metres)."""
    return around(places(), (easting, northing), unconfirmed=unconfirmed)


@st.cache_resource(show_spinner=False, max_entries=256)
def series(layer: str, district: str) -> Series:
    """One district's figures over the years."""
    return over_the_years(store(), get(layer), district)


def plain(text: str) -> str:
    """Text from people or data, safe inside Markdown: shown as it is, never as a link, an image or markup."""
    return re.sub(r"([\\`*_{}\[\]()<>#+.!|~$:&-])", r"\\\1", text)


def apologise(error: Exception) -> bool:
    """What a visitor reads when a page breaks; the details go to the log."""
    _log.error("A page broke", exc_info=error)
    st.error(
        "Something went wrong on our side, and this page could not be finished. Nothing of yours is lost: go back, or "
        "reload the page. If it happens again, tell whoever runs this site what you had just clicked.",
        icon=":material/error:",
    )
    return True
