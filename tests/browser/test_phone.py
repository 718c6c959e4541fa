"""People's phones: every task by finger, by key and without a script; and nothing that axe-core objects to."""

import pytest

from data.workshop.live import Place, Ranking, Seen, Vote, Words
from tests.browser.hall import Hall, Phone, expect
from tests.workshop import LAST, LOOK, PLACE, RANK, VOTE, WORDS

AXE = pytest.importorskip("axe_playwright_python.sync_playwright", reason="axe-playwright-python is not installed").Axe
SMALL = {"width": 360, "height": 640}


@pytest.fixture
def hall(toy, tmp_path, monkeypatch):
    made = Hall(toy, tmp_path / "workshops.duckdb", monkeypatch)
    yield made
    made.stop()


@pytest.fixture
def phone(browser, hall):
    with Phone.of(browser, hall, viewport=SMALL, has_touch=True) as someone:
        yield someone


@pytest.fixture
def plain(browser, hall):
    """A phone that runs no script."""
    with Phone.of(browser, hall, viewport=SMALL, java_script_enabled=False) as someone:
        yield someone


def sound(phone):
    """Nothing that axe-core objects to, and no scrolling sideways, down to 320 pixels."""
    found = AXE().run(phone.page).response["violations"]
    assert not found, [(each["id"], [node["html"] for node in each["nodes"]]) for each in found]
    for width in (320, 360):
        phone.page.set_viewport_size({"width": width, "height": 640})
        assert phone.page.evaluate("document.documentElement.scrollWidth <= window.innerWidth")


def test_a_code_leads_to_the_session(phone, hall):
    hall.helm.open()
    phone.page.goto(f"{hall.origin}/j")
    sound(phone)
    phone.page.keyboard.press("Tab")
    phone.page.keyboard.type(f"{hall.session.code[:3].lower()} {hall.session.code[3:]}")
    phone.page.keyboard.press("Enter")
    expect(phone.heading).to_have_text("Where people live")
    expect(phone.page.get_by_text("You are number 1")).to_be_visible()
    assert phone.page.url == hall.link
    assert hall.room.people().here == {1}


def test_a_wrong_code_is_said_beside_the_form(phone, hall):
    phone.page.goto(f"{hall.origin}/j/WRONG2")
    expect(phone.page.get_by_role("alert")).to_contain_text("no session with this code")
    expect(phone.page.get_by_role("textbox", name="Code")).to_have_value("WRONG2")
    sound(phone)


def test_who_waits_sees_each_scene_and_each_question_come(phone, hall):
    phone.join()
    expect(phone.heading).to_have_text("The session has not begun yet")
    sound(phone)
    hall.helm.open()
    expect(phone.heading).to_have_text("Where people live")
    sound(phone)
    hall.show(VOTE)
    expect(phone.heading).to_have_text("When could you come?")
    expect(phone.page.locator("#news")).to_have_text("New question: When could you come?")
    hall.show(LAST)
    expect(phone.heading).to_have_text("What happens next")
    expect(phone.page.get_by_role("link", name="When could you come?")).to_be_visible()
    sound(phone)
    hall.helm.end()
    expect(phone.heading).to_have_text("The session has ended")
    sound(phone)


@pytest.mark.parametrize("scene", [PLACE, VOTE, RANK, WORDS])
def test_every_question_is_sound_before_and_after_it_is_answered(phone, hall, scene):
    hall.helm.open()
    hall.show(scene)
    phone.join()
    sound(phone)
    if scene == PLACE:
        phone.page.get_by_role("button", name="Choose from a list").first.click()
        sound(phone)
        phone.page.get_by_label("Neighbourhood").first.select_option(index=1)
    if scene == VOTE:
        phone.send()
        expect(phone.said).to_have_text("Choose at least one of the answers first.")
        sound(phone)
        phone.page.get_by_label("Mornings").check()
    if scene == WORDS:
        phone.page.get_by_label("Answer 1 of up to 2").fill("Someone to ask")
    if scene == RANK:
        phone.send()
        expect(phone.said).to_contain_text("You have not moved anything yet.")
        sound(phone)
    phone.send()
    expect(phone.said).to_contain_text("Sent.")
    sound(phone)
    phone.page.get_by_role("button", name="Change").first.click()
    sound(phone)
    hall.helm.end()
    expect(phone.heading).to_have_text("The session has ended")
    expect(phone.page.get_by_role("region", name="What you have answered")).to_be_visible()
    sound(phone)


def test_votes_words_and_an_order_by_key_alone(phone, hall):
    hall.helm.open()
    hall.show(VOTE)
    phone.join()
    keys = phone.page.keyboard
    phone.tab_to("Mornings")
    keys.press("Space")
    phone.tab_to("Weekends")
    keys.press("Space")
    phone.tab_to("Send")
    keys.press("Enter")
    expect(phone.said).to_contain_text("Sent.")
    expect(phone.page.get_by_role("button", name="Change")).to_be_focused()
    hall.show(RANK)
    expect(phone.heading).to_have_text("What matters most?")
    expect(phone.heading).to_be_focused()
    phone.tab_to("Move up: Language")
    keys.press("Enter")
    expect(phone.page.get_by_text("Language is now number 2 of 3.")).to_be_attached()
    keys.press("Enter")
    expect(phone.page.get_by_role("button", name="Move up: Language")).to_be_focused()
    keys.press("Enter")
    phone.tab_to("Send")
    keys.press("Enter")
    expect(phone.said).to_contain_text("Sent.")
    hall.show(WORDS)
    phone.tab_to("Answer 1 of up to 2")
    keys.type("A room in the evening")
    phone.tab_to("Send")
    keys.press("Enter")
    expect(phone.said).to_contain_text("Sent.")
    assert hall.values() == [
        Vote(chosen=(0, 2)),
        Ranking(order=(2, 0, 1)),
        Words(text="A room in the evening"),
    ]


def test_a_pin_by_key_alone_then_changed_and_taken_back(phone, hall):
    hall.helm.open()
    hall.show(PLACE)
    phone.join()
    keys = phone.page.keyboard
    expect(phone.where).to_contain_text("No pin yet.")
    phone.tab_to("Map.")
    keys.press("ArrowLeft")
    expect(phone.where).to_contain_text("The cross is over")
    keys.press("+")
    keys.press("-")
    keys.press("Enter")
    expect(phone.where).to_contain_text("Your pin is in or near")
    named = phone.where.inner_text().removeprefix("Your pin is in or near ").rstrip(".")
    phone.tab_to("Send")
    keys.press("Enter")
    expect(phone.said).to_contain_text("Sent.")
    [first] = hall.values()
    assert isinstance(first, Place) and first.at and named.startswith(hall.names[first.area])
    phone.tab_to("Change")
    keys.press("Enter")
    phone.tab_to("Map.")
    for _ in range(3):
        keys.press("ArrowRight")
    keys.press("Enter")
    phone.tab_to("Send the change")
    keys.press("Enter")
    expect(phone.said).to_contain_text("Sent.")
    [second] = hall.values()
    assert second.at[1] > first.at[1]
    phone.tab_to("Take back")
    keys.press("Enter")
    expect(phone.said).to_contain_text("Taken back.")
    assert hall.values() == []


def test_a_place_from_the_list_by_key_alone(phone, hall):
    hall.helm.open()
    hall.show(PLACE)
    phone.join()
    phone.tab_to("Choose from a list instead")
    phone.page.keyboard.press("Enter")
    expect(phone.page.get_by_label("Neighbourhood").first).to_be_focused()
    phone.page.keyboard.press("ArrowDown")
    phone.tab_to("Would you like to add")
    phone.page.keyboard.type("Beside the school")
    phone.tab_to("Send")
    phone.page.keyboard.press("Enter")
    expect(phone.said).to_contain_text("Sent.")
    [kept] = hall.values()
    assert kept.area in hall.names and kept.at is None and kept.note == "Beside the school"
    expect(phone.page.locator(".mine:visible")).to_contain_text(hall.names[kept.area])


def test_a_pin_by_finger_where_it_was_tapped(phone, hall):
    hall.helm.open()
    hall.show(PLACE)
    phone.join()
    expect(phone.where).to_contain_text("No pin yet.")
    phone.tap_map(0.5, 0.5)
    expect(phone.where).to_contain_text("Your pin is in or near")
    middle = phone.where.inner_text()
    phone.send()
    expect(phone.said.first).to_contain_text("Sent.")
    phone.page.get_by_role("button", name="Zoom in").click()
    phone.tap_map(0.5, 0.5)
    expect(phone.where).to_have_text(middle)
    phone.send()
    expect(phone.said.nth(1)).to_contain_text("Sent.")
    a, b = hall.values()
    assert a == b, "the middle stays where it is when one zooms"


def test_a_drag_moves_the_map_and_puts_no_pin(phone, hall):
    hall.helm.open()
    hall.show(PLACE)
    phone.join()
    expect(phone.where).to_contain_text("No pin yet.")
    phone.drag_map(60, 0)
    expect(phone.where).to_contain_text("No pin yet.")
    phone.tap_map(0.5, 0.5)
    phone.send()
    expect(phone.said.first).to_contain_text("Sent.")
    phone.drag_map(-60, 0)
    phone.tap_map(0.5, 0.5)
    phone.send()
    expect(phone.said.nth(1)).to_contain_text("Sent.")
    west, middle = hall.values()
    assert west.at[1] < middle.at[1]


def test_up_to_as_many_places_as_one_person_may_name(phone, hall):
    hall.helm.open()
    hall.show(PLACE)
    phone.join()
    for n in (1, 2, 3):
        form = phone.page.locator("form.slot").nth(n - 1)
        expect(form.get_by_role("group", name=f"Place {n} of up to 3")).to_be_visible()
        expect(phone.page.locator("form.slot:visible")).to_have_count(n)
        form.get_by_role("button", name="Choose from a list").click()
        form.get_by_label("Neighbourhood").first.select_option(index=n)
        form.get_by_label("Would you like to add").fill(f"Note {n}")
        form.get_by_role("button", name="Send").click()
        expect(form.get_by_role("status").last).to_contain_text("Sent.")
    assert [each.note for each in hall.values()] == ["Note 1", "Note 2", "Note 3"]
    phone.page.reload()
    expect(phone.page.locator(".mine:visible")).to_have_count(3)
    expect(phone.page.locator(".mine").nth(1)).to_contain_text("Note 2")


def test_words_that_are_held_say_so(phone, hall):
    hall.hold_words()
    hall.helm.open()
    hall.show(WORDS)
    phone.join()
    phone.page.get_by_label("Answer 1 of up to 2").fill("x" * 270)
    expect(phone.page.get_by_text("10 left").first).to_be_visible()
    phone.send()
    expect(phone.said).to_contain_text("The facilitator reads what is written")
    assert [each.seen for each in hall.room.answers()] == [Seen.HELD]


def test_what_is_refused_stays_with_the_reason(phone, hall):
    hall.helm.open()
    hall.show(WORDS)
    phone.join()
    phone.page.get_by_label("Answer 1 of up to 2").fill("<script>alert(1)</script>")
    phone.send()
    expect(phone.said).to_contain_text("plain words only")
    expect(phone.page.get_by_label("Answer 1 of up to 2")).to_have_value("<script>alert(1)</script>")
    sound(phone)


def test_an_earlier_question_can_be_opened_while_it_is_open(phone, hall):
    hall.helm.open()
    hall.show(VOTE)
    hall.show(WORDS)
    phone.join()
    phone.page.get_by_role("link", name="When could you come?").click()
    expect(phone.heading).to_have_text("When could you come?")
    expect(phone.heading).to_be_focused()
    expect(phone.page.get_by_role("link", name="What would help you to start?")).to_be_visible()
    phone.page.get_by_label("Evenings").check()
    phone.send()
    expect(phone.said).to_contain_text("Sent.")
    phone.page.get_by_role("button", name="Go to it").click()
    expect(phone.heading).to_have_text("What would help you to start?")
    assert hall.values() == [Vote(chosen=(1,))]


def test_everything_without_a_script(plain, hall):
    hall.helm.open()
    hall.show(PLACE)
    plain.join()
    plain.page.get_by_label("Neighbourhood").first.select_option(index=1)
    plain.page.get_by_label("Would you like to add").first.fill("By the market")
    plain.send()
    expect(plain.said.first).to_contain_text("Sent.")
    hall.show(VOTE)
    plain.page.get_by_role("link", name="Look again").click()
    plain.send()
    expect(plain.said).to_contain_text("Choose between one and 2")
    plain.page.get_by_label("Evenings").check()
    plain.send()
    hall.show(RANK)
    plain.page.get_by_role("link", name="Look again").click()
    for option in ("Cost", "Distance", "Language"):
        expect(plain.page.get_by_label(f"Place in the order: {option}")).to_have_value("")
    plain.page.get_by_label("Place in the order: Cost").select_option("3")
    plain.send()
    expect(plain.said).to_contain_text("its own place in the order")
    expect(plain.page.get_by_label("Place in the order: Cost")).to_have_value("3")
    plain.page.get_by_label("Place in the order: Distance").select_option("2")
    plain.page.get_by_label("Place in the order: Language").select_option("1")
    plain.send()
    expect(plain.said).to_contain_text("Sent.")
    hall.show(WORDS)
    plain.page.get_by_role("link", name="Look again").click()
    plain.page.get_by_label("Answer 1 of up to 2").fill("<b>loud</b>")
    plain.send()
    expect(plain.said.first).to_contain_text("plain words only")
    expect(plain.page.get_by_label("Answer 1 of up to 2")).to_have_value("<b>loud</b>")
    plain.page.get_by_label("Answer 1 of up to 2").fill("Quiet")
    plain.send()
    assert [type(each) for each in hall.values()] == [Place, Vote, Ranking, Words]
    assert hall.values()[2] == Ranking(order=(2, 1, 0))
    plain.page.get_by_role("button", name="Take back").click()
    expect(plain.page.get_by_text("Taken back.")).to_be_visible()
    assert len(hall.values()) == 3
    assert hall.room.people().joined == 1


def test_the_first_scene_asks_nothing(phone, hall):
    hall.helm.open()
    hall.show(LOOK)
    phone.join()
    expect(phone.page.get_by_text("When there is a question, it comes up here.")).to_be_visible()
    expect(phone.page.get_by_role("button", name="Send")).to_have_count(0)
