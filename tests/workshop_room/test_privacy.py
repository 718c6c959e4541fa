"""Who may see what: one's own answers, what the facilitator reveals, and nothing of who anybody is."""

import re
from http.cookies import SimpleCookie

import duckdb
import pytest
from starlette.routing import Route

from pages import _room_phone, _room_present, _room_sheets
from tests.workshop import INSIDE, PLACE, VOTE, WORDS
from tests.workshop_room.conftest import WATCHED, a_hall
from tests.workshop_room.people import Someone, new_id

DOOR = (53.793617, -1.536443)
"""Somebody's door in Toytown, in degrees."""
SECRET = "Zanzibar on a Tuesday"
ROUTES = [
    each for part in (_room_phone, _room_present, _room_sheets) for each in part.ROUTES if isinstance(each, Route)
]
PRESENTERS = sorted({each.path for each in ROUTES if each.path.startswith("/present")})
READ = {each.path for each in ROUTES if "GET" in (each.methods or {"GET"})}
PRIVATE = [path for path in PRESENTERS if path.startswith("/present/{id}/")]
PHONES = sorted({each.path for each in ROUTES} - {*PRESENTERS})
OF_A_PHONE = ("", "/now?after=0", *(f"?scene={scene}" for scene in (PLACE, WORDS)))
OF_THE_PROJECTOR = ("/screen", "/stage", "/live?after=0&screen=yes", "/scenes", "/places", "/find?words=Ayton")
"""What a phone and the projector ask for, after their sessions' paths."""
BLANKS = {"name": "x", "part": "x", "path": "x", "language": "en", "file": "x"}


def address(path, session):
    return path.format(id=session.id, code=session.code, **BLANKS)


def test_the_routes_to_be_tried_are_there():
    assert {f"/present/{{id}}/{name}" for name in ("enter", "desk", "screen", "scenes", "places", "live", "do")} <= {
        *PRIVATE
    }


@pytest.mark.parametrize("path", PRIVATE)
def test_nobody_without_the_key_comes_to_a_presenters_page(hall, path):
    phone, other = hall.phone(), hall.laptop(hall.held)
    strangers = {
        "nobody": "",
        "a phone": phone.cookie,
        "a phone's token as a key": f"foothold_helm={phone.cookie.partition('=')[2]}",
        "the code as a key": f"foothold_helm={hall.plain.code}",
        "another session's presenter": other.cookie,
        "no key": "foothold_helm=",
    }
    for who, cookie in strangers.items():
        someone = Someone(hall.server.port)
        someone.cookie = cookie
        replies = [someone.post(address(path, hall.plain), {"do": "end"})]
        if path in READ:
            queries = ("", f"?key={hall.held.key}&after=0")
            replies += [someone.ask(address(path, hall.plain) + query) for query in queries]
        for reply in replies:
            assert reply.status in (401, 403, 404, 405, 429), (who, reply.status, reply.text[:200])
            assert hall.plain.key not in reply.text and "Say why" not in reply.text
            assert "set-cookie" not in reply.head
    assert hall.laptop().live()["state"]["life"] == "open"


def test_what_is_held_reaches_nobody_but_the_desk_and_who_wrote_it(hall):
    for session, text in ((hall.held, SECRET), (hall.plain, f"{SECRET} with an {WATCHED}")):
        writer, other, laptop = hall.phone(session), hall.phone(session), hall.laptop(session)
        reply = writer.answer(WORDS, {"text": text})
        assert reply.status == 200 and reply.told["seen"] == "held"
        writer.answer(PLACE, {"at": INSIDE, "note": text})
        for scene in (WORDS, PLACE):
            laptop.do(do="reveal", scene_id=scene, on=True)
        for position in (1, 4):
            laptop.do(do="show", scene=position)
            seen = _all_seen(other, other.path, OF_A_PHONE)
            seen += _all_seen(laptop, laptop.path, OF_THE_PROJECTOR)
            seen += _all_seen(Someone(hall.server.port), "/j", ("",))
            assert SECRET not in seen
        held = laptop.live()["held"]
        assert {each["text"] for each in held} == {text} and len(held) == 2
        laptop.do(do="show", scene=4)
        [words_id] = [each["id"] for each in held if each["scene"] == WORDS]
        laptop.do(do="moderate", answer=words_id, seen="shown")
        assert SECRET in _all_seen(laptop, laptop.path, ("/live?after=0&screen=yes",))
        laptop.do(do="moderate", answer=words_id, seen="hidden")
        assert SECRET not in _all_seen(laptop, laptop.path, ("/live?after=0&screen=yes", "/screen"))


@pytest.mark.parametrize("at", [{"at": INSIDE}, {"area": "E02000001"}], ids=["a pin", "from the list"])
def test_a_held_note_does_not_hold_its_place_and_is_read_by_nobody_until_it_is_let_through(hall, at):
    session, note = hall.held, "Timbuktu on a Thursday"
    writer, other, laptop = hall.phone(session), hall.phone(session), hall.laptop(session)
    laptop.do(do="small", on=False)
    laptop.do(do="show", scene=1)
    laptop.do(do="reveal", scene_id=PLACE, on=True)
    before = laptop.live(screen=True)["results"]["people"]
    kept = writer.answer(PLACE, {**at, "note": note}).told
    assert kept["seen"] == "held"

    def everything():
        seen = _all_seen(other, other.path, OF_A_PHONE)
        return seen + _all_seen(laptop, laptop.path, OF_THE_PROJECTOR)

    def told():
        """How many people more than before, and what is said at the pin."""
        results = laptop.live(screen=True)["results"]
        return results["people"] - before, [each["note"] for each in results["pins"] if each["id"] == kept["id"]]

    there = 1 if "at" in at else 0
    assert told() == (1, [""] * there) and note not in everything()
    assert note in _all_seen(writer, writer.path, ("/now?after=0",)), "whoever wrote it sees it as before"
    assert note in str(laptop.live()["held"])
    laptop.do(do="moderate", answer=kept["id"], seen="shown")
    assert told() == (1, [note] * there)
    laptop.do(do="moderate", answer=kept["id"], seen="hidden")
    assert told() == (0, []) and note not in everything()
    laptop.do(do="small", on=True)


def _all_seen(someone, path, ends):
    replies = [someone.ask(path + end) for end in ends]
    assert {reply.status for reply in replies} == {200}
    return "\n".join(reply.text for reply in replies)


def test_nothing_of_what_others_answered_reaches_a_phone(hall):
    writer, other, laptop = hall.phone(), hall.phone(), hall.laptop()
    kept = writer.answer(WORDS, {"text": SECRET}).told
    laptop.do(do="show", scene=4)
    laptop.do(do="reveal", scene_id=WORDS, on=True)
    seen = _all_seen(other, other.path, ("", "/now?after=0"))
    assert SECRET not in seen and kept["id"] not in seen
    assert other.now()["mine"] == []


def test_until_it_is_revealed_the_projector_shows_no_answer(hall):
    laptop = hall.laptop()
    laptop.do(do="show", scene=4)
    laptop.do(do="reveal", scene_id=WORDS, on=False)
    hall.phone().answer(WORDS, {"text": SECRET})
    assert SECRET not in _all_seen(laptop, laptop.path, ("/live?after=0&screen=yes", "/screen"))
    assert SECRET in _all_seen(laptop, laptop.path, ("/live?after=0",))


@pytest.mark.parametrize("turn", [1, 2, 99])
def test_nobody_changes_or_reads_anothers_answer(hall, turn):
    writer, other = hall.phone(), hall.phone()
    mine = new_id()
    assert writer.answer(WORDS, {"text": SECRET}, id=mine).status == 200
    for value in ({"text": "Something worse"}, None):
        reply = other.answer(WORDS, value, id=mine, turn=turn)
        assert SECRET not in reply.text
    assert [each["value"] for each in writer.now()["mine"]] == [{"text": SECRET}]
    assert SECRET not in str(other.now())
    assert writer.answer(WORDS, {"text": "Changed by me"}, id=mine, turn=100).status == 200
    assert [each["value"]["text"] for each in writer.now()["mine"]] == ["Changed by me"]


def test_a_cookie_is_for_one_session_and_no_script_and_nobody_makes_one_up(hall):
    phones = [hall.phone() for _ in range(5)]
    tokens = [phone.cookie.partition("=")[2] for phone in phones]
    assert len(set(tokens)) == 5 and all(len(token) >= 22 for token in tokens)
    for phone in phones:
        [morsel] = SimpleCookie(phone.page.head["set-cookie"]).values()
        assert morsel["httponly"] and morsel["samesite"].lower() == "lax" and morsel["path"] == f"/j/{hall.plain.code}"
        assert int(morsel["max-age"]) == 12 * 3600 and not morsel["domain"]
    numbers = [phone.now()["you"] for phone in phones]
    for made_up in (str(numbers[0]), tokens[0][:-1], tokens[0] + "A", "%00", "x" * 3_000, "../" + tokens[0]):
        stranger = Someone(hall.server.port)
        stranger.cookie = f"foothold_room={made_up}"
        reply = stranger.ask(f"/j/{hall.plain.code}/now?after=0")
        assert reply.status >= 400 or reply.told["you"] not in numbers
        reply = stranger.post(f"/j/{hall.plain.code}/answer", {})
        assert 400 <= reply.status < 500
    stranger = Someone(hall.server.port)
    stranger.cookie = phones[0].cookie
    elsewhere = stranger.ask(f"/j/{hall.held.code}/now?after=0")
    assert elsewhere.status >= 400 or elsewhere.told["you"] != numbers[0] or elsewhere.told["mine"] == []


def test_a_presenters_cookie_is_strict(hall):
    reply = Someone(hall.server.port).ask(f"/present/{hall.plain.id}/enter?key={hall.plain.key}")
    [morsel] = SimpleCookie(reply.head["set-cookie"]).values()
    assert morsel["httponly"] and morsel["samesite"].lower() == "strict"
    assert morsel["path"] == f"/present/{hall.plain.id}" and not morsel["domain"]
    assert hall.plain.key not in reply.head["location"]


def test_every_reply_forbids_what_it_does_not_need(hall):
    phone, laptop = hall.phone(), hall.laptop()
    asked = [(phone, address(path, hall.plain)) for path in PHONES]
    asked += [(laptop, address(path, hall.plain)) for path in PRESENTERS if not path.endswith("/enter")]
    asked += [(Someone(hall.server.port), "/j/WRONG1"), (Someone(hall.server.port), f"{laptop.path}/desk")]
    private = {address(path, hall.plain) for path in PRIVATE}
    read = {address(path, hall.plain) for path in READ} | {"/j/WRONG1"}
    for someone, path in asked:
        reply = someone.ask(path) if path in read else someone.post(path, {})
        head = reply.head
        if "immutable" in head.get("cache-control", ""):
            continue  # a part of the page, which says nothing of anybody
        assert "no-store" in head["cache-control"], path
        assert head["x-content-type-options"] == "nosniff", path
        assert head["referrer-policy"] in ("no-referrer", "same-origin"), path
        assert "access-control-allow-origin" not in head, path
        policy = dict(part.strip().partition(" ")[::2] for part in head["content-security-policy"].split(";"))
        assert policy["default-src"] == "'none'", path
        if head["content-type"].startswith("text/html"):
            framed = ("'none'", "'self'") if path in private else ("'none'",)
            assert policy["base-uri"] == "'none'" and policy["frame-ancestors"] in framed, path
            assert policy["form-action"] in ("'self'", "'none'"), path
        assert "'unsafe-eval'" not in str(policy) and "'unsafe-inline'" not in policy.get("script-src", ""), path
        assert not re.search(r"[a-z]+://|\*|(?<![-\w])(http|https|ws|wss):", str(policy)), (path, policy)


def test_no_page_names_another_host(hall):
    phone, laptop = hall.phone(), hall.laptop()
    origin = hall.server.origin
    for someone, path in ((phone, phone.path), (laptop, f"{laptop.path}/desk"), (laptop, f"{laptop.path}/screen")):
        html = someone.ask(path).text
        asked = re.findall(r"""(?:src|href|action|poster|srcset)\s*=\s*["']?([^"'\s>]+)|url\(["']?([^"')]+)""", html)
        for each in {either or other for either, other in asked}:
            assert not re.match(r"(?i)(\w+:)?//", each) or each.startswith(origin), (path, each)


def test_what_is_kept_says_nothing_of_who_anybody_is(tmp_path, toytown_folder):
    """After an evening the file, the log and the register are read byte by byte, and the tables value by value."""
    told = {
        "User_Agent": "Distinctive/7.7 (of one phone)",
        "X_Forwarded_For": "203.0.113.77",
        "Forwarded": "for=203.0.113.77",
        "Accept_Language": "tlh-QX",
        "X_Real_IP": "203.0.113.77",
    }
    with a_hall(tmp_path, toytown_folder) as hall:
        phones = [hall.phone(**told) for _ in range(3)]
        for i, phone in enumerate(phones):
            assert phone.answer(VOTE, {"chosen": [i]}).status == 200
            assert phone.answer(PLACE, {"at": DOOR, "note": "by the bridge"}).status == 200
            assert phone.ask(f"{phone.path}/now?after=0", **told).status == 200
            assert phone.post(f"{phone.path}/answer", {}, **told).status == 422
        log = hall.server.log
    tokens = [phone.cookie.partition("=")[2] for phone in phones]
    never = [*tokens, "Distinctive/7.7", "203.0.113.77", "tlh-QX", "127.0.0.1"]
    for path in sorted(tmp_path.iterdir()):
        held = path.read_bytes()
        for each in never if path.suffix == ".duckdb" else never[:-1]:
            assert each.encode() not in held, (path.name, each)
    assert log
    with duckdb.connect(str(hall.server.workshops), read_only=True) as file:
        names = [name for (name,) in file.sql("select table_name from duckdb_tables()").fetchall()]
        columns = {
            (table, column)
            for table, column in file.sql("select table_name, column_name from duckdb_columns()").fetchall()
            if table in names
        }
        rows = {name: file.sql(f'select * from "{name}"').fetchall() for name in names}  # noqa: S608
    odd = re.compile(r"(^|_)(ip|address|agent|browser|device|host|email|mail|phone|user|name|surname|token)($|_)", re.I)
    assert not [each for each in columns if odd.search(each[1]) and not each[1].endswith("hash")], columns
    everything = str(rows)
    to_the_second = r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d|datetime\.datetime\(\d+, \d+, \d+, \d+, \d+, [1-9]"
    assert not re.search(to_the_second, everything)
    for exactly in map(str, DOOR):
        assert exactly[:-1] not in everything
