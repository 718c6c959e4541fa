"""Afterwards: minutes and data, pins on everybody's map, what is missing passed on, and nothing left once deleted."""

import csv
import io
from dataclasses import replace

import pytest
import streamlit as st

from data.workshop.live import Seen, Settings
from pages import _edge, _prepare
from tests.pages.desk import at_desk, buttons, done, drawn, errors, one, press, record, register, write
from tests.pages.in_session import (
    IN_A1,
    IN_A3,
    IN_B1,
    PLACE,
    RANK,
    TITLE,
    VOTE,
    WORDS,
    a_session,
    a_story,
    helm_of,
    own_rooms,  # noqa: F401  (a fixture)
    points,
    room_of,
    says,
    writes,
)
from tests.pages.test_session import at_session
from tests.pages.visit import as_read, link, told, visit, warnings, words
from tests.toytown import NASTY

pytestmark = pytest.mark.usefixtures("in_toytown", "own_register", "own_rooms")


@pytest.fixture
def files(monkeypatch):
    """What each download button would make, by label."""
    given = {}
    monkeypatch.setattr(st, "download_button", lambda label, data, **_rest: given.update({label: data}))
    return given


class TestFiles:
    def test_the_minutes_hold_what_was_asked_answered_and_what_comes_next(self, files):
        session = a_session(settings=Settings(hide_small=False, next_steps="The council hears of it in March."))
        points(session, IN_A1, "A club & < 5 others")
        hidden = writes(session, "Not for others")
        helm_of(session).moderate(hidden, Seen.HIDDEN)
        at_session(session, "after")
        page = files["Minutes (HTML)"]().decode()
        assert (
            TITLE in page
            and "Where is help missing?" in page
            and "Mill Lane" in page
            and "A club &amp; &lt; 5 others" in page
        )
        assert "The council hears of it in March." in page and "Not for others" not in page
        assert files["Minutes (PDF)"]().startswith(b"%PDF")

    def test_every_answer_is_a_row_in_each_form(self, files):
        session = a_session()
        ids = [points(session, IN_A1, "=1+1"), writes(session, "A van"), says(session, VOTE, {"chosen": [1]})]
        at_session(session, "after")
        table = files["Answers (CSV)"]().decode("utf-8-sig")
        rows = list(csv.DictReader(io.StringIO(table)))
        assert {row["Answer id"] for row in rows} >= set(ids) and "'=1+1" in table
        assert files["Answers (Excel)"]()[:2] == b"PK"
        assert files["Answers (GeoPackage of points)"]()[:6] == b"SQLite"
        assert "Mill Lane" in files["Counts by neighbourhood (CSV)"]().decode("utf-8-sig")

    def test_nothing_is_made_before_it_is_asked_for(self, files, monkeypatch):
        from pages import _session_take

        session = a_session()
        monkeypatch.setattr(_session_take.minutes, "compose", lambda *_args, **_rest: pytest.fail("made too early"))
        monkeypatch.setattr(_session_take.export, "answers_sheet", lambda *_a, **_r: pytest.fail("made too early"))
        at_session(session, "after")
        assert len(files) == 6


class TestWhatHappensNext:
    def test_is_kept_for_the_minutes_and_leaves_other_settings(self):
        session = a_session(settings=Settings(hide_small=False, watched=("daft",)))
        at = at_session(session, "after")
        write(at, For_the_minutes="We meet again in May.")
        at = press(at, "Keep it")
        kept = room_of(session).session.settings
        assert (kept.next_steps, kept.watched, kept.published) == ("We meet again in May.", ("daft",), False)
        assert done(at) == ["Kept: the minutes end with it."]


class TestResults:
    def test_each_scene_has_its_sentence_and_its_table(self):
        session = a_session()
        points(session, IN_A1, "A club")
        points(session, IN_A3)
        says(session, VOTE, {"chosen": [0, 1]})
        says(session, RANK, {"order": [2, 0, 1]})
        writes(session, "A van")
        at = at_session(session, "after")
        tables = [each.value for each in at.dataframe]
        assert [list(table.columns) for table in tables] == [
            ["Neighbourhood", "People"],
            ["Neighbourhood", "What was written at a pin"],
            ["Option", "People"],
            ["Place", "Option", "How it came to that"],
            ["What was written"],
        ]
        assert sorted(tables[0].to_numpy().tolist()) == [["High Moor", "1"], ["Mill Lane", "1"]]
        assert tables[2].to_numpy().tolist() == [["Mornings", "1"], ["Evenings", "1"]]
        assert tables[3]["Option"].tolist() == ["Language", "Cost", "Distance"]
        assert "2 people pointed to a place." in words(at)

    def test_small_numbers_are_hidden_where_the_session_hides_them(self):
        session = a_session(settings=Settings(hide_small=True))
        for _ in range(3):
            says(session, VOTE, {"chosen": [0]})
        at = at_session(session, "after")
        assert at.dataframe[0].value["People"].tolist() == ["fewer than 5", "0"]


class TestOnTheMap:
    def on(self, session, **more):
        return visit(told=session.id, **more)

    def test_pins_are_on_nobody_s_map_before_they_are_published(self):
        session = a_session()
        points(session)
        at = self.on(session)
        assert "told" not in told(at) and "session that we do not know" in warnings(at)[0]
        assert "What residents told us" not in [each.label for each in at.multiselect]

    def test_published_they_can_be_laid_over_it_and_taken_off_again(self):
        session = a_session()
        points(session, IN_A1, "A club")
        at = press(at_session(session, "after"), "Publish its pins")
        assert done(at) == [f"The pins of “{TITLE}” are on the map for everybody."]
        assert "on the map for everybody" in words(at)
        at = self.on(session)
        [one_] = told(at)["told"]
        assert one_["label"] == f"{TITLE}, 26 November 2026"
        [mark] = one_["marks"]
        assert mark["label"] == "A club" and mark["at"] == pytest.approx(IN_A1, abs=0.001)
        press(at_session(session, "after"), "Take its pins off the map")
        assert "told" not in told(self.on(session))

    def test_they_are_chosen_at_the_side_and_kept_in_the_link(self):
        session = a_session(settings=Settings(published=True, hide_small=False))
        points(session)
        at = visit()
        assert "told" not in told(at)
        box = one(at.multiselect, "What residents told us")
        assert box.options == [f"{TITLE}, 26 November 2026"]
        box.set_value([session.id]).run()
        assert link(at) == {"told": session.id} and len(told(at)["told"]) == 1
        one(at.multiselect, "What residents told us").set_value([]).run()
        assert link(at) == {} and "told" not in told(at)

    def test_the_same_stands_in_words_and_in_tables(self):
        session = a_session(settings=Settings(published=True, hide_small=False))
        points(session, IN_A1, "< a *club*")
        points(session, IN_A1)
        points(session, IN_B1)
        at = self.on(session, table="yes")
        assert f"“{TITLE}, 26 November 2026”: 3 people pointed to a place." in words(at)
        assert "100 m" in words(at)
        counts, rows = (each.value for each in at.dataframe[-2:])
        assert counts.iloc[:, :2].to_numpy().tolist() == [["Mill Lane", "2"], ["Beeton 001", "1"]]
        assert rows["Neighbourhood"].tolist() == ["Beeton 001", "Mill Lane", "Mill Lane"]
        assert "< a *club*" in rows["What was said"].tolist()

    def test_only_what_is_in_view_and_shown_is_told(self):
        session = a_session(settings=Settings(published=True, hide_small=False))
        points(session, IN_B1)
        helm_of(session).moderate(points(session, IN_A1, "Rude"), Seen.HIDDEN)
        at = self.on(session, focus="Beeton", table="yes")
        assert len(told(at)["told"][0]["marks"]) == 1
        assert "told" not in told(self.on(session, focus="Ayton"))
        assert "Rude" not in str(told(self.on(session))) and "Rude" not in words(at)

    def test_a_place_whose_note_waits_is_told_without_it(self):
        session = a_session(settings=Settings(published=True, hide_small=False, hold_words=True))
        points(session, IN_A1, "Not yet read")
        at = self.on(session, table="yes")
        [mark] = told(at)["told"][0]["marks"]
        assert mark["label"] == "" and "1 person pointed to a place." in words(at)
        assert "Not yet read" not in str(told(at)) + words(at) + "".join(str(each.value) for each in at.dataframe)

    def test_a_map_prepared_for_a_room_shows_them_too(self):
        told_us = a_session(settings=Settings(published=True, hide_small=False))
        points(told_us, IN_A1, "A club")
        scene = replace(a_story().scenes[0], link=f"layer=imd&told={told_us.id}")
        [prepared], _ = _prepare.prepared(replace(a_story(), scenes=(scene,)), heard=lambda _: None)
        assert "A club" in prepared.step and "What residents told us." in prepared.summary


class TestPassingOn:
    def tick(self, at, *texts):
        for box in at.checkbox:
            if any(text in as_read(box.label) for text in texts):
                box.set_value(True)
        return at.run()

    def pass_on(self, session, text, name, kind="library"):
        at = self.tick(at_session(session, "pass"), text)
        at.text_input(key=next(each.key for each in at.text_input if each.key.startswith("name-"))).set_value(name)
        at.selectbox(key=next(each.key for each in at.selectbox if each.key.startswith("kind-"))).set_value(kind)
        return press(at, "Pass on 1 suggestion")

    def waiting(self):
        return [each for each, _ in register().records("suggestions", ["waiting"], of="state")]

    def test_only_what_is_shown_and_says_something_can_be_ticked(self):
        session = a_session()
        points(session, IN_A1, "A club")
        points(session, IN_A1)
        writes(session, "A van")
        helm_of(session).moderate(writes(session, "Rude"), Seen.HIDDEN)
        at = at_session(session, "pass")
        assert [as_read(each.label) for each in at.checkbox] == ["“A club” (Mill Lane)", "“A van”"]
        assert not [each for each in buttons(at) if each.startswith("Pass on")]

    def test_a_note_that_waits_to_be_read_cannot_be_passed_on(self):
        session = a_session(settings=Settings(hide_small=False, hold_words=True))
        points(session, IN_A1, "Not yet read")
        at = at_session(session, "pass")
        assert not at.checkbox and "Not yet read" not in words(at)

    def test_a_pin_waits_in_the_queue_where_it_was_put_and_says_who_told_it(self):
        session = a_session()
        id_ = points(session, IN_A1, "A club for the young")
        at = self.pass_on(session, "A club", "Youth enterprise club", "start_up_programme")
        assert done(at) == ["Passed on: Youth enterprise club. It waits in the queue."]
        [made] = self.waiting()
        assert (made.name, made.kind, made.district) == ("Youth enterprise club", "start_up_programme", "Ayton")
        pin = next(each.value.at for each in room_of(session).answers() if each.id == id_)
        assert _edge.gazetteer().degrees(made.easting, made.northing)[::-1] == pytest.approx(pin, abs=1e-4)
        assert made.says == "“A club for the young” In Mill Lane. Asked was: “Where is help missing?”"
        assert made.made_by == f"people at “{TITLE}”, a session on 2026-11-26" and made.made_on == _edge.today()
        queue = words(at_desk("to_do.py"))
        assert "**Youth enterprise club** Start-up programme" in queue and TITLE in queue
        assert made.id in drawn(visit(places="support", unconfirmed="yes"))

    def test_what_was_written_waits_without_a_place(self):
        session = a_session()
        writes(session, "A van")
        self.pass_on(session, "A van", "Van to share", "other")
        [made] = self.waiting()
        assert (made.easting, made.lsoa21cd, made.says) == (
            None,
            None,
            "“A van” Asked was: “What would help you to start?”",
        )

    def test_several_are_one_step(self):
        session = a_session()
        writes(session, "A van")
        points(session, IN_A3, "A club")
        before = register().version
        at = self.tick(at_session(session, "pass"), "A van", "A club")
        for i, each in enumerate(each for each in at.text_input if each.key.startswith("name-")):
            each.set_value(f"Name {i}")
        for each in at.selectbox:
            if each.key.startswith("kind-"):
                each.set_value("other")
        press(at, "Pass on 2 suggestions")
        assert len(self.waiting()) == 2 and register().version == before + 1

    def test_none_is_passed_on_twice_and_what_became_of_it_is_said(self):
        session = a_session()
        writes(session, "A van")
        self.pass_on(session, "A van", "Van to share")
        at = at_session(session, "pass")
        assert not at.checkbox and "“A van”, as “Van to share”: waits." in words(at)
        [made] = self.waiting()
        at = at_desk("to_do.py")
        at.text_input(key=f"why-{made.id}").set_value("We have one")
        press(at, "Decline")
        assert "“A van”, as “Van to share”: declined." in words(at_session(session, "pass"))

    def test_two_who_pass_on_the_same_at_once_do_it_once(self):
        session = a_session()
        writes(session, "A van")
        slow = self.tick(at_session(session, "pass"), "A van")
        self.pass_on(session, "A van", "Van to share")
        slow.text_input(key=next(e.key for e in slow.text_input if e.key.startswith("name-"))).set_value("Other van")
        slow.selectbox(key=next(e.key for e in slow.selectbox if e.key.startswith("kind-"))).set_value("other")
        at = press(slow, "Pass on 1 suggestion")
        assert [each.name for each in self.waiting()] == ["Van to share"] and not errors(at)

    def test_a_name_and_a_kind_are_needed(self):
        session = a_session()
        writes(session, "A van")
        at = press(self.tick(at_session(session, "pass"), "A van"), "Pass on 1 suggestion")
        assert "Give each a name" in errors(at)[0] and "“A van”" in errors(at)[0] and not self.waiting()

    def test_it_can_be_undone_and_then_passed_on_again(self):
        session = a_session()
        writes(session, "A van")
        self.pass_on(session, "A van", "Van to share")
        register().undo(register().version, by=at_session(session).session_state["signed_in_as"])
        assert not self.waiting()
        self.pass_on(session, "A van", "Van for all")
        assert [each.name for each in self.waiting()] == ["Van for all"]

    def test_taken_up_it_is_an_organisation_that_says_where_it_is_known_from(self):
        session = a_session()
        points(session, IN_A1, "A club")
        self.pass_on(session, "A club", "Youth club", "community_centre")
        press(at_desk("to_do.py"), "Take it up")
        [made] = [each for each, _ in register().records("organisations") if each.name == "Youth club"]
        assert made.source == f"Said by people at “{TITLE}”, a session on 2026-11-26" and made.verification == "C"
        assert record("suggestions", register().records("suggestions")[0][0].id).state == "accepted"

    def test_many_stand_on_pages(self):
        session = a_session()
        for i in range(35):
            writes(session, f"Wish {i:02}")
        at = at_session(session, "pass")
        assert len(at.checkbox) == 30
        at.number_input(key="pass_page").set_value(2).run()
        assert [as_read(each.label) for each in at.checkbox] == [f"“Wish {i}”" for i in range(30, 35)]


class TestPreparingAgain:
    def test_answers_stay_and_the_maps_are_today_s(self):
        session = a_session(pack="toytown 0")
        points(session)
        at = at_session(session, "after")
        assert "from the figures toytown 0, and today’s are toytown 1," in words(at)
        at = press(at, "Prepare the maps again")
        assert done(at) == ["The maps are prepared again, from today’s figures."]
        room = room_of(session)
        assert room.session.pack == "toytown 1" and len(room.answers()) == 1
        assert [each.scene.id for each in room.prepared] == [each.id for each in a_story().scenes]

    def test_what_goes_wrong_leaves_everything_as_it_was(self, monkeypatch):
        session = a_session(pack="toytown 0")
        answered = points(session)
        before = room_of(session).prepared
        fewer = [each for each in before if each.scene.id != PLACE]
        monkeypatch.setattr(_prepare, "prepared", lambda *_args, **_options: (fewer, "[]"))
        at = press(at_session(session, "after"), "Prepare the maps again")
        assert "has been answered, so it must stay" in errors(at)[0]
        assert room_of(session).prepared == before and room_of(session).session.pack == "toytown 0"
        assert [each.id for each in room_of(session).answers()] == [answered]


class TestDeleting:
    def test_it_says_what_goes_and_waits_for_the_title(self):
        session = a_session()
        points(session)
        at = at_session(session, "delete")
        said = words(at)
        assert "its prepared scenes (5)" in said and "their answers (1)" in said and "cannot be undone" in said
        assert one(at.button, "Delete it for good").disabled
        write(at, Type_its_title_to_confirm="Help in Toy")
        at.run()
        assert one(at.button, "Delete it for good").disabled and "not its title yet" in words(at)

    def test_with_its_title_it_is_gone_from_everywhere(self):
        session = a_session(settings=Settings(published=True))
        points(session)
        at = at_session(session, "delete")
        write(at, Type_its_title_to_confirm=" help in  TOYTOWN ")
        at = press(at.run(), "Delete it for good")
        assert done(at) == [f"Deleted for good: {TITLE}."] and link(at) == {"part": "sessions"}
        assert _edge.rooms().sessions() == [] and _edge.rooms().room(session.id) is None
        assert "told" not in told(visit(told=session.id))

    def test_a_title_changed_after_the_button_was_shown_deletes_nothing(self):
        session = a_session()
        at = at_session(session, "delete")
        write(at, Type_its_title_to_confirm=TITLE)
        at.run()
        write(at, Type_its_title_to_confirm="something else")
        at = press(at, "Delete it for good")
        assert "Nothing was deleted" in warnings(at)[0] and _edge.rooms().room(session.id) is not None

    def test_other_sessions_whose_maps_show_its_pins_are_named(self):
        session = a_session(settings=Settings(published=True))
        scene = replace(a_story().scenes[0], link=f"layer=imd&told={session.id}")
        a_session(title="The next one", story=replace(a_story(), scenes=(scene,)))
        assert "prepared for “The next one” show its pins" in warnings(at_session(session, "delete"))[0]
        assert not warnings(at_session(_edge.rooms().room(session.id).session, "after"))

    def test_a_story_that_names_it_is_still_shown(self):
        session = a_session(settings=Settings(published=True))
        _edge.rooms().delete(session.id, by=at_session(session).session_state["signed_in_as"])
        assert WORDS and not visit(told=session.id).exception


def test_a_title_with_markup_can_be_typed_to_delete_it():
    session = a_session(title=NASTY)
    at = at_session(session, "delete")
    write(at, Type_its_title_to_confirm=NASTY)
    press(at.run(), "Delete it for good")
    assert _edge.rooms().sessions() == []
