"""The projector's and the desk's pages as values: what their scripts are told, and what they load once."""

import json
import re
from pathlib import Path

import pytest
import segno

from data.workshop.live import Answer, By, Life, People, Place, Seen, Settings, State, Vote, Words
from layers.find import Found
from layers.render import Look, Mark
from layers.workshop import present
from layers.workshop.present import Way, assets, code_words, found_told, people_told, qr, state_told, waiting

OWN = Path(present.__file__).parent / "present"
SCRIPTS = sorted(OWN.glob("*.js"))


def answer(value, *, seen=Seen.SHOWN, id_="a1"):
    return Answer(id=id_, scene="s1", person=1, turn=2, value=value, by=By.PHONE, minute="2026-11-26T19:05", seen=seen)


def test_the_state_is_json():
    state = State(version=7, life=Life.OPEN, scene=2, asking=frozenset("ba"), revealed=frozenset("c"))
    told = json.loads(json.dumps(state_told(state, Settings(hide_small=False))))
    assert told == {
        "version": 7,
        "life": "open",
        "scene": 2,
        "blank": False,
        "joining": False,
        "asking": ["a", "b"],
        "revealed": ["c"],
        "small": False,
    }


def test_people_are_told_by_number_for_one_scene():
    told = people_told(
        People(
            phones=frozenset({5, 1, 3}),
            here=frozenset({1, 5}),
            answered={"s1": frozenset({5, 2, 4}), "s2": frozenset({1, 6})},
        ),
        "s1",
    )
    assert (told["joined"], told["here"], told["answered"], told["paper"]) == (3, 2, 1, 2)
    assert [(each["number"], each["here"], each["answered"]) for each in told["numbers"]] == [
        (1, True, False),
        (3, False, False),
        (5, True, True),
    ]
    assert people_told(People(), "s1")["numbers"] == []


def test_whatever_waits_is_told_with_its_turn_and_its_words():
    answers = [
        answer(Words(text="Shown"), id_="a1"),
        answer(Words(text="Held"), seen=Seen.HELD, id_="a2"),
        answer(Place(area="E02000001", note="A note"), seen=Seen.HELD, id_="a3"),
        answer(Place(area="E02000001"), seen=Seen.HELD, id_="a4"),
        answer(Vote(chosen=(0,)), seen=Seen.HIDDEN, id_="a5"),
    ]
    told = waiting(answers, Seen.HELD)
    assert [(each["id"], each["text"]) for each in told] == [
        ("a2", "Held"),
        ("a3", "A note"),
        ("a4", "A place without words"),
    ]
    assert all(each["turn"] == 2 and each["scene"] == "s1" for each in told)
    assert [each["id"] for each in waiting(answers, Seen.HIDDEN)] == ["a5"]


def test_what_was_found_says_where_to_look_and_what_to_outline():
    look = Look(key="x", bounds=[[0, 0], [1, 1]])
    area = found_told(Found(kind="msoa21", code="E02000001", name="Mill Lane", detail="Ayton 001"), look, None)
    assert area["area"] == "E02000001" and area["mark"] is None and area["title"] == "Mill Lane, Ayton 001"
    mark = Mark(at=(53.8, -1.5), label="Library")
    place = found_told(
        Found(kind="place", code="T1", name="Library", detail="Ayton"), Look(key="y", at=(53.8, -1.5)), mark
    )
    assert place["area"] == "" and place["mark"] == {"at": (53.8, -1.5), "label": "Library"}


@pytest.mark.parametrize(("code", "words"), [("ABC234", "ABC 234"), ("ABCD2345", "ABC D23 45"), ("", "")])
def test_a_code_is_read_in_threes(code, words):
    assert code_words(code) == words


def test_an_address_is_short_to_type():
    assert Way(origin="http://192.168.1.20:8501").short == "192.168.1.20:8501/j"
    assert Way(origin="https://foothold.example.org").short == "foothold.example.org/j"


def dark(svg):
    """The dark squares of a QR code that is drawn as strokes along rows: column and row of each, without its margin."""
    [strokes] = re.findall(r'<path[^>]* d="([^"]+)"', svg)
    x = y = 0.0
    squares = set()
    for command, numbers in re.findall(r"([Mmh])([^Mmh]*)", strokes):
        given = [float(each) for each in re.findall(r"-?[\d.]+", numbers)]
        if command == "h":
            squares |= {(int(x) + i - 2, int(y) - 2) for i in range(int(given[0]))}
            x += given[0]
        else:
            x, y = given if command == "M" else (x + given[0], y + given[1])
    return squares


def test_the_square_holds_the_address():
    address = "http://192.168.1.20:8501/j/ABC234"
    rows = segno.make(address, error="m", micro=False).matrix
    assert dark(str(qr(address))) == {(x, y) for y, row in enumerate(rows) for x, square in enumerate(row) if square}
    assert "http://192" not in str(qr(address)) and "<script" not in str(qr(address))


def test_every_page_has_its_script_and_style_by_their_hash():
    made = assets()
    assert set(made) == {f"present_{name}{kind}" for name in ("desk", "screen", "stage") for kind in ("", "_style")}
    for asset in made.values():
        assert re.fullmatch(r"/map/present_\w+\.[0-9a-f]{16}\.(js|css)", asset.path)


def test_every_part_of_a_script_is_in_one():
    joined = "".join(asset.body.decode() for asset in assets().values())
    for path in SCRIPTS:
        assert path.read_text(encoding="utf-8") in joined, path.name


@pytest.mark.parametrize("path", SCRIPTS, ids=lambda path: path.name)
class TestEveryScript:
    def test_is_short_enough_to_read(self, path):
        assert len(path.read_text(encoding="utf-8").splitlines()) <= 300

    def test_says_what_it_is_for(self, path):
        assert path.read_text(encoding="utf-8").startswith("/* ")

    def test_sets_words_only_as_text(self, path):
        """What makes markup or code of a text is in none of them."""
        ways = r"innerHTML|outerHTML|insertAdjacentHTML|document\.write|eval\(|new Function|setTimeout\(\s*[\"']"
        assert not re.search(ways, path.read_text(encoding="utf-8"))

    def test_names_no_other_host(self, path):
        assert not re.search(r"https?:|[\"']//", path.read_text(encoding="utf-8"))


@pytest.mark.parametrize("path", sorted(OWN.glob("*.css")), ids=lambda path: path.name)
def test_styles_load_nothing(path):
    assert not re.search(r"url\(|@import", path.read_text(encoding="utf-8"))


def test_templates_make_no_markup_of_texts():
    """Texts are escaped by the environment; no template says of any that it is markup."""
    for path in OWN.glob("*.html"):
        assert not re.search(r"\|\s*safe|autoescape", path.read_text(encoding="utf-8")), path.name
    assert present._templates().autoescape is True
