"""What phones are served and what is taken from them, asked for as a phone asks."""

import json
import re
from dataclasses import replace
from functools import partial

import pytest
from starlette.applications import Starlette
from starlette.testclient import TestClient

from data.workshop.live import By, Life, Place, Ranking, Seen, Settings, Vote, Words
from data.workshop.rooms import Rooms
from geo.areas import Geography
from layers.workshop.phone_words import LANGUAGES, language
from pages import _edge, _room_phone, _room_seat
from tests.workshop import ADA, INSIDE, LOOK, PLACE, RANK, VOTE, WORDS, a_session, whereabouts

HERE = {"Origin": "http://testserver"}
ASKED = HERE | {"Accept": "application/json"}


class Clock:
    """A clock that goes when it is told to."""

    now = 1_000.0

    def __call__(self):
        return self.now


@pytest.fixture
def clock():
    return Clock()


@pytest.fixture
def hall(toy, monkeypatch, clock):
    """A session of Toytown that is open; its room, its helm and phones come from it."""
    rooms = Rooms(None, whereabouts=whereabouts(toy))
    paces = _room_seat.new_paces(clock)
    names = dict(toy.shapes(Geography.MSOA21)[["code", "local_name"]].itertuples(index=False))
    monkeypatch.setattr(_edge, "rooms", lambda: rooms)
    monkeypatch.setattr(_edge, "store", lambda: toy)
    monkeypatch.setattr(_edge, "msoa_names", lambda: names)
    for module in (_room_phone, _room_seat):
        monkeypatch.setattr(module, "paces", lambda: paces)
    monkeypatch.setattr(_room_phone, "POLL_SECONDS", 0.2)
    _room_seat.areas.clear()
    _room_seat.codes.clear()
    _room_seat.outlines.clear()
    yield Hall(rooms)
    rooms.close()


class Hall:
    """One session and the phones that ask for it."""

    def __init__(self, rooms):
        self.rooms, self.session = rooms, a_session(rooms)
        self.room = rooms.room(self.session.id)
        self.helm = rooms.helm(self.session.id, self.session.key)
        self.helm.open()
        self.path = f"/j/{self.session.code}"

    def show(self, scene):
        self.helm.show([each.id for each in self.session.scenes].index(scene))

    def phone(self, address="192.0.2.1", **headers):
        served = Starlette(routes=_room_phone.ROUTES)
        return TestClient(served, client=(address, 50_000), follow_redirects=False, headers=headers)

    def joined(self, query="", address="192.0.2.1"):
        phone = self.phone(address)
        assert phone.get(self.path + query).status_code == 200
        return phone


def raw(value, *, id="a" + "0" * 16, scene=VOTE, turn=1):
    return {"id": id, "scene": scene, "turn": turn, "value": value}


def post(hall, phone, answer, query=""):
    return phone.post(f"{hall.path}/answer{query}", json=answer, headers=ASKED)


def test_who_opens_the_page_has_joined_and_is_known_again(hall):
    phone = hall.phone()
    first = phone.get(hall.path)
    assert "You are number 1" in first.text
    cookie = first.headers["set-cookie"]
    assert cookie.startswith("foothold_room=") and f"Path={hall.path};" in cookie
    assert "HttpOnly" in cookie and "SameSite=Lax" in cookie and "Max-Age=43200" in cookie and "Secure" not in cookie
    assert "You are number 1" in phone.get(hall.path).text
    assert "You are number 2" in hall.phone().get(hall.path).text
    assert hall.room.people().joined == 2


def test_the_cookie_is_secure_where_the_page_is(hall):
    served = TestClient(Starlette(routes=_room_phone.ROUTES), base_url="https://testserver")
    assert "Secure" in served.get(hall.path).headers["set-cookie"]


def test_a_code_may_be_typed_in_any_way(hall):
    code = hall.session.code
    phone = hall.phone()
    answer = phone.get("/j", params={"code": f" {code[:3].lower()}-{code[3:]} ", "tablet": "yes"})
    assert (answer.status_code, answer.headers["location"]) == (303, f"{hall.path}?tablet=yes")
    assert phone.get(f"/j/{code.lower()}").headers["location"] == hall.path
    assert hall.room.people().joined == 0


def test_a_wrong_code_is_404_with_the_form_and_to_a_script_a_sentence(hall):
    answer = hall.phone().get("/j/%3Cb%3E&quot;?lang=zz")
    assert answer.status_code == 404 and "<b>" not in answer.text and 'name="code"' in answer.text
    told = hall.phone().get("/j/WRONG2/now", headers=ASKED)
    assert told.status_code == 404 and told.json()["ok"] is False


def test_guessing_codes_is_throttled_but_seats_and_strangers_are_not(hall, clock):
    seated, guesser = hall.joined(), hall.phone()
    answered = 0
    for i in range(1_000):
        clock.now += 0.059
        path = [f"/j/{i:06d}", f"/j/{i:06d}/now", f"/j/{i:06d}/answer", f"/j/{i:06d}/next"][i % 4]
        reply = guesser.get(path) if i % 4 < 2 else guesser.post(path, json={}, headers=ASKED)
        answered += reply.status_code == 404
    assert answered == 10
    right = guesser.get(hall.path)
    assert right.status_code == 429 and int(right.headers["retry-after"]) > 0, "nor is a right code told from a wrong"
    assert "Too many wrong codes" in right.text and hall.session.title not in right.text
    assert seated.get(hall.path).status_code == 200
    assert hall.phone("192.0.2.2").get(hall.path).status_code == 200
    clock.now += 61
    assert guesser.get(hall.path).status_code == 200


def test_phones_of_a_session_that_is_deleted_are_not_taken_for_guessers(hall):
    hall.joined()
    hall.rooms.delete(hall.session.id, by=ADA)
    another = a_session(hall.rooms)
    for _ in range(30):
        assert hall.phone().get(f"{hall.path}/now", headers=ASKED).status_code == 404
    assert hall.phone().get(f"/j/{another.code}").status_code == 200


def test_who_only_asks_whether_the_page_is_there_has_not_joined(hall):
    assert hall.phone().head(hall.path).status_code == 200
    assert hall.room.people().joined == 0


def test_everybody_without_an_answer_is_told_the_same_and_others_their_own(hall):
    hall.show(VOTE)
    one, two = hall.joined(), hall.joined(address="192.0.2.2")
    post(hall, one, raw({"chosen": [1]}))
    told = [each.get(f"{hall.path}/now?after=0").json() for each in (one, two, hall.joined(address="192.0.2.3"))]
    assert told[1]["task"] == told[2]["task"] != told[0]["task"]
    assert " checked>" in told[0]["task"] and " checked>" not in told[1]["task"]
    hall.show(WORDS)
    told = [each.get(f"{hall.path}/now?after=0").json() for each in (one, two)]
    assert told[0]["task"] == told[1]["task"]
    assert "(answered)" in told[0]["others"] and "(answered)" not in told[1]["others"]


def test_at_the_end_everybody_sees_their_own_answers_alone(hall):
    hall.show(WORDS)
    one, two = hall.joined(), hall.joined(address="192.0.2.2")
    for i, (phone, text) in enumerate([(one, "First words"), (two, "Second words")]):
        post(hall, phone, raw({"text": text}, id=f"a{i:016x}", scene=WORDS))
    hall.helm.end()
    ends = [each.get(f"{hall.path}/now?after=0").json()["task"] for each in (one, two)]
    assert "First words" in ends[0] and "Second words" not in ends[0]
    assert "Second words" in ends[1] and "First words" not in ends[1]


def test_a_phone_is_told_how_the_room_stands_and_nothing_of_the_presenter(hall):
    phone = hall.joined()
    other = hall.joined(address="192.0.2.2")
    hall.show(WORDS)
    assert post(hall, other, raw({"text": "Something private"}, scene=WORDS)).json()["ok"]
    replies = [phone.get(hall.path).text, phone.get(f"{hall.path}/now?after=0").text]
    replies += [phone.get(f"{hall.path}/now?after=0&scene={each.id}").text for each in hall.session.scenes]
    for text in replies:
        for hidden in ("Something private", "Say why", hall.session.key, hall.session.id, "summary", "The map shows"):
            assert hidden not in text
    facts = json.loads(replies[1])
    assert {"version", "life", "you", "scene", "open", "mine"} <= set(facts)
    assert facts["life"] == "open" and facts["you"] == 1 and facts["mine"] == []
    assert facts["scene"]["question"] == {
        "kind": "words",
        "text": "What would help you to start?",
        "options": [],
        "most": 2,
    }
    assert facts["open"] == [{"id": WORDS, "title": "In your words", "text": "What would help you to start?"}]


def test_before_it_begins_no_scene_is_told(hall):
    waiting = Hall(hall.rooms)
    waiting.helm.end()
    session = a_session(hall.rooms)
    phone = hall.phone()
    page = phone.get(f"/j/{session.code}").text
    facts = phone.get(f"/j/{session.code}/now?after=0").json()
    assert facts["life"] == "ready" and facts["scene"] is None and facts["open"] == []
    assert "Where people live" not in page and "has not begun yet" in page


def test_news_comes_at_once_if_there_is_any_and_else_after_a_while(hall):
    phone = hall.joined()
    first = phone.get(f"{hall.path}/now").json()
    assert "task" in first and "others" in first
    again = phone.get(f"{hall.path}/now?after={first['version']}").json()
    assert again["version"] == first["version"] and "task" not in again
    later = phone.get(f"{hall.path}/now?after={first['version'] + 1_000}").json()
    assert "task" in later, "a phone that knows a version that is yet to come is told at once, too"
    for odd in ("-1", "x", "", "9" * 400):
        assert phone.get(f"{hall.path}/now?after={odd}").status_code == 200


def test_whoever_has_no_seat_is_told_nothing(hall):
    answer = hall.phone().get(f"{hall.path}/now", headers=ASKED)
    assert answer.status_code == 401 and set(answer.json()) == {"ok", "words", "again"}


def test_every_kind_of_answer_is_kept_once_however_often_it_comes(hall):
    phone = hall.joined()
    given = {
        PLACE: {"at": list(INSIDE), "note": "By the mill"},
        VOTE: {"chosen": [0, 2]},
        RANK: {"order": [2, 0, 1]},
        WORDS: {"text": "A room"},
    }
    for i, (scene, value) in enumerate(given.items()):
        hall.show(scene)
        answer = raw(value, id=f"a{i:016x}", scene=scene)
        for _ in range(2):
            reply = post(hall, phone, answer).json()
            assert reply == {"ok": True, "id": answer["id"], "turn": 1, "seen": "shown"}
    kept = [each.value for each in hall.room.answers()]
    assert [type(each) for each in kept] == [Place, Vote, Ranking, Words]
    mine = phone.get(f"{hall.path}/now?after=0").json()["mine"]
    assert [each["scene"] for each in mine] == list(given) and mine[1]["value"] == {"chosen": [0, 2]}
    assert post(hall, phone, raw(None, id=f"a{1:016x}", turn=2)).json()["seen"] == "gone"
    assert len(hall.room.answers()) == 3


def test_a_tablet_s_answers_say_so_and_the_next_person_is_another(hall):
    hall.show(VOTE)
    tablet = hall.joined("?tablet=yes")
    post(hall, tablet, raw({"chosen": [0]}), "?tablet=yes")
    before = dict(tablet.cookies)
    reply = tablet.post(f"{hall.path}/next?tablet=yes", json={}, headers=ASKED)
    assert reply.json() == {"ok": True} and dict(tablet.cookies) != before
    page = tablet.get(f"{hall.path}?tablet=yes").text
    assert "You are number 2" in page and " checked>" not in page
    assert [(each.person, each.by) for each in hall.room.answers()] == [(1, By.TABLET)]
    plain = tablet.post(f"{hall.path}/next?tablet=yes", data={"next": "yes"}, headers=HERE)
    assert (plain.status_code, plain.headers["location"]) == (303, f"{hall.path}?tablet=yes")


def test_after_the_end_a_tablet_forgets_whoever_was_there(hall):
    tablet = hall.joined("?tablet=yes")
    hall.helm.end()
    reply = tablet.post(f"{hall.path}/next?tablet=yes", data={"next": "yes"}, headers=HERE)
    assert reply.status_code == 303 and "Max-Age=0" in reply.headers["set-cookie"]
    assert "no longer possible" in tablet.get(f"{hall.path}?tablet=yes").text


@pytest.mark.parametrize("way", ["answer", "next"])
def test_another_site_cannot_post(hall, way):
    hall.show(VOTE)
    phone = hall.joined()
    for headers in ({"Origin": "https://evil.example"}, {"Origin": "null"}, {"Sec-Fetch-Site": "cross-site"}, {}):
        sent = {"id": "a" + "0" * 16, "scene": VOTE, "turn": "1", "chosen": "0"}
        assert phone.post(f"{hall.path}/{way}", data=sent, headers=headers).status_code == 403
    assert hall.room.answers() == () and hall.room.people().joined == 1


def test_what_cannot_be_kept_is_refused_with_a_sentence(hall):
    phone = hall.joined()
    hall.show(WORDS)
    for text in ("x" * 281, "<script>alert(1)</script>", "javascript:alert(1)", ""):
        reply = post(hall, phone, raw({"text": text}, scene=WORDS))
        assert reply.status_code == 422 and reply.json()["again"] is False and reply.json()["words"].endswith(".")
    hall.helm.end()
    assert "ended" in post(hall, phone, raw({"text": "Late"}, scene=WORDS)).json()["words"]
    assert hall.room.answers() == ()


def test_words_that_wait_for_the_facilitator_say_so(hall):
    hall.helm.settle(replace(Settings(), hold_words=True))
    hall.show(WORDS)
    phone = hall.joined()
    assert post(hall, phone, raw({"text": "Hello"}, scene=WORDS)).json()["seen"] == "held"
    assert [each.seen for each in hall.room.answers()] == [Seen.HELD]
    assert "The facilitator reads what is written" in phone.get(hall.path).text


def test_answers_that_come_too_fast_are_asked_for_again(hall, clock):
    hall.show(VOTE)
    phone, other = hall.joined(), hall.joined(address="192.0.2.2")
    replies = [post(hall, phone, raw({"chosen": [i % 3]}, turn=i + 1)) for i in range(12)]
    assert [each.status_code for each in replies] == [200] * 10 + [429] * 2
    assert replies[-1].json()["again"] is True and int(replies[-1].headers["retry-after"]) == 2
    assert post(hall, other, raw({"chosen": [0]}, id="a" + "1" * 16)).status_code == 200
    clock.now += 2
    assert post(hall, phone, raw({"chosen": [2]}, turn=12)).status_code == 200


def test_a_plain_form_comes_back_with_what_was_wrong_and_what_was_typed(hall):
    hall.show(WORDS)
    phone = hall.joined()
    sent = {"id": "a" + "0" * 16, "scene": WORDS, "turn": "1", "text": "A <b>bold</b> word"}
    reply = phone.post(f"{hall.path}/answer", data=sent, headers=HERE)
    assert reply.status_code == 422 and "A &lt;b&gt;bold&lt;/b&gt; word" in reply.text and "<b>" not in reply.text
    assert "plain words only" in reply.text
    good = phone.post(f"{hall.path}/answer", data=sent | {"text": "A bold\r\nword"}, headers=HERE)
    assert good.headers["location"] == f"{hall.path}?scene={WORDS}&said=sent"
    assert [each.value for each in hall.room.answers()] == [Words(text="A bold word")]
    back = phone.post(f"{hall.path}/answer", data=sent | {"turn": "2", "back": "yes"}, headers=HERE)
    assert back.headers["location"].endswith("said=gone") and hall.room.answers() == ()


def test_a_neighbourhood_may_be_named_and_is_kept_by_its_code(hall):
    hall.show(PLACE)
    phone = hall.joined()
    page = phone.get(hall.path).text
    [first, *_] = re.findall(r"<option>([^<]+)", page)
    sent = {"id": "a" + "0" * 16, "scene": PLACE, "turn": "1", "area": first, "note": ""}
    assert phone.post(f"{hall.path}/answer", data=sent, headers=HERE).status_code == 303
    assert post(hall, phone, raw({"area": first, "note": ""}, id="a" + "1" * 16, scene=PLACE)).status_code == 200
    one, other = (each.value.area for each in hall.room.answers())
    assert one == other == _room_seat.codes()[first]
    assert "selected" in phone.get(hall.path).text


def test_a_form_of_a_question_that_is_closed_keeps_what_was_typed(hall):
    hall.show(WORDS)
    phone = hall.joined()
    hall.helm.end()
    sent = {"id": "a" + "0" * 16, "scene": WORDS, "turn": "1", "text": "Too late, sadly"}
    reply = phone.post(f"{hall.path}/answer", data=sent, headers=HERE)
    assert reply.status_code == 422 and "Too late, sadly" in reply.text and "has ended" in reply.text


def test_nobody_new_joins_what_has_ended(hall):
    hall.helm.end()
    phone = hall.phone()
    page = phone.get(hall.path)
    assert "no longer possible" in page.text and "set-cookie" not in page.headers
    facts = phone.get(f"{hall.path}/now").json()
    assert facts["life"] == Life.ENDED.value and facts["you"] is None
    assert hall.room.people().joined == 0


def test_a_language_is_carried_on_and_an_unknown_one_is_not(hall):
    phone = hall.joined("?lang=en")
    assert f'href="{hall.path}?lang=en"' in phone.get(f"{hall.path}?lang=en").text
    assert "lang=zz" not in phone.get(f"{hall.path}?lang=zz").text
    assert '<html lang="en" dir="ltr">' in phone.get(hall.path).text


def test_another_language_is_spoken_where_it_has_the_words(hall, tmp_path, monkeypatch):
    (tmp_path / "en.toml").write_text((LANGUAGES / "en.toml").read_text(encoding="utf-8"), encoding="utf-8")
    (tmp_path / "zz.toml").write_text('dir = "rtl"\n[page]\nnumber = "Zu zizt {n}"\n', encoding="utf-8")
    monkeypatch.setattr(_room_seat, "language", partial(language, folder=tmp_path))
    phone = hall.phone()
    asked = phone.get(f"{hall.path}?lang=zz").text
    assert '<html lang="zz" dir="rtl">' in asked and "Zu zizt 1" in asked and "Look at the screen" in asked
    assert f'href="{hall.path}?lang=zz"' in asked
    accepted = phone.get(hall.path, headers={"Accept-Language": "fr, zz;q=0.8, en;q=0.5"}).text
    assert "Zu zizt 1" in accepted and "lang=zz" not in accepted
    assert "Zu zizt" not in phone.get(f"{hall.path}?lang=en", headers={"Accept-Language": "zz"}).text


def test_the_map_is_served_for_ever_under_its_hash_alone(hall):
    hall.show(PLACE)
    phone = hall.joined()
    path = re.search(r'data-map="([^"]+)"', phone.get(hall.path).text)[1]
    reply = phone.get(path)
    assert "immutable" in reply.headers["cache-control"] and reply.headers["content-encoding"] == "gzip"
    assert set(reply.json()) >= {"lines", "sides", "codes", "names"}
    assert phone.get(path, headers={"Accept-Encoding": "identity"}).json() == reply.json()
    assert phone.get("/j/map/0123456789abcdef.json").status_code == 404


def test_the_first_scene_has_no_form(hall):
    hall.show(LOOK)
    assert "<form" not in hall.joined().get(hall.path).text
