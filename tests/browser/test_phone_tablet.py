"""A tablet that goes from hand to hand: each person is a new one, and nothing of the one before is left."""

import pytest

from data.workshop.live import By, Vote, Words
from tests.browser.hall import Hall, Phone, expect
from tests.browser.test_phone import sound
from tests.workshop import VOTE, WORDS

WIDE = {"width": 1024, "height": 768}
TEXT = "Answer 1 of up to 2"
SECRET = "I have never told anybody"
LEFT = """() => document.documentElement.outerHTML + JSON.stringify(localStorage) + JSON.stringify(sessionStorage)
  + [...document.querySelectorAll("textarea, input")].map((each) => each.value).join(" ")"""


@pytest.fixture
def hall(toy, tmp_path, monkeypatch):
    made = Hall(toy, tmp_path / "workshops.duckdb", monkeypatch)
    made.helm.open()
    made.show(WORDS)
    yield made
    made.stop()


@pytest.fixture
def tablet(browser, hall):
    with Phone.of(browser, hall, viewport=WIDE, has_touch=True) as someone:
        someone.page.clock.install()
        someone.page.goto(f"{hall.origin}/j")
        someone.join("?tablet=yes")
        yield someone


def nothing_left(tablet):
    assert SECRET not in tablet.page.evaluate(LEFT)
    tablet.page.go_back()
    expect(tablet.heading).to_have_text("Join the session")
    assert SECRET not in tablet.page.evaluate(LEFT)
    tablet.page.go_forward()
    expect(tablet.page.get_by_text("You are number 2")).to_be_visible()
    assert SECRET not in tablet.page.evaluate(LEFT)


def test_after_one_person_has_sent_the_next_begins_afresh(tablet, hall):
    expect(tablet.page.get_by_text("You are number 1")).to_be_visible()
    tablet.page.get_by_label(TEXT).fill(SECRET)
    tablet.send()
    expect(tablet.heading.filter(visible=True)).to_have_text("Thank you")
    sound_wide(tablet)
    tablet.page.get_by_role("button", name="Next person").click()
    expect(tablet.page.get_by_text("You are number 2")).to_be_visible()
    expect(tablet.page.get_by_label(TEXT)).to_have_value("")
    assert [(each.person, each.by, each.value) for each in hall.room.answers()] == [(1, By.TABLET, Words(text=SECRET))]
    nothing_left(tablet)


def sound_wide(tablet):
    sound(tablet)
    tablet.page.set_viewport_size(WIDE)


def test_it_clears_itself_when_nobody_touches_it(tablet, hall):
    tablet.page.get_by_label(TEXT).fill(SECRET)
    tablet.send()
    expect(tablet.heading.filter(visible=True)).to_have_text("Thank you")
    tablet.page.clock.run_for(30_000)
    expect(tablet.page.get_by_text("cleared for the next person in")).to_be_visible()
    expect(tablet.page.get_by_text("You are number 1")).to_be_visible()
    tablet.page.clock.run_for(16_000)
    expect(tablet.page.get_by_text("You are number 2")).to_be_visible()
    nothing_left(tablet)
    assert hall.values() == [Words(text=SECRET)]


def test_who_stays_goes_on_where_they_were(tablet, hall):
    tablet.page.get_by_label(TEXT).fill("First")
    tablet.send()
    tablet.page.clock.run_for(40_000)
    tablet.page.get_by_role("button", name="I would like to go on").click()
    tablet.page.clock.run_for(20_000)
    expect(tablet.page.get_by_text("You are number 1")).to_be_visible()
    expect(tablet.page.locator(".mine:visible")).to_have_text("Your answer: First")
    tablet.page.get_by_label("Answer 2 of up to 2").fill("Second")
    tablet.page.clock.run_for(100)
    tablet.send()
    expect(tablet.heading.filter(visible=True)).to_have_text("Thank you")
    assert {each.person for each in hall.room.answers()} == {1} and len(hall.values()) == 2


def test_who_walks_away_while_writing_is_asked_and_then_cleared(tablet, hall):
    tablet.page.get_by_label(TEXT).fill(SECRET)
    tablet.page.clock.run_for(27_000)
    expect(tablet.heading.filter(visible=True)).to_have_text("Are you still there?")
    expect(tablet.page.get_by_label(TEXT)).to_be_hidden()
    tablet.page.get_by_role("button", name="I would like to go on").click()
    expect(tablet.page.get_by_label(TEXT)).to_have_value(SECRET)
    tablet.page.clock.run_for(46_000)
    expect(tablet.page.get_by_text("You are number 2")).to_be_visible()
    nothing_left(tablet)
    assert hall.values() == []


def test_without_a_network_the_screen_is_cleared_and_the_answer_still_arrives(tablet, hall):
    tablet.context.set_offline(True)
    tablet.page.get_by_label(TEXT).fill(SECRET)
    tablet.send()
    expect(tablet.said.first).to_contain_text("Kept on this tablet")
    tablet.page.clock.run_for(46_000)
    expect(tablet.page.get_by_text("One moment.")).to_be_visible()
    assert SECRET not in tablet.page.locator("body").inner_text()
    tablet.context.set_offline(False)
    second = tablet.page.get_by_text("You are number 2")
    for _ in range(50):
        tablet.page.clock.run_for(1_000)
        tablet.page.wait_for_timeout(100)  # the server has no clock that we could turn
        if second.is_visible():
            break
    expect(second).to_be_visible()
    assert [(each.person, each.value) for each in hall.room.answers()] == [(1, Words(text=SECRET))]
    nothing_left(tablet)


def test_a_tablet_without_a_script_has_a_button_for_the_next_person(browser, hall):
    hall.show(VOTE)
    with Phone.of(browser, hall, viewport=WIDE, java_script_enabled=False) as tablet:
        tablet.join("?tablet=yes")
        tablet.page.get_by_label("Evenings").check()
        tablet.send()
        expect(tablet.said).to_contain_text("Sent.")
        tablet.page.get_by_role("button", name="Next person").click()
        expect(tablet.page.get_by_text("You are number 2")).to_be_visible()
        expect(tablet.page.get_by_label("Evenings")).not_to_be_checked()
        tablet.page.go_back()
        expect(tablet.page.get_by_text("You are number 2")).to_be_visible()
        expect(tablet.page.get_by_label("Evenings")).not_to_be_checked()
    assert [(each.by, each.value) for each in hall.room.answers()] == [(By.TABLET, Vote(chosen=(1,)))]
