"""Who is drawn, who is hollow, who is not drawn; and what stands near."""

import pytest

from layers.nearby import around, distance_text
from layers.places import PLACE_GROUPS, PLACE_TYPES, shown

EVERYTHING = frozenset(PLACE_TYPES)


def ids(rows):
    return set(rows["id"])


def test_ended_services_and_head_offices_are_not_drawn(toy_places):
    assert ids(toy_places) == {"T1", "T2", "T3", "T6", "T7", "T8", "T9"}


def test_the_unconfirmed_and_the_roughly_placed_are_hollow_and_say_why(toy_places):
    rows = toy_places.set_index("id")
    assert set(rows.index[rows["firm"]]) == {"T1", "T2", "T7", "T8"}
    assert rows["why"]["T3"] == "Not confirmed to be open"
    assert rows["why"]["T6"] == "Placed roughly"
    assert rows["why"]["T9"] == "Known from one weak source"
    assert rows["why"]["T1"] == ""


def test_the_hollow_are_counted_only_when_asked(toy_places):
    places = toy_places
    assert ids(shown(places, EVERYTHING, unconfirmed=False, districts=frozenset())) == {"T1", "T2", "T7", "T8"}
    assert len(shown(places, EVERYTHING, unconfirmed=True, districts=frozenset())) == 7


def test_a_place_of_two_kinds_is_found_under_either(toy_places):
    places = toy_places
    for kind in ("community_anchor_org", "vcs_support"):
        assert ids(shown(places, frozenset({kind}), unconfirmed=False, districts=frozenset())) == {"T7"}


def test_districts_narrow_the_list(toy_places):
    found = shown(toy_places, EVERYTHING, unconfirmed=True, districts=frozenset({"Ayton"}))
    assert ids(found) == {"T1", "T2", "T3"}


def test_every_type_in_the_built_in_register_has_a_group(held_places):
    kinds = {kind for kinds in held_places["types"] for kind in kinds}
    assert kinds and kinds <= set(PLACE_TYPES)


def test_the_built_in_register_is_drawn_but_for_the_ended_and_the_head_offices(held_places):
    """293 places, of which 4 ended and 12 are accountable bodies' addresses; the 4 ended are among the 12."""
    assert len(held_places) == 293 - 12


def test_no_type_belongs_to_two_groups():
    assert sum(len(group.types) for group in PLACE_GROUPS) == len(PLACE_TYPES)


def test_nearest_and_walks_by_hand(toy_places):
    """From the middle of A1: the enterprise centre is there; Beeton Trust stands 3 km east and 1 km north."""
    near = {found.group.key: found for found in around(toy_places, (430_500, 433_500))}
    support = near["support"]
    assert support.nearest["id"].tolist() == ["T1", "T7"]
    assert support.nearest["distance_m"].tolist() == pytest.approx([0, 10**0.5 * 1000])
    assert support.within == (1, 1)
    assert near["anchors"].within == (0, 0)


def test_unconfirmed_places_are_near_only_when_asked(toy_places):
    """The old jobcentre stands 1 km east of the middle of A1, the hearsay hub 2 km."""
    support = around(toy_places, (430_500, 433_500), unconfirmed=True)[0]
    assert support.nearest["id"].tolist() == ["T1", "T3", "T9"]
    assert support.within == (1, 2)


def test_all_that_is_within_the_longer_walk_is_listed_and_at_least_three(held_places):
    """The middle of Leeds has many; the far end of Craven has none within a walk, and three are listed all the same."""
    leeds = {found.group.key: found for found in around(held_places, (430_000, 433_500), unconfirmed=True)}
    assert leeds["support"].within[1] > 3
    for found in leeds.values():
        assert len(found.nearest) == max(3, found.within[1])
        assert found.nearest["distance_m"].is_monotonic_increasing
    assert all(len(found.nearest) == 3 for found in around(held_places, (375_000, 475_000)))


@pytest.mark.parametrize(
    ("metres", "text"),
    [(0, "under 100 m"), (99, "under 100 m"), (512, "500 m"), (951, "950 m"), (980, "1.0 km"), (1_260, "1.3 km")],
)
def test_distances_are_no_finer_than_a_postcode(metres, text):
    assert distance_text(metres) == text
