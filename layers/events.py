"""What the map component tells of a visitor: what was clicked, where, and where the map looks. Anything may come."""

from dataclasses import dataclass
from typing import Any


@dataclass(frozen=True)
class Click:
    """What was clicked: an area's code or a place's id, and when (milliseconds), which tells two clicks apart."""

    kind: str
    code: str
    at: int


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


def framed(event: dict[str, Any] | None) -> tuple[tuple[float, float], float] | None:
    """Where the map looks, as its middle (latitude and longitude, to a metre or so) and its zoom; None if not told."""
    middle, zoom = ((event or {}).get(name) for name in ("center", "zoom"))
    if not isinstance(middle, dict) or not isinstance(zoom, int | float):
        return None
    if not all(isinstance(middle.get(name), int | float) for name in ("lat", "lng")):
        return None
    return (round(float(middle["lat"]), 5), round(float(middle["lng"]), 5)), round(float(zoom), 2)
