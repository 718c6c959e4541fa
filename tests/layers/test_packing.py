"""What is packed for the browser comes back as it was, here too."""

import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from layers import packing
from tests import told

NUMBERS = st.integers(-1_000_000, 1_000_000) | st.none()


def array(numbers):
    return np.array([np.nan if number is None else number for number in numbers], dtype=float)


class TestUnpacking:
    @given(st.lists(NUMBERS, min_size=1, max_size=60))
    def test_numbers_come_back(self, numbers):
        packed = packing.numbers(array(numbers))
        np.testing.assert_array_equal(packing.unpacked(packed), array(numbers))

    @given(st.lists(st.integers(0, 9) | st.none(), min_size=1, max_size=200))
    def test_as_the_browser_reads_them(self, numbers):
        packed = packing.numbers(array(numbers))
        np.testing.assert_array_equal(packing.unpacked(packed), array(told.unpacked(packed)))

    @given(st.lists(st.booleans(), max_size=60))
    def test_truth_values_come_back(self, flags):
        text = packing.bits(np.array(flags, dtype=bool))
        assert packing.unpacked_bits(text, len(flags)).tolist() == flags == told.bits(text, len(flags))

    def test_of_none_there_is_none(self):
        assert packing.unpacked_bits("", 0).tolist() == []
        assert packing.unpacked_bits("", 3).tolist() == [False] * 3
