"""What the room may see of an answer: all of it, a place without its note, or nothing."""

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from data.workshop.live import Answer, By, Place, Ranking, Seen, Vote, Words, for_room

VALUES = st.one_of(
    st.builds(
        Place,
        area=st.sampled_from(["E02000001", "E02000002"]),
        at=st.sampled_from([None, (53.79287, -1.53773)]),
        note=st.text(max_size=5),
    ),
    st.builds(Vote, chosen=st.just((0,))),
    st.builds(Ranking, order=st.just((1, 0))),
    st.builds(Words, text=st.text(min_size=1, max_size=5)),
)


def given_as(value, seen):
    return Answer(id="a1", scene="s1", person=1, turn=1, value=value, by=By.PHONE, minute="2026-11-26T19:05", seen=seen)


@given(VALUES, st.sampled_from(Seen))
def test_a_held_note_does_not_hold_its_place_and_nothing_else_is_let_through(value, seen):
    answer = given_as(value, seen)
    found = for_room(answer)
    if seen is Seen.SHOWN:
        assert found == answer
    elif seen is Seen.HELD and isinstance(value, Place):
        assert found == replace(answer, value=replace(value, note=""))
    else:
        assert found is None


@pytest.mark.parametrize("seen", [Seen.HELD, Seen.SHOWN])
def test_to_ask_twice_is_to_ask_once(seen):
    found = for_room(given_as(Place(area="E02000001", note="Why"), seen))
    assert for_room(found) == found and found.seen is seen, "it is not told as one that was let through"
