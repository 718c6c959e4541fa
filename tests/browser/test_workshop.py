"""One whole evening: a story is made, a room is shown it and answers, and the answers come out as minutes.

FOOTHOLD_SHOTS may name a folder for pictures of every screen on the way.
"""

import os
from contextlib import ExitStack
from pathlib import Path

import pytest

from tests.bench import workshop_room
from tests.bench.workshop_server import Server
from tests.browser.conftest import sign_in, visiting
from tests.browser.visitor import Visitor, expect
from tests.layers.workshop.pdf_text import pages

PHONE = {"viewport": {"width": 360, "height": 640}, "has_touch": True, "is_mobile": True, "device_scale_factor": 2}
TABLET = {"viewport": {"width": 768, "height": 1024}, "has_touch": True}
PROJECTOR = {"width": 1920, "height": 1080}
TITLE, HALL = "Where next for Leeds", "Mill Lane Hall"
SAID = ["A room that is open in the evening", "Someone who knows about tax & forms, < 5 minutes away"]
NOTES = ["By the old market", "Near the school"]
FRONT = "document.querySelector('#stages iframe.front').contentDocument.body.dataset"


def shot(visitor, name):
    """Keep a picture, if anybody wants it."""
    if folder := os.environ.get("FOOTHOLD_SHOTS"):
        Path(folder).mkdir(parents=True, exist_ok=True)
        visitor.page.screenshot(path=Path(folder) / f"{name}.png")


def button(visitor, name):
    return visitor.page.get_by_role("button", name=name, exact=True)


def menu(visitor, name):
    visitor.page.get_by_role("link", name=name, exact=True).first.click()


def a_story(editor):
    """A story of six scenes: five from a template for Leeds, and one added from the map."""
    menu(editor, "Workshop")
    expect(editor.title).to_have_text("Workshop")
    main = editor.page.get_by_test_id("stMain")
    main.get_by_text("Where next", exact=True).click()
    main.get_by_role("combobox", name="For these districts").click()
    editor.page.get_by_role("option", name="Leeds", exact=True).click()
    editor.page.keyboard.press("Escape")
    button(editor, "Make the story").click()
    expect(editor.page.get_by_text("Scene 1 of 5")).to_be_visible()
    menu(editor, "Map")
    editor.painted("imd lsoa21")
    button(editor, "Add to story").click()
    menu(editor, "Edit the scene")
    expect(editor.page.get_by_text("Scene 6 of 6")).to_be_visible()
    shot(editor, "story")


def a_session(editor):
    """The story made ready; the addresses of the desk and of the projector, and the code."""
    expect(editor.page.get_by_test_id("stStatusWidget")).to_have_count(0)  # the scene's map runs the page once more
    button(editor, "Prepare a session").click()
    expect(button(editor, "Prepare it")).to_be_visible()
    expect(editor.page.get_by_text("Scene 6 of 6")).to_be_hidden()  # whose title has the same label
    editor.page.get_by_label("Title", exact=True).fill(TITLE)
    editor.page.get_by_label("Place", exact=True).fill(HALL)
    button(editor, "Prepare it").click()
    expect(editor.page.get_by_text("6 scenes can be shown, with the cable out.")).to_be_visible(timeout=120_000)
    shot(editor, "session-before")
    desk, projector = (
        editor.page.get_by_role("link", name=name).get_attribute("href")
        for name in ("Open the presenter’s desk", "Open the projector")
    )
    return desk, projector


def shown(visitor, scene):
    visitor.page.wait_for_function("scene => document.body.dataset.scene === String(scene)", arg=scene)


def show(desk, projector, scene, titles):
    """Go on to the next scene by key; the projector follows."""
    if scene:
        desk.page.keyboard.press("ArrowRight")
    shown(projector, scene)
    shown(desk, scene)
    expect(projector.title).to_have_text(titles[scene])
    assert projector.page.evaluate("window.footholdChange") > 0
    step = "(await (await fetch('scenes')).json())[scene].step.key"
    assert projector.page.evaluate(f"async (scene) => {step} === {FRONT}.painted", scene)
    shot(projector, f"projector-{scene + 1}")


def join(phone, code):
    """Join by typing the code, small letters and a space as people do."""
    phone.open("j")
    phone.page.get_by_role("textbox", name="Code").fill(f"{code[:3].lower()} {code[3:]}")
    phone.page.get_by_role("textbox", name="Code").press("Enter")
    expect(phone.page.get_by_text("You are number")).to_be_visible()


def answer(phone, question, number):
    """Answer a question: the first phone by finger, the second the way without a map."""
    page = phone.page
    expect(phone.title).to_have_text(question["text"])
    form = page.locator("form.slot").first
    if question["kind"] == "place":
        if number == 0:
            expect(form.locator(".where")).to_contain_text("No pin yet.")
            box = form.locator(".ground").bounding_box()
            page.touchscreen.tap(box["x"] + box["width"] / 2, box["y"] + box["height"] / 2)
            expect(form.locator(".where")).to_contain_text("Your pin is in or near")
        else:
            form.get_by_role("button", name="Choose from a list").click()
            form.get_by_label("Neighbourhood").first.select_option(index=40)
        form.get_by_label("Would you like to add").fill(NOTES[number])
    elif question["kind"] == "vote":
        form.get_by_label(question["options"][number]).check()
    elif question["kind"] == "words":
        form.get_by_label("Answer 1 of up to").fill(SAID[number])
    elif question["kind"] == "rank":
        form.get_by_role("button", name="Move down").first.click()
    shot(phone, f"phone-{question['kind']}-{number + 1}")
    form.locator("button[type=submit]:visible", has_text="Send").click()
    expect(form.locator(".said")).to_contain_text("Sent.")


def reveal(desk, projector, question):
    """Let the room see what it answered."""
    desk.page.keyboard.press("r")
    if question["kind"] == "place":
        projector.page.wait_for_function(f"() => {FRONT}.answers === '1'")
    elif question["kind"] == "words":
        for words in SAID:
            expect(projector.page.locator("#cards").get_by_text(words)).to_be_visible()
    else:
        expect(projector.page.locator("#answers").get_by_text(question["options"][0])).to_be_visible()
    shot(projector, f"projector-{question['kind']}-revealed")
    shot(desk, f"desk-{question['kind']}")


def at_the_tablet(tablet, code, question):
    """Two people after one another: the second finds nothing of the first."""
    tablet.open(f"j/{code}", tablet="yes")
    for option in question["options"][:2]:
        form = tablet.page.locator("form.slot").first
        expect(form.get_by_label(option)).not_to_be_checked()
        form.get_by_label(option).check()
        shot(tablet, "tablet")
        form.locator("button[type=submit]:visible", has_text="Send").click()
        tablet.page.get_by_role("button", name="Next person").first.click()
        expect(tablet.page.locator("form.slot").first.get_by_label(option)).not_to_be_checked()


def taken(editor, name):
    """A file that a button gives."""
    with editor.page.expect_download(timeout=60_000) as caught:
        editor.page.get_by_role("button", name=name).click()
    return caught.value.path().read_bytes()


def an_evening(desk, projector, phones, tablet, origin):
    """All scenes by key, each question answered by both phones and then revealed."""
    scenes = desk.page.evaluate("fetch('scenes').then((reply) => reply.json())")
    titles = [scene["title"] for scene in scenes]
    assert len(scenes) == 6
    show(desk, projector, 0, titles)
    desk.page.keyboard.press("j")
    expect(projector.page.get_by_role("dialog", name="Join with your phone")).to_be_visible()
    shot(projector, "projector-join")
    code = "".join(projector.page.locator("#join .code").inner_text().split())
    for phone in phones:
        join(phone, code)
    desk.page.keyboard.press("Escape")
    expect(projector.page.get_by_role("dialog", name="Join with your phone")).to_be_hidden()
    for position, scene in enumerate(scenes):
        if position:
            show(desk, projector, position, titles)
        if (question := scene["question"]) is None:
            continue
        for number, phone in enumerate(phones):
            answer(phone, question, number)
        expect(desk.page.locator("#numbers .answered")).to_have_count(2)
        if question["kind"] == "vote":
            at_the_tablet(tablet, code, question)
        reveal(desk, projector, question)
    desk.page.keyboard.press("b")
    expect(projector.page.locator("#blank")).to_be_visible()
    button(desk, "End the session").click()
    button(desk, "End it").click()
    for phone in phones:
        expect(phone.title).to_have_text("The session has ended")
    return scenes


@pytest.fixture
def stack():
    with ExitStack() as opened:
        yield opened


def test_an_evening_from_the_story_to_the_minutes(browser, wide_screen, desk, stack):
    editor = stack.enter_context(visiting(wide_screen, desk))
    sign_in(editor)
    a_story(editor)
    to_desk, to_projector = a_session(editor)
    laptop = stack.enter_context(visiting(wide_screen, desk))
    laptop.page.goto(desk + to_desk)
    button(laptop, "Open to the room").click()
    expect(laptop.page.get_by_text("Open", exact=True)).to_be_visible()
    projector = stack.enter_context(visiting(wide_screen, desk))
    projector.page.set_viewport_size(PROJECTOR)
    projector.page.goto(desk + to_projector)
    laptop.page.bring_to_front()
    phones = [stack.enter_context(visiting(stack.enter_context(browser.new_context(**PHONE)), desk)) for _ in range(2)]
    tablet = stack.enter_context(visiting(stack.enter_context(browser.new_context(**TABLET)), desk))
    scenes = an_evening(laptop, projector, phones, tablet, desk)
    editor.page.get_by_text("Afterwards", exact=True).click()
    page = taken(editor, "Minutes (HTML)").decode()
    paper = " ".join(" ".join(pages(taken(editor, "Minutes (PDF)"))).split())
    for words in (TITLE, HALL, *NOTES, SAID[0], *(scene["title"] for scene in scenes)):
        assert words in page, f"{words} is not on the page"
        assert words in paper, f"{words} is not in {paper[:2_000]}"
    assert "tax &amp; forms, &lt; 5 minutes" in page and SAID[1] in paper
    answers = taken(editor, "Answers (CSV)").decode("utf-8-sig")
    asked = sum(scene["question"] is not None for scene in scenes)
    votes = sum(scene["question"] is not None and scene["question"]["kind"] == "vote" for scene in scenes)
    assert answers.count("An answer") == 0 and answers.count(f",{HALL},") == 2 * asked + 2 * votes
    shot(editor, "session-after")


@pytest.fixture
def hall(tmp_path):
    """A session of six scenes and its server, on files of their own."""
    server = Server(tmp_path)
    made = workshop_room.session(server.workshops)
    with server:
        yield server, made


class Unlucky(Visitor):
    """Somebody whose server went away for a while, which browsers note."""

    def _console(self, message):
        if "net::ERR" not in message.text and "status of 503" not in message.text:
            super()._console(message)


def kept_by(phone, count):
    """Wait until the server has kept so many answers of a phone."""
    news = "fetch(location.pathname + '/now?after=0').then((reply) => reply.json()).catch(() => ({ mine: [] }))"
    phone.page.wait_for_function(f"async (count) => (await {news}).mine.length === count", arg=count)


def test_when_the_power_fails_the_room_goes_on(browser, hall, stack):
    """The projector changes its scenes without a server; the phone keeps what was written and sends it by itself."""
    server, made = hall
    contexts = [stack.enter_context(browser.new_context(**PHONE)), stack.enter_context(browser.new_context())]
    phone, laptop, projector = (Unlucky(context, server.origin) for context in (contexts[0], contexts[1], contexts[1]))
    laptop.page.goto(f"{server.origin}/present/{made.id}/enter?key={made.key}")
    projector.open(f"present/{made.id}/screen")
    shown(projector, 0)
    shown(laptop, 0)
    laptop.page.keyboard.press("5")
    shown(projector, 4)
    phone.open(f"j/{made.code}")
    phone.page.get_by_label("Answer 1 of up to").fill(SAID[0])
    server.kill()
    phone.page.locator("button[type=submit]:visible", has_text="Send").first.click()
    expect(phone.page.locator(".said:not(:empty)")).to_contain_text("Kept on this phone")
    laptop.page.keyboard.press("ArrowRight")
    shown(projector, 5)
    expect(projector.title).to_have_text(made.scenes[5].title)
    expect(laptop.page.get_by_text("Not connected")).to_be_visible()
    server.start()
    kept_by(phone, 1)
    expect(laptop.page.locator("#connection")).to_have_text("Connected")
    expect(phone.page.get_by_label("Answer 1 of up to")).to_be_empty()
    phone.context.set_offline(True)
    phone.page.get_by_label("Answer 1 of up to").fill(SAID[1])
    phone.page.locator("button[type=submit]:visible", has_text="Send").first.click()
    expect(phone.page.locator(".said:not(:empty)").first).to_contain_text("Kept on this phone")
    phone.context.set_offline(False)
    kept_by(phone, 2)
    server.stop()
    held = workshop_room.kept(server.workshops, made.id)
    assert [(each.scene, each.value.text) for each in held] == [
        (scene.id, said) for scene, said in zip(made.scenes[4:], SAID, strict=True)
    ]
    assert not [each for someone in (phone, laptop, projector) for each in someone.troubles]
