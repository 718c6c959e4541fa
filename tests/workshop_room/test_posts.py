"""What may be posted: our own forms, within what fits; anything else is refused in a sentence and changes nothing."""

import json

import pytest
from starlette.routing import Route

from pages import _room_phone, _room_present, _room_sheets
from tests.ports import HOST
from tests.workshop import INSIDE, PLACE, RANK, VOTE, WORDS
from tests.workshop_room.people import Someone, raw

ROUTES = [
    each for part in (_room_phone, _room_present, _room_sheets) for each in part.ROUTES if isinstance(each, Route)
]
POSTS = sorted({each.path for each in ROUTES if "POST" in (each.methods or {"POST"})})
FOREIGN = {
    "another site": {"Origin": "http://evil.example"},
    "another port": {"Origin": f"http://{HOST}:1"},
    "nobody knows where": {"Origin": "null"},
    "another site, by its request": {"Sec_Fetch_Site": "cross-site"},
    "another site beside ours": {"Sec_Fetch_Site": "same-site"},
    "another site that names us": {"Origin": "http://evil.example", "Referer": "{own}/j/X"},
    "a page of another site": {"Referer": "http://evil.example/"},
    "nobody at all": {},
    "another address of ours in its name": {"Origin": "{own}.evil.example"},
}


def test_there_are_posts_to_be_tried():
    assert {"/j/{code}/answer", "/j/{code}/next", "/present/{id}/do", "/present/{id}/sheets"} <= set(POSTS)


@pytest.mark.parametrize("who", FOREIGN)
@pytest.mark.parametrize("path", POSTS)
def test_a_post_from_another_site_is_refused(hall, path, who):
    phone, laptop = hall.phone(), hall.laptop()
    before = laptop.live()
    own = f"http://{HOST}:{hall.server.port}"
    someone = Someone(hall.server.port)
    someone.cookie = f"{phone.cookie}; {laptop.cookie}"
    address = path.format(code=hall.plain.code, id=hall.plain.id)
    told = {"do": "end"} if path.endswith("/do") else raw(VOTE, {"chosen": [1]})
    said = {name: value.format(own=own) for name, value in FOREIGN[who].items()}
    for kind, body in (
        ("application/json", json.dumps(told).encode()),
        ("application/x-www-form-urlencoded", b"do=end&scene=s00000003&chosen=1"),
        ("text/plain", json.dumps(told).encode()),
    ):
        reply = someone.ask(address, method="POST", body=body, Content_Type=kind, **said)
        assert reply.status == 403, (kind, reply.status, reply.text)
        assert "another site" in reply.text
    after = laptop.live()
    assert after["state"] == before["state"]
    assert after["people"]["answered"] == before["people"]["answered"]


@pytest.mark.parametrize("path", sorted({each.path for each in ROUTES} - set(POSTS)))
def test_what_is_for_reading_takes_no_post(hall, path):
    laptop = hall.laptop()
    address = path.format(code=hall.plain.code, id=hall.plain.id, name="x", part="x", path="x", language="en")
    assert laptop.post(address, {"do": "end"}).status in (404, 405)


ID = "a0123456789abcdef"
DEEP = "[" * 3_000 + "]" * 3_000
ODD_VALUES = {
    "no value at all": (VOTE, 5),
    "a list": (VOTE, [1]),
    "an empty value": (VOTE, {}),
    "another kind": (VOTE, {"text": "x"}),
    "nothing chosen": (VOTE, {"chosen": []}),
    "an option that is none": (VOTE, {"chosen": [3]}),
    "an option below none": (VOTE, {"chosen": [-1]}),
    "an option as text": (VOTE, {"chosen": ["1"]}),
    "an option as a truth": (VOTE, {"chosen": [True]}),
    "half an option": (VOTE, {"chosen": [0.5]}),
    "an option twice": (VOTE, {"chosen": [1, 1]}),
    "more than may be chosen": (VOTE, {"chosen": [0, 1, 2]}),
    "a huge option": (VOTE, {"chosen": [10**400]}),
    "many options": (VOTE, {"chosen": [1] * 900}),
    "an order that lacks one": (RANK, {"order": [0, 1]}),
    "an order with one twice": (RANK, {"order": [0, 1, 1]}),
    "an order of texts": (RANK, {"order": ["0", "1", "2"]}),
    "an order that is a text": (RANK, {"order": "012"}),
    "half a place": (PLACE, {"at": [53.79]}),
    "a place of texts": (PLACE, {"at": ["53.79", "-1.53"]}),
    "a place of truths": (PLACE, {"at": [True, False]}),
    "a place of nothing": (PLACE, {"at": [None, None]}),
    "a place that is huge": (PLACE, {"at": [10**300, 1e300]}),
    "a place in London": (PLACE, {"at": [51.5, -0.12]}),
    "a place beside the region": (PLACE, {"at": [INSIDE[0] + 1, INSIDE[1]]}),
    "an area that is none": (PLACE, {"area": "E99999999"}),
    "an area that is a list": (PLACE, {"area": ["E02000001"]}),
    "an area that is a path": (PLACE, {"area": "../../etc/passwd"}),
    "a note that is a number": (PLACE, {"area": "E02000001", "note": 5}),
    "a note that is too long": (PLACE, {"area": "E02000001", "note": "x" * 281}),
    "a note that is a script": (PLACE, {"area": "E02000001", "note": "<script>alert(1)</script>"}),
    "no words": (WORDS, {"text": ""}),
    "only blanks": (WORDS, {"text": " \u200b\n\t "}),
    "words that are a list": (WORDS, {"text": ["x"]}),
    "words that are too long": (WORDS, {"text": "x" * 281}),
    "words that are a script": (WORDS, {"text": "hello <script>alert(1)</script>"}),
    "words that are markup": (WORDS, {"text": "hello <b>you</b>"}),
    "words that are an image": (WORDS, {"text": "<img src=x onerror=alert(1)>"}),
    "words that are a link": (WORDS, {"text": "javascript:alert(1)"}),
    "a scene that asks nothing": ("s00000001", {"text": "x"}),
    "a scene that is none": ("sffffffff", {"text": "x"}),
    "a scene that is a number": (7, {"text": "x"}),
}


@pytest.mark.parametrize("what", ODD_VALUES)
def test_an_answer_that_does_not_fit_is_refused_in_a_sentence(hall, what):
    phone = hall.phone()
    reply = phone.answer(*ODD_VALUES[what])
    assert 400 <= reply.status < 500, (reply.status, reply.text)
    told = reply.told
    assert told["ok"] is False and told["words"].endswith(".") and told["again"] is False
    assert phone.now()["mine"] == []


@pytest.mark.parametrize(
    "changed",
    [
        {"id": ""},
        {"id": "a" + "g" * 16},
        {"id": "A" + "0" * 16},
        {"id": "a" + "0" * 17},
        {"id": "a" + "0" * 16 + "\n"},
        {"id": 5},
        {"id": "../../../etc/p"},
        {"turn": 0},
        {"turn": -1},
        {"turn": "1"},
        {"turn": 1.5},
        {"turn": True},
        {"turn": 10**30},
        {"turn": None},
    ],
    ids=str,
)
def test_an_answer_with_an_odd_id_or_turn_is_refused(hall, changed):
    phone = hall.phone()
    reply = phone.post(f"{phone.path}/answer", raw(VOTE, {"chosen": [1]}) | changed)
    assert 400 <= reply.status < 500 and reply.told["words"].endswith("."), (reply.status, reply.text)
    assert phone.now()["mine"] == []


@pytest.mark.parametrize(
    ("kind", "body"),
    [
        ("application/json", b""),
        ("application/json", b"{"),
        ("application/json", b"[]"),
        ("application/json", b"5"),
        ("application/json", b'"text"'),
        ("application/json", b"\xff\xfe"),
        ("application/json", b'{"id": NaN}'),
        ("application/json", b'{"id": "\\ud800"}'),
        ("application/json", DEEP[:2000].encode()),
        ("application/json", b'{"a":' * 600 + b"1" + b"}" * 600),
        ("application/json", b"{" + b" " * 5_000 + b"}"),
        ("application/json", json.dumps(raw(WORDS, {"text": "x" * 100_000}, id=ID)).encode()),
        ("application/x-www-form-urlencoded", b"%ff=%ff"),
        ("application/x-www-form-urlencoded", b"a=1&" * 900),
        ("application/x-www-form-urlencoded", b"a=" + b"x" * 100_000),
        ("text/plain", json.dumps(raw(VOTE, {"chosen": [1]}, id=ID)).encode()),
        ("multipart/form-data; boundary=x", b"--x\r\n\r\n--x--"),
        ("", b"{}"),
    ],
    ids=lambda each: each[:40].decode("latin-1") if isinstance(each, bytes) else each,
)
def test_a_post_that_cannot_be_read_is_refused_in_a_sentence(hall, kind, body):
    phone, laptop = hall.phone(), hall.laptop()
    own = {"Origin": f"http://{HOST}:{hall.server.port}", "Accept": "application/json", "Content_Type": kind}
    for someone, path in ((phone, f"{phone.path}/answer"), (laptop, f"{laptop.path}/do")):
        reply = someone.ask(path, method="POST", body=body, **own)
        assert 400 <= reply.status < 500, (reply.status, reply.text)
        assert reply.told["words"].rstrip().endswith(".")
    assert phone.now()["mine"] == []


def test_a_post_without_its_length_is_read_no_further_than_fits(hall):
    phone = hall.phone()
    own = {"Origin": f"http://{HOST}:{hall.server.port}", "Content_Type": "application/json"}
    chunk = b"400\r\n" + b" " * 1024 + b"\r\n"
    reply = phone.ask(
        f"{phone.path}/answer", method="POST", body=chunk * 40 + b"0\r\n\r\n", Transfer_Encoding="chunked", **own
    )
    assert reply.status == 413


@pytest.mark.parametrize(
    "what",
    [
        {},
        {"do": None},
        {"do": "explode"},
        {"do": ["show"]},
        {"do": "__class__"},
        {"do": "show"},
        {"do": "show", "scene": -1},
        {"do": "show", "scene": 99},
        {"do": "show", "scene": "1"},
        {"do": "show", "scene": True},
        {"do": "show", "scene": 1e9},
        {"do": "blank", "on": "yes"},
        {"do": "ask", "scene_id": "nothing", "on": True},
        {"do": "ask", "scene_id": "s00000001", "on": True},
        {"do": "reveal", "scene_id": {"a": 1}, "on": True},
        {"do": "moderate", "answer": "nothing", "seen": "shown"},
        {"do": "moderate", "answer": ID, "seen": "everywhere"},
    ],
    ids=json.dumps,
)
def test_what_a_presenter_cannot_do_is_refused_in_a_sentence(hall, what):
    laptop = hall.laptop()
    before = laptop.live()["state"]
    reply = laptop.post(f"{laptop.path}/do", what)
    assert 400 <= reply.status < 500, (reply.status, reply.text)
    assert reply.told["ok"] is False and reply.told["words"].endswith(".")
    assert laptop.live()["state"] == before


@pytest.mark.parametrize("after", ["", "x", "-5", "1e9", "9" * 400, "%00", "1;DROP", "nan"])
def test_an_odd_place_in_the_news_is_no_trouble(hall, after):
    phone, laptop = hall.phone(), hall.laptop()
    for someone, path in ((phone, f"{phone.path}/now"), (laptop, f"{laptop.path}/live")):
        assert someone.ask(f"{path}?after={after}").status in (200, 400)


@pytest.mark.parametrize(
    "path",
    [
        "/j/..%2f..%2fapp.py",
        "/j/%2e%2e",
        "/j/%00",
        "/j/" + "A" * 5_000,
        "/j/ABC%0d%0aSet-Cookie:%20a=b",
        "/j/%F0%9F%98%80",
        "/j?code=%0d%0aSet-Cookie:%20a=b",
        "/j?code=//evil.example",
        "/j?code=..%2f..%2fpresent",
        "/j?code=" + "A" * 5_000,
        "/present/..%2f..%2fapp.py/desk",
        "/present/%2e%2e/desk",
        "/present/%00/screen",
        "/present/x/../../app.py",
        "/present/%F0%9F%98%80/live",
        "/present/" + "A" * 5_000 + "/desk",
    ],
)
def test_an_odd_address_leads_nowhere(hall, path):
    reply = Someone(hall.server.port).ask(path)
    assert reply.status in (303, 400, 403, 404, 429), (reply.status, reply.text[:300])
    assert "location" not in reply.head or reply.head["location"].startswith("/j/")
    assert "a=b" not in reply.head.get("set-cookie", "")
    assert b"import " not in reply.body
