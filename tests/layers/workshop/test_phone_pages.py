"""The phone's page: light, whole in one document, and nothing that anybody wrote is markup in it."""

import gzip
import json
import re
from dataclasses import replace
from pathlib import Path

import pytest

from data.workshop.live import Answer, By, Life, Place, Session, State, Words
from data.workshop.scenes import Question
from layers.workshop import phone, phone_pages
from layers.workshop.phone_map import area_list, phone_map
from layers.workshop.phone_words import language
from tests.workshop import PLACE, VOTE, a_story, prepared_of

MOST_BYTES = 60_000
EVIL = "\"><img src=x onerror=alert(1)></script><script>alert(2)</script>{{ 'zy' * 3 }} &amp; '"


def seat(story=None, shown=PLACE, **options):
    story = story or a_story()
    ids = [each.id for each in story.scenes]
    session = Session(
        id="w1", code="ABC234", key="k", title=story.name, place="P", day="2026-11-26", pack="p", scenes=story.scenes
    )
    state = State(version=7, life=Life.OPEN, scene=ids.index(shown), asking=frozenset(ids))
    return phone.Seat(**{"session": session, "state": state, "prepared": prepared_of(story), "you": 12} | options)


def page(seat, areas=(), names=None, told=None, map="/j/map/0123456789abcdef.json"):
    told = told or phone_pages.Told()
    return phone_pages.room_page(seat, language(), areas=areas, names=names or {}, told=told, map=map)


def test_all_that_a_phone_ever_loads_is_under_60_kb(held):
    """The heaviest page, with the list of neighbourhoods in it, and the map of the built-in pack."""
    whole = page(seat(), areas=area_list(held)).encode()
    outlines = phone_map(held)
    assert len(json.loads(outlines.body)["codes"]) == 393
    assert len(whole) < MOST_BYTES, "even as it is"
    assert len(gzip.compress(whole, 6)) + len(outlines.gzipped) < MOST_BYTES


def test_it_is_one_document_that_asks_for_nothing_from_elsewhere():
    whole = page(seat())
    assert not re.search(r"""(?:src|href|action)=["'](?!/j|data:,)""", whole)
    assert "http://" not in whole and "https://" not in whole and "@import" not in whole and "url(" not in whole
    assert not re.search(r"\son\w+=", re.sub(r"<script>.*?</script>", "", whole, flags=re.DOTALL))
    assert "style=" not in whole


def test_the_script_is_of_an_old_kind():
    """Phones of ten years ago stop at the first word that they do not know."""
    assert not re.search(r"=>|\b(let|const|class|async|await|import)\b|`|fetch\(|\.\.\.", phone_pages.script())


def test_the_lean_script_holds_every_text_as_it_was_written():
    text = re.compile(r"""("(?:[^"\\]|\\.)*"|'(?:[^'\\]|\\.)*')""")
    parts = sorted((Path(phone_pages.__file__).parent / "phone").glob("*.js"))
    whole = "\n".join(part.read_text(encoding="utf-8") for part in parts)
    written = text.findall(re.sub(r"(?m)^\s*//.*$|\s// .*$|^/\*[^*]*\*/", "", whole))
    assert len(written) > 300 and text.findall(phone_pages.script())[1:] == written, "after 'use strict'"


def test_nothing_that_a_facilitator_wrote_is_markup():
    story = a_story()
    asked = Question(kind="vote", text=EVIL, options=(EVIL, "b"), most=1)
    evil = [replace(each, title=EVIL, words=EVIL, question=asked if each.question else None) for each in story.scenes]
    made = seat(replace(story, name=EVIL, scenes=tuple(evil)), shown=VOTE)
    whole = page(made) + str(phone_pages.news(made, language(), {}))
    for piece in ("<img", "zyzyzy", "</script><script>alert"):
        assert piece not in whole.replace(phone_pages.script(), "").replace(phone_pages.style(), "")
    facts = re.search(r'id="facts">(.*?)</script>', whole, re.DOTALL)[1]
    assert json.loads(facts)["scene"]["question"]["options"] == [EVIL, "b"]


def test_nothing_that_people_wrote_is_markup(toy):
    mine = tuple(
        Answer(id=f"a{i:016x}", scene=PLACE, person=12, turn=1, value=value, by=By.PHONE, minute="")
        for i, value in enumerate([Place(area=EVIL, note=EVIL), Place(area=EVIL, at=(53.8, -1.5), note=EVIL)])
    )
    given = phone.Slot(id=EVIL, turn=0, value={"text": EVIL, "note": EVIL}, problem=EVIL)
    ended = State(version=8, life=Life.ENDED)
    pages = [
        page(seat(mine=mine), areas=area_list(toy)),
        page(seat(mine=mine, state=ended), names={EVIL: EVIL}),
        page(seat(), told=phone_pages.Told(given=given)),
        page(seat(state=ended), told=phone_pages.Told(given=given)),
        phone_pages.code_page(language(), carried={"lang": EVIL}, code=EVIL, problem=EVIL),
    ]
    for whole in pages:
        assert "<img" not in whole and "<script>alert" not in whole
        assert "onerror=alert(1)" in whole, "it is shown as text"


def test_a_reply_to_the_script_carries_no_list():
    told = phone_pages.news(seat(), language(), {})
    assert set(told) == {"task", "others"} and "<option>" not in told["task"]


@pytest.mark.parametrize(
    ("value", "words"),
    [
        (Place(area="E1", note="By the mill"), "Hyde Park: By the mill"),
        (Place(area="E2"), "E2"),
        (Words(text="Yes"), "Yes"),
    ],
)
def test_an_answer_in_words(value, words):
    assert phone_pages.in_words(value, a_story().scenes[0], {"E1": "Hyde Park"}) == words


def test_a_language_turns_the_page_round():
    arabic = replace(language(), code="zz", direction="rtl")
    assert '<html lang="zz" dir="rtl">' in phone_pages.code_page(arabic, carried={})
