"""Pages of one phone that know different turns of an answer, and plain forms of a question that the page has left."""

import re

import pytest

from data.workshop.live import Vote, Words
from tests.pages import test_room_phone as phones
from tests.pages.test_room_phone import HERE, post, raw
from tests.workshop import PLACE, RANK, VOTE, WORDS

MINE = "a" + "0" * 16
clock, hall = phones.clock, phones.hall


def form(hall, phone, scene, **fields):
    return phone.post(f"{hall.path}/answer", data={"id": MINE, "scene": scene, "turn": "1"} | fields, headers=HERE)


def hidden(page, name):
    return re.search(rf'name="{name}" value="([^"]*)"', page)[1]


def test_a_change_from_a_page_that_is_turns_behind_is_told_what_stands(hall):
    hall.show(VOTE)
    phone = hall.joined()
    for turn, chosen in ((1, 0), (2, 1), (3, 2)):
        assert "stands" not in post(hall, phone, raw({"chosen": [chosen]}, turn=turn)).json()
    for turn, chosen in ((2, 0), (2, 1), (1, 0)):  # a stale page's change, or a late copy of an own: the page can tell
        reply = post(hall, phone, raw({"chosen": [chosen]}, turn=turn))
        assert reply.status_code == 200 and reply.json()["stands"] == {"turn": 3, "value": {"chosen": [2]}}
    same = post(hall, phone, raw({"chosen": [0]}, turn=3))
    assert same.status_code == 422 and same.json()["stands"] == {"turn": 3, "value": {"chosen": [2]}}
    assert [each.value for each in hall.room.answers()] == [Vote(chosen=(2,))]
    assert "stands" not in post(hall, phone, raw({"chosen": [0]}, turn=4)).json()


def test_a_change_of_what_was_taken_back_elsewhere_is_told_that_nothing_stands(hall):
    hall.show(VOTE)
    phone = hall.joined()
    post(hall, phone, raw({"chosen": [0]}))
    post(hall, phone, raw(None, turn=2))
    assert post(hall, phone, raw({"chosen": [1]}, turn=2)).json()["stands"] is None
    assert "stands" not in post(hall, phone, raw(None, turn=2)).json()
    assert hall.room.answers() == ()


@pytest.mark.parametrize("turn", ["2", "3"])
def test_a_plain_form_that_is_behind_comes_back_and_may_be_sent_again(hall, turn):
    hall.show(WORDS)
    phone = hall.joined()
    for n, text in enumerate(["First", "Second", "Third"], start=1):
        assert form(hall, phone, WORDS, turn=str(n), text=text).status_code == 303
    reply = form(hall, phone, WORDS, turn=turn, text="From the older page")
    assert reply.status_code == 422 and "From the older page" in reply.text
    assert "changed on another page of this phone, and is now: Third." in reply.text
    assert [each.value for each in hall.room.answers()] == [Words(text="Third")]
    again = form(hall, phone, WORDS, turn=hidden(reply.text, "turn"), text="From the older page")
    assert again.status_code == 303
    assert [each.value for each in hall.room.answers()] == [Words(text="From the older page")]


def test_a_plain_form_of_what_was_taken_back_elsewhere_may_be_sent_again(hall):
    hall.show(WORDS)
    phone = hall.joined()
    form(hall, phone, WORDS, text="First")
    form(hall, phone, WORDS, turn="2", back="yes")
    reply = form(hall, phone, WORDS, turn="2", text="Second")
    assert reply.status_code == 422 and "taken back on another page of this phone" in reply.text
    assert hall.room.answers() == ()
    sent = {"id": hidden(reply.text, "id"), "turn": hidden(reply.text, "turn")}
    assert form(hall, phone, WORDS, text="Second", **sent).status_code == 303
    assert [each.value for each in hall.room.answers()] == [Words(text="Second")]


def test_two_taps_on_a_plain_form_are_one_answer_and_no_other_page(hall):
    hall.show(WORDS)
    phone = hall.joined()
    assert [form(hall, phone, WORDS, text="two  spaces").status_code for _ in range(2)] == [303, 303]
    assert [each.value for each in hall.room.answers()] == [Words(text="two spaces")]


def test_a_plain_form_of_a_question_that_is_closed_is_not_put_into_the_next_question(hall):
    hall.show(WORDS)
    phone = hall.joined()
    hall.helm.ask(WORDS, on=False)
    hall.show(VOTE)
    reply = form(hall, phone, WORDS, text="Too late, sadly")
    assert reply.status_code == 422 and "Too late, sadly" in reply.text and MINE not in reply.text
    stray = re.search(r'role="alert">(.*?)</div>', reply.text)[1]
    assert stray.startswith("<p><strong>What would help you to start?</strong></p>") and "closed" in stray
    assert "When could you come?" in reply.text and hidden(reply.text, "scene") == VOTE


def test_a_plain_form_of_an_earlier_question_that_is_open_comes_back_as_that_question(hall):
    hall.show(WORDS)
    hall.show(VOTE)
    phone = hall.joined()
    reply = form(hall, phone, WORDS, text="<b>loud</b>")
    assert reply.status_code == 422 and hidden(reply.text, "scene") == WORDS
    assert "&lt;b&gt;loud&lt;/b&gt;" in reply.text and 'role="alert"' not in reply.text


def test_an_order_begins_blank_without_a_script_and_keeps_what_was_filled_in(hall):
    hall.show(RANK)
    phone = hall.joined()
    task = re.search(r'<ol class="rank">.*?</ol>', phone.get(hall.path).text, re.DOTALL)[0]
    assert task.count('<option value="">Choose</option>') == 3 and "selected" not in task
    assert form(hall, phone, RANK, place0="", place1="", place2="").status_code == 422
    reply = form(hall, phone, RANK, place0="3", place1="", place2="1")
    assert reply.status_code == 422 and hall.room.answers() == ()
    task = re.search(r'<ol class="rank">.*?</ol>', reply.text, re.DOTALL)[0]
    assert re.findall(r'<option value="(\d)" selected>', task) == ["3", "1"]
    form(hall, phone, RANK, place0="3", place1="2", place2="1")
    task = re.search(r'<ol class="rank">.*?</ol>', phone.get(hall.path).text, re.DOTALL)[0]
    assert re.findall(r'<option value="(\d)" selected>', task) == ["3", "2", "1"]


def test_as_long_a_text_as_anybody_pastes_into_a_plain_form_is_told_by_how_much_it_is_too_long(hall):
    hall.show(PLACE)
    phone = hall.joined()
    for note, over in (("🙂" * 300, "20"), ("n" * 3_900, "3,620")):
        reply = form(hall, phone, PLACE, area="E02000001", note=note)
        assert reply.status_code == 422 and f"too long by {over}" in reply.text and note in reply.text
