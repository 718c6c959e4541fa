"""The measured evening itself, small: whatever the machine, nothing is lost and nothing comes twice."""

import pytest

from tests.bench.workshop import evening, share
from tests.bench.workshop_room import lost


def test_of_a_short_evening_nothing_is_lost(tmp_path):
    figures = evening(tmp_path, phones=40, seconds=8.0, turn=0.8, twice=0.1, hung_up=0.05)
    assert figures["workshop.lost"] == 0
    assert figures["workshop.accepted"] == 160
    assert figures["workshop.refused"] == 0


def given(id_, text, refused=""):
    return {"id": id_, "scene": "s1", "value": {"text": text}, "refused": refused}


def found(id_, text):
    return {"Answer id": id_, "Answer": text}


@pytest.mark.parametrize(
    ("sent", "kept", "count"),
    [
        ([given("a", "x")], [found("a", "x")], 0),
        ([given("a", "x")], [], 1),
        ([given("a", "x")], [found("a", "x"), found("a", "x")], 1),
        ([given("a", "x")], [found("a", "y")], 1),
        ([], [found("a", "x")], 1),
        ([given("a", "x", "no")], [], 0),
        ([given("a", "x", "no")], [found("a", "x")], 1),
    ],
)
def test_what_is_lost_would_be_noticed(sent, kept, count):
    assert len(lost(sent, kept)) == count


def test_a_share_of_times_is_one_of_them():
    times = [float(i) for i in range(100, 0, -1)]
    assert share(times, 0.5) == 50 and share(times, 0.95) == 95 and share([7.0], 0.95) == 7
