"""The only module that knows folium: what to show in, a map and its next step out.

The map itself never changes, so the component never mounts it again; every step is one small group that carries a
class per area and words. The outlines, the places and the drawing script are loaded once (`layers.outlines`).
"""

from dataclasses import asdict, dataclass
from typing import Any, Literal

import folium
import numpy as np
from folium.template import Template

from layers import packing
from layers.base import Number
from layers.classes import MISSING, Classes, by_ends
from layers.outlines import Asset
from layers.places import PlaceGroup, bits

_NAMED = 6
"""About how many signs it takes to name one area and its class."""


@dataclass(frozen=True, kw_only=True)
class Look:
    """Where the map should look. It moves only when `key` changes, so that a reader keeps their place."""

    key: str
    bounds: list[list[float]] | None = None
    at: tuple[float, float] | None = None
    zoom: float = 14


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
class Site(Mark):
    """Somewhere that help is, or could be, put: the chosen are numbered in their order.

    A click goes through to the area beneath.
    """

    kind: Literal["chosen", "own", "pin"]
    """One of those worked out to be best, one of someone's own choice, or one dropped anywhere to try it."""


@dataclass(frozen=True, kw_only=True)
class Told:
    """The places that one session's people pointed to. A mark's label is what was said of it: it may be empty.

    A click goes through to what lies beneath.
    """

    label: str
    """The session and its day."""
    marks: tuple[Mark, ...]


@dataclass(frozen=True, kw_only=True)
class Grid:
    """How the key lays out classes that run two ways: row by row from the bottom left, `wide` in a row.

    `across` and `up` say in plain words what there is more of that way; the key adds the arrows. `heading` is what
    the colours show, which is not what the numbers are.
    """

    heading: str
    across: str
    up: str
    wide: int


@dataclass(frozen=True, kw_only=True)
class Step:
    """All that one state of the map shows."""

    level: str
    key: str
    """What is shown, stable from step to step."""
    title: str
    number: Number
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
    grid: Grid | None = None
    """Set where the classes run two ways; then what is pointed at is also told its class in words."""
    sites: tuple[Site, ...] = ()
    highlight: tuple[int, ...] = ()
    """Positions of the areas to outline strongly."""
    told: tuple[Told, ...] = ()
    """What residents told us, a session at a time."""


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
    made.add_child(_Paint(told(step, assets)))
    return made


def told(step: Step, assets: dict[str, Asset]) -> str:
    """The one argument of the drawing script: JSON that shows `step`, wherever the script is loaded."""
    classes, look, numbers = step.classes, step.look, _numbers(step)
    shown = {
        "key": f"{step.key} {step.level}",
        "level": step.level,
        "label": step.title,
        "unit": step.unit,
        "note": step.note,
        "aria": step.aria,
        "number": _form(step),
        "values": packing.numbers(numbers),
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
    return packing.as_script(shown | _besides(step))


def _besides(step: Step) -> dict[str, Any]:
    """What few steps have: left out where there is none, so that it costs the others nothing."""
    marked = np.zeros(len(step.values), dtype=bool)
    marked[list(step.highlight)] = True
    told = {
        "grid": step.grid and asdict(step.grid),
        "sites": [asdict(site) for site in step.sites],
        "marked": packing.bits(marked),
        "told": [asdict(each) for each in step.told],
    }
    return {name: value for name, value in told.items() if value}


def _form(step: Step) -> dict[str, Any]:
    """How the browser writes a number that it was sent."""
    form = {name: getattr(step.number, name) for name in ("before", "after", "signed", "trimmed")}
    return form | {"decimals": _decimals(step)}


def _decimals(step: Step) -> int:
    values = np.asarray(step.values, dtype=float)
    whole = step.number.trimmed and bool(np.all(np.isnan(values) | (values == np.round(values))))
    return 0 if whole else step.number.decimals


def _numbers(step: Step) -> np.ndarray:
    """The values as shown, in units of their last decimal: whole, or NaN."""
    return np.round(np.asarray(step.values, dtype=float) * step.number.times * 10 ** _decimals(step))


def _classes(classes: Classes, numbers: np.ndarray) -> dict[str, Any]:
    """Where each class ends in `numbers`; or, where that takes more words than to name each area's class, these."""
    told = by_ends(classes, numbers)
    named = packing.numbers(np.where(classes.of == MISSING, np.nan, classes.of))
    return asdict(told) if len(told.but) // 2 * _NAMED < len(named["text"]) else {"of": named}


def _pins(pins: Pins) -> dict[str, Any]:
    return {
        "unconfirmed": pins.unconfirmed,
        "fitting": None if pins.fitting is None else packing.bits(pins.fitting),
        "helping": None if pins.helping is None else packing.bits(pins.helping),
        "groups": [{"key": g.key, "kinds": bits(types), "count": count} for g, types, count in pins.groups],
    }
