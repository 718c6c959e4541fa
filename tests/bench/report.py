"""Figures as they are told: one a line, and a table that sets them beside their limits."""

import sys

_AT_MOST = {
    "map.switch.server_ms": 30,
    "map.switch.bytes": 15_000,
    "map.first_warm_ms": 2_000,
    "map.pan_bytes": 0,
    "map.pan_reruns": 0,
    "map.geometry_gzip_bytes": 350_000,
    "map.requests_outside": 0,
    "register.search_ms": 200,
    "register.import_s": 20,
    "register.points.server_ms": 30,
    "register.points.bytes": 15_000,
    "reach.all_ms": 100,
    "gaps.weight.drawing_ms": 30,
    "gaps.weight.server_ms": 30,
    "gaps.weight.bytes": 15_000,
    "robustness.ms": 1_000,
    "siting.p30_ms": 2_000,
    "pin.ms": 150,
    "workshop.lost": 0,
    "workshop.refused": 0,
    "workshop.phone_p95_ms": 500,
    "workshop.scene_p95_ms": 300,
    "workshop.live_p95_ms": 2_000,
    "workshop.growth_mib": 300,
    "workshop.present_p95_ms": 150,
    "workshop.phone_bytes": 61_440,
    "workshop.pdf_ms": 15_000,
}
_AT_LEAST = {"map.switch.server_ratio": 30, "map.switch.bytes_ratio": 80, "map.geometry_immutable": 1}


def tell(figures: dict[str, float]) -> None:
    """One `name value` line a figure, to be read by a program."""
    for name, value in figures.items():
        print(name, _number(value), flush=True)


def compare(figures: dict[str, float]) -> None:
    """Every limit beside its figure, to be read by a person."""
    limits = [(name, "at most", limit) for name, limit in _AT_MOST.items()]
    limits += [(name, "at least", limit) for name, limit in _AT_LEAST.items()]
    print(f"\n{'figure':<28}{'measured':>12}  {'limit':<18}", file=sys.stderr)
    for name, side, limit in limits:
        measured = figures.get(name)
        if measured is None:
            told, verdict = "-", "not measured"
        else:
            met = measured <= limit if side == "at most" else measured >= limit
            told, verdict = _number(measured), "met" if met else "NOT MET"
        print(f"{name:<28}{told:>12}  {f'{side} {limit:,}':<18}{verdict}", file=sys.stderr)


def _number(value: float) -> str:
    return f"{value:.0f}" if value == round(value) else f"{value:.1f}"
