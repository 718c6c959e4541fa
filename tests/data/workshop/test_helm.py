"""What a presenter may do, and how the room stands afterwards; now, and when the application starts again."""

import threading
from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from data.register.rights import NotAllowedError
from data.workshop.book import WorkshopError
from data.workshop.live import Life, Seen, Settings, State
from data.workshop.reading import AnswerError
from tests.workshop import LAST, LOOK, PLACE, RANK, TIMEOUT, VOTE, WORDS, a_session, in_session, joined, raw


@pytest.fixture
def helm(rooms):
    session = a_session(rooms)
    return rooms.helm(session.id, session.key)


class TestTheKey:
    @pytest.mark.parametrize("key", ["", "0" * 32, "ключ", None, b"key"])
    def test_nobody_steers_without_it(self, rooms, key):
        session = a_session(rooms)
        with pytest.raises(NotAllowedError, match="does not open the session"):
            rooms.helm(session.id, key)

    def test_that_of_another_session_opens_nothing(self, rooms):
        session, other = a_session(rooms), a_session(rooms)
        with pytest.raises(NotAllowedError):
            rooms.helm(session.id, other.key)
        with pytest.raises(NotAllowedError):
            rooms.helm("w000000000000", session.key)
        with pytest.raises(NotAllowedError):
            rooms.helm(session.id, session.code)


class TestScenes:
    def test_showing_a_scene_asks_its_question_once(self, helm):
        assert helm.show(1).asking == frozenset()  # not open yet
        assert helm.open().asking == {PLACE}
        assert helm.show(2).asking == {PLACE, VOTE}
        assert helm.show(0).asking == {PLACE, VOTE}
        helm.ask(VOTE, on=False)
        state = helm.show(2)
        assert (state.scene, state.asking) == (2, {PLACE})

    def test_a_question_that_was_closed_before_it_was_shown_stays_closed(self, helm):
        helm.open()
        helm.ask(VOTE, on=False)
        assert helm.show(2).asking == frozenset()

    @pytest.mark.parametrize("position", [-1, 6, True, 1.0, "1", None])
    def test_only_scenes_that_are_there_are_shown(self, helm, position):
        with pytest.raises(WorkshopError, match="There is no scene"):
            helm.show(position)

    def test_only_questions_that_are_there_are_asked_and_only_while_it_is_open(self, helm):
        with pytest.raises(WorkshopError, match="Open it first"):
            helm.ask(VOTE, on=True)
        helm.open()
        with pytest.raises(WorkshopError, match="asks nothing"):
            helm.ask(LOOK, on=True)
        with pytest.raises(WorkshopError, match="no scene 's99999999'"):
            helm.ask("s99999999", on=True)
        with pytest.raises(WorkshopError, match="no scene"):
            helm.reveal("s99999999", on=True)
        assert helm.ask(VOTE, on=True).asking == {VOTE}

    def test_blank_joining_and_revealing_are_on_or_off(self, helm):
        assert (helm.blank(on=True).blank, helm.blank(on=False).blank) == (True, False)
        assert (helm.joining(on=True).joining, helm.joining(on=False).joining) == (True, False)
        assert (helm.reveal(VOTE, on=True).revealed, helm.reveal(VOTE, on=False).revealed) == ({VOTE}, frozenset())


class TestLife:
    def test_an_ended_session_may_be_opened_again_as_it_was(self, helm):
        helm.open()
        helm.show(1)
        helm.show(2)
        helm.ask(PLACE, on=False)
        ended = helm.end()
        assert (ended.life, ended.asking) == (Life.ENDED, frozenset())
        assert helm.room.session.life is Life.ENDED
        again = helm.open()
        assert (again.life, again.asking) == (Life.OPEN, {VOTE})

    def test_the_version_grows_with_every_change_and_with_nothing_else(self, helm):
        room = helm.room
        versions = [room.state.version]
        for change in (
            helm.open,
            lambda: helm.show(1),
            lambda: helm.blank(on=True),
            lambda: helm.reveal(PLACE, on=True),
        ):
            versions.append(change().version)
            assert change().version == versions[-1]  # nothing changed, so nobody is woken
        assert versions == list(range(versions[0], versions[0] + 5))

    def test_an_answer_changes_what_is_live_and_not_the_state(self, rooms):
        room, _ = in_session(rooms)
        person = joined(room)
        version, live = room.state.version, room.live
        room.answer(person, raw(VOTE, {"chosen": [0]})).result(TIMEOUT)
        assert room.state.version == version and room.live > live


class TestModeration:
    def test_shows_and_hides_what_was_read(self, rooms):
        room, helm = in_session(rooms, settings=Settings(hold_words=True))
        person = joined(room)
        answer = room.answer(person, raw(WORDS, {"text": "x"})).result(TIMEOUT)
        assert answer.seen is Seen.HELD
        for seen in (Seen.SHOWN, Seen.HIDDEN, Seen.HELD):
            helm.moderate(answer.id, seen)
            assert room.answers() == (replace(answer, seen=seen),)

    def test_lets_nothing_through_that_was_changed_in_the_meantime(self, rooms):
        room, helm = in_session(rooms, settings=Settings(hold_words=True))
        person = joined(room)
        room.answer(person, raw(WORDS, {"text": "polite"})).result(TIMEOUT)
        changed = room.answer(person, raw(WORDS, {"text": "rude"}, turn=2)).result(TIMEOUT)
        with pytest.raises(WorkshopError, match="Read it again"):
            helm.moderate(changed.id, Seen.SHOWN, turn=1)
        assert room.answers() == (changed,) and changed.seen is Seen.HELD
        helm.moderate(changed.id, Seen.SHOWN, turn=2)
        room.answer(person, raw(WORDS, None, turn=3)).result(TIMEOUT)
        with pytest.raises(WorkshopError, match="taken back"):
            helm.moderate(changed.id, Seen.SHOWN)

    def test_of_an_answer_that_is_being_changed_is_the_same_in_memory_and_on_disk(self, reopen, monkeypatch):
        rooms = reopen()
        room, helm = in_session(rooms)
        person = joined(room)
        first = room.answer(person, raw(WORDS, {"text": "one"})).result(TIMEOUT)
        going, on, write = threading.Event(), threading.Event(), rooms._writer._book.write

        def held_up(writes):
            going.set()
            on.wait(TIMEOUT)
            write(writes)

        monkeypatch.setattr(rooms._writer._book, "write", held_up)
        coming = room.answer(person, raw(WORDS, {"text": "two"}, turn=2))
        going.wait(TIMEOUT)
        with pytest.raises(WorkshopError, match="Read it again"):
            helm.moderate(first.id, Seen.HIDDEN)
        on.set()
        coming.result(TIMEOUT)
        helm.moderate(first.id, Seen.HIDDEN)
        before = room.answers()
        assert reopen().room(room.session.id).answers() == before


class TestSettings:
    def test_are_tidied_and_kept(self, reopen):
        rooms = reopen()
        room, helm = in_session(rooms)
        version = rooms.version
        helm.settle(
            Settings(watched=(" bad  word ", "", "bad word", "x\x00y"), next_steps=" We will\ncall. ", published=True)
        )
        expected = Settings(watched=("bad word", "xy"), next_steps="We will\ncall.", published=True)
        assert room.session.settings == expected and rooms.version > version
        assert reopen().room(room.session.id).session.settings == expected
        assert reopen().sessions()[0].settings == expected

    def test_that_are_too_long_are_refused(self, helm):
        with pytest.raises(WorkshopError, match="301 watched words"):
            helm.settle(Settings(watched=tuple(f"word{i}" for i in range(301))))
        with pytest.raises(WorkshopError, match="1 are too long"):
            helm.settle(Settings(watched=("x" * 61,)))
        with pytest.raises(WorkshopError, match="3,001 characters"):
            helm.settle(Settings(next_steps="x" * 3_001))
        assert helm.room.session.settings == Settings()

    def test_that_say_the_same_wake_nobody(self, helm):
        live = helm.room.live
        helm.settle(Settings())
        assert helm.room.live == live


class TestSheets:
    def test_of_paper_is_one_more_person_with_all_of_its_answers(self, reopen):
        rooms = reopen()
        room, helm = in_session(rooms)
        joined(room)
        sheet = [
            {"scene": PLACE, "value": {"area": "E02000001"}},
            {"scene": PLACE, "value": {"area": "E02000002"}},
            {"scene": VOTE, "value": {"chosen": [1]}},
            {"scene": RANK, "value": None},
            {"scene": WORDS, "value": {"text": "On paper"}},
        ]
        assert helm.sheet(sheet).result(TIMEOUT) == 2
        answers = room.answers_of(2)
        assert [answer.scene for answer in answers] == [PLACE, PLACE, VOTE, WORDS]
        assert {answer.by.value for answer in answers} == {"sheet"}
        assert room.people().phones == {1} and room.people().paper == {2}
        assert reopen().room(room.session.id).answers() == answers

    def test_can_be_entered_when_all_is_over(self, rooms):
        room, helm = in_session(rooms)
        helm.end()
        assert helm.sheet([{"scene": VOTE, "value": {"chosen": [1]}}]).result(TIMEOUT) == 1

    @pytest.mark.parametrize(
        ("answers", "words"),
        [
            ([], "says nothing yet"),
            ([{"scene": VOTE, "value": None}], "says nothing yet"),
            (
                [{"scene": VOTE, "value": {"chosen": [0]}}, {"scene": VOTE, "value": {"chosen": [9]}}],
                "among the options",
            ),
            ([{"scene": "s99999999", "value": {"text": "x"}}], "no such scene"),
            ([{"scene": LAST, "value": {"text": "x"}}], "no question"),
            ([{"scene": WORDS, "value": {"text": "x"}}] * 3, "this 2 times"),
            ([{"scene": WORDS, "value": {"text": "<b>"}}], "plain words"),
            ([{"scene": WORDS, "value": {"text": "x"}}] * 201, "says nothing yet|2 times"),
        ],
    )
    def test_are_kept_wholly_or_not_at_all(self, rooms, answers, words):
        room, helm = in_session(rooms)
        with pytest.raises(AnswerError, match=words):
            helm.sheet(answers)
        assert room.answers() == () and 1 not in room.inside.crowd
        assert joined(room) == 1

    def test_entered_twice_are_one(self, rooms):
        room, helm = in_session(rooms)
        sheet = [raw(VOTE, {"chosen": [1]}, n=1), raw(WORDS, {"text": "x"}, n=2)]
        first, again = helm.sheet(sheet), helm.sheet(sheet)
        assert first.result(TIMEOUT) == again.result(TIMEOUT) == helm.sheet(sheet).result(TIMEOUT) == 1
        assert len(room.answers()) == 2 and room.people().paper == {1}
        with pytest.raises(AnswerError, match="Some of this sheet was entered before"):
            helm.sheet([*sheet, raw(WORDS, {"text": "y"}, n=3)])
        person = joined(room)
        room.answer(person, raw(VOTE, {"chosen": [0]}, n=9)).result(TIMEOUT)
        with pytest.raises(AnswerError, match="was entered before"):
            helm.sheet([raw(VOTE, {"chosen": [1]}, n=9)])

    def test_that_could_not_be_kept_are_not_acknowledged_when_entered_again(self, rooms, monkeypatch):
        room, helm = in_session(rooms)
        on = threading.Event()

        def fails(_):
            on.wait(TIMEOUT)
            raise OSError("no room")

        monkeypatch.setattr(rooms._writer._book, "write", fails)
        sheet = [raw(VOTE, {"chosen": [1]})]
        first, again = helm.sheet(sheet), helm.sheet(sheet)
        on.set()
        for future in (first, again):
            with pytest.raises(WorkshopError, match="could not be kept"):
                future.result(TIMEOUT)
        monkeypatch.undo()
        assert room.answers() == () and 1 not in room.inside.crowd
        assert helm.sheet(sheet).result(TIMEOUT) == 2


class TestOnDisk:
    def test_the_room_stands_after_a_restart_as_it_last_stood(self, reopen):
        rooms = reopen()
        room, helm = in_session(rooms)
        helm.show(3)
        helm.ask(VOTE, on=False)
        helm.reveal(PLACE, on=True)
        helm.blank(on=True)
        helm.joining(on=True)
        before = room.state
        again = reopen()
        state = again.room(room.session.id).state
        assert replace(state, version=0) == replace(before, version=0)
        helm = again.helm(room.session.id, room.session.key)
        assert VOTE not in helm.show(2).asking  # it was closed by hand, and stays so
        helm.end()
        again = reopen()
        assert again.sessions()[0].life is Life.ENDED
        assert again.helm(room.session.id, room.session.key).open().asking == {PLACE, RANK, WORDS}

    def test_nothing_waits_for_the_disk(self, reopen, monkeypatch):
        rooms = reopen()
        room, helm = in_session(rooms)
        on, write = threading.Event(), rooms._writer._book.write
        monkeypatch.setattr(rooms._writer._book, "write", lambda writes: on.wait(TIMEOUT) and write(writes))
        joining = room.join(None)
        for position in (1, 2, 3, 4, 5, 0, 2):
            assert helm.show(position).scene == position
        assert room.state.scene == 2 and not joining.done()
        on.set()
        joining.result(TIMEOUT)
        monkeypatch.undo()
        assert reopen().room(room.session.id).state.scene == 2

    def test_of_many_changes_made_by_many_the_last_in_memory_is_the_last_on_disk(self, reopen):
        room, helm = in_session(reopen())
        threads = [
            threading.Thread(target=lambda k=k: [helm.show((i * k) % 6) for i in range(60)]) for k in (1, 5, 2, 3)
        ]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join(TIMEOUT)
        last = room.state.scene
        assert reopen().room(room.session.id).state.scene == last


@given(
    st.lists(
        st.one_of(
            st.tuples(st.just("show"), st.integers(0, 5)),
            st.tuples(st.just("ask"), st.sampled_from([PLACE, VOTE]), st.booleans()),
            st.tuples(st.sampled_from(["open", "end"])),
        ),
        max_size=20,
    )
)
def test_whatever_is_done_nothing_is_asked_but_while_it_is_open(many_rooms, done):
    session = a_session(many_rooms)
    helm = many_rooms.helm(session.id, session.key)
    for what, *how in done:
        before = helm.room.state
        try:
            state = getattr(helm, what)(*how)
        except WorkshopError:
            state = helm.room.state
            assert state == before and what == "ask"
        assert isinstance(state, State) and state == helm.room.state
        assert state.asking == frozenset() or state.life is Life.OPEN
        assert state.asking <= {PLACE, VOTE, RANK, WORDS}
        assert state.version - before.version in (0, 1) and (state.version > before.version) == (state != before)
