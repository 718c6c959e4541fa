"""The only module that knows folium: what to show in, a map and its next step out.

The map itself never changes, so the component never mounts it again; every step is one small group that carries a
class per area and words. The outlines, the places and the drawing script are loaded once (`layers.outlines`).
"""

import json
import re
from dataclasses import asdict, dataclass
from typing import Any

import folium
import numpy as np
from folium.template import Template

from layers.base import Layer
from layers.classes import Classes, by_ends
from layers.outlines import Asset
from layers.places import PlaceGroup, bits

_NO_CLASS = ord("0") - 1
_DIGITS = "".join(chr(code) for code in range(33, 127) if chr(code) not in "\"\\<>&'{}_`")
"""Signs that need no escape where our script is written: the digits in which values are sent. The script knows them."""

_SIGNS = np.frombuffer(_DIGITS.encode("ascii"), dtype=np.uint8)

_BITS = 6
"""Truth values a sign."""

_NAMED = 6
"""About how many signs it takes to name one area and its class."""


@dataclass(frozen=True, kw_only=True)
class Look:
    """Where the map should look. It moves only when `key` changes, so that a reader keeps their place."""

    key: str
    bounds: list[list[float]] | None = None
    at: tuple[float, float] | None = None
    zoom: int = 14


@dataclass(frozen=True, kw_only=True)
class Mark:
    """A pin with a name, for something that was looked for. `at` is latitude and longitude."""

    at: tuple[float, float]
    label: str


@dataclass(frozen=True, kw_only=True)
class Pins:
    """Which places to draw: for each group its chosen types and how many are in view.

    The browser knows each place's types, whether it is firm, and its district, and decides by these; unless only what
    fits someone's wants is shown. Then `fitting` and `helping` hold a truth value a row of `layers.places.drawable`, in
    its order: whether it is drawn at all, and whether for help that fits, rather than for anything else that it is.
    """

    groups: tuple[tuple[PlaceGroup, frozenset[str], int], ...] = ()
    unconfirmed: bool = False
    fitting: np.ndarray | None = None
    helping: np.ndarray | None = None


@dataclass(frozen=True, kw_only=True)
class Step:
    """All that one state of the map shows."""

    level: str
    layer: Layer
    values: list[float]
    classes: Classes
    unit: str
    note: str
    aria: str
    look: Look
    focus: tuple[int, ...] = ()
    """Positions of the districts in focus; none means all."""
    selected: str | None = None
    opacity: float = 0.85
    mark: Mark | None = None
    pins: Pins = Pins()
    compact: bool = False
    """Whether the key is cut down to its colours and their two ends."""


@dataclass(frozen=True)
class Click:
    """What was clicked: an area's code or a place's id, and when (milliseconds), which tells two clicks apart."""

    kind: str
    code: str
    at: int


class _Unrendered(folium.MacroElement):
    """An element that st_folium reads from its template, and need not also be made into a page of its own.

    Rendering would compile the text of every step as a template, which costs more than all of the rest.
    """

    def render(self, **_kwargs: Any) -> str:
        """Nothing: the component has no use for it."""
        return ""


class OfflineMap(_Unrendered, folium.Map):
    """An empty map whose every script comes from this application."""

    # folium's own, less the styles that it repeats at every step and that ours replace.
    _template = Template(
        """
        {% macro script(this, kwargs) %}
        var {{ this.get_name() }} = L.map({{ this.get_name()|tojson }},
        {center: {{ this.location|tojson }}, ...{{ this.options|tojavascript }}});
        {% endmacro %}
        """
    )

    def __init__(self, assets: dict[str, Asset], *, linked: bool = False) -> None:
        """`linked`: whether the page's link keeps where the map looks."""
        super().__init__([53.8, -1.55], zoom_start=9, tiles=None, prefer_canvas=True, zoom_snap=0.25)
        self.options |= {"min_zoom": 8, "max_zoom": 17}
        self.default_js = [(role, assets[role].path) for role in ("leaflet", "script", "outlines")]
        self.default_css = [(role, assets[role].path) for role in ("leaflet_style", "style")]
        self.add_child(_Stage(linked=linked))


class _Stage(_Unrendered):
    """Hands the new map to our drawing script."""

    _template = Template(
        "{% macro script(this, kwargs) %}"
        "foothold.start({{ this._parent.get_name() }}, {{ this.linked|tojson }});"
        "{% endmacro %}"
    )

    def __init__(self, *, linked: bool) -> None:
        super().__init__()
        self._name = "Stage"
        self.linked = linked


class _StepGroup(_Unrendered, folium.FeatureGroup):
    """What is added to the map for one step."""


class _Paint(_Unrendered):
    """One call of our drawing script with everything it needs."""

    _template = Template("{% macro script(this, kwargs) %}foothold.paint({{ this.told }});{% endmacro %}")

    def __init__(self, told: str) -> None:
        super().__init__()
        self._name = "Paint"
        self.told = told


def group(step: Step, assets: dict[str, Asset]) -> folium.FeatureGroup:
    """What st_folium adds to the map to show `step`. Always new: the component alters the one it is given."""
    made = _StepGroup("step")
    made.add_child(_Paint(_told(step, assets)))
    return made


def clicked(event: dict[str, Any] | None) -> Click | None:
    """What was clicked, from what the map component sends back; None for anything else."""
    drawing = (event or {}).get("last_active_drawing")
    told = drawing.get("properties") if isinstance(drawing, dict) else None
    if not isinstance(told, dict) or told.get("kind") not in ("area", "place"):
        return None
    code, at = told.get("code"), told.get("at")
    if not isinstance(code, str) or not isinstance(at, int):
        return None
    return Click(told["kind"], code, at)


def pointed(event: dict[str, Any] | None) -> tuple[float, float] | None:
    """Where an area was clicked, as latitude and longitude, from what the component sends; None for anything else."""
    point = (event or {}).get("last_object_clicked")
    if not isinstance(point, dict) or not all(isinstance(point.get(name), int | float) for name in ("lat", "lng")):
        return None
    return float(point["lat"]), float(point["lng"])


def _told(step: Step, assets: dict[str, Asset]) -> str:
    classes, look, numbers = step.classes, step.look, _numbers(step)
    told = {
        "key": f"{step.layer.key} {step.level}",
        "level": step.level,
        "label": step.layer.title,
        "unit": step.unit,
        "note": step.note,
        "aria": step.aria,
        "number": _form(step),
        "values": _packed(numbers),
        "classes": _classes(classes, numbers),
        "colours": classes.colours,
        "labels": classes.labels,
        "counts": classes.counts,
        "missing": classes.missing,
        "opacity": step.opacity,
        "compact": step.compact,
        "focus": step.focus,
        "selected": step.selected,
        "mark": step.mark and {"at": step.mark.at, "label": step.mark.label},
        "view": {"key": look.key, "bounds": look.bounds, "at": look.at, "zoom": look.zoom},
        "places": _pins(step.pins) | {"url": assets["places"].path},
    }
    return _as_script(told)


def _form(step: Step) -> dict[str, Any]:
    """How the browser writes a number that it was sent."""
    number = step.layer.number
    form = {name: getattr(number, name) for name in ("before", "after", "signed", "trimmed")}
    return form | {"decimals": _decimals(step)}


def _decimals(step: Step) -> int:
    values = np.asarray(step.values, dtype=float)
    whole = step.layer.number.trimmed and bool(np.all(np.isnan(values) | (values == np.round(values))))
    return 0 if whole else step.layer.number.decimals


def _numbers(step: Step) -> np.ndarray:
    """The values as shown, in units of their last decimal: whole, or NaN."""
    return np.round(np.asarray(step.values, dtype=float) * step.layer.number.times * 10 ** _decimals(step))


def _classes(classes: Classes, numbers: np.ndarray) -> dict[str, Any]:
    """Where each class ends in `numbers`; or, where too few areas can be told by that, one sign an area."""
    told = by_ends(classes, numbers)
    if len(told.but) // 2 * _NAMED < len(numbers):
        return asdict(told)
    return {"of": (classes.of + (_NO_CLASS + 1)).astype(np.uint8).tobytes().decode("ascii")}


def _pins(pins: Pins) -> dict[str, Any]:
    return {
        "unconfirmed": pins.unconfirmed,
        "fitting": None if pins.fitting is None else _bits(pins.fitting),
        "helping": None if pins.helping is None else _bits(pins.helping),
        "groups": [{"key": g.key, "kinds": bits(types), "count": count} for g, types, count in pins.groups],
    }


def _packed(values: np.ndarray) -> dict[str, Any]:
    """Whole numbers as text, each in the same few signs of `_DIGITS`: that plus `low` is the number, and all of the
    last sign means missing. A value a place is then two signs, where JSON would take four or five.

    `values` : floating point, whole or NaN.
    """
    missing, base = np.isnan(values), len(_DIGITS)
    low, high = (0, 0) if missing.all() else (int(np.nanmin(values)), int(np.nanmax(values)))
    width = 1
    while base**width <= high - low + 1:
        width += 1
    left = np.where(missing, base**width - 1, np.nan_to_num(values) - low).astype(np.int64)
    places = base ** np.arange(width - 1, -1, -1)
    return {"low": low, "width": width, "text": _signs(left[:, None] // places % base)}


def _bits(flags: np.ndarray) -> str:
    """Truth values as text, `_BITS` to a sign, the first the lowest; what is left off the end is false."""
    whole = np.pad(flags, (0, -len(flags) % _BITS)).reshape(-1, _BITS)
    return _signs(whole @ (1 << np.arange(_BITS))).rstrip(_DIGITS[0])


def _signs(numbers: np.ndarray) -> str:
    """One of `_DIGITS` for each whole number from 0."""
    return _SIGNS[numbers.ravel()].tobytes().decode("ascii")


def _as_script(told: dict[str, Any]) -> str:
    """JSON that is safe inside a script, a Jinja template and the component's own renaming of `name_<id>`.

    Only inside quoted text are characters replaced, by their escapes, so that the words stay the same.
    """

    def escaped(quoted: re.Match[str]) -> str:
        return re.sub(r"[<>&'{}_`]", lambda found: f"\\u{ord(found.group()):04x}", quoted.group())

    text = json.dumps(told, separators=(",", ":"))
    return re.sub(r'"(?:[^"\\]|\\.)*"', escaped, text)
