"""Where a point is by those around it: the vote of the nearest places whose area is known."""

import numpy as np
import numpy.typing as npt

NEIGHBOURS = 5
"""Known places that vote."""

SOFTEN = 25.0
"""Square metres added to a squared distance, so that a neighbour at the very place does not vote alone."""


def vote(place: npt.NDArray[np.float64], at: npt.NDArray[np.float64], codes: npt.NDArray[np.object_]) -> str:
    """The code most voted for by the nearest of `at` (n x 2, metres); of equal votes, the first in order.

    A neighbour's vote weighs the inverse of its squared distance.
    """
    squared = ((at - place) ** 2).sum(axis=1)
    nearest = np.argsort(squared, kind="stable")[:NEIGHBOURS]
    weights: dict[str, float] = {}
    for i in nearest:
        weights[codes[i]] = weights.get(codes[i], 0.0) + 1.0 / (float(squared[i]) + SOFTEN)
    return min(weights, key=lambda code: (-weights[code], code))
