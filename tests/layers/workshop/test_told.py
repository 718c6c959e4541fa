"""What residents told us is laid over the map: published, shown, whereabouts only, and counted as the minutes count."""

import json
import re
from dataclasses import replace

import pytest

from data.workshop.live import Answer, By, Place, Seen, Session, Settings, Vote
from data.workshop.scenes import Question, Scene
from layers.render import Mark, Told
from layers.workshop import told
from tests.layers.test_render import sent
from tests.toytown import NASTY

MILL, MOOR = "E02000001", "E02000002"
NAMES = {MILL: "Mill Lane", MOOR: "High Moor"}
WHERE = Scene(id="s00000001", title="Where", question=Question(kind="place", text="Where is it missing?", most=3))
WHEN = Scene(id="s00000002", title="When", question=Question(kind="vote", text="When?", options=("Now", "Later")))
SESSION = Session(
    id="w01",
    code="BCD234",
    key="key",
    title="An evening in Ayton",
    place="Ayton Hall",
    day="2026-11-05",
    pack="toytown 1",
    scenes=(WHERE, WHEN),
    settings=Settings(published=True, hide_small=False),
)
SPOT, OTHER = (53.7932, -1.537), (53.8022, -1.537)


def pin(person, *, area=MILL, at=SPOT, note="", seen=Seen.SHOWN, scene=WHERE):
    value = Place(area=area, at=at, note=note, lsoa21cd="E01000001")
    return answer(person, value, seen=seen, scene=scene)


def answer(person, value, *, seen=Seen.SHOWN, scene=WHERE):
    id_ = f"a{person:016x}"
    return Answer(
        id=id_, scene=scene.id, person=person, turn=1, value=value, by=By.PHONE, minute="2026-11-05T19:05", seen=seen
    )


def heard(*answers, areas=(MILL, MOOR), **settings):
    session = replace(SESSION, settings=replace(SESSION.settings, **settings))
    return told.heard(session, answers, areas=areas, names=NAMES)


class TestWhatIsTold:
    def test_a_pin_is_drawn_with_its_session_day_and_note(self):
        [each] = told.drawn([heard(pin(1, note="A reading room"))])
        assert each == Told(
            label="An evening in Ayton, 5 November 2026", marks=(Mark(at=SPOT, label="A reading room"),)
        )

    def test_what_is_hidden_is_told_nowhere(self):
        found = heard(pin(1, note="Secret", seen=Seen.HIDDEN))
        assert told.drawn([found]) == () and told.rows([found], NAMES).empty
        assert "Secret" not in told.summary([found])
        assert told.counts([found]).empty

    def test_a_place_whose_note_is_held_is_told_as_one_without_a_note(self):
        listed = answer(2, Place(area=MOOR, note="Secret"), seen=Seen.HELD)
        found = heard(pin(1, note="Secret", seen=Seen.HELD), listed)
        assert found == heard(pin(1, seen=Seen.HELD), replace(listed, value=Place(area=MOOR)))
        [each] = told.drawn([found])
        assert each.marks == (Mark(at=SPOT, label=""),)
        assert told.counts([found])["People who pointed to it"].tolist() == ["1", "1"]
        assert told.rows([found], NAMES)["What was said"].tolist() == [""]
        assert "Secret" not in repr(found)

    def test_nothing_of_a_session_that_is_not_published_is_told(self):
        found = heard(pin(1, note="Here"), published=False)
        assert told.drawn([found]) == () and told.rows([found], NAMES).empty and told.counts([found]).empty

    def test_only_places_are_told_and_only_those_in_view(self):
        vote = answer(2, Vote(chosen=(0,)), scene=WHEN)
        found = heard(pin(1), vote, pin(3, area=MOOR, at=OTHER), areas=(MOOR,))
        [each] = told.drawn([found])
        assert [mark.at for mark in each.marks] == [OTHER]
        assert told.counts([found])["Neighbourhood"].tolist() == ["High Moor"]

    def test_each_session_has_its_own_label(self):
        one, two = (
            heard(pin(1)),
            told.heard(replace(SESSION, id="w02", title="A morning", day="soon"), [pin(9)], areas=(MILL,), names=NAMES),
        )
        assert [each.label for each in told.drawn([one, two])] == [
            "An evening in Ayton, 5 November 2026",
            "A morning, soon",
        ]


class TestCounts:
    def test_people_are_counted_by_neighbourhood_the_most_first(self):
        found = heard(pin(1), pin(2, at=OTHER), pin(3, area=MOOR, at=OTHER))
        rows = told.counts([found])
        assert rows.columns.tolist() == ["Neighbourhood", "People who pointed to it", "Asked", "Session", "Day"]
        assert rows.iloc[:, :2].to_numpy().tolist() == [["Mill Lane", "2"], ["High Moor", "1"]]
        assert rows.iloc[0, 2:].tolist() == ["Where is it missing?", "An evening in Ayton", "5 November 2026"]

    def test_a_sentence_says_where_most_pointed_and_that_it_is_no_survey(self):
        found = heard(pin(1), pin(2, at=OTHER), pin(3, area=MOOR, at=OTHER))
        said = told.summary([found])
        assert said.startswith("What residents told us. “An evening in Ayton, 5 November 2026”: 3 people")
        assert "Mill Lane (2)" in said and "100 m" in said and said.endswith("no survey.")

    def test_it_says_so_where_nobody_pointed_to_a_place(self):
        assert "nobody pointed to a place in view" in told.summary([heard()])

    def test_small_numbers_stay_hidden_where_the_session_hides_them(self):
        few, many = [pin(i) for i in range(3)], [pin(i, area=MOOR, at=OTHER) for i in range(10, 17)]
        found = heard(*few, *many, hide_small=True)
        rows = told.counts([found])
        assert rows.iloc[:, :2].to_numpy().tolist() == [["High Moor", "7"], ["Mill Lane", "fewer than 5"]]
        [each] = told.drawn([found])
        assert len(each.marks) == 2, "one mark stands for all that are alike"
        assert not re.search(r"\b3\b|\b10\b", told.summary([found]))

    def test_rows_name_every_mark_and_what_was_said_of_a_neighbourhood_from_the_list(self):
        listed = Place(area=MOOR, note="On the estate")
        found = heard(pin(1, note="A club"), answer(2, listed), answer(3, Place(area=MOOR)))
        rows = told.rows([found], NAMES)
        assert rows.iloc[:, :3].to_numpy().tolist() == [
            ["High Moor", "On the estate", "none: chosen from a list"],
            ["Mill Lane", "A club", "a mark"],
        ]
        assert told.counts([found])["People who pointed to it"].tolist() == ["2", "1"]


class TestTheStep:
    def test_a_step_without_it_has_not_a_byte_more(self, toy):
        script, step = sent(toy)
        assert "told" not in step and sent(toy, told=())[0] == script

    def test_the_browser_is_told_each_session_and_its_marks(self, toy):
        shown = told.drawn([heard(pin(1, note=NASTY))])
        script, step = sent(toy, told=shown)
        assert step["told"] == [
            {"label": "An evening in Ayton, 5 November 2026", "marks": [{"at": list(SPOT), "label": NASTY}]}
        ]
        assert "<" not in script and json.dumps(NASTY) not in script

    def test_an_evening_of_two_hundred_pins_stays_a_small_step(self, toy):
        pins = [pin(i, at=(53.7 + i / 1_000, -1.5), note="Somewhere to work with others") for i in range(200)]
        assert len(sent(toy, told=told.drawn([heard(*pins)]))[0].encode()) < 25_000


@pytest.mark.parametrize(("day", "words"), [("2026-11-05", "5 November 2026"), ("next week", "next week"), ("", "")])
def test_a_day_is_said_in_words(day, words):
    assert told.day_words(day) == words
