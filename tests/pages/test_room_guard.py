"""What is refused at the door: posts of other sites, what is too large or no form of ours, and guessing."""

import asyncio
import logging
import random

import pytest
from hypothesis import given
from hypothesis import strategies as st
from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route
from starlette.testclient import TestClient

from data.pack import PackError
from data.workshop.book import WorkshopError
from pages import _room_guard as guard
from pages import _room_pace as pace

OURS = "http://hall.example:8501"


@guard.guarded
async def echo(request):
    guard.own_site(request)
    return guard.told(await guard.body(request))


@guard.guarded
async def breaks(request):
    raise {"pack": PackError("No pack."), "file": WorkshopError("In use."), "other": ZeroDivisionError("secret")}[
        request.query_params["how"]
    ]


@guard.guarded
async def page(_request):
    return guard.page("<p>hello</p>", policy=guard.policy(style="p{}", script="1;"))


@pytest.fixture
def client():
    routes = [Route("/echo", echo, methods=["POST"]), Route("/breaks", breaks), Route("/page", page)]
    with TestClient(Starlette(routes=routes), base_url=OURS) as made:
        yield made


def post(client, **headers):
    return client.post("/echo", json={"a": 1}, headers={name.replace("_", "-"): text for name, text in headers.items()})


@pytest.mark.parametrize(
    "headers",
    [
        {"Origin": OURS},
        {"Origin": OURS, "Sec_Fetch_Site": "same-origin"},
        {"Sec_Fetch_Site": "same-origin"},
        {"Sec_Fetch_Site": "none"},
        {"Referer": f"{OURS}/j/ABC234?x=1"},
    ],
)
def test_a_post_of_our_own_page_is_taken(client, headers):
    assert post(client, **headers).json() == {"a": 1}


@pytest.mark.parametrize(
    "headers",
    [
        {},
        {"Origin": "null"},
        {"Origin": "https://evil.example"},
        {"Origin": "http://hall.example:8502"},
        {"Origin": "http://hall.example.evil.example:8501"},
        {"Origin": "http://[", "Sec_Fetch_Site": "same-origin"},
        {"Origin": "https://evil.example", "Referer": OURS},
        {"Origin": "https://evil.example", "Sec_Fetch_Site": "same-origin"},
        {"Origin": OURS, "Sec_Fetch_Site": "cross-site"},
        {"Sec_Fetch_Site": "cross-site"},
        {"Sec_Fetch_Site": "same-site"},
        {"Sec_Fetch_Site": "cross-site", "Referer": OURS},
        {"Referer": "https://evil.example/?http://hall.example:8501"},
    ],
)
def test_a_post_of_another_site_is_refused(client, headers):
    answer = post(client, **headers)
    assert answer.status_code == 403
    assert answer.json() == {"ok": False, "words": answer.json()["words"], "again": False}
    assert "another site" in answer.json()["words"]


def test_the_usual_port_may_be_left_out():
    with TestClient(Starlette(routes=[Route("/echo", echo, methods=["POST"])]), base_url="https://hall.example") as one:
        assert post(one, Origin="https://hall.example:443").status_code == 200


def test_a_form_may_send_a_field_more_than_once(client):
    answer = client.post("/echo", data={"chosen": ["0", "2"], "id": "a", "empty": ""}, headers={"Origin": OURS})
    assert answer.json() == {"chosen": ["0", "2"], "id": "a", "empty": ""}


@pytest.mark.parametrize(
    ("kind", "sent", "status"),
    [
        ("text/plain", b'{"a":1}', 415),
        ("multipart/form-data; boundary=x", b"--x--", 415),
        ("", b"{}", 415),
        ("application/json", b"[1]", 400),
        ("application/json", b"{", 400),
        ("application/json", b'{"a": NaN}', 400),
        ("application/json", b'{"a": "\xff"}', 400),
        ("application/json", b'{"a": "\\ud800"}', 400),
        ("application/json", b'{"a":' + b"[" * 3_000 + b"]" * 1_000, 400),
        ("application/json", b'{"a": ' + b"9" * 4_095 + b"}", 413),
        ("application/x-www-form-urlencoded", b"a=%ff", 400),
        ("application/x-www-form-urlencoded", b"&".join(b"a=1" for _ in range(300)), 400),
        ("application/x-www-form-urlencoded", b"text=" + b"x" * 4_092, 413),
    ],
)
def test_what_is_no_form_of_ours_is_refused(client, kind, sent, status):
    answer = client.post("/echo", content=sent, headers={"Origin": OURS, "Content-Type": kind})
    assert answer.status_code == status
    assert "<script" not in answer.text


def test_a_post_without_an_end_is_cut_off_while_it_is_read():
    read = []

    async def receive():
        read.append(1)
        return {"type": "http.request", "body": b"x" * 1_000, "more_body": True}

    request = Request({"type": "http", "headers": [(b"content-type", b"application/json")]}, receive)
    with pytest.raises(guard.RefusedError) as refused:
        asyncio.run(guard.body(request))
    assert refused.value.status == 413 and len(read) == 5


def test_a_post_that_never_comes_is_given_up(monkeypatch):
    monkeypatch.setattr(guard, "PATIENCE_SECONDS", 0.01)

    async def receive():
        await asyncio.sleep(60)

    request = Request({"type": "http", "headers": [(b"content-type", b"application/json")]}, receive)
    with pytest.raises(guard.RefusedError) as refused:
        asyncio.run(guard.body(request))
    assert refused.value.status == 408 and refused.value.again


@given(st.binary(max_size=300), st.sampled_from([guard.FORM, guard.JSON]))
def test_whatever_is_sent_is_read_or_refused(sent, kind):
    with TestClient(Starlette(routes=[Route("/echo", echo, methods=["POST"])]), base_url=OURS) as client:
        answer = client.post("/echo", content=sent, headers={"Origin": OURS, "Content-Type": kind})
        assert answer.status_code in (200, 400)


@pytest.mark.parametrize(("how", "status", "words"), [("pack", 503, "No pack."), ("file", 503, "In use.")])
def test_what_cannot_be_opened_is_said(client, how, status, words):
    answer = client.get("/breaks", params={"how": how}, headers={"Accept": "application/json"})
    assert (answer.status_code, answer.json()["words"], answer.json()["again"]) == (status, words, True)
    assert int(answer.headers["retry-after"]) > 0


def test_what_breaks_is_apologised_for_and_logged_without_an_address(client, caplog):
    with caplog.at_level(logging.ERROR):
        answer = client.get("/breaks", params={"how": "other"})
    assert answer.status_code == 500 and "secret" not in answer.text and "went wrong" in answer.text
    assert "ZeroDivisionError" in caplog.text and "testclient" not in caplog.text


def test_every_page_is_kept_by_nobody_and_runs_nothing_foreign(client):
    headers = client.get("/page").headers
    assert headers["cache-control"] == "no-store" and headers["x-content-type-options"] == "nosniff"
    assert headers["referrer-policy"] == "same-origin"
    policy = dict(part.split(" ", 1) for part in headers["content-security-policy"].split("; "))
    assert policy["default-src"] == "'none'" and policy["frame-ancestors"] == "'none'"
    assert policy["script-src"].startswith("'sha256-") and "unsafe" not in str(policy) and "http" not in str(policy)


def test_words_on_a_plain_page_are_no_markup():
    assert "<img" not in guard.plain_page("<img src=x onerror=alert(1)>", title="<b>")


def test_sent_elsewhere_is_asked_for_with_get():
    answer: Response = guard.elsewhere("/j/ABC234")
    assert (answer.status_code, answer.headers["location"]) == (303, "/j/ABC234")


class Clock:
    """A clock that goes when it is told to."""

    def __init__(self):
        self.now = 1_000.0

    def __call__(self):
        return self.now


def learnt(guesses, clock, addresses, tries, seconds):
    """How many tries of a minute's guessing were answered at all."""
    answered = 0
    for i in range(tries):
        address = addresses[i % len(addresses)]
        if not guesses.wait(address):
            answered += 1
            guesses.wrong(address)
        clock.now += seconds / tries
    return answered


def test_a_thousand_tries_in_a_minute_learn_ten_answers():
    clock = Clock()
    assert learnt(pace.Guesses(clock=clock), clock, ["192.0.2.7"], 1_000, 59) == pace.WRONG_EACH


def test_many_addresses_together_learn_no_more_than_the_limit_of_all():
    clock = Clock()
    guesses = pace.Guesses(clock=clock)
    addresses = [f"192.0.2.{i}" for i in range(40)]
    assert learnt(guesses, clock, addresses, 4_000, 59) == pace.WRONG_ALL
    assert guesses.wait("192.0.2.1") > 0, "whoever guessed waits"
    assert guesses.wait("198.51.100.1") == 0, "whoever did not is let in"


def test_who_waits_the_time_that_was_told_may_try_again():
    clock = Clock()
    guesses = pace.Guesses(clock=clock)
    learnt(guesses, clock, ["192.0.2.7"], 40, 20)
    wait = guesses.wait("192.0.2.7")
    assert 0 < wait <= 60
    clock.now += wait
    assert guesses.wait("192.0.2.7") == 0


def test_an_ipv6_network_is_one_address_and_an_ipv4_one_is_itself_in_either_spelling():
    clock = Clock()
    guesses = pace.Guesses(clock=clock)
    learnt(guesses, clock, [f"2001:db8:1:2::{i:x}" for i in range(1, 200)], 200, 10)
    assert guesses.wait("2001:db8:1:2:ffff::1") > 0 and guesses.wait("2001:db8:1:3::1") == 0
    learnt(guesses, clock, ["::ffff:192.0.2.9"], 20, 1)
    assert guesses.wait("192.0.2.9") > 0
    assert guesses.wait("") == 0 and guesses.wait("testclient") == 0 and guesses.wait("fe80::1%eth0") == 0


def test_old_addresses_are_forgotten_and_the_memory_is_bounded(monkeypatch):
    monkeypatch.setattr(pace, "MOST_KEPT", 50)
    clock = Clock()
    guesses, paced = pace.Guesses(clock=clock), pace.Pace(burst=1, a_minute=1, clock=clock)
    for i in range(200):
        guesses.wrong(f"192.0.2.{i}")
        paced.wait(i)
    assert len(guesses) == 50 and len(paced) == 50
    clock.now += 61
    guesses.wrong("198.51.100.1")
    assert len(guesses) == 1


def test_a_pace_lets_a_burst_go_and_then_so_many_a_minute():
    clock = Clock()
    paced = pace.Pace(burst=10, a_minute=30, clock=clock)
    assert [paced.wait("a") == 0 for _ in range(12)] == [True] * 10 + [False] * 2
    assert paced.wait("a") == 2 and paced.wait("b") == 0
    clock.now += 2
    assert paced.wait("a") == 0 and paced.wait("a") > 0


def test_no_pace_gives_more_than_it_says_over_any_stretch():
    clock, chance = Clock(), random.Random(5)
    paced = pace.Pace(burst=10, a_minute=30, clock=clock)
    began, taken = clock.now, 0
    for _ in range(2_000):
        clock.now += chance.random()
        taken += paced.wait("a") == 0
    assert taken <= 10 + (clock.now - began) * 30 / 60
