"""Sheets of paper with a number: those with the same one are one person, whenever they are entered."""

import threading

import duckdb
import pytest
from hypothesis import given
from hypothesis import strategies as st

from data.workshop import codes
from data.workshop.book import WorkshopError
from data.workshop.crowd import MOST_SHEETS, Crowd, as_kept
from data.workshop.entered import answer_id, entered_sheets, key_of
from data.workshop.live import Answer, By, Place, Seen, Vote, Words
from data.workshop.reading import AnswerError
from data.workshop.sheets import SheetNumberError
from tests.workshop import PLACE, RANK, TIMEOUT, VOTE, WORDS, in_session, joined, raw

VALUES = {
    PLACE: {"area": "E02000001"},
    VOTE: {"chosen": [1]},
    RANK: {"order": [2, 0, 1]},
    WORDS: {"text": "On paper"},
}
MOST = {PLACE: 3, VOTE: 1, RANK: 1, WORDS: 2}
"""Answers that one person may give to each question of the story."""


def sheet(helm, *scenes, number=None):
    """The person of a sheet that answers some scenes, once it is on disk."""
    return helm.sheet([{"scene": each, "value": VALUES[each]} for each in scenes], number=number).result(TIMEOUT)


def refused(helm, *scenes, number):
    with pytest.raises(SheetNumberError) as told:
        sheet(helm, *scenes, number=number)
    return str(told.value)


def held(path):
    with duckdb.connect(str(path), read_only=True) as straight:
        return straight.execute("SELECT number, token_hash FROM people ORDER BY number").fetchall()


class TestOneNumberIsOnePerson:
    def test_whenever_its_sheets_are_entered(self, rooms):
        room, helm = in_session(rooms)
        assert sheet(helm, VOTE, number=12) == 1
        assert sheet(helm, VOTE, number=7) == 2
        assert sheet(helm, VOTE) == 3
        assert joined(room) == 4
        assert sheet(helm, PLACE, WORDS, number=12) == 1
        assert [each.scene for each in room.answers_of(1)] == [VOTE, PLACE, WORDS]
        assert room.people().phones == {4} and room.people().paper == {1, 2, 3}
        assert room.sheets() == {1: 12, 2: 7}

    def test_also_after_a_restart(self, reopen, tmp_path):
        room, helm = in_session(reopen())
        sheet(helm, VOTE, number=12)
        sheet(helm, VOTE)
        again = reopen().helm(room.session.id, room.session.key)
        assert again.room.sheets() == {1: 12}
        assert sheet(again, WORDS, number=12) == 1
        assert "Sheet number 12 has answered" in refused(again, VOTE, number=12)
        assert sheet(again, VOTE, number=999) == 3
        reopen().close()
        assert held(tmp_path / "kept" / "workshops.duckdb") == [(1, "sheet 12"), (2, None), (3, "sheet 999")]

    def test_in_each_session_another(self, rooms):
        (one, first), (other, second) = in_session(rooms), in_session(rooms)
        joined(other)
        assert (sheet(first, VOTE, number=12), sheet(second, VOTE, number=12)) == (1, 2)
        assert one.sheets() == {1: 12} and other.sheets() == {2: 12}

    @pytest.mark.parametrize("number", [0, -1, 1_000, 10**9])
    def test_from_1_to_999(self, rooms, number):
        room, helm = in_session(rooms)
        assert f"{number} is no sheet number" in refused(helm, VOTE, number=number)
        assert 1 not in room.inside.crowd
        assert sheet(helm, VOTE, number=1) == 1 and sheet(helm, VOTE, number=MOST_SHEETS) == 2

    @given(
        st.lists(
            st.tuples(
                st.sampled_from([None, 1, 2, 999]),
                st.lists(st.sampled_from([PLACE, VOTE, RANK, WORDS]), min_size=1, max_size=3, unique=True),
            ),
            max_size=8,
        )
    )
    def test_whatever_is_entered_in_whichever_order(self, many_rooms, entered):
        """Against the simplest model: a sheet is kept wholly if all of it has room, and not at all if it has not."""
        room, helm = in_session(many_rooms)
        people, given_by = 0, {}
        for number, scenes in entered:
            had = given_by.setdefault(number, []) if number else []
            if any(had.count(each) >= MOST[each] for each in scenes):
                refused(helm, *scenes, number=number)
                continue
            people += not had
            had.extend(scenes)
            sheet(helm, *scenes, number=number)
        assert len(room.people().paper) == people and room.people().joined == 0
        kept = {room.sheets()[person]: person for person in room.sheets()}
        for number, scenes in given_by.items():
            ours = [each.scene for each in room.answers_of(kept[number])] if number in kept else []
            assert number is None or ours == scenes


class TestWhatHasBeenAnswered:
    def test_is_never_replaced_in_silence(self, rooms):
        room, helm = in_session(rooms)
        sheet(helm, VOTE, RANK, number=12)
        before = room.answers()
        assert refused(helm, VOTE, WORDS, number=12) == (
            "Sheet number 12 has answered “When could you come?” already. Check the number; to mend what was saved, "
            "undo that sheet first."
        )
        assert "“What matters most?” already" in refused(helm, RANK, number=12)
        assert room.answers() == before
        assert sheet(helm, VOTE, number=13) == sheet(helm, WORDS, number=13) == 2

    def test_may_be_added_to_up_to_as_many_as_are_allowed(self, rooms):
        room, helm = in_session(rooms)
        assert sheet(helm, WORDS, number=5) == sheet(helm, WORDS, number=5) == 1
        assert "has answered “What would help you to start?” already" in refused(helm, WORDS, number=5)
        sheet(helm, PLACE, PLACE, number=5)
        assert (
            "Sheet number 5 has given 2 of the 3 answers to “Where should help be given?”, so 2 more do not fit."
            in (refused(helm, PLACE, PLACE, number=5))
        )
        assert len(room.answers_of(1)) == 4

    def test_counts_while_it_is_on_its_way_to_the_disk(self, rooms):
        room, helm = in_session(rooms)
        futures = []

        def meanwhile(_):
            futures.append(helm.sheet([raw(VOTE, {"chosen": [1]}, n=1)], number=12))
            futures.append(helm.sheet([raw(WORDS, {"text": "x"}, n=2)], number=12))
            assert "has answered" in refused(helm, VOTE, number=12)

        rooms._writer.call(meanwhile)
        assert [each.result(TIMEOUT) for each in futures] == [1, 1]
        assert len(room.answers_of(1)) == 2 and room.people().paper == {1}

    def test_of_two_sheets_on_their_way_the_second_is_whole_if_the_first_is_lost(self, reopen, monkeypatch, tmp_path):
        rooms = reopen()
        room, helm = in_session(rooms)
        write = rooms._writer._book.write

        def picky(writes):
            if any(row.get("scene") == VOTE for each in writes for row in getattr(each, "rows", ())):
                raise OSError("not this one")
            write(writes)

        monkeypatch.setattr(rooms._writer._book, "write", picky)
        futures = []
        rooms._writer.call(
            lambda _: futures.extend(
                helm.sheet([{"scene": each, "value": VALUES[each]}], number=12) for each in (VOTE, WORDS, RANK)
            )
        )
        with pytest.raises(WorkshopError, match="could not be kept"):
            futures[0].result(TIMEOUT)
        assert futures[1].result(TIMEOUT) == futures[2].result(TIMEOUT) == 1
        monkeypatch.undo()
        again = reopen().helm(room.session.id, room.session.key)
        assert again.room.people().paper == {1} and len(again.room.answers_of(1)) == 2
        assert sheet(again, VOTE, number=12) == 1
        reopen().close()
        assert held(tmp_path / "kept" / "workshops.duckdb") == [(1, "sheet 12")]


class TestEnteredTwice:
    def test_is_one_sheet(self, rooms):
        room, helm = in_session(rooms)
        once = [raw(VOTE, {"chosen": [1]}, n=1)]
        first, again = helm.sheet(once, number=12), helm.sheet(once, number=12)
        assert first.result(TIMEOUT) == again.result(TIMEOUT) == helm.sheet(once, number=12).result(TIMEOUT) == 1
        assert len(room.answers()) == 1

    @pytest.mark.parametrize(("had", "said"), [(12, "with the number 12"), (None, "without a number")])
    @pytest.mark.parametrize("number", [None, 12, 13])
    def test_under_another_number_is_refused(self, rooms, had, said, number):
        room, helm = in_session(rooms)
        once = [raw(VOTE, {"chosen": [1]}, n=1)]
        helm.sheet(once, number=had).result(TIMEOUT)
        if number == had:
            assert helm.sheet(once, number=number).result(TIMEOUT) == 1
        else:
            with pytest.raises(SheetNumberError, match=f"saved already, {said}"):
                helm.sheet(once, number=number)
        assert len(room.answers()) == 1 and room.people().paper == {1}


class TestTakingBack:
    def test_what_is_taken_back_is_gone_and_may_be_entered_again(self, reopen):
        room, helm = in_session(reopen())
        sheet(helm, VOTE, number=12)
        ids = [each.id for each in room.answers()]
        sheet(helm, WORDS, number=12)
        helm.take_back(ids).result(TIMEOUT)
        assert [each.scene for each in room.answers()] == [WORDS] and VOTE not in room.people().answered
        again = reopen().helm(room.session.id, room.session.key)
        assert [each.scene for each in again.room.answers()] == [WORDS]
        assert sheet(again, VOTE, number=12) == 1 and again.room.people().paper == {1}

    def test_a_late_copy_brings_nothing_back(self, rooms):
        room, helm = in_session(rooms)
        once = [raw(VOTE, {"chosen": [1]}, n=1)]
        helm.sheet(once, number=12).result(TIMEOUT)
        helm.take_back([once[0]["id"]]).result(TIMEOUT)
        with pytest.raises(AnswerError, match="was taken back. Open this form anew"):
            helm.sheet(once, number=12)
        assert room.answers() == ()

    def test_all_of_it_or_nothing(self, rooms):
        room, helm = in_session(rooms)
        sheet(helm, VOTE)
        [ours] = [each.id for each in room.answers()]
        room.answer(joined(room), raw(VOTE, {"chosen": [0]}, n=9)).result(TIMEOUT)
        by_phone = f"a{9:016x}"
        for ids in ([ours, by_phone], [ours, f"a{77:016x}"], [by_phone]):
            with pytest.raises(AnswerError, match="taken back before"):
                helm.take_back(ids)
        assert len(room.answers()) == 2
        helm.take_back([ours]).result(TIMEOUT)
        with pytest.raises(AnswerError, match="taken back before"):
            helm.take_back([ours])

    def test_what_could_not_be_taken_back_stays(self, rooms, monkeypatch):
        room, helm = in_session(rooms)
        sheet(helm, VOTE, number=12)
        before, on = room.answers(), threading.Event()

        def fails(_):
            on.wait(TIMEOUT)
            raise OSError("no room")

        monkeypatch.setattr(rooms._writer._book, "write", fails)
        future = helm.take_back([before[0].id])
        assert room.answers() == before
        on.set()
        with pytest.raises(WorkshopError, match="could not be kept"):
            future.result(TIMEOUT)
        monkeypatch.undo()
        assert room.answers() == before and "has answered" in refused(helm, VOTE, number=12)


class TestPhonesAndPaper:
    @pytest.mark.parametrize("number", [None, 12])
    def test_are_counted_apart_and_an_undone_sheet_nowhere(self, reopen, number):
        room, helm = in_session(reopen())
        sheet(helm, VOTE, number=number)
        ids = [each.id for each in room.answers()]
        sheet(helm, WORDS, number=7)
        phone, (_, turn) = joined(room), room.join(None, by=By.TABLET).result(TIMEOUT)
        people = room.people()
        assert (people.phones, people.joined, people.paper) == ({phone, turn}, 2, {1, 2})
        helm.take_back(ids).result(TIMEOUT)
        for each in (room, reopen().room(room.session.id)):
            people = each.people()
            assert (people.phones, people.joined, people.paper) == ({phone, turn}, 2, {2})
            assert people.answered == {WORDS: {2}}

    def test_a_phone_that_answered_is_not_on_paper(self, rooms):
        room, _ = in_session(rooms)
        room.answer(joined(room), raw(VOTE, {"chosen": [0]})).result(TIMEOUT)
        assert room.people().phones == {1} and room.people().paper == frozenset()

    @pytest.mark.parametrize("token", ["sheet 12", "sheet-12", "sheet12", "12", " sheet 12"])
    def test_no_phone_joins_as_a_sheet(self, rooms, token):
        room, helm = in_session(rooms)
        sheet(helm, VOTE, number=12)
        assert room.person(token) is None
        made, person = room.join(token).result(TIMEOUT)
        assert person == 2 and made != token and room.sheets() == {1: 12}

    @given(st.text(max_size=40), st.integers(1, MOST_SHEETS))
    def test_whatever_token_it_sends(self, token, number):
        crowd = Crowd([(1, as_kept(number)), (2, codes.hashed("hers", "salt"))], salt="salt")
        assert crowd.person(token) == (2 if token == "hers" else None)
        assert codes.hashed(token, "salt") != as_kept(number)
        assert crowd.person_of(number) == 1 and crowd.sheets == {1: number} and len(crowd) == 2

    def test_no_phone_changes_what_is_on_a_sheet(self, rooms):
        room, helm = in_session(rooms)
        helm.sheet([raw(VOTE, {"chosen": [1]}, n=1)], number=12).result(TIMEOUT)
        with pytest.raises(AnswerError, match="under its number"):
            room.answer(joined(room), raw(VOTE, {"chosen": [0]}, n=1, turn=2))
        assert [each.value for each in room.answers()] == [Vote(chosen=(1,))]


class TestSheetsThatWereEntered:
    def answer(self, person, id_, *, by=By.SHEET, seen=Seen.SHOWN):
        return Answer(
            id=id_,
            scene=WORDS,
            person=person,
            turn=1,
            value=Words(text="x"),
            by=by,
            minute="2026-11-26T19:05",
            seen=seen,
        )

    def test_are_told_apart_by_form_where_they_have_a_number_and_else_by_person(self):
        forms = {name: [answer_id(name, field) for field in "ab"] for name in ("one", "two", "three")}
        assert len({id_ for ids in forms.values() for id_ in ids}) == 6
        answers = [self.answer(5, id_) for id_ in forms["one"]] + [self.answer(4, "a" + "0" * 16)]
        answers += [self.answer(4, "a" + "1" * 16), self.answer(9, "a" + "2" * 16, by=By.PHONE)]
        answers += [self.answer(5, id_) for id_ in forms["two"]]
        found = entered_sheets(answers, {5: 12})
        assert [(each.person, each.number, len(each.answers)) for each in found.values()] == [
            (5, 12, 2),
            (4, None, 2),
            (5, 12, 2),
        ]
        assert list(found) == [key_of(5, forms["one"][1], {5: 12}), "4", key_of(5, forms["two"][0], {5: 12})]

    def test_count_unless_all_of_one_is_hidden(self):
        ids = [answer_id("one", field) for field in "ab"]
        half = [self.answer(1, ids[0], seen=Seen.HIDDEN), self.answer(1, ids[1])]
        assert [len(each.answers) for each in entered_sheets(half, {}).values()] == [2]
        assert entered_sheets([self.answer(1, id_, seen=Seen.HIDDEN) for id_ in ids], {}) == {}

    def test_older_files_hold_sheets_without_numbers(self, reopen, tmp_path):
        """As they were kept before sheets had numbers: nothing beside the person, and ids that begin as they may."""
        rooms = reopen()
        room, helm = in_session(rooms)
        answers = [raw(PLACE, VALUES[PLACE], n=7 << 60), raw(VOTE, VALUES[VOTE], n=3 << 60)]
        helm.sheet(answers).result(TIMEOUT)
        rooms.close()
        assert held(tmp_path / "kept" / "workshops.duckdb") == [(1, None)]
        again = reopen().room(room.session.id)
        [only] = entered_sheets(again.answers(), again.sheets()).values()
        assert (only.key, only.number) == ("1", None)
        assert [type(each.value) for each in only.answers] == [Place, Vote]
