"""A question that is closed, a session that ends or is deleted, while its page is open: what is said stays true."""

import pytest

from data.workshop.live import Vote, Words
from tests.browser.hall import Hall, Phone, expect
from tests.browser.test_phone import SMALL, sound
from tests.workshop import ADA, LAST, PLACE, VOTE, WORDS

CLOSED = "This question has been closed. You can send this only if it is opened again."
NEW = "There is a new question."
ENDED = "The session has ended, so this can no longer be sent. Thank you for taking part."
DELETED = "This session is no longer there, so this can no longer be sent."
TEXT = "Answer 1 of up to 2"
WAYS = {"phone": (SMALL, ""), "tablet": ({"width": 1024, "height": 768}, "?tablet=yes")}


@pytest.fixture
def hall(toy, tmp_path, monkeypatch):
    made = Hall(toy, tmp_path / "workshops.duckdb", monkeypatch)
    made.helm.open()
    made.show(WORDS)
    yield made
    made.stop()


@pytest.fixture(params=list(WAYS))
def someone(browser, hall, request):
    size, query = WAYS[request.param]
    with Phone.of(browser, hall, viewport=size, has_touch=True) as made:
        made.join(query)
        yield made


@pytest.fixture
def phone(browser, hall):
    with Phone.of(browser, hall, viewport=SMALL, has_touch=True) as made:
        made.join()
        yield made


def write(someone, text):
    someone.page.get_by_label(TEXT).fill(text)


def told(someone, *sentences):
    """What the bar says, and nothing besides."""
    expect(someone.page.locator("#bar span")).to_have_text(list(sentences))


def test_through_everything_that_may_happen_to_a_question_the_bar_says_how_it_is(someone, hall):
    bar, send = someone.page.locator("#bar"), someone.page.get_by_role("button", name="Send")
    write(someone, "Half a thou")
    hall.helm.ask(WORDS, on=False)
    told(someone, CLOSED)
    expect(send).to_have_count(0)
    hall.show(VOTE)
    told(someone, CLOSED, NEW)
    expect(bar.get_by_role("button", name="Put it away and go to the new question")).to_be_visible()
    sound(someone)
    hall.show(LAST)
    told(someone, CLOSED)
    hall.helm.ask(WORDS, on=True)
    expect(bar).to_be_empty()
    expect(send).to_be_visible()
    hall.helm.end()
    told(someone, ENDED)
    expect(send).to_have_count(0)
    hall.rooms.delete(hall.session.id, by=ADA)
    told(someone, DELETED)
    expect(someone.page.get_by_label(TEXT)).to_have_value("Half a thou")
    sound(someone)
    bar.get_by_role("button", name="Put it away").click()
    expect(someone.heading.filter(visible=True)).to_have_text("This session is no longer there")
    expect(bar).to_be_empty()
    sound(someone)
    assert someone.page.evaluate("localStorage.length") == 0


def test_reopened_after_the_room_has_gone_on_it_can_be_finished(phone, hall):
    write(phone, "Late, but")
    hall.helm.ask(WORDS, on=False)
    told(phone, CLOSED)
    hall.show(VOTE)
    told(phone, CLOSED, NEW)
    hall.helm.ask(WORDS, on=True)
    told(phone, f"{NEW} You can finish this one first.")
    phone.send()
    expect(phone.heading).to_have_text("When could you come?")
    assert hall.values() == [Words(text="Late, but")]


def test_what_was_put_away_is_gone_and_what_was_only_left_is_there_again(phone, hall):
    hall.helm.ask(PLACE, on=True)
    hall.helm.ask(VOTE, on=True)
    for role, name, goes_to, there in (
        ("link", "Where should help be given?", "Where should help be given?", "Unfinished"),
        ("button", "Put it away", "In your words", ""),
    ):
        write(phone, "Unfinished")
        hall.helm.ask(WORDS, on=False)
        told(phone, CLOSED)
        phone.page.get_by_role(role, name=name).click()
        expect(phone.heading).to_have_text(goes_to)
        hall.helm.ask(WORDS, on=True)
        if role == "link":
            phone.page.get_by_role("button", name="Go to it").click()
        expect(phone.heading).to_have_text("What would help you to start?")
        expect(phone.page.get_by_label(TEXT)).to_have_value(there)


def test_a_list_of_which_nothing_is_chosen_does_not_hold_anybody_back(phone, hall):
    hall.show(PLACE)
    phone.page.get_by_role("button", name="Choose from a list").first.click()
    hall.show(VOTE)
    expect(phone.heading).to_have_text("When could you come?")


def test_when_the_session_is_deleted_nothing_is_left_that_would_be_false(someone, hall):
    hall.show(VOTE)
    expect(someone.heading.filter(visible=True)).to_have_text("When could you come?")
    hall.rooms.delete(hall.session.id, by=ADA)
    expect(someone.heading.filter(visible=True)).to_have_text("This session is no longer there")
    expect(someone.page.get_by_role("button", name="Send")).to_have_count(0)
    expect(someone.page.get_by_text("change your own answers")).to_be_hidden()
    expect(someone.page.locator("nav a")).to_have_count(0)
    sound(someone)
    someone.page.get_by_role("link", name="Type another code").click()
    expect(someone.heading).to_have_text("Join the session")


@pytest.mark.parametrize("heard", ["answer", "now"], ids=["as it is sent", "as news is asked for"])
def test_an_answer_on_its_way_to_a_session_that_is_deleted_comes_back(phone, hall, heard):
    phone.page.route("**/answer?*", lambda route: route.abort())
    write(phone, "To nobody")
    phone.send()
    expect(phone.said).to_contain_text("Kept on this phone")
    if heard == "answer":
        phone.page.route("**/now?*", lambda route: route.abort())
        phone.page.unroute("**/answer?*")
    hall.rooms.delete(hall.session.id, by=ADA)
    if heard == "answer":
        expect(phone.said).to_have_text("This session is no longer there.")
        phone.page.unroute("**/now?*")
    told(phone, DELETED)
    expect(phone.page.get_by_label(TEXT)).to_have_value("To nobody")


def test_an_answer_that_came_too_late_for_its_page_is_told_and_kept_as_it_was(phone, hall):
    phone.page.route("**/answer?*", lambda route: route.abort())
    write(phone, "Too late")
    phone.send()
    expect(phone.said).to_contain_text("Kept on this phone")
    hall.helm.ask(WORDS, on=False)
    hall.show(VOTE)
    phone.page.unroute("**/answer?*")
    phone.page.reload()
    expect(phone.page.locator("#line")).to_contain_text("What you last did at an earlier question was not kept.")
    expect(phone.heading).to_have_text("When could you come?")
    hall.helm.ask(WORDS, on=True)
    phone.page.get_by_role("link", name="What would help you to start?").click()
    expect(phone.page.get_by_label(TEXT)).to_have_value("Too late")
    phone.send()
    expect(phone.said).to_contain_text("Sent.")
    expect(phone.page.locator("#line")).to_be_empty()
    assert hall.values() == [Words(text="Too late")]


def test_a_tablet_that_asks_whether_someone_is_there_can_be_put_away(browser, hall):
    size, query = WAYS["tablet"]
    with Phone.of(browser, hall, viewport=size, has_touch=True) as tablet:
        tablet.page.clock.install()
        tablet.join(query)
        write(tablet, "Somebody was here")
        hall.helm.ask(WORDS, on=False)
        told(tablet, CLOSED)
        tablet.page.clock.run_for(27_000)
        expect(tablet.heading.filter(visible=True)).to_have_text("Are you still there?")
        tablet.page.get_by_role("button", name="Put it away").click()
        tablet.page.clock.run_for(100)
        expect(tablet.heading.filter(visible=True)).to_have_text("In your words")
        assert "Somebody was here" not in tablet.page.locator("body").inner_text()


def test_a_tablet_s_next_person_after_the_session_was_deleted_is_told_so(browser, hall):
    size, query = WAYS["tablet"]
    with Phone.of(browser, hall, viewport=size, has_touch=True) as tablet:
        tablet.join(query)
        write(tablet, "The last words")
        tablet.send()
        expect(tablet.heading.filter(visible=True)).to_have_text("Thank you")
        tablet.page.route("**/now?*", lambda route: route.abort())
        hall.rooms.delete(hall.session.id, by=ADA)
        tablet.page.get_by_role("button", name="Next person").click()
        expect(tablet.heading.filter(visible=True)).to_have_text("This session is no longer there")
        expect(tablet.page.get_by_text("One moment.")).to_be_hidden()


def test_two_pages_of_one_phone_never_lose_a_change_in_silence(phone, hall):
    hall.show(VOTE)
    phone.page.get_by_label("Mornings").check()
    phone.send()
    expect(phone.said).to_contain_text("Sent.")
    with phone.context.new_page() as other:
        other.goto(hall.link)
        for ticked in ("Evenings", "Weekends"):  # two turns more on the other page
            phone.page.get_by_role("button", name="Change").click()
            for option in ("Mornings", "Evenings", "Weekends"):
                phone.page.get_by_label(option).set_checked(option == ticked)
            phone.send()
            expect(phone.said).to_contain_text("Sent.")
        other.get_by_role("button", name="Change").click()
        other.get_by_label("Evenings").check()
        other.get_by_role("button", name="Send the change").click()
        said = other.locator(".said:not(:empty)")
        expect(said).to_contain_text("changed on another page of this phone, and is now: Weekends.")
        assert hall.values() == [Vote(chosen=(2,))]
        other.get_by_role("button", name="Send the change").click()
        expect(said).to_contain_text("Sent.")
        assert hall.values() == [Vote(chosen=(0, 1))]
