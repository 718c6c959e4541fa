"""All sessions: begun, listed, found by their code, prepared again and deleted."""

import threading
from dataclasses import replace

import pytest

from data.register.rights import VISITOR, NotAllowedError
from data.workshop.book import WorkshopError
from data.workshop.live import Life, Settings
from data.workshop.reading import AnswerError
from data.workshop.rooms import Rooms
from data.workshop.scenes import Question, Scene, Story
from tests.workshop import (
    ADA,
    LAST,
    LOOK,
    PLACE,
    RANK,
    TIMEOUT,
    VOTE,
    WORDS,
    a_session,
    a_story,
    in_session,
    joined,
    prepared_of,
    raw,
)


class TestBeginning:
    def test_a_session_is_as_it_was_given_and_not_open_yet(self, rooms):
        settings = Settings(hold_words=True, watched=("bad",), next_steps="We will write.")
        session = a_session(rooms, title="  An evening \n in Ayton ", settings=settings)
        assert (session.title, session.place, session.day) == ("An evening in Ayton", "Ayton Hall", "2026-11-26")
        assert (session.life, session.settings, session.scenes) == (Life.READY, settings, a_story().scenes)
        room = rooms.room(session.id)
        assert room.session == session and room.prepared == prepared_of(a_story()) and room.places == "[]"
        assert (room.state.life, room.state.scene, room.state.asking) == (Life.READY, 0, frozenset())

    @pytest.mark.parametrize(
        ("changed", "words"),
        [
            ({"title": "  "}, "no title yet"),
            ({"place": "\n"}, "no place yet"),
            ({"title": "x" * 121}, "121 characters, where 120 fit"),
            ({"day": "26/11/2026"}, "“26/11/2026” is no day"),
            ({"day": None}, "“None” is no day"),
            ({"settings": Settings(next_steps="x" * 3_001)}, "Shorten it"),
            ({"story": Story(name="Empty")}, "no scene to present"),
            ({"story": Story(name="Odd", scenes=(Scene(title=" "),))}, "Scene 1: Give it a title"),
            ({"story": Story(name="Long", scenes=(Scene(title="x" * 81),))}, "its title has 81 signs"),
            ({"story": Story(name="Twins", scenes=(Scene(id=LOOK, title="x"),) * 2)}, "the same id"),
        ],
        ids=range(10),
    )
    def test_what_cannot_be_kept_is_refused_with_why(self, rooms, changed, words):
        with pytest.raises(WorkshopError, match=words):
            a_session(rooms, **changed)
        assert rooms.sessions() == []

    def test_only_an_editor_begins_prepares_or_deletes(self, rooms):
        session, ready = a_session(rooms), prepared_of(a_story())
        given = {"title": "x", "place": "x", "day": "2026-11-26", "pack": "1", "prepared": ready, "places": "[]"}
        with pytest.raises(NotAllowedError):
            rooms.begin(by=VISITOR, **given)
        with pytest.raises(NotAllowedError):
            rooms.prepare_again(session.id, by=VISITOR, pack="2", prepared=ready, places="[]")
        with pytest.raises(NotAllowedError):
            rooms.delete(session.id, by=VISITOR)
        assert rooms.sessions() == [session]

    def test_odd_text_of_editors_is_kept_as_text(self, reopen):
        odd = "'; DROP TABLE sessions; -- <b>\ud800\x00 $id ?"
        made = a_session(reopen(), title=odd)
        assert reopen().sessions() == [made] and made.title == "'; DROP TABLE sessions; -- <b> $id ?"


class TestTheList:
    def test_is_by_day_and_then_by_when_they_were_begun_newest_first(self, reopen):
        rooms = reopen()
        for title, day in (("a", "2026-11-26"), ("b", "2026-12-01"), ("c", "2026-11-26"), ("d", "2025-01-01")):
            a_session(rooms, title=title, day=day)
        assert [session.title for session in rooms.sessions()] == ["b", "c", "a", "d"]
        assert [session.title for session in reopen().sessions()] == ["b", "c", "a", "d"]

    def test_says_how_far_each_is(self, rooms):
        session = a_session(rooms)
        versions = [rooms.version]
        helm = rooms.helm(session.id, session.key)
        for change in (helm.open, helm.end, lambda: helm.settle(Settings(published=True))):
            change()
            versions.append(rooms.version)
        assert versions == sorted(set(versions))
        [listed] = rooms.sessions()
        assert (listed.life, listed.settings.published) == (Life.ENDED, True)

    def test_a_version_never_comes_again_after_a_restart(self, reopen):
        rooms = reopen()
        before = rooms.version
        a_session(rooms)
        assert before < rooms.version < reopen().version


class TestCodes:
    def test_find_their_room_however_they_are_typed(self, rooms):
        session, other = a_session(rooms), a_session(rooms)
        code = session.code
        for typed in (code, code.lower(), f" {code[:3]}-{code[3:]} ", " ".join(code)):
            assert rooms.by_code(typed).session.id == session.id
        assert rooms.by_code(other.code).session.id == other.id
        for typed in ("", code[:5], code + "2", "000000", "é" * 6, "x" * 10_000):
            assert rooms.by_code(typed) is None

    def test_find_it_after_a_restart_too(self, reopen):
        session = a_session(reopen())
        assert reopen().by_code(session.code).session == session

    def test_nothing_is_found_that_is_not_there(self, rooms):
        assert rooms.room("w000000000000") is None
        with pytest.raises(WorkshopError, match="no such session"):
            rooms.delete("w000000000000", by=ADA)
        with pytest.raises(WorkshopError, match="no such session"):
            rooms.prepare_again("w0", by=ADA, pack="2", prepared=prepared_of(a_story()), places="[]")

    def test_a_room_is_made_once_whoever_asks_first(self, reopen):
        session = a_session(reopen())
        rooms = reopen()
        got, start = [], threading.Barrier(8)

        def ask():
            start.wait()
            got.append(rooms.by_code(session.code))

        threads = [threading.Thread(target=ask) for _ in range(8)]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join(TIMEOUT)
        assert len(got) == 8 and len(set(map(id, got))) == 1

    def test_a_room_that_could_not_be_read_is_read_when_asked_for_again(self, reopen, monkeypatch):
        session = a_session(reopen())
        rooms = reopen()
        ask = rooms._writer._book.ask
        monkeypatch.setattr(rooms._writer._book, "ask", lambda *_, **__: 1 / 0)
        with pytest.raises(ZeroDivisionError):
            rooms.room(session.id)
        monkeypatch.setattr(rooms._writer._book, "ask", ask)
        assert rooms.room(session.id).session == session


class TestPreparingAgain:
    def again(self, rooms, session, scenes):
        ready = prepared_of(Story(name="x", scenes=tuple(scenes)))
        return rooms.prepare_again(session.id, by=ADA, pack="toytown 2", prepared=ready, places="[1]")

    def test_scenes_may_come_go_and_move_and_answers_stay_with_theirs(self, reopen):
        rooms = reopen()
        room, helm = in_session(rooms)
        answer = room.answer(joined(room), raw(VOTE, {"chosen": [0]})).result(TIMEOUT)
        helm.show(4)
        helm.reveal(VOTE, on=True)
        helm.reveal(PLACE, on=True)
        by_id = {scene.id: scene for scene in a_story().scenes}
        new = Scene(title="New", question=Question(kind="words", text="And?"))
        scenes = [new, by_id[WORDS], replace(by_id[VOTE], title="When, then", words="Other words.")]
        version = rooms.version
        session = self.again(rooms, room.session, scenes)
        assert session.scenes == tuple(scenes) and session.pack == "toytown 2" and rooms.version > version
        assert room.session == session and room.places == "[1]" and room.answers() == (answer,)
        assert [each.scene for each in room.prepared] == scenes
        assert (room.state.scene, room.state.revealed, room.state.asking) == (1, {VOTE}, {WORDS, VOTE})
        assert helm.show(0).asking == {new.id, WORDS, VOTE}
        again = reopen().room(session.id)
        assert (again.session, again.prepared, again.places, again.answers()) == (
            room.session,
            room.prepared,
            "[1]",
            (answer,),
        )

    def test_of_fewer_scenes_shows_one_that_is_there(self, rooms):
        room, helm = in_session(rooms)
        helm.show(5)
        self.again(rooms, room.session, a_story().scenes[:2])
        assert room.state.scene == 1

    def test_a_scene_that_has_answers_stays_and_asks_the_same(self, rooms):
        room, _ = in_session(rooms)
        room.answer(joined(room), raw(VOTE, {"chosen": [0]})).result(TIMEOUT)
        by_id = {scene.id: scene for scene in a_story().scenes}
        vote = by_id[VOTE]
        before = (room.session, room.prepared, room.state)
        with pytest.raises(WorkshopError, match="“When” has been answered, so it must stay"):
            self.again(rooms, room.session, [by_id[LOOK]])
        for question in (
            None,
            replace(vote.question, options=("Evenings", "Mornings", "Weekends")),
            Question(kind="words", text="When?"),
        ):
            with pytest.raises(WorkshopError, match="its kind and its options must stay"):
                self.again(rooms, room.session, [replace(vote, question=question)])
        assert (room.session, room.prepared, room.state) == before
        self.again(rooms, room.session, [replace(vote, question=replace(vote.question, text="When would suit?"))])

    def test_an_answer_to_a_question_that_was_changed_meanwhile_is_refused(self, rooms, pointing, monkeypatch):
        room, _ = in_session(rooms)
        person, pin = joined(room), type(pointing).pin
        scenes = [
            replace(each, question=replace(each.question, text="Where now?")) if each.id == PLACE else each
            for each in a_story().scenes
        ]
        monkeypatch.setattr(
            type(pointing), "pin", lambda *given: self.again(rooms, room.session, scenes) and pin(*given)
        )
        with pytest.raises(AnswerError, match="just been changed"):
            room.answer(person, raw(PLACE, {"at": [53.7932, -1.5370]}))

    def test_that_cannot_be_kept_changes_nothing(self, rooms, monkeypatch):
        room, helm = in_session(rooms)
        helm.show(2)
        before = (room.session, room.prepared, room.places, room.state)
        monkeypatch.setattr(rooms._writer._book, "write", lambda _: 1 / 0)
        with pytest.raises(WorkshopError, match="could not be kept"):
            self.again(rooms, room.session, a_story().scenes[:3])
        after = (room.session, room.prepared, room.places, replace(room.state, version=before[3].version))
        assert after[:3] == before[:3] and after[3].scene == 2
        with pytest.raises(WorkshopError, match="no scene to present"):
            self.again(rooms, room.session, [])


class TestDeleting:
    def test_a_session_is_gone_for_everybody(self, rooms):
        room, helm = in_session(rooms)
        other, _ = in_session(rooms)
        person, version = joined(room), rooms.version
        rooms.delete(room.session.id, by=ADA)
        assert rooms.version > version
        assert [session.id for session in rooms.sessions()] == [other.session.id]
        assert rooms.room(room.session.id) is rooms.by_code(room.session.code) is None
        with pytest.raises(AnswerError, match="has been deleted"):
            room.answer(person, raw(VOTE, {"chosen": [0]}))
        with pytest.raises(AnswerError, match="has been deleted"):
            room.join(None)
        with pytest.raises(AnswerError, match="has been deleted"):
            helm.sheet([{"scene": VOTE, "value": {"chosen": [0]}}])
        for act in (lambda: helm.show(1), helm.open, lambda: helm.settle(Settings(published=True))):
            with pytest.raises(WorkshopError, match="has been deleted"):
                act()
        with pytest.raises(WorkshopError, match="no such session"):
            rooms.delete(room.session.id, by=ADA)
        assert other.answer(joined(other), raw(VOTE, {"chosen": [0]})).result(TIMEOUT)

    def test_that_fails_leaves_the_session_as_it_was(self, rooms, monkeypatch):
        room, _ = in_session(rooms)
        monkeypatch.setattr(rooms._writer._book, "forget", lambda _: 1 / 0)
        with pytest.raises(WorkshopError, match="could not be deleted"):
            rooms.delete(room.session.id, by=ADA)
        assert rooms.by_code(room.session.code) is room
        assert room.answer(joined(room), raw(WORDS, {"text": "still here"})).result(TIMEOUT)


class TestClosing:
    def test_what_waits_is_written_first_and_nothing_is_taken_afterwards(self, reopen):
        rooms = reopen()
        room, helm = in_session(rooms)
        person = joined(room)
        futures = [room.answer(person, raw(PLACE, {"area": "E02000001"}, n=n)) for n in (1, 2, 3)]
        helm.show(5)
        rooms.close()
        rooms.close()
        assert all(future.done() and future.result() for future in futures)
        with pytest.raises(WorkshopError, match="has been closed"):
            room.answer(person, raw(RANK, {"order": [0, 1, 2]}, n=9))
        assert room.answers_of(person) == tuple(future.result() for future in futures)
        again = reopen().room(room.session.id)
        assert len(again.answers()) == 3 and again.state.scene == 5

    def test_opened_twice_in_one_process_the_newer_takes_over(self, pointing, tmp_path):
        path = tmp_path / "workshops.duckdb"
        older = Rooms(path, whereabouts=pointing)
        room, _ = in_session(older)
        newer = Rooms(path, whereabouts=pointing)
        assert [session.id for session in newer.sessions()] == [room.session.id]
        with pytest.raises(WorkshopError, match="has been closed"):
            room.join(None)
        assert joined(newer.room(room.session.id)) == 1
        newer.close()

    def test_forgotten_rooms_let_go_of_their_thread(self, pointing):
        def begun():
            rooms = Rooms(whereabouts=pointing)
            in_session(rooms)
            return rooms._writer._thread

        thread = begun()
        thread.join(TIMEOUT)
        assert not thread.is_alive()


def test_a_scene_that_asks_nothing_is_only_looked_at(rooms):
    room, helm = in_session(rooms)
    person = joined(room)
    assert LAST not in helm.show(5).asking
    with pytest.raises(AnswerError):
        room.answer(person, raw(LAST, {"text": "x"}))
