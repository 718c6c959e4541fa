"""What phones post: kept if it can be, and refused with a sentence otherwise."""

import math
import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from data.workshop.live import LONGEST_WORDS, Place, Ranking, Vote, Words
from data.workshop.reading import AnswerError, cleaned, heading, value
from data.workshop.scenes import Question, Scene
from tests.workshop import INSIDE, PLACE, RANK, VOTE, WORDS, a_story, raw

SCENES = {scene.id: scene for scene in a_story().scenes}
ID = "a" + "0" * 16


def read(pointing, scene, said):
    return value(raw(scene, said), SCENES[scene], pointing)


def refusal(pointing, scene, said):
    with pytest.raises(AnswerError) as refused:
        read(pointing, scene, said)
    assert refused.value.words == str(refused.value)
    return refused.value.words


class TestTheHeading:
    def test_of_a_raw_answer_is_its_id_scene_and_turn(self):
        assert heading(raw(VOTE, None, n=255, turn=3)) == ("a00000000000000ff", VOTE, 3)

    @pytest.mark.parametrize("id_", ["", "a", "a" + "0" * 15, "b" + "0" * 16, "a" + "G" * 16, ID + "\n", None, 7, [ID]])
    def test_needs_an_id_of_its_kind(self, id_):
        with pytest.raises(AnswerError, match="Load this page again"):
            heading({"id": id_, "scene": VOTE, "turn": 1})

    @pytest.mark.parametrize("scene", ["", "vote", VOTE + "\n", None, 3, {}])
    def test_needs_a_scene(self, scene):
        with pytest.raises(AnswerError, match="Load this page again"):
            heading({"id": ID, "scene": scene, "turn": 1})

    @pytest.mark.parametrize("turn", [0, -1, 10**9, 1.0, True, "1", None, math.nan])
    def test_needs_a_whole_turn(self, turn):
        with pytest.raises(AnswerError, match="newer than your last"):
            heading({"id": ID, "scene": VOTE, "turn": turn})


class TestAPlace:
    def test_is_a_pin_or_an_area_each_with_a_note(self, pointing):
        pin = read(pointing, PLACE, {"at": list(INSIDE), "note": " by  the\nschool "})
        assert pin == pointing.pin(*INSIDE, "by the school")
        assert read(pointing, PLACE, {"area": "E02000002"}) == Place(area="E02000002")
        assert read(pointing, PLACE, {"area": "E02000002", "at": None, "note": None}) == Place(area="E02000002")

    @pytest.mark.parametrize(
        "at",
        [
            [53.79],
            [53.79, -1.53, 0],
            ["53.79", "-1.53"],
            [math.nan, -1.53],
            [math.inf, 0],
            [10**400, 0],
            [True, False],
            "53",
            {},
            [None, None],
            7,
        ],
    )
    def test_needs_two_numbers(self, pointing, at):
        assert "where you pointed" in refusal(pointing, PLACE, {"at": at})

    def test_outside_the_region_is_refused_with_what_to_do(self, pointing):
        assert "outside the region" in refusal(pointing, PLACE, {"at": [51.5, -0.1]})
        assert "not on our list" in refusal(pointing, PLACE, {"area": "E02999999"})
        assert "not on our list" in refusal(pointing, PLACE, {"area": ["E02000001"]})

    def test_is_one_of_the_two(self, pointing):
        assert "Point to a place" in refusal(pointing, PLACE, {"at": list(INSIDE), "area": "E02000001"})
        assert "Point to a place" in refusal(pointing, PLACE, {"note": "somewhere"})

    @pytest.mark.parametrize("note", [0, False, [], {}, 3.5])
    def test_has_a_note_of_words_or_none(self, pointing, note):
        assert "did not reach us whole" in refusal(pointing, PLACE, {"area": "E02000001", "note": note})


class TestAVote:
    def test_is_of_different_options_in_their_order(self, pointing):
        assert read(pointing, VOTE, {"chosen": [2, 0]}) == Vote(chosen=(0, 2))
        assert read(pointing, VOTE, {"chosen": [1]}) == Vote(chosen=(1,))

    @pytest.mark.parametrize(
        "chosen", [[3], [-1], [True], [0.0], ["0"], [None], [[0]], "none", None, {}, 0, [math.nan]]
    )
    def test_is_of_nothing_else(self, pointing, chosen):
        assert "Load this page again" in refusal(pointing, VOTE, {"chosen": chosen})

    def test_is_of_no_more_than_may_be_chosen_and_of_none_twice(self, pointing):
        assert refusal(pointing, VOTE, {"chosen": [0, 1, 2]}) == "Choose between one and 2, then send it."
        assert refusal(pointing, VOTE, {"chosen": []}) == "Choose between one and 2, then send it."
        assert "only once" in refusal(pointing, VOTE, {"chosen": [1, 1]})


class TestARanking:
    def test_puts_all_options_in_order(self, pointing):
        assert read(pointing, RANK, {"order": [2, 0, 1]}) == Ranking(order=(2, 0, 1))

    @pytest.mark.parametrize("order", [[0, 1], [], [0, 1, 1], [0, 1, 3], [0, 1, 2, 2], [0, 1, True], "012"])
    def test_leaves_none_out_and_names_none_twice(self, pointing, order):
        assert refusal(pointing, RANK, {"order": order})


class TestWords:
    def test_are_kept_in_one_line_without_what_cannot_be_seen(self, pointing):
        said = "  A\r\nroom\twith\x00 a \u202edoor\u2028and \x1b[31mlight\ufeff "
        assert read(pointing, WORDS, {"text": said}) == Words(text="A room with a door and [31mlight")

    def test_of_every_language_are_kept_as_they_are(self, pointing):
        for said in (
            "Pomoc w założeniu firmy",
            "مساعدة في البدء",
            "ਕੰਮ ਸ਼ੁਰੂ",
            "کام شروع کریں",
            "帮助",
            "👩🏽‍🌾 £5 & 50% <3",
        ):
            assert read(pointing, WORDS, {"text": said}).text == said

    def test_that_are_too_long_are_refused_not_cut(self, pointing):
        assert read(pointing, WORDS, {"text": "x" * LONGEST_WORDS}).text == "x" * LONGEST_WORDS
        assert "too long by 1:" in refusal(pointing, WORDS, {"text": "x" * (LONGEST_WORDS + 1)})
        assert "far too long" in refusal(pointing, WORDS, {"text": "x" * 100_000})
        assert read(pointing, WORDS, {"text": "x" + " " * 2_000 + "y"}).text == "x y"

    @pytest.mark.parametrize(
        "said",
        [
            "<script>alert(1)</script>",
            "<SCRIPT src=x",
            "hello <b>there</b>",
            "</p>",
            "<!-- x -->",
            "<?php",
            "<img src=x onerror=alert(1)>",
            "JavaScript:alert(1)",
            "java\x00script:alert(1)",
            "java\u200bscript : alert(1)",
            "＜script＞",
            "data:text/html;base64,xx",
            "<\x00svg onload=x>",
        ],
    )
    def test_that_hold_markup_are_refused_in_plain_words(self, pointing, said):
        assert "plain words" in refusal(pointing, WORDS, {"text": said})
        assert "plain words" in refusal(pointing, PLACE, {"area": "E02000001", "note": said})

    @pytest.mark.parametrize(
        "said", ["I <3 this", "1 < 2 and 3 > 2", "less <- more", "</3", "=1+1", "{{7*7}}", "a & b"]
    )
    def test_that_only_look_odd_are_kept(self, pointing, said):
        assert read(pointing, WORDS, {"text": said}).text == said

    @pytest.mark.parametrize("said", ["", "   ", "\n\n", "\u200b\u200d", "\u202e", "\u0301"])
    def test_must_say_something(self, pointing, said):
        assert "nothing written" in refusal(pointing, WORDS, {"text": said})

    def test_do_not_pile_up_over_the_lines_above(self):
        assert cleaned("Q" + "\u0301\u0302\u0303\u0304\u0305\u0306" * 20) == "Q\u0301\u0302\u0303"
        assert cleaned("Crème brûlée") == "Crème brûlée"


def test_null_takes_back_and_a_missing_value_does_not(pointing):
    assert read(pointing, VOTE, None) is None
    with pytest.raises(AnswerError, match="did not reach us whole"):
        value({"id": ID, "scene": VOTE, "turn": 1}, SCENES[VOTE], pointing)
    with pytest.raises(AnswerError, match="no question"):
        value(raw(PLACE, None), Scene(title="Look"), pointing)


@pytest.mark.parametrize("scene", [PLACE, VOTE, RANK, WORDS])
def test_an_answer_to_another_kind_of_question_is_refused(pointing, scene):
    answers = {PLACE: {"area": "E02000001"}, VOTE: {"chosen": [0]}, RANK: {"order": [0, 1, 2]}, WORDS: {"text": "x"}}
    for other, said in answers.items():
        if other != scene:
            refusal(pointing, scene, said)


ANYTHING = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=400),
    lambda inner: st.lists(inner, max_size=6) | st.dictionaries(st.text(max_size=8), inner, max_size=4),
    max_leaves=12,
)
LIKELY = st.fixed_dictionaries(
    {},
    optional={
        "at": st.lists(st.floats(53, 54) | st.floats(-2, -1) | ANYTHING, max_size=3) | ANYTHING,
        "area": st.sampled_from(["E02000001", "Beeton 001"]) | ANYTHING,
        "note": st.text(max_size=300) | ANYTHING,
        "chosen": st.lists(st.integers(-1, 4) | ANYTHING, max_size=5) | ANYTHING,
        "order": st.permutations([0, 1, 2]) | ANYTHING,
        "text": st.text(max_size=300) | ANYTHING,
    },
)


def require_within_bounds(kept, question):
    match kept:
        case Place():
            assert kept.area in ("E02000001", "E02000002", "Beeton 001")
            assert (kept.at is None) == (kept.lsoa21cd == "")
            assert len(kept.note) <= LONGEST_WORDS
        case Vote():
            assert 1 <= len(set(kept.chosen)) == len(kept.chosen) <= question.most
            assert all(type(each) is int and 0 <= each < len(question.options) for each in kept.chosen)
        case Ranking():
            assert sorted(kept.order) == list(range(len(question.options)))
        case Words():
            assert 0 < len(kept.text) <= LONGEST_WORDS and not any(
                unicodedata.category(sign) in ("Cc", "Cs") for sign in kept.text
            )
            assert kept.text == cleaned(kept.text) == " ".join(kept.text.split())
            kept.text.encode("utf-8")


@given(st.sampled_from([PLACE, VOTE, RANK, WORDS]), LIKELY | ANYTHING)
def test_whatever_is_posted_is_refused_kindly_or_fits(pointing, scene, said):
    try:
        kept, refused = read(pointing, scene, said), ""
    except AnswerError as error:
        kept, refused = None, error.words
    if refused:
        assert refused.endswith(".") and 20 < len(refused) < 200
    elif said is not None:
        require_within_bounds(kept, SCENES[scene].question)


@given(st.dictionaries(st.sampled_from(["id", "scene", "turn", "value"]), ANYTHING))
def test_whatever_the_heading_is_nothing_else_is_raised(told):
    try:
        id_, scene, turn = heading(told)
    except AnswerError:
        return
    assert type(turn) is int and turn >= 1 and len(id_) == 17 and len(scene) == 9


@given(st.text(max_size=600))
def test_clean_text_stays_as_it_is_when_cleaned_again(text):
    try:
        once = cleaned(text)
    except AnswerError:
        return
    assert cleaned(once) == once


def test_one_option_may_be_all_that_is_chosen(pointing):
    scene = Scene(title="One", question=Question(kind="vote", text="Which?", options=("A", "B")))
    with pytest.raises(AnswerError, match="Choose one, then"):
        value(raw(scene.id, {"chosen": [0, 1]}), scene, pointing)
