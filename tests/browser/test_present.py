"""Presenting: the projector by key, two windows in step, the room's answers as they come, a server that goes away."""

import re
from dataclasses import replace

import pytest

from data.workshop.live import Life, Seen
from data.workshop.scenes import Question, Story
from tests.browser.stand import Stand, Window, expect
from tests.workshop import ADA, INSIDE, PACK, PLACE, RANK, VOTE, WORDS, a_story

AXE = pytest.importorskip("axe_playwright_python.sync_playwright", reason="axe-playwright-python is not installed").Axe
PROJECTOR = {"width": 1920, "height": 1080}
LAPTOP = {"width": 1440, "height": 900}


@pytest.fixture
def stand(toy, toy_places, tmp_path, monkeypatch):
    made = Stand(toy, toy_places, tmp_path / "workshops.duckdb", monkeypatch)
    yield made
    made.stop()


@pytest.fixture
def laptop(browser):
    """The presenter's browser, in which both windows are."""
    with browser.new_context(viewport=PROJECTOR, service_workers="block") as context:
        yield context


@pytest.fixture
def screen(laptop, stand):
    """The projector."""
    with Window.of(laptop, stand, "screen") as window:
        yield window


@pytest.fixture
def desk(laptop, stand):
    """The presenter's desk."""
    with Window.of(laptop, stand, "desk") as window:
        window.page.set_viewport_size(LAPTOP)
        yield window


def sound(window):
    """Nothing that axe-core objects to."""
    found = AXE().run(window.page).response["violations"]
    assert not found, [(each["id"], [node["html"] for node in each["nodes"]]) for each in found]


def position(stand, scene):
    return [each.id for each in stand.session.scenes].index(scene)


def reveal(stand, scene):
    """Open the session, show a scene and let the room see its answers."""
    stand.helm.open()
    stand.helm.show(position(stand, scene))
    stand.helm.reveal(scene, on=True)


# ---- keys --------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("keys", "shown"),
    [
        (["ArrowRight"], 1),
        (["PageDown", "PageDown", "PageUp"], 1),
        (["Space", "Space"], 2),
        (["Space", "Shift+Space"], 0),
        (["End"], 5),
        (["End", "Home"], 0),
        (["4"], 3),
        (["9", "5"], 4),
        (["ArrowRight"] * 9, 5),
        (["ArrowLeft"], 0),
    ],
)
def test_keys_and_clickers_lead_through_the_scenes(screen, stand, keys, shown):
    screen.press(*keys)
    screen.shows(shown)
    expect(screen.page.get_by_role("heading", level=1)).to_have_text(stand.session.scenes[shown].title)


def test_the_server_hears_which_scene_is_shown(screen, stand):
    screen.press("ArrowRight", "ArrowRight")
    screen.shows(2)
    screen.heard("told.state.scene === 2")
    assert stand.room.state.scene == 2


def test_the_next_scene_is_painted_before_its_key_is_pressed(screen):
    screen.ready()
    painted = screen.page.evaluate(
        "() => [...document.querySelectorAll('iframe')].map((f) => f.contentDocument.body.dataset.painted)"
    )
    assert screen.key(1) in painted
    screen.front.evaluate(
        "() => { for (const f of parent.document.querySelectorAll('iframe')) {"
        " const it = f.contentWindow; it.times = 0; const paint = it.foothold.paint;"
        " it.foothold.paint = (step) => { it.times++; paint(step); }; } }"
    )
    screen.press("ArrowRight")
    screen.shows(1)
    assert screen.front.evaluate("() => window.times") == 0, "it was only brought to the front"
    assert screen.page.evaluate("() => window.footholdChange") > 0


@pytest.mark.parametrize("key", ["b", "."])
def test_a_blank_screen_is_black_and_nothing_else(screen, key):
    screen.press(key)
    blank = screen.page.locator("#blank")
    expect(blank).to_be_visible()
    assert blank.evaluate("(it) => getComputedStyle(it).backgroundColor") == "rgb(0, 0, 0)"
    for across, down in ((0.05, 0.05), (0.5, 0.5), (0.95, 0.95)):
        seen = "([x, y]) => document.elementFromPoint(innerWidth * x, innerHeight * y).id"
        assert screen.page.evaluate(seen, [across, down]) == "blank"
    screen.press(key)
    expect(blank).to_be_hidden()


def test_the_next_scene_lifts_the_blank(screen):
    screen.press("b", "ArrowRight")
    screen.shows(1)
    expect(screen.page.locator("#blank")).to_be_hidden()


def test_how_to_join_fills_the_screen(screen, stand):
    screen.press("j")
    over = screen.page.get_by_role("dialog", name="Join with your phone")
    expect(over).to_contain_text(f"{stand.session.code[:3]} {stand.session.code[3:]}")
    box = over.locator("svg:visible").bounding_box()
    assert box["width"] == pytest.approx(box["height"]) and box["height"] > 0.7 * PROJECTOR["height"]
    sound(screen)
    screen.press("Escape")
    expect(over).to_be_hidden()


def test_the_keys_are_told(screen):
    screen.press("?")
    expect(screen.page.get_by_role("region", name="Keys")).to_contain_text("blank screen")
    screen.press("h")
    expect(screen.page.locator("#keys")).to_be_hidden()


def test_hatching_tells_classes_without_their_colours(screen):
    screen.ready()
    fills = "() => { const out = []; stage.map.eachLayer((l) => l.area === undefined || out.push(l.options.fillColor));"
    patterns = fills + " return out.filter((each) => each instanceof CanvasPattern).length; }"
    assert screen.front.evaluate(patterns) == 1, "only what has no figure"
    screen.press("p")
    screen.until(
        "() => document.querySelector('iframe.front').contentDocument.querySelector('.fh-swatch').style.backgroundImage"
    )
    assert screen.front.evaluate(patterns) == 8
    images = screen.front.evaluate(
        "() => [...document.querySelectorAll('.fh-classes .fh-swatch')].map((s) => s.style.backgroundImage)"
    )
    assert len(images) == len(set(images)) > 5
    screen.press("ArrowRight")
    screen.shows(1)
    assert screen.front.evaluate(patterns) == 8, "the next scene is hatched, too"


def test_a_window_that_changes_its_size_shows_the_same_ground(screen):
    before = screen.look()
    screen.page.set_viewport_size({"width": 1024, "height": 768})
    screen.until("() => document.querySelector('iframe.front').contentWindow.stage.map.getSize().x < 700")
    smaller = screen.look()
    assert smaller[2] < before[2] and smaller[:2] == pytest.approx(before[:2], abs=0.002)
    screen.page.set_viewport_size(PROJECTOR)
    screen.until("() => document.querySelector('iframe.front').contentWindow.stage.map.getSize().x > 1000")
    assert screen.look() == pytest.approx(before, abs=1e-3)


# ---- what can be read at ten metres ------------------------------------------------------------------------------


LONG = "Where people on low incomes live, and how far they have to go for help and advice"[:80]
FORTY = " ".join(["neighbourhood", "where", "people", "live"] * 10)


def test_title_words_and_key_are_large_and_fit(screen):
    screen.front.evaluate("() => 0")
    sizes = screen.page.evaluate(
        """([title, words]) => {
          const set = (id, text) => { document.getElementById(id).textContent = text; };
          set('title', title); set('words', words);
          const size = (id) => parseFloat(getComputedStyle(document.getElementById(id)).fontSize);
          return [size('title'), size('words')]; }""",
        [LONG, FORTY],
    )
    key = screen.front.evaluate(
        "() => parseFloat(getComputedStyle(document.querySelector('.fh-key .fh-words')).fontSize)"
    )
    assert sizes[0] >= 60 and sizes[1] >= 40 and key >= 30


@pytest.fixture(params=[(1920, 1080), (1280, 720), (1024, 768)], ids=lambda size: "x".join(map(str, size)))
def sized(request, laptop, toy, toy_places, tmp_path, monkeypatch):
    """Projectors of three sizes, and a story with as much to read as a scene may hold."""
    options = tuple(f"{i}: an answer that says at some length what somebody would like to happen" for i in range(1, 9))
    asked = Question(
        kind="vote", text="What would help you most, of all that we have talked about here? " * 2, options=options
    )
    first, second, *others = a_story().scenes
    full = (
        replace(first, title=LONG, words=FORTY),
        replace(second, title=LONG, words=FORTY, question=asked),
        *others,
    )
    made = Stand(toy, toy_places, tmp_path / "workshops.duckdb", monkeypatch, Story(name="Full", scenes=full))
    with Window.of(laptop, made, "screen") as window:
        window.page.set_viewport_size({"width": request.param[0], "height": request.param[1]})
        yield window
    made.stop()


def fits(window):
    """Nothing of the panel is cut off, and nothing lies beyond the screen."""
    window.until(
        """() => { const panel = document.getElementById('panel').getBoundingClientRect();
        return [...document.querySelectorAll('#panel *')].every((it) => { const box = it.getBoundingClientRect();
          return !box.height || (box.bottom <= innerHeight + 1 && box.right <= panel.right + 1); }); }"""
    )


def test_the_longest_scene_fits_every_projector(sized):
    fits(sized)
    unit = sized.page.evaluate("() => (innerWidth / 1920 + innerHeight / 1080) / 2")
    for id_, least in (("title", 60), ("words", 40)):
        size = sized.page.locator(f"#{id_}").evaluate("(it) => parseFloat(getComputedStyle(it).fontSize)")
        assert size >= least * unit - 0.1
    sized.press("ArrowRight")
    sized.shows(1)
    fits(sized)
    expect(sized.page.get_by_role("heading", level=2)).to_be_visible()
    stand = sized.stand
    stand.helm.open()
    stand.helm.show(1)
    for _ in range(6):
        stand.answer(stand.phone(), stand.session.scenes[1].id, {"chosen": [0]})
    stand.helm.reveal(stand.session.scenes[1].id, on=True)
    expect(sized.page.locator(".bars li")).to_have_count(8)
    fits(sized)


# ---- two windows -------------------------------------------------------------------------------------------------


def test_the_desk_turns_the_projector_and_the_projector_the_desk(desk, screen, stand):
    desk.press("ArrowRight")
    screen.shows(1)
    expect(desk.page.locator("#title")).to_have_text(stand.session.scenes[1].title)
    expect(desk.page.locator("#notes")).to_have_text(stand.session.scenes[1].notes)
    expect(desk.page.locator("#next")).to_have_text(stand.session.scenes[2].title)
    screen.press("ArrowRight", "b")
    expect(desk.page.locator("#title")).to_have_text(stand.session.scenes[2].title)
    expect(desk.page.locator("#over")).to_have_text("The screen is blank")
    desk.page.get_by_role("button", name="Blank").click()
    expect(screen.page.locator("#blank")).to_be_hidden()


def test_everything_has_a_button(desk, screen, stand):
    stand.helm.open()
    desk.page.get_by_role("button", name="Next", exact=True).click()
    screen.shows(1)
    desk.page.get_by_role("button", name=re.compile("^2 |Where it is missing")).first.click()
    desk.page.get_by_role("button", name="Back", exact=False).first.click()
    screen.shows(0)
    desk.page.get_by_role("button", name="How to join").click()
    expect(screen.page.locator("#join")).to_be_visible()
    desk.page.get_by_role("button", name="How to join").click()
    expect(screen.page.locator("#join")).to_be_hidden()
    desk.page.get_by_role("button", name="Hatching").click()
    screen.until(
        "() => document.querySelector('iframe.front').contentDocument.querySelector('.fh-swatch').style.backgroundImage"
    )
    desk.page.get_by_role("button", name="Keys").click()
    expect(desk.page.get_by_role("region", name="Keys")).to_be_visible()


def test_a_second_laptop_follows_by_the_server(browser, stand, screen):
    with browser.new_context(viewport=LAPTOP) as other, Window.of(other, stand, "desk") as second:
        second.press("End")
        screen.shows(5)
        screen.press("Home")
        second.shows(0)


def test_the_desk_says_whether_the_projector_is_open(desk, laptop, stand):
    expect(desk.page.locator("#screens")).to_contain_text("not open on this computer")
    with Window.of(laptop, stand, "screen"):
        expect(desk.page.locator("#screens")).to_contain_text("window is open")


def test_without_the_server_it_goes_on_and_catches_up_later(desk, screen, stand):
    screen.ready()
    stand.stop()
    desk.press("ArrowRight")
    screen.page.evaluate("() => 0")
    expect(screen.body).to_have_attribute("data-scene", "1")
    expect(desk.page.locator("#connection")).to_have_text("Not connected; phones are not following. You can go on.")
    expect(screen.page.get_by_text("Not connected")).to_have_count(0)
    screen.press("End", "b")
    expect(screen.body).to_have_attribute("data-scene", "5")
    expect(desk.page.locator("#title")).to_have_text(stand.session.scenes[5].title)
    expect(desk.page.locator("#over")).to_have_text("The screen is blank")
    stand.start()
    expect(desk.page.locator("#connection")).to_have_text("Connected")
    desk.heard("told.state.scene === 5 && told.state.blank")
    screen.shows(5)


def test_what_a_closed_window_could_not_send_the_other_sends(desk, laptop, stand):
    with Window.of(laptop, stand, "screen") as screen:
        stand.stop()
        screen.press("End")
        expect(desk.page.locator("#title")).to_have_text(stand.session.scenes[5].title)
    stand.start()
    desk.heard("told.state.scene === 5")
    assert stand.room.state.scene == 5


def test_scenes_that_were_prepared_again_are_shown_without_a_reload(screen, stand):
    anew = [replace(each, scene=replace(each.scene, title="Drawn anew")) for each in stand.room.prepared]
    stand.rooms.prepare_again(stand.session.id, by=ADA, pack=PACK, prepared=anew, places="[]")
    stand.helm.blank(on=True)
    stand.helm.blank(on=False)
    expect(screen.page.get_by_role("heading", level=1)).to_have_text("Drawn anew")


# ---- answers -----------------------------------------------------------------------------------------------------


def test_pins_come_to_the_map_once_they_are_revealed(screen, desk, stand):
    stand.helm.open()
    stand.helm.show(position(stand, PLACE))
    stand.answer(stand.phone(), PLACE, {"at": list(INSIDE), "note": "Tom & Ann <3"})
    screen.shows(1)
    expect(desk.page.locator("#counted")).to_contain_text("1 of 1 phone has answered.")
    expect(desk.page.locator("#answers")).to_contain_text("1")
    assert screen.front.evaluate("() => document.body.dataset.answers") in (None, "0")
    desk.press("r")
    screen.until("() => document.querySelector('iframe.front').contentDocument.body.dataset.answers === '1'")
    stand.answer(stand.phone(), PLACE, {"at": [INSIDE[0] + 0.004, INSIDE[1]], "note": ""})
    screen.until("() => document.querySelector('iframe.front').contentDocument.querySelectorAll('.ring').length === 1")
    screen.until("() => document.querySelector('iframe.front').contentDocument.body.dataset.answers === '2'")
    assert screen.front.evaluate("() => document.querySelectorAll('img').length") == 0
    desk.press("r")
    screen.until("() => document.querySelector('iframe.front').contentDocument.body.dataset.answers === '0'")


KEY_ROW = "() => [...document.querySelectorAll('.fh-key .answers')].map((row) => row.textContent)"
NEXT_DOOR = [INSIDE[0] + 0.004, INSIDE[1]]


def test_the_key_says_what_the_dots_are_while_there_are_any(screen, stand):
    stand.helm.settle(replace(stand.session.settings, hide_small=False))
    stand.helm.open()
    stand.helm.show(position(stand, PLACE))
    stand.answer(stand.phone(), PLACE, {"at": list(INSIDE), "note": ""})
    screen.shows(1)
    assert screen.front.evaluate(KEY_ROW) == []
    stand.helm.reveal(PLACE, on=True)
    front = "document.querySelector('iframe.front').contentDocument"
    screen.until(f"() => {front}.body.dataset.answers === '1'")
    assert screen.front.evaluate(KEY_ROW) == ["Where people here pointed"]
    stand.answer(stand.phone(), PLACE, {"at": NEXT_DOOR, "note": ""})
    screen.until(f"() => {front}.body.dataset.answers === '2'")
    assert screen.front.evaluate(KEY_ROW) == ["Where people here pointed"], "two dots, and none has a number"
    stand.answer(stand.phone(), PLACE, {"at": list(INSIDE), "note": ""})
    screen.until(f"() => {front}.body.dataset.answers === '3'")
    assert screen.front.evaluate(KEY_ROW) == ["Where people here pointed (a number: so many at one spot)"]
    size = "() => parseFloat(getComputedStyle(document.querySelector('.fh-key .answers')).fontSize)"
    assert screen.front.evaluate(size) >= 30
    screen.press("p")
    screen.until(f"() => {front}.querySelector('.fh-swatch').style.backgroundImage")
    assert len(screen.front.evaluate(KEY_ROW)) == 1, "a key that is drawn again has it, too"
    sound(screen)
    screen.press("r")
    screen.until(f"() => {front}.body.dataset.answers === '0'")
    assert screen.front.evaluate(KEY_ROW) == []


def test_dots_and_their_row_of_the_key_are_there_before_their_scene_is_shown_again(laptop, stand):
    """On a computer with room for three maps, on which the one with the dots was painted over meanwhile."""
    laptop.add_init_script("Object.defineProperty(navigator, 'deviceMemory', { value: 4 })")
    reveal(stand, PLACE)
    stand.answer(stand.phone(), PLACE, {"at": list(INSIDE), "note": ""})
    with Window.of(laptop, stand, "screen") as screen:
        screen.until("() => document.querySelector('iframe.front').contentDocument.body.dataset.answers === '1'")
        for keys, shown in ((["End"], 5), (["ArrowLeft"] * 3, 2)):
            screen.press(*keys)
            screen.shows(shown)
            screen.ready()
        painted = (
            "() => [...document.querySelectorAll('iframe')].map((f) => f.contentDocument)"
            ".map((page) => [page.body.dataset.painted, page.querySelectorAll('.fh-key .answers').length])"
        )
        rows = dict(screen.page.evaluate(painted))
        assert rows == {screen.key(1): 1, screen.key(2): 0, screen.key(3): 0}
        for frame in screen.page.query_selector_all("iframe"):
            frame.content_frame().evaluate("() => { window.looks = 0; stage.map.on('moveend', () => window.looks++); }")
        screen.press("ArrowLeft")
        screen.shows(1)
        assert screen.front.evaluate("() => [window.looks, document.body.dataset.answers]") == [0, "1"]


def test_a_place_whose_note_waits_is_a_dot_and_its_note_comes_when_it_is_let_through(screen, desk, stand):
    stand.helm.settle(replace(stand.session.settings, hold_words=True, hide_small=False))
    reveal(stand, PLACE)
    stand.answer(stand.phone(), PLACE, {"at": list(INSIDE), "note": "A club for the young"})
    screen.until("() => document.querySelector('iframe.front').contentDocument.body.dataset.answers === '1'")
    expect(screen.page.locator("#summary")).to_have_text(re.compile("^1 person pointed to a place"))
    pins = "async () => (await (await fetch('live?after=-1&screen=yes')).json()).results.pins"
    assert [each["note"] for each in screen.page.evaluate(pins)] == [""]
    desk.page.locator("#held").get_by_role("button", name="Show").click()
    expect(desk.page.locator("#held li")).to_have_text(["Nothing waits."])
    desk.heard("told.held.length === 0 && told.results.pins[0].note === 'A club for the young'")
    assert [each["note"] for each in screen.page.evaluate(pins)] == ["A club for the young"]


def test_bars_and_small_numbers(screen, desk, stand):
    reveal(stand, VOTE)
    for i in range(7):
        stand.answer(stand.phone(), VOTE, {"chosen": [0] if i < 5 else [1]})
    rows = screen.page.locator(".bars li")
    expect(rows).to_have_text([re.compile("Mornings5"), re.compile("Eveningsfewer than 5"), re.compile("Weekends0")])
    expect(desk.page.locator(".bars li").nth(1)).to_have_text(re.compile("Evenings2"))
    expect(desk.page.get_by_role("button", name="Small numbers hidden")).to_have_attribute("aria-pressed", "true")
    screen.press("m")
    expect(rows.nth(1)).to_have_text(re.compile("Evenings2"))
    expect(desk.page.get_by_role("button", name="Small numbers hidden")).to_have_attribute("aria-pressed", "false")


def test_an_order_of_the_room(screen, stand):
    reveal(stand, RANK)
    for _ in range(5):
        stand.answer(stand.phone(), RANK, {"order": [2, 0, 1]})
    expect(screen.page.locator(".ranks li").first).to_have_text(re.compile("1Language"))


def test_words_are_a_wall_of_text_and_nothing_else(screen, stand):
    reveal(stand, WORDS)
    stand.helm.settle(stand.session.settings)
    for i in range(40):
        stand.answer(
            stand.phone(), WORDS, {"text": f"Somebody to ask who has done it themselves, {i}, & a room to try it in"}
        )
    cards = screen.page.locator("#cards li")
    expect(cards.first).to_have_text(re.compile("themselves, 39, & a room"))
    expect(screen.page.locator("#page")).to_have_text(re.compile(r"^1 of \d"))
    box = screen.page.locator("#wall").bounding_box()
    last = cards.last.bounding_box()
    assert last["x"] + last["width"] <= box["x"] + box["width"] and last["y"] + last["height"] <= PROJECTOR["height"]
    screen.press("w")
    expect(screen.page.locator("#page")).to_have_text(re.compile(r"^2 of \d"))
    sound(screen)


def test_words_are_let_through_or_hidden_by_keyboard(screen, desk, stand):
    stand.helm.settle(replace(stand.session.settings, hold_words=True))
    reveal(stand, WORDS)
    for text in ("Childcare", "Rude words"):
        stand.answer(stand.phone(), WORDS, {"text": text})
    held = desk.page.locator("#held li")
    expect(held).to_have_count(2)
    expect(desk.page.locator("#waiting")).to_have_text("(2 waiting)")
    assert screen.page.locator("#cards li").count() == 0
    desk.page.get_by_role("button", name="Show: Childcare").focus()
    desk.press("Enter")
    expect(screen.page.locator("#cards li")).to_have_text(["Childcare"])
    assert desk.page.evaluate("() => document.activeElement.getAttribute('aria-label')") == "Show: Rude words"
    desk.press("Tab", "Space")
    expect(held).to_have_text(["Nothing waits."])
    desk.page.get_by_text("Words that are hidden").click()
    expect(desk.page.locator("#hidden li")).to_contain_text(["Rude words"])
    desk.page.get_by_text("Words that are shown").click()
    desk.page.get_by_role("button", name="Hide: Childcare").click()
    expect(screen.page.locator("#cards li")).to_have_count(0)
    desk.heard("told.hidden.length === 2")
    assert [each.seen for each in stand.room.answers()] == [Seen.HIDDEN, Seen.HIDDEN]


def test_who_has_answered_is_told_by_sign_and_words(desk, stand):
    stand.helm.open()
    stand.helm.show(position(stand, VOTE))
    first, second, third = (stand.phone() for _ in range(3))
    stand.answer(first, VOTE, {"chosen": [0]})
    for person in (first, second):
        stand.room.here(person)
    del third
    desk.shows(2)
    cells = desk.page.locator("#numbers li")
    expect(cells).to_have_text([re.compile("1 ✓.*has answered"), re.compile("2 •.*here"), re.compile("3 –.*is gone")])


# ---- the rest ----------------------------------------------------------------------------------------------------


def test_show_us_our_street_and_back(screen, stand):
    before = screen.look()
    screen.press("/")
    screen.page.keyboard.type("ZX1 1AA")
    screen.press("Enter")
    expect(screen.page.locator("#found")).to_be_visible()
    screen.until("() => document.querySelector('iframe.front').contentDocument.querySelector('.fh-pin') !== null")
    screen.until("() => document.querySelector('iframe.front').contentWindow.stage.map.getZoom() >= 14")
    screen.press("Escape")
    expect(screen.page.locator("#found")).to_be_hidden()
    assert screen.look() == pytest.approx(before)
    assert screen.front.evaluate("() => document.querySelector('.fh-pin') === null")


def test_the_desk_finds_for_the_projector(screen, desk):
    desk.press("s")
    desk.page.keyboard.type("Ayton")
    desk.press("Enter")
    expect(desk.page.locator("#places button").first).to_be_focused()
    desk.press("ArrowDown")
    second = desk.page.locator("#places button").nth(1)
    expect(second).to_be_focused()
    name = second.inner_text().split(",")[0]
    desk.press("Enter")
    expect(screen.page.locator("#found")).to_contain_text(name)
    desk.shows(0)
    desk.page.get_by_role("button", name="Back to the scene").click()
    expect(screen.page.locator("#found")).to_be_hidden()


def test_nothing_found_is_said(screen):
    screen.press("s")
    screen.page.keyboard.type("Nowhere at all")
    screen.press("Enter")
    expect(screen.page.locator("#said")).to_contain_text("Nothing here is called")


def test_a_session_is_opened_and_its_end_is_asked_again(desk, stand):
    desk.page.get_by_role("button", name="Open to the room").click()
    expect(desk.page.locator("#life")).to_have_text("Open")
    desk.page.get_by_role("button", name="End the session").click()
    desk.page.get_by_role("button", name="Go on").click()
    expect(desk.page.locator("#life")).to_have_text("Open")
    desk.page.get_by_role("button", name="End the session").click()
    desk.page.get_by_role("button", name="End it").click()
    expect(desk.page.locator("#life")).to_have_text("Ended")
    expect(desk.page.get_by_role("button", name="Open it again")).to_be_focused()
    desk.heard("told.state.life === 'ended'")
    assert stand.room.state.life is Life.ENDED


NO_LONGER = (
    "This session is no longer open to this browser: it was deleted, or its link was changed. "
    "Open the session’s page to go on."
)


def test_a_session_that_is_deleted_leaves_both_windows(screen, desk, stand):
    stand.helm.settle(replace(stand.session.settings, hold_words=True, hide_small=False))
    reveal(stand, PLACE)
    stand.answer(stand.phone(), PLACE, {"at": list(INSIDE), "note": "A secret that waits"})
    screen.until("() => document.querySelector('iframe.front').contentDocument.body.dataset.answers === '1'")
    expect(desk.page.locator("#held")).to_contain_text("A secret that waits")
    expect(screen.page.locator("#summary")).to_have_text(re.compile("^1 person pointed"))
    code = stand.session.code
    written = [code, f"{code[:3]} {code[3:]}", "A secret that waits", "1 person", stand.session.title]
    assert all(each in desk.page.content() for each in written[1:])
    stand.rooms.delete(stand.session.id, by=ADA)
    for window in (screen, desk):
        expect(window.body).to_have_text(NO_LONGER)
        assert [each for each in written if each in window.page.content()] == []
        assert window.page.locator("iframe, svg, button").count() == 0
        window.page.evaluate("() => { window.asked = 0; window.fetch = () => { window.asked++; }; }")
        window.press("ArrowRight", "b", "/", "r")
        window.page.set_viewport_size({"width": 1024, "height": 768})
        expect(window.body).to_have_text(NO_LONGER)
        assert window.page.evaluate("() => window.asked") == 0
        sound(window)


def test_desk_and_projector_are_sound(screen, desk, stand):
    sound(screen)
    sound(desk)
    for scene in (PLACE, VOTE, RANK, WORDS):
        reveal(stand, scene)
        value = {
            PLACE: {"at": list(INSIDE), "note": "Here"},
            VOTE: {"chosen": [0]},
            RANK: {"order": [0, 1, 2]},
            WORDS: {"text": "A"},
        }
        stand.answer(stand.phone(), scene, value[scene])
        screen.shows(position(stand, scene))
        expect(desk.page.locator("#answers-box")).to_contain_text("1 person")
        sound(screen)
        sound(desk)


def test_the_desk_is_a_remote_on_a_phone(desk, screen):
    desk.page.set_viewport_size({"width": 390, "height": 844})
    assert desk.page.evaluate("() => document.documentElement.scrollWidth <= innerWidth")
    desk.page.get_by_role("button", name="Next", exact=True).click()
    screen.shows(1)
    sound(desk)
