"""What goes wrong of an evening: the power, the network, the clock, a finger that taps twice."""

import threading
import time
from concurrent.futures import ThreadPoolExecutor
from http.client import HTTPException

import pytest

from data.store import Store
from data.workshop.live import Vote, Words
from data.workshop.rooms import Rooms
from tests.bench.workshop_server import Server
from tests.workshop import INSIDE, PLACE, RANK, VOTE, WORDS, whereabouts
from tests.workshop_room.conftest import a_hall, prepared
from tests.workshop_room.people import Laptop, Phone, new_id

PHONES, BEFORE, AFTER, BETWEEN = 12, 1.5, 1.0, 0.15
"""Phones; for how many seconds they answer before and after the power is cut; and seconds between two answers."""


@pytest.fixture
def fresh(tmp_path, toytown_folder):
    with a_hall(tmp_path, toytown_folder) as made:
        yield made


def kept(hall, pack, session=None):
    """What the file holds, read when the server has ended."""
    rooms = Rooms(hall.server.workshops, whereabouts=whereabouts(Store(pack)))
    try:
        return rooms.room((session or hall.plain).id).answers()
    finally:
        rooms.close()


class Answering(threading.Thread):
    """A phone whose owner changes a vote all the time; it sends each change until it is acknowledged."""

    def __init__(self, phone):
        super().__init__(daemon=True)
        self.phone, self.id = phone, new_id()
        self.turn = self.acknowledged = 0
        self.again = 0
        self.odd = []
        self.enough = threading.Event()

    def run(self):
        while not self.enough.is_set():
            self.turn += 1
            while self.acknowledged < self.turn:
                try:
                    reply = self.phone.answer(VOTE, {"chosen": [self.turn % 3]}, id=self.id, turn=self.turn)
                except (OSError, HTTPException):
                    self.again += 1
                    time.sleep(0.1)
                    continue
                if reply.status != 200:
                    self.odd.append((reply.status, reply.text))
                    return
                self.acknowledged = reply.told["turn"]
            self.enough.wait(BETWEEN)


def test_when_the_power_fails_nothing_that_was_acknowledged_is_lost(fresh, toytown_folder):
    """Killed under answers and started again at the same place: phones go on by themselves, and so does the laptop."""
    laptop = fresh.laptop()
    phones = [fresh.phone() for _ in range(PHONES)]
    said = [phone.answer(WORDS, {"text": f"Said by phone {i}"}) for i, phone in enumerate(phones)]
    assert {reply.status for reply in said} == {200}
    laptop.do(do="show", scene=3)
    laptop.do(do="reveal", scene_id=VOTE, on=True)
    before = laptop.do(do="blank", on=True)
    threads = [Answering(phone) for phone in phones]
    for each in threads:
        each.start()
    time.sleep(BEFORE)
    fresh.server.kill()
    acknowledged = {each.id: each.acknowledged for each in threads}
    held = {each.id: each for each in kept(fresh, toytown_folder)}  # as the power left it, before anybody sends again
    for id_, turn in acknowledged.items():
        assert turn > 0 and held[id_].turn >= turn
        assert held[id_].value == Vote(chosen=(held[id_].turn % 3,))
    fresh.server.start()
    time.sleep(AFTER)
    for each in threads:
        each.enough.set()
    for each in threads:
        each.join(timeout=30)
    assert not [each.odd for each in threads if each.odd]
    assert sum(each.again for each in threads) > 0
    state = laptop.live()["state"]
    assert {**state, "version": 0} == {**before, "version": 0}
    assert [phone.now()["you"] for phone in phones] == list(range(1, PHONES + 1))
    assert [{each["scene"] for each in phone.now()["mine"]} for phone in phones] == [{VOTE, WORDS}] * PHONES
    fresh.server.stop()
    found = kept(fresh, toytown_folder)
    assert len(found) == len({each.id for each in found}) == 2 * PHONES
    turns = {each.id: each.turn for each in found}
    assert all(turns[each.id] == each.turn == each.acknowledged for each in threads)
    texts = [each.value.text for each in found if isinstance(each.value, Words)]
    assert sorted(texts) == sorted(f"Said by phone {i}" for i in range(PHONES))


def test_after_a_power_cut_a_phone_hears_of_the_next_scene_though_it_knew_a_later_version(fresh):
    """What was told in the last moment may not have come to the disk: the news must not begin below it."""
    phone, laptop = fresh.phone(), fresh.laptop()
    for turn in range(40):
        laptop.do(do="show", scene=turn % 6)
    known, live = phone.now()["version"], laptop.live()["live"]
    fresh.server.kill()
    fresh.server.start()
    shown = laptop.do(do="show", scene=5)
    assert shown["version"] > known
    begun = time.monotonic()
    assert phone.now(after=known)["scene"]["title"] == fresh.plain.scenes[5].title
    reply = laptop.ask(f"{laptop.path}/live?after={live}")
    assert reply.told["live"] > live and reply.told["state"]["scene"] == 5
    assert time.monotonic() - begun < 5


def test_a_server_killed_at_once_has_kept_all_that_it_acknowledged(fresh, toytown_folder):
    phone, mine = fresh.phone(), new_id()
    for turn in (1, 2):
        assert phone.answer(RANK, {"order": [2, 0, 1]}, id=mine, turn=turn).status == 200
        assert phone.answer(PLACE, {"at": INSIDE, "note": f"Note {turn}"}).status == 200
        fresh.server.kill()
        if turn == 1:
            fresh.server.start()
    found = kept(fresh, toytown_folder)
    assert [each.turn for each in found if each.scene == RANK] == [2]
    assert [each.value.note for each in found if each.scene == PLACE] == ["Note 1", "Note 2"]


def test_an_answer_under_way_when_the_session_ends_is_kept_or_refused_but_never_half(hall):
    session = hall.own()
    laptop, phones = hall.laptop(session), [hall.phone(session) for _ in range(PHONES)]
    for turn in range(3):
        laptop.do(do="open")
        at_once = threading.Barrier(PHONES + 1)

        def send(phone, at_once=at_once):
            id_ = new_id()
            at_once.wait()
            values = enumerate(({"chosen": [0]}, {"chosen": [1]}), start=1)
            return id_, [phone.answer(VOTE, value, id=id_, turn=turn) for turn, value in values]

        def end(at_once=at_once, turn=turn):
            at_once.wait()
            time.sleep(0.01 * turn)
            return laptop.do(do="end")

        with ThreadPoolExecutor(PHONES + 1) as pool:
            sent = [pool.submit(send, phone) for phone in phones]
            assert pool.submit(end).result()["life"] == "ended"
            came = [each.result() for each in sent]
        for phone, (id_, replies) in zip(phones, came, strict=True):
            for reply in replies:
                if reply.status != 200:
                    assert 400 <= reply.status < 500 and reply.told["again"] is False
                    assert "ended" in reply.told["words"] and reply.told["words"].endswith(".")
            last = max((i for i, reply in enumerate(replies) if reply.status == 200), default=None)
            mine = {each["id"]: each["value"]["chosen"] for each in phone.now()["mine"]}
            assert mine.get(id_) == (None if last is None else [last]) and len(mine) <= 1
    assert phones[0].now()["life"] == "ended"
    assert 400 <= phones[0].answer(VOTE, {"chosen": [2]}).status < 500
    page = phones[0].ask(phones[0].path)
    assert page.status == 200 and "ended" in page.text


def test_what_was_typed_before_the_end_is_not_lost_when_the_session_is_opened_again(hall):
    session = hall.own()
    phone, laptop = hall.phone(session), hall.laptop(session)
    laptop.do(do="end")
    mine = new_id()
    refused = phone.answer(WORDS, {"text": "I was still typing"}, id=mine)
    assert refused.status >= 400 and "ended" in refused.told["words"]
    laptop.do(do="open")
    assert phone.answer(WORDS, {"text": "I was still typing"}, id=mine).status == 200
    assert [each["id"] for each in phone.now()["mine"]] == [mine]


def test_a_closed_question_is_said_and_opens_again(hall):
    session = hall.own()
    phone, laptop = hall.phone(session), hall.laptop(session)
    laptop.do(do="ask", scene_id=VOTE, on=False)
    reply = phone.answer(VOTE, {"chosen": [0]})
    assert 400 <= reply.status < 500 and reply.told["words"].endswith(".")
    laptop.do(do="ask", scene_id=VOTE, on=True)
    assert phone.answer(VOTE, {"chosen": [0]}).status == 200


def test_double_taps_are_one_answer(hall):
    phone = hall.phone()
    ids = [new_id() for _ in range(3)]
    with ThreadPoolExecutor(3) as pool:
        for i, id_ in enumerate(ids):
            taps = [pool.submit(phone.answer, PLACE, {"at": INSIDE, "note": f"Tap {i}"}, id=id_) for _ in range(3)]
            assert {tap.result().status for tap in taps} == {200}
    assert len(phone.now()["mine"]) == 3
    full = phone.answer(PLACE, {"at": INSIDE, "note": "One too many"})
    assert 400 <= full.status < 500 and full.told["words"].endswith(".")
    assert phone.answer(PLACE, {"at": INSIDE, "note": "Tap 0"}, id=ids[0]).status == 200
    assert sorted(each["value"]["note"] for each in phone.now()["mine"]) == ["Tap 0", "Tap 1", "Tap 2"]


def test_a_late_copy_of_an_older_answer_changes_nothing(hall):
    phone, mine = hall.phone(), new_id()
    for turn, chosen in ((1, 0), (5, 1), (3, 2), (1, 0), (5, 1)):
        reply = phone.answer(VOTE, {"chosen": [chosen]}, id=mine, turn=turn)
        assert reply.status == 200, reply.text
    other_page = phone.answer(VOTE, {"chosen": [2]}, id=mine, turn=5)
    assert other_page.status == 422 and "changed on another page of this phone" in other_page.text
    assert [each["value"] for each in phone.now()["mine"]] == [{"chosen": [1]}]
    assert phone.answer(VOTE, None, id=mine, turn=6).status == 200
    assert phone.answer(VOTE, {"chosen": [0]}, id=mine, turn=2).status == 200
    assert phone.now()["mine"] == []


def test_a_laptop_set_to_the_wrong_part_of_the_world_serves_all_the_same(tmp_path, toytown_folder):
    server = Server(tmp_path, {"FOOTHOLD_PACK": str(toytown_folder), "TZ": "Pacific/Kiritimati"})
    rooms = Rooms(server.workshops, whereabouts=whereabouts(Store(toytown_folder)))
    session = prepared(rooms)
    rooms.close()
    with server:
        phone, laptop = Phone(server.port, session.code), Laptop(server.port, session.id, session.key)
        assert phone.answer(VOTE, {"chosen": [1]}).status == 200
        assert "expires" not in phone.page.head["set-cookie"].lower()
        assert laptop.do(do="show", scene=2)["scene"] == 2
        assert laptop.live()["people"]["joined"] == 1
