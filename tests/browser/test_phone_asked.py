"""What a phone asks for: the districts near at hand first, an order that somebody chose, as many letters as fit."""

import json
import random
from dataclasses import replace

import pytest

from data.workshop.live import LONGEST_WORDS, Ranking, Words
from data.workshop.reading import AnswerError, cleaned
from tests.browser.hall import Hall, Phone, expect
from tests.browser.test_phone import SMALL, sound
from tests.workshop import LOOK, PLACE, RANK, WORDS, a_story

NOT_MOVED = "You have not moved anything yet. Move one, or press Send again if this is your order."
TEXT = "Answer 1 of up to 2"
IN_BEETON = (53.7977, -1.4950)
GROUPS = "select => [...select.querySelectorAll('optgroup')].map((each) => each.label)"


def asked_of(at):
    """The story of the other tests, but that its place is asked for where the scene looks at this point."""
    story = a_story()
    scenes = tuple(replace(each, at=at, zoom=15.0) if each.id == PLACE else each for each in story.scenes)
    return replace(story, scenes=scenes)


@pytest.fixture
def hall(toy, tmp_path, monkeypatch):
    made = Hall(toy, tmp_path / "workshops.duckdb", monkeypatch, asked_of(IN_BEETON))
    made.helm.open()
    yield made
    made.stop()


@pytest.fixture
def phone(browser, hall):
    with Phone.of(browser, hall, viewport=SMALL, has_touch=True) as someone:
        yield someone


def groups(someone):
    return someone.page.locator("select[name=area]").first.evaluate(GROUPS)


@pytest.mark.parametrize("scripts", [True, False], ids=["script", "no script"])
def test_the_district_that_the_scene_looks_at_comes_first_in_the_list(browser, hall, scripts):
    hall.show(PLACE)
    with Phone.of(browser, hall, viewport=SMALL, java_script_enabled=scripts) as someone:
        someone.join()
        if scripts:
            expect(someone.where).to_contain_text("No pin yet.")  # the map has come, and the list with it
        assert groups(someone) == ["Beeton", "Ayton"]


def test_so_it_does_when_the_question_comes_while_the_page_is_open(phone, hall):
    hall.show(LOOK)
    phone.join()
    expect(phone.heading).to_have_text("Where people live")
    hall.show(PLACE)
    expect(phone.where).to_contain_text("No pin yet.")
    assert groups(phone) == ["Beeton", "Ayton"]


def test_an_order_that_nobody_touched_is_asked_about_before_it_is_sent(phone, hall):
    hall.show(RANK)
    phone.join()
    phone.send()
    expect(phone.said).to_have_text(NOT_MOVED)
    assert hall.values() == []
    sound(phone)
    phone.send()
    expect(phone.said).to_contain_text("Sent.")
    assert hall.values() == [Ranking(order=(0, 1, 2))]
    phone.page.get_by_role("button", name="Change").click()
    phone.send()
    expect(phone.said).to_contain_text("Sent.")


def test_two_hasty_taps_do_not_send_an_untouched_order(phone, hall):
    hall.show(RANK)
    phone.join()
    phone.page.get_by_role("button", name="Send").dblclick()
    expect(phone.said).to_have_text(NOT_MOVED)
    phone.page.get_by_role("button", name="Send").click()
    expect(phone.said).to_contain_text("Sent.")
    assert len(hall.values()) == 1


def test_an_order_that_was_moved_is_sent_at_once_even_if_it_was_moved_back(phone, hall):
    hall.show(RANK)
    phone.join()
    phone.send()
    phone.page.get_by_role("button", name="Move down: Cost").click()
    expect(phone.said).to_have_count(0)
    phone.page.get_by_role("button", name="Move up: Cost").click()
    phone.send()
    expect(phone.said).to_contain_text("Sent.")
    assert hall.values() == [Ranking(order=(0, 1, 2))]
    phone.page.get_by_role("button", name="Take back").click()
    expect(phone.said).to_contain_text("Taken back.")
    phone.send()
    expect(phone.said).to_have_text(NOT_MOVED)
    assert hall.values() == []


def texts():
    """Texts of every kind, as hands and other applications write them."""
    made = [
        "",
        "plain",
        " two  lines\n\nof  text ",
        "🙂" * 279,
        "👩‍👩‍👧 family",
        "e\u0301 and é",
        "soft\u00adhyphen",
        "a\u200bb",
    ]
    made += [
        "no\u00a0break \u3000wide",
        "q" + "\u0301" * 9,
        "\U000f1234x",
        "ہیلو ، مدد",
        "नमस्ते",
        "\t tab\x0bfeed\u2028line",
    ]
    signs = [
        "a",
        " ",
        "\n",
        "é",
        "e\u0301",
        "🙂",
        "\u200b",
        "\u00ad",
        "\u202e",
        "\ufeff",
        "\u00a0",
        "\u2003",
        "한",
        "\u1112\u1161",
    ]
    chance = random.Random(1)
    return made + ["".join(chance.choices(signs, k=chance.randint(1, 90))) for _ in range(40)]


def test_letters_are_counted_as_the_server_counts_them(phone, hall):
    hall.show(WORDS)
    phone.join()
    field, left = phone.page.get_by_label(TEXT), phone.page.locator(".left").first
    for text in texts():
        field.fill(text)
        assert left.inner_text() == f"{LONGEST_WORDS - len(cleaned(text))} left", json.dumps(text)


def test_as_many_emoji_fit_as_letters_and_one_too_many_is_told_and_not_cut(phone, hall):
    hall.show(WORDS)
    phone.join()
    field, left = phone.page.get_by_label(TEXT), phone.page.locator(".left").first
    field.focus()
    phone.page.keyboard.insert_text("🙂" * 285)
    expect(field).to_have_value("🙂" * 285)
    expect(left).to_have_text("\u22125 left")
    with pytest.raises(AnswerError, match="too long by 5"):
        cleaned("🙂" * 285)
    phone.send()
    expect(phone.said).to_have_text("This is too long by 5: 280 letters and signs fit. Shorten it, then send it.")
    sound(phone)
    assert hall.values() == []
    field.fill("🙂" * 280)
    expect(left).to_have_text("0 left")
    phone.send()
    expect(phone.said.first).to_contain_text("Sent.")
    assert hall.values() == [Words(text="🙂" * 280)]


def test_a_note_at_a_place_that_is_too_long_is_told_too(phone, hall):
    hall.show(PLACE)
    phone.join()
    phone.page.get_by_role("button", name="Choose from a list").first.click()
    phone.page.get_by_label("Neighbourhood").first.select_option(index=1)
    phone.page.get_by_label("Would you like to add").first.fill("n" * 281)
    phone.send()
    expect(phone.said).to_contain_text("This is too long by 1")
    assert hall.values() == []


def test_without_a_script_nothing_is_cut_and_what_is_too_long_comes_back_whole(browser, hall):
    hall.show(WORDS)
    with Phone.of(browser, hall, viewport=SMALL, java_script_enabled=False) as someone:
        someone.join()
        for text, said in (("🙂" * 285, "too long by 5"), ("नम" * 800, "too long by 1,320")):
            someone.page.get_by_label(TEXT).fill("")
            someone.page.get_by_label(TEXT).focus()
            someone.page.keyboard.insert_text(text)
            someone.send()
            expect(someone.said.first).to_contain_text(said)
            expect(someone.page.get_by_label(TEXT)).to_have_value(text)
        someone.page.get_by_label(TEXT).fill("🙂" * 280)
        someone.send()
        expect(someone.said.first).to_contain_text("Sent.")
    assert hall.values() == [Words(text="🙂" * 280)]
