"""A grid of lettered squares over a map, as in a street atlas: letters from the left, numbers from the top."""

import math
import re
from dataclasses import dataclass

LETTERS = "ABCDEFGHJKLMNPQRSTUVWXYZ"
"""No I and no O: written by hand they are a 1 and a 0."""

_SIDES = (100, 120, 150, 200, 250, 300, 400, 500, 600, 800)
"""Metres of a square's side, and ten times these, and so on: round, so that a scale can be read off the grid."""

_ROUND = 100
_NAME = re.compile(r"(?P<letter>[A-Z])(?P<number>\d{1,3})|(?P<number_first>\d{1,3})(?P<letter_last>[A-Z])")
_SHOWN = 20


class SquareError(ValueError):
    """What was written is no square of the grid; the message says what the squares are called."""


@dataclass(frozen=True, kw_only=True)
class LetteredGrid:
    """Squares of one size. `west` and `north` are the edges of A1; all in metres (EPSG:27700)."""

    west: float
    north: float
    side: float
    columns: int
    rows: int

    @property
    def bounds(self) -> tuple[float, float, float, float]:
        """West, south, east and north."""
        return self.west, self.north - self.rows * self.side, self.west + self.columns * self.side, self.north

    @property
    def first(self) -> str:
        """The name of the square at the top left."""
        return self.name(0, 0)

    @property
    def last(self) -> str:
        """The name of the square at the bottom right."""
        return self.name(self.columns - 1, self.rows - 1)

    def name(self, column: int, row: int) -> str:
        """ "A1" for the first column and row, which are counted from 0."""
        return f"{LETTERS[column]}{row + 1}"

    def square_of(self, easting: float, northing: float) -> str | None:
        """The square that a point is in; None beyond the grid. A point on a line is in the one right of it or below."""
        column, row = math.floor((easting - self.west) / self.side), math.floor((self.north - northing) / self.side)
        inside = 0 <= column < self.columns and 0 <= row < self.rows
        return self.name(column, row) if inside else None

    def middle_of(self, written: str) -> tuple[float, float]:
        """Easting and northing of the middle of a square, however it is written: "C4", "c 4" or "4C".

        Raises
        ------
        SquareError
            If it is no square's name, or one beyond this grid.
        """
        column, row = self._place(written)
        return self.west + (column + 0.5) * self.side, self.north - (row + 0.5) * self.side

    def _place(self, written: str) -> tuple[int, int]:
        short = " ".join(written.split())
        shown = short if len(short) <= _SHOWN else f"{short[:_SHOWN]}..."
        found = _NAME.fullmatch(re.sub(r"[\s.,:/-]", "", written).upper()) if written.isascii() else None
        if found is None:
            what = f"“{shown}” is no square of the map." if shown else "No square was given."
            raise SquareError(f"{what} Write a letter and a number, such as {self.name(2, 3)}.")
        letter, number = found["letter"] or found["letter_last"], int(found["number"] or found["number_first"])
        if letter not in LETTERS[: self.columns] or not 1 <= number <= self.rows:
            raise SquareError(f"“{shown}” is not on this map: its squares run from {self.first} to {self.last}.")
        return LETTERS.index(letter), number - 1


def grid_over(bounds: tuple[float, float, float, float], *, columns: int, rows: int) -> LetteredGrid:
    """The finest grid of round squares that covers `bounds`, with these in its middle.

    Parameters
    ----------
    bounds : west, south, east and north, in metres (EPSG:27700).

    Raises
    ------
    ValueError
        If there are more columns than letters, or the bounds hold nothing.
    """
    if not (4 <= columns <= len(LETTERS) and 4 <= rows <= 99):
        raise ValueError(f"A grid has 4 to {len(LETTERS)} columns and 4 to 99 rows, not {columns} and {rows}.")
    west, south, east, north = bounds
    if not (east > west and north > south):
        raise ValueError(f"The bounds {bounds} hold nothing. Give west, south, east and north in metres.")
    side = _side(max((east - west) / columns, (north - south) / rows))
    return LetteredGrid(
        west=_ROUND * round(((west + east - columns * side) / 2) / _ROUND),
        north=_ROUND * round(((south + north + rows * side) / 2) / _ROUND),
        side=side,
        columns=columns,
        rows=rows,
    )


def _side(least: float) -> int:
    """The shortest round side of at least so many metres, and of as much again as rounding to `_ROUND` can take."""
    times = 1
    while True:
        for side in _SIDES:
            if side * times >= least + _ROUND / 4:
                return side * times
        times *= 10
