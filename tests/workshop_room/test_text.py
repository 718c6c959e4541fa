"""What people write is text wherever it is shown: never markup, a script, a template or a formula."""

import csv
import io
import json
from collections import Counter
from datetime import datetime
from html.parser import HTMLParser

import pytest

from layers.workshop.export import FORMS, answers_sheet
from layers.workshop.minutes import compose
from layers.workshop.minutes_html import as_html
from tests.layers.workshop.room_full import ASKED, NAMES, evening, region, texts
from tests.layers.workshop.room_full import session as ended
from tests.workshop import INSIDE, LAST, PLACE, WORDS

TEXTS = [
    "5 < 6 & 7 > 3, and i <3 u",
    "\"double\" and 'single' and `back`",
    "{{7777*7777}} {% for x in y %} ${7777*7777} #{7777*7777} <%= 7777*7777 %>",
    "=1+1",
    '=HYPERLINK("http://evil.example","win")',
    "+44 113 496 0000",
    "@SUM(A1:A9)",
    "-2+3",
    "&lt;b&gt; &amp; &#60;",
    "**bold** [a](b) ![c](d) $x$ :red[y]",
    "'); DROP TABLE answers; --",
    "]]> --> */ // \\u003c",
    "\U0001f44d\U0001f3fd مرحبا বাংলা ਪੰਜਾਬੀ",
]
"""Plain texts, whatever they look like, which must be kept as they are."""

MARKUP = [
    "</script><script>alert(1)</script>",
    "<svg onload=alert(1)>",
    "<!-- hidden",
    '" onmouseover="alert(1)',
    "<ScRiPt >alert(1)</sCrIpT >",
    "java\tscript:alert(1)",
    "data:text/html,<h1>x</h1>",
    "<a href=//evil.example>",
    "<\u200bscript>alert(1)<\u200b/script>",
]
"""Texts that would do something if they were markup: refused in a sentence, or shown as they are (in one line)."""

HARMLESS = "Something else that a person wrote"


class Shape(HTMLParser):
    """What a page is built of, and what it says."""

    def __init__(self, html: str) -> None:
        super().__init__(convert_charrefs=True)
        self.built: Counter[tuple[str, ...]] = Counter()
        self.said: list[str] = []
        self.feed(html)
        self.close()

    def handle_starttag(self, tag, attrs):
        self.built[(tag, *sorted(name for name, _ in attrs if name not in ("open", "checked", "selected")))] += 1
        self.said += [value for _, value in attrs if value]

    def handle_data(self, data):
        self.said.append(data)

    @property
    def text(self) -> str:
        return "\n".join(self.said)


def shape(phone):
    """The page of a phone as it is loaded again."""
    reply = phone.ask(phone.path)
    assert reply.status == 200 and reply.head["content-type"].startswith("text/html")
    return Shape(reply.text)


def in_a_line(text):
    return " ".join(text.split())


def write(hall, text):
    """A phone that wrote a text and noted it at a place; None if that was refused in a sentence."""
    phone = hall.phone()
    replies = [phone.answer(WORDS, {"text": text}), phone.answer(PLACE, {"area": "E02000001", "note": text})]
    if replies[0].status != 200:
        assert [reply.status // 100 for reply in replies] == [4, 4]
        assert all(reply.told["words"].endswith(".") for reply in replies)
        return None
    assert replies[1].status == 200
    return phone


@pytest.mark.parametrize("text", [*TEXTS, *MARKUP])
def test_on_the_phone_that_wrote_it_a_text_is_text(hall, text):
    phone, other = write(hall, text), write(hall, HARMLESS)
    if phone is None:
        assert text in MARKUP
        return
    mine = {each["scene"]: each["value"] for each in phone.now()["mine"]}
    assert mine[WORDS]["text"] == mine[PLACE]["note"] == in_a_line(text)
    hall.laptop().do(do="show", scene=4)
    shown, plain = shape(phone), shape(other)
    assert shown.built == plain.built
    assert str(7777 * 7777) not in shown.text


@pytest.mark.parametrize("text", [*TEXTS, *MARKUP])
def test_on_the_laptop_and_the_projector_a_text_is_text(hall, text):
    laptop = hall.laptop()
    pages = ["desk", "screen"]
    before = {page: Shape(laptop.ask(f"{laptop.path}/{page}").text).built for page in pages}
    phone = write(hall, text)
    laptop.do(do="show", scene=4)
    laptop.do(do="reveal", scene_id=WORDS, on=True)
    for screen in ("", "&screen=yes"):
        reply = laptop.ask(f"{laptop.path}/live?after=0{screen}")
        assert reply.head["content-type"].startswith("application/json")
        assert reply.head["x-content-type-options"] == "nosniff"
        words = [each["text"] for each in reply.told["results"]["words"]]
        assert (in_a_line(text) in words) == (phone is not None)
    for page in pages:
        reply = laptop.ask(f"{laptop.path}/{page}")
        assert reply.status == 200
        assert Shape(reply.text).built == before[page]


@pytest.mark.parametrize("text", TEXTS)
def test_a_note_that_waits_is_neither_on_the_projector_nor_on_another_phone(hall, text):
    """As text or escaped in any way: the projector is told a place without a note."""
    laptop, phone, other = hall.laptop(hall.held), hall.phone(hall.held), hall.phone(hall.held)
    laptop.do(do="show", scene=1)
    laptop.do(do="reveal", scene_id=PLACE, on=True)
    assert phone.answer(PLACE, {"at": INSIDE, "note": text}).told["seen"] == "held"
    told = laptop.ask(f"{laptop.path}/live?after=0&screen=yes").told["results"]
    assert told["pins"] and {each["note"] for each in told["pins"]} == {""}
    assert in_a_line(text) not in json.dumps(told, ensure_ascii=False)
    assert in_a_line(text) not in shape(other).text and in_a_line(text) not in str(other.now())


def test_signs_that_nobody_sees_are_dropped(hall):
    phone = hall.phone()
    assert phone.answer(WORDS, {"text": "\u202egnp.exe\x00\u2066 turned\r\n\u200bround\x1b[31m"}).status == 200
    [mine] = phone.now()["mine"]
    assert mine["value"]["text"] == "gnp.exe turned round[31m"


def test_what_an_editor_wrote_is_text_too(hall):
    """Titles, options and places of a session hold every text; the pages are built as those of the plain session."""
    nasty, plain = hall.phone(hall.nasty), hall.phone(hall.plain)
    for position in range(6):
        for session in (hall.nasty, hall.plain):
            hall.laptop(session).do(do="show", scene=position)
        assert shape(nasty).built == shape(plain).built
    for page in ("desk", "screen"):
        told = {}
        for session in (hall.nasty, hall.plain):
            laptop = hall.laptop(session)
            told[session.id] = Shape(laptop.ask(f"{laptop.path}/{page}").text)
        assert told[hall.nasty.id].built == told[hall.plain.id].built
    laptop = hall.laptop(hall.nasty)
    scenes = laptop.ask(f"{laptop.path}/scenes").told
    assert [each["title"] for each in scenes if each["id"] == LAST] == [hall.nasty.scenes[-1].title]
    assert "<script>" in hall.nasty.scenes[-1].title
    assert json.dumps(scenes)


def test_forms_without_script_keep_to_text_as_well(hall):
    phone = hall.phone()
    own = {"Origin": f"http://127.0.0.1:{phone.port}", "Content_Type": "application/x-www-form-urlencoded"}
    reply = phone.ask(
        f"{phone.path}/answer",
        method="POST",
        body=b"scene=%3Cscript%3E&id=%22%3E%3Cscript%3Ealert(1)%3C/script%3E&turn=1&text=%3Cb%3Ex",
        **own,
    )
    assert 400 <= reply.status < 500 or reply.status == 303
    assert "<script>alert" not in reply.text and "<b>x" not in reply.text


def test_in_minutes_and_in_tables_a_text_is_text(toy):
    """Also such text as would have been refused: what is sent out relies on nobody at the door."""
    every = [in_a_line(text) for text in (*TEXTS, *MARKUP)]
    built = []
    for said in (every, [f"{HARMLESS} {i}" for i, _ in enumerate(every)]):
        room = ended(ASKED, hide_small=False, title=said[-1][:100], next_steps=said[0])
        answers = texts(*said, scene=WORDS)
        composed = compose(
            room, evening(toy)[0], answers, places=[], region=region(toy), made=datetime(2026, 11, 27, 9, 30)
        )
        page = Shape(as_html(composed).decode())
        built.append(page.built)
        assert not set(said) - {each.strip("“”") for each in map(str.strip, page.said)}
        [form] = [each for each in FORMS if each.key == "csv"]
        sent = answers_sheet(room, answers, names=NAMES).sent(form).decode("utf-8-sig")
        cells = [cell for row in csv.reader(io.StringIO(sent, newline="")) for cell in row]
        assert not [cell for cell in cells if cell[:1] in ("=", "+", "-", "@", "\t", "\r")]
        assert set(said) <= {*cells, *(cell.removeprefix("'") for cell in cells)}
    assert built[0] == built[1]
