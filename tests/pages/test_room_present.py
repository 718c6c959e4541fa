"""What a presenter's windows are served and what is taken from them; and that nobody else gets any of it."""

import json
import re
from dataclasses import replace

import pytest
from starlette.applications import Starlette
from starlette.testclient import TestClient

from data.workshop.live import Life, Seen
from data.workshop.rooms import Rooms
from layers.look import look_at
from layers.workshop import present
from pages import _edge, _room_present, _room_present_join, _room_present_live, _shortlist
from pages._room_present_who import COOKIE
from tests.layers.workshop.room_full import prepared
from tests.toytown import NASTY, served
from tests.workshop import ADA, DAY, INSIDE, LOOK, PACK, PLACE, RANK, VOTE, WORDS, a_story, whereabouts

HERE = {"Origin": "http://testserver", "Accept": "application/json"}
PAGES = ("desk", "screen", "stage")
TOLD = ("scenes", "places", "live", "find?words=Ayton")


@pytest.fixture
def rooms(toy, toy_places, monkeypatch):
    made = Rooms(None, whereabouts=whereabouts(toy))
    parts = served(toy)
    for name, value in {
        "rooms": lambda: made,
        "store": lambda: toy,
        "places": lambda: toy_places,
        "map_assets": lambda: parts,
        "msoa_names": lambda: {"E02000001": "Mill Lane", "E02000002": "High Moor"},
        "look": lambda at, focus: look_at(toy, toy_places, at, focus),
    }.items():
        monkeypatch.setattr(_edge, name, value)
    monkeypatch.setattr(_shortlist, "pack", lambda: PACK)
    monkeypatch.setattr(_room_present_live, "POLL_SECONDS", 0.3)
    yield made
    made.close()


@pytest.fixture
def stand(rooms, toy):
    return Stand(rooms, toy)


class Stand:
    """One session, and clients that ask for it."""

    def __init__(self, rooms, store, story=None, title="Help in Toytown"):
        self.rooms = rooms
        self.session = rooms.begin(
            by=ADA,
            title=title,
            place="Ayton Hall",
            day=DAY,
            pack=PACK,
            prepared=[prepared(store, scene) for scene in (story or a_story()).scenes],
            places='[{"id": "T1"}]',
        )
        self.room = rooms.room(self.session.id)
        self.helm = rooms.helm(self.session.id, self.session.key)
        self.stranger = self.client()
        self.presenter = self.client()
        self.presenter.cookies.set(COOKIE, self.session.key, path=f"/present/{self.session.id}")

    def client(self):
        return TestClient(Starlette(routes=_room_present.ROUTES), follow_redirects=False, headers=HERE)

    def at(self, page):
        return f"/present/{self.session.id}/{page}"

    def get(self, page, **options):
        return self.presenter.get(self.at(page), **options)

    def live(self, query=""):
        return self.get(f"live?after=-1{query}").json()

    def do(self, **told):
        return self.presenter.post(self.at("do"), json=told)

    def answer(self, scene, value, *, turn=1, person=None):
        self.ids = getattr(self, "ids", 0) + 1
        person = person or self.room.join(None).result()[1]
        told = {"id": f"a{self.ids:016x}", "scene": scene, "turn": turn, "value": value}
        self.room.answer(person, told).result()
        return told["id"]

    def open(self, *scenes):
        """Open the session and the questions of these scenes."""
        self.helm.open()
        for scene in scenes:
            self.helm.ask(scene, on=True)
            self.helm.show([each.id for each in self.session.scenes].index(scene))


# ---- who may ------------------------------------------------------------------------------------------------------


def test_the_link_changes_its_key_for_a_cookie_and_opens_the_desk(stand):
    reply = stand.stranger.get(stand.at(f"enter?key={stand.session.key}"))
    assert reply.status_code == 303 and reply.headers["location"] == stand.at("desk")
    cookie = reply.headers["set-cookie"]
    assert f"{COOKIE}={stand.session.key};" in cookie
    assert all(each in cookie for each in ("HttpOnly", "SameSite=Strict", f"Path=/present/{stand.session.id};"))
    assert "Secure" not in cookie, "a hall's own network has no TLS"
    assert stand.stranger.get(stand.at("desk")).status_code == 200, "the cookie alone is enough from now on"


def test_by_tls_the_cookie_never_goes_without(stand):
    client = TestClient(Starlette(routes=_room_present.ROUTES), base_url="https://testserver", follow_redirects=False)
    assert client.get(stand.at(f"enter?key={stand.session.key}")).headers["set-cookie"].endswith("; Secure")


@pytest.mark.parametrize(
    ("asked", "opened"), [("screen", "screen"), ("sheets", "sheets"), ("", "desk"), ("../../map", "desk")]
)
def test_the_link_opens_the_window_that_it_names_or_else_the_desk(stand, asked, opened):
    reply = stand.stranger.get(stand.at("enter"), params={"key": stand.session.key, "to": asked})
    assert reply.headers["location"] == stand.at(opened)


@pytest.mark.parametrize("key", ["", "0" * 32, "é", "x" * 5_000])
def test_another_key_opens_nothing(stand, key):
    reply = stand.stranger.get(stand.at("enter"), params={"key": key})
    assert reply.status_code == 403 and "set-cookie" not in reply.headers


@pytest.mark.parametrize("page", PAGES)
def test_without_the_cookie_a_page_says_kindly_what_to_do(stand, page):
    reply = stand.stranger.get(stand.at(page), headers={"Accept": "text/html"})
    assert reply.status_code == 403 and "Open it by the presenter’s link" in reply.text
    assert stand.session.title not in reply.text and stand.session.code not in reply.text


@pytest.mark.parametrize("page", TOLD)
def test_without_the_cookie_a_script_is_refused(stand, page):
    reply = stand.stranger.get(stand.at(page))
    assert reply.status_code == 403 and set(reply.json()) == {"ok", "words", "again"}


def test_nobody_can_tell_whether_a_session_is_there(stand):
    there, nowhere = stand.stranger.get(stand.at("live")), stand.stranger.get("/present/w000000000000/live")
    assert (there.status_code, there.text) == (nowhere.status_code, nowhere.text)


def test_the_key_of_one_session_opens_no_other(rooms, toy, stand):
    other = Stand(rooms, toy)
    other.presenter.cookies.set(COOKIE, stand.session.key, path=f"/present/{other.session.id}")
    for page in (*TOLD, *PAGES):
        client = other.client()
        assert client.get(other.at(page), headers={"Cookie": f"{COOKIE}={stand.session.key}"}).status_code == 403


def test_a_phone_of_the_room_reaches_nothing(stand):
    token, _ = stand.room.join(None).result()
    headers = {"Cookie": f"foothold_room={token}; {COOKIE}={token}"}
    for page in (*TOLD, *PAGES):
        assert stand.stranger.get(stand.at(page), headers=headers).status_code == 403
    post = stand.stranger.post(stand.at("do"), json={"do": "open"}, headers=headers)
    assert post.status_code == 403 and stand.room.state.life is Life.READY


def test_the_key_stands_in_no_page_and_in_nothing_told(stand):
    for page in (*PAGES, *TOLD):
        reply = stand.get(page)
        assert reply.status_code == 200
        assert stand.session.key not in reply.text and stand.session.key not in str(reply.headers)


@pytest.mark.parametrize("page", PAGES)
def test_pages_run_only_our_own_and_are_framed_only_by_us(stand, page):
    reply = stand.get(page)
    policy = dict(each.strip().split(" ", 1) for each in reply.headers["content-security-policy"].split(";"))
    assert policy["default-src"] == "'none'" and policy["frame-ancestors"] == policy["script-src"] == "'self'"
    assert policy["style-src"] == policy["connect-src"] == "'self'"
    assert reply.headers["cache-control"] == "no-store" and reply.headers["x-content-type-options"] == "nosniff"
    assert "<style" not in reply.text and " style=" not in re.sub(r"<svg.*?</svg>", "", reply.text, flags=re.S)
    assert (
        not re.search(r"<script(?! src=\"/map/)", reply.text) and " on" not in re.findall(r"<body[^>]*>", reply.text)[0]
    )


@pytest.mark.parametrize("page", PAGES)
def test_everything_that_a_page_loads_is_an_asset_by_its_hash(stand, page):
    html = stand.get(page).text
    known = {asset.path for asset in (*_edge.map_assets().values(), *present.assets().values())}
    paths = re.findall(r'(?:src|href)="(/[^"]+)"', html)
    assert len(paths) >= 2 and set(paths) <= known


# ---- what is done -------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "headers",
    [
        {"Origin": "http://elsewhere.example"},
        {"Origin": "null"},
        {"Origin": "http://testserver", "Sec-Fetch-Site": "cross-site"},
    ],
)
def test_a_post_from_another_site_is_refused(stand, headers):
    reply = stand.presenter.post(stand.at("do"), json={"do": "open"}, headers=headers)
    assert reply.status_code == 403 and stand.room.state.life is Life.READY


def test_a_post_that_says_no_sender_is_refused(stand):
    client = TestClient(Starlette(routes=_room_present.ROUTES))
    client.cookies.set(COOKIE, stand.session.key)
    assert client.post(stand.at("do"), json={"do": "open"}).status_code == 403


def test_while_the_pins_are_public_their_small_numbers_stay_hidden(stand):
    stand.helm.settle(replace(stand.session.settings, published=True))
    reply = stand.do(do="small", on=False)
    assert reply.status_code == 409 and "Unpublish first" in reply.text
    assert stand.room.session.settings.hide_small


def test_each_thing_is_done(stand):
    assert stand.do(do="open").json()["state"]["life"] == "open"
    shown = stand.do(do="show", scene=1).json()
    assert shown["ok"] and shown["state"]["scene"] == 1 and shown["state"]["asking"] == [PLACE]
    assert shown["live"] == stand.room.live
    assert stand.do(do="blank", on=True).json()["state"]["blank"] is True
    assert stand.do(do="joining", on=True).json()["state"]["joining"] is stand.room.state.joining is True
    assert stand.do(do="ask", scene_id=PLACE, on=False).json()["state"]["asking"] == []
    assert stand.do(do="reveal", scene_id=VOTE, on=True).json()["state"]["revealed"] == [VOTE]
    assert stand.do(do="small", on=False).json()["state"]["small"] is False
    assert stand.room.session.settings == replace(stand.session.settings, hide_small=False), "and nothing else of it"
    assert stand.do(do="end").json()["state"]["life"] == "ended"
    state = stand.room.state
    assert (state.scene, state.blank, state.life) == (1, True, Life.ENDED)


def test_to_do_a_thing_twice_is_to_do_it_once(stand):
    for _ in range(2):
        for told in ({"do": "open"}, {"do": "show", "scene": 2}, {"do": "blank", "on": True}, {"do": "end"}):
            assert stand.do(**told).status_code == 200
        before = stand.room.state
        assert stand.do(do="end").status_code == 200 and stand.room.state == before


@pytest.mark.parametrize(
    "told",
    [
        {},
        {"do": "delete"},
        {"do": ["show"]},
        {"do": "show"},
        {"do": "show", "scene": "1"},
        {"do": "show", "scene": True},
        {"do": "blank", "on": "yes"},
        {"do": "ask", "scene_id": 1, "on": True},
        {"do": "moderate", "answer": "a1", "seen": "held"},
        {"do": "moderate", "answer": "a1", "seen": "shown", "turn": "1"},
    ],
)
def test_what_is_none_of_these_is_refused(stand, told):
    before = stand.room.state
    assert stand.do(**told).status_code == 400 and stand.room.state == before


@pytest.mark.parametrize(
    "told",
    [
        {"do": "show", "scene": 99},
        {"do": "show", "scene": -1},
        {"do": "ask", "scene_id": VOTE, "on": True},
        {"do": "ask", "scene_id": LOOK, "on": True},
        {"do": "moderate", "answer": "a" + "0" * 16, "seen": "shown"},
    ],
)
def test_what_cannot_be_done_is_said(stand, told):
    reply = stand.do(**told)
    assert reply.status_code == 409 and len(reply.json()["words"]) > 20


def test_more_than_fits_or_anything_but_json_is_refused(stand):
    assert stand.do(do="open", more="x" * 5_000).status_code == 413
    assert (
        stand.presenter.post(stand.at("do"), content="do=open", headers={"Content-Type": "text/plain"}).status_code
        == 415
    )
    assert stand.presenter.get(stand.at("do")).status_code == 405
    assert stand.room.state.life is Life.READY


# ---- what is told --------------------------------------------------------------------------------------------------


def test_scenes_hold_all_that_is_shown_without_asking_again(stand):
    scenes = stand.get("scenes").json()
    assert [each["id"] for each in scenes] == [each.id for each in stand.session.scenes]
    second = scenes[1]
    assert second["question"] == {"kind": "place", "text": "Where should help be given?", "options": [], "most": 3}
    assert second["notes"] == "Say why: Where it is missing." and second["summary"] and second["sources"]
    assert second["step"] == json.loads(stand.room.prepared[1].step) and second["step"]["places"]["url"] == "places"
    assert stand.get("places").json() == [{"id": "T1"}]


def test_the_projector_is_told_answers_only_once_they_are_revealed(stand):
    stand.open(WORDS)
    stand.answer(WORDS, {"text": "Childcare"})
    told = stand.live("&screen=yes")
    assert told["results"] is None and "Childcare" not in json.dumps(told)
    assert not {"people", "held", "hidden"} & set(told)
    assert stand.live()["results"]["words"][0]["text"] == "Childcare", "the desk is told before"
    stand.helm.reveal(WORDS, on=True)
    assert stand.live("&screen=yes")["results"]["words"][0]["text"] == "Childcare"


def test_the_projector_is_never_told_what_is_held_or_hidden(stand):
    stand.helm.settle(replace(stand.session.settings, hold_words=True))
    stand.open(WORDS)
    held, hidden = stand.answer(WORDS, {"text": "Held words"}), stand.answer(WORDS, {"text": "Hidden words"})
    stand.helm.moderate(hidden, Seen.HIDDEN)
    stand.helm.reveal(WORDS, on=True)
    screen, desk = json.dumps(stand.live("&screen=yes")), stand.live()
    assert "Held words" not in screen and "Hidden words" not in screen
    assert desk["held"] == [{"id": held, "scene": WORDS, "turn": 1, "text": "Held words"}]
    assert [each["text"] for each in desk["hidden"]] == ["Hidden words"]


def test_words_that_were_changed_meanwhile_are_not_let_through_unread(stand):
    stand.helm.settle(replace(stand.session.settings, hold_words=True))
    stand.open(WORDS)
    person = stand.room.join(None).result()[1]
    told = {"id": "a" + "b" * 16, "scene": WORDS, "turn": 1, "value": {"text": "Childcare"}}
    stand.room.answer(person, told).result()
    stand.room.answer(person, told | {"turn": 2, "value": {"text": "Rude words"}}).result()
    reply = stand.do(do="moderate", answer=told["id"], seen="shown", turn=1)
    assert reply.status_code == 409 and [each.seen for each in stand.room.answers()] == [Seen.HELD]
    assert stand.do(do="moderate", answer=told["id"], seen="shown", turn=2).status_code == 200


def test_small_numbers_are_hidden_from_the_room_and_told_at_the_desk(stand):
    stand.open(VOTE)
    for chosen in ([0], [0], [0], [0], [0], [1]):
        stand.answer(VOTE, {"chosen": chosen})
    stand.helm.reveal(VOTE, on=True)
    screen, desk = stand.live("&screen=yes")["results"], stand.live()["results"]
    assert [bar["count"] for bar in screen["bars"]] == [5, None, 0] and screen["people"] is None
    assert [bar["count"] for bar in desk["bars"]] == [5, 1, 0] and desk["people"] == 6


def test_who_has_answered_the_question_that_is_shown(stand):
    stand.open(VOTE)
    first, second = (stand.room.join(None).result()[1] for _ in range(2))
    stand.room.here(first)
    stand.answer(VOTE, {"chosen": [0]}, person=second)
    assert stand.live()["people"] == {
        "joined": 2,
        "here": 1,
        "answered": 1,
        "paper": 0,
        "numbers": [
            {"number": 1, "here": True, "answered": False},
            {"number": 2, "here": False, "answered": True},
        ],
    }


def test_sheets_of_paper_are_told_beside_the_phones_and_an_undone_one_nowhere(stand):
    stand.open(VOTE)
    stand.helm.sheet([{"scene": VOTE, "value": {"chosen": [0]}}], number=12).result()
    stand.helm.sheet([{"scene": VOTE, "value": {"chosen": [1]}}]).result()
    stand.helm.sheet([{"scene": WORDS, "value": {"text": "x"}}]).result()
    stand.answer(VOTE, {"chosen": [0]})
    numbers = [{"number": 4, "here": False, "answered": True}]
    assert stand.live()["people"] == {"joined": 1, "here": 0, "answered": 1, "paper": 2, "numbers": numbers}
    stand.helm.take_back([each.id for each in stand.room.answers_of(1)]).result()
    assert stand.live()["people"] == {"joined": 1, "here": 0, "answered": 1, "paper": 1, "numbers": numbers}


def test_news_are_told_as_they_come_and_else_after_a_while(stand):
    first = stand.live()
    assert first["live"] == stand.room.live
    again = stand.get(f"live?after={first['live']}").json()
    assert again["live"] == first["live"], "the time was up"
    stand.helm.blank(on=True)
    assert stand.get(f"live?after={first['live']}").json()["state"]["blank"] is True


def test_news_are_worked_out_once_for_all_who_wait(stand, monkeypatch):
    stand.open(RANK)
    stand.answer(RANK, {"order": [0, 1, 2]})
    worked, real = [], _room_present_live.results
    monkeypatch.setattr(_room_present_live, "results", lambda *args, **more: worked.append(1) or real(*args, **more))
    assert [stand.live()["live"] for _ in range(5)] == [stand.room.live] * 5
    assert len(worked) == 1


def test_scenes_that_are_prepared_again_get_another_name(stand):
    before = stand.live()["made"]
    assert stand.live()["made"] == before
    anew = [replace(each, summary="Another") for each in stand.room.prepared]
    stand.rooms.prepare_again(stand.session.id, by=ADA, pack=PACK, prepared=anew, places="[]")
    stand.helm.blank(on=True)
    assert stand.live()["made"] != before


@pytest.mark.parametrize("after", ["", "x", "-1", "1e9", "٣", "9" * 40])
def test_any_after_is_answered(stand, after):
    assert stand.get("live", params={"after": after}).status_code == 200


def test_a_postcode_a_name_and_nothing_are_found(stand):
    postcode = stand.get("find?words=zx11aa").json()["found"][0]
    assert postcode["title"] == "ZX1 1AA" and postcode["view"]["zoom"] == 15 and postcode["mark"]["label"] == "ZX1 1AA"
    areas = stand.get("find?words=Ayton").json()["found"]
    assert areas and all(each["view"]["bounds"] or each["view"]["at"] for each in areas)
    assert any(each["area"] for each in areas)
    nothing = stand.get("find?words=Nowhere").json()
    assert nothing["found"] == [] and "Nothing here is called" in nothing["words"]


# ---- the pages ------------------------------------------------------------------------------------------------------


def test_texts_of_people_are_text_in_the_pages(rooms, toy):
    stand = Stand(rooms, toy, title=NASTY)
    for page in ("desk", "screen"):
        html = stand.get(page).text
        assert NASTY not in html and "&lt;img src=x onerror=alert(1)&gt;" in html


def test_older_figures_are_said_at_the_desk_and_not_in_the_room(stand, monkeypatch):
    said = "These maps were prepared from older figures"
    assert said not in stand.get("desk").text
    monkeypatch.setattr(_shortlist, "pack", lambda: "toytown 2")
    assert said in stand.get("desk").text and said not in stand.get("screen").text


def test_the_code_and_the_way_to_join_are_in_both_pages(stand):
    for page in ("desk", "screen"):
        html = stand.get(page).text
        assert f"{stand.session.code[:3]} {stand.session.code[3:]}" in html
        assert "testserver/j" in html and html.count("<svg") == 1


def origins(stand, host, monkeypatch, found=()):
    monkeypatch.setattr(_room_present_join, "addresses", lambda: found)
    return re.findall(
        r'data-way="\d" hidden><b class="address">([^<]+)', stand.get("desk", headers={"Host": host}).text
    )


def test_phones_are_sent_where_the_presenter_is_or_else_to_this_computer_on_its_networks(stand, monkeypatch):
    assert origins(stand, "foothold.example:8501", monkeypatch) == ["foothold.example:8501/j"]
    hotspot = ("192.168.1.20", "10.42.0.1")
    for own in ("localhost:8501", "127.0.0.1:8501", "[::1]:8501", "0.0.0.0:8501"):
        assert origins(stand, own, monkeypatch, hotspot) == ["192.168.1.20:8501/j", "10.42.0.1:8501/j"]
    assert origins(stand, "localhost:8501", monkeypatch) == ["localhost:8501/j"]
    assert "on no network that phones could reach" in stand.get("desk", headers={"Host": "localhost:8501"}).text
    monkeypatch.setenv(_room_present_join.ADDRESS, "https://foothold.example.org/")
    assert origins(stand, "localhost:8501", monkeypatch) == ["foothold.example.org/j"]


def test_this_computers_addresses_are_never_its_own_names():
    assert not {"127.0.0.1", "0.0.0.0", ""} & set(_room_present_join.addresses())


def test_pins_keep_to_their_square(stand):
    stand.open(PLACE)
    stand.answer(PLACE, {"at": list(INSIDE), "note": "By the mill"})
    [pin] = stand.live()["results"]["pins"]
    assert pin["at"] != list(INSIDE) and pin["note"] == "By the mill"
