"""A grid of lettered squares: by hand, and back and forth."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from geo.lettered_grid import LETTERS, LetteredGrid, SquareError, grid_over

#   A1 is the square kilometre north-west of (430000, 440000); six columns, four rows.
GRID = LetteredGrid(west=430_000, north=440_000, side=1_000, columns=6, rows=4)


class TestSquares:
    @pytest.mark.parametrize(
        ("easting", "northing", "square"),
        [
            (430_500, 439_500, "A1"),
            (433_999, 436_001, "D4"),
            (435_999, 439_999, "F1"),
            (431_000, 438_000, "B3"),
            (429_999, 439_500, None),
            (436_000, 439_500, None),
            (430_500, 440_001, None),
            (430_500, 435_999, None),
        ],
    )
    def test_by_hand(self, easting, northing, square):
        assert GRID.square_of(easting, northing) == square

    def test_from_the_first_to_the_last(self):
        assert (GRID.first, GRID.last) == ("A1", "F4")
        assert GRID.bounds == (430_000, 436_000, 436_000, 440_000)

    def test_no_letter_looks_like_a_number(self):
        assert not set("IO") & set(LETTERS)

    @given(st.integers(0, 5), st.integers(0, 3))
    def test_the_middle_of_a_square_is_in_it(self, column, row):
        name = GRID.name(column, row)
        assert GRID.square_of(*GRID.middle_of(name)) == name

    @pytest.mark.parametrize("written", ["C4", "c4", " C 4 ", "4C", "4 c", "C-4", "c.4", "C04"])
    def test_is_read_however_it_is_written(self, written):
        assert GRID.middle_of(written) == (432_500, 436_500)

    @pytest.mark.parametrize("written", ["G1", "A5", "A0", "I1", "O3", "Z99"])
    def test_beyond_the_grid_it_says_how_far_the_grid_runs(self, written):
        with pytest.raises(SquareError, match=rf"^“{written}” is not on this map: its squares run from A1 to F4\.$"):
            GRID.middle_of(written)

    @pytest.mark.parametrize("written", ["Girlington", "4", "C", "C4D", "٤C", "C²", "=C4", "C4;", "A1A1", "🙂"])
    def test_what_is_no_square_is_named_with_an_example(self, written):
        with pytest.raises(SquareError, match=r"is no square of the map\. Write a letter and a number, such as C4\.$"):
            GRID.middle_of(written)

    def test_nothing_and_too_much(self):
        with pytest.raises(SquareError, match=r"^No square was given\."):
            GRID.middle_of("  ")
        with pytest.raises(SquareError, match=r"^“x{20}\.\.\.” is no square"):
            GRID.middle_of("x" * 500)

    @given(st.text(max_size=8))
    def test_anything_written_is_a_square_or_a_sentence(self, written):
        try:
            middle = GRID.middle_of(written)
        except SquareError:
            return
        assert GRID.square_of(*middle)


class TestAGridOver:
    def test_by_hand(self):
        """11.5 by 7 km on 12 by 10 squares: a kilometre is the shortest round side that covers it."""
        grid = grid_over((430_000, 440_000, 441_500, 447_000), columns=12, rows=10)
        assert (grid.side, grid.west, grid.north) == (1_000, 429_800, 448_500)

    @given(
        st.floats(380_000, 500_000),
        st.floats(380_000, 500_000),
        st.floats(500, 120_000),
        st.floats(500, 120_000),
        st.integers(4, 24),
        st.integers(4, 30),
    )
    def test_covers_what_it_is_over_with_round_squares(self, west, south, width, height, columns, rows):
        bounds = (west, south, west + width, south + height)
        grid = grid_over(bounds, columns=columns, rows=rows)
        low, under, high, above = grid.bounds
        assert low <= west and under <= south and high >= bounds[2] and above >= bounds[3]
        assert grid.side % 10 == 0 and grid.west % 100 == 0 and grid.north % 100 == 0
        assert grid.side == 100 or grid.side <= 1.34 * (max(width / columns, height / rows) + 25)

    @given(st.floats(0, 1), st.floats(0, 1))
    def test_every_point_of_it_is_in_a_square(self, x, y):
        bounds = (430_000, 440_000, 441_500, 447_000)
        grid = grid_over(bounds, columns=12, rows=10)
        assert grid.square_of(430_000 + x * 11_500, 440_000 + y * 7_000)

    def test_without_room_for_letters_or_anything_to_cover_it_says_so(self):
        with pytest.raises(ValueError, match="4 to 24 columns and 4 to 99 rows, not 25 and 10"):
            grid_over((0, 0, 1, 1), columns=25, rows=10)
        with pytest.raises(ValueError, match="hold nothing"):
            grid_over((1, 1, 1, 2), columns=12, rows=10)
