"""Anyone may suggest; what is suggested waits for an editor, is drawn only when asked for, and counts nowhere."""

import pytest

from pages import _edge
from tests import toytown
from tests.pages.desk import (
    ADD,
    CHANGES,
    REGISTER,
    TO_DO,
    at_desk,
    buttons,
    done,
    drawn,
    errors,
    links,
    on_the_map,
    one,
    press,
    record,
    register,
    write,
)
from tests.pages.visit import NEIGHBOURHOOD, told, visit, warnings, words

pytestmark = pytest.mark.usefixtures("in_toytown", "own_register")

LIBRARIES = {"places": "library", "table": "yes"}


def suggest(name="Mill Lane Reading Room", kind="library", postcode="zx11aa", says="", at=None, **more):
    """The form for a new place, sent."""
    at = at or visit(ADD)
    write(at, **{"Name_of_the_place_or_organisation_*": name, "Postcode": postcode})
    write(at, **{"What_it_offers,_and_for_whom": says})
    one(at.selectbox, "What it is").set_value(kind)
    if more:
        write(at, **more)
    return press(at, "Add it" if "Add it" in buttons(at) else "Suggest it")


def waiting():
    return [each for each, _ in register().records("suggestions", ["waiting"], of="state")]


def counts(at):
    return [group["count"] for group in told(at)["places"]["groups"]]


class TestAPlace:
    def test_it_waits_where_its_postcode_is(self):
        at = suggest(says="Warm, with a kettle.", **{"Your_name_or_role_(if_you_like)": "A reader"})
        assert done(at)[0].startswith("Thank you. Mill Lane Reading Room waits for an editor.") and not errors(at)
        [made] = waiting()
        assert (made.name, made.kind, made.postcode) == ("Mill Lane Reading Room", "library", "ZX1 1AA")
        assert (made.easting, made.northing, made.district) == (430_500, 433_500, "Ayton")
        assert (made.made_by, made.made_on, made.says) == ("A reader", _edge.today(), "Warm, with a kettle.")

    def test_it_stands_in_what_is_to_do(self):
        suggest(says="Warm, with a kettle.")
        at = visit(TO_DO)
        assert at.header[0].value == "Suggestions that wait: 1"
        assert f"Suggested on {_edge.today()} by a visitor. ZX1 1AA, Ayton" in words(at)
        assert "**Mill Lane Reading Room** Library" in words(at) and "Warm, with a kettle." in words(at)

    def test_it_is_drawn_only_with_what_is_not_confirmed_and_never_counted(self):
        suggest()
        [made] = waiting()
        assert drawn(visit(**LIBRARIES)) == ["T2"] and counts(visit(**LIBRARIES)) == [1]
        at = visit(**LIBRARIES, unconfirmed="yes")
        assert drawn(at) == ["T2", made.id] and counts(at) == [1]
        assert "Besides these, 1 is only suggested by visitors and counted nowhere." in words(at)
        cautions = at.dataframe[1].value.set_index("Place")["Caution"]
        assert cautions["Mill Lane Reading Room"] == "Suggested by a visitor, not yet checked"

    def test_no_sentence_of_a_neighbourhood_counts_it(self):
        area = {"area": toytown.CODE["A1"], "unconfirmed": "yes"}
        before = words(visit(NEIGHBOURHOOD, **area))
        suggest()
        suggest("Desk space", "coworking")
        after = visit(NEIGHBOURHOOD, **area)
        assert words(after) == before and "Reading Room" not in str([table.value for table in after.table])

    def test_it_opens_beside_the_map_as_not_yet_checked(self):
        suggest()
        at = visit(**LIBRARIES, unconfirmed="yes", place=waiting()[0].id)
        assert not at.exception and at.header[0].value == "Mill Lane Reading Room"
        assert "Suggested by a visitor, not yet checked." in words(at)

    @pytest.mark.parametrize(
        ("given", "said"),
        [
            ({"name": " "}, "Name: Name is needed."),
            ({"postcode": ""}, "Postcode: Give a postcode, or click the map where it is."),
            ({"postcode": "ZX1"}, "Postcode: 'ZX1' is not a whole postcode."),
            ({"postcode": "SW1A 1AA"}, "Postcode: SW1A 1AA is not in the ten districts that Foothold covers."),
        ],
    )
    def test_what_is_missing_or_wrong_is_said_and_nothing_waits(self, given, said):
        at = suggest(**given)
        assert len(errors(at)) == 1 and errors(at)[0].startswith(said)
        assert waiting() == [] and register().version == 1

    def test_a_postcode_with_signs_that_look_alike_is_guessed(self):
        [said] = errors(suggest(postcode="ZXI IAA"))
        assert said.endswith("Did you mean “ZX1 1AA”?")

    def test_one_that_we_may_have_already_is_said_and_goes_on_if_it_is_another(self):
        at = suggest("Ayton Enterprise Centre", "coworking")
        [said] = warnings(at)
        assert said.startswith("It may be “Ayton Enterprise Centre”, which we have at about the same place.")
        assert waiting() == []
        one(at.checkbox, "It is another place than one that we have already").check()
        press(at, "Suggest it")
        assert [each.name for each in waiting()] == ["Ayton Enterprise Centre"]

    def test_a_name_in_html_is_a_name(self):
        suggest(toytown.NASTY, postcode="ZX1 1AJ", says=f"**bold** {toytown.NASTY}")
        at = visit(TO_DO)
        assert f"**{_edge.plain(toytown.NASTY)}** Library" in [each.value for each in at.markdown]
        assert _edge.plain(f"**bold** {toytown.NASTY}") in [each.value for each in at.markdown]


class TestAnEditor:
    def test_adds_a_place_without_anyone_else(self):
        at = suggest(at=at_desk(ADD))
        assert done(at) == ["Added: Mill Lane Reading Room. Find it in the register to say more."]
        [made] = [each for each, _ in register().records("organisations") if each.name == "Mill Lane Reading Room"]
        assert (made.name, made.anchor_type, made.verification) == ("Mill Lane Reading Room", "library", "C")
        assert made.source == "Said by Amina" and waiting() == []


@pytest.fixture
def suggested(in_toytown, own_register):
    """A library was suggested in A1."""
    suggest()


@pytest.mark.usefixtures("suggested")
class TestDeciding:
    def decide(self, button, why=""):
        at = at_desk(TO_DO)
        write(at, Why_you_take_it_up_or_decline_it=why)
        return press(at, button)

    def test_a_visitor_cannot(self):
        assert not {"Take it up", "Decline"} & set(buttons(visit(TO_DO)))

    def test_taken_up_it_is_hollow_until_a_source_is_named(self):
        assert done(self.decide("Take it up")) == ["Taken up: Mill Lane Reading Room."]
        assert waiting() == []
        assert on_the_map(**LIBRARIES) == [toytown.NASTY]
        at = visit(**LIBRARIES, unconfirmed="yes")
        assert counts(at) == [2] and "suggested by visitors" not in words(at)
        cautions = at.dataframe[1].value.set_index("Place")["Caution"]
        assert cautions["Mill Lane Reading Room"] == "Known from one weak source"
        self.name_a_source()
        assert on_the_map(**LIBRARIES) == [toytown.NASTY, "Mill Lane Reading Room"]
        assert counts(visit(**LIBRARIES)) == [2]

    def name_a_source(self):
        own = visit(REGISTER, find="reading room").dataframe[0].value
        assert own["Name"].tolist() == ["Mill Lane Reading Room"]
        [id_] = [each.id for each, _ in register().records("organisations") if each.name == own["Name"].iloc[0]]
        at = at_desk(REGISTER, organisation=id_)
        key = f"edit-organisations-{id_}-3"
        at.text_area(key=f"{key}-source").set_value("Ayton Council, list of libraries")
        at.selectbox(key=f"{key}-verification").set_value("A")
        press(at, "Save")

    def test_help_that_is_taken_up_is_a_service(self):
        suggest("Desk space", "coworking", postcode="ZX1 1AJ")
        at = at_desk(TO_DO)
        [of_desk] = [each.id for each in waiting() if each.kind == "coworking"]
        at.button(key=f"yes-{of_desk}").click().run()
        [made] = [each for each, _ in register().records("services") if each.name == "Desk space"]
        assert (made.support_type, made.status) == ("coworking", "active")
        assert "Desk space" in on_the_map(places="coworking", unconfirmed="yes")

    def test_declining_needs_a_reason(self):
        at = self.decide("Decline", " ")
        assert warnings(at) == ["Nothing was done: say why you decline it, so that others can learn it."]
        assert len(waiting()) == 1 and register().version == 2

    def test_declined_for_a_reason_it_is_gone_from_the_map_and_its_reason_is_kept(self):
        [made] = waiting()
        assert done(self.decide("Decline", "It closed in 2019")) == ["Declined: Mill Lane Reading Room."]
        kept = record("suggestions", made.id)
        assert (kept.state, kept.answer) == ("declined", "It closed in 2019")
        assert drawn(visit(**LIBRARIES, unconfirmed="yes")) == ["T2"]
        assert visit(TO_DO).header[0].value == "Suggestions that wait: 0"

    def test_what_someone_else_decided_on_already_is_said(self):
        at = at_desk(TO_DO)
        self.decide("Decline", "It closed in 2019")
        assert warnings(press(at, "Take it up")) == ["Nothing was done: someone else has decided on it already."]
        assert register().version == 3

    def test_taking_up_can_be_undone_and_it_waits_again(self):
        self.decide("Take it up")
        at_desk(CHANGES).button(key="undo-3").click().run()
        assert [each.name for each in waiting()] == ["Mill Lane Reading Room"]
        assert len(register().records("organisations")) == 9


class TestACorrection:
    def correct(self, says="It moved to High Moor."):
        at = visit(REGISTER, organisation="T2")
        write(at, What_is_missing_or_wrong=says)
        return press(at, "Suggest")

    def test_it_waits_and_changes_nothing(self):
        before = register().records("organisations")
        assert "nothing changes until then" in done(self.correct())[0]
        [made] = waiting()
        assert (made.about, made.name, made.says) == ("T2", toytown.NASTY, "It moved to High Moor.")
        assert register().records("organisations") == before
        assert on_the_map(**LIBRARIES, unconfirmed="yes") == [toytown.NASTY]

    def test_what_it_is_about_opens_from_what_is_to_do(self):
        self.correct()
        assert ("Open what it is about", "register", {"organisation": "T2"}) in links(visit(TO_DO))

    def test_saying_nothing_is_not_a_correction(self):
        at = self.correct(" \n ")
        assert "Say in a few words what is missing or wrong." in words(at) and waiting() == []

    def test_an_editor_says_that_it_is_made(self):
        self.correct()
        press(at_desk(TO_DO), "I have made the correction")
        assert waiting() == [] and len(register().records("organisations")) == 9
