"""What one phone sees: the question that is open, its own answers, and nothing of the presenter's."""

from contextlib import suppress
from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from data.workshop.live import Answer, By, Life, Place, Ranking, Seen, Session, State, Vote, Words
from data.workshop.scenes import Question
from layers.workshop import phone
from layers.workshop.phone_map import district_list
from tests.workshop import LAST, LOOK, PLACE, VOTE, WORDS, a_story, prepared_of

STORY = a_story()
PREPARED = prepared_of(STORY)
ORDER = [each.id for each in STORY.scenes]
SESSION = Session(
    id="w1", code="ABC234", key="k", title="T", place="P", day="2026-11-26", pack="p", scenes=STORY.scenes
)


def seat(shown=LOOK, asking=(), life=Life.OPEN, **options):
    state = State(version=7, life=life, scene=ORDER.index(shown), asking=frozenset(asking))
    return phone.Seat(session=SESSION, state=state, prepared=PREPARED, you=12, **options)


def an_answer(value, scene=VOTE, id="a" + "0" * 16, seen=Seen.SHOWN):
    return Answer(id=id, scene=scene, person=12, turn=3, value=value, by=By.PHONE, minute="2026-11-26T19:05", seen=seen)


def test_the_question_in_the_room_comes_first():
    assert seat(VOTE, {PLACE, VOTE}).asked.id == VOTE


def test_an_earlier_question_may_be_wished_for_while_it_is_open():
    assert seat(VOTE, {PLACE, VOTE}, wish=PLACE).asked.id == PLACE
    assert seat(VOTE, {VOTE}, wish=PLACE).asked.id == VOTE
    assert seat(LAST, {PLACE}).asked is None, "nobody is sent back to an earlier one"


@pytest.mark.parametrize("life", [Life.READY, Life.ENDED])
def test_nothing_is_open_before_and_after(life):
    assert seat(VOTE, {VOTE}, life=life).open == () and seat(VOTE, {VOTE}, life=life, wish=VOTE).asked is None


def test_before_it_begins_no_scene_is_shown():
    assert seat(life=Life.READY).shown is None and phone.now(seat(life=Life.READY))["scene"] is None


def test_the_key_changes_with_what_there_is_to_show_and_with_nothing_else():
    keys = [
        seat(LOOK).key,
        seat(VOTE, {VOTE}).key,
        seat(VOTE, {PLACE, VOTE}, wish=PLACE).key,
        seat(LAST, {VOTE}).key,
        seat(life=Life.READY).key,
        seat(life=Life.ENDED).key,
    ]
    assert len(set(keys)) == len(keys)
    assert seat(VOTE, {PLACE, VOTE}).key == seat(VOTE, {VOTE}, mine=(an_answer(Vote(chosen=(0,))),)).key


def test_a_question_that_is_not_asked_is_not_told():
    told = phone.now(seat(VOTE, {PLACE}))
    assert told["scene"] == {
        "id": VOTE,
        "title": "When",
        "words": "When, in Toytown.",
        "question": None,
        "asking": False,
    }
    assert [each["id"] for each in told["open"]] == [PLACE]


def test_there_is_room_for_as_many_answers_as_one_person_may_give():
    scene = STORY.scenes[ORDER.index(PLACE)]
    held = an_answer(Place(area="E1"), PLACE, seen=Seen.HELD)
    one, two, three = phone.slots(scene, [held])
    assert (one.id, one.turn, one.value, one.held) == (held.id, 3, {"area": "E1", "note": ""}, True)
    assert [each.turn for each in (two, three)] == [0, 0] and (two.spare, three.spare) == (False, True)
    assert len({one.id, two.id, three.id}) == 3
    assert len(phone.slots(STORY.scenes[ORDER.index(VOTE)], [])) == 1, "a vote is one answer, however many are chosen"
    assert phone.slots(STORY.scenes[ORDER.index(LOOK)], []) == ()


def test_what_could_not_be_kept_stands_where_it_was():
    scene = STORY.scenes[ORDER.index(WORDS)]
    kept = an_answer(Words(text="old"), WORDS)
    changed = phone.Slot(id=kept.id, turn=3, value={"text": "<b>"}, problem="No.")
    new = phone.Slot(id="a" + "1" * 16, value={"text": "<b>"}, problem="No.")
    assert phone.slots(scene, [kept], given=changed)[0] == changed
    assert phone.slots(scene, [kept], given=new)[:2] == (phone.slots(scene, [kept])[0], new)


@pytest.mark.parametrize(
    ("value", "raw"),
    [
        (Place(area="E1", note="n"), {"area": "E1", "note": "n"}),
        (Place(area="E1", at=(53.8, -1.5)), {"at": (53.8, -1.5), "note": ""}),
        (Vote(chosen=(0, 2)), {"chosen": [0, 2]}),
        (Ranking(order=(2, 0, 1)), {"order": [2, 0, 1]}),
        (Words(text="t"), {"text": "t"}),
    ],
)
def test_a_value_goes_out_as_it_came(value, raw):
    assert phone.raw(value) == raw


VOTING = Question(kind="vote", text="?", options=("a", "b", "c"), most=2)
RANKING = Question(kind="rank", text="?", options=("a", "b", "c"))
WRITING = Question(kind="words", text="?")
POINTING = Question(kind="place", text="?")


@pytest.mark.parametrize(
    ("question", "fields", "value"),
    [
        (VOTING, {"chosen": "1"}, {"chosen": [1]}),
        (VOTING, {"chosen": ["0", "2"]}, {"chosen": [0, 2]}),
        (RANKING, {"place0": "3", "place1": "1", "place2": "2"}, {"order": [1, 2, 0]}),
        (WRITING, {"text": " a\r\nb "}, {"text": "a\nb"}),
        (POINTING, {"area": "E1", "note": " n "}, {"area": "E1", "note": "n"}),
        (POINTING, {"area": "", "pin": "53.8,-1.5"}, {"at": [53.8, -1.5], "note": ""}),
        (POINTING, {"area": "E1", "pin": "53.8,-1.5"}, {"area": "E1", "note": ""}),
        (WRITING, {"text": "", "back": "yes"}, None),
    ],
)
def test_a_plain_form_says_the_same_as_the_script(question, fields, value):
    assert phone.from_form(question, fields) == value


@pytest.mark.parametrize(
    ("question", "fields", "key"),
    [
        (VOTING, {}, "problem_several"),
        (VOTING, {"chosen": ["0", "1", "2"]}, "problem_several"),
        (Question(kind="vote", text="?", options=("a", "b")), {}, "problem_one"),
        (RANKING, {"place0": "1", "place1": "1", "place2": "2"}, "problem_rank"),
        (RANKING, {"place0": "1", "place1": "2", "place2": "x"}, "problem_rank"),
        (WRITING, {"text": " \n"}, "problem_words"),
        (POINTING, {"pin": "nan,inf"}, "problem_place"),
        (POINTING, {"pin": "1e5,2"}, "problem_place"),
    ],
)
def test_what_is_not_filled_in_is_named(question, fields, key):
    with pytest.raises(phone.UnfilledError) as problem:
        phone.from_form(question, fields)
    assert problem.value.key == key


ANY = st.one_of(st.text(max_size=12), st.lists(st.text(max_size=3), max_size=4))


@given(st.sampled_from([VOTING, RANKING, WRITING, POINTING]), st.data())
def test_no_form_breaks_the_reading(question, data):
    names = ["chosen", "text", "area", "note", "pin", "place0", "place1", "place2"]
    fields = data.draw(st.dictionaries(st.sampled_from(names), ANY))
    with suppress(phone.UnfilledError):
        assert isinstance(phone.from_form(question, fields), dict)
    phone.as_typed(fields)


def test_a_neighbourhood_that_is_named_gets_its_code():
    assert phone.coded({"area": "Hyde Park", "note": "n"}, {"Hyde Park": "E1"}) == {"area": "E1", "note": "n"}
    assert phone.coded({"area": "E2"}, {"Hyde Park": "E1"}) == {"area": "E2"}
    assert phone.coded({"chosen": [1]}, {}) == {"chosen": [1]} and phone.coded(None, {}) is None
    assert phone.coded({"area": ["x"]}, {}) == {"area": ["x"]}


@pytest.mark.parametrize("step", ["", "[]", "{", '{"view": 3}', '{"view": null}', "{}"])
def test_a_step_without_a_view_opens_on_everything(step):
    assert phone.view(PREPARED[0].__class__(scene=PREPARED[0].scene, step=step, summary="")) == {}


def test_the_map_opens_where_the_scene_looks():
    step = '{"view": {"key": "k", "bounds": null, "at": [53.8, -1.5], "zoom": 13}, "values": []}'
    assert phone.view(PREPARED[0].__class__(scene=PREPARED[0].scene, step=step, summary="")) == {
        "at": [53.8, -1.5],
        "zoom": 13,
    }


@pytest.mark.parametrize(
    ("step", "focus"),
    [
        ('{"focus": [5, 8]}', (5, 8)),
        ('{"focus": []}', ()),
        ('{"focus": 3}', ()),
        ('{"focus": [-1, "x", 2]}', (2,)),
        ("{", ()),
    ],
)
def test_the_districts_that_a_scene_is_narrowed_to(step, focus):
    assert phone.focus(PREPARED[0].__class__(scene=PREPARED[0].scene, step=step, summary="")) == focus


def test_only_the_list_of_a_place_has_districts_that_come_first(toy):
    made = seat(PLACE, {PLACE, VOTE}, districts=district_list(toy))
    places, vote = (STORY.scenes[ORDER.index(each)] for each in (PLACE, VOTE))
    narrowed = tuple(replace(each, step='{"focus": [1]}') for each in PREPARED)
    assert made.first(places) == (), "it looks at both"
    assert replace(made, prepared=narrowed).first(places) == ("Beeton",)
    assert replace(made, prepared=narrowed).first(vote) == ()
    assert seat(PLACE, {PLACE}).first(places) == ()
