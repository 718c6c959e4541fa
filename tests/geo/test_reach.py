"""Distances, the nearest and what lies within: Toytown by hand, and what must hold anywhere.

In Toytown people stand in the middle of squares of a kilometre; with a detour of 1.3 a neighbour is 1,300 m away, a
neighbour across a corner 1,300 x sqrt(2) = 1,838.48 m, two squares 2,600 m, and so on.
"""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from geo.reach import ReachError, distances, reach, reached
from tests.toytown import CORNERS, square

NAN, INF = np.nan, np.inf


def middle(*names):
    """The points of people in squares of Toytown."""
    return np.array([square(name).centroid.coords[0] for name in names])


PEOPLE = middle(*CORNERS)
# In this order: A1 A2 A3 A4 B1 B2 B3 B4

coordinate = st.integers(0, 6_000)
known = st.tuples(coordinate, coordinate)
point = known | st.sampled_from([(NAN, 100.0), (100.0, NAN), (NAN, NAN), (INF, 100.0)])
detours = st.floats(1.0, 1.6)
withins = st.integers(1, 9_000)


def points(of=point, **sizes):
    return st.lists(of, **sizes).map(lambda rows: np.array(rows, dtype=float).reshape(-1, 2))


def test_distances_in_toytown_by_hand():
    """From A1 at the lower left: squares across and up are 0,0 1,0 0,1 1,1 2,0 3,0 2,1 3,1; times 1,300 m the root of
    0, 1, 1, 2, 4, 9, 5, 10. B4 lies three across and one up, from which they are 3,1 2,1 3,0 2,0 1,1 0,1 1,0 0,0."""
    found = distances(PEOPLE, middle("A1", "B4"), detour=1.3)
    from_a1 = [0, 1300, 1300, 1838.4776310850, 2600, 3900, 2906.8883707497, 4110.9609582189]
    from_b4 = [4110.9609582189, 2906.8883707497, 3900, 2600, 1838.4776310850, 1300, 1300, 0]
    np.testing.assert_allclose(found, np.transpose([from_a1, from_b4]), rtol=0, atol=1e-9)


def test_the_detour_is_1_3_unless_said_otherwise():
    assert distances(middle("A1"), middle("A2")).tolist() == [[1300]]
    assert distances(middle("A1"), middle("A2"), detour=1.0).tolist() == [[1000]]
    assert distances(middle("A1"), middle("A2"), detour=1.6).tolist() == [[1600]]


@pytest.mark.parametrize("detour", [0.99, 1.61, -1.3, NAN])
def test_a_detour_that_no_way_has_is_refused(detour):
    with pytest.raises(ReachError, match=f"A detour factor of {detour:g} is not from 1 to 1.6"):
        distances(PEOPLE, PEOPLE, detour=detour)


def test_every_area_is_measured_however_many_there_are():
    """A hundred areas in a row, each 30 m east and 40 m north of the last, so 50 m on; one place at the first of them
    and one a step before it."""
    steps = np.arange(100)
    areas = np.column_stack([30.0 * steps, 40.0 * steps])
    found = distances(areas, np.array([[0.0, 0.0], [-30.0, -40.0]]), detour=1.0)
    assert found.tolist() == [[50 * step, 50 * step + 50] for step in range(100)]


def test_what_is_nowhere_is_infinitely_far_from_everything():
    """A missing easting or northing is enough; what is nowhere is not even near what else is nowhere."""
    areas = np.array([[0.0, 0.0], [NAN, 0.0], [0.0, INF]])
    places = np.array([[30.0, 40.0], [30.0, NAN], [INF, 40.0]])
    assert distances(areas, places, detour=1.0).tolist() == [[50, INF, INF], [INF, INF, INF], [INF, INF, INF]]


def test_nearest_and_counts_in_toytown_by_hand():
    """Places in A1, B4 and a second in B4, within 2,000 m: A1 reaches A1 to A4 (0, 1300, 1300, 1838), B4 reaches B4, B2
    and B3 beside it and B1 across the corner. Equally near are the two in B4: the first is the nearest."""
    found = reach(distances(PEOPLE, middle("A1", "B4", "B4")), within=2000)
    assert found.nearest.tolist() == [0, 0, 0, 0, 1, 1, 1, 1]
    assert found.nearest_m == pytest.approx([0, 1300, 1300, 1838.4776310850, 1838.4776310850, 1300, 1300, 0])
    assert found.within.tolist() == [1, 1, 1, 1, 2, 2, 2, 2]


def test_the_limit_itself_is_within():
    """Neighbours are at 1,300 m exactly; 3,000 m times 1.1 is 3,300 m, whatever the computer makes of it."""
    near = distances(middle("A1", "A3", "A4"), middle("A1"))
    assert reached(near, 1300).tolist() == [[True], [True], [False]]
    assert reach(near, within=1300).within.tolist() == [1, 1, 0]
    assert reached(near, 1299.999).tolist() == [[True], [False], [False]]
    three_on = distances(middle("A1"), middle("B2"), detour=1.1)
    assert three_on[0, 0] > 3300 and reached(three_on, 3300).all()


def test_without_places_nothing_is_reached():
    found = reach(distances(PEOPLE, np.empty((0, 2))), within=1000)
    assert found.nearest_m.tolist() == [INF] * 8
    assert found.nearest.tolist() == [-1] * 8
    assert found.within.tolist() == [0] * 8


def test_without_areas_there_is_nothing_to_say():
    found = reach(distances(np.empty((0, 2)), PEOPLE), within=1000)
    assert [len(found.nearest_m), len(found.nearest), len(found.within)] == [0, 0, 0]


def test_places_that_are_nowhere_are_as_no_place():
    found = reach(distances(PEOPLE[:2], np.array([[NAN, NAN]] * 3)), within=1000)
    assert found.nearest_m.tolist() == [INF, INF]
    assert found.nearest.tolist() == [-1, -1]
    assert found.within.tolist() == [0, 0]


def test_an_area_that_is_nowhere_leaves_the_others_as_they_are():
    found = reach(distances(np.array([[NAN, NAN], *middle("A2")]), middle("B4", "A1")), within=1500)
    assert found.nearest.tolist() == [-1, 1]
    assert found.nearest_m.tolist() == [INF, 1300]
    assert found.within.tolist() == [0, 1]


@pytest.mark.parametrize("within", [0, -1, NAN, INF])
def test_a_distance_within_which_nothing_can_lie_is_refused(within):
    metres = distances(PEOPLE, PEOPLE)
    with pytest.raises(ReachError, match=f"within {within:g} metres. Choose a distance above 0"):
        reach(metres, within=within)
    with pytest.raises(ReachError, match="Choose a distance above 0"):
        reached(metres, within)


def test_a_distance_that_is_not_known_is_refused_with_how_many():
    with pytest.raises(ReachError, match="2 of 3 neighbourhoods have a distance that is not known"):
        reach(np.array([[1.0, NAN], [1.0, 2.0], [NAN, NAN]]), within=10)


def test_nothing_given_is_altered():
    areas, places = np.array([[0.0, 0.0], [NAN, 5.0]]), np.array([[3.0, INF], [3.0, 4.0]])
    metres = distances(areas, places)
    before = areas.copy(), places.copy(), metres.copy()
    reach(metres, within=10)
    for now, then in zip((areas, places, metres), before, strict=True):
        np.testing.assert_array_equal(now, then)


@given(points(known, min_size=1, max_size=40), points(known, min_size=1, max_size=10), detours)
def test_a_way_is_as_long_there_as_back_and_never_shorter_than_either_leg(areas, places, detour):
    there = distances(areas, places, detour=detour)
    np.testing.assert_array_equal(there.T, distances(places, areas, detour=detour))
    legs = np.abs(areas[:, None] - places[None]) * detour
    assert (there >= legs.max(axis=2) * (1 - 1e-12)).all()
    assert (there <= legs.sum(axis=2) * (1 + 1e-12)).all()


@given(points(max_size=40), points(max_size=10), detours, detours, withins)
def test_a_larger_detour_brings_nothing_nearer(areas, places, one, other, within):
    less, more = (distances(areas, places, detour=detour) for detour in sorted((one, other)))
    assert (more >= less).all()
    near, far = reach(less, within=within), reach(more, within=within)
    assert (far.nearest_m >= near.nearest_m).all()
    assert (far.within <= near.within).all()


@given(points(max_size=40), points(max_size=10), withins, st.randoms(use_true_random=False))
def test_the_order_of_areas_and_places_changes_only_the_order(areas, places, within, chance):
    rows, columns = list(range(len(areas))), list(range(len(places)))
    chance.shuffle(rows)
    chance.shuffle(columns)
    plain = reach(distances(areas, places), within=within)
    moved = reach(distances(areas[rows], places[columns]), within=within)
    assert moved.nearest_m.tolist() == plain.nearest_m[rows].tolist()
    assert moved.within.tolist() == plain.within[rows].tolist()
    # Of equally near places another may come first, but it is as near.
    for row, nearest in zip(rows, moved.nearest, strict=True):
        if nearest == -1:
            assert plain.nearest[row] == -1
        else:
            there = distances(areas[[row]], places[[columns[nearest]]])
            assert there[0, 0] == plain.nearest_m[row]


@given(points(max_size=20), points(max_size=10), known, withins)
def test_another_place_takes_nothing_away(areas, places, added, within):
    before = reach(distances(areas, places), within=within)
    after = reach(distances(areas, np.vstack([places, added])), within=within)
    assert (after.nearest_m <= before.nearest_m).all()
    assert set((after.within - before.within).tolist()) <= {0, 1}
