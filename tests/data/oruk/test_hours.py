"""Opening hours in two tongues."""

from datetime import datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st
from opening_hours import OpeningHours

from data.oruk.hours import hours_of, schedules, text_of_week, week_of
from data.oruk.slots import Slots
from tests.data.register_strategies import HOURS

MONDAY = datetime(2026, 3, 2)
TIMES = st.tuples(st.integers(0, 23), st.integers(0, 23)).filter(lambda pair: pair[0] < pair[1])


@pytest.mark.parametrize(
    ("text", "again"),
    [
        ("Mo-Fr 09:00-17:00", "Mo-Fr 09:00-17:00"),
        ("Mo-Fr 09:00-17:00; Sa 10:00-12:00", "Mo-Fr 09:00-17:00; Sa 10:00-12:00"),
        ("Mo-Fr 09:00-17:00; Fr 09:00-16:00", "Mo-Th 09:00-17:00; Fr 09:00-16:00"),
        ("Mo-Fr 09:00-12:00,13:00-17:00; We off", "Mo-Tu,Th-Fr 09:00-12:00,13:00-17:00"),
        ("Sa-Mo 10:00-14:00", "Mo,Sa-Su 10:00-14:00"),
        ("09:00-17:00", "Mo-Su 09:00-17:00"),
    ],
)
def test_a_plain_week_is_understood(text, again):
    assert text_of_week(week_of(text)) == again


@pytest.mark.parametrize(
    "text",
    ["24/7", "Fr 22:00-02:00", "Mo-Fr 09:00-17:00; PH off", "Tu[1] 18:00-20:00", "Mo-Su 00:00-24:00", "Mo off", ""],
)
def test_anything_else_is_no_plain_week(text):
    assert week_of(text) is None


@pytest.mark.parametrize("text", [text for text in HOURS if week_of(text)])
def test_a_plain_week_is_open_when_the_text_says(text):
    said, told = OpeningHours(text), OpeningHours(text_of_week(week_of(text)))
    for quarter in range(7 * 24 * 4):
        moment = MONDAY + timedelta(minutes=15 * quarter)
        assert said.is_open(moment) == told.is_open(moment), moment


@given(st.dictionaries(st.sampled_from(("Mo", "Tu", "Th", "Sa", "Su")), TIMES, min_size=1))
def test_any_week_comes_back_from_its_schedules(week):
    text = "; ".join(f"{day} {opens:02d}:00-{closes:02d}:30" for day, (opens, closes) in week.items())
    back, lost = hours_of(map(Slots, schedules("x", text)))
    assert (week_of(back), lost) == (week_of(text), 0)


def test_other_hours_go_out_in_words():
    [told] = schedules("x", "24/7")
    assert told["description"] == "24/7" and "freq" not in told
    assert hours_of([Slots(told)]) == ("24/7", 0)


@pytest.mark.parametrize(
    ("schedule", "hours"),
    [
        ({"byday": "TH,FR", "opens_at": "10:00:00", "closes_at": "18:00:00", "freq": "WEEKLY"}, "Th-Fr 10:00-18:00"),
        ({"byday": "MO", "opens_at": "9:00", "closes_at": "17:00Z", "interval": 1}, "Mo 09:00-17:00"),
        ({"weekday": "Wednesday", "opens_at": "09:30+01:00", "closes_at": "11:00+01:00"}, "We 09:30-11:00"),
        ({"weekday": 7, "opens_at": "09:30", "closes_at": "11:00"}, "Su 09:30-11:00"),
        ({"byday": "SA", "opens_at": "18:00", "closes_at": "00:00"}, "Sa 18:00-24:00"),
        ({"description": "By appointment"}, "By appointment"),
    ],
)
def test_schedules_of_others_are_understood(schedule, hours):
    assert hours_of([Slots(schedule)]) == (hours, 0)


@pytest.mark.parametrize(
    "schedule",
    [
        {"freq": "MONTHLY", "byday": "2MO", "opens_at": "10:00", "closes_at": "12:00"},
        {"freq": "WEEKLY", "interval": 2, "byday": "MO", "opens_at": "10:00", "closes_at": "12:00"},
        {"byday": "MO", "opens_at": "ten", "closes_at": "12:00"},
        {"byday": "MO", "opens_at": "10:00", "closes_at": "10:00"},
        {"byday": "Someday", "opens_at": "10:00", "closes_at": "12:00"},
        {"byday": "MO", "opens_at": "25:00", "closes_at": "26:00"},
        {"opens_at": "10:00", "closes_at": "12:00"},
        {},
    ],
)
def test_schedules_that_do_not_tell_a_week_are_counted(schedule):
    assert hours_of([Slots(schedule)]) == ("", 1)
