"""What the pages share of Streamlit: what is kept between runs.

Everything kept is keyed by short text, never by a frame; and is shared between visitors, so never changed.
"""

import gc
import os
from collections.abc import Callable
from datetime import datetime
from functools import wraps
from pathlib import Path
from typing import Any, ParamSpec, TypeVar
from zoneinfo import ZoneInfo

import pandas as pd
import streamlit as st

from data.gazetteer import Gazetteer
from data.register.book import Register
from data.register.passphrase import kept_in
from data.register.rights import Passphrase
from data.register.seed import begin
from data.store import HELD, Store
from data.workshop.live import Session
from data.workshop.rooms import Rooms, WorkshopError
from data.workshop.where import Whereabouts
from geo.areas import Geography
from layers import get
from layers.look import Door, door_of, look_at
from layers.nearby import Nearby, around
from layers.outlines import Asset, assets, places_asset
from layers.places import drawable
from layers.provision import Wants, kinds_that_fit, provision
from layers.readings import read, years
from layers.render import Look, Mark
from layers.series import Series, over_the_years
from layers.workshop import present
from pages._plain import apologise, plain  # noqa: F401  (every page says what it says by these)

REGISTER = Path(__file__).parents[1] / ".register" / "register.duckdb"
"""Where the register is kept unless FOOTHOLD_REGISTER names another file."""

IN_MEMORY = "memory"
"""What FOOTHOLD_REGISTER names for a register that is forgotten when the application ends; FOOTHOLD_WORKSHOPS, too."""

WORKSHOPS = "workshops.duckdb"
"""The file of the workshops' sessions, beside the register's unless FOOTHOLD_WORKSHOPS names another."""

LONDON = ZoneInfo("Europe/London")

_VERSIONS, _ENOUGH = 4, 500

P = ParamSpec("P")
T = TypeVar("T")


@st.cache_resource(show_spinner=False)
def store() -> Store:
    """The pack that is served: the built-in one, or the folder named by FOOTHOLD_PACK."""
    return Store(Path(os.environ.get("FOOTHOLD_PACK", HELD)))


@st.cache_resource(show_spinner=False)
def register() -> Register:
    """The register, in the file named by FOOTHOLD_REGISTER; a new one begins with the organisations of the pack."""
    made = Register(_file("FOOTHOLD_REGISTER", REGISTER))
    begin(made, store())
    return made


@st.cache_resource(show_spinner=False, on_release=Rooms.close)
def rooms() -> Rooms:
    """The workshops' sessions, in the file named by FOOTHOLD_WORKSHOPS; beside the register, or in memory as it is."""
    kept = _file("FOOTHOLD_REGISTER", REGISTER)
    return Rooms(_file("FOOTHOLD_WORKSHOPS", kept and kept.with_name(WORKSHOPS)), whereabouts=whereabouts(), now=now)


@st.cache_resource(show_spinner=False)
def whereabouts() -> Whereabouts:
    """Where people may point in the pack."""
    return Whereabouts(store(), gazetteer())


@st.cache_resource(show_spinner=False)
def msoa_names() -> dict[str, str]:
    """The local name of every wider area (MSOA), by code. Shared: do not change."""
    return dict(areas(Geography.MSOA21.key)[["code", "local_name"]].itertuples(index=False))


@st.cache_resource(show_spinner=False)
def passphrase() -> Passphrase:
    """The passphrase of editors, in the file named by FOOTHOLD_PASSPHRASE or beside the register."""
    return Passphrase(kept_in())


@st.cache_resource(show_spinner=False)
def gazetteer() -> Gazetteer:
    """Where the postcodes and areas of the pack are."""
    return Gazetteer(store())


def _file(variable: str, otherwise: Path | None) -> Path | None:
    """The file that the environment names, or else this one; None for what is kept in memory."""
    named = os.environ.get(variable, "")
    return None if named == IN_MEMORY else Path(named) if named else otherwise


def now() -> datetime:
    """This moment on the clocks of the region."""
    return datetime.now(LONDON).replace(tzinfo=None)


def today() -> str:
    """This day in the region, as the register writes days."""
    return now().date().isoformat()


@st.cache_resource(show_spinner=False, max_entries=_VERSIONS)
def _memory(version: int, day: str) -> dict[Any, Any]:
    """What was worked out from one version of the register on one day; older versions are forgotten with it."""
    del version, day  # they are the key
    return {}


def of_today(most: int = _ENOUGH) -> Callable[[Callable[P, T]], Callable[P, T]]:
    """Keep what a function makes, the latest `most` of it, until the register or the day changes."""

    def keeping(make: Callable[P, T]) -> Callable[P, T]:
        @wraps(make)
        def kept(*args: P.args, **options: P.kwargs) -> T:
            memory = _memory(register().version, today()).setdefault(make, {})
            key = (args, *sorted(options.items()))
            if key not in memory:
                for old in list(memory)[: len(memory) - most + 1]:
                    memory.pop(old, None)
                memory[key] = make(*args, **options)
            made: T = memory[key]
            return made

        return kept

    return keeping


@st.cache_resource(show_spinner=False)
def _fixed_assets() -> dict[str, Asset]:
    return assets(store())


@st.cache_resource(show_spinner=False)
def _places_assets() -> dict[str, Asset]:
    """The places as assets, of the latest versions: a map drawn a moment ago may still ask for the one before."""
    return {}


@of_today()
def _places_asset() -> Asset:
    made, kept = places_asset(places()), _places_assets()
    kept[made.path] = made
    for old in list(kept)[:-_VERSIONS]:
        kept.pop(old, None)
    return made


def map_assets() -> dict[str, Asset]:
    """What the map loads once, by role."""
    return _fixed_assets() | {"places": _places_asset()}


def warm() -> None:
    """Load what the first visitor would otherwise wait for: the pack, the map's assets and what a link may name."""
    assets_by_path()
    known()
    look("", ())


def settle() -> None:
    """Leave what is loaded by now out of every collection of garbage.

    Streamlit collects after every run of a page. What is loaded stays loaded, so to look through it each time would
    only keep the reader waiting (90 of 150 ms a step, measured).
    """
    gc.collect()
    gc.freeze()


def assets_by_path() -> dict[str, Asset]:
    """What the map, and the pages that show it to a room, load once, by address."""
    made = (*map_assets().values(), *tuple(_places_assets().values()), *present.assets().values())
    return {asset.path: asset for asset in made}


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


@of_today()
def places() -> pd.DataFrame:
    """Every place that may be drawn today. Shared: do not change."""
    return drawable(register(), today())


@of_today()
def offers() -> pd.DataFrame:
    """The help that counts today, one row a service and place. Shared: do not change."""
    return provision(register(), today())


def fitting(wants: Wants) -> pd.DataFrame:
    """The places that may be drawn today, of their help only what fits. Shared: do not change."""
    return _fitting(wants, now().replace(second=0, microsecond=0) if wants.open_now else None)


@of_today()
def _fitting(wants: Wants, minute: datetime | None) -> pd.DataFrame:
    return kinds_that_fit(places(), offers(), wants, minute or now())


@of_today()
def groups_named() -> tuple[str, ...]:
    """The groups of people that some help is especially for, by name."""
    return tuple(sorted({group for groups in offers()["priority_groups"] for group in groups or ()}))


def published() -> tuple[Session, ...]:
    """The sessions whose pins everybody may lay over the map, newest first; none if their file cannot be opened."""
    try:  # their own page says why, and no map need wait for it
        return tuple(each for each in rooms().sessions() if each.settings.published)
    except WorkshopError:
        return ()


def known() -> dict[str, frozenset[str]]:
    """What a link may name: `districts` by name, `areas` by code, `places` and `sessions` (published) by id."""
    return _known_areas() | {"places": _known_places(), "sessions": frozenset(each.id for each in published())}


@st.cache_resource(show_spinner=False)
def _known_areas() -> dict[str, frozenset[str]]:
    codes = [areas(geography.key)["code"] for geography in Geography]
    return {"districts": frozenset(areas(Geography.DISTRICT.key)["name"]), "areas": frozenset(pd.concat(codes))}


@of_today()
def _known_places() -> frozenset[str]:
    return frozenset(places()["id"])


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


@of_today()
def look(at: str, focus: tuple[str, ...]) -> tuple[Look, Mark | None]:
    """Where the map should look. Kept, because turning metres into degrees is slow in a thread of its own."""
    return look_at(store(), places(), at, focus)


@of_today()
def areas_of_places() -> dict[str, str]:
    """The neighbourhood (LSOA code) that each place stands in, by id."""
    return dict(zip(places()["id"], places()["lsoa21cd"], strict=True))


@of_today()
def near(easting: float, northing: float, *, unconfirmed: bool) -> tuple[Nearby, ...]:
    """What stands near a point (metres)."""
    return around(places(), (easting, northing), unconfirmed=unconfirmed)


@st.cache_resource(show_spinner=False, max_entries=256)
def series(layer: str, district: str) -> Series:
    """One district's figures over the years."""
    return over_the_years(store(), get(layer), district)
