"""The vote of the nearest, by hand."""

import numpy as np

from geo.neighbours import vote


def test_two_near_outvote_one_nearer():
    # 1/(100 + 25) = 0.0080 against two of 1/(225 + 25) = 0.0040 each, and a fourth that adds to them
    at = np.array([[10.0, 0], [15, 0], [0, 15], [20, 0]])
    assert vote(np.zeros(2), at, np.array(["A", "B", "B", "B"], dtype=object)) == "B"


def test_of_equal_votes_the_first_in_order_is_taken():
    at = np.array([[10.0, 0], [0, 10]])
    assert vote(np.zeros(2), at, np.array(["B", "A"], dtype=object)) == "A"
