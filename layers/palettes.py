"""Colours: ramps that lose nothing to colour blindness or a tired projector.

Every ramp runs one way in lightness, so it reads in greyscale and under each kind of colour blindness; none
passes from red to green. Colours between the anchors are mixed in Oklab, where equal steps look equal.
Method: Ottosson, B. (2020), "A perceptual color space for image processing".
"""

from functools import cache

import numpy as np

NO_DATA = "#ffffff"
"""The paper under the hatching that means "no data": never a colour of a ramp."""

BLUES = ("#fffbe0", "#c4e6c9", "#6cc0c4", "#2f8dbb", "#27539b", "#1a1a5e")
PURPLES = ("#fbf5ff", "#dcc6ee", "#b48bd6", "#8750b0", "#572885", "#2a0a4f")
EMBERS = ("#fff6e3", "#fdd49e", "#f6a15c", "#d96b2b", "#9c3f14", "#541c08")
LOSS_TO_GAIN = ("#8c4a00", "#d98c2b", "#f7dcae", "#f3f4f6", "#b4d3ee", "#4a8ec9", "#10467d")
"""Two directions from a middle: only for a figure with a true zero, such as net change."""

ACROSS_AND_UP = ("#ece5d6", "#e2731d", "#4a90d9", "#200c28")
"""Corners of a square of two ways: little of both (sand), much across (orange), much upwards (blue), much of both.
Every step across or up is darker than the one before."""

_TO_LMS = np.array(
    [
        [0.4122214708, 0.5363325363, 0.0514459929],
        [0.2119034982, 0.6806995451, 0.1073969566],
        [0.0883024619, 0.2817188376, 0.6299787005],
    ]
)
_TO_LAB = np.array(
    [
        [0.2104542553, 0.7936177850, -0.0040720468],
        [1.9779984951, -2.4285922050, 0.4505937099],
        [0.0259040371, 0.7827717662, -0.8086757660],
    ]
)


@cache
def ramp(anchors: tuple[str, ...], steps: int) -> tuple[str, ...]:
    """`steps` colours evenly spaced along `anchors` (each `#rrggbb`), ends included."""
    lab = np.array([oklab(colour) for colour in anchors])
    at = np.linspace(0, len(anchors) - 1, steps) if steps > 1 else np.array([(len(anchors) - 1) / 2])
    mixed = np.column_stack([np.interp(at, range(len(anchors)), lab[:, channel]) for channel in range(3)])
    return tuple(_to_hex(row) for row in mixed)


@cache
def bivariate(corners: tuple[str, str, str, str] = ACROSS_AND_UP, *, wide: int = 3) -> tuple[str, ...]:
    """`wide` x `wide` colours mixed evenly between four `corners`, row by row from the bottom left.

    `corners` : bottom left, bottom right, top left and top right, each `#rrggbb`.
    """
    sides = zip(ramp(corners[::2], wide), ramp(corners[1::2], wide), strict=True)
    return tuple(colour for ends in sides for colour in ramp(ends, wide))


def oklab(colour: str) -> np.ndarray:
    """`#rrggbb` as Oklab lightness (0 to 1), green-red and blue-yellow."""
    srgb = np.array([int(colour[i : i + 2], 16) for i in (1, 3, 5)]) / 255
    linear = np.where(srgb <= 0.04045, srgb / 12.92, ((srgb + 0.055) / 1.055) ** 2.4)
    return _TO_LAB @ np.cbrt(_TO_LMS @ linear)


def _to_hex(lab: np.ndarray) -> str:
    linear = np.clip(np.linalg.solve(_TO_LMS, np.linalg.solve(_TO_LAB, lab) ** 3), 0, 1)
    srgb = np.where(linear <= 0.0031308, linear * 12.92, 1.055 * linear ** (1 / 2.4) - 0.055)
    return "#" + "".join(f"{round(float(channel) * 255):02x}" for channel in srgb)
