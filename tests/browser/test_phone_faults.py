"""What may go wrong in a hall: no network, a server that starts again, two taps, a question that closes too soon."""

import pytest

from data.workshop.live import By, Vote, Words
from tests.browser.hall import Hall, Phone, expect
from tests.workshop import VOTE, WORDS

SMALL = {"width": 360, "height": 640}
KEPT = "Kept on this phone, will be sent when there is a connection."
TEXT = "Answer 1 of up to 2"


@pytest.fixture
def hall(toy, tmp_path, monkeypatch):
    made = Hall(toy, tmp_path / "workshops.duckdb", monkeypatch)
    made.helm.open()
    made.show(WORDS)
    yield made
    made.stop()


@pytest.fixture
def phone(browser, hall):
    with Phone.of(browser, hall, viewport=SMALL) as someone:
        someone.join()
        yield someone


def write(phone, text):
    phone.page.get_by_label(TEXT).fill(text)


def test_without_a_network_an_answer_is_kept_and_sent_when_it_is_back(phone, hall):
    phone.context.set_offline(True)
    write(phone, "From the back row")
    phone.send()
    expect(phone.said).to_have_text(KEPT)
    expect(phone.page.get_by_text("No connection.")).to_be_visible()
    phone.context.set_offline(False)
    expect(phone.said).to_contain_text("Sent.")
    expect(phone.page.get_by_text("No connection.")).to_have_count(0)
    assert hall.values() == [Words(text="From the back row")]
    assert phone.page.evaluate("localStorage.length") == 0


def test_what_waits_is_sent_after_the_page_is_loaded_again(phone, hall):
    phone.page.route("**/answer?*", lambda route: route.abort())
    write(phone, "Still here")
    phone.send()
    expect(phone.said).to_have_text(KEPT)
    assert hall.values() == []
    phone.page.unroute("**/answer?*")
    phone.page.reload()
    expect(phone.said).to_contain_text("Sent.")
    expect(phone.page.locator(".mine:visible")).to_have_text("Your answer: Still here")
    assert hall.values() == [Words(text="Still here")]


def test_a_reply_that_is_lost_does_not_make_two_answers(phone, hall):
    lost = []

    def lose_first(route):
        if not lost:
            lost.append(route.fetch().status)
            route.abort()
        else:
            route.continue_()

    phone.page.route("**/answer?*", lose_first)
    write(phone, "Once")
    phone.send()
    expect(phone.said).to_contain_text("Sent.")
    assert lost == [200]
    assert hall.values() == [Words(text="Once")]


def test_a_draft_outlives_a_reload(phone, hall):
    write(phone, "Half a sent")
    phone.page.reload()
    expect(phone.page.get_by_label(TEXT)).to_have_value("Half a sent")
    phone.send()
    expect(phone.said).to_contain_text("Sent.")
    phone.page.reload()
    expect(phone.page.locator(".mine:visible")).to_have_text("Your answer: Half a sent")


def test_two_taps_are_one_answer(phone, hall):
    sent = []
    phone.page.on("request", lambda request: sent.append(request) if request.method == "POST" else None)
    write(phone, "Twice")
    phone.page.evaluate("""() => { const b = document.querySelector('button[type=submit]'); b.click(); b.click(); }""")
    expect(phone.said).to_contain_text("Sent.")
    assert hall.values() == [Words(text="Twice")]
    assert len(sent) == 1


def test_the_server_starts_again_and_phones_go_on_by_themselves(phone, hall):
    write(phone, "Before")
    phone.send()
    expect(phone.said).to_contain_text("Sent.")
    hall.stop()
    phone.page.get_by_role("button", name="Change").click()
    write(phone, "Between")
    phone.send()
    expect(phone.said.first).to_have_text(KEPT)
    hall.start()
    expect(phone.said.first).to_contain_text("Sent.")
    assert hall.values() == [Words(text="Between")]
    hall.show(VOTE)
    expect(phone.heading).to_have_text("When could you come?")
    assert hall.room.people().joined == 1


def test_the_room_goes_on_while_someone_writes(phone, hall):
    write(phone, "Let me fin")
    hall.show(VOTE)
    bar = phone.page.locator("#bar")
    expect(bar).to_contain_text("There is a new question. You can finish this one first.")
    expect(phone.page.get_by_label(TEXT)).to_have_value("Let me fin")
    bar.get_by_role("button", name="Go to it").click()
    expect(phone.heading).to_have_text("When could you come?")
    expect(bar).to_be_empty()
    phone.page.get_by_role("link", name="What would help you to start?").click()
    expect(phone.page.get_by_label(TEXT)).to_have_value("Let me fin")
    write(phone, "Let me finish")
    phone.send()
    expect(phone.said).to_contain_text("Sent.")
    assert hall.values() == [Words(text="Let me finish")]


def test_who_finished_first_comes_to_the_new_question_by_itself(phone, hall):
    write(phone, "Done")
    hall.show(VOTE)
    expect(phone.page.locator("#bar")).to_contain_text("There is a new question.")
    phone.send()
    expect(phone.said).to_contain_text("Sent.")
    expect(phone.heading).to_have_text("When could you come?")


@pytest.mark.parametrize("ends", [False, True], ids=["question closed", "session ended"])
def test_closed_while_someone_writes_keeps_the_text_and_offers_nothing_false(phone, hall, ends):
    write(phone, "Too late")
    if ends:
        hall.helm.end()
    else:
        hall.helm.ask(WORDS, on=False)
    bar = phone.page.locator("#bar")
    over = "The session has ended, so this can no longer be sent. Thank you for taking part."
    closed = "This question has been closed. You can send this only if it is opened again."
    expect(bar.locator("span")).to_have_text(over if ends else closed)
    expect(bar.get_by_role("button", name="Put it away")).to_be_visible()
    expect(phone.page.get_by_label(TEXT)).to_have_value("Too late")
    expect(phone.page.get_by_role("button", name="Send")).to_have_count(0)
    if ends:
        hall.helm.open()
    else:
        hall.helm.ask(WORDS, on=True)
    expect(bar).to_be_empty()
    phone.send()
    expect(phone.said).to_contain_text("Sent.")
    assert hall.values() == [Words(text="Too late")]


def test_closed_while_an_answer_waits_gives_the_text_back(phone, hall):
    phone.context.set_offline(True)
    write(phone, "On the way")
    phone.send()
    expect(phone.said).to_have_text(KEPT)
    hall.helm.end()
    phone.context.set_offline(False)
    expect(phone.page.get_by_label(TEXT)).to_have_value("On the way")
    expect(phone.page.locator("#bar")).to_contain_text("can no longer be sent")
    phone.page.get_by_role("button", name="Put it away").click()
    expect(phone.heading).to_have_text("The session has ended")
    assert hall.values() == []


def test_a_phone_that_may_keep_nothing_works_as_long_as_its_page(browser, hall):
    with Phone.of(browser, hall, viewport=SMALL) as phone:
        phone.page.add_init_script(
            "Object.defineProperty(window, 'localStorage', { get() { throw new Error('no'); } });"
        )
        phone.join()
        phone.context.set_offline(True)
        write(phone, "In memory")
        phone.send()
        expect(phone.said).to_have_text(KEPT)
        phone.context.set_offline(False)
        expect(phone.said).to_contain_text("Sent.")
    assert hall.values() == [Words(text="In memory")]


def test_the_phone_s_clock_is_never_asked(browser, hall):
    with Phone.of(browser, hall, viewport=SMALL) as phone:
        phone.page.add_init_script("Date = function () { throw new Error('clock'); }; Date.now = Date;")
        phone.join()
        write(phone, "Whenever")
        phone.send()
        expect(phone.said).to_contain_text("Sent.")
        hall.show(VOTE)
        expect(phone.heading).to_have_text("When could you come?")


def test_a_phone_that_lost_its_cookie_joins_again(phone, hall):
    phone.context.clear_cookies()
    write(phone, "New here")
    phone.send()
    expect(phone.said).to_contain_text("Sent.")
    assert hall.values() == [Words(text="New here")]


def test_a_phone_that_keeps_no_cookies_is_told_why_it_cannot_answer(browser, hall):
    with Phone.of(browser, hall, viewport=SMALL) as phone:

        def crumbless(route):
            phone.context.clear_cookies()
            route.continue_()

        phone.page.route("**/answer?*", crumbless)
        phone.join()
        write(phone, "No crumbs")
        phone.send()
        expect(phone.said).to_contain_text("does not keep our cookie")
        expect(phone.page.get_by_label(TEXT)).to_have_value("No crumbs")


def test_another_page_of_some_wi_fi_is_no_acknowledgement(phone, hall):
    phone.page.route("**/answer?*", lambda route: route.fulfill(status=200, body="<html>Sign in to our Wi-Fi</html>"))
    write(phone, "Not lost")
    phone.send()
    expect(phone.said).to_have_text(KEPT)
    phone.page.unroute("**/answer?*")
    expect(phone.said).to_contain_text("Sent.")
    assert hall.values() == [Words(text="Not lost")]


def test_answers_that_come_too_fast_wait_and_none_is_lost(phone, hall):
    hall.show(VOTE)
    expect(phone.heading).to_have_text("When could you come?")
    for n in range(12):
        phone.page.get_by_label("Evenings" if n % 2 else "Mornings").check()
        phone.page.get_by_label("Mornings" if n % 2 else "Evenings").uncheck()
        phone.send()
        expect(phone.page.get_by_role("button", name="Change")).to_be_visible()
        if n < 11:
            phone.page.get_by_role("button", name="Change").click()
    expect(phone.said).to_contain_text("Sent.")
    [last] = hall.room.answers()
    assert (last.value, last.by) == (Vote(chosen=(1,)), By.PHONE)
