"""A sheet of paper becomes the answers that stand on it; what cannot be kept is said beside its field."""

import json
import re
from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from data.workshop.live import Answer, By, Prepared
from data.workshop.reading import value
from data.workshop.scenes import Question, Scene
from layers.workshop import sheets
from layers.workshop.frame import grid_of, square_to_point
from tests.toytown import NASTY
from tests.workshop import whereabouts

PLACE, VOTE, RANK, WORDS = (f"s0000000{i}" for i in range(2, 6))
AREAS = {"Mill Lane": "E02000001", "High Moor": "E02000002", "Beeton 001": "Beeton 001"}
NAMES = {code: name for name, code in AREAS.items()}
STEP = json.dumps({"view": {"bounds": [[53.785, -1.55], [53.81, -1.48]]}})


def prepared(**question):
    asked = {
        PLACE: Question(kind="place", text="Where?", most=2),
        VOTE: Question(kind="vote", text="When?", options=("Mornings", "Evenings", "Weekends"), most=2),
        RANK: Question(kind="rank", text="What first?", options=("Cost", "Distance", "Language")),
        WORDS: Question(kind="words", text="What else?", most=2),
    } | question
    scenes = [Scene(id="s00000001", title="Look"), *(Scene(id=i, title=i, question=q) for i, q in asked.items())]
    return [Prepared(scene=each, step=STEP, summary="") for each in scenes]


ASKED = sheets.asked_on(prepared())
GRID = ASKED[0].grid


@pytest.fixture(scope="module")
def where(toy):
    return whereabouts(toy)


@pytest.fixture
def fill(where):
    def filled(asked=ASKED, **texts):
        form = {name.replace("_", "."): text for name, text in texts.items()}
        return sheets.filled({"sheet": "one"} | form, asked, areas=AREAS, where=where)

    return filled


def values(filled):
    return {each["scene"]: each["value"] for each in filled.answers}


class TestAskedOn:
    def test_scenes_that_ask_nothing_are_on_no_sheet(self):
        assert [(each.number, each.scene.id) for each in ASKED] == [(2, PLACE), (3, VOTE), (4, RANK), (5, WORDS)]

    def test_one_scene_can_be_entered_alone(self):
        [one] = sheets.asked_on(prepared(), only=VOTE)
        assert one.scene.id == VOTE and one.number == 3

    def test_a_place_has_the_grid_of_its_printed_sheet(self):
        assert grid_of(prepared()[1]) == GRID

    def test_squares_that_are_too_wide_are_not_asked_for(self, fill):
        far = json.dumps({"view": {"bounds": [[53.4, -2.2], [54.2, -1.1]]}})
        [wide] = sheets.asked_on([replace(each, step=far) for each in prepared()], only=PLACE)
        assert ASKED[0].squares and not wide.squares
        said = fill([wide], **{f"{PLACE}.1.at": "C4"}).problems[f"{PLACE}.1.at"]
        assert "too wide to say which neighbourhood" in said
        unknown = fill([wide], **{f"{PLACE}.1.at": "Atlantis"}).problems[f"{PLACE}.1.at"]
        assert unknown.endswith("is no neighbourhood of ours. Choose one from the list.")
        assert values(fill([wide], **{f"{PLACE}.1.at": "Mill Lane"})) == {PLACE: {"area": "E02000001", "note": ""}}


class TestEachKind:
    def test_a_square_becomes_a_pin_in_its_middle(self, fill):
        found = fill(s00000002_1_at="f 5", s00000002_1_note="A club")
        assert not found.problems
        assert values(found) == {PLACE: {"at": list(square_to_point(GRID, "F5")), "note": "A club"}}

    def test_a_neighbourhood_goes_by_its_name_in_any_case(self, fill):
        found = fill(**{f"{PLACE}.1.at": " mill  LANE "})
        assert values(found) == {PLACE: {"area": "E02000001", "note": ""}}

    def test_ticks_are_options_by_position(self, fill):
        assert values(fill(**{f"{VOTE}.1": "yes", f"{VOTE}.3": "yes"})) == {VOTE: {"chosen": [0, 2]}}

    def test_numbers_become_an_order(self, fill):
        found = fill(**{f"{RANK}.1": "3", f"{RANK}.2": "1", f"{RANK}.3": " 2 "})
        assert values(found) == {RANK: {"order": [1, 2, 0]}}

    def test_texts_are_kept_one_an_answer(self, fill):
        found = fill(**{f"{WORDS}.1": "A van", f"{WORDS}.2": "Cheap rooms"})
        assert [each["value"]["text"] for each in found.answers] == ["A van", "Cheap rooms"]

    def test_what_is_left_blank_is_no_answer(self, fill):
        assert [each["scene"] for each in fill(**{f"{WORDS}.2": "Only this"}).answers] == [WORDS]

    def test_every_answer_can_be_kept(self, fill, where):
        found = fill(**{f"{PLACE}.1.at": "F5", f"{VOTE}.2": "yes", f"{WORDS}.1": "x"})
        scenes = {each.scene.id: each.scene for each in ASKED}
        assert [value(each, scenes[each["scene"]], where) is not None for each in found.answers] == [True] * 3
        assert all(re.fullmatch("a[0-9a-f]{16}", each["id"]) for each in found.answers)

    def test_a_sheet_that_is_sent_twice_has_the_same_ids_and_another_sheet_has_others(self, fill):
        once, again = fill(**{f"{WORDS}.1": "x"}), fill(**{f"{WORDS}.1": "x"})
        other = fill(**{f"{WORDS}.1": "x", "sheet": "two"})
        assert once.answers[0]["id"] == again.answers[0]["id"] != other.answers[0]["id"]

    @pytest.mark.parametrize(
        ("typed", "number"), [("", None), ("  ", None), ("1", 1), (" 12 ", 12), ("007", 7), ("999", 999)]
    )
    def test_the_number_on_a_sheet_is_read_where_there_is_one(self, fill, typed, number):
        found = fill(**{f"{WORDS}.1": "x", "number": typed})
        assert found.number == number and not found.problems and len(found.answers) == 1


class TestWhatMustBeMended:
    @pytest.mark.parametrize(
        ("texts", "field", "said"),
        [
            ({f"{PLACE}.1.at": "Z99"}, f"{PLACE}.1.at", "is not on this map"),
            ({f"{PLACE}.1.at": "Mil Lane"}, f"{PLACE}.1.at", "Did you mean “Mill Lane”?"),
            ({f"{PLACE}.1.at": "Atlantis"}, f"{PLACE}.1.at", "is no neighbourhood of ours. Choose one from the list"),
            ({f"{PLACE}.1.at": "A1"}, f"{PLACE}.1.at", "outside the region"),
            ({f"{PLACE}.2.note": "A club"}, f"{PLACE}.2.at", "Say where it is"),
            ({f"{PLACE}.1.at": "F5", f"{PLACE}.1.note": "x" * 300}, f"{PLACE}.1.at", "too long by 20"),
            ({f"{VOTE}.{i}": "yes" for i in (1, 2, 3)}, f"{VOTE}.1", "3 are ticked, where at most 2 may be"),
            ({f"{RANK}.1": "1"}, f"{RANK}.2", "Number all 3 from 1 to 3"),
            ({f"{RANK}.1": "1", f"{RANK}.2": "1", f"{RANK}.3": "2"}, f"{RANK}.1", "each number once"),
            ({f"{RANK}.1": "1", f"{RANK}.2": "2", f"{RANK}.3": "4"}, f"{RANK}.3", "each number once"),
            ({f"{WORDS}.1": "<script>alert(1)</script>"}, f"{WORDS}.1", "Use plain words only"),
            ({f"{WORDS}.2": "..." + "y" * 290}, f"{WORDS}.2", "too long"),
            (
                {f"{WORDS}.1": "x", "number": "1000"},
                "number",
                "“1000” is no number of a sheet. Type a number from 1 to",
            ),
            ({"number": "twelve"}, "number", "in digits only; or leave this blank"),
            ({"number": "12"}, "", "Nothing is filled in yet"),
            ({}, "", "Nothing is filled in yet"),
        ],
    )
    def test_is_said_beside_its_field(self, fill, texts, field, said):
        found = fill(**texts)
        assert list(found.problems) == [field] and said in found.problems[field]

    @given(st.text(max_size=6))
    def test_a_number_is_read_as_it_is_or_refused(self, where, text):
        form = {"sheet": "one", f"{WORDS}.1": "x", "number": text}
        found = sheets.filled(form, ASKED, areas=AREAS, where=where)
        if text.strip().isascii() and text.strip().isdigit() and len(text.strip()) <= 3 and int(text) > 0:
            assert found.number == int(text) and not found.problems
        else:
            assert found.number is None and list(found.problems) == (["number"] if text.strip() else [])

    def test_all_of_it_is_said_at_once(self, fill):
        found = fill(**{f"{PLACE}.1.at": "Z99", f"{RANK}.1": "9", f"{WORDS}.1": "fine"})
        assert set(found.problems) == {f"{PLACE}.1.at", f"{RANK}.1"}

    @given(st.dictionaries(st.sampled_from([f for each in ASKED for f in each.fields]), st.text(max_size=40)))
    def test_no_form_breaks_it(self, where, texts):
        found = sheets.filled({"sheet": "one"} | texts, ASKED, areas=AREAS, where=where)
        assert found.answers or found.problems
        assert set(found.problems) <= {f for each in ASKED for f in each.fields} | {""}


def test_what_was_on_a_sheet_can_be_filled_in_again(fill, where):
    form = {f"{PLACE}.1.at": "F5", f"{PLACE}.1.note": "A club", f"{PLACE}.2.at": "High Moor", f"{PLACE}.2.note": ""}
    form |= {f"{VOTE}.1": "yes", f"{VOTE}.3": "yes", f"{WORDS}.1": "A van"}
    form |= {f"{RANK}.1": "3", f"{RANK}.2": "1", f"{RANK}.3": "2"}
    scenes = {each.scene.id: each.scene for each in ASKED}
    answers = [
        Answer(
            id=each["id"],
            scene=each["scene"],
            person=1,
            turn=1,
            value=value(each, scenes[each["scene"]], where),
            by=By.SHEET,
            minute="",
        )
        for each in fill(**form).answers
    ]
    assert len(answers) == 5
    assert sheets.texts_of(answers, ASKED, names=NAMES) == form


class TestThePage:
    def page(self, asked=ASKED, **changed):
        given = {"title": "An evening", "form": {"sheet": "one"}, "problems": {}, "areas": list(AREAS)}
        given |= {"first": asked[0].fields[0], "said": "", "last": None, "scenes": asked, "only": "", "whole": True}
        return sheets.page(asked, desk="/present/w1/desk", **(given | changed))

    def test_every_field_has_its_label_and_the_first_the_focus(self):
        html = self.page()
        names = re.findall(r'name="(s\d{8}[^"]*)"', html)
        assert names == [field for each in ASKED for field in each.fields]
        assert all(f'for="f-{name}"' in html for name in names)
        assert html.count(" autofocus") == 1

    def test_a_map_whose_squares_are_too_wide_asks_for_a_neighbourhood_alone(self):
        far = json.dumps({"view": {"bounds": [[53.4, -2.2], [54.2, -1.1]]}})
        wide = sheets.asked_on([replace(each, step=far) for each in prepared()], only=PLACE)
        assert "A neighbourhood by its name." in self.page(wide) and "A square of" not in self.page(wide)
        assert "A square of the sheet’s map (A1 to" in self.page()

    def test_nothing_that_was_typed_is_lost_and_each_problem_stands_at_its_field(self):
        form = {"sheet": "one", f"{PLACE}.1.at": "Z9", f"{VOTE}.2": "yes", f"{RANK}.1": "7"}
        form[f"{WORDS}.1"] = 'half "done" & <i>'
        html = self.page(form=form, problems={f"{PLACE}.1.at": "Not on this map."}, first=f"{PLACE}.1.at")
        assert 'value="Z9"' in html and 'value="7"' in html and html.count(" checked") == 1
        assert "half &#34;done&#34; &amp; &lt;i&gt;</textarea>" in html
        assert f'id="e-{PLACE}.1.at">Not on this map.' in html and html.count('aria-invalid="true"') == 1
        assert "<title>Not saved yet:" in html

    def test_texts_of_people_are_text(self):
        nasty = Question(kind="vote", text=NASTY, options=(NASTY, "Other"))
        asked = sheets.asked_on(prepared(**{VOTE: nasty}))
        html = self.page(asked, title=NASTY, areas=[NASTY], said=NASTY, problems={"": NASTY})
        assert "<img" not in html and html.count("&lt;img src=x") >= 6
        assert "<script>" in html and html.count("<script") == 1

    def test_it_asks_nothing_of_anybody_else(self):
        html = self.page()
        assert not re.search(r"https?://|//[a-z]", html) and "@import" not in sheets.style()
