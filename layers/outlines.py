"""What the browser loads once and keeps: Leaflet, our own drawing script, the outlines and the places.

Each is addressed by a hash of its content, so a browser may keep it for ever and a new pack gets a new address.
"""

import gzip
import hashlib
import json
from dataclasses import dataclass
from functools import cached_property
from importlib.resources import files
from pathlib import Path

import geopandas as gpd
import pandas as pd

from data.store import Store
from geo.areas import Geography
from geo.crs import WGS84
from geo.encode import STEPS_PER_DEGREE, bounds, encode
from layers.places import PLACE_GROUPS

_OWN = Path(__file__).parent / "assets"
ICON = _OWN / "icon.png"
"""The application's own picture. In points, not in lines: Streamlit sends an SVG whole with every step of a page."""

_LEAFLET = files("js_lib_leaflet") / "static" / "js_lib_leaflet"


@dataclass(frozen=True)
class Asset:
    """Something served once: `path` holds a hash of `body`."""

    path: str
    body: bytes
    media_type: str

    @cached_property
    def gzipped(self) -> bytes:
        """The body as browsers prefer it; the same bytes each time."""
        return gzip.compress(self.body, 9, mtime=0)


def assets(store: Store) -> dict[str, Asset]:
    """Every asset of one pack, by role: `leaflet`, `leaflet_style`, `outlines`, `script`, `style`."""
    return {
        "leaflet": _asset("leaflet", "js", (_LEAFLET / "leaflet.js").read_bytes(), "text/javascript"),
        "leaflet_style": _asset("leaflet_style", "css", (_LEAFLET / "leaflet.css").read_bytes(), "text/css"),
        "outlines": _asset("outlines", "js", outlines_script(store).encode(), "text/javascript"),
        "script": _asset("script", "js", drawing_script().encode(), "text/javascript"),
        "style": _asset("style", "css", (_OWN / "map.css").read_bytes(), "text/css"),
    }


def places_asset(places: pd.DataFrame) -> Asset:
    """The places of `drawable` as an asset: the one that changes when the register does."""
    return _asset("places", "json", places_list(places).encode(), "application/json")


def _asset(role: str, ending: str, body: bytes, media_type: str) -> Asset:
    return Asset(f"/map/{role}.{hashlib.sha256(body).hexdigest()[:16]}.{ending}", body, media_type)


def drawing_script() -> str:
    """Our own script, joined from its parts in the order of their numbers, inside one function.

    How each kind of place is drawn stands at its head, so that no step need say it.
    """
    parts = [path.read_text(encoding="utf-8") for path in sorted(_OWN.glob("*.js"))]
    drawn = {group.key: {"title": group.title, "shape": group.shape, "colour": group.colour} for group in PLACE_GROUPS}
    return "(function () {\n'use strict';\n" + f"const DRAWN = {_compact(drawn)};\n" + "\n".join(parts) + "})();\n"


def outlines_script(store: Store) -> str:
    """A script that hands every outline, name and label point of the pack to `foothold.setAreas`."""
    lsoas, msoas, districts = (store.shapes(geography) for geography in Geography)
    of_msoa = {code: i for i, code in enumerate(msoas["code"])}
    of_district = {code: i for i, code in enumerate(districts["code"])}
    areas = {
        "steps": STEPS_PER_DEGREE,
        "bounds": bounds(districts.to_crs(WGS84).geometry),
        "lsoa21": _level(lsoas)
        | {
            "msoa": [of_msoa[code] for code in lsoas["msoa_code"]],
            "district": [of_district[code] for code in lsoas["district_code"]],
        },
        "msoa21": _level(msoas)
        | {
            "local": msoas["local_name"].tolist(),
            "label": _label_points(msoas),
            "district": [of_district[code] for code in msoas["district_code"]],
        },
        "district": _level(districts) | {"label": _label_points(districts)},
    }
    return f"foothold.setAreas({_compact(areas)});"


def places_list(places: pd.DataFrame) -> str:
    """The places of `drawable` as JSON: what the map needs to draw and name each."""
    kept = ["id", "name", "what", "kinds", "firm", "why", "suggested", "district"]
    points = places[["lat", "lon"]].to_numpy().tolist()
    rows = places[kept].to_dict(orient="records")
    return _compact([row | {"at": at} for row, at in zip(rows, points, strict=True)])


def _level(areas: gpd.GeoDataFrame) -> dict[str, object]:
    rough = areas["approximate"] if "approximate" in areas else pd.Series(data=False, index=areas.index)
    return {
        "codes": areas["code"].tolist(),
        "names": areas["name"].tolist(),
        "approximate": "".join("1" if flag else "0" for flag in rough),
        "shapes": encode(areas.geometry),
    }


def _label_points(areas: gpd.GeoDataFrame) -> list[list[float]]:
    """Where a name is written: where people live if we know, which lies inside even a crescent."""
    points = gpd.GeoSeries.from_xy(areas["point_e"], areas["point_n"], crs=areas.crs).to_crs(WGS84)
    return [[round(point.y, 4), round(point.x, 4)] for point in points]


def _compact(value: object) -> str:
    return json.dumps(value, separators=(",", ":"), ensure_ascii=False)
