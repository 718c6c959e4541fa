"""Sheets of paper are entered by whoever presents, and nobody else: all of one or nothing, and nothing is lost."""

import html
import re
from dataclasses import replace

import pytest
from starlette.applications import Starlette
from starlette.testclient import TestClient

from data.workshop.live import By, Place, Ranking, Seen, Settings, Vote, Words
from data.workshop.scenes import Question, Scene
from pages import _edge, _room_present, _room_sheets
from tests.pages.in_session import (
    PLACE,
    RANK,
    TITLE,
    VOTE,
    WORDS,
    a_session,
    a_story,
    helm_of,
    own_rooms,  # noqa: F401  (a fixture)
    room_of,
    writes,
)
from tests.toytown import NASTY

pytestmark = pytest.mark.usefixtures("in_toytown", "own_register", "own_rooms")

FULL = {
    f"{PLACE}.1.at": "G6",
    f"{PLACE}.1.note": "A club",
    f"{PLACE}.2.at": "high moor",
    f"{VOTE}.2": "yes",
    f"{RANK}.1": "2",
    f"{RANK}.2": "1",
    f"{RANK}.3": "3",
    f"{WORDS}.1": "A van",
}


class Desk:
    """A presenter's browser at one session."""

    def __init__(self, session, *, entered=True):
        self.session, self.path = session, f"/present/{session.id}/sheets"
        routes = [*_room_present.ROUTES, *_room_sheets.ROUTES]
        self.client = TestClient(Starlette(routes=routes), follow_redirects=True)
        if entered:
            self.client.get(f"/present/{session.id}/enter?key={session.key}", follow_redirects=False)

    def open(self, query=""):
        return self.client.get(self.path + query)

    def send(self, form=None, *, sheet="", only="", **head):
        sheet = sheet or hidden(self.open(), "sheet")
        own = {"Origin": "http://testserver"} | {name.replace("_", "-"): value for name, value in head.items()}
        return self.client.post(self.path, data={"sheet": sheet, "only": only} | (form or {}), headers=own)

    def undo(self, key):
        return self.client.post(self.path, data={"undo": str(key)}, headers={"Origin": "http://testserver"})


def hidden(reply, name):
    """What a hidden field of the page holds."""
    return re.search(rf'type="hidden" name="{name}" value="([^"]*)"', reply.text)[1]


def said(reply):
    """What the page says was done."""
    return html.unescape(re.search(r'id="said">([^<]*)<', reply.text)[1])


def problems(reply):
    """What the page says must be mended."""
    return [html.unescape(each) for each in re.findall(r'<p class="wrong"[^>]*>([^<]*)<', reply.text)]


def typed(reply):
    """What stands in the fields."""
    page = reply.text.replace("\n", " ")
    pairs = re.findall(r'<input type="text"[^>]*value="([^"]*)"[^>]*name="([^"]*)"', page)
    texts = {name: text for text, name in pairs} | dict(re.findall(r'<textarea[^>]*name="([^"]*)"[^>]*>([^<]*)<', page))
    ticks = re.findall(r'<input type="checkbox" value="yes" checked id="f-([^"]*)"', page)
    return {name: html.unescape(text) for name, text in texts.items() if text} | dict.fromkeys(ticks, "yes")


def answers(session, seen=Seen.SHOWN):
    return [each for each in room_of(session).answers() if each.seen is seen]


class TestSaving:
    def test_a_sheet_is_one_person_and_all_of_its_answers(self):
        session = a_session()
        reply = Desk(session).send(FULL)
        kept = answers(session)
        assert reply.status_code == 200 and said(reply) == "Sheet 1 saved, with 5 answers."
        assert {each.by for each in kept} == {By.SHEET} and len({each.person for each in kept}) == 1
        values = [each.value for each in kept]
        pin, listed = (each for each in values if isinstance(each, Place))
        assert pin.at and pin.note == "A club" and (listed.area, listed.at) == ("E02000002", None)
        assert Vote(chosen=(1,)) in values and Ranking(order=(1, 0, 2)) in values and Words(text="A van") in values
        assert room_of(session).people().paper == {1}

    def test_the_next_form_is_empty_with_the_focus_in_its_first_field_which_says_what_was_saved(self):
        reply = Desk(a_session()).send(FULL)
        assert typed(reply) == {} and reply.url.query == b"saved=1"
        first = re.search(r"<input[^>]*autofocus[^>]*>", reply.text)[0]
        assert f'id="f-{PLACE}.1.at"' in first and "said" in first
        assert reply.text.startswith("<!doctype html>") and "<title>Sheet 1 saved, with 5 answers." in reply.text

    def test_it_can_be_entered_after_the_session_has_ended(self):
        session = a_session()
        helm_of(session).end()
        assert said(Desk(session).send({f"{WORDS}.1": "Late"})).startswith("Sheet 1 saved, with 1 answer.")

    def test_sheets_are_counted_without_the_phones(self):
        session = a_session()
        writes(session, "By phone")
        desk = Desk(session)
        desk.send({f"{WORDS}.1": "One"})
        assert said(desk.send({f"{WORDS}.1": "Two"})) == "Sheet 2 saved, with 1 answer."

    def test_sent_twice_it_is_kept_once(self):
        session = a_session()
        desk = Desk(session)
        for _ in range(2):
            reply = desk.send(FULL, sheet="0123456789abcdef")
        assert len(answers(session)) == 5 and said(reply) == "Sheet 1 saved, with 5 answers."

    def test_sent_again_with_other_answers_it_is_not_taken_for_saved(self):
        session = a_session()
        desk = Desk(session)
        desk.send(FULL, sheet="0123456789abcdef")
        reply = desk.send(FULL | {f"{WORDS}.1": "A lorry"}, sheet="0123456789abcdef")
        assert reply.status_code == 200 and "saved already" in reply.text and typed(reply)[f"{WORDS}.1"] == "A lorry"
        assert [each.value.text for each in answers(session) if isinstance(each.value, Words)] == ["A van"]

    def test_what_is_written_may_wait_for_the_facilitator(self):
        session = a_session(settings=Settings(hold_words=True))
        Desk(session).send(FULL)
        assert len(answers(session, Seen.HELD)) == 2

    def test_one_scene_can_be_entered_alone(self):
        session = a_session()
        desk = Desk(session)
        page = desk.open(f"?scene={VOTE}")
        assert f"{VOTE}.1" in page.text and f'name="{WORDS}' not in page.text
        reply = desk.send({f"{VOTE}.1": "yes", f"{WORDS}.1": "not asked here"}, only=VOTE)
        assert reply.url.query == f"saved=1&scene={VOTE}".encode() and hidden(reply, "only") == VOTE
        assert [each.value for each in answers(session)] == [Vote(chosen=(0,))]


def from_paper(session):
    """The scenes that each person has answered on paper, by person."""
    people = {}
    for each in answers(session):
        people.setdefault(each.person, []).append(each.scene)
    return people


class TestTheNumberOnASheet:
    def test_sheets_with_the_same_one_are_one_person_and_it_is_said(self):
        session = a_session()
        desk = Desk(session)
        first = desk.send({f"{VOTE}.1": "yes", "number": "12"})
        assert said(first) == "Sheet number 12 saved, with 1 answer." and "number=" not in str(first.url)
        assert typed(first) == {}
        desk.send({f"{WORDS}.1": "Seven", "number": "7"})
        again = desk.send({f"{WORDS}.1": "A van", f"{WORDS}.2": "A room", "number": " 012 "})
        assert said(again) == "Sheet number 12 saved, with 2 answers."
        assert from_paper(session) == {1: [VOTE, WORDS, WORDS], 2: [WORDS]}
        assert room_of(session).people().paper == {1, 2}

    def test_one_entered_a_scene_at_a_time_too(self):
        session = a_session()
        desk = Desk(session)
        for scene in (VOTE, RANK):
            given = {f"{VOTE}.1": "yes"} if scene == VOTE else {f"{RANK}.{i}": str(i) for i in (1, 2, 3)}
            assert said(desk.send(given | {"number": "3"}, only=scene)) == "Sheet number 3 saved, with 1 answer."
        assert from_paper(session) == {1: [VOTE, RANK]}

    def test_among_numbered_sheets_one_without_a_number_is_said_to_be_one_more_person(self):
        desk = Desk(a_session())
        assert said(desk.send({f"{WORDS}.1": "One"})) == "Sheet 1 saved, with 1 answer."
        desk.send({f"{WORDS}.1": "Two", "number": "12"})
        assert said(desk.send({f"{WORDS}.1": "Three"})) == (
            "Sheet 3 saved, with 1 answer. It has no number, so it counts as one more person."
        )

    @pytest.mark.parametrize("number", ["0", "000", "1000", "0012", "-1", "1.5", "12a", "twelve", "١٢", "1 2", "<b>"])
    def test_one_that_is_none_is_said_beside_its_field_and_nothing_is_kept(self, number):
        session = a_session()
        reply = Desk(session).send(FULL | {"number": number})
        [wrong] = problems(reply)
        assert (
            wrong
            == f"“{number}” is no number of a sheet. Type a number from 1 to 999, in digits only; or leave this blank."
        )
        assert typed(reply) == FULL | {"number": number}
        first = re.search(r"<input[^>]*autofocus[^>]*>", reply.text)[0]
        assert 'id="f-number"' in first and "e-number" in first and 'aria-invalid="true"' in first
        assert answers(session) == [] and 1 not in room_of(session).inside.crowd

    def test_what_it_has_answered_already_is_not_replaced_and_the_refusal_stands_beside_it(self):
        session = a_session()
        desk = Desk(session)
        desk.send({f"{VOTE}.1": "yes", "number": "12"})
        form = {f"{VOTE}.2": "yes", f"{WORDS}.1": "A van", "number": "12"}
        reply = desk.send(form)
        assert problems(reply) == [
            "Sheet number 12 has answered “When could you come?” already. Check the number; to mend what was saved, "
            "undo that sheet first."
        ]
        assert typed(reply) == form and [each.value for each in answers(session)] == [Vote(chosen=(0,))]
        assert 'id="f-number"' in re.search(r"<input[^>]*autofocus[^>]*>", reply.text)[0]
        assert said(desk.send(form | {"number": "13"})) == "Sheet number 13 saved, with 2 answers."

    def test_sent_twice_it_is_kept_once_and_under_another_it_is_refused(self):
        session = a_session()
        desk = Desk(session)
        for _ in range(2):
            reply = desk.send(FULL | {"number": "12"}, sheet="0123456789abcdef")
        assert said(reply) == "Sheet number 12 saved, with 5 answers." and len(answers(session)) == 5
        other = desk.send(FULL | {"number": "21"}, sheet="0123456789abcdef")
        assert "saved already, with the number 12" in problems(other)[0] and len(answers(session)) == 5

    def test_alone_it_is_no_sheet(self):
        session = a_session()
        assert "Nothing is filled in yet" in Desk(session).send({"number": "12"}).text
        assert 1 not in room_of(session).inside.crowd

    def test_the_form_says_where_it_stands_and_what_it_does(self):
        page = Desk(a_session()).open().text
        told = " ".join(page.split())
        assert "all sheets with the same number: they are one person. A sheet without a number is a person by" in told
        assert "Number on the sheet (if it has one)" in page and "after “Sheet number”" in page


class TestMending:
    def test_nothing_is_kept_or_lost_and_each_field_says_what_to_do(self):
        session = a_session()
        wrong = FULL | {f"{PLACE}.1.at": "Z99", f"{RANK}.2": "2", f"{VOTE}.1": "yes"}
        reply = Desk(session).send(wrong, sheet="0123456789abcdef")
        assert reply.status_code == 200 and answers(session) == []
        assert typed(reply) == {name: text for name, text in wrong.items() if text}
        assert hidden(reply, "sheet") == "0123456789abcdef"
        assert len(problems(reply)) == 2 and "is not on this map" in problems(reply)[0]
        first = re.search(r"<input[^>]*autofocus[^>]*>", reply.text)[0]
        assert f'id="f-{PLACE}.1.at"' in first and f"e-{PLACE}.1.at" in first and 'aria-invalid="true"' in first

    def test_an_empty_sheet_is_no_person(self):
        session = a_session()
        reply = Desk(session).send({})
        assert "Nothing is filled in yet" in reply.text and 1 not in room_of(session).inside.crowd

    def test_what_people_wrote_is_text(self):
        session = a_session(title=NASTY)
        reply = Desk(session).send({f"{WORDS}.1": NASTY, f"{PLACE}.1.at": '"><script>'})
        assert "<img" not in reply.text and reply.text.count("<script") == 1
        assert typed(reply)[f"{WORDS}.1"] == NASTY


class TestUndoing:
    def test_the_last_sheet_is_taken_back_and_stands_in_the_form_to_be_mended(self):
        session = a_session()
        desk = Desk(session)
        desk.send({f"{WORDS}.1": "One"})
        desk.send(FULL)
        reply = desk.undo(2)
        assert "is taken back" in said(reply) and [each.value.text for each in answers(session)] == ["One"]
        assert typed(reply) == FULL | {f"{PLACE}.2.at": "High Moor"}
        again = desk.send(typed(reply) | {f"{WORDS}.1": "Two"}, sheet=hidden(reply, "sheet"))
        assert said(again) == "Sheet 2 saved, with 5 answers." and len(answers(session)) == 6

    @pytest.mark.parametrize("person", ["1", "3", "", "x", "-1"])
    def test_no_other_sheet_and_no_phone_s_answer_is(self, person):
        session = a_session()
        writes(session, "By phone")
        Desk(session).send({f"{WORDS}.1": "Sheet"})
        reply = Desk(session).undo(person)
        assert "Nothing was undone" in reply.text and len(answers(session)) == 2

    def test_of_one_number_only_the_last_sheet_is_and_its_number_stands_in_the_form_again(self):
        session = a_session()
        desk = Desk(session)
        desk.send({f"{VOTE}.1": "yes", "number": "12"})
        desk.send({f"{WORDS}.1": "Seven", "number": "7"})
        last = desk.send({f"{WORDS}.1": "A vann", "number": "12"})
        assert "Undo the last sheet (number 12)" in last.text
        key = hidden(last, "undo")
        reply = desk.undo(key)
        assert said(reply) == (
            "Sheet number 12 is taken back: its answers count no more. Mend them here and save, or leave."
        )
        assert typed(reply) == {f"{WORDS}.1": "A vann", "number": "12"}
        assert from_paper(session) == {1: [VOTE], 2: [WORDS]} and "(number 7)" in reply.text
        assert "Nothing was undone" in desk.undo(key).text and len(answers(session)) == 2  # pressed twice
        again = desk.send(typed(reply) | {f"{WORDS}.1": "A van"}, sheet=hidden(reply, "sheet"))
        assert said(again) == "Sheet number 12 saved, with 1 answer."
        assert from_paper(session) == {1: [VOTE, WORDS], 2: [WORDS]} and room_of(session).people().paper == {1, 2}

    def test_one_after_the_other_all_can_be(self):
        session = a_session()
        desk = Desk(session)
        page = desk.send({f"{VOTE}.1": "yes", "number": "12"})
        page = desk.send({f"{VOTE}.1": "yes"})
        page = desk.send({f"{WORDS}.1": "A van", "number": "12"})
        for left in ([VOTE, VOTE], [VOTE], []):
            page = desk.undo(hidden(page, "undo"))
            assert [each.scene for each in answers(session)] == left
        assert "Undo the last sheet" not in page.text and room_of(session).answers() == ()

    def test_what_was_hidden_at_the_desk_is_not_brought_back(self):
        session = a_session()
        desk = Desk(session)
        page = desk.send({f"{VOTE}.1": "yes", f"{WORDS}.1": "Rude", "number": "12"})
        [rude] = [each for each in answers(session) if each.scene == WORDS]
        helm_of(session).moderate(rude.id, Seen.HIDDEN)
        reply = desk.undo(hidden(page, "undo"))
        assert typed(reply) == {f"{VOTE}.1": "yes", "number": "12"} and room_of(session).answers() == ()

    def test_its_form_sent_once_more_brings_nothing_back(self):
        session = a_session()
        desk = Desk(session)
        page = desk.send(FULL, sheet="0123456789abcdef")
        desk.undo(hidden(page, "undo"))
        assert "This sheet was taken back. Open this form anew" in desk.send(FULL, sheet="0123456789abcdef").text
        assert answers(session) == []

    def test_it_is_offered_only_where_there_is_a_sheet(self):
        session = a_session()
        writes(session, "By phone")
        desk = Desk(session)
        assert "Undo the last sheet" not in desk.open().text
        assert "Undo the last sheet (person 2)" in desk.send({f"{WORDS}.1": "Sheet"}).text


class TestWhoMay:
    def test_nobody_without_the_key(self):
        session = a_session()
        stranger = Desk(session, entered=False)
        assert stranger.open().status_code == 403 and TITLE not in stranger.open().text
        assert stranger.send(FULL, sheet="1").status_code == 403
        other = Desk(a_session(title="Another"))
        other.path = f"/present/{session.id}/sheets"
        assert other.open().status_code == 403 and other.send(FULL, sheet="1").status_code == 403
        assert answers(session) == []

    @pytest.mark.parametrize(
        "head", [{"Origin": "https://example.org"}, {"Origin": "null"}, {"Sec_Fetch_Site": "cross-site"}]
    )
    def test_no_other_site(self, head):
        session = a_session()
        assert Desk(session).send(FULL, **head).status_code == 403 and answers(session) == []

    def test_nothing_too_large_or_odd(self):
        session = a_session()
        desk = Desk(session)
        assert desk.send({f"{WORDS}.1": "x" * 500_000}).status_code == 413
        assert desk.send({f"f{i}": "x" for i in range(300)}).status_code == 400
        assert (
            desk.client.post(desk.path, content=b"<xml/>", headers={"Origin": "http://testserver"}).status_code == 415
        )
        assert answers(session) == []

    def test_the_page_may_run_its_own_script_alone_and_nobody_keeps_it(self):
        head = Desk(a_session()).open().headers
        assert head["cache-control"] == "no-store" and head["x-content-type-options"] == "nosniff"
        rules = head["content-security-policy"]
        assert "default-src 'none'" in rules and "script-src 'sha256-" in rules and "'unsafe" not in rules


def test_a_claim_that_something_was_saved_is_not_repeated():
    desk = Desk(a_session())
    assert said(desk.open("?saved=7")) == "" and said(desk.open("?saved=%3Cb%3E")) == ""
    assert "said" not in re.search(r"<input[^>]*autofocus[^>]*>", desk.open("?saved=7").text)[0]


def test_a_story_that_asks_very_much_is_entered_a_scene_at_a_time():
    asked = Question(kind="place", text="Where?", most=5)
    scenes = tuple(Scene(id=f"s{i:08x}", title=f"Scene {i}", question=asked) for i in range(1, 21))
    desk = Desk(a_session(story=replace(a_story(), scenes=scenes)))
    page = desk.open()
    assert "All questions" not in page.text and hidden(page, "only") == scenes[0].id
    assert page.text.count("<fieldset") == 1 and page.text.count("?scene=") == 20
    reply = desk.send({f"{scenes[4].id}.1.at": "High Moor"}, only=scenes[4].id)
    assert said(reply) == "Sheet 1 saved, with 1 answer."
    assert typed(desk.undo(1)) == {f"{scenes[4].id}.1.at": "High Moor"}


def test_a_session_that_asks_nothing_says_so():
    desk = Desk(a_session(story=replace(a_story(), scenes=a_story().scenes[:1])))
    assert "nothing to enter" in desk.open().text and desk.open().status_code == 200


def test_every_neighbourhood_can_be_chosen_by_its_name():
    page = Desk(a_session()).open().text
    listed = re.search(r'<datalist id="areas">(.*?)</datalist>', page, re.DOTALL)[1]
    assert [html.unescape(each) for each in re.findall(r'value="([^"]*)"', listed)] == sorted(
        _edge.msoa_names().values()
    )
