"""What an editor changes is kept, told in the history, seen at once on the map, and can be undone."""

from datetime import datetime, timedelta

import pytest

from pages import _edge
from tests import toytown
from tests.pages.desk import (
    CHANGES,
    EDITOR,
    REGISTER,
    at_desk,
    buttons,
    done,
    errors,
    expanders,
    on_the_map,
    one,
    press,
    record,
    register,
)
from tests.pages.visit import NEIGHBOURHOOD, as_read, told, visit, warnings, words

pytestmark = pytest.mark.usefixtures("in_toytown", "own_register")

LIBRARY = "T2"


def opened(id_, part=""):
    """An organisation as an editor opens it, or one part of it by its label."""
    at = at_desk(REGISTER, organisation=id_)
    return at.selectbox(key=f"part-{id_}").set_value(part).run() if part else at


def fill(at, **values):
    """Put values into the fields of the form that is open, by the names of the fields."""
    for name, value in values.items():
        [widget] = [
            each
            for each in (
                *at.text_input,
                *at.text_area,
                *at.selectbox,
                *at.multiselect,
                *at.number_input,
                *at.date_input,
            )
            if each.key and each.key.startswith("edit-") and each.key.endswith(f"-{name}")
        ]
        widget.set_value(value)
    return at


def rename(id_, name, *, why=""):
    return press(fill(opened(id_), name=name, why=why), "Save")


def history(at):
    """The rows of the history, as people read them."""
    return at.dataframe[-1].value.to_dict(orient="records")


class TestAField:
    def test_what_is_typed_is_kept(self):
        at = rename(LIBRARY, "Mill Lane Library")
        assert done(at) == ["Saved: Mill Lane Library."] and not errors(at)
        assert at.header[0].value == "Mill Lane Library"
        assert record("organisations", LIBRARY).name == "Mill Lane Library" and register().version == 2

    def test_the_history_tells_who_what_and_why(self):
        row = history(rename(LIBRARY, "Mill Lane Library", why="They told me by phone"))[0]
        assert (row["Who"], row["Why"]) == (EDITOR.name, "They told me by phone")
        assert row["What"].startswith("Changed ") and row["What"].endswith(": organisation")
        assert row["As it was, and as it became"] == f"Name: {toytown.NASTY} → Mill Lane Library"

    def test_the_map_shows_it_at_once(self):
        assert toytown.NASTY in on_the_map()
        rename(LIBRARY, "Mill Lane Library")
        assert "Mill Lane Library" in on_the_map() and toytown.NASTY not in on_the_map()
        at = visit()
        at.text_input(key="find").set_value("Mill Lane Library").run()
        assert told(at)["mark"]["label"] == "Mill Lane Library"

    def test_what_cannot_be_kept_is_said_and_nothing_is_written(self):
        at = press(fill(opened(LIBRARY), name="", website="nowhere", email="at"), "Save")
        assert [each.split(":")[0] for each in errors(at)] == ["Name", "Website", "Email"]
        assert register().version == 1
        assert at.text_input(key="edit-organisations-T2-1-website").value == "nowhere", "what was typed is still there"

    def test_saving_what_is_as_it_was_writes_nothing(self):
        at = press(opened(LIBRARY), "Save")
        assert "Nothing was changed, so nothing was saved." in words(at)
        assert register().version == 1 and not done(at)

    def test_a_place_is_not_given_the_name_of_its_organisation(self):
        """Both have the code T1, and a field called “name”."""
        at = opened("T1")
        at.selectbox(key="part-T1").set_value("locations-T1").run()
        assert at.text_input(key="edit-locations-T1-1-name").value == ""
        press(fill(at, town="Ayton"), "Save")
        assert (record("locations", "T1").name, record("locations", "T1").town) == (None, "Ayton")

    def test_every_part_of_an_organisation_can_be_opened(self):
        parts = ["organisations-T7", "locations-T7", "services-T7-S", "A new service", "A new place", "A new practice"]
        assert len(opened("T7").selectbox(key="part-T7").options) == len(parts)
        for part in parts:
            at = opened("T7", part)
            assert not at.exception and "Save" in buttons(at)

    def test_the_last_words_typed_come_with_the_press(self):
        """A browser may send what was typed last together with the press."""
        at = opened("T1")
        at.text_input(key="why-organisations-T1").set_value("Never was here")
        press(at, "Remove it")
        assert register().ask("steps", before=99, most=1)["why"].tolist() == ["Never was here"]

    def test_opening_hours_that_can_be_understood_are_offered_in_the_written_form(self):
        at = press(fill(opened("T1", "services-T1-S"), opening_hours="Mon to Fri 9am-5pm"), "Save")
        [said] = errors(at)
        assert said.startswith("Opening hours: ") and "Did you mean “Mo-Fr 09:00-17:00”?" in said

    def test_a_service_takes_stages_languages_and_a_cost(self):
        at = fill(opened("T1", "services-T1-S"), stages=["growth"], languages=["ur"], cost="free")
        press(at, "Save")
        kept = record("services", "T1-S")
        assert (kept.stages, kept.languages, kept.cost) == (("growth",), ("ur",), "free")
        assert visit(REGISTER, stages="growth", costs="free", languages="ur").dataframe[0].value["Name"].tolist() == [
            "Ayton Enterprise Centre"
        ]

    def test_a_place_with_another_postcode_moves(self):
        """T2 from A1 to B4, whose middle is at 433500, 434500."""
        press(fill(opened(LIBRARY, "locations-T2"), postcode="zx1 1aj"), "Save")
        kept = record("locations", LIBRARY)
        assert (kept.postcode, kept.easting, kept.northing) == ("ZX1 1AJ", 433_500, 434_500)
        assert (kept.lsoa21cd, kept.district) == (toytown.CODE["B4"], "Beeton")
        assert toytown.NASTY in on_the_map(focus="Beeton") and toytown.NASTY not in on_the_map(focus="Ayton")

    def test_a_postcode_that_there_is_not_moves_nothing(self):
        at = press(fill(opened(LIBRARY, "locations-T2"), postcode="ZX9 9ZZ"), "Save")
        assert len(errors(at)) == 1 and errors(at)[0].startswith("Postcode: ") and register().version == 1

    def test_a_new_service_is_help_at_once(self):
        at = fill(opened(LIBRARY, "A new service"), name="Start-up Saturdays", support_type="bipc_library")
        at = press(fill(at, status="active"), "Save")
        assert done(at) == ["Saved: Start-up Saturdays."]
        [made] = [each for each, _ in register().records("services", [LIBRARY], of="organisation_id")]
        assert (
            made.name == "Start-up Saturdays" and "Service: Start-up Saturdays" in at.selectbox(key="part-T2").options
        )
        assert toytown.NASTY in on_the_map(places="support")

    def test_two_new_parts_in_a_row_are_two(self):
        at = opened(LIBRARY, "A new service")
        press(fill(at, name="Drop-in"), "Save")
        press(fill(at, name="Saturdays"), "Save")
        kept = [each.name for each, _ in register().records("services", [LIBRARY], of="organisation_id")]
        assert sorted(kept) == ["Drop-in", "Saturdays"]

    def test_two_parts_of_one_name_can_be_told_apart(self):
        for _ in range(2):
            press(fill(opened(LIBRARY, "A new service"), name="Drop-in"), "Save")
        services = [option for option in opened(LIBRARY).selectbox(key="part-T2").options if "Drop-in" in option]
        assert len(set(services)) == 2


class TestConfirming:
    def test_it_says_the_day_and_who(self):
        at = press(opened("T1"), "Still true today")
        today = _edge.today()
        assert done(at) == ["Confirmed: still true today."]
        assert f"Last confirmed {today}." in words(at)
        for table, id_ in (("organisations", "T1"), ("services", "T1-S")):
            kept = record(table, id_)
            assert (kept.confirmed_on, kept.confirmed_by) == (today, EDITOR.name)

    def test_then_it_is_no_longer_to_do(self):
        press(opened("T1"), "Still true today")
        at = visit("to_do.py")
        assert "Ayton Enterprise Centre" not in at.dataframe[0].value["Organisation"].tolist()
        assert as_read(at.segmented_control(key="query_what").options[0]) == "Not confirmed for twelve months (7)"


class TestEnding:
    def end(self, part, on, why="Closed its doors"):
        at = opened("T1", part)
        at.text_input(key=f"why-{part}").set_value(why)
        at.date_input(key=f"on-{part}").set_value(on)
        return press(at, "Mark as ended")

    @pytest.mark.parametrize("part", ["organisations-T1", "services-T1-S"])
    def test_what_has_ended_is_no_longer_counted(self, part):
        before = visit(NEIGHBOURHOOD, area=toytown.CODE["A1"])
        assert "**Help to start or grow a business**: 1 within 800 m" in words(before)
        at = self.end(part, _edge.now().date())
        assert done(at) == ["Marked as ended."]
        assert "Ayton Enterprise Centre" not in on_the_map(unconfirmed="yes")
        after = visit(NEIGHBOURHOOD, area=toytown.CODE["A1"])
        assert "**Help to start or grow a business**: 0 within 800 m" in words(after)

    def test_what_will_end_is_counted_until_that_day(self, monkeypatch):
        last = _edge.now() + timedelta(days=9)
        self.end("organisations-T1", last.date())
        assert record("organisations", "T1").status == "active"
        assert "Ayton Enterprise Centre" in on_the_map()
        monkeypatch.setattr(_edge, "now", lambda: last - timedelta(days=1))
        assert "Ayton Enterprise Centre" in on_the_map()
        monkeypatch.setattr(_edge, "now", lambda: last)
        assert "Ayton Enterprise Centre" not in on_the_map(unconfirmed="yes")

    def test_the_card_says_so(self):
        at = self.end("organisations-T1", datetime(2020, 5, 1).date())
        assert "Ended on 2020-05-01" in words(at)
        assert history(at)[0]["Why"] == "Closed its doors"


class TestRemoving:
    def test_all_of_it_goes_and_comes_back(self):
        at = press(opened("T1"), "Remove it")
        assert "The register has nothing with the code “T1”." in words(at)
        assert record("services", "T1-S") is None and "Ayton Enterprise Centre" not in on_the_map()
        at = at_desk(CHANGES)
        at.button(key="undo-2").click().run()
        assert done(at) == ["Step 2 is undone, by step 3."]
        assert record("services", "T1-S") is not None and "Ayton Enterprise Centre" in on_the_map()

    def test_one_part_goes_alone(self):
        at = opened("T7", "services-T7-S")
        press(at, "Remove it")
        assert record("services", "T7-S") is None and record("organisations", "T7") is not None
        assert "Beeton Trust" in on_the_map() and "Beeton Trust" not in on_the_map(places="support")


class TestMerging:
    def test_two_become_one_with_all_places(self):
        at = opened("T1")
        at.text_input(key="other-T1").set_value("hearsay").run()
        assert one(at.selectbox, "Which").options == ["Hearsay Hub (T9)"]
        at = press(at, "Merge the other into this one")
        assert done(at) == ["Merged with Hearsay Hub."]
        assert record("organisations", "T9") is None
        assert [each.organisation_id for each, _ in register().records("locations", ["T1", "T9"])] == ["T1", "T1"]
        assert on_the_map(unconfirmed="yes").count("Ayton Enterprise Centre") == 2
        gone = visit(REGISTER, organisation="T9")
        assert "It was removed, or merged with another." in words(gone)

    def test_nothing_else_by_these_words_is_said(self):
        at = opened("T1")
        at.text_input(key="other-T1").set_value("enterprise centre").run()
        assert "No other organisation goes by these words." in words(at)
        assert "Merge the other into this one" not in buttons(at)


class TestUndoing:
    def test_every_step_stands_on_the_page_of_changes(self):
        rename("T1", "Ayton Centre", why="A new sign")
        at = at_desk(CHANGES)
        [newest, first] = [label for label in expanders(at) if label[0].isdigit()]
        assert newest.startswith("2. Changed ") and ": 1 record. Amina, " in newest
        assert first.startswith("1. Began with the built-in list: 25 records. Foothold, ")
        assert "Why: A new sign." in words(at)
        at.toggle(key="show-2").set_value(True).run()
        assert at.dataframe[0].value.to_numpy().tolist() == [["T1", "Name: Ayton Enterprise Centre → Ayton Centre"]]

    def test_a_step_of_many_records_shows_the_first_hundred(self):
        at = at_desk(CHANGES)
        at.toggle(key="show-1").set_value(True).run()
        assert len(at.dataframe[0].value) == 25 and not at.exception

    def test_undone_it_is_as_it_was_and_says_so(self):
        rename("T1", "Ayton Centre")
        at = at_desk(CHANGES)
        at.button(key="undo-2").click().run()
        assert done(at) == ["Step 2 is undone, by step 3."]
        assert record("organisations", "T1").name == "Ayton Enterprise Centre"
        labels = [label for label in expanders(at) if label[0].isdigit()]
        assert labels[0].startswith("3. Undid step 2: 1 record.") and labels[1].endswith("Undone by step 3.")
        assert "undo-2" not in [button.key for button in at.button]

    def test_an_undoing_can_be_undone(self):
        rename("T1", "Ayton Centre")
        for number in (2, 3):
            at_desk(CHANGES).button(key=f"undo-{number}").click().run()
        assert record("organisations", "T1").name == "Ayton Centre" and register().unlike_its_log() == []

    def test_what_something_later_stands_on_cannot_be_undone(self):
        rename("T1", "Ayton Centre")
        press(opened("T1"), "Still true today")
        at = at_desk(CHANGES)
        at.button(key="undo-2").click().run()
        assert warnings(at) == [
            "Nothing was undone: a later step changed 1 of the same records, first Ayton Centre. Undo that later step "
            "first."
        ]
        assert record("organisations", "T1").name == "Ayton Centre" and register().version == 3


class TestTwoAtOnce:
    """Two people open the same record; one saves; the other is shown both and chooses."""

    def clash(self, **first):
        slow = opened("T1")
        rename("T1", "Theirs")
        return press(fill(slow, **(first or {"name": "Mine"})), "Save")

    def test_the_second_is_shown_both(self):
        at = self.clash()
        assert "Someone else changed “Theirs” while you were editing it." in words(at)
        [choice] = at.radio
        assert (choice.label, choice.options) == ("Name", ["Theirs", "Mine"])
        assert list(choice.proto.captions) == ["Theirs", "Mine"]
        assert record("organisations", "T1").name == "Theirs" and register().version == 2

    def test_they_may_keep_their_own(self):
        at = press(self.clash(), "Save what I chose")
        assert record("organisations", "T1").name == "Mine" and done(at) == ["Saved: Mine."]
        assert "Save" in buttons(at) and not at.radio

    def test_they_may_choose_the_others_field_by_field(self):
        at = self.clash(name="Mine", phone="0113 496 0000")
        names = {choice.label: choice for choice in at.radio}
        assert set(names) == {"Name", "Phone"}
        names["Name"].set_value("Theirs")
        press(at, "Save what I chose")
        kept = record("organisations", "T1")
        assert (kept.name, kept.phone) == ("Theirs", "0113 496 0000")

    def test_they_may_leave_it_as_it_is(self):
        at = press(self.clash(), "Leave it as they wrote it")
        assert record("organisations", "T1").name == "Theirs" and register().version == 2
        assert "Save" in buttons(at) and at.text_input(key="edit-organisations-T1-2-name").value == "Theirs"

    def test_what_the_second_never_touched_is_not_taken_back(self):
        slow = opened("T1")
        press(fill(opened("T1"), website="theirs.example", name="Theirs"), "Save")
        press(press(fill(slow, name="Mine"), "Save"), "Save what I chose")
        kept = record("organisations", "T1")
        assert (kept.name, kept.website) == ("Mine", "theirs.example")

    def test_a_part_that_was_renamed_meanwhile_is_still_the_one_that_is_open(self):
        slow = opened("T7", "services-T7-S")
        press(fill(opened("T7", "services-T7-S"), name="Theirs"), "Save")
        at = press(fill(slow, name="Mine"), "Save")
        assert "Someone else changed “Theirs” while you were editing it." in words(at)
        press(at, "Save what I chose")
        assert record("services", "T7-S").name == "Mine" and record("organisations", "T7").name == "Beeton Trust"

    def test_what_was_removed_meanwhile_is_said(self):
        slow = opened("T7", "services-T7-S")
        press(opened("T7", "services-T7-S"), "Remove it")
        at = fill(slow, name="Mine")
        assert (
            "Someone else removed what you had open here" in words(press(at, "Save"))
            and record("services", "T7-S") is None
        )

    def test_a_third_who_is_quicker_still_is_shown_too(self):
        at = self.clash()
        press(fill(opened("T1"), name="A third"), "Save")
        at = press(at, "Save what I chose")
        assert "Someone else changed “A third” while you were editing it." in words(at)
        press(at, "Save what I chose")
        assert record("organisations", "T1").name == "Mine"
