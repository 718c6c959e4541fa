"""What the room answered: counted by hand, and nothing told from which a small number could be worked out."""

import json
from collections import defaultdict
from itertools import combinations, permutations, product

import pytest
from hypothesis import given
from hypothesis import strategies as st

from data.workshop.live import Place, Ranking, Seen, Vote, Words
from data.workshop.scenes import Scene
from layers.workshop.results import FEWER, NOBODY, SMALL, hidden, people_told, results
from tests.layers.workshop.room_full import NAMES, answer, areas, pin, rankings, scene, texts, votes

YES_NO = scene(options=("Yes", "No"))
THREE = scene("rank", options=("Rent", "Advice", "Childcare"))
PLACE = scene("place", most=5)
WORDS = scene("words", most=3)
MILL, MOOR = NAMES


def told(of, answers, *, hide_small=False):
    return results(of, answers, names=NAMES, hide_small=hide_small)


class TestAVote:
    def test_by_hand(self):
        found = told(YES_NO, votes([0], [0], [1]))
        assert found["bars"] == [{"label": "Yes", "count": 2, "told": "2"}, {"label": "No", "count": 1, "told": "1"}]
        assert (found["kind"], found["people"], found["answers"]) == ("vote", 3, 3)
        assert found["summary"] == "3 people answered. “Yes” was chosen most often, by 2 people."
        assert found["areas"] == found["pins"] == found["words"] == found["ranks"] == []

    def test_what_is_chosen_equally_often_is_said_together(self):
        assert told(YES_NO, votes([0], [1]))["summary"].endswith(
            "“Yes” and “No” were chosen most often, each by 1 person."
        )

    def test_several_choices_of_one_person_are_one_person(self):
        found = told(scene(options=("A", "B", "C"), most=2), votes([0, 1], [1, 2]))
        assert [bar["count"] for bar in found["bars"]] == [1, 2, 1] and found["people"] == found["answers"] == 2

    def test_small_counts_are_hidden_and_with_them_the_totals(self):
        found = told(YES_NO, votes(*[[0]] * 5, [1]), hide_small=True)
        assert found["bars"] == [
            {"label": "Yes", "count": 5, "told": "5"},
            {"label": "No", "count": None, "told": FEWER},
        ]
        assert found["people"] is found["answers"] is None and found["least"] == 6 and hidden(found)
        assert found["summary"] == (
            "At least 6 people answered. Numbers from 1 to 4 are not told. “Yes” was chosen most often, by 5 people."
        )
        assert people_told(found) == "at least 6 people"

    def test_nought_is_told_and_hides_nothing(self):
        found = told(YES_NO, votes(*[[0]] * 5), hide_small=True)
        assert [bar["told"] for bar in found["bars"]] == ["5", "0"] and found["people"] == 5 and not hidden(found)

    def test_where_all_are_small_it_says_so(self):
        assert "fewer than 5 people, or by nobody" in told(YES_NO, votes([0]), hide_small=True)["summary"]


class TestARanking:
    def test_by_hand(self):
        found = told(THREE, rankings((0, 1, 2), (0, 2, 1), (1, 0, 2)))
        assert [(rank["label"], rank["place"], rank["mean"], rank["first"]) for rank in found["ranks"]] == [
            ("Rent", 1, 1.33, 2),
            ("Advice", 2, 2.0, 1),
            ("Childcare", 3, 2.67, 0),
        ]
        assert found["ranks"][0]["told"] == "mean place 1.33; put first by 2 of 3"
        assert found["summary"] == "3 people put them in order. On average “Rent” came first, at a mean place of 1.33."

    def test_ties_are_kept(self):
        found = told(THREE, rankings((0, 1, 2), (1, 0, 2)))
        assert [rank["place"] for rank in found["ranks"]] == [1, 1, 3]
        assert found["summary"].endswith("On average “Rent” and “Advice” came first together.")

    def test_where_a_first_place_is_hidden_so_are_all_and_the_total(self):
        found = told(THREE, rankings(*[(0, 1, 2)] * 6, (1, 0, 2)), hide_small=True)
        assert [(rank["place"], rank["mean"], rank["first"]) for rank in found["ranks"]] == [
            (1, 1.1, None), (2, 1.9, None), (3, 3.0, None),
        ]  # fmt: skip
        assert found["people"] is None and found["least"] == 5
        assert found["ranks"][0]["told"] == "mean place 1.1"
        assert found["summary"] == (
            "At least 5 people put them in order. Numbers from 1 to 4 are not told. "
            "On average “Rent” came first, at a mean place of 1.1."
        )

    def test_of_few_people_not_even_the_order_is_told(self):
        found = told(THREE, rankings(*[(2, 1, 0)] * 4), hide_small=True)
        assert [(rank["label"], rank["place"], rank["mean"]) for rank in found["ranks"]] == [
            ("Rent", None, None), ("Advice", None, None), ("Childcare", None, None),
        ]  # fmt: skip
        assert found["summary"].endswith("Mean places are told from 5 people on.")

    def test_where_none_is_small_all_is_told(self):
        found = told(THREE, rankings(*[(0, 1, 2)] * 5), hide_small=True)
        assert found["people"] == 5 and found["ranks"][0]["mean"] == 1


class TestPlaces:
    def test_people_are_counted_however_often_they_pointed(self):
        answers = [pin((53.8, -1.5)), pin((53.9, -1.5), id_="a2"), *areas(MOOR)]
        found = told(PLACE, answers)
        assert found["areas"] == [
            {"code": MOOR, "name": "High Moor", "count": 1, "told": "1"},
            {"code": MILL, "name": "Mill Lane", "count": 1, "told": "1"},
        ]
        assert (found["people"], found["answers"]) == (1, 3)

    def test_pins_stand_where_they_were_put(self):
        [found] = told(PLACE, [pin((53.8, -1.5), note="Bus stop", id_="a1")])["pins"]
        assert found == {"id": "a1", "at": [53.8, -1.5], "note": "Bus stop", "area": MILL}

    def test_a_choice_from_the_list_is_no_pin(self):
        assert told(PLACE, areas(MILL))["pins"] == []

    def test_an_area_without_a_name_has_its_code(self):
        assert told(PLACE, areas("E02000099"))["areas"][0]["name"] == "E02000099"

    def test_most_first_and_told_in_words(self):
        found = told(PLACE, areas(MILL, MOOR, MOOR))
        assert [area["name"] for area in found["areas"]] == ["High Moor", "Mill Lane"]
        assert found["summary"] == "3 people pointed to a place. Pointed to by most: High Moor (2) and Mill Lane (1)."

    def test_hidden_counts_stand_by_name_and_pins_alike_are_one(self):
        spot, other = (53.8, -1.5), (53.9, -1.5)
        answers = [pin(spot, person=1), pin(spot, person=2), pin(other, person=3), pin(other, person=4, note="Shut")]
        found = told(PLACE, [*answers, *areas(*[MOOR] * 5)], hide_small=True)
        assert [(area["name"], area["told"]) for area in found["areas"]] == [("High Moor", "5"), ("Mill Lane", FEWER)]
        assert [(tuple(each["at"]), each["note"]) for each in found["pins"]] == [(spot, ""), (other, "Shut")]
        assert found["people"] is None
        assert len(told(PLACE, answers)["pins"]) == 4


class TestWords:
    def test_the_newest_are_last(self):
        found = told(WORDS, texts("A bus", "Childcare"))
        assert [word["text"] for word in found["words"]] == ["A bus", "Childcare"]
        assert found["summary"] == "2 people wrote something. 2 answers are shown, the newest last."

    def test_of_one(self):
        assert (
            told(WORDS, texts("A bus"))["summary"] == "1 person wrote something. One answer is shown, the newest last."
        )


class TestWhatCounts:
    @pytest.mark.parametrize("seen", [Seen.HELD, Seen.HIDDEN])
    def test_only_what_the_room_may_see(self, seen):
        found = told(WORDS, [answer(Words(text="Mine"), seen=seen)])
        assert found["words"] == [] and found["people"] == 0 and found["summary"] == NOBODY

    @given(
        st.lists(
            st.tuples(st.integers(1, 4), st.sampled_from([MILL, MOOR]), st.booleans(), st.sampled_from(["", "Why"])),
            max_size=8,
        ),
        st.booleans(),
    )
    def test_a_place_whose_note_is_held_counts_and_is_drawn_without_its_note(self, given_places, hide_small):
        """Whatever is held, the room is told just what it would be if nothing had been written there."""
        spot = (53.8, -1.5)
        held, unwritten = [], []
        for i, (person, area, pinned, note) in enumerate(given_places):
            at, id_ = spot if pinned else None, f"a{i:016}"
            held.append(answer(Place(area=area, at=at, note=note), person=person, id_=id_, seen=Seen.HELD))
            unwritten.append(answer(Place(area=area, at=at), person=person, id_=id_))
        before = list(held)
        assert told(PLACE, held, hide_small=hide_small) == told(PLACE, unwritten, hide_small=hide_small)
        assert held == before

    def test_a_place_that_is_hidden_is_left_out_with_its_note(self):
        found = told(PLACE, [pin((53.8, -1.5), note="Rude", seen=Seen.HIDDEN)])
        assert found["pins"] == found["areas"] == [] and found["summary"] == NOBODY

    def test_only_this_scene(self):
        assert told(YES_NO, [answer(Vote(chosen=(0,)), scene="s00000002")])["people"] == 0

    @pytest.mark.parametrize("value", [Vote(chosen=(2,)), Vote(chosen=()), Words(text="Yes"), Ranking(order=(0, 1))])
    def test_only_what_fits_the_question_as_it_is_now(self, value):
        found = told(YES_NO, [answer(value)])
        assert found["people"] == 0 and [bar["told"] for bar in found["bars"]] == ["0", "0"]

    def test_a_ranking_of_other_options_is_left_out(self):
        assert told(THREE, [answer(Ranking(order=(0, 1)))])["ranks"] == []

    def test_a_scene_without_a_question_has_nothing_to_tell(self):
        found = told(Scene(title="Who is where"), votes([0]))
        assert found["kind"] == found["summary"] == "" and found["people"] == 0

    @given(st.lists(st.tuples(st.integers(1, 9), st.sets(st.integers(0, 1), min_size=1)), max_size=30), st.booleans())
    def test_it_is_json_and_alters_nothing(self, given_votes, hide_small):
        answers = [answer(Vote(chosen=tuple(chosen)), person=person) for person, chosen in given_votes]
        before = list(answers)
        found = told(scene(options=("Yes", "No"), most=2), answers, hide_small=hide_small)
        assert json.loads(json.dumps(found)) == found and answers == before


def behind(published):
    """For each result as told, the true counts that it can come from."""
    found = defaultdict(set)
    for counts, result in published:
        found[json.dumps(result)].add(tuple(counts))
    return found


class TestNothingHiddenCanBeWorkedOut:
    """Every small case there is, grouped by what is told of it: a reader knows no more than its group."""

    @pytest.mark.parametrize("options", [2, 3])
    def test_of_a_vote_for_one(self, options):
        asked = scene(options=tuple("ABC"[:options]))
        cases = product(range(8), repeat=options)
        published = (
            (c, told(asked, votes(*([i] for i in range(options) for _ in range(c[i]))), hide_small=True)) for c in cases
        )
        small = set(range(1, SMALL))
        for result, group in behind(published).items():
            for i, bar in enumerate(json.loads(result)["bars"]):
                assert {counts[i] for counts in group} == (small if bar["count"] is None else {bar["count"]})

    def test_of_a_vote_for_two_what_is_told_is_as_if_each_had_chosen_one(self):
        """So that how choices went together tells nothing beyond the test above."""
        sets = [chosen for size in (1, 2) for chosen in combinations(range(3), size)]
        asked = scene(options=tuple("ABC"), most=2)
        for people in product(range(4), repeat=len(sets)):
            chosen = [each for each, count in zip(sets, people, strict=True) for _ in range(count)]
            found = told(asked, votes(*chosen), hide_small=True)
            if hidden(found):
                assert found == told(asked, votes(*([i] for each in chosen for i in each)), hide_small=True)

    def test_of_neighbourhoods(self):
        published = []
        for counts in product(range(8), repeat=2):
            answers = areas(*[MILL] * counts[0], *[MOOR] * counts[1])
            published.append((counts, told(PLACE, answers, hide_small=True)))
        for result, group in behind(published).items():
            told_areas = {area["code"]: area["count"] for area in json.loads(result)["areas"]}
            for i, code in enumerate(NAMES):
                if told_areas.get(code, 0) is None:
                    assert {counts[i] for counts in group} == set(range(1, SMALL))

    @pytest.mark.parametrize(("options", "most"), [(2, 12), (3, 8)])
    def test_of_a_ranking(self, options, most):
        """Every case of up to `most` people, held against these and against twice and three times the people."""
        orders, asked = list(permutations(range(options))), scene("rank", options=tuple("ABC"[:options]))
        cases = [people for people in product(range(most + 1), repeat=len(orders)) if sum(people) <= most]
        published = []
        for people, times in product(cases, (1, 2, 3)):
            given_orders = [order for order, count in zip(orders, people, strict=True) for _ in range(count * times)]
            firsts = tuple(sum(order[0] == i for order in given_orders) for i in range(options))
            published.append((firsts, told(asked, rankings(*given_orders), hide_small=True)))
        for group in behind(published).values():
            for firsts in group:
                if sum(firsts) <= most:
                    for i in (i for i in range(options) if 0 < firsts[i] < SMALL):
                        assert len({other[i] for other in group}) > 1, (firsts, group)

    @given(st.integers(0, 3), st.integers(0, 3), st.integers(0, 3), st.integers(5, 9))
    def test_people_more_or_less_in_a_small_area_change_nothing(self, spot, listed, other, many):
        """Besides where there are pins, nothing told depends on how many people are behind them."""

        def published(more, chosen):
            pins = [pin((53.8, -1.5), person=100 + i, id_=f"a{i}") for i in range(1 + more)]
            return told(PLACE, [*areas(*[MOOR] * many, *[MILL] * min(chosen, 3 - more)), *pins], hide_small=True)

        assert published(spot, listed) == published(other, 0)
