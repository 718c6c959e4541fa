"""The same routes inside the tests, where the clock can be turned and a session deleted under people's hands."""

import re
import threading
from concurrent.futures import ThreadPoolExecutor
from datetime import datetime

import pytest
import streamlit as st
from starlette.applications import Starlette
from starlette.testclient import TestClient

from data.store import Store
from data.workshop.live import Seen, Settings
from data.workshop.rooms import Rooms, WorkshopError
from pages import _edge, _room_phone, _room_present, _room_sheets
from tests.workshop import ADA, INSIDE, PLACE, RANK, VOTE, WORDS, whereabouts
from tests.workshop_room.conftest import prepared
from tests.workshop_room.people import new_id, raw

HERE = "http://testserver"
TRUE = datetime(2026, 11, 22, 19, 5)
CLOCKS = {
    "long ago": [datetime(1971, 1, 1)],
    "far ahead": [datetime(2199, 12, 31, 23, 59)],
    "set back again and again": [datetime(2026, 11, 22, 19, 5 - i % 5) for i in range(100)],
    "put right in the middle": [TRUE, TRUE, datetime(2031, 1, 1), datetime(1999, 1, 1), TRUE, datetime(1999, 1, 1)],
    "when summer time ends": [datetime(2026, 10, 25, 1, 59), datetime(2026, 10, 25, 1, 0)],
}


class Clock:
    """A clock that goes through some times, one each time it is looked at, and then stands still."""

    def __init__(self, times):
        self.times = list(times)

    def __call__(self):
        return self.times.pop(0) if len(self.times) > 1 else self.times[0]


@pytest.fixture
def clock():
    return Clock([TRUE])


@pytest.fixture
def rooms(toytown_folder, tmp_path, monkeypatch, clock):
    monkeypatch.setenv("FOOTHOLD_PACK", str(toytown_folder))
    monkeypatch.setenv("FOOTHOLD_REGISTER", "memory")
    st.cache_resource.clear()
    kept = Rooms(tmp_path / "workshops.duckdb", whereabouts=whereabouts(Store(toytown_folder)), now=clock)
    monkeypatch.setattr(_edge, "rooms", lambda: kept)
    yield kept
    kept.close()
    st.cache_resource.clear()


@pytest.fixture
def visit(rooms):
    """Opens browsers, so to speak: each has its own cookies."""
    routes = [*_room_phone.ROUTES, *_room_present.ROUTES, *_room_sheets.ROUTES]
    opened = []

    def a_browser():
        client = TestClient(Starlette(routes=routes), base_url=HERE, follow_redirects=False)
        client.__enter__()
        opened.append(client)
        return client

    yield a_browser
    for client in opened:
        client.__exit__(None, None, None)


def post(client, path, told):
    return client.post(path, json=told, headers={"Origin": HERE})


@pytest.mark.parametrize("times", CLOCKS.values(), ids=CLOCKS)
def test_whatever_the_clock_says_answers_order_and_cookies_are_right(rooms, clock, visit, times):
    clock.times = list(times)
    session, phone = prepared(rooms), visit()
    joined = phone.get(f"/j/{session.code}")
    assert joined.status_code == 200
    cookie = joined.headers["set-cookie"].lower()
    assert "max-age=43200" in cookie and "expires" not in cookie
    you = phone.get(f"/j/{session.code}/now?after=0").json()["you"]
    sent = [raw(PLACE, {"at": INSIDE, "note": f"Note {i}"}) for i in range(3)]
    sent += [raw(VOTE, {"chosen": [1]}), raw(RANK, {"order": [1, 0, 2]}), raw(WORDS, {"text": "Some words"})]
    for told in sent:
        assert post(phone, f"/j/{session.code}/answer", told).status_code == 200
    assert [each.id for each in rooms.room(session.id).answers()] == [told["id"] for told in sent]
    assert phone.get(f"/j/{session.code}/now?after=0").json()["you"] == you
    changed = raw(VOTE, {"chosen": [2]}, id=sent[3]["id"], turn=2)
    assert post(phone, f"/j/{session.code}/answer", changed).status_code == 200
    mine = {each["id"]: each["value"] for each in phone.get(f"/j/{session.code}/now?after=0").json()["mine"]}
    assert mine[sent[3]["id"]] == {"chosen": [2]} and len(mine) == 6
    helm = rooms.helm(session.id, session.key)
    assert helm.end().version > 0 and rooms.room(session.id).state.life.value == "ended"


def test_after_a_restart_with_another_clock_all_is_as_it_was(rooms, clock, visit, toytown_folder, tmp_path):
    session, phone = prepared(rooms), visit()
    phone.get(f"/j/{session.code}")
    sent = [raw(PLACE, {"at": INSIDE, "note": f"Note {i}"}) for i in range(3)]
    for told, time in zip(sent, (datetime(2031, 1, 1), datetime(1999, 1, 1), TRUE), strict=True):
        clock.times = [time]
        assert post(phone, f"/j/{session.code}/answer", told).status_code == 200
    before = rooms.room(session.id).answers()
    rooms.close()
    again = Rooms(
        tmp_path / "workshops.duckdb", whereabouts=whereabouts(Store(toytown_folder)), now=lambda: datetime(1980, 1, 1)
    )
    try:
        assert again.room(session.id).answers() == before
        token = phone.cookies["foothold_room"]
        assert again.room(session.id).person(token) == 1
    finally:
        again.close()


def test_who_is_here_does_not_depend_on_the_clock(rooms, clock, visit):
    session, phone = prepared(rooms), visit()
    clock.times = [datetime(2031, 1, 1)]
    phone.get(f"/j/{session.code}")
    clock.times = [datetime(1999, 1, 1)]
    phone.get(f"/j/{session.code}/now?after=0")
    assert rooms.room(session.id).people().here == {1}


def test_a_session_deleted_under_peoples_hands_is_told_kindly(rooms, visit):
    session, phone, laptop = prepared(rooms), visit(), visit()
    phone.get(f"/j/{session.code}")
    assert post(phone, f"/j/{session.code}/answer", raw(WORDS, {"text": "Gone soon"})).status_code == 200
    assert laptop.get(f"/present/{session.id}/enter?key={session.key}").status_code == 303
    rooms.delete(session.id, by=ADA)
    replies = [
        phone.get(f"/j/{session.code}"),
        phone.get(f"/j/{session.code}/now?after=0", headers={"Accept": "application/json"}),
        post(phone, f"/j/{session.code}/answer", raw(WORDS, {"text": "Too late"})),
        post(phone, f"/j/{session.code}/next", {}),
    ]
    replies += [laptop.get(f"/present/{session.id}/{name}") for name in ("desk", "screen", "live?after=0", "scenes")]
    replies += [post(laptop, f"/present/{session.id}/do", {"do": "show", "scene": 1})]
    for reply in replies:
        assert reply.status_code in (403, 404, 410), (reply.url, reply.status_code)
        assert "Gone soon" not in reply.text
        words = reply.json()["words"] if reply.headers["content-type"] == "application/json" else _said(reply.text)
        assert re.search(r"[A-Z][^.]{10,}\.", words), reply.text


def test_a_deleted_sessions_bytes_are_gone_from_the_file(rooms, visit, tmp_path):
    session, kept = prepared(rooms), prepared(rooms)
    for each in (session, kept):
        phone = visit()
        phone.get(f"/j/{each.code}")
        told = raw(WORDS, {"text": f"Pomegranate {each.id} marmalade"})
        assert post(phone, f"/j/{each.code}/answer", told).status_code == 200
    rooms.delete(session.id, by=ADA)
    rooms.close()
    held = b"".join(path.read_bytes() for path in tmp_path.iterdir() if path.is_file())
    assert f"Pomegranate {session.id} marmalade".encode() not in held
    assert session.key.encode() not in held and session.code.encode() not in held


def test_a_text_that_is_hidden_later_leaves_the_projector(rooms, visit):
    session = prepared(rooms, settings=Settings(hold_words=False))
    phone, laptop = visit(), visit()
    phone.get(f"/j/{session.code}")
    laptop.get(f"/present/{session.id}/enter?key={session.key}")
    told = raw(WORDS, {"text": "Zanzibar"}, id=new_id())
    post(phone, f"/j/{session.code}/answer", told)
    helm = rooms.helm(session.id, session.key)
    helm.show(4)
    helm.reveal(WORDS, on=True)
    screen = f"/present/{session.id}/live?after=0&screen=yes"
    assert "Zanzibar" in laptop.get(screen).text
    post(laptop, f"/present/{session.id}/do", {"do": "moderate", "answer": told["id"], "seen": "hidden"})
    assert "Zanzibar" not in laptop.get(screen).text
    post(phone, f"/j/{session.code}/answer", raw(WORDS, {"text": "Zanzibar once more"}, id=told["id"], turn=2))
    assert "Zanzibar" not in laptop.get(screen).text


def test_what_is_hidden_while_a_change_of_it_is_on_its_way_does_not_come_out(rooms):
    """The change is not on disk yet when the facilitator hides the words before it."""
    session = prepared(rooms)
    room, helm = rooms.room(session.id), rooms.helm(session.id, session.key)
    _, person = room.join(None).result()
    told = raw(WORDS, {"text": "Zanzibar"})
    room.answer(person, told).result()
    slow_disk = threading.Event()
    with ThreadPoolExecutor(1) as pool:
        pool.submit(rooms._writer.call, lambda _: slow_disk.wait(10))
        coming = room.answer(person, told | {"turn": 2, "value": {"text": "Zanzibar again"}})
        try:
            helm.moderate(told["id"], Seen.HIDDEN)
        except WorkshopError as error:
            assert "Read it again" in str(error)  # noqa: PT017  (one of two right ways)
            return
        finally:
            slow_disk.set()
        coming.result()
    assert [each.seen for each in room.answers()] != [Seen.SHOWN]


def _said(html):
    return re.sub(r"<[^>]+>", " ", re.sub(r"(?s)<(style|script).*?</\1>", " ", html))
