"""JSON and GeoJSON: a document as it is, or features as a table with their places in degrees."""

import json
import math
import re
from collections.abc import Mapping
from typing import Any

from pyproj import Transformer
from shapely.errors import ShapelyError
from shapely.geometry import shape

from data.bring.files_rows import named_sheet
from data.bring.files_sheet import MOST_ROWS, FileError, Sheet, brief, cell_text, some, was
from geo.crs import BNG, WGS84

MOST_DEPTH = 50
LONGEST_NUMBER = 18
"""A whole number of more digits stays text, so that none of them is lost."""
GRID = (1_000, 1_000, 700_000, 1_300_000)
"""The land of the British National Grid: west, south, east and north, in metres, clear of any degrees."""
DEGREES = (-180, -90, 180, 90)
MOST_METRES = 1e8
IN_DEGREES = re.compile(r"CRS84|\b(4326|4258|4979)$")
IN_METRES = re.compile(rf"\b{BNG}$")
BROKEN = re.compile(r"\\u(?:0000|[dD][89a-fA-F])")
SURROGATE = re.compile("[\ud800-\udfff]")

Place = tuple[float, float]
"""East and north, or longitude and latitude."""


def parse(name: str, text: str) -> tuple[Any, tuple[str, ...]]:
    """What a JSON text says, and notes.

    NaN and the infinities become null; numbers too large to keep stay text; half characters become '�'.

    Raises
    ------
    FileError
        If it is not JSON, holds a single value or nothing, or is nested too deeply.
    """
    odd: list[str] = []
    try:
        # what a hook returns is the value: `append` returns None, which is null
        document = json.loads(text, parse_int=_whole, parse_float=_real, parse_constant=odd.append)
    except json.JSONDecodeError as error:
        raise FileError(
            f"'{name}' is not JSON from line {error.lineno}, column {error.colno}. Look there for a missing comma, "
            "bracket or quotation mark, or ask for the list as CSV or XLSX."
        ) from error
    except RecursionError as error:
        raise FileError(_too_deep(name)) from error
    if not isinstance(document, dict | list) or not document:
        raise FileError(f"'{name}' is JSON that holds no list. Choose a file with a list of organisations or places.")
    _require_shallow(name, document)
    if BROKEN.search(text):
        document = _mended(document)
    return document, (f"{some(len(odd), 'value')} of NaN or Infinity {was(len(odd))} read as blank.",) if odd else ()


def is_geojson(document: Any) -> bool:
    """Whether a document is GeoJSON that can have properties: a feature or a collection of them."""
    return isinstance(document, dict) and document.get("type") in ("FeatureCollection", "Feature")


def read_geojson(name: str, document: Mapping[str, Any], notes: tuple[str, ...]) -> Sheet:
    """A row for each feature: its properties, its id if it has one, and the longitude and latitude of its place.

    Raises
    ------
    FileError
        If there are no features, one is not a feature, there are too many, or the coordinates are in a system
        other than degrees (WGS 84) or metres (British National Grid).
    """
    features = _features(name, document)
    places = [_place(feature.get("geometry")) for feature in features]
    table = [_properties(feature) for feature in features]
    keys = list(dict.fromkeys(key for row in table for key in row))
    header = [f"{key} (as given)" if key.strip().casefold() in ("longitude", "latitude") else key for key in keys]
    degrees, told = _in_degrees([point for point, _ in places], metres=_said_metres(name, document))
    told += _place_notes([way for _, way in places], degrees)
    rows = [
        (number, [*(row.get(key, "") for key in keys), *map(cell_text, point or ("", ""))])
        for number, (row, point) in enumerate(zip(table, degrees, strict=True), 1)
    ]
    header += ["longitude", "latitude"]
    return named_sheet(name, header, rows, what=f"'{name}'", notes=(*notes, *told))


def _whole(text: str) -> int | str:
    return int(text) if len(text) <= LONGEST_NUMBER else text


def _real(text: str) -> float | str:
    return number if math.isfinite(number := float(text)) else text


def _too_deep(name: str) -> str:
    return (
        f"'{name}' has lists within lists more than {MOST_DEPTH} levels deep, so it is not read. "
        "Ask for the list as CSV or XLSX."
    )


def _require_shallow(name: str, document: Any) -> None:
    level = [document]
    for _ in range(MOST_DEPTH):
        children = (value.values() if isinstance(value, dict) else value for value in level)
        level = [child for values in children for child in values if isinstance(child, dict | list)]
        if not level:
            return
    raise FileError(_too_deep(name))


def _mended(value: Any) -> Any:
    """The same value, in which text can be written down: no half characters and no NUL."""
    if isinstance(value, str):
        return SURROGATE.sub("\ufffd", value).replace("\x00", "")
    if isinstance(value, list):
        return [_mended(item) for item in value]
    if isinstance(value, dict):
        return {_mended(key): _mended(item) for key, item in value.items()}
    return value


def _features(name: str, document: Mapping[str, Any]) -> list[Mapping[str, Any]]:
    features = [document] if document["type"] == "Feature" else document.get("features")
    if not isinstance(features, list) or not features:
        raise FileError(f"'{name}' is GeoJSON without features. Choose a file that has at least one.")
    if len(features) > MOST_ROWS:
        raise FileError(
            f"'{name}' has {len(features):,} features; the most is {MOST_ROWS:,}. Leave out what is not needed."
        )
    for number, feature in enumerate(features, 1):
        if not isinstance(feature, dict) or not isinstance(feature.get("properties") or {}, dict):
            raise FileError(f"Feature {number} of '{name}' is not a feature. Save the file as GeoJSON again.")
    return features


def _properties(feature: Mapping[str, Any]) -> dict[str, str]:
    """The properties as text; the feature's own id first, unless a property has that name."""
    own = {"id": feature["id"]} if feature.get("id") is not None else {}
    return {key: cell_text(value) for key, value in {**own, **(feature.get("properties") or {})}.items()}


def _said_metres(name: str, document: Mapping[str, Any]) -> bool:
    """Whether the file says that its coordinates are metres of the British National Grid."""
    crs = document.get("crs")
    if crs is None:
        return False
    inner = crs.get("properties") if isinstance(crs, dict) else None
    said = str(inner.get("name", "")) if isinstance(inner, dict) else ""
    if IN_METRES.search(said):
        return True
    if IN_DEGREES.search(said):
        return False
    raise FileError(
        f"'{name}' has coordinates in the system '{brief(said)}', which is not read here. "
        "Save it in degrees (WGS 84, EPSG:4326)."
    )


def _place(geometry: Any) -> tuple[Place | None, str]:
    """Where a feature is, and how that was found: 'point', 'inside' an area or line, 'none' or 'odd'."""
    if geometry is None:
        return None, "none"
    if not isinstance(geometry, dict) or not _all_numbers(geometry):
        return None, "odd"
    try:
        form = shape(geometry)
        point = form if form.geom_type == "Point" else form.representative_point()
        place = (point.x, point.y)
    except (ShapelyError, ValueError, TypeError, LookupError, AttributeError, ArithmeticError):
        return None, "odd"
    return place, "point" if form.geom_type == "Point" else "inside"


def _all_numbers(geometry: Any) -> bool:
    """Whether every coordinate is a number that could be degrees or metres."""
    if isinstance(geometry, dict):
        return _all_numbers(geometry.get("coordinates", geometry.get("geometries")))
    if isinstance(geometry, list):
        return all(map(_all_numbers, geometry))
    return isinstance(geometry, int | float) and not isinstance(geometry, bool) and abs(geometry) < MOST_METRES


def _in_degrees(points: list[Place | None], *, metres: bool) -> tuple[list[Place | None], list[str]]:
    """The points as longitude and latitude, None for those that cannot be; and a note if they were metres."""
    known = [point for point in points if point and point != (0, 0)]
    as_degrees = sum(_inside(point, DEGREES) for point in known)
    as_metres = sum(_inside(point, GRID) for point in known)
    if metres and known and as_degrees == len(known):
        said = "The file says that its coordinates are metres, but they are degrees, and are read as such."
        return list(points), [said]
    if metres or (known and not as_degrees and as_metres == len(known)):
        return _from_grid(points), ["Coordinates in metres (British National Grid) are turned into degrees."]
    return [point if point and _inside(point, DEGREES) else None for point in points], []


def _inside(point: Place, box: tuple[int, int, int, int]) -> bool:
    return box[0] <= point[0] <= box[2] and box[1] <= point[1] <= box[3]


def _from_grid(points: list[Place | None]) -> list[Place | None]:
    """Metres of the British National Grid as degrees, rounded to about a tenth of a metre."""
    held = list({point for point in points if point and _inside(point, GRID)})
    turn = Transformer.from_crs(BNG, WGS84, always_xy=True)
    east, north = turn.transform([point[0] for point in held], [point[1] for point in held])
    degrees = {point: (round(x, 6), round(y, 6)) for point, x, y in zip(held, east, north, strict=True)}
    return [degrees.get(point) if point else None for point in points]


def _place_notes(ways: list[str], degrees: list[Place | None]) -> list[str]:
    """Notes on features without a point of their own; each way is as `_place` says."""
    notes = []
    if inside := ways.count("inside"):
        notes.append(f"{some(inside, 'feature')} {was(inside)} not a point; a point inside is taken instead.")
    if none := ways.count("none"):
        notes.append(f"{some(none, 'feature')} without a place; longitude and latitude are blank.")
    pairs = enumerate(zip(ways, degrees, strict=True), 1)
    if odd := [number for number, (way, point) in pairs if way != "none" and point is None]:
        what = "with a place that cannot be read as degrees; longitude and latitude are blank."
        notes.append(f"{some(len(odd), 'feature')}, first feature {odd[0]}, {what}")
    return notes
