"""What people answer: kept exactly once, changed, taken back, and the same after a restart."""

import sys
import threading
from concurrent.futures import Future
from datetime import datetime

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, invariant, precondition, rule, run_state_machine_as_test

from data.workshop.live import By, Life, Seen, Settings, Vote, Words
from data.workshop.reading import AnswerError
from data.workshop.rooms import Rooms, WorkshopError
from tests.workshop import INSIDE, LOOK, PLACE, RANK, TIMEOUT, VOTE, WORDS, a_session, in_session, joined, raw


def kept(room, person, scene, value, *, n=1, turn=1, by=By.PHONE):
    return room.answer(person, raw(scene, value, n=n, turn=turn), by=by).result(TIMEOUT)


def refused(room, person, scene, value, *, n=1, turn=1):
    with pytest.raises(AnswerError) as error:
        room.answer(person, raw(scene, value, n=n, turn=turn))
    return error.value.words


class TestOnce:
    def test_an_answer_is_kept_with_who_when_and_how(self, pointing):
        rooms = Rooms(whereabouts=pointing, now=lambda: datetime(2026, 11, 26, 19, 5, 59))
        room, _ = in_session(rooms)
        person = joined(room)
        answer = kept(room, person, WORDS, {"text": "A warm room"}, by=By.TABLET)
        assert room.answers() == room.answers_of(person) == (answer,)
        assert (answer.person, answer.turn, answer.by, answer.minute) == (1, 1, By.TABLET, "2026-11-26T19:05")
        assert (answer.value, answer.seen) == (Words(text="A warm room"), Seen.SHOWN)
        rooms.close()

    def test_a_copy_changes_nothing_and_is_acknowledged(self, rooms):
        room, _ = in_session(rooms)
        person = joined(room)
        first = kept(room, person, WORDS, {"text": "first"})
        assert kept(room, person, WORDS, {"text": "first"}) == first
        assert room.answers() == (first,)

    def test_another_answer_under_the_same_turn_is_refused_not_lost(self, rooms):
        """As from two pages that are open on one phone."""
        room, _ = in_session(rooms)
        person = joined(room)
        first = kept(room, person, WORDS, {"text": "first"})
        with pytest.raises(AnswerError, match="changed on another page of this phone"):
            kept(room, person, WORDS, {"text": "from the other page"})
        assert room.answers() == (first,)

    def test_a_newer_turn_takes_its_place_and_an_older_one_does_not(self, rooms):
        room, _ = in_session(rooms)
        person = joined(room)
        kept(room, person, WORDS, {"text": "one"}, turn=1)
        newest = kept(room, person, WORDS, {"text": "three"}, turn=3)
        assert kept(room, person, WORDS, {"text": "two"}, turn=2) == newest
        assert room.answers() == (newest,) and newest.value == Words(text="three")

    def test_taken_back_it_is_gone_and_no_late_copy_brings_it_back(self, rooms):
        room, _ = in_session(rooms)
        person = joined(room)
        kept(room, person, WORDS, {"text": "one"})
        assert kept(room, person, WORDS, None, turn=2) is None
        assert kept(room, person, WORDS, {"text": "one"}) is None
        assert kept(room, person, WORDS, None, turn=2) is None
        assert room.answers() == () and room.people().answered == {}
        assert kept(room, person, WORDS, {"text": "again"}, turn=3).value == Words(text="again")

    def test_taking_back_may_overtake_what_it_takes_back(self, rooms):
        room, _ = in_session(rooms)
        person = joined(room)
        assert kept(room, person, WORDS, None, turn=2) is None
        assert kept(room, person, WORDS, {"text": "one"}, turn=1) is None
        assert room.answers() == ()

    def test_another_persons_id_is_refused_without_saying_whose(self, rooms):
        room, _ = in_session(rooms)
        mine, yours = joined(room), joined(room)
        answer = kept(room, mine, WORDS, {"text": "mine"})
        for turn in (1, 2):
            words = refused(room, yours, WORDS, {"text": "yours"}, turn=turn)
            assert not any(sign.isdigit() for sign in words)
        assert "kept under its number" in refused(room, yours, WORDS, None, turn=2)
        assert "kept under its number" in refused(room, mine, PLACE, {"area": "E02000001"}, turn=2)
        assert room.answers() == (answer,)

    def test_an_answer_that_was_kept_is_acknowledged_though_the_question_is_closed_since(self, rooms):
        room, helm = in_session(rooms)
        person = joined(room)
        answer = kept(room, person, WORDS, {"text": "in time"})
        helm.ask(WORDS, on=False)
        assert kept(room, person, WORDS, {"text": "in time"}) == answer
        assert "closed" in refused(room, person, WORDS, {"text": "too late"}, turn=2)
        assert "closed" in refused(room, person, WORDS, None, turn=2)
        helm.end()
        assert kept(room, person, WORDS, {"text": "in time"}) == answer
        assert "has ended" in refused(room, person, WORDS, {"text": "too late"}, n=2)


class TestCopiesAtTheSameMoment:
    def test_are_one_answer(self, reopen):
        """Two copies from two threads, a hundred times: one row, and both are acknowledged with it."""
        rooms = reopen()
        room, _ = in_session(rooms)
        person = joined(room)
        start = threading.Barrier(2)
        got = [[], []]

        def post(mine):
            for n in range(100):
                start.wait()
                mine.append(kept_or_refused(room, person, n))

        interval = sys.getswitchinterval()
        sys.setswitchinterval(1e-6)
        try:
            threads = [threading.Thread(target=post, args=(mine,)) for mine in got]
            for thread in threads:
                thread.start()
            for thread in threads:
                thread.join(TIMEOUT)
        finally:
            sys.setswitchinterval(interval)
        assert got[0] == got[1] and None not in got[0] and len(got[0]) == 100
        assert [answer.value for answer in room.answers()] == [Vote(chosen=(99 % 3,))]
        session = room.session
        assert [row["id"] for row in rooms._writer.call(lambda book: book.ask("answers", session=session.id))] == [
            f"a{n:016x}" for n in range(100)
        ]

    def test_an_older_one_that_is_still_being_read_does_not_overtake_a_newer(self, rooms, pointing, monkeypatch):
        room, _ = in_session(rooms)
        person, pin = joined(room), type(pointing).pin
        newer = []

        def meanwhile(*given):
            newer.append(kept(room, person, PLACE, {"area": "E02000002"}, turn=2))
            return pin(*given)

        monkeypatch.setattr(type(pointing), "pin", meanwhile)
        assert kept(room, person, PLACE, {"at": list(INSIDE)}, turn=1) == newer[0]
        assert room.answers() == tuple(newer)

    def test_when_the_disk_fails_both_fail_and_nothing_is_there(self, rooms, monkeypatch):
        room, _ = in_session(rooms)
        person = joined(room)
        going, on = threading.Event(), threading.Event()

        def held_up(*_):
            going.set()
            on.wait(TIMEOUT)
            raise OSError("no room on the disk")

        monkeypatch.setattr(rooms._writer._book, "write", held_up)
        first = room.answer(person, raw(WORDS, {"text": "one"}))
        going.wait(TIMEOUT)
        second = room.answer(person, raw(WORDS, {"text": "one"}))
        third = room.answer(person, raw(WORDS, {"text": "three"}, turn=3))
        assert not first.done() and room.answers() == ()
        on.set()
        for future in (first, second, third):
            with pytest.raises(WorkshopError, match="could not be kept"):
                future.result(TIMEOUT)
        assert room.answers() == ()
        monkeypatch.undo()
        assert kept(room, person, WORDS, {"text": "one"}).value == Words(text="one")


def kept_or_refused(room, person, n):
    return kept(room, person, VOTE, {"chosen": [n % 3]}, n=n)


class TestHowOften:
    def test_a_new_vote_or_ranking_takes_the_place_of_the_last(self, rooms):
        room, _ = in_session(rooms)
        person, other = joined(room), joined(room)
        kept(room, person, VOTE, {"chosen": [0]}, n=1)
        kept(room, other, VOTE, {"chosen": [0]}, n=9)
        second = kept(room, person, VOTE, {"chosen": [1, 2]}, n=2)
        assert room.answers_of(person) == (second,)
        assert kept(room, person, VOTE, {"chosen": [0]}, n=1) is None  # a late copy of the first
        ranked = [kept(room, person, RANK, {"order": order}, n=n) for n, order in ((3, [0, 1, 2]), (4, [2, 1, 0]))]
        assert room.answers_of(person) == (second, ranked[1])
        assert len(room.answers()) == 3

    def test_places_and_words_are_kept_as_often_as_the_question_says(self, rooms):
        room, _ = in_session(rooms)
        person, other = joined(room), joined(room)
        for n in (1, 2, 3):
            kept(room, person, PLACE, {"area": "E02000001"}, n=n)
        assert "this 3 times" in refused(room, person, PLACE, {"area": "E02000001"}, n=4)
        kept(room, person, PLACE, None, n=2, turn=2)
        kept(room, person, PLACE, {"at": list(INSIDE)}, n=4)
        kept(room, person, PLACE, {"area": "E02000002"}, n=1, turn=2)  # one that is there may be changed
        assert "this 3 times" in refused(room, person, PLACE, {"area": "E02000001"}, n=2, turn=3)
        kept(room, other, PLACE, {"area": "E02000001"}, n=5)
        assert [answer.id[-1] for answer in room.answers_of(person)] == ["1", "3", "4"]

    def test_those_still_on_their_way_to_the_disk_count(self, rooms, monkeypatch):
        room, _ = in_session(rooms)
        person = joined(room)
        on, write = threading.Event(), rooms._writer._book.write
        monkeypatch.setattr(rooms._writer._book, "write", lambda writes: on.wait(TIMEOUT) and write(writes))
        futures = [room.answer(person, raw(WORDS, {"text": "x"}, n=n)) for n in (1, 2)]
        assert "this 2 times" in refused(room, person, WORDS, {"text": "x"}, n=3)
        futures += [room.answer(person, raw(VOTE, {"chosen": [n]}, n=4 + n)) for n in (0, 1, 2)]
        assert not any(future.done() for future in futures)
        on.set()
        assert all(future.result(TIMEOUT) for future in futures)
        assert [answer.value for answer in room.answers() if answer.scene == VOTE] == [Vote(chosen=(2,))]

    def test_nobody_fills_the_file_by_taking_back(self, rooms):
        room, _ = in_session(rooms)
        person = joined(room)
        futures = [room.answer(person, raw(WORDS, None, n=n)) for n in range(100)]
        assert "very often" in refused(room, person, WORDS, None, n=100)
        assert {future.result(TIMEOUT) for future in futures} == {None}


class TestWhen:
    def test_nothing_is_answered_before_the_session_opens(self, rooms):
        room = rooms.room(a_session(rooms).id)
        person = joined(room)
        assert "not begun yet" in refused(room, person, VOTE, {"chosen": [0]})

    def test_nothing_is_answered_that_is_not_asked(self, rooms):
        room, _ = in_session(rooms)
        person = joined(room)
        for scene in (LOOK, "sffffffff"):
            assert "does not ask that" in refused(room, person, scene, {"text": "x"})
        assert "do not know this phone" in refused(room, 99, VOTE, {"chosen": [0]})

    def test_a_question_that_closes_while_an_answer_is_read_is_closed(self, rooms, pointing, monkeypatch):
        room, helm = in_session(rooms)
        person = joined(room)
        pin = type(pointing).pin
        monkeypatch.setattr(type(pointing), "pin", lambda *given: helm.ask(PLACE, on=False) and pin(*given))
        assert "closed" in refused(room, person, PLACE, {"at": list(INSIDE)})
        assert room.answers() == ()

    def test_a_wrong_or_jumping_clock_changes_only_the_minute(self, pointing):
        times = [datetime(2026, 11, 26, 19), datetime(1999, 1, 1), datetime(2099, 12, 31, 23, 59), datetime(1970, 1, 1)]
        rooms = Rooms(whereabouts=pointing, now=lambda: times.pop(0))
        room, _ = in_session(rooms)
        person = joined(room)
        for n in (1, 2):
            kept(room, person, PLACE, {"area": "E02000001"}, n=n)
        kept(room, person, PLACE, {"area": "E02000002"}, n=1, turn=2)
        assert [(answer.id[-1], answer.minute) for answer in room.answers()] == [
            ("1", "2026-11-26T19:00"),
            ("2", "1999-01-01T00:00"),
        ]
        rooms.close()


class TestWhatWaits:
    def test_words_wait_while_all_words_do_or_if_one_is_watched(self, rooms):
        room, helm = in_session(rooms, settings=Settings(watched=("damp",)))
        person, other = joined(room), joined(room)
        assert kept(room, person, WORDS, {"text": "A D-A-M-P hall"}, n=1).seen is Seen.HELD
        assert kept(room, person, WORDS, {"text": "A dry hall"}, n=2).seen is Seen.SHOWN
        helm.settle(Settings(hold_words=True))
        assert kept(room, other, WORDS, {"text": "A dry hall"}, n=3).seen is Seen.HELD
        assert kept(room, other, PLACE, {"area": "E02000001", "note": "dry"}, n=4).seen is Seen.HELD
        assert kept(room, other, PLACE, {"area": "E02000001"}, n=5).seen is Seen.SHOWN

    def test_nothing_that_was_kept_back_comes_out_by_being_changed(self, rooms):
        room, helm = in_session(rooms)
        person = joined(room)
        kept(room, person, WORDS, {"text": "rude"})
        helm.moderate(room.answers()[0].id, Seen.HIDDEN)
        assert kept(room, person, WORDS, {"text": "rude again"}, turn=2).seen is Seen.HELD
        assert kept(room, person, WORDS, {"text": "polite"}, turn=3).seen is Seen.HELD
        helm.moderate(room.answers()[0].id, Seen.SHOWN)
        assert kept(room, person, WORDS, {"text": "polite, too"}, turn=4).seen is Seen.SHOWN

    def test_a_pin_that_was_hidden_stays_hidden_wherever_it_is_moved(self, rooms):
        room, helm = in_session(rooms)
        person = joined(room)
        kept(room, person, PLACE, {"area": "E02000001"})
        helm.moderate(room.answers()[0].id, Seen.HIDDEN)
        assert kept(room, person, PLACE, {"area": "E02000002"}, turn=2).seen is Seen.HIDDEN
        assert kept(room, person, PLACE, {"area": "E02000002", "note": "polite"}, turn=3).seen is Seen.HIDDEN


class TestPeople:
    def test_a_phone_is_known_again_by_its_token_and_by_nothing_else(self, rooms):
        room, _ = in_session(rooms)
        token, number = room.join(None).result(TIMEOUT)
        other, second = room.join("not a token of ours").result(TIMEOUT)
        assert (number, second) == (1, 2) and token != other != "not a token of ours"
        assert room.join(token).result(TIMEOUT) == (token, 1)
        assert [room.person(each) for each in (token, other, None, "", "x" * 10_000, token.upper())] == [1, 2] + 4 * [
            None
        ]
        assert room.people().joined == 2

    def test_a_token_opens_nothing_in_another_session(self, rooms):
        room, other = in_session(rooms)[0], in_session(rooms)[0]
        token, _ = room.join(None).result(TIMEOUT)
        assert other.person(token) is None

    def test_a_phone_is_here_for_a_minute_after_it_asked(self, pointing):
        clock = [100.0]
        rooms = Rooms(whereabouts=pointing, clock=lambda: clock[0])
        room, _ = in_session(rooms)
        first, second = joined(room), joined(room)
        assert room.people().here == frozenset()
        room.here(first)
        clock[0] += 40
        room.here(second)
        room.here(777)
        assert room.people().here == {first, second}
        clock[0] += 40
        assert room.people().here == {second}
        before = room.live
        room.here(second)
        assert room.live == before  # nothing new
        room.here(first)
        assert room.live > before and room.people().here == {first, second}
        rooms.close()

    def test_who_has_answered_is_told_by_scene(self, rooms):
        room, _ = in_session(rooms)
        first, second = joined(room), joined(room)
        kept(room, first, VOTE, {"chosen": [0]}, n=1)
        kept(room, second, VOTE, {"chosen": [0]}, n=2)
        kept(room, second, WORDS, {"text": "x"}, n=3)
        kept(room, first, VOTE, None, n=1, turn=2)
        assert room.people().answered == {VOTE: frozenset({second}), WORDS: frozenset({second})}

    def test_nobody_joins_when_it_is_over_or_full_but_those_known_are_known(self, rooms, monkeypatch):
        monkeypatch.setattr("data.workshop.crowd.MOST_PEOPLE", 2)
        room, helm = in_session(rooms)
        token, _ = room.join(None).result(TIMEOUT)
        joined(room)
        with pytest.raises(AnswerError, match="full"):
            room.join(None)
        helm.end()
        with pytest.raises(AnswerError, match="has ended"):
            room.join(None)
        assert room.join(token).result(TIMEOUT) == (token, 1)

    def test_whoever_goes_away_does_not_cancel_what_others_wait_for(self, rooms):
        room, _ = in_session(rooms)
        future = room.join(None)
        assert not future.cancel()
        assert isinstance(future, Future) and future.result(TIMEOUT)[1] == 1


class TestAfterARestart:
    def test_all_is_as_it_was(self, reopen):
        rooms = reopen()
        room, helm = in_session(rooms)
        token, person = room.join(None).result(TIMEOUT)
        other = joined(room)
        kept(room, person, PLACE, {"at": list(INSIDE), "note": "naïve “note”; DROP TABLE answers"}, n=1)
        kept(room, other, VOTE, {"chosen": [0, 2]}, n=2)
        kept(room, person, RANK, {"order": [2, 0, 1]}, n=3)
        kept(room, person, WORDS, {"text": "one"}, n=4)
        kept(room, other, PLACE, {"area": "Beeton 001"}, n=5)
        kept(room, person, WORDS, {"text": "one, changed"}, n=4, turn=2)
        kept(room, other, WORDS, {"text": "taken back"}, n=6)
        kept(room, other, WORDS, None, n=6, turn=2)
        helm.moderate("a" + f"{4:016x}", Seen.HIDDEN)
        before = (room.answers(), room.people().answered, room.people().joined, room.prepared, room.places)

        again = reopen().room(room.session.id)
        assert (again.answers(), again.people().answered, again.people().joined, again.prepared, again.places) == before
        assert again.session == room.session and again.session.life is Life.OPEN
        assert again.person(token) == person
        assert kept(again, person, WORDS, {"text": "one"}, n=4, turn=1).value == Words(text="one, changed")
        assert kept(again, other, WORDS, {"text": "taken back"}, n=6, turn=1) is None
        assert "kept under its number" in refused(again, person, VOTE, {"chosen": [0]}, n=2, turn=2)
        assert joined(again) == 3
        assert again.answers() == before[0]

    def test_whoever_waits_for_something_newer_is_told(self, reopen):
        room, helm = in_session(reopen())
        helm.show(3)
        version, live = room.state.version, room.live
        again = reopen().room(room.session.id)
        assert again.state.version > version and again.live > live


class OnePersonAndTheirPhone(RuleBasedStateMachine):
    """What a phone sends may come late, twice or out of order: what stands is the newest turn of each id."""

    rooms: Rooms

    def __init__(self):
        super().__init__()
        self.room, _ = in_session(self.rooms)
        self.person = joined(self.room)
        self.newest = {}
        self.sent = []

    @rule(n=st.integers(1, 2), text=st.sampled_from(["a", "b", None]), skip=st.integers(1, 2))
    def send(self, n, text, skip):
        turn = self.newest.get(n, (0, None))[0] + skip
        told = raw(WORDS, None if text is None else {"text": text}, n=n, turn=turn)
        self.sent.append(told)
        self.newest[n] = (turn, text)
        self.room.answer(self.person, told).result(TIMEOUT)

    @precondition(lambda self: self.sent)
    @rule(data=st.data())
    def send_again(self, data):
        self.room.answer(self.person, data.draw(st.sampled_from(self.sent))).result(TIMEOUT)

    @invariant()
    def the_newest_stands(self):
        stands = {int(each.id[1:], 16): (each.turn, each.value.text) for each in self.room.answers_of(self.person)}
        assert stands == {n: (turn, text) for n, (turn, text) in self.newest.items() if text is not None}


def test_whatever_the_order_the_newest_turn_stands(rooms):
    machine = type("Machine", (OnePersonAndTheirPhone,), {"rooms": rooms})
    run_state_machine_as_test(machine, settings=settings(max_examples=25, stateful_step_count=20))


@settings(max_examples=30)
@given(st.lists(st.tuples(st.integers(1, 3), st.sampled_from([[0], [1], [0, 2], None])), max_size=8))
def test_one_person_never_has_two_votes(many_rooms, votes):
    room, _ = in_session(many_rooms)
    person = joined(room)
    for turn, (n, chosen) in enumerate(votes, start=1):
        room.answer(person, raw(VOTE, chosen and {"chosen": chosen}, n=n, turn=turn)).result(TIMEOUT)
        assert len(room.answers_of(person)) <= 1
